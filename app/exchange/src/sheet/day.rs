//! Days and times as people and programs write them, in every order that makes sense.

use terms::{plan::Day, price::Decimal};

use super::normal::folded;

/// The order of a day's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dmy, Self::Mdy, Self::Ymd];
}

/// A day, and what is known of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day as it is written, in whatever zone.
    pub day: Day,
    /// Seconds after its midnight, where a time was written.
    pub second: Option<u32>,
    /// How many minutes its zone is ahead of UTC, where that was written.
    pub offset: Option<i32>,
}

impl Moment {
    /// Whether it tells more than a day. Midnight in no zone is what programs write behind a plain day.
    pub fn has_time(&self) -> bool {
        self.offset.is_some() || self.second.is_some_and(|second| second > 0)
    }
}

/// Years of two figures from this on are of the 20th century, those below of the 21st, as POSIX has it.
const PIVOT: i32 = 69;
/// No way to write a moment is longer.
const LENGTH_MAX: usize = 48;

/// A moment, its figures in this order.
pub fn moment(text: &str, order: Order) -> Option<Moment> {
    let [dmy, mdy, ymd] = moments(text);
    match order {
        Order::Dmy => dmy,
        Order::Mdy => mdy,
        Order::Ymd => ymd,
    }
}

/// A moment as each of [`Order::ALL`] has it. What names its month or begins with a year of four figures is the same in all.
pub(super) fn moments(text: &str) -> [Option<Moment>; 3] {
    let text = text.trim();
    if text.len() > LENGTH_MAX || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return [None; 3];
    }
    let ideographic = text.contains('年').then(|| text.replace(['年', '月'], "-").replace('日', ""));
    let mut rest = Rest(ideographic.as_deref().unwrap_or(text));
    let Some(days) = rest.days() else { return [None; 3] };
    let Some((second, offset)) = rest.time() else { return [None; 3] };
    days.map(|day| day.map(|day| Moment { day, second, offset }))
}

/// The moment that a spreadsheet keeps as a number of days: 1 is 1 January 1900, and the day after 28 February 1900 is counted
/// twice, as Lotus 1-2-3 did.
pub fn from_serial(number: Decimal) -> Option<Moment> {
    let written = number.to_string();
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let days: i64 = whole.parse().ok()?;
    let day = match days {
        // The day that was not.
        60 => return None,
        1..=59 => Day::new(1899, 12, 31)?,
        61.. => Day::new(1899, 12, 30)?,
        _ => return None,
    };
    let millionths: u64 = format!("{part:0<6}").parse().ok()?;
    let second = u32::try_from((millionths * 86_400 + 500_000) / 1_000_000).ok()?;
    // The last half second of a day is not rounded into the next one.
    let second = (!part.is_empty()).then_some(second.min(86_399));
    Some(Moment { day: Day::from_number(day.number() + days)?, second, offset: None })
}

/// A number with how many figures it was written.
#[derive(Clone, Copy)]
struct Figures {
    number: i32,
    count: usize,
}

impl Figures {
    fn year(self) -> Option<i32> {
        match self.count {
            4 => Some(self.number),
            2 if self.number >= PIVOT => Some(1900 + self.number),
            2 => Some(2000 + self.number),
            _ => None,
        }
    }

    fn small(self) -> Option<u8> {
        u8::try_from(self.number).ok().filter(|_| self.count <= 2)
    }
}

fn day(year: Figures, month: Figures, day: Figures) -> Option<Day> {
    Day::new(year.year()?, month.small()?, day.small()?)
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|it| !is_part(it)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn figures(&mut self) -> Option<Figures> {
        let digits = self.take(|it| it.is_ascii_digit());
        if digits.len() > 8 {
            return None;
        }
        Some(Figures { number: digits.parse().ok()?, count: digits.len() })
    }

    fn spaces(&mut self) {
        self.take(char::is_whitespace);
    }

    fn eat(&mut self, sign: &str) -> bool {
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// What stands between a figure and the name of a month.
    fn gap(&mut self) {
        self.take(|it| it.is_whitespace() || matches!(it, '-' | '/' | '.' | ','));
    }

    /// The number of a month that is named here.
    fn month(&mut self) -> Option<Figures> {
        let name = folded(self.take(char::is_alphabetic));
        // Spanish and Portuguese put a word between.
        let name = if matches!(name.as_str(), "de" | "of") {
            self.gap();
            folded(self.take(char::is_alphabetic))
        } else {
            name
        };
        Some(Figures { number: named_month(&name)?, count: 2 })
    }

    fn days(&mut self) -> Option<[Option<Day>; 3]> {
        if self.0.starts_with(char::is_alphabetic) {
            let month = self.month()?;
            self.gap();
            let on = self.figures()?;
            self.ordinal();
            self.gap();
            let year = self.figures()?;
            return Some([day(year, month, on); 3]);
        }
        let first = self.figures()?;
        if first.count == 8 {
            let of = |number, count| Figures { number, count };
            let (year, rest) = (first.number / 10_000, first.number % 10_000);
            let day = day(of(year, 4), of(rest / 100, 2), of(rest % 100, 2));
            return Some([day.filter(|_| (1900..2100).contains(&year)); 3]);
        }
        self.ordinal();
        let before = self.0;
        self.gap();
        if self.0.starts_with(char::is_alphabetic) {
            let month = self.month()?;
            self.gap();
            if self.eat("de ") {
                self.spaces();
            }
            let last = self.figures()?;
            let (year, on) = if first.count == 4 { (first, last) } else { (last, first) };
            return Some([day(year, month, on); 3]);
        }
        self.0 = before;
        let sign = self.sign()?;
        let second = self.figures()?;
        if self.sign()? != sign {
            return None;
        }
        let third = self.figures()?;
        Some(match (first.count, third.count) {
            (4, _) => [day(first, second, third); 3],
            _ => [day(third, second, first), day(third, first, second), day(first, second, third)],
        })
    }

    /// The sign between two figures of a day, with a space behind it or without.
    fn sign(&mut self) -> Option<char> {
        let sign = self.0.chars().next().filter(|it| matches!(it, '-' | '/' | '.'))?;
        self.0 = self.0.get(1..)?;
        self.spaces();
        Some(sign)
    }

    /// What makes a number an ordinal one.
    fn ordinal(&mut self) {
        for ending in ["st", "nd", "rd", "th", "er", "º"] {
            let rest = self.0.strip_prefix(ending);
            if let Some(rest) = rest.filter(|rest| !rest.starts_with(char::is_alphabetic)) {
                self.0 = rest;
                return;
            }
        }
    }

    /// The time in seconds and its zone in minutes, and nothing behind them. No time is one too.
    fn time(&mut self) -> Option<(Option<u32>, Option<i32>)> {
        // Hungarian puts a point behind the day.
        if self.0.is_empty() || self.0 == "." {
            return Some((None, None));
        }
        let before = self.0.len();
        self.eat("T");
        self.eat(",");
        self.spaces();
        if self.0.len() == before {
            return None;
        }
        let two = |figures: Figures, below: i32| {
            (figures.count <= 2 && figures.number < below).then(|| figures.number.unsigned_abs())
        };
        let mut hour = two(self.figures()?, 24)?;
        if !self.eat(":") {
            return None;
        }
        let minute = two(self.figures()?, 60)?;
        let second = if self.eat(":") { two(self.figures()?, 60)? } else { 0 };
        if self.eat(".") || self.eat(",") {
            self.take(|it| it.is_ascii_digit());
        }
        self.spaces();
        let word = folded(self.take(|it| it.is_alphabetic() || it == '.')).replace('.', "");
        let is_utc = match word.as_str() {
            "am" | "pm" if (1..=12).contains(&hour) => {
                hour = hour % 12 + if word == "pm" { 12 } else { 0 };
                false
            }
            "" => false,
            "z" | "utc" | "gmt" => true,
            _ => return None,
        };
        self.spaces();
        let offset = match self.0.chars().next() {
            None => is_utc.then_some(0),
            Some(sign @ ('+' | '-' | '−')) => {
                self.0 = self.0.get(sign.len_utf8()..)?;
                let hours = self.figures()?;
                let minutes = if self.eat(":") { self.figures()?.number } else { 0 };
                let ahead = if hours.count == 4 {
                    hours.number / 100 * 60 + hours.number % 100
                } else {
                    hours.number * 60 + minutes
                };
                let is_zone = self.0.is_empty() && ahead <= 14 * 60 && minutes < 60;
                Some(is_zone.then_some(if sign == '+' { ahead } else { -ahead })?)
            }
            Some(_) => return None,
        };
        Some((Some(hour * 3600 + minute * 60 + second), offset))
    }
}

/// How months begin in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents. The first that fits is it.
const MONTHS: [&str; 12] = [
    "jan janv ene gen jaen",
    "feb fev fevr",
    "mar mrz maerz mars marz maart mrt",
    "apr avr abr",
    "may mai mag maio mei mayo",
    "jun juin giu",
    "jul juil lug",
    "aug aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez dic",
];

fn named_month(name: &str) -> Option<i32> {
    if name.chars().count() < 3 {
        return None;
    }
    let fits = |starts: &&str| starts.split(' ').any(|start| name.starts_with(start));
    Some(MONTHS.iter().position(fits)? as i32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [String; 3] {
        moments(text).map(|it| it.map(|it| it.day.to_string()).unwrap_or_default())
    }

    #[test]
    fn a_day_is_read_in_every_order_that_makes_sense() {
        assert_eq!(read("20-10-16"), ["2016-10-20", "", "2020-10-16"]);
        assert_eq!(read("03/04/2017"), ["2017-04-03", "2017-03-04", ""]);
        assert_eq!(read("12/31/17"), ["", "2017-12-31", ""]);
        assert_eq!(read("31.12.99"), ["1999-12-31", "", ""]);
        assert_eq!(read("1.2.68"), ["2068-02-01", "2068-01-02", ""]);
        let clear = [
            "2017-03-01",
            "2017/3/1",
            "20170301",
            "1 Mar 2017",
            "1. März 2017",
            "1er mars 2017",
            "Mar 1, 2017",
            "March 1st, 2017",
            "01-Mar-17",
            "1 de marzo de 2017",
            "2017 Mar 1",
            "2017年3月1日",
            "2017. 03. 01.",
            "01 mrt. 2017",
        ];
        for text in clear {
            assert_eq!(read(text), ["2017-03-01"; 3], "{text}");
        }
        for text in [
            "",
            "Mar",
            "2017",
            "31.02.2017",
            "1-2.2017",
            "1 2 2017",
            "00-00-00",
            "2017-03",
            "12345678",
            "1.234.567",
            "Q1 2017",
            "2017-03-01x",
            "2017-03-01 25:00",
            "1 Foo 2017",
            "+1-2-17",
            "192.168.1.1",
            "1,2,17",
        ] {
            assert_eq!(read(text), ["", "", ""], "{text}");
        }
    }

    #[test]
    fn times_are_read_with_their_zones() {
        let time = |text: &str| moment(text, Order::Dmy).map(|it| (it.second, it.offset));
        assert_eq!(time("2017-03-01"), Some((None, None)));
        assert_eq!(time("2017-03-01T13:05:09.250Z"), Some((Some(47_109), Some(0))));
        assert_eq!(time("2017-03-01 13:05"), Some((Some(47_100), None)));
        assert_eq!(time("01/03/2017 1:05 PM"), Some((Some(47_100), None)));
        assert_eq!(time("01/03/2017, 12:00:00 a.m."), Some((Some(0), None)));
        assert_eq!(time("2017-03-01T00:00:00+05:30"), Some((Some(0), Some(330))));
        assert_eq!(time("2017-03-01 00:00 -0800"), Some((Some(0), Some(-480))));
        assert_eq!(time("2017-03-01 13:05 PM"), None);
        assert_eq!(time("2017-03-01 10:00 +15:00"), None);
    }

    #[test]
    fn every_day_comes_back_in_every_form() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        for number in -25_567..47_482 {
            let day = Day::from_number(number).unwrap();
            let (y, m, d) = day.figures();
            let name = months[usize::from(m) - 1];
            let forms = [
                (Order::Ymd, format!("{y}-{m:02}-{d:02}")),
                (Order::Ymd, format!("{y}/{m}/{d}")),
                (Order::Dmy, format!("{d}.{m}.{y}")),
                (Order::Mdy, format!("{m:02}/{d:02}/{y}")),
                (Order::Dmy, format!("{d} {name} {y}")),
                (Order::Mdy, format!("{name} {d}, {y}")),
            ];
            for (order, text) in forms {
                assert_eq!(moment(&text, order).map(|it| it.day), Some(day), "{text}");
            }
            if (1969..2069).contains(&y) {
                let short = y % 100;
                for (order, text) in [
                    (Order::Dmy, format!("{d:02}-{m:02}-{short:02}")),
                    (Order::Mdy, format!("{m}/{d}/{short:02}")),
                    (Order::Ymd, format!("{short:02}-{m:02}-{d:02}")),
                ] {
                    assert_eq!(moment(&text, order).map(|it| it.day), Some(day), "{text}");
                }
            }
        }
    }

    #[test]
    fn spreadsheets_count_a_day_that_was_not() {
        let serial =
            |text: &str| from_serial(Decimal::parse(text).unwrap()).map(|it| (it.day.to_string(), it.second));
        assert_eq!(serial("1"), Some(("1900-01-01".into(), None)));
        assert_eq!(serial("59"), Some(("1900-02-28".into(), None)));
        assert_eq!(serial("60"), None);
        assert_eq!(serial("61"), Some(("1900-03-01".into(), None)));
        assert_eq!(serial("42663.5"), Some(("2016-10-20".into(), Some(43_200))));
        assert_eq!(serial("0"), None);
        assert_eq!(serial("-5"), None);
        assert_eq!(serial("1000000000000"), None);
    }
}
