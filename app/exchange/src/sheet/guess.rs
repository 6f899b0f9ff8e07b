//! What the columns of a table hold.

use terms::plan::Day;

use super::{
    Mark, Order, Sheet, day,
    number::{self, Unit},
};

/// What a column holds, by at least nine of ten of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing at all.
    Empty,
    /// Words, and all that is nothing of the others.
    Text,
    /// Numbers.
    Number,
    /// Amounts, at least one of which names its currency.
    Money,
    /// Numbers with a percent sign.
    Percent,
    /// Days.
    Day,
    /// Days with times.
    Moment,
    /// Yes or no, in words.
    YesNo,
    /// E-mail addresses.
    Email,
}

/// What there is to know of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What it holds.
    pub kind: Kind,
    /// How many rows have something in it.
    pub filled: usize,
    /// How many of these are of its kind.
    pub fits: usize,
    /// The orders in which its days can be read, the likeliest first. More than one are to be asked about.
    pub orders: Vec<Order>,
    /// The marks with which its numbers can be read. More than one are to be asked about.
    pub marks: Vec<Mark>,
    /// The signs, names or codes of currencies in it, each with how often, the most frequent first.
    pub currencies: Vec<(String, usize)>,
    /// Its first three values that differ.
    pub samples: Vec<String>,
}

/// Of ten values so many must be of a kind.
const MOST: usize = 9;
const SAMPLES: usize = 3;
const YES_NO: &str = "yes no y n true false t f ja nein j wahr falsch oui non vrai faux sí si verdadero falso sim não nao vero nee";

/// What each column holds.
pub fn guesses(sheet: &Sheet) -> Vec<Guess> {
    (0..sheet.width()).map(|column| guess(sheet, column)).collect()
}

fn guess(sheet: &Sheet, column: usize) -> Guess {
    let mut seen = Seen::default();
    for row in 0..sheet.rows() {
        let cell = sheet.cell(row, column).trim();
        if !cell.is_empty() {
            seen.take(cell);
        }
    }
    seen.guess()
}

/// What was seen of a column.
#[derive(Default)]
struct Seen {
    filled: usize,
    emails: usize,
    yes_no: usize,
    days: usize,
    times: usize,
    numbers: usize,
    percents: usize,
    orders: Ways,
    spans: [Option<(Day, Day)>; 3],
    marks: Ways,
    currencies: Vec<(String, usize)>,
    samples: Vec<String>,
}

impl Seen {
    fn take(&mut self, cell: &str) {
        self.filled += 1;
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|it| it == cell) {
            self.samples.push(cell.to_owned());
        }
        if is_email(cell) {
            self.emails += 1;
            return;
        }
        if is_yes_or_no(cell) {
            self.yes_no += 1;
            return;
        }
        let moments = day::moments(cell);
        if moments.iter().any(Option::is_some) {
            self.days += 1;
            self.times += usize::from(moments.iter().flatten().any(day::Moment::has_time));
            self.orders.take(&moments);
            for (span, moment) in self.spans.iter_mut().zip(moments) {
                if let Some(day) = moment.map(|it| it.day) {
                    let (first, last) = span.unwrap_or((day, day));
                    *span = Some((first.min(day), last.max(day)));
                }
            }
        }
        let (unit, [point, comma]) = number::read(cell);
        let (point, comma) = (point.ok(), comma.ok());
        if unit != Unit::Other && (point.is_some() || comma.is_some()) && !is_name(cell) {
            self.numbers += 1;
            self.marks.take(&[point, comma, None]);
            match unit {
                Unit::Percent => self.percents += 1,
                Unit::Currency(sign) => match self.currencies.iter_mut().find(|(it, _)| *it == sign) {
                    Some((_, count)) => *count += 1,
                    None => self.currencies.push((sign, 1)),
                },
                Unit::Bare | Unit::Other => {}
            }
        }
    }

    fn guess(mut self) -> Guess {
        let is_most = |count: usize| count > 0 && count * 10 >= self.filled * MOST;
        let (kind, fits) = if self.filled == 0 {
            (Kind::Empty, 0)
        } else if is_most(self.emails) {
            (Kind::Email, self.emails)
        } else if is_most(self.yes_no) {
            (Kind::YesNo, self.yes_no)
        } else if is_most(self.days) {
            (if self.times > 0 { Kind::Moment } else { Kind::Day }, self.days)
        } else if is_most(self.percents) {
            (Kind::Percent, self.percents)
        } else if is_most(self.numbers) {
            (if self.currencies.is_empty() { Kind::Number } else { Kind::Money }, self.numbers)
        } else {
            (Kind::Text, self.filled)
        };
        let mut orders: Vec<Order> = self.orders.open().into_iter().filter_map(at(Order::ALL)).collect();
        // Of two orders that both make days of all values, the one whose days lie closer together is likelier.
        let span = |order: &Order| {
            let place = Order::ALL.iter().position(|it| it == order);
            let span = place.and_then(|place| self.spans.get(place).copied().flatten());
            span.map(|(first, last)| last.number() - first.number())
        };
        stdx::sort_by_key(&mut orders, span);
        let marks = self.marks.open().into_iter().filter_map(at(Mark::ALL)).collect();
        stdx::sort_by(&mut self.currencies, |one, other| other.1.cmp(&one.1));
        Guess {
            kind,
            filled: self.filled,
            fits,
            orders,
            marks,
            currencies: self.currencies,
            samples: self.samples,
        }
    }
}

fn at<T: Copy, const N: usize>(all: [T; N]) -> impl Fn(usize) -> Option<T> {
    move |at| all.get(at).copied()
}

/// Up to three ways to read the values of a column.
#[derive(Default)]
struct Ways {
    all: usize,
    fits: [usize; 3],
    /// Whether two ways make something else of a value.
    differ: [[bool; 3]; 3],
}

impl Ways {
    fn take<T: PartialEq>(&mut self, readings: &[Option<T>; 3]) {
        self.all += 1;
        for (way, reading) in readings.iter().enumerate() {
            self.fits[way] += usize::from(reading.is_some());
            for (other, it) in readings.iter().enumerate() {
                self.differ[way][other] |= reading != it;
            }
        }
    }

    /// The ways that are left. One is out where it misses at least four times what the best misses, and more than slips of the pen
    /// explain: one value in fifty, and one at least of eight or more. So a single day that is none settles nothing in a long
    /// column. Of ways that agree on every value, the first stands for them all.
    fn open(&self) -> Vec<usize> {
        let slips = if self.all < 8 { 0 } else { (self.all / 50).max(1) };
        let misses = self.fits.map(|fits| self.all - fits);
        let best = misses.into_iter().min().unwrap_or(0);
        let mut open: Vec<usize> = Vec::new();
        for (way, missed) in misses.into_iter().enumerate() {
            let is_out = self.fits[way] == 0 || (missed > best + slips && missed >= best * 4);
            if !is_out && open.iter().all(|before| self.differ[*before][way]) {
                open.push(way);
            }
        }
        open
    }
}

/// Whether it is an e-mail address, as far as one can tell without writing to it.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_plain = |text: &str| {
        !text.is_empty()
            && !text.contains(|it: char| it == '@' || it.is_whitespace() || it == ',' || it == ';')
    };
    let labels = || host.split('.');
    is_plain(name) && is_plain(host) && labels().count() > 1 && labels().all(|label| !label.is_empty())
}

fn is_yes_or_no(text: &str) -> bool {
    text.len() <= 10 && !text.contains(' ') && {
        let small = text.to_lowercase();
        YES_NO.split(' ').any(|word| word == small)
    }
}

/// Whether it is made of digits and is no number all the same, since it begins with a zero that a number has not.
fn is_name(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0', b'0'..=b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Forced;

    fn of(cells: &[&str]) -> Guess {
        let text =
            format!("\"x\"\r\n{}", cells.iter().map(|cell| format!("\"{cell}\"\r\n")).collect::<String>());
        let sheet = Sheet::read(&text, Forced { has_header: Some(true), delimiter: Some(b',') }).unwrap();
        guesses(&sheet).remove(0)
    }

    #[test]
    fn a_day_that_fits_two_orders_is_asked_about() {
        assert_eq!(of(&["03/04/2017", "05/06/2017"]).orders, [Order::Dmy, Order::Mdy]);
        assert_eq!(of(&["03/04/2017", "05/13/2017"]).orders, [Order::Mdy]);
        assert_eq!(of(&["20-10-16", "31-12-17"]).orders, [Order::Dmy, Order::Ymd]);
        assert_eq!(of(&["17-10-20", "17-12-31"]).orders, [Order::Ymd, Order::Dmy]);
        assert_eq!(of(&["20-10-16", "31-12-32"]).orders, [Order::Dmy]);
        assert_eq!(of(&["2017-03-04", "2017-05-06"]).orders, [Order::Dmy], "all orders say the same");
        assert_eq!(of(&["5/5/2017", "6/6/2017"]).orders, [Order::Dmy], "both orders say the same");
        let mut long = vec!["20-10-16"; 60];
        long.push("31-02-17");
        assert_eq!(of(&long).orders, [Order::Dmy, Order::Ymd], "one day that is none settles nothing");
        long.extend(["31-02-17"; 3]);
        assert_eq!(of(&long).orders, [Order::Ymd]);
        assert_eq!(of(&["31/01/2017", "01/31/2017"]).orders, [Order::Dmy, Order::Mdy], "neither fits all");
    }

    #[test]
    fn a_number_that_fits_both_marks_is_asked_about() {
        assert_eq!(of(&["1.234", "5.678"]).marks, Mark::ALL);
        assert_eq!(of(&["1.234", "5,5"]).marks, [Mark::Comma]);
        assert_eq!(of(&["1.234", "5.5"]).marks, [Mark::Point]);
        assert_eq!(of(&["1234", "5"]).marks, [Mark::Point], "both say the same");
        assert_eq!(of(&["1,5", "1.5"]).marks, Mark::ALL, "neither fits both");
    }

    #[test]
    fn kinds_are_told_apart() {
        let kind = |cells: &[&str]| of(cells).kind;
        assert_eq!(kind(&["", " "]), Kind::Empty);
        assert_eq!(kind(&["a@b.example", "c.d@e.example"]), Kind::Email);
        assert_eq!(kind(&["Ja", "nein", "JA"]), Kind::YesNo);
        assert_eq!(kind(&["12 %", "3%"]), Kind::Percent);
        assert_eq!(kind(&["€ 1.200", "300"]), Kind::Money);
        assert_eq!(kind(&["1200", "-3"]), Kind::Number);
        assert_eq!(kind(&["00123", "00456"]), Kind::Text);
        assert_eq!(kind(&["2017-03-01", "2017-03-02 00:00:00"]), Kind::Day);
        assert_eq!(kind(&["2017-03-01", "2017-03-02 10:00"]), Kind::Moment);
        assert_eq!(kind(&["Q1 2017", "Q2 2017"]), Kind::Text);
        let guess = of(&["$ 5", "5 $", "€ 3", "7"]);
        assert_eq!(guess.currencies, [("$".to_owned(), 2), ("€".to_owned(), 1)]);
        assert_eq!(guess.samples, ["$ 5", "5 $", "€ 3"]);
    }
}
