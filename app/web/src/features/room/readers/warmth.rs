//! How warm the room is, with what that comes from.

use insight::engagement::Reason;
use leptos::prelude::*;
use ui::{Badge, Tone, live};

use super::{Readers, copy};

/// What the card says.
#[derive(Clone, PartialEq)]
struct Said {
    index: u64,
    before: u64,
    /// Each with how much of the index it is.
    reasons: Vec<(Reason, f64)>,
    quiet: Option<String>,
}

/// The card.
#[component]
pub(super) fn Warmth(readers: Readers) -> impl IntoView {
    let said = Memo::new(move |_| {
        readers.with(|seen| {
            let index = seen.warmth.index;
            // The index grows ever slower with the sum, so each reason has its share of it.
            let sum = insight::engagement::sum_of(index).max(f64::MIN_POSITIVE);
            let share = |reason: &Reason| (*reason, index * reason.adds / sum);
            Said {
                index: index.round() as u64,
                before: seen.before.round() as u64,
                reasons: seen.warmth.reasons.iter().map(share).collect(),
                quiet: seen.quiet_since.map(|since| browser::clock::ago(since, seen.now)),
            }
        })
    });
    let body = live(move || {
        let Said { index, before, reasons, quiet } = said.get()?;
        let moved = match index.cmp(&before) {
            std::cmp::Ordering::Greater => Some((Tone::Ok, "up")),
            std::cmp::Ordering::Less => Some((Tone::Warn, "down")),
            std::cmp::Ordering::Equal => None,
        };
        let moved = moved.map(|(tone, icon)| view! { <Badge label=copy::a_week_ago(before) tone icon /> });
        let quiet = quiet.map(|since| view! { <p class="warmth-quiet"><Badge label=copy::QUIET tone=Tone::Warn icon="clock" /> {copy::quiet_since(&since)}</p> });
        let reason = |(reason, share): (Reason, f64)| {
            view! { <div><dt>{copy::reason(reason.act, reason.count)}</dt><dd>{copy::points(share)}</dd></div> }
        };
        Some(view! {
            <p class="warmth-index"><strong>{index}</strong> <span>{copy::OF_100}</span> {moved}</p>
            {quiet}
            <dl class="warmth-reasons">{reasons.into_iter().map(reason).collect_view()}</dl>
            <p class="hint">{copy::WARMTH_ABOUT}</p>
        })
    });
    view! {
        <section class="card">
            <div class="card-head"><h3>{copy::WARMTH}</h3></div>
            {body}
        </section>
    }
}
