//! Comments: what an author remarks on a part of the room, what they answer, and which threads they call settled.

use model::limits;
use yrs::{Any, Map as _, Out, ReadTxn as _};

use super::{
    Ground, Mention, Responses, Word, grounds, mentions,
    words::{Fields, is_true, number, short, whole},
};
use crate::{guard::Refused, shared::SYSTEM};

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
    /// Whom it names.
    pub mentions: Vec<Mention>,
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
    if let Some(at) = comment.edited {
        fields.insert("edited".to_owned(), number(at));
    }
    if let Some(thread) = &comment.thread {
        fields.insert("thread".to_owned(), Any::from(thread.as_str()));
    }
    if let Some(ground) = &comment.ground {
        grounds::write(&mut fields, ground);
    }
    mentions::write(&mut fields, &comment.mentions);
    fields
}

fn read_comment(id: &str, fields: &Fields) -> Option<Comment> {
    Some(Comment {
        id: id.to_owned(),
        thread: short(fields, "thread", limits::TITLE_MAX),
        ground: grounds::read(fields),
        turn: whole(fields, "turn").unwrap_or_default(),
        at: whole(fields, "at")?,
        edited: whole(fields, "edited"),
        text: short(fields, "text", limits::COMMENT_MAX)?,
        mentions: mentions::read(fields),
    })
}

fn text_in(value: &Out) -> Option<String> {
    match value {
        Out::Any(Any::String(text)) => Some(text.chars().take(limits::TITLE_MAX).collect()),
        _ => None,
    }
}
