use leptos::prelude::*;

use crate::{focus::unique_id, icon::Icon};

/// One of the choices of a [`Segmented`] control.
#[derive(Clone, Debug)]
pub struct Segment {
    /// What picking it means to the program.
    pub id: &'static str,
    /// The words.
    pub label: Signal<String>,
    /// A drawing before the words.
    pub icon: Option<&'static str>,
}

/// Chooses one of a few that all show at once: views, modes, filters.
#[component]
pub fn Segmented(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The choices, in order.
    segments: Vec<Segment>,
    /// The `id` of the one in force.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Runs with the `id` of the one a person picks.
    #[prop(into)]
    on_pick: Callback<&'static str>,
) -> impl IntoView {
    let name = unique_id("segmented");
    let choices = segments
        .into_iter()
        .map(|Segment { id, label, icon }| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=name.clone()
                        value=id
                        prop:checked=Signal::derive(move || value.get() == id)
                        on:change=move |_| on_pick.run(id)
                    />
                    {icon.map(|name| view! { <Icon name /> })}
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segmented" role="radiogroup" aria-label=label>
            {choices}
        </div>
    }
}
