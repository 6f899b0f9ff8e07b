//! What changed at the caret, said to those who do not see the tools.

use std::cell::RefCell;

use editor::CaretState;
use leptos::prelude::*;
use text::{Block, LineFormat, Mark, Within};

use super::copy;

/// Hears of the caret and says what was set or taken away there.
pub(super) struct Spoken {
    said: RwSignal<String>,
    before: RefCell<CaretState>,
}

impl Spoken {
    /// Says what it has to say by `said`, which a live region shows.
    pub(super) fn new(said: RwSignal<String>) -> Self {
        Self { said, before: RefCell::default() }
    }

    /// The caret is, or what is set at it has become, `now`. Only what changes in one place is said: a caret that moves
    /// passes by many formats.
    pub(super) fn follow(&self, now: &CaretState) {
        let before = self.before.replace(now.clone());
        if !(before.focused && now.focused && before.selection == now.selection && before.cell == now.cell) {
            return;
        }
        let mark = Mark::ALL.into_iter().find(|mark| before.marks.has(*mark) != now.marks.has(*mark));
        let words = match (mark, &before.format, &now.format) {
            (Some(mark), ..) => Some(copy::mark_set(mark_name(mark), now.marks.has(mark))),
            (None, Some(old), Some(new)) if old != new => line_name(old, new).map(str::to_owned),
            _ => None,
        };
        if let Some(words) = words {
            let _ = self.said.try_set(words);
        }
    }
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Bold => copy::BOLD,
        Mark::Italic => copy::ITALIC,
        Mark::Underline => copy::UNDERLINE,
        Mark::Strike => copy::STRIKE,
        Mark::Code => copy::CODE,
        Mark::Highlight => copy::HIGHLIGHT,
    }
}

/// What a line became.
fn line_name(old: &LineFormat, new: &LineFormat) -> Option<&'static str> {
    if old.within != new.within {
        return Some(match new.within {
            Within::Text => copy::PLAIN_TEXT,
            Within::Quote => copy::QUOTE,
            Within::Callout => copy::CALLOUT,
        });
    }
    Some(match &new.block {
        Block::Paragraph if old.block != new.block => copy::PLAIN_TEXT,
        Block::Heading(level) => copy::HEADINGS.get(usize::from(*level).checked_sub(1)?)?,
        Block::Bullet => copy::BULLETS,
        Block::Ordered => copy::NUMBERS,
        Block::Check { done: true } => copy::TICKED,
        Block::Check { done: false } if old.block == (Block::Check { done: true }) => copy::NOT_TICKED,
        Block::Check { .. } => copy::CHECKS,
        Block::Code { .. } => copy::CODE_BLOCK,
        _ => return None,
    })
}
