//! The steps that bring a database from any earlier version to this one. A step that has shipped never changes.

mod v1;
mod v2;
mod v3;

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

type Step = fn(&IdbDatabase) -> Result<(), JsValue>;

const STEPS: [Step; 3] = [v1::lay_out, v2::lay_out, v3::lay_out];

/// The version this program reads and writes.
pub(super) const VERSION: u32 = STEPS.len() as u32;

/// Takes the steps after version `from`; 0 is an empty database.
pub(super) fn migrate(db: &IdbDatabase, from: u32) -> Result<(), JsValue> {
    STEPS.iter().skip(from as usize).try_for_each(|step| step(db))
}

/// A key of several fields.
fn path(fields: &[&str]) -> JsValue {
    fields.iter().map(|field| JsValue::from_str(field)).collect::<Array>().into()
}
