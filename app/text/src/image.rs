//! The image that a line with `x-image` stands for.

use model::{BlobHash, limits};

use crate::{Attrs, Value};

/// An image: which bytes it shows, and how. The bytes are kept outside of the text, under their hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// `x-image`: the bytes.
    pub blob: BlobHash,
    /// `x-alt`: what somebody who cannot see it should know; empty while nobody has said so.
    pub alt: String,
    /// `x-width`: how much of the text's width it takes.
    pub width: Width,
    /// `x-size`: its own width and height in pixels where they are known, so that its place is kept free until the
    /// bytes are there.
    pub size: Option<(u32, u32)>,
}

/// How much of the text's width an image takes, at most: none is drawn larger than it is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Width {
    /// `small`: a third.
    Small,
    /// `half`.
    Half,
    /// All of it; absent in the shared text.
    #[default]
    Full,
}

/// The attribute that says that a line is an image.
pub(crate) const IMAGE: &str = "x-image";
/// Those beside it. They stand alone where somebody else took the image away meanwhile.
pub(crate) const BESIDE: [&str; 3] = [ALT, WIDTH, SIZE];
const ALT: &str = "x-alt";
const WIDTH: &str = "x-width";
const SIZE: &str = "x-size";

impl Width {
    /// The width of this name; all of it for any other.
    pub fn named(name: &str) -> Self {
        match name {
            "small" => Self::Small,
            "half" => Self::Half,
            _ => Self::Full,
        }
    }

    /// The word in the shared text; none for all of the width.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Small => Some("small"),
            Self::Half => Some("half"),
            Self::Full => None,
        }
    }
}

impl Image {
    /// An image of which nothing is known but its bytes.
    pub fn new(blob: BlobHash) -> Self {
        Self { blob, alt: String::new(), width: Width::default(), size: None }
    }

    /// This image with another text instead of it: one row, no longer than an attribute may be.
    pub fn described(mut self, alt: &str) -> Self {
        self.alt = one_row(alt);
        self
    }

    /// What `attrs` say of the image `blob`.
    pub(crate) fn read(blob: BlobHash, attrs: &Attrs) -> Self {
        let width = attrs.get(WIDTH).text().map(Width::named).unwrap_or_default();
        let alt = attrs.get(ALT).text().map(one_row).unwrap_or_default();
        Self { blob, alt, width, size: attrs.get(SIZE).text().and_then(read_size) }
    }

    /// This image as attributes.
    pub(crate) fn attrs(&self) -> Attrs {
        self.beside().with(IMAGE, Value::Text(self.blob.to_string()))
    }

    /// The attributes beside the one that names the bytes.
    fn beside(&self) -> Attrs {
        let mut attrs = Attrs::none();
        if !self.alt.is_empty() {
            attrs.set(ALT, Value::Text(self.alt.clone()));
        }
        if let Some(width) = self.width.name() {
            attrs.set(WIDTH, Value::Text(width.to_owned()));
        }
        if let Some((width, height)) = self.size {
            attrs.set(SIZE, Value::Text([width.to_string(), height.to_string()].join("x")));
        }
        attrs
    }
}

/// What `attrs` say of an image, where the line is none.
pub(crate) fn without_image(attrs: &Attrs) -> Attrs {
    Image::read(BlobHash([0; 32]), attrs).beside()
}

fn one_row(alt: &str) -> String {
    let row =
        alt.split(|char: char| char.is_control() || char.is_whitespace()).filter(|word| !word.is_empty());
    let row: String = row.collect::<Vec<_>>().join(" ").chars().take(limits::ALT_MAX).collect();
    row.trim_end().to_owned()
}

/// Sizes that no browser draws are none.
fn read_size(text: &str) -> Option<(u32, u32)> {
    const MOST: u32 = 65_535;
    let side = |text: &str| text.parse().ok().filter(|side| (1..=MOST).contains(side));
    let (width, height) = text.split_once('x')?;
    Some((side(width)?, side(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_one_row_of_bounded_length() {
        let image = Image::new(BlobHash([1; 32]));
        assert_eq!(image.clone().described(" Two\nrows\u{2028}and  a\ttab ").alt, "Two rows and a tab");
        let long = image.described(&"😀".repeat(2_000)).alt;
        assert_eq!(long.chars().count(), limits::ALT_MAX);
        assert!(long.len() <= 4_096, "the shared text takes no longer attribute");
    }

    #[test]
    fn odd_sizes_and_widths_are_none() {
        for odd in ["", "x", "0x5", "5x", "-5x5", "5x5x5", "70000x1", "1e3x4", " 1x1"] {
            assert_eq!(read_size(odd), None, "{odd:?}");
        }
        assert_eq!(read_size("640x480"), Some((640, 480)));
        let attrs = Attrs::none().with(WIDTH, Value::Text("huge".into()));
        assert_eq!(Image::read(BlobHash([1; 32]), &attrs), Image::new(BlobHash([1; 32])));
    }
}
