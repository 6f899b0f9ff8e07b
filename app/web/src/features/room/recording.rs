//! What the buyer's browser notes of how a room is read: the notice, the noting, and the page that shows all of it.

mod copy;
mod recorded;

use std::{cell::RefCell, rc::Rc};

use browser::attending::{self, Attending, Sign};
use insight::{
    attention::{Attention, Happening},
    record::{Device, Did, Part, Record, What},
};
use leptos::prelude::*;
use session::Recording;
use ui::{Banner, Button, ButtonSize, Tone, live};

use super::{OpenRoom, places::use_place};
use crate::{
    handsel::use_handsel,
    later::{beside_later, part},
    route::Place,
};

pub(super) use copy::{PRESENTED, WHAT_IS_RECORDED, attended, depth, device, did};
use recorded::Recorded;

/// A stretch that goes on for so long is noted, in milliseconds by the page's clock: what comes later is a stretch of its own.
const STRETCH_MS: u64 = 120_000;

/// The first stretch of a visit is noted after so long, so that the selling side hears soon that somebody is there.
const FIRST_MS: u64 = 15_000;

/// Signs of use that come closer together than this count as one.
const APART_MS: u64 = 250;

/// Notes how the open room is read, as long as it is on the screen. Owners have none.
#[derive(Clone, Copy)]
struct Recorder {
    room: OpenRoom,
    place: Memo<Place>,
    state: StoredValue<RefCell<State>, LocalStorage>,
}

/// What was met since the last stretch.
struct State {
    visit: [u8; 8],
    attention: Attention,
    /// When the stretch began, by the device's clock.
    from: u64,
    /// When the stretch began, by the page's clock.
    began: u64,
    used: u64,
    acts: Vec<Did>,
    is_playing: bool,
    is_first: bool,
}

part!(recorder((OpenRoom, RwSignal<bool>)) => |given| view! { <Noting room=given.0 looking=given.1 /> });

/// Begins to note, where that is to be done here. `looking` opens what was noted.
pub(super) fn follow(room: OpenRoom, looking: RwSignal<bool>) -> AnyView {
    if room.get().recording() == Recording::Off {
        return ().into_any();
    }
    beside_later(recorder, (room, looking), Memo::new(|_| true))
}

/// Whether reading is noted here, so that there is something to look at.
pub(super) fn is_noted(room: OpenRoom) -> bool {
    room.get().recording() != Recording::Off
}

/// Notes that something was done with a part, where reading is noted.
pub(super) fn note(room: OpenRoom, what: What, part: Part) {
    if is_noted(room) {
        let at = browser::clock::now_ms();
        room.did.try_update_value(|did| did.push(Did { what, part, at }));
    }
}

/// The notice on the first visit; and the noting itself, which shows nothing.
#[component]
fn Noting(room: OpenRoom, looking: RwSignal<bool>) -> impl IntoView {
    let handsel = use_handsel();
    let recorder = Recorder::new(room);
    let attending = StoredValue::new_local(Some(Attending::hear(move |sign| recorder.take(sign))));
    room.get().end_stretches_by(Some(Rc::new(move || recorder.end())));
    let left = room.get();
    browser::timers::spawn(async move {
        // Where the store takes nothing now, what was left is lost, as what is read from now on.
        let _ = left.take_left_records().await;
    });
    on_cleanup(move || {
        attending.try_update_value(Option::take);
        recorder.end_stretch();
        if let Some(room) = room.room.try_get_value() {
            room.end_stretches_by(None);
        }
    });
    let told = RwSignal::new(true);
    let open = room.get();
    let asked = open.clone();
    browser::timers::spawn(async move {
        // Where the store does not say, the notice comes once more.
        let _ = told.try_set(asked.was_told_of_recording().await.unwrap_or(false));
    });
    let got_it = move |()| {
        told.set(true);
        let room = room.get();
        handsel.attempt(async move { room.note_told_of_recording().await });
    };
    let recording = RwSignal::from(room.get().recording_signal());
    let answer = move |may: bool| {
        // What passed before the answer is nobody's.
        drop(recorder.end());
        told.set(true);
        let room = room.get();
        handsel.attempt(async move {
            room.pause_recording(!may).await?;
            room.note_told_of_recording().await
        });
    };
    let notice = live(move || {
        if recording.get() == Recording::Asking {
            return Some(
                view! {
                    <Banner tone=Tone::Accent words=copy::ASKS>
                        <Button label=copy::LOOK size=ButtonSize::Small on_press=move |()| looking.set(true) />
                        <Button label=copy::MAY size=ButtonSize::Small on_press=move |()| answer(true) />
                        <Button label=copy::MAY_NOT size=ButtonSize::Small on_press=move |()| answer(false) />
                    </Banner>
                }
                .into_any(),
            );
        }
        (!told.get()).then(|| {
            view! {
                <Banner tone=Tone::Accent words=copy::NOTICE>
                    <Button label=copy::LOOK size=ButtonSize::Small on_press=move |()| looking.set(true) />
                    <Button label=copy::GOT_IT size=ButtonSize::Small on_press=got_it />
                </Banner>
            }
            .into_any()
        })
    });
    view! {
        {notice}
        <Recorded room looking end_stretch=Callback::new(move |keep| if keep { recorder.end_stretch() } else { drop(recorder.end()) }) />
    }
}

impl Recorder {
    fn new(room: OpenRoom) -> Self {
        let state = State {
            visit: room.get().name_visit(),
            attention: Attention::default(),
            from: browser::clock::now_ms(),
            began: attending::ticks(),
            used: 0,
            acts: Vec::new(),
            is_playing: false,
            is_first: true,
        };
        Self { room, place: use_place(), state: StoredValue::new_local(RefCell::new(state)) }
    }

    /// Takes in a sign of attention, or of the lack of it.
    fn take(self, sign: Sign) {
        let now = attending::ticks();
        let (mut leaves, mut is_over) = (false, false);
        self.state.try_with_value(|state| {
            let Ok(mut state) = state.try_borrow_mut() else { return };
            match sign {
                Sign::Visible(is_visible) => {
                    state.attention.take(now, Happening::Visible(is_visible));
                    leaves = !is_visible;
                }
                Sign::Focused(is_focused) => state.attention.take(now, Happening::Focused(is_focused)),
                Sign::Used if now.saturating_sub(state.used) >= APART_MS => {
                    state.used = now;
                    state.attention.take(now, Happening::Used);
                }
                Sign::Copied if self.place.get_untracked() == Place::Price => {
                    state.did(What::Copied, Part::Price);
                }
                Sign::Used | Sign::Copied => {}
                Sign::Printed => {
                    let part = self.in_sight().into_iter().find_map(|(part, ..)| Part::parse(&part));
                    state.did(What::Printed, part.unwrap_or(Part::Overview));
                }
                Sign::Alive => {
                    self.look(&mut state, now);
                    let most = if state.is_first { FIRST_MS } else { STRETCH_MS };
                    is_over = now.saturating_sub(state.began) >= most;
                }
            }
        });
        if leaves {
            self.leave();
        } else if is_over {
            self.end_stretch();
        }
    }

    /// The page may be about to end.
    fn leave(self) {
        if let (Some(record), Some(room)) = (self.end(), self.room.room.try_get_value()) {
            room.record_at_leaving(record);
        }
    }

    /// Looks what is in sight, and whether something plays.
    fn look(self, state: &mut State, now: u64) {
        let seen = self.in_sight();
        let is_playing = attending::is_playing();
        if is_playing && !state.is_playing {
            let part = seen.iter().find_map(|(part, ..)| Part::parse(part));
            state.did(What::Played, part.unwrap_or(Part::Files));
        }
        state.is_playing = is_playing;
        for (part, _, depth) in &seen {
            if let Some(depth) = depth {
                state.attention.take(now, Happening::Reached(part.clone(), *depth));
            }
        }
        let heights = seen.into_iter().map(|(part, height, _)| (part, height)).collect();
        state.attention.take(now, Happening::InSight(heights));
        state.attention.take(now, Happening::Playing(is_playing));
        state.attention.take(now, Happening::Alive);
    }

    /// The parts in sight by name, each with how many pixels of it, and how far down that reaches.
    fn in_sight(self) -> Vec<(String, u32, Option<u8>)> {
        let whole = |part: Part| match attending::is_covered() {
            true => Vec::new(),
            false => Vec::from([(part.name(), 1, None)]),
        };
        match self.place.try_get_untracked().unwrap_or_default() {
            Place::Document => attending::in_sight("data-section")
                .into_iter()
                .map(|it| (Part::Section(it.part).name(), it.height, Some(it.depth)))
                .collect(),
            Place::Files => {
                let pages: Vec<_> = attending::in_sight("data-part")
                    .into_iter()
                    .map(|page| (page.part, page.height, None))
                    .collect();
                if pages.is_empty() { whole(Part::Files) } else { pages }
            }
            Place::Overview => whole(Part::Overview),
            Place::Plan => whole(Part::Plan),
            Place::Price => whole(Part::Price),
            Place::Acceptance => whole(Part::Signing),
            // What the text was is read there, and which part of it nobody can tell.
            Place::Versions | Place::Readers => Vec::new(),
        }
    }

    /// Notes what was met so far.
    fn end_stretch(self) {
        if let (Some(record), Some(room)) = (self.end(), self.room.room.try_get_value()) {
            browser::timers::spawn(async move {
                // What the store does not take is lost, as if the page had been closed a moment before.
                let _ = room.record(record).await;
            });
        }
    }

    /// What was met since the last stretch, where there was anything.
    fn end(self) -> Option<Record> {
        let did = self.room.did.try_update_value(std::mem::take).unwrap_or_default();
        let noted = self.state.try_with_value(|state| {
            let mut state = state.try_borrow_mut().ok()?;
            state.acts.extend(did);
            state.end()
        });
        noted.flatten()
    }
}

impl State {
    fn did(&mut self, what: What, part: Part) {
        self.acts.push(Did { what, part, at: browser::clock::now_ms() });
    }

    /// The stretch until now, where there was anything in it.
    fn end(&mut self) -> Option<Record> {
        let (now, at) = (attending::ticks(), browser::clock::now_ms());
        self.attention.take(now, Happening::Alive);
        let (from, acts) = (std::mem::replace(&mut self.from, at), std::mem::take(&mut self.acts));
        self.began = now;
        let device = match attending::kind() {
            attending::Kind::Desktop => Device::Desktop,
            attending::Kind::Phone => Device::Phone,
            attending::Kind::Tablet => Device::Tablet,
        };
        let record = Record::of(self.visit, device, (from, at), &self.attention.drain(), acts);
        self.is_first &= record.is_none();
        record
    }
}
