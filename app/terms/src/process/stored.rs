//! A process as cells: one for each thing that somebody changes, so that two people who change different steps both keep theirs.

use super::{Activity, Changed, Evidence, Process, RoomAct, Step};
use crate::{
    book::{Cell, Cells, Change, Shelf, cell_of},
    price::Decimal,
};

const CHANGED: &str = "changed/";

impl Process {
    /// Reads a process from its cells; none where it has no name among them. Steps that the order does not name, since somebody
    /// added them at the same time, stand at the end.
    pub fn read(id: &str, cells: &Cells) -> Option<Self> {
        let name = cell_of(cells, "name")?.text()?.to_owned();
        let mut ids: Vec<&str> = Vec::new();
        if let Some(Cell::List(order)) = cell_of(cells, "steps") {
            ids.extend(order.iter().map(String::as_str));
        }
        let named = cells.iter().filter_map(|(key, _)| key.strip_prefix("step/")?.split_once('/'));
        for step in named.map(|(step, _)| step) {
            if !ids.contains(&step) {
                ids.push(step);
            }
        }
        let has_cells = |step: &&str| cells.iter().any(|(key, _)| key.starts_with(&format!("step/{step}/")));
        let steps = ids.into_iter().filter(has_cells).map(|step| read_step(step, cells)).collect();
        let changed = |(key, cell): &(String, Cell)| {
            let id = key.strip_prefix(CHANGED)?.to_owned();
            Some(Changed { id, at: cell.text()?.parse().ok()? })
        };
        let mut changes: Vec<Changed> = cells.iter().filter_map(changed).collect();
        stdx::sort_by(&mut changes, |one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        Some(Self { id: id.to_owned(), name, steps, changes })
    }

    /// What becomes of the cells when the process was `before`, or was not there.
    pub fn changes_from(&self, before: Option<&Self>) -> Vec<Change> {
        let old = before.map(Self::cells).unwrap_or_default();
        Change::between(Shelf::Processes, &self.id, &old, &self.cells())
    }

    fn cells(&self) -> Cells {
        let mut cells = vec![
            ("name".to_owned(), Cell::Text(self.name.clone())),
            ("steps".to_owned(), Cell::List(self.steps.iter().map(|step| step.id.clone()).collect())),
        ];
        for step in &self.steps {
            write_step(step, &mut cells);
        }
        for changed in &self.changes {
            cells.push((format!("{CHANGED}{}", changed.id), Cell::Text(changed.at.to_string())));
        }
        cells
    }
}

fn write_step(step: &Step, cells: &mut Cells) {
    let mut put = |key: &str, cell: Cell| cells.push((format!("step/{}/{key}", step.id), cell));
    put("name", Cell::Text(step.name.clone()));
    for (key, number) in [("days", step.days), ("chance", step.chance)] {
        if let Some(number) = number {
            put(key, Cell::Text(number.to_string()));
        }
    }
    for (at, it) in step.activities.iter().enumerate() {
        put(&format!("activity/{}", it.id), Cell::fields(&[("name", &it.name), ("place", &at.to_string())]));
    }
    for (at, it) in step.evidence.iter().enumerate() {
        let cell = Cell::fields(&[
            ("name", &it.name),
            ("place", &at.to_string()),
            ("required", if it.is_required { "1" } else { "" }),
            ("follows", it.follows.map(RoomAct::name).unwrap_or_default()),
        ]);
        put(&format!("evidence/{}", it.id), cell);
    }
    for (key, list) in [("criteria", &step.criteria), ("tools", &step.tools), ("questions", &step.questions)]
    {
        if !list.is_empty() {
            put(key, Cell::List(list.clone()));
        }
    }
    if step.is_retired {
        put("retired", Cell::Text("1".into()));
    }
}

fn read_step(id: &str, cells: &Cells) -> Step {
    let prefix = format!("step/{id}/");
    let mut step = Step { id: id.to_owned(), ..Step::default() };
    let (mut activities, mut evidence) = (Vec::new(), Vec::new());
    for (key, cell) in cells.iter().filter_map(|(key, cell)| Some((key.strip_prefix(&prefix)?, cell))) {
        let name = || cell.field("name").to_owned();
        let place = || cell.field("place").parse::<usize>().unwrap_or(usize::MAX);
        match (key, cell) {
            ("name", Cell::Text(name)) => step.name.clone_from(name),
            ("days", Cell::Text(number)) => step.days = Decimal::parse(number),
            ("chance", Cell::Text(number)) => step.chance = Decimal::parse(number),
            ("criteria", Cell::List(list)) => step.criteria.clone_from(list),
            ("tools", Cell::List(list)) => step.tools.clone_from(list),
            ("questions", Cell::List(list)) => step.questions.clone_from(list),
            ("retired", _) => step.is_retired = true,
            _ => {
                if let Some(id) = key.strip_prefix("activity/") {
                    activities.push((place(), Activity { id: id.to_owned(), name: name() }));
                } else if let Some(id) = key.strip_prefix("evidence/") {
                    let is_required = !cell.field("required").is_empty();
                    let follows = RoomAct::parse(cell.field("follows"));
                    evidence
                        .push((place(), Evidence { id: id.to_owned(), name: name(), is_required, follows }));
                }
            }
        }
    }
    // The cells are in the order of their names, so those at one place stay in that.
    stdx::sort_by_key(&mut activities, |(place, _)| *place);
    stdx::sort_by_key(&mut evidence, |(place, _)| *place);
    step.activities = activities.into_iter().map(|(_, it)| it).collect();
    step.evidence = evidence.into_iter().map(|(_, it)| it).collect();
    step
}

#[cfg(test)]
mod tests {
    use super::{super::Starter, *};

    fn apply(cells: &mut Cells, changes: &[Change]) {
        for change in changes {
            cells.retain(|(key, _)| *key != change.key);
            cells.extend(change.to.clone().map(|cell| (change.key.clone(), cell)));
        }
        stdx::sort_by(cells, |one, other| one.0.cmp(&other.0));
    }

    fn starter() -> Process {
        Starter::Long.process("p", &|key| key.to_uppercase()).follow(None, 5, "begun")
    }

    #[test]
    fn a_process_is_read_as_it_was_written() {
        let process = starter();
        let mut cells = Cells::new();
        apply(&mut cells, &process.changes_from(None));
        assert_eq!(Process::read("p", &cells), Some(process.clone()));
        assert_eq!(Process::read("p", &Cells::new()), None);
        let mut other = process.clone();
        other.steps.swap(0, 1);
        other.steps[2].evidence.clear();
        other.steps[2].criteria = vec!["The champion has agreed".into()];
        other.steps[3].days = None;
        let other = other.follow(Some(&process), 9, "later");
        let changes = other.changes_from(Some(&process));
        assert!(changes.len() < 9, "only what is other: {changes:?}");
        apply(&mut cells, &changes);
        assert_eq!(Process::read("p", &cells), Some(other.clone()));
        assert_eq!(other.changes_from(Some(&other)), []);
    }

    #[test]
    fn two_who_add_a_step_at_once_both_keep_theirs() {
        let process = starter();
        let with = |id: &str, change: &str| {
            let mut steps = process.steps.clone();
            steps.insert(1, Step { id: id.into(), name: id.into(), ..Step::default() });
            Process { steps, ..process.clone() }.follow(Some(&process), 9, change)
        };
        let mut cells = Cells::new();
        apply(&mut cells, &process.changes_from(None));
        apply(&mut cells, &with("one", "x").changes_from(Some(&process)));
        apply(&mut cells, &with("two", "y").changes_from(Some(&process)));
        let both = Process::read("p", &cells).unwrap();
        assert_eq!(both.steps.len(), process.steps.len() + 2);
        assert_eq!((both.steps[1].id.as_str(), both.steps.last().unwrap().id.as_str()), ("two", "one"));
        assert_eq!(both.version(), 3);
    }
}
