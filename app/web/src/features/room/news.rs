//! What a link or a file brought to a room that was here, and the way to it.

use leptos::prelude::*;
use model::SectionId;
use session::{Problem, Received};
use text::Selection;
use ui::effect;

use super::{OpenRoom, copy, summary};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    route::Route,
};

/// Says what came, by which way, and offers to show the first of it.
pub(crate) fn tell(handsel: Handsel, received: Received, what: &'static str) {
    handsel.attempt(async move {
        let Received { room: id, news, .. } = received;
        let room = handsel.rooms().open(id).await?;
        let list = room.sections().get_untracked();
        let called = |id: &SectionId| {
            let section = list.iter().find(|section| section.id == *id)?;
            let part = room.document(id).ok().map(|document| summary::Part::of(&document));
            Some(summary::label(section, part.as_ref()))
        };
        let names: Vec<String> = news.sections.iter().filter_map(called).collect();
        // Changes that nobody sees, as of what is not shown yet, are not counted.
        let said = if news.is_empty() { words::merged(what) } else { copy::news(what, &news, &names) };
        match news.sections.into_iter().next() {
            Some(first) => {
                let show = move |()| {
                    handsel.go(Route::room(id));
                    handsel.show.set(Some((id, first.clone())));
                };
                handsel.toasts.offer(said, copy::SHOW, show);
            }
            None => handsel.toasts.say(said),
        }
        Ok::<(), Problem>(())
    });
}

/// Goes to what is to be shown in this room.
pub(super) fn follow(room: OpenRoom) {
    let handsel = use_handsel();
    effect(move || {
        let Some((id, section)) = handsel.show.get() else { return };
        if id == room.get().id() {
            handsel.show.set(None);
            browser::timers::spawn(async move {
                // The message that offered this gives the keyboard back first.
                browser::timers::frame().await;
                if room.room.try_get_value().is_some() {
                    room.go(&section, Selection::caret(0));
                }
            });
        }
    });
}
