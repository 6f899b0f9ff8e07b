//! The words for a team's rules, for what they hold back, and for who approves.

use terms::{
    approval::By,
    rule::{Effect, Fact, Fault, Gate, Source, Starter, Test},
};

pub(super) const RULES: &str = "Rules";
pub(super) const ABOUT: &str =
    "What must hold before something reaches a buyer, and who has to approve it. Your team only.";
pub(super) const NEW: &str = "New rule";
pub(super) const EMPTY: &str = "Nothing is held back";
pub(super) const EMPTY_MORE: &str = "A rule warns, asks for approval, or stops an act before a price or a room reaches a buyer. Begin with one of these, or write your own.";
pub(super) const ADD: &str = "Add a rule";
pub(super) const ADMINS_ONLY: &str = "Who began the team and its admins write rules and give roles.";

pub(super) fn starter(starter: Starter) -> (&'static str, &'static [&'static str]) {
    match starter {
        Starter::LargeAmount => ("Large amounts", &["Finance", "Legal"]),
        Starter::Discount => ("Discounts", &["Regional director"]),
    }
}

pub(super) fn starter_label(starter: Starter) -> &'static str {
    match starter {
        Starter::LargeAmount => "Over 100,000: finance and legal approve",
        Starter::Discount => "Discount over 5 %: the regional director approves",
    }
}

pub(super) fn gate(gate: Gate) -> &'static str {
    match gate {
        Gate::Share => "Share",
        Gate::Publish => "Publish",
        Gate::Advance => "Advance a deal",
        Gate::Seal => "Seal for signing",
        Gate::Countersign => "Countersign",
        Gate::Export => "Export",
    }
}

/// What was about to happen, in the middle of a sentence.
pub(super) fn act(gate: Gate) -> &'static str {
    match gate {
        Gate::Share => "share it",
        Gate::Publish => "publish it",
        Gate::Advance => "move the deal on",
        Gate::Seal => "seal it for signing",
        Gate::Countersign => "countersign it",
        Gate::Export => "export it",
    }
}

pub(super) fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Amount => "Amount",
        Fact::Currency => "Currency",
        Fact::Segment => "Segment",
        Fact::Industry => "Industry",
        Fact::Region => "Region",
        Fact::Application => "Application",
        Fact::Products => "Products",
        Fact::Competitors => "Competitors",
        Fact::Owner => "Owner",
        Fact::Close => "Expected to close",
        Fact::Step => "Step",
        Fact::Discount => "Discount",
        Fact::OffList => "Something off the price list",
        Fact::Net => "Total of the term",
        Fact::FirstYear => "First year",
        Fact::Margin => "Margin",
        Fact::Months => "Months of the term",
        Fact::ValidUntil => "Price holds until",
        Fact::Lines => "Lines of the price",
        Fact::Plan => "A plan in the room",
        Fact::Sections => "Sections in the room",
        Fact::NamesCompetitor => "A competitor named in the text",
    }
}

pub(super) fn source(source: Source) -> &'static str {
    match source {
        Source::Deal => "Of the deal",
        Source::Price => "Of the price",
        Source::Document => "Of the room",
    }
}

pub(super) const IS: &str = "is";
pub(super) const IS_NOT: &str = "is not";
pub(super) const MORE_THAN: &str = "is more than";
pub(super) const LESS_THAN: &str = "is less than";
pub(super) const AFTER: &str = "is after";
pub(super) const BEFORE: &str = "is before";
pub(super) const BETWEEN: &str = "is between";
pub(super) const ONE_OF: &str = "is one of";
pub(super) const IS_KNOWN: &str = "is known";
pub(super) const IS_UNKNOWN: &str = "is not known";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

pub(super) fn between(least: &str, most: &str) -> String {
    format!("{BETWEEN} {least} and {most}")
}

/// Which words say how a fact is compared, with or without days.
pub(super) fn compared(test: &Test, is_day: bool) -> &'static str {
    match test {
        Test::Is(_) => IS,
        Test::IsNot(_) => IS_NOT,
        Test::More(_) if is_day => AFTER,
        Test::Less(_) if is_day => BEFORE,
        Test::More(_) => MORE_THAN,
        Test::Less(_) => LESS_THAN,
        Test::Between(..) => BETWEEN,
        Test::OneOf(_) => ONE_OF,
        Test::IsKnown => IS_KNOWN,
        Test::IsUnknown => IS_UNKNOWN,
    }
}

pub(super) const ALWAYS: &str = "Always";
pub(super) const NEVER: &str = "Never";
pub(super) const AND: &str = " and ";
pub(super) const OR: &str = " or ";

pub(super) fn when(condition: &str) -> String {
    format!("When {condition}")
}

pub(super) fn approve(roles: &[String], in_order: bool) -> String {
    let with = if in_order { ", then " } else { " and " };
    format!("{} must approve", roles.join(with))
}

pub(super) fn or_stand_in(role: &str, stand_in: &str) -> String {
    format!("{role} (or {stand_in})")
}

pub(super) const WARNS: &str = "It warns:";
pub(super) const SUGGESTS: &str = "It suggests:";
pub(super) const STOPS: &str = "Stops it";
pub(super) const BLOCKS: &str = "It stops the act:";

pub(super) fn held_at(gates: &[Gate]) -> String {
    let names: Vec<&str> = gates.iter().map(|it| gate(*it)).collect();
    names.join(" · ")
}

pub(super) const OFF: &str = "Off";
pub(super) const STRANGE: &str = "A rule of a newer version";
pub(super) const STRANGE_MORE: &str =
    "This version does not understand it, so it holds everything back. Load the new version.";

pub(super) fn version(count: usize, by: &str, date: &str) -> String {
    match (count, by.is_empty()) {
        (1, true) => format!("Since {date}"),
        (1, false) => format!("Since {date}, by {by}"),
        (_, true) => format!("Version {count}, since {date}"),
        (_, false) => format!("Version {count}, since {date}, by {by}"),
    }
}

pub(super) fn more_for(rule: &str) -> String {
    format!("More for {rule}")
}
pub(super) const EDIT: &str = "Change it";
pub(super) const TURN_OFF: &str = "Turn it off";
pub(super) const TURN_ON: &str = "Turn it on";
pub(super) const REMOVE: &str = "Remove it";

pub(super) fn removed(name: &str) -> String {
    format!("“{name}” is removed.")
}
pub(super) fn kept(name: &str) -> String {
    format!("“{name}” is kept.")
}

// The dialog in which a rule is written.
pub(super) const RULE: &str = "Rule";
pub(super) const NAME: &str = "Name of the rule";
pub(super) const WHEN: &str = "When";
pub(super) const HOW_MANY: &str = "How many of them";
pub(super) const ALL_HOLD: &str = "All of these hold";
pub(super) const ANY_HOLDS: &str = "One of these holds";
pub(super) const FACT: &str = "What is looked at";
pub(super) const TEST: &str = "How";
pub(super) const VALUE: &str = "With what";
pub(super) const UP_TO: &str = "Up to";
pub(super) const SEVERAL: &str = "Several with commas between them";
pub(super) const ADD_CONDITION: &str = "Add a condition";
pub(super) const REMOVE_CONDITION: &str = "Remove this condition";
pub(super) const NESTED: &str = "Its conditions stand in each other, and stay as they are.";
pub(super) const THEN: &str = "Then";
pub(super) const WORDS: &str = "What it says";
pub(super) const ROLE: &str = "Role";
pub(super) const STAND_IN: &str = "Stand-in";
pub(super) const STAND_IN_HINT: &str = "(optional)";
pub(super) const ADD_ROLE: &str = "Add a role";
pub(super) const REMOVE_ROLE: &str = "Remove this role";
pub(super) const ONE_AFTER_OTHER: &str = "One after the other, in this order";
pub(super) const AT: &str = "Before which acts";
pub(super) const SAVE: &str = "Save the rule";
pub(super) const VALUE_ODD: &str = "One of the conditions has a value that cannot be read.";

pub(super) fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::Approve(_) => "Needs approval",
        Effect::Warn(_) => "Warns",
        Effect::Suggest(_) => "Suggests",
        Effect::Block(_) => STOPS,
    }
}

pub(super) fn fault(fault: Fault) -> String {
    match fault {
        Fault::Unnamed => "Give the rule and each role a name.".to_owned(),
        Fault::TooLong => "A name or text is too long.".to_owned(),
        Fault::TooLarge => "These are too many conditions for one rule.".to_owned(),
        Fault::NoGate => "Choose at least one act before which it holds.".to_owned(),
        Fault::Approvers => "Name at least one role, and none twice.".to_owned(),
        Fault::Comparison(it) => format!("“{}” cannot be compared like this.", fact(it)),
        Fault::NotThere => "It is not there any more.".to_owned(),
        Fault::NotTheirs => "It is not yours to decide now.".to_owned(),
        Fault::NothingAsked => "The rule asks for no approval any more. Try again.".to_owned(),
    }
}

// What is held back.
pub(super) const HELD: &str = "Your team’s rules hold this back";
pub(super) fn held_more(gate: Gate) -> String {
    format!("Nothing was done. Once the following is settled, {} again.", act(gate))
}
pub(super) const SEE_WHY: &str = "See why";
pub(super) fn says(rule: &str, words: &str) -> String {
    if words.is_empty() { rule.to_owned() } else { format!("{rule}: {words}") }
}
pub(super) const HELD_LIMIT: &str = "Only your team sees this. Buyers are told nothing.";
pub(super) fn not_checked(fact: &str) -> String {
    format!("{fact} is not known, so it cannot be checked.")
}
pub(super) fn because(fact: &str, value: &str, test: &str) -> String {
    format!("{fact}: {value} ({test})")
}
pub(super) const YOUR_NAME: &str = "Your name";
pub(super) const NOTE: &str = "A word to whoever decides";
pub(super) const NOTE_HINT: &str = "(optional)";
pub(super) const ASK: &str = "Ask for approval";
pub(super) const ASK_AGAIN: &str = "Ask again";
pub(super) fn asked(name: &str) -> String {
    format!("Asked. {name} will find it under Rules.")
}
pub(super) const ASKED_NOBODY: &str = "Asked. It waits under Rules.";
pub(super) const IS_ASKED: &str = "It was asked for, and waits.";
pub(super) const LAPSED: &str =
    "It was asked for before, and has become worse since, or the rule asks for more.";
pub(super) fn refused(by: &str, reason: &str) -> String {
    if by.is_empty() { format!("Not approved: {reason}") } else { format!("{by} did not approve: {reason}") }
}
pub(super) const TO_RULES: &str = "Go to Rules";

/// How it stands with a role that has to approve.
pub(super) fn given(role: &str, by: &str) -> String {
    if by.is_empty() { format!("{role}: approved") } else { format!("{role}: approved by {by}") }
}
pub(super) fn later(role: &str) -> String {
    format!("{role}: after the one before")
}
pub(super) fn waits(role: &str, people: &[String], by: By) -> String {
    let people = people.join(", ");
    match by {
        _ if people.is_empty() => role.to_owned(),
        By::Role => format!("{role}: {people}"),
        By::StandIn => format!("{role}: {people}, standing in"),
        By::Admin => format!("{role}: nobody holds this role. {people} may decide."),
    }
}

// What waits, and what was asked.
pub(super) const INBOX: &str = "Waits for you";
pub(super) const OWN: &str = "What you asked for";
pub(super) const APPROVE: &str = "Approve";
pub(super) const SAY_NO: &str = "Do not approve";
pub(super) const REASON: &str = "Why not";
pub(super) const REASON_NEEDED: &str = "Say why not, so that it can be mended.";
pub(super) const APPROVED: &str = "Approved.";
pub(super) const NOT_APPROVED: &str = "Not approved.";
pub(super) fn approve_as(role: &str) -> String {
    format!("Approve for {role}")
}
pub(super) fn asks(who: &str, what: &str) -> String {
    if who.is_empty() { format!("Somebody asks for {what}") } else { format!("{who} asks for {what}") }
}
pub(super) const A_ROOM: &str = "a room without a deal";
pub(super) const IS_APPROVED: &str = "Approved";
pub(super) const IS_WAITING: &str = "Waits";
pub(super) const IS_REFUSED: &str = "Not approved";
pub(super) const IS_LAPSED: &str = "Holds no more";

// People and roles.
pub(super) const PEOPLE: &str = "Who holds which role";
pub(super) const GIVE: &str = "Give roles";
pub(super) const WHO: &str = "Who";
pub(super) const NAME_OF_PERSON: &str = "What they are called";
pub(super) const ROLES: &str = "Roles";
pub(super) const ROLES_HINT: &str =
    "Several with commas between them. “admin” may write rules and give roles.";
pub(super) const REGION: &str = "Region";
pub(super) const UNTIL: &str = "Until";
pub(super) const FOUNDER: &str = "Began the team";
pub(super) const YOU: &str = "You";
pub(super) const UNNAMED: &str = "Somebody without a name";
pub(super) const END_ROLES: &str = "End these roles";
pub(super) fn ends_for(name: &str) -> String {
    format!("More for {name}")
}
pub(super) fn until(date: &str) -> String {
    format!("until {date}")
}
pub(super) const ROLES_GIVEN: &str = "The roles are given, signed with your key.";
pub(super) const ROLES_ENDED: &str = "Ended. What was approved before goes on counting.";
pub(super) const ROLES_ODD: &str = "Choose somebody, and name at least one role.";
pub(super) const NO_COLLEAGUES: &str = "Nobody else is in this team yet. Invite a colleague first: whoever has opened the link once stands here.";

// The log.
pub(super) const LOG: &str = "Decisions";
pub(super) const LOG_ABOUT: &str = "Each is signed with its person’s key. Nothing here is ever replaced.";
pub(super) fn log_certified(name: &str, roles: &str) -> String {
    format!("{name} holds {roles}")
}
pub(super) fn log_ended(name: &str) -> String {
    format!("The roles of {name} end")
}
pub(super) const LOG_ENDED: &str = "Roles end";
pub(super) fn log_asked(rule: &str, what: &str) -> String {
    format!("Asked: {rule}, for {what}")
}
pub(super) fn log_decided(is_yes: bool, role: &str, rule: &str, reason: &str) -> String {
    let what = if is_yes { "Approved" } else { "Not approved" };
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    format!("{what} for {role}: {rule}{reason}")
}
pub(super) const NOT_COUNTED: &str = "Does not count";
pub(super) fn more(left: usize) -> String {
    format!("Show {left} more")
}
