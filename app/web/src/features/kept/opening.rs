//! Opening a room from where it is kept.

use exchange::kept::KeptLink;
use leptos::prelude::*;
use model::Watch;
use session::Problem;
use ui::{Button, ButtonKind, EmptyState, live};

use super::{Progress, UnderWay, copy, host_of};
use crate::{
    copy as words,
    features::home::incoming,
    handsel::{Handsel, use_handsel},
    route::Route,
};

/// Shows the room that a link's fragment leads to.
pub(crate) fn open_link(handsel: Handsel, fragment: &str) {
    match KeptLink::from_fragment(fragment) {
        Ok(link) => {
            handsel.refused.set(None);
            handsel.kept.set(Some(link));
        }
        Err(error) => handsel.refused.set(Some((Problem::Open(error), "link"))),
    }
}

/// Fetches the room of a link and goes there. Where another host keeps it, somebody is asked first, once for each address.
#[component]
pub(crate) fn OpeningKept(link: KeptLink) -> impl IntoView {
    let handsel = use_handsel();
    let under_way = UnderWay::new();
    let asks = RwSignal::new(false);
    let link = StoredValue::new(link);
    let host = host_of(&link.get_value());
    let open = move || {
        asks.set(false);
        let open = async move |watch: Watch| handsel.rooms().open_kept(&link.get_value(), &watch).await;
        under_way.run(open, move |received| {
            handsel.kept.set(None);
            incoming::arrive(handsel, received, "address");
        });
    };
    let leave = move |()| {
        handsel.kept.set(None);
        // The address is that of the first page already where the link came into an open page.
        handsel.go(Route::Home);
        handsel.route.set(Route::Home);
    };
    browser::timers::spawn(async move {
        let address = link.with_value(|link| link.address.clone());
        let is_elsewhere = browser::transfer::host_elsewhere(address.as_str()).is_some();
        let has_agreed = !is_elsewhere || handsel.rooms().has_opened_from(&address).await;
        if has_agreed {
            open();
        } else {
            let _ = asks.try_set(true);
        }
    });
    let inside = live(move || {
        if asks.get() {
            let (line, more) = (copy::ask(&host), copy::ASK_MORE);
            return view! {
                <h1>{copy::OPENING}</h1>
                <EmptyState icon="shield" line more>
                    <Button label=copy::OPEN kind=ButtonKind::Primary on_press=move |()| open() />
                    <Button label=words::CANCEL on_press=leave />
                </EmptyState>
            }
            .into_any();
        }
        match under_way.problem.get() {
            Some(problem) => view! {
                <h1>{copy::NOT_OPENED}</h1>
                <EmptyState icon="alert" line=reason(&problem)>
                    <Button label=copy::TRY_AGAIN kind=ButtonKind::Primary on_press=move |()| open() />
                    <Button label=words::ALL_ROOMS on_press=leave />
                </EmptyState>
            }
            .into_any(),
            None => view! {
                <h1>{copy::OPENING}</h1>
                <Progress under_way />
            }
            .into_any(),
        }
    });
    view! { <main class="page trouble" aria-live="polite">{inside}</main> }
}

fn reason(problem: &Problem) -> String {
    match problem {
        Problem::Open(error) => words::open_error(*error, "link"),
        other => words::problem(other),
    }
}
