//! Sealing of links and room files, and randomness.

use crate::Later;
#[cfg(doc)]
use crate::limits;

/// Why something did not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// The key is not the right one, or the bytes were changed or cut.
    #[error("does not open with this key")]
    Wrong,
    /// This page may not use the browser's cryptography, as when it is not served over https.
    #[error("no cryptography here: {0}")]
    Unavailable(String),
}

/// AES-256-GCM with a 16-byte tag behind the ciphertext.
pub trait Cipher {
    /// Seals `plain`. A nonce must never serve twice under one key.
    fn seal(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        plain: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>>;
    /// Opens what [`Cipher::seal`] made.
    fn open(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>>;
    /// The key that a passphrase makes with a salt: PBKDF2 with HMAC-SHA-256 and [`limits::PASSPHRASE_ROUNDS`] rounds, over the
    /// passphrase in Unicode's normal form C, so that it does not matter on which keyboard it is typed.
    fn derive(&self, passphrase: &str, salt: &[u8; 32]) -> Later<Result<[u8; 32], CipherError>>;
}

/// A source of unguessable bytes.
pub trait Entropy {
    /// Fills `bytes` from the system's source.
    fn fill(&self, bytes: &mut [u8]);
}
