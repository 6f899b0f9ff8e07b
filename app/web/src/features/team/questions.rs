//! What the team asks buyers, and by what it reckons what something is worth: where both are written. A part of the program of its own.

mod calculator;
mod calculators;
mod condition;
mod copy;
mod editor;
mod list;
mod reveals;

use leptos::prelude::*;

use super::{Team, shelves::shelves};
use crate::later::part;
use calculators::CalculatorsPage;
use list::QuestionsPage;

/// What the part is to show.
#[derive(Clone, Copy)]
pub(super) enum Given {
    /// The questions.
    Questions(Team),
    /// The calculators.
    Calculators(Team),
}

part!(questions(Given) => |given| match given {
    Given::Questions(team) => view! { <QuestionsPage team /> }.into_any(),
    Given::Calculators(team) => view! { <CalculatorsPage team /> }.into_any(),
});
