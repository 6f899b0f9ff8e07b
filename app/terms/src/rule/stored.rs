//! A rule as bytes, and as cells of the book: one for each version, so that nothing of it is ever replaced.

use stdx::{Cut, Reader, Writer};

use super::{
    Approvers, Ask, Comparison, Condition, DEPTH_MAX, Effect, Fact, Facts, Gate, Known, PARTS_MAX, Rule, Test,
};
use crate::{
    book::{Cell, Cells, Change, GONE, Shelf, cell_of},
    plan::Day,
    price::Decimal,
};

const VERSION: &str = "version/";
const FORM: u8 = 1;

/// A rule as the book keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// As it is now: its newest version.
    pub rule: Rule,
    /// All versions, in the order of their times; never empty.
    pub versions: Vec<RuleVersion>,
}

/// A rule as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVersion {
    /// Its name among the versions.
    pub id: String,
    /// When it was written, milliseconds since 1970.
    pub at: u64,
    /// Who wrote it; empty where that is not known.
    pub by: String,
    /// What it said.
    pub rule: Rule,
}

impl KeptRule {
    /// Reads a rule from its cells; none where there is no version among them, or where it was removed. A version that is not
    /// understood holds everything back.
    pub fn read(id: &str, cells: &Cells) -> Option<Self> {
        if cell_of(cells, GONE).is_some() {
            return None;
        }
        let version =
            |(key, cell): &(String, Cell)| Some(RuleVersion::read(id, key.strip_prefix(VERSION)?, cell));
        let mut versions: Vec<RuleVersion> = cells.iter().filter_map(version).collect();
        stdx::sort_by(&mut versions, |one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        let rule = versions.last()?.rule.clone();
        Some(Self { rule, versions })
    }

    /// What becomes of the cells when the rule is removed. All else stays, so undo brings it back.
    pub fn gone(id: &str) -> Change {
        let to = Some(Cell::Text("1".into()));
        Change { shelf: Shelf::Rules, id: id.to_owned(), key: GONE.to_owned(), to }
    }
}

impl RuleVersion {
    /// What becomes of the cells when it is written.
    pub fn written(&self) -> Change {
        let mut out = Writer::new();
        out.uint(self.at).text(&self.by);
        self.rule.write(&mut out);
        let to = Some(Cell::Bytes(out.finish()));
        Change { shelf: Shelf::Rules, id: self.rule.id.clone(), key: format!("{VERSION}{}", self.id), to }
    }

    fn read(rule: &str, id: &str, cell: &Cell) -> Self {
        let strange = || Self { id: id.to_owned(), at: 0, by: String::new(), rule: Rule::strange(rule) };
        let Cell::Bytes(bytes) = cell else { return strange() };
        let from = &mut Reader::new(bytes);
        let mut read = || -> Result<Self, Cut> {
            let (at, by) = (from.uint()?, from.text()?.to_owned());
            let read = Rule::read(from).ok().filter(|it| it.id == rule && from.is_empty());
            Ok(Self { id: id.to_owned(), at, by, rule: read.unwrap_or_else(|| Rule::strange(rule)) })
        };
        read().unwrap_or_else(|_| strange())
    }
}

impl Rule {
    /// As bytes; the same rule has the same ones everywhere.
    pub fn write(&self, out: &mut Writer) {
        out.u8(FORM).text(&self.id).text(&self.name).uint(self.gates.len() as u64);
        for gate in &self.gates {
            out.u8(*gate as u8);
        }
        self.condition.write(out);
        match &self.effect {
            Effect::Suggest(words) => {
                out.u8(0).text(words);
            }
            Effect::Warn(words) => {
                out.u8(1).text(words);
            }
            Effect::Block(words) => {
                out.u8(2).text(words);
            }
            Effect::Approve(Approvers { asks, in_order }) => {
                out.u8(3).u8(u8::from(*in_order)).uint(asks.len() as u64);
                for ask in asks {
                    out.text(&ask.role).text(ask.stand_in.as_deref().unwrap_or_default());
                }
            }
        }
        out.u8(u8::from(self.is_off));
    }

    /// Reads what [`Rule::write`] writes.
    ///
    /// # Errors
    /// [`Cut`] where it is not understood.
    pub fn read(from: &mut Reader) -> Result<Self, Cut> {
        if from.u8()? != FORM {
            return Err(Cut);
        }
        let (id, name) = (from.text()?.to_owned(), from.text()?.to_owned());
        let gates = several(from, |from| Gate::ALL.get(usize::from(from.u8()?)).copied().ok_or(Cut))?;
        let condition = Condition::read(from, 1, &mut 0)?;
        let effect = match from.u8()? {
            0 => Effect::Suggest(from.text()?.to_owned()),
            1 => Effect::Warn(from.text()?.to_owned()),
            2 => Effect::Block(from.text()?.to_owned()),
            3 => {
                let in_order = truth(from)?;
                let ask = |from: &mut Reader| {
                    let (role, stand_in) = (from.text()?.to_owned(), from.text()?.to_owned());
                    Ok(Ask { role, stand_in: Some(stand_in).filter(|role| !role.is_empty()) })
                };
                Effect::Approve(Approvers { asks: several(from, ask)?, in_order })
            }
            _ => return Err(Cut),
        };
        Ok(Self { id, name, gates, condition, effect, is_off: truth(from)? })
    }
}

impl Condition {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::All(of) | Self::Any(of) => {
                out.u8(u8::from(matches!(self, Self::Any(_)))).uint(of.len() as u64);
                of.iter().for_each(|it| it.write(out));
            }
            Self::Where(Comparison { fact, test }) => {
                out.u8(2).text(fact.name());
                test.write(out);
            }
        }
    }

    fn read(from: &mut Reader, depth: usize, parts: &mut usize) -> Result<Self, Cut> {
        *parts += 1;
        if depth > DEPTH_MAX || *parts > PARTS_MAX {
            return Err(Cut);
        }
        let sort = from.u8()?;
        if sort == 2 {
            let fact = Fact::parse(from.text()?).ok_or(Cut)?;
            return Ok(Self::Where(Comparison { fact, test: Test::read(from)? }));
        }
        let of = several(from, |from| Self::read(from, depth + 1, parts))?;
        match sort {
            0 => Ok(Self::All(of)),
            1 => Ok(Self::Any(of)),
            _ => Err(Cut),
        }
    }
}

impl Test {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Is(known) => known.write(out.u8(0)),
            Self::IsNot(known) => known.write(out.u8(1)),
            Self::More(known) => known.write(out.u8(2)),
            Self::Less(known) => known.write(out.u8(3)),
            Self::Between(least, most) => {
                least.write(out.u8(4));
                most.write(out);
            }
            Self::OneOf(words) => texts(out.u8(5), words),
            Self::IsKnown => {
                out.u8(6);
            }
            Self::IsUnknown => {
                out.u8(7);
            }
        }
    }

    fn read(from: &mut Reader) -> Result<Self, Cut> {
        Ok(match from.u8()? {
            0 => Self::Is(Known::read(from)?),
            1 => Self::IsNot(Known::read(from)?),
            2 => Self::More(Known::read(from)?),
            3 => Self::Less(Known::read(from)?),
            4 => Self::Between(Known::read(from)?, Known::read(from)?),
            5 => Self::OneOf(read_texts(from)?),
            6 => Self::IsKnown,
            7 => Self::IsUnknown,
            _ => return Err(Cut),
        })
    }
}

impl Known {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Words(words) => texts(out.u8(0), words),
            Self::Number(number) => {
                out.u8(1).text(&number.to_string());
            }
            Self::Day(day) => {
                out.u8(2).text(&day.to_string());
            }
            Self::Truth(truth) => {
                out.u8(3).u8(u8::from(*truth));
            }
        }
    }

    fn read(from: &mut Reader) -> Result<Self, Cut> {
        Ok(match from.u8()? {
            0 => Self::Words(read_texts(from)?),
            1 => Self::Number(Decimal::parse(from.text()?).ok_or(Cut)?),
            2 => Self::Day(Day::parse(from.text()?).ok_or(Cut)?),
            3 => Self::Truth(truth(from)?),
            _ => return Err(Cut),
        })
    }
}

impl Facts {
    /// As bytes; the same facts have the same ones everywhere.
    pub fn write(&self, out: &mut Writer) {
        out.uint(self.len() as u64);
        for (fact, known) in self.iter() {
            known.write(out.text(fact.name()));
        }
    }

    /// Reads what [`Facts::write`] writes. A fact that this program does not know is passed over.
    ///
    /// # Errors
    /// [`Cut`] where it is not understood.
    pub fn read(from: &mut Reader) -> Result<Self, Cut> {
        let mut facts = Self::default();
        for _ in 0..from.uint()? {
            let fact = Fact::parse(from.text()?);
            let known = Known::read(from)?;
            if let Some(fact) = fact {
                facts.set(fact, Some(known));
            }
        }
        Ok(facts)
    }
}

fn truth(from: &mut Reader) -> Result<bool, Cut> {
    match from.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Cut),
    }
}

fn texts(out: &mut Writer, words: &[String]) {
    out.uint(words.len() as u64);
    for word in words {
        out.text(word);
    }
}

fn read_texts(from: &mut Reader) -> Result<Vec<String>, Cut> {
    several(from, |from| Ok(from.text()?.to_owned()))
}

/// As many of something as the number in front of them says.
pub(crate) fn several<'a, T>(
    from: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Result<T, Cut>,
) -> Result<Vec<T>, Cut> {
    let mut all = Vec::new();
    for _ in 0..from.uint()? {
        all.push(one(from)?);
    }
    Ok(all)
}
