//! The words for the library, and for what of it is worth using.

use exchange::nugget::What;
use insight::serve::{Effect, Reason};
use session::Taken;
use terms::nugget::{Facet, NuggetKind, State};

pub(super) const LIBRARY: &str = "Library";
pub(super) const ABOUT: &str = "What you have to show and to say, and for which deals. What is approved is offered on the page of each deal.";
pub(super) const SEARCH: &str = "Search the library";
pub(super) const CLEAR_SEARCH: &str = "Clear the search";
pub(super) const ALL_KINDS: &str = "All kinds";
pub(super) const KIND: &str = "Kind";
pub(super) const ALL_STATES: &str = "In any state";
pub(super) const STATE: &str = "State";
pub(super) const STALE_ONLY: &str = "Past review-by";
pub(super) const NEW: &str = "New nugget";
pub(super) const FILES: &str = "Markdown files…";
pub(super) const FOLDER: &str = "A folder…";
pub(super) const DROP: &str = "Let go to bring them into the library";
pub(super) const EMPTY: &str = "What sells for you will be here";
pub(super) const EMPTY_MORE: &str = "Cases, references, answers to objections, questions to ask. Bring in a folder of Markdown, whose first lines between --- say what each is for, or write the first one.";
pub(super) const NONE_FOUND: &str = "Nothing in the library is like that.";
pub(super) const STALE: &str = "Past review-by";
pub(super) const EDIT: &str = "Nugget";
pub(super) const TITLE: &str = "Title";
pub(super) const TITLE_NEEDED: &str = "Give it a title.";
pub(super) const OWNER: &str = "Owner";
pub(super) const REVIEW_BY: &str = "Review by";
pub(super) const TEXT: &str = "Text";
pub(super) const TEXT_HINT: &str = "Markdown. {{account.name}} becomes the buyer's name in the room.";
pub(super) const WRITE: &str = "Write";
pub(super) const LOOK: &str = "As the buyer reads it";
pub(super) const VIEW: &str = "How the text is shown";
pub(super) const COMMAS: &str = "Several with commas between them.";
pub(super) const WHAT_FOR: &str = "What it is for";
pub(super) const SAVE: &str = "Save";
pub(super) const SUBMIT: &str = "Ask for approval";
pub(super) const APPROVE: &str = "Approve";
pub(super) const BACK_TO_DRAFT: &str = "Back to draft";
pub(super) const REMOVE: &str = "Remove from the library";
pub(super) const MORE: &str = "More";
pub(super) const SAVED: &str = "The nugget is kept.";
pub(super) const APPROVED: &str = "It is approved, and offered for deals.";
pub(super) const SUBMITTED: &str = "It waits for approval.";
pub(super) const DRAFTED: &str = "It is a draft again.";
pub(super) const REMOVED: &str = "It is out of the library.";
pub(super) const RESTORED: &str = "The earlier words are in the field. Save to keep them.";
pub(super) const RESTORE: &str = "Take these words";
pub(super) const CLOSE: &str = "Close";
pub(super) const IMAGE_IN_ROOM: &str = "The image is shown in the room.";
pub(super) const EMPTY_TEXT: &str = "Nothing is written yet.";
pub(super) const BROUGHT: &str = "Brought in";
pub(super) const DISMISS: &str = "Dismiss";

pub(super) const WORTH: &str = "Worth using at this step";
pub(super) const NONE_APPROVED: &str = "Nothing in the library is approved yet.";
pub(super) const TO_LIBRARY: &str = "To the library";
pub(super) const ADD: &str = "Add to the room";
pub(super) const COPY: &str = "Copy";
pub(super) const COPIED: &str = "Copied. It is noted as used.";
pub(super) const NOT_COPIED: &str = "The browser did not let it be copied.";
pub(super) const USED: &str = "Used at this step";
pub(super) const MORE_OF_THEM: &str = "Show more";

pub(in crate::features::team) fn kind(kind: NuggetKind) -> &'static str {
    match kind {
        NuggetKind::Benefit => "Benefit",
        NuggetKind::Case => "Case",
        NuggetKind::Reference => "Reference",
        NuggetKind::Answer => "Objection answer",
        NuggetKind::Competitor => "Competitor note",
        NuggetKind::Questions => "Question guide",
        NuggetKind::Template => "Template",
        NuggetKind::Calculator => "Calculator",
        NuggetKind::Person => "Person",
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Draft => "Draft",
        State::Submitted => "Waits for approval",
        State::Approved => "Approved",
    }
}

pub(super) fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Step => "Steps",
        Facet::Problem => "Problems",
        Facet::Industry => "Industries",
        Facet::Product => "Products",
        Facet::Role => "Roles",
        Facet::Size => "Sizes",
    }
}

/// One tag's sort, before what fits.
fn facet_fits(facet: Facet) -> &'static str {
    match facet {
        Facet::Step => "step",
        Facet::Problem => "problem",
        Facet::Industry => "industry",
        Facet::Product => "product",
        Facet::Role => "role",
        Facet::Size => "size",
    }
}

pub(super) fn facet_hint(facet: Facet) -> &'static str {
    match facet {
        Facet::Size => "small, medium, large, or <5000, 5000-100000, >100000.",
        _ => COMMAS,
    }
}

pub(super) fn nuggets(count: usize) -> String {
    if count == 1 { "1 nugget".to_owned() } else { format!("{count} nuggets") }
}

pub(super) fn found(shown: usize, all: usize) -> String {
    if shown == all { nuggets(all) } else { format!("{shown} of {}", nuggets(all)) }
}

pub(super) fn approve_all(count: usize) -> String {
    if count == 1 { "Approve this one".to_owned() } else { format!("Approve these {count}") }
}

pub(super) fn approved(count: usize) -> String {
    format!("{} approved.", nuggets(count))
}

pub(super) fn more(count: usize) -> String {
    format!("{count} more")
}

pub(super) fn review_by(day: &str) -> String {
    format!("Review by {day}")
}

/// How far it is, since when, by whom.
pub(super) fn stated(of: State, when: Option<&str>, by: &str) -> String {
    let mut words = state(of).to_owned();
    if let Some(when) = when {
        words += &format!(", {when}");
    }
    if !by.is_empty() {
        words += &format!(", {by}");
    }
    words
}

pub(super) fn versions(count: usize) -> String {
    if count == 1 { "1 earlier version".to_owned() } else { format!("{count} earlier versions") }
}

pub(super) fn version(when: &str, by: &str) -> String {
    if by.is_empty() { when.to_owned() } else { format!("{when} · {by}") }
}

pub(super) fn taken(taken: Taken) -> String {
    let Taken { made, changed, same } = taken;
    let parts = [(made, "new"), (changed, "changed"), (same, "already there")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { "Nothing was brought in.".to_owned() } else { parts.join(", ") + "." }
}

pub(super) fn skipped(count: usize) -> String {
    if count == 1 {
        "One file is not Markdown and was left out.".to_owned()
    } else {
        format!("{count} files are not Markdown and were left out.")
    }
}

pub(super) fn wrong(path: &str, line: usize, what: &What) -> String {
    let why = match what {
        What::NotText => "this is not text in UTF-8".to_owned(),
        What::NoEnd => "no --- ends the lines at the top".to_owned(),
        What::NoField => "write “name: value”, or “- value” below a name".to_owned(),
        What::Twice => "this name was there already".to_owned(),
        What::NoKind(kind) => format!("there is no kind “{kind}”"),
        What::NoDay(day) => format!("“{day}” is no day such as 2027-03-01"),
        What::Several => "only one value can be here".to_owned(),
    };
    format!("{path}, line {line}: {why}.")
}

pub(super) fn too_large(path: &str) -> String {
    format!("{path}: it is too large, or could not be read.")
}

pub(super) fn passed_over(path: &str, line: usize, name: &str) -> String {
    format!("{path}, line {line}: “{name}” means nothing here and was left out.")
}

pub(super) fn added(title: &str) -> String {
    format!("“{title}” is at the end of the room.")
}

/// What fits of it, in one line; nothing where nothing does.
pub(in crate::features::team) fn fits(reasons: &[Reason]) -> Option<String> {
    let part = |reason: &Reason| match reason {
        Reason::Tags(facet, tags) => Some(format!("{} {}", facet_fits(*facet), tags.join(", "))),
        Reason::Kind => Some("its kind helps here".to_owned()),
        _ => None,
    };
    let parts: Vec<String> = reasons.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| format!("Fits: {}.", parts.join(" · ")))
}

/// Any other reason in words.
pub(in crate::features::team) fn reason(reason: &Reason, day: impl Fn(&str) -> String) -> Option<String> {
    match reason {
        Reason::Tags(..) | Reason::Kind => None,
        Reason::Words(words) => Some(format!("Has words of this deal: {}.", words.join(", "))),
        Reason::Went(effect) => Some(went(effect)),
        Reason::TooFew(effect) => {
            let count = effect.with.of;
            let deals = if count == 1 {
                "1 deal that used it has".to_owned()
            } else {
                format!("{count} deals that used it have")
            };
            Some(format!("Too few to compare: {deals} ended, {} did without.", effect.without.of))
        }
        Reason::Stale(due) => Some(format!("Was to be reviewed by {}.", day(&due.to_string()))),
    }
}

/// How deals went with it and without. Not a cause, and the words say so.
fn went(effect: &Effect) -> String {
    let percent = |share: f64| (100.0 * share).round() as i64;
    let (with, without) = (percent(effect.with.rate()), percent(effect.without.rate()));
    let mut words = format!(
        "Won {with}% with it, {without}% without, of {} and {} deals",
        effect.with.of, effect.without.of
    );
    if let Some((low, high)) = effect.interval() {
        let signed = |share: f64| match percent(share) {
            below @ ..0 => format!("−{}", -below),
            other => format!("+{other}"),
        };
        words += &format!(" (difference {} to {} points, 90%)", signed(low), signed(high));
    }
    words + ". They went together; that is no proof that it helps."
}
