use leptos::prelude::*;

use crate::live::live;

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
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=on
                disabled=disabled
                on:change=move |event| on_turn.run(event_target_checked(&event))
            />
            <span class="label">{label}</span>
            {live(move || hint.get().map(|words| view! { <span class="hint">{words}</span> }))}
        </label>
    }
}
