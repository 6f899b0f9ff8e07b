use leptos::prelude::*;

/// What is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    /// Lines of text.
    #[default]
    Text,
    /// Rows of a list.
    Rows,
    /// A page: a title, then lines.
    Page,
}

/// The still outline of what is coming. It shows only when that takes longer than 300 ms.
#[component]
pub fn Skeleton(
    /// Said to screen readers while waiting.
    #[prop(into)]
    label: Signal<String>,
    /// What is on its way.
    #[prop(optional)]
    shape: SkeletonShape,
    /// How many lines or rows.
    #[prop(default = 5)]
    count: usize,
) -> impl IntoView {
    let shape = match shape {
        SkeletonShape::Text => None,
        SkeletonShape::Rows => Some("rows"),
        SkeletonShape::Page => Some("page"),
    };
    let lines = (0..count).map(|_| view! { <i></i> }).collect_view();
    view! {
        <div class="skeleton" role="img" aria-label=label aria-busy="true" data-shape=shape>
            {lines}
        </div>
    }
}
