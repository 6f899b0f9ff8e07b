//! Comments beside the text, the price, the plan and the files: which there are, which one is chosen, and which are shown.

mod copy;
mod filter;
mod going;
mod mark;
mod marking;
mod naming;
mod panel;
mod thread;

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use browser::timers;
use editor::Found;
use leptos::prelude::*;
use model::{Right, SectionId};
use session::{Thing, Thread};
use stdx::Gather as _;
use ui::effect;

use super::OpenRoom;
use crate::{
    handsel::{Handsel, use_handsel},
    route::{Place, Route},
};
use filter::Filter;
pub(super) use mark::{FileMark, SectionMark, ThingMark};
pub(super) use panel::{CommentAtSelection, CommentsButton, PanelBeside, comments_panel, is_in_panel};

/// Threads follow the text after this many milliseconds.
const LOOK_MS: u32 = 120;
/// A look at thousands of threads takes long. So many times as long nobody must have written before the next, so that it falls
/// into a pause. Their marks follow the text by themselves meanwhile.
const REST: u64 = 10;
/// Where people write without a pause, there is a look after this many milliseconds all the same.
const LOOK_AT_LAST_MS: u64 = 5_000;

/// What somebody is about to say something of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Draft {
    /// A part of the text, or a section as a whole.
    Text { section: SectionId, part: Option<Found>, quote: String },
    /// Something outside of the text, and what it is called.
    Thing { thing: Thing, called: String },
}

/// Changes of the text since the threads were looked at.
#[derive(Default)]
struct Changes {
    /// How many there were in all.
    count: Cell<usize>,
    /// Whether a look is on its way.
    waited_for: Cell<bool>,
}

/// The comments of a room. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Comments {
    handsel: Handsel,
    room: OpenRoom,
    /// Whether they are shown beside the text.
    pub(super) open: RwSignal<bool>,
    threads: RwSignal<BTreeMap<String, Thread>>,
    /// Their names in the order of the document.
    order: RwSignal<Vec<String>>,
    chosen: RwSignal<Option<String>>,
    draft: RwSignal<Option<Draft>>,
    /// Whether only the selling team is to have what is drafted.
    inside: RwSignal<bool>,
    settled: RwSignal<bool>,
    /// What the last look at all threads took, in milliseconds.
    cost: StoredValue<u64>,
    /// Which of them are shown.
    filter: RwSignal<Filter>,
    /// The thing that a chosen thread leads to, until it is on the screen.
    going: RwSignal<Option<Thing>>,
    /// The lines and steps that everybody has: a team can have more of its own.
    shared: Memo<BTreeSet<String>>,
    /// Whether a file is looked at over the whole window, where the panel stands then.
    pub(super) over_file: RwSignal<bool>,
    /// The sections that have words marked.
    marked: StoredValue<Vec<SectionId>>,
    /// What this device's person calls themselves.
    name: RwSignal<String>,
}

impl Comments {
    pub(super) fn new(room: OpenRoom) -> Self {
        let handsel = use_handsel();
        let offered = RwSignal::from(room.get().offer_changed());
        let shared = Memo::new(move |_| {
            offered.track();
            let room = room.get();
            let lines = room.price().list.lines.into_iter().map(|line| line.id);
            lines.chain(room.plan().plan.steps.into_iter().map(|step| step.id)).gather()
        });
        let comments = Self {
            handsel,
            room,
            open: RwSignal::new(false),
            threads: RwSignal::new(BTreeMap::new()),
            order: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            draft: RwSignal::new(None),
            inside: RwSignal::new(false),
            settled: RwSignal::new(false),
            cost: StoredValue::new(0),
            filter: RwSignal::new(Filter::default()),
            going: RwSignal::new(None),
            shared,
            over_file: RwSignal::new(false),
            marked: StoredValue::new(Vec::new()),
            name: RwSignal::new(String::new()),
        };
        timers::spawn(async move {
            let name = handsel.rooms().my_name().await;
            let _ = comments.name.try_set(name);
        });
        comments.look();
        let changes = Rc::new(Changes::default());
        room.on_text_changed(Rc::new(move |_| comments.look_soon(&changes)));
        let changed = RwSignal::from(room.get().responses_changed());
        effect(move || {
            changed.track();
            // What threads stand on may be called otherwise, or be gone.
            offered.track();
            comments.look();
        });
        effect(move || {
            comments.chosen.track();
            comments.draft.track();
            comments.open.track();
            comments.settled.track();
            comments.mark();
        });
        comments
    }

    /// Whether this device's person may say something.
    pub(super) fn may_comment(self) -> bool {
        self.room.get().right() >= Some(Right::Comment)
    }

    fn look_soon(self, changes: &Rc<Changes>) {
        changes.count.set(changes.count.get().wrapping_add(1));
        if changes.waited_for.replace(true) {
            return;
        }
        let (changes, begun) = (changes.clone(), browser::clock::now_ms());
        timers::spawn(async move {
            loop {
                let before = changes.count.get();
                let rest = self.cost.try_get_value().unwrap_or_default() * REST;
                timers::sleep(LOOK_MS.max(u32::try_from(rest).unwrap_or(u32::MAX))).await;
                let is_pause = changes.count.get() == before || rest < u64::from(LOOK_MS);
                if is_pause || browser::clock::now_ms().saturating_sub(begun) > LOOK_AT_LAST_MS {
                    break;
                }
            }
            changes.waited_for.set(false);
            self.look();
        });
    }

    /// Reads the threads anew and marks their words.
    fn look(self) {
        let Some(room) = self.room.room.try_get_value() else { return };
        let begun = browser::clock::now_ms();
        let found = room.threads();
        let order: Vec<String> = found.iter().map(|thread| thread.id.clone()).collect();
        let threads = found.into_iter().map(|thread| (thread.id.clone(), thread)).gather();
        if self.threads.try_with_untracked(|old| *old != threads) == Some(true) {
            self.threads.set(threads);
        }
        if self.order.try_with_untracked(|old| *old != order) == Some(true) {
            self.order.set(order);
        }
        self.mark();
        self.cost.try_set_value(browser::clock::now_ms().saturating_sub(begun));
    }

    /// Says what was drafted. Answers whether that is done; what only the team is to have is kept a moment later.
    fn say(self, draft: &Draft, text: &str) -> bool {
        let room = self.room.get();
        if self.inside.get_untracked() {
            self.say_inside(draft.clone(), text.to_owned());
            return false;
        }
        let said = match draft {
            Draft::Text { section, part, .. } => {
                let part = part.as_ref().map(|part| (part.cell.clone(), part.range.clone()));
                room.comment(section, part, text)
            }
            Draft::Thing { thing, .. } => room.comment_on(thing, text),
        };
        match said {
            Ok(thread) => {
                self.draft.set(None);
                self.chosen.set(Some(thread));
                true
            }
            Err(problem) => {
                self.handsel.tell(&problem);
                false
            }
        }
    }

    fn say_inside(self, draft: Draft, text: String) {
        self.handsel.attempt(async move {
            let Some(room) = self.room.room.try_get_value() else { return Ok(()) };
            let said = match draft {
                Draft::Text { section, part, .. } => {
                    let part = part.map(|part| (part.cell, part.range));
                    room.comment_inside(&section, part, &text).await?
                }
                Draft::Thing { thing, .. } => room.comment_on_inside(&thing, &text).await?,
            };
            // Until it is kept, the words stay in their field.
            let _ = self.draft.try_set(None);
            let _ = self.chosen.try_set(Some(said));
            Ok(())
        });
    }

    /// Keeps what this device's person calls themselves, here and for other rooms.
    fn introduce(self, name: &str) {
        let (room, name) = (self.room.get(), name.trim().to_owned());
        self.name.set(name.clone());
        self.handsel.attempt(async move {
            room.introduce(&name)?;
            self.handsel.rooms().set_my_name(&name).await
        });
    }

    /// The threads that are shown, by their names.
    fn visible(self) -> Vec<String> {
        let settled = self.settled.get();
        self.order.with(|order| {
            self.threads.with(|threads| {
                let filter = self.filter.get();
                let is_shown = |id: &&String| {
                    threads.get(*id).is_some_and(|it| it.settled == settled && filter.lets_through(it))
                };
                order.iter().filter(is_shown).cloned().collect()
            })
        })
    }

    /// How many are open.
    pub(super) fn count(self) -> usize {
        self.threads.with(|threads| threads.values().filter(|thread| !thread.settled).count())
    }

    /// How many of those that are open name this device's person.
    fn naming_me(self) -> usize {
        let is_one = |thread: &&Thread| !thread.settled && thread.mentions_me();
        self.threads.with(|threads| threads.values().filter(is_one).count())
    }

    /// The open threads on what `is_there` says, in order.
    fn open_on(self, is_there: impl Fn(&Thread) -> bool) -> Vec<String> {
        self.order.with(|order| {
            self.threads.with(|threads| {
                let is_open = |id: &&String| threads.get(*id).is_some_and(|it| !it.settled && is_there(it));
                order.iter().filter(is_open).cloned().collect()
            })
        })
    }

    /// Whether everybody has a thing, so that it can be talked about.
    fn is_shared(self, thing: &Thing) -> bool {
        match thing {
            Thing::Line(name) | Thing::Step(name) => {
                !self.room.get().is_teams() && self.shared.with(|shared| shared.contains(name))
            }
            Thing::File { .. } => true,
        }
    }

    /// Whether the room is where threads stand.
    pub(super) fn is_place(place: Place) -> bool {
        matches!(place, Place::Document | Place::Plan | Place::Price | Place::Files)
    }

    /// Where in the room its person is; nothing where no thread can stand.
    fn place(self) -> Option<Place> {
        match self.handsel.route.get() {
            Route::Room(_, place) | Route::AsBuyer(_, place) if Self::is_place(place) => Some(place),
            _ => None,
        }
    }
}

/// The comments of the room that is open, from any of its components.
pub(super) fn use_comments() -> Comments {
    expect_context::<Comments>()
}
