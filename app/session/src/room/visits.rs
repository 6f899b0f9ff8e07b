//! What changed in a room since this device's person was last here.

use std::collections::BTreeMap;

use model::{RoomId, SectionId};
use reactive_graph::traits::GetUntracked as _;
use stdx::Gather as _;
use terms::plan::Status;
use text::Document;

use super::Room;
use crate::Problem;

/// What is different from when the room was last left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Since {
    /// When that was, milliseconds since 1970.
    pub at: u64,
    /// The sections whose text or name is other or that are new.
    pub sections: Vec<SectionId>,
    /// How many comments came.
    pub remarks: usize,
    /// How many files came, or newer versions of files.
    pub files: usize,
    /// The names of the plan's steps that are done now and were not.
    pub steps_done: Vec<String>,
    /// Whether the price is other, or what was chosen of it.
    pub price: bool,
    /// Whether the plan is other in anything else.
    pub plan: bool,
}

impl Since {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        *self == Self { at: self.at, ..Self::default() }
    }
}

/// The room as it was seen, as far as it is compared.
struct Seen {
    at: u64,
    marks: BTreeMap<String, u64>,
}

impl Room {
    /// What changed since the room was last left on this device; nothing on the first visit.
    ///
    /// # Errors
    /// What the store says.
    pub async fn since_last_visit(&self) -> Result<Option<Since>, Problem> {
        let kept = self.ports().store.setting(&visit_name(self.id())).await?;
        let Some(before) = kept.and_then(|text| Seen::read(&text)) else { return Ok(None) };
        let now = self.seen()?;
        let mut since = Since { at: before.at, ..Since::default() };
        let sections = self.sections().get_untracked().into_iter();
        let is_other = |name: &str| now.marks.get(name) != before.marks.get(name);
        since.sections = sections
            .map(|it| it.id)
            .filter(|id| is_other(&format!("section/{id}", id = id.as_str())))
            .collect();
        let came = |kind: &str| {
            let new = |name: &&String| name.starts_with(kind) && !before.marks.contains_key(*name);
            now.marks.keys().filter(new).count()
        };
        (since.remarks, since.files) = (came("remark/"), came("file/"));
        for step in self.plan().plan.steps {
            let name = format!("step/{}", step.id);
            if step.status == Status::Done && is_other(&name) {
                since.steps_done.push(step.name);
            } else {
                since.plan |= is_other(&name);
            }
        }
        since.price = is_other("price");
        since.plan |= is_other("plan");
        Ok(Some(since))
    }

    /// Keeps on this device how the room is, as what its person has seen.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_visit(&self) -> Result<(), Problem> {
        let seen = self.seen()?.write();
        Ok(self.ports().store.put_setting(&visit_name(self.id()), &seen).await?)
    }

    fn seen(&self) -> Result<Seen, Problem> {
        let mut marks = BTreeMap::new();
        for section in self.sections().get_untracked() {
            let document = self.document(&section.id)?;
            let mut words = format!("{}\n{}", section.name, document.text());
            for cell in self.tables_of(&document).iter().flat_map(|table| table.rows.iter().flatten()) {
                words.push('\n');
                words.push_str(&Document::from_delta(cell).text());
            }
            marks.insert(format!("section/{}", section.id.as_str()), mark(&words));
        }
        for thread in self.threads() {
            for remark in thread.remarks {
                marks.insert(format!("remark/{}/{}", remark.author, remark.id), 0);
            }
        }
        for version in self.files().into_iter().flat_map(|file| file.versions) {
            marks.insert(format!("file/{}", version.id), 0);
        }
        let price = self.price();
        marks.insert("price".to_owned(), mark(&format!("{:?} {:?}", price.list, price.choices)));
        let plan = self.plan().plan;
        for step in &plan.steps {
            // All that people see of a step.
            marks.insert(format!("step/{}", step.id), mark(&format!("{step:?}")));
        }
        marks.insert("plan".to_owned(), mark(&format!("{} {:?} {:?}", plan.goal, plan.target, plan.stages)));
        Ok(Seen { at: self.now(), marks })
    }
}

impl Seen {
    fn write(&self) -> String {
        let marks = self.marks.iter().map(|(name, mark)| format!("\n{mark:x} {name}"));
        [self.at.to_string()].into_iter().chain(marks).collect()
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let at = lines.next()?.parse().ok()?;
        let mark = |line: &str| {
            let (mark, name) = line.split_once(' ')?;
            Some((name.to_owned(), u64::from_str_radix(mark, 16).ok()?))
        };
        Some(Self { at, marks: lines.filter_map(mark).gather() })
    }
}

/// Under what the store keeps how a room was last seen.
pub(crate) fn visit_name(room: RoomId) -> String {
    format!("handsel/seen/{room}")
}

/// FNV-1a, which tells texts apart well enough to say that something is new.
fn mark(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
