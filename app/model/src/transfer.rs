//! The port to files at addresses.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use crate::Later;

/// One request.
#[derive(Clone)]
pub struct Ask {
    /// Absolute, or relative to the program.
    pub address: String,
    /// The bytes to put there; without any, what is there is fetched.
    pub put: Option<Vec<u8>>,
    /// Headers of the request.
    pub headers: Vec<(&'static str, String)>,
    /// The answer may have so many bytes.
    pub most: usize,
}

/// What a host answered, whatever it said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status, as HTTP has it.
    pub status: u16,
    /// Which version of the file it is (`ETag`), where the host tells pages from this origin.
    pub tag: Option<String>,
    /// With which byte of the file the body begins, where the host says that.
    pub from: Option<usize>,
    /// What came.
    pub body: Vec<u8>,
    /// Whether the connection broke before everything had come.
    pub is_cut: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// The browser has no network.
    Offline,
    /// The host is not there, or lets no pages from elsewhere ask it this. Browsers do not tell which.
    Refused,
    /// The answer would be larger than it may be.
    TooLarge,
    /// The watch ended it.
    Cancelled,
}

/// Fetches and puts files over HTTP, with no referrer and, to other hosts, nothing that says who asks.
pub trait Transfer {
    /// Does one request. How far it is, is told to the watch.
    fn ask(&self, ask: Ask, watch: Watch) -> Later<Result<Answer, Unanswered>>;
}

/// Follows a transfer, and can end it. Clones are the same.
#[derive(Clone)]
pub struct Watch(Rc<Watched>);

struct Watched {
    told: Box<dyn Fn(usize, Option<usize>)>,
    before: Cell<usize>,
    is_cancelled: Cell<bool>,
    end: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Watch {
    /// `told` hears how many bytes are through, and of how many where that is known.
    pub fn new(told: impl Fn(usize, Option<usize>) + 'static) -> Self {
        Self(Rc::new(Watched {
            told: Box::new(told),
            before: Cell::new(0),
            is_cancelled: Cell::new(false),
            end: RefCell::new(None),
        }))
    }

    /// Nobody looks.
    pub fn unseen() -> Self {
        Self::new(|_, _| {})
    }

    /// The next request goes on after so many bytes.
    pub fn go_on_from(&self, bytes: usize) {
        self.0.before.set(bytes);
    }

    /// So many bytes of this request are through.
    pub fn tell(&self, done: usize, of: Option<usize>) {
        let before = self.0.before.get();
        (self.0.told)(before + done, of.map(|of| before + of));
    }

    /// How to end what is under way. Done at once where that was asked for before.
    pub fn on_cancel(&self, end: impl FnOnce() + 'static) {
        if self.is_cancelled() {
            end();
        } else {
            *self.0.end.borrow_mut() = Some(Box::new(end));
        }
    }

    /// Ends what is under way, and everything that would come after it.
    pub fn cancel(&self) {
        self.0.is_cancelled.set(true);
        let end = self.0.end.take();
        if let Some(end) = end {
            end();
        }
    }

    /// Whether it was ended.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled.get()
    }
}
