//! Who on the buying side has a say, as the selling team sees it. Never shown to them.

/// What part somebody has in the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Nobody said.
    #[default]
    Unknown,
    /// Decides about the money: the economic buyer.
    Decides,
    /// Wants it and pushes it along.
    Champion,
    /// Judges whether it does what it must.
    Judges,
    /// Will work with it.
    Uses,
    /// Buys for the company.
    Procurement,
    /// Looks at the terms.
    Legal,
    /// Is asked by others.
    Influences,
    /// Would rather not have it.
    Against,
}

impl Role {
    /// All, the one that nobody said last.
    pub const ALL: [Self; 9] = [
        Self::Decides,
        Self::Champion,
        Self::Judges,
        Self::Uses,
        Self::Procurement,
        Self::Legal,
        Self::Influences,
        Self::Against,
        Self::Unknown,
    ];

    /// Its name where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Decides => "decides",
            Self::Champion => "champion",
            Self::Judges => "judges",
            Self::Uses => "uses",
            Self::Procurement => "procurement",
            Self::Legal => "legal",
            Self::Influences => "influences",
            Self::Against => "against",
        }
    }

    /// Reads what [`Role::name`] writes; one that another version knows is unknown.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|role| role.name() == name).unwrap_or_default()
    }
}

/// How much say somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Say {
    /// Nobody said.
    #[default]
    Unknown,
    /// A little.
    Little,
    /// Some.
    Some,
    /// Much.
    Much,
}

impl Say {
    /// All, from unknown to much.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Little, Self::Some, Self::Much];

    /// Its name where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Little => "little",
            Self::Some => "some",
            Self::Much => "much",
        }
    }

    /// Reads what [`Say::name`] writes.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|say| say.name() == name).unwrap_or_default()
    }
}

/// Somebody who has a say, whether or not they were ever in the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stakeholder {
    /// Its name among stakeholders, which nobody sees.
    pub id: String,
    /// What they are called; may be empty where only the title is known.
    pub name: String,
    /// What they do there.
    pub title: String,
    /// Their address for mail.
    pub mail: String,
    /// Their part in the decision.
    pub role: Role,
    /// How much say they have.
    pub say: Say,
    /// The stakeholder to whom they report; empty where nobody said.
    pub reports_to: String,
    /// The key of one of their devices, in hexadecimal, where somebody said that it is theirs.
    pub device: String,
    /// What else the team knows.
    pub note: String,
}

impl Stakeholder {
    /// What to call them: by name, else by what they do.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.title } else { &self.name }
    }
}
