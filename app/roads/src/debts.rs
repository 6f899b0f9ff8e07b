//! How much others brought of which nobody has said yet that it is good. Whoever brings too much is left.

use std::collections::BTreeMap;

use model::limits;
use sync::carrier::Name;

/// So many things one other may bring before they were judged.
pub const THINGS_MAX: usize = 50_000;
/// So many bytes one other may bring before they were judged: as much as a room may hold.
pub const BYTES_MAX: usize = limits::ROOM_MAX + limits::BUNDLE_MAX;

/// Who brought something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The relay.
    Relay,
    /// A browser, by its name.
    Peer(String),
}

/// How it stands with somebody, or with all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// There is no more than may be.
    Fine,
    /// All together have brought too much, though none of them alone.
    TooMuch,
    /// This one has.
    Floods,
}

#[derive(Default)]
struct Debt {
    things: usize,
    bytes: usize,
}

/// What each has brought that was not judged yet.
#[derive(Default)]
pub(crate) struct Debts {
    of: BTreeMap<Source, Debt>,
    /// Who brought a thing, and how many bytes that was for those who brought it first.
    by: BTreeMap<Name, Vec<(Source, Option<usize>)>>,
}

impl Debts {
    /// Somebody brought so many bytes, as this thing if it has a name.
    pub(crate) fn add(&mut self, source: &Source, name: Option<Name>, bytes: usize) -> Verdict {
        if let Some(name) = name {
            self.by.entry(name).or_default().push((source.clone(), Some(bytes)));
        }
        let debt = self.of.entry(source.clone()).or_default();
        debt.things += 1;
        debt.bytes += bytes;
        if debt.things > THINGS_MAX || debt.bytes > BYTES_MAX {
            return Verdict::Floods;
        }
        let all = self.of.values().fold((0, 0), |all, debt| (all.0 + debt.things, all.1 + debt.bytes));
        if all.0 > 2 * THINGS_MAX || all.1 > 2 * BYTES_MAX { Verdict::TooMuch } else { Verdict::Fine }
    }

    /// Somebody else brought the same.
    pub(crate) fn add_source(&mut self, source: &Source, name: &Name) {
        if let Some(brought) = self.by.get_mut(name)
            && brought.iter().all(|(known, _)| known != source)
        {
            brought.push((source.clone(), None));
        }
    }

    /// This thing is good. Answers who brought it.
    pub(crate) fn settle(&mut self, name: &Name) -> Vec<Source> {
        let brought = self.by.remove(name).unwrap_or_default();
        for (source, bytes) in &brought {
            if let (Some(debt), Some(bytes)) = (self.of.get_mut(source), bytes) {
                debt.things = debt.things.saturating_sub(1);
                debt.bytes = debt.bytes.saturating_sub(*bytes);
            }
        }
        brought.into_iter().map(|(source, _)| source).collect()
    }

    /// All that was not judged was thrown away.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: usize) -> Name {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&number.to_be_bytes());
        Name::Piece(digest)
    }

    #[test]
    fn what_was_judged_does_not_count_any_more() {
        let mut debts = Debts::default();
        for number in 0..3 * THINGS_MAX {
            assert_eq!(debts.add(&Source::Relay, Some(name(number)), 4_000), Verdict::Fine);
            assert_eq!(debts.settle(&name(number)), [Source::Relay]);
        }
        assert_eq!(debts.settle(&name(0)), []);
        debts.add(&Source::Relay, Some(name(1)), 1);
        debts.add_source(&Source::Relay, &name(1));
        debts.add_source(&Source::Peer("a".into()), &name(1));
        assert_eq!(debts.settle(&name(1)), [Source::Relay, Source::Peer("a".into())]);
    }

    #[test]
    fn one_who_brings_too_much_floods_and_many_are_too_much_together() {
        let mut debts = Debts::default();
        let peer = |number: usize| Source::Peer(number.to_string());
        assert_eq!(debts.add(&peer(1), None, BYTES_MAX), Verdict::Fine);
        assert_eq!(debts.add(&peer(2), Some(name(1)), BYTES_MAX), Verdict::Fine);
        assert_eq!(debts.add(&peer(3), Some(name(2)), 1), Verdict::TooMuch);
        assert_eq!(debts.add(&peer(1), Some(name(2)), 1), Verdict::Floods);
        debts.clear();
        assert_eq!(debts.add(&peer(1), Some(name(1)), 1), Verdict::Fine);
        for number in 1..THINGS_MAX {
            debts.add(&peer(1), Some(name(number)), 1);
        }
        assert_eq!(debts.add(&peer(1), Some(name(1)), 1), Verdict::Floods);
    }
}
