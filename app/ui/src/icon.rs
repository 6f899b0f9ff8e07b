use leptos::prelude::*;

/// One of our drawings, by its name in `style/35-icons.css`. It takes the size and colour of the text around it and is
/// hidden from screen readers: the words beside it, or the label of its button, say what it means.
#[component]
pub fn Icon(
    /// The drawing's name, such as `search`.
    name: &'static str,
) -> impl IntoView {
    view! { <i class="icon" data-icon=name aria-hidden="true"></i> }
}
