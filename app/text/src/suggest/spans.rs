//! What this device's person suggests, read from the text in which it is shown.

use std::ops::Range;

use super::segments::Segments;
use super::wording::known;
use super::{Part, Wording};
use crate::{Document, Who};

/// One suggestion: what is proposed in one stretch, without words between that stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The part of the section that it is about; empty where it only puts words in.
    pub range: Range<usize>,
    /// What it says.
    pub wording: Wording,
}

/// The suggestions of this device's person in `shown`, which is a projection of `section`.
pub fn spans(section: &Document, shown: &Document) -> Vec<Span> {
    let (mut was, mut is) = (Segments::of(section), Segments::of(shown));
    let mut spans: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, false);
    let mut push = |range: Range<usize>, part: Part, open: &mut bool| {
        match spans.last_mut().filter(|_| *open) {
            Some(last) => {
                last.range.end = range.end;
                last.wording.push(part);
            }
            None => spans.push(Span { range, wording: Wording { parts: vec![part] } }),
        }
        *open = true;
    };
    while let Some((mut new, len)) = is.take(usize::MAX) {
        if let Some(who) = new.proposed.inserted {
            if who == Who::ME {
                push(at..at, Part::Insert(new.text.to_owned(), known(&new.plain_attrs())), &mut open);
            }
            continue;
        }
        let mut rest = new.text;
        for (old, step) in was.run(len) {
            let (text, behind) = crate::line::halves(rest, step);
            rest = behind;
            new.text = text;
            let range = at..at + step;
            at += step;
            let look = if new.proposed.formatted.has(Who::ME) {
                known(&old.look_to(&new))
            } else {
                crate::Attrs::none()
            };
            if new.proposed.deleted.has(Who::ME) {
                push(range, Part::Delete(text.to_owned()), &mut open);
            } else if !look.is_empty() {
                push(range, Part::Format(text.to_owned(), look), &mut open);
            } else {
                open = false;
            }
        }
    }
    spans
}
