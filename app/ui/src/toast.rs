use std::{sync::Arc, time::Duration};

use leptos::{html, prelude::*};

use crate::{
    button::{Button, ButtonKind, ButtonSize},
    live::effect,
};

/// How long a message stays when nobody points at it.
const STAY: Duration = Duration::from_secs(6);

/// More than this at once is noise: the oldest gives way.
const MOST_AT_ONCE: usize = 3;

/// What a message offers to do. It is held here, since a message outlives the view that it was said from, and whatever of the page's
/// state that view owned.
type Act = Arc<dyn Fn(()) + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    words: String,
    act: Option<(String, Act)>,
}

/// Says in passing what has happened. Taken from the context with [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Shows a message for six seconds.
    pub fn say(self, words: impl Into<String>) {
        self.push(words.into(), None);
    }

    /// Shows a message with one act, such as undoing what it tells of.
    pub fn offer(
        self,
        words: impl Into<String>,
        act: impl Into<String>,
        on_act: impl Fn(()) + Send + Sync + 'static,
    ) {
        self.push(words.into(), Some((act.into(), Arc::new(on_act))));
    }

    fn push(self, words: String, act: Option<(String, Act)>) {
        let Some(id) = self.next.try_get_value() else { return };
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            // Saying the same again starts its time anew instead of stacking.
            list.retain(|it| it.words != words);
            if list.len() >= MOST_AT_ONCE {
                list.remove(0);
            }
            list.push(Toast { id, words, act });
        });
    }

    fn drop(self, id: u32) {
        let _ = self.list.try_update(|list| list.retain(|it| it.id != id));
    }
}

/// Makes the messages available to everything below. Call it once, at the root.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// The messages of this page. Outside a page that provides them, the words go nowhere.
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_else(provide_toasts)
}

/// Where messages show, at the bottom end of the window. Put it once, at the root.
#[component]
pub fn ToastRegion(
    /// The name of the region for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The name of each message's close button.
    #[prop(into)]
    close_label: Signal<String>,
) -> impl IntoView {
    let toasts = use_toasts();
    let region = NodeRef::<html::Div>::new();
    let is_held = RwSignal::new(false);
    // A popover shown last lies above an open dialog, whose backdrop would dim the words otherwise.
    effect(move || {
        let is_empty = toasts.list.with(|list| list.is_empty());
        if let Some(region) = region.get() {
            let _ = region.hide_popover();
            if is_empty {
                is_held.set(false);
            } else {
                let _ = region.show_popover();
            }
        }
    });
    view! {
        <div
            class="toasts"
            popover="manual"
            node_ref=region
            role="region"
            aria-label=label
            on:pointerenter=move |_| is_held.set(true)
            on:pointerleave=move |_| is_held.set(false)
            on:focusin=move |_| is_held.set(true)
            on:focusout=move |_| is_held.set(false)
        >
            <div class="toast-list" role="status" aria-live="polite">
                <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                    <ToastRow toast close_label is_held />
                </For>
            </div>
        </div>
    }
}

#[component]
fn ToastRow(toast: Toast, close_label: Signal<String>, is_held: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let id = toast.id;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    effect(move || {
        stop();
        if !is_held.get() {
            timer.set_value(set_timeout_with_handle(move || toasts.drop(id), STAY).ok());
        }
    });
    on_cleanup(stop);
    let act = toast.act.map(|(words, on_act)| {
        let run = move |()| {
            toasts.drop(id);
            on_act(());
        };
        view! { <Button label=words size=ButtonSize::Small on_press=run /> }
    });
    view! {
        <div class="toast">
            <span class="toast-words">{toast.words}</span>
            {act}
            <Button
                label=close_label
                kind=ButtonKind::Quiet
                icon="x"
                icon_only=true
                on_press=move |()| toasts.drop(id)
            />
        </div>
    }
}
