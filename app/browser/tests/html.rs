//! HTML as this browser reads it: the same as the reader's own tests have it, and without doing anything.

use browser::html::{decode, tokens};
use exchange::html;
use text::{Document, Selection, marked};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn shown(source: &str) -> String {
    let mut next = 0;
    let imported = html::read(&tokens(source).unwrap_or_default(), &mut || {
        next += 1;
        format!("t{next}")
    });
    marked::write(&Document::from_delta(&imported.text), Selection::caret(usize::MAX))
}

#[wasm_bindgen_test]
fn pages_are_read_as_natively() {
    macro_rules! same {
        ($($name:literal)*) => {$({
            let page = include_str!(concat!("../../exchange/fixtures/paste/", $name, ".html"));
            let wanted = include_str!(concat!("../../exchange/fixtures/paste/", $name, ".txt"));
            let shown = shown(page);
            assert_eq!(shown, wanted[..wanted.len().min(shown.len())], "{}", $name);
        })*};
    }
    same! {
        "word-desktop" "word-web" "google-docs" "google-docs-two-lines" "libreoffice" "excel" "google-sheets" "gmail"
        "notion" "web-page" "code-editor"
    }
}

#[wasm_bindgen_test]
fn a_page_that_nests_deep_is_read() {
    for (name, count) in [("div", 5_000), ("b", 500), ("table><tr><td", 2_000), ("ul><li", 5_000)] {
        let deep = format!("<{name}>").repeat(count) + "words";
        assert!(shown(&deep).contains("words"), "{name}");
    }
    assert!(tokens(&"<div>".repeat(100_000)).is_none());
}

#[wasm_bindgen_test]
fn what_is_too_much_is_cut() {
    let page = "<p>a".repeat(200_000);
    let imported = html::read(&tokens(&page).unwrap_or_default(), &mut String::new);
    assert!(matches!(imported.notes.as_slice(), [exchange::Note::Rest(_)]), "{:?}", imported.notes);
}

#[wasm_bindgen_test]
fn half_characters_are_replaced() {
    let page = js_sys::JsString::from_char_code(&[0x61, 0xd83d]);
    // Strings lose such halves on their way into the program.
    assert_eq!(shown(&String::from(page)), "a\u{fffd}");
}

#[wasm_bindgen_test]
fn files_are_read_in_their_own_encoding() {
    assert_eq!(decode(b"<meta charset=windows-1252><p>gr\xf6\xdfer"), "<meta charset=windows-1252><p>größer");
    assert_eq!(decode(b"\xff\xfea\0"), "a");
    assert_eq!(decode("größer".as_bytes()), "größer");
    assert_eq!(decode(b"<meta charset=no-such-thing>a"), "<meta charset=no-such-thing>a");
}
