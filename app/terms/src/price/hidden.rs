//! What of the lines a buyer's view may leave out.

/// A column of the price that its owner may hide from the buyer's view. What a line is called and how often it is paid
/// are always shown, and so are the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// How many there are, where the buyer cannot choose.
    Quantity,
    /// What one costs, with its tiers.
    Each,
    /// What is taken off the line.
    Less,
    /// Tax by its percentage.
    Tax,
    /// What the line comes to.
    Amount,
}

impl Detail {
    /// All of them, in the order of the columns.
    pub const ALL: [Self; 5] = [Self::Quantity, Self::Each, Self::Less, Self::Tax, Self::Amount];

    /// The name under which it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Each => "each",
            Self::Less => "less",
            Self::Tax => "tax",
            Self::Amount => "amount",
        }
    }

    /// Reads what [`Detail::name`] gives.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
