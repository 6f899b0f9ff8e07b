//! What is asked before a quantity that reaches another tier changes the price of one.

use leptos::prelude::*;
use terms::price::{Choices, Line, Money, PriceList};
use ui::{Button, ButtonKind, Dialog, DialogSize, live};

use super::{Pricing, Shown, buyer::written, copy};
use crate::copy as words;

/// Lines as they are, and as they would be: with another quantity, for which another tier holds.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) lines: Vec<(Line, Line)>,
    /// What to do with the lines once it is known what they cost.
    pub(super) write: Callback<Vec<Line>>,
}

/// Whether a line has come to cost something else by its quantity alone.
pub(super) fn is_other_tier(before: &Line, after: &Line) -> bool {
    before.quantity != after.quantity
        && before.tiers == after.tiers
        && before.price == after.price
        && before.each(before.quantity) != after.each(after.quantity)
}

/// The question. Whoever closes it leaves everything as it was.
#[component]
pub(super) fn RepricingDialog(
    pricing: Pricing,
    asked: RwSignal<Option<Asked>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let answer = move |change: fn(&(Line, Line)) -> Line| {
        if let Some(asked) = asked.get_untracked() {
            asked.write.run(asked.lines.iter().map(change).collect());
        }
        asked.set(None);
        open.set(false);
    };
    let others =
        move || asked.with(|asked| asked.as_ref().map(|asked| others(&asked.lines)).unwrap_or_default());
    let footer = move || {
        let others = others();
        let shown = pricing.shown.get_untracked();
        let (reprice, keep) = match others.as_slice() {
            [(before, after)] => (
                copy::use_price(&shown.each(after.tiered(after.quantity))),
                copy::keep_price(&shown.each(before.each(before.quantity))),
            ),
            _ => (copy::USE_PRICES.to_owned(), copy::KEEP_PRICES.to_owned()),
        };
        let repriced = move |()| {
            answer(|(before, after)| {
                if is_other_tier(before, after) {
                    after.clone().repriced(after.quantity)
                } else {
                    after.clone()
                }
            })
        };
        let kept = move |()| {
            answer(|(before, after)| {
                if !is_other_tier(before, after) {
                    return after.clone();
                }
                let kept = before.clone().keeping_each(after.quantity).kept;
                Line { kept, ..after.clone() }
            })
        };
        view! {
            <Button label=keep on_press=kept />
            <Button label=reprice kind=ButtonKind::Primary on_press=repriced />
        }
    };
    view! {
        <Dialog open title=copy::OTHER_TIER close_label=words::CLOSE size=DialogSize::Small footer>
            {live(move || {
                let asks = others();
                let shown = pricing.shown.get_untracked();
                asks.iter().map(|(before, after)| view! { <p>{said(&shown, before, after)}</p> }).collect_view()
            })}
        </Dialog>
    }
}

/// Those of the lines that another tier holds for.
fn others(lines: &[(Line, Line)]) -> Vec<(Line, Line)> {
    lines.iter().filter(|(before, after)| is_other_tier(before, after)).cloned().collect()
}

fn said(shown: &Shown, before: &Line, after: &Line) -> String {
    let repriced = after.clone().repriced(after.quantity);
    let kept = before.clone().keeping_each(after.quantity);
    let old = shown.each(before.each(before.quantity));
    let new = shown.each(repriced.each(repriced.quantity));
    let sums = net(shown, &repriced).zip(net(shown, &kept));
    let sums = sums.map(|(new, old)| (shown.money(new), shown.money(old)));
    copy::other_tier(&written(after.quantity), &after.name, (&new, &old), sums)
}

/// What a line comes to by itself.
pub(super) fn net(shown: &Shown, line: &Line) -> Option<Money> {
    let currency = shown.price.list.currency;
    let list = PriceList { currency, lines: vec![line.clone()], ..PriceList::default() };
    Some(list.total(&Choices::default()).ok()?.lines.first()?.net)
}
