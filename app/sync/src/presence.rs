//! Who is in a room, as its copies tell each other over roads that others read along: sealed for those in the room, and signed
//! by the device that says it.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use model::{Author, RoomId};
use stdx::{Cut, Reader, Writer};

use crate::{
    link::child,
    pen::{self, Pen, SIGNATURE},
    stage::Stage,
    tabs::Caret,
};

/// Of a device that is merely there. It is said as before there were presentations, so that programs from before go on seeing it.
const VERSION: u8 = 1;
/// Of one that presents or attends.
const WITH_STAGE: u8 = 2;
/// The longest name, in characters.
pub const NAME_MAX: usize = 80;
/// How many tabs of one device are told of.
pub const TABS_MAX: usize = 8;

/// What a device says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Whose key it writes with.
    pub author: Author,
    /// What its person calls themselves; may be empty.
    pub name: String,
    /// Its tabs that have the room open, and where their carets are.
    pub tabs: Vec<(u64, Option<Caret>)>,
    /// What it does in presentations of the room.
    pub stage: Option<Stage>,
}

impl Presence {
    /// Signs and seals it. `client` is the number under which it is said, so that nobody else can say it under theirs;
    /// `key` is the content key of `epoch`; `nonce` must be random and new.
    pub fn seal(
        &self,
        pen: &Pen,
        room: RoomId,
        client: u64,
        (epoch, key): (u64, &[u8; 32]),
        nonce: [u8; 24],
    ) -> Vec<u8> {
        let mut body = self.write(&pen.public());
        let version = if self.stage.is_some() { WITH_STAGE } else { VERSION };
        let signature = pen.stamp(signed_as(version), room, &[&number(client), &number(epoch), &body]);
        body.extend_from_slice(&signature);
        let mut out = Writer::new();
        out.u8(version).uint(epoch).raw(&nonce);
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), Payload { msg: &body, aad: &room.0 })
            // The cipher only fails on plaintexts of 256 GiB and more.
            .unwrap_or_default();
        out.raw(&sealed);
        out.finish()
    }

    /// Opens what was said under the number `client`; `key_of` gives the content key of an epoch.
    ///
    /// # Errors
    /// [`Cut`] for whatever is not whole, of a later version, not for this room, of another number, or not signed by whom it names.
    pub fn open(
        sealed: &[u8],
        room: RoomId,
        client: u64,
        key_of: impl FnOnce(u64) -> Option<[u8; 32]>,
    ) -> Result<Self, Cut> {
        let mut from = Reader::new(sealed);
        let version = from.u8()?;
        if version != VERSION && version != WITH_STAGE {
            return Err(Cut);
        }
        let (epoch, nonce): (u64, [u8; 24]) = (from.uint()?, from.array()?);
        let key = key_of(epoch).ok_or(Cut)?;
        let body = cipher(&key)
            .decrypt(&XNonce::from(nonce), Payload { msg: from.rest(), aad: &room.0 })
            .or(Err(Cut))?;
        let (body, signature) = body.split_last_chunk::<SIGNATURE>().ok_or(Cut)?;
        let presence = Self::read(body, version)?;
        let parts = [&number(client)[..], &number(epoch), body];
        if pen::holds(&presence.author.0, signature, signed_as(version), room, &parts) {
            Ok(presence)
        } else {
            Err(Cut)
        }
    }

    /// Reads what is signed. Whoever has the room's key may have written it, so it may be anything.
    fn read(body: &[u8], version: u8) -> Result<Self, Cut> {
        let mut from = Reader::new(body);
        let author = Author(from.array()?);
        let name = from.text()?.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        let count = usize::try_from(from.uint()?).ok().filter(|count| *count <= TABS_MAX).ok_or(Cut)?;
        let mut tabs = Vec::with_capacity(count);
        for _ in 0..count {
            let tab = from.uint()?;
            tabs.push((tab, if from.u8()? == 0 { None } else { Some(Caret::read(&mut from)?) }));
        }
        let stage = if version == WITH_STAGE { Some(Stage::read(&mut from)?) } else { None };
        Ok(Self { author, name, tabs, stage })
    }

    fn write(&self, author: &[u8; 32]) -> Vec<u8> {
        let mut body = Writer::new();
        body.raw(author).text(&self.name).uint(self.tabs.len().min(TABS_MAX) as u64);
        for (tab, caret) in self.tabs.iter().take(TABS_MAX) {
            body.uint(*tab);
            match caret {
                None => body.u8(0),
                Some(caret) => caret.write(body.u8(1)),
            };
        }
        if let Some(stage) = &self.stage {
            stage.write(&mut body);
        }
        body.finish()
    }
}

fn cipher(content_key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&child(content_key, b"handsel presence key 1").into())
}

/// The version stands outside of what is sealed. As the signature differs with it, nobody on the way makes one of another.
fn signed_as(version: u8) -> &'static [u8] {
    if version == VERSION { b"handsel presence 1" } else { b"handsel presence 2" }
}

fn number(value: u64) -> [u8; 8] {
    value.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use model::SectionId;
    use text::CellName;

    use super::*;
    use crate::stage::tests::stages;

    const ROOM: RoomId = RoomId([7; 16]);
    const KEY: [u8; 32] = [9; 32];

    fn presence(pen: &Pen) -> Presence {
        let section = SectionId::parse("main").unwrap();
        let caret = Caret { section, cell: None, anchor: vec![1, 2], head: vec![] };
        let cell = CellName { table: "t".into(), row: "r".into(), column: "c".into() };
        let in_cell = Caret { cell: Some(cell), ..caret.clone() };
        Presence {
            author: Author(pen.public()),
            name: "Dana".into(),
            tabs: vec![(1 << 52, None), (3, Some(caret)), (4, Some(in_cell))],
            stage: None,
        }
    }

    #[test]
    fn it_opens_in_its_room_under_its_number_only() {
        let pen = Pen::new(&[3; 32]);
        let said = presence(&pen);
        let sealed = said.seal(&pen, ROOM, 17, (2, &KEY), [5; 24]);
        let key_of = |epoch| (epoch == 2).then_some(KEY);
        assert_eq!(Presence::open(&sealed, ROOM, 17, key_of), Ok(said));
        assert!(Presence::open(&sealed, ROOM, 18, key_of).is_err());
        assert!(Presence::open(&sealed, RoomId([8; 16]), 17, key_of).is_err());
        assert!(Presence::open(&sealed, ROOM, 17, |_| None).is_err());
        assert!(Presence::open(&sealed, ROOM, 17, |_| Some([1; 32])).is_err());
        for end in 0..sealed.len() {
            assert!(Presence::open(&sealed[..end], ROOM, 17, key_of).is_err());
        }
    }

    #[test]
    fn what_a_device_does_in_presentations_comes_along_and_the_version_cannot_be_changed_on_the_way() {
        let pen = Pen::new(&[3; 32]);
        for stage in stages() {
            let said = Presence { stage: Some(stage), ..presence(&pen) };
            let mut sealed = said.seal(&pen, ROOM, 17, (2, &KEY), [5; 24]);
            assert_eq!(Presence::open(&sealed, ROOM, 17, |_| Some(KEY)), Ok(said));
            for other in [0, 1, 3, 255] {
                sealed[0] = other;
                assert_eq!(Presence::open(&sealed, ROOM, 17, |_| Some(KEY)), Err(Cut), "{other}");
            }
        }
        let mut sealed = presence(&pen).seal(&pen, ROOM, 17, (2, &KEY), [5; 24]);
        assert_eq!(sealed[0], 1, "programs from before see whoever is merely there");
        sealed[0] = 2;
        assert_eq!(Presence::open(&sealed, ROOM, 17, |_| Some(KEY)), Err(Cut));
    }

    #[test]
    fn nobody_speaks_for_another() {
        let (pen, other) = (Pen::new(&[3; 32]), Pen::new(&[4; 32]));
        let said = presence(&pen);
        // Whoever signs it is whom it names.
        let sealed = said.seal(&other, ROOM, 17, (0, &KEY), [5; 24]);
        let heard = Presence::open(&sealed, ROOM, 17, |_| Some(KEY)).unwrap();
        assert_eq!(heard.author, Author(other.public()));
    }

    #[test]
    fn whatever_somebody_signs_is_read_or_refused() {
        let pen = Pen::new(&[3; 32]);
        let staged = stages().into_iter().map(|stage| Presence { stage: Some(stage), ..presence(&pen) });
        let bodies: Vec<(u8, Vec<u8>)> = [(VERSION, presence(&pen).write(&[1; 32]))]
            .into_iter()
            .chain(staged.map(|it| (WITH_STAGE, it.write(&[1; 32]))))
            .collect();
        let count =
            std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000_u64);
        for seed in 0..count {
            let mut random = fastrand::Rng::with_seed(seed);
            let (version, mut bytes) = bodies[random.usize(..bodies.len())].clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..bytes.len());
                match random.u8(..3) {
                    0 => bytes[at] = random.u8(..),
                    1 => bytes.truncate(at.max(1)),
                    _ => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
                }
            }
            if let Ok(read) = Presence::read(&bytes, version) {
                assert!(read.tabs.len() <= TABS_MAX && read.name.chars().count() <= NAME_MAX, "seed {seed}");
                // What is read is within the limits: it is written and read as the same.
                let again = Presence::read(&read.write(&read.author.0), version);
                assert_eq!(again.as_ref(), Ok(&read), "seed {seed}");
                assert_eq!(read.stage.is_some(), version == WITH_STAGE);
                if let Some(Stage::Showing(showing)) = read.stage {
                    assert_eq!(showing.spot.clone().checked(), Some(showing.spot), "seed {seed}");
                }
            }
        }
    }
}
