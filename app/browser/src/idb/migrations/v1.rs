//! Version 1: rooms, their sealed entries in order, the ends of the authors' chains, and settings.

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStore, IdbObjectStoreParameters};

use super::path;

pub(super) fn lay_out(db: &IdbDatabase) -> Result<(), JsValue> {
    let keyed = |name: &str, path: &JsValue| -> Result<IdbObjectStore, JsValue> {
        let parameters = IdbObjectStoreParameters::new();
        parameters.set_key_path(path);
        db.create_object_store_with_optional_parameters(name, &parameters)
    };
    keyed("rooms", &"id".into())?;
    // A room's entries lie side by side in their order, so that opening one is a single read.
    let entries = keyed("entries", &path(&["room", "place"]))?;
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    entries.create_index_with_str_sequence_and_optional_parameters(
        "hash",
        &path(&["room", "hash"]),
        &unique,
    )?;
    keyed("chains", &path(&["room", "author", "doc"]))?;
    db.create_object_store("settings")?;
    Ok(())
}
