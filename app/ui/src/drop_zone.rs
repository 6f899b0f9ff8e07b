use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};

use crate::{
    button::{ButtonKind, ButtonSize},
    icon::Icon,
    live::live,
};

/// A place to let files fall. Always put a [`FilePickerButton`] beside or inside it: not everybody can drag.
#[component]
pub fn DropZone(
    /// Runs when something is let fall; the caller reads the files from the event.
    #[prop(into)]
    on_drop: Callback<DragEvent>,
    /// Words that cover the whole window while something is held above the page. With them the zone wraps a page and
    /// has no edge of its own.
    #[prop(optional, into)]
    veil: MaybeProp<String>,
    /// What stands in the zone.
    children: Children,
) -> impl IntoView {
    // Enter and leave come for each element inside too; only the balance says whether the pointer is still above.
    let depth = RwSignal::new(0_i32);
    let is_over = Memo::new(move |_| depth.get() > 0);
    let is_page = veil.get_untracked().is_some();
    let dropped = move |event: DragEvent| {
        depth.set(0);
        // Something inside may have taken it.
        if !event.default_prevented() {
            event.prevent_default();
            on_drop.run(event);
        }
    };
    view! {
        <div
            class="drop-zone"
            data-page=is_page.then_some("")
            data-over=Signal::derive(move || is_over.get().then_some(""))
            on:dragenter=move |event| {
                event.prevent_default();
                depth.update(|it| *it += 1);
            }
            on:dragover=move |event| event.prevent_default()
            on:dragleave=move |_| depth.update(|it| *it = (*it - 1).max(0))
            on:drop=dropped
        >
            {children()}
            {live(move || veil.get().map(|words| view! { <div class="drop-veil" aria-hidden="true">{words}</div> }))}
        </div>
    }
}

/// A button that opens the system's file dialog: a real file input under a button's face.
#[component]
pub fn FilePickerButton(
    /// The words on the button.
    #[prop(into)]
    label: Signal<String>,
    /// Runs when files have been chosen; the caller reads them from the event's target.
    #[prop(into)]
    on_pick: Callback<Event>,
    /// The kinds of file offered first, as in the `accept` attribute.
    #[prop(optional)]
    accept: Option<&'static str>,
    /// Several files at once.
    #[prop(optional)]
    multiple: bool,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Height.
    #[prop(optional)]
    size: ButtonSize,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label class="button file-picker" data-kind=kind.attr() data-size=size.attr()>
            <input type="file" accept=accept multiple=multiple on:change=move |event| on_pick.run(event) />
            {icon.map(|name| view! { <Icon name /> })}
            <span class="label">{label}</span>
        </label>
    }
}
