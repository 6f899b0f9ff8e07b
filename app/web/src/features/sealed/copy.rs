//! The words around a sealed room.

pub(super) const SEALED: &str = "What was sealed";
pub(super) const PRICE: &str = "Price";
pub(super) const PLAN: &str = "Plan";
pub(super) const FILES: &str = "Files";
pub(super) const STEP: &str = "Step";
pub(super) const WHO: &str = "Who";
pub(super) const BY: &str = "By";
pub(super) const SELLER: &str = "seller";
pub(super) const BUYER: &str = "buyer";
pub(super) const IMAGE_MISSING: &str = "This image is not here.";
pub(super) const TICKED: &str = "Ticked";
pub(super) const NOT_TICKED: &str = "Not ticked";

pub(super) fn from(seller: &str) -> String {
    if seller.is_empty() { String::new() } else { format!("From {seller} ") }
}

pub(super) fn to(buyer: &str) -> String {
    if buyer.is_empty() { String::new() } else { format!("for {buyer}") }
}

pub(super) fn text_of(name: &str, number: usize) -> String {
    if name.is_empty() { format!("Sealed text {number}") } else { format!("Sealed text of “{name}”") }
}

pub(super) fn cell(row: usize, column: usize) -> String {
    format!("Row {row}, column {column}")
}

/// The first 16 bytes of a hash, in groups: two that agree in so many are the same.
pub(super) fn fingerprint(hash: &[u8; 32]) -> String {
    let digits = model::hex(&hash[..16]);
    let groups: Vec<&str> = (0..8).filter_map(|at| digits.get(at * 4..at * 4 + 4)).collect();
    groups.join(" ")
}

/// What people call a part of a sealed room, by its name in the list of parts. `section` gives a section's own name.
pub(crate) fn part(name: &str, section: impl FnOnce(&str) -> Option<String>) -> String {
    match name {
        "page" => "The first page: title, greeting, people".to_owned(),
        "variables" => "What names in braces stand for".to_owned(),
        "price" => "The price".to_owned(),
        "plan" => "The plan".to_owned(),
        "files" => "The list of files".to_owned(),
        name => match name.strip_prefix("section/").and_then(section).filter(|called| !called.is_empty()) {
            Some(called) => format!("The text of “{called}”"),
            None => "The text of a section".to_owned(),
        },
    }
}
