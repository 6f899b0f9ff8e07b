//! The book on its way to a spreadsheet: tables that it takes in again as they are.

use exchange::sheet::Target;
use terms::{
    book::{Field, Kind, Place, Record, Value},
    plan::Day,
    process::Process,
};

use super::{Book, joining::account_of};

/// What stands above the columns, and what places are called where a deal is over.
pub struct Columns<'a> {
    /// What a column is called.
    pub heading: &'a dyn Fn(Target) -> String,
    /// What a place is called at which a deal is.
    pub place: &'a dyn Fn(&Place, Option<&Process>) -> String,
}

const DEALS: [Target; 20] = [
    Target::Id,
    Target::Name,
    Target::Account,
    Target::Contact,
    Target::Owner,
    Target::Product,
    Target::Amount,
    Target::Currency,
    Target::Step,
    Target::Created,
    Target::Expected,
    Target::Closed,
    Target::Reason,
    Target::Segment,
    Target::Industry,
    Target::Region,
    Target::Source,
    Target::Competitor,
    Target::NextStep,
    Target::Note,
];
const ACCOUNTS: [Target; 12] = [
    Target::Id,
    Target::Name,
    Target::Owner,
    Target::Industry,
    Target::Segment,
    Target::Region,
    Target::Employees,
    Target::Revenue,
    Target::Currency,
    Target::Parent,
    Target::Website,
    Target::Note,
];
const CONTACTS: [Target; 8] = [
    Target::Id,
    Target::Name,
    Target::JobTitle,
    Target::Account,
    Target::Email,
    Target::Phone,
    Target::Owner,
    Target::Note,
];
/// Milliseconds.
const DAY: u64 = 86_400_000;

impl Book {
    /// The records of a kind as a table, its columns named in the first row. Lists are parted by semicolons.
    pub fn table(&self, kind: Kind, columns: &Columns<'_>) -> Vec<Vec<String>> {
        let targets: &[Target] = match kind {
            Kind::Deal => &DEALS,
            Kind::Account => &ACCOUNTS,
            Kind::Contact => &CONTACTS,
        };
        let mut rows = vec![targets.iter().map(|target| (columns.heading)(*target)).collect()];
        for record in self.records(kind).values() {
            rows.push(
                targets.iter().map(|target| self.cell_for(record, *target, columns)).collect::<Vec<_>>(),
            );
        }
        rows
    }

    fn cell_for(&self, record: &Record, target: Target, columns: &Columns<'_>) -> String {
        let accounts = self.accounts();
        let over = || record.moves.last().filter(|it| it.to.is_closed());
        let field = match target {
            Target::Id => {
                let external = record.text(Field::External);
                return if external.is_empty() { record.id.clone() } else { external.to_owned() };
            }
            Target::Account => return account_of(record, &accounts).to_owned(),
            Target::Parent => {
                let parent = accounts.get(record.text(Field::Parent));
                return parent.map(|it| it.text(Field::Name).to_owned()).unwrap_or_default();
            }
            Target::Contact => {
                let Some(Value::Contacts(all)) = record.get(Field::Contacts) else { return String::new() };
                let contacts = self.contacts();
                let names = all.iter().filter_map(|it| contacts.get(&it.contact));
                return names.map(|it| it.text(Field::Name)).collect::<Vec<_>>().join("; ");
            }
            Target::Step => {
                let processes = self.processes();
                let process = processes.iter().find(|it| it.id == record.text(Field::Process));
                return record.place().map(|place| (columns.place)(place, process)).unwrap_or_default();
            }
            Target::Closed => {
                let day = over().and_then(|it| Day::from_number(i64::try_from(it.at / DAY).ok()?));
                return day.map(|day| day.to_string()).unwrap_or_default();
            }
            Target::Reason => return over().map(|it| it.reason.clone()).unwrap_or_default(),
            Target::Currency => {
                let has_amount =
                    [Field::Amount, Field::Revenue].iter().any(|it| record.number(*it).is_some());
                let currency = record.currency().or_else(|| has_amount.then(|| self.rates().own));
                return currency.map(|it| it.code().to_owned()).unwrap_or_default();
            }
            Target::Name => Field::Name,
            Target::Owner => Field::Owner,
            Target::Product => Field::Products,
            Target::Amount => Field::Amount,
            Target::Created => Field::Created,
            Target::Expected => Field::Close,
            Target::Segment => Field::Segment,
            Target::Industry => Field::Industry,
            Target::Region => Field::Region,
            Target::Source => Field::Source,
            Target::Competitor => Field::Competitors,
            Target::NextStep => Field::NextStep,
            Target::Employees => Field::Employees,
            Target::Revenue => Field::Revenue,
            Target::Website => Field::Website,
            Target::JobTitle => Field::Role,
            Target::Email => Field::Mail,
            Target::Phone => Field::Phone,
            _ => Field::Note,
        };
        match record.get(field) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Day(day)) => day.to_string(),
            Some(Value::List(items)) => items.join("; "),
            _ => String::new(),
        }
    }
}
