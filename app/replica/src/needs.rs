//! What an update builds on, read from its bytes.
//!
//! yrs 0.28 takes in updates whose ground is missing and lets them wait, but when several wait at once, copies may end
//! with different texts. So updates wait here instead, until everything they build on is there, and yrs sees each only
//! then. The bytes are those of a Yjs update, version 1; a kind of content that this reader does not know makes it say
//! nothing about the update, which then goes to yrs as it came.

use std::{collections::BTreeMap, ops::Range};

use stdx::{Cut, Reader};
use sync::block;
use yrs::{ClientID, StateVector};

/// What an update builds on, and what it brings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Needs {
    /// For each client, how many of its clock ticks must be known before the update can be taken in.
    clocks: BTreeMap<u64, u64>,
    /// Ticks that it brings: client and first tick, with the end. Several changes as one may leave gaps.
    brings: BTreeMap<(u64, u64), u64>,
}

impl Needs {
    /// Reads them from an update; nothing when there is something in it that is not understood.
    pub(crate) fn of(update: &[u8]) -> Option<Self> {
        Parts::read(update).ok().map(Parts::needs)
    }

    /// Whether a document that knows this much has all that the update builds on.
    pub(crate) fn are_met_by(&self, known: &StateVector) -> bool {
        self.are_met(&known_to(known))
    }

    fn are_met(&self, reach: &impl Fn(u64) -> u64) -> bool {
        self.clocks.iter().all(|(client, clock)| reach(*client) >= *clock)
    }
}

/// The clients in whose name an update writes; nothing when there is something in it that is not understood. What it deletes
/// may be anybody's.
pub fn clients(update: &[u8]) -> Option<Vec<u64>> {
    let parts = Parts::read(update).ok()?;
    let mut clients: Vec<u64> = parts.brings.keys().map(|(client, _)| *client).collect();
    clients.dedup();
    Some(clients)
}

fn known_to(known: &StateVector) -> impl Fn(u64) -> u64 {
    |client| u64::from(known.get(&ClientID::new(client)))
}

/// Which of several updates a document that knows this much can take in together: what each of them builds on is there,
/// or another of them brings it. Two people's changes that are kept as one update each may build on each other.
pub(crate) fn together(all: &[&Needs], known: &StateVector) -> Vec<usize> {
    let known = known_to(known);
    let mut chosen: Vec<usize> = (0..all.len()).collect();
    loop {
        let mut brings: BTreeMap<(u64, u64), u64> = BTreeMap::new();
        for (first, end) in chosen.iter().flat_map(|at| &all[*at].brings) {
            let have = brings.entry(*first).or_default();
            *have = (*have).max(*end);
        }
        let mut reached: BTreeMap<u64, u64> = BTreeMap::new();
        for ((client, first), end) in brings {
            let reach = reached.entry(client).or_insert_with(|| known(client));
            if first <= *reach {
                *reach = end.max(*reach);
            }
        }
        let reach = |client| reached.get(&client).copied().unwrap_or_else(|| known(client));
        let before = chosen.len();
        chosen.retain(|at| all[*at].are_met(&reach));
        if chosen.len() == before {
            return chosen;
        }
    }
}

/// What an update brings and names.
#[derive(Default)]
struct Parts {
    /// The ticks it brings: client and first, with the end.
    brings: BTreeMap<(u64, u64), u64>,
    /// Ends of what is named: neighbours, parents, deletions.
    names: Vec<(u64, u64)>,
}

impl Parts {
    fn needs(self) -> Needs {
        let mut clocks: BTreeMap<u64, u64> = BTreeMap::new();
        for (client, first) in self.brings.keys() {
            let need = clocks.entry(*client).or_default();
            *need = (*first).max(*need);
        }
        for (client, end) in self.names {
            let before = self.brings.range(..(client, end)).next_back();
            let brought = before.is_some_and(|((by, _), until)| *by == client && end <= *until);
            if !brought {
                let need = clocks.entry(client).or_default();
                *need = end.max(*need);
            }
        }
        Needs { clocks, brings: self.brings }
    }

    fn read(update: &[u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(update);
        let mut parts = Self::default();
        for _ in 0..from.uint()? {
            let count = from.uint()?;
            let client = from.uint()?;
            let mut first = from.uint()?;
            let mut clock = first;
            for _ in 0..count {
                let (len, brought) = parts.block(&mut from)?;
                let end = clock.checked_add(len).ok_or(Cut)?;
                if !brought {
                    parts.bring(client, first..clock);
                    first = end;
                }
                clock = end;
            }
            parts.bring(client, first..clock);
        }
        for _ in 0..from.uint()? {
            let client = from.uint()?;
            for _ in 0..from.uint()? {
                let end = from.uint()?.checked_add(from.uint()?).ok_or(Cut)?;
                parts.names.push((client, end));
            }
        }
        if from.is_empty() { Ok(parts) } else { Err(Cut) }
    }

    fn bring(&mut self, client: u64, ticks: Range<u64>) {
        if !ticks.is_empty() {
            self.brings.insert((client, ticks.start), ticks.end);
        }
    }

    fn name(&mut self, from: &mut Reader) -> Result<(), Cut> {
        let (client, clock) = (from.uint()?, from.uint()?);
        self.names.push((client, clock.checked_add(1).ok_or(Cut)?));
        Ok(())
    }

    /// Passes one block and answers its length in ticks, and whether it brings them: it may stand for a gap.
    fn block(&mut self, from: &mut Reader) -> Result<(u64, bool), Cut> {
        const HAS_LEFT: u8 = 0x80;
        const HAS_RIGHT: u8 = 0x40;
        const HAS_KEY: u8 = 0x20;
        let info = from.u8()?;
        let kind = info & 0x1f;
        if matches!(kind, 0 | 10) {
            return Ok((from.uint()?, kind == 0));
        }
        if info & HAS_LEFT != 0 {
            self.name(from)?;
        }
        if info & HAS_RIGHT != 0 {
            self.name(from)?;
        }
        if info & (HAS_LEFT | HAS_RIGHT) == 0 {
            if from.uint()? == 1 {
                from.bytes()?;
            } else {
                self.name(from)?;
            }
            if info & HAS_KEY != 0 {
                from.bytes()?;
            }
        }
        Ok((block::content(kind, from)?, true))
    }
}

#[cfg(test)]
mod tests {
    use yrs::{
        Doc, GetString as _, ReadTxn as _, Text as _, Transact as _, Update, updates::decoder::Decode as _,
    };

    use super::*;

    fn needs(clocks: &[(u64, u64)], brings: &[(u64, u64, u64)]) -> Needs {
        Needs {
            clocks: clocks.iter().copied().collect(),
            brings: brings.iter().map(|(client, first, end)| ((*client, *first), *end)).collect(),
        }
    }

    #[test]
    fn updates_that_build_on_each_other_are_taken_in_together() {
        let one = needs(&[(1, 0), (2, 4)], &[(1, 0, 9)]);
        let other = needs(&[(2, 0), (1, 3)], &[(2, 0, 4)]);
        let stranded = needs(&[(1, 9), (3, 1)], &[(1, 9, 12)]);
        let known = StateVector::default();
        assert_eq!(together(&[&one, &stranded, &other], &known), [0, 2]);
        assert_eq!(together(&[&one, &stranded], &known), [0; 0]);
        // One with a gap, and what fills it.
        let around = needs(&[(1, 6)], &[(1, 0, 3), (1, 6, 9)]);
        let between = needs(&[(1, 3)], &[(1, 3, 6)]);
        assert_eq!(together(&[&around], &known), [0; 0]);
        assert_eq!(together(&[&around, &between], &known), [0, 1]);
    }

    #[test]
    fn an_update_needs_what_stood_around_its_words() {
        let first = Doc::with_client_id(1);
        let text = first.get_or_insert_text("t");
        text.insert(&mut first.transact_mut(), 0, "ab😀c");
        let start = first.transact().encode_diff_v1(&StateVector::default());
        assert_eq!(Needs::of(&start).unwrap().clocks, [(1, 0)].into());

        let second = Doc::with_client_id(2);
        second.transact_mut().apply_update(Update::decode_v1(&start).unwrap()).unwrap();
        let copy = second.get_or_insert_text("t");
        let before = second.transact().state_vector();
        let len = copy.len(&second.transact());
        copy.insert(&mut second.transact_mut(), len, "!");
        let end = second.transact().encode_diff_v1(&before);
        assert_eq!(Needs::of(&end).unwrap().clocks, [(1, 5), (2, 0)].into());
        assert!(!Needs::of(&end).unwrap().are_met_by(&StateVector::default()));
        assert!(Needs::of(&end).unwrap().are_met_by(&first.transact().state_vector()));
        assert_eq!(copy.get_string(&second.transact()), "ab😀c!");
        assert_eq!(Needs::of(&end[..end.len() - 1]), None);
        assert_eq!(Needs::of(&[0xff; 12]), None);
    }
}
