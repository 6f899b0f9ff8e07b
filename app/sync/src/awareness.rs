//! Who is here, by the rules of y-protocols: each client says something about itself and counts how often it said so.
//! What it says is JSON, and nothing here looks into it.
//!
//! A state is renewed every 15 seconds and forgotten 30 seconds after it was last heard. The state `null` says that a
//! client has left. Nobody but this copy says so of this copy: such a message is answered by a higher count.

use std::collections::BTreeMap;

use stdx::{Reader, Writer};

use crate::any::Any;
use crate::yjs::Fault;

/// The longest state, in bytes.
pub const STATE_MAX: usize = 32 * 1024;
/// How many clients are known at one time, and how many states one message may hold.
pub const CLIENTS_MAX: usize = 512;
/// One's own state is said again when it is this old, in milliseconds.
const RENEW_AFTER: u64 = 15_000;
/// A state that was not heard for as long is forgotten, in milliseconds.
const FORGET_AFTER: u64 = 30_000;
/// Who disputes our state is answered at most this often, in milliseconds, so that two of us never talk in a circle.
const DISPUTE_EVERY: u64 = 1_000;
/// Messages of states stay below this, so that every road carries them.
const MESSAGE_SIZE: usize = 60 * 1024;
/// JavaScript counts no further.
const NUMBER_MAX: u64 = (1 << 53) - 1;

/// A number for each road, chosen by whoever opens it. What was heard on a road is forgotten when the road ends, unless
/// another one brought it too.
pub type Road = u32;

/// The states of all who are here.
#[derive(Debug)]
pub struct Awareness {
    client: u64,
    /// How often something was said of ourselves. Others ignore a count of 0, so the first is 1.
    clock: u64,
    state: Option<String>,
    /// When our state was said last, and when it is said again.
    said_at: u64,
    renew_at: u64,
    others: BTreeMap<u64, Other>,
}

#[derive(Debug)]
struct Other {
    clock: u64,
    heard: u64,
    state: Option<String>,
    /// The roads that brought this state, or an earlier one.
    roads: Vec<Road>,
    /// Whether the state is missing because its roads ended, and not because the client left. Then it is believed again
    /// at the same count.
    lost: bool,
}

/// What a message changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Clients of whom there is something new, which other roads should hear; one's own when it must be said again.
    pub news: Vec<u64>,
}

/// A state in a message.
#[derive(Debug, PartialEq, Eq)]
struct Said<'a> {
    client: u64,
    clock: u64,
    state: Option<&'a str>,
}

fn read(payload: &[u8]) -> Result<Vec<Said<'_>>, Fault> {
    let mut from = Reader::new(payload);
    let count = from.uint()?;
    if count > CLIENTS_MAX as u64 {
        return Err(Fault::TooLong);
    }
    let mut all = Vec::new();
    for _ in 0..count {
        let (client, clock, json) = (from.uint()?, from.uint()?, from.text()?);
        if json.len() > STATE_MAX {
            return Err(Fault::TooLong);
        }
        if client > NUMBER_MAX || clock > NUMBER_MAX {
            return Err(Fault::Cut);
        }
        let value = Any::from_json(json).map_err(|_cut| Fault::NotJson)?;
        all.push(Said { client, clock, state: (value != Any::Null).then_some(json) });
    }
    Ok(all)
}

impl Awareness {
    /// Nobody is here yet. `client` is the number under which this copy writes, below 2^53.
    pub fn new(client: u64) -> Self {
        Self { client, clock: 0, state: None, said_at: 0, renew_at: 0, others: BTreeMap::new() }
    }

    /// The number under which this copy speaks.
    pub fn client(&self) -> u64 {
        self.client
    }

    /// Says something about ourselves, as JSON of at most [`STATE_MAX`] bytes, or that we have left. Afterwards
    /// [`Awareness::client`] is news for all roads.
    pub fn set(&mut self, state: Option<String>, now: u64) -> Result<(), Fault> {
        if let Some(json) = &state {
            if json.len() > STATE_MAX {
                return Err(Fault::TooLong);
            }
            if Any::from_json(json).map_err(|_cut| Fault::NotJson)? == Any::Null {
                return Err(Fault::NotJson);
            }
        }
        self.state = state;
        self.say(self.clock, now);
        Ok(())
    }

    /// Says our state once more. Whoever lost sight of us when a road ended believes it only at a higher count.
    pub fn renew(&mut self, now: u64) {
        if self.state.is_some() {
            self.say(self.clock, now);
        }
    }

    /// Our state is said again, with a count above this one.
    fn say(&mut self, above: u64, now: u64) {
        self.clock = (above + 1).min(NUMBER_MAX);
        self.said_at = now;
        self.renew_at = now + RENEW_AFTER;
    }

    /// What the others say about themselves, by client.
    pub fn others(&self) -> impl Iterator<Item = (u64, &str)> {
        self.others.iter().filter_map(|(client, other)| Some((*client, other.state.as_deref()?)))
    }

    /// Clients of whom there is a state, this copy among them.
    pub fn present(&self) -> Vec<u64> {
        let own = self.state.is_some().then_some(self.client);
        own.into_iter().chain(self.others().map(|(client, _)| client)).collect()
    }

    /// Messages that say what is known of these clients; none when nothing is. For [`crate::yjs::Message::Awareness`].
    pub fn write(&self, clients: &[u64]) -> Vec<Vec<u8>> {
        let mut messages = Vec::new();
        let (mut count, mut size, mut body) = (0, 0, Writer::new());
        for client in clients {
            let (clock, state) = if *client == self.client {
                (self.clock, &self.state)
            } else {
                match self.others.get(client) {
                    Some(other) => (other.clock, &other.state),
                    None => continue,
                }
            };
            if clock == 0 {
                continue;
            }
            let mut said = Writer::new();
            said.uint(*client).uint(clock).text(state.as_deref().unwrap_or("null"));
            let said = said.finish();
            if count > 0 && size + said.len() > MESSAGE_SIZE {
                messages.push(with_count(count, std::mem::take(&mut body)));
                (count, size) = (0, 0);
            }
            body.raw(&said);
            (count, size) = (count + 1, size + said.len());
        }
        if count > 0 {
            messages.push(with_count(count, body));
        }
        messages
    }

    /// Takes in what a message that came by `road` says. It is taken in whole or not at all.
    pub fn receive(&mut self, payload: &[u8], road: Road, now: u64) -> Result<Changes, Fault> {
        let mut changes = Changes::default();
        for said in read(payload)? {
            let is_news = if said.client == self.client {
                self.is_disputed(&said, now)
            } else {
                self.hear(&said, road, now)
            };
            if is_news {
                changes.news.push(said.client);
            }
        }
        Ok(changes)
    }

    /// Whether what others believe of us must be put right: they say we left, or have heard something newer under our
    /// number, as from a life before this one.
    fn is_disputed(&mut self, said: &Said, now: u64) -> bool {
        let newer = said.clock > self.clock || (said.clock == self.clock && said.state.is_none());
        if self.state.is_none() || !newer {
            return false;
        }
        if now < self.said_at + DISPUTE_EVERY {
            self.clock = said.clock;
            self.renew_at = self.renew_at.min(self.said_at + DISPUTE_EVERY);
            return false;
        }
        self.say(said.clock, now);
        true
    }

    fn hear(&mut self, said: &Said, road: Road, now: u64) -> bool {
        let Some(other) = self.others.get_mut(&said.client) else {
            // A client that was never known counts as known at 0.
            if said.clock == 0 || said.state.is_none() || !self.has_room() {
                return false;
            }
            let state = said.state.map(str::to_owned);
            let other = Other { clock: said.clock, heard: now, state, roads: Vec::from([road]), lost: false };
            self.others.insert(said.client, other);
            return true;
        };
        if !other.roads.contains(&road) {
            other.roads.push(road);
        }
        let same = said.clock == other.clock;
        let leaves = same && said.state.is_none() && other.state.is_some();
        let returns = same && said.state.is_some() && other.lost;
        if said.clock <= other.clock && !leaves && !returns {
            return false;
        }
        let is_news = said.state.is_some() || other.state.is_some();
        other.clock = said.clock;
        other.heard = now;
        other.state = said.state.map(str::to_owned);
        other.lost = false;
        is_news
    }

    /// Whether one more client can be known. Those who left give way, whoever was heard longest ago first.
    fn has_room(&mut self) -> bool {
        if self.others.len() < CLIENTS_MAX {
            return true;
        }
        let gone = self.others.iter().filter(|(_, other)| other.state.is_none());
        let oldest = gone.min_by_key(|(_, other)| other.heard).map(|(client, _)| *client);
        oldest.is_some_and(|client| self.others.remove(&client).is_some())
    }

    /// Does what is due: answers whether our own state must be said again, which it then is for all roads, and whether
    /// somebody was forgotten.
    pub fn tick(&mut self, now: u64) -> (bool, bool) {
        let renew = self.state.is_some() && now >= self.renew_at;
        if renew {
            self.say(self.clock, now);
        }
        let mut forgot = false;
        for other in self.others.values_mut() {
            if other.state.is_some() && now >= other.heard + FORGET_AFTER {
                other.state = None;
                forgot = true;
            }
        }
        (renew, forgot)
    }

    /// When [`Awareness::tick`] has something to do next.
    pub fn wakes_at(&self) -> Option<u64> {
        let own = self.state.as_ref().map(|_| self.renew_at);
        let present = self.others.values().filter(|other| other.state.is_some());
        own.into_iter().chain(present.map(|other| other.heard + FORGET_AFTER)).min()
    }

    /// Forgets who was heard on this road only, since it ended. Answers whether there was somebody.
    pub fn lose(&mut self, road: Road) -> bool {
        let mut lost = false;
        for other in self.others.values_mut() {
            let had = other.roads.len();
            other.roads.retain(|one| *one != road);
            if other.roads.is_empty() && had > 0 && other.state.take().is_some() {
                other.lost = true;
                lost = true;
            }
        }
        lost
    }
}

fn with_count(count: u64, body: Writer) -> Vec<u8> {
    let mut out = Writer::new();
    out.uint(count).raw(&body.finish());
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{hex, unhex};

    const OWN: u64 = 7;

    fn message(entries: &[(u64, u64, &str)]) -> Vec<u8> {
        let mut out = Writer::new();
        out.uint(entries.len() as u64);
        for (client, clock, state) in entries {
            out.uint(*client).uint(*clock).text(state);
        }
        out.finish()
    }

    fn here(now: u64) -> Awareness {
        let mut here = Awareness::new(OWN);
        here.set(Some("{}".into()), now).unwrap();
        here
    }

    fn others(here: &Awareness) -> Vec<(u64, &str)> {
        here.others().collect()
    }

    /// Written by y-protocols 1.0.7.
    #[test]
    fn states_are_written_as_yjs_writes_them() {
        let mut here = Awareness::new(1);
        here.set(Some(r#"{"user":{"name":"A"}}"#.into()), 0).unwrap();
        assert_eq!(hex(&here.write(&[1])[0]), "010101157b2275736572223a7b226e616d65223a2241227d7d");
        here.set(None, 0).unwrap();
        assert_eq!(hex(&here.write(&[1])[0]), "010102046e756c6c");
        let there = &mut Awareness::new(2);
        let payload = unhex("010101157b2275736572223a7b226e616d65223a2241227d7d").unwrap();
        assert_eq!(there.receive(&payload, 0, 0), Ok(Changes { news: vec![1] }));
        assert_eq!(others(there), [(1, r#"{"user":{"name":"A"}}"#)]);
        assert_eq!(there.write(&[1])[0], payload);
    }

    #[test]
    fn what_is_newer_counts_and_nothing_older() {
        let mut here = here(0);
        let news = |here: &mut Awareness, entries: &[(u64, u64, &str)]| {
            here.receive(&message(entries), 0, 0).unwrap().news
        };
        assert_eq!(news(&mut here, &[(1, 0, "{}")]), [0; 0], "a count of 0 is ignored");
        assert_eq!(news(&mut here, &[(1, 3, "1"), (2, 1, "2")]), [1, 2]);
        assert_eq!(news(&mut here, &[(1, 3, "\"same count\""), (2, 1, "2")]), [0; 0]);
        assert_eq!(news(&mut here, &[(1, 2, "null")]), [0; 0], "an older leaving");
        assert_eq!(others(&here), [(1, "1"), (2, "2")]);
        assert_eq!(news(&mut here, &[(1, 3, "null")]), [1], "leaving at the same count");
        assert_eq!(news(&mut here, &[(1, 3, "1")]), [0; 0], "who left is not back at the same count");
        assert_eq!(news(&mut here, &[(2, 5, " null ")]), [2]);
        assert_eq!(others(&here), []);
        assert_eq!(here.present(), [OWN]);
        assert_eq!(news(&mut here, &[(1, 4, "4")]), [1]);
        assert_eq!(others(&here), [(1, "4")]);
    }

    #[test]
    fn one_bad_state_spoils_its_message_and_nothing_else() {
        let mut here = here(0);
        for (bad, fault) in [
            (message(&[(1, 1, "{}"), (2, 1, "{")]), Fault::NotJson),
            (message(&[(1, 1, "{}"), (2, 1, "")]), Fault::NotJson),
            (message(&[(1, 1, "{}"), (1 << 53, 1, "{}")]), Fault::Cut),
            (message(&[(1, 1, "{}"), (2, 1 << 53, "{}")]), Fault::Cut),
            (message(&[(1, 1, &format!("\"{}\"", "a".repeat(STATE_MAX)))]), Fault::TooLong),
            (unhex("8080808010").unwrap(), Fault::TooLong),
            (unhex("0101").unwrap(), Fault::Cut),
        ] {
            assert_eq!(here.receive(&bad, 0, 0), Err(fault));
            assert_eq!(others(&here), []);
        }
        assert_eq!(here.set(Some("{".into()), 0), Err(Fault::NotJson));
        assert_eq!(here.set(Some("null".into()), 0), Err(Fault::NotJson));
    }

    #[test]
    fn a_state_is_renewed_and_others_are_forgotten_in_time() {
        let mut here = here(0);
        here.receive(&message(&[(1, 1, "{}")]), 0, 10_000).unwrap();
        assert_eq!(here.wakes_at(), Some(15_000));
        assert_eq!(here.tick(14_999), (false, false));
        assert_eq!(here.tick(15_000), (true, false));
        assert_eq!(hex(&here.write(&[OWN])[0]), "010702027b7d", "said again with the next count");
        assert_eq!(here.tick(30_000), (true, false));
        assert_eq!(here.wakes_at(), Some(40_000));
        assert_eq!(here.tick(40_000), (false, true));
        assert_eq!(others(&here), []);
        here.receive(&message(&[(1, 2, "{}")]), 0, 41_000).unwrap();
        assert_eq!(others(&here), [(1, "{}")], "who is heard again is here again");
    }

    #[test]
    fn nobody_else_says_that_we_left() {
        let mut here = here(0);
        let gone = |clock| message(&[(OWN, clock, "null")]);
        assert_eq!(here.receive(&gone(1), 0, 5_000).unwrap().news, [OWN]);
        assert_eq!(hex(&here.write(&[OWN])[0]), "010702027b7d");
        assert_eq!(here.receive(&gone(1), 0, 9_000).unwrap().news, [0; 0], "an old message");
        assert_eq!(here.receive(&message(&[(OWN, 20, "9")]), 0, 9_000).unwrap().news, [OWN]);
        assert_eq!(hex(&here.write(&[OWN])[0]), "010715027b7d", "our own words, counted above theirs");
        // Two that hold one number do not answer each other without end.
        assert_eq!(here.receive(&gone(30), 0, 9_100).unwrap().news, [0; 0]);
        assert_eq!(here.wakes_at(), Some(10_000));
        assert_eq!(here.tick(10_000), (true, false));
        assert_eq!(hex(&here.write(&[OWN])[0]), "01071f027b7d");
        here.set(None, 11_000).unwrap();
        assert_eq!(here.receive(&gone(99), 0, 20_000).unwrap().news, [0; 0], "we did leave");
    }

    #[test]
    fn who_was_heard_on_a_road_that_ended_is_gone_until_heard_again() {
        let mut here = here(0);
        here.receive(&message(&[(1, 1, "1"), (2, 1, "2")]), 10, 0).unwrap();
        here.receive(&message(&[(2, 1, "2")]), 11, 0).unwrap();
        assert!(here.lose(10));
        assert_eq!(others(&here), [(2, "2")], "another road brought this one as well");
        assert_eq!(here.receive(&message(&[(1, 1, "1")]), 12, 0).unwrap().news, [1], "at the same count");
        assert_eq!(others(&here), [(1, "1"), (2, "2")]);
        assert!(!here.lose(10));
    }

    #[test]
    fn a_crowd_is_bounded_and_those_who_left_give_way() {
        let mut here = here(0);
        let max = CLIENTS_MAX as u64;
        for client in 100..100 + max {
            here.receive(&message(&[(client, 1, "{}")]), 0, client).unwrap();
        }
        assert_eq!(here.receive(&message(&[(1, 1, "{}")]), 0, 0).unwrap().news, [0; 0]);
        here.receive(&message(&[(105, 2, "null")]), 0, 0).unwrap();
        assert_eq!(here.receive(&message(&[(1, 1, "{}")]), 0, 0).unwrap().news, [1]);
        assert_eq!(here.others.len(), CLIENTS_MAX);
    }

    #[test]
    fn many_states_go_in_several_messages() {
        let mut here = here(0);
        let long = format!("\"{}\"", "a".repeat(20_000));
        for client in 100..105 {
            here.receive(&message(&[(client, 1, &long)]), 0, 0).unwrap();
        }
        let messages = here.write(&[100, 101, 102, 103, 104, 999]);
        assert_eq!(messages.len(), 2);
        assert!(messages.iter().all(|message| message.len() < MESSAGE_SIZE + 8));
        let mut there = Awareness::new(8);
        for message in messages {
            there.receive(&message, 0, 0).unwrap();
        }
        assert_eq!(there.present(), [100, 101, 102, 103, 104]);
        assert_eq!(there.write(&[8]), [[0; 0]; 0], "of whom nothing was said, nothing is written");
    }
}
