//! The plainest text there is: units with attributes, changed by walking over all of them.

use text::{Attrs, Delta, Op, Value};

#[derive(Debug, Default, Clone)]
pub(crate) struct Naive {
    pub(crate) units: Vec<(u16, Attrs)>,
}

impl Naive {
    pub(crate) fn of(delta: &Delta) -> Self {
        let mut naive = Self::default();
        naive.apply(delta);
        naive
    }

    pub(crate) fn apply(&mut self, delta: &Delta) {
        let mut old = std::mem::take(&mut self.units).into_iter();
        for op in delta.ops() {
            match op {
                Op::Retain { len, attrs } => {
                    self.units
                        .extend(old.by_ref().take(*len).map(|(unit, have)| (unit, merged(have, attrs))));
                }
                Op::Insert { text, attrs } => {
                    let attrs = merged(Attrs::none(), attrs);
                    self.units.extend(text.encode_utf16().map(|unit| (unit, attrs.clone())));
                }
                Op::Delete(len) => old.by_ref().take(*len).for_each(drop),
            }
        }
        self.units.extend(old);
    }

    pub(crate) fn to_delta(&self) -> Delta {
        let mut delta = Delta::new();
        for units in self.units.chunk_by(|one, two| one.1 == two.1) {
            let text: Vec<u16> = units.iter().map(|(unit, _)| *unit).collect();
            let text = String::from_utf16_lossy(&text);
            delta.push(Op::Insert { text, attrs: units[0].1.clone() });
        }
        delta
    }
}

fn merged(have: Attrs, change: &Attrs) -> Attrs {
    let mut all = have;
    for (name, value) in change.iter() {
        all.set(name, value.clone());
    }
    all.iter()
        .filter(|(_, value)| **value != Value::Null)
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}
