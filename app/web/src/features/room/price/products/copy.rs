//! The words about what a team sells.

use terms::price::Recurrence;

pub(super) const PRODUCTS: &str = "Products";
pub(super) const ABOUT: &str =
    "What your team sells, and for how much. In the price of a room, Add products takes lines from here.";
pub(super) const TO_TABLE: &str = "Save as a table";
pub(super) const ADD: &str = "Add products";
pub(super) const ADD_TITLE: &str = "Products of your team";
pub(super) const LOOKING: &str = "Looking them up …";
pub(super) const NONE: &str = "No products yet";
pub(super) const NONE_MORE: &str =
    "Open your team's workspace from the list of rooms, and write or paste them there.";
pub(super) const PICK: &str = "Choose what goes into the price.";
pub(super) const SEARCH: &str = "Search products";
pub(super) const CLEAR: &str = "Clear search";
pub(super) const WITH_COST: &str = "Its cost is known";
pub(super) const TWO_CURRENCIES: &str = "A price has one currency. Choose products of one list.";

pub(super) fn other_currency(theirs: &str, ours: &str) -> String {
    format!("These prices are in {theirs}, and the price of this room is in {ours}.")
}

pub(super) fn named(name: &str) -> String {
    if name.is_empty() { "Product without a name".to_owned() } else { name.to_owned() }
}

pub(super) fn each(money: &str, paid: Recurrence, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" per {unit}") };
    let paid = match paid {
        Recurrence::Once => "",
        Recurrence::Monthly => ", monthly",
        Recurrence::Yearly => ", yearly",
    };
    format!("{money}{unit}{paid}")
}

/// A product with its price, as it is read out.
pub(super) fn priced(name: &str, each: &str) -> String {
    format!("{name}, {each}")
}

pub(super) fn add_count(count: usize) -> String {
    if count == 1 { "Add 1 product".to_owned() } else { format!("Add {count} products") }
}

pub(super) fn added(count: usize) -> String {
    if count == 1 { "1 product added.".to_owned() } else { format!("{count} products added.") }
}

pub(super) const SAVE_TITLE: &str = "Save to products";
pub(super) const SAVE_TO: &str = "Into the list of";
pub(super) const SAVE_NEW: &str = "Add to products";
pub(super) const SAVE_BESIDE: &str = "Add beside it";
pub(super) const SAVE_INSTEAD: &str = "Put it in its place";
pub(super) const SAVING: &str = "Being kept…";
pub(super) const SAVED_WITH_COST: &str = "What it costs you goes along, for your team only.";
pub(super) const SAVE_ABOUT: &str = "Your team's list gets what this is, its price and its tax. Discounts and what the buyer may choose stay in this room.";

pub(super) fn there_already(priced: &str) -> String {
    format!("The list has this already: {priced}.")
}

pub(super) fn other_list(theirs: &str, ours: &str) -> String {
    format!("This list is in {theirs}, and the price of this room is in {ours}.")
}

pub(super) fn saved(name: &str, team: &str) -> String {
    format!("“{name}” is among the products of {team}.")
}
