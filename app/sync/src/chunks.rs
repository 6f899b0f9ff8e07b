//! Long messages in pieces, between copies of ours. Browsers promise data channels no more than small messages, and Yjs's
//! own peers lose in silence what is too long, so pieces go only where both sides have said that they put them together.
//!
//! A piece is `7E`, the message's number, the piece's index, how many there are, and its bytes. Channels keep order, so
//! pieces of one message come one after the other; other, short messages may come between them.

use stdx::{Reader, Writer};

use crate::yjs::{Fault, MESSAGE_MAX};

/// What a piece begins with; no kind of message of y-protocols.
pub const CHUNK: u8 = 0x7e;
/// The longest piece, with what stands before its bytes. Every browser takes as much.
pub const CHUNK_MAX: usize = 16 * 1024;
/// What stands before a piece's bytes, at most: three numbers below 2^21 behind the first byte.
const HEAD_MAX: usize = 10;
const BODY: usize = CHUNK_MAX - HEAD_MAX;

/// The pieces of a message. `number` tells this message from the one before it.
pub fn split(number: u32, message: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let total = message.len().div_ceil(BODY);
    // Few enough bits that a head is never longer than its bound.
    let number = u64::from(number) & 0x1f_ffff;
    message.chunks(BODY).enumerate().map(move |(index, body)| {
        let mut out = Writer::new();
        out.u8(CHUNK).uint(number).uint(index as u64).uint(total as u64).raw(body);
        out.finish()
    })
}

/// Puts one side's messages together again.
#[derive(Debug, Default)]
pub struct Assembly {
    begun: Option<Begun>,
}

#[derive(Debug)]
struct Begun {
    number: u64,
    next: u64,
    total: u64,
    bytes: Vec<u8>,
}

impl Assembly {
    /// Takes a piece, without its first byte, and answers the message if it was the last one. A piece that does not
    /// follow the one before it is a fault, and what was begun is dropped.
    pub fn take(&mut self, piece: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let mut from = Reader::new(piece);
        let (number, index, total) = (from.uint()?, from.uint()?, from.uint()?);
        let body = from.rest();
        let begun = self.begun.take();
        if total > MESSAGE_MAX.div_ceil(BODY) as u64 || body.len() > CHUNK_MAX {
            return Err(Fault::TooLong);
        }
        let mut begun = match begun {
            _ if index == 0 => Begun { number, next: 0, total, bytes: Vec::new() },
            Some(begun) if begun.number == number && begun.next == index && begun.total == total => begun,
            _ => return Err(Fault::Cut),
        };
        begun.bytes.extend_from_slice(body);
        begun.next += 1;
        if begun.bytes.len() > MESSAGE_MAX {
            return Err(Fault::TooLong);
        }
        if begun.next >= total {
            return Ok(Some(begun.bytes));
        }
        self.begun = Some(begun);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(pieces: impl Iterator<Item = Vec<u8>>) -> Result<Option<Vec<u8>>, Fault> {
        let mut assembly = Assembly::default();
        let mut whole = None;
        for piece in pieces {
            assert_eq!(whole, None, "nothing follows the last piece");
            assert!(piece.len() <= CHUNK_MAX);
            assert_eq!(piece[0], CHUNK);
            whole = assembly.take(&piece[1..])?;
        }
        Ok(whole)
    }

    #[test]
    fn messages_of_every_length_come_back() {
        for len in [1, BODY - 1, BODY, BODY + 1, 5 * BODY, 3 * 1024 * 1024] {
            let message: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            for number in [0, 127, u32::MAX] {
                assert_eq!(join(split(number, &message)), Ok(Some(message.clone())), "{len}");
            }
        }
    }

    /// The example of docs/formats.md.
    #[test]
    fn pieces_have_a_head_of_four_numbers() {
        let pieces: Vec<_> = split(300, &vec![0xaa; BODY + 1]).collect();
        assert_eq!(pieces[0][..5], [0x7e, 0xac, 0x02, 0, 2]);
        assert_eq!(pieces[1], [0x7e, 0xac, 0x02, 1, 2, 0xaa]);
    }

    #[test]
    fn pieces_that_do_not_follow_each_other_are_refused() {
        let pieces: Vec<_> = split(1, &vec![0; 3 * BODY]).map(|piece| piece[1..].to_vec()).collect();
        let mut assembly = Assembly::default();
        assert_eq!(assembly.take(&pieces[1]), Err(Fault::Cut));
        assert_eq!(assembly.take(&pieces[0]), Ok(None));
        assert_eq!(assembly.take(&pieces[2]), Err(Fault::Cut));
        assert_eq!(assembly.take(&pieces[1]), Err(Fault::Cut), "what was begun is gone");
        assert_eq!(assembly.take(&pieces[0]), Ok(None));
        assert_eq!(assembly.take(&pieces[0]), Ok(None), "a message may be begun anew");
        assert_eq!(assembly.take(&[2, 1, 3]), Err(Fault::Cut), "another message");
        assert_eq!(assembly.take(&[]), Err(Fault::Cut));
    }

    #[test]
    fn what_a_piece_claims_costs_nothing() {
        let mut assembly = Assembly::default();
        let mut head = Writer::new();
        head.uint(1).uint(0).uint(u64::MAX);
        assert_eq!(assembly.take(&head.finish()), Err(Fault::TooLong));
        assert_eq!(assembly.take(&[&[1, 0, 9][..], &vec![0; CHUNK_MAX + 1]].concat()), Err(Fault::TooLong));
        assert_eq!(assembly.take(&[1, 0, 0]), Ok(Some(Vec::new())), "a message of no pieces is empty");
    }
}
