//! The fields of deals, accounts and contacts: one catalogue for forms, columns, imports, filters and rules.

use super::Kind;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text of one line.
    Text,
    /// A text of several lines.
    Long,
    /// An amount of money, in the record's currency.
    Money,
    /// A currency.
    Currency,
    /// A day.
    Day,
    /// A percentage, 0 to 100.
    Percent,
    /// A number that is not below zero.
    Number,
    /// Texts, in order.
    List,
    /// An account, by its name among accounts.
    Account,
    /// Contacts with what part they play.
    Contacts,
    /// Somebody of the team, as the team calls them.
    Person,
    /// A process, by its name among processes.
    Process,
    /// A room, by its name among rooms.
    Room,
}

/// A field of records. The order is that in which a form shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What it is called.
    Name,
    /// The account that a deal is with, or that a contact belongs to.
    Account,
    /// Whoever takes part in a deal on the buying side.
    Contacts,
    /// Whose it is.
    Owner,
    /// What a deal is worth.
    Amount,
    /// What its amounts are in.
    Currency,
    /// What a deal is about to sell.
    Products,
    /// The segment of the market.
    Segment,
    /// What the buyer's company does.
    Industry,
    /// What the product is to be used for.
    Application,
    /// Where the buyer is.
    Region,
    /// Who else wants to sell.
    Competitors,
    /// How much of the list price is taken off.
    Discount,
    /// When the deal is expected to close.
    Close,
    /// When the deal began.
    Created,
    /// What is to be done next.
    NextStep,
    /// By when.
    NextDay,
    /// How sure its owner is to win it.
    Call,
    /// The process that a deal goes through.
    Process,
    /// The room of a deal.
    Room,
    /// What an account or a contact is to the team, such as its rating.
    Rating,
    /// How many people work there.
    Employees,
    /// What it turns over in a year.
    Revenue,
    /// The account that owns it.
    Parent,
    /// Its address on the web.
    Website,
    /// What the team means to reach there.
    Plan,
    /// What it bought.
    Purchases,
    /// What it has contracts for now.
    Contracts,
    /// Companies like it.
    Peers,
    /// What a contact does there.
    Role,
    /// Where mail reaches them.
    Mail,
    /// Where a call reaches them.
    Phone,
    /// How much weight their word has, 0 to 3.
    Influence,
    /// In what form they like to get things.
    Format,
    /// By what way they like to be reached.
    Channel,
    /// The campaigns that reached them.
    Touches,
    /// Where it came from.
    Source,
    /// Its name in the system that it was imported from.
    External,
    /// What else there is to say.
    Note,
}

/// A row of the catalogue.
struct About(Field, &'static str, &'static [Kind], Holds);

const DEAL: &[Kind] = &[Kind::Deal];
const ACCOUNT: &[Kind] = &[Kind::Account];
const CONTACT: &[Kind] = &[Kind::Contact];
const BUSINESS: &[Kind] = &[Kind::Deal, Kind::Account];
const ALL: &[Kind] = &Kind::ALL;

/// In the order of [`Field`].
const CATALOGUE: [About; 39] = [
    About(Field::Name, "name", ALL, Holds::Text),
    About(Field::Account, "account", &[Kind::Deal, Kind::Contact], Holds::Account),
    About(Field::Contacts, "contacts", DEAL, Holds::Contacts),
    About(Field::Owner, "owner", ALL, Holds::Person),
    About(Field::Amount, "amount", DEAL, Holds::Money),
    About(Field::Currency, "currency", BUSINESS, Holds::Currency),
    About(Field::Products, "products", DEAL, Holds::List),
    About(Field::Segment, "segment", BUSINESS, Holds::Text),
    About(Field::Industry, "industry", BUSINESS, Holds::Text),
    About(Field::Application, "application", DEAL, Holds::Text),
    About(Field::Region, "region", BUSINESS, Holds::Text),
    About(Field::Competitors, "competitors", DEAL, Holds::List),
    About(Field::Discount, "discount", DEAL, Holds::Percent),
    About(Field::Close, "close", DEAL, Holds::Day),
    About(Field::Created, "created", DEAL, Holds::Day),
    About(Field::NextStep, "next", DEAL, Holds::Text),
    About(Field::NextDay, "next day", DEAL, Holds::Day),
    About(Field::Call, "call", DEAL, Holds::Percent),
    About(Field::Process, "process", DEAL, Holds::Process),
    About(Field::Room, "room", DEAL, Holds::Room),
    About(Field::Rating, "rating", &[Kind::Account, Kind::Contact], Holds::Text),
    About(Field::Employees, "employees", ACCOUNT, Holds::Number),
    About(Field::Revenue, "revenue", ACCOUNT, Holds::Money),
    About(Field::Parent, "parent", ACCOUNT, Holds::Account),
    About(Field::Website, "website", ACCOUNT, Holds::Text),
    About(Field::Plan, "plan", ACCOUNT, Holds::Long),
    About(Field::Purchases, "purchases", ACCOUNT, Holds::List),
    About(Field::Contracts, "contracts", ACCOUNT, Holds::List),
    About(Field::Peers, "peers", ACCOUNT, Holds::List),
    About(Field::Role, "role", CONTACT, Holds::Text),
    About(Field::Mail, "mail", CONTACT, Holds::Text),
    About(Field::Phone, "phone", CONTACT, Holds::Text),
    About(Field::Influence, "influence", CONTACT, Holds::Number),
    About(Field::Format, "format", CONTACT, Holds::Text),
    About(Field::Channel, "channel", CONTACT, Holds::Text),
    About(Field::Touches, "touches", CONTACT, Holds::List),
    About(Field::Source, "source", ALL, Holds::Text),
    About(Field::External, "external", ALL, Holds::Text),
    About(Field::Note, "note", ALL, Holds::Long),
];

impl Field {
    /// Its name where it is kept; people never see it.
    pub fn name(self) -> &'static str {
        self.about().1
    }

    /// Whether records of this kind have it.
    pub fn belongs_to(self, kind: Kind) -> bool {
        self.about().2.contains(&kind)
    }

    /// What it holds.
    pub fn holds(self) -> Holds {
        self.about().3
    }

    /// The field with this name.
    pub fn parse(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|about| about.1 == name).map(|about| about.0)
    }

    /// The fields of records of this kind, in order.
    pub fn of(kind: Kind) -> impl Iterator<Item = Self> {
        CATALOGUE.iter().map(|about| about.0).filter(move |field| field.belongs_to(kind))
    }

    fn about(self) -> &'static About {
        &CATALOGUE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_each_field_at_its_place_under_a_name_of_its_own() {
        for (at, about) in CATALOGUE.iter().enumerate() {
            assert_eq!(about.0 as usize, at);
            assert_eq!(Field::parse(about.1), Some(about.0));
            assert!(!about.1.contains('/'), "what has a `/` is no field");
        }
        assert_eq!(Field::parse("gone"), None);
        let counts = Kind::ALL.map(|kind| Field::of(kind).count());
        assert_eq!(counts, [23, 18, 14]);
    }
}
