//! Parts of the program that are fetched when somebody first comes to them.
//!
//! A release is cut at the functions that [`part`] declares: what only one of them needs leaves the program and becomes a
//! file of its own (`xtask/src/stage/split.rs`). Any other build is whole, and a part is there at once.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;
use ui::{Button, EmptyState, Skeleton, SkeletonShape, effect, live};

use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
};

/// The file with a part did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotFetched;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What makes the view of a part from what it is given.
pub(crate) type Make<T> = fn(T) -> AnyView;

/// A part on its way.
pub(crate) type Fetched<T> = Pin<Box<dyn Future<Output = Result<Make<T>, NotFetched>>>>;

/// Waits for so many frames for what a part brings.
const FRAMES: usize = 120;

/// Gives what `selector` names the keyboard: in the next frame, or once the part is there that brings it.
pub(crate) fn focus_later(selector: &'static str) {
    browser::timers::spawn(async move {
        for _ in 0..FRAMES {
            browser::timers::frame().await;
            if browser::view::focus_on(selector) {
                return;
            }
        }
    });
}

/// Declares a part: `part!(plan(OpenRoom) => |room| view! { <PlanPlace room /> });` makes a function `plan` that fetches what
/// makes the view, from the file `plan`.
macro_rules! part {
    ($name:ident($given:ty) => |$value:ident| $view:expr) => {
        pub(crate) fn $name() -> $crate::later::Fetched<$given> {
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn fetched() -> Result<$crate::later::Make<$given>, $crate::later::NotFetched> {
                Ok(|$value| leptos::prelude::IntoAny::into_any($view))
            }
            #[cfg(not(split))]
            async fn fetched() -> Result<$crate::later::Make<$given>, $crate::later::NotFetched> {
                Ok(|$value| leptos::prelude::IntoAny::into_any($view))
            }
            Box::pin(fetched())
        }
    };
}
pub(crate) use part;

/// Something to do that is a part, on its way.
pub(crate) type FetchedDeed<T> = Pin<Box<dyn Future<Output = Result<fn(T), NotFetched>>>>;

/// Declares something to do that is a part: `deed!(export(RoomId) => |room| save(room));` makes a function `export` that fetches
/// what does it, from the file `export`.
macro_rules! deed {
    ($name:ident($given:ty) => |$value:ident| $done:expr) => {
        fn $name() -> $crate::later::FetchedDeed<$given> {
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn fetched() -> Result<fn($given), $crate::later::NotFetched> {
                Ok(|$value| $done)
            }
            #[cfg(not(split))]
            async fn fetched() -> Result<fn($given), $crate::later::NotFetched> {
                Ok(|$value| $done)
            }
            Box::pin(fetched())
        }
    };
}
pub(crate) use deed;

/// Does it once it is here; where it does not come, that is said.
pub(crate) fn do_later<T: 'static>(handsel: Handsel, fetch: fn() -> FetchedDeed<T>, given: T) {
    browser::timers::spawn(async move {
        match fetch().await {
            Ok(act) => act(given),
            Err(NotFetched) => handsel.toasts.say(words::PART_NOT_FETCHED_MORE),
        }
    });
}

/// Shows a part once it is here; until then a sketch of it, and where it does not come, why and how to go on.
pub(crate) fn later<T: Copy + Send + Sync + 'static>(fetch: fn() -> Fetched<T>, given: T) -> AnyView {
    let fetched: RwSignal<Option<Result<Make<T>, NotFetched>>> = RwSignal::new(None);
    let begin = move |()| {
        fetched.set(None);
        browser::timers::spawn(async move {
            let came = fetch().await;
            // The person may have gone elsewhere meanwhile.
            let _ = fetched.try_set(Some(came));
        });
    };
    begin(());
    live(move || {
        match fetched.get() {
        None => view! { <main class="page" aria-busy="true"><Skeleton label=words::OPENING shape=SkeletonShape::Page /></main> }.into_any(),
        Some(Ok(make)) => make(given),
        Some(Err(NotFetched)) => view! {
            <main class="page">
                <EmptyState icon="alert" line=words::PART_NOT_FETCHED more=words::PART_NOT_FETCHED_MORE>
                    <Button label=words::TRY_AGAIN on_press=begin />
                </EmptyState>
            </main>
        }
        .into_any(),
    }
    })
}

/// What works or stands beside the screen and is a part: fetched once it is `wanted`. Where it does not come, nothing is said, and it is
/// asked for again when it is wanted anew, or after a while.
pub(crate) fn beside_later<T: Copy + Send + Sync + 'static>(
    fetch: fn() -> Fetched<T>,
    given: T,
    wanted: Memo<bool>,
) -> AnyView {
    /// In milliseconds.
    const A_WHILE: u32 = 60_000;
    let fetched = RwSignal::new(None::<Make<T>>);
    let tries = RwSignal::new(0u32);
    effect(move || {
        tries.track();
        if !wanted.get() || fetched.with_untracked(Option::is_some) {
            return;
        }
        browser::timers::spawn(async move {
            match fetch().await {
                Ok(make) => drop(fetched.try_set(Some(make))),
                Err(NotFetched) => {
                    browser::timers::sleep(A_WHILE).await;
                    tries.try_update(|count| *count = count.wrapping_add(1));
                }
            }
        });
    });
    live(move || fetched.get().filter(|_| wanted.get()).map(|make| make(given))).into_any()
}

/// A dialog, or a panel, that is a part: fetched when it is first opened, and on the screen from then on. Where it does not come, that is said,
/// and the next time it is opened it is fetched again.
pub(crate) fn dialog_later<T: Copy + Send + Sync + 'static>(
    fetch: fn() -> Fetched<T>,
    given: T,
    open: RwSignal<bool>,
) -> AnyView {
    let handsel = use_handsel();
    let fetched = RwSignal::new(None::<Make<T>>);
    let is_fetching = StoredValue::new(false);
    effect(move || {
        if !open.get() || fetched.with_untracked(Option::is_some) || is_fetching.get_value() {
            return;
        }
        is_fetching.set_value(true);
        browser::timers::spawn(async move {
            let came = fetch().await;
            let _ = is_fetching.try_set_value(false);
            match came {
                Ok(make) => {
                    let _ = fetched.try_set(Some(make));
                }
                Err(NotFetched) => {
                    let _ = open.try_set(false);
                    handsel.toasts.say(words::PART_NOT_FETCHED_MORE);
                }
            }
        });
    });
    live(move || fetched.get().map(|make| make(given))).into_any()
}
