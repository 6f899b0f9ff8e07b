//! What of the library is worth using for a deal at the step where it is, why, and into the room with it.

use exchange::parcel::Source;
use insight::{
    pipeline::process_of,
    serve::{Beside, Reason, Served, roles, serve},
};
use leptos::prelude::*;
use model::{RoomId, Standing};
use session::Book;
use terms::{
    book::{Field, Place},
    nugget::NuggetKind,
};
use ui::{Badge, Button, ButtonSize, Tone, live};

use super::{super::deal::room_of, OpenDeal, copy};
use crate::{copy as words, route::TeamPlace};

/// So many are shown at first.
const FIRST: usize = 3;
/// So many more each time.
const MORE: usize = 5;
/// The variable that stands for the buyer's company.
const ACCOUNT: &str = "account.name";

/// One that is worth using, as the card shows it.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    id: String,
    title: String,
    text: String,
    kind: NuggetKind,
    reasons: Vec<Reason>,
    is_used: bool,
}

/// The card.
#[component]
pub(super) fn WorthUsing(open: OpenDeal) -> impl IntoView {
    let team = open.team;
    let limit = RwSignal::new(FIRST);
    let all = Memo::new(move |_| team.look(|book| rows(open, book)));
    let list = RwSignal::from(team.handsel.rooms().list());
    let room = Memo::new(move |_| {
        let is_here = |id: &RoomId| {
            list.with(|rooms| {
                rooms.iter().flatten().any(|it| it.id == *id && it.standing == Standing::Active)
            })
        };
        room_of(open).filter(is_here)
    });
    let body = live(move || {
        if all.with(Vec::is_empty) {
            return view! { <p class="hint">{copy::NONE_APPROVED}</p> }.into_any();
        }
        let shown = move || all.with(|all| all.iter().take(limit.get()).cloned().collect::<Vec<_>>());
        let rows =
            live(move || shown().into_iter().map(|row| view! { <WorthRow open row room /> }).collect_view());
        let more = live(move || {
            let left = all.with(Vec::len).saturating_sub(limit.get());
            (left > 0).then(|| view! { <Button label=copy::MORE_OF_THEM size=ButtonSize::Small on_press=move |()| limit.update(|it| *it += MORE) /> })
        });
        view! { <ul class="worth">{rows}</ul>{more} }.into_any()
    });
    view! {
        <section class="card worth-card">
            <div class="card-head"><h2>{copy::WORTH}</h2><a class="text-link" href=team.href(TeamPlace::Library)>{copy::TO_LIBRARY}</a></div>
            {body}
        </section>
    }
}

fn rows(open: OpenDeal, book: &Book) -> Vec<Row> {
    let deals = book.deals();
    let Some(deal) = open.id.with_value(|id| deals.get(id)) else { return Vec::new() };
    let problems = book.problems_of(deal);
    let (accounts, contacts, processes, nuggets, rates) =
        (book.accounts(), book.contacts(), book.processes(), book.nuggets(), book.rates());
    let beside = Beside {
        account: accounts.get(deal.text(Field::Account)),
        roles: roles(deal, |id| contacts.get(id)),
        problems,
        process: process_of(deal, &processes),
        deals: deals.values().collect(),
        rates: &rates,
        today: open.team.today(),
        // Which part of a room came from which nugget is not kept, so how it was read is not known.
        read: &|_| 0.0,
    };
    let step = deal.place().and_then(Place::step).unwrap_or_default();
    let row = |it: Served<'_>| Row {
        id: it.nugget.id.clone(),
        title: it.nugget.title.clone(),
        text: it.nugget.text.clone(),
        kind: it.nugget.kind,
        is_used: deal.has_used(&it.nugget.id, step),
        reasons: it.reasons,
    };
    serve(&nuggets, deal, &beside).into_iter().map(row).collect()
}

#[component]
fn WorthRow(open: OpenDeal, row: Row, room: Memo<Option<RoomId>>) -> impl IntoView {
    let Row { kind, is_used, .. } = row;
    let fits = copy::fits(&row.reasons).map(|fits| view! { <li>{fits}</li> });
    let reason = |it: &Reason| {
        let told = copy::reason(it, browser::clock::day)?;
        let tone = matches!(it, Reason::Stale(_)).then_some("danger");
        Some(view! { <li data-tone=tone>{told}</li> })
    };
    let reasons = row.reasons.iter().filter_map(reason).collect_view();
    let used = is_used.then(|| view! { <Badge label=copy::USED tone=Tone::Ok icon="check" /> });
    let title = row.title.clone();
    let row = StoredValue::new(row);
    let act = live(move || {
        let put = move |room| add(open, room, &row.get_value());
        match room.get() {
            Some(room) => view! { <Button label=copy::ADD size=ButtonSize::Small icon="plus" on_press=move |()| put(room) /> }.into_any(),
            None => view! { <Button label=copy::COPY size=ButtonSize::Small icon="copy" on_press=move |()| take_along(open, &row.get_value()) /> }.into_any(),
        }
    });
    view! {
        <li>
            <div class="worth-head">
                <span class="nugget-kind">{copy::kind(kind)}</span>
                <strong>{title}</strong>
                {used}
            </div>
            <ul class="worth-why">{fits}{reasons}</ul>
            {act}
        </li>
    }
}

/// Puts it at the end of the room as a section of its own, and notes that it was used. The way back takes both back.
fn add(open: OpenDeal, id: RoomId, row: &Row) {
    let team = open.team;
    let (handsel, book, deal) = (team.handsel, team.book(), open.id.get_value());
    let account = open.deal.with_untracked(|deal| {
        let account = deal.as_ref().map(|it| it.text(Field::Account).to_owned())?;
        Some(book.accounts().get(&account)?.text(Field::Name).to_owned())
    });
    let (title, text, nugget) = (row.title.clone(), row.text.clone(), row.id.clone());
    handsel.attempt(async move {
        let read = handsel.rooms().read_text(Source::Markdown(&text)).await?;
        let room = handsel.rooms().open(id).await?;
        let section = room.add_read_section(&title, read).await?;
        if let Some(name) = account.filter(|name| !name.is_empty() && room.variable(ACCOUNT).is_none()) {
            // Whoever may edit and not own has no say in what variables stand for.
            let _ = room.set_variable(ACCOUNT, &name);
        }
        room.flush().await?;
        book.note_use(&deal, &nugget, true)?;
        let undo = move |()| {
            let (section, deal, nugget) = (section.clone(), deal.clone(), nugget.clone());
            handsel.attempt(async move {
                let room = handsel.rooms().open(id).await?;
                room.delete_section(&section, None)?;
                room.flush().await?;
                handsel.rooms().book(team.id).await?.note_use(&deal, &nugget, false)
            });
        };
        handsel.toasts.offer(copy::added(&title), words::UNDO, undo);
        Ok(())
    });
}

/// Puts its words on the clipboard, where the deal has no room here, and notes that it was used.
fn take_along(open: OpenDeal, row: &Row) {
    let team = open.team;
    let (handsel, book, deal) = (team.handsel, team.book(), open.id.get_value());
    let (text, nugget) = (row.text.clone(), row.id.clone());
    handsel.attempt(async move {
        if browser::clipboard::copy_text(&text).await {
            book.note_use(&deal, &nugget, true)?;
            handsel.toasts.say(copy::COPIED);
        } else {
            handsel.toasts.say(copy::NOT_COPIED);
        }
        Ok(())
    });
}
