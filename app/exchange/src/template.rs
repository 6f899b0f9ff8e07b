//! Proposals to begin with. Their words are in the program that reads texts, so that a first visit does not carry them.

/// A proposal to begin with, in sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Work that somebody does for somebody else.
    Services,
    /// Software for many people.
    Software,
    /// A trial that ends in a yes or a no.
    Pilot,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Services, Self::Software, Self::Pilot];

    /// The proposal in Markdown. Each heading of level 2 begins a section.
    pub(crate) fn markdown(self) -> &'static str {
        match self {
            Self::Services => include_str!("../templates/services.md"),
            Self::Software => include_str!("../templates/software.md"),
            Self::Pilot => include_str!("../templates/pilot.md"),
        }
    }

    /// The one with this number among all.
    pub(crate) fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|template| *template as u8 == number)
    }
}
