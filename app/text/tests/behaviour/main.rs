//! What people expect of an editor, one case a line, in the notation of [`text::marked`].

mod blocks;
mod breaks;
mod comparing;
mod deleting;
mod images;
mod marking;
mod pasting;
mod reading;
mod replacing;
mod shortcuts;
mod typing;

use text::{Change, Document, Intent, Marks, Selection, Unit, intend, marked, shortcut};

/// `intent` on `before` leads to `after`.
#[track_caller]
fn check(before: &str, intent: Intent, after: &str) -> Change {
    check_with(before, None, intent, after)
}

#[track_caller]
fn check_with(before: &str, pending: Option<&Marks>, intent: Intent, after: &str) -> Change {
    let (doc, selection) = marked::read(before);
    let change = intend(&doc, selection, pending, intent.clone());
    assert!(change.is_some(), "{before:?}: nothing to do for {intent:?}");
    let change = change.unwrap_or_default();
    compare(&doc, &change, after);
    change
}

#[track_caller]
fn compare(doc: &Document, change: &Change, after: &str) {
    let mut found = doc.clone();
    found.apply(&change.delta);
    same(&found, change.selection, after);
}

/// `intent` on `before` does nothing.
#[track_caller]
fn check_nothing(before: &str, intent: Intent) {
    let (doc, selection) = marked::read(before);
    assert_eq!(intend(&doc, selection, None, intent), None, "{before:?}");
}

/// What was just typed in `before` asks for `after`.
#[track_caller]
fn check_shortcut(before: &str, after: &str) -> Change {
    let (doc, selection) = marked::read(before);
    let change = shortcut(&doc, selection);
    assert!(change.is_some(), "{before:?} asks for nothing");
    let change = change.unwrap_or_default();
    compare(&doc, &change, after);
    change
}

#[track_caller]
fn check_no_shortcut(before: &str) {
    let (doc, selection) = marked::read(before);
    assert_eq!(shortcut(&doc, selection), None, "{before:?}");
}

/// One intent after the other, as a person would do it; pending marks are kept as an editor keeps them.
#[track_caller]
fn check_all(before: &str, intents: impl IntoIterator<Item = Intent>, after: &str) {
    let (mut doc, mut selection) = marked::read(before);
    let mut pending: Option<Marks> = None;
    for intent in intents {
        if let Some(change) = intend(&doc, selection, pending.as_ref(), intent) {
            doc.apply(&change.delta);
            (selection, pending) = (change.selection, change.pending);
        }
    }
    same(&doc, selection, after);
}

#[track_caller]
fn same(doc: &Document, selection: Selection, wanted: &str) {
    let found = marked::write(doc, selection);
    let (doc_wanted, selection_wanted) = marked::read(wanted);
    let same = *doc == doc_wanted && selection == selection_wanted;
    assert!(same, "\n found {found:?}\nwanted {wanted:?}");
}

fn insert(text: &str) -> Intent {
    Intent::Insert(text.to_owned())
}

fn backspace() -> Intent {
    Intent::Delete { unit: Unit::Grapheme, forward: false }
}

fn delete() -> Intent {
    Intent::Delete { unit: Unit::Grapheme, forward: true }
}
