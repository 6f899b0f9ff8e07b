//! The words for taking in tables from elsewhere.

use exchange::sheet::{Alike, Encoding, Mark, Order, Reason, Table, Target, Unreadable};
use session::{Count, Imported, NewProducts, Unfit};
use terms::book::{Kind, Place};

use crate::features::team::copy::field;

pub(super) const TITLE: &str = "Import a table";
pub(super) const ABOUT: &str = "Deals, accounts, contacts, history or products, as your other system or a spreadsheet saves them. You see what becomes of every column before anything is written, and can take all of it back.";
pub(super) const DROP: &str = "Let a CSV file fall here";
pub(super) const DROP_MORE: &str = "Several are taken one after the other.";
pub(super) const PICK: &str = "Pick files";
pub(super) const PASTE: &str = "Or paste rows";
pub(super) const PASTED: &str = "Pasted rows";
pub(super) const READ_PASTED: &str = "Read them";
pub(super) const UNREADABLE_FILE: &str = "The browser could not read that file. Pick it again.";
pub(super) const TOO_LARGE: &str =
    "The file has more than 64 MB. Save it in parts, and import one after the other.";
pub(super) const ANOTHER: &str = "Another file";
pub(super) const FOUND: &str = "What was found";
pub(super) const ROWS_ARE: &str = "Each row is";
pub(super) const ENCODING: &str = "Letters are written in";
pub(super) const DELIMITER: &str = "Columns are parted by";
pub(super) const HEADER: &str = "The first row names the columns";
pub(super) const PREVIEW: &str = "The first rows";
pub(super) const NOT_TAKEN: &str = "Leave it out";
pub(super) const OWN_CURRENCY: &str = "Your team's currency";
pub(super) const SERIAL: &str = "Days as a spreadsheet counts them";
pub(super) const SELLERS: &str =
    "The book has no place for sellers yet: deals name their owner. There is nothing to take in here.";
pub(super) const NOT_KEPT: &str =
    "Not kept: what a deal closed with is not what it was worth, and a chance is your owner's to say.";
pub(super) const NOT_KEPT_SHORT: &str = "Not kept";
pub(super) const ASKED: &str = "Only you can know";
pub(super) const STAGES: &str = "Stages and your steps";
pub(super) const STAGES_ABOUT: &str = "Where a deal is whose row has this word.";
pub(super) const PROCESS: &str = "Process";
pub(super) const NEW_STEPS: &str = "New steps, as in the table";
pub(super) const NEW_PROCESS: &str = "Imported steps";
pub(super) const STEPS: &str = "Steps";
pub(super) const OVER: &str = "Over";
pub(super) const NOT_PLACED: &str = "Choose…";
pub(super) const NO_PROCESS: &str = "The table says nothing of stages, and your team has no process yet. Say in the pipeline how you sell, then come back.";
pub(super) const NAMES: &str = "Names that are almost the same";
pub(super) const NAMES_ABOUT: &str =
    "A joined name is read as the other one. What you leave apart stays a name of its own.";
pub(super) const JOIN_ALL: &str = "Join all";
pub(super) const JOIN: &str = "Join";
pub(super) const APART: &str = "Keep apart";
pub(super) const SUMMARY: &str = "What will happen";
pub(super) const BAD_ABOUT: &str = "They stay out. Save them as a table, mend them, and import that table.";
pub(super) const SAVE_BAD: &str = "Save them as a table";
pub(super) const WHY: &str = "Why it was not imported";
pub(super) const LINE: &str = "Line";
pub(super) const WITHOUT_CELLS: &str = "Take such rows in without the cell that cannot be read";
pub(super) const IMPORT: &str = "Import";
pub(super) const NOTHING_NEW: &str = "All of it is in the book already, just so.";
pub(super) const NOTHING: &str = "There is nothing in it that can be taken in.";
pub(super) const WORKING: &str = "Importing";
pub(super) const STOP: &str = "Stop";
pub(super) const DONE: &str = "It is imported";
pub(super) const STOPPED: &str = "Stopped";
pub(super) const TO_PIPELINE: &str = "To the pipeline";
pub(super) const TO_ACCOUNTS: &str = "To the accounts";
pub(super) const TO_PRODUCTS: &str = "To the products";
pub(super) const UNDO_IMPORT: &str = "Undo the import";
pub(super) const UNDOING: &str = "Undoing…";
pub(super) const UNDONE: &str = "Undone";
pub(super) const PAST: &str = "Past imports";
pub(super) const NO_REASON: &str = "Imported without a reason";
pub(super) const ONE_AT_A_TIME: &str = "Wait until what goes on is done.";

/// A count in the reader's way of writing.
fn figure(count: usize) -> String {
    browser::figures::number(&count.to_string(), 0)
}

pub(super) fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", figure(count)) }
}

pub(super) fn times(count: usize) -> String {
    format!("in {}", rows(count))
}

pub(super) fn go_on_with(name: &str) -> String {
    format!("Go on with {name}")
}

pub(super) fn table(table: Table) -> &'static str {
    match table {
        Table::Deals => "A deal",
        Table::Accounts => "An account",
        Table::Contacts => "A contact",
        Table::History => "A deal that came to a step",
        Table::Products => "A product",
        Table::Sellers => "A seller",
    }
}

pub(super) fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    }
}

pub(super) fn delimiter(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "Commas",
        b';' => "Semicolons",
        b'\t' => "Tabs",
        _ => "Bars",
    }
}

pub(super) fn doubtful(count: usize) -> String {
    let places = if count == 1 { "1 sign makes".to_owned() } else { format!("{} signs make", figure(count)) };
    format!("{places} no sense in it. Try another way of writing letters.")
}

pub(super) fn troubles(count: usize) -> String {
    format!(
        "{} not written as they should be, with cells missing or quotes left open. They were read as well as they can be.",
        if count == 1 { "1 row is".to_owned() } else { format!("{} rows are", figure(count)) }
    )
}

pub(super) fn unreadable(why: Unreadable) -> String {
    match why {
        Unreadable::Empty => "There is nothing in it.".to_owned(),
        Unreadable::NotText => {
            "This is no text. Save the table as CSV in the program it comes from, and import that file."
                .to_owned()
        }
        Unreadable::TooLong => TOO_LARGE.to_owned(),
        Unreadable::TooManyRows => {
            "It has more than 250,000 rows. Save it in parts, and import one after the other.".to_owned()
        }
        Unreadable::TooManyColumns { line } => {
            format!("Line {line} has more than 512 columns. Another sign may part them.")
        }
    }
}

pub(super) fn means(column: &str) -> String {
    format!("What “{column}” is")
}

pub(super) fn currency_of(column: &str) -> String {
    format!("Currency of “{column}”")
}

pub(super) fn unclear_days(sample: &str, column: &str) -> String {
    format!("Which day is “{sample}” in “{column}”?")
}

pub(super) fn unclear_numbers(sample: &str, column: &str) -> String {
    format!("Which number is “{sample}” in “{column}”?")
}

pub(super) fn order(order: Order) -> &'static str {
    match order {
        Order::Dmy => "day, month, year",
        Order::Mdy => "month, day, year",
        Order::Ymd => "year, month, day",
    }
}

pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Point => "a point before decimals",
        Mark::Comma => "a comma before decimals",
    }
}

pub(super) fn doubled(target: Target, column: &str) -> String {
    format!(
        "An earlier column is “{}” too. Say something else of “{column}”, or leave it out.",
        self::target(target)
    )
}

pub(super) fn missing(one_of: &[Target]) -> String {
    let names: Vec<&str> = one_of.iter().map(|it| target(*it)).collect();
    format!("No column is “{}” yet, and every row needs it.", names.join("” or “"))
}

pub(super) fn target(target: Target) -> &'static str {
    match target {
        Target::Id => "Id",
        Target::Name => "Name",
        Target::Account => "Account",
        Target::Contact => "Contact",
        Target::Owner => "Owner",
        Target::Product => "Product",
        Target::Amount => "Amount",
        Target::ClosedAmount => "Closed with",
        Target::Currency => "Currency",
        Target::Step => "Step",
        Target::Outcome => "Outcome",
        Target::Chance => "Chance",
        Target::Created => "Created",
        Target::Engaged => "Begun on",
        Target::Expected => "Expected close date",
        Target::Closed => "Closed",
        Target::Kind => "Kind of deal",
        Target::Segment => "Segment",
        Target::Industry => "Industry",
        Target::Region => "Region",
        Target::Source => "Source",
        Target::Competitor => "Competitor",
        Target::Reason => "Reason",
        Target::NextStep => "Next step",
        Target::Note => "Note",
        Target::Employees => "Employees",
        Target::Revenue => "Revenue",
        Target::Founded => "Founded",
        Target::Place => "Place",
        Target::Parent => "Parent account",
        Target::Website => "Website",
        Target::Phone => "Phone",
        Target::FirstName => "First name",
        Target::LastName => "Last name",
        Target::JobTitle => "Job title",
        Target::Email => "Email",
        Target::Deal => "Id of the deal",
        Target::Entered => "Came there on",
        Target::By => "By whom",
        Target::Family => "Heading",
        Target::Price => "Price",
        Target::Manager => "Manager",
    }
}

/// Whether the book has no place for it.
pub(super) fn is_not_kept(target: Target) -> bool {
    matches!(target, Target::ClosedAmount | Target::Chance | Target::Kind | Target::Founded)
}

/// What names are names of, where several may be one.
pub(super) fn names_of(target: Target) -> &'static str {
    match target {
        Target::Product => "Product",
        Target::Account | Target::Parent | Target::Name => "Account",
        other => self::target(other),
    }
}

pub(super) fn alike(how: Alike) -> &'static str {
    match how {
        Alike::Form => "the same letters",
        Alike::Order => "the same words",
        Alike::Letter => "one letter differs",
    }
}

pub(super) fn here(count: usize) -> String {
    if count == 0 { "known here".to_owned() } else { times(count) }
}

pub(super) fn decide(from: &str, to: &str) -> String {
    format!("{from} and {to}")
}

pub(super) fn place(place: &Place) -> &'static str {
    match place {
        Place::Won => "Won",
        Place::Lost => "Lost",
        _ => "No decision",
    }
}

pub(super) fn stage(words: &str) -> String {
    format!("Where “{words}” is")
}

fn records(kind: Kind, count: usize) -> String {
    let (one, many) = match kind {
        Kind::Deal => ("deal", "deals"),
        Kind::Account => ("account", "accounts"),
        Kind::Contact => ("contact", "contacts"),
    };
    format!("{} {}", figure(count), if count == 1 { one } else { many })
}

/// What becomes of the records of a kind; none where there are none.
pub(super) fn count(kind: Kind, count: Count) -> Option<String> {
    let parts = [
        (count.new, format!("{} new", records(kind, count.new))),
        (count.changed, format!("{} changed", records(kind, count.changed))),
        (count.same, format!("{} already just so", records(kind, count.same))),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

pub(super) fn products(count: usize) -> String {
    let what =
        if count == 1 { "1 product goes".to_owned() } else { format!("{} products go", figure(count)) };
    format!("{what} into the list of what your team sells. One that is there gets the price of the table.")
}

pub(super) fn priced(count: usize) -> String {
    match count {
        1 => "1 deal has no amount of its own and gets the list price of its product.".to_owned(),
        count => {
            let count = figure(count);
            format!("{count} deals have no amount of their own and get the list price of their products.")
        }
    }
}

pub(super) fn not_priced(count: usize) -> String {
    let what = if count == 1 { "1 deal has".to_owned() } else { format!("{} deals have", figure(count)) };
    format!(
        "{what} no amount: the table says none, and the list of products has no price for it. Import the products first to have it."
    )
}

pub(super) fn blank(count: usize) -> String {
    format!(
        "{} nothing in them.",
        if count == 1 { "1 row has".to_owned() } else { format!("{} rows have", figure(count)) }
    )
}

pub(super) fn bad(count: usize) -> String {
    format!("{} cannot be imported", rows(count))
}

pub(super) fn more_bad(count: usize) -> String {
    format!("and {} more", figure(count))
}

pub(super) fn bad_title(source: &str) -> String {
    format!("{source}, not imported")
}

pub(super) fn progress(done: usize, of: usize) -> String {
    format!("{} of {}", figure(done), figure(of))
}

pub(super) fn came(came: &Imported) -> String {
    let records =
        |count: usize| if count == 1 { "1 record".to_owned() } else { format!("{} records", figure(count)) };
    let mut said = format!(
        "{} made, {} changed, {} just so before.",
        records(came.made),
        figure(came.changed),
        figure(came.same)
    );
    if came.left_out > 0 {
        said += &format!(" {} left out, since you stopped.", records(came.left_out));
    }
    said
}

pub(super) fn came_products(came: &NewProducts) -> String {
    format!(
        "{} new in the list, {} with another price, {} just so before.",
        figure(came.made),
        figure(came.changed),
        figure(came.same)
    )
}

pub(super) fn past(when: &str, by: &str) -> String {
    if by.is_empty() { when.to_owned() } else { format!("{when} · {by}") }
}

pub(super) fn undo_of(source: &str) -> String {
    format!("Undo the import of {source}")
}

pub(super) fn undone(done: usize, left: usize) -> String {
    let kept =
        if left == 0 { String::new() } else { format!(" {} changed since, and stayed.", figure(left)) };
    format!("Undone: {} records and cells are as they were.{kept}", figure(done))
}

pub(super) fn reason(reason: Reason) -> String {
    match reason {
        Reason::NotADay => "is no day".to_owned(),
        Reason::NotANumber => "is no number".to_owned(),
        Reason::TooFine => "has more than six decimals".to_owned(),
        Reason::TooLarge => "is too large a number".to_owned(),
        Reason::NotAnAddress => "is no e-mail address".to_owned(),
        Reason::NotACurrency => "is no currency".to_owned(),
        Reason::Missing(one_of) => {
            let names: Vec<&str> = one_of.iter().map(|it| target(*it)).collect();
            format!("It has no {}", names.join(" or "))
        }
        Reason::SameId { line } => format!("Line {line} has the same id"),
        Reason::TooManyCells => "It has more cells than there are columns".to_owned(),
    }
}

/// What is wrong with a cell.
pub(super) fn fault(column: &str, cell: &str, reason: Reason) -> String {
    format!("{column}: “{cell}” {}", self::reason(reason))
}

pub(super) fn unfit(why: Unfit) -> String {
    match why {
        Unfit::Field(of) => format!("{}: too long, or no number that fits there", field(of)),
        Unfit::SameNames { line } => format!("Line {line} has the same name and account"),
        Unfit::NoSuchDeal => "The book has no deal with this id. Import the deals first".to_owned(),
        Unfit::NoPlace => "Its stage has no place in your steps".to_owned(),
    }
}

/// What a column of a table is called that leaves; a table with these comes in again unasked.
pub(super) fn heading(target: Target) -> String {
    self::target(target).to_owned()
}

pub(super) fn file_title(team: &str, kind: Kind) -> String {
    let what = match kind {
        Kind::Deal => "deals",
        Kind::Account => "accounts",
        Kind::Contact => "contacts",
    };
    format!("{team}, {what}")
}
