//! The durable store in a real browser.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

use browser::idb;
use model::{RoomStore, acceptance::store_keeps_its_promises};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_store_keeps_its_promises() {
    let store = idb::open(|event| panic!("nothing happened from outside, yet {event:?}")).await.unwrap();
    store_keeps_its_promises(&store).await;
    drop(store);
    let again = idb::open(|_| {}).await.unwrap();
    assert_eq!(again.setting("name").await.unwrap().as_deref(), Some("Ines Okafor"), "kept after closing");
}
