//! The words for a team's pipeline, its deals and accounts, and how it sells.

use insight::{engagement::Act, pipeline::Gap};
use terms::{
    book::{DidKind, Field, Holds, Kind, Letter, Move, Place, Seen},
    process::{Position, Process, RoomAct},
};

pub(super) const PLACES: &str = "Places of the team";
pub(super) const PIPELINE: &str = "Pipeline";
pub(super) const ACCOUNTS: &str = "Accounts";
pub(super) const PROCESS: &str = "Process";
pub(super) const LIBRARY: &str = "Library";
pub(super) const RULES: &str = "Rules";
pub(super) const PRODUCTS: &str = "Products";
pub(super) const MORE: &str = "More";
pub(super) const UNDO: &str = "Undo";
pub(super) const REDO: &str = "Do again";
pub(super) const UNDONE: &str = "Undone.";
pub(super) const REDONE: &str = "Done again.";
pub(super) const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
pub(super) const INVITE: &str = "Invite a colleague";
pub(super) const INVITE_MORE: &str = "From the list of products";
pub(super) const CURRENCY: &str = "Currency and rates";
pub(super) const OWN_CURRENCY: &str = "What the team counts in";
pub(super) const RATES: &str = "What others are worth in it";
pub(super) const RATES_HINT: &str =
    "A deal in a currency without a rate is counted, and left out of sums. A rate holds from its day on.";
pub(super) const OTHER_CURRENCY: &str = "Other currency";
pub(super) const WORTH: &str = "One is worth";
pub(super) const FROM_DAY: &str = "From";
pub(super) const ADD_RATE: &str = "Add a rate";
pub(super) const SAVE_RATES: &str = "Save";
pub(super) const RATES_WRONG: &str = "Each rate is a number above 0, with the day from which on it holds.";
pub(super) const PRINT: &str = "Print";
pub(super) const IMPORT: &str = "Import a table";
pub(super) const PRIVATE: &str = "Your team only";

pub(super) const UNNAMED: &str = "Unnamed";
pub(super) const UNKNOWN_STEP: &str = "A step that is not there any more";
pub(super) const WON: &str = "Won";
pub(super) const LOST: &str = "Lost";
pub(super) const NO_DECISION: &str = "No decision";
pub(super) const NOWHERE: &str = "Not begun";

pub(super) const VIEW: &str = "View";
pub(super) const BOARD: &str = "Board";
pub(super) const TABLE: &str = "Table";
pub(super) const OPEN_OR_CLOSED: &str = "Open or closed";
pub(super) const OPEN: &str = "Open";
pub(super) const CLOSED: &str = "Closed";
pub(super) const SEARCH: &str = "Search deals";
pub(super) const OWNER: &str = "Owner";
pub(super) const ALL_OWNERS: &str = "All owners";
pub(super) const CLOSES: &str = "Closes";
pub(super) const ANY_CLOSE: &str = "Closes any time";
pub(super) const GAP: &str = "Buyer";
pub(super) const ANY_GAP: &str = "Any gap";
pub(super) const NONE_PASSES: &str = "No deal passes these filters";
pub(super) const CLEAR_FILTERS: &str = "Clear filters";
pub(super) const NO_DEALS: &str = "Your deals will be here";
pub(super) const NO_DEALS_MORE: &str = "Each shows your step beside what the buyer has done.";
pub(super) const NEW_DEAL: &str = "New deal";
pub(super) const DEAL: &str = "Deal";
pub(super) const ACCOUNT: &str = "Account";
pub(super) const STEP: &str = "Step";
pub(super) const AMOUNT: &str = "Amount";
pub(super) const NEXT: &str = "Next";
pub(super) const MOVE_TO: &str = "Move to";
pub(super) const CLOSE_WON: &str = "Close as won";
pub(super) const CLOSE_LOST: &str = "Close as lost";
pub(super) const CLOSE_NONE: &str = "Close without a decision";
pub(super) const CLOSE_AS: &str = "Close";
pub(super) const PICK_ALL: &str = "Pick all that are shown";
pub(super) const PICKED: &str = "Picked deals";
pub(super) const GIVE_TO: &str = "Give to";
pub(super) const REMOVE: &str = "Remove";
pub(super) const NOT_UNDERSTOOD: &str = "That could not be understood, so nothing was changed.";

pub(super) const REASON: &str = "Why it was lost";
pub(super) const REASON_OPTIONAL: &str = "Why (optional)";
pub(super) const REASON_NEEDED: &str = "Say why it was lost. Later that is what helps.";
pub(super) const COMPETITOR: &str = "To whom";
pub(super) const COMPETITOR_HINT: &str = "Leave it empty where nobody else got it.";

pub(super) const MAKE_DEAL: &str = "Make the deal";
pub(super) const ACCOUNT_HINT: &str = "One that you have, or a new name.";
pub(super) const DEAL_NAME: &str = "Name of the deal";
pub(super) const DEAL_NAME_HINT: &str = "What they would buy. The account's name, where you leave it empty.";
pub(super) const NAME_NEEDED: &str = "Write a name.";
pub(super) const AMOUNT_ODD: &str = "Write the amount as a number, such as 12,500.";

pub(super) const ALL_DEALS: &str = "All deals";
pub(super) const ALL_ACCOUNTS: &str = "All accounts";
pub(super) const NO_SUCH_DEAL: &str = "This deal is not here. It may have been removed.";
pub(super) const MORE_ACTS: &str = "More acts";
pub(super) const REMOVE_DEAL: &str = "Remove the deal";
pub(super) const BOTH_CYCLES: &str = "Your steps, and what the buyer does in each";
pub(super) const OVERDUE: &str = "Overdue";
pub(super) const NEXT_STEP: &str = "What is to be done";
pub(super) const NEXT_DAY: &str = "By when";
pub(super) const EVIDENCE: &str = "What the buyer does";
pub(super) const EVIDENCE_ABOUT: &str =
    "A step is reached when the buyer has done it, however far the card was moved.";
pub(super) const NO_EVIDENCE: &str =
    "This step asks nothing of the buyer. Say in the process what they do in it.";
pub(super) const HELPS: &str = "helps";
pub(super) const OUR_PART: &str = "Our part";
pub(super) const NOTHING_OF_OURS: &str = "The process has nothing for you to do here.";
pub(super) const CLOSED_NOTHING_TO_DO: &str = "The deal is at no step, so there is nothing to do.";
pub(super) const CRITERIA: &str = "Before it goes on";
pub(super) const QUESTIONS: &str = "Ask, in this order";
pub(super) const TOOLS: &str = "What helps";
pub(super) const ABOUT_DEAL: &str = "About the deal";
pub(super) const QUALIFICATION: &str = "How well it is qualified";
pub(super) const GROUND: &str = "What they said, or what shows it";
pub(super) const GROUND_NEEDED: &str = "A score needs a ground: what was said, or what shows it.";
pub(super) const ACTIVITY: &str = "Activity";
pub(super) const KIND: &str = "What it was";
pub(super) const WHAT_HAPPENED: &str = "What happened";
pub(super) const NOTE_IT: &str = "Note it";
pub(super) const SOMETHING: &str = "Something of the process";
pub(super) const OPEN_ROOM: &str = "Open the room";
pub(super) const ROOM: &str = "Room";
pub(super) const MAKE_ROOM: &str = "Make a room for it";
pub(super) const IN_ROOM: &str = "In the room";
pub(super) const OF_100: &str = "of 100";
pub(super) const NOBODY_CAME: &str = "Nobody came so far.";
pub(super) const SEEN_IN_ROOM: &str = "Seen there, and not marked yet";
pub(super) const MARK_IT: &str = "Mark it";
pub(super) const HOW_THEY_READ: &str = "How they read it";

pub(super) const SHELVES: &str = "Parts of the library";
pub(super) const NUGGETS: &str = "Nuggets";
pub(super) const QUESTIONS_TO_ASK: &str = "Questions";
pub(super) const CALCULATORS: &str = "Calculators";
pub(super) const INTERVIEW: &str = "Interview";
pub(super) const BRIEF: &str = "Brief";
pub(super) const WHO_THEY_ARE: &str = "Who they are";
pub(super) const NOTHING_KNOWN: &str =
    "Nothing is known of them so far. Say which account it is, and who is there.";
pub(super) const WHAT_THEY_DID: &str = "What they did in the room";
pub(super) const LAST_CONTACT: &str = "Last contact";
pub(super) const NOT_SPOKEN: &str = "Nothing is noted so far.";
pub(super) const WHAT_TO_ASK: &str = "What to ask";
pub(super) const THEY_ASKED: &str = "They asked, and it is open";
pub(super) const BETWEEN_US: &str = "Between us so far";
pub(super) const CONTRACTS: &str = "Current contracts";
pub(super) const PURCHASES: &str = "Past purchases";
pub(super) const CAMPAIGNS: &str = "Campaigns that reached them";

pub(super) fn brief_of(name: &str) -> String {
    format!("Before you talk about {name}")
}

pub(super) fn closes_on(day: &str) -> String {
    format!("expected to close {day}")
}

pub(super) fn people_there(count: &str) -> String {
    format!("{count} people work there")
}

pub(super) fn prefers(how: &[&str]) -> String {
    if how.is_empty() { String::new() } else { format!("likes {}", how.join(", ")) }
}

pub(super) fn next_is(what: &str, day: &str) -> String {
    if day.is_empty() { format!("Next: {what}") } else { format!("Next: {what}, by {day}") }
}

pub(super) fn still_to_show(evidence: &str) -> String {
    format!("Not shown yet: {evidence}")
}

pub(super) fn asked(text: &str, who: &str) -> String {
    if who.is_empty() { text.to_owned() } else { format!("{text} ({who})") }
}

pub(super) const HOW_DO_YOU_SELL: &str = "How do you sell?";
pub(super) const HOW_DO_YOU_SELL_MORE: &str = "A process pairs each of your steps with what the buyer does in it. Begin with one of these and change it as you learn; deals keep their history.";
pub(super) const BEGIN_EMPTY: &str = "Begin with an empty one";
pub(super) const FIRST_STEP: &str = "First step";
pub(super) const SECOND_STEP: &str = "Second step";
pub(super) const OWN_PROCESS: &str = "Our process";

pub(super) const PROCESS_ABOUT: &str = "What you do, and by what the buyer shows that a step is done. A step that you take out stays in the history of deals.";
pub(super) const PROCESS_SAVED: &str = "The process is saved. Deals keep their history.";
pub(super) const NOT_SAVED_YET: &str = "Not saved yet";
pub(super) const SAVE_PROCESS: &str = "Save the process";
pub(super) const DISCARD: &str = "Discard";
pub(super) const PROCESS_NAME: &str = "Name of the process";
pub(super) const ANOTHER_PROCESS: &str = "Another process";
pub(super) const COPY_THIS: &str = "A copy of this one";
pub(super) const NEW_STEP: &str = "New step";
pub(super) const ADD_STEP: &str = "Add a step";
pub(super) const STEP_NAME: &str = "Step";
pub(super) const DAYS: &str = "Days it takes";
pub(super) const CHANCE: &str = "Chance in %";
pub(super) const DAYS_OR_CHANCE_WRONG: &str = "Days are a number, a chance one from 0 to 100.";
pub(super) const EARLIER: &str = "Earlier";
pub(super) const LATER: &str = "Later";
pub(super) const RETIRE: &str = "Take it out";
pub(super) const ACTIVITY_NAME: &str = "Something that we do";
pub(super) const NEW_ACTIVITY: &str = "What we do";
pub(super) const ADD_ACTIVITY: &str = "Add something that we do";
pub(super) const EVIDENCE_NAME: &str = "Something that the buyer does";
pub(super) const NEW_EVIDENCE: &str = "What the buyer does";
pub(super) const ADD_EVIDENCE: &str = "Add something that the buyer does";
pub(super) const REQUIRED: &str = "required";
pub(super) const FOLLOWS_FROM: &str = "What shows it in the room";
pub(super) const MORE_OF_STEP: &str = "What else must hold, what to ask, what helps";
pub(super) const A_LINE_EACH: &str = "A line each.";

pub(super) const SEARCH_ACCOUNTS: &str = "Search accounts";
pub(super) const NO_ACCOUNTS: &str = "The companies that you sell to will be here";
pub(super) const NO_ACCOUNTS_MORE: &str = "They come with the first deals, or one by one.";
pub(super) const NEW_ACCOUNT: &str = "New account";
pub(super) const ACCOUNT_NAME: &str = "Name of the account";
pub(super) const MAKE: &str = "Make it";
pub(super) const NO_SUCH_ACCOUNT: &str = "This account is not here. It may have been removed.";
pub(super) const REMOVE_ACCOUNT: &str = "Remove the account";
pub(super) const REMOVED: &str = "It is removed.";
pub(super) const ABOUT_ACCOUNT: &str = "About the account";
pub(super) const DEALS: &str = "Deals";
pub(super) const NO_DEALS_THERE: &str = "No deal with them so far.";
pub(super) const PEOPLE: &str = "People";
pub(super) const NOBODY_THERE: &str = "Nobody is known there so far.";
pub(super) const ADD_CONTACT: &str = "Add somebody";
pub(super) const CONTACT_NAME: &str = "Name";
pub(super) const REMOVE_CONTACT: &str = "Remove";

pub(super) fn save_as_table(kind: Kind) -> &'static str {
    match kind {
        Kind::Deal => "Save deals as a table",
        Kind::Account => "Save accounts as a table",
        Kind::Contact => "Save contacts as a table",
    }
}

pub(super) fn deals(count: usize) -> String {
    if count == 1 { "1 deal".to_owned() } else { format!("{count} deals") }
}

pub(super) fn accounts(count: usize) -> String {
    if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") }
}

pub(super) fn partly_undone(left: usize) -> String {
    let what = if left == 1 { "One thing was".to_owned() } else { format!("{left} things were") };
    format!("Undone. {what} changed since, and stayed as it is.")
}

/// What a pipeline comes to.
pub(super) fn summary(total: &str, count: usize, not_summed: usize, closed: bool) -> String {
    let standing = if closed { "closed" } else { "open" };
    let all = format!("{total} {standing} in {}", deals(count));
    match not_summed {
        0 => all,
        1 => all + "; one has no amount that can be summed",
        some => all + &format!("; {some} have no amount that can be summed"),
    }
}

pub(super) fn we_are_ahead(count: usize, total: &str) -> String {
    format!("We are ahead of the buyer in {}, {total}", deals(count))
}

pub(super) const CLEAR_SEARCH: &str = "Clear the search";

pub(super) fn closes_within(days: i32) -> String {
    format!("Closes within {days} days")
}

pub(super) fn gap_filter(gap: Gap) -> &'static str {
    match gap {
        Gap::BuyerBehind => "Buyer behind",
        Gap::InStep => "In step",
        Gap::BuyerAhead => "Buyer ahead",
    }
}

pub(super) fn gap(position: &Position) -> String {
    match position.gap() {
        0 => "In step".to_owned(),
        behind @ 1.. => format!("Buyer {behind} behind"),
        ahead => format!("Buyer {} ahead", -ahead),
    }
}

/// The gap in a sentence, with what it rests on.
pub(super) fn gap_more(position: &Position, process: &Process) -> String {
    let name = |at: usize| process.live().nth(at).map(|step| step.name.clone());
    let (given, required) = position.given;
    let shown = format!("{given} of {required} shown");
    match (name(position.seller), name(position.buyer)) {
        (Some(ours), Some(theirs)) if position.gap() > 0 => {
            format!("You are at {ours}; the buyer is still at {theirs}, {shown}.")
        }
        (Some(ours), Some(theirs)) if position.gap() < 0 => {
            format!("The buyer is at {theirs} already; you are at {ours}.")
        }
        (Some(ours), None) => format!("The buyer has done all of it; you are at {ours}."),
        _ if required > 0 => format!("At this step, {shown}."),
        _ => String::new(),
    }
}

pub(super) fn pair(position: &Position, steps: usize) -> String {
    format!(
        "Seller at step {}, buyer at step {} of {steps}",
        position.seller + 1,
        (position.buyer + 1).min(steps)
    )
}

pub(super) fn more(count: usize) -> String {
    format!("{count} more")
}

pub(super) fn add_to(step: &str) -> String {
    format!("New deal at {step}")
}

pub(super) fn move_deal(name: &str) -> String {
    format!("Move {name}")
}

pub(super) fn move_on_to(step: &str) -> String {
    format!("Move on to {step}")
}

pub(super) fn moved(what: &str, step: &str) -> String {
    format!("{what} is at {step} now.")
}

/// What was done, and what a rule says to it.
pub(super) fn and_says(said: &str, words: &str) -> String {
    format!("{said} {words}")
}

pub(super) fn moved_ahead(said: &str, evidence: &str) -> String {
    format!("{said} The buyer has not shown “{evidence}” yet.")
}

pub(super) fn pick(name: &str) -> String {
    format!("Pick {name}")
}

pub(super) fn picked(count: usize) -> String {
    format!("{} picked", deals(count))
}

pub(super) fn given(count: usize, name: &str) -> String {
    format!("{} given to {name}.", deals(count))
}

pub(super) fn removed(count: usize) -> String {
    format!("{} removed.", deals(count))
}

pub(super) fn change(label: &str, value: &str) -> String {
    format!("{label}: {value}. Change it")
}

pub(super) fn close_title(to: &Place) -> &'static str {
    match to {
        Place::Lost => "Close as lost",
        Place::NoDecision => "Close without a decision",
        _ => "Close as won",
    }
}

pub(super) fn close_act(to: &Place) -> &'static str {
    match to {
        Place::Lost => "It is lost",
        Place::NoDecision => "They decided nothing",
        _ => "It is won",
    }
}

pub(super) fn closed(what: &str, to: &Place) -> String {
    match to {
        Place::Lost => format!("{what} is lost."),
        Place::NoDecision => format!("{what} ended without a decision."),
        _ => format!("{what} is won."),
    }
}

/// How a deal ended, and when.
pub(super) fn outcome(last: &Move, when: &str) -> String {
    let ended = match last.to {
        Place::Won => format!("Won on {when}"),
        Place::Lost if last.competitor.is_empty() => format!("Lost on {when}"),
        Place::Lost => format!("Lost to {} on {when}", last.competitor),
        _ => format!("Ended without a decision on {when}"),
    };
    if last.reason.is_empty() { ended + "." } else { format!("{ended}: {}", last.reason) }
}

pub(super) fn days_here(ms: u64) -> String {
    match ms / 86_400_000 {
        0 => " · today".to_owned(),
        1 => " · 1 day".to_owned(),
        days => format!(" · {days} days"),
    }
}

pub(super) fn shown_of(given: usize, required: usize) -> String {
    format!("{given} of {required} shown")
}

/// When it was marked, by whom, and what it rests on.
pub(super) fn seen(seen: &Seen, when: &str) -> String {
    let parts = [when, &seen.by, &seen.note, &seen.source].into_iter().filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Where a deal went, in the story of it.
pub(super) fn went(place: &str, reason: &str, competitor: &str) -> String {
    let mut went = format!("To {place}");
    if !competitor.is_empty() {
        went += &format!(", to {competitor}");
    }
    if !reason.is_empty() {
        went += &format!(": {reason}");
    }
    went
}

pub(super) fn did_kind(kind: DidKind) -> &'static str {
    match kind {
        DidKind::Note => "Note",
        DidKind::Call => "Call",
        DidKind::Mail => "Mail",
        DidKind::Meeting => "Meeting",
        DidKind::Visit => "Visit",
        DidKind::Activity => "Done",
    }
}

pub(super) fn did(kind: DidKind, what: &str) -> String {
    match kind {
        DidKind::Note => what.to_owned(),
        kind => format!("{}: {what}", did_kind(kind)),
    }
}

pub(super) fn happened(act: Act, who: &str, when: &str) -> String {
    let who = if who.is_empty() { "Somebody" } else { who };
    let did = match act {
        Act::Visited => "came",
        Act::Read => "read a part of it",
        Act::OpenedPrice => "looked at the price",
        Act::ChosePrice => "chose in the price",
        Act::Commented => "commented",
        Act::Asked => "asked something",
        Act::Downloaded => "took a file along",
        Act::ConfirmedStep => "confirmed a step of the plan",
        Act::Joined => "came as somebody new",
        Act::Accepted => "accepted",
    };
    format!("{who} {did} on {when}")
}

pub(super) fn last_there(when: &str) -> String {
    format!("Somebody was last there {when}.")
}

pub(super) fn version(version: usize, since: &str) -> String {
    format!("Version {version}, since {since}")
}

pub(super) fn more_for(name: &str) -> String {
    format!("More for {name}")
}

pub(super) fn copy_of(name: &str) -> String {
    format!("{name}, copy")
}

pub(super) fn open_deals(count: usize, worth: Option<&str>) -> String {
    match (count, worth) {
        (0, _) => "No open deal".to_owned(),
        (1, Some(worth)) => format!("1 open deal, {worth}"),
        (count, Some(worth)) => format!("{count} open deals, {worth}"),
        (1, None) => "1 open deal".to_owned(),
        (count, None) => format!("{count} open deals"),
    }
}

pub(super) fn begin_with(name: &str) -> String {
    format!("Begin with {name}")
}

pub(super) fn qualified(sum: u32, most: u32) -> String {
    format!("{sum} of {most}")
}

pub(super) fn ground_of(letter: &str) -> String {
    format!("Ground of {letter}")
}

pub(super) fn letter(letter: Letter) -> &'static str {
    match letter {
        Letter::Metrics => "Metrics",
        Letter::Buyer => "Economic buyer",
        Letter::Criteria => "Decision criteria",
        Letter::Decision => "Decision process",
        Letter::Paper => "Paper process",
        Letter::Pain => "Identified pain",
        Letter::Champion => "Champion",
        Letter::Competition => "Competition",
    }
}

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::Account => "Account",
        Field::Contacts => "People",
        Field::Owner => "Owner",
        Field::Amount => "Amount",
        Field::Currency => "Currency",
        Field::Products => "Products",
        Field::Segment => "Segment",
        Field::Industry => "Industry",
        Field::Application => "Application",
        Field::Region => "Region",
        Field::Competitors => "Competitors",
        Field::Discount => "Discount in %",
        Field::Close => "Expected to close",
        Field::Created => "Created",
        Field::NextStep => "Next step",
        Field::NextDay => "Next step by",
        Field::Call => "Own call in %",
        Field::Process => "Process",
        Field::Room => "Room",
        Field::Rating => "Rating",
        Field::Employees => "Employees",
        Field::Revenue => "Revenue",
        Field::Parent => "Belongs to",
        Field::Website => "Website",
        Field::Plan => "Account plan",
        Field::Purchases => "Past purchases",
        Field::Contracts => "Current contracts",
        Field::Peers => "Peers",
        Field::Role => "Role",
        Field::Mail => "E-mail",
        Field::Phone => "Phone",
        Field::Influence => "Influence, 0 to 3",
        Field::Format => "Prefers to get",
        Field::Channel => "Prefers to be reached by",
        Field::Touches => "Campaigns",
        Field::Source => "Source",
        Field::External => "Name elsewhere",
        Field::Note => "Note",
    }
}

pub(super) fn field_hint(field: Field) -> Option<&'static str> {
    match field.holds() {
        Holds::List => Some("Several with commas between them."),
        _ if field == Field::Call => Some("How sure you are to win it."),
        _ if field == Field::External => Some("Its name in the system that it came from."),
        _ => None,
    }
}

pub(super) fn wrong_value(holds: Holds) -> &'static str {
    match holds {
        Holds::Money | Holds::Number => "Write a number, such as 12,500.",
        Holds::Percent => "Write a number from 0 to 100.",
        Holds::Currency => "Write a currency's three letters, such as EUR.",
        Holds::Day => "Write a day.",
        Holds::Account => "There is no account of this name.",
        _ => "That could not be understood.",
    }
}

pub(super) fn room_act(act: Option<RoomAct>) -> &'static str {
    match act {
        None => "Marked by hand",
        Some(RoomAct::Visited) => "Came to the room",
        Some(RoomAct::Read) => "Read a part of it",
        Some(RoomAct::OpenedPrice) => "Looked at the price",
        Some(RoomAct::ChosePrice) => "Chose in the price",
        Some(RoomAct::Commented) => "Commented",
        Some(RoomAct::Asked) => "Asked something",
        Some(RoomAct::Downloaded) => "Took a file along",
        Some(RoomAct::ConfirmedStep) => "Confirmed a step of the plan",
        Some(RoomAct::Joined) => "Came as somebody new",
        Some(RoomAct::Accepted) => "Accepted",
    }
}
