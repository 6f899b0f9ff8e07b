//! Civil days. A day has no time and no zone, so clocks that are put forward or back cannot move it.

use std::fmt;

use time::{Date, Month};

/// A day of the proleptic Gregorian calendar, in the years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

/// The Julian day number of 1 January 1970.
const EPOCH: i64 = 2_440_588;

impl Day {
    /// 31 December 9999.
    pub const LAST: Self = Self(Date::MAX);

    /// A day by its figures; nothing where the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        (0..=9999).contains(&year).then_some(Self(date))
    }

    /// Reads what [`fmt::Display`] writes: year, month and day as in `2026-03-01` (ISO 8601).
    pub fn parse(text: &str) -> Option<Self> {
        let figures = |from: usize, to: usize| -> Option<u16> {
            let part = text.get(from..to)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let separated = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        if !separated {
            return None;
        }
        Self::new(figures(0, 4)?.into(), figures(5, 7)? as u8, figures(8, 10)? as u8)
    }

    /// The day that is `number` days after 1 January 1970; nothing outside the years 0 to 9999.
    pub fn from_number(number: i64) -> Option<Self> {
        let date = Date::from_julian_day((number + EPOCH).try_into().ok()?).ok()?;
        (0..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// How many days after 1 January 1970 it is.
    pub fn number(self) -> i64 {
        i64::from(self.0.to_julian_day()) - EPOCH
    }

    /// Year, month and day of the month.
    pub fn figures(self) -> (i32, u8, u8) {
        let (year, month, day) = self.0.to_calendar_date();
        (year, month.into(), day)
    }

    /// Days since the Monday before: 5 and 6 are the weekend.
    pub fn weekday(self) -> i64 {
        (self.number() + 3).rem_euclid(7)
    }

    /// The day so many days later, or earlier where `days` is below 0.
    pub fn plus(self, days: i32) -> Option<Self> {
        Self::from_number(self.number() + i64::from(days))
    }

    /// The day so many working days later, or earlier: Saturdays and Sundays are not counted. None is the day itself.
    pub fn plus_working(self, days: i32) -> Option<Self> {
        let (weeks, rest) = (i64::from(days) / 5 * 7, i64::from(days) % 5);
        // A weekend counts from the working day before it, or after it on the way back.
        let (from, weekday) = match self.weekday() {
            on if on > 4 && days > 0 => (self.number() - (on - 4), 4),
            on if on > 4 && days < 0 => (self.number() + (7 - on), 0),
            on => (self.number(), on),
        };
        let weekend = match weekday + rest {
            5.. if days > 0 => 2,
            ..0 => -2,
            _ => 0,
        };
        Self::from_number(from + weeks + rest + weekend)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.figures();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in ["0000-01-01", "0000-02-29", "1970-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
        for text in [
            "",
            "2026-2-01",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "+026-01-01",
            "2026-01-0é",
            "10000-01-01",
        ] {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn there_is_nothing_before_year_0_and_after_year_9999() {
        assert_eq!(day("0000-01-01").plus(-1), None);
        assert_eq!(Day::LAST, day("9999-12-31"));
        assert_eq!(Day::LAST.plus(1), None);
        assert_eq!(day("9999-12-31").plus_working(1), None);
        assert_eq!(day("2026-01-01").plus(i32::MIN), None);
        assert_eq!(day("2026-01-01").plus_working(i32::MAX), None);
        assert_eq!(Day::new(-1, 12, 31), None);
        assert_eq!(Day::from_number(i64::from(i32::MAX)), None);
        assert_eq!(Day::from_number(0), Day::parse("1970-01-01"));
    }

    #[test]
    fn clocks_that_change_do_not_move_days() {
        // The nights of 29 March and 25 October 2026 are an hour shorter and longer in most of Europe.
        assert_eq!(day("2026-03-28").plus(2), Some(day("2026-03-30")));
        assert_eq!(day("2026-10-26").plus(-2), Some(day("2026-10-24")));
    }

    #[test]
    fn working_days_are_counted_as_one_would_on_a_calendar() {
        assert_eq!(day("2026-11-27").plus_working(1), Some(day("2026-11-30")), "from a Friday to the Monday");
        assert_eq!(day("2026-11-28").plus_working(1), Some(day("2026-11-30")), "from a Saturday");
        assert_eq!(day("2026-11-29").plus_working(-1), Some(day("2026-11-27")), "back from a Sunday");
        assert_eq!(day("2026-11-29").plus_working(0), Some(day("2026-11-29")), "none is the day itself");
        let seed = 11;
        let mut random = fastrand::Rng::with_seed(seed);
        for step in 0..2_000 {
            let (from, count) = (Day::from_number(random.i64(-20_000..40_000)).unwrap(), random.i32(-60..60));
            let mut slow = from;
            let mut left = count.abs();
            while left > 0 {
                slow = slow.plus(count.signum()).unwrap();
                left -= i32::from(slow.weekday() < 5);
            }
            assert_eq!(from.plus_working(count), Some(slow), "seed {seed} step {step}: {from} and {count}");
        }
    }
}
