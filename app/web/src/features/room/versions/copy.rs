//! The words of versions.

use browser::{clock, figures};
use exchange::frozen::{TermChange, Topic, What};
use session::Reason;
use terms::price::{Currency, Detail};
use text::{Block, Fate, LineFormat, Mark, Marks, Within};

pub(super) const ABOUT: &str = "States of this room to compare and to go back to. Named ones are seen by everybody in the room; the others are kept on this device alone.";
const AN_IMAGE: &str = "an image";
pub(super) const NAME: &str = "Name this version";
pub(super) const ITS_NAME: &str = "Name";
pub(super) const NAME_EXAMPLE: &str = "Before the call";
pub(super) const NAME_LIMIT: &str = "Everybody who can open the room can see it, with all that it says now.";
pub(super) const KEEP: &str = "Keep version";
pub(super) const READING: &str = "Reading the versions";
pub(super) const NONE: &str = "No versions yet";
pub(super) const NONE_MORE: &str = "One is kept when you begin to change what is written, and when you leave the room. Name one to find it again.";
pub(super) const NOW: &str = "Now";
pub(super) const YOU: &str = "you";
pub(super) const COMPARISON: &str = "Comparison";
pub(super) const COMPARED_WITH: &str = "Compare with";
pub(super) const RESTORE: &str = "Restore";
pub(super) const PREVIOUS: &str = "Previous change";
pub(super) const NEXT: &str = "Next change";
pub(super) const SAME: &str = "There is no difference.";
pub(super) const MISSING: &str = "The bytes of this version are not on this device yet. They come with the next link, file or live meeting.";
pub(super) const UNNAMED: &str = "Section without a name";
pub(super) const SECTION_NEW: &str = "new";
pub(super) const SECTION_GONE: &str = "deleted";
pub(super) const SECTION_MOVED: &str = "moved";
pub(super) const TABLE: &str = "Table";
pub(super) const IMAGE: &str = "Image";
pub(super) const DIVIDER: &str = "Line across the page";

pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Began => "Before your changes",
        Reason::Left => "When you left",
        Reason::Restoring => "Before restoring",
        Reason::Suggestions => "Before accepting all suggestions",
        Reason::Sealing => "Before sealing",
    }
}

pub(super) fn from_to(old: &str, new: &str) -> String {
    format!("{old} → {new}")
}

pub(super) fn by(when: &str, who: &str) -> String {
    if who.is_empty() { when.to_owned() } else { format!("{when}, by {who}") }
}

pub(super) fn forget(name: &str) -> String {
    format!("Take back “{name}”")
}

pub(super) fn restored(name: &str, owns: bool) -> String {
    if owns {
        format!("The room is as in “{name}”.")
    } else {
        format!("The text is as in “{name}”. Title, plan and price are the seller's and stay.")
    }
}

pub(super) fn renamed(before: &str) -> String {
    if before.is_empty() { "named".to_owned() } else { format!("was “{before}”") }
}

pub(super) fn same_lines(count: usize) -> String {
    if count == 1 { "1 paragraph is the same".to_owned() } else { format!("{count} paragraphs are the same") }
}

fn kind(format: &LineFormat) -> String {
    let block = match &format.block {
        Block::Paragraph => "paragraph".to_owned(),
        Block::Heading(level) => format!("heading {level}"),
        Block::Bullet => "bullet".to_owned(),
        Block::Ordered => "number".to_owned(),
        Block::Check { done: true } => "ticked".to_owned(),
        Block::Check { done: false } => "not ticked".to_owned(),
        Block::Code { .. } => "code".to_owned(),
        Block::Divider => "line".to_owned(),
        Block::Table(_) => "table".to_owned(),
        Block::Image(_) => "image".to_owned(),
    };
    match format.within {
        Within::Text => block,
        Within::Quote => format!("{block} in a quotation"),
        Within::Callout => format!("{block} in a box"),
    }
}

pub(super) fn reformatted(before: &LineFormat, after: &LineFormat) -> String {
    let (before, after) = (kind(before), kind(after));
    if before == after { "set otherwise".to_owned() } else { format!("{before} → {after}") }
}

pub(super) fn remarked(before: &Marks, after: &Marks) -> String {
    let name = |mark: Mark| match mark {
        Mark::Bold => "bold",
        Mark::Italic => "italic",
        Mark::Underline => "underlined",
        Mark::Strike => "struck through",
        Mark::Code => "code",
        Mark::Highlight => "highlighted",
    };
    let changed = Mark::ALL.into_iter().filter(|mark| before.has(*mark) != after.has(*mark));
    let mut words: Vec<String> = changed
        .map(|mark| if after.has(mark) { name(mark).to_owned() } else { format!("not {}", name(mark)) })
        .collect();
    if before.link != after.link {
        words.push(if after.link.is_some() { "another link" } else { "no link" }.to_owned());
    }
    format!("now {}", words.join(", "))
}

/// A change of a term, in words.
pub(super) struct Said {
    /// What it is about.
    pub(super) topic: String,
    /// What of that, or what became of it.
    pub(super) what: String,
    /// As it was.
    pub(super) before: String,
    /// As it is.
    pub(super) after: String,
}

pub(super) fn term(change: &TermChange) -> Said {
    let quoted = |what: &str, name: &str| if name.is_empty() { what.to_owned() } else { name.to_owned() };
    let topic = match &change.topic {
        Topic::Page => "First page".to_owned(),
        Topic::Person(name) => quoted("Somebody", name),
        Topic::Variable(name) => format!("{{{{{name}}}}}"),
        Topic::Price => "Price".to_owned(),
        Topic::Line(name) => quoted("Line of the price", name),
        Topic::Plan => "Plan".to_owned(),
        Topic::Step(name) => quoted("Step of the plan", name),
    };
    let what = match (change.what, change.fate) {
        (What::Whole, Fate::Inserted) => "added",
        (What::Whole, _) => "removed",
        (what, _) => field(what),
    };
    let value = |value: &str| match change.what {
        _ if value.is_empty() => String::new(),
        What::Until | What::Target | What::Pinned => clock::day(value),
        What::Each | What::LessOnce | What::LessMonthly | What::LessYearly => money(value),
        What::Discount if !value.ends_with('%') => money(value),
        What::Discount | What::Tax | What::Less => figures::percent(value.trim_end_matches('%')),
        What::Quantity | What::ChosenQuantity => figures::number(value, 0),
        What::Tiers => value.split(", ").map(|tier| priced("From", tier)).collect::<Vec<_>>().join(", "),
        What::Kept => priced("For", value),
        What::Hidden => hidden(value),
        What::Logo => value
            .split_once(' ')
            .map_or(AN_IMAGE, |(_, alt)| if alt.is_empty() { AN_IMAGE } else { alt })
            .to_owned(),
        _ => value.to_owned(),
    };
    Said { topic, what: what.to_owned(), before: value(&change.before), after: value(&change.after) }
}

/// An amount with its currency before it, as the reader's language writes it.
fn money(kept: &str) -> String {
    let Some((code, amount)) = kept.split_once(' ') else { return kept.to_owned() };
    let digits = Currency::parse(code).map(|it| it.digits()).unwrap_or_default();
    figures::money(amount, code, digits, 6)
}

/// A quantity with the price of one that holds for it.
fn priced(word: &str, kept: &str) -> String {
    match kept.split_once(' ') {
        Some((quantity, price)) => format!("{word} {}: {}", figures::number(quantity, 0), money(price)),
        None => kept.to_owned(),
    }
}

fn hidden(kept: &str) -> String {
    let names = kept.split(", ").filter_map(Detail::parse).map(crate::features::room::price::column_name);
    names.collect::<Vec<_>>().join(", ")
}

fn field(what: What) -> &'static str {
    match what {
        What::Whole => "",
        What::Order => "in another order",
        What::Title => "title",
        What::Seller => "selling company",
        What::Buyer => "buying company",
        What::Welcome => "greeting",
        What::Hue => "colour",
        What::Logo => "logo",
        What::Name => "name",
        What::Role => "role",
        What::Mail => "e-mail",
        What::Phone => "phone",
        What::Side => "side",
        What::Value => "value",
        What::Currency => "currency",
        What::Months => "months of the term",
        What::Until => "valid until",
        What::Less => "off everything",
        What::LessOnce => "off what is paid once",
        What::LessMonthly => "off each month",
        What::LessYearly => "off each year",
        What::Hidden => "columns that buyers do not see",
        What::Note => "note",
        What::Unit => "unit",
        What::Heading => "heading",
        What::Quantity => "quantity",
        What::Bounds => "quantities to choose from",
        What::Each => "price for one",
        What::Tiers => "tiers",
        What::Kept => "price kept for a quantity",
        What::Recurrence => "paid",
        What::Discount => "discount",
        What::Tax => "tax",
        What::Optional => "optional",
        What::Package => "package",
        What::ChosenIn => "chosen",
        What::ChosenQuantity => "chosen quantity",
        What::ChosenPackage => "chosen package",
        What::Goal => "goal",
        What::Target => "target",
        What::Stages => "stages",
        What::Stage => "stage",
        What::Who => "who",
        What::Due => "due",
        What::Pinned => "pinned to",
        What::Takes => "days it takes",
        What::Status => "status",
        What::After => "waits for",
        What::Comment => "comment",
        What::Confirmed => "confirmed by the buyer",
    }
}
