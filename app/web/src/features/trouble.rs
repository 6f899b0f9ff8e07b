//! Screens for when there is nothing to show: a link that does not open, an address that names nothing.

mod copy;

use leptos::prelude::*;
use session::Problem;
use ui::{EmptyState, LinkButton};

use crate::{copy as words, handsel::use_handsel, route::Route};

/// A link or a file that could not be opened, and why.
#[component]
pub(crate) fn Refused() -> impl IntoView {
    let handsel = use_handsel();
    let (title, why) = handsel.refused.get_untracked().map_or_else(Default::default, |(problem, what)| {
        let why = match &problem {
            Problem::Open(error) => words::open_error(*error, what),
            other => words::problem(other),
        };
        (copy::cannot_open(what), why)
    });
    let back = move |_| handsel.refused.set(None);
    view! {
        <main class="page trouble" on:click=back>
            <h1>{title}</h1>
            <EmptyState icon="alert" line=why>
                <LinkButton label=words::ALL_ROOMS href=Route::Home.href() />
            </EmptyState>
        </main>
    }
}

/// An address that names no screen, or a room which is not on this device.
#[component]
pub(crate) fn NotHere() -> impl IntoView {
    view! {
        <main class="page trouble">
            <h1>{copy::NOT_HERE}</h1>
            <EmptyState icon="search" line=copy::NOT_HERE_MORE>
                <LinkButton label=words::ALL_ROOMS href=Route::Home.href() />
            </EmptyState>
        </main>
    }
}
