//! A calculator to begin with: hours that a task takes now, against what something costs that takes less of them.

use super::{Calculator, Input, Outcome, PRICE_ONCE, PRICE_YEARLY, Unit};
use crate::price::Decimal;

/// An input: its name, the key of its unit or money where that is empty, value, least, most.
struct Begun(&'static str, &'static str, i64, i64, i64);

const INPUTS: [Begun; 7] = [
    Begun("people", "people", 5, 1, 100_000),
    Begun("hours", "hours", 20, 0, 744),
    Begun("hour_cost", "", 50, 0, 10_000),
    Begun("share_saved", "percent", 40, 0, 100),
    Begun(PRICE_ONCE, "", 0, 0, 1_000_000_000),
    Begun(PRICE_YEARLY, "", 0, 0, 1_000_000_000),
    Begun("years", "years", 3, 1, 10),
];

/// An outcome: its name, the key of its unit or money where that is empty, its formula.
const OUTCOMES: [(&str, &str, &str); 5] = [
    ("saving", "", "people * hours * 12 * hour_cost * share_saved / 100"),
    ("cost", "", "price.once + price.yearly * years"),
    // What saves nothing is never paid back, which is a division by zero.
    ("payback", "months", "round(price.once / max((saving - price.yearly) / 12, 0), 1)"),
    ("return", "", "saving * years - cost"),
    ("return_share", "percent", "round((saving * years - cost) / cost * 100, 0)"),
];

/// The calculator, under the name `id`. `words` tells what things are called, by keys: `roi` for itself, `roi/` and the name of an input or
/// an outcome, and `unit/` with `people`, `hours`, `percent`, `years` and `months`.
pub fn starter(id: &str, words: &dyn Fn(&str) -> String) -> Calculator {
    let unit =
        |key: &str| if key.is_empty() { Unit::Money } else { Unit::Named(words(&format!("unit/{key}"))) };
    let label = |name: &str| words(&format!("roi/{name}"));
    let input = |Begun(name, key, value, least, most): &Begun| Input {
        name: (*name).to_owned(),
        label: label(name),
        unit: unit(key),
        value: Decimal::whole(*value),
        least: Some(Decimal::whole(*least)),
        most: Some(Decimal::whole(*most)),
    };
    let outcome = |(name, key, formula): &(&str, &str, &str)| Outcome {
        name: (*name).to_owned(),
        label: label(name),
        unit: unit(key),
        formula: (*formula).to_owned(),
    };
    Calculator {
        id: id.to_owned(),
        title: words("roi"),
        inputs: INPUTS.iter().map(input).collect(),
        outcomes: OUTCOMES.iter().map(outcome).collect(),
        ..Calculator::default()
    }
}
