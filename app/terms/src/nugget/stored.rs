//! A nugget as cells: one for each thing that somebody changes.

use super::{Facet, Mark, Nugget, NuggetKind, State, Tags, Version};
use crate::{
    book::{Cell, Cells, Change, GONE, Shelf, cell_of},
    plan::Day,
};

const VERSION: &str = "version/";
const TAGS: &str = "tags/";

impl Nugget {
    /// Reads a nugget from its cells; none where it has no title among them, or was removed. What is not understood is passed over.
    pub fn read(id: &str, cells: &Cells) -> Option<Self> {
        if cell_of(cells, GONE).is_some() {
            return None;
        }
        let text = |key| cell_of(cells, key).and_then(Cell::text).unwrap_or_default().to_owned();
        let mark = |key| cell_of(cells, key).map(Mark::read).unwrap_or_default();
        let state = cell_of(cells, "state").map_or("", |cell| cell.field("is"));
        let version = |(key, cell): &(String, Cell)| {
            let id = key.strip_prefix(VERSION)?.to_owned();
            let text = |name| cell.field(name).to_owned();
            Some(Version { id, written: Mark::read(cell), title: text("title"), text: text("text") })
        };
        let mut versions: Vec<Version> = cells.iter().filter_map(version).collect();
        stdx::sort_by(&mut versions, |one, other| {
            (one.written.at, &one.id).cmp(&(other.written.at, &other.id))
        });
        Some(Self {
            id: id.to_owned(),
            title: cell_of(cells, "title")?.text()?.to_owned(),
            text: text("text"),
            kind: NuggetKind::parse(&text("kind")).unwrap_or_default(),
            tags: read_tags(cells),
            owner: text("owner"),
            review_by: Day::parse(&text("review")),
            source: text("source"),
            state: State::ALL.into_iter().find(|it| it.name() == state).unwrap_or_default(),
            stated: mark("state"),
            written: mark("written"),
            versions,
        })
    }

    /// What becomes of the cells when the nugget was `before`, or was not there. Cells that are not understood stay.
    pub fn changes_from(&self, before: Option<&Self>) -> Vec<Change> {
        let old = before.map(Self::cells).unwrap_or_default();
        Change::between(Shelf::Nuggets, &self.id, &old, &self.cells())
    }

    /// What becomes of the cells when it is removed. All else stays, so undo brings it back.
    pub fn gone(id: &str) -> Change {
        let to = Some(Cell::Text("1".into()));
        Change { shelf: Shelf::Nuggets, id: id.to_owned(), key: GONE.to_owned(), to }
    }

    fn cells(&self) -> Cells {
        let mut cells = vec![
            ("title".to_owned(), Cell::Text(self.title.clone())),
            ("kind".to_owned(), Cell::Text(self.kind.name().to_owned())),
            ("written".to_owned(), self.written.cell(&[])),
        ];
        let review = self.review_by.map(|day| day.to_string()).unwrap_or_default();
        let texts =
            [("text", &self.text), ("owner", &self.owner), ("source", &self.source), ("review", &review)];
        for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            cells.push((key.to_owned(), Cell::Text(text.clone())));
        }
        write_tags(&self.tags, &mut cells);
        if self.stated.at > 0 {
            cells.push(("state".to_owned(), self.stated.cell(&[("is", self.state.name())])));
        }
        for it in &self.versions {
            let cell = it.written.cell(&[("title", &it.title), ("text", &it.text)]);
            cells.push((format!("{VERSION}{}", it.id), cell));
        }
        cells
    }
}

/// Reads tags from the cells of what they are of.
pub(crate) fn read_tags(cells: &Cells) -> Tags {
    Facet::ALL.map(|facet| match cell_of(cells, &format!("{TAGS}{}", facet.name())) {
        Some(Cell::List(tags)) => tags.clone(),
        _ => Vec::new(),
    })
}

/// Puts what [`read_tags`] reads behind other cells.
pub(crate) fn write_tags(tags: &Tags, cells: &mut Cells) {
    for (facet, tags) in Facet::ALL.into_iter().zip(tags).filter(|(_, tags)| !tags.is_empty()) {
        cells.push((format!("{TAGS}{}", facet.name()), Cell::List(tags.clone())));
    }
}

impl Mark {
    pub(crate) fn read(cell: &Cell) -> Self {
        Self { at: cell.field("at").parse().unwrap_or_default(), by: cell.field("by").to_owned() }
    }

    pub(crate) fn cell(&self, beside: &[(&str, &str)]) -> Cell {
        let at = self.at.to_string();
        Cell::fields(&[&[("at", at.as_str()), ("by", self.by.as_str())][..], beside].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(at: u64) -> Mark {
        Mark { at, by: "Ines".into() }
    }

    fn full() -> Nugget {
        Nugget {
            id: "n".into(),
            title: "The close in four days".into(),
            text: "Dear {{account.name}}".into(),
            kind: NuggetKind::Case,
            tags: Facet::ALL.map(|facet| vec![facet.name().to_owned(), "b".to_owned()]),
            owner: "Ines".into(),
            review_by: Day::parse("2027-03-01"),
            source: "cases/close.md".into(),
            state: State::Approved,
            stated: mark(7),
            written: mark(5),
            versions: vec![
                Version { id: "b".into(), written: mark(2), title: "t".into(), text: String::new() },
                Version { id: "a".into(), written: mark(3), title: "t".into(), text: "x".into() },
            ],
        }
    }

    fn cells(changes: Vec<Change>) -> Cells {
        let cells = changes.into_iter().filter_map(|it| Some((it.key, it.to?)));
        stdx::in_order(cells, |one, other| one.0 < other.0)
    }

    #[test]
    fn a_nugget_is_read_as_it_was_written_and_what_is_strange_is_passed_over() {
        let full = full();
        let mut written = cells(full.changes_from(None));
        assert_eq!(Nugget::read("n", &written), Some(full.clone()));
        written.push(("zeal".into(), Cell::Strange));
        assert_eq!(Nugget::read("n", &written), Some(full.clone()));
        assert_eq!(Nugget::read("n", &Cells::new()), None);
        let mut gone = full.changes_from(None);
        gone.push(Nugget::gone("n"));
        assert_eq!(Nugget::read("n", &cells(gone)), None);
        let odd =
            vec![("kind".to_owned(), Cell::Text("poem".into())), ("title".into(), Cell::Text("x".into()))];
        assert_eq!(Nugget::read("n", &odd).unwrap().kind, NuggetKind::Benefit);
    }

    #[test]
    fn only_what_is_other_is_written() {
        let full = full();
        assert_eq!(full.changes_from(Some(&full)), []);
        let mut other = Nugget { owner: String::new(), review_by: None, ..full.clone() };
        other.versions.remove(0);
        other.tagged_mut(Facet::Role).clear();
        let changes = other.changes_from(Some(&full));
        let mut gone: Vec<&str> =
            changes.iter().filter(|it| it.to.is_none()).map(|it| it.key.as_str()).collect();
        gone.sort_unstable();
        assert_eq!(
            (gone.as_slice(), changes.len()),
            (&["owner", "review", "tags/roles", "version/b"][..], 4)
        );
    }

    #[test]
    fn names_come_back() {
        for kind in NuggetKind::ALL {
            assert_eq!(NuggetKind::parse(kind.name()), Some(kind));
        }
        for (at, facet) in Facet::ALL.into_iter().enumerate() {
            assert_eq!(facet as usize, at);
        }
    }
}
