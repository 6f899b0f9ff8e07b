//! What the `style` of an element says about its words.

use text::Align;

/// The little of an element's own style that a text can keep. What is not said is `None`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// `font-weight`.
    pub(super) bold: Option<bool>,
    /// `font-style`.
    pub(super) italic: Option<bool>,
    /// `text-decoration`: a line below.
    pub(super) underline: Option<bool>,
    /// `text-decoration`: a line through.
    pub(super) strike: Option<bool>,
    /// A ground with a colour of its own.
    pub(super) highlight: bool,
    /// `text-align`.
    pub(super) align: Option<Align>,
    /// `white-space`: whether spaces and line ends count.
    pub(super) spaced: Option<bool>,
    /// `font-family`: letters of equal width.
    pub(super) even: bool,
    /// Whether it is not to be seen.
    pub(super) hidden: bool,
    /// Whether the marker of a list item is not to be seen.
    pub(super) unmarked: bool,
    /// Whether its sides have no line, as where a quotation only stands for an indent.
    pub(super) borderless: bool,
    /// Word's `mso-list`: the step of a list item, from 1.
    pub(super) word_level: Option<u8>,
    /// Word's `mso-list: Ignore`: the marker of a list item, written out.
    pub(super) word_marker: bool,
}

impl Style {
    pub(super) fn of(source: &str) -> Self {
        let mut style = Self::default();
        for (name, value) in source.split(';').filter_map(|it| it.split_once(':')) {
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().to_ascii_lowercase();
            style.take(&name, value.trim_end_matches("!important").trim_end());
        }
        style
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "font-weight" => {
                self.bold = match value {
                    "bold" | "bolder" => Some(true),
                    "normal" | "lighter" => Some(false),
                    _ => value.parse::<u16>().ok().map(|weight| weight >= 600),
                }
            }
            "font-style" => self.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.underline = Some(value.contains("underline"));
                self.strike = Some(value.contains("line-through"));
            }
            "background" | "background-color" => self.highlight = is_coloured(value),
            "text-align" => self.align = align(value),
            "white-space" => {
                self.spaced = Some(value.starts_with("pre") && value != "pre-line" || value == "break-spaces")
            }
            "font-family" => {
                self.even = ["mono", "courier", "consolas", "menlo"].iter().any(|name| value.contains(name));
            }
            "display" => self.hidden |= value == "none",
            "visibility" => self.hidden |= value == "hidden" || value == "collapse",
            "mso-hide" => self.hidden |= value == "all",
            "list-style" | "list-style-type" => self.unmarked = value.starts_with("none"),
            "border" | "border-left" => self.borderless = value.contains("none") || value.starts_with('0'),
            "mso-list" if value.starts_with("ignore") => self.word_marker = true,
            "mso-list" => {
                let level = value.split_whitespace().find_map(|word| word.strip_prefix("level"));
                self.word_level = level.and_then(|level| level.parse().ok());
            }
            _ => {}
        }
    }
}

/// What `text-align`, or the attribute `align`, says.
pub(super) fn align(value: &str) -> Option<Align> {
    match value.trim().to_ascii_lowercase().trim_start_matches("-webkit-") {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "justify" => Some(Align::Justify),
        "left" | "start" => Some(Align::Start),
        _ => None,
    }
}

/// Whether a ground stands out by its colour. White, grey and black are what whole pages are painted with.
fn is_coloured(value: &str) -> bool {
    /// How far the parts of a colour must be apart.
    const APART: u8 = 32;
    let Some(first) = value.split_whitespace().next().filter(|_| !value.contains("url(")) else {
        return false;
    };
    let parts = match (first.strip_prefix('#'), value.split_once('(')) {
        (Some(hex), _) => hex_parts(hex),
        (None, Some((name, rest))) if name.trim().starts_with("rgb") => rgb_parts(rest),
        (None, Some(_)) => None,
        (None, None) => return COLOURS.contains(&first),
    };
    parts.is_some_and(|[red, green, blue]| red.max(green).max(blue) - red.min(green).min(blue) >= APART)
}

/// Colours by name that stand out, as text markers have them.
const COLOURS: [&str; 18] = [
    "yellow",
    "lime",
    "aqua",
    "cyan",
    "fuchsia",
    "magenta",
    "red",
    "blue",
    "green",
    "orange",
    "pink",
    "gold",
    "lightyellow",
    "lightgreen",
    "lightblue",
    "lightpink",
    "teal",
    "purple",
];

fn hex_parts(hex: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = hex.chars().map_while(|ch| ch.to_digit(16)).map(|digit| digit as u8).collect();
    match digits.as_slice() {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, g, b, a] if *a > 0 => Some([r * 17, g * 17, b * 17]),
        [r1, r2, g1, g2, b1, b2] => Some([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2]),
        [r1, r2, g1, g2, b1, b2, a1, a2] if a1 + a2 > 0 => Some([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2]),
        _ => None,
    }
}

/// The parts of `255, 242, 0)` or `255 242 0 / 0.5)`, unless nothing is to be seen of it.
fn rgb_parts(rest: &str) -> Option<[u8; 3]> {
    let inner = rest.split(')').next()?;
    let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let mut part = || parts.next()?.split('.').next()?.parse().ok();
    let colour = [part()?, part()?, part()?];
    let unseen = parts.next().is_some_and(|alpha| alpha.trim_matches(['0', '.', '%']).is_empty());
    (!unseen).then_some(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_look_like_is_read() {
        let style = Style::of(
            "FONT-WEIGHT: 700; font-style:normal;text-decoration: underline line-through !important",
        );
        assert_eq!((style.bold, style.italic), (Some(true), Some(false)));
        assert_eq!((style.underline, style.strike), (Some(true), Some(true)));
        assert_eq!(
            Style::of("font-weight:400;mso-list:l0 level2 lfo1;text-align:-webkit-center"),
            Style { bold: Some(false), word_level: Some(2), align: Some(Align::Center), ..Style::default() }
        );
        assert!(Style::of("display : none").hidden && Style::of("mso-list:Ignore").word_marker);
        assert_eq!(Style::of("background:url(https://x.example/track?a;b:c)"), Style::default());
    }

    #[test]
    fn only_colours_stand_out() {
        for colour in
            ["yellow", "#ff0", "#fff2cc", "rgb(255, 242, 0)", "rgba(255,0,0,.5)", "#ffff0080", "yellow none"]
        {
            assert!(is_coloured(colour), "{colour}");
        }
        for plain in [
            "transparent",
            "white",
            "#fff",
            "#1f1f1f",
            "rgb(246, 248, 250)",
            "rgba(255, 0, 0, 0)",
            "#ff000000",
            "",
            "inherit",
            "url(x)",
        ] {
            assert!(!is_coloured(plain), "{plain}");
        }
    }
}
