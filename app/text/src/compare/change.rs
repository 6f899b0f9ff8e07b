//! The change that makes one state of a text another.

use super::{ComparedLine, Fate, compare};
use crate::{Attrs, Delta, Document, Op, Value, utf16_len};

/// The change that makes `old` the same as `new`, word by word: what both have stays as it is, so that carets, comments
/// and what others write there meanwhile stay where they are.
pub fn difference(old: &Document, new: &Document) -> Delta {
    let mut delta = Delta::new();
    let (mut x, mut y) = (0, 0);
    for line in compare(old, new).lines {
        words(&line, &mut delta);
        let was = (line.fate != Fate::Inserted).then(|| end_of(old, &mut x)).flatten();
        let is = (line.fate != Fate::Deleted).then(|| end_of(new, &mut y)).flatten();
        match (was, is) {
            (Some(was), Some(is)) => delta.push(Op::Retain { len: 1, attrs: turn(&was, &is) }),
            (Some(_), None) => delta.push(Op::Delete(1)),
            (None, Some(attrs)) => delta.push(Op::Insert { text: "\n".to_owned(), attrs }),
            (None, None) => {}
        }
    }
    delta
}

fn words(line: &ComparedLine, delta: &mut Delta) {
    for run in &line.runs {
        let len = utf16_len(&run.text);
        delta.push(match run.fate {
            Fate::Kept => {
                let attrs = run.before.as_ref().map(|before| before.change_to(&run.marks));
                Op::Retain { len, attrs: attrs.unwrap_or_default() }
            }
            Fate::Inserted => Op::Insert { text: run.text.clone(), attrs: run.marks.to_attrs() },
            Fate::Deleted => Op::Delete(len),
        });
    }
}

/// What is set on the end of a document's next line; nothing where the last line has none.
fn end_of(document: &Document, at: &mut usize) -> Option<Attrs> {
    let line = *at;
    *at += 1;
    document.has_terminator(line).then(|| document.lines().get(line).map(|line| line.attrs())).flatten()
}

/// The attributes that turn `old` ones into `new` ones.
fn turn(old: &Attrs, new: &Attrs) -> Attrs {
    let gone = old.iter().filter(|(name, _)| new.find(name).is_none());
    let gone = gone.map(|(name, _)| (name.to_owned(), Value::Null));
    let set = new.iter().filter(|(name, value)| old.find(name) != Some(*value));
    gone.chain(set.map(|(name, value)| (name.to_owned(), value.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(random: &mut fastrand::Rng) -> Document {
        let words = ["we ", "close ", "books ", "😀", "five ", "days", "\u{2028}"];
        let mut delta = Delta::new();
        for _ in 0..random.usize(0..6) {
            for _ in 0..random.usize(0..5) {
                let bold = if random.u8(..4) == 0 { Value::True } else { Value::Null };
                let attrs = if bold.is_set() { Attrs::none().with("bold", bold) } else { Attrs::none() };
                delta = delta.insert_with(words[random.usize(..words.len())], attrs);
            }
            let mut attrs = Attrs::none();
            if random.bool() {
                attrs.set("header", Value::Int(random.i64(1..3)));
            }
            if random.u8(..3) == 0 {
                attrs.set("list", Value::Text("bullet".to_owned()));
            }
            delta = delta.insert_with("\n", attrs);
        }
        if random.u8(..4) == 0 {
            delta = delta.insert("no end");
        }
        Document::from_delta(&delta)
    }

    #[test]
    fn a_difference_makes_one_text_the_other() {
        let seed = 20_261_129;
        let mut random = fastrand::Rng::with_seed(seed);
        for round in 0..2_000 {
            let (mut old, new) = (any(&mut random), any(&mut random));
            let delta = difference(&old, &new);
            old.apply(&delta);
            assert_eq!(old.to_delta(), new.to_delta(), "seed {seed}, round {round}: {delta:?}");
            assert!(difference(&old, &new).is_empty(), "seed {seed}, round {round}");
        }
    }
}
