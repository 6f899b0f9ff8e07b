//! How a deal went through its steps, exactly: nothing of it is overwritten, so what was once a fact stays one.

use super::Cell;

/// Where a deal is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the step of its process with this name.
    Step(String),
    /// Won.
    Won,
    /// Lost to somebody else, or to what the buyer already has.
    Lost,
    /// The buyer decided nothing. It is counted apart, never as lost.
    NoDecision,
}

/// A deal that came somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its name among the moves of the deal.
    pub id: String,
    /// Where to.
    pub to: Place,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// Who said so; empty where that is not known.
    pub by: String,
    /// Why: of a lost deal always, else where somebody said.
    pub reason: String,
    /// To whom it was lost; empty where to nobody, or where that is not known.
    pub competitor: String,
}

/// The time that a deal was at a step, without leaving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit<'a> {
    /// The step, by its name among steps.
    pub step: &'a str,
    /// When the deal came to it, milliseconds since 1970.
    pub entered: u64,
    /// When it left it; none where it is still there.
    pub left: Option<u64>,
    /// Where it went then.
    pub to: Option<&'a Place>,
}

impl Place {
    /// Whether the deal is over.
    pub fn is_closed(&self) -> bool {
        !matches!(self, Self::Step(_))
    }

    /// The step, by its name.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Step(step) => Some(step),
            _ => None,
        }
    }

    /// As it is kept.
    pub fn name(&self) -> String {
        match self {
            Self::Step(step) => format!("step/{step}"),
            Self::Won => "won".into(),
            Self::Lost => "lost".into(),
            Self::NoDecision => "no decision".into(),
        }
    }

    /// Reads what [`Place::name`] tells.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "won" => Some(Self::Won),
            "lost" => Some(Self::Lost),
            "no decision" => Some(Self::NoDecision),
            _ => name
                .strip_prefix("step/")
                .filter(|step| !step.is_empty())
                .map(|step| Self::Step(step.to_owned())),
        }
    }
}

impl Move {
    /// As it is kept.
    pub fn cell(&self) -> Cell {
        Cell::fields(&[
            ("to", &self.to.name()),
            ("at", &self.at.to_string()),
            ("by", &self.by),
            ("why", self.reason.trim()),
            ("against", self.competitor.trim()),
        ])
    }

    /// Reads what [`Move::cell`] tells; none where it is not understood.
    pub fn read(id: &str, cell: &Cell) -> Option<Self> {
        let text = |name| cell.field(name).to_owned();
        Some(Self {
            id: id.to_owned(),
            to: Place::parse(cell.field("to"))?,
            at: cell.field("at").parse().ok()?,
            by: text("by"),
            reason: text("why"),
            competitor: text("against"),
        })
    }
}

impl Visit<'_> {
    /// How long it lasted, or lasts at `now`, in milliseconds.
    pub fn lasted(&self, now: u64) -> u64 {
        self.left.unwrap_or(now).saturating_sub(self.entered)
    }
}

/// The visits that moves come to, which are in the order of their times and names. Who moves a deal to where it is already begins
/// no new one: two people who move it at once are one visit.
pub(super) fn visits(moves: &[Move]) -> Vec<Visit<'_>> {
    let mut visits: Vec<Visit> = Vec::new();
    let mut last: Option<&Place> = None;
    for it in moves.iter() {
        if last == Some(&it.to) {
            continue;
        }
        if let Some(open) = visits.last_mut().filter(|visit| visit.left.is_none()) {
            (open.left, open.to) = (Some(it.at), Some(&it.to));
        }
        if let Place::Step(step) = &it.to {
            visits.push(Visit { step, entered: it.at, left: None, to: None });
        }
        last = Some(&it.to);
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(all: &[(&str, u64)]) -> Vec<Move> {
        let one = |(at, (to, time)): (usize, &(&str, u64))| Move {
            id: at.to_string(),
            to: Place::parse(to).unwrap(),
            at: *time,
            by: String::new(),
            reason: String::new(),
            competitor: String::new(),
        };
        all.iter().enumerate().map(one).collect()
    }

    fn told(moves: &[Move]) -> Vec<String> {
        let visit = |it: &Visit| {
            let left = it.left.map(|left| left.to_string()).unwrap_or_default();
            let to = it.to.map(Place::name).unwrap_or_default();
            format!("{} {}-{left} {to}", it.step, it.entered)
        };
        visits(moves).iter().map(visit).collect()
    }

    #[test]
    fn going_back_and_coming_again_are_kept_as_they_were() {
        let moves = moves(&[
            ("step/a", 1),
            ("step/b", 5),
            ("step/b", 6),
            ("step/a", 9),
            ("step/b", 12),
            ("lost", 20),
            ("step/c", 30),
        ]);
        assert_eq!(told(&moves), ["a 1-5 step/b", "b 5-9 step/a", "a 9-12 step/b", "b 12-20 lost", "c 30- "]);
        let visits = visits(&moves);
        assert_eq!(visits.iter().map(|it| it.lasted(35)).collect::<Vec<_>>(), [4, 4, 3, 8, 5]);
        assert_eq!(visits[4].lasted(7), 0, "by a clock that is behind");
    }

    #[test]
    fn moves_come_back_from_their_cells() {
        for place in [Place::Step("a".into()), Place::Won, Place::Lost, Place::NoDecision] {
            assert_eq!(Place::parse(&place.name()), Some(place));
        }
        for wrong in ["", "step/", "Won", "gone"] {
            assert_eq!(Place::parse(wrong), None);
        }
        let lost = Move {
            id: "1".into(),
            to: Place::Lost,
            at: 1_700_000_000_000,
            by: "Ines".into(),
            reason: "price".into(),
            competitor: "Meyer".into(),
        };
        assert_eq!(Move::read("1", &lost.cell()), Some(lost));
        assert_eq!(Move::read("1", &Cell::fields(&[("to", "won")])), None, "nobody knows when");
        assert_eq!(Move::read("1", &Cell::Text("won".into())), None);
    }
}
