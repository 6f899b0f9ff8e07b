//! A screen keyboard as on Android: every word is composed, and begun words are composed again.

use text::{Intent, Mark};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

/// Types as such a keyboard does: the word so far is composed, each letter in place of it.
fn type_word(stage: &Stage, word: &str) {
    stage.compose("compositionstart");
    let mut over = 0;
    for (end, letter) in word.char_indices() {
        stage.compose_step(&word[..end + letter.len_utf8()], over);
        over += letter.len_utf16() as u32;
    }
}

async fn end_word(stage: &Stage) {
    stage.compose("compositionend");
    settled().await;
}

#[wasm_bindgen_test]
async fn what_is_typed_is_told_letter_by_letter_and_kept_without_a_space() {
    let stage = Stage::on_android("|");
    type_word(&stage, "abc");
    // The same as prosemirror#784 and #543: saved in the middle of a word.
    assert_eq!(stage.host.doc.borrow().text(), "abc\n");
    stage.surface.settle();
    stage.shows("abc|");
    end_word(&stage).await;
    stage.shows("abc|");
}

#[wasm_bindgen_test]
async fn a_tap_elsewhere_inserts_nothing_and_the_caret_stays_there() {
    // lexical#1716, #3538, #5268: the keyboard ends its word when the person taps into another.
    let stage = Stage::on_android("one two|");
    type_word(&stage, "s");
    let node = stage.lines()[0].first_child().unwrap();
    stage.put_caret(&node, 2);
    end_word(&stage).await;
    stage.surface.act(Intent::DeleteSelection);
    stage.shows("on|e twos");
    stage.type_text("x");
    stage.shows("onx|e twos");
}

#[wasm_bindgen_test]
async fn a_mark_within_a_word_is_for_its_letters_only() {
    // prosemirror#1080, #1072, #1043 and lexical#7649. The keyboard composes the whole word again after each press of a
    // button, as Gboard does, or only what is new.
    for again in [true, false] {
        let stage = Stage::on_android("|");
        type_word(&stage, "Som");
        let mut over = 3;
        for (part, whole) in [("eth", "Someth"), ("ing", "Something")] {
            stage.surface.act(Intent::ToggleMark(Mark::Bold));
            stage.compose("compositionstart");
            for end in 1..=part.len() {
                let (words, before) =
                    if again { (&whole[..over + end], over + end - 1) } else { (&part[..end], end - 1) };
                // A keyboard can only write within the text node where its caret is.
                let (_, at) = stage.page_caret();
                let before = before.min(at as usize);
                stage.compose_step(&words[words.len() - before - 1..], before as u32);
            }
            over += part.len();
        }
        end_word(&stage).await;
        stage.shows("Som**eth**ing|");
    }
}

#[wasm_bindgen_test]
async fn a_sign_typed_by_it_becomes_a_list() {
    // slab/quill#2477: there is no key event to see.
    let stage = Stage::on_android("|");
    type_word(&stage, "-");
    end_word(&stage).await;
    stage.type_text(" ");
    stage.shows("- |");
    let stage = Stage::on_android("|");
    type_word(&stage, "- ");
    end_word(&stage).await;
    stage.shows("- |");
}

#[wasm_bindgen_test]
async fn a_word_that_was_there_is_composed_again() {
    let stage = Stage::on_android("see Rins| place");
    stage.compose("compositionstart");
    stage.compose_step("Runs", 4);
    end_word(&stage).await;
    stage.shows("see Runs| place");
    assert_eq!(
        *stage.host.deltas.borrow(),
        [text::Delta::new().retain(5).insert("u").delete(1)],
        "only what is another letter is told"
    );
}

#[wasm_bindgen_test]
async fn what_others_write_meanwhile_finds_its_place() {
    let stage = Stage::on_android("abc|");
    type_word(&stage, "de");
    stage.receive(&text::Delta::new().insert("X"));
    stage.compose_step("def", 2);
    end_word(&stage).await;
    stage.shows("Xabcdef|");
}
