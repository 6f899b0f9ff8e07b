//! A deal, an account or a contact as somebody reads it.

use super::{Cell, Cells, Change, Field, Kind, Move, Place, Score, Value, Visit, history::visits};
use crate::{
    plan::Day,
    price::{Currency, Decimal},
    question::Answered,
};

/// The key of the cell that says that a record was removed.
pub const GONE: &str = "gone";
const MOVE: &str = "move/";
const SEEN: &str = "seen/";
const DID: &str = "did/";
const SCORE: &str = "fit/";
const USED: &str = "used/";
const ANSWER: &str = "answer/";

/// A deal, an account or a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is of.
    pub kind: Kind,
    /// Its name among records of its kind, which nobody sees.
    pub id: String,
    /// What is known of it, in the order of the fields; a field of which nothing is known is not there.
    pub fields: Vec<(Field, Value)>,
    /// Where it came, in the order of times; of a deal.
    pub moves: Vec<Move>,
    /// What the buyer is known to have done, by the names of evidence; of a deal.
    pub seen: Vec<Seen>,
    /// What was said of how it is qualified, in the order of the letters; of a deal.
    pub scores: Vec<Score>,
    /// What the team did for it, in the order of times.
    pub log: Vec<Did>,
    /// The nuggets that were used for it, by their names; of a deal.
    pub used: Vec<Used>,
    /// What was answered in its interview, in the order of the questions' names; of a deal.
    pub answers: Vec<Answered>,
}

/// Evidence that a buyer gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The evidence, by its name in the process.
    pub evidence: String,
    /// When it was marked, milliseconds since 1970.
    pub at: u64,
    /// Who marked it; empty where that is not known.
    pub by: String,
    /// What there is to say of it.
    pub note: String,
    /// What of the room it follows from; empty where somebody marked it by hand.
    pub source: String,
}

/// A nugget that was used for a deal, once for each step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The nugget, by its name.
    pub nugget: String,
    /// The step at which the deal was, by its name; empty where it was at none.
    pub step: String,
    /// When it was first used there, milliseconds since 1970.
    pub at: u64,
    /// Who used it; empty where that is not known.
    pub by: String,
}

/// What sort of thing the team did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum DidKind {
    /// A note.
    #[default]
    Note,
    /// A call.
    Call,
    /// A mail.
    Mail,
    /// A meeting.
    Meeting,
    /// A visit at the buyer's.
    Visit,
    /// An activity of a step, by its name there.
    Activity,
}

/// Something that the team did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// Its name in the log of the record.
    pub id: String,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// Who did it; empty where that is not known.
    pub by: String,
    /// What sort of thing.
    pub kind: DidKind,
    /// What, in words; of [`DidKind::Activity`] its name in the process.
    pub what: String,
}

impl Record {
    /// Reads a record from its cells; none where there are none, or where it was removed. What is not understood is passed over.
    pub fn read(kind: Kind, id: &str, cells: &Cells) -> Option<Self> {
        if cells.is_empty() || cells.iter().any(|(key, _)| key == GONE) {
            return None;
        }
        let mut read = Self {
            kind,
            id: id.to_owned(),
            fields: Vec::with_capacity(cells.len()),
            moves: Vec::new(),
            seen: Vec::new(),
            scores: Vec::new(),
            log: Vec::new(),
            used: Vec::new(),
            answers: Vec::new(),
        };
        for (key, cell) in cells {
            if let Some(id) = key.strip_prefix(MOVE) {
                read.moves.extend(Move::read(id, cell));
            } else if let Some(evidence) = key.strip_prefix(SEEN) {
                read.seen.extend(Seen::read(evidence, cell));
            } else if let Some(id) = key.strip_prefix(DID) {
                read.log.extend(Did::read(id, cell));
            } else if let Some(letter) = key.strip_prefix(SCORE) {
                read.scores.extend(Score::read(letter, cell));
            } else if let Some(name) = key.strip_prefix(USED) {
                read.used.extend(Used::read(name, cell));
            } else if let Some(question) = key.strip_prefix(ANSWER) {
                read.answers.extend(Answered::read(question, cell));
            } else if let Some(field) = Field::parse(key).filter(|field| field.belongs_to(kind)) {
                read.fields.extend(Value::read(field.holds(), cell).map(|value| (field, value)));
            }
        }
        stdx::sort_by_key(&mut read.fields, |(field, _)| *field);
        stdx::sort_by(&mut read.moves, |one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        stdx::sort_by(&mut read.log, |one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        stdx::sort_by_key(&mut read.scores, |score| score.letter);
        Some(read)
    }

    /// What is known of a field.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.fields.binary_search_by_key(&field, |(have, _)| *have).ok().map(|at| &self.fields[at].1)
    }

    /// A text; empty where nothing is known.
    pub fn text(&self, field: Field) -> &str {
        match self.get(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// An amount, a percentage, a number.
    pub fn number(&self, field: Field) -> Option<Decimal> {
        match self.get(field) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A day.
    pub fn day(&self, field: Field) -> Option<Day> {
        match self.get(field) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// The currency of its amounts.
    pub fn currency(&self) -> Option<Currency> {
        match self.get(Field::Currency) {
            Some(Value::Currency(currency)) => Some(*currency),
            _ => None,
        }
    }

    /// A list; empty where nothing is known.
    pub fn list(&self, field: Field) -> &[String] {
        match self.get(field) {
            Some(Value::List(texts)) => texts,
            _ => &[],
        }
    }

    /// Where a deal is: where the last of its moves went. None where it was never put anywhere.
    pub fn place(&self) -> Option<&Place> {
        self.moves.last().map(|it| &it.to)
    }

    /// Whether a deal is not over.
    pub fn is_open(&self) -> bool {
        !self.place().is_some_and(Place::is_closed)
    }

    /// Its visits to steps, in order.
    pub fn visits(&self) -> Vec<Visit<'_>> {
        visits(&self.moves)
    }

    /// The evidence with this name, where the buyer gave it.
    pub fn seen(&self, evidence: &str) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.evidence == evidence)
    }

    /// Whether a nugget was used for the deal while it was at this step.
    pub fn has_used(&self, nugget: &str, step: &str) -> bool {
        self.used.iter().any(|it| it.nugget == nugget && it.step == step)
    }

    /// What was answered to the question with this name.
    pub fn answered(&self, question: &str) -> Option<&Answered> {
        self.answers.iter().find(|it| it.question == question)
    }

    /// Whether the next step of an open deal was to be done before `today`.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.is_open() && self.day(Field::NextDay).is_some_and(|day| day < today)
    }

    /// What becomes of a record's cells when a field gets a value, or loses it.
    pub fn set(kind: Kind, id: &str, field: Field, to: Option<&Value>) -> Change {
        change(kind, id, field.name().to_owned(), to.and_then(Value::cell))
    }

    /// What becomes of them when a deal comes somewhere.
    pub fn moved(id: &str, to: &Move) -> Change {
        change(Kind::Deal, id, format!("{MOVE}{}", to.id), Some(to.cell()))
    }

    /// What becomes of them when the buyer gave evidence, or did not after all.
    pub fn marked(id: &str, evidence: &str, seen: Option<&Seen>) -> Change {
        change(Kind::Deal, id, format!("{SEEN}{evidence}"), seen.map(Seen::cell))
    }

    /// What becomes of them when a letter gets a score.
    pub fn scored(id: &str, score: &Score) -> Change {
        change(Kind::Deal, id, format!("{SCORE}{}", score.letter.name()), Some(score.cell()))
    }

    /// What becomes of them when the team did something.
    pub fn did(kind: Kind, id: &str, did: &Did) -> Change {
        change(kind, id, format!("{DID}{}", did.id), Some(did.cell()))
    }

    /// What becomes of them when a nugget was used, or was not after all.
    pub fn used(id: &str, used: &Used, is_used: bool) -> Change {
        let key = format!("{USED}{}/{}", used.nugget, used.step);
        change(Kind::Deal, id, key, is_used.then(|| used.cell()))
    }

    /// What becomes of them when a question is answered, or was not after all.
    pub fn said(id: &str, question: &str, answered: Option<&Answered>) -> Change {
        change(Kind::Deal, id, format!("{ANSWER}{question}"), answered.map(Answered::cell))
    }

    /// What becomes of them when a record is removed, or brought back. All else stays, so history does.
    pub fn gone(kind: Kind, id: &str, is_gone: bool) -> Change {
        change(kind, id, GONE.to_owned(), is_gone.then(|| Cell::Text("1".into())))
    }
}

fn change(kind: Kind, id: &str, key: String, to: Option<Cell>) -> Change {
    Change { shelf: kind.shelf(), id: id.to_owned(), key, to }
}

impl Seen {
    fn cell(&self) -> Cell {
        Cell::fields(&[
            ("at", &self.at.to_string()),
            ("by", &self.by),
            ("note", &self.note),
            ("source", &self.source),
        ])
    }

    fn read(evidence: &str, cell: &Cell) -> Option<Self> {
        let text = |name| cell.field(name).to_owned();
        Some(Self {
            evidence: evidence.to_owned(),
            at: cell.field("at").parse().ok()?,
            by: text("by"),
            note: text("note"),
            source: text("source"),
        })
    }
}

impl Used {
    fn cell(&self) -> Cell {
        Cell::fields(&[("at", &self.at.to_string()), ("by", &self.by)])
    }

    fn read(name: &str, cell: &Cell) -> Option<Self> {
        let (nugget, step) = name.split_once('/')?;
        let at = cell.field("at").parse().ok()?;
        let by = cell.field("by").to_owned();
        Some(Self { nugget: nugget.to_owned(), step: step.to_owned(), at, by })
    }
}

impl DidKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Call, Self::Mail, Self::Meeting, Self::Visit, Self::Activity];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Call => "call",
            Self::Mail => "mail",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Activity => "activity",
        }
    }
}

impl Did {
    fn cell(&self) -> Cell {
        Cell::fields(&[
            ("at", &self.at.to_string()),
            ("by", &self.by),
            ("kind", self.kind.name()),
            ("what", &self.what),
        ])
    }

    fn read(id: &str, cell: &Cell) -> Option<Self> {
        let kind = cell.field("kind");
        Some(Self {
            id: id.to_owned(),
            at: cell.field("at").parse().ok()?,
            by: cell.field("by").to_owned(),
            kind: DidKind::ALL.into_iter().find(|it| it.name() == kind).unwrap_or_default(),
            what: cell.field("what").to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Letter, super::Proof, *};

    /// The cells that changes of one record make.
    fn cells(changes: &[Change]) -> Cells {
        let mut cells: Cells =
            changes.iter().filter_map(|it| Some((it.key.clone(), it.to.clone()?))).collect();
        stdx::sort_by(&mut cells, |one, other| one.0.cmp(&other.0));
        cells
    }

    #[test]
    fn a_record_is_read_as_it_was_written_and_what_is_strange_is_passed_over() {
        let step = |id: &str, at| Move {
            id: id.into(),
            to: Place::Step("l".into()),
            at,
            by: "Ines".into(),
            reason: String::new(),
            competitor: String::new(),
        };
        let seen = Seen {
            evidence: "e".into(),
            at: 7,
            by: "Ines".into(),
            note: "By phone".into(),
            source: String::new(),
        };
        let did =
            Did { id: "d".into(), at: 8, by: "Ines".into(), kind: DidKind::Call, what: "Who signs?".into() };
        let score = Score { letter: Letter::Pain, score: 1, proof: Proof::Date, words: "2027-01-01".into() };
        let amount = Value::Number(Decimal::whole(90_000));
        let used = Used { nugget: "n".into(), step: "l".into(), at: 9, by: "Ines".into() };
        let mut changes = vec![
            Record::set(Kind::Deal, "x", Field::Amount, Some(&amount)),
            Record::set(Kind::Deal, "x", Field::Name, Some(&Value::Text("Ledger".into()))),
            Record::moved("x", &step("1", 9)),
            Record::moved("x", &step("2", 5)),
            Record::marked("x", "e", Some(&seen)),
            Record::did(Kind::Deal, "x", &did),
            Record::scored("x", &score),
            Record::used("x", &used, true),
        ];
        let mut cells_of = cells(&changes);
        cells_of.push(("mood".into(), Cell::Text("good".into())));
        cells_of.push(("employees".into(), Cell::Text("5".into())));
        cells_of.push(("close".into(), Cell::Strange));
        let read = Record::read(Kind::Deal, "x", &cells_of).unwrap();
        assert_eq!(read.fields, [(Field::Name, Value::Text("Ledger".into())), (Field::Amount, amount)]);
        assert_eq!((read.text(Field::Name), read.text(Field::Note)), ("Ledger", ""));
        assert_eq!(read.number(Field::Amount), Some(Decimal::whole(90_000)));
        assert_eq!(read.moves, [step("2", 5), step("1", 9)]);
        assert_eq!((read.seen("e"), read.seen("f")), (Some(&seen), None));
        assert!(read.has_used("n", "l") && !read.has_used("n", ""));
        assert_eq!((read.log, read.scores, read.used), (vec![did], vec![score], vec![used]));
        changes.push(Record::gone(Kind::Deal, "x", true));
        assert_eq!(Record::read(Kind::Deal, "x", &cells(&changes)), None);
        assert_eq!(Record::read(Kind::Deal, "x", &Vec::new()), None);
    }

    #[test]
    fn a_closed_deal_is_never_overdue() {
        let day = |text| Day::parse(text).unwrap();
        let due = Record::set(Kind::Deal, "x", Field::NextDay, Some(&Value::Day(day("2027-03-01"))));
        let read = |changes: &[Change]| Record::read(Kind::Deal, "x", &cells(changes)).unwrap();
        let open = read(std::slice::from_ref(&due));
        assert_eq!((open.is_overdue(day("2027-03-01")), open.is_overdue(day("2027-03-02"))), (false, true));
        let won = Move {
            id: "1".into(),
            to: Place::Won,
            at: 5,
            by: String::new(),
            reason: String::new(),
            competitor: String::new(),
        };
        let won = read(&[due, Record::moved("x", &won)]);
        assert!(!won.is_open() && !won.is_overdue(day("2027-03-02")));
    }
}
