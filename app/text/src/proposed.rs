//! What is proposed for a stretch of text or for a line's end, where suggestions are shown within the text.
//!
//! It stands beside the marks, and only in a text that [`crate::suggest::project`] made: no shared text holds it.

use crate::{Attrs, Value};

/// Who suggests, as a small number that holds for one text on the screen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Who(pub u8);

impl Who {
    /// This device's person.
    pub const ME: Self = Self(1);

    /// The one with this number among the others, from 0. Those after the thirtieth share a number.
    pub fn other(at: usize) -> Self {
        Self(at.min(29) as u8 + 2)
    }

    fn bit(self) -> u32 {
        1 << self.0.min(31)
    }
}

/// Several who suggest the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Several(u32);

impl Several {
    /// Whether it is nobody.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether `who` is one of them.
    pub fn has(self, who: Who) -> bool {
        self.0 & who.bit() != 0
    }

    /// These and `who`.
    pub fn and(self, who: Who) -> Self {
        Self(self.0 | who.bit())
    }

    /// That these want another look, as attributes of a change.
    pub(crate) fn as_look(self) -> Attrs {
        Attrs::none().with(FORMATTED, Value::Int(i64::from(self.0)))
    }

    /// The one who stands for all of them: this device's person, or the one with the lowest number.
    pub fn first(self) -> Option<Who> {
        (!self.is_none()).then(|| Who(self.0.trailing_zeros() as u8))
    }
}

/// What is proposed for a stretch of text or for a line's end.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Proposed {
    /// Who wants it in; it is not in the text itself.
    pub inserted: Option<Who>,
    /// Who want it out.
    pub deleted: Several,
    /// Who want another look for it.
    pub formatted: Several,
}

const INSERTED: &str = "x-inserted";
const DELETED: &str = "x-deleted";
const FORMATTED: &str = "x-formatted";

impl Proposed {
    /// Whether nothing is proposed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this device's person proposes any of it.
    pub fn is_mine(&self) -> bool {
        self.inserted == Some(Who::ME) || self.deleted.has(Who::ME) || self.formatted.has(Who::ME)
    }

    /// Whether it is somebody else's insertion.
    pub fn is_others_words(&self) -> bool {
        self.inserted.is_some_and(|who| who != Who::ME)
    }

    /// It as attributes of a change.
    pub(crate) fn to_attrs(self) -> Attrs {
        Self::default().change_to(&self)
    }

    /// The attributes that turn it into `new`.
    pub(crate) fn change_to(&self, new: &Self) -> Attrs {
        let mut attrs = Attrs::none();
        let mut set = |name: &str, old: u32, new: u32| {
            if old != new {
                attrs.set(name, if new == 0 { Value::Null } else { Value::Int(i64::from(new)) });
            }
        };
        let number = |who: Option<Who>| who.map_or(0, |who| u32::from(who.0));
        set(INSERTED, number(self.inserted), number(new.inserted));
        set(DELETED, self.deleted.0, new.deleted.0);
        set(FORMATTED, self.formatted.0, new.formatted.0);
        attrs
    }

    /// Takes over what `attrs` say of it; tells whether anything changed.
    pub(crate) fn update(&mut self, attrs: &Attrs) -> bool {
        if attrs.is_empty() {
            return false;
        }
        let before = *self;
        let number = |value: &Value| if let Value::Int(number) = value { *number as u32 } else { 0 };
        if let Some(value) = attrs.find(INSERTED) {
            self.inserted = Some(Who(number(value) as u8)).filter(|who| who.0 != 0);
        }
        if let Some(value) = attrs.find(DELETED) {
            self.deleted = Several(number(value));
        }
        if let Some(value) = attrs.find(FORMATTED) {
            self.formatted = Several(number(value));
        }
        before != *self
    }

    /// Whether `attrs` say anything of it.
    pub fn is_in(attrs: &Attrs) -> bool {
        [INSERTED, DELETED, FORMATTED].iter().any(|name| attrs.find(name).is_some())
    }

    /// `attrs` without what they say of it.
    pub fn without(attrs: &Attrs) -> Attrs {
        let mut rest = attrs.clone();
        [INSERTED, DELETED, FORMATTED].iter().for_each(|name| rest.remove(name));
        rest
    }
}
