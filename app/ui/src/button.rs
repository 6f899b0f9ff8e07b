use leptos::{ev::MouseEvent, prelude::*};

use crate::icon::Icon;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Outlined: the other acts of a view.
    #[default]
    Default,
    /// Filled: the one act a person came for.
    Primary,
    /// Text only: tools, cancel.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    pub(crate) fn attr(self) -> &'static str {
        match self {
            ButtonKind::Default => "default",
            ButtonKind::Primary => "primary",
            ButtonKind::Quiet => "quiet",
            ButtonKind::Danger => "danger",
        }
    }
}

/// Height of a button. Touch screens raise the normal size to 44 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 32 px.
    #[default]
    Normal,
    /// 28 px, inside rows and toasts.
    Small,
    /// 44 px, the act of a first page.
    Large,
}

impl ButtonSize {
    pub(crate) fn attr(self) -> Option<&'static str> {
        match self {
            ButtonSize::Normal => None,
            ButtonSize::Small => Some("small"),
            ButtonSize::Large => Some("large"),
        }
    }
}

/// A state as an attribute says it.
pub(crate) fn spoken(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}

/// The drawing and the words inside a button; words alone become the name when only the drawing shows.
pub(crate) fn face(icon: Option<&'static str>, label: Signal<String>, icon_only: bool) -> AnyView {
    let drawing = icon.map(|name| view! { <Icon name /> });
    let words = (!icon_only).then(|| view! { <span class="label">{label}</span> });
    (drawing, words).into_any()
}

/// A button. Its label says the result of pressing it, verb first.
#[component]
pub fn Button(
    /// The words on the button, or its name when `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// What pressing it does. Not called while the button is blocked.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Height.
    #[prop(optional)]
    size: ButtonSize,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Shows the drawing alone; the label is still read aloud and shows as a hint.
    #[prop(optional)]
    icon_only: bool,
    /// Why it cannot be pressed now. The button stays focusable so that the reason can be found.
    #[prop(optional, into)]
    blocked: MaybeProp<String>,
    /// For a button that stays in: whether it is in.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// The name of a shortcut, shown with the hint, such as `Ctrl+B`.
    #[prop(optional, into)]
    shortcut: MaybeProp<String>,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if blocked.get_untracked().is_some() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let name = Signal::derive(move || icon_only.then(|| label.get()));
    let hint = Signal::derive(move || {
        blocked.get().or_else(|| match (icon_only, shortcut.get()) {
            (true, Some(keys)) => Some(label.get() + " (" + &keys + ")"),
            (true, None) => Some(label.get()),
            (false, keys) => keys,
        })
    });
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-kind=kind.attr()
            data-size=size.attr()
            data-icon-only=icon_only.then_some("")
            aria-label=name
            aria-disabled=Signal::derive(move || blocked.get().map(|_| "true"))
            aria-pressed=Signal::derive(move || pressed.get().map(spoken))
            aria-description=blocked
            title=hint
            on:click=press
        >
            {face(icon, label, icon_only)}
        </button>
    }
}

/// A link that looks like a button: it goes somewhere, so it can be opened in another tab.
#[component]
pub fn LinkButton(
    /// The words on the link, or its name when `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Height.
    #[prop(optional)]
    size: ButtonSize,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Shows the drawing alone.
    #[prop(optional)]
    icon_only: bool,
    /// Saves the target under this file name instead of opening it.
    #[prop(optional, into)]
    download: MaybeProp<String>,
) -> impl IntoView {
    let name = Signal::derive(move || icon_only.then(|| label.get()));
    view! {
        <a
            class="button"
            href=href
            data-kind=kind.attr()
            data-size=size.attr()
            data-icon-only=icon_only.then_some("")
            aria-label=name
            title=name
            download=download
        >
            {face(icon, label, icon_only)}
        </a>
    }
}
