//! What buyers did in the room itself, as far as it counts towards how warm the room is.

use insight::engagement::{Act as Did, Deed};
use model::{Author, Right};
use sync::deal::Act;

use super::Room;

impl Room {
    /// What buyers said, chose, confirmed and accepted, by when they did. People are those of [`Room::readings`]. Times are those
    /// of the buyers' clocks.
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
            for (_, signed) in documents.deal.acts() {
                if let Act::Accepted(accepted) = &signed.act {
                    done.push((signed.author, accepted.at, Did::Accepted));
                }
            }
        }
        stdx::sort_by_key(&mut done, |(author, at, act)| (*at, *author, *act));
        done.into_iter().map(|(author, at, act)| Deed { who: self.who(&author), at, act }).collect()
    }
}
