//! The team's rules: what they say, who holds which role, what waits for a decision, and what they hold back. A part of the program of
//! its own.

mod copy;
mod editor;
mod held;
mod inbox;
mod list;
mod log;
mod notice;
mod page;
mod people;
mod said;

use leptos::prelude::*;

use super::Team;
use crate::{
    handsel::Handsel,
    later::{dialog_later, part},
};
use held::HeldDialog;
pub(crate) use notice::RuleNotice;
use page::RulesPage;

/// What the part is to show.
#[derive(Clone, Copy)]
pub(crate) enum Given {
    /// The place.
    Page(Team),
    /// What was held back.
    Held(Handsel),
}

part!(rules(Given) => |given| match given {
    Given::Page(team) => view! { <RulesPage team /> }.into_any(),
    Given::Held(handsel) => view! { <HeldDialog handsel /> }.into_any(),
});

/// The dialog that says what holds an act back, once something does.
pub(crate) fn held_dialog(handsel: Handsel) -> AnyView {
    dialog_later(rules, Given::Held(handsel), handsel.is_held)
}
