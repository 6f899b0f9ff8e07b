//! What came of a link or a file that brought something to a room that was here.

use std::collections::BTreeSet;

use model::{ActHash, Author, SectionId, StoredEntry};
use replica::{ContentEvent, Section};
use stdx::Gather as _;
use sync::deal::Act;
use text::{Block, Delta, Document, Op, Table};

use crate::{ledger::Documents, sharing::is_news};

/// What changed in a room that was here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// In how many places, the title and the names and places of sections among them.
    pub changes: usize,
    /// By how many others.
    pub authors: usize,
    /// The sections that are there and have changed, in order.
    pub sections: Vec<SectionId>,
    /// How many comments there are more, or say something else.
    pub comments: usize,
    /// How many files, or newer versions of files.
    pub files: usize,
    /// How many times others chose, confirmed, proposed another day, or settled a thread.
    pub answers: usize,
    /// How many times others sealed, accepted, declined, took a seal back or countersigned.
    pub signed: usize,
}

impl News {
    /// Whether there is nothing that anybody sees.
    pub fn is_empty(&self) -> bool {
        self.changes + self.comments + self.files + self.answers + self.signed == 0
    }
}

/// What was said in answers, each once, with whose it is.
type Said = BTreeSet<(Author, String)>;

/// Looks at a room's documents before and after something came.
pub(crate) struct Watcher {
    title: String,
    sections: Vec<Section>,
    /// Each table with the section in which it stands, and what it held.
    tables: Vec<(String, SectionId, Option<Table>)>,
    changes: usize,
    changed: BTreeSet<SectionId>,
    said: [Said; 3],
    signed: BTreeSet<ActHash>,
}

impl Watcher {
    /// From now on.
    pub(crate) fn new(documents: &mut Documents) -> Self {
        let sections = documents.content.sections().unwrap_or_default();
        let mut tables = Vec::new();
        for section in &sections {
            let text = documents.content.read(&section.id).unwrap_or_default();
            for line in Document::from_delta(&text).lines() {
                if let Block::Table(table) = &line.format.block {
                    tables.push((table.clone(), section.id.clone(), documents.content.table(table)));
                }
            }
        }
        let title = documents.offer.title();
        let (said, signed) = (said(documents), signed(documents, None));
        Self { title, sections, tables, changes: 0, changed: BTreeSet::new(), said, signed }
    }

    /// Something came.
    pub(crate) fn note(&mut self, events: &[ContentEvent]) {
        for ContentEvent { section, delta } in events {
            self.changes += places(delta);
            self.changed.insert(section.clone());
        }
    }

    /// All that came, by those who wrote `came`, but for what is this author's own.
    pub(crate) fn news(mut self, documents: &Documents, came: &[StoredEntry], own: &Author) -> News {
        let now = documents.content.sections().unwrap_or_default();
        self.changes += usize::from(self.title != documents.offer.title());
        self.changes += self.sections.iter().filter(|old| now.iter().all(|it| it.id != old.id)).count();
        for section in now.iter().filter(|section| !self.sections.contains(section)) {
            // What is written in a new section was told of before.
            self.changes += usize::from(self.changed.insert(section.id.clone()));
        }
        for (id, section, before) in &self.tables {
            let cells = |table: &Table| table.rows.concat();
            let count = match (before, &documents.content.table(id)) {
                (before, after) if before == after => continue,
                (Some(before), Some(after)) => {
                    let (old, new) = (cells(before), cells(after));
                    let same = old.len() == new.len();
                    old.iter().zip(&new).filter(|(old, new)| same && old != new).count().max(1)
                }
                _ => 1,
            };
            self.changes += count;
            self.changed.insert(section.clone());
        }
        let text = came.iter().filter(|entry| is_news(entry) && entry.author != *own);
        let authors: BTreeSet<[u8; 32]> = text.map(|entry| entry.author.0).gather();
        let sections = now.into_iter().map(|section| section.id).filter(|id| self.changed.contains(id));
        let [comments, files, answers] = said(documents);
        let more = |now: Said, before: &Said| now.difference(before).count();
        News {
            changes: self.changes,
            authors: authors.len(),
            sections: sections.collect(),
            comments: more(comments, &self.said[0]),
            files: more(files, &self.said[1]),
            answers: more(answers, &self.said[2]),
            signed: signed(documents, Some(own)).difference(&self.signed).count(),
        }
    }
}

/// What was sealed and signed, but for what an author did themselves. That something came is no news.
fn signed(documents: &Documents, but: Option<&Author>) -> BTreeSet<ActHash> {
    let acts = documents.deal.acts().filter(|(_, it)| Some(&it.author) != but);
    acts.filter(|(_, it)| !matches!(it.act, Act::Received(_))).map(|(hash, _)| *hash).gather()
}

/// The comments of everybody, their files, and their other answers.
fn said(documents: &Documents) -> [Said; 3] {
    let (mut comments, mut files, mut answers) = (Said::new(), Said::new(), Said::new());
    for (author, responses) in &documents.responses {
        // Who took a comment back says nothing new.
        let kept = responses.comments().into_iter().filter(|comment| !comment.text.is_empty());
        comments.extend(kept.map(|comment| (*author, format!("{} {}", comment.id, comment.text))));
        files.extend(
            responses.files().into_iter().filter(|file| !file.is_gone).map(|file| (*author, file.id)),
        );
        let mut note = |kind: &str, about: &str, turn: u64| {
            answers.insert((*author, format!("{kind} {turn} {about}")));
        };
        responses.choices().iter().for_each(|(of, word)| note("chose", of, word.turn));
        responses.confirmations().iter().for_each(|(step, word)| note("confirmed", step, word.turn));
        responses.proposals().iter().for_each(|(step, word)| note("proposed", step, word.turn));
        responses.settlings().iter().for_each(|(thread, word)| note("settled", thread, word.turn));
    }
    [comments, files, answers]
}

/// In how many places a text changed.
fn places(delta: &Delta) -> usize {
    let changes = |op: &Op| !matches!(op, Op::Retain { attrs, .. } if attrs.iter().count() == 0);
    delta
        .ops()
        .chunk_by(|one, next| changes(one) == changes(next))
        .filter(|run| run.iter().any(changes))
        .count()
}
