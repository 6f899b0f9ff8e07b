//! The words of a room's first page.

pub(crate) const SEE_CHANGES: &str = "See what changed";
pub(crate) const EDIT: &str = "Edit this page";
pub(crate) const EDIT_TITLE: &str = "First page";
pub(crate) const NEXT: &str = "What is next";
pub(crate) const NOTHING_NEXT: &str = "Nothing is waiting for anybody.";
pub(crate) const NO_PLAN: &str = "There is no plan yet.";
pub(crate) const MAKE_PLAN: &str = "Make a plan";
pub(crate) const PROPOSAL: &str = "Proposal";
pub(crate) const READ: &str = "Read it";
pub(crate) const OPEN: &str = "Open";
pub(crate) const PEOPLE: &str = "People";
pub(crate) const NO_PEOPLE: &str = "Name the people on both sides, so that everybody knows whom to ask.";
pub(crate) const ADD_PERSON: &str = "Add somebody";
pub(crate) const PERSON_TITLE: &str = "Somebody in this deal";
pub(crate) const COMMENTS: &str = "Comments";
pub(crate) const SEE_COMMENTS: &str = "See them";
pub(crate) const PLAN: &str = "Plan";
pub(crate) const SELLER_SIDE: &str = "Seller";
pub(crate) const BUYER_SIDE: &str = "Buyer";
pub(crate) const SELLER: &str = "Your company";
pub(crate) const BUYER: &str = "Their company";
pub(crate) const WELCOME: &str = "Greeting";
pub(crate) const WELCOME_HINT: &str = "The first thing that whoever opens the room reads.";
pub(crate) const WELCOME_EMPTY: &str = "Welcome. Here is everything about this deal.";
pub(crate) const COLOUR: &str = "Accent colour";
pub(crate) const HUES: [(&str, &str); 7] = [
    ("", "Petrol"),
    ("255", "Blue"),
    ("295", "Violet"),
    ("350", "Magenta"),
    ("25", "Red"),
    ("60", "Amber"),
    ("155", "Green"),
];
pub(crate) const SAVE: &str = "Keep";
pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "Leave it empty where you only know what they will do.";
pub(crate) const ROLE: &str = "Role";
pub(crate) const MAIL: &str = "E-mail";
pub(crate) const PHONE: &str = "Phone";
pub(crate) const SIDE: &str = "Side";
pub(crate) const REMOVE: &str = "Take away";
pub(crate) const REMOVED: &str = "They are no longer on this page.";
pub(crate) const NOBODY: &str = "Say a name or a role.";
pub(crate) const NOT_KNOWN: &str = "not named yet";

pub(crate) const PRICE_CHANGED: &str = "The price was changed";
pub(crate) const PLAN_CHANGED: &str = "The plan was changed";

pub(crate) fn since(ago: &str) -> String {
    format!("Since your last visit, {ago}")
}

pub(crate) fn section_changed(name: &str) -> String {
    format!("“{name}” was changed")
}

pub(crate) fn more_changed(count: usize) -> String {
    if count == 1 {
        "1 more section was changed".to_owned()
    } else {
        format!("{count} more sections were changed")
    }
}

pub(crate) fn step_done(name: &str) -> String {
    format!("“{name}” is done")
}

pub(crate) fn new_comments(count: usize) -> String {
    if count == 1 { "1 new comment".to_owned() } else { format!("{count} new comments") }
}

pub(crate) fn new_files(count: usize) -> String {
    if count == 1 { "1 new file".to_owned() } else { format!("{count} new files") }
}

/// For whom the room is.
pub(crate) fn for_whom(buyer: &str) -> String {
    format!("For {buyer}")
}

/// From whom it is, and for whom.
pub(crate) fn between(seller: &str, buyer: &str) -> String {
    match (seller, buyer) {
        ("", "") => String::new(),
        ("", buyer) => for_whom(buyer),
        (seller, "") => format!("From {seller}"),
        (seller, buyer) => format!("{seller} for {buyer}"),
    }
}

pub(crate) fn sections(count: usize) -> String {
    if count == 1 { "1 section".to_owned() } else { format!("{count} sections") }
}

pub(crate) fn steps_done(done: usize, of: usize) -> String {
    format!("{done} of {of} steps done")
}

pub(crate) fn late(count: usize) -> String {
    if count == 1 { "1 late".to_owned() } else { format!("{count} late") }
}

pub(crate) fn by(day: &str) -> String {
    format!("by {day}")
}

pub(crate) fn days_late(days: u32) -> String {
    if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") }
}

pub(crate) fn open_comments(count: usize) -> String {
    match count {
        0 => "None is open.".to_owned(),
        1 => "1 is open.".to_owned(),
        _ => format!("{count} are open."),
    }
}

pub(crate) fn change(name: &str) -> String {
    format!("Change {name}")
}
