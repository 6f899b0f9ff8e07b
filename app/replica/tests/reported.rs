//! Bugs with undo that people reported of other editors, each with what they did and what should have come of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use model::SectionId;
use replica::{Content, EditKind};
use text::{Document, Intent, Unit, intend, marked};

/// An editor with nothing but a text, a selection and the shared document.
struct Editor {
    content: Content,
    doc: Document,
    selection: text::Selection,
    now: u64,
}

fn main_section() -> SectionId {
    SectionId::parse("main").unwrap()
}

impl Editor {
    fn opened(marked_text: &str) -> Self {
        let (doc, selection) = marked::read(marked_text);
        let mut content = Content::new(1);
        content.add_section(&main_section(), &doc.to_delta(), &[]).unwrap();
        Self { content, doc, selection, now: 0 }
    }

    /// A step of its own, after a pause.
    fn act(&mut self, intent: Intent) {
        let change = intend(&self.doc, self.selection, None, intent).unwrap();
        self.now += 1_000;
        let around = (self.selection, change.selection);
        self.content.edit(&main_section(), &change.delta, EditKind::Other, around, self.now).unwrap();
        self.doc.apply(&change.delta);
        self.selection = change.selection;
    }

    fn undo(&mut self) -> bool {
        let restored = self.content.undo();
        self.show(restored)
    }

    fn redo(&mut self) -> bool {
        let restored = self.content.redo();
        self.show(restored)
    }

    fn show(&mut self, restored: Option<replica::Restored>) -> bool {
        let Some(restored) = restored else { return false };
        restored.events.iter().for_each(|event| drop(self.doc.apply(&event.delta)));
        self.selection = restored.selection.unwrap().1;
        true
    }

    #[track_caller]
    fn shows(&mut self, marked_text: &str) {
        assert_eq!(marked::write(&self.doc, self.selection), marked_text);
        let kept = Document::from_delta(&self.content.read(&main_section()).unwrap());
        assert_eq!(kept.to_delta(), self.doc.to_delta(), "what is shown is what is kept");
    }
}

#[test]
fn undoing_enter_brings_the_caret_back_to_its_line() {
    // y-prosemirror#38, tiptap#6501, lexical#4846.
    let mut editor = Editor::opened("one| more\ntwo\nthree");
    editor.act(Intent::Break);
    editor.shows("one\n| more\ntwo\nthree");
    editor.undo();
    editor.shows("one| more\ntwo\nthree");
    let mut editor = Editor::opened("one|\ntwo\nthree");
    editor.act(Intent::Break);
    editor.undo();
    editor.shows("one|\ntwo\nthree");
}

#[test]
fn undoing_backspace_puts_the_caret_behind_what_comes_back() {
    // y-prosemirror#190, tiptap#7102 and #5910.
    let mut editor = Editor::opened("|");
    editor.act(Intent::Insert("ab".into()));
    editor.act(Intent::Delete { unit: Unit::Grapheme, forward: false });
    editor.shows("a|");
    editor.undo();
    editor.shows("ab|");
    editor.undo();
    editor.shows("|");
    editor.redo();
    editor.shows("ab|");
    editor.redo();
    editor.shows("a|");
}

#[test]
fn what_was_there_at_the_start_is_not_taken_back() {
    // tiptap#1786.
    let mut editor = Editor::opened("# Title|\nwords");
    assert!(!editor.undo());
    editor.shows("# Title|\nwords");
    editor.act(Intent::Insert("s".into()));
    assert!(editor.undo());
    assert!(!editor.undo());
    editor.shows("# Title|\nwords");
}

#[test]
fn an_image_by_another_program_and_words_at_the_end_stay_apart() {
    // yjs#281 and #302: an embed comes, then somebody types at the bottom.
    use yrs::{
        Any, ClientID, Doc, OffsetKind, Options, Text as _, Transact as _, updates::decoder::Decode as _,
    };
    let mut editor = Editor::opened("# One\nlast|");
    let mut options = Options::with_client_id(ClientID::new(7));
    options.offset_kind = OffsetKind::Utf16;
    let stranger = Doc::with_options(options);
    let text = stranger.get_or_insert_text("section/main");
    let before = {
        let mut txn = stranger.transact_mut();
        txn.apply_update(yrs::Update::decode_v1(&editor.content.state().unwrap()).unwrap()).unwrap();
        let before = yrs::ReadTxn::state_vector(&txn);
        text.insert_embed(&mut txn, 1, Any::from_json(r#"{"image":"https://a.example/a.png"}"#).unwrap());
        before
    };
    let update = yrs::ReadTxn::encode_diff_v1(&stranger.transact(), &before);
    for event in editor.content.receive(&update).unwrap() {
        editor.selection = editor.selection.map(&event.delta, false);
        editor.doc.apply(&event.delta);
    }
    editor.act(Intent::Break);
    editor.act(Intent::Insert("end".into()));
    editor.shows("# O\u{fffc}ne\nlast\nend|");
    editor.undo();
    editor.undo();
    editor.shows("# O\u{fffc}ne\nlast|");
}
