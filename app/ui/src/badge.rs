use leptos::prelude::*;

use crate::{icon::Icon, tone::Tone};

/// Three words at most on a soft ground.
#[component]
pub fn Badge(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// What the ground means.
    #[prop(optional)]
    tone: Tone,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.attr()>
            {icon.map(|name| view! { <Icon name /> })}
            {label}
        </span>
    }
}
