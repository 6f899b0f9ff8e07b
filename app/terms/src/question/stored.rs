//! Questions and answers as cells of the book: a question's words, each of its choices and each of its problems by themselves.

use super::{Answer, Answered, Asks, Branch, Choice, Condition, Question, Reveal};
use crate::{
    book::{Cell, Cells, Change, GONE, Shelf, cell_of, placed},
    nugget::{Mark, read_tags, write_tags},
    price::Decimal,
};

const CHOICE: &str = "choice/";
const REVEAL: &str = "problem/";
/// The setting that has the order.
const ORDER: &str = "questions";

impl Condition {
    /// As two texts: what it is, and of what.
    fn texts(&self) -> (&'static str, String) {
        match self {
            Self::Given => ("given", String::new()),
            Self::Yes => ("yes", String::new()),
            Self::No => ("no", String::new()),
            // Names have no spaces.
            Self::Chosen(any) => ("chosen", any.join(" ")),
            Self::AtLeast(number) => ("at least", number.to_string()),
            Self::AtMost(number) => ("at most", number.to_string()),
        }
    }

    fn read(cell: &Cell) -> Option<Self> {
        let of = cell.field("of");
        Some(match cell.field("is") {
            "given" => Self::Given,
            "yes" => Self::Yes,
            "no" => Self::No,
            "chosen" => Self::Chosen(names(of)),
            "at least" => Self::AtLeast(Decimal::parse(of)?),
            "at most" => Self::AtMost(Decimal::parse(of)?),
            _ => return None,
        })
    }
}

fn names(text: &str) -> Vec<String> {
    text.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Question {
    /// Reads a question from its cells; none where it has no words among them, or was removed. What is not understood is passed over.
    pub fn read(id: &str, cells: &Cells) -> Option<Self> {
        if cell_of(cells, GONE).is_some() {
            return None;
        }
        let text = |key| cell_of(cells, key).and_then(Cell::text).unwrap_or_default().to_owned();
        let asks = text("asks");
        let branch = cell_of(cells, "branch").and_then(|cell| {
            Some(Branch { question: cell.field("question").to_owned(), is: Condition::read(cell)? })
        });
        let choice =
            |id: &str, cell: &Cell| Some(Choice { id: id.to_owned(), words: cell.field("words").to_owned() });
        let reveal = |id: &str, cell: &Cell| {
            let problem = cell.field("problem").to_owned();
            Some(Reveal { id: id.to_owned(), problem, is: Condition::read(cell)? })
        };
        Some(Self {
            id: id.to_owned(),
            words: cell_of(cells, "words")?.text()?.to_owned(),
            hint: text("hint"),
            asks: Asks::ALL.into_iter().find(|it| it.name() == asks).unwrap_or_default(),
            unit: text("unit"),
            choices: placed(cells, CHOICE, choice),
            tags: read_tags(cells),
            branch,
            reveals: placed(cells, REVEAL, reveal),
            variable: text("variable"),
            input: text("input"),
            product: text("product"),
            written: cell_of(cells, "written").map(Mark::read).unwrap_or_default(),
        })
    }

    /// What becomes of the cells when the question was `before`, or was not there. Cells that are not understood stay.
    pub fn changes_from(&self, before: Option<&Self>) -> Vec<Change> {
        let old = before.map(Self::cells).unwrap_or_default();
        Change::between(Shelf::Questions, &self.id, &old, &self.cells())
    }

    /// What becomes of the cells when it is removed. All else stays, so undo brings it back.
    pub fn gone(id: &str) -> Change {
        let to = Some(Cell::Text("1".into()));
        Change { shelf: Shelf::Questions, id: id.to_owned(), key: GONE.to_owned(), to }
    }

    /// What becomes of the settings when questions stand in this order, by their names.
    pub fn ordered(ids: &[String]) -> Change {
        let to = Some(Cell::List(ids.to_vec()));
        Change { shelf: Shelf::Settings, id: String::new(), key: ORDER.to_owned(), to }
    }

    /// The order that settings tell.
    pub fn order(settings: &Cells) -> Vec<String> {
        match cell_of(settings, ORDER) {
            Some(Cell::List(ids)) => ids.clone(),
            _ => Vec::new(),
        }
    }

    fn cells(&self) -> Cells {
        let mut cells = vec![
            ("words".to_owned(), Cell::Text(self.words.clone())),
            ("asks".to_owned(), Cell::Text(self.asks.name().to_owned())),
            ("written".to_owned(), self.written.cell(&[])),
        ];
        let texts = [
            ("hint", &self.hint),
            ("unit", &self.unit),
            ("variable", &self.variable),
            ("input", &self.input),
            ("product", &self.product),
        ];
        for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            cells.push((key.to_owned(), Cell::Text(text.clone())));
        }
        write_tags(&self.tags, &mut cells);
        for (at, it) in self.choices.iter().enumerate() {
            let cell = Cell::fields(&[("words", &it.words), ("place", &at.to_string())]);
            cells.push((format!("{CHOICE}{}", it.id), cell));
        }
        if let Some(Branch { question, is }) = &self.branch {
            let (is, of) = is.texts();
            cells.push((
                "branch".to_owned(),
                Cell::fields(&[("question", question), ("is", is), ("of", &of)]),
            ));
        }
        for (at, it) in self.reveals.iter().enumerate() {
            let (is, of) = it.is.texts();
            let place = at.to_string();
            let fields = [("problem", it.problem.as_str()), ("is", is), ("of", &of), ("place", &place)];
            cells.push((format!("{REVEAL}{}", it.id), Cell::fields(&fields)));
        }
        cells
    }
}

impl Answered {
    pub(crate) fn cell(&self) -> Cell {
        let (key, text) = match &self.says {
            Answer::Yes => ("is", "yes".to_owned()),
            Answer::No => ("is", "no".to_owned()),
            Answer::Passed => ("is", "passed".to_owned()),
            Answer::Chosen(chosen) => ("chosen", chosen.join(" ")),
            Answer::Number(number) => ("number", number.to_string()),
            Answer::Text(text) => ("text", text.clone()),
        };
        self.written.cell(&[(key, &text), ("who", &self.who)])
    }

    pub(crate) fn read(question: &str, cell: &Cell) -> Option<Self> {
        let says = match (cell.field("is"), cell.field("chosen"), cell.field("number"), cell.field("text")) {
            ("yes", ..) => Answer::Yes,
            ("no", ..) => Answer::No,
            ("passed", ..) => Answer::Passed,
            (_, chosen, ..) if !chosen.is_empty() => Answer::Chosen(names(chosen)),
            (_, _, number, _) if !number.is_empty() => Answer::Number(Decimal::parse(number)?),
            (.., text) if !text.is_empty() => Answer::Text(text.to_owned()),
            _ => return None,
        };
        let (question, who) = (question.to_owned(), cell.field("who").to_owned());
        Some(Self { question, says, who, written: Mark::read(cell) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{book::Record, nugget::Facet, question::starter};

    fn cells(changes: Vec<Change>) -> Cells {
        let cells = changes.into_iter().filter_map(|it| Some((it.key, it.to?)));
        stdx::in_order(cells, |one, other| one.0 < other.0)
    }

    #[test]
    fn questions_are_read_as_they_were_written() {
        for question in starter(&str::to_uppercase) {
            let written = Mark { at: 5, by: "Ines".into() };
            let mut question = Question { written, ..question };
            question.tags[Facet::Role as usize] = vec!["CFO".into()];
            let mut all = cells(question.changes_from(None));
            assert_eq!(Question::read(&question.id, &all), Some(question.clone()));
            assert_eq!(question.changes_from(Some(&question)), []);
            all.push(("zeal".into(), Cell::Strange));
            assert_eq!(Question::read(&question.id, &all), Some(question.clone()));
            let mut gone = question.changes_from(None);
            gone.push(Question::gone(&question.id));
            assert_eq!(Question::read(&question.id, &cells(gone)), None);
        }
        assert_eq!(Question::read("q", &Cells::new()), None);
    }

    #[test]
    fn two_who_change_choices_and_problems_at_once_both_keep_theirs() {
        let choice = |id: &str| Choice { id: id.into(), words: id.to_uppercase() };
        let base = Question {
            id: "q".into(),
            words: "How?".into(),
            asks: Asks::One,
            choices: vec![choice("a"), choice("b")],
            ..Question::default()
        };
        let mut one = base.clone();
        one.choices.push(choice("c"));
        let mut other = base.clone();
        let is = Condition::Chosen(vec!["a".into(), "b".into()]);
        other.reveals.push(Reveal { id: "r".into(), problem: "slow month end".into(), is });
        let mut all = cells(base.changes_from(None));
        for change in one.changes_from(Some(&base)).into_iter().chain(other.changes_from(Some(&base))) {
            all.retain(|(key, _)| *key != change.key);
            all.extend(change.to.map(|to| (change.key, to)));
        }
        stdx::sort_by(&mut all, |one, other| one.0.cmp(&other.0));
        let both = Question { choices: one.choices, reveals: other.reveals, ..base };
        assert_eq!(Question::read("q", &all), Some(both));
    }

    #[test]
    fn answers_are_read_as_they_were_written() {
        let number = |text| Answer::Number(Decimal::parse(text).unwrap());
        let all = [
            Answer::Yes,
            Answer::No,
            Answer::Passed,
            Answer::Chosen(vec!["a".into(), "b".into()]),
            number("-12.5"),
            number("0"),
            Answer::Text("yes, but: late".into()),
        ];
        for says in all {
            let written = Mark { at: 7, by: "Ines".into() };
            let answered = Answered { question: "q".into(), says, who: "c1".into(), written };
            let change = Record::said("deal", "q", Some(&answered));
            assert_eq!((change.shelf, change.key.as_str()), (Shelf::Deals, "answer/q"));
            assert_eq!(Answered::read("q", &change.to.unwrap()), Some(answered));
        }
        assert_eq!(Answered::read("q", &Cell::fields(&[("at", "5"), ("mood", "good")])), None);
        assert_eq!(Answered::read("q", &Cell::Strange), None);
    }
}
