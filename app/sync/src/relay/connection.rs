//! A socket to a relay that is opened again whenever it is lost.

use super::{Input, Output, Standing, Status};

/// A relay that was not heard for as long is given up, in milliseconds; as in y-websocket and Hocuspocus.
const SILENCE_MAX: u64 = 30_000;
/// After half of that silence it is asked something that it answers.
const SILENCE_ASKED: u64 = 15_000;
/// A socket that is not open after as long is given up, in milliseconds.
const DIAL_MAX: u64 = 10_000;
/// The longest pause between attempts, in milliseconds.
const PAUSE_MAX: u64 = 2_500;

/// A socket and its standing.
#[derive(Debug)]
pub(super) struct Connection {
    address: String,
    /// Whether a server that closes with this code would do so again.
    refuses: fn(u16) -> bool,
    state: State,
    /// Attempts since the relay was in step.
    failures: u32,
    heard_at: Option<u64>,
    faults: usize,
}

#[derive(Debug)]
enum State {
    Off,
    Dialling { since: u64 },
    Open { heard: u64, asked: bool, in_step: bool },
    Waiting { until: u64 },
    Refused { code: Option<u16>, reason: String },
}

/// What an input means for those who talk over the socket.
pub(super) enum Event<'a> {
    /// It is open.
    Opened,
    /// A frame has come.
    Frame(&'a [u8]),
    /// It was quiet for long; something should be asked.
    Quiet,
    /// It is gone.
    Gone,
    /// Nothing.
    Nothing,
}

impl Connection {
    pub(super) fn new(address: String, refuses: fn(u16) -> bool) -> Self {
        Self { address, refuses, state: State::Off, failures: 0, heard_at: None, faults: 0 }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    pub(super) fn is_in_step(&self) -> bool {
        matches!(self.state, State::Open { in_step: true, .. })
    }

    pub(super) fn handle<'i>(&mut self, input: Input<'i>, now: u64, out: &mut Vec<Output>) -> Event<'i> {
        match (input, &mut self.state) {
            (Input::Start, State::Off | State::Refused { .. }) => {
                self.failures = 0;
                self.dial(now, out);
            }
            (Input::Start | Input::Wake, State::Waiting { .. }) => self.dial(now, out),
            (Input::Wake, State::Open { .. }) => return Event::Quiet,
            (Input::Stop, State::Dialling { .. } | State::Open { .. }) => {
                out.push(Output::HangUp);
                self.state = State::Off;
                return Event::Gone;
            }
            (Input::Stop, _) => self.state = State::Off,
            (Input::Opened, State::Dialling { .. }) => {
                self.state = State::Open { heard: now, asked: false, in_step: false };
                return Event::Opened;
            }
            (Input::Frame(frame), State::Open { heard, asked, .. }) => {
                (*heard, *asked) = (now, false);
                self.heard_at = Some(now);
                return Event::Frame(frame);
            }
            (Input::Closed { code, reason }, State::Dialling { .. } | State::Open { .. }) => {
                if (self.refuses)(code) {
                    self.state = State::Refused { code: Some(code), reason: reason.to_owned() };
                } else {
                    self.pause(now);
                }
                return Event::Gone;
            }
            (Input::Time, State::Dialling { since }) if now >= *since + DIAL_MAX => {
                return self.drop_and_pause(now, out);
            }
            (Input::Time, State::Open { heard, asked, .. }) => {
                if now >= *heard + SILENCE_MAX {
                    return self.drop_and_pause(now, out);
                }
                if now >= *heard + SILENCE_ASKED && !*asked {
                    *asked = true;
                    return Event::Quiet;
                }
            }
            (Input::Time, State::Waiting { until }) if now >= *until => self.dial(now, out),
            _ => {}
        }
        Event::Nothing
    }

    fn dial(&mut self, now: u64, out: &mut Vec<Output>) {
        self.state = State::Dialling { since: now };
        out.push(Output::Dial(self.address.clone()));
    }

    /// Waits before the next attempt, longer after each that failed.
    fn pause(&mut self, now: u64) {
        self.failures += 1;
        let pause = 100 << self.failures.min(10);
        self.state = State::Waiting { until: now + PAUSE_MAX.min(pause) };
    }

    /// Gives the socket up and tries again later.
    pub(super) fn drop_and_pause(&mut self, now: u64, out: &mut Vec<Output>) -> Event<'static> {
        out.push(Output::HangUp);
        self.pause(now);
        Event::Gone
    }

    /// The server has refused in a message.
    pub(super) fn refuse(&mut self, reason: &str, out: &mut Vec<Output>) {
        out.push(Output::HangUp);
        self.state = State::Refused { code: None, reason: reason.to_owned() };
    }

    /// All that the relay had is here.
    pub(super) fn came_in_step(&mut self) {
        if let State::Open { in_step, .. } = &mut self.state {
            *in_step = true;
        }
    }

    /// The relay has done some work, so it is not one that only accepts sockets and closes them.
    pub(super) fn proved_itself(&mut self) {
        self.failures = 0;
    }

    pub(super) fn found_fault(&mut self) {
        self.faults += 1;
    }

    pub(super) fn standing(&self, unacknowledged: usize, read_only: bool) -> Standing {
        let status = match &self.state {
            State::Off => Status::Off,
            State::Dialling { .. } | State::Open { in_step: false, .. } => Status::Connecting,
            State::Open { .. } if read_only => Status::ReadOnly,
            State::Open { .. } => Status::InStep,
            State::Waiting { until } => Status::Waiting { until: *until },
            State::Refused { code, reason } => Status::Refused { code: *code, reason: reason.clone() },
        };
        Standing { status, unacknowledged, heard_at: self.heard_at, faults: self.faults }
    }

    pub(super) fn wakes_at(&self) -> Option<u64> {
        match &self.state {
            State::Off | State::Refused { .. } => None,
            State::Dialling { since } => Some(since + DIAL_MAX),
            State::Open { heard, asked, .. } => {
                Some(heard + if *asked { SILENCE_MAX } else { SILENCE_ASKED })
            }
            State::Waiting { until } => Some(*until),
        }
    }
}
