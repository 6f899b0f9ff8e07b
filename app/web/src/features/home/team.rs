//! What the selling team has for all of its deals: the way to it, and the way to begin it.

use leptos::{ev, prelude::*};
use model::{RoomRecord, Standing, limits};
use ui::{Button, ButtonKind, Dialog, Field, Icon, Menu, MenuItem, live};

use super::{copy, list::move_away};
use crate::{
    copy as words,
    handsel::use_handsel,
    route::{Route, TeamPlace},
};

/// The teams of this device. Whoever has rooms of others only is not asked to begin one.
#[component]
pub(super) fn Teams() -> impl IntoView {
    let handsel = use_handsel();
    let open = RwSignal::new(false);
    let list = RwSignal::from(handsel.rooms().list());
    let teams = Memo::new(move |_| {
        list.with(|rooms| {
            let teams = rooms.iter().flatten().filter(|room| room.standing == Standing::Team);
            teams.cloned().collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| teams.with(Vec::is_empty));
    let sells = Memo::new(move |_| {
        let owns = |room: &RoomRecord| room.keys.pass.as_ref().is_some_and(|pass| pass.owner_seed.is_some());
        list.with(|rooms| rooms.iter().flatten().any(owns))
    });
    let body = move || {
        if is_empty.get() {
            view! {
                <p class="team-begin">
                    <span>{copy::TEAM_ABOUT}</span>
                    <Button label=copy::BEGIN_TEAM icon="people" on_press=move |()| open.set(true) />
                </p>
            }
            .into_any()
        } else {
            let key = |team: &RoomRecord| (team.id, team.title.clone());
            view! {
                <ul class="room-list card" data-flush="">
                    <For each=move || teams.get() key let:team><TeamRow team /></For>
                </ul>
            }
            .into_any()
        }
    };
    view! {
        {live(move || sells.get().then(|| view! {
            <section class="team" aria-labelledby="team"><h2 id="team">{copy::TEAM}</h2>{live(body)}</section>
        }))}
        <BeginDialog open />
    }
}

#[component]
fn TeamRow(team: RoomRecord) -> impl IntoView {
    let handsel = use_handsel();
    let RoomRecord { id, title, .. } = team;
    let said = copy::deleted(&title);
    let delete = move |()| {
        let now = handsel.rooms().now();
        move_away(handsel, id, Standing::Deleted(now), Standing::Team, said.clone());
    };
    view! {
        <li class="room-row">
            <span class="tile" data-tone="seller"><Icon name="people" /></span>
            <a class="room-link" href=Route::Team(id, TeamPlace::Pipeline).href()>
                <span class="room-name">{title.clone()}</span>
                <span class="room-meta">{copy::TEAM_MORE}</span>
            </a>
            <span class="room-acts">
                <Menu label=copy::more_for(&title) icon="more" icon_only=true kind=ButtonKind::Quiet>
                    <MenuItem label=copy::DELETE icon="trash" danger=true on_pick=delete />
                </Menu>
            </span>
        </li>
    }
}

/// Asks what the team is called.
#[component]
fn BeginDialog(open: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let name = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let begin = move || {
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            return wrong.set(Some(copy::TEAM_NAME_NEEDED.to_owned()));
        }
        open.set(false);
        handsel.attempt(async move {
            let id = handsel.rooms().begin_team(&name).await?;
            handsel.go(Route::Team(id, TeamPlace::Pipeline));
            Ok(())
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        begin();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::BEGIN_TEAM_NOW kind=ButtonKind::Primary on_press=move |()| begin() />
        }
    };
    view! {
        <Dialog open title=copy::BEGIN_TEAM close_label=words::CLOSE footer>
            <form on:submit=submit>
                <Field label=copy::TEAM_NAME hint=copy::TEAM_NAME_HINT value=name error=Signal::derive(move || wrong.get()) max_length=limits::TITLE_MAX as u32 autofocus=true />
            </form>
        </Dialog>
    }
}
