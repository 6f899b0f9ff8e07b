//! How far a room has come: a draft, shared, or archived. It is told of rooms that this device owns.

mod copy;

use leptos::prelude::*;
use model::{RoomRecord, Standing};
use ui::{Badge, Tone};

/// How far a room has come, by what this device knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// No link to it was ever given out.
    Draft,
    /// Links were given out, for these; an empty name is nobody in particular.
    Shared(Vec<String>),
    /// To make rooms of.
    Template,
    /// Kept out of the way.
    Archived,
}

impl Stage {
    /// Of a room in the list; none where it is somebody else's, or in no list.
    pub(crate) fn of(room: &RoomRecord) -> Option<Self> {
        let given = room.given.as_ref()?;
        match room.standing {
            Standing::Archived => Some(Self::Archived),
            Standing::Template => Some(Self::Template),
            Standing::Active if given.is_empty() => Some(Self::Draft),
            Standing::Active => Some(Self::Shared(given.clone())),
            Standing::Deleted(_) | Standing::Team | Standing::Workspace => None,
        }
    }
}

/// A stage in a word or two, and a sentence for whoever points at it or has it read.
#[component]
pub(crate) fn StageChip(
    stage: Stage,
    /// Whether there is room for a word only.
    #[prop(optional)]
    is_short: bool,
) -> impl IntoView {
    let about = copy::about(&stage);
    let label = if is_short { copy::name(&stage).to_owned() } else { copy::with_whom(&stage) };
    let tone = if matches!(stage, Stage::Shared(_)) { Tone::Accent } else { Tone::Plain };
    view! {
        <span class="stage" title=about.clone()>
            <Badge label tone />
            <span class="visually-hidden">{about.clone()}</span>
        </span>
    }
}
