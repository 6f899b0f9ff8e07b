//! The words for writing questions.

use terms::question::{Asks, Condition, Fault, Question};

pub(super) const QUESTIONS: &str = "Questions";
pub(super) const ABOUT: &str =
    "What you ask buyers, in this order. Answers reveal problems, fill in proposals and calculators.";
pub(super) const EMPTY: &str = "What you ask buyers will be here";
pub(super) const EMPTY_MORE: &str = "Begin with twelve questions that fit most of what businesses sell to each other, and change them as you learn.";
pub(super) const BEGIN: &str = "Begin with twelve questions";
pub(super) const NEW: &str = "New question";
pub(super) const NOBODY: &str = "Asked of nobody";
pub(super) const GROUND_GONE: &str = "What it waits for is gone";
pub(super) const KEYS: &str = "Alt with an arrow key moves a question.";
pub(super) const UP: &str = "Move up";
pub(super) const DOWN: &str = "Move down";
pub(super) const REMOVE: &str = "Remove";
pub(super) const EDIT: &str = "Question";
pub(super) const CLOSE: &str = "Close";
pub(super) const SAVE: &str = "Save";
pub(super) const SAVED: &str = "The question is kept.";
pub(super) const WORDS: &str = "What is asked";
pub(super) const WHY: &str = "Why it is asked";
pub(super) const WHY_HINT: &str = "For whoever asks. Buyers never see it.";
pub(super) const ASKS: &str = "What sort of answer";
pub(super) const UNIT: &str = "What the number is of";
pub(super) const UNIT_HINT: &str = "Such as people, or hours a month.";
pub(super) const CHOICES: &str = "Choices";
pub(super) const CHOICES_HINT: &str = "A line each.";
pub(super) const WHEN: &str = "When it is asked";
pub(super) const WHEN_HINT: &str = "Left empty, it is asked of every deal. Several with commas between them.";
pub(super) const ONLY_IF: &str = "Only if";
pub(super) const ALWAYS: &str = "Whatever else was answered";
pub(super) const ANSWER_IS: &str = "has the answer";
pub(super) const REVEALS: &str = "What the answer reveals";
pub(super) const REVEALS_HINT: &str =
    "A problem, as the tags of nuggets name it. Buyers read its name as a heading.";
pub(super) const PROBLEM: &str = "Problem";
pub(super) const IF_ANSWER: &str = "If the answer is";
pub(super) const ADD_PROBLEM: &str = "Add a problem";
pub(super) const GIVES: &str = "What else it gives";
pub(super) const VARIABLE: &str = "Variable";
pub(super) const VARIABLE_HINT: &str = "Such as buyer.goal, for {{buyer.goal}} in nuggets.";
pub(super) const INPUT: &str = "Figure of a calculator";
pub(super) const INPUT_HINT: &str = "The name of what goes in, such as people.";
pub(super) const PRODUCT: &str = "How many of a product";
pub(super) const PRODUCT_HINT: &str = "As your list of products names it.";
pub(super) const ANY: &str = "anything at all";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";
pub(super) const CHOSEN: &str = "one of these";
pub(super) const AT_LEAST: &str = "at least";
pub(super) const AT_MOST: &str = "at most";
pub(super) const NUMBER: &str = "Number";
pub(super) const WHICH: &str = "Which of the choices";

pub(super) fn asks(asks: Asks) -> &'static str {
    match asks {
        Asks::YesNo => "Yes or no",
        Asks::One => "One of several",
        Asks::Several => "Some of several",
        Asks::Number => "A number",
        Asks::Money => "An amount",
        Asks::Text => "Words",
    }
}

/// What an answer is like, in words.
pub(super) fn condition(condition: &Condition, question: &Question) -> String {
    match condition {
        Condition::Given => ANY.to_owned(),
        Condition::Yes => YES.to_owned(),
        Condition::No => NO.to_owned(),
        Condition::Chosen(any) => {
            let words = any.iter().filter_map(|id| question.choice(id)).map(|it| it.words.as_str());
            words.collect::<Vec<_>>().join(", ")
        }
        Condition::AtLeast(number) => format!("{AT_LEAST} {number}"),
        Condition::AtMost(number) => format!("{AT_MOST} {number}"),
    }
}

pub(super) fn only_if(question: &str, answer: &str) -> String {
    format!("Only if “{question}”: {answer}")
}

pub(super) fn more_for(question: &str) -> String {
    format!("More for “{question}”")
}

pub(super) fn remove_problem(problem: &str) -> String {
    format!("Remove “{problem}”")
}

pub(super) fn begun(count: usize) -> String {
    format!("{count} questions are here.")
}

fn quoted(all: &[String]) -> String {
    all.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ")
}

pub(super) fn asked_of_nobody(all: &[String]) -> String {
    format!(
        "Asked of nobody, since what they wait for is gone or waits for them: {}. Open them and change “{ONLY_IF}”.",
        quoted(all)
    )
}

/// What was removed, and what is asked of nobody now.
pub(super) fn removed(lost: &[String]) -> String {
    match lost {
        [] => "The question is removed. What was answered stays with the deals.".to_owned(),
        lost => format!("The question is removed. Asked of nobody now: {}.", quoted(lost)),
    }
}

/// Why a question is not kept, and what to do. `named` tells what the question with a name asks.
pub(super) fn fault(fault: &Fault, named: impl Fn(&str) -> String) -> String {
    match fault {
        Fault::Unworded => "Write what is asked.".to_owned(),
        Fault::TooLong => "Something here is too long. Shorten it.".to_owned(),
        Fault::Choices => "Write at least one choice, each on a line of its own and none twice.".to_owned(),
        Fault::NoGround => "The question that it waits for is gone. Choose another, or none.".to_owned(),
        Fault::Condition(id) => {
            format!("“{}” waits for an answer that can no longer be given. Change one of the two.", named(id))
        }
        Fault::Circle(ids) => {
            let way: Vec<String> = ids.iter().chain(ids.first()).map(|id| format!("“{}”", named(id))).collect();
            format!("These would wait for each other: {}. Change what one of them waits for.", way.join(" → "))
        }
        Fault::BadName => {
            "A variable or a figure has a name of letters, digits, points and _, such as buyer.goal.".to_owned()
        }
        Fault::NoValue => {
            "This sort of answer gives no such value: a figure and a quantity need a number, and yes or no fills nothing in.".to_owned()
        }
        Fault::NoSuchQuestion | Fault::OtherAnswer => {
            "Somebody changed this question meanwhile. Close it and open it again.".to_owned()
        }
    }
}
