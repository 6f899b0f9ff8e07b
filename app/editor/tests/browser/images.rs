//! Images among the lines.

use editor::{miss_image, show_image};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::stage::Stage;

fn figures(stage: &Stage) -> Vec<Element> {
    let found = stage.root.query_selector_all(":scope > figure[data-image]").unwrap();
    (0..found.length()).map(|at| found.item(at).unwrap().unchecked_into()).collect()
}

fn press(stage: &Stage, keys: &[&str]) {
    for key in keys {
        stage.press(key);
    }
}

#[wasm_bindgen_test]
fn an_image_keeps_its_figure_while_only_its_words_and_width_change() {
    let stage = Stage::new("a|\n{image 07 640x480}");
    let figure = figures(&stage).remove(0);
    let picture = figure.query_selector("img").unwrap().unwrap();
    assert_eq!(picture.get_attribute("alt").as_deref(), Some(""));
    assert!(figure.has_attribute("data-undescribed"));
    let style = picture.unchecked_ref::<HtmlElement>().style();
    assert_eq!(style.get_property_value("aspect-ratio").unwrap(), "640 / 480");
    let image = text::Image::new(model::BlobHash([7; 32])).described("A map");
    let half = text::Image { width: text::Width::Half, size: Some((640, 480)), ..image };
    stage.surface.act(text::Intent::SetImage { line: 1, image: half.clone() });
    assert!(figures(&stage) == [figure.clone()], "the same element");
    assert_eq!(figure.get_attribute("data-width").as_deref(), Some("half"));
    assert_eq!(picture.get_attribute("alt").as_deref(), Some("A map"));
    assert_eq!(stage.host.filled.get(), 1);
    let other = text::Image { blob: model::BlobHash([8; 32]), ..half };
    stage.surface.act(text::Intent::SetImage { line: 1, image: other });
    assert!(figures(&stage) != [figure], "other bytes are drawn anew");
    assert_eq!(stage.host.filled.get(), 2);
    stage.agrees("afterwards");
}

#[wasm_bindgen_test]
fn an_image_that_was_missing_is_asked_for_again_and_shown() {
    let stage = Stage::new("a|\n{image 07: A map}\n{image 08}");
    let [one, other] = figures(&stage).try_into().unwrap();
    assert_eq!(one.text_content().as_deref(), Some("07 is not here"));
    show_image(&one, "data:image/gif;base64,R0lGODlhAQABAAAAACw=");
    assert_eq!(one.text_content().as_deref(), Some(""));
    stage.surface.refill_images();
    assert_eq!(stage.host.filled.get(), 3, "only the one that is missing");
    miss_image(&other, "twice");
    assert_eq!(other.text_content().as_deref(), Some("08 is not here"), "it is said once");
}

#[wasm_bindgen_test]
fn arrows_step_onto_images_and_off_them() {
    let stage = Stage::new("ab|\n{image 07}\n{image 08}\ncd");
    press(&stage, &["ArrowRight"]);
    assert_eq!(stage.marked(), "ab\n{image 07}|\n{image 08}\ncd");
    press(&stage, &["ArrowDown"]);
    assert_eq!(stage.marked(), "ab\n{image 07}\n{image 08}|\ncd");
    press(&stage, &["ArrowDown"]);
    assert_eq!(stage.marked(), "ab\n{image 07}\n{image 08}\n|cd");
    press(&stage, &["ArrowUp", "ArrowLeft"]);
    assert_eq!(stage.marked(), "ab\n{image 07}|\n{image 08}\ncd");
    press(&stage, &["ArrowLeft"]);
    assert_eq!(stage.marked(), "ab|\n{image 07}\n{image 08}\ncd");
}

#[wasm_bindgen_test]
fn the_page_has_the_figure_of_a_chosen_image_selected() {
    let stage = Stage::new("ab\n{image 07}\n{image 08}|");
    let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    assert_eq!((selection.anchor_offset(), selection.focus_offset()), (2, 3));
    assert_eq!(stage.marked(), "ab\n{image 07}\n{image 08}|");
    press(&stage, &["Backspace"]);
    assert_eq!(stage.marked(), "ab\n{image 07}\n|");
    press(&stage, &["ArrowUp", "Enter"]);
    assert_eq!(stage.marked(), "ab\n{image 07}\n|\n");
    stage.agrees("afterwards");
}

#[wasm_bindgen_test]
fn a_press_on_an_image_chooses_it_and_copying_takes_it() {
    let stage = Stage::new("a|b\n{image 07}\nc");
    let picture: HtmlElement = figures(&stage)[0].query_selector("img").unwrap().unwrap().unchecked_into();
    picture.click();
    assert_eq!(stage.marked(), "ab\n{image 07}|\nc");
}
