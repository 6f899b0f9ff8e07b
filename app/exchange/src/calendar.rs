//! Days for calendars and lists of tasks: iCalendar (RFC 5545).
//!
//! Each item becomes two components: an event that fills its days, which every calendar shows, and a task that is due,
//! for programs that keep tasks. Their names stay the same from one export to the next, so that bringing in a newer file moves what is
//! there.

use std::fmt::Write as _;

use terms::plan::{Day, Status};

/// The longest line in bytes, without its end.
const LINE_MAX: usize = 75;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// What stands in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name among all there are, the same each time.
    pub uid: String,
    /// What people read first.
    pub summary: String,
    /// What else there is to say.
    pub description: String,
    /// Its last day.
    pub due: Day,
    /// How many days it takes, the last included; 0 is one.
    pub takes: u16,
    /// How far it is.
    pub status: Status,
}

/// A calendar of `items`, made at `now`, in milliseconds since 1970.
pub fn calendar(items: &[Item], now: u64) -> String {
    let mut out = String::new();
    let stamp = stamp(now);
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Handsel//Handsel//EN");
    for item in items {
        event(&mut out, item, &stamp);
        task(&mut out, item, &stamp);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, item: &Item, stamp: &str) {
    let long = i32::from(item.takes.max(1));
    // What would begin before year 0 has its last day alone.
    let (start, long) = item.due.plus(1 - long).map_or((item.due, 1), |start| (start, long));
    line(out, "BEGIN:VEVENT");
    common(out, item, "", stamp);
    line(out, &format!("DTSTART;VALUE=DATE:{}", date(start)));
    // A duration, since the day after the last one may not exist.
    line(out, &format!("DURATION:P{long}D"));
    line(out, if item.status == Status::Dropped { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

fn task(out: &mut String, item: &Item, stamp: &str) {
    line(out, "BEGIN:VTODO");
    common(out, item, "-task", stamp);
    line(out, &format!("DUE;VALUE=DATE:{}", date(item.due)));
    let status = match item.status {
        Status::Open => "NEEDS-ACTION",
        Status::Begun => "IN-PROCESS",
        Status::Done => "COMPLETED",
        Status::Dropped => "CANCELLED",
    };
    line(out, &format!("STATUS:{status}"));
    if item.status == Status::Done {
        line(out, "PERCENT-COMPLETE:100");
    }
    line(out, "END:VTODO");
}

fn common(out: &mut String, item: &Item, kind: &str, stamp: &str) {
    line(out, &format!("UID:{}{kind}", escaped(&item.uid)));
    line(out, &format!("DTSTAMP:{stamp}"));
    line(out, &format!("SUMMARY:{}", escaped(&item.summary)));
    if !item.description.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escaped(&item.description)));
    }
}

fn date(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A moment in UTC; beyond year 9999 the last day there is.
fn stamp(now: u64) -> String {
    let day = i64::try_from(now / DAY_MS).ok().and_then(Day::from_number).map(date);
    let seconds = now % DAY_MS / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{}T{hours:02}{minutes:02}{:02}Z", day.unwrap_or_else(|| "99991231".to_owned()), seconds % 60)
}

/// Words as a value of type TEXT. Control characters but for ends of lines fall away.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for sign in words.replace("\r\n", "\n").chars() {
        match sign {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\t' => out.push(sign),
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    out
}

/// A line, folded where it is too long, never within a character.
fn line(out: &mut String, words: &str) {
    let mut left = LINE_MAX;
    for sign in words.chars() {
        if sign.len_utf8() > left {
            out.push_str("\r\n ");
            left = LINE_MAX - 1;
        }
        left -= sign.len_utf8();
        // Writing into a string cannot fail.
        let _ = out.write_char(sign);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use icalendar::{CalendarDateTime, Component as _, DatePerhapsTime, parser};

    use super::*;

    fn item(summary: &str, due: &str) -> Item {
        Item {
            uid: "3f2a-00ff".into(),
            summary: summary.into(),
            description: String::new(),
            due: Day::parse(due).unwrap(),
            takes: 0,
            status: Status::Open,
        }
    }

    /// What an independent reader makes of it: summary, description and start of events; name, due day and status of tasks.
    fn read(text: &str) -> (Vec<[String; 3]>, Vec<[String; 3]>) {
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= LINE_MAX && !line.contains(['\r', '\n']), "{line:?}");
        }
        let unfolded = parser::unfold(text);
        let calendar: icalendar::Calendar = parser::read_calendar(&unfolded).unwrap().into();
        let day = |day: Option<DatePerhapsTime>| match day {
            Some(DatePerhapsTime::Date(date)) => date.to_string(),
            other => panic!("{other:?} is no day"),
        };
        let owned = |words: Option<&str>| words.unwrap_or_default().to_owned();
        let (mut events, mut tasks) = (Vec::new(), Vec::new());
        for component in calendar.components {
            if let Some(event) = component.as_event() {
                assert!(matches!(
                    event.get_timestamp().map(CalendarDateTime::from),
                    Some(CalendarDateTime::Utc(_))
                ));
                events.push([
                    owned(event.get_summary()),
                    owned(event.get_description()),
                    day(event.get_start()),
                ]);
            } else if let Some(task) = component.as_todo() {
                tasks.push([
                    owned(task.get_uid()),
                    day(task.get_due()),
                    owned(task.property_value("STATUS")),
                ]);
            }
        }
        (events, tasks)
    }

    #[test]
    fn a_calendar_is_written_as_the_standard_has_it() {
        let step = Item { takes: 3, status: Status::Done, ..item("Sign; twice, \\ and", "2026-12-18") };
        let text = calendar(&[step], 1_795_861_306_246);
        let expected = "BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Handsel//Handsel//EN
BEGIN:VEVENT
UID:3f2a-00ff
DTSTAMP:20261128T102146Z
SUMMARY:Sign\\; twice\\, \\\\ and
DTSTART;VALUE=DATE:20261216
DURATION:P3D
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VTODO
UID:3f2a-00ff-task
DTSTAMP:20261128T102146Z
SUMMARY:Sign\\; twice\\, \\\\ and
DUE;VALUE=DATE:20261218
STATUS:COMPLETED
PERCENT-COMPLETE:100
END:VTODO
END:VCALENDAR
";
        assert_eq!(text, expected.replace('\n', "\r\n"));
    }

    #[test]
    fn another_reader_reads_what_was_written() {
        let hostile = "Ünïcode 🤝 and, so; on\\ — ".repeat(9) + "\nEND:VCALENDAR\r\nBEGIN:VEVENT\u{7}";
        let items = [
            Item { description: hostile.clone(), ..item("Year 0", "0000-01-01") },
            Item { takes: 9, ..item("Before year 0", "0000-01-05") },
            Item { status: Status::Dropped, ..item("The last day", "9999-12-31") },
        ];
        let (events, tasks) = read(&calendar(&items, 0));
        assert_eq!(events[0][1], hostile.replace("\r\n", "\n").replace('\u{7}', ""));
        let starts: Vec<&str> = events.iter().map(|event| event[2].as_str()).collect();
        assert_eq!(starts, ["0000-01-01", "0000-01-05", "9999-12-31"]);
        assert_eq!(tasks[2], ["3f2a-00ff-task", "9999-12-31", "CANCELLED"]);
    }

    #[test]
    fn whatever_the_words_are_another_reader_reads_them() {
        let seed = 3;
        let mut random = fastrand::Rng::with_seed(seed);
        let signs: Vec<char> = "ab :;,\\\"\n\tßö漢🤝\u{301}=^".chars().collect();
        for round in 0..500 {
            let words: String =
                (0..random.usize(1..160)).map(|_| signs[random.usize(..signs.len())]).collect();
            let day = Day::from_number(random.i64(-719_528..2_932_897)).unwrap();
            let text = calendar(&[Item { due: day, ..item(&words, "2026-01-01") }], random.u64(..));
            let (events, tasks) = read(&text);
            assert_eq!(events[0][0], words, "seed {seed} round {round}");
            assert_eq!(tasks[0][1], day.to_string(), "seed {seed} round {round}");
        }
    }
}
