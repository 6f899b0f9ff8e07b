//! Large files, which come piece by piece from whoever has them, when somebody asks for one.

use std::collections::{BTreeMap, VecDeque};

use model::BlobHash;
use reactive_graph::traits::{GetUntracked as _, Set as _};
use sync::roads::Ask;

use crate::{FileVersion, Problem, Room};

/// So many pieces are under way at once.
const AT_ONCE: usize = 3;
/// When a piece did not come for as long, in milliseconds, somebody else is asked.
const PATIENCE: u32 = 20_000;
/// So often a piece is asked for.
const TRIES: u64 = 6;

/// How it stands with what was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fetching {
    /// How many pieces are still to come.
    pub left: usize,
    /// Whether it ended since nobody who is here has what is missing.
    pub is_lacking: bool,
}

/// The pieces that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Wants {
    waiting: VecDeque<BlobHash>,
    /// Those that somebody was asked for, and how often.
    asked: BTreeMap<BlobHash, u64>,
}

impl Room {
    /// Asks whoever is connected for the pieces of a file that are not here. They come by and by; [`Room::fetching`] tells how it
    /// stands. What came stays, so asking again goes on from there.
    ///
    /// # Errors
    /// What the store says.
    pub async fn fetch_file(&self, file: &FileVersion) -> Result<(), Problem> {
        let held = self.held_blobs().await?;
        {
            let mut wants = self.line().wants.borrow_mut();
            for piece in &file.pieces {
                let is_known =
                    held.contains(piece) || wants.asked.contains_key(piece) || wants.waiting.contains(piece);
                if !is_known {
                    wants.waiting.push_back(*piece);
                }
            }
        }
        self.ask_for_more();
        Ok(())
    }

    /// Nothing more is asked for.
    pub fn stop_fetching(&self) {
        self.end_fetching(false);
    }

    /// How it stands with what was asked for.
    pub fn fetching(&self) -> reactive_graph::signal::ArcRwSignal<Fetching> {
        self.line().fetching.clone()
    }

    fn end_fetching(&self, is_lacking: bool) {
        *self.line().wants.borrow_mut() = Wants::default();
        self.line().fetching.set(Fetching { left: 0, is_lacking });
    }

    fn ask_for_more(&self) {
        let mut next = Vec::new();
        let left = {
            let mut wants = self.line().wants.borrow_mut();
            while wants.asked.len() < AT_ONCE
                && let Some(hash) = wants.waiting.pop_front()
            {
                wants.asked.insert(hash, 0);
                next.push(hash);
            }
            wants.waiting.len() + wants.asked.len()
        };
        self.line().fetching.set(Fetching { left, is_lacking: false });
        next.into_iter().for_each(|hash| self.ask_for(hash, 0));
    }

    fn ask_for(&self, hash: BlobHash, tries: u64) {
        if !self.line().is_open() {
            return self.end_fetching(true);
        }
        let room = self.downgrade();
        let again = move || {
            if let Some(room) = room.upgrade() {
                room.did_not_come(hash, tries);
            }
        };
        self.ports().tasks.after(PATIENCE, Box::new(again));
        self.line().ask(Ask::Want(hash, tries));
    }

    /// Nobody gave this piece at this try.
    fn did_not_come(&self, hash: BlobHash, tries: u64) {
        let is_last = {
            let mut wants = self.line().wants.borrow_mut();
            match wants.asked.get_mut(&hash) {
                Some(now) if *now == tries => *now += 1,
                _ => return,
            }
            tries + 1 >= TRIES
        };
        if is_last {
            self.end_fetching(true);
        } else {
            self.ask_for(hash, tries + 1);
        }
    }

    /// Whoever was asked does not have it.
    pub(super) fn is_lacking(&self, hash: BlobHash) {
        let tries = self.line().wants.borrow().asked.get(&hash).copied();
        if let Some(tries) = tries {
            self.did_not_come(hash, tries);
        }
    }

    /// Somebody asks for a piece of a file.
    pub(super) fn lend(&self, by: String, hash: BlobHash) {
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            let is_named = room.file_blobs(false).contains(&hash);
            // What the store does not give is not here.
            let sealed =
                if is_named { room.ports().store.blob(room.id(), hash).await.ok().flatten() } else { None };
            room.line().ask(Ask::Lend(by, hash, sealed));
        }));
    }

    /// A blob is here.
    pub(super) fn has_come(&self, hash: BlobHash) {
        let was_wanted = self.line().wants.borrow_mut().asked.remove(&hash).is_some();
        if was_wanted || self.line().fetching.get_untracked().left > 0 {
            self.ask_for_more();
        }
    }
}
