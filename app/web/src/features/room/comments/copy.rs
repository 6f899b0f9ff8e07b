//! The words around comments.

pub(crate) const COMMENTS: &str = "Comments";
pub(crate) const COMMENT: &str = "Comment";
pub(crate) const COMMENT_HERE: &str = "Comment on what is selected, or on this section";
pub(crate) const CLOSE: &str = "Close comments";
pub(crate) const NEXT: &str = "Next comment";
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

/// What the button in the bar is called where so many threads are open.
pub(crate) fn open_count(count: usize) -> String {
    match count {
        0 => COMMENTS.to_owned(),
        1 => format!("{COMMENTS}, 1 open"),
        _ => format!("{COMMENTS}, {count} open"),
    }
}

/// What screen readers call a thread.
pub(crate) fn thread(name: &str, quote: &str) -> String {
    if quote.is_empty() { format!("{name} on the whole section") } else { format!("{name} on “{quote}”") }
}
