//! The records behind a figure: everything that came, of somebody, of a part, or of both.

use insight::record::{Part, Record};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Dialog, DialogSize, live};

use super::{Readers, copy, seen::Seen};
use crate::{
    copy as words,
    features::room::{copy as room_words, recording},
};

/// So many records are shown, the latest.
const SHOWN: usize = 400;

/// Which records are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whose; everybody's where nobody is named.
    pub(super) who: Option<String>,
    /// Of which part; of all where none is named.
    pub(super) part: Option<Part>,
}

/// A line of the table.
type Line = (u64, String, &'static str, String, String);

/// The dialog with them.
#[component]
pub(super) fn Records(readers: Readers) -> impl IntoView {
    let title = Signal::derive(move || {
        let asked = readers.asked.get();
        let named = readers.with(|seen| {
            let asked = asked.as_ref()?;
            let part = asked.part.as_ref().map(|part| seen.names.name(part));
            Some(copy::behind(asked.who.as_deref().map(|who| seen.name(who)).as_deref(), part.as_deref()))
        });
        named.flatten().unwrap_or_default()
    });
    let body = move || {
        live(move || {
            let asked = readers.asked.get()?;
            let (lines, more) = readers.with(|seen| lines(seen, &asked))?;
            let line = |(at, name, device, what, how): Line| {
                view! {
                    <tr>
                        <td>{browser::clock::date_time(at)}</td>
                        <td>{name} <span class="hint">{device}</span></td>
                        <th scope="row">{what}</th>
                        <td>{how}</td>
                    </tr>
                }
            };
            let more = (more > 0).then(|| view! { <p class="hint">{copy::more_records(more)}</p> });
            Some(view! {
                <table class="records">
                    <thead>
                        <tr>
                            <th scope="col">{copy::WHEN}</th>
                            <th scope="col">{copy::WHO}</th>
                            <th scope="col">{copy::PART}</th>
                            <th scope="col">{copy::TIME}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
                </table>
                {more}
            })
        })
    };
    let footer = move || {
        view! { <Button label=words::CLOSE kind=ButtonKind::Primary on_press=move |()| readers.is_asking.set(false) /> }
    };
    view! {
        <Dialog open=readers.is_asking title close_label=words::CLOSE size=DialogSize::Wide footer>
            <p class="hint">{copy::CLOCKS}</p>
            {body()}
        </Dialog>
    }
}

/// The lines, the latest first, and how many more there are.
fn lines(seen: &Seen, asked: &Asked) -> (Vec<Line>, usize) {
    let is_asked = |part: &Part| asked.part.as_ref().is_none_or(|asked| asked == part);
    let mut lines: Vec<Line> = Vec::new();
    let theirs = seen.records.iter().filter(|(who, _)| asked.who.as_ref().is_none_or(|asked| asked == who));
    for (who, Record { device, from, parts, acts, attended, .. }) in theirs {
        let (name, device) = (seen.name(who), recording::device(*device));
        for glance in parts.iter().filter(|glance| is_asked(&glance.part)) {
            let depth = glance.depth.map(recording::depth);
            let how = [Some(room_words::spent(glance.active)), depth].into_iter().flatten();
            let how = how.collect::<Vec<_>>().join(", ");
            lines.push((*from, name.clone(), device, seen.names.name(&glance.part), how));
        }
        for did in acts.iter().filter(|did| is_asked(&did.part)) {
            let what = recording::did(did.what).to_owned();
            lines.push((did.at, name.clone(), device, seen.names.name(&did.part), what));
        }
        for it in attended.iter().filter(|it| is_asked(&it.part)) {
            let how = recording::attended(&room_words::spent(it.shown), &room_words::spent(it.followed));
            let part = format!("{}, {}", seen.names.name(&it.part), recording::PRESENTED);
            lines.push((*from, name.clone(), device, part, how));
        }
    }
    // Those of one stretch stay in the order in which they were read.
    stdx::sort_by_key(&mut lines, |line| std::cmp::Reverse(line.0));
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    (lines, more)
}
