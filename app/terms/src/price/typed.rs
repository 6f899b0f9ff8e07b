//! Numbers as people type and paste them.

use super::{Currency, Decimal, decimal::SCALE};

/// Currencies that people name in letters behind an amount, in lower case and without points, besides codes of ISO 4217.
const NAMES: &str = "euro euros kr kč kc zł zl ft fr lei din rs rp km dh р руб грн лв ден сум дин 円 元 원 \
    دإ رس جم دك رق دب رع دأ دم دع دل دت دج";

/// How a language writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    /// Between the whole and its parts: `.` in English, `,` in German.
    pub decimal: char,
    /// Between thousands: `,` in English, `.` in German, a narrow space in French.
    pub group: char,
}

/// Why something typed is not a number that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untypable {
    /// It is not a number, or could be read as two different ones.
    Unclear,
    /// It has more than six decimals.
    TooFine,
    /// It is above [`Decimal::MAX`].
    TooLarge,
}

impl Decimal {
    /// Reads a number as its writer's language has it: with or without signs between thousands or lakhs, in the digits of
    /// most scripts, with a currency or a percent sign before or behind. Brackets around it, or a minus on either side,
    /// make it negative. What cannot be a number of that language is read with point and comma in other roles, where
    /// only one way makes sense: `1,5` in English, `1,234.56` in German.
    pub fn typed(text: &str, separators: Separators) -> Result<Self, Untypable> {
        let (is_negative, body) = bare(text).ok_or(Untypable::Unclear)?;
        number(is_negative, read(&body, separators).or_else(|| otherwise(&body)))
    }

    /// As [`Decimal::typed`], with point and comma in no other roles than these: for columns, whose numbers are all written
    /// one way.
    pub fn written_with(text: &str, separators: Separators) -> Result<Self, Untypable> {
        let (is_negative, body) = bare(text).ok_or(Untypable::Unclear)?;
        number(is_negative, read(&body, separators))
    }
}

/// The number of these digits before and behind the decimal sign.
fn number(is_negative: bool, digits: Option<(String, String)>) -> Result<Decimal, Untypable> {
    let (whole, part) = digits.ok_or(Untypable::Unclear)?;
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if part.len() > SCALE {
        return Err(Untypable::TooFine);
    }
    let number = Decimal::parse(&format!("{whole:0>1}.{part:0<1}")).ok_or(Untypable::TooLarge)?;
    Ok(if is_negative { Decimal(-number.0) } else { number })
}

/// The number in either of the two usual ways, unless both make sense and differ.
fn otherwise(body: &str) -> Option<(String, String)> {
    let comma = read(body, Separators { decimal: ',', group: '.' });
    let point = read(body, Separators { decimal: '.', group: ',' });
    match (comma, point) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// Whether it is negative, and the number itself in ASCII digits, without what stands around it. Nothing where that is
/// more than the sign of a currency.
fn bare(text: &str) -> Option<(bool, String)> {
    let text: String = text.chars().filter(|it| !is_direction(*it)).map(plain).collect();
    let is_digit = |it: char| it.is_ascii_digit();
    let first = text.find(is_digit)?;
    let (mut before, _) = text.split_at(first);
    // `.5` begins with its point; the point in `Rs. 5` or `Fr.5` is not one of the number.
    if let Some(shorter) = before.strip_suffix(['.', ','])
        && !shorter.ends_with(char::is_alphabetic)
    {
        before = shorter;
        if before.ends_with(['.', ',']) {
            return None;
        }
    }
    let end = text.rfind(is_digit)? + 1;
    let (body, behind) = (text.get(before.len()..end)?, text.get(end..)?);
    let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).collect::<String>();
    let has_more = before.chars().chain(behind.chars()).any(char::is_numeric);
    let is_clear = !has_more && letters(before).chars().count() <= 4 && is_currency(&letters(behind));
    let is_negative = before.contains('-')
        || behind.trim_start().starts_with('-')
        || (before.contains('(') && behind.contains(')'));
    is_clear.then(|| (is_negative, body.to_owned()))
}

/// Whether letters behind a number name a currency, or are none. Others may make it a thousand times as much, as in `100k`.
fn is_currency(letters: &str) -> bool {
    let name = letters.to_lowercase();
    name.is_empty()
        || NAMES.split(' ').any(|it| it == name)
        || Currency::parse(&letters.to_uppercase()).is_some()
}

/// The digits before and behind the decimal sign, if the body is a number written so.
fn read(body: &str, separators: Separators) -> Option<(String, String)> {
    let decimal = plain(separators.decimal);
    let (whole, part) = match body.split_once(decimal) {
        Some((whole, part)) => (whole, part),
        None => (body, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    // A space or an apostrophe between thousands is clear in any language; point and comma only where they are used so.
    let is_group = |it: char| it == ' ' || it == '\'' || (it == plain(separators.group) && it != decimal);
    let groups: Vec<&str> = whole.split(is_group).collect();
    let well_grouped = match groups.as_slice() {
        [] | [_] => true,
        [first, middle @ .., last] => {
            // `0.125` is an eighth in any language.
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && last.len() == 3
                // Lakhs and crores are grouped by two.
                && (middle.iter().all(|it| it.len() == 3) || middle.iter().all(|it| it.len() == 2))
        }
    };
    let kinds: Vec<char> = whole.chars().filter(|it| !it.is_ascii_digit()).collect();
    let one_kind = kinds.windows(2).all(|pair| pair.first() == pair.last());
    let is_number = well_grouped && one_kind && groups.iter().all(|it| digits(it));
    is_number.then(|| (groups.concat(), part.to_owned()))
}

/// A digit of any common script as an ASCII one, the signs that stand for point, comma, minus and space as those.
fn plain(sign: char) -> char {
    /// The zeros of the scripts whose digits stand in a row behind them.
    const ZEROS: [u32; 17] = [
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
        0xF20, 0x1040, 0xFF10,
    ];
    let code = u32::from(sign);
    if let Some(zero) = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)) {
        return char::from_digit(code - zero, 10).unwrap_or(sign);
    }
    match sign {
        '٫' => '.',
        '٬' => '\'',
        '，' => ',',
        '．' => '.',
        '−' | '–' | '－' => '-',
        '’' | '`' | '´' => '\'',
        _ if sign.is_whitespace() => ' ',
        _ => sign,
    }
}

/// Signs that only say in which direction to read.
fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
