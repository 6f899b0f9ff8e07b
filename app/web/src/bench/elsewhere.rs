//! Somebody else's replica of the room's text, writing.

use js_sys::{Array, Object, Uint8Array};
use model::SectionId;
use replica::Content;
use text::{Delta, Document, utf16_len};

use super::adapter::{Answer, set, thrown};

/// Occurs nowhere else in a measured text.
const MARK: &str = "¤";

/// `count` updates of a replica that begins with `state`, each putting one short word somewhere; the last one puts its
/// word at the very start.
pub(super) fn make(state: &[u8], section: &SectionId, count: u32, seed: u32) -> Answer<Object> {
    let mut replica = Content::new(client());
    replica.receive(state).map_err(thrown)?;
    let mut document = Document::from_delta(&replica.read(section).map_err(thrown)?);
    let mut places = Places(seed);
    let updates = Array::new();
    let mut chars = 0;
    let last = format!("{MARK}last");
    for number in 1..=count {
        let (at, word) = if number == count {
            (0, format!("{last} "))
        } else {
            (document.snap(places.below(document.last_offset())), format!("{MARK}{number} "))
        };
        let delta = Delta::new().retain(at).insert(&word);
        replica.write(section, &delta).map_err(thrown)?;
        document.apply(&delta);
        chars += utf16_len(&word);
        for update in replica.take_updates() {
            updates.push(&Uint8Array::from(update.as_slice()));
        }
    }
    let made = Object::new();
    set(&made, "updates", &updates)?;
    set(&made, "chars", &(chars as f64).into())?;
    set(&made, "last", &last.into())?;
    set(&made, "mark", &MARK.into())?;
    Ok(made)
}

/// A number for a replica that nobody else uses.
pub(super) fn client() -> u64 {
    (js_sys::Math::random() * (1_u64 << 53) as f64) as u64
}

/// Places that the same seed always spreads in the same way.
struct Places(u32);

impl Places {
    fn below(&mut self, end: usize) -> usize {
        // The generator of Numerical Recipes; its upper bits are the good ones, and the product takes those.
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * end as u64) >> 32) as usize
    }
}
