//! The price of a room: what its owner asks, and what a buyer chooses of it.

mod buyer;
mod column;
mod copy;
mod details;
mod draft;
mod grid;
mod leaving;
mod margin;
mod pasting;
mod products;
mod quantity;
mod repricing;
mod roi;
mod sealed;
mod terms_form;
mod tiers;
mod totals;

use std::time::Duration;

use browser::{clock, figures};
use leptos::prelude::*;
use model::Right;
use replica::Choice;
use session::{Chosen, Price};
use terms::price::{Decimal, Detail, Faulty, Line, LineTotal, Money, PriceList, Separators, Totals};
use ui::{Banner, Button, ButtonKind, EmptyState, Segment, Segmented, Tone, live};

use super::OpenRoom;
use crate::handsel::{Handsel, use_handsel};
pub(crate) use copy::{column as column_name, fault};
use draft::{BeginDraft, DraftBanner};
use products::{AddProducts, ProductsPlace};
pub(crate) use sealed::{SealedPrice, first_year};
pub(super) use totals::PriceCard;

const EDIT: &str = "edit";
const LOOK: &str = "look";

/// The price with what it comes to.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    price: Price,
    totals: Result<Totals, Faulty>,
}

/// What the parts of this place share. Copies are the same.
#[derive(Clone, Copy)]
struct Pricing {
    room: OpenRoom,
    handsel: Handsel,
    shown: Memo<Shown>,
    /// Moves with the offer, and with what the team keeps beside it.
    changed: RwSignal<u64>,
    /// Whether this person may choose, now.
    may_choose: Signal<bool>,
    /// Whether it is the list of what a team sells.
    is_list: bool,
}

impl Shown {
    /// A list of which nothing was chosen.
    fn of_list(list: &PriceList) -> Self {
        let price = Price { list: list.clone(), ..Price::default() };
        Self { totals: price.list.total(&price.choices), price }
    }

    fn line(&self, id: &str) -> Option<(&Line, LineTotal)> {
        let at = self.price.list.lines.iter().position(|line| line.id == id)?;
        let total = self.totals.as_ref().ok().and_then(|totals| totals.lines.get(at)).copied();
        Some((self.price.list.lines.get(at)?, total.unwrap_or_default()))
    }

    /// An amount in the reader's language.
    fn money(&self, money: Money) -> String {
        let currency = self.price.list.currency;
        figures::money(&currency.write(money), currency.code(), currency.digits(), currency.digits())
    }

    /// What one costs, with as many decimals as it has.
    fn each(&self, price: Decimal) -> String {
        let currency = self.price.list.currency;
        figures::money(&price.to_string(), currency.code(), currency.digits(), 6)
    }

    /// Whether the buyer's view leaves this out.
    fn hides(&self, detail: Detail) -> bool {
        self.price.list.hidden.contains(&detail)
    }

    /// Whether the last day on which it holds is over.
    fn has_ended(&self) -> bool {
        let until = &self.price.list.valid_until;
        !until.is_empty() && *until < clock::today()
    }
}

impl Pricing {
    /// Does something to the price; tells why where that did not happen.
    fn attempt<T>(self, done: Result<T, session::Problem>) -> Option<T> {
        done.map_err(|problem| self.handsel.tell(&problem)).ok()
    }

    /// Whether the team prepares a price apart.
    fn is_drafting(self) -> bool {
        self.changed.track();
        self.room.get().is_drafting()
    }

    fn choose(self, choice: &Choice) {
        let (room, rooms) = (self.room.get(), self.handsel.rooms());
        if self.attempt(room.choose(choice)).is_some() {
            // Whoever has said what they are called is named beside what they chose.
            browser::timers::spawn(async move {
                let _ = room.introduce(&rooms.my_name().await);
            });
        }
    }
}

fn separators() -> Separators {
    let (decimal, group) = figures::separators();
    Separators { decimal, group }
}

/// The price as it is, with what it comes to: as everybody has it, or as the team prepares it.
fn shown(room: OpenRoom, is_teams: impl Fn() -> bool + Send + Sync + 'static) -> Memo<Shown> {
    let open = room.get();
    let offer = RwSignal::from(open.offer_changed());
    let answers = RwSignal::from(open.responses_changed());
    Memo::new(move |_| {
        offer.track();
        answers.track();
        let price = if is_teams() { room.get().team_price() } else { room.get().price() };
        let totals = price.list.total(&price.choices);
        Shown { price, totals }
    })
}

/// The place.
#[component]
pub(super) fn PricePlace(room: OpenRoom) -> impl IntoView {
    let open = room.get();
    let owns = room.may_own();
    let mode = RwSignal::new(if owns { EDIT } else { LOOK });
    let shown = shown(room, move || mode.get() == EDIT);
    let has_right = open.right() >= Some(Right::Comment);
    let has_ended = Memo::new(move |_| shown.with(Shown::has_ended));
    let may_choose = Signal::derive(move || has_right && !has_ended.get());
    let changed = RwSignal::from(open.offer_changed());
    let is_list = open.is_teams();
    let pricing = Pricing { room, handsel: use_handsel(), shown, changed, may_choose, is_list };
    if is_list {
        return view! { <ProductsPlace pricing /> }.into_any();
    }
    let is_empty = Memo::new(move |_| shown.with(|shown| shown.price.list.lines.is_empty()));
    let modes = move || {
        let segment = |id, label: &str| Segment { id, label: label.to_owned().into(), icon: None };
        let segments = vec![segment(EDIT, copy::EDIT), segment(LOOK, copy::LOOK)];
        view! { <Segmented label=copy::MODE segments value=mode on_pick=move |id| mode.set(id) /> }
    };
    let roi = roi::follow(room);
    let is_worth = Memo::new(move |_| roi.with(Option::is_some));
    let worth = live(move || view! { <roi::Worth pricing roi is_editing=mode.get() == EDIT /> });
    let body = live(move || match mode.get() {
        EDIT => view! { <grid::Editing pricing /> }.into_any(),
        _ if is_empty.get() && is_worth.get() => ().into_any(),
        _ if is_empty.get() => view! { <EmptyState icon="price" line=copy::EMPTY /> }.into_any(),
        _ => view! { <buyer::BuyersView pricing /> }.into_any(),
    });
    let to_table = move || {
        view! { <Button label=copy::TO_TABLE icon="download" kind=ButtonKind::Quiet on_press=move |()| leaving::table(pricing) /> }
    };
    let ended = live(move || {
        has_ended.get().then(|| {
            let until = shown.with(|shown| clock::day(&shown.price.list.valid_until));
            view! { <Banner tone=Tone::Warn words=copy::ended(&until) /> }
        })
    });
    view! {
        <main class="page price">
            <header class="page-head">
                <div>
                    <h2>{copy::PRICE}</h2>
                    <p class="price-about">{live(move || about(pricing, mode.get() == EDIT))}</p>
                </div>
                <div class="row" data-wrap="">
                    <LastChoice pricing />
                    {live(move || (!is_empty.get()).then(to_table))}
                    {owns.then(|| view! { <BeginDraft pricing /> })}
                    {live(move || (owns && mode.get() == EDIT).then(|| view! { <AddProducts pricing /> }))}
                    {owns.then(modes)}
                </div>
            </header>
            {ended}
            {owns.then(|| view! { <DraftBanner pricing is_editing=Signal::derive(move || mode.get() == EDIT) /> })}
            {body}
            {worth}
        </main>
    }
    .into_any()
}

fn about(pricing: Pricing, is_editing: bool) -> String {
    let until = pricing.shown.with(|shown| shown.price.list.valid_until.clone());
    let about = match (is_editing, pricing.may_choose.get()) {
        (true, _) if pricing.is_drafting() => draft::ABOUT,
        (true, _) => copy::ABOUT_EDITING,
        (_, true) => copy::ABOUT_CHOOSING,
        _ => copy::ABOUT_LOOKING,
    };
    match until.as_str() {
        "" => about.to_owned(),
        until => format!("{about} {}", copy::valid(&clock::day(until))),
    }
}

/// Who chose what last.
#[component]
fn LastChoice(pricing: Pricing) -> impl IntoView {
    let now = RwSignal::new(clock::now_ms());
    let ticking = set_interval_with_handle(move || now.set(clock::now_ms()), Duration::from_secs(30));
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let last = Memo::new(move |_| pricing.shown.with(|shown| Some(said(shown, shown.price.last.as_ref()?))));
    live(move || {
        last.get().map(|(words, time)| {
            let when = clock::ago(time, now.get().max(clock::now_ms()));
            view! { <p class="price-last" role="status">{words + " " + &when}</p> }
        })
    })
}

fn said(shown: &Shown, last: &Chosen) -> (String, u64) {
    let what = match &last.choice {
        Choice::Include { line, .. } | Choice::Quantity { line, .. } => {
            shown.line(line).map(|(line, _)| line.name.clone()).unwrap_or_default()
        }
        Choice::Package { name, .. } => name.clone(),
    };
    let who = if last.is_own { copy::YOU } else { last.name.as_str() };
    (copy::changed(who, &what), last.time)
}
