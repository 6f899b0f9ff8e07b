//! The secret of a link: 32 random bytes, from which everything follows that its holder needs.
//!
//! Children are made by HKDF-SHA-256 (RFC 5869) without a salt, each under a label of its own, so that none tells anything
//! of another.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use model::LinkKey;
use sha2::Sha256;

use crate::pen::Pen;

/// A child of a secret.
pub(crate) fn child(secret: &[u8; 32], label: &[u8]) -> [u8; 32] {
    let mut child = [0; 32];
    let made = Hkdf::<Sha256>::new(None, secret).expand(label, &mut child);
    // It refuses lengths above 255 hashes only.
    stdx::never!(made.is_err());
    child
}

/// What whoever holds a link has beside the room itself.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(pub [u8; 32]);

impl LinkSecret {
    /// What signs for the link.
    pub fn pen(&self) -> Pen {
        Pen::new(&child(&self.0, b"handsel link signing 1"))
    }

    /// By what others know the link.
    pub fn key(&self) -> LinkKey {
        LinkKey(self.pen().public())
    }

    /// What the content keys of later epochs are sealed with for this link.
    pub(crate) fn box_key(&self) -> [u8; 32] {
        child(&self.0, b"handsel link box 1")
    }
}

impl std::fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LinkSecret").field(&self.key()).finish()
    }
}

/// A secret of 32 bytes, sealed under another with XChaCha20-Poly1305, for one purpose.
pub(crate) fn seal(key: &[u8; 32], nonce: &[u8; 24], purpose: &[u8], secret: &[u8; 32]) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(*nonce), Payload { msg: secret, aad: purpose })
        // The cipher only fails on plaintexts of 256 GiB and more.
        .unwrap_or_default()
}

/// Opens what [`seal`] made.
pub(crate) fn open(key: &[u8; 32], nonce: &[u8; 24], purpose: &[u8], sealed: &[u8]) -> Option<[u8; 32]> {
    let payload = Payload { msg: sealed, aad: purpose };
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_a_secret_differ_by_label_and_are_those_of_rfc_5869() {
        // RFC 5869, A.3: no salt, and the first 32 bytes of what it expands to.
        let mut okm = [0; 32];
        Hkdf::<Sha256>::new(None, &[0x0b; 22]).expand(b"", &mut okm).unwrap();
        assert_eq!(model::hex(&okm), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
        let secret = LinkSecret([7; 32]);
        assert_ne!(secret.box_key(), child(&secret.0, b"handsel link signing 1"));
        assert_eq!(secret.key(), LinkSecret([7; 32]).key());
        assert_ne!(secret.key(), LinkSecret([8; 32]).key());
    }

    #[test]
    fn a_secret_opens_under_its_key_and_purpose_only() {
        let sealed = seal(&[1; 32], &[2; 24], b"box", &[3; 32]);
        assert_eq!(open(&[1; 32], &[2; 24], b"box", &sealed), Some([3; 32]));
        assert_eq!(open(&[1; 32], &[2; 24], b"keep", &sealed), None);
        assert_eq!(open(&[4; 32], &[2; 24], b"box", &sealed), None);
        assert_eq!(open(&[1; 32], &[2; 24], b"box", &sealed[1..]), None);
    }
}
