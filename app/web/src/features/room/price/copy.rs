//! The words about the price.

use terms::price::{Detail, Fault, LINES_MAX, Recurrence, TIERS_MAX, Untypable};

pub(super) const SEE_PRICE: &str = "Open";
pub(super) const PRICE: &str = "Price";
pub(super) const MODE: &str = "What to show";
pub(super) const EDIT: &str = "Edit";
pub(super) const LOOK: &str = "As the buyer sees it";
pub(super) const EMPTY: &str = "The price will be here.";
pub(super) const ABOUT_CHOOSING: &str =
    "Choose what you need. Everyone sees the new total at once; nothing is ordered until you accept.";
pub(super) const ABOUT_LOOKING: &str = "What is offered, and what it comes to.";
pub(super) const ABOUT_EDITING: &str = "What you change here, everybody in the room sees at once.";
pub(super) const TO_TABLE: &str = "Save as a table";
/// The heads of the table that leaves.
pub(super) const TABLE: [&str; 14] = [
    "Heading", "What", "More", "Package", "Included", "Quantity", "Unit", "Each", "Tiers", "Paid", "Less",
    "Tax %", "Amount", "Currency",
];
pub(super) const LINES: &str = "What is in the price";
pub(super) const WHAT: &str = "What you get";
pub(super) const QUANTITY: &str = "Quantity";
pub(super) const EACH: &str = "Each";
pub(super) const LESS: &str = "Less";
pub(super) const TAX: &str = "Tax";
pub(super) const PAID: &str = "Paid";
pub(super) const AMOUNT: &str = "Amount";
pub(super) const INCLUDED: &str = "Included";
pub(super) const NOT_INCLUDED: &str = "Not included";
pub(super) const CHOSEN: &str = "Chosen";
pub(super) const FEWER: &str = "Fewer";
pub(super) const ONE_MORE: &str = "More";
pub(super) const YOU: &str = "You";
pub(super) const YOUR_TOTAL: &str = "Your total";
pub(super) const DISCOUNT: &str = "Discount";
pub(super) const WITH_TAX: &str = "With tax";

pub(super) const GRID: &str = "Lines of the price";
pub(super) const GRID_HINT: &str = "Enter goes down and adds a line at the end, arrows go around. Alt with an arrow moves the line, Ctrl+Shift+Backspace deletes it. Paste rows from a spreadsheet: what, quantity, each, amount.";
pub(super) const NEW_LINE: &str = "New line";
pub(super) const NEW_LINE_HINT: &str = "Add a line, or paste rows here";
pub(super) const MOVE_UP: &str = "Move up";
pub(super) const MOVE_DOWN: &str = "Move down";
pub(super) const DUPLICATE: &str = "Duplicate";
pub(super) const DELETE: &str = "Delete line";
pub(super) const UNDO: &str = "Undo";
pub(super) const DETAILS: &str = "Details";
pub(super) const UNDERSTOOD: &str = "OK";
pub(super) const TO_PRODUCTS: &str = "Save to products";
pub(super) const NO_LINE: &str = "Go to a line first.";
pub(super) const LINE_TOOLS: &str = "Line";

pub(super) const DONE: &str = "Done";
pub(super) const NOTE: &str = "More about it";
pub(super) const UNIT: &str = "What one is called";
pub(super) const UNIT_HINT: &str = "Such as person, office or day.";
pub(super) const SECTION: &str = "Heading";
pub(super) const SECTION_HINT: &str = "Lines with the same heading stand together, with a subtotal.";
pub(super) const CHOICE: &str = "What the buyer may do";
pub(super) const ALWAYS: &str = "It is always in";
pub(super) const MAY_LEAVE: &str = "It is in, and they may leave it out";
pub(super) const MAY_ADD: &str = "It is out, and they may add it";
pub(super) const LEAST: &str = "They may choose from";
pub(super) const MOST: &str = "to";
pub(super) const BOUNDS_HINT: &str = "Leave both empty for a fixed quantity.";
pub(super) const PACKAGE: &str = "Package";
pub(super) const PACKAGE_HINT: &str =
    "The buyer chooses one of the packages. Lines with the same one come together.";
pub(super) const GROUP: &str = "Choice";
pub(super) const GROUP_HINT: &str = "Only where there are several to make, such as Licence and Support.";
pub(super) const OPTIONAL: &str = "(optional)";

pub(super) const TIERS: &str = "Price by quantity";
pub(super) const TIERS_HINT: &str = "From each of these quantities on, one costs something else.";
pub(super) const TIER_FROM: &str = "From";
pub(super) const TIER_EACH: &str = "each";
pub(super) const ADD_TIER: &str = "Add a tier";
pub(super) const USE_TIERS: &str = "Use the tiers";
pub(super) const IS_KEPT: &str = "kept, not of a tier";
pub(super) const IS_BEFORE_TIERS: &str = "before the tiers";
pub(super) const OTHER_TIER: &str = "Change the price too?";
pub(super) const USE_PRICES: &str = "Use the tiers’ prices";
pub(super) const KEEP_PRICES: &str = "Keep the prices";
pub(super) const COLUMNS: &str = "What buyers see";
pub(super) const COLUMNS_HINT: &str = "What you turn off is left out of their view, of the table they save and of what they sign. It is not secret: it stays in the room, and whoever has the room can find it there. All sums stay exact.";
pub(super) const SOME_HIDDEN: &str =
    "Some columns of this price are not shown. They are part of what is sealed.";

pub(super) const TERMS: &str = "For all lines";
pub(super) const CURRENCY: &str = "Currency";
pub(super) const CURRENCY_LOCKED: &str = "Stays once there are lines.";
pub(super) const MONTHS: &str = "Term in months";
pub(super) const UNTIL: &str = "Valid until";
pub(super) const OFF_ALL: &str = "Off everything";
pub(super) const OFF_ALL_HINT: &str = "In percent.";
pub(super) const OFF_AMOUNTS: &str = "Amounts off";
pub(super) const OFF_ONCE: &str = "Off what is paid once";
pub(super) const OFF_MONTHLY: &str = "Off each month";
pub(super) const OFF_YEARLY: &str = "Off each year";
pub(super) const BAD_MONTHS: &str = "A term is 1 to 1,200 whole months.";

/// What is wrong with a number of the price, and how to mend it.
pub(crate) fn fault(fault: Fault) -> String {
    match fault {
        Fault::Negative => {
            "A price has no negative numbers. To take something off, give a discount instead.".to_owned()
        }
        Fault::TooLarge => {
            "This comes to more than 1,000,000,000,000,000, which is the most a price may have.".to_owned()
        }
        Fault::PercentTooHigh => "A discount takes at most 100%, and a tax is at most 1,000%.".to_owned(),
        Fault::PercentTooFine => "A percentage has at most four decimals.".to_owned(),
        Fault::Bounds => {
            "This is outside what may be chosen: the fewest, the quantity and the most go in this order."
                .to_owned()
        }
        Fault::TooMany => {
            format!("A price has at most {LINES_MAX} lines, so nothing was added. Put some of them together.")
        }
        Fault::Tier => "Each tier begins at a quantity of its own, above zero.".to_owned(),
        Fault::TooManyTiers => format!("A line has at most {TIERS_MAX} tiers."),
        Fault::CurrencyLocked => {
            "The currency stays as it is once there are lines: their prices would mean something else."
                .to_owned()
        }
    }
}

/// Why something typed is no number here.
pub(super) fn untypable(why: Untypable) -> String {
    match why {
        Untypable::Unclear => "This is not a clear number. Write it as 1234.50.".to_owned(),
        Untypable::TooFine => "A number has at most six decimals.".to_owned(),
        Untypable::TooLarge => fault(Fault::TooLarge),
    }
}

/// A column that can be hidden.
pub(crate) fn column(detail: Detail) -> &'static str {
    match detail {
        Detail::Quantity => QUANTITY,
        Detail::Each => EACH,
        Detail::Less => LESS,
        Detail::Tax => TAX,
        Detail::Amount => AMOUNT,
    }
}

pub(super) fn tier_from(place: usize) -> String {
    format!("Tier {place}, from")
}

pub(super) fn tier_each(place: usize) -> String {
    format!("Tier {place}, each")
}

pub(super) fn remove_tier(place: usize) -> String {
    format!("Remove tier {place}")
}

pub(super) fn is_tier(from: &str) -> String {
    format!("from {from}")
}

pub(super) fn kept(quantity: &str, each: &str) -> String {
    format!("For {quantity}, {each} each is kept, whatever the tiers say.")
}

pub(super) fn each(each: &str) -> String {
    format!("{each} each")
}

pub(super) fn from_tier(from: &str, each: &str) -> String {
    format!("From {from}: {each} each")
}

pub(super) fn below_tier(below: &str, each: &str) -> String {
    format!("Below {below}: {each} each")
}

pub(super) fn for_so_many(quantity: &str, each: &str) -> String {
    format!("For {quantity}: {each} each")
}

/// What a quantity that is being typed would cost.
pub(super) fn would_be(quantity: &str, each: &str, amount: Option<&str>) -> String {
    match amount {
        Some(amount) => format!("{quantity} at {each} each: {amount}"),
        None => format!("{quantity} at {each} each"),
    }
}

pub(super) fn use_price(each: &str) -> String {
    format!("Use {each}")
}

pub(super) fn keep_price(each: &str) -> String {
    format!("Keep {each}")
}

/// Another tier holds for so many of a line: its price and the one until now, and what each makes.
pub(super) fn other_tier(
    quantity: &str,
    line: &str,
    (new, old): (&str, &str),
    sums: Option<(String, String)>,
) -> String {
    let line = if line.is_empty() { "this line" } else { line };
    let sums = sums.map(|(new, old)| format!(" That makes {new}; the price until now makes {old}."));
    format!("For {quantity} of “{line}” the tiers say {new} each, in place of {old}.")
        + &sums.unwrap_or_default()
}

/// How often something is paid, as a heading.
pub(super) fn paid(recurrence: Recurrence) -> &'static str {
    match recurrence {
        Recurrence::Once => "Once",
        Recurrence::Monthly => "Each month",
        Recurrence::Yearly => "Each year",
    }
}

/// Behind the price of one: for what, and how often.
pub(super) fn for_each(unit: &str, recurrence: Recurrence) -> String {
    let paid = match recurrence {
        Recurrence::Once => "once",
        Recurrence::Monthly => "each month",
        Recurrence::Yearly => "each year",
    };
    if unit.is_empty() { paid.to_owned() } else { format!("for each {unit}, {paid}") }
}

/// What spreadsheets call how often something is paid.
pub(super) fn recurrence_of(words: &str) -> Option<Recurrence> {
    Some(match words.to_lowercase().as_str() {
        "once" | "one-off" | "one off" | "one-time" | "one time" | "setup" => Recurrence::Once,
        "month" | "monthly" | "each month" | "per month" | "/month" | "mo" => Recurrence::Monthly,
        "year" | "yearly" | "annual" | "annually" | "each year" | "per year" | "/year" | "yr" => {
            Recurrence::Yearly
        }
        _ => return None,
    })
}

/// Whether a row of a spreadsheet is the sum of those above it.
pub(super) fn is_total(words: &str) -> bool {
    let words = words.trim_end_matches(':').to_lowercase();
    [
        "total",
        "sum",
        "subtotal",
        "grand total",
        "net total",
        "total net",
        "summe",
        "gesamt",
        "totaal",
        "totale",
    ]
    .contains(&words.as_str())
}

pub(super) fn file_title(room: &str) -> String {
    format!("{room}, price")
}

pub(super) fn choose_one(group: &str) -> String {
    if group.is_empty() { "Package, choose one".to_owned() } else { format!("{group}, choose one") }
}

pub(super) fn between(least: &str, most: &str) -> String {
    format!("From {least} to {most}")
}

pub(super) fn only_between(least: &str, most: &str) -> String {
    format!("Choose a number from {least} to {most}.")
}

/// A note that more words follow.
pub(super) fn sentence(note: &str) -> String {
    let note = note.trim_end();
    if note.ends_with(['.', '!', '?', ':', ';']) { note.to_owned() } else { format!("{note}.") }
}

pub(super) fn how_many(name: &str) -> String {
    format!("How many: {name}")
}

pub(super) fn changed(who: &str, what: &str) -> String {
    let who = if who.is_empty() { "Somebody" } else { who };
    if what.is_empty() { format!("{who} changed the price") } else { format!("{who} changed “{what}”") }
}

pub(super) fn valid(until: &str) -> String {
    format!("Valid until {until}.")
}

pub(super) fn ended(until: &str) -> String {
    format!("This price was valid until {until}. Ask for a new one before you go on.")
}

pub(super) fn months_of(months: u32, money: &str) -> String {
    format!("{months} × {money}")
}

pub(super) fn first_year(has_tax: bool) -> &'static str {
    if has_tax { "First year, before tax" } else { "First year" }
}

pub(super) fn tax_at(percent: &str) -> String {
    format!("Tax at {percent}")
}

pub(super) fn whole_term(months: u32) -> String {
    if months == 1 { "Whole term, 1 month".to_owned() } else { format!("Whole term, {months} months") }
}

pub(super) fn saves(money: &str) -> String {
    format!("Discounts save {money} in the first year.")
}

pub(super) fn no_total(line: Option<&str>, why: Fault) -> String {
    match line {
        Some(line) => format!("The total cannot be worked out, because of “{line}”. {}", fault(why)),
        None => format!("The total cannot be worked out. {}", fault(why)),
    }
}

pub(super) fn of_line(column: &str, line: &str) -> String {
    let line = if line.is_empty() { "line without a name" } else { line };
    format!("{column}: {line}")
}

pub(super) fn deleted(line: &str) -> String {
    if line.is_empty() { "Line deleted.".to_owned() } else { format!("“{line}” deleted.") }
}

pub(super) fn added(count: usize) -> String {
    if count == 1 { "1 line added.".to_owned() } else { format!("{count} lines added.") }
}

pub(super) fn filled(count: usize) -> String {
    if count == 1 { "1 line filled in.".to_owned() } else { format!("{count} lines filled in.") }
}

/// Cells that were no numbers.
pub(super) fn unread(cells: &[String]) -> String {
    let named: Vec<String> = cells.iter().take(3).map(|cell| format!("“{cell}”")).collect();
    format!(
        "{} could not be read as numbers and were left out.",
        named.join(", ") + more(cells.len()).as_str()
    )
}

/// Rows that were left out.
pub(super) fn left_out(name: &str, why: &str) -> String {
    format!("“{name}” was left out. {why}")
}

/// An amount that is not quantity times price.
pub(super) fn wrong_amount(name: &str, pasted: &str, right: &str) -> String {
    format!("“{name}” came with the amount {pasted}, but quantity and price make {right}.")
}

pub(super) fn wrong_total(pasted: &str, right: &str) -> String {
    format!("The pasted total is {pasted}, but the lines come to {right}.")
}

/// The first few of many notes.
pub(super) fn notes(notes: &[String]) -> String {
    notes.iter().take(3).cloned().collect::<Vec<_>>().join(" ") + more(notes.len()).as_str()
}

fn more(count: usize) -> String {
    if count > 3 { format!(" And {} more.", count - 3) } else { String::new() }
}
