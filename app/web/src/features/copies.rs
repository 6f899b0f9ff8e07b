//! Making rooms of rooms: a copy for the next buyer, a template, a room of a template.

mod copy;

use leptos::{ev, prelude::*};
use model::{RoomId, RoomRecord, Standing, limits};
use ui::{Button, ButtonKind, Dialog, DialogSize, Field, MenuItem, live};

use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    later::{dialog_later, part},
    route::Route,
};

/// What is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// A room that says the same.
    Duplicate,
    /// A template of a room.
    Template,
    /// A room of a template.
    Room,
}

/// The dialog in which it is decided. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Copies {
    handsel: Handsel,
    open: RwSignal<bool>,
    of: RwSignal<Option<(RoomId, Goal)>>,
    title: RwSignal<String>,
}

impl Copies {
    /// Asks nothing yet.
    pub(crate) fn new(handsel: Handsel) -> Self {
        Self {
            handsel,
            open: RwSignal::new(false),
            of: RwSignal::new(None),
            title: RwSignal::new(String::new()),
        }
    }

    /// The dialog, once somebody needs it.
    pub(crate) fn dialog(self) -> AnyView {
        dialog_later(copy_dialog, self, self.open)
    }

    /// Asks for the title of a room that is to be made of a template.
    pub(crate) fn make_room(self, template: RoomId) {
        self.ask(template, Goal::Room);
    }

    fn ask(self, room: RoomId, goal: Goal) {
        let title = titled(self.handsel, room).unwrap_or_default();
        self.title.set(if goal == Goal::Duplicate { copy::copy_of(&title) } else { title });
        self.of.set(Some((room, goal)));
        self.open.set(true);
    }
}

fn titled(handsel: Handsel, room: RoomId) -> Option<String> {
    let list = RwSignal::from(handsel.rooms().list());
    list.with_untracked(|rooms| find(rooms, room).map(|it| it.title.clone()))
}

fn find(rooms: &Option<Vec<RoomRecord>>, room: RoomId) -> Option<&RoomRecord> {
    rooms.iter().flatten().find(|it| it.id == room)
}

/// The acts for menus about a room of one's own.
#[component]
pub(crate) fn CopyItems(room: RoomId) -> impl IntoView {
    let copies = expect_context::<Copies>();
    let list = RwSignal::from(use_handsel().rooms().list());
    let is_template = Memo::new(move |_| {
        list.with(|rooms| find(rooms, room).is_some_and(|it| it.standing == Standing::Template))
    });
    let other = move || {
        let (label, icon, goal) = match is_template.get() {
            true => (copy::MAKE_ROOM, "plus", Goal::Room),
            false => (copy::MAKE_TEMPLATE, "doc", Goal::Template),
        };
        view! { <MenuItem label icon on_pick=move |()| copies.ask(room, goal) /> }
    };
    view! {
        {live(other)}
        <MenuItem label=copy::DUPLICATE icon="copy" on_pick=move |()| copies.ask(room, Goal::Duplicate) />
    }
}

part!(copy_dialog(Copies) => |copies| view! { <CopyDialog copies /> });

#[component]
fn CopyDialog(copies: Copies) -> impl IntoView {
    let Copies { handsel, open, of, title } = copies;
    let goal = Memo::new(move |_| of.get().map(|(_, goal)| goal));
    let is_making = RwSignal::new(false);
    let wrong = Memo::new(move |_| {
        title.with(|title| title.trim().is_empty()).then(|| copy::TITLE_NEEDED.to_owned())
    });
    let make = move || {
        let (Some((room, goal)), None, false) =
            (of.get_untracked(), wrong.get_untracked(), is_making.get_untracked())
        else {
            return;
        };
        is_making.set(true);
        let title = title.get_untracked().trim().to_owned();
        browser::timers::spawn(async move {
            let standing = if goal == Goal::Template { Standing::Template } else { Standing::Active };
            let made = handsel.rooms().copy(room, &title, standing).await;
            is_making.set(false);
            match made {
                Ok(new) => {
                    open.set(false);
                    if goal == Goal::Template {
                        let look = move |()| handsel.go(Route::room(new));
                        handsel.toasts.offer(copy::is_template(&title), copy::LOOK, look);
                    } else {
                        handsel.go(Route::room(new));
                    }
                }
                Err(problem) => handsel.tell(&problem),
            }
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        make();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button
                label=Signal::derive(move || copy::act(goal.get()).to_owned())
                kind=ButtonKind::Primary
                blocked=wrong
                on_press=move |()| make()
            />
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(move || copy::heading(goal.get()).to_owned())
            close_label=words::CLOSE
            size=DialogSize::Small
            footer
        >
            <form class="stack" on:submit=submit>
                <Field label=copy::TITLE value=title error=wrong autofocus=true max_length=limits::TITLE_MAX as u32 />
                <p class="hint">{copy::LEFT_OUT}</p>
            </form>
        </Dialog>
    }
}
