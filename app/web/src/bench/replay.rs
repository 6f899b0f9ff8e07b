//! A long history of edits, written again.

use js_sys::{Array, Function, Object, Reflect};
use model::SectionId;
use replica::Content;
use text::{Delta, Document};
use wasm_bindgen::{JsCast, JsValue};

use super::{
    adapter::{Answer, set, thrown},
    elsewhere,
};

/// Writes `edits`, each `[place, deleted units, inserted text]`, into a new document, one after the other. Answers its
/// state, and what the page is told: how long each step took, how large the state is, and the text.
pub(super) fn run(edits: &Array, section: &SectionId) -> Answer<(Vec<u8>, Object)> {
    let deltas: Vec<Delta> = edits.iter().map(|edit| delta_of(&edit)).collect();
    let mut content = Content::new(elsewhere::client());
    let told = Object::new();

    let start = now()?;
    for delta in &deltas {
        content.write(section, delta).map_err(thrown)?;
        // Each edit is passed on, as it would be when it is made.
        drop(content.take_updates());
    }
    let replayed = now()?;
    let state = content.state().map_err(thrown)?;
    let encoded = now()?;
    let mut copy = Content::new(elsewhere::client());
    copy.receive(&state).map_err(thrown)?;
    let decoded = now()?;
    let text = Document::from_delta(&copy.read(section).map_err(thrown)?).text();
    let read = now()?;

    set(&told, "replayMs", &(replayed - start).into())?;
    set(&told, "encodeMs", &(encoded - replayed).into())?;
    set(&told, "decodeMs", &(decoded - encoded).into())?;
    set(&told, "toStringMs", &(read - decoded).into())?;
    set(&told, "bytes", &(state.len() as f64).into())?;
    set(&told, "text", &text.into())?;
    Ok((state, told))
}

fn delta_of(edit: &JsValue) -> Delta {
    let edit: &Array = edit.unchecked_ref();
    let units = |at: u32| edit.get(at).as_f64().unwrap_or(0.0) as usize;
    Delta::new().retain(units(0)).delete(units(1)).insert(&edit.get(2).as_string().unwrap_or_default())
}

/// The page's clock in milliseconds, with fractions.
fn now() -> Answer<f64> {
    let clock = Reflect::get(&js_sys::global(), &"performance".into())?;
    let read: Function = Reflect::get(&clock, &"now".into())?.dyn_into()?;
    Ok(read.call0(&clock)?.as_f64().unwrap_or_default())
}
