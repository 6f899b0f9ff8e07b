//! The outline beside the text: sections and headings, to jump to and to put in order. On narrow screens it comes from
//! below.

use leptos::{
    ev::{KeyboardEvent, MouseEvent, PointerEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};
use model::SectionId;
use ui::Icon;

use super::{
    acts::Acts,
    copy,
    reading::{Part, Reading},
    sections::Sheet,
    summary::label,
};

/// The name by which the button in the bar finds the outline.
pub(super) const OUTLINE_ID: &str = "outline";
/// What a row is dragged by, also with a finger.
const GRIP: &str = "outline-grip";
/// A press that moves so many pixels is a drag.
const DRAG_FROM: i32 = 5;

/// A row of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Row {
    part: Part,
    /// 0 for a section, else the heading's level.
    level: u8,
    words: String,
}

/// A section on its way to another place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drag {
    section: SectionId,
    began: i32,
    /// The place among the sections where it would be let go, once it has moved.
    goal: Option<usize>,
}

/// The outline.
#[component]
pub(super) fn Outline(sheet: Sheet, acts: Acts, reading: Reading) -> impl IntoView {
    let rows = Memo::new(move |_| rows(sheet));
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let list = NodeRef::<html::Ol>::new();
    let nav = NodeRef::<html::Nav>::new();
    let drag = RwSignal::new(None::<Drag>);
    let keys = move |event: KeyboardEvent| {
        if let Some(list) = list.get_untracked() {
            key(&list, acts, drag, &event);
        }
    };
    let go = move |part: &Part| {
        if let Some(nav) = nav.get_untracked() {
            // Beside the text it is no list from below, and stays.
            let _ = nav.hide_popover();
        }
        reading.go(part);
    };
    let row = move |row: Row| view! { <RowView sheet row acts reading drag list go=Callback::new(move |part: Part| go(&part)) /> };
    view! {
        <nav class="outline" id=OUTLINE_ID popover="auto" aria-label=copy::OUTLINE node_ref=nav>
            <p class="outline-title">{copy::ON_THIS_PAGE}</p>
            <p class="outline-empty" hidden=move || !empty.get()>{copy::NO_HEADINGS}</p>
            <ol node_ref=list on:keydown=keys>
                <For each=move || rows.get() key=Row::clone children=row />
            </ol>
        </nav>
    }
}

#[component]
fn RowView(
    sheet: Sheet,
    row: Row,
    acts: Acts,
    reading: Reading,
    drag: RwSignal<Option<Drag>>,
    list: NodeRef<html::Ol>,
    go: Callback<Part>,
) -> impl IntoView {
    let Row { part, level, words } = row;
    let section = part.section.clone();
    let is_section = level == 0;
    let here = Signal::derive({
        let part = part.clone();
        move || reading.at.with(|at| at.as_ref() == Some(&part)).then_some("true")
    });
    // Where a dragged section would come to stand: above this one, or below the last.
    let mark = Signal::derive(move || {
        let goal = drag.with(|drag| drag.as_ref()?.goal).filter(|_| is_section)?;
        sheet.list.with(|list| {
            let at = list.iter().position(|it| it.id == section)?;
            match goal {
                _ if goal == at => Some("before"),
                _ if goal == list.len() && at + 1 == goal => Some("after"),
                _ => None,
            }
        })
    });
    // The end of a drag may be told as a click as well.
    let let_go = RwSignal::new(false);
    let (section, dragged) = (part.section.clone(), part.section.clone());
    let press = move |event: PointerEvent| {
        let_go.set(false);
        // A finger scrolls, but on the grip it drags.
        let scrolls = event.pointer_type() == "touch" && !is_on_grip(&event);
        if is_section && event.button() == 0 && !scrolls {
            drag.set(Some(Drag { section: section.clone(), began: event.client_y(), goal: None }));
        }
    };
    let moved = move |event: PointerEvent| {
        let (Some(list), Some(mut now)) = (list.get_untracked(), drag.get_untracked()) else { return };
        if now.goal.is_none() && (event.client_y() - now.began).abs() < DRAG_FROM {
            return;
        }
        if now.goal.is_none()
            && let Some(target) = event.current_target()
        {
            let target: Element = target.unchecked_into();
            // Without it the drag ends where the pointer leaves the row.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        now.goal = Some(place_at(&list, event.client_y()));
        if drag.get_untracked().as_ref() != Some(&now) {
            drag.set(Some(now));
        }
    };
    let drop = move |_: PointerEvent| {
        if let Some(Drag { goal: Some(goal), section, .. }) = drag.get_untracked() {
            let_go.set(true);
            acts.drop_at(&section, goal);
        }
        drag.set(None);
    };
    let press_part = part.clone();
    let click = move |event: MouseEvent| {
        if event.detail() == 0 || !let_go.get_untracked() {
            go.run(press_part.clone());
        }
    };
    let is_dragged = Signal::derive(move || {
        drag.with(|drag| drag.as_ref().is_some_and(|it| it.goal.is_some() && it.section == dragged))
            .then_some("")
    });
    view! {
        <li
            data-level=level.to_string()
            data-drop=mark
            data-dragged=is_dragged
            on:pointerdown=press
            on:pointermove=moved
            on:pointerup=drop
            on:pointercancel=move |_| drag.set(None)
        >
            <button
                type="button"
                class="outline-link"
                data-leads-to=part.section.as_str().to_owned()
                data-level=level.to_string()
                aria-current=here
                aria-keyshortcuts=is_section.then_some("Alt+ArrowUp Alt+ArrowDown")
                on:click=click
            >
                {words}
            </button>
            {is_section.then(|| view! { <span class=GRIP><Icon name="grip" /></span> })}
        </li>
    }
}

fn is_on_grip(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.class_name() == GRIP)
}

/// The place among the sections that a height in the window points at: in front of the first one whose rows end below.
fn place_at(list: &Element, y: i32) -> usize {
    let rows = section_rows(list);
    let middles = rows.iter().map(|row| {
        let bounds = row.get_bounding_client_rect();
        f64::midpoint(bounds.top(), bounds.bottom())
    });
    middles.take_while(|middle| *middle < f64::from(y)).count()
}

fn section_rows(list: &Element) -> Vec<HtmlElement> {
    buttons(list).into_iter().filter(|row| row.get_attribute("data-level").as_deref() == Some("0")).collect()
}

fn buttons(list: &Element) -> Vec<HtmlElement> {
    let found = list.get_elements_by_tag_name("button");
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok()).collect()
}

/// Arrows go through the rows, with Alt they move the section.
fn key(list: &Element, acts: Acts, drag: RwSignal<Option<Drag>>, event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        "Escape" if drag.get_untracked().is_some() => {
            event.prevent_default();
            return drag.set(None);
        }
        _ => return,
    };
    let rows = buttons(list);
    let focused = document().active_element();
    let Some(at) = rows.iter().position(|row| row.is_same_node(focused.as_deref())) else { return };
    event.prevent_default();
    if event.alt_key() {
        let section = rows[at].get_attribute("data-leads-to").and_then(|name| SectionId::parse(&name));
        if let Some(section) = section {
            acts.shift(&section, by);
        }
    } else if let Some(row) = at.checked_add_signed(by).and_then(|goal| rows.get(goal)) {
        // A row that has gone in the meantime is let be.
        let _ = row.focus();
    }
}

/// The rows. A document of one unnamed section is its headings alone.
fn rows(sheet: Sheet) -> Vec<Row> {
    let Sheet { list, parts, .. } = sheet;
    let mut rows = Vec::new();
    parts.with(|parts| {
        list.with(|list| {
            let plain = matches!(list.as_slice(), [only] if only.name.is_empty());
            for section in list {
                let said = parts.get(&section.id);
                let called = label(section, said);
                let part = |heading| Part { section: section.id.clone(), heading };
                if !plain {
                    rows.push(Row { part: part(None), level: 0, words: called.clone() });
                }
                for (at, heading) in said.iter().flat_map(|said| &said.headings).enumerate() {
                    // A heading that gives the section its name is there already.
                    if plain || heading.text.trim() != called {
                        let words = heading.text.clone();
                        rows.push(Row { part: part(Some(at)), level: heading.level, words });
                    }
                }
            }
        });
    });
    rows
}
