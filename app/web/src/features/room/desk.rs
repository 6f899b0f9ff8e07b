//! Where a room's text is read and written: outline, tools, paper.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use browser::timers;
use editor::{CaretState, Options, RemoteCaret, Surface};
use leptos::{html, prelude::*};
use session::{Person, RoomEvent};
use text::{Document, Heading, Intent, Selection};
use ui::{Banner, effect, live};

use super::{
    OpenRoom, copy,
    editor_host::RoomHost,
    link::LinkDialog,
    selection_tools::{SelectionToolbar, SelectionTools},
    slash::{SlashList, SlashMenu},
    tools::Tools,
};
use crate::{copy as words, handsel::use_handsel};

/// The outline and the count of words follow the text after a pause of this many milliseconds.
const SUMMARY_MS: u32 = 250;
/// A reader's pace, words a minute.
const PACE: usize = 238;

/// What stands around the text and is made from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Summary {
    headings: Vec<Heading>,
    words: usize,
}

impl Summary {
    fn of(document: &Document) -> Self {
        Self { headings: document.headings(), words: document.words() }
    }
}

/// The room's text with everything around it. `people` counts who else is here.
#[component]
pub(super) fn Desk(room: OpenRoom, people: RwSignal<usize>) -> impl IntoView {
    let handsel = use_handsel();
    let caret = RwSignal::new(CaretState::default());
    let asks_link = RwSignal::new(false);
    let (slash, selection_tools) = (SlashMenu::new(), SelectionTools::new());
    let summary = RwSignal::new(Summary::default());
    let problem = RwSignal::new(None::<String>);
    let host_element = NodeRef::<html::Div>::new();
    room.on_text_changed(summarize_later(room, summary));
    effect(move || {
        let Some(element) = host_element.get() else { return };
        let open = room.get();
        let section = open.section();
        let document = match open.document(&section) {
            Ok(document) => document,
            Err(error) => return problem.set(Some(words::problem(&error))),
        };
        summary.set(Summary::of(&document));
        let blank = document.is_blank();
        let host = RoomHost {
            handsel,
            room,
            section,
            caret,
            asks_link,
            slash,
            selection_tools,
            persisted: Cell::new(false),
        };
        let options =
            Options { label: copy::TEXT.into(), placeholder: copy::PLACEHOLDER.into(), read_only: false };
        match Surface::mount(element.into(), document, Rc::new(host), options) {
            Ok(surface) => {
                if blank {
                    surface.focus();
                }
                #[cfg(feature = "bench")]
                crate::bench::expose(&open, &surface);
                room.surface.set_value(Some(surface));
                open.listen(listener(room, people));
            }
            Err(error) => problem.set(Some(error.to_string())),
        }
    });
    on_cleanup(move || {
        room.surface.try_set_value(None);
    });
    view! {
        <div class="desk">
            <Outline room summary />
            <main class="sheet">
                <Tools room caret asks_link />
                {live(move || problem.get().map(|words| view! { <Banner tone=ui::Tone::Danger words /> }))}
                <article class="paper" on:mousedown=move |_| selection_tools.press()>
                    <div class="paper-text"><div class="prose" node_ref=host_element></div></div>
                </article>
                <SelectionToolbar room tools=selection_tools caret asks_link />
                <SlashList room menu=slash />
                <p class="sheet-foot">{live(move || foot(summary.get().words))}</p>
            </main>
        </div>
        <LinkAtCaret room caret open=asks_link />
    }
}

fn foot(count: usize) -> impl IntoView {
    let minutes = (count > 0).then(|| view! { <span>{copy::minutes(count.div_ceil(PACE))}</span> });
    view! { <span>{copy::words(count)}</span>{minutes} }
}

/// A call that brings the summary up to date in a pause, however often it is made.
fn summarize_later(room: OpenRoom, summary: RwSignal<Summary>) -> Rc<dyn Fn()> {
    let changes = Rc::new(Cell::new(0_u64));
    let waiting = Rc::new(Cell::new(false));
    let followed = Rc::new(RefCell::new(words::UNTITLED.to_owned()));
    Rc::new(move || {
        changes.set(changes.get() + 1);
        if waiting.replace(true) {
            return;
        }
        let (changes, waiting, followed) = (changes.clone(), waiting.clone(), followed.clone());
        timers::spawn(async move {
            let mut seen = 0;
            while seen != changes.get() {
                seen = changes.get();
                timers::sleep(SUMMARY_MS).await;
            }
            waiting.set(false);
            let Some(surface) = room.surface() else { return };
            let new = Summary::of(&surface.document());
            follow_heading(room, &new, &followed);
            if summary.try_with_untracked(|old| *old != new).unwrap_or(false) {
                summary.set(new);
            }
        });
    })
}

/// A room that nobody gave a title takes that of its first heading, and follows it while it is being written.
/// `followed` is the title that came this way.
fn follow_heading(room: OpenRoom, summary: &Summary, followed: &RefCell<String>) {
    let Some(open) = room.room.try_get_value() else { return };
    let Some(heading) = summary.headings.first().filter(|heading| heading.level == 1 && heading.line == 0)
    else {
        return;
    };
    let heading = heading.text.trim();
    if heading.is_empty() || open.title().get_untracked() != *followed.borrow() {
        return;
    }
    if open.rename(heading).is_ok() {
        *followed.borrow_mut() = open.title().get_untracked();
    }
}

/// Shows on the surface what others did.
fn listener(room: OpenRoom, people: RwSignal<usize>) -> Rc<dyn Fn(RoomEvent)> {
    Rc::new(move |event| {
        let Some(surface) = room.surface() else { return };
        match event {
            RoomEvent::Text(event) => {
                surface.receive(&event.delta);
                room.text_changed();
            }
            RoomEvent::Table(_) => room.text_changed(),
            RoomEvent::Sections => {}
            RoomEvent::Blobs => surface.refill_images(),
            RoomEvent::People(others) => {
                surface.show_people(&others.iter().filter_map(remote_caret).collect::<Vec<_>>());
                people.set(others.len());
            }
        }
    })
}

fn remote_caret(person: &Person) -> Option<RemoteCaret> {
    let (_, Selection { anchor, head }) = person.caret.as_ref()?;
    let (name, party) = (copy::OTHER_TAB.to_owned(), "seller".to_owned());
    Some(RemoteCaret { id: person.tab, name, party, anchor: *anchor, head: *head })
}

/// The headings, to jump to.
#[component]
fn Outline(room: OpenRoom, summary: RwSignal<Summary>) -> impl IntoView {
    let headings = Memo::new(move |_| summary.with(|summary| summary.headings.clone()));
    let go = move |line: usize| {
        if let Some(surface) = room.surface() {
            let start = surface.document().line_start(line);
            surface.select(Selection::caret(start));
            surface.focus();
        }
    };
    let rows = live(move || {
        let headings = headings.get();
        if headings.is_empty() {
            return view! { <p class="outline-empty">{copy::NO_HEADINGS}</p> }.into_any();
        }
        let row = move |heading: Heading| {
            let line = heading.line;
            view! {
                <li>
                    <button type="button" class="outline-link" data-level=heading.level.to_string() on:click=move |_| go(line)>
                        {heading.text}
                    </button>
                </li>
            }
        };
        view! { <ol>{headings.into_iter().map(row).collect_view()}</ol> }.into_any()
    });
    view! {
        <nav class="outline" aria-label=copy::OUTLINE>
            <p class="outline-title">{copy::ON_THIS_PAGE}</p>
            {rows}
        </nav>
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
