//! Screens for when there is nothing to show: a link that does not open, an address that names nothing.

mod copy;

use leptos::prelude::*;
use session::Problem;
use ui::{Button, EmptyState, LinkButton};

use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    route::Route,
};

/// Says in passing that something could not be opened, and why, where a whole screen would be in the way.
pub(crate) fn say(handsel: Handsel, problem: &Problem, what: &'static str) {
    handsel.toasts.say(format!("{}. {}", copy::cannot_open(what), reason(problem, what)));
}

fn reason(problem: &Problem, what: &str) -> String {
    match problem {
        Problem::Open(error) => words::open_error(*error, what),
        other => words::problem(other),
    }
}

/// A link or a file that could not be opened, and why.
#[component]
pub(crate) fn Refused() -> impl IntoView {
    let handsel = use_handsel();
    let (title, why) = handsel
        .refused
        .get_untracked()
        .map_or_else(Default::default, |(problem, what)| (copy::cannot_open(what), reason(&problem, what)));
    let back = move |()| {
        handsel.refused.set(None);
        handsel.go(Route::Home);
    };
    view! {
        <main class="page trouble">
            <h1>{title}</h1>
            <EmptyState icon="alert" line=why>
                <Button label=words::ALL_ROOMS on_press=back />
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
