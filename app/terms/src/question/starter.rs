//! Questions to begin with, for most of what businesses sell to each other.

use super::{Asks, Branch, Choice, Condition, Question, Reveal};
use crate::price::Decimal;

/// A condition, with its choices by their keys.
enum Like {
    Yes,
    AtLeast(i64),
    Chosen(&'static [&'static str]),
}

/// A question: its name, what it asks for, its choices, on which yes it branches, the problems that it reveals, its variable, its input.
struct Begun {
    id: &'static str,
    asks: Asks,
    choices: &'static [&'static str],
    branch: &'static str,
    reveals: &'static [(&'static str, Like)],
    variable: &'static str,
    input: &'static str,
}

const BLANK: Begun =
    Begun { id: "", asks: Asks::Text, choices: &[], branch: "", reveals: &[], variable: "", input: "" };

const ALL: [Begun; 12] = [
    Begun { id: "reason", variable: "buyer.reason", ..BLANK },
    Begun { id: "goal", variable: "buyer.goal", ..BLANK },
    Begun {
        id: "way",
        asks: Asks::One,
        choices: &["sheets", "own", "product", "none"],
        reveals: &[
            ("handwork", Like::Chosen(&["sheets", "none"])),
            ("aged", Like::Chosen(&["own", "product"])),
        ],
        variable: "buyer.way",
        ..BLANK
    },
    Begun { id: "people", asks: Asks::Number, variable: "buyer.people", input: "people", ..BLANK },
    Begun {
        id: "hours",
        asks: Asks::Number,
        reveals: &[("slow", Like::AtLeast(20))],
        variable: "buyer.hours",
        input: "hours",
        ..BLANK
    },
    Begun { id: "hour-cost", asks: Asks::Money, input: "hour_cost", ..BLANK },
    Begun { id: "errors", asks: Asks::YesNo, reveals: &[("errors", Like::Yes)], ..BLANK },
    Begun { id: "error-cost", asks: Asks::Money, branch: "errors", variable: "buyer.error_cost", ..BLANK },
    Begun {
        id: "figures",
        asks: Asks::Several,
        choices: &["late", "doubted", "scattered", "good"],
        reveals: &[("late", Like::Chosen(&["late"])), ("doubted", Like::Chosen(&["doubted", "scattered"]))],
        ..BLANK
    },
    Begun { id: "tried", asks: Asks::YesNo, reveals: &[("relapse", Like::Yes)], ..BLANK },
    Begun { id: "tried-why", branch: "tried", variable: "buyer.tried", ..BLANK },
    Begun {
        id: "decide",
        asks: Asks::Several,
        choices: &["user", "finance", "it", "legal", "head"],
        ..BLANK
    },
];

/// The questions, in order. `words` tells what is read, by keys: the name of a question; behind that and a `/` the names of its choices,
/// `why` it is asked, and `unit`; and `problem/` with the names of problems. [`super::english`] has all of them.
pub fn starter(words: &dyn Fn(&str) -> String) -> Vec<Question> {
    ALL.iter().map(|begun| question(begun, words)).collect()
}

fn question(begun: &Begun, words: &dyn Fn(&str) -> String) -> Question {
    let of = |part: &str| words(&format!("{}/{part}", begun.id));
    let reveal = |(key, like): &(&str, Like)| Reveal {
        id: (*key).to_owned(),
        problem: words(&format!("problem/{key}")),
        is: match like {
            Like::Yes => Condition::Yes,
            Like::AtLeast(least) => Condition::AtLeast(Decimal::whole(*least)),
            Like::Chosen(any) => Condition::Chosen(any.iter().map(|it| (*it).to_owned()).collect()),
        },
    };
    let branch = Branch { question: begun.branch.to_owned(), is: Condition::Yes };
    Question {
        id: begun.id.to_owned(),
        words: words(begun.id),
        hint: of("why"),
        asks: begun.asks,
        unit: if begun.asks == Asks::Number { of("unit") } else { String::new() },
        choices: begun.choices.iter().map(|it| Choice { id: (*it).to_owned(), words: of(it) }).collect(),
        branch: (!begun.branch.is_empty()).then_some(branch),
        reveals: begun.reveals.iter().map(reveal).collect(),
        variable: begun.variable.to_owned(),
        input: begun.input.to_owned(),
        ..Question::default()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{super::english, *};

    #[test]
    fn they_can_be_kept_and_all_their_words_are_there() {
        let asked = RefCell::new(Vec::new());
        let words = |key: &str| {
            asked.borrow_mut().push(key.to_owned());
            english(key).to_owned()
        };
        let all = starter(&words);
        for question in &all {
            assert_eq!(question.check(&all), Ok(()), "{}", question.id);
        }
        let calculator = crate::roi::starter("r", &words);
        assert_eq!(calculator.check(), Ok(()));
        for key in asked.borrow().iter() {
            assert!(!english(key).is_empty(), "{key}");
        }
        let inputs: Vec<&str> = calculator.inputs.iter().map(|it| it.name.as_str()).collect();
        for question in all.iter().filter(|it| !it.input.is_empty()) {
            assert!(inputs.contains(&question.input.as_str()), "{}", question.input);
        }
        assert_eq!((all.len(), all.iter().filter(|it| it.branch.is_some()).count()), (12, 2));
    }
}
