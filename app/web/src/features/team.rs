//! What a selling team has for all of its deals: the pipeline, each deal, accounts, and how it sells.

mod accounts;
mod asking;
mod board;
mod brief;
mod card;
mod closing;
mod copy;
mod currency;
mod deal;
mod fields;
mod import;
mod library;
mod new_deal;
mod pipeline;
mod process;
mod questions;
pub(crate) mod rules;
mod shelves;
mod start;
mod table;
mod told;

use leptos::prelude::*;
use model::RoomId;
use session::{Book, Draft, Problem, Undone};
use terms::{
    book::{Field, Kind, Place, Record, Value},
    plan::Day,
    price::{Currency, Decimal, Money},
    process::Process,
};
use ui::{Banner, ButtonKind, Icon, Menu, MenuItem, Skeleton, SkeletonShape, Tone, effect, live};

use super::{room::Status, trouble::NotHere};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    later::{deed, do_later, later, part},
    route::{Place as RoomPlace, RecordName, Route, TeamPlace},
};
use accounts::{AccountPage, Accounts};
use brief::BriefPage;
use currency::CurrencyDialog;
use deal::DealPage;
use import::Import;
use library::Given;
use pipeline::Pipeline;
use process::ProcessPage;

/// A team's book on the screen, for all parts of it. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Team {
    handsel: Handsel,
    id: RoomId,
    book: StoredValue<Book, LocalStorage>,
    /// Counts how often something of the book changed.
    changed: RwSignal<u64>,
    /// The draft of a proposal that was on the screen last.
    drafted: StoredValue<Option<asking::Drafted>, LocalStorage>,
}

part!(tables(Team) => |team| view! { <Import team /> });
deed!(save_table((Team, Kind)) => |given| import::save(given.0, given.1));

/// The screen of the team `id`: opens its book, then shows it.
#[component]
pub(crate) fn TeamScreen(id: RoomId) -> impl IntoView {
    let handsel = use_handsel();
    let opened: RwSignal<Option<Result<Book, Problem>>, LocalStorage> = RwSignal::new_local(None);
    browser::timers::spawn(async move {
        let book = handsel.rooms().book(id).await;
        // The person may have gone elsewhere meanwhile; then the book closes again.
        let _ = opened.try_set(Some(book));
    });
    live(move || {
        opened.with(|opened| match opened {
            None => view! { <main class="page" aria-busy="true"><Skeleton label=words::OPENING shape=SkeletonShape::Page /></main> }.into_any(),
            Some(Ok(book)) => {
                let team = Team {
                    handsel,
                    id,
                    book: StoredValue::new_local(book.clone()),
                    changed: RwSignal::from(book.changed()),
                    drafted: StoredValue::new_local(None),
                };
                view! { <TeamView team /> }.into_any()
            }
            Some(Err(Problem::NoSuchRoom)) => view! { <NotHere /> }.into_any(),
            Some(Err(problem)) => {
                view! { <main class="page"><Banner tone=Tone::Danger words=words::problem(problem) /></main> }.into_any()
            }
        })
    })
}

#[component]
fn TeamView(team: Team) -> impl IntoView {
    let Team { handsel, id, .. } = team;
    let place = Memo::new(move |before| match handsel.route.get() {
        Route::Team(_, place) => place,
        // On the way out it stays as it was.
        _ => before.copied().unwrap_or_default(),
    });
    let name = RwSignal::from(team.book().team().title());
    effect(move || browser::page::set_title(&name.with(|name| format!("{name} · {}", words::BRAND))));
    let saved = RwSignal::from(team.book().saved());
    let tab = move |to: TeamPlace, label: &'static str, icon: &'static str| {
        let is_there = move || match (to, place.get()) {
            (
                TeamPlace::Pipeline,
                TeamPlace::Deal(_) | TeamPlace::Brief(_) | TeamPlace::Interview(_) | TeamPlace::Proposal(_),
            )
            | (TeamPlace::Accounts, TeamPlace::Account(_))
            | (TeamPlace::Library, TeamPlace::Questions | TeamPlace::Calculators) => true,
            (to, here) => to == here,
        };
        let current = move || is_there().then_some("page");
        view! { <a href=Route::Team(id, to).href() aria-current=current><Icon name=icon /><span>{label}</span></a> }
    };
    let undo = move |()| team.step(false);
    let redo = move |()| team.step(true);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_step = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z");
        if is_step && !browser::view::is_writing(&event) {
            event.prevent_default();
            team.step(event.shift_key());
        }
    });
    on_cleanup(move || keys.remove());
    let table = move |kind: Kind| {
        let save = move |()| do_later(handsel, save_table, (team, kind));
        view! { <MenuItem label=copy::save_as_table(kind) icon="download" on_pick=save /> }
    };
    let steps = Memo::new(move |_| team.look(Book::can_step));
    let counting = RwSignal::new(false);
    let screen = live(move || match place.get() {
        TeamPlace::Pipeline => view! { <Pipeline team /> }.into_any(),
        TeamPlace::Import => later(tables, team),
        TeamPlace::Deal(deal) => view! { <DealPage team deal /> }.into_any(),
        TeamPlace::Brief(deal) => view! { <BriefPage team deal /> }.into_any(),
        TeamPlace::Accounts => view! { <Accounts team /> }.into_any(),
        TeamPlace::Account(account) => view! { <AccountPage team account /> }.into_any(),
        TeamPlace::Process => view! { <ProcessPage team /> }.into_any(),
        TeamPlace::Interview(deal) => later(asking::asking, asking::Given::Interview(team, deal)),
        TeamPlace::Proposal(deal) => later(asking::asking, asking::Given::Proposal(team, deal)),
        TeamPlace::Library => later(library::library, Given::Page(team)),
        TeamPlace::Rules => later(rules::rules, rules::Given::Page(team)),
        TeamPlace::Questions => later(questions::questions, questions::Given::Questions(team)),
        TeamPlace::Calculators => later(questions::questions, questions::Given::Calculators(team)),
    });
    view! {
        <div class="room team-pages">
            <header class="bar room-bar">
                <a class="button" href=Route::Home.href() data-kind="quiet" data-icon-only="" aria-label=words::ALL_ROOMS title=words::ALL_ROOMS>
                    <Icon name="back" />
                </a>
                <p class="team-name">{move || name.get()}</p>
                <nav class="tab-bar room-places" aria-label=copy::PLACES>
                    {tab(TeamPlace::Pipeline, copy::PIPELINE, "board")}
                    {tab(TeamPlace::Accounts, copy::ACCOUNTS, "people")}
                    {tab(TeamPlace::Process, copy::PROCESS, "process")}
                    {tab(TeamPlace::Library, copy::LIBRARY, "bulb")}
                    {tab(TeamPlace::Rules, copy::RULES, "shield")}
                    <a href=Route::Room(id, RoomPlace::Price).href()><Icon name="price" /><span>{copy::PRODUCTS}</span></a>
                </nav>
                <Status saved may_write=true />
                <Menu label=copy::MORE icon="more" icon_only=true kind=ButtonKind::Quiet>
                    <MenuItem label=copy::UNDO icon="undo" shortcut="Ctrl+Z".to_owned() blocked=Signal::derive(move || !steps.get().0) on_pick=undo />
                    <MenuItem label=copy::REDO icon="redo" shortcut="Ctrl+Shift+Z".to_owned() blocked=Signal::derive(move || !steps.get().1) on_pick=redo />
                    <MenuItem label=copy::CURRENCY icon="price" on_pick=move |()| counting.set(true) />
                    <MenuItem label=copy::INVITE icon="person-add" hint=copy::INVITE_MORE.to_owned() on_pick=move |()| handsel.go(Route::Room(id, RoomPlace::Price)) />
                    <MenuItem label=copy::IMPORT icon="received" on_pick=move |()| team.go(TeamPlace::Import) />
                    {table(Kind::Deal)}
                    {table(Kind::Account)}
                    {table(Kind::Contact)}
                    <MenuItem label=copy::PRINT icon="print" on_pick=move |()| browser::page::print() />
                </Menu>
            </header>
            {screen}
        </div>
        <CurrencyDialog team open=counting />
    }
}

impl Team {
    fn book(self) -> Book {
        self.book.get_value()
    }

    /// The day that it is for the reader. It is asked each time, since the page may stay open over night.
    fn today(self) -> Day {
        let (year, month, day) = browser::clock::local_day(browser::clock::now_ms());
        // A clock beyond year 9999 is as good as none.
        Day::new(year, month, day).unwrap_or(Day::LAST)
    }

    /// The account of this name, whatever its capital letters.
    fn account_named(self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        let is_it = |it: &&Record| it.text(Field::Name).to_lowercase() == name;
        self.book.with_value(|book| book.accounts().values().find(is_it).map(|it| it.id.clone()))
    }

    /// The same, made where there is none; nothing for an empty name.
    fn account_or_new(self, name: &str) -> Result<Option<String>, Problem> {
        match self.account_named(name) {
            _ if name.is_empty() => Ok(None),
            Some(id) => Ok(Some(id)),
            None => {
                let fields = vec![(Field::Name, Value::Text(name.to_owned()))];
                let draft = Draft { kind: Kind::Account, fields, place: None };
                Ok(self.book.with_value(|book| book.add(&[draft]))?.pop())
            }
        }
    }

    /// Moves deals of a process to a step, and says so, with what the buyer has not shown so far.
    fn move_to(self, ids: Vec<String>, process: &Process, step: &str) {
        let to = Place::Step(step.to_owned());
        let is_there = |id: &String| {
            self.book.with_value(|book| book.deals().get(id).is_some_and(|deal| deal.place() == Some(&to)))
        };
        let moved: Vec<String> = ids.into_iter().filter(|id| !is_there(id)).collect();
        let what = match moved.as_slice() {
            [] => return,
            [id] => self.book.with_value(|book| book.deals().get(id).map(|deal| called(deal).to_owned())),
            all => Some(copy::deals(all.len())),
        };
        let name = process.step(step).map(|step| step.name.clone()).unwrap_or_default();
        let said = copy::moved(&what.unwrap_or_default(), &name);
        let process = process.clone();
        self.handsel.attempt(async move {
            let Some(book) = self.book.try_get_value() else { return Ok(()) };
            let verdict = book.verdict_of_moving(&moved, &to).await?;
            book.move_deals(&moved, &to, "", "").await?;
            let says = verdict.warnings.iter().chain(&verdict.suggestions);
            let said = says.fold(said, |said, it| copy::and_says(&said, &it.words));
            // Whoever has gone elsewhere meanwhile is told nothing.
            if self.book.try_get_value().is_some() {
                self.say_with_undo(match self.missing(&moved, &process) {
                    Some(evidence) => copy::moved_ahead(&said, &evidence),
                    None => said,
                });
            }
            Ok(())
        });
    }

    /// The first piece of evidence that a deal among these lacks, where the seller is ahead.
    fn missing(self, ids: &[String], process: &Process) -> Option<String> {
        self.book.with_value(|book| {
            let deals = book.deals();
            ids.iter().filter_map(|id| deals.get(id)).find_map(|deal| {
                let position = process.position(deal).filter(|it| it.gap() > 0)?;
                let step = process.live().nth(position.buyer)?;
                let lacks = step.evidence.iter().find(|it| it.is_required && deal.seen(&it.id).is_none())?;
                Some(lacks.name.clone())
            })
        })
    }

    /// Looks at the book, and again whenever it has changed.
    fn look<T>(self, look: impl FnOnce(&Book) -> T) -> T {
        self.changed.track();
        self.book.with_value(look)
    }

    /// Writes in the book; where that is refused, it is said why. Answers whether it was done.
    fn write(self, write: impl FnOnce(&Book) -> Result<(), Problem>) -> bool {
        match self.book.with_value(write) {
            Ok(()) => true,
            Err(problem) => {
                self.handsel.tell(&problem);
                false
            }
        }
    }

    /// Writes in the book, and says what was done, with the way back.
    fn write_saying(self, said: String, write: impl FnOnce(&Book) -> Result<(), Problem>) -> bool {
        let is_done = self.write(write);
        if is_done {
            self.say_with_undo(said);
        }
        is_done
    }

    /// Says what was written last, with the way back.
    fn say_with_undo(self, said: String) {
        let step = self.book.with_value(Book::last_step);
        self.handsel.toasts.offer(said, words::UNDO, move |()| self.undo_step(step));
    }

    /// Takes back what was written as this step, or else what was written last.
    fn undo_step(self, step: Option<u64>) {
        let Some(book) = self.book.try_get_value() else { return };
        self.tell_undone(step.map_or_else(|| book.undo(), |step| book.undo_step(step)), false);
    }

    /// Takes back what was written last, or does it again.
    fn step(self, again: bool) {
        let Some(book) = self.book.try_get_value() else { return };
        self.tell_undone(if again { book.redo() } else { book.undo() }, again);
    }

    fn tell_undone(self, undone: Result<Option<Undone>, Problem>, again: bool) {
        match undone {
            Ok(Some(undone)) if undone.left > 0 => self.handsel.toasts.say(copy::partly_undone(undone.left)),
            Ok(Some(_)) => self.handsel.toasts.say(if again { copy::REDONE } else { copy::UNDONE }),
            Ok(None) => self.handsel.toasts.say(copy::NOTHING_TO_UNDO),
            Err(problem) => self.handsel.tell(&problem),
        }
    }

    /// The way to a place of it.
    fn href(self, place: TeamPlace) -> String {
        Route::Team(self.id, place).href()
    }

    /// The way to a deal.
    fn deal_href(self, id: &str) -> String {
        self.href(RecordName::parse(id).map_or(TeamPlace::Pipeline, TeamPlace::Deal))
    }

    fn go(self, place: TeamPlace) {
        self.handsel.go(Route::Team(self.id, place));
    }

    /// What an amount is in the reader's way of writing: with all digits of its minor unit, or with none where it is whole.
    fn money(amount: Decimal, currency: Currency) -> String {
        let text = amount.to_string();
        let least = if text.contains('.') { currency.digits() } else { 0 };
        browser::figures::money(&text, currency.code(), least, currency.digits())
    }

    /// The same of minor units.
    fn sum(money: Money, currency: Currency) -> String {
        let text = currency.write(money);
        let is_whole = text.split_once('.').is_none_or(|(_, part)| part.bytes().all(|digit| digit == b'0'));
        let least = if is_whole { 0 } else { currency.digits() };
        browser::figures::money(&text, currency.code(), least, currency.digits())
    }

    fn separators() -> terms::price::Separators {
        let (decimal, group) = browser::figures::separators();
        terms::price::Separators { decimal, group }
    }
}

/// What a deal, an account or a contact is called.
fn called(record: &Record) -> &str {
    match record.text(Field::Name) {
        "" => copy::UNNAMED,
        name => name,
    }
}

/// What the place is called at which a deal is.
fn place_name(place: Option<&Place>, process: Option<&Process>) -> String {
    match place {
        Some(Place::Step(id)) => {
            let step = process.and_then(|process| process.step(id));
            step.map_or_else(|| copy::UNKNOWN_STEP.to_owned(), |step| step.name.clone())
        }
        Some(Place::Won) => copy::WON.to_owned(),
        Some(Place::Lost) => copy::LOST.to_owned(),
        Some(Place::NoDecision) => copy::NO_DECISION.to_owned(),
        None => copy::NOWHERE.to_owned(),
    }
}
