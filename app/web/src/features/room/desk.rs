//! Where a room's text is read and written: outline, tools, paper.

use std::rc::Rc;

use editor::CaretState;
use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, EventTarget},
};
use session::RoomEvent;
use text::Intent;
use ui::{effect, live};

use super::{
    OpenRoom, acts,
    beside::{Beside, BesideCaret},
    comments::{CommentAtSelection, Comments, comments_panel},
    copy,
    following::Following,
    link::LinkDialog,
    outline::Outline,
    people::Somebody,
    reading::{Reading, look_after_changes},
    sections::{SectionList, Sheet},
    suggestions::{Suggestions, suggestions_panel},
    summary::{Parts, minutes_for, summarize_later},
    tools::Tools,
};
use crate::later::dialog_later;

/// The room's text with everything around it.
#[component]
pub(super) fn Desk(room: OpenRoom, comments: Comments, suggestions: Suggestions) -> impl IntoView {
    let caret = RwSignal::new(CaretState::default());
    let asks_link = RwSignal::new(false);
    let parts = RwSignal::new(Parts::new());
    let list = RwSignal::from(room.get().sections());
    let beside = Beside::new(room.said);
    let sheet = Sheet { room, list, parts, caret, asks_link, beside };
    room.on_text_changed(summarize_later(room, parts));
    let (acts, reading) = (acts::use_acts(room), Reading::follow(sheet));
    look_after_changes(reading);
    let count = Memo::new(move |_| {
        let of = |parts: &Parts| {
            list.with(|list| {
                list.iter().filter_map(|it| parts.get(&it.id)).map(|part| part.words).sum::<usize>()
            })
        };
        parts.with(of)
    });
    let may_write = room.may_suggest();
    view! {
        <div class="desk" data-panel=Signal::derive(move || (comments.open.get() || suggestions.open.get()).then_some("")) on:keydown=move |event| by_key(room, comments, &event)>
            <Outline sheet acts reading />
            <main class="sheet">
                {may_write.then(|| view! { <Tools room caret asks_link images=beside.images /> })}
                <article class="paper" on:mousedown=move |_| beside.press() on:click=move |_| press(room, comments)>
                    <div class="paper-text"><SectionList sheet acts reading /></div>
                </article>
                {may_write.then(|| view! { <BesideCaret room beside caret asks_link comments /> })}
                {(!may_write && comments.may_comment()).then(|| view! { <CommentAtSelection room comments /> })}
                <p class="sheet-foot">{live(move || foot(count.get()))}</p>
            </main>
            {dialog_later(comments_panel, comments, comments.open)}
            {dialog_later(suggestions_panel, suggestions, suggestions.open)}
        </div>
        <LinkAtCaret room caret open=asks_link />
    }
}

/// Keys that hold everywhere on the desk.
fn by_key(room: OpenRoom, comments: Comments, event: &KeyboardEvent) {
    let comment = editor::is_shortcut(event) && event.alt_key() && event.code() == "KeyM";
    if comment && comments.may_comment() {
        event.prevent_default();
        comments.begin();
    } else {
        step_by_key(room, event);
    }
}

/// Somebody pressed into the text: the thread whose words are there is shown.
fn press(room: OpenRoom, comments: Comments) {
    if let Some((section, surface)) = room.current().zip(room.surface()) {
        comments.pressed(&section, &surface);
    }
}

fn foot(count: usize) -> impl IntoView {
    let minutes = (count > 0).then(|| view! { <span>{copy::minutes(minutes_for(count))}</span> });
    view! { <span>{copy::words(count)}</span>{minutes} }
}

/// Shows on the surfaces what others did.
pub(super) fn listener(room: OpenRoom, following: Following) -> Rc<dyn Fn(RoomEvent)> {
    Rc::new(move |event| {
        if !matches!(event, RoomEvent::People(_)) {
            room.hold_place(matches!(event, RoomEvent::Sections));
        }
        show(room, following, event);
    })
}

fn show(room: OpenRoom, following: Following, event: RoomEvent) {
    match event {
        RoomEvent::Text(event) => {
            if room.is_mixed(&event.section) {
                room.refresh(&event.section);
            } else if let Some(surface) = room.surface_of(&event.section) {
                surface.receive(&event.delta);
            }
            room.text_changed(&event.section);
        }
        RoomEvent::Table(event) => {
            room.show_table(&event);
        }
        RoomEvent::Blobs => {
            room.surfaces().iter().for_each(|(_, surface)| surface.refill_images());
            room.came.update(|count| *count += 1);
        }
        RoomEvent::Anew => room.anew.update(|count| *count += 1),
        // Moving a section takes the keyboard from what stands in it.
        RoomEvent::Sections => browser::view::keep_focus(),
        RoomEvent::People(others) => {
            let here = Somebody::all(&others);
            room.show_people(others);
            following.meet(here);
        }
    }
}

/// The dialog for the link at the caret.
#[component]
fn LinkAtCaret(room: OpenRoom, caret: RwSignal<CaretState>, open: RwSignal<bool>) -> impl IntoView {
    let address = RwSignal::new(String::new());
    let has = RwSignal::new(false);
    effect(move || {
        if open.get() {
            let link = caret.with_untracked(|caret| caret.marks.link.as_deref().map(str::to_owned));
            has.set(link.is_some());
            address.set(link.unwrap_or_default());
        }
    });
    view! { <LinkDialog open address has set=move |link| room.act(Intent::Link(link)) /> }
}

/// Undo and redo by keys, where no text has the keyboard.
fn step_by_key(room: OpenRoom, event: &KeyboardEvent) {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || is_field(event.target()) {
        return;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z", false) => room.step(false),
        ("Z" | "z", true) | ("y", false) => room.step(true),
        _ => return,
    }
    event.prevent_default();
}

/// Whether something is written in, and so has an undo of its own.
fn is_field(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        element.closest("input, textarea, [contenteditable=true]").ok().flatten().is_some()
    })
}
