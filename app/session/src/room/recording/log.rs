//! What this device recorded of reading a room, as a setting of its store: a line that says whether its person has agreed or paused, then
//! a line for each record, oldest first.

use insight::record::Record;
use stdx::base64;
use sync::receipt;

/// So many records that have left are kept for their person to look at, the newest.
const SENT_MAX: usize = 500;
/// So many records wait at most; then the oldest go. It is more than a year of reading each day.
const WAITING_MAX: usize = 4_000;
/// A record that was about to leave so long ago was not sealed, or nobody knows whether it was. In milliseconds.
const STALE_MS: u64 = 60_000;

const ON: &str = "1 on";
const AGREED: &str = "1 yes";
const PAUSED: &str = "1 paused";

/// How far a record has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    /// It is being sealed since this time, by whoever drew this number.
    Leaving(u64, u64),
    /// It was sealed to leave at this time.
    Sent(u64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) state: State,
    /// The record as it is written down.
    pub(super) record: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Log {
    pub(super) paused: bool,
    /// Whether its person said that it may be. Rooms that ask need it.
    pub(super) agreed: bool,
    pub(super) lines: Vec<Line>,
}

/// A record as a line has it.
pub(crate) fn write_down(record: &Record) -> String {
    base64::to_url(&receipt::write(std::slice::from_ref(record)))
}

impl Line {
    /// What it records; nothing where that cannot be read.
    pub(super) fn record(&self) -> Option<Record> {
        receipt::read(&base64::from_url(&self.record)?).ok()?.pop()
    }

    fn read(line: &str) -> Option<Self> {
        let (state, record) = line.split_once(' ')?;
        let state = match state.strip_prefix('~') {
            Some(leaving) => {
                let (since, by) = leaving.split_once('/')?;
                State::Leaving(since.parse().ok()?, by.parse().ok()?)
            }
            None if state == "-" => State::Waiting,
            None => State::Sent(state.parse().ok()?),
        };
        Some(Self { state, record: record.to_owned() })
    }
}

impl Log {
    /// None where another version of the program wrote it, or nothing of ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (paused, agreed) = match lines.next() {
            None | Some(ON) => (false, false),
            Some(AGREED) => (false, true),
            Some(PAUSED) => (true, false),
            Some(_) => return None,
        };
        Some(Self { paused, agreed, lines: lines.filter_map(Line::read).collect() })
    }

    pub(super) fn write(&self) -> String {
        let said = match (self.paused, self.agreed) {
            (true, _) => PAUSED,
            (false, true) => AGREED,
            (false, false) => ON,
        };
        let mut text = said.to_owned();
        for Line { state, record } in &self.lines {
            text.push('\n');
            match state {
                State::Waiting => text.push('-'),
                State::Leaving(since, by) => text.push_str(&format!("~{since}/{by}")),
                State::Sent(at) => text.push_str(&at.to_string()),
            }
            text.push(' ');
            text.push_str(record);
        }
        text
    }

    /// Adds a record, unless its person has paused. One that is there already, as when a write is done again, stays once.
    pub(super) fn add(&mut self, record: &str) {
        if !self.paused && self.lines.iter().all(|line| line.record != record) {
            self.lines.push(Line { state: State::Waiting, record: record.to_owned() });
            self.bound();
        }
    }

    /// Takes all that waits for sealing, as `by`.
    pub(super) fn claim(&mut self, now: u64, by: u64) {
        if self.paused {
            return;
        }
        for line in &mut self.lines {
            let is_free = match line.state {
                State::Waiting => true,
                // A clock that was set back makes nothing wait for ever.
                State::Leaving(since, _) => now.abs_diff(since) > STALE_MS,
                State::Sent(_) => false,
            };
            if is_free {
                line.state = State::Leaving(now, by);
            }
        }
    }

    /// What `by` has taken.
    pub(super) fn claimed(&self, by: u64) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| matches!(line.state, State::Leaving(_, whose) if whose == by))
    }

    /// What `by` has taken comes to this.
    pub(super) fn settle(&mut self, by: u64, state: State) {
        for line in &mut self.lines {
            if matches!(line.state, State::Leaving(_, whose) if whose == by) {
                line.state = state;
            }
        }
        self.bound();
    }

    /// Its person has paused, or wants it.
    pub(super) fn say(&mut self, paused: bool) {
        (self.paused, self.agreed) = (paused, !paused);
    }

    /// Forgets what waits.
    pub(super) fn forget(&mut self) {
        self.lines.retain(|line| line.state != State::Waiting);
    }

    /// Lets go of the oldest of what is more than is kept.
    fn bound(&mut self) {
        let is_sent = |line: &Line| matches!(line.state, State::Sent(_));
        let sent = self.lines.iter().filter(|line| is_sent(line)).count();
        let (mut sent_over, mut waiting_over) =
            (sent.saturating_sub(SENT_MAX), (self.lines.len() - sent).saturating_sub(WAITING_MAX));
        self.lines.retain(|line| {
            let over = if is_sent(line) { &mut sent_over } else { &mut waiting_over };
            let goes = *over > 0;
            *over = over.saturating_sub(1);
            !goes
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: &[(State, &str)]) -> Log {
        let line = |(state, record): &(State, &str)| Line { state: *state, record: (*record).to_owned() };
        Log { paused: false, agreed: false, lines: lines.iter().map(line).collect() }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut kept = log(&[(State::Sent(7), "AA"), (State::Leaving(8, 9), "BB"), (State::Waiting, "CC")]);
        for (paused, agreed) in [(false, false), (false, true), (true, false)] {
            (kept.paused, kept.agreed) = (paused, agreed);
            assert_eq!(Log::read(&kept.write()), Some(kept.clone()));
        }
        assert_eq!(kept.write(), "1 paused\n7 AA\n~8/9 BB\n- CC", "as it lies on people's disks");
        assert_eq!(Log::read(""), Some(Log::default()));
        assert_eq!(Log::read("2 on"), None);
        assert_eq!(Log::read("1 on\nnonsense\n- CC"), Some(log(&[(State::Waiting, "CC")])));
    }

    #[test]
    fn what_is_taken_by_one_is_taken_by_nobody_else_until_that_is_stale() {
        let mut kept = log(&[(State::Sent(7), "AA"), (State::Waiting, "BB")]);
        kept.claim(100, 1);
        kept.add("CC");
        kept.claim(200, 2);
        let taken = |kept: &Log, by| kept.claimed(by).map(|line| line.record.clone()).collect::<Vec<_>>();
        assert_eq!((taken(&kept, 1), taken(&kept, 2)), (vec!["BB".to_owned()], vec!["CC".to_owned()]));
        kept.settle(2, State::Waiting);
        kept.forget();
        kept.claim(100 + STALE_MS + 1, 3);
        assert_eq!(taken(&kept, 3), ["BB"]);
        kept.settle(3, State::Sent(9));
        assert_eq!(kept, log(&[(State::Sent(7), "AA"), (State::Sent(9), "BB")]));
    }

    #[test]
    fn the_oldest_go_once_there_are_too_many() {
        let mut kept = Log::default();
        for at in 0..SENT_MAX + 20 {
            kept.add(&format!("s{at}"));
        }
        kept.claim(1, 1);
        kept.add("waits");
        kept.settle(1, State::Sent(1));
        assert_eq!(kept.lines.len(), SENT_MAX + 1);
        assert_eq!(kept.lines[0].record, "s20");
        for at in 0..WAITING_MAX {
            kept.add(&format!("w{at}"));
        }
        assert_eq!(kept.lines.len(), SENT_MAX + WAITING_MAX);
        assert!(kept.lines.iter().all(|line| line.record != "waits"));
    }

    #[test]
    fn nothing_is_added_or_taken_while_paused() {
        let mut kept = Log { paused: true, ..log(&[(State::Waiting, "AA")]) };
        let before = kept.clone();
        kept.add("BB");
        kept.claim(1, 1);
        assert_eq!(kept, before);
    }
}
