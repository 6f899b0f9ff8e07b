//! What was done for a deal, and where it has been, the newest first.

use leptos::{ev, prelude::*};
use terms::book::{DidKind, Kind, Move};
use ui::{Button, Field as TextField, Segment, Segmented, live};

use super::{OpenDeal, copy};
use crate::features::team::place_name;

/// So many lines are shown at first.
const LINES: usize = 12;

/// A line of the story.
struct Line {
    at: u64,
    what: String,
    by: String,
}

/// The card: a line to write, then all that was written and where the deal was.
#[component]
pub(super) fn Log(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, deal, id, process } = open;
    let words = RwSignal::new(String::new());
    let kind = RwSignal::new(DidKind::Note.name());
    let limit = RwSignal::new(LINES);
    const KINDS: [DidKind; 5] =
        [DidKind::Note, DidKind::Call, DidKind::Mail, DidKind::Meeting, DidKind::Visit];
    let keep = move || {
        let text = words.get_untracked().trim().to_owned();
        let did = KINDS.into_iter().find(|it| it.name() == kind.get_untracked()).unwrap_or_default();
        if !text.is_empty() && team.write(|book| book.log(Kind::Deal, &id.get_value(), did, &text)) {
            words.set(String::new());
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        keep();
    };
    let lines = live(move || {
        let deal = deal.get()?;
        let process = process.get();
        let activity = |id: &str| {
            let steps = process.iter().flat_map(|it| &it.steps).flat_map(|step| &step.activities);
            steps
                .into_iter()
                .find(|it| it.id == id)
                .map_or_else(|| copy::SOMETHING.to_owned(), |it| it.name.clone())
        };
        let moved = |it: &Move| Line {
            at: it.at,
            what: copy::went(&place_name(Some(&it.to), process.as_ref()), &it.reason, &it.competitor),
            by: it.by.clone(),
        };
        let mut lines: Vec<Line> = deal.moves.iter().map(moved).collect();
        lines.extend(deal.log.iter().map(|did| {
            let what = if did.kind == DidKind::Activity { activity(&did.what) } else { did.what.clone() };
            Line { at: did.at, what: copy::did(did.kind, &what), by: did.by.clone() }
        }));
        stdx::sort_by_key(&mut lines, |line| std::cmp::Reverse(line.at));
        let left = lines.len().saturating_sub(limit.get());
        let row = |line: Line| {
            let by = if line.by.is_empty() { String::new() } else { format!(" · {}", line.by) };
            view! { <li><p>{line.what}</p><p class="hint">{browser::clock::date_time(line.at)}{by}</p></li> }
        };
        let rows = lines.into_iter().take(limit.get()).map(row).collect_view();
        let more = (left > 0)
            .then(|| view! { <Button label=copy::more(left) on_press=move |()| limit.set(usize::MAX) /> });
        Some(view! { <ol class="deal-log">{rows}</ol>{more} })
    });
    let segment = |it: DidKind| Segment { id: it.name(), label: copy::did_kind(it).into(), icon: None };
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::ACTIVITY}</h2></div>
            <form class="stack snug" on:submit=submit>
                <Segmented label=copy::KIND segments=KINDS.map(segment).to_vec() value=kind on_pick=move |id| kind.set(id) />
                <TextField label=copy::WHAT_HAPPENED value=words max_length=2000 />
                <Button label=copy::NOTE_IT on_press=move |()| keep() />
            </form>
            {lines}
        </section>
    }
}
