//! What is sealed for the other copies of a room alone, and what is drawn at random for that.

use aes_gcm::{Aes256Gcm, KeyInit as _, aead::Aead as _, aead::Payload};
use sha2::{Digest as _, Sha256};

/// The key that all copies have, and the seed of this one.
pub(crate) struct Seal {
    cipher: Aes256Gcm,
    seed: [u8; 32],
    drawn: u64,
}

impl Seal {
    /// `seed` is random and new.
    pub(crate) fn new(key: [u8; 32], seed: [u8; 32]) -> Self {
        Self { cipher: Aes256Gcm::new(&key.into()), seed, drawn: 0 }
    }

    /// Bytes that were not drawn before.
    pub(crate) fn draw<const N: usize>(&mut self) -> [u8; N] {
        const { assert!(N <= 32) };
        let drawn = Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        self.drawn += 1;
        std::array::from_fn(|at| drawn[at])
    }

    /// Seals bytes. Where they stand in for nothing else, `of` says what they are.
    pub(crate) fn seal(&mut self, plain: &[u8], of: &[u8]) -> ([u8; 12], Vec<u8>) {
        let nonce = self.draw();
        let sealed = self.cipher.encrypt(&nonce.into(), Payload { msg: plain, aad: of });
        // Only what is longer than a browser's memory cannot be sealed.
        (nonce, sealed.unwrap_or_default())
    }

    /// Opens what [`Seal::seal`] sealed, here or in another copy.
    pub(crate) fn open(&self, nonce: &[u8; 12], sealed: &[u8], of: &[u8]) -> Option<Vec<u8>> {
        self.cipher.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: of }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_copy_seals_another_opens_and_no_draw_comes_twice() {
        let (mut one, other) = (Seal::new([1; 32], [2; 32]), Seal::new([1; 32], [3; 32]));
        let (nonce, sealed) = one.seal(b"words", b"notice");
        assert_eq!(other.open(&nonce, &sealed, b"notice").as_deref(), Some(&b"words"[..]));
        assert_eq!(other.open(&nonce, &sealed, b"code"), None);
        assert_eq!(Seal::new([9; 32], [2; 32]).open(&nonce, &sealed, b"notice"), None);
        assert_ne!(one.seal(b"words", b"notice").0, nonce);
        assert_ne!(one.draw::<32>(), one.draw());
    }
}
