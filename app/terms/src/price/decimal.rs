//! Exact numbers with up to six decimals.

use std::fmt;

use super::{Currency, Money};

/// How many decimals there are.
pub(crate) const SCALE: usize = 6;
/// One, in millionths.
pub(crate) const ONE: i128 = 1_000_000;

/// A quantity, a price for one, a percentage: a whole number of millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(pub(crate) i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(ONE);
    /// The largest that can be written or read, either way from zero.
    pub const MAX: Self = Self(super::AMOUNT_MAX * ONE);

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * ONE)
    }

    /// Reads what [`Decimal`]'s `Display` writes: `-12.5`. Nothing for anything else, for more than six decimals, and for
    /// more than [`Decimal::MAX`].
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // So short that it cannot overflow.
        if !all_digits(whole) || !all_digits(part) || whole.len() > 16 || part.len() > SCALE {
            return None;
        }
        let number = |text: &str| text.bytes().fold(0, |sum: i128, byte| sum * 10 + i128::from(byte - b'0'));
        let fraction = (part.len()..SCALE).fold(number(part), |part, _| part * 10);
        let size = number(whole) * ONE + fraction;
        (size <= Self::MAX.0).then_some(Self(if is_negative { -size } else { size }))
    }

    /// The sum, kept within [`Decimal::MAX`].
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).clamp(-Self::MAX.0, Self::MAX.0))
    }

    /// The same below zero, or above it.
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The sum; none beyond [`Decimal::MAX`].
    pub fn checked_plus(self, other: Self) -> Option<Self> {
        Self::within(self.0 + other.0)
    }

    /// What is left without `other`; none beyond [`Decimal::MAX`].
    pub fn checked_less(self, other: Self) -> Option<Self> {
        Self::within(self.0 - other.0)
    }

    /// The product, rounded half away from zero to six decimals; none beyond [`Decimal::MAX`].
    pub fn checked_times(self, other: Self) -> Option<Self> {
        let exact = self.0.checked_mul(other.0)?;
        // So far from the end of all numbers that rounding cannot come over it.
        (exact.unsigned_abs() <= (Self::MAX.0 * ONE).unsigned_abs()).then(|| Self(rounded(exact, ONE)))
    }

    /// The quotient, rounded half away from zero to six decimals; none by zero, and beyond [`Decimal::MAX`].
    pub fn checked_over(self, by: Self) -> Option<Self> {
        if by.0 == 0 {
            return None;
        }
        let exact = self.0.checked_mul(ONE)?;
        Self::within(rounded(if by.0 < 0 { -exact } else { exact }, by.0.abs()))
    }

    /// Rounded half away from zero to so many decimals; more than six are six.
    pub fn rounded_to(self, places: u32) -> Self {
        let unit = 10_i128.pow(SCALE as u32 - places.min(SCALE as u32));
        Self(rounded(self.0, unit) * unit)
    }

    fn within(number: i128) -> Option<Self> {
        (number.abs() <= Self::MAX.0).then_some(Self(number))
    }

    /// So many units of something that is worth `rate` each in a currency, in its minor units; none where that is more than can
    /// be counted.
    pub fn times_in(self, rate: Self, currency: Currency) -> Option<Money> {
        let exact = self.0.checked_mul(rate.0)?.checked_mul(currency.minor())?;
        Some(Money(rounded(exact, ONE * ONE)))
            .filter(|money| money.0.abs() <= super::AMOUNT_MAX * currency.minor())
    }

    pub(crate) fn has_at_most_four_decimals(self) -> bool {
        self.0 % 100 == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(self.0, SCALE, 0))
    }
}

/// A whole number as a decimal with `scale` decimals, of which at least `least` are written.
pub(crate) fn written(number: i128, scale: usize, least: usize) -> String {
    let mut digits = number.unsigned_abs().to_string();
    while digits.len() <= scale {
        digits.insert(0, '0');
    }
    let part = digits.split_off(digits.len() - scale);
    let mut part = part.trim_end_matches('0').to_owned();
    while part.len() < least {
        part.push('0');
    }
    let sign = if number < 0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{digits}{point}{part}")
}

/// `number / by`, rounded half away from zero. `by` is above zero.
pub(crate) fn rounded(number: i128, by: i128) -> i128 {
    let size = number.abs();
    let whole = (size + by / 2) / by;
    if number < 0 { -whole } else { whole }
}
