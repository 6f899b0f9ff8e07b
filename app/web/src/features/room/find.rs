//! Finding words in the room's title and text, and putting others in their place.
//!
//! [`Finder`] knows the room's text as the surfaces of its sections, in order. The match one stands at is what is selected
//! in the current one, so it moves along with the text like any selection; only when it is in the title it is noted here.

mod bar;

use std::{ops::Range, rc::Rc};

use browser::timers;
use editor::{Found, Surface};
use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use text::{Delta, Document, Search};
use ui::effect;

use super::{OpenRoom, copy, rename};
use crate::handsel::{Handsel, use_handsel};
pub(super) use bar::FindBar;

/// As many matches are shown on either side of the one that one stands at. The browser moves each of them along with
/// every letter that is typed.
const SHOWN: usize = 250;
/// The matches follow the text after this many milliseconds.
const LOOK_MS: u32 = 100;
/// Names under which style sheets give matches a look.
const FOUND: &str = "found";
const FOUND_HERE: &str = "found-here";

/// How many matches there are, and at which of them one stands, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    at: Option<usize>,
    all: usize,
}

/// A match: in which text it is, and where. The title is the first text, the sections follow.
type Match = (usize, Found);
const TITLE: usize = 0;
/// How far one is in all the room says.
type Reached = (usize, (usize, usize, usize));

/// What is looked for in a room, and what of it was found. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    handsel: Handsel,
    room: OpenRoom,
    open: RwSignal<bool>,
    /// Whether the field for other words is shown.
    replaces: RwSignal<bool>,
    words: RwSignal<String>,
    others: RwSignal<String>,
    match_case: RwSignal<bool>,
    whole_words: RwSignal<bool>,
    count: RwSignal<Count>,
    /// Where one stood when one began to write what is looked for.
    origin: StoredValue<Reached>,
    /// The match in the title that one stands at.
    in_title: StoredValue<Option<Range<usize>>>,
    /// Whether something was found in the title, and whether one stands there.
    titled: RwSignal<Option<bool>>,
    title: NodeRef<html::Input>,
    /// The text has changed and will be looked through.
    waiting: StoredValue<bool>,
    field: NodeRef<html::Input>,
}

impl Finder {
    pub(super) fn new(room: OpenRoom) -> Self {
        let finder = Self {
            handsel: use_handsel(),
            room,
            open: RwSignal::new(false),
            replaces: RwSignal::new(false),
            words: RwSignal::new(String::new()),
            others: RwSignal::new(String::new()),
            match_case: RwSignal::new(false),
            whole_words: RwSignal::new(false),
            count: RwSignal::new(Count::default()),
            origin: StoredValue::new((TITLE, (0, 0, 0))),
            in_title: StoredValue::new(None),
            titled: RwSignal::new(None),
            title: NodeRef::new(),
            waiting: StoredValue::new(false),
            field: NodeRef::new(),
        };
        room.on_text_changed(Rc::new(move |_| finder.look_soon()));
        // What is looked for has become another: the first match from where one stood is the one.
        effect(move || {
            finder.words.track();
            finder.match_case.track();
            finder.whole_words.track();
            if finder.open.get() {
                let found = finder.look();
                finder.go_from(&found, finder.origin.get_value());
            }
        });
        let title = RwSignal::from(room.get().title());
        effect(move || {
            title.track();
            finder.look_soon();
        });
        effect(move || {
            if finder.field.get().is_some() {
                finder.take_keyboard();
            }
        });
        let keys = window_event_listener(leptos::ev::keydown, move |event| finder.key(&event));
        on_cleanup(move || keys.remove());
        finder
    }

    /// Opens the bar, looking for what is selected.
    pub(super) fn summon(self, replacing: bool) {
        if let Some(words) = self.room.surface().and_then(|surface| selected_words(&surface)) {
            self.words.set(words);
        }
        if replacing {
            self.replaces.set(true);
        }
        if self.open.get_untracked() {
            self.take_keyboard();
        } else {
            self.open.set(true);
        }
    }

    /// Closes the bar and gives the text the keyboard, with the match selected.
    fn close(self) {
        self.open.set(false);
        self.count.set(Count::default());
        self.show(&[], None);
        match (self.in_title.try_update_value(Option::take).flatten(), self.title.get_untracked()) {
            (Some(range), Some(title)) => {
                let _ = title.focus();
                // What was found a moment ago is within what the field holds.
                let _ = title.set_selection_range(range.start as u32, range.end as u32);
            }
            _ => self.room.surface().iter().for_each(Surface::focus),
        }
    }

    fn take_keyboard(self) {
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
            field.select();
        }
    }

    /// The keys of the whole room. A second press of the key that opened the bar is the browser's own.
    fn key(self, event: &KeyboardEvent) {
        // Most keys are letters on their way into the text, and each look at an event costs a little.
        let looks = self.open.get_untracked();
        if !looks && !event.ctrl_key() && !event.meta_key() {
            return;
        }
        if event.default_prevented() || event.is_composing() || is_in(event, "dialog") {
            return;
        }
        let (shortcut, shift, alt) = (editor::is_shortcut(event), event.shift_key(), event.alt_key());
        let plain = !event.ctrl_key() && !event.meta_key() && !alt;
        match event.key().to_ascii_lowercase().as_str() {
            "f" if shortcut && !shift && !alt && !is_in(event, ".find") => self.summon(false),
            // On Apple's machines Command and H hides the program.
            "h" if shortcut && !shift && !alt && event.ctrl_key() => self.summon(true),
            _ if shortcut && !shift && alt && event.meta_key() && event.code() == "KeyF" => self.summon(true),
            "g" if shortcut && !alt && looks => self.go(!shift),
            "f3" if plain && looks => self.go(!shift),
            _ => return,
        }
        event.prevent_default();
    }

    fn search(self) -> Search {
        Search {
            words: self.words.get_untracked(),
            match_case: self.match_case.get_untracked(),
            whole_words: self.whole_words.get_untracked(),
        }
    }

    /// Looks through the text a moment after it has changed, however often it does.
    fn look_soon(self) {
        let looks = self.open.try_get_untracked() == Some(true);
        if !looks || self.waiting.get_value() {
            return;
        }
        self.waiting.set_value(true);
        timers::spawn(async move {
            timers::sleep(LOOK_MS).await;
            if self.waiting.try_set_value(false).is_none() && self.open.try_get_untracked() == Some(true) {
                self.look();
            }
        });
    }

    /// Finds all matches, shows and counts them.
    fn look(self) -> Vec<Match> {
        let search = self.search();
        let find = |document: &Document| text::find(document, &search);
        let title = self.room.get().title().get_untracked() + "\n";
        let title = find(&Document::from_delta(&Delta::new().insert(&title)));
        let mut found: Vec<Match> = title.into_iter().map(|range| (TITLE, range.into())).collect();
        for (at, (_, surface)) in (TITLE + 1..).zip(self.room.surfaces()) {
            found.extend(surface.look_through(&find).into_iter().map(|part| (at, part)));
        }
        let at = self.selected(&found);
        self.show(&found, at);
        self.count.set(Count { at, all: found.len() });
        found
    }

    /// The match that is selected.
    fn selected(self, found: &[Match]) -> Option<usize> {
        let place = self.place();
        found.iter().position(|found| *found == place)
    }

    /// Where one stands: in which text, and what is selected there.
    fn place(self) -> Match {
        let current = self.room.current();
        let sections = self.room.surfaces();
        let here = sections.iter().position(|(section, _)| Some(section) == current.as_ref()).unwrap_or(0);
        let surface = sections.get(here).map(|(_, surface)| surface);
        // Who goes on in the text has left the title.
        let writes = surface.is_some_and(|surface| surface.caret().focused);
        match self.in_title.get_value().filter(|_| !writes) {
            Some(range) => (TITLE, range.into()),
            None => (TITLE + 1 + here, surface.map(Surface::selected).unwrap_or_default()),
        }
    }

    /// Goes to the next match, or the one before, around the ends of the text.
    fn go(self, forward: bool) {
        let found = self.look();
        let (here, selected) = self.place();
        if forward {
            self.go_from(&found, (here, selected.order(selected.range.end)));
        } else {
            let from = (here, selected.order(selected.range.start));
            let before = found.iter().rposition(|(at, part)| (*at, part.order(part.range.end)) <= from);
            self.stand_at(&found, before.unwrap_or(found.len().saturating_sub(1)));
        }
        self.note_origin();
    }

    /// Goes to the first match from a place on.
    fn go_from(self, found: &[Match], from: Reached) {
        let next = found.iter().position(|(at, part)| (*at, part.order(part.range.start)) >= from);
        self.stand_at(found, next.unwrap_or(0));
    }

    /// One stands here and may begin to write what is looked for.
    fn note_origin(self) {
        let (here, selected) = self.place();
        self.origin.set_value((here, selected.order(selected.range.start)));
    }

    fn stand_at(self, found: &[Match], at: usize) {
        let Some((here, part)) = found.get(at) else { return };
        self.in_title.set_value((*here == TITLE).then(|| part.range.clone()));
        let section = here.checked_sub(TITLE + 1).and_then(|at| self.room.surfaces().into_iter().nth(at));
        if let Some((section, surface)) = section {
            let writes = self.room.surface().is_some_and(|surface| surface.caret().focused);
            self.room.turn_to(&section);
            surface.point_out(part);
            if writes {
                surface.focus();
            }
        }
        self.show(found, Some(at));
        self.count.set(Count { at: Some(at), all: found.len() });
    }

    /// Puts the other words in the place of the match one stands at, and goes to the next one.
    fn replace(self) {
        let found = self.look();
        if let Some(at) = self.selected(&found) {
            self.put_others(&found[at..=at]);
        }
        self.go(true);
    }

    /// Puts the other words in the place of all matches, in the text in one step to undo.
    fn replace_all(self) {
        let found = self.look();
        self.put_others(&found);
        self.look();
        self.handsel.toasts.say(copy::replaced(found.len()));
    }

    fn put_others(self, found: &[Match]) {
        let others = self.others.get_untracked();
        let of = |text: usize| found.iter().filter(move |(at, _)| *at == text).map(|(_, part)| part.clone());
        let in_title: Vec<Found> = of(TITLE).collect();
        if !in_title.is_empty() {
            self.replace_in_title(&in_title, &others);
        }
        let mut joined = false;
        for (text, (_, surface)) in (TITLE + 1..).zip(self.room.surfaces()) {
            let parts: Vec<Found> = of(text).collect();
            surface.replace_all(&parts, &others, joined);
            joined |= !parts.is_empty();
        }
    }

    fn replace_in_title(self, parts: &[Found], others: &str) {
        let room = self.room.get();
        let mut title: Vec<u16> = room.title().get_untracked().encode_utf16().collect();
        // From the end on, so that those before stay where they are.
        for Found { range, .. } in parts.iter().rev() {
            title.splice(range.clone(), others.encode_utf16());
        }
        rename(self.handsel, &room, &String::from_utf16_lossy(&title));
        // Who stands there stands behind what came in.
        let end = parts.first().map_or(0, |part| part.range.start + others.encode_utf16().count());
        self.in_title.update_value(|stood| *stood = stood.take().map(|_| end..end));
    }

    /// Highlights matches, and the one that one stands at in a way of its own.
    fn show(self, found: &[Match], here: Option<usize>) {
        let middle = here.unwrap_or(0);
        let shown = middle.saturating_sub(SHOWN)..(middle + SHOWN).min(found.len());
        let of = |text: usize, is_here: bool| -> Vec<Found> {
            let matches = shown.clone().filter(|index| (Some(*index) == here) == is_here);
            let matches = matches.filter_map(|index| found.get(index)).filter(|(of, _)| *of == text);
            matches.map(|(_, part)| part.clone()).collect()
        };
        for (text, (_, surface)) in (TITLE + 1..).zip(self.room.surfaces()) {
            surface.highlight(FOUND, &of(text, false));
            surface.highlight(FOUND_HERE, &of(text, true));
        }
        let is_title = |index: usize| found.get(index).is_some_and(|(text, _)| *text == TITLE);
        self.titled.set(is_title(0).then(|| here.is_some_and(is_title)));
    }

    /// What the title's field is to know.
    pub(super) fn of_title(self) -> (NodeRef<html::Input>, Signal<Option<&'static str>>) {
        let found = move || self.titled.get().map(|here| if here { "here" } else { "" });
        (self.title, Signal::derive(found))
    }
}

/// What is selected in a text that has the keyboard, if it is words of one line and not many.
fn selected_words(surface: &Surface) -> Option<String> {
    let caret = surface.caret();
    let document = surface.document();
    let range = caret.selection.range();
    let (start, end) = (document.place(range.start), document.place(range.end));
    if !caret.focused || range.is_empty() || range.len() > 200 || start.line != end.line {
        return None;
    }
    Some(
        document
            .slice(range)
            .ops()
            .iter()
            .filter_map(|op| match op {
                text::Op::Insert { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect(),
    )
}

/// Whether an event came from within an element that fits `selector`.
fn is_in(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}
