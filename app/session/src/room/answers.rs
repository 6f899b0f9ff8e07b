//! What everybody answers, each in a document of their own.

use std::collections::BTreeMap;

use model::{Author, Right};
use reactive_graph::{signal::ArcRwSignal, traits::Update as _};
use replica::{Refused, Responses, Word};

use super::Room;
use crate::Problem;

/// How the words of an author are read, by what they are about.
type Words<T> = fn(&Responses) -> Vec<(String, Word<T>)>;

impl Room {
    /// Counts how often something of the offer changed, whoever changed it: track it to look at the offer again.
    pub fn offer_changed(&self) -> ArcRwSignal<u64> {
        self.0.offer_changed.clone()
    }

    /// Counts how often somebody's answers changed: track it to look at them again.
    pub fn responses_changed(&self) -> ArcRwSignal<u64> {
        self.0.responses_changed.clone()
    }

    /// Writes in this device's own answers.
    pub(crate) fn respond<R>(
        &self,
        write: impl FnOnce(&mut Responses) -> Result<R, Refused>,
    ) -> Result<R, Problem> {
        self.may(Right::Comment)?;
        let author = self.author();
        let done = write(self.0.documents.borrow_mut().responses_of(author));
        self.settle();
        Ok(done?)
    }

    /// The words that count of all that some authors said, by what they are about: those with the highest turn. Of two with
    /// the same turn that of the later author does.
    pub(super) fn last_words<T>(
        &self,
        words: Words<T>,
        of: impl Fn(&Author) -> bool,
    ) -> BTreeMap<String, (Author, Word<T>)> {
        let mut last: BTreeMap<String, (Author, Word<T>)> = BTreeMap::new();
        // Authors come in order.
        for (author, responses) in self.documents().responses.iter().filter(|(author, _)| of(author)) {
            for (about, word) in words(responses) {
                if last.get(&about).is_none_or(|(_, before)| before.turn <= word.turn) {
                    last.insert(about, (*author, word));
                }
            }
        }
        last
    }

    /// The turn of whoever says something now, having seen all that was said of it.
    pub(super) fn next_turn<T>(&self, words: Words<T>, about: &str) -> u64 {
        let last = self.last_words(words, |_| true);
        last.get(about).map_or(0, |(_, word)| word.turn).saturating_add(1)
    }

    /// Has the team's book read what changed of it, or all of it anew.
    pub(super) fn follow_book(&self, anew: bool) {
        let book = self.book_in().borrow().upgrade();
        if let Some(book) = book {
            book.follow(anew);
        }
    }

    pub(super) fn tell_deal(&self) {
        self.0.deal_changed.update(|count| *count += 1);
        self.note_activity_soon();
    }

    pub(super) fn tell_readings(&self) {
        self.0.readings_changed.update(|count| *count += 1);
        self.note_activity_soon();
    }

    /// Whoever shows the offer looks again, also where it shows beside it what the workspace has.
    pub(crate) fn tell_offer(&self) {
        self.0.offer_changed.update(|count| *count += 1);
        if let Some(front) = self.front() {
            front.tell_offer();
        }
    }

    /// The same for whoever shows answers.
    pub(super) fn tell_responses(&self) {
        self.0.responses_changed.update(|count| *count += 1);
        self.note_activity_soon();
        if let Some(front) = self.front() {
            front.tell_responses();
        }
    }

    /// Has those look again who show the offer or answers, where these changed.
    pub(super) fn follow_moved(&self) {
        let moved = std::mem::take(&mut self.0.documents.borrow_mut().moved);
        if moved.offer {
            self.follow_offer();
            self.tell_offer();
        }
        if moved.deal {
            self.tell_deal();
            self.acknowledge_later();
        }
        if moved.receipts {
            self.tell_readings();
        }
        if moved.responses {
            self.tell_responses();
        }
        if moved.book {
            self.follow_book(false);
        }
    }
}
