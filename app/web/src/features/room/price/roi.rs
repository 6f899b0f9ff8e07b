//! The calculator of a room, below the price: what is put in by whom, and what it comes to.

mod copy;

use browser::clock;
use leptos::prelude::*;
use session::{Roi, RoiInput};
use terms::{
    price::{Currency, Decimal},
    roi::{Calculator, Unit},
};
use ui::{Badge, Button, ButtonKind, ButtonSize, Menu, MenuItem, Tone, live};

use super::Pricing;
use crate::{
    copy as words,
    features::worth::{self, Figure},
};

/// The calculator on the screen. Copies are the same.
#[derive(Clone, Copy)]
struct Reckoning {
    pricing: Pricing,
    roi: Memo<Option<Roi>>,
    /// Whether what the owners offer is changed here; else it is what buyers put in its place.
    is_editing: bool,
}

/// The calculator as it stands; looked at again whenever owners or buyers changed something.
pub(super) fn follow(room: crate::features::room::OpenRoom) -> Memo<Option<Roi>> {
    let open = room.get();
    let offer = RwSignal::from(open.offer_changed());
    let answers = RwSignal::from(open.responses_changed());
    Memo::new(move |_| {
        offer.track();
        answers.track();
        room.get().roi()
    })
}

/// The card; nothing in a room without a calculator.
#[component]
pub(super) fn Worth(pricing: Pricing, roi: Memo<Option<Roi>>, is_editing: bool) -> impl IntoView {
    let reckoning = Reckoning { pricing, roi, is_editing };
    let is_there = Memo::new(move |_| roi.with(Option::is_some));
    live(move || is_there.get().then(|| view! { <Card reckoning /> }))
}

#[component]
fn Card(reckoning: Reckoning) -> impl IntoView {
    let Reckoning { roi, is_editing, .. } = reckoning;
    let title =
        move || roi.with(|roi| roi.as_ref().map(|it| it.calculator.title.clone()).unwrap_or_default());
    let names = move || {
        roi.with(|roi| {
            let inputs = roi.iter().flat_map(|it| &it.inputs);
            inputs.map(|it| it.input.name.clone()).collect::<Vec<_>>()
        })
    };
    let changed = Memo::new(move |_| {
        roi.with(|roi| {
            let inputs = roi.iter().flat_map(|it| &it.inputs);
            let put: Vec<_> = inputs.filter_map(|it| it.put.as_ref()).collect();
            (put.len(), put.iter().all(|it| it.mine))
        })
    });
    let badge = live(move || {
        let (count, is_own) = changed.get();
        let label = copy::changed_count(count, is_own);
        (count > 0).then(|| view! { <Badge label tone=Tone::Buyer icon="pen" /> })
    });
    let about = move || match (is_editing, reckoning.may_put()) {
        (true, _) => copy::ABOUT_EDITING,
        (_, true) => copy::ABOUT,
        _ => copy::ABOUT_LOOKING,
    };
    let more = is_editing.then(|| {
        let take_out = move |()| reckoning.take_out();
        view! {
            <Menu label=copy::MORE icon="more" icon_only=true kind=ButtonKind::Quiet>
                <MenuItem label=copy::TAKE_OUT icon="trash" danger=true on_pick=take_out />
            </Menu>
        }
    });
    let spoken = Memo::new(move |_| {
        roi.with(|roi| {
            let roi = roi.as_ref()?;
            let (outcome, figure) = roi.outcomes.first()?;
            let figure = figure.as_ref().ok()?;
            Some(copy::comes_to(
                &outcome.label,
                &worth::written(*figure, &outcome.unit, reckoning.currency(&roi.calculator)),
            ))
        })
    });
    let results = live(move || {
        roi.with(|roi| {
            let roi = roi.as_ref()?;
            let figures: Vec<_> = roi.outcomes.iter().map(|(_, figure)| figure.clone()).collect();
            Some(worth::results(&roi.calculator, &figures, reckoning.currency(&roi.calculator)))
        })
    });
    view! {
        <section class="card roi" aria-labelledby="roi-title">
            <div class="card-head"><h3 id="roi-title">{title}</h3>{badge}{more}</div>
            <p class="price-about">{about}</p>
            <div class="with-rail price-columns">
                <ul class="rows">
                    <For each=names key=|name: &String| name.clone() let:name><InputRow reckoning name /></For>
                </ul>
                <div class="stack roi-results">
                    <p class="visually-hidden" role="status">{spoken}</p>
                    {results}
                </div>
            </div>
        </section>
    }
}

#[component]
fn InputRow(reckoning: Reckoning, name: String) -> impl IntoView {
    let Reckoning { roi, is_editing, .. } = reckoning;
    let name = StoredValue::new(name);
    let row = Memo::new(move |_| {
        roi.with(|roi| {
            let roi = roi.as_ref()?;
            let found =
                name.with_value(|name| roi.inputs.iter().find(|it| it.input.name == *name).cloned())?;
            Some((found, reckoning.currency(&roi.calculator)))
        })
    });
    // What the owners offer is what the field is about: where it changes, the field is another.
    let offered = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|(row, currency)| (row.input.clone(), *currency)))
    });
    let shape = Memo::new(move |_| {
        offered.get().map(|(input, currency)| (terms::roi::Input { value: Decimal::ZERO, ..input }, currency))
    });
    let value = Memo::new(move |_| {
        row.with(|row| {
            let Some((row, _)) = row else { return Decimal::ZERO };
            if is_editing { row.input.value } else { row.value() }
        })
    });
    let set = move |to: Decimal| reckoning.set(name.get_value(), to);
    let field = live(move || {
        let (shape, currency) = shape.get()?;
        let offered = offered.get_untracked().map(|(input, _)| input.value).unwrap_or_default();
        let input = terms::roi::Input { value: offered, ..shape.clone() };
        if is_editing || reckoning.may_put() {
            return Some(view! { <Figure input value currency on_set=Callback::new(set) /> }.into_any());
        }
        let unit: Unit = shape.unit;
        let fixed = move || worth::written(value.get(), &unit, currency);
        Some(view! { <span class="num strong">{fixed}</span> }.into_any())
    });
    let label = move || row.with(|row| row.as_ref().map(|(row, _)| row.input.label.clone()));
    let note = live(move || {
        let (row, currency) = row.get()?;
        note(reckoning, name, &row, currency)
    });
    view! { <li class="roi-input"><div class="grow"><p class="strong">{label}</p>{note}</div>{field}</li> }
}

/// Who put another figure in, when, and the way back to what is offered.
fn note(
    reckoning: Reckoning,
    name: StoredValue<String>,
    row: &RoiInput,
    currency: Currency,
) -> Option<AnyView> {
    let put = row.put.as_ref()?;
    let figure = |number: Decimal| worth::written(number, &row.input.unit, currency);
    let who = if put.mine { copy::YOU } else { put.name.as_str() };
    let when = clock::date(put.at);
    let words = if reckoning.is_editing {
        copy::they_use(who, &figure(put.says), &when)
    } else {
        copy::changed_by(who, &when, &figure(row.input.value))
    };
    let back = move |()| reckoning.put(name.get_value(), None);
    let label = copy::back_to(&figure(row.input.value));
    let may_go_back = !reckoning.is_editing && reckoning.may_put();
    let act = may_go_back.then(
        || view! { <Button label size=ButtonSize::Small kind=ButtonKind::Quiet icon="undo" on_press=back /> },
    );
    Some(view! { <p class="roi-note" data-party="buyer">{words}</p>{act} }.into_any())
}

impl Reckoning {
    fn may_put(self) -> bool {
        self.pricing.room.get().right() >= Some(model::Right::Comment)
    }

    /// What amounts are in: what the calculator says, else what the price is in.
    fn currency(self, calculator: &Calculator) -> Currency {
        calculator.currency.unwrap_or_else(|| self.pricing.shown.with(|shown| shown.price.list.currency))
    }

    fn set(self, name: String, to: Decimal) {
        let offered = self.roi.with_untracked(|roi| roi.as_ref().map(|it| it.calculator.clone()));
        let Some(mut calculator) = offered else { return };
        let Some(input) = calculator.inputs.iter_mut().find(|it| it.name == name) else { return };
        if self.is_editing {
            input.value = to;
            self.pricing.attempt(self.pricing.room.get().set_calculator(Some(&calculator)));
        } else {
            let is_offered = input.value == to;
            self.put(name, (!is_offered).then_some(to));
        }
    }

    fn put(self, name: String, to: Option<Decimal>) {
        let (room, rooms) = (self.pricing.room.get(), self.pricing.handsel.rooms());
        if self.pricing.attempt(room.put_figure(&name, to)).is_some() {
            // Whoever has said what they are called is named beside it.
            browser::timers::spawn(async move {
                let _ = room.introduce(&rooms.my_name().await);
            });
        }
    }

    fn take_out(self) {
        let before = self.roi.with_untracked(|roi| roi.as_ref().map(|it| it.calculator.clone()));
        let pricing = self.pricing;
        if pricing.attempt(pricing.room.get().set_calculator(None)).is_none() {
            return;
        }
        let bring_back = move |()| {
            if let Some(room) = pricing.room.room.try_get_value() {
                pricing.attempt(room.set_calculator(before.as_ref()));
            }
        };
        // What is made within the card goes away with it.
        pricing.handsel.attempt(async move {
            pricing.handsel.toasts.offer(copy::TAKEN_OUT, words::UNDO, bring_back);
            Ok(())
        });
    }
}
