use leptos::prelude::*;

use crate::{focus::unique_id, live::live};

/// Turns something on or off at once.
#[component]
pub fn Switch(
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Runs with the new state when a person turns it.
    #[prop(into)]
    on_turn: Callback<bool>,
    /// A sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Cannot be turned now; say why in `hint`.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    // What helps is read after the name, not as a part of it.
    let id = unique_id("switch");
    let (label_id, hint_id) = (format!("{id}-label"), format!("{id}-hint"));
    let described = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                aria-labelledby=label_id.clone()
                aria-describedby=described
                prop:checked=on
                disabled=disabled
                on:change=move |event| on_turn.run(event_target_checked(&event))
            />
            <span class="label" id=label_id>{label}</span>
            {live(move || hint.get().map(|words| view! { <span class="hint" id=hint_id.clone()>{words}</span> }))}
        </label>
    }
}
