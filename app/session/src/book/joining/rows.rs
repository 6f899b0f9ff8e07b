//! Rows of each table as records.

use std::collections::BTreeMap;

use exchange::sheet::{self, Moment, Table, Target, company, letters};
use terms::{
    book::{Field, Holds, Involved, Kind, Move, Place, Record, Value},
    plan::Day,
    price::Currency,
    process::{Process, Step},
};

use super::{
    Book, Joined, Joining, Refused, Unfit,
    known::{Known, by_id, by_mail, by_names},
};
use crate::book::{Import, Row};

/// How an import names the row of something in the fields of others; what is in the book is named as there.
const HERE: &str = "row ";
const DAY: i64 = 86_400;
/// A day without a time is its noon: whatever zone somebody is in, they see that day, or nearly all of them.
const NOON: u32 = 43_200;

/// Rows on their way.
pub(super) struct Rows<'a> {
    book: &'a Book,
    joining: &'a Joining,
    known: Known,
    process: Option<Process>,
    own: Currency,
    now: u64,
    /// The lines of rows by what they are known by; 0 of those that other rows only name.
    lines: BTreeMap<String, u32>,
    joined: Joined,
}

/// A record in the making.
struct Making {
    kind: Kind,
    record: Option<Record>,
    fields: Vec<(Field, Value)>,
    moves: Vec<Move>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(book: &'a Book, joining: &'a Joining) -> Self {
        let process = book.processes().iter().find(|it| it.id == joining.process).cloned();
        let import = Import { source: joining.source.clone(), rows: Vec::new() };
        Self {
            known: Known::of(book),
            own: book.rates().own,
            now: book.after(None),
            lines: BTreeMap::new(),
            joined: Joined { import, ..Joined::default() },
            book,
            joining,
            process,
        }
    }

    pub(super) fn join(mut self, rows: &[sheet::Row]) -> Joined {
        if self.joining.table == Table::Accounts {
            // Rows that come later are no new accounts where an earlier one names them.
            for row in rows {
                if let Some(name) = self.text(row, Target::Name) {
                    self.lines.entry(by_names(Kind::Account, name, "")).or_insert(0);
                }
            }
        }
        for row in rows {
            let taken = match self.joining.table {
                Table::Deals => self.deal(row),
                Table::Accounts => self.account(row),
                Table::Contacts => self.contact(row),
                Table::History => self.history(row),
                Table::Products | Table::Sellers => Ok(()),
            };
            if let Err(why) = taken {
                self.joined.refused.push(Refused { line: row.line, why });
            }
        }
        if self.joining.table == Table::Accounts && !self.joined.refused.is_empty() {
            self.forget();
        }
        self.joined
    }

    /// Takes references away to accounts whose rows stay out.
    fn forget(&mut self) {
        let rows = &mut self.joined.import.rows;
        let mut names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        stdx::sort(&mut names);
        for row in rows {
            row.fields.retain(|(_, value)| match value {
                Value::Text(name) if name.starts_with(HERE) => names.binary_search(name).is_ok(),
                _ => true,
            });
        }
    }

    fn deal(&mut self, row: &sheet::Row) -> Result<(), Unfit> {
        let account = self.text(row, Target::Account).unwrap_or_default();
        let key = match (row.text(Target::Id), row.text(Target::Name)) {
            (Some(id), _) => by_id(Kind::Deal, id),
            (None, name) => by_names(Kind::Deal, name.unwrap_or(account), account),
        };
        let mut making = self.begin(Kind::Deal, row.text(Target::Id), std::slice::from_ref(&key));
        let products: Vec<String> =
            row.text(Target::Product).map(|all| self.list(Target::Product, all)).unwrap_or_default();
        let is_new = making.record.is_none();
        if let Some(name) = row.text(Target::Name) {
            making.text(Field::Name, name)?;
        } else if is_new {
            let name = if products.is_empty() { account.to_owned() } else { products.join(", ") };
            making.text(
                Field::Name,
                if name.is_empty() { row.text(Target::Id).unwrap_or_default() } else { &name },
            )?;
        }
        self.external(&mut making, row)?;
        self.texts(
            &mut making,
            row,
            &[
                (Target::Owner, Field::Owner),
                (Target::Segment, Field::Segment),
                (Target::Industry, Field::Industry),
                (Target::Region, Field::Region),
                (Target::Source, Field::Source),
                (Target::NextStep, Field::NextStep),
                (Target::Note, Field::Note),
            ],
        )?;
        if let Some(competitors) = row.text(Target::Competitor) {
            making.list(Field::Competitors, self.list(Target::Competitor, competitors))?;
        }
        self.amount(&mut making, row, &products)?;
        making.list(Field::Products, products)?;
        let day = |target| moment(row, target).map(|it| it.day);
        let begun = moment(row, Target::Engaged).or_else(|| moment(row, Target::Created));
        making.day(Field::Created, day(Target::Created).or(begun.map(|it| it.day)))?;
        let place = self.place(row)?;
        let is_open = !place.as_ref().is_some_and(Place::is_closed);
        making
            .day(Field::Close, day(Target::Expected).or_else(|| day(Target::Closed).filter(|_| is_open)))?;
        self.moves(&mut making, row, place, begun.map(at))?;
        // References come last: nothing is made for a row that stays out.
        making.check()?;
        self.mark(row, &key)?;
        if !account.is_empty() {
            let account = self.reference(Kind::Account, account, "")?;
            making.text(Field::Account, &account)?;
        }
        if let Some(contacts) = row.text(Target::Contact) {
            let had = making.record.as_ref().and_then(|it| it.get(Field::Contacts)).cloned();
            let mut all = match had {
                Some(Value::Contacts(all)) => all,
                _ => Vec::new(),
            };
            for name in self.list(Target::Contact, contacts) {
                let contact = self.reference(Kind::Contact, &name, account)?;
                if all.iter().all(|it| it.contact != contact) {
                    all.push(Involved { contact, role: String::new() });
                }
            }
            making.put(Field::Contacts, Value::Contacts(all))?;
        }
        self.take(making, String::new());
        Ok(())
    }

    fn account(&mut self, row: &sheet::Row) -> Result<(), Unfit> {
        let Some(name) = self.text(row, Target::Name) else { return Ok(()) };
        let key = by_names(Kind::Account, name, "");
        let mut keys = vec![key.clone()];
        keys.splice(0..0, row.text(Target::Id).map(|id| by_id(Kind::Account, id)));
        let mut making = self.begin(Kind::Account, row.text(Target::Id), &keys);
        // A name that is the same in what matters stays as the team writes it.
        if making.record.as_ref().is_none_or(|it| company(it.text(Field::Name)) != company(name)) {
            making.text(Field::Name, name)?;
        }
        self.external(&mut making, row)?;
        self.texts(
            &mut making,
            row,
            &[
                (Target::Owner, Field::Owner),
                (Target::Industry, Field::Industry),
                (Target::Segment, Field::Segment),
                (Target::Website, Field::Website),
                (Target::Note, Field::Note),
            ],
        )?;
        let region = self.text(row, Target::Region).or_else(|| self.text(row, Target::Place));
        making.text(Field::Region, region.unwrap_or_default())?;
        if let Some(sheet::Value::Number(number)) = row.get(Target::Employees) {
            making.put(Field::Employees, Value::Number(*number))?;
        }
        self.money(&mut making, row, Target::Revenue, Field::Revenue)?;
        making.check()?;
        self.mark(row, &key)?;
        if let Some(parent) = self.text(row, Target::Parent) {
            let parent = self.reference(Kind::Account, parent, "")?;
            making.text(Field::Parent, &parent)?;
        }
        self.take(making, key);
        Ok(())
    }

    fn contact(&mut self, row: &sheet::Row) -> Result<(), Unfit> {
        let account = self.text(row, Target::Account).unwrap_or_default();
        let mail = row.text(Target::Email);
        let name = row.text(Target::Name).or(mail).unwrap_or_default();
        let key = mail.map_or_else(|| by_names(Kind::Contact, name, account), by_mail);
        let mut keys: Vec<String> =
            row.text(Target::Id).map(|id| by_id(Kind::Contact, id)).into_iter().collect();
        keys.push(key.clone());
        keys.push(by_names(Kind::Contact, name, account));
        let mut making = self.begin(Kind::Contact, row.text(Target::Id), &keys);
        making.text(Field::Name, name)?;
        self.external(&mut making, row)?;
        self.texts(
            &mut making,
            row,
            &[
                (Target::Owner, Field::Owner),
                (Target::JobTitle, Field::Role),
                (Target::Email, Field::Mail),
                (Target::Phone, Field::Phone),
                (Target::Note, Field::Note),
            ],
        )?;
        making.check()?;
        self.mark(row, &key)?;
        if !account.is_empty() {
            let account = self.reference(Kind::Account, account, "")?;
            making.text(Field::Account, &account)?;
        }
        self.take(making, String::new());
        Ok(())
    }

    fn history(&mut self, row: &sheet::Row) -> Result<(), Unfit> {
        let key = by_id(Kind::Deal, row.text(Target::Deal).unwrap_or_default());
        let mut making = self.begin(Kind::Deal, None, std::slice::from_ref(&key));
        if making.record.is_none() {
            return Err(Unfit::NoSuchDeal);
        }
        let Some(to) = self.place(row)? else { return Err(Unfit::NoPlace) };
        let reason = if to == Place::Lost { self.joining.no_reason.clone() } else { String::new() };
        let by = row.text(Target::By).unwrap_or_default().to_owned();
        let at = moment(row, Target::Entered).map_or(self.now, at);
        making.moves.push(Move { id: String::new(), to, at, by, reason, competitor: String::new() });
        self.take(making, String::new());
        Ok(())
    }

    /// A record that has one of these keys, the surer first, or a new one. What another system calls otherwise is another one, whatever
    /// its names.
    fn begin(&self, kind: Kind, id: Option<&str>, keys: &[String]) -> Making {
        let records = self.book.records(kind);
        let is_it = |record: &&Record| {
            let external = record.text(Field::External);
            id.is_none_or(|id| external.is_empty() || external == id)
        };
        let found = keys.iter().find_map(|key| records.get(self.known.get(key)?).filter(is_it));
        Making { kind, record: found.cloned(), fields: Vec::new(), moves: Vec::new() }
    }

    /// Notes that a row is known by this, unless an earlier one is.
    fn mark(&mut self, row: &sheet::Row, key: &str) -> Result<(), Unfit> {
        match self.lines.insert(key.to_owned(), row.line) {
            Some(line) if line > 0 => Err(Unfit::SameNames { line }),
            _ => Ok(()),
        }
    }

    /// What a row refers to: its name in the book, or that of a row, which is made where there is none.
    fn reference(&mut self, kind: Kind, name: &str, account: &str) -> Result<String, Unfit> {
        let key = by_names(kind, name, account);
        if let Some(id) = self.known.get(&key) {
            return Ok(id.to_owned());
        }
        if !self.lines.contains_key(&key) {
            let mut making = Making { kind, record: None, fields: Vec::new(), moves: Vec::new() };
            making.text(Field::Name, name)?;
            if kind == Kind::Contact && !account.is_empty() {
                let account = self.reference(Kind::Account, account, "")?;
                making.text(Field::Account, &account)?;
            }
            self.lines.insert(key.clone(), 0);
            self.take(making, key.clone());
        }
        Ok(format!("{HERE}{key}"))
    }

    fn take(&mut self, making: Making, key: String) {
        let count = &mut self.joined.counts[making.kind as usize];
        let has = |to: &Move| {
            making.record.iter().flat_map(|it| &it.moves).any(|it| (it.at, &it.to) == (to.at, &to.to))
        };
        match &making.record {
            None => count.new += 1,
            Some(_) if making.fields.is_empty() && making.moves.iter().all(has) => count.same += 1,
            Some(_) => count.changed += 1,
        }
        let name = if key.is_empty() { key } else { format!("{HERE}{key}") };
        let record = making.record.map(|it| it.id);
        let Making { kind, fields, moves, .. } = making;
        self.joined.import.rows.push(Row { kind, record, name, fields, moves, log: Vec::new() });
    }

    /// Words of a row, as what they are taken for.
    fn text<'b>(&self, row: &'b sheet::Row, target: Target) -> Option<&'b str>
    where
        'a: 'b,
    {
        row.text(target).map(|words| self.taken_for(target, words))
    }

    fn taken_for<'b>(&self, target: Target, words: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let joined: &'a [super::Join] = &self.joining.joined;
        joined.iter().find(|it| it.target == target && it.from == words).map_or(words, |it| it.to.as_str())
    }

    /// The names in a cell that has several, parted by semicolons.
    fn list(&self, target: Target, cell: &str) -> Vec<String> {
        let whole = self.taken_for(target, cell);
        let parts = whole.split(';').map(str::trim).filter(|it| !it.is_empty());
        parts.map(|it| self.taken_for(target, it).to_owned()).collect()
    }

    fn texts(&self, making: &mut Making, row: &sheet::Row, all: &[(Target, Field)]) -> Result<(), Unfit> {
        all.iter()
            .try_for_each(|(target, field)| making.text(*field, self.text(row, *target).unwrap_or_default()))
    }

    /// What the other system calls it; not where it is called that in the book.
    fn external(&self, making: &mut Making, row: &sheet::Row) -> Result<(), Unfit> {
        let id = row.text(Target::Id).unwrap_or_default();
        if making.record.as_ref().is_some_and(|it| it.id == id) {
            return Ok(());
        }
        making.text(Field::External, id)
    }

    fn money(
        &self,
        making: &mut Making,
        row: &sheet::Row,
        target: Target,
        field: Field,
    ) -> Result<bool, Unfit> {
        let Some(sheet::Value::Money(amount, currency)) = row.get(target) else { return Ok(false) };
        making.put(field, Value::Number(*amount))?;
        if let Some(currency) = currency {
            self.currency(making, *currency)?;
        }
        Ok(true)
    }

    fn currency(&self, making: &mut Making, currency: Currency) -> Result<(), Unfit> {
        if making.record.as_ref().is_some_and(|it| it.currency().unwrap_or(self.own) == currency) {
            return Ok(());
        }
        making.put(Field::Currency, Value::Currency(currency))
    }

    /// The amount of a deal: its own, else what the list says, where nobody has said another one.
    fn amount(&mut self, making: &mut Making, row: &sheet::Row, products: &[String]) -> Result<(), Unfit> {
        let has_one = making.record.as_ref().is_some_and(|it| it.number(Field::Amount).is_some());
        if self.money(making, row, Target::Amount, Field::Amount)? || has_one || products.is_empty() {
            return Ok(());
        }
        let price = |name: &String| self.joining.prices.iter().find(|it| it.name.trim() == name);
        let Some(prices) = products.iter().map(price).collect::<Option<Vec<_>>>() else { return Ok(()) };
        let Some(currency) = prices.first().map(|it| it.currency) else { return Ok(()) };
        let sum = prices.iter().fold(terms::price::Decimal::ZERO, |sum, it| sum.plus(it.price));
        making.put(Field::Amount, Value::Number(sum))?;
        if currency != self.own {
            self.currency(making, currency)?;
        }
        self.joined.priced += 1;
        Ok(())
    }

    /// Where a row says that its deal is; none where it says nothing.
    fn place(&self, row: &sheet::Row) -> Result<Option<Place>, Unfit> {
        let Some(words) = row.text(Target::Step).or_else(|| row.text(Target::Outcome)) else {
            return Ok(None);
        };
        let over = row.text(Target::Outcome).and_then(sheet::place).and_then(|place| match place {
            sheet::Place::Open => None,
            sheet::Place::Won => Some(Place::Won),
            sheet::Place::Lost => Some(Place::Lost),
            sheet::Place::NoDecision => Some(Place::NoDecision),
        });
        let place = self.joining.stages.iter().find(|(it, _)| it == words).map(|(_, place)| place.clone());
        over.or(place).map(Some).ok_or(Unfit::NoPlace)
    }

    /// The moves that bring a deal where it is: for a new one from where it began, for one that is here from where it was last.
    fn moves(
        &self,
        making: &mut Making,
        row: &sheet::Row,
        place: Option<Place>,
        begun: Option<u64>,
    ) -> Result<(), Unfit> {
        let first = || self.process.as_ref()?.live().next().map(|step| Place::Step(step.id.clone()));
        let closed = moment(row, Target::Closed).map(at);
        let last = making.record.as_ref().and_then(|it| it.moves.last());
        let words = row.text(Target::Step).or_else(|| row.text(Target::Outcome)).unwrap_or_default();
        let Some(to) = place.or_else(|| first().filter(|_| last.is_none())) else { return Ok(()) };
        if last.is_some_and(|last| last.to == to || self.is_called(making.record.as_ref(), &last.to, words)) {
            return Ok(());
        }
        let is_closed = to.is_closed();
        let step = match &to {
            Place::Step(_) => Some(to.clone()),
            // Where a deal was before it closed only a history tells; it is taken to have been where all begin.
            _ => self.mapped_step(row).or_else(first),
        };
        let plain = |to: Place, at: u64| Move {
            id: String::new(),
            to,
            at,
            by: String::new(),
            reason: String::new(),
            competitor: String::new(),
        };
        let mut came = last.map(|it| it.at);
        if last.is_none()
            && let Some(step) = step.filter(|_| !is_closed || begun.is_some())
        {
            let at = begun.unwrap_or(self.now);
            making.moves.push(plain(step, at));
            came = Some(at);
        }
        if is_closed {
            let after = came.map_or(0, |came| came.saturating_add(1));
            let said = |target| row.text(target).unwrap_or_default().to_owned();
            let reason = match said(Target::Reason) {
                reason if reason.is_empty() && to == Place::Lost => self.joining.no_reason.clone(),
                reason => reason,
            };
            let competitor = if to == Place::Lost { said(Target::Competitor) } else { String::new() };
            making.moves.push(Move {
                reason,
                competitor,
                ..plain(to, closed.unwrap_or(self.now).max(after))
            });
        } else if let Some(last) = last {
            making.moves.push(plain(to, self.book.after(Some(last.at))));
        }
        if making.record.is_none() || !is_closed {
            making.text(Field::Process, &self.joining.process)?;
        }
        Ok(())
    }

    /// The step that the words for a stage mean, where an outcome of its own says that the deal is over.
    fn mapped_step(&self, row: &sheet::Row) -> Option<Place> {
        let words = row.text(Target::Step)?;
        let place = self.joining.stages.iter().find(|(it, _)| it == words).map(|(_, place)| place)?;
        place.step().map(|step| Place::Step(step.to_owned()))
    }

    /// Whether a deal is at a step that these words are the name of, in whatever process.
    fn is_called(&self, deal: Option<&Record>, place: &Place, words: &str) -> bool {
        let (Some(step), Some(deal)) = (place.step(), deal) else { return false };
        let processes = self.book.processes();
        let process = processes.iter().find(|it| it.id == deal.text(Field::Process));
        let step: Option<&Step> = process.and_then(|it| it.step(step));
        step.is_some_and(|step| letters(&step.name) == letters(words))
    }
}

impl Making {
    /// Gives a field a value, where the record has another one so far.
    fn put(&mut self, field: Field, value: Value) -> Result<(), Unfit> {
        value.check(field).or(Err(Unfit::Field(field)))?;
        if self.record.as_ref().and_then(|it| it.get(field)) != Some(&value) {
            self.fields.push((field, value));
        }
        Ok(())
    }

    /// Gives it a text; an empty one says nothing. Spaces around a text are none of it.
    fn text(&mut self, field: Field, text: &str) -> Result<(), Unfit> {
        let text = text.trim();
        let is_same = self.record.as_ref().is_some_and(|it| it.text(field).trim() == text);
        if text.is_empty() || is_same {
            return Ok(());
        }
        self.put(field, Value::Text(text.to_owned()))
    }

    /// Gives it a list; an empty one says nothing.
    fn list(&mut self, field: Field, items: Vec<String>) -> Result<(), Unfit> {
        let is_same =
            |it: &Record| it.list(field).iter().map(|it| it.trim()).eq(items.iter().map(String::as_str));
        if items.is_empty() || self.record.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        self.put(field, Value::List(items))
    }

    fn day(&mut self, field: Field, day: Option<Day>) -> Result<(), Unfit> {
        day.map_or(Ok(()), |day| self.put(field, Value::Day(day)))
    }

    /// Whether a record can have all these fields.
    fn check(&self) -> Result<(), Unfit> {
        let wrong = self
            .fields
            .iter()
            .find(|(field, _)| !field.belongs_to(self.kind) || field.holds() == Holds::Room);
        wrong.map_or(Ok(()), |(field, _)| Err(Unfit::Field(*field)))
    }
}

fn moment(row: &sheet::Row, target: Target) -> Option<Moment> {
    match row.get(target) {
        Some(sheet::Value::Day(moment)) => Some(*moment),
        _ => None,
    }
}

/// When it was, milliseconds since 1970. A time without a zone is one of UTC; what was before 1970 was then.
fn at(moment: Moment) -> u64 {
    let second = i64::from(moment.second.unwrap_or(NOON)) - i64::from(moment.offset.unwrap_or(0)) * 60;
    u64::try_from((moment.day.number() * DAY + second) * 1_000).unwrap_or(0)
}
