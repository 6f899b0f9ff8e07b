//! The room of a deal: the way there, and what happened in it that is evidence.

use insight::engagement::{self, Deed};
use leptos::prelude::*;
use model::{RoomId, Standing};
use session::Start;
use terms::book::{Field, Kind, Value};
use ui::{Badge, Button, ButtonSize, LinkButton, Menu, MenuItem, MenuRule, Tone, live};

use super::{OpenDeal, copy};
use crate::{
    copy as words,
    features::team::told,
    route::{Place, Route},
};

/// The room that somebody linked to the deal, where it is on this device.
pub(in crate::features::team) fn room_of(open: OpenDeal) -> Option<RoomId> {
    open.deal.with(|deal| RoomId::parse(deal.as_ref()?.text(Field::Room)))
}

/// The way to the room, or a room for the deal.
#[component]
pub(super) fn DealRoom(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, id, deal, .. } = open;
    let handsel = team.handsel;
    let list = RwSignal::from(handsel.rooms().list());
    let link = move |room: Option<RoomId>| {
        let value = room.map(|room| Value::Text(room.to_string()));
        team.write(|book| book.edit(Kind::Deal, &[id.get_value()], &[(Field::Room, value)]))
    };
    let make = move |()| {
        let (name, account) = deal.with_untracked(|deal| {
            let deal = deal.as_ref();
            let account = deal.map(|it| it.text(Field::Account).to_owned()).unwrap_or_default();
            let account = team
                .book
                .with_value(|book| book.accounts().get(&account).map(|it| it.text(Field::Name).to_owned()));
            (
                deal.map(|it| super::super::called(it).to_owned()).unwrap_or_default(),
                account.unwrap_or_default(),
            )
        });
        let (book, id, from) = (team.book(), id.get_value(), handsel.route.get_untracked());
        handsel.attempt(async move {
            let (room, _) = handsel.rooms().create(Start::Blank, &name).await?;
            let open = handsel.rooms().open(room).await?;
            if !account.is_empty() {
                open.set_variable("account.name", &account)?;
            }
            open.flush().await?;
            book.edit(Kind::Deal, &[id], &[(Field::Room, Some(Value::Text(room.to_string())))])?;
            // Whoever went on meanwhile stays where they are.
            if handsel.route.get_untracked() == from {
                handsel.go(Route::room(room));
            }
            Ok(())
        });
    };
    let rooms = move || {
        list.with(|rooms| {
            let live = rooms.iter().flatten().filter(|it| it.standing == Standing::Active);
            live.map(|it| (it.id, it.title.clone())).collect::<Vec<_>>()
        })
    };
    live(move || {
        let here =
            room_of(open).filter(|id| list.with(|rooms| rooms.iter().flatten().any(|it| it.id == *id)));
        match here {
            Some(room) => {
                view! { <LinkButton label=copy::OPEN_ROOM icon="room" href=Route::room(room).href() /> }
                    .into_any()
            }
            None => {
                let item = move |(room, title): (RoomId, String)| {
                    view! { <MenuItem label=title icon="room" on_pick=move |()| { link(Some(room)); } /> }
                };
                let rooms = rooms();
                let rule = (!rooms.is_empty()).then(|| view! { <MenuRule /> });
                view! {
                    <Menu label=copy::ROOM icon="room">
                        <MenuItem label=copy::MAKE_ROOM icon="plus" on_pick=make />
                        {rule}
                        {rooms.into_iter().map(item).collect_view()}
                    </Menu>
                }
                .into_any()
            }
        }
    })
}

/// What happened in the room, as far as it is evidence that is not marked yet; and how warm it is.
#[component]
pub(super) fn InTheRoom(open: OpenDeal) -> impl IntoView {
    let OpenDeal { team, id, deal, process } = open;
    let room = Memo::new(move |_| room_of(open));
    let told = told::follow(team, room);
    let unmarked = Memo::new(move |_| {
        let (Some(deal), Some(process), Some(told)) = (deal.get(), process.get(), told.get()) else {
            return Vec::new();
        };
        let evidence =
            process.live().flat_map(|step| step.evidence.clone()).filter(|it| deal.seen(&it.id).is_none());
        evidence
            .filter_map(|it| {
                let act = it.follows?;
                let (deed, who) = told.deeds.iter().find(|(deed, _)| deed.act == act)?;
                Some((
                    it.id.clone(),
                    it.name.clone(),
                    copy::happened(act, who, &browser::clock::date(deed.at)),
                ))
            })
            .collect::<Vec<_>>()
    });
    let warmth = move || {
        live(move || {
            told.with(|told| {
            let deeds: Vec<Deed> = told.as_ref()?.deeds.iter().map(|(deed, _)| deed.clone()).collect();
            let index = engagement::engagement(&deeds, browser::clock::now_ms(), browser::clock::offset_ms()).index;
            let last = deeds.iter().map(|deed| deed.at).max().map(browser::clock::date_time);
            Some(view! {
                <p class="warmth-index"><strong>{format!("{index:.0}")}</strong><span>{copy::OF_100}</span></p>
                <p class="hint">{last.map_or_else(|| copy::NOBODY_CAME.to_owned(), |last| copy::last_there(&last))}</p>
            })
        })
        })
    };
    let row = move |(evidence, name, happened): (String, String, String)| {
        let source = happened.clone();
        let mark = move |()| {
            let deal = id.get_value();
            team.write(|book| book.mark_evidence(&deal, &evidence, Some(("", &source))));
        };
        view! {
            <li>
                <p><strong>{name}</strong></p>
                <p class="hint">{happened}</p>
                <Button label=copy::MARK_IT size=ButtonSize::Small icon="check" on_press=mark />
            </li>
        }
    };
    let offers = move || {
        live(move || {
            let all = unmarked.get();
            (!all.is_empty()).then(|| {
                view! {
                    <h3>{copy::SEEN_IN_ROOM}</h3>
                    <ul class="room-evidence">{all.into_iter().map(row).collect_view()}</ul>
                }
            })
        })
    };
    live(move || {
        room.get().map(|room| {
            let readers = Route::Room(room, Place::Readers).href();
            view! {
                <section class="card">
                    <div class="card-head"><h2>{copy::IN_ROOM}</h2><Badge label=words::WITH_THEIR_KNOWLEDGE tone=Tone::Plain icon="eye" /></div>
                    {warmth()}
                    {offers()}
                    <a class="text-link" href=readers>{copy::HOW_THEY_READ}</a>
                </section>
            }
        })
    })
}
