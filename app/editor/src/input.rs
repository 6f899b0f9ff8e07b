//! What the browser says a person wants (`beforeinput`), and what it then did by itself (`input`).
//!
//! Plain typing and deleting within a line stay the browser's: it knows keyboards, input methods and spelling better.
//! Whatever changes structure is prevented and done by the text's own rules.

use std::ops::Range;

use text::suggest::Mode;
use text::{Block, Document, Intent, Mark, Unit, Who};
use wasm_bindgen::JsCast;
use web_sys::{InputEvent, StaticRange};

use crate::observer::Typing;
use crate::quirks;
use crate::surface::Inner;

impl Inner {
    /// The browser is about to change the text.
    pub(crate) fn before_input(&self, event: &InputEvent) {
        if !self.is_target(event) {
            return;
        }
        let kind = event.input_type();
        let kind = kind.as_str();
        // While words are composed the text is the browser's, and most of these events cannot be prevented anyway.
        if event.is_composing() && self.composing() || quirks::is_of_composition(kind) {
            return;
        }
        self.typing.take();
        let data = if kind == "insertText" { event.data() } else { None };
        if let Some(half) = quirks::half_of(event, data.as_deref()) {
            event.prevent_default();
            let first = self.half.replace(Some(half));
            if let Some(Ok(letter)) = first.and_then(|first| char::decode_utf16([first, half]).next()) {
                self.half.take();
                self.act(Intent::Insert(letter.into()));
            }
            return;
        }
        if kind == "deleteContentBackward" && !self.read_only() {
            self.refresh_selection();
            if self.has_just_formatted() {
                // Whoever did not mean a format takes it back the way they take back a letter.
                event.prevent_default();
                return self.host.undo();
            }
        }
        let own = match kind {
            "insertText" => self.may_type(data),
            "deleteContentBackward" => self.may_delete(false),
            "deleteContentForward" => self.may_delete(true),
            "insertTranspose" => true,
            _ => false,
        };
        if self.read_only() || !own {
            event.prevent_default();
            self.handle(kind, event);
        }
    }

    /// The browser changed the text.
    pub(crate) fn after_input(&self) {
        if self.composing() {
            // The records are kept until the composition is read.
            self.absorb_now();
            self.compose_on();
        } else {
            let (records, typing) = (self.take_records(), self.typing.take());
            if !typing.is_some_and(|typing| self.absorb_typed(&records, typing)) {
                self.absorb(&records, true);
            }
        }
    }

    fn handle(&self, kind: &str, event: &InputEvent) {
        match kind {
            "historyUndo" => return self.host.undo(),
            "historyRedo" => return self.host.redo(),
            _ => {}
        }
        self.settle();
        self.refresh_selection();
        let caret = self.selection.get();
        let unit = |unit, forward| self.delete(self.target(event), unit, forward);
        let intent = match kind {
            // A suggestion may come as typing in place of a word at which the caret is not.
            "insertText" | "insertFromYank" => {
                let other = self.target(event).filter(|range| !range.is_empty() && *range != caret.range());
                quirks::text_of(event).map(|text| match other {
                    Some(range) => Intent::Replace { range, text },
                    None => Intent::Insert(text),
                })
            }
            "insertReplacementText" => self.target(event).or(Some(caret.range())).and_then(|range| {
                let text = quirks::text_of(event)?;
                Some(Intent::Replace { range, text })
            }),
            "insertParagraph" => Some(Intent::Break),
            "insertLineBreak" => Some(Intent::SoftBreak),
            "insertOrderedList" => Some(Intent::ToggleBlock(Block::Ordered)),
            "insertUnorderedList" => Some(Intent::ToggleBlock(Block::Bullet)),
            "insertHorizontalRule" => Some(Intent::Divider),
            "insertLink" => quirks::text_of(event).map(|address| Intent::Link(Some(address))),
            "formatBold" => Some(Intent::ToggleMark(Mark::Bold)),
            "formatItalic" => Some(Intent::ToggleMark(Mark::Italic)),
            "formatUnderline" => Some(Intent::ToggleMark(Mark::Underline)),
            "formatStrikeThrough" => Some(Intent::ToggleMark(Mark::Strike)),
            "formatRemove" => Some(Intent::ClearMarks),
            "formatIndent" => Some(Intent::Indent(1)),
            "formatOutdent" => Some(Intent::Indent(-1)),
            "deleteContentBackward" => Some(unit(Unit::Grapheme, false)),
            "deleteContentForward" => Some(unit(Unit::Grapheme, true)),
            "deleteWordBackward" => Some(unit(Unit::Word, false)),
            "deleteWordForward" => Some(unit(Unit::Word, true)),
            "deleteSoftLineBackward" | "deleteHardLineBackward" | "deleteEntireSoftLine" => {
                Some(unit(Unit::Line, false))
            }
            "deleteSoftLineForward" | "deleteHardLineForward" => Some(unit(Unit::Line, true)),
            "deleteContent" => Some(Intent::DeleteSelection),
            // Cutting, pasting and dropping have their own events; other formats have no place in the text.
            _ => None,
        };
        let Some(intent) = intent else { return };
        if self.act(intent) && kind == "insertText" {
            self.try_shortcut();
        }
    }

    /// Whether the browser may type `words` by itself: at a caret in a line of text, with nothing chosen for what comes.
    fn may_type(&self, words: Option<String>) -> bool {
        let caret = self.page_caret().filter(|_| self.pending.borrow().is_none());
        let Some((node, offset)) = caret else { return false };
        let Some(line) = self.line_around(&node) else { return false };
        let (doc, line) = (self.text(), self.index_of(&line));
        let fits = doc.lines().get(line).is_some_and(|line| !line.format.block.is_void());
        if let Some(words) = words.filter(|_| fits) {
            *self.typing.borrow_mut() = Some(Typing { node, offset, line, words });
        }
        fits
    }

    /// Whether the browser may delete by itself: at a caret, within a line, and leaving something of the piece it is in.
    /// When the last of one goes, browsers take its marks along and remember them for the next letter.
    fn may_delete(&self, forward: bool) -> bool {
        self.absorb_now();
        self.refresh_selection();
        let selection = self.selection.get();
        let doc = self.text();
        let place = doc.place(selection.head);
        let line = &doc.lines()[place.line];
        let start = doc.line_start(place.line);
        let goes = next_to(&doc, selection.head, forward);
        if !selection.is_caret()
            || line.format.block.is_void()
            || goes.start < start
            || goes.end > doc.line_end(place.line)
            || line.parts(goes.start - start..goes.end - start).any(|(text, _)| quirks::is_pictured(text))
        {
            return false;
        }
        let mut at = start;
        text::pieces(line).iter().any(|piece| {
            let proposed = piece.marks.proposed;
            let piece = at..at + text::utf16_len(piece.text);
            at = piece.end;
            let may_go = matches!(
                (self.mode(), proposed.inserted),
                (None, _) | (_, Some(Who::ME)) | (Some(Mode::Edit), None)
            );
            may_go && piece.start <= goes.start && goes.end <= piece.end && goes.len() < piece.len()
        })
    }

    /// Deletes what the browser's own rules for words and rows point at, as long as it stays within one line; where
    /// lines meet, and for single characters, the text has its own rules.
    fn delete(&self, target: Option<Range<usize>>, unit: Unit, forward: bool) -> Intent {
        let doc = self.text();
        let caret = self.selection.get();
        let own = if unit == Unit::Grapheme { next_to(&doc, caret.head, forward).len() } else { 0 };
        match target {
            Some(range)
                if caret.is_caret()
                    && range.len() > own
                    && doc.place(range.start).line == doc.place(range.end).line =>
            {
                Intent::Replace { range, text: String::new() }
            }
            _ => Intent::Delete { unit, forward },
        }
    }

    /// The range that an event is about, which need not be the selection.
    fn target(&self, event: &InputEvent) -> Option<Range<usize>> {
        let range: StaticRange = event.get_target_ranges().get(0).dyn_into().ok()?;
        let start = self.offset_of(&range.start_container(), range.start_offset())?;
        let end = self.offset_of(&range.end_container(), range.end_offset())?;
        Some(start..end.max(start))
    }
}

/// The character before or after a caret, as a reader sees it.
fn next_to(doc: &Document, at: usize, forward: bool) -> Range<usize> {
    if forward { at..doc.next(at, Unit::Grapheme) } else { doc.previous(at, Unit::Grapheme)..at }
}
