//! Numbers of a column: which of point and comma sets off decimals, and what they are numbers of.

use terms::price::{Currency, Decimal, Separators, Untypable};

/// What sets off decimals. The other of the two, a space or an apostrophe may stand between thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl Mark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    fn separators(self) -> Separators {
        match self {
            Self::Point => Separators { decimal: '.', group: ',' },
            Self::Comma => Separators { decimal: ',', group: '.' },
        }
    }
}

/// What stands beside a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing.
    Bare,
    /// A percent sign.
    Percent,
    /// The sign, the name or the code of a currency, as it is written.
    Currency(String),
    /// Something else.
    Other,
}

/// Signs and names of currencies with their codes; empty for those of several.
const SIGNS: [(&str, &str); 38] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("rs", ""),
    ("₩", "KRW"),
    ("원", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("฿", "THB"),
    ("₱", "PHP"),
    ("₦", "NGN"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("ft", "HUF"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("us$", "USD"),
    ("$us", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("mx$", "MXN"),
    ("$", ""),
    ("¥", ""),
    ("kr", ""),
    ("fr", ""),
    ("lei", "RON"),
    ("руб", "RUB"),
];

/// The currency that a sign, a name or a code stands for. Nothing where it may be several, as `$`.
pub(super) fn currency(sign: &str) -> Option<Currency> {
    let small = sign.to_lowercase();
    let code = SIGNS.iter().find(|(it, _)| *it == small).map(|(_, code)| *code);
    Currency::parse(code.unwrap_or(&sign.to_uppercase()))
}

fn is_currency(sign: &str) -> bool {
    let small = sign.to_lowercase();
    SIGNS.iter().any(|(it, _)| *it == small) || Currency::parse(&sign.to_uppercase()).is_some()
}

/// What stands beside the number, and the number as each of [`Mark::ALL`] has it.
pub(super) fn read(text: &str) -> (Unit, [Result<Decimal, Untypable>; 2]) {
    let text = text.trim();
    let none = [Err(Untypable::Unclear); 2];
    // Neither a number nor a currency is longer.
    if text.len() > 60 || !text.contains(char::is_numeric) {
        return (Unit::Other, none);
    }
    let beside: String = text.chars().filter(|it| !it.is_numeric() && !is_mark(*it)).collect();
    let unit = match beside.as_str() {
        "" => Unit::Bare,
        "%" | "٪" | "％" => Unit::Percent,
        sign if is_currency(sign) => Unit::Currency(sign.to_owned()),
        _ => return (Unit::Other, none),
    };
    (unit, Mark::ALL.map(|mark| Decimal::written_with(text, mark.separators())))
}

/// A number, its decimals set off by this.
pub(super) fn number(text: &str, mark: Mark) -> Result<(Decimal, Unit), Untypable> {
    let (unit, [point, comma]) = read(text);
    let number = match mark {
        Mark::Point => point,
        Mark::Comma => comma,
    };
    Ok((number?, unit))
}

/// A number as it would be read with decimals set off by this; none where it would be none.
pub fn plain(text: &str, mark: Mark) -> Option<Decimal> {
    number(text, mark).ok().map(|(number, _)| number)
}

/// Whether a sign may stand in or around a number whatever it is a number of.
fn is_mark(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '.' | ',' | '\'' | '’' | '٫' | '٬' | '-' | '−' | '–' | '+' | '(' | ')')
        || matches!(sign, '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> [String; 2] {
        read(text).1.map(|it| it.map_or_else(|error| format!("{error:?}"), |it| it.to_string()))
    }

    #[test]
    fn a_number_is_read_both_ways() {
        assert_eq!(both("1,234.56"), ["1234.56", "Unclear"]);
        assert_eq!(both("1.234,56"), ["Unclear", "1234.56"]);
        assert_eq!(both("1.234"), ["1.234", "1234"]);
        assert_eq!(both("0.125"), ["0.125", "Unclear"]);
        assert_eq!(both("12,34,567"), ["1234567", "Unclear"]);
        for text in ["1 234,5", "1\u{a0}234,5", "1\u{202f}234,5", "1'234,5", "1’234,5"] {
            assert_eq!(both(text), ["Unclear", "1234.5"], "{text}");
        }
        for text in ["(1234)", "1234-", "-1234", "−1 234", "- 1'234", "€ -1234"] {
            assert_eq!(both(text), ["-1234", "-1234"], "{text}");
        }
        assert_eq!(both("1.2345678"), ["TooFine", "Unclear"]);
        assert_eq!(both("99999999999999999999"), ["TooLarge"; 2]);
        for text in ["12k", "4 5 6", "1.2.3", "12,34", "abc 5", "5 apples", "Q4 2016", "1-2"] {
            assert_eq!(both(text)[0], "Unclear", "{text}");
        }
    }

    #[test]
    fn currencies_are_told_by_sign_name_and_code() {
        let of = |text: &str| match read(text).0 {
            Unit::Currency(sign) => (currency(&sign).map(|it| it.code().to_owned()), sign),
            other => panic!("{text} has {other:?}"),
        };
        assert_eq!(of("€ 1.200"), (Some("EUR".into()), "€".into()));
        assert_eq!(of("1200 usd"), (Some("USD".into()), "usd".into()));
        assert_eq!(of("US$1,200.00"), (Some("USD".into()), "US$".into()));
        assert_eq!(of("$1,200.00"), (None, "$".into()));
        assert_eq!(of("12.50 kr."), (None, "kr".into()));
        assert_eq!(read("12 %").0, Unit::Percent);
        assert_eq!(read("12").0, Unit::Bare);
    }
}
