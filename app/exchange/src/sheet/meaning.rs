//! What columns mean: the fields of deals, accounts, contacts and the like, and which column is likely which.

use super::{Guess, Kind, names, normal};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Deals.
    Deals,
    /// Companies.
    Accounts,
    /// People at companies.
    Contacts,
    /// When deals came to steps.
    History,
    /// What is sold.
    Products,
    /// Who sells.
    Sellers,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Deals, Self::Accounts, Self::Contacts, Self::History, Self::Products, Self::Sellers];

    /// What a column of such a table may mean.
    pub fn targets(self) -> &'static [Target] {
        use Target::*;
        match self {
            Self::Deals => &[
                Id,
                Name,
                Account,
                Contact,
                Owner,
                Product,
                Amount,
                ClosedAmount,
                Currency,
                Step,
                Outcome,
                Chance,
                Created,
                Engaged,
                Expected,
                Closed,
                Kind,
                Segment,
                Industry,
                Region,
                Source,
                Competitor,
                Reason,
                NextStep,
                Note,
            ],
            Self::Accounts => &[
                Id, Name, Owner, Industry, Segment, Employees, Revenue, Currency, Founded, Place, Region,
                Parent, Website, Phone, Created, Note,
            ],
            Self::Contacts => {
                &[Id, Name, FirstName, LastName, JobTitle, Email, Phone, Account, Owner, Place, Created, Note]
            }
            Self::History => &[Deal, Step, Entered, By, Amount, Note],
            Self::Products => &[Id, Name, Family, Price, Currency, Note],
            Self::Sellers => &[Id, Name, Email, Manager, Region, JobTitle],
        }
    }

    /// What a row must have: of each of these lists one.
    pub fn needs(self) -> &'static [&'static [Target]] {
        use Target::*;
        match self {
            Self::Deals => &[&[Id, Name, Account]],
            Self::Accounts | Self::Products | Self::Sellers => &[&[Name]],
            Self::Contacts => &[&[Name, LastName, FirstName, Email]],
            Self::History => &[&[Deal], &[Step]],
        }
    }
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The name of the row in the system it comes from.
    Id,
    /// What people call it.
    Name,
    /// The company, by name.
    Account,
    /// The person there, by name.
    Contact,
    /// Who on the selling side it belongs to.
    Owner,
    /// What is sold, by name.
    Product,
    /// What the deal is worth.
    Amount,
    /// What the deal closed with. Systems set it to 0 for lost deals and leave it empty for open ones, so it tells the outcome and
    /// is never what a deal was worth.
    ClosedAmount,
    /// The code of the currency of all amounts in the row.
    Currency,
    /// The step or stage it is in, or came to.
    Step,
    /// Whether it was won or lost, where that is no step.
    Outcome,
    /// How likely it is to be won.
    Chance,
    /// When the row was made.
    Created,
    /// When the work on it began.
    Engaged,
    /// When it is expected to close.
    Expected,
    /// When it closed.
    Closed,
    /// What kind of deal it is, as new business.
    Kind,
    /// A part of the market.
    Segment,
    /// The trade a company is in.
    Industry,
    /// A part of the world, or of the selling side's map.
    Region,
    /// Where it came from.
    Source,
    /// Who else wants to sell.
    Competitor,
    /// Why it was lost or won.
    Reason,
    /// What is to be done next.
    NextStep,
    /// Anything else in words.
    Note,
    /// How many people work there.
    Employees,
    /// What a company earns in a year.
    Revenue,
    /// The year in which a company began.
    Founded,
    /// Where it is.
    Place,
    /// The company it belongs to.
    Parent,
    /// Its address in the web.
    Website,
    /// A number to call.
    Phone,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// What a person is in their company.
    JobTitle,
    /// An e-mail address.
    Email,
    /// The deal, by its name in the system it comes from.
    Deal,
    /// When the deal came to the step.
    Entered,
    /// Who did it.
    By,
    /// What products belong together.
    Family,
    /// The price of one.
    Price,
    /// Whom a seller reports to.
    Manager,
}

/// What a cell must be to mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Any words.
    Words,
    /// A number.
    Number,
    /// An amount of money.
    Money,
    /// A day, with a time or without.
    Day,
    /// An e-mail address.
    Email,
    /// The code or the sign of a currency.
    Currency,
}

impl Target {
    /// What its cells must be.
    pub fn takes(self) -> Takes {
        match self {
            Self::Amount | Self::ClosedAmount | Self::Revenue | Self::Price => Takes::Money,
            Self::Chance | Self::Employees | Self::Founded => Takes::Number,
            Self::Created | Self::Engaged | Self::Expected | Self::Closed | Self::Entered => Takes::Day,
            Self::Email => Takes::Email,
            Self::Currency => Takes::Currency,
            _ => Takes::Words,
        }
    }
}

/// Which column of a table means what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the rows are.
    pub table: Table,
    /// What each column means; nothing for one that is left out.
    pub columns: Vec<Option<Target>>,
}

impl Mapping {
    /// The column that means this.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.iter().position(|it| *it == Some(target))
    }

    /// What several columns mean at once. Only the first of them would be read, so that this is to be settled before.
    pub fn doubled(&self) -> Vec<Target> {
        let count = |target: &Target| self.columns.iter().flatten().filter(|it| *it == target).count();
        self.table.targets().iter().copied().filter(|target| count(target) > 1).collect()
    }

    /// What rows must have and no column gives: one of each of these lists.
    pub fn missing(&self) -> Vec<&'static [Target]> {
        let is_there = |one_of: &[Target]| one_of.iter().any(|target| self.column(*target).is_some());
        self.table.needs().iter().copied().filter(|one_of| !is_there(one_of)).collect()
    }
}

/// The table that most columns would have a meaning in, by their names; of several the one with the fewest meanings.
pub fn suggest_table(header: &[String]) -> Table {
    let fits = |table: Table| {
        let found = by_name(table, header).into_iter().flatten().count();
        (found, std::cmp::Reverse(table.targets().len()))
    };
    Table::ALL.into_iter().max_by_key(|table| fits(*table)).unwrap_or(Table::Deals)
}

/// What the columns likely mean: by the names that usual systems give them, else, where a table has only one thing of a kind, by
/// what they hold.
pub fn suggest(table: Table, header: &[String], guesses: &[Guess]) -> Mapping {
    let mut mapping = Mapping { table, columns: by_name(table, header) };
    let by_kind = match table {
        Table::Deals => [(Kind::Money, Target::Amount)].as_slice(),
        Table::Contacts | Table::Sellers => [(Kind::Email, Target::Email)].as_slice(),
        Table::History => [(Kind::Moment, Target::Entered), (Kind::Day, Target::Entered)].as_slice(),
        Table::Products => [(Kind::Money, Target::Price), (Kind::Number, Target::Price)].as_slice(),
        Table::Accounts => &[],
    };
    for (kind, target) in by_kind {
        let fits = |column: &usize| {
            mapping.columns.get(*column) == Some(&None)
                && guesses.get(*column).is_some_and(|guess| guess.kind == *kind)
        };
        if mapping.column(*target).is_none()
            && let Some(column) = (0..header.len()).find(fits)
            && let Some(free) = mapping.columns.get_mut(column)
        {
            *free = Some(*target);
        }
    }
    mapping
}

/// Each meaning goes to the first column that has one of its names, whole names before those that have the kind of row in front, as
/// `Deal - Title`.
fn by_name(table: Table, header: &[String]) -> Vec<Option<Target>> {
    let plain: Vec<String> = header.iter().map(|name| normal::letters(name)).collect();
    let mut columns: Vec<Option<Target>> = vec![None; header.len()];
    for is_whole in [true, false] {
        for (column, name) in plain.iter().enumerate() {
            let name = if is_whole { name.as_str() } else { names::without_kind(table, name) };
            let target = names::target(table, name).filter(|it| !columns.contains(&Some(*it)));
            if let Some(free) = columns.get_mut(column).filter(|it| it.is_none()) {
                *free = target;
            }
        }
    }
    columns
}
