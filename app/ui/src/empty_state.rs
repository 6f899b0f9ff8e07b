use leptos::prelude::*;

use crate::{icon::Icon, live::live};

/// What will be here, while nothing is: a small drawing, one line, a sentence, and the act that changes it.
#[component]
pub fn EmptyState(
    /// The drawing's name.
    icon: &'static str,
    /// What will be here.
    #[prop(into)]
    line: Signal<String>,
    /// A sentence more.
    #[prop(optional, into)]
    more: MaybeProp<String>,
    /// The act.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="tile" data-size="large" data-tone="accent">
                <Icon name=icon />
            </span>
            <p class="empty-line">{line}</p>
            {live(move || more.get().map(|words| view! { <p>{words}</p> }))}
            {children.map(|children| view! { <div class="empty-act">{children()}</div> })}
        </div>
    }
}
