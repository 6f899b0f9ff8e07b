//! Shortcuts.

use text::{Block, Intent, Mark, Selection, Unit};
use web_sys::KeyboardEvent;

use crate::surface::Inner;

/// What a shortcut does.
enum Act {
    Do(Intent),
    Undo,
    Redo,
    AskLink,
    SelectAll,
}

impl Inner {
    /// A key goes down.
    pub(crate) fn key(&self, event: &KeyboardEvent) {
        if !self.is_target(event) {
            return;
        }
        let key = event.key();
        if event.shift_key() && key.chars().nth(1).is_some() {
            // The selection is extended by hand, and then ends where it says.
            self.whole_line.set(false);
        }
        // An input method that is at work has the keys to itself.
        if event.is_composing() || self.composing() || self.read_only() {
            return;
        }
        let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if plain && self.host.key(&key) {
            return event.prevent_default();
        }
        if plain && key.chars().nth(1).is_none() {
            // A letter, which is typed; nothing below is about one.
            self.leaving.set(false);
            return self.only_words.set(false);
        }
        if key == "F10" && event.alt_key() {
            event.prevent_default();
            return self.host.ask_tools();
        }
        if self.table_key(event, &key) || plain && self.leave(event, &key) {
            return event.prevent_default();
        }
        let leaving = self.leaving.replace(key == "Escape");
        // Browsers paste by themselves, and most do not say that only words are wanted.
        let only_words = self.platform.shortcut(event) && event.shift_key() && key.eq_ignore_ascii_case("v");
        self.only_words.set(only_words);
        if let Some(caret) = self.image_step(event, &key) {
            event.prevent_default();
            self.move_to(caret);
            self.scroll_to_caret();
            return;
        }
        let act = if matches!(key.as_str(), "Enter" | "Backspace" | "Delete") && self.is_at_void() {
            // Beside a line without text browsers see nothing to change, and announce nothing.
            Act::Do(match key.as_str() {
                "Enter" => Intent::Break,
                key => Intent::Delete { unit: Unit::Grapheme, forward: key == "Delete" },
            })
        } else if key == "Tab" {
            // After Escape, Tab leaves the text, so that nobody is caught in a list.
            if leaving || event.ctrl_key() || event.alt_key() || event.meta_key() || !self.tab_indents() {
                return;
            }
            Act::Do(Intent::Indent(if event.shift_key() { -1 } else { 1 }))
        } else if self.platform.shortcut(event) {
            let Some(act) = self.shortcut_act(event, &key) else { return };
            act
        } else {
            return;
        };
        let done = match act {
            Act::Do(intent @ Intent::Indent(_)) => self.act(intent),
            Act::Do(intent) => {
                self.act(intent);
                true
            }
            Act::Undo => {
                self.settle();
                self.host.undo();
                true
            }
            Act::Redo => {
                self.settle();
                self.host.redo();
                true
            }
            Act::SelectAll => {
                self.settle();
                self.move_to(Selection::new(0, self.text().last_offset()));
                true
            }
            Act::AskLink => {
                self.refresh_selection();
                self.host.ask_link();
                true
            }
        };
        // A step that goes no further lets Tab leave.
        if done {
            event.prevent_default();
        }
    }

    fn shortcut_act(&self, event: &KeyboardEvent, key: &str) -> Option<Act> {
        if event.alt_key() {
            return self.block_act(event, key);
        }
        let key = key.to_ascii_lowercase();
        let mark = |mark| Some(Act::Do(Intent::ToggleMark(mark)));
        match (key.as_str(), event.shift_key()) {
            ("b", false) => mark(Mark::Bold),
            ("i", false) => mark(Mark::Italic),
            ("u", false) => mark(Mark::Underline),
            ("e", false) => mark(Mark::Code),
            ("s" | "x", true) => mark(Mark::Strike),
            ("h", true) => mark(Mark::Highlight),
            ("k", false) => Some(Act::AskLink),
            ("a", false) => Some(Act::SelectAll),
            ("z", false) => Some(Act::Undo),
            ("z", true) => Some(Act::Redo),
            ("y", false) if !self.platform.apple => Some(Act::Redo),
            ("\\", false) => Some(Act::Do(Intent::ClearMarks)),
            ("enter", false) => {
                let line = self.text().place(self.selection.get().head).line;
                Some(Act::Do(Intent::ToggleCheck { line }))
            }
            (_, true) => match event.code().as_str() {
                "Digit7" => Some(Act::Do(Intent::ToggleBlock(Block::Ordered))),
                "Digit8" => Some(Act::Do(Intent::ToggleBlock(Block::Bullet))),
                "Digit9" => Some(Act::Do(Intent::ToggleBlock(Block::Check { done: false }))),
                _ => None,
            },
            _ => None,
        }
    }

    /// Headings by digit, paragraph by 0.
    fn block_act(&self, event: &KeyboardEvent, key: &str) -> Option<Act> {
        let level: u8 = event.code().strip_prefix("Digit")?.parse().ok().filter(|level| *level <= 6)?;
        // On Windows AltGr counts as Control and Alt, and types characters of its own: `}` or `²`.
        let typed = !self.platform.apple && key.chars().count() == 1 && key != level.to_string();
        if typed || event.get_modifier_state("AltGraph") {
            return None;
        }
        Some(Act::Do(Intent::Block(if level == 0 { Block::Paragraph } else { Block::Heading(level) })))
    }

    /// Whether an end of the selection is on a rule, a table or an image.
    fn is_at_void(&self) -> bool {
        self.refresh_selection();
        let selection = self.selection.get();
        let doc = self.text();
        let is_void = |offset| doc.lines()[doc.place(offset).line].format.block.is_void();
        is_void(selection.anchor) || is_void(selection.head)
    }

    /// Whether Tab moves lines here: in lists and in code. Elsewhere it goes on to the next control.
    fn tab_indents(&self) -> bool {
        self.refresh_selection();
        let doc = self.text();
        let lines = doc.lines_in(self.selection.get().range());
        doc.lines()[lines].iter().any(|line| line.format.block.is_list() || line.format.block.is_code())
    }
}
