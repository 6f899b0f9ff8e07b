//! The part of the workspace that belongs to one room: a ledger of its own, which only the room's owners can open.
//!
//! What the selling team keeps for itself of a deal must not be in the room, sealed or not: a room travels to the buyers, and
//! with it whatever it holds. So it is written in a second ledger that meets, and is kept, under a name that only owners
//! know. Everything it needs follows from the owner's seed, which every device of an owner has, by HKDF-SHA-256 as in
//! [`crate::link`]: no key is passed on for it, and all of these devices arrive at the same ledger. Nothing leads from its
//! keys back to the seed, nor from its name to the room's.

use model::{Pass, Right, RoomId, RoomKeys};

use crate::{
    link::{LinkSecret, child},
    pen::Pen,
    roll::Certificate,
};

/// The name and the keys of the workspace of a room whose owner's seed is `owner_seed`. `author_seed` is what this device
/// writes with in the room; its key in the workspace is another one.
pub fn of(owner_seed: &[u8; 32], author_seed: &[u8; 32]) -> (RoomId, RoomKeys) {
    let name = child(owner_seed, b"handsel workspace name 1");
    let mut id = RoomId([0; 16]);
    id.0.copy_from_slice(&name[..16]);
    let own_seed = child(owner_seed, b"handsel workspace owner 1");
    let owner = Pen::new(&own_seed);
    let secret = LinkSecret(child(owner_seed, b"handsel workspace link 1"));
    // The same on all devices, since the signature follows from what is signed.
    let certificate = Certificate::sign(&owner, id, secret.key(), Right::Own, "", None, 0);
    let pass =
        Pass { secret: secret.0, certificate: certificate.bytes().to_vec(), owner_seed: Some(own_seed) };
    let keys = RoomKeys {
        content: child(owner_seed, b"handsel workspace content 1"),
        later: Vec::new(),
        author_seed: child(author_seed, b"handsel workspace author 1"),
        owner: owner.author(),
        pass: Some(pass),
    };
    (id, keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_one_owner_arrive_at_one_ledger_and_write_with_keys_of_their_own() {
        let (id, ours) = of(&[7; 32], &[1; 32]);
        let (same, theirs) = of(&[7; 32], &[2; 32]);
        assert_eq!(
            (id, ours.content, ours.owner, &ours.pass),
            (same, theirs.content, theirs.owner, &theirs.pass)
        );
        assert_ne!(ours.author_seed, theirs.author_seed);
        let (other, others) = of(&[8; 32], &[1; 32]);
        assert_ne!(id, other);
        assert_ne!(ours.content, others.content);
        let pass = ours.pass.unwrap();
        let certificate = Certificate::read(&ours.owner, id, &pass.certificate).unwrap();
        assert_eq!(certificate.right, Right::Own);
        assert_eq!(certificate.link, LinkSecret(pass.secret).key());
    }

    #[test]
    fn nothing_of_it_is_what_the_room_shows() {
        let (id, keys) = of(&[7; 32], &[1; 32]);
        let owner = Pen::new(&[7; 32]);
        assert_ne!(keys.owner, owner.author());
        assert_ne!(keys.author_seed, [1; 32]);
        assert_ne!(keys.pass.unwrap().owner_seed, Some([7; 32]));
        assert_eq!(model::hex(&id.0), GOLDEN);
    }

    /// Written down, since devices with another version of the program must arrive at it too.
    const GOLDEN: &str = "15ff19ff5f2f4a0c82a172f8e5cbbaa0";
}
