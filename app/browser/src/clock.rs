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

/// A time as ISO 8601 writes it, in UTC. `ms` since 1970.
pub fn iso(ms: u64) -> String {
    Date::new(&(ms as f64).into()).to_iso_string().into()
}

/// How far local time is ahead of UTC now, in milliseconds.
pub fn offset_ms() -> i64 {
    -(Date::new_0().get_timezone_offset() as i64) * MINUTE as i64
}

/// Which day a time is where the reader is: year, month and day of the month. `ms` since 1970.
pub fn local_day(ms: u64) -> (i32, u8, u8) {
    let date = Date::new(&(ms as f64).into());
    (date.get_full_year() as i32, date.get_month() as u8 + 1, date.get_date() as u8)
}

/// When a time is where the reader is: year, month, day of the month, hour and minute. `ms` since 1970.
pub fn local_minute(ms: u64) -> [u16; 5] {
    let date = Date::new(&(ms as f64).into());
    let (day, time) = ((date.get_month() + 1, date.get_date()), (date.get_hours(), date.get_minutes()));
    [date.get_full_year(), day.0, day.1, time.0, time.1].map(|part| part as u16)
}

/// Writes days that have no time and no zone.
pub struct Days {
    year: i32,
    short: Function,
    long: Function,
    ancient: Function,
}

impl Days {
    /// For a reader in this year, who need not be told it with each day.
    pub fn new(year: i32) -> Self {
        let form = |more: &[(&str, JsValue)]| {
            let mut named =
                vec![("timeZone", "UTC".into()), ("day", "numeric".into()), ("month", "short".into())];
            named.extend_from_slice(more);
            DateTimeFormat::new(&reader(), &options(&named)).format()
        };
        Self {
            year,
            short: form(&[]),
            long: form(&[("year", "numeric".into())]),
            // For people there is no year 0: it is the one before year 1.
            ancient: form(&[("year", "numeric".into()), ("era", "short".into())]),
        }
    }

    /// A day, as in "3 Mar", or "3 Mar 2027" in another year. `number` in days since 1970, in a year with these figures.
    pub fn write(&self, number: i64, year: i32) -> String {
        let form = match year {
            0 => &self.ancient,
            _ if year == self.year => &self.short,
            _ => &self.long,
        };
        call(form, number as f64 * DAY as f64)
    }
}

/// The day that it is for the reader, as `2026-03-01`.
pub fn today() -> String {
    let (year, month, day) = local_day(now_ms());
    format!("{year:04}-{month:02}-{day:02}")
}

/// A day such as `2026-03-01`, as in "1 Mar 2026". What is no day stays as it is.
pub fn day(day: &str) -> String {
    let ms = Date::parse(day);
    if ms.is_nan() {
        return day.to_owned();
    }
    formatted(ms as u64, &[("dateStyle", "medium".into()), ("timeZone", "UTC".into())])
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

/// The last millisecond of a day where the reader is, since 1970.
pub fn end_of_day(year: i32, month: u8, day: u8) -> Option<u64> {
    let next = Date::new_with_year_month_day(0, 0, 1);
    next.set_full_year_with_month_date(u32::try_from(year).ok()?, i32::from(month) - 1, i32::from(day) + 1);
    next.set_hours(0);
    let ms = next.get_time();
    (ms >= 1.0).then(|| ms as u64 - 1)
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
pub(crate) fn reader() -> Array {
    Array::new()
}

pub(crate) fn options(named: &[(&str, JsValue)]) -> Object {
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
