/// What a coloured ground or drawing means. Shape or words repeat the meaning; a tone never stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Advice, or the thing chosen.
    Accent,
    /// Done, cleared, received.
    Ok,
    /// Look at this.
    Warn,
    /// Cannot go on.
    Danger,
    /// Belongs to the selling side.
    Seller,
    /// Belongs to the buying side.
    Buyer,
}

impl Tone {
    /// The value of `data-tone` in the style sheets; none for a plain tone.
    pub(crate) fn attr(self) -> Option<&'static str> {
        match self {
            Tone::Plain => None,
            Tone::Accent => Some("accent"),
            Tone::Ok => Some("ok"),
            Tone::Warn => Some("warn"),
            Tone::Danger => Some("danger"),
            Tone::Seller => Some("seller"),
            Tone::Buyer => Some("buyer"),
        }
    }
}
