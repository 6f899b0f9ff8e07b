use terms::price::{Separators, Untypable};

use super::*;

const ENGLISH: Separators = Separators { decimal: '.', group: ',' };
const GERMAN: Separators = Separators { decimal: ',', group: '.' };
const FRENCH: Separators = Separators { decimal: ',', group: '\u{202f}' };
const SWISS: Separators = Separators { decimal: '.', group: '’' };
const ARABIC: Separators = Separators { decimal: '٫', group: '٬' };

fn typed(text: &str, separators: Separators) -> Result<String, Untypable> {
    Ok(Decimal::typed(text, separators)?.to_string())
}

#[test]
fn numbers_are_read_as_their_language_has_them() {
    for (text, separators) in [
        ("1,234,567.89", ENGLISH),
        ("1234567.89", ENGLISH),
        ("$1,234,567.89", ENGLISH),
        ("USD 1,234,567.89", ENGLISH),
        ("12,34,567.89", ENGLISH),
        ("1.234.567,89", GERMAN),
        ("1.234.567,89 €", GERMAN),
        ("1\u{202f}234\u{202f}567,89", FRENCH),
        ("1\u{a0}234\u{a0}567,89 EUR", FRENCH),
        ("1 234 567,89", FRENCH),
        ("1’234’567.89", SWISS),
        ("CHF 1'234'567.89", SWISS),
        ("१२,३४,५६७.८९", ENGLISH),
        ("₹१२,३४,५६७.८९", ENGLISH),
        ("١٬٢٣٤٬٥٦٧٫٨٩", ARABIC),
        ("１，２３４，５６７．８９", ENGLISH),
        ("Rs. 12,34,567.89", ENGLISH),
        ("  1,234,567.890  ", ENGLISH),
    ] {
        assert_eq!(typed(text, separators).as_deref(), Ok("1234567.89"), "{text}");
    }
}

#[test]
fn what_is_clear_in_another_language_is_read_as_that() {
    for (text, separators, value) in [
        ("1,5", ENGLISH, "1.5"),
        ("1.5", GERMAN, "1.5"),
        ("1,234.56", GERMAN, "1234.56"),
        ("1.234,56", ENGLISH, "1234.56"),
        ("1.234,56", FRENCH, "1234.56"),
        ("1 234,56", ENGLISH, "1234.56"),
        ("1,234", ENGLISH, "1234"),
        ("1.234", GERMAN, "1234"),
        ("1.234", ENGLISH, "1.234"),
        ("1,234", GERMAN, "1.234"),
        (".5", ENGLISH, "0.5"),
        (",5", GERMAN, "0.5"),
        ("007", ENGLISH, "7"),
        ("4%", ENGLISH, "4"),
        ("1250.-", SWISS, "1250"),
        ("1250.–", SWISS, "1250"),
        // No thousands begin with a zero.
        ("0.125", GERMAN, "0.125"),
        ("0,500", ENGLISH, "0.5"),
        ("100円", ENGLISH, "100"),
        ("99 usd", ENGLISH, "99"),
        ("1250 Euro", GERMAN, "1250"),
        ("1.250,50 kr.", GERMAN, "1250.5"),
        ("1 250,50 Kč", FRENCH, "1250.5"),
        ("1.250,50 د.إ.", GERMAN, "1250.5"),
        ("1,000,000,000,000,000", ENGLISH, "1000000000000000"),
    ] {
        assert_eq!(typed(text, separators).as_deref(), Ok(value), "{text}");
    }
}

#[test]
fn a_sign_on_either_side_or_brackets_make_it_negative() {
    for text in ["-5", "−5", "5-", "(5)", "-$5", "$-5", "($5.00)", "\u{200e}-5"] {
        assert_eq!(typed(text, ENGLISH).as_deref(), Ok("-5"), "{text}");
    }
}

#[test]
fn what_is_no_number_is_told() {
    for text in [
        "",
        " ",
        "abc",
        "12 apples",
        "1.2.3",
        "1,23,4",
        "1-2",
        "1e5",
        "12:30",
        "five",
        "1'23",
        "1,2,3",
        "..5",
        "0,500,000",
        // A thousand times as much, or half more, is not to be read as this.
        "100k",
        "1.5m",
        "2 Mio",
        "3 bn",
        "2 lakh",
        "5万",
        "1½",
        "½5",
        "5²",
    ] {
        assert_eq!(typed(text, ENGLISH), Err(Untypable::Unclear), "{text}");
    }
    // In French neither is a sign between thousands, so this may be either.
    assert_eq!(typed("1.234", FRENCH), Err(Untypable::Unclear));
    assert_eq!(typed("1.1234567", ENGLISH), Err(Untypable::TooFine));
    assert_eq!(typed("1000000000000001", ENGLISH), Err(Untypable::TooLarge));
    assert_eq!(typed(&"9".repeat(500), ENGLISH), Err(Untypable::TooLarge));
}

#[test]
fn what_is_written_is_read_again() {
    let seed = 11;
    let mut random = fastrand::Rng::with_seed(seed);
    for step in 0..5_000 {
        let text = format!("{}.{:06}", random.u64(0..1_000_000_000_000_000), random.u32(0..1_000_000));
        let value = number(&text);
        let text = value.to_string();
        assert_eq!(Decimal::parse(&text), Some(value), "seed {seed} step {step}: {text}");
        for separators in [ENGLISH, GERMAN, FRENCH, SWISS, ARABIC] {
            let point = separators.decimal.to_string();
            let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
            let first = whole.len() % 3;
            let mut groups: Vec<&str> =
                (first..whole.len()).step_by(3).map(|at| &whole[at..at + 3]).collect();
            if first > 0 {
                groups.insert(0, &whole[..first]);
            }
            let whole = groups.join(&separators.group.to_string());
            let there = if part.is_empty() { whole } else { format!("{whole}{point}{part}") };
            assert_eq!(Decimal::typed(&there, separators), Ok(value), "seed {seed} step {step}: {there}");
        }
    }
}

#[test]
fn only_what_this_program_writes_is_stored() {
    for text in ["", "-", ".", "1.", ".5", "+1", "1,5", "1e5", " 1", "1.0000000", "99999999999999999", "１"]
    {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
    assert_eq!(Decimal::parse("-12.50").map(|it| it.to_string()).as_deref(), Some("-12.5"));
}
