//! One stored value: an object whose fields are read with their types checked.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::fault::Fault;
use crate::thrown::words;

/// The largest whole number that a JavaScript number holds exactly.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// What is kept as a row.
pub(super) trait Stored: Sized {
    fn to_row(&self) -> Row;
    fn from_row(row: &Row) -> Result<Self, Fault>;
}

/// A stored value while it is made or read. Fields keep the order in which they are set.
#[derive(Debug, Default)]
pub(super) struct Row(Object);

impl Row {
    pub(super) fn from_js(value: JsValue) -> Result<Self, Fault> {
        value.dyn_into().map(Self).map_err(|other| unreadable(format!("not a record: {}", words(&other))))
    }

    /// What the row says, when there is one.
    pub(super) fn read<T: Stored>(row: Option<Self>) -> Result<Option<T>, Fault> {
        row.as_ref().map(T::from_row).transpose()
    }

    pub(super) fn into_js(self) -> JsValue {
        self.0.into()
    }

    fn set(self, name: &str, value: &JsValue) -> Self {
        // Setting a field of a plain object of our own cannot fail.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }

    pub(super) fn with_text(self, name: &str, value: &str) -> Self {
        self.set(name, &value.into())
    }

    /// Numbers beyond 2^53 lose their last digits; counts and times never get there.
    pub(super) fn with_number(self, name: &str, value: u64) -> Self {
        self.set(name, &(value as f64).into())
    }

    /// Copies the bytes out of the program's memory: a view would make the browser store all of that memory.
    pub(super) fn with_bytes(self, name: &str, value: &[u8]) -> Self {
        self.set(name, &Uint8Array::from(value).into())
    }

    pub(super) fn with_rows(self, name: &str, rows: impl Iterator<Item = Row>) -> Self {
        self.set(name, &rows.map(Row::into_js).collect::<Array>().into())
    }

    fn field(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }

    /// Whether the field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.field(name).is_undefined()
    }

    pub(super) fn text(&self, name: &str) -> Result<String, Fault> {
        self.field(name).as_string().ok_or_else(|| unreadable(format!("{name} is not text")))
    }

    pub(super) fn number(&self, name: &str) -> Result<u64, Fault> {
        self.field(name)
            .as_f64()
            .filter(|number| (0.0..=EXACT).contains(number) && number.fract() == 0.0)
            .map(|number| number as u64)
            .ok_or_else(|| unreadable(format!("{name} is not a count")))
    }

    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let field = self.field(name);
        let bytes = field.dyn_ref::<Uint8Array>();
        bytes.map(Uint8Array::to_vec).ok_or_else(|| unreadable(format!("{name} is not bytes")))
    }

    pub(super) fn array<const N: usize>(&self, name: &str) -> Result<[u8; N], Fault> {
        self.bytes(name)?
            .try_into()
            .map_err(|bytes: Vec<u8>| unreadable(format!("{name} has {} bytes and not {N}", bytes.len())))
    }

    pub(super) fn rows(&self, name: &str) -> Result<Vec<Row>, Fault> {
        let field = self.field(name);
        let rows = field.dyn_ref::<Array>().ok_or_else(|| unreadable(format!("{name} is not a list")))?;
        rows.iter().map(Row::from_js).collect()
    }
}

/// What is wrong with a stored value.
pub(super) fn unreadable(why: String) -> Fault {
    Fault::damaged(why)
}
