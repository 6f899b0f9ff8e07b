//! The sections on the paper: each with its name, its acts and a surface of its own.
//!
//! The list is keyed by section, so adding, moving and deleting leave the surfaces of all others as they are, and typing
//! changes no view here.

use std::{cell::Cell, rc::Rc};

use browser::timers;
use editor::{CaretState, Options, Surface};
use leptos::{ev, html, prelude::*};
use model::SectionId;
use session::Section;
use ui::{Button, ButtonKind, Icon, Menu, MenuItem, MenuRule, effect, live};

use super::{
    OpenRoom,
    acts::Acts,
    beside::Beside,
    comments::SectionMark,
    copy,
    editor_host::RoomHost,
    reading::Reading,
    spoken::Spoken,
    summary::{Part, Parts, label, note},
};
use crate::handsel::use_handsel;

/// So many sections get their surfaces at once, the others right after, a few at a time.
const AT_ONCE: usize = 8;
const A_FEW: usize = 4;
/// From so many sections on, those out of sight are not laid out.
const MANY: usize = 12;

/// What the sections share.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub(super) room: OpenRoom,
    pub(super) list: RwSignal<Vec<Section>>,
    pub(super) parts: RwSignal<Parts>,
    pub(super) caret: RwSignal<CaretState>,
    pub(super) asks_link: RwSignal<bool>,
    pub(super) beside: Beside,
}

/// All sections in order, and the way to add one.
#[component]
pub(super) fn SectionList(sheet: Sheet, acts: Acts, reading: Reading) -> impl IntoView {
    let Sheet { room, list, .. } = sheet;
    let many = Memo::new(move |_| list.with(|list| list.len() >= MANY));
    let ids = Memo::new(move |_| list.with(|list| list.iter().map(|it| it.id.clone()).collect::<Vec<_>>()));
    effect(move || {
        ids.track();
        wake_others(room);
    });
    effect(move || {
        if let Some(sections) = reading.sections.get() {
            room.shown_in(&sections);
        }
    });
    let add = move |()| {
        let last = list.with_untracked(|list| list.last().map(|it| it.id.clone()));
        acts.add(last.as_ref());
    };
    view! {
        <div class="sections" node_ref=reading.sections data-many=Signal::derive(move || many.get().then_some(""))>
            <For each=move || ids.get() key=SectionId::clone let:id>
                <SectionView sheet acts id />
            </For>
        </div>
        {room
            .may_edit()
            .then(|| {
                view! {
                    <div class="section-add">
                        <Button label=copy::ADD_SECTION icon="plus" kind=ButtonKind::Quiet on_press=add />
                    </div>
                }
            })}
    }
}

/// Gives the sections that are not shown yet their surfaces, a few at a time, so that the page stays quick meanwhile.
fn wake_others(room: OpenRoom) {
    timers::spawn(async move {
        loop {
            timers::sleep(1).await;
            for _ in 0..A_FEW {
                if !room.wake_next() {
                    return;
                }
            }
        }
    });
}

#[component]
fn SectionView(sheet: Sheet, acts: Acts, id: SectionId) -> impl IntoView {
    let Sheet { room, list, parts, .. } = sheet;
    let place = {
        let id = id.clone();
        Memo::new(move |_| list.with(|list| list.iter().position(|it| it.id == id).unwrap_or_default()))
    };
    let section = {
        let id = id.clone();
        let nameless = Section { id: id.clone(), name: String::new() };
        Memo::new(move |_| {
            list.with(|list| list.iter().find(|it| it.id == id).cloned()).unwrap_or(nameless.clone())
        })
    };
    let alone = Memo::new(move |_| list.with(|list| list.len() == 1));
    let called = {
        let id = id.clone();
        Memo::new(move |_| parts.with(|parts| section.with(|section| label(section, parts.get(&id)))))
    };
    let awake = RwSignal::new(place.get_untracked() < AT_ONCE);
    let collapsed = RwSignal::new(room.get().is_collapsed(&id));
    room.add_place(&id, {
        let id = id.clone();
        Rc::new(move |open| {
            let _ = awake.try_set(true);
            if open && collapsed.try_get_untracked() == Some(true) {
                collapsed.set(false);
                room.get().collapse(&id, false);
            }
        })
    });
    let text = NodeRef::<html::Div>::new();
    effect({
        let id = id.clone();
        move || {
            let Some(element) = text.get().filter(|_| awake.get()) else { return };
            if room.surface_of(&id).is_none() {
                mount(sheet, &id, element.into(), alone.get_untracked(), place.get_untracked());
            }
        }
    });
    effect({
        let id = id.clone();
        move || {
            let words = surface_label(&section.get().name, place.get());
            if let Some(surface) = room.surface_of(&id) {
                surface.set_label(&words);
            }
        }
    });
    let enter = {
        let id = id.clone();
        move |_: ev::FocusEvent| room.enter(&id)
    };
    let leave_page = id.clone();
    on_cleanup(move || room.remove_place(&leave_page));
    let attr = id.as_str().to_owned();
    view! {
        <div
            class="section"
            role="group"
            aria-label=called
            data-section=attr
            data-alone=Signal::derive(move || alone.get().then_some(""))
            data-collapsed=Signal::derive(move || collapsed.get().then_some(""))
        >
            <SectionHead sheet acts id section place called collapsed />
            <div class="section-text" on:focusin=enter><div class="prose" node_ref=text></div></div>
        </div>
    }
}

/// Gives a section its surface.
fn mount(sheet: Sheet, id: &SectionId, element: leptos::web_sys::HtmlElement, alone: bool, place: usize) {
    let Sheet { room, parts, caret, asks_link, list, beside } = sheet;
    let handsel = use_handsel();
    let (document, mode) = match room.first_shown(id) {
        Ok(shown) => shown,
        Err(problem) => return handsel.tell(&problem),
    };
    let plain = mode.and_then(|_| room.get().document(id).ok());
    note(parts, id, Part::of(plain.as_ref().unwrap_or(&document)));
    let is_new = alone && document.is_blank();
    let name = list.with_untracked(|list| list.iter().find(|it| it.id == *id).map(|it| it.name.clone()));
    let label = surface_label(&name.unwrap_or_default(), place);
    let placeholder = if alone { copy::PLACEHOLDER } else { copy::SECTION_PLACEHOLDER };
    let boxes = (copy::TICKED.into(), copy::NOT_TICKED.into());
    let options =
        Options { label, placeholder: placeholder.into(), boxes, read_only: !room.may_suggest(), mode };
    let (section, persisted) = (id.clone(), Cell::new(false));
    let spoken = Spoken::new(beside.said);
    let host = RoomHost { handsel, room, section, caret, asks_link, beside, spoken, persisted };
    let Ok(surface) = Surface::mount(element, document, Rc::new(host), options) else {
        return handsel.toasts.say(copy::NO_SURFACE);
    };
    room.mounted(id, &surface);
    if is_new {
        surface.focus();
    }
    #[cfg(feature = "bench")]
    if alone {
        crate::bench::expose(&room.get(), &surface);
    }
}

/// What screen readers call the text of a section.
fn surface_label(name: &str, place: usize) -> String {
    match (name, place) {
        ("", 0) => copy::TEXT.to_owned(),
        ("", place) => copy::text_of_number(place + 1),
        (name, _) => copy::text_of(name),
    }
}

#[component]
fn SectionHead(
    sheet: Sheet,
    acts: Acts,
    id: SectionId,
    section: Memo<Section>,
    place: Memo<usize>,
    called: Memo<String>,
    collapsed: RwSignal<bool>,
) -> impl IntoView {
    let Sheet { room, list, parts, .. } = sheet;
    let name = Memo::new(move |_| section.with(|section| section.name.clone()));
    let id = StoredValue::new(id);
    let shown = RwSignal::new(String::new());
    effect(move || shown.set(name.get()));
    let rename = move |event: ev::Event| {
        acts.rename(&id.get_value(), &event_target_value(&event));
        // Shows what it became, also where that is what it was.
        shown.set(name.get_untracked());
        shown.notify();
    };
    let leave = move |event: ev::KeyboardEvent| {
        let down = matches!(event.key().as_str(), "Enter" | "ArrowDown");
        if event.key() == "Escape" {
            shown.notify();
        }
        if down || event.key() == "Escape" {
            event.prevent_default();
            room.go(&id.get_value(), text::Selection::caret(0));
        }
    };
    let toggle = move |_| {
        let now = !collapsed.get_untracked();
        collapsed.set(now);
        room.get().collapse(&id.get_value(), now);
    };
    // Another section's count is no reason to write this one anew.
    let count =
        Memo::new(move |_| parts.with(|parts| parts.get(&id.get_value()).map_or(0, |part| part.words)));
    let words = Signal::derive(move || copy::words(count.get()));
    let last = Memo::new(move |_| place.get() + 1 == list.with(Vec::len));
    let only = Memo::new(move |_| list.with(|list| list.len() == 1));
    let arrow = live(move || view! { <Icon name=if collapsed.get() { "right" } else { "down" } /> });
    let heading = live(move || {
        let name = name.get();
        (!name.is_empty()).then(|| view! { <h2 class="visually-hidden">{name}</h2> })
    });
    let fold_label = Signal::derive(move || {
        let called = called.get();
        if collapsed.get() { copy::expand(&called) } else { copy::collapse(&called) }
    });
    let acts_menu = room.may_edit().then(|| {
        view! {
            <Menu label=Signal::derive(move || copy::more_for(&called.get())) icon="more" icon_only=true kind=ButtonKind::Quiet>
                <MenuItem label=copy::ADD_BELOW icon="plus" on_pick=move |()| acts.add(Some(&id.get_value())) />
                <MenuItem label=copy::DUPLICATE icon="copy" on_pick=move |()| acts.duplicate(&id.get_value()) />
                <MenuRule />
                <MenuItem label=copy::MOVE_UP icon="up" blocked=Signal::derive(move || place.get() == 0) on_pick=move |()| acts.shift(&id.get_value(), -1) />
                <MenuItem label=copy::MOVE_DOWN icon="down" blocked=last on_pick=move |()| acts.shift(&id.get_value(), 1) />
                <MenuRule />
                <MenuItem label=copy::DELETE_SECTION icon="trash" danger=true blocked=only on_pick=move |()| acts.delete(&id.get_value(), &called.get_untracked()) />
            </Menu>
        }
    });
    view! {
        <div class="section-head">
            <button
                class="button section-fold"
                type="button"
                data-kind="quiet"
                data-icon-only=""
                aria-label=fold_label
                title=fold_label
                aria-expanded=Signal::derive(move || if collapsed.get() { "false" } else { "true" })
                on:click=toggle
            >
                {arrow}
            </button>
            {heading}
            <input
                class="section-name"
                readonly=!room.may_edit()
                aria-label=Signal::derive(move || copy::name_of_section(place.get() + 1))
                placeholder=copy::NAME_SECTION
                maxlength="200"
                autocomplete="off"
                prop:value=shown
                on:change=rename
                on:keydown=leave
            />
            <span class="section-words">{words}</span>
            <SectionMark section=id.get_value() called />
            {acts_menu}
        </div>
    }
}
