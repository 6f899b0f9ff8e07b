use leptos::prelude::*;

use crate::{icon::Icon, live::live, tone::Tone};

/// One fact that stays in view, with at most one act. Trouble is announced at once, advice is not.
#[component]
pub fn Banner(
    /// Advice, something to look at, something that stops the work, or something cleared.
    #[prop(optional)]
    tone: Tone,
    /// A drawing that repeats the tone; by default one is chosen for it.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// The fact in a few words.
    #[prop(optional, into)]
    title: MaybeProp<String>,
    /// What happened, what is safe, what to do.
    #[prop(into)]
    words: Signal<String>,
    /// The act, usually a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = icon.unwrap_or(match tone {
        Tone::Warn | Tone::Danger => "alert",
        Tone::Ok => "check",
        _ => "info",
    });
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    view! {
        <div class="banner" data-tone=tone.attr() role=role>
            <Icon name />
            <p class="banner-words">
                {live(move || title.get().map(|words| view! { <strong>{words}</strong> }))}
                {words}
            </p>
            {children.map(|children| view! { <div class="banner-act">{children()}</div> })}
        </div>
    }
}
