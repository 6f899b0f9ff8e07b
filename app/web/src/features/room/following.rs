//! Following somebody: their caret stays in view, until the reader does something of their own or they leave.

use browser::{Listener, timers, view};
use leptos::prelude::*;
use ui::{Avatar, Button, ButtonKind, ButtonSize, Menu, MenuItem, effect, live};

use super::{OpenRoom, copy, people::Somebody};

/// So many of those who are here are shown beside the title; the list has all.
const SHOWN: usize = 3;
/// So many frames a section has to show its text, and those above it to find their height.
const FRAMES: usize = 8;

/// Who is here, and who of them is followed. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Following {
    room: OpenRoom,
    here: RwSignal<Vec<Somebody>>,
    who: RwSignal<Option<Somebody>>,
    hands: StoredValue<Option<Listener>, LocalStorage>,
}

impl Following {
    pub(super) fn new(room: OpenRoom) -> Self {
        let following = Self {
            room,
            here: RwSignal::new(Vec::new()),
            who: RwSignal::new(None),
            hands: StoredValue::new_local(None),
        };
        // Whatever the reader does by hand ends it, so nobody's own scrolling is ever fought.
        effect(move || {
            let hands = following.who.with(Option::is_some).then(|| view::on_hands(move || following.stop()));
            following.hands.set_value(hands);
        });
        on_cleanup(move || {
            following.hands.try_update_value(Option::take);
        });
        following
    }

    /// These are here now, and may have moved.
    pub(super) fn meet(self, here: Vec<Somebody>) {
        let Some(before) = self.here.try_get_untracked() else { return };
        let missing = |in_these: &[Somebody], from: &[Somebody]| {
            from.iter().find(|one| in_these.iter().all(|other| other.id != one.id)).cloned()
        };
        if let Some(who) = missing(&before, &here) {
            let _ = self.room.said.try_set(copy::came(&who.name));
        } else if let Some(who) = missing(&here, &before) {
            let _ = self.room.said.try_set(copy::left(&who.name));
        }
        match self.who.get_untracked() {
            Some(who) if here.contains(&who) => self.show(who),
            Some(_) => self.who.set(None),
            None => {}
        }
        if before != here {
            self.here.set(here);
        }
    }

    fn start(self, who: Somebody) {
        let _ = self.room.said.try_set(copy::following_until(&who.name));
        self.who.set(Some(who.clone()));
        self.show(who);
    }

    fn stop(self) {
        if self.who.try_update(Option::take).flatten().is_some() {
            self.room.say(copy::NOT_FOLLOWING);
        }
    }

    /// Brings the caret of the one who is followed into view.
    fn show(self, who: Somebody) {
        timers::spawn(async move {
            for _ in 0..FRAMES {
                timers::frame().await;
                if self.who.try_get_untracked().flatten().as_ref() != Some(&who)
                    || self.room.show_person(who.id)
                {
                    return;
                }
            }
        });
    }
}

/// Who else has the room open, with the act to follow them.
#[component]
pub(super) fn Others(following: Following) -> impl IntoView {
    let Following { here, .. } = following;
    let avatar = |who: Somebody| view! { <Avatar name=who.name party=who.party /> };
    let item = move |who: Somebody| {
        let label = copy::follow(&who.name);
        view! { <MenuItem label icon="eye" on_pick=move |()| following.start(who.clone()) /> }
    };
    live(move || {
        let all = here.get();
        (!all.is_empty()).then(|| {
            let avatars = all.iter().take(SHOWN).cloned().map(avatar).collect_view();
            view! {
                <span class="others">
                    <span class="avatars" role="group" aria-label=copy::HERE_NOW>{avatars}</span>
                    <Menu label=copy::HERE_NOW icon="down" icon_only=true kind=ButtonKind::Quiet>
                        {all.into_iter().map(item).collect_view()}
                    </Menu>
                </span>
            }
        })
    })
}

/// Says who is followed, with the way to stop.
#[component]
pub(super) fn FollowingBar(following: Following) -> impl IntoView {
    live(move || {
        following.who.get().map(|who| {
            view! {
                <div class="following" role="group" aria-label=copy::following(&who.name)>
                    <span aria-hidden="true">{copy::following(&who.name)}</span>
                    <Button label=copy::STOP size=ButtonSize::Small on_press=move |()| following.stop() />
                </div>
            }
        })
    })
}
