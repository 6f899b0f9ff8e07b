//! Single requests, all in one shape: what is stored and its keys go in and come out as the browser's own values, and
//! every answer waits in a box. With types of their own the library's code would be there once for each of them.
//!
//! A request goes out at once; its answer may be awaited later, or not at all.

use indexed_db_futures::{
    KeyRange,
    index::Index,
    object_store::ObjectStore,
    prelude::{Build, QuerySource},
};
use model::Later;
use wasm_bindgen::JsValue;

use super::{
    fault::Fault,
    row::{Row, Stored},
};

type Answer<T> = Result<Later<Result<T, Fault>>, Fault>;

/// The row under `key`.
pub(super) fn get(store: &ObjectStore<'_>, key: JsValue) -> Answer<Option<Row>> {
    let request = store.get::<JsValue, JsValue, _>(key).build()?;
    Ok(Box::pin(async { request.await?.map(Row::from_js).transpose() }))
}

/// The text under `key`.
pub(super) fn get_text(store: &ObjectStore<'_>, key: JsValue) -> Answer<Option<String>> {
    let request = store.get::<JsValue, JsValue, _>(key).build()?;
    Ok(Box::pin(async { Ok(request.await?.and_then(|value| value.as_string())) }))
}

/// The row that `index` holds under `key`.
pub(super) fn find(index: &Index<'_>, key: JsValue) -> Answer<Option<Row>> {
    let request = index.get::<JsValue, JsValue, _>(key).build()?;
    Ok(Box::pin(async { request.await?.map(Row::from_js).transpose() }))
}

/// Whether `index` holds something under `key`.
pub(super) fn has(index: &Index<'_>, key: JsValue) -> Answer<bool> {
    let request = index.get_key::<JsValue, _>(key).build()?;
    Ok(Box::pin(async { Ok(request.await?.is_some()) }))
}

/// All rows, or those in a range, in the order of their keys.
pub(super) fn all(store: &ObjectStore<'_>, range: Option<KeyRange<JsValue>>) -> Answer<Vec<Row>> {
    let all = store.get_all::<JsValue>();
    let request = match range {
        Some(range) => all.with_query::<JsValue, _>(range).build()?,
        None => all.build()?,
    };
    Ok(Box::pin(async { request.await?.map(|value| Row::from_js(value?)).collect() }))
}

/// The keys in a range, without what is under them.
pub(super) fn keys(store: &ObjectStore<'_>, range: KeyRange<JsValue>) -> Answer<Vec<JsValue>> {
    let request = store.get_all_keys::<JsValue>().with_query::<JsValue, _>(range).build()?;
    Ok(Box::pin(async { Ok(request.await?.collect::<Result<_, _>>()?) }))
}

/// Puts something in the place of what was there.
pub(super) fn put(store: &ObjectStore<'_>, value: &impl Stored) -> Result<(), Fault> {
    store.put(value.to_row().into_js()).build()?;
    Ok(())
}

/// Deletes what is under a key, or everything in a range.
pub(super) fn delete(store: &ObjectStore<'_>, range: KeyRange<JsValue>) -> Result<(), Fault> {
    store.delete::<JsValue, _>(range).build()?;
    Ok(())
}
