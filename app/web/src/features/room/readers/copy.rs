//! The words for how buyers read a room.

use insight::{
    engagement::Act,
    stakeholders::{Gap, SILENT_DAYS},
};
use terms::stakeholder::{Role, Say, Stakeholder};

use super::seen::Span;

pub(super) const HOW_THEY_READ: &str = "How they read it";
pub(super) const PRIVATE: &str = "Your team only";
pub(super) const ABOUT: &str =
    "What buyers’ browsers told, with their knowledge. It comes while you are connected, and with replies.";
pub(super) const READING: &str = "Opening what was told";
pub(super) const NONE: &str = "Nothing has come yet";
pub(super) const NONE_MORE: &str =
    "Once buyers have read the room, and are connected to you or have replied, you see here what they read.";
pub(super) const SPAN: &str = "Time";
pub(super) const EXPORT: &str = "Save as a table";

pub(super) const ALONG: &str = "Along the proposal, by person";
pub(super) const ALONG_ABOUT: &str = "For each part of the room: how long it was read in all, how many had a look at it and how many read it, and how long each person did.";
pub(super) const PART: &str = "Part";
pub(super) const TIME: &str = "Time";
pub(super) const LOOKED_AND_READ: &str = "Seen, read";
pub(super) const NOBODY: &str = "–";
pub(super) const LESS: &str = "under 1 min";
pub(super) const MORE: &str = "over 20";
pub(super) const HOW_COUNTED: &str = "Time counts while the page is in sight, has the keyboard, and was used within 90 seconds; it is shared among the parts in sight. Read means at least half the time that its words take at 238 a minute.";

pub(super) const VISITS: &str = "Visits";
pub(super) const NO_VISITS: &str = "Nobody was there in this time.";

pub(super) const WARMTH: &str = "Engagement";
pub(super) const OF_100: &str = "of 100";
pub(super) const QUIET: &str = "Quiet";
pub(super) const WARMTH_ABOUT: &str = "What buyers did adds up, and counts half after seven days.";

pub(super) const WHO_READ: &str = "Who read it";
pub(super) const SOMEBODY: &str = "Somebody";
pub(super) const UNKNOWN: &str = "Came by no link of yours";
pub(super) const NOT_IN_TIME: &str = "Not in this time";
pub(super) const WHO_ABOUT: &str = "Names are what people call themselves; nobody has proved them. Devices count as one person where both gave the same e-mail address when signing.";

pub(super) const CLOCKS: &str = "Times are those of the readers’ own clocks.";
pub(super) const WHEN: &str = "When";
pub(super) const WHO: &str = "Who";
pub(super) const READ: &str = "Read";
pub(super) const FOLLOWED: &str = "Followed as presented";
pub(super) const PRESENTATIONS: &str = "Presentations";
pub(super) const COLUMNS: [&str; 9] =
    ["From", "Until", "Who", "Device", "Visit", "Part", "What", "Seconds", "Depth in %"];

pub(super) fn span(span: Span) -> &'static str {
    match span {
        Span::Week => "7 days",
        Span::ThreeWeeks => "3 weeks",
        Span::All => "All",
    }
}

pub(super) fn unreadable(count: usize) -> String {
    if count == 1 {
        "One record came that cannot be read.".to_owned()
    } else {
        format!("{count} records came that cannot be read.")
    }
}

pub(super) fn nameless(number: usize) -> String {
    format!("Reader {number}")
}

pub(super) fn records_of(name: &str) -> String {
    format!("All records of {name}")
}

pub(super) fn cell(part: &str, name: &str, time: &str) -> String {
    format!("{name} on {part}: {time}")
}

/// A time in few letters, for a cell.
pub(super) fn short(ms: u64) -> String {
    match ms.saturating_add(500) / 1_000 {
        0 => "< 1 s".to_owned(),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{}", (seconds + 30) / 60),
    }
}

pub(super) fn seen_and_read(seen: usize, read: usize) -> String {
    if seen == 0 { NOBODY.to_owned() } else { format!("{seen}, {read}") }
}

pub(super) fn visits(count: usize) -> String {
    if count == 1 { "1 visit".to_owned() } else { format!("{count} visits; a larger dot is a longer one") }
}

pub(super) fn visit(when: &str, active: &str) -> String {
    format!("{when}, {active}")
}

pub(super) fn a_week_ago(index: u64) -> String {
    format!("from {index} a week ago")
}

pub(super) fn quiet_since(ago: &str) -> String {
    format!("Nothing was heard since {ago}, which is longer than usual here.")
}

pub(super) fn points(points: f64) -> String {
    format!("+{points:.1}")
}

pub(super) fn reason(act: Act, count: usize) -> String {
    let (one, many) = match act {
        Act::Visited => ("A visit", "visits"),
        Act::Read => ("A part read", "parts read"),
        Act::OpenedPrice => ("The price was looked at", "looks at the price"),
        Act::ChosePrice => ("A choice in the price", "choices in the price"),
        Act::Commented => ("A comment", "comments"),
        Act::Asked => ("A question", "questions"),
        Act::Downloaded => ("A file taken along", "files taken along"),
        Act::ConfirmedStep => ("A step confirmed", "steps confirmed"),
        Act::Joined => ("A person came", "people came"),
        Act::Accepted => ("An acceptance", "acceptances"),
    };
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

pub(super) fn came(visits: usize, active: &str, last: &str) -> String {
    let visits = if visits == 1 { "1 visit".to_owned() } else { format!("{visits} visits") };
    format!("{visits}, {active}; there until {last}")
}

pub(super) fn by_link(names: &[String]) -> String {
    format!("By the link for {}", names.join(", "))
}

pub(super) fn received(when: &str) -> String {
    format!("Last received {when}")
}

/// What records are looked at.
pub(super) fn behind(who: Option<&str>, part: Option<&str>) -> String {
    match (who, part) {
        (Some(who), Some(part)) => format!("{who} on {part}"),
        (Some(words), None) | (None, Some(words)) => words.to_owned(),
        (None, None) => "All records".to_owned(),
    }
}

pub(super) fn more_records(count: usize) -> String {
    format!("{count} earlier ones are in the table that you can save.")
}

pub(super) fn file_title(room: &str) -> String {
    format!("{room}, how it was read")
}

pub(super) const ASK_FIRST: &str = "Ask before recording";
pub(super) const ASK_FIRST_HINT: &str = "Buyers then say yes or no on their first visit, and nothing is noted before. Otherwise they are told, and may pause it.";

pub(super) const WHO_DECIDES: &str = "Who decides";
pub(super) const ADD_SOMEBODY: &str = "Add somebody";
pub(super) const NOBODY_YET: &str =
    "Nobody is on the map yet. Begin with who decides about the money, also where you only know the title.";
pub(super) const DECIDERS_ABOUT: &str = "Only your team sees this. It is in nothing that buyers get.";
pub(super) const MORE_SAY: &str = "More say";
pub(super) const READS_MORE: &str = "Reads more";
pub(super) const NEVER_CAME: &str = "Not seen yet";
pub(super) const DECIDER_TITLE: &str = "Somebody who has a say";
pub(super) const DECIDER_HINT: &str = "A name or a title is enough. Only your team sees this.";
pub(super) const DECIDER_REMOVED: &str = "They are off the map.";
pub(super) const NAMELESS: &str = "Write a name, or a title where the name is not known yet.";
pub(super) const NAME: &str = "Name";
pub(super) const TITLE_THERE: &str = "Title";
pub(super) const MAIL: &str = "E-mail";
pub(super) const PART_IN_IT: &str = "Part in the decision";
pub(super) const HOW_MUCH_SAY: &str = "How much say";
pub(super) const REPORTS_TO: &str = "Reports to";
pub(super) const READS_AS: &str = "Which reader is it";
pub(super) const NOTE: &str = "Note";
pub(super) const NOT_SAID: &str = "Not known";
pub(super) const NOT_SEEN: &str = "By the e-mail address, or not seen yet";
pub(super) const REMOVE: &str = "Take off the map";
pub(super) const SAVE: &str = "Save";

pub(super) fn add_to_map(name: &str) -> String {
    format!("Add {name}")
}

/// A part in the decision, in a word for the picture.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Unknown => "",
        Role::Decides => "Decides",
        Role::Champion => "Champion",
        Role::Judges => "Judges it",
        Role::Uses => "Uses it",
        Role::Procurement => "Procurement",
        Role::Legal => "Legal",
        Role::Influences => "Is asked",
        Role::Against => "Against",
    }
}

/// The same in a few words.
pub(super) fn role_long(it: Role) -> &'static str {
    match it {
        Role::Unknown => NOT_SAID,
        Role::Decides => "Decides about the money",
        Role::Champion => "Champion: wants it and pushes it along",
        Role::Judges => "Judges whether it does what it must",
        Role::Uses => "Will work with it",
        Role::Influences => "Is asked by others",
        Role::Against => "Would rather not have it",
        Role::Procurement | Role::Legal => role(it),
    }
}

pub(super) fn say(say: Say) -> &'static str {
    match say {
        Say::Unknown => NOT_SAID,
        Say::Little => "Little",
        Say::Some => "Some",
        Say::Much => "Much",
    }
}

/// Title, part and say of somebody, as far as these are known.
pub(super) fn about_decider(of: &Stakeholder) -> String {
    let title = if of.name.is_empty() { "" } else { of.title.as_str() };
    let has_say = match of.say {
        Say::Unknown => "",
        Say::Little => "little say",
        Say::Some => "some say",
        Say::Much => "much say",
    };
    let parts = [title, role(of.role), has_say].into_iter().filter(|words| !words.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

pub(super) fn decider_did(index: u64, last: &str) -> String {
    format!("Engagement {index} of 100; there until {last}")
}

/// What is missing, with whom it is about.
pub(super) fn gap(gap: &Gap, all: &[Stakeholder]) -> String {
    let called = |id: &str| all.iter().find(|it| it.id == *id).map_or(SOMEBODY, Stakeholder::called);
    match gap {
        Gap::OneContact => "One contact only".to_owned(),
        Gap::NobodyDecides => "Who decides about the money is not known".to_owned(),
        Gap::NoChampion => "No champion is known".to_owned(),
        Gap::Unseen(id) => format!("{} was never here", called(id)),
        Gap::Silent(id) => format!("{} was not here for {SILENT_DAYS} days", called(id)),
    }
}

/// A presentation: when it began, and how many were there.
pub(super) fn meeting(when: &str, people: usize) -> String {
    if people == 1 { format!("{when}, 1 person") } else { format!("{when}, {people} people") }
}

/// For how long somebody attended, and the part that they followed for the longest time.
pub(super) fn attended(shown: &str, followed: &str, most: &str) -> String {
    if most.is_empty() {
        format!("There for {shown}, followed {followed}")
    } else {
        format!("There for {shown}, followed {followed}, most of it {most}")
    }
}
