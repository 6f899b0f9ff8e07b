//! Version 2: blobs, which stand outside of the text.

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStoreParameters};

pub(super) fn lay_out(db: &IdbDatabase) -> Result<(), JsValue> {
    let parameters = IdbObjectStoreParameters::new();
    // A row for each blob: a room's names can be read without their bytes.
    parameters.set_key_path(&super::path(&["room", "hash"]));
    db.create_object_store_with_optional_parameters("blobs", &parameters)?;
    Ok(())
}
