//! What an author says of the plan's steps: that one is done, or by which other day it could be.

use terms::plan::Day;
use yrs::Any;

use super::{
    Responses, Word,
    words::{is_true, text},
};
use crate::guard::Refused;

impl Responses {
    /// Which steps this author said are done, or are not after all, by the steps' names.
    pub fn confirmations(&self) -> Vec<(String, Word<bool>)> {
        self.words("confirmed", |_, fields| Some(is_true(fields, "done")))
    }

    /// Says whether a step is done.
    pub fn confirm(&mut self, step: &str, word: Word<bool>) -> Result<(), Refused> {
        self.say("confirmed", step, ("done", Any::Bool(word.says)), &word)
    }

    /// Which other days this author proposed for steps; none where a proposal was taken back.
    pub fn proposals(&self) -> Vec<(String, Word<Option<Day>>)> {
        self.words("proposed", |_, fields| Some(text(fields, "day").and_then(Day::parse)))
    }

    /// Proposes another day for a step, or takes it back.
    pub fn propose(&mut self, step: &str, word: Word<Option<Day>>) -> Result<(), Refused> {
        let day = word.says.map(|day| day.to_string()).unwrap_or_default();
        self.say("proposed", step, ("day", Any::from(day)), &word)
    }
}
