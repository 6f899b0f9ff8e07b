//! A deal on the board: what it is worth, both cycles, the gap between them, and what is next.

use insight::pipeline::{self, Beside, Gap};
use leptos::{ev::DragEvent, prelude::*};
use terms::{
    book::{Field, Place},
    process::Position,
};
use ui::{Avatar, ButtonKind, ButtonSize, Icon, Menu, MenuItem, MenuRule, MenuTitle, Party, live};

use super::{Team, called, closing::Closing, copy, pipeline::Pipe};

/// What a card shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) account: String,
    pub(super) amount: String,
    pub(super) close: String,
    pub(super) owner: String,
    pub(super) position: Option<Position>,
    pub(super) steps: usize,
    pub(super) next: String,
    pub(super) is_overdue: bool,
}

impl Shown {
    /// What there is to show of a deal; none where it is not there any more.
    pub(super) fn of(team: Team, id: &str) -> Option<Self> {
        team.look(|book| {
            let (deals, accounts, processes, rates) =
                (book.deals(), book.accounts(), book.processes(), book.rates());
            let deal = deals.get(id)?;
            let account = |id: &str| accounts.get(id).map(|it| it.text(Field::Name)).unwrap_or_default();
            let beside =
                Beside { account: &account, processes: &processes, rates: &rates, today: team.today() };
            let row = pipeline::row(deal, &beside);
            let currency = deal.currency().unwrap_or(rates.own);
            let process = pipeline::process_of(deal, &processes);
            Some(Self {
                name: called(deal).to_owned(),
                account: account(deal.text(Field::Account)).to_owned(),
                amount: deal.number(Field::Amount).map(|it| Team::money(it, currency)).unwrap_or_default(),
                close: deal
                    .day(Field::Close)
                    .map(|day| browser::clock::day(&day.to_string()))
                    .unwrap_or_default(),
                owner: deal.text(Field::Owner).to_owned(),
                position: row.position,
                steps: process.map_or(0, |process| process.live().count()),
                next: deal.text(Field::NextStep).to_owned(),
                is_overdue: deal.is_overdue(team.today()),
            })
        })
    }
}

/// The card.
#[component]
pub(super) fn Card(pipe: Pipe, id: String, dragged: RwSignal<Option<String>>) -> impl IntoView {
    let team = pipe.team;
    let shown = {
        let id = id.clone();
        Memo::new(move |_| Shown::of(team, &id))
    };
    let href = team.deal_href(&id);
    let carried = id.clone();
    let is_dragged = {
        let id = id.clone();
        move || dragged.with(|it| it.as_ref() == Some(&id)).then_some("")
    };
    let begin = move |event: DragEvent| {
        browser::view::carry(&event);
        dragged.set(Some(carried.clone()));
    };
    let menu = {
        let id = id.clone();
        live(move || {
            shown
                .with(|it| it.as_ref().map(|it| it.name.clone()))
                .map(|name| move_menu(pipe, id.clone(), &name))
        })
    };
    let inside = live(move || {
        let Shown { name, account, amount, close, owner, position, steps, next, is_overdue } = shown.get()?;
        Some(view! {
            <div class="deal-card-head">
                <h3><a href=href.clone()>{name}</a></h3>
                <p>{account}</p>
            </div>
            <p class="deal-card-line"><strong>{amount}</strong><span class="hint">{close}</span></p>
            {position.map(|position| pair(&position, steps))}
            <p class="deal-card-line">
                {position.map(|position| gap_mark(&position))}
                {(!owner.is_empty()).then(|| view! { <Avatar name=owner party=Party::Seller small=true /> })}
            </p>
            {(!next.is_empty()).then(|| view! { <p class="deal-next" data-overdue=is_overdue.then_some("")>{next}</p> })}
        })
    });
    view! {
        <li class="deal-card" draggable="true" data-dragged=is_dragged on:dragstart=begin>
            {inside}
            {menu}
        </li>
    }
}

/// Where a deal can go, for whoever does not drag.
pub(super) fn move_menu(pipe: Pipe, id: String, name: &str) -> AnyView {
    let steps = pipe.process.with(|process| {
        let live = process.iter().flat_map(|it| it.live());
        live.map(|step| (step.id.clone(), step.name.clone())).collect::<Vec<_>>()
    });
    let id = StoredValue::new(id);
    let step = move |(step, name): (String, String)| {
        view! { <MenuItem label=name on_pick=move |()| pipe.move_to(vec![id.get_value()], &step) /> }
    };
    let close = move |to: Place, label: &'static str, icon: &'static str| {
        let pick = move |()| pipe.closing.set(Some(Closing { ids: vec![id.get_value()], to: to.clone() }));
        view! { <MenuItem label icon on_pick=pick /> }
    };
    view! {
        <Menu label=copy::move_deal(name) icon="more" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small>
            <MenuTitle label=copy::MOVE_TO />
            {steps.into_iter().map(step).collect_view()}
            <MenuRule />
            {close(Place::Won, copy::CLOSE_WON, "check")}
            {close(Place::Lost, copy::CLOSE_LOST, "x")}
            {close(Place::NoDecision, copy::CLOSE_NONE, "minus")}
        </Menu>
    }
    .into_any()
}

/// Both cycles as two tracks of steps.
pub(super) fn pair(position: &Position, steps: usize) -> AnyView {
    let label = copy::pair(position, steps);
    let (given, required) = position.given;
    let part = if required == 0 { 0.0 } else { given as f64 / required as f64 };
    let seller = (position.seller + 1).to_string();
    let buyer = format!("{:.2}", position.buyer as f64 + part);
    view! {
        <div class="pair" role="img" aria-label=label style=("--steps", steps.to_string())>
            <i data-party="seller" style=("--at", seller)></i>
            <i data-party="buyer" style=("--at", buyer)></i>
        </div>
    }
    .into_any()
}

/// How the sides stand, in words.
pub(super) fn gap_mark(position: &Position) -> AnyView {
    let (kind, icon) = match Gap::of(position) {
        Gap::BuyerBehind => ("behind", "alert"),
        Gap::InStep => ("even", "check"),
        Gap::BuyerAhead => ("ahead", "up-right"),
    };
    view! { <span class="gap-mark" data-gap=kind><Icon name=icon />{copy::gap(position)}</span> }.into_any()
}
