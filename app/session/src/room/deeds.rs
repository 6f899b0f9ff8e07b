//! What buyers did in the room itself, as far as it counts towards how warm the room is.

use std::collections::{BTreeMap, BTreeSet};

use insight::engagement::{Act as Did, Deed};
use model::{Author, Right};

use super::Room;

impl Room {
    /// What buyers said, chose, confirmed and accepted, by when they did. People are those of [`Room::readings`]. Times are those
    /// of the buyers' clocks. In a room with rights, whoever joined by no given link counts nowhere; nor does an acceptance that
    /// does not hold.
    pub fn deeds(&self) -> Vec<Deed> {
        let mut done: Vec<(Author, u64, Did)> = Vec::new();
        let remarks = self.threads().into_iter().flat_map(|thread| thread.remarks);
        for remark in remarks.filter(|remark| !remark.owns) {
            let asks = remark.text.trim_end().ends_with('?');
            done.push((remark.author, remark.at, if asks { Did::Asked } else { Did::Commented }));
        }
        {
            let documents = self.documents();
            let buys = |author: &Author| documents.right(author) != Some(Right::Own);
            for (author, responses) in documents.responses.iter().filter(|(author, _)| buys(author)) {
                let did = |act: Did| move |at: u64| (*author, at, act);
                done.extend(
                    responses.choices().into_iter().map(|(_, word)| word.at).map(did(Did::ChosePrice)),
                );
                let confirmed = responses.confirmations().into_iter().filter(|(_, word)| word.says);
                done.extend(confirmed.map(|(_, word)| word.at).map(did(Did::ConfirmedStep)));
                // Proposing other words is saying something.
                done.extend(responses.suggestions().into_iter().map(|it| it.at).map(did(Did::Commented)));
            }
            for answer in documents.deal.seals().iter().flat_map(|seal| seal.answers.iter().flatten()) {
                if buys(&answer.author) {
                    done.push((answer.author, answer.accepted.at, Did::Accepted));
                }
            }
        }
        stdx::sort_by_key(&mut done, |(author, at, act)| (*at, *author, *act));
        let known: Option<BTreeSet<String>> =
            self.has_rights().then(|| self.known_people().into_values().collect());
        let mut people: BTreeMap<Author, String> = BTreeMap::new();
        let deeds = done.into_iter().map(|(author, at, act)| {
            let who = people.entry(author).or_insert_with(|| self.who(&author)).clone();
            Deed { who, at, act }
        });
        deeds.filter(|deed| known.as_ref().is_none_or(|known| known.contains(&deed.who))).collect()
    }
}
