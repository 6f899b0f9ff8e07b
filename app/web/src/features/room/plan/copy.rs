//! The words of the plan.

use session::{Evidence, Said};
use terms::plan::{Day, Offset, Plan, Progress, Side, Status, Step, Trouble, Who};

pub(super) const NO_PLAN: &str = "No plan yet";
pub(super) const NO_PLAN_OWN: &str =
    "Begin with the day that both sides want to reach. Steps count back from it, and move with it.";
pub(super) const NO_PLAN_OTHER: &str = "Once there is one, it shows who does what by when.";
pub(super) const BEGIN: &str = "Set the target";
pub(super) const PLAN: &str = "Plan";
pub(super) const INTRO_OWN: &str = "Both sides see the same plan. It counts back from the target.";
pub(super) const INTRO_BUYER: &str =
    "Both sides see the same plan. Confirm the steps that are done, or propose another day.";
pub(super) const MOVE_TARGET: &str = "Move the target…";
pub(super) const ADD_STEP: &str = "Add a step";
pub(super) const ADD_STAGE: &str = "Add a stage";
pub(super) const TAKE: &str = "Take along";
pub(super) const TO_CALENDAR: &str = "Calendar file (.ics)";
pub(super) const TO_TABLE: &str = "Table for a spreadsheet (.csv)";
pub(super) const PRINT: &str = "Print";
pub(super) const HOW_SHOWN: &str = "How the plan is shown";
pub(super) const TIMELINE: &str = "Timeline";
pub(super) const LIST: &str = "List";
pub(super) const STEP: &str = "Step";
pub(super) const WHO: &str = "Who";
pub(super) const BY: &str = "By";
pub(super) const BLOCKED: &str = "Waits";
pub(super) const BEGUN: &str = "Under way";
pub(super) const DROPPED: &str = "Dropped";
pub(super) const CONFIRMED: &str = "Confirmed";
pub(super) const PROPOSED: &str = "Other day proposed";
pub(super) const CHECK: &str = "Look at this";
pub(super) const NO_DAY: &str = "No day";
pub(super) const NOT_TAKEN_BACK: &str = "The buyers confirmed this step. Only they can take that back.";

pub(super) const NEW_STEP: &str = "A new step";
pub(super) const CHANGE_STEP: &str = "Change the step";
pub(super) const NAME: &str = "What is to be done";
pub(super) const NAME_MISSING: &str = "Say what is to be done.";
pub(super) const WHOSE: &str = "Whose step";
pub(super) const PERSON: &str = "Who";
pub(super) const PERSON_HINT: &str = "A name, or nothing for the company.";
pub(super) const NOT_NAMED: &str = "Nobody is named yet: the words say who it should be";
pub(super) const INSIDE: &str = "Only our team has this step";
pub(super) const INSIDE_HINT: &str =
    "It is kept beside the room and never reaches the buyers. That cannot be changed later.";
pub(super) const IS_INSIDE: &str = "Only your team has this step. Buyers never get it.";
pub(super) const ONLY_TEAM: &str = "Only our team";
pub(super) const STAGE: &str = "Stage";
pub(super) const NO_STAGE: &str = "No stage";
pub(super) const DUE: &str = "Due";
pub(super) const DUE_OPEN: &str = "No day yet";
pub(super) const DUE_ON: &str = "On a day";
pub(super) const DUE_TARGET: &str = "Counted from the target";
pub(super) const DUE_STEP: &str = "Counted from another step";
pub(super) const DAY: &str = "Day";
pub(super) const DAY_MISSING: &str = "Give a whole date, in the years 1 to 9999.";
pub(super) const HOW_MANY: &str = "How many";
pub(super) const UNIT: &str = "Days counted";
pub(super) const DAYS: &str = "days";
pub(super) const WORKING_DAYS: &str = "working days";
pub(super) const DIRECTION: &str = "Before or after";
pub(super) const BEFORE: &str = "before";
pub(super) const AFTER: &str = "after";
pub(super) const BEFORE_TARGET: &str = "before the target";
pub(super) const AFTER_TARGET: &str = "after the target";
pub(super) const FROM_STEP: &str = "Which step";
pub(super) const STEP_MISSING: &str = "Choose the step that it is counted from.";
pub(super) const COUNT_MISSING: &str = "Give a number of days, at most 36,500.";
pub(super) const PIN: &str = "Pinned: keeps its day when the target moves";
pub(super) const TAKES: &str = "How many days it takes";
pub(super) const OPTIONAL: &str = "(optional)";
pub(super) const STATUS: &str = "How far it is";
pub(super) const WAITS_FOR: &str = "Waits for";
pub(super) const NO_OTHERS: &str = "There are no other steps yet.";
pub(super) const COMMENT: &str = "Comment";
pub(super) const SAVE: &str = "Save the step";
pub(super) const DELETE_STEP: &str = "Delete the step";
pub(super) const MOVE_UP: &str = "Move up";
pub(super) const MOVE_DOWN: &str = "Move down";
pub(super) const STEP_TO_CALENDAR: &str = "Add to my calendar";

pub(super) const NEW_STAGE: &str = "A new stage";
pub(super) const CHANGE_STAGE: &str = "Change the stage";
pub(super) const STAGE_NAME: &str = "Name of the stage";
pub(super) const STAGE_NAME_MISSING: &str = "Give the stage a name.";
pub(super) const SAVE_STAGE: &str = "Save the stage";
pub(super) const DELETE_STAGE: &str = "Delete the stage";

pub(super) const TARGET: &str = "The target";
pub(super) const GOAL: &str = "What is to be reached";
pub(super) const GOAL_HINT: &str = "A few words, such as “Go live”.";
pub(super) const TARGET_DAY: &str = "By which day";
pub(super) const SET_TARGET: &str = "Set the target";
pub(super) const MOVE_IT: &str = "Move the target";
pub(super) const MOVES: &str = "What moves with it";
pub(super) const NOTHING_MOVES: &str = "No step changes its day.";
pub(super) const TARGET_LIMIT: &str =
    "Steps that are done, pinned or on a day of their own stay where they are.";

pub(super) const CONFIRM: &str = "Confirm that it is done";
pub(super) const TAKE_BACK: &str = "Take back the confirmation";
pub(super) const PROPOSE: &str = "Propose this day";
pub(super) const OTHER_DAY: &str = "Another day would be better";
pub(super) const TAKE_BACK_DAY: &str = "Take back the proposal";
pub(super) const YOUR_NAME: &str = "Your name";
pub(super) const YOUR_NAME_HINT: &str = "The others see who confirmed and when.";
pub(super) const TAKE_DAY: &str = "Take this day";
pub(super) const KEEP_DAY: &str = "Keep the day";
pub(super) const SOMEBODY: &str = "Somebody";

/// The headings of the table for spreadsheets.
pub(super) const COLUMNS: [&str; 10] =
    ["Stage", "Step", "Side", "Who", "Due", "Status", "Late by days", "Waits for", "Confirmed by", "Comment"];

/// A side where its company is not known by name.
pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Seller => "Seller",
        Side::Buyer => "Buyer",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Not begun",
        Status::Begun => BEGUN,
        Status::Done => "Done",
        Status::Dropped => DROPPED,
    }
}

/// The plan's heading. The day is in the reader's words.
pub(super) fn heading(goal: &str, day: Option<&str>) -> String {
    match (goal, day) {
        ("", None) => "Our plan".to_owned(),
        ("", Some(day)) => format!("Our plan until {day}"),
        (goal, None) => format!("Our plan: {goal}"),
        (goal, Some(day)) => format!("{goal} on {day}"),
    }
}

pub(super) fn target_row(goal: &str) -> String {
    if goal.is_empty() { TARGET.to_owned() } else { goal.to_owned() }
}

pub(super) fn done_of(done: usize, of: usize) -> String {
    format!("{done} of {of} done")
}

pub(super) fn side_progress(name: &str, progress: Progress) -> String {
    format!("{name} {}/{}", progress.done, progress.of)
}

/// How many steps are late, and how many they hold up.
pub(super) fn late(late: usize, held_up: usize) -> String {
    match held_up {
        0 => format!("{late} late"),
        1 => format!("{late} late, holds up 1 other"),
        more => format!("{late} late, holds up {more} others"),
    }
}

pub(super) fn late_by(days: u32) -> String {
    if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") }
}

/// Whose step it is: the person's words, or the company's name.
pub(super) fn owner(who: &Who, company: &str) -> String {
    match who {
        Who::Company => company.to_owned(),
        Who::Person(name) => format!("{name}, {company}"),
        Who::Placeholder(what) => format!("{what} (not named yet), {company}"),
    }
}

pub(super) fn mark_done(step: &str) -> String {
    format!("Mark “{step}” as done")
}

pub(super) fn mark_open(step: &str) -> String {
    format!("Mark “{step}” as not done")
}

pub(super) fn confirm(step: &str) -> String {
    format!("Confirm that “{step}” is done")
}

pub(super) fn take_back(step: &str) -> String {
    format!("Take back that “{step}” is done")
}

pub(super) fn waits_for(names: &[&str]) -> String {
    format!("Waits for {}", quoted(names))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

/// Why a part of what was written about a step does not hold.
pub(super) fn trouble(trouble: &Trouble, plan: &Plan) -> String {
    let name = |at: &usize| plan.steps.get(*at).map_or("", |step| step.name.as_str());
    let circle = |steps: &[usize]| quoted(&steps.iter().map(name).collect::<Vec<_>>());
    match trouble {
        Trouble::NoTarget => "It counts from the target, and there is no target yet.".to_owned(),
        Trouble::NoDay(step) => format!("It counts from “{}”, which has no day.", name(step)),
        Trouble::Gone => "It counts from a step that was deleted.".to_owned(),
        Trouble::BeyondYears => {
            "Its day would be outside of the years 0 to 9999. It comes back when the target moves.".to_owned()
        }
        Trouble::CountsInCircle(steps) => format!(
            "Two people had days count from each other in a circle: {}. The day of this step was left out until one of them changes.",
            circle(steps)
        ),
        Trouble::WaitsInCircle(steps) => format!(
            "Two people had steps wait for each other in a circle: {}. What this step waits for there was left out until one of them changes.",
            circle(steps)
        ),
        Trouble::BeforeIts(step) => format!("It is due before “{}”, which it waits for.", name(step)),
    }
}

/// Who confirmed, and when, in the reader's words.
pub(super) fn confirmed_by(said: &Said<()>, when: &str) -> String {
    format!("Confirmed by {} on {when}", named(&said.name))
}

pub(super) fn proposed_by(said: &Said<Day>, day: &str) -> String {
    format!("{} proposes {day}", named(&said.name))
}

pub(super) fn named(name: &str) -> &str {
    if name.is_empty() { SOMEBODY } else { name }
}

pub(super) fn step_deleted(name: &str) -> String {
    format!("“{name}” was deleted.")
}

pub(super) fn stage_deleted(name: &str) -> String {
    format!("The stage “{name}” was deleted. Its steps stay.")
}

pub(super) fn moved_up(name: &str, place: usize, of: usize) -> String {
    format!("“{name}” is at place {place} of {of} in its stage.")
}

/// How a step's day changes, in the reader's words.
pub(super) fn moves(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}

pub(super) fn stays(day: &str) -> String {
    format!("stays on {day}")
}

pub(super) fn move_count(moves: usize, stay: usize) -> String {
    let steps = |count: usize| if count == 1 { "1 step".to_owned() } else { format!("{count} steps") };
    let (move_word, stay_word) =
        (if moves == 1 { "moves" } else { "move" }, if stay == 1 { "stays" } else { "stay" });
    match (moves, stay) {
        (moves, 0) => format!("{} {move_word}.", steps(moves)),
        (0, stay) => format!("{} {stay_word}.", steps(stay)),
        (moves, stay) => format!("{} {move_word}, {stay} {stay_word}.", steps(moves)),
    }
}

/// By what rule a day is counted.
pub(super) fn rule(offset: Offset, from: &str) -> String {
    let count = offset.days.unsigned_abs();
    let unit = match (offset.working, count) {
        (false, 1) => "day",
        (false, _) => DAYS,
        (true, 1) => "working day",
        (true, _) => WORKING_DAYS,
    };
    match offset.days {
        0 => format!("On the day of {from}"),
        ..0 => format!("{count} {unit} before {from}"),
        _ => format!("{count} {unit} after {from}"),
    }
}

pub(super) fn the_step(name: &str) -> String {
    format!("“{name}”")
}

pub(super) const THE_TARGET: &str = "the target";

/// What stands with a step in a calendar.
pub(super) fn described(step: &Step, whose: &str, waits: Option<String>, evidence: Option<String>) -> String {
    let lines = [Some(whose.to_owned()), waits, evidence, Some(step.comment.clone())];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a screen reader hears of a step's evidence.
pub(super) fn evidence(evidence: &Evidence, when: impl Fn(u64) -> String) -> Option<String> {
    evidence.confirmed.as_ref().map(|said| confirmed_by(said, &when(said.at)))
}

/// The name of a file with the plan.
pub(super) fn file_title(room: &str) -> String {
    format!("{room} plan")
}
