//! Tiers of a line: the fields in which its owner writes them, and the list that a buyer reads before choosing.

use std::collections::BTreeMap;

use leptos::prelude::*;
use terms::price::{Decimal, Fault, Kept, Line, TIERS_MAX};
use ui::{Button, ButtonKind, ButtonSize, live};

use super::{Pricing, Shown, buyer::written, copy, separators};

/// A tier while it is written. Copies are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Draft {
    /// Its name among the others.
    key: usize,
    from: RwSignal<String>,
    each: RwSignal<String>,
}

/// The tiers of one line while they are written. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Drafts {
    all: RwSignal<Vec<Draft>>,
    /// The price that is kept against the tiers.
    kept: RwSignal<Option<Kept>>,
}

impl Drafts {
    /// Those of a line, as the reader's language writes them.
    pub(super) fn of(line: &Line, digits: usize) -> Self {
        let tiers = line.tiers.iter().enumerate().map(|(key, (from, price))| Draft {
            key,
            from: RwSignal::new(written(*from)),
            each: RwSignal::new(browser::figures::number(&price.to_string(), digits)),
        });
        let kept = line.kept.filter(|kept| line.kept_for(kept.quantity).is_some());
        Self { all: RwSignal::new(tiers.collect()), kept: RwSignal::new(kept) }
    }

    /// The line with what is written here, or why that makes no sense. Rows left empty are none.
    pub(super) fn write(self, line: Line) -> Result<Line, String> {
        let mut tiers = BTreeMap::new();
        for draft in self.all.get_untracked() {
            let (from, each) = (draft.from.get_untracked(), draft.each.get_untracked());
            if from.trim().is_empty() && each.trim().is_empty() {
                continue;
            }
            let number = |typed: &str| Decimal::typed(typed.trim(), separators()).map_err(copy::untypable);
            if tiers.insert(number(&from)?, number(&each)?).is_some() {
                return Err(copy::fault(Fault::Tier));
            }
        }
        let kept = self.kept.get_untracked().filter(|_| !tiers.is_empty());
        Ok(Line { tiers, kept, ..line })
    }

    fn add(self) {
        self.all.update(|all| {
            let key = all.iter().map(|draft| draft.key + 1).max().unwrap_or_default();
            all.push(Draft { key, from: RwSignal::default(), each: RwSignal::default() });
        });
        let last = self.all.with_untracked(Vec::len);
        browser::timers::spawn(async move {
            // The new row comes into the page first.
            browser::timers::settled().await;
            browser::view::focus_on(&format!("[data-tier=\"{last}\"]"));
        });
    }
}

/// The fields.
#[component]
pub(super) fn TierFields(pricing: Pricing, drafts: Drafts) -> impl IntoView {
    let row = move |draft: Draft| {
        let place = Memo::new(move |_| {
            drafts.all.with(|all| all.iter().position(|it| it.key == draft.key).unwrap_or_default() + 1)
        });
        let field = move |value: RwSignal<String>, label: fn(usize) -> String, is_first: bool| {
            view! {
                <input
                    class="input"
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="40"
                    data-tier=move || is_first.then(|| place.get().to_string())
                    aria-label=move || label(place.get())
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            }
        };
        view! {
            <div class="price-tier">
                <span aria-hidden="true">{copy::TIER_FROM}</span>
                {field(draft.from, copy::tier_from, true)}
                <span aria-hidden="true">{copy::TIER_EACH}</span>
                {field(draft.each, copy::tier_each, false)}
                <Button
                    label=Signal::derive(move || copy::remove_tier(place.get()))
                    icon="trash"
                    icon_only=true
                    kind=ButtonKind::Quiet
                    on_press=move |()| drafts.all.update(|all| all.retain(|it| it.key != draft.key))
                />
            </div>
        }
    };
    let full =
        move || drafts.all.with(|all| all.len() >= TIERS_MAX).then(|| copy::fault(Fault::TooManyTiers));
    let kept = live(move || {
        drafts.kept.get().map(|Kept { quantity, price }| {
            let words = copy::kept(&written(quantity), &pricing.shown.with_untracked(|shown| shown.each(price)));
            view! {
                <p class="price-kept">
                    {words}
                    <Button label=copy::USE_TIERS size=ButtonSize::Small on_press=move |()| drafts.kept.set(None) />
                </p>
            }
        })
    });
    view! {
        <fieldset class="price-tiers-form">
            <legend class="label">{copy::TIERS}</legend>
            <p class="hint">{copy::TIERS_HINT}</p>
            <For each=move || drafts.all.get() key=|draft| draft.key let:draft>{row(draft)}</For>
            {kept}
            <Button label=copy::ADD_TIER icon="plus" size=ButtonSize::Small blocked=Signal::derive(full) on_press=move |()| drafts.add() />
        </fieldset>
    }
}

/// What one costs by quantity, for whoever chooses; the price that holds is marked. Nothing for a line without tiers.
pub(super) fn list(shown: &Shown, line: &Line, quantity: Decimal) -> Option<AnyView> {
    if line.tiers.is_empty() {
        return None;
    }
    let kept = line.kept.filter(|kept| line.kept_for(kept.quantity).is_some());
    let is_kept = line.kept_for(quantity).is_some();
    let item = |words: String, holds: bool| view! { <li aria-current=holds.then_some("true")>{words}</li> };
    let levels = line.levels().into_iter().map(|level| {
        let each = shown.each(level.price);
        let words = match (level.from, level.below) {
            (Some(from), _) => copy::from_tier(&written(from), &each),
            (None, Some(below)) => copy::below_tier(&written(below), &each),
            (None, None) => copy::each(&each),
        };
        item(words, !is_kept && level.holds(quantity))
    });
    let levels = levels.collect_view();
    let kept = kept.map(|kept| {
        item(copy::for_so_many(&written(kept.quantity), &shown.each(kept.price)), kept.quantity == quantity)
    });
    Some(view! { <ul class="price-tiers" aria-label=copy::TIERS>{levels}{kept}</ul> }.into_any())
}
