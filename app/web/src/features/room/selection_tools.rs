//! Tools beside what a person has just selected. They repeat what the row of tools offers, for the hand that is there
//! already; keyboards and screen readers have the row.

use editor::{CaretState, Surface};
use leptos::{ev, prelude::*};
use text::{Block, Intent, Mark};
use ui::{Float, Icon, Spot, live};

use super::{OpenRoom, beside::spot, comments::Comments, copy};

/// Where these tools stand.
#[derive(Clone, Copy)]
pub(super) struct SelectionTools {
    at: RwSignal<Option<Spot>>,
    /// A button of the mouse is down: the selection is not done.
    selecting: RwSignal<bool>,
}

impl SelectionTools {
    pub(super) fn new() -> Self {
        Self { at: RwSignal::new(None), selecting: RwSignal::new(false) }
    }

    /// Follows the selection.
    pub(super) fn follow(self, surface: &Surface, caret: &CaretState) {
        let wanted = caret.focused && !caret.selection.is_caret() && !self.selecting.get_untracked();
        let text =
            caret.format.as_ref().is_none_or(|format| !format.block.is_void() && !format.block.is_code());
        let at =
            (wanted && text).then(|| surface.bounds(caret.selection.range())).flatten().map(|it| spot(&it));
        if self.at.get_untracked() != at {
            self.at.set(at);
        }
    }

    /// A button of the mouse goes down in the text.
    pub(super) fn press(self) {
        self.selecting.set(true);
        self.at.set(None);
    }

    /// It comes up again, wherever.
    fn release(self, room: OpenRoom) {
        if self.selecting.try_get_untracked().unwrap_or(false) {
            self.selecting.set(false);
            if let Some(surface) = room.surface() {
                self.follow(&surface, &surface.caret());
            }
        }
    }
}

/// The tools themselves.
#[component]
pub(super) fn SelectionToolbar(
    room: OpenRoom,
    tools: SelectionTools,
    caret: RwSignal<CaretState>,
    asks_link: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    let released = window_event_listener(ev::mouseup, move |_| tools.release(room));
    on_cleanup(move || released.remove());
    let button =
        move |label: &'static str, icon: &'static str, pressed: Signal<bool>, press: Box<dyn Fn()>| {
            view! {
                <button
                    class="button"
                    type="button"
                    tabindex="-1"
                    data-kind="quiet"
                    data-icon-only=""
                    aria-pressed=move || if pressed.get() { "true" } else { "false" }
                    title=label
                    on:click=move |_| press()
                >
                    <Icon name=icon />
                </button>
            }
            .into_any()
        };
    let mark = move |mark: Mark, label: &'static str, icon: &'static str| {
        let pressed = Signal::derive(move || caret.with(|caret| caret.marks.has(mark)));
        button(label, icon, pressed, Box::new(move || room.act(Intent::ToggleMark(mark))))
    };
    let heading = move |level: u8, label: &'static str| {
        let is = move |caret: &CaretState| {
            caret.format.as_ref().is_some_and(|format| format.block == Block::Heading(level))
        };
        let pressed = Signal::derive(move || caret.with(is));
        button(
            label,
            "heading",
            pressed,
            Box::new(move || room.act(Intent::ToggleBlock(Block::Heading(level)))),
        )
    };
    let linked = Signal::derive(move || caret.with(|caret| caret.marks.link.is_some()));
    view! {
        <Float at=tools.at above=true>
            <div class="toolbar" data-small="" aria-hidden="true" on:mousedown=move |event| event.prevent_default()>
                {live(move || (!caret.with(|caret| caret.cell.is_some())).then(|| heading(2, copy::HEADINGS[1])))}
                {mark(Mark::Bold, copy::BOLD, "bold")}
                {mark(Mark::Italic, copy::ITALIC, "italic")}
                {mark(Mark::Underline, copy::UNDERLINE, "underline")}
                {mark(Mark::Strike, copy::STRIKE, "strike")}
                {mark(Mark::Highlight, copy::HIGHLIGHT, "highlight")}
                {button(copy::LINK, "link", linked, Box::new(move || asks_link.set(true)))}
                {button(copy::COMMENT, "comment", Signal::stored(false), Box::new(move || comments.begin()))}
            </div>
        </Float>
    }
}
