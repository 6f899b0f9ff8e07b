//! The team's rules: read by everybody of the team, written by its admins.

use std::cell::Ref;

use terms::rule::{Fault, KeptRule, Rule, RuleVersion, Starter, StarterWords};

use super::Book;
use crate::Problem;

impl Book {
    /// The rules, in the order of their names among rules, with their versions. Let go of them before anything is written.
    pub fn rules(&self) -> Ref<'_, [KeptRule]> {
        Ref::map(self.0.read.borrow(), |read| read.rules.as_slice())
    }

    /// Makes of a rule what it is to be, as a version that does not replace the ones before, or makes a new one where it has no name
    /// among rules. Answers its name. It is a step to undo.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is no admin, and [`Problem::Rule`] where it makes no sense.
    pub fn write_rule(&self, rule: &Rule) -> Result<String, Problem> {
        self.may_certify()?;
        let id = if rule.id.is_empty() { self.new_name() } else { rule.id.clone() };
        let rule = Rule { id: id.clone(), ..rule.clone() };
        rule.check()?;
        let last = self.rules().iter().find(|it| it.rule.id == id).and_then(|it| it.versions.last().cloned());
        if last.as_ref().is_some_and(|last| last.rule == rule) {
            return Ok(id);
        }
        let at = self.after(last.map(|last| last.at));
        let version = RuleVersion { id: self.new_name(), at, by: self.own_name(), rule };
        self.write(vec![version.written()], Vec::new())?;
        Ok(id)
    }

    /// Adds a rule to begin with. Answers its name.
    ///
    /// # Errors
    /// As [`Book::write_rule`].
    pub fn add_starter_rule(&self, starter: Starter, words: &StarterWords<'_>) -> Result<String, Problem> {
        self.write_rule(&starter.rule("", words))
    }

    /// Removes rules. What they said stays in the book, unseen, and undo brings it back.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is no admin, and [`Problem::Rule`] where one is not there.
    pub fn remove_rules(&self, ids: &[String]) -> Result<(), Problem> {
        self.may_certify()?;
        let is_there = |id: &String| self.rules().iter().any(|it| it.rule.id == *id);
        if !ids.iter().all(is_there) {
            return Err(Fault::NotThere.into());
        }
        self.write(ids.iter().map(|id| KeptRule::gone(id)).collect(), Vec::new())
    }
}
