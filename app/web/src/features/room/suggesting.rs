//! Suggestions within the text on the screen: sections that have some show one text of both, and what is done there goes
//! where it belongs. A section without any, in which nobody suggests, knows nothing of this.

use std::ops::Range;

use editor::{EditKind, Found};
use leptos::prelude::*;
use model::{Right, SectionId};
use session::Problem;
use text::{
    Change, Document, Selection,
    suggest::{self, Mode},
};

use super::OpenRoom;

impl OpenRoom {
    /// Whether this device may at least suggest changes to the text.
    pub(super) fn may_suggest(self) -> bool {
        self.get().right() >= Some(Right::Suggest)
    }

    /// Whether what is written now is suggested. Who may only suggest always does.
    pub(super) fn suggests(self) -> bool {
        self.suggesting.try_get_untracked().unwrap_or_default()
    }

    /// Suggests from now on, or changes the text again.
    pub(super) fn suggest_from_now(self, suggests: bool) {
        self.settle();
        self.suggesting.set(suggests);
        for (section, _) in self.surfaces() {
            self.refresh(&section);
        }
    }

    /// The text that a section's surface begins with, and how one works in it.
    pub(super) fn first_shown(self, section: &SectionId) -> Result<(Document, Option<Mode>), Problem> {
        let room = self.get();
        let shown = room.shown(section);
        let is_mixed = shown.is_some() || self.suggests();
        let document = match shown {
            Some(shown) => shown,
            None => room.document(section)?,
        };
        if is_mixed {
            self.keep_shown(section, Some(document.clone()));
        }
        Ok((document, is_mixed.then(|| self.mode())))
    }

    /// Whether a section shows suggestions, or would.
    pub(super) fn is_mixed(self, section: &SectionId) -> bool {
        self.shown.try_with_value(|shown| shown.contains_key(section)).unwrap_or_default()
    }

    /// Brings a section's surface up to date with its text and the suggestions in it.
    pub(super) fn refresh(self, section: &SectionId) {
        // What is half written belongs to what is compared.
        if let Some(surface) = self.surface_of(section).filter(|_| self.is_mixed(section)) {
            surface.settle();
        }
        self.refresh_with(section, None);
    }

    /// Brings all sections up to date that show suggestions or are to.
    pub(super) fn refresh_all(self) {
        let Some(room) = self.room.try_get_value() else { return };
        let mut sections = room.suggested_sections();
        sections.extend(
            self.shown.try_with_value(|shown| shown.keys().cloned().collect::<Vec<_>>()).unwrap_or_default(),
        );
        stdx::sort(&mut sections);
        sections.dedup();
        sections.iter().for_each(|section| self.refresh(section));
    }

    /// Takes in what was done on a surface that shows suggestions.
    pub(super) fn changed_among(
        self,
        section: &SectionId,
        change: &Change,
        kind: EditKind,
        before: Selection,
    ) -> Result<(), Problem> {
        let room = self.get();
        let Some(surface) = self.surface_of(section) else { return Ok(()) };
        let was = self.shown.with_value(|shown| shown.get(section).cloned());
        let Some(was) = was.filter(|_| !change.delta.is_empty()) else { return Ok(()) };
        let now = Document::clone(&surface.document());
        let content = suggest::to_content(&was, &change.delta);
        let mut meanwhile = was.clone();
        let mut caret = None;
        if !content.is_empty() {
            let (old, new) = (in_section(&was, before), in_section(&now, change.selection));
            let change = Change { delta: content, selection: new, pending: None };
            room.edit(section, &change, kind.into_shared(), old)?;
            meanwhile = match room.shown(section) {
                Some(shown) => shown,
                None => room.document(section)?,
            };
            caret = Some(new.head);
        }
        if self.suggests() || self.may_suggest() {
            room.suggest(section, &meanwhile, &now, kind.into_shared())?;
        }
        self.keep_shown(section, Some(now));
        self.refresh_with(section, caret);
        Ok(())
    }

    /// Takes back this tab's last step of suggesting, or does it `again`.
    pub(super) fn step_suggesting(self, again: bool) {
        if self.get().step_suggesting(again) {
            self.refresh_all();
        }
    }

    /// A place of what is shown as one of the section.
    pub(super) fn to_section(self, section: &SectionId, selection: Selection) -> Selection {
        let map = |shown: &std::collections::BTreeMap<SectionId, Document>| {
            shown.get(section).map(|shown| in_section(shown, selection))
        };
        self.shown.try_with_value(map).flatten().unwrap_or(selection)
    }

    /// A part of the section as one of what is shown.
    pub(super) fn to_shown(self, section: &SectionId, range: Range<usize>) -> Range<usize> {
        let map = |shown: &std::collections::BTreeMap<SectionId, Document>| {
            let shown = shown.get(section)?;
            let start = suggest::to_shown(shown, range.start, !range.is_empty());
            Some(start..suggest::to_shown(shown, range.end, false).max(start))
        };
        self.shown.try_with_value(map).flatten().unwrap_or(range.clone())
    }

    /// The same of what is found in the text; cells hold no suggestions.
    pub(super) fn found_shown(self, section: &SectionId, found: Found) -> Found {
        match found.cell {
            None => Found::within(None, self.to_shown(section, found.range)),
            Some(_) => found,
        }
    }

    fn mode(self) -> Mode {
        if self.suggests() { Mode::Suggest } else { Mode::Edit }
    }

    fn keep_shown(self, section: &SectionId, document: Option<Document>) {
        self.shown.try_update_value(|shown| match document {
            Some(document) => drop(shown.insert(section.clone(), document)),
            None => drop(shown.remove(section)),
        });
    }

    fn refresh_with(self, section: &SectionId, caret: Option<usize>) {
        let (Some(room), Some(surface)) = (self.room.try_get_value(), self.surface_of(section)) else {
            return;
        };
        let shown = room.shown(section);
        let is_mixed = shown.is_some() || self.suggests();
        if !is_mixed && !self.is_mixed(section) {
            return;
        }
        let Some(fresh) = shown.or_else(|| room.document(section).ok()) else { return };
        let delta = suggest::difference(&surface.document(), &fresh);
        if !delta.is_empty() {
            let place = caret.map(|at| Selection::caret(suggest::to_shown(&fresh, at, false)));
            match place {
                Some(place) => surface.restore(&delta, Some(place)),
                None => surface.receive(&delta),
            }
        }
        self.keep_shown(section, is_mixed.then_some(fresh));
        surface.set_mode(is_mixed.then(|| self.mode()));
        self.text_changed(section);
    }
}

fn in_section(shown: &Document, selection: Selection) -> Selection {
    let place = |at| suggest::to_section(shown, at);
    Selection::new(place(selection.anchor), place(selection.head))
}

/// The kind of a change in the words of the shared documents.
pub(super) trait IntoShared {
    fn into_shared(self) -> replica::EditKind;
}

impl IntoShared for EditKind {
    fn into_shared(self) -> replica::EditKind {
        match self {
            Self::Typing => replica::EditKind::Typing,
            Self::Deleting => replica::EditKind::Deleting,
            Self::Other => replica::EditKind::Other,
            Self::Joined => replica::EditKind::Joined,
        }
    }
}
