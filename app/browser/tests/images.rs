//! Images in a real browser: what is kept of a file, and what not.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use browser::images::{Shown, measure, redraw};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/images.js")]
extern "C" {
    /// A picture that is red at the left and blue at the right, as the browser writes it.
    fn picture(width: u32, height: u32, media_type: &str) -> Promise;
    /// What the picture at an address shows in its upper left corner: "red" or "blue"; an error where it shows nothing.
    fn corner(address: &str) -> Promise;
}

async fn bytes(promise: Promise) -> Vec<u8> {
    JsFuture::from(promise).await.unwrap().unchecked_into::<Uint8Array>().to_vec()
}

async fn corner_of(bytes: &[u8], media_type: &str) -> String {
    let shown = Shown::new(bytes, media_type).unwrap();
    JsFuture::from(corner(shown.address())).await.unwrap().as_string().unwrap()
}

/// A JPEG that says that it was taken somewhere, and that it is to be turned by half a circle.
async fn photograph() -> Vec<u8> {
    let plain = bytes(picture(60, 40, "image/jpeg")).await;
    let tags: &[u8] =
        b"\x12\x01\x03\x00\x01\x00\x00\x00\x03\x00\x00\x00\x0e\x01\x02\x00\x0c\x00\x00\x00\x26\x00\x00\x00";
    let exif = [&b"Exif\0\0II*\0\x08\0\0\0\x02\0"[..], tags, b"\0\0\0\0", b"51.5,-0.12 \0"].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]].concat()
}

#[wasm_bindgen_test]
async fn a_photograph_is_drawn_upright_small_and_without_its_place() {
    let photograph = photograph().await;
    assert!(photograph.windows(5).any(|window| window == b"51.5,"));
    let drawn = redraw(&photograph, "image/jpeg", "image/jpeg", 30).await.unwrap();
    assert_eq!(drawn.size, (30, 20));
    assert!(drawn.bytes.starts_with(b"\xff\xd8\xff"));
    assert!(!drawn.bytes.windows(4).any(|window| window == b"Exif" || window == b"51.5"));
    assert_eq!(corner_of(&drawn.bytes, "image/jpeg").await, "blue", "it was turned");
    assert_eq!(measure(&drawn.bytes, "image/jpeg").await, Ok(Some((30, 20))));
}

#[wasm_bindgen_test]
async fn a_small_picture_keeps_its_size() {
    let png = bytes(picture(12, 7, "image/png")).await;
    let drawn = redraw(&png, "image/png", "image/png", 2_560).await.unwrap();
    assert_eq!(drawn.size, (12, 7));
    assert_eq!(corner_of(&drawn.bytes, "image/png").await, "red");
    let webp = redraw(&png, "image/png", "image/webp", 2_560).await.unwrap();
    assert_eq!(&webp.bytes[8..12], b"WEBP");
}

#[wasm_bindgen_test]
async fn an_svg_is_measured_and_runs_no_script() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20' onload='document.title=1'>\
                <script>document.title = 'taken over'</script></svg>";
    let title = web_sys::window().unwrap().document().unwrap().title();
    assert_eq!(measure(svg, "image/svg+xml").await, Ok(Some((30, 20))));
    assert_eq!(web_sys::window().unwrap().document().unwrap().title(), title);
}

#[wasm_bindgen_test]
async fn what_is_no_image_is_an_error() {
    let cut = &bytes(picture(60, 40, "image/png")).await[..40];
    assert!(measure(cut, "image/png").await.is_err());
    assert!(redraw(cut, "image/png", "image/png", 30).await.is_err());
    assert!(measure(b"<svg", "image/svg+xml").await.is_err());
}

#[wasm_bindgen_test]
async fn an_address_ends_with_what_it_shows() {
    let png = bytes(picture(4, 4, "image/png")).await;
    let shown = Shown::new(&png, "image/png").unwrap();
    assert_eq!(shown.bytes(), png);
    let address = shown.address().to_owned();
    drop(shown);
    assert!(JsFuture::from(corner(&address)).await.is_err());
}
