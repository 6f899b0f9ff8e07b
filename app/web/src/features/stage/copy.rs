//! The words for how far a room has come.

use super::Stage;

/// The stage in a word.
pub(super) fn name(stage: &Stage) -> &'static str {
    match stage {
        Stage::Draft => "Draft",
        Stage::Shared(_) => "Shared",
        Stage::Template => "Template",
        Stage::Archived => "Archived",
    }
}

/// The stage, and one of those with whom a room is shared.
pub(super) fn with_whom(stage: &Stage) -> String {
    let Stage::Shared(given) = stage else { return name(stage).to_owned() };
    let named = given.iter().find(|name| !name.is_empty());
    match (named, given.len() - 1) {
        (Some(name), 0) => format!("Shared with {name}"),
        (Some(name), more) => format!("Shared with {name} and {more} more"),
        (None, 0) => "Shared".to_owned(),
        (None, more) => format!("Shared by {} links", more + 1),
    }
}

/// The same as a sentence.
pub(super) fn about(stage: &Stage) -> String {
    match stage {
        Stage::Draft => "You have not given this room to anybody yet.".to_owned(),
        Stage::Template => "New rooms can be made of this one.".to_owned(),
        Stage::Archived => "Kept out of your list of rooms.".to_owned(),
        Stage::Shared(given) => {
            let names: Vec<&str> = given.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            let links =
                if given.len() == 1 { "One link".to_owned() } else { format!("{} links", given.len()) };
            if names.is_empty() {
                format!("{links} made.")
            } else {
                format!("{links} made, for {}.", names.join(", "))
            }
        }
    }
}
