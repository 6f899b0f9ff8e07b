use leptos::{
    ev::{Event, MouseEvent},
    html,
    prelude::*,
};

use crate::{
    button::{Button, ButtonKind},
    focus::{focus, focus_first, unique_id},
    live::{effect, live},
};

/// Width of a dialog in a wide window. On a phone every dialog is a sheet from below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// 512 px.
    #[default]
    Normal,
    /// 416 px.
    Small,
    /// 704 px.
    Wide,
    /// The whole window: something is looked at.
    Whole,
}

impl DialogSize {
    fn attr(self) -> Option<&'static str> {
        match self {
            DialogSize::Normal => None,
            DialogSize::Small => Some("small"),
            DialogSize::Wide => Some("wide"),
            DialogSize::Whole => Some("whole"),
        }
    }
}

/// A modal dialog. The page behind it cannot be reached; Escape, the close button and a press outside close it, and the
/// focus goes back to where it was. It starts in `[autofocus]`, else in the first field of the body, else on the dialog.
#[component]
pub fn Dialog(
    /// Whether it is shown. Closing by any way sets it to false.
    open: RwSignal<bool>,
    /// The act, as a heading.
    #[prop(into)]
    title: Signal<String>,
    /// The name of the close button.
    #[prop(into)]
    close_label: Signal<String>,
    /// Width.
    #[prop(optional)]
    size: DialogSize,
    /// The honest limit of the act, in the footer.
    #[prop(optional, into)]
    limit: MaybeProp<String>,
    /// The buttons in the footer. Without them and without a limit there is no footer.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// What stands in the dialog. It is built anew each time the dialog opens.
    children: ChildrenFn,
) -> impl IntoView {
    let title_id = StoredValue::new(unique_id("dialog"));
    let children = StoredValue::new(children);
    let footer = StoredValue::new(footer);
    let inside = move || {
        let has_foot = footer.with_value(|it| it.is_some()) || limit.get_untracked().is_some();
        let foot = has_foot.then(|| {
            view! {
                <footer class="dialog-foot">
                    {live(move || limit.get().map(|words| view! { <p class="dialog-limit">{words}</p> }))}
                    {footer.with_value(|it| it.as_ref().map(|it| it.run()))}
                </footer>
            }
        });
        view! {
            <header class="dialog-head">
                <h2 id=title_id.get_value()>{title}</h2>
                <Button
                    label=close_label
                    kind=ButtonKind::Quiet
                    icon="x"
                    icon_only=true
                    on_press=move |()| open.set(false)
                />
            </header>
            <div class="dialog-body">{children.with_value(|it| it())}</div>
            {foot}
        }
        .into_any()
    };
    let first =
        "[autofocus], .dialog-body :is(input, textarea, select):not(:disabled, [type=hidden], [readonly])";
    modal(open, size, "dialog", title_id, first, inside)
}

/// A question before something that cannot be taken back, with two answers. The focus starts on the safe one.
#[component]
pub fn ConfirmDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What follows from saying yes.
    #[prop(into)]
    body: Signal<String>,
    /// The act, verb first.
    #[prop(into)]
    confirm: Signal<String>,
    /// The way back.
    #[prop(into)]
    cancel: Signal<String>,
    /// Runs when the person says yes; the dialog has closed by then.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Paints the act red: something will be gone.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let title_id = StoredValue::new(unique_id("dialog"));
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let say_yes = move |()| {
        open.set(false);
        on_confirm.run(());
    };
    let inside = move || {
        view! {
            <header class="dialog-head">
                <h2 id=title_id.get_value()>{title}</h2>
            </header>
            <div class="dialog-body">
                <p>{body}</p>
            </div>
            <footer class="dialog-foot">
                <Button label=cancel on_press=move |()| open.set(false) />
                <Button label=confirm kind on_press=say_yes />
            </footer>
        }
        .into_any()
    };
    modal(open, DialogSize::Small, "confirm", title_id, ".dialog-foot > .button", inside)
}

/// The frame both dialogs share. `inside` is built only while the dialog is open; `first` finds what gets the focus.
fn modal(
    open: RwSignal<bool>,
    size: DialogSize,
    kind: &'static str,
    title_id: StoredValue<String>,
    first: &'static str,
    inside: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    // The browser sets the focus while it opens the dialog, so the contents must stand before that.
    let shown = RwSignal::new(false);
    effect(move || {
        let Some(element) = dialog.get() else { return };
        match (open.get(), element.open()) {
            (true, false) => {
                shown.set(true);
                request_animation_frame(move || {
                    let is_wanted = open.try_get_untracked().unwrap_or(false);
                    let is_shown = is_wanted && element.is_connected() && element.show_modal().is_ok();
                    // Without a field the browser would choose the close button, which nobody came for.
                    if is_shown && !focus_first(&element, first) {
                        focus(&element);
                    }
                });
            }
            (false, true) => element.close(),
            _ => {}
        }
        if !open.get() {
            shown.set(false);
        }
    });
    // A press that began inside, such as a selection dragged out of a field, must not close the dialog.
    let began_outside = StoredValue::new(false);
    let is_backdrop = |event: &MouseEvent| event.target() == event.current_target();
    let closed = move |_: Event| open.set(false);
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            tabindex="-1"
            data-size=size.attr()
            data-kind=kind
            aria-labelledby=title_id.get_value()
            on:close=closed
            on:mousedown=move |event| began_outside.set_value(is_backdrop(&event))
            on:click=move |event| {
                if began_outside.get_value() && is_backdrop(&event) {
                    open.set(false);
                }
            }
        >
            {live(move || shown.get().then(&inside))}
        </dialog>
    }
    .into_any()
}
