//! A backup: all rooms of a device in one file, sealed under a passphrase.
//!
//! The file is a head, sealed parts, and behind them a sealed [`Index`] that says what the parts are. So it is written
//! in one go with one part in memory at a time, and read by leaping: what is in it shows without reading it whole, and a part that
//! was damaged spoils its own room only. The caller seals and opens; docs/formats.md gives the bytes; the format is a preview and
//! may still change.

use model::{Author, DocName, RoomId, Standing, limits};
use stdx::{Cut, Reader, Writer};

use crate::bundle::{BACKUP_VERSION, CHECK, FILE_MAGIC, OpenError, ROOM_VERSIONS, check, inflate};

/// What belongs to the sealed bytes of each part though it is not secret.
pub const SEALED_AS: &[u8] = b"handsel backup 1";

/// How many bytes of a file are its head.
pub const HEAD: usize = FILE_MAGIC.len() + 1 + SALT;
/// How many bytes at the end of a file say where its index is.
pub const TAIL: usize = 8 + CHECK;
const SALT: usize = 32;

/// The largest index, sealed or unpacked.
const INDEX_MAX: usize = 32 * 1024 * 1024;
/// The largest part, sealed: a room's entries, or blobs of one.
const PART_MAX: u64 = (limits::BUNDLE_MAX + limits::ROOM_MAX) as u64;
/// The longest setting that goes along with a room, in bytes.
pub const SETTING_MAX: usize = 1024 * 1024;
/// Blobs share a part until they are so many bytes.
pub const BLOBS_ABOUT: usize = 2 * 1024 * 1024;

/// Whether bytes begin as a backup does, well made or not.
pub fn is_backup(bytes: &[u8]) -> bool {
    bytes.strip_prefix(FILE_MAGIC).is_some_and(|rest| rest.first() == Some(&BACKUP_VERSION))
}

/// The head of a file whose key is made with this salt.
pub fn head(salt: &[u8; SALT]) -> Vec<u8> {
    [FILE_MAGIC, &[BACKUP_VERSION], salt].concat()
}

/// The salt in the head of a file.
///
/// # Errors
/// [`OpenError::OneRoom`] where it is a room file, and what else it is not.
pub fn read_head(head: &[u8]) -> Result<[u8; SALT], OpenError> {
    let rest = head.strip_prefix(FILE_MAGIC).ok_or(OpenError::NotARoom)?;
    match rest.split_first() {
        None => Err(OpenError::Incomplete),
        Some((&BACKUP_VERSION, salt)) => salt.try_into().or(Err(OpenError::Incomplete)),
        Some((version, _)) if ROOM_VERSIONS.contains(version) => Err(OpenError::OneRoom),
        Some(_) => Err(OpenError::OtherVersion),
    }
}

/// The nonce of a part, which is its number: the parts of rooms count from 1, the index is 0. Each file has a key of its own.
pub fn nonce(part: u64) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&part.to_be_bytes());
    nonce
}

/// What ends a file whose sealed index begins `at` this byte.
pub fn tail(head: &[u8], index: &[u8], at: u64) -> Vec<u8> {
    let at = at.to_be_bytes();
    [&at[..], &check(&[head, index, &at].concat())].concat()
}

/// Where the index of a file of `len` bytes is, by its last bytes: from which byte on, and how many it has.
///
/// # Errors
/// [`OpenError::Incomplete`] where the end is not that of a backup, [`OpenError::TooLarge`].
pub fn index_at(tail: &[u8], len: u64) -> Result<(u64, usize), OpenError> {
    let (at, _) = tail.split_first_chunk::<8>().ok_or(OpenError::Incomplete)?;
    let at = u64::from_be_bytes(*at);
    let end = len.checked_sub(TAIL as u64).ok_or(OpenError::Incomplete)?;
    let size = end.checked_sub(at).filter(|_| at >= HEAD as u64).ok_or(OpenError::Incomplete)?;
    match usize::try_from(size) {
        Ok(size) if size <= INDEX_MAX => Ok((at, size)),
        _ => Err(OpenError::TooLarge),
    }
}

/// Whether head, index and tail belong together. The check is no protection: it tells a file that was cut or changed from one
/// with another passphrase.
///
/// # Errors
/// [`OpenError::Incomplete`].
pub fn checked(head: &[u8], index: &[u8], tail: &[u8]) -> Result<(), OpenError> {
    let (at, have) = tail.split_at_checked(8).ok_or(OpenError::Incomplete)?;
    if check(&[head, index, at].concat()) == have { Ok(()) } else { Err(OpenError::Incomplete) }
}

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// When it was made, milliseconds since 1970.
    pub made: u64,
    /// What the device's person called themselves; may be empty.
    pub name: String,
    /// The rooms, in the order of their parts.
    pub rooms: Vec<Listed>,
}

/// A room in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The room.
    pub room: RoomId,
    /// Its title.
    pub title: String,
    /// Where it stood in the list.
    pub standing: Standing,
    /// When it came to the device.
    pub created: u64,
    /// When something of it last changed there.
    pub changed: u64,
    /// Whether everything of it could be read.
    pub is_whole: bool,
    /// How far each author's chain went.
    pub ends: Vec<End>,
    /// How many bytes each of its parts has, sealed: the first is its [`RoomPart`], the others are blobs.
    pub parts: Vec<u64>,
}

/// How far a chain goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Whose.
    pub author: Author,
    /// On which document.
    pub doc: DocName,
    /// Its last number.
    pub last: u64,
}

impl Index {
    /// The index as bytes, packed.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.uint(self.made).text(&self.name).uint(self.rooms.len() as u64);
        self.rooms.iter().for_each(|room| room.write(&mut out));
        miniz_oxide::deflate::compress_to_vec(&out.finish(), 9)
    }

    /// Reads what [`Index::pack`] made for a file whose parts have `len` bytes in all.
    ///
    /// # Errors
    /// [`OpenError::Damaged`], [`OpenError::TooLarge`].
    pub fn unpack(packed: &[u8], len: u64) -> Result<Self, OpenError> {
        let bytes = inflate(packed, INDEX_MAX)?;
        let mut from = Reader::new(&bytes);
        let (made, name) = (from.uint()?, from.text()?.to_owned());
        let mut rooms = Vec::new();
        for _ in 0..from.uint()? {
            rooms.push(Listed::read(&mut from)?);
        }
        let parts = || rooms.iter().flat_map(|room: &Listed| &room.parts);
        if parts().any(|len| *len > PART_MAX) {
            return Err(OpenError::TooLarge);
        }
        let all = parts().try_fold(0_u64, |all, len| all.checked_add(*len));
        if from.is_empty() && all == Some(len) {
            Ok(Self { made, name, rooms })
        } else {
            Err(OpenError::Damaged)
        }
    }

    /// Where the parts of a room are, the room being the `at`th: with the number of each, from which byte on, and how many it has.
    pub fn parts(&self, at: usize) -> Vec<(u64, u64, usize)> {
        let before = || self.rooms.iter().take(at).flat_map(|room| &room.parts);
        let (mut number, mut from) = (before().count() as u64, HEAD as u64 + before().sum::<u64>());
        let parts = self.rooms.get(at).into_iter().flat_map(|room| &room.parts);
        let place = |len: &u64| {
            number += 1;
            from += len;
            (number, from - len, *len as usize)
        };
        parts.map(place).collect()
    }
}

impl Listed {
    fn write(&self, out: &mut Writer) {
        let standing = match self.standing {
            Standing::Archived => 1,
            Standing::Template => 2,
            Standing::Team => 3,
            Standing::Active | Standing::Deleted(_) | Standing::Workspace => 0,
        };
        out.raw(&self.room.0).text(&self.title).u8(standing).uint(self.created).uint(self.changed);
        out.u8(u8::from(self.is_whole)).uint(self.ends.len() as u64);
        for End { author, doc, last } in &self.ends {
            out.raw(&author.0).text(&doc.name()).uint(*last);
        }
        out.uint(self.parts.len() as u64);
        for len in &self.parts {
            out.uint(*len);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Cut> {
        let (room, title) = (RoomId(from.array()?), from.text()?.to_owned());
        let standing = match from.u8()? {
            0 => Standing::Active,
            1 => Standing::Archived,
            2 => Standing::Template,
            3 => Standing::Team,
            _ => return Err(Cut),
        };
        let (created, changed, is_whole) = (from.uint()?, from.uint()?, from.u8()? == 1);
        let (mut ends, mut parts) = (Vec::new(), Vec::new());
        for _ in 0..from.uint()? {
            let (author, doc) = (Author(from.array()?), DocName::parse(from.text()?).ok_or(Cut)?);
            ends.push(End { author, doc, last: from.uint()? });
        }
        for _ in 0..from.uint()? {
            parts.push(from.uint()?);
        }
        Ok(Self { room, title, standing, created, changed, is_whole, ends, parts })
    }
}

/// What a room's first part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomPart {
    /// The room without its blobs, as [`crate::bundle::pack`] makes it.
    pub bundle: Vec<u8>,
    /// In a team's room, the seed of the key with which the device signed there.
    pub author_seed: Option<[u8; 32]>,
    /// What the device knew of the room besides: kind and value.
    pub settings: Vec<(String, String)>,
}

impl RoomPart {
    /// The part as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.bytes(&self.bundle);
        match &self.author_seed {
            None => out.u8(0),
            Some(seed) => out.u8(1).raw(seed),
        };
        out.uint(self.settings.len() as u64);
        for (kind, value) in &self.settings {
            out.text(kind).text(value);
        }
        out.finish()
    }

    /// Reads what [`RoomPart::write`] wrote.
    ///
    /// # Errors
    /// [`OpenError::Damaged`], [`OpenError::TooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        let mut from = Reader::new(bytes);
        let bundle = from.bytes()?.to_vec();
        let author_seed = match from.u8()? {
            0 => None,
            1 => Some(from.array()?),
            _ => return Err(OpenError::Damaged),
        };
        let mut settings = Vec::new();
        for _ in 0..from.uint()? {
            let (kind, value) = (from.text()?.to_owned(), from.text()?.to_owned());
            if value.len() > SETTING_MAX {
                return Err(OpenError::TooLarge);
            }
            settings.push((kind, value));
        }
        if from.is_empty() { Ok(Self { bundle, author_seed, settings }) } else { Err(OpenError::Damaged) }
    }
}

/// Blobs of a room as a part. They are as small as they get, so they are not deflated; each is named by its own hash.
pub fn write_blobs(blobs: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Writer::new();
    out.uint(blobs.len() as u64);
    blobs.iter().for_each(|blob| {
        out.bytes(blob);
    });
    out.finish()
}

/// Reads what [`write_blobs`] wrote.
///
/// # Errors
/// [`OpenError::Damaged`], [`OpenError::TooLarge`].
pub fn read_blobs(bytes: &[u8]) -> Result<Vec<Vec<u8>>, OpenError> {
    crate::bundle::read_blobs(&mut Reader::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let ends = vec![End { author: Author([3; 32]), doc: DocName::Offer, last: 300 }];
        let listed = |id: u8, standing, parts: &[u64]| Listed {
            room: RoomId([id; 16]),
            title: "Pilot".into(),
            standing,
            created: 5,
            changed: 1_798_000_000_000,
            is_whole: id == 1,
            ends: ends.clone(),
            parts: parts.to_vec(),
        };
        let rooms = vec![listed(1, Standing::Team, &[70, 30]), listed(2, Standing::Archived, &[50])];
        Index { made: 7, name: "Ines".into(), rooms }
    }

    fn part() -> RoomPart {
        let settings = vec![("seen".to_owned(), "1 2".to_owned())];
        RoomPart { bundle: vec![4; 40], author_seed: Some([5; 32]), settings }
    }

    #[test]
    fn what_is_in_a_backup_comes_back_and_says_where_it_is() {
        assert_eq!(Index::unpack(&index().pack(), 150), Ok(index()));
        assert_eq!(Index::unpack(&index().pack(), 151), Err(OpenError::Damaged));
        let head = HEAD as u64;
        assert_eq!(index().parts(0), [(1, head, 70), (2, head + 70, 30)]);
        assert_eq!(index().parts(1), [(3, head + 100, 50)]);
        assert_eq!(index().parts(2), []);
        let none = RoomPart { author_seed: None, settings: Vec::new(), ..part() };
        for part in [part(), none] {
            assert_eq!(RoomPart::read(&part.write()), Ok(part));
        }
        let blobs = vec![vec![1; 30], Vec::new()];
        assert_eq!(read_blobs(&write_blobs(&blobs)), Ok(blobs));
    }

    #[test]
    fn each_wrong_file_has_its_own_answer() {
        let head = head(&[9; 32]);
        assert_eq!((read_head(&head), head.len()), (Ok([9; 32]), HEAD));
        for end in FILE_MAGIC.len()..HEAD {
            assert_eq!(read_head(&head[..end]), Err(OpenError::Incomplete), "cut at {end}");
        }
        assert_eq!(read_head(b"%PDF-1.7"), Err(OpenError::NotARoom));
        for (version, why) in [
            (1, OpenError::OneRoom),
            (2, OpenError::OneRoom),
            (3, OpenError::OneRoom),
            (9, OpenError::OtherVersion),
        ] {
            let mut other = head.clone();
            other[FILE_MAGIC.len()] = version;
            assert!(!is_backup(&other) && is_backup(&head));
            assert_eq!(read_head(&other), Err(why));
        }
        assert_eq!(crate::bundle::Envelope::from_file(&head), Err(OpenError::Backup));
    }

    #[test]
    fn an_index_is_found_by_the_end_and_nowhere_else() {
        let (head, index) = (head(&[9; 32]), vec![7; 90]);
        let at = HEAD as u64 + 20;
        let end = tail(&head, &index, at);
        assert_eq!((end.len(), index_at(&end, at + 90 + TAIL as u64)), (TAIL, Ok((at, 90))));
        assert_eq!(checked(&head, &index, &end), Ok(()));
        assert_eq!(checked(&head, &index[1..], &end), Err(OpenError::Incomplete));
        for len in [0, 5, at] {
            assert_eq!(index_at(&end, len), Err(OpenError::Incomplete));
        }
        assert_eq!(index_at(&end, u64::MAX), Err(OpenError::TooLarge));
        assert_eq!(index_at(&end[..7], 500), Err(OpenError::Incomplete));
        let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; INDEX_MAX + 1], 6);
        assert_eq!(Index::unpack(&bomb, 0), Err(OpenError::TooLarge));
        let mut large = super::tests::index();
        large.rooms[1].parts = vec![PART_MAX + 1];
        assert_eq!(Index::unpack(&large.pack(), PART_MAX + 101), Err(OpenError::TooLarge));
    }

    /// `HANDSEL_MUTATIONS` sets how many.
    #[test]
    fn mutated_backups_never_panic() {
        let count = std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
        let plain = miniz_oxide::inflate::decompress_to_vec(&index().pack()).unwrap();
        for seed in 0..count {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut mutate = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                for _ in 0..random.usize(1..6) {
                    let at = random.usize(..bytes.len());
                    match random.u8(..4) {
                        0 => bytes[at] = random.u8(..),
                        1 => bytes.truncate(at.max(1)),
                        2 => bytes.insert(at, random.u8(..)),
                        _ => bytes[at] ^= 1 << random.u8(..8),
                    }
                }
                bytes
            };
            let _ = read_head(&mutate(&head(&[9; 32])));
            let _ = index_at(&mutate(&tail(b"head", b"index", 50)), 200);
            let _ = RoomPart::read(&mutate(&part().write()));
            let _ = read_blobs(&mutate(&write_blobs(&[vec![1; 30]])));
            let packed = miniz_oxide::deflate::compress_to_vec(&mutate(&plain), 1);
            if let Ok(index) = Index::unpack(&packed, 150) {
                let parts: usize = (0..index.rooms.len()).map(|at| index.parts(at).len()).sum();
                assert!(parts <= plain.len() + 10, "seed {seed}");
            }
        }
    }
}
