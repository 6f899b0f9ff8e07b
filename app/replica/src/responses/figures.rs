//! What somebody put into the calculator in place of the seller's figures.

use terms::price::Decimal;
use yrs::Any;

use super::{Responses, Word, words::text};
use crate::guard::Refused;

/// The root map with all of them, by the names of inputs.
const FIGURES: &str = "roi";

impl Responses {
    /// What was put in, by the names of inputs; none where it was taken back.
    pub fn figures(&self) -> Vec<(String, Word<Option<Decimal>>)> {
        self.words(FIGURES, |_, fields| {
            let put = text(fields, "put")?;
            if put.is_empty() { Some(None) } else { Decimal::parse(put).map(Some) }
        })
    }

    /// Puts a figure in, or takes it back.
    pub fn put_figure(&mut self, input: &str, word: &Word<Option<Decimal>>) -> Result<(), Refused> {
        let put = word.says.map(|number| number.to_string()).unwrap_or_default();
        self.say(FIGURES, input, ("put", Any::from(put)), word)
    }
}
