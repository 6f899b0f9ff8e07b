//! Numbers and amounts of money as the reader's own language writes them.
//!
//! Numbers come in as decimal strings and are formatted as such, exact to the last digit.

use std::cell::RefCell;

use js_sys::{Function, Intl::NumberFormat, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::clock::{options, reader};

type Key = (String, &'static str, u32, u32);

thread_local! {
    /// Making a format takes a hundred times as long as using it.
    static FORMATS: RefCell<Vec<(Key, Function)>> = const { RefCell::new(Vec::new()) };
}

/// An amount in a currency of ISO 4217, with at least `least` and at most `most` decimals, as in "£1,250.00".
pub fn money(amount: &str, currency: &str, least: usize, most: usize) -> String {
    format(amount, (currency.to_owned(), "currency", least as u32, most as u32))
}

/// A number with at least `least` decimals and all that it has, as in "1,250.5".
pub fn number(number: &str, least: usize) -> String {
    format(number, (String::new(), "decimal", least as u32, 6))
}

/// A percentage, as in "4.25%".
pub fn percent(percent: &str) -> String {
    format(percent, (String::new(), "unit", 0, 4))
}

/// The signs that the reader's language puts before decimals and between thousands.
pub fn separators() -> (char, char) {
    let written = number("1234567.8", 0);
    let mut signs = written.chars().filter(|sign| !sign.is_numeric());
    let group = signs.next();
    match (group, signs.next_back()) {
        (Some(group), Some(decimal)) => (decimal, group),
        // A language that does not divide thousands.
        (Some(decimal), None) => (decimal, ' '),
        _ => ('.', ','),
    }
}

/// What a currency is called, as in "Pound Sterling"; its code where the browser does not know.
pub fn currency_name(code: &str) -> String {
    let named = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
        let options = options(&[("type", "currency".into())]);
        let names =
            Reflect::construct(&names, &[JsValue::UNDEFINED, options.into()].iter().collect()).ok()?;
        let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &code.into()).ok()?.as_string()
    };
    named().unwrap_or_else(|| code.to_owned())
}

fn format(number: &str, key: Key) -> String {
    let format = FORMATS.with_borrow_mut(|formats| {
        if let Some((_, format)) = formats.iter().find(|(known, _)| *known == key) {
            return format.clone();
        }
        let (currency, style, least, most) = &key;
        let mut named = vec![
            ("style", JsValue::from(*style)),
            ("minimumFractionDigits", (*least).into()),
            ("maximumFractionDigits", (*most).into()),
        ];
        match *style {
            "currency" => named.push(("currency", currency.as_str().into())),
            "unit" => named.push(("unit", "percent".into())),
            _ => {}
        }
        let format = NumberFormat::new(&reader(), &options(&named)).format();
        formats.push((key, format.clone()));
        format
    });
    // As a number it would be rounded from 2^53 on.
    let written = format.call1(&JsValue::UNDEFINED, &number.into());
    written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| number.to_owned())
}
