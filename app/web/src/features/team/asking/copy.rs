//! The words for interviews, and for the proposals that follow.

use insight::proposal::{Part, Source};

pub(super) const INTERVIEW: &str = "Interview";
pub(super) const WHO_ANSWERS: &str = "Who answers";
pub(super) const NOBODY: &str = "Nobody in particular";
pub(super) const TO_PROPOSAL: &str = "Make the proposal";
pub(super) const PROGRESS: &str = "Answered so far";
pub(super) const ASKED_BEFORE: &str = "Asked earlier";
pub(super) const YES: &str = "Yes";
pub(super) const NO: &str = "No";
pub(super) const PASSED: &str = "Passed over";
pub(super) const NEXT: &str = "Next";
pub(super) const BACK: &str = "Back";
pub(super) const SKIP: &str = "Skip";
pub(super) const BY_NUMBER: &str = "Press its number. ← goes back.";
pub(super) const SEVERAL_BY_NUMBER: &str = "Press their numbers, then Enter.";
pub(super) const ENTER: &str = "Enter goes on.";
pub(super) const ENTER_OR_LINE: &str = "Enter goes on, Shift+Enter begins a line.";
pub(super) const CHOOSE_SOME: &str = "Choose at least one, or skip the question.";
pub(super) const WRITE_OR_SKIP: &str = "Write an answer, or skip the question.";
pub(super) const NO_NUMBER: &str = "Write a number, such as 12 or 1,250.50.";
pub(super) const ALL_ASKED: &str = "That is all there is to ask";
pub(super) const ASK_ON: &str = "Ask what is left";
pub(super) const PROBLEMS: &str = "What they need solved";
pub(super) const NO_PROBLEMS: &str = "Problems show here as answers reveal them.";
pub(super) const ANSWERS: &str = "Answers";
pub(super) const NO_ANSWERS: &str = "None yet. Press one here later to change it.";
pub(super) const FROM_BEFORE: &str = "From earlier steps";
pub(super) const DO_NOT_COUNT: &str = "Kept, and not counted as the answers stand now";
pub(super) const NO_QUESTIONS: &str = "What you ask buyers will be here";
pub(super) const NO_QUESTIONS_MORE: &str =
    "Your team has no questions yet. Begin with ours, and change them as you learn.";
pub(super) const NONE_FITS: &str =
    "None of your team’s questions is for a deal like this one. Look at their tags.";
pub(super) const TO_QUESTIONS: &str = "To the questions";

pub(super) const PROPOSAL: &str = "Proposal";
pub(super) const WHO_FOR: &str = "Who it is for";
pub(super) const MAKE_ROOM: &str = "Make the room";
pub(super) const MAKING: &str = "The room is being made.";
pub(super) const MADE: &str = "The room is made. Share it when you have read it once.";
pub(super) const UNTITLED: &str = "Proposal";
pub(super) const TO_INTERVIEW: &str = "Interview";
pub(super) const ABOUT: &str =
    "Put together from your library by what they told you. Buyers see none of it until you share the room.";
pub(super) const HAS_ROOM: &str = "This deal has a room. Another is made, and takes its place here.";
pub(super) const CHANGED: &str = "Since you changed this draft, something else was answered or approved.";
pub(super) const ANEW: &str = "Draft it anew";
pub(super) const TITLE: &str = "Title of the room";
pub(super) const NO_SECTIONS: &str = "No words for it yet";
pub(super) const NO_SECTIONS_MORE: &str = "Nothing approved in your library fits this deal. A room can be made all the same, or approve some nuggets first.";
pub(super) const TO_LIBRARY: &str = "To the library";
pub(super) const HEADING: &str = "Heading";
pub(super) const PUT_IN: &str = "Put something in";
pub(super) const BY_HAND: &str = "Nothing says that it fits this deal in particular.";
pub(super) const SEARCH: &str = "Search the library";
pub(super) const CLEAR: &str = "Clear the search";
pub(super) const CLOSE: &str = "Close";
pub(super) const NOTHING_LEFT: &str = "Nothing else that is approved is like that.";
pub(super) const VARIABLES: &str = "What is filled in";
pub(super) const STANDS_FOR_NOTHING: &str = "Stands for nothing yet";
pub(super) const PRICE: &str = "Price";
pub(super) const NO_LINES: &str =
    "No product of the deal is in your list. The price can be written in the room.";
pub(super) const WORTH: &str = "What it is worth";
pub(super) const LEAVE_OUT: &str = "Leave out";
pub(super) const CHANGE_FIGURES: &str = "Change the figures";
pub(super) const NEW_SECTION: &str = "Another section";

pub(super) fn person(name: &str, role: &str) -> String {
    if role.is_empty() { name.to_owned() } else { format!("{name}, {role}") }
}

pub(super) fn question_of(at: usize, count: usize) -> String {
    format!("{at} of {count}")
}

pub(super) fn answered_of(done: usize, count: usize) -> String {
    if done == count { "All answered".to_owned() } else { format!("{done} answered") }
}

pub(super) fn number_of(number: &str, unit: &str) -> String {
    format!("{number} {unit}").trim_end().to_owned()
}

/// An answer, behind its question.
pub(super) fn because(question: &str, says: &str) -> String {
    format!("{question} {says}")
}

pub(super) fn answered_by(who: &str, by: &str, when: &str) -> String {
    match (who.is_empty(), by.is_empty()) {
        (true, true) => when.to_owned(),
        (true, false) => format!("Noted by {by}, {when}"),
        (false, true) => format!("{who}, {when}"),
        (false, false) => format!("{who}, noted by {by}, {when}"),
    }
}

pub(super) fn found(problems: usize) -> String {
    match problems {
        0 => {
            "No answer revealed a problem, so the proposal is put together by what else is known.".to_owned()
        }
        1 => "One problem is revealed. The proposal begins with what helps.".to_owned(),
        some => format!("{some} problems are revealed. The proposal has what helps with each."),
    }
}

/// With a capital letter at its beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// What a section of a proposal is called.
pub(super) fn heading(part: &Part) -> String {
    match part {
        Part::Opening => "Where you stand".to_owned(),
        Part::Problem(problem) => capital(problem),
        Part::Benefits => "What you gain".to_owned(),
        Part::Worth => "What it is worth".to_owned(),
        Part::Cases => "Who has done it".to_owned(),
        Part::Answers => "What you may ask yourselves".to_owned(),
        Part::People => "Who will work with you".to_owned(),
    }
}

pub(super) fn nothing_for(problems: &[String]) -> String {
    format!("Nothing in the library answers this yet: {}.", problems.join(", "))
}

pub(super) fn unlisted(products: &[String]) -> String {
    format!("Not in your list of products, so without a price: {}.", products.join(", "))
}

pub(super) fn unfilled(count: usize) -> String {
    if count == 1 { "1 left empty".to_owned() } else { format!("{count} left empty") }
}

pub(super) fn taken_out(title: &str) -> String {
    format!("“{title}” is out of the proposal.")
}

pub(super) fn take_out_of(title: &str) -> String {
    format!("Take out “{title}”")
}

pub(super) fn put_into(heading: &str) -> String {
    format!("{PUT_IN}: {heading}")
}

pub(super) fn leave_out_of(product: &str) -> String {
    format!("Leave out “{product}”")
}

pub(super) fn quantity_of(product: &str) -> String {
    format!("How many: {product}")
}

pub(super) fn first_year(amount: &str) -> String {
    format!("{amount} in the first year, before tax")
}

pub(super) fn figures_of_theirs(count: usize) -> String {
    match count {
        0 => "With your figures. They can change them in the room.".to_owned(),
        1 => "With one figure of theirs. They can change it in the room.".to_owned(),
        some => format!("With {some} figures of theirs. They can change them in the room."),
    }
}

/// Where the value of a variable is from. `question` is what was asked, where it is from an answer.
pub(super) fn source(source: &Source, question: &str) -> String {
    match source {
        Source::Answer(_) if !question.is_empty() => format!("From “{question}”"),
        Source::Answer(_) => "From an answer".to_owned(),
        Source::Deal => "From the deal".to_owned(),
        Source::Account => "From the account".to_owned(),
        Source::Contact => "From whom it is for".to_owned(),
        Source::Hand => "Written here".to_owned(),
    }
}
