//! The format of a line, and how it is written as attributes of the `\n` that ends the line.

use model::BlobHash;

use crate::image::{self, IMAGE, Image};
use crate::{Attrs, Value};

/// What kind of line it is.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// Running text; with an indent it continues the list item above it.
    #[default]
    Paragraph,
    /// `header: 1..=6`.
    Heading(u8),
    /// `list: bullet`.
    Bullet,
    /// `list: ordered`.
    Ordered,
    /// `list: checked` or `unchecked`.
    Check {
        /// Whether the box is ticked.
        done: bool,
    },
    /// `code-block`: true or the language's name.
    Code {
        /// Language, empty when not named.
        language: String,
    },
    /// `x-divider`: a rule across the page; the line's text is empty.
    Divider,
    /// `x-table`: the grid with this id stands here; the line's text is empty.
    Table(String),
    /// `x-image`: this image stands here; the line's text is empty.
    Image(Image),
}

/// Where a line's text stands. Start is the default and absent in the shared text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Along the reading direction's start.
    #[default]
    Start,
    /// `align: center`.
    Center,
    /// `align: right`, the far side.
    End,
    /// `align: justify`.
    Justify,
}

/// What a line stands within, together with its neighbours that stand in the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// The text itself.
    #[default]
    Text,
    /// `blockquote`: a quotation.
    Quote,
    /// `x-callout`: a box that sets what it says apart from the rest. Shown where a line is in both.
    Callout,
}

/// The format of a line, carried by the `\n` that ends it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct LineFormat {
    /// What kind of line it is.
    pub block: Block,
    /// `blockquote`, `x-callout`: what the line stands in; may go with any kind.
    pub within: Within,
    /// `indent`: 0..=8 steps.
    pub indent: u8,
    /// `align`.
    pub align: Align,
}

/// The attributes that say what kind a line is. When two people set different ones at the same time a line has both;
/// the first in this order is shown, and the rest is remembered so that all see the same whatever the order of arrival.
const KINDS: [&str; 6] = ["x-table", IMAGE, "x-divider", "code-block", "header", "list"];
const QUOTE: &str = "blockquote";
const CALLOUT: &str = "x-callout";
const INDENT: &str = "indent";
const ALIGN: &str = "align";

impl Block {
    /// A list item of any kind.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Bullet | Self::Ordered | Self::Check { .. })
    }

    /// A line of code.
    pub fn is_code(&self) -> bool {
        matches!(self, Self::Code { .. })
    }

    /// A line that stands for something else than text: a divider, a table or an image.
    pub fn is_void(&self) -> bool {
        matches!(self, Self::Divider | Self::Table(_) | Self::Image(_))
    }

    /// The same kind, whatever the tick, the language, the table or the image.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Heading(one), Self::Heading(two)) => one == two,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    fn attrs(&self) -> Attrs {
        let text = |word: &str| Value::Text(word.to_owned());
        let (name, value) = match self {
            Self::Paragraph => return Attrs::none(),
            Self::Image(image) => return image.attrs(),
            Self::Heading(level) => ("header", Value::Int(i64::from((*level).clamp(1, 6)))),
            Self::Bullet => ("list", text("bullet")),
            Self::Ordered => ("list", text("ordered")),
            Self::Check { done: true } => ("list", text("checked")),
            Self::Check { done: false } => ("list", text("unchecked")),
            Self::Code { language } if language.is_empty() => ("code-block", Value::True),
            Self::Code { language } => ("code-block", text(language)),
            Self::Divider => ("x-divider", Value::True),
            Self::Table(id) => ("x-table", text(id)),
        };
        Attrs::none().with(name, value)
    }

    fn from_attr(name: &str, attrs: &Attrs) -> Option<Self> {
        Some(match (name, attrs.get(name)) {
            (_, value) if !value.is_set() => return None,
            ("x-table", value) => Self::Table(value.text()?.to_owned()),
            (IMAGE, value) => Self::Image(Image::read(BlobHash::parse(value.text()?)?, attrs)),
            ("x-divider", _) => Self::Divider,
            ("code-block", value) => Self::Code { language: value.text().unwrap_or_default().to_owned() },
            ("header", Value::Int(level @ 1..)) => Self::Heading((*level).min(6) as u8),
            ("list", value) => match value.text()? {
                "bullet" => Self::Bullet,
                "ordered" => Self::Ordered,
                "checked" => Self::Check { done: true },
                "unchecked" => Self::Check { done: false },
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The kind that `attrs` say, and the attributes of other kinds that stand behind it.
    fn resolve(attrs: &Attrs) -> (Self, Attrs) {
        let mut shown = None;
        let mut hidden = Attrs::none();
        let mut is_image = false;
        for name in KINDS {
            let Some(block) = Self::from_attr(name, attrs) else { continue };
            is_image |= name == IMAGE;
            if shown.is_none() {
                shown = Some(block);
            } else {
                block.attrs().iter().for_each(|(name, value)| hidden.set(name, value.clone()));
            }
        }
        if !is_image {
            image::without_image(attrs).iter().for_each(|(name, value)| hidden.set(name, value.clone()));
        }
        (shown.unwrap_or_default(), hidden)
    }
}

impl Align {
    fn attr(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Center => Some("center"),
            Self::End => Some("right"),
            Self::Justify => Some("justify"),
        }
    }

    fn from_attr(value: &Value) -> Self {
        match value.text() {
            Some("center") => Self::Center,
            Some("right") => Self::End,
            Some("justify") => Self::Justify,
            _ => Self::Start,
        }
    }
}

impl Within {
    fn attr(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Quote => Some(QUOTE),
            Self::Callout => Some(CALLOUT),
        }
    }
}

impl From<Block> for LineFormat {
    fn from(block: Block) -> Self {
        Self { block, ..Self::default() }
    }
}

impl LineFormat {
    /// The format that `attrs` say; names that are no line attributes are ignored.
    pub fn from_attrs(attrs: &Attrs) -> Self {
        let mut format = Self::default();
        format.update(&mut Attrs::none(), attrs);
        format
    }

    /// This format as attributes.
    pub fn to_attrs(&self) -> Attrs {
        Self::default().change_to(self)
    }

    /// The attributes that turn this format into `new`: `Null` for those to take away, nothing for those alike.
    pub fn change_to(&self, new: &Self) -> Attrs {
        let mut attrs = Attrs::none();
        if self.block != new.block {
            let (old, new) = (self.block.attrs(), new.block.attrs());
            let gone = old.iter().filter(|(name, _)| new.find(name).is_none());
            gone.for_each(|(name, _)| attrs.set(name, Value::Null));
            // What stays is not named, so that two people can change two things about one image.
            let other = new.iter().filter(|(name, value)| old.find(name) != Some(value));
            other.for_each(|(name, value)| attrs.set(name, value.clone()));
        }
        if self.within != new.within {
            if let Some(name) = self.within.attr() {
                attrs.set(name, Value::Null);
            }
            if let Some(name) = new.within.attr() {
                attrs.set(name, Value::True);
            }
        }
        if self.indent != new.indent {
            let indent = i64::from(new.indent.min(Self::MAX_INDENT));
            attrs.set(INDENT, if indent == 0 { Value::Null } else { Value::Int(indent) });
        }
        if self.align != new.align {
            attrs.set(ALIGN, new.align.attr().map_or(Value::Null, |word| Value::Text(word.to_owned())));
        }
        attrs
    }

    /// Whether `new` shows something else in the place of the attribute `name`, which is one that may stand behind another.
    pub(crate) fn differs_in(&self, name: &str, new: &Self) -> bool {
        if name == QUOTE { self.within != new.within } else { self.block != new.block }
    }

    /// The deepest indent, in steps.
    pub const MAX_INDENT: u8 = 8;

    /// Takes over what `attrs` say of lines; `hidden` holds what stands behind what is shown. Tells whether the
    /// format changed.
    pub(crate) fn update(&mut self, hidden: &mut Attrs, attrs: &Attrs) -> bool {
        let before = self.clone();
        let (mut callout, mut quote) =
            (self.within == Within::Callout, self.within == Within::Quote || hidden.find(QUOTE).is_some());
        hidden.remove(QUOTE);
        let names = KINDS.into_iter().chain(image::BESIDE);
        if names.clone().any(|name| attrs.find(name).is_some()) {
            let mut all = std::mem::take(hidden);
            self.block.attrs().iter().for_each(|(name, value)| all.set(name, value.clone()));
            for name in names {
                if let Some(value) = attrs.find(name) {
                    all.set(name, value.clone());
                }
            }
            (self.block, *hidden) = Block::resolve(&all);
        }
        if let Some(value) = attrs.find(CALLOUT) {
            callout = value.is_set();
        }
        if let Some(value) = attrs.find(QUOTE) {
            quote = value.is_set();
        }
        if callout && quote {
            hidden.set(QUOTE, Value::True);
        }
        self.within = match (callout, quote) {
            (true, _) => Within::Callout,
            (false, true) => Within::Quote,
            (false, false) => Within::Text,
        };
        if let Some(value) = attrs.find(INDENT) {
            self.indent = match value {
                Value::Int(steps) => (*steps).clamp(0, i64::from(Self::MAX_INDENT)) as u8,
                _ => 0,
            };
        }
        if let Some(value) = attrs.find(ALIGN) {
            self.align = Align::from_attr(value);
        }
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Width;

    #[test]
    fn attributes_come_back_as_they_went() {
        for block in [
            Block::Paragraph,
            Block::Heading(3),
            Block::Bullet,
            Block::Ordered,
            Block::Check { done: true },
            Block::Check { done: false },
            Block::Code { language: String::new() },
            Block::Code { language: "rust".into() },
            Block::Divider,
            Block::Table("t1".into()),
            Block::Image(Image { width: Width::Half, size: Some((640, 480)), ..image(7, "A map") }),
        ] {
            let format = LineFormat { block, within: Within::Callout, indent: 2, align: Align::End };
            assert_eq!(LineFormat::from_attrs(&format.to_attrs()), format);
        }
    }

    fn image(byte: u8, alt: &str) -> Image {
        Image::new(BlobHash([byte; 32])).described(alt)
    }

    #[test]
    fn a_change_of_an_image_names_only_what_changes() {
        let old = LineFormat::from(Block::Image(image(7, "A map")));
        let wide = Image { width: Width::Small, ..image(7, "A map") };
        assert_eq!(
            old.change_to(&Block::Image(wide).into()),
            Attrs::none().with("x-width", Value::Text("small".into()))
        );
        assert_eq!(
            old.change_to(&Block::Image(image(7, "")).into()),
            Attrs::none().with("x-alt", Value::Null)
        );
        let gone = Attrs::none().with("x-image", Value::Null).with("x-alt", Value::Null);
        assert_eq!(old.change_to(&LineFormat::default()), gone);
    }

    #[test]
    fn what_is_said_of_an_image_is_remembered_while_the_line_is_none() {
        let (mut format, mut hidden) = (LineFormat::default(), Attrs::none());
        let alt = Attrs::none().with("x-alt", Value::Text("A map".into()));
        assert!(!format.update(&mut hidden, &alt), "nothing of it shows");
        let name = Value::Text("07".repeat(32));
        assert!(format.update(&mut hidden, &Attrs::none().with("x-image", name)));
        assert_eq!((format.block, hidden), (Block::Image(image(7, "A map")), Attrs::none()));
    }

    #[test]
    fn a_change_takes_the_old_kind_away() {
        let change = LineFormat::from(Block::Heading(1)).change_to(&Block::Bullet.into());
        assert_eq!(
            change,
            Attrs::none().with("header", Value::Null).with("list", Value::Text("bullet".into()))
        );
    }

    #[test]
    fn odd_values_are_brought_into_range() {
        let attrs = Attrs::none()
            .with("header", Value::Int(9))
            .with("indent", Value::Int(-3))
            .with("align", Value::Text("left".into()))
            .with("list", Value::Text("roman".into()));
        assert_eq!(LineFormat::from_attrs(&attrs), Block::Heading(6).into());
    }
}
