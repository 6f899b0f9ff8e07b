//! Comments: what an author remarks on a part of the room, what they answer, and which threads they call settled.

use model::{SectionId, limits};
use text::CellName;
use yrs::{Any, Map as _, Out, ReadTxn as _};

use super::{
    Responses, Word,
    words::{Fields, is_true, number, text, whole},
};
use crate::{guard::Refused, shared::SYSTEM};

/// On what a thread stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A part of a section's text, or of a cell in it.
    Text {
        /// The section.
        section: SectionId,
        /// The cell of a table, where it is in one.
        cell: Option<CellName>,
        /// Anchors of its start and end, as [`crate::Content::anchor_range`] makes them.
        ends: [Vec<u8>; 2],
        /// The words that stood there, for when they are gone.
        quote: String,
    },
    /// A whole section.
    Section(SectionId),
}

/// A comment as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its name among its author's comments, and the thread's name where it begins one.
    pub id: String,
    /// The thread that it answers in; none where it begins one.
    pub thread: Option<String>,
    /// On what it stands, where it begins a thread.
    pub ground: Option<Ground>,
    /// One more than the highest turn in its thread that its author had seen: clocks of two sides may be days apart, and
    /// an answer comes after what it answers.
    pub turn: u64,
    /// When it was written by its author's clock, milliseconds since 1970.
    pub at: u64,
    /// When it was last rewritten.
    pub edited: Option<u64>,
    /// What it says; empty once its author took it back.
    pub text: String,
}

impl Responses {
    /// What the author calls themselves; empty where they have not said.
    pub fn name(&self) -> String {
        let name = self.shared.read(|txn| text_in(&txn.get_map("about")?.get(txn, "name")?));
        name.ok().flatten().unwrap_or_default()
    }

    /// Says what the author calls themselves.
    pub fn set_name(&mut self, name: &str) -> Result<(), Refused> {
        let about = self.shared.doc.get_or_insert_map("about");
        self.shared.write(SYSTEM, |txn| {
            about.insert(txn, "name", name);
        })
    }

    /// All comments of this author, in no order.
    pub fn comments(&self) -> Vec<Comment> {
        self.values("comments", read_comment)
    }

    /// Writes a comment, in place of what had its name before.
    pub fn put_comment(&mut self, comment: &Comment) -> Result<(), Refused> {
        let value = write_comment(comment);
        self.put("comments", &comment.id, value)
    }

    /// What this author said of threads being settled, by the threads' names.
    pub fn settlings(&self) -> Vec<(String, Word<bool>)> {
        self.words("settled", |_, fields| Some(is_true(fields, "settled")))
    }

    /// Says whether a thread is settled.
    pub fn settle(&mut self, thread: &str, word: Word<bool>) -> Result<(), Refused> {
        self.say("settled", thread, ("settled", Any::Bool(word.says)), &word)
    }
}

fn write_comment(comment: &Comment) -> Fields {
    let mut fields = Fields::from([
        ("text".to_owned(), Any::from(comment.text.as_str())),
        ("at".to_owned(), number(comment.at)),
        ("turn".to_owned(), number(comment.turn)),
    ]);
    let mut put = |name: &str, value: Any| {
        fields.insert(name.to_owned(), value);
    };
    if let Some(at) = comment.edited {
        put("edited", number(at));
    }
    if let Some(thread) = &comment.thread {
        put("thread", Any::from(thread.as_str()));
    }
    match &comment.ground {
        Some(Ground::Section(section)) => put("section", Any::from(section.as_str())),
        Some(Ground::Text { section, cell, ends, quote }) => {
            put("section", Any::from(section.as_str()));
            put("start", Any::from(ends[0].clone()));
            put("end", Any::from(ends[1].clone()));
            put("quote", Any::from(quote.as_str()));
            if let Some(cell) = cell {
                put("table", Any::from(cell.table.as_str()));
                put("row", Any::from(cell.row.as_str()));
                put("column", Any::from(cell.column.as_str()));
            }
        }
        None => {}
    }
    fields
}

fn read_comment(id: &str, fields: &Fields) -> Option<Comment> {
    let word =
        |name: &str, most: usize| text(fields, name).map(|text| text.chars().take(most).collect::<String>());
    let bytes = |name: &str| match fields.get(name)? {
        Any::Buffer(bytes) => Some(bytes.to_vec()),
        _ => None,
    };
    let cell = || {
        let part = |name: &str| word(name, limits::TITLE_MAX);
        Some(CellName { table: part("table")?, row: part("row")?, column: part("column")? })
    };
    let ground = || {
        let section = SectionId::parse(&word("section", 32)?)?;
        Some(match (bytes("start"), bytes("end")) {
            (Some(start), Some(end)) => Ground::Text {
                section,
                cell: cell(),
                ends: [start, end],
                quote: word("quote", limits::QUOTE_MAX).unwrap_or_default(),
            },
            _ => Ground::Section(section),
        })
    };
    Some(Comment {
        id: id.to_owned(),
        thread: word("thread", limits::TITLE_MAX),
        ground: ground(),
        turn: whole(fields, "turn").unwrap_or_default(),
        at: whole(fields, "at")?,
        edited: whole(fields, "edited"),
        text: word("text", limits::COMMENT_MAX)?,
    })
}

fn text_in(value: &Out) -> Option<String> {
    match value {
        Out::Any(Any::String(text)) => Some(text.chars().take(limits::TITLE_MAX).collect()),
        _ => None,
    }
}
