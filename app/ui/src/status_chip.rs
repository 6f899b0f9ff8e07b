use leptos::prelude::*;

use crate::tone::Tone;

/// How things stand, in a drawing and two or three words. A change is read aloud when the reader has a pause.
#[component]
pub fn StatusChip(
    /// Plain while all is well.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The drawing's name.
    #[prop(into)]
    icon: Signal<&'static str>,
    /// How things stand.
    #[prop(into)]
    words: Signal<String>,
    /// A sentence more, shown as a hint and read after the words.
    #[prop(optional, into)]
    detail: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <span
            class="status-chip"
            role="status"
            data-tone=Signal::derive(move || tone.get().attr())
            title=detail
            aria-description=detail
        >
            <i class="icon" data-icon=icon aria-hidden="true"></i>
            <span class="label">{words}</span>
        </span>
    }
}
