//! Attributes as they stand in the shared text: a few names with a value each.

/// The value of an attribute. `Null` in a change takes the attribute away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Not set; in a change: remove it. `false` from other programs is read as this.
    Null,
    /// Set, as for `bold: true`.
    True,
    /// A whole number, as for `header: 2`.
    Int(i64),
    /// A word or an address, as for `list: "bullet"`.
    Text(String),
}

impl Value {
    /// Whether an attribute of this value counts as set.
    pub fn is_set(&self) -> bool {
        !matches!(self, Self::Null | Self::Int(0))
    }

    /// The word or address, if it is one and not empty.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// Attributes by name, sorted by name, each name once. Mostly empty, so an empty one costs no memory.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Attrs(Vec<(String, Value)>);

impl Attrs {
    /// No attributes.
    pub fn none() -> Self {
        Self::default()
    }

    /// These attributes with `name` set to `value`.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.set(name, value);
        self
    }

    /// Sets one attribute, replacing an earlier value of that name.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.0.binary_search_by(|(have, _)| have.as_str().cmp(name)) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name.to_owned(), value)),
        }
    }

    /// Speaks no more of `name`.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Ok(at) = self.0.binary_search_by(|(have, _)| have.as_str().cmp(name)) {
            self.0.remove(at);
        }
    }

    /// The value of `name`; a missing one is [`Value::Null`].
    pub fn get(&self, name: &str) -> &Value {
        self.find(name).unwrap_or(&Value::Null)
    }

    /// The value of `name` where these attributes speak of it at all; `Null` then means "take it away".
    pub fn find(&self, name: &str) -> Option<&Value> {
        let at = self.0.binary_search_by(|(have, _)| have.as_str().cmp(name)).ok()?;
        Some(&self.0[at].1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl FromIterator<(String, Value)> for Attrs {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(pairs: T) -> Self {
        let mut attrs = Self::none();
        for (name, value) in pairs {
            attrs.set(&name, value);
        }
        attrs
    }
}
