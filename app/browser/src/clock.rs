//! The time, and times, dates and sizes in the words and figures of the reader's own language.

use js_sys::{
    Array, Date, Function,
    Intl::{DateTimeFormat, NumberFormat, RelativeTimeFormat},
    Object, Reflect,
};
use wasm_bindgen::JsValue;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    Date::now() as u64
}

/// A day, as in "3 Mar 2026". `ms` since 1970.
pub fn date(ms: u64) -> String {
    formatted(ms, &[("dateStyle", "medium".into())])
}

/// A day and a time, as in "3 Mar 2026, 14:05". `ms` since 1970.
pub fn date_time(ms: u64) -> String {
    formatted(ms, &[("dateStyle", "medium".into()), ("timeStyle", "short".into())])
}

/// How long before `now` something was, as in "5 minutes ago"; the day itself when that is a week or more.
/// What is said to lie ahead, as after a clock was set back, counts as now.
pub fn ago(ms: u64, now: u64) -> String {
    let passed = now.saturating_sub(ms);
    let (count, unit) = match passed {
        0..MINUTE => (0, "second"),
        MINUTE..HOUR => (passed / MINUTE, "minute"),
        HOUR..DAY => (passed / HOUR, "hour"),
        DAY.. if passed < 7 * DAY => (passed / DAY, "day"),
        _ => return date(ms),
    };
    let options = options(&[("numeric", "auto".into())]);
    RelativeTimeFormat::new(&reader(), &options).format(-(count as f64), unit).into()
}

/// A size as in "12 kB" or "3.4 MB".
pub fn size(bytes: u64) -> String {
    let (unit, scale) = match bytes {
        0..1_000 => ("byte", 1.0),
        1_000..1_000_000 => ("kilobyte", 1e3),
        1_000_000..1_000_000_000 => ("megabyte", 1e6),
        _ => ("gigabyte", 1e9),
    };
    let scaled = bytes as f64 / scale;
    let digits = if scaled < 10.0 && scale > 1.0 { 1 } else { 0 };
    let options = options(&[
        ("style", "unit".into()),
        ("unit", unit.into()),
        ("unitDisplay", if scale > 1.0 { "short" } else { "long" }.into()),
        ("maximumFractionDigits", digits.into()),
    ]);
    call(&NumberFormat::new(&reader(), &options).format(), scaled)
}

fn formatted(ms: u64, named: &[(&str, JsValue)]) -> String {
    call(&DateTimeFormat::new(&reader(), &options(named)).format(), ms as f64)
}

/// No language asked for means the reader's own.
fn reader() -> Array {
    Array::new()
}

fn options(named: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in named {
        // Setting a field of a plain object of our own cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), value);
    }
    options
}

fn call(format: &Function, value: f64) -> String {
    let text = format.call1(&JsValue::UNDEFINED, &value.into());
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
