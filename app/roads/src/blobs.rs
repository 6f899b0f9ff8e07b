//! Sealed blobs in pieces that every road can take.

use std::collections::{BTreeMap, BTreeSet};

use model::{BlobHash, limits};
use sync::carrier::{Carrier, Name, digest};

/// The longest piece, in bytes.
const PIECE_MAX: usize = 180 * 1024;
/// So many pieces a blob has at most: the largest blob with its seal, and some.
const PIECES_MAX: usize = 128;
const _: () = assert!(PIECE_MAX * PIECES_MAX > limits::BLOB_MAX + 64 * 1024);

/// When no piece of a blob came for as long, in milliseconds, others are asked for what is missing; again after twice as
/// long, and so on.
const ASK_AFTER: u64 = 10_000;
/// So often others are asked for the pieces of one list.
const ASKED_MAX: u32 = 6;

/// A list, and the pieces that are not here yet.
struct Expected {
    pieces: Vec<[u8; 32]>,
    missing: BTreeSet<[u8; 32]>,
    /// How often others were asked, and when they are the next time.
    asked: u32,
    ask_at: u64,
}

/// The blobs that are not here yet as a whole.
#[derive(Default)]
pub(crate) struct Blobs {
    expected: BTreeMap<(BlobHash, [u8; 32]), Expected>,
    /// Blobs that are here and good.
    good: BTreeSet<BlobHash>,
}

/// The parts of a sealed blob, with its list as the last; none of one that is too long.
fn parts(hash: BlobHash, sealed: &[u8]) -> Vec<(Name, Vec<u8>)> {
    let pieces: Vec<_> = sealed.chunks(PIECE_MAX).map(|piece| (digest(piece), piece)).collect();
    if pieces.is_empty() || pieces.len() > PIECES_MAX {
        return Vec::new();
    }
    let list: Vec<u8> = pieces.iter().flat_map(|(digest, _)| *digest).collect();
    let name = Name::List(hash, digest(&list));
    let pieces = pieces.into_iter().map(|(digest, piece)| (Name::Piece(digest), piece.to_vec()));
    pieces.chain([(name, list)]).collect()
}

impl Blobs {
    /// This blob is good. Answers what of it is to be put in: nothing when it was known to be good, however it was sealed.
    pub(crate) fn good(&mut self, hash: BlobHash, sealed: &[u8]) -> Vec<(Name, Vec<u8>)> {
        if !self.good.insert(hash) {
            return Vec::new();
        }
        self.expected.retain(|(expected, _), _| *expected != hash);
        parts(hash, sealed)
    }

    /// Somebody brought a part. Answers blobs that are here as a whole now, by their lists.
    pub(crate) fn brought(
        &mut self,
        name: Name,
        bytes: &[u8],
        carrier: &Carrier,
        now: u64,
    ) -> Vec<(BlobHash, [u8; 32], Vec<u8>)> {
        match name {
            Name::Entry(_) => return Vec::new(),
            Name::List(hash, named) => {
                let (pieces, rest) = bytes.as_chunks::<32>();
                let fits = !pieces.is_empty() && pieces.len() <= PIECES_MAX && rest.is_empty();
                if !fits || self.good.contains(&hash) {
                    return Vec::new();
                }
                let missing = pieces
                    .iter()
                    .filter(|piece| carrier.part(&Name::Piece(**piece)).is_none())
                    .copied()
                    .collect();
                self.expected.insert(
                    (hash, named),
                    Expected { pieces: pieces.to_vec(), missing, asked: 0, ask_at: now + ASK_AFTER },
                );
            }
            Name::Piece(digest) => {
                for expected in self.expected.values_mut() {
                    if expected.missing.remove(&digest) {
                        expected.ask_at = now + ASK_AFTER;
                    }
                }
            }
        }
        let whole: Vec<_> = self.expected.extract_if(.., |_, expected| expected.missing.is_empty()).collect();
        let joined = |((hash, list), expected): ((BlobHash, _), Expected)| {
            Some((hash, list, join(&expected.pieces, carrier)?))
        };
        whole.into_iter().filter_map(joined).collect()
    }

    /// Whether others are to be asked now for what is missing.
    pub(crate) fn asks(&mut self, now: u64) -> bool {
        let mut asks = false;
        for expected in self.expected.values_mut() {
            if expected.asked < ASKED_MAX && expected.ask_at <= now {
                expected.asked += 1;
                expected.ask_at = now + (ASK_AFTER << expected.asked);
                asks = true;
            }
        }
        asks
    }

    /// When [`Blobs::asks`] is to be asked next.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        let waiting = self.expected.values().filter(|expected| expected.asked < ASKED_MAX);
        waiting.map(|expected| expected.ask_at).min()
    }

    /// All that is not known to be good was thrown away.
    pub(crate) fn forget_others(&mut self) {
        self.expected.clear();
    }
}

fn join(pieces: &[[u8; 32]], carrier: &Carrier) -> Option<Vec<u8>> {
    let mut sealed = Vec::new();
    for piece in pieces {
        let piece = carrier.part(&Name::Piece(*piece)).filter(|piece| piece.len() <= PIECE_MAX)?;
        sealed.extend_from_slice(&piece);
    }
    Some(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: BlobHash = BlobHash([7; 32]);

    fn bytes(len: usize) -> Vec<u8> {
        (0..len).map(|at| (at / 7) as u8 ^ (at >> 11) as u8).collect()
    }

    /// Brings parts in this order, and answers all that came of it.
    fn bring(
        blobs: &mut Blobs,
        carrier: &mut Carrier,
        parts: &[(Name, Vec<u8>)],
    ) -> Vec<(BlobHash, Vec<u8>)> {
        let mut whole = Vec::new();
        for (name, bytes) in parts {
            carrier.put(&[(*name, bytes)]);
            let brought = blobs.brought(*name, bytes, carrier, 0);
            whole.extend(brought.into_iter().map(|(hash, _, sealed)| (hash, sealed)));
        }
        whole
    }

    #[test]
    fn a_blob_is_whole_when_its_last_part_is_here_in_whatever_order() {
        for len in [1, PIECE_MAX, PIECE_MAX + 1, 5 * PIECE_MAX + 9] {
            let sealed = bytes(len);
            let mut parts = Blobs::default().good(HASH, &sealed);
            assert!(parts.iter().all(|(_, bytes)| bytes.len() <= PIECE_MAX));
            for _ in 0..2 {
                let (mut blobs, mut carrier) = (Blobs::default(), Carrier::new());
                let last = parts.len() - 1;
                assert_eq!(bring(&mut blobs, &mut carrier, &parts[..last]), []);
                assert_eq!(bring(&mut blobs, &mut carrier, &parts[last..]), [(HASH, sealed.clone())]);
                parts.reverse();
            }
        }
    }

    #[test]
    fn pieces_that_do_not_come_are_asked_for_less_and_less() {
        let (mut blobs, mut carrier) = (Blobs::default(), Carrier::new());
        let parts = Blobs::default().good(HASH, &bytes(3 * PIECE_MAX));
        bring(&mut blobs, &mut carrier, &parts[3..]);
        let mut asked = Vec::new();
        while let Some(now) = blobs.wakes_at() {
            assert!(!blobs.asks(now - 1) && blobs.asks(now));
            asked.push(now / 1_000);
        }
        assert_eq!(asked, [10, 30, 70, 150, 310, 630]);
        assert_eq!(bring(&mut blobs, &mut carrier, &parts[..3]).len(), 1, "they may come nevertheless");
    }

    #[test]
    fn a_good_blob_is_put_in_once_and_not_told_of_again() {
        let (mut blobs, mut carrier) = (Blobs::default(), Carrier::new());
        let parts = blobs.good(HASH, b"sealed here");
        assert_eq!(parts.len(), 2);
        assert_eq!(blobs.good(HASH, b"sealed anew"), []);
        let others = Blobs::default().good(HASH, b"sealed elsewhere");
        assert_eq!(bring(&mut blobs, &mut carrier, &others), []);
    }

    #[test]
    fn lists_that_cannot_be_are_nothing() {
        let (mut blobs, mut carrier) = (Blobs::default(), Carrier::new());
        for wrong in [vec![], vec![1; 31], vec![1; 33], vec![1; 32 * (PIECES_MAX + 1)]] {
            let list = (Name::List(HASH, digest(&wrong)), wrong);
            assert_eq!(bring(&mut blobs, &mut carrier, &[list]), []);
        }
        assert!(blobs.expected.is_empty());
        // A piece that is longer than any is none.
        let long = bytes(PIECE_MAX + 1);
        let list = digest(&long).to_vec();
        let parts = [(Name::Piece(digest(&long)), long), (Name::List(HASH, digest(&list)), list)];
        assert_eq!(bring(&mut blobs, &mut carrier, &parts), []);
        assert_eq!(Blobs::default().good(HASH, &bytes(PIECE_MAX * PIECES_MAX + 1)), []);
    }
}
