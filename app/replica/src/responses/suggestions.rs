//! Suggestions: changes that an author proposes to a section's text, and what others said of theirs.
//!
//! Map `suggestions` (name → section, anchors of both ends, time), and one text `suggestion/<name>` for each, which holds its
//! words: those of the section that it is about and those that it would put in, with attributes that say what becomes of
//! them. So a letter that is typed while suggesting is a letter typed in a text.

use std::sync::Arc;

use model::{SectionId, limits};
use text::{Attrs, Delta, Op, suggest::Wording};
use yrs::{Any, Map as _, MapRef, ReadTxn, Text as _, TextRef, types::text::YChange};

use super::{
    Responses, Word,
    words::{Fields, is_true, number, text, whole},
};
use crate::{
    attrs::{from_shared, set_only, words},
    content::apply,
    guard::Refused,
    history::{Around, EditKind, History, Spot},
    shared::{LOCAL, SYSTEM},
};

const SUGGESTIONS: &str = "suggestions";

/// A suggestion as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its name among its author's suggestions.
    pub id: String,
    /// The section that it is about.
    pub section: SectionId,
    /// Anchors of the part of the section that it is about, as [`crate::Content::suggestion_ends`] makes them.
    pub ends: [Vec<u8>; 2],
    /// When it was begun by its author's clock, milliseconds since 1970.
    pub at: u64,
    /// What it says; nothing once it was taken back.
    pub wording: Wording,
}

impl Responses {
    /// All suggestions of this author that say something, by their names.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let all = self.values(SUGGESTIONS, read).into_iter().take(limits::SUGGESTIONS_MAX);
        let with_words = all.map(|it| Suggestion { wording: self.wording(&it.id), ..it });
        let mut all: Vec<Suggestion> = with_words.filter(|it| !it.wording.is_empty()).collect();
        stdx::sort_by(&mut all, |one, other| one.id.cmp(&other.id));
        all
    }

    /// Whether this author has ever suggested anything, which is quickly known.
    pub fn has_suggestions(&self) -> bool {
        let has = |txn: &yrs::Transaction| txn.get_map(SUGGESTIONS).map(|map| map.len(txn) > 0);
        self.shared.read(has).ok().flatten().unwrap_or_default()
    }

    /// Writes suggestions, each in place of what had its name before, as one step to undo or as part of the last one.
    /// `now` is in milliseconds.
    pub fn suggest(&mut self, all: &[Suggestion], kind: EditKind, now: u64) -> Result<(), Refused> {
        let Some(first) = all.first() else { return Ok(()) };
        let map: MapRef = self.shared.doc.get_or_insert_map(SUGGESTIONS);
        let texts: Vec<TextRef> =
            all.iter().map(|it| self.shared.doc.get_or_insert_text(root(&it.id))).collect();
        let known = self.values(SUGGESTIONS, read);
        let history = self.history.get_or_insert_with(History::new);
        history.watch(&self.shared.doc, &map);
        texts.iter().for_each(|text| history.watch(&self.shared.doc, text));
        // That there is one is no step to undo, only what it says: so undo never takes away what others may have seen.
        let new: Vec<&Suggestion> =
            all.iter().filter(|it| known.iter().all(|known| known.id != it.id)).collect();
        if !new.is_empty() {
            self.shared.write(SYSTEM, |txn| {
                for it in &new {
                    map.insert(txn, it.id.as_str(), Any::Map(Arc::new(write(it))));
                }
            })?;
        }
        history.begin(Spot::Section(first.section.clone()), kind, now);
        self.shared.write(LOCAL, |txn| {
            for (it, text) in all.iter().zip(&texts) {
                let moved = known.iter().any(|known| known.id == it.id && known.ends != it.ends);
                if moved {
                    map.insert(txn, it.id.as_str(), Any::Map(Arc::new(write(it))));
                }
                let delta = patch(&body(txn, text), &it.wording.to_delta());
                if !delta.is_empty() {
                    apply(txn, text, &delta);
                }
            }
        })?;
        history.record_step(Around::default());
        Ok(())
    }

    /// Takes back the last step of suggesting. Answers whether there was one.
    pub fn undo_suggesting(&mut self) -> bool {
        self.history.as_mut().is_some_and(|history| history.undo().is_some())
    }

    /// Does the last undone step of suggesting again. Answers whether there was one.
    pub fn redo_suggesting(&mut self) -> bool {
        self.history.as_mut().is_some_and(|history| history.redo().is_some())
    }

    /// Whether there is a step of suggesting to undo, and one to redo.
    pub fn can_step_suggesting(&self) -> (bool, bool) {
        self.history.as_ref().map_or((false, false), |history| (history.can_undo(), history.can_redo()))
    }

    /// What this author said of suggestions of others, by their names among all: whether they declined it.
    pub fn declined(&self) -> Vec<(String, Word<bool>)> {
        self.words("declined", |_, fields| Some(is_true(fields, "declined")))
    }

    /// Says whether a suggestion is declined.
    pub fn decline(&mut self, suggestion: &str, word: Word<bool>) -> Result<(), Refused> {
        self.say("declined", suggestion, ("declined", Any::Bool(word.says)), &word)
    }

    fn wording(&self, id: &str) -> Wording {
        let delta = self.shared.read(|txn| Some(body(txn, &txn.get_text(root(id))?)));
        let delta = delta.ok().flatten().unwrap_or_default();
        let len: usize =
            delta.ops().iter().map(|op| if let Op::Insert { text, .. } = op { text.len() } else { 0 }).sum();
        if len > limits::SUGGESTION_MAX { Wording::default() } else { Wording::from_delta(&delta) }
    }
}

fn root(id: &str) -> String {
    format!("suggestion/{id}")
}

fn body<T: ReadTxn>(txn: &T, text: &TextRef) -> Delta {
    let mut delta = Delta::new();
    for part in text.diff(txn, YChange::identity) {
        let attrs = set_only(from_shared(part.attributes.as_deref()));
        delta = delta.insert_with(&words(&part.insert), attrs);
    }
    delta
}

fn write(suggestion: &Suggestion) -> Fields {
    Fields::from([
        ("section".to_owned(), Any::from(suggestion.section.as_str())),
        ("start".to_owned(), Any::from(suggestion.ends[0].clone())),
        ("end".to_owned(), Any::from(suggestion.ends[1].clone())),
        ("at".to_owned(), number(suggestion.at)),
    ])
}

fn read(id: &str, fields: &Fields) -> Option<Suggestion> {
    let bytes = |name: &str| match fields.get(name)? {
        Any::Buffer(bytes) => Some(bytes.to_vec()),
        _ => None,
    };
    Some(Suggestion {
        id: id.to_owned(),
        section: SectionId::parse(text(fields, "section")?)?,
        ends: [bytes("start")?, bytes("end")?],
        at: whole(fields, "at")?,
        wording: Wording::default(),
    })
}

/// The change that turns one text into another: what is alike at both ends stays.
fn patch(old: &Delta, new: &Delta) -> Delta {
    fn chars(delta: &Delta) -> Vec<(char, &Attrs)> {
        let inserted = delta.ops().iter().filter_map(|op| match op {
            Op::Insert { text, attrs } => Some(text.chars().map(move |char| (char, attrs))),
            _ => None,
        });
        inserted.flatten().collect()
    }
    let (old, new) = (chars(old), chars(new));
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail =
        old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old == new).count();
    let units = |chars: &[(char, &Attrs)]| chars.iter().map(|(char, _)| char.len_utf16()).sum::<usize>();
    let mut delta = Delta::new().retain(units(&old[..head]));
    for (char, attrs) in &new[head..new.len() - tail] {
        delta.push(Op::Insert { text: char.to_string(), attrs: (*attrs).clone() });
    }
    delta.delete(units(&old[head..old.len() - tail]))
}
