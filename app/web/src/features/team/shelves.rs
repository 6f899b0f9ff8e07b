//! The ways between what the team has to show, to ask and to reckon with.

use leptos::prelude::*;

use super::{Team, copy};
use crate::route::TeamPlace;

/// Links to the parts of the library; `here` is the one on the screen.
pub(super) fn shelves(team: Team, here: TeamPlace) -> AnyView {
    let way = |to: TeamPlace, label: &'static str| {
        let current = (to == here).then_some("page");
        view! { <li><a class="button" data-kind="quiet" href=team.href(to) aria-current=current>{label}</a></li> }
    };
    view! {
        <nav aria-label=copy::SHELVES>
            <ul class="process-tabs">
                {way(TeamPlace::Library, copy::NUGGETS)}
                {way(TeamPlace::Questions, copy::QUESTIONS_TO_ASK)}
                {way(TeamPlace::Calculators, copy::CALCULATORS)}
            </ul>
        </nav>
    }
    .into_any()
}
