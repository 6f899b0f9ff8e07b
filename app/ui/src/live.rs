use leptos::prelude::*;

/// A part of a view that is made anew whenever something it reads has changed. A bare closure in a view does the same;
/// this has one shape for all of them, so that the program does not grow with each.
pub fn live<V: IntoView + 'static>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    let part: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || part().into_any());
    part.into_any()
}

/// Does something now, and again whenever something it reads has changed. The same as [`Effect::new`], in one shape for
/// all that is done.
pub fn effect(work: impl FnMut() + 'static) {
    let mut work: Box<dyn FnMut()> = Box::new(work);
    Effect::new(move |_| work());
}
