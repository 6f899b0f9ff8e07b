//! Suggestions beside the text: which there are, whose, and what became of them.

mod copy;
mod panel;

use std::collections::BTreeMap;

use browser::timers;
use editor::Found;
use leptos::prelude::*;
use model::Author;
use session::Suggested;
use stdx::Gather as _;
use ui::effect;

use super::OpenRoom;
use crate::{
    handsel::{Handsel, use_handsel},
    later::focus_later,
    route::Route,
};
pub(super) use panel::{SuggestionsButton, suggestions_panel};

/// A text that is gone to has its sections on the screen after so many frames, or they are gone.
const FRAMES: usize = 60;

/// The name under which style sheets give the chosen suggestion a look.
const HERE: &str = "suggestion-here";

/// The suggestions of a room. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Suggestions {
    handsel: Handsel,
    room: OpenRoom,
    /// Whether they are shown beside the text.
    pub(super) open: RwSignal<bool>,
    all: RwSignal<BTreeMap<String, Suggested>>,
    /// Their names in the order of the document.
    order: RwSignal<Vec<String>>,
    chosen: RwSignal<Option<String>>,
    /// Whether those are shown to which somebody said yes or no.
    decided: RwSignal<bool>,
    /// Whose are shown; those of all where it is nobody.
    of: RwSignal<Option<Author>>,
}

/// The suggestions of the room that is open, from any of its components.
pub(super) fn use_suggestions() -> Suggestions {
    expect_context::<Suggestions>()
}

impl Suggestions {
    /// `comments` is what stands at the same place; only one of both is open.
    pub(super) fn new(room: OpenRoom, comments: RwSignal<bool>) -> Self {
        let suggestions = Self {
            handsel: use_handsel(),
            room,
            open: RwSignal::new(false),
            all: RwSignal::new(BTreeMap::new()),
            order: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            decided: RwSignal::new(false),
            of: RwSignal::new(None),
        };
        let changed = RwSignal::from(room.get().responses_changed());
        effect(move || {
            changed.track();
            suggestions.look();
            room.refresh_all();
        });
        effect(move || {
            if suggestions.open.get() {
                comments.set(false);
            }
        });
        effect(move || {
            if comments.get() {
                suggestions.open.set(false);
            }
        });
        suggestions
    }

    fn look(self) {
        let Some(room) = self.room.room.try_get_value() else { return };
        let found = room.suggestions();
        let order: Vec<String> = found.iter().map(|it| it.id.clone()).collect();
        let all = found.into_iter().map(|it| (it.id.clone(), it)).gather();
        if self.all.try_with_untracked(|old| *old != all) == Some(true) {
            self.all.set(all);
        }
        if self.order.try_with_untracked(|old| *old != order) == Some(true) {
            self.order.set(order);
        }
    }

    /// Those that are shown, by their names.
    fn visible(self) -> Vec<String> {
        let (decided, of) = (self.decided.get(), self.of.get());
        let is_shown = |it: &Suggested| it.is_open() != decided && of.is_none_or(|of| of == it.author);
        self.order.with(|order| {
            self.all
                .with(|all| order.iter().filter(|id| all.get(*id).is_some_and(is_shown)).cloned().collect())
        })
    }

    /// Those who suggest, each with a name.
    fn authors(self) -> Vec<(Author, String)> {
        let mut authors: Vec<(Author, String)> = Vec::new();
        self.all.with(|all| {
            for it in all.values() {
                if authors.iter().all(|(author, _)| *author != it.author) {
                    authors.push((it.author, panel::name_of(it)));
                }
            }
        });
        authors
    }

    /// How many wait for a yes or no.
    fn count(self) -> usize {
        self.all.with(|all| all.values().filter(|it| it.is_open()).count())
    }

    /// Leads to the first that waits for a yes or no, in the text and in the list, from wherever in the room one is.
    pub(super) fn go_to_first_open(self) {
        self.look();
        let first = self.all.with_untracked(|all| {
            let is_open = |id: &&String| all.get(*id).is_some_and(Suggested::is_open);
            self.order.with_untracked(|order| order.iter().find(is_open).cloned())
        });
        let Some(first) = first else { return };
        self.decided.set(false);
        self.of.set(None);
        self.open.set(true);
        self.handsel.go(Route::room(self.room.get().id()));
        timers::spawn(async move {
            self.show(&first).await;
            focus_later(".comments .thread[data-chosen]");
        });
    }

    /// Chooses a suggestion and brings it into view.
    fn choose(self, id: &str) {
        let id = id.to_owned();
        timers::spawn(async move { self.show(&id).await });
    }

    async fn show(self, id: &str) {
        self.chosen.set(Some(id.to_owned()));
        let at = self.all.with_untracked(|all| all.get(id).map(|it| (it.section.clone(), it.range.clone())));
        let Some((section, range)) = at else { return };
        let room = self.room;
        for _ in 0..FRAMES {
            // A section that was folded has its surface by the next frame, and a text that was not there its sections.
            room.turn_to(&section);
            timers::frame().await;
            if room.room.try_get_value().is_none() {
                return;
            }
            if room.surface_of(&section).is_some() {
                break;
            }
        }
        for (other, surface) in room.surfaces() {
            if other != section {
                surface.highlight(HERE, &[]);
                continue;
            }
            let found = room.found_shown(&section, Found::within(None, range.clone()));
            surface.highlight(HERE, std::slice::from_ref(&found));
            surface.bring_into_view(&found);
        }
    }

    /// Chooses the one after the chosen one, or before it, of those that are shown.
    fn step(self, forward: bool) {
        let visible = untrack(|| self.visible());
        let at =
            self.chosen.with_untracked(|chosen| visible.iter().position(|id| Some(id) == chosen.as_ref()));
        let next = match (at, forward) {
            (None, _) => visible.first(),
            (Some(at), true) => visible.get(at + 1).or(visible.first()),
            (Some(at), false) => at.checked_sub(1).map_or(visible.last(), |at| visible.get(at)),
        };
        if let Some(id) = next {
            self.choose(id);
        }
    }

    /// Says yes to suggestions, which brings them into the text.
    fn accept(self, ids: &[String]) {
        self.room.settle();
        match self.room.get().accept_suggestions(ids) {
            Ok(count) => {
                self.after();
                self.room.say(copy::accepted(count));
            }
            Err(problem) => self.handsel.tell(&problem),
        }
    }

    /// Says no to suggestions.
    fn decline(self, ids: &[String], declined: bool) {
        match self.room.get().decline_suggestions(ids, declined) {
            Ok(()) => {
                self.after();
                self.room.say(if declined { copy::SAID_NO } else { copy::OPEN_AGAIN_SAID });
            }
            Err(problem) => self.handsel.tell(&problem),
        }
    }

    fn take_back(self, id: &str) {
        match self.room.get().take_back(id) {
            Ok(()) => self.after(),
            Err(problem) => self.handsel.tell(&problem),
        }
    }

    fn after(self) {
        self.room.refresh_all();
        self.look();
        for (_, surface) in self.room.surfaces() {
            surface.highlight(HERE, &[]);
        }
    }
}
