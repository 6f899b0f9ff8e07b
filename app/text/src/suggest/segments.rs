//! A text as a row of stretches that are alike.

use crate::{Attrs, Document, Line, Marks, Proposed, Value, line::halves, utf16_len};

/// What a stretch is.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// Words within a line.
    Words(&'a Marks),
    /// The end of a line.
    End(&'a Line),
}

/// Words that are alike, or the end of a line.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    pub(super) what: What<'a>,
    pub(super) proposed: Proposed,
}

impl Segment<'_> {
    pub(super) fn len(&self) -> usize {
        utf16_len(self.text)
    }

    /// Its attributes without what is proposed for it.
    pub(super) fn plain_attrs(&self) -> Attrs {
        Proposed::without(&self.all_attrs())
    }

    /// All its attributes.
    pub(super) fn all_attrs(&self) -> Attrs {
        match self.what {
            What::Words(marks) => marks.to_attrs(),
            What::End(line) => line.attrs(),
        }
    }

    /// Whether it looks like another stretch.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self.what, other.what) {
            (What::Words(one), What::Words(two)) => one == two,
            (What::End(one), What::End(two)) => one.proposed == two.proposed && one.attrs() == two.attrs(),
            _ => false,
        }
    }

    /// Whether `attrs` would give it another look.
    pub(super) fn is_changed_by(&self, attrs: &Attrs) -> bool {
        match self.what {
            What::Words(marks) => marks.clone().update(attrs),
            What::End(line) => line.clone().reformat(attrs),
        }
    }

    /// The attributes that give it the look of `new`, which is the same kind of stretch; without what is proposed.
    pub(super) fn look_to(&self, new: &Self) -> Attrs {
        Proposed::without(&self.change_to(new))
    }

    /// The attributes that make it `new`, which is the same kind of stretch.
    pub(super) fn change_to(&self, new: &Self) -> Attrs {
        let (old, mut attrs) = (self.all_attrs(), new.all_attrs());
        let gone: Vec<String> = old
            .iter()
            .filter(|(name, _)| attrs.find(name).is_none())
            .map(|(name, _)| name.to_owned())
            .collect();
        gone.iter().for_each(|name| attrs.set(name, Value::Null));
        attrs
    }
}

/// A place in a row of stretches.
pub(super) struct Segments<'a> {
    all: Vec<Segment<'a>>,
    at: usize,
    /// Units of the stretch at the place that lie behind it.
    done: usize,
}

impl<'a> Segments<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut all = Vec::new();
        for (at, line) in document.lines().iter().enumerate() {
            all.extend(line.runs.iter().map(|run| Segment {
                text: &run.text,
                what: What::Words(&run.marks),
                proposed: run.marks.proposed,
            }));
            if document.has_terminator(at) {
                all.push(Segment { text: "\n", what: What::End(line), proposed: line.proposed });
            }
        }
        Self { all, at: 0, done: 0 }
    }

    /// What is left of the stretch at the place.
    pub(super) fn peek(&self) -> Option<Segment<'a>> {
        let segment = self.all.get(self.at)?;
        Some(Segment { text: halves(segment.text, self.done).1, ..*segment })
    }

    /// The stretch right before the place, if the place is its end; the one around the place, if it is within one.
    pub(super) fn before(&self) -> Option<Segment<'a>> {
        if self.done > 0 { self.all.get(self.at) } else { self.all.get(self.at.checked_sub(1)?) }.copied()
    }

    /// Goes on by at most `most` units within the stretch at the place; the part that was passed, and its length.
    pub(super) fn take(&mut self, most: usize) -> Option<(Segment<'a>, usize)> {
        let segment = self.all.get(self.at)?;
        let left = segment.len() - self.done;
        let len = left.min(most);
        let passed = Segment { text: halves(halves(segment.text, self.done).1, len).0, ..*segment };
        if len == left {
            self.at += 1;
            self.done = 0;
        } else {
            self.done += len;
        }
        Some((passed, len))
    }

    /// Whether nothing of the section is left, but what is only proposed.
    pub(super) fn is_past_section(&self) -> bool {
        self.all[self.at.min(self.all.len())..].iter().all(|segment| segment.proposed.inserted.is_some())
    }

    /// The stretches of the next `len` units.
    pub(super) fn run(&mut self, mut len: usize) -> impl Iterator<Item = (Segment<'a>, usize)> {
        std::iter::from_fn(move || {
            let passed = if len > 0 { self.take(len)? } else { return None };
            len -= passed.1;
            Some(passed)
        })
    }
}
