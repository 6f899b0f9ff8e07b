//! The words around comments.

use session::{Standpoint, Thing};

pub(crate) const COMMENTS: &str = "Comments";
pub(crate) const COMMENT: &str = "Comment";
pub(crate) const INSIDE: &str = "For our team only";
pub(crate) const IS_INSIDE: &str = "Only your team has this. Buyers never get it.";
pub(crate) const COMMENT_HERE: &str = "Comment on what is selected, or on this section";
pub(crate) const CLOSE: &str = "Close comments";
pub(crate) const NEXT: &str = "Next comment";
pub(crate) const PREVIOUS: &str = "Previous comment";
pub(crate) const WHOSE: &str = "Whose comments are shown";
pub(crate) const OF_ALL: &str = "Everybody’s";
pub(crate) const MINE: &str = "With words of mine";
pub(crate) const NAMING_ME: &str = "Mentioning me";
pub(crate) const WHERE: &str = "From where comments are shown";
pub(crate) const EVERYWHERE: &str = "Everywhere";
pub(crate) const IN_TEXT: &str = "Document";
pub(crate) const IN_PRICE: &str = "Price";
pub(crate) const IN_PLAN: &str = "Plan";
pub(crate) const IN_FILES: &str = "Files";
pub(crate) const NONE_OF_THESE: &str = "No comment is like that.";
pub(crate) const SHOW_ALL: &str = "Show all";
pub(crate) const PEOPLE: &str = "People to mention";
pub(crate) const OF_SELLER: &str = "seller";
pub(crate) const OF_BUYER: &str = "buyer";
pub(crate) const MENTIONS_YOU: &str = "Mentions you";
pub(crate) const COMMENT_ON_IT: &str = "Comment on the same";
pub(crate) const THING_GONE: &str = "This is no longer there";
pub(crate) const SHOWN: &str = "Which comments are shown";
pub(crate) const OPEN: &str = "Open";
pub(crate) const SETTLED: &str = "Settled";
pub(crate) const NONE_OPEN: &str = "Nothing is open here.";
pub(crate) const NONE_OPEN_MORE: &str = "Select words in the text to say something about them.";
pub(crate) const NONE_TO_READ_MORE: &str = "What somebody says about the text stands here.";
pub(crate) const NONE_SETTLED: &str = "Nothing is settled yet.";
pub(crate) const WHOLE_SECTION: &str = "On the whole section";
pub(crate) const WORDS_GONE: &str = "These words are no longer in the text";
pub(crate) const YOUR_WORDS: &str = "Your comment";
pub(crate) const YOUR_NAME: &str = "Your name";
pub(crate) const NAME_HINT: &str = "Everybody in this room sees it beside what you say.";
pub(crate) const NAME_NEEDED: &str = "Say who you are, so that the others know whom they answer.";
pub(crate) const WORDS_NEEDED: &str = "Write something first.";
pub(crate) const ANSWER: &str = "Answer";
pub(crate) const YOUR_ANSWER: &str = "Your answer";
pub(crate) const SETTLE: &str = "Settle";
pub(crate) const OPEN_AGAIN: &str = "Open again";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const TAKE_BACK: &str = "Take back";
pub(crate) const TAKEN_BACK: &str = "Your comment is taken back.";
pub(crate) const KEEP: &str = "Keep";
pub(crate) const EDITED: &str = "edited";
pub(crate) const YOU: &str = "You";
pub(crate) const SOMEBODY_SELLER: &str = "Somebody of the seller";
pub(crate) const SOMEBODY_BUYER: &str = "Somebody of the buyer";
pub(crate) const MORE: &str = "More for your comment";

/// What the button in the bar is called where so many threads are open, and so many of them name this person.
pub(crate) fn open_count(count: usize, naming_me: usize) -> String {
    match (count, naming_me) {
        (0, _) => COMMENTS.to_owned(),
        (_, 0) => format!("{COMMENTS}, {count} open"),
        (_, 1) => format!("{COMMENTS}, {count} open, 1 mentions you"),
        _ => format!("{COMMENTS}, {count} open, {naming_me} mention you"),
    }
}

/// What screen readers call a thread: who began it, on what.
pub(crate) fn thread(name: &str, at: &Standpoint) -> String {
    match at {
        Standpoint::Text { quote, .. } if quote.is_empty() => format!("{name} on the whole section"),
        Standpoint::Text { quote, .. } => format!("{name} on “{quote}”"),
        Standpoint::Thing { thing, called, .. } => format!("{name} on {}", on_thing(thing, called)),
    }
}

/// A section as a whole, by its name if it has one.
pub(crate) fn whole_section(name: &str) -> String {
    if name.is_empty() { WHOLE_SECTION.to_owned() } else { format!("{WHOLE_SECTION} “{name}”") }
}

/// Something outside of the text: its place, and what it is called.
pub(crate) fn on_thing(thing: &Thing, called: &str) -> String {
    let place = match thing {
        Thing::Line(_) => IN_PRICE,
        Thing::Step(_) => IN_PLAN,
        Thing::File { .. } => IN_FILES,
    };
    format!("{place} · {}", self::thing(thing, called))
}

/// Something outside of the text by itself.
pub(crate) fn thing(thing: &Thing, called: &str) -> String {
    match thing {
        Thing::File { page: Some(page), .. } => format!("{called}, page {page}"),
        Thing::Line(_) | Thing::Step(_) | Thing::File { .. } => called.to_owned(),
    }
}

/// What a mark beside something does.
pub(crate) fn mark(called: &str, count: usize) -> String {
    match count {
        0 => format!("Comment on {called}"),
        1 => format!("{called}: 1 open comment"),
        _ => format!("{called}: {count} open comments"),
    }
}
