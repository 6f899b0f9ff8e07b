use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
    web_sys::{Element, HtmlElement},
};

use crate::{
    focus::{focus, focused_in, live_buttons, step},
    live::effect,
};

/// A row of tools with one stop for the Tab key; the arrows move inside it. A press with the mouse leaves the focus, and
/// so the selection in a text, where it is.
#[component]
pub fn Toolbar(
    /// Its name for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Buttons, menus and [`ToolbarRule`]s.
    children: Children,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(bar) = bar.get() {
            let tools = tools(&bar);
            let first = tools.first().cloned();
            let has_stop = tools.iter().any(|it| it.tab_index() == 0 && it.has_attribute("tabindex"));
            if let Some(first) = first.filter(|_| !has_stop) {
                make_stop(&tools, &first);
            }
        }
    });
    let entered = move |_: FocusEvent| {
        if let Some(bar) = bar.get_untracked() {
            let tools = tools(&bar);
            if let Some(tool) = focused_in(&tools).and_then(|at| tools.get(at)) {
                make_stop(&tools, tool);
            }
        }
    };
    let arrows = move |event: KeyboardEvent| {
        let Some(bar) = bar.get_untracked() else { return };
        let tools = tools(&bar);
        let is_rtl = bar.matches(":dir(rtl)").unwrap_or(false);
        let (back, forward) = if is_rtl { ("ArrowRight", "ArrowLeft") } else { ("ArrowLeft", "ArrowRight") };
        let at = focused_in(&tools);
        if let Some(goal) =
            step(&event.key(), back, forward, at, tools.len()).and_then(|goal| tools.get(goal))
        {
            event.prevent_default();
            focus(goal);
            make_stop(&tools, goal);
        }
    };
    view! {
        <div
            class="toolbar"
            role="toolbar"
            node_ref=bar
            aria-label=label
            on:mousedown=move |event| event.prevent_default()
            on:focusin=entered
            on:keydown=arrows
        >
            {children()}
        </div>
    }
}

/// The tools themselves: not the items of the menus that hang from them.
fn tools(bar: &Element) -> Vec<HtmlElement> {
    let mut tools = live_buttons(bar);
    tools.retain(|it| !it.class_list().contains("menu-item"));
    tools
}

/// Lets the Tab key stop at `stop` and pass the other tools by.
fn make_stop(tools: &[HtmlElement], stop: &HtmlElement) {
    for tool in tools {
        tool.set_tab_index(if tool.is_same_node(Some(stop)) { 0 } else { -1 });
    }
}

/// A hairline between groups of tools.
#[component]
pub fn ToolbarRule() -> impl IntoView {
    view! { <span class="toolbar-rule" role="separator" aria-orientation="vertical"></span> }
}
