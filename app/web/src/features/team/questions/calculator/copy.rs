//! The words for writing calculators.

use terms::roi::{Fault, ROWS_MAX, Syntax, What};

pub(in super::super) const CALCULATORS: &str = "Calculators";
pub(in super::super) const ABOUT: &str =
    "What it is worth to a buyer, by figures that they can change in their room.";
pub(in super::super) const EMPTY: &str = "What something is worth will be reckoned here";
pub(in super::super) const EMPTY_MORE: &str =
    "Begin with hours that work takes now, against what you ask. Change what goes in and how it is reckoned.";
pub(in super::super) const BEGIN: &str = "Begin with one";
pub(in super::super) const ANOTHER: &str = "Another calculator";
pub(in super::super) const BEGUN: &str = "The calculator is here.";
pub(super) const NOT_SAVED: &str = "Not saved yet";
pub(super) const DISCARD: &str = "Discard";
pub(super) const SAVE: &str = "Save the calculator";
pub(super) const SAVED: &str = "The calculator is kept. Rooms keep theirs.";
pub(super) const REMOVE: &str = "Remove the calculator";
pub(super) const REMOVED: &str = "The calculator is removed. Rooms keep theirs.";
pub(super) const TITLE: &str = "Title";
pub(super) const INPUTS: &str = "What goes in";
pub(super) const OUTCOMES: &str = "What comes out";
pub(super) const FORMULA_HINT: &str = "Names with + − × ÷ or * and /, brackets, percentages such as 12.5%, comparisons, min, max, round(x, 2) and if(is, then, else). price.once and price.yearly are what the price asks.";
pub(super) const ADD_INPUT: &str = "Add a figure";
pub(super) const ADD_OUTCOME: &str = "Add a result";
pub(super) const NEW_INPUT: &str = "New figure";
pub(super) const NEW_OUTCOME: &str = "New result";
pub(super) const LABEL: &str = "What people read";
pub(super) const NAME: &str = "Name in formulas";
pub(super) const UNIT: &str = "Of what";
/// What stands where a figure is an amount.
pub(super) const MONEY: &str = "money";
pub(super) const VALUE: &str = "Value";
pub(super) const LEAST: &str = "Least";
pub(super) const MOST: &str = "Most";
pub(super) const FORMULA: &str = "Formula";
pub(super) const NO_NUMBER: &str = "Write a number, such as 12.5.";
pub(super) const TRY: &str = "Try it out";
/// What is marked where a formula ends too early.
pub(super) const END: &str = " … ";

pub(super) fn more_for(title: &str) -> String {
    format!("More for {title}")
}

pub(super) fn cell(head: &str, row: &str) -> String {
    format!("{head}: {row}")
}

pub(super) fn remove_row(row: &str) -> String {
    format!("Remove “{row}”")
}

/// What is wrong, behind the row that it is about.
pub(super) fn in_row(row: &str, fault: &str) -> String {
    if row.is_empty() { fault.to_owned() } else { format!("{row}: {fault}") }
}

/// What is wrong, and how to mend it.
pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Syntax(Syntax { what, .. }) => syntax(*what).to_owned() + " ",
        Fault::NoSuchName(name) => format!("Nothing is called “{name}”. Add it, or write another name."),
        Fault::ByZero => "It divides by zero.".to_owned(),
        Fault::TooLarge => "It is too large to reckon.".to_owned(),
        Fault::Places => "It is rounded to 0 to 6 decimals.".to_owned(),
        Fault::Circle(names) => {
            let way: Vec<&str> = names.iter().chain(names.first()).map(String::as_str).collect();
            format!("It would be reckoned from itself: {}. Change one of these.", way.join(" → "))
        }
        Fault::RestsOn(name) => format!("It needs “{name}”, which does not come out."),
        Fault::BadName => {
            "A name begins with a letter, has letters, digits, points and _, and is there once.".to_owned()
        }
        Fault::Bounds => "The value is between the least and the most, in this order.".to_owned(),
        Fault::TooMany => format!("There are at most {ROWS_MAX} of each."),
        Fault::TooLong => "This is too long. Shorten it.".to_owned(),
        Fault::Untitled => "Give it a title.".to_owned(),
    }
}

fn syntax(what: What) -> &'static str {
    match what {
        What::Unexpected => "Something else should stand here:",
        What::EndsEarly => "It ends before it is whole:",
        What::Number => "A number has at most six decimals:",
        What::LongName => "This name is too long:",
        What::NoSuchFunction => "There is no such function; there are min, max, round and if:",
        What::Values => "This function takes another count of values:",
        What::TooDeep => "Too many brackets stand in each other:",
        What::TooLong => "The formula is too long:",
    }
}
