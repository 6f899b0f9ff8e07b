//! Undo and redo of one's own work, with the selection where it was.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use model::SectionId;
use text::CellName;
use yrs::{
    Doc, StickyIndex,
    branch::Branch,
    undo::{Options, UndoManager},
};

use crate::shared::{LOCAL, RESTORED};

/// What kind of edit it is. Undo takes back together what people did together: edits of one kind with no pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKind {
    /// Characters typed one after the other.
    Typing,
    /// Characters deleted one after the other.
    Deleting,
    /// Anything else; each stands alone.
    Other,
    /// The second half of the edit right before it, taken back together with it.
    Joined,
}

/// A pause of this many milliseconds begins a new step.
const PAUSE: u64 = 600;

/// A text in which somebody can write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A section.
    Section(SectionId),
    /// A cell of a table.
    Cell(CellName),
}

/// A selection that follows the text.
#[derive(Clone)]
pub(crate) struct StickySelection {
    pub(crate) spot: Spot,
    pub(crate) anchor: StickyIndex,
    pub(crate) head: StickyIndex,
}

/// A section that a step brought: its order, and the words that it began with.
#[derive(Clone)]
pub(crate) struct Added {
    pub(crate) section: SectionId,
    pub(crate) order: String,
    pub(crate) text: String,
}

/// What undo has to know of a step beside the change itself.
#[derive(Clone, Default)]
pub(crate) struct Around {
    pub(crate) before: Option<StickySelection>,
    pub(crate) after: Option<StickySelection>,
    pub(crate) added: Option<Added>,
}

pub(crate) struct History {
    manager: UndoManager<()>,
    /// One for each step of the manager's undo stack, and of its redo stack.
    undo: Vec<Around>,
    redo: Vec<Around>,
    last: Option<(EditKind, u64, Spot)>,
}

impl History {
    pub(crate) fn new() -> Self {
        // Steps are cut by `begin`, which knows the kind of edit; the manager itself sees no time pass.
        let now = Arc::new(AtomicU64::new(1));
        let manager = UndoManager::with_options(Options {
            capture_timeout_millis: u64::MAX,
            tracked_origins: [LOCAL.into(), RESTORED.into()].into(),
            capture_transaction: None,
            timestamp: Arc::new(move || now.load(Ordering::Relaxed)),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        Self { manager, undo: Vec::new(), redo: Vec::new(), last: None }
    }

    pub(crate) fn watch<T: AsRef<Branch>>(&mut self, doc: &Doc, shared: &T) {
        self.manager.expand_scope(doc, shared);
    }

    /// Call before an edit. Answers whether it begins a step, so that the selection before it will be asked for.
    pub(crate) fn begin(&mut self, spot: Spot, kind: EditKind, now: u64) -> bool {
        let soon = self.last.as_ref().is_some_and(|(last, at, there)| {
            *last == kind && now.saturating_sub(*at) < PAUSE && *there == spot
        });
        let goes_on = match kind {
            EditKind::Typing | EditKind::Deleting => soon,
            EditKind::Other => false,
            EditKind::Joined => self.last.is_some(),
        };
        if !goes_on {
            self.manager.reset();
        }
        // What follows the second half of an edit is a step of its own.
        self.last = Some((if kind == EditKind::Joined { EditKind::Other } else { kind }, now, spot));
        !goes_on || self.undo.is_empty()
    }

    /// Call after an edit, with the selection before it if it begins a step, and the one after it.
    pub(crate) fn record(&mut self, before: Option<StickySelection>, after: StickySelection) {
        let before = before.or_else(|| Some(after.clone()));
        self.record_step(Around { before, after: Some(after), added: None });
    }

    /// Call after anything that may have been a step. What goes on with the step before takes over how that began.
    pub(crate) fn record_step(&mut self, around: Around) {
        let steps = self.manager.undo_stack().len();
        if steps == 0 {
            // The edit changed nothing, so there is no step that it could belong to.
            return;
        }
        if !self.manager.can_redo() {
            self.redo.clear();
        }
        self.undo.truncate(steps);
        let goes_on = self.undo.len() == steps;
        match self.undo.last_mut() {
            Some(last) if goes_on => last.after = around.after,
            _ => self.undo.push(around),
        }
    }

    /// Takes back the last step; what is known of it. Nothing when there is no step.
    pub(crate) fn undo(&mut self) -> Option<Around> {
        self.last = None;
        if !self.manager.undo_blocking() {
            return None;
        }
        let around = pop_to(&mut self.undo, self.manager.undo_stack().len());
        self.redo.extend(around.clone());
        Some(around.unwrap_or_default())
    }

    /// Does the last undone step again; what is known of it. Nothing when there is no step.
    pub(crate) fn redo(&mut self) -> Option<Around> {
        self.last = None;
        if !self.manager.redo_blocking() {
            return None;
        }
        let around = pop_to(&mut self.redo, self.manager.redo_stack().len());
        self.undo.extend(around.clone());
        Some(around.unwrap_or_default())
    }

    pub(crate) fn can_undo(&self) -> bool {
        self.manager.can_undo()
    }

    pub(crate) fn can_redo(&self) -> bool {
        self.manager.can_redo()
    }
}

/// The manager passes over steps that have nothing left to undo; their selections go with them.
fn pop_to(stack: &mut Vec<Around>, len: usize) -> Option<Around> {
    let mut last = None;
    while stack.len() > len {
        last = stack.pop();
    }
    last
}
