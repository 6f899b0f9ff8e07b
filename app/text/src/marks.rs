//! Marks: what is set on a stretch of text within a line.

use std::sync::Arc;

use crate::{Attrs, Proposed, Value};

/// What is set on a stretch of text within a line.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Marks {
    /// `bold`.
    pub bold: bool,
    /// `italic`.
    pub italic: bool,
    /// `underline`.
    pub underline: bool,
    /// `strike`.
    pub strike: bool,
    /// `code`.
    pub code: bool,
    /// `x-highlight`: marked as with a text marker, without a colour of its own.
    pub highlight: bool,
    /// `link`: the address; only http, https, mailto and tel are ever followed.
    pub link: Option<Arc<str>>,
    /// What is proposed for it, where suggestions are shown within the text.
    pub proposed: Proposed,
}

/// A mark that is either on or off; a link is none of them, since it has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Heavy letters.
    Bold,
    /// Slanted letters.
    Italic,
    /// A line below.
    Underline,
    /// A line through.
    Strike,
    /// Letters of equal width.
    Code,
    /// A coloured ground.
    Highlight,
}

const LINK: &str = "link";

impl Mark {
    /// Every mark, in the order in which toolbars show them.
    pub const ALL: [Self; 6] =
        [Self::Bold, Self::Italic, Self::Underline, Self::Strike, Self::Code, Self::Highlight];

    /// The attribute's name in the shared text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strike => "strike",
            Self::Code => "code",
            Self::Highlight => "x-highlight",
        }
    }
}

impl Marks {
    /// The marks that `attrs` set; names that are no marks are ignored.
    pub fn from_attrs(attrs: &Attrs) -> Self {
        let mut marks = Self::default();
        marks.update(attrs);
        marks
    }

    /// These marks as attributes.
    pub fn to_attrs(&self) -> Attrs {
        Self::default().change_to(self)
    }

    /// The attributes that turn these marks into `new`: `Null` for those to take away, nothing for those alike.
    pub fn change_to(&self, new: &Self) -> Attrs {
        let mut attrs = Attrs::none();
        for mark in Mark::ALL {
            if self.has(mark) != new.has(mark) {
                attrs.set(mark.name(), if new.has(mark) { Value::True } else { Value::Null });
            }
        }
        if self.link != new.link {
            attrs.set(LINK, new.link.as_deref().map_or(Value::Null, |link| Value::Text(link.to_owned())));
        }
        if self.proposed != new.proposed {
            for (name, value) in self.proposed.change_to(&new.proposed).iter() {
                attrs.set(name, value.clone());
            }
        }
        attrs
    }

    /// Whether nothing is set.
    pub fn is_plain(&self) -> bool {
        self.link.is_none() && self.proposed.is_none() && !Mark::ALL.into_iter().any(|mark| self.has(mark))
    }

    /// Whether `mark` is set.
    pub fn has(&self, mark: Mark) -> bool {
        match mark {
            Mark::Bold => self.bold,
            Mark::Italic => self.italic,
            Mark::Underline => self.underline,
            Mark::Strike => self.strike,
            Mark::Code => self.code,
            Mark::Highlight => self.highlight,
        }
    }

    /// These marks with `mark` on or off.
    pub fn with(mut self, mark: Mark, on: bool) -> Self {
        *self.flag(mark) = on;
        self
    }

    /// These marks with a link to `address`, or with none.
    pub fn linked(mut self, address: Option<&str>) -> Self {
        self.link = address.filter(|address| !address.is_empty()).map(Arc::from);
        self
    }

    /// Those set in both; a link only if it leads to the same place.
    pub fn common(mut self, other: &Self) -> Self {
        for mark in Mark::ALL {
            *self.flag(mark) &= other.has(mark);
        }
        if self.link != other.link {
            self.link = None;
        }
        if self.proposed != other.proposed {
            self.proposed = Proposed::default();
        }
        self
    }

    /// Takes over what `attrs` say of marks; tells whether anything changed.
    pub(crate) fn update(&mut self, attrs: &Attrs) -> bool {
        let mut changed = false;
        for mark in Mark::ALL {
            if let Some(value) = attrs.find(mark.name()) {
                let flag = self.flag(mark);
                changed |= *flag != value.is_set();
                *flag = value.is_set();
            }
        }
        if let Some(value) = attrs.find(LINK) {
            changed |= self.link.as_deref() != value.text();
            self.link = value.text().map(Arc::from);
        }
        changed | self.proposed.update(attrs)
    }

    fn flag(&mut self, mark: Mark) -> &mut bool {
        match mark {
            Mark::Bold => &mut self.bold,
            Mark::Italic => &mut self.italic,
            Mark::Underline => &mut self.underline,
            Mark::Strike => &mut self.strike,
            Mark::Code => &mut self.code,
            Mark::Highlight => &mut self.highlight,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_come_back_as_they_went() {
        let marks = Marks::default().with(Mark::Bold, true).linked(Some("https://a.example"));
        assert_eq!(Marks::from_attrs(&marks.to_attrs()), marks);
        assert_eq!(
            marks.change_to(&Marks::default().with(Mark::Code, true)),
            Attrs::none().with("bold", Value::Null).with("code", Value::True).with("link", Value::Null)
        );
    }

    #[test]
    fn unknown_and_false_attributes_set_nothing() {
        let attrs = Attrs::none().with("bold", Value::Null).with("font", Value::Text("serif".into()));
        assert!(Marks::from_attrs(&attrs).is_plain());
    }
}
