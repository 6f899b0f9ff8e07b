//! The words about what something is worth.

use terms::roi::Fault;

/// Why an outcome is no figure, for whoever reads it. `called` is what the outcome is called that it rests on.
pub(crate) fn no_figure(fault: &Fault, called: &str) -> String {
    match fault {
        Fault::ByZero => "Not with these figures.".to_owned(),
        Fault::TooLarge => "Too large to reckon.".to_owned(),
        Fault::RestsOn(_) if !called.is_empty() => format!("Needs “{called}”."),
        _ => "Its formula does not come out.".to_owned(),
    }
}

/// A number with what it is of.
pub(super) fn of(number: &str, unit: &str) -> String {
    format!("{number} {unit}")
}

pub(super) fn less(label: &str) -> String {
    format!("Less: {label}")
}

pub(super) fn more(label: &str) -> String {
    format!("More: {label}")
}

/// What an input may be.
pub(super) fn only(least: Option<&str>, most: Option<&str>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("A number from {least} to {most}."),
        (Some(least), None) => format!("A number of at least {least}."),
        (None, Some(most)) => format!("A number of at most {most}."),
        (None, None) => "A number, such as 12.5.".to_owned(),
    }
}
