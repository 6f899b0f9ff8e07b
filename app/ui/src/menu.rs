use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
    web_sys::HtmlElement,
};

use crate::{
    button::{ButtonKind, ButtonSize, face, spoken},
    focus::{focus, focus_first, focused_in, live_buttons, step, unique_id},
    icon::Icon,
    live::live,
};

/// The open list, for its items: picking one closes it.
#[derive(Clone, Copy)]
struct OpenMenu(NodeRef<html::Div>);

impl OpenMenu {
    /// Closes the list; the browser gives the focus back to where it was before the list opened.
    fn close(self) {
        if let Some(list) = self.0.get_untracked() {
            let _ = list.hide_popover();
        }
    }
}

/// A button that opens a list of acts. Arrows, Home, End and letters move through the list; Escape, Tab and a press
/// outside close it.
#[component]
pub fn Menu(
    /// The words on the button, or its name when `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// What the words on the button are about, read aloud before them, where they name a state rather than the list.
    #[prop(optional, into)]
    about: MaybeProp<String>,
    /// A drawing on the button.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Shows the drawing alone.
    #[prop(optional)]
    icon_only: bool,
    /// How much the button asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Height of the button.
    #[prop(optional)]
    size: ButtonSize,
    /// [`MenuItem`]s, with [`MenuRule`]s and [`MenuTitle`]s between them.
    children: Children,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let trigger = NodeRef::<html::Button>::new();
    let id = unique_id("menu");
    let expanded = RwSignal::new(false);
    let toggled = move |_: Event| {
        let Some(element) = list.get_untracked() else { return };
        let is_open = element.matches(":popover-open").unwrap_or(false);
        expanded.set(is_open);
        // The choice in force is where one goes on from.
        if is_open
            && !focus_first(&element, "[aria-checked=true]")
            && let Some(first) = live_buttons(&element).first()
        {
            focus(first);
        }
    };
    let open_by_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") && !expanded.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            // A click, not `show_popover`: only so does the browser know which button to place the list beside.
            if let Some(button) = trigger.get_untracked() {
                button.click();
            }
        }
    };
    let move_by_key = move |event: KeyboardEvent| {
        let Some(element) = list.get_untracked() else { return };
        event.stop_propagation();
        let key = event.key();
        if key == "Tab" {
            OpenMenu(list).close();
            return;
        }
        let items = live_buttons(&element);
        let at = focused_in(&items);
        let goal = step(&key, "ArrowUp", "ArrowDown", at, items.len()).or_else(|| {
            let is_letter = key.chars().count() == 1 && key != " " && !event.ctrl_key() && !event.meta_key();
            is_letter.then(|| by_letter(&items, at, &key)).flatten()
        });
        if let Some(item) = goal.and_then(|goal| items.get(goal)) {
            event.prevent_default();
            focus(item);
        }
    };
    provide_context(OpenMenu(list));
    let name = Signal::derive(move || icon_only.then(|| label.get()));
    view! {
        <span class="menu">
        <button
            class="button"
            type="button"
            node_ref=trigger
            data-kind=kind.attr()
            data-size=size.attr()
            data-icon-only=icon_only.then_some("")
            aria-label=name
            title=name
            aria-haspopup="menu"
            aria-expanded=Signal::derive(move || spoken(expanded.get()))
            popovertarget=id.clone()
            on:keydown=open_by_key
        >
            {face(icon, label, icon_only)}
            {(!icon_only).then(|| view! { <Icon name="down" /> })}
        </button>
        <div
            class="menu-list"
            role="menu"
            id=id
            popover="auto"
            node_ref=list
            aria-label=Signal::derive(move || about.get().unwrap_or_else(|| label.get()))
            on:toggle=toggled
            on:keydown=move_by_key
        >
            {children()}
        </div>
        </span>
    }
}

/// The next item after `at`, round at the end, whose words begin with `letter`, small or capital.
fn by_letter(items: &[HtmlElement], at: Option<usize>, letter: &str) -> Option<usize> {
    let start = at.map_or(0, |at| at + 1);
    (0..items.len()).map(|offset| (start + offset) % items.len()).find(|&index| {
        let words = items[index].text_content().unwrap_or_default();
        let first = words.trim_start().get(..letter.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(letter))
    })
}

/// One act in a [`Menu`].
#[component]
pub fn MenuItem(
    /// The act, verb first.
    #[prop(into)]
    label: Signal<String>,
    /// What picking it does; the list has closed by then.
    #[prop(into)]
    on_pick: Callback<()>,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// A second, quieter line.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The name of a shortcut, at the end of the line.
    #[prop(optional, into)]
    shortcut: MaybeProp<String>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// For a choice: whether it is the one in force.
    #[prop(optional, into)]
    checked: MaybeProp<bool>,
    /// Whether it cannot be picked now; say why in `hint`.
    #[prop(optional, into)]
    blocked: Signal<bool>,
) -> impl IntoView {
    let menu = use_context::<OpenMenu>();
    let pick = move |_| {
        if blocked.get_untracked() {
            return;
        }
        if let Some(menu) = menu {
            menu.close();
        }
        on_pick.run(());
    };
    let role = Signal::derive(move || if checked.get().is_some() { "menuitemradio" } else { "menuitem" });
    view! {
        <button
            class="menu-item"
            type="button"
            role=role
            tabindex="-1"
            data-danger=danger.then_some("")
            aria-checked=Signal::derive(move || checked.get().map(spoken))
            aria-disabled=Signal::derive(move || blocked.get().then_some("true"))
            on:click=pick
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="label">{label}</span>
            {live(move || hint.get().map(|words| view! { <span class="hint">{words}</span> }))}
            {live(move || shortcut.get().map(|keys| view! { <kbd class="kbd" aria-hidden="true">{keys}</kbd> }))}
        </button>
    }
}

/// A hairline between groups of acts.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr class="menu-rule" /> }
}

/// A quiet heading over a group of acts.
#[component]
pub fn MenuTitle(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <p class="menu-title" role="presentation">{label}</p> }
}
