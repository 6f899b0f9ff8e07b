//! A room as one piece of bytes: what a link and a room file carry.
//!
//! A [`Bundle`] is the room's name, what opens its entries, the signed entries, and the blobs that its text refers to.
//! [`pack`] makes it bytes; the caller
//! seals those with AES-256-GCM under a key of their own ([`Envelope`]), and the envelope becomes the fragment of a link
//! or a room file. docs/formats.md gives the bytes; the formats are a preview and may still change.

use model::{Author, Pass, RoomId, limits};
use sha2::{Digest, Sha256};
use stdx::{Cut, Reader, Writer, base64};

/// Version 1 had no blobs, version 2 no rights; both still open.
const BUNDLE_VERSION: u8 = 3;
/// Written where the room's workspace comes along.
const WITH_WORKSPACE: u8 = 4;
/// Written for rooms that have no rights.
const WITHOUT_RIGHTS: u8 = 2;
pub(crate) const FILE_MAGIC: &[u8] = b"handsel\n";
const FILE_VERSION: u8 = 1;
/// A file that has no key in it: see [`crate::kept`].
pub(crate) const KEPT_VERSION: u8 = 2;
/// A file that opens with a passphrase only.
const LOCKED_FILE_VERSION: u8 = 3;
/// A file with all rooms of a device: see [`crate::backup`].
pub(crate) const BACKUP_VERSION: u8 = 4;
/// Files with one room.
pub(crate) const ROOM_VERSIONS: [u8; 3] = [FILE_VERSION, KEPT_VERSION, LOCKED_FILE_VERSION];
const LINK_VERSION: &str = "1.";
/// A link that opens with a passphrase only.
const LOCKED_LINK_VERSION: &str = "2.";
/// A check over everything before it tells a link or file that was cut from one whose key is wrong.
pub(crate) const CHECK: usize = 4;

/// What belongs to the sealed bytes though it is not secret: they open only as what they were sealed as.
pub const SEALED_AS: &[u8] = b"handsel room 1";

/// Why a link or a room file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is no link or file of ours.
    #[error("not a room")]
    NotARoom,
    /// Something is missing, or was changed on the way.
    #[error("incomplete or changed on the way")]
    Incomplete,
    /// Made by a version of the program that this one does not know.
    #[error("made by another version")]
    OtherVersion,
    /// The key in it does not open it.
    #[error("the key does not fit")]
    WrongKey,
    /// It is larger than [`limits::FILE_MAX`], or would be larger than [`limits::BUNDLE_MAX`] unpacked.
    #[error("too large")]
    TooLarge,
    /// It opens, but what is inside makes no sense.
    #[error("damaged inside")]
    Damaged,
    /// It is the file of a kept room, which the link to it opens.
    #[error("opens by its link only")]
    NeedsLink,
    /// It opens with a passphrase only.
    #[error("a passphrase is needed")]
    NeedsPassphrase,
    /// The passphrase does not open it.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// It is a backup, which holds all rooms of a device and is restored rather than opened.
    #[error("a backup of many rooms")]
    Backup,
    /// It holds one room, and is no backup.
    #[error("one room, no backup")]
    OneRoom,
}

impl From<Cut> for OpenError {
    fn from(Cut: Cut) -> Self {
        Self::Damaged
    }
}

/// A room on its way to another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The room.
    pub room: RoomId,
    /// Open and seal the room's entries, a key for each epoch from the first.
    pub keys: Vec<[u8; 32]>,
    /// Who owns the room.
    pub owner: Author,
    /// What its holder may do; nothing for a room that has no rights.
    pub pass: Option<Pass>,
    /// The signed entries, each author's in the order of their chain.
    pub entries: Vec<PackedEntry>,
    /// The signed entries of the room's workspace, which travel from owner to owner only. Its name and keys are not told:
    /// they follow from the pass.
    pub workspace: Vec<PackedEntry>,
    /// The blobs. Each is named by its own hash, so their names are not told.
    pub blobs: Vec<Vec<u8>>,
}

/// A signed entry with its epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedEntry {
    /// The epoch it is signed for.
    pub epoch: u64,
    /// The entry as it was signed.
    pub bytes: Vec<u8>,
}

/// A sealed bundle with what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Whether it opens with a passphrase only. Then the AES-256-GCM key is what [`model::Cipher::derive`] makes of that and
    /// of `key`, which is the salt.
    pub locked: bool,
    /// The AES-256-GCM key. In a link it is in the fragment; in a room file it is in the file.
    pub key: [u8; 32],
    /// The nonce that it was sealed with.
    pub nonce: [u8; 12],
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// The bundle as bytes, packed.
pub fn pack(bundle: &Bundle) -> Vec<u8> {
    let (version, inner) = match (&bundle.pass, bundle.keys.as_slice()) {
        (None, [only]) => (WITHOUT_RIGHTS, write_without_rights(bundle, only)),
        (pass, _) if bundle.workspace.is_empty() => (BUNDLE_VERSION, write(bundle, pass.as_ref()).finish()),
        (pass, _) => {
            let mut out = write(bundle, pass.as_ref());
            write_entries(&mut out, &bundle.workspace);
            (WITH_WORKSPACE, out.finish())
        }
    };
    let deflated = miniz_oxide::deflate::compress_to_vec(&inner, 9);
    // Images are as small as they get, so blobs are not deflated.
    let mut out = Writer::new();
    out.u8(version).bytes(&deflated).uint(bundle.blobs.len() as u64);
    for blob in &bundle.blobs {
        out.bytes(blob);
    }
    out.finish()
}

fn write_without_rights(bundle: &Bundle, key: &[u8; 32]) -> Vec<u8> {
    let mut out = Writer::new();
    out.raw(&bundle.room.0).uint(0).raw(key).raw(&bundle.owner.0);
    out.uint(bundle.entries.len() as u64);
    for entry in &bundle.entries {
        out.bytes(&entry.bytes);
    }
    out.finish()
}

/// A pass as it stands in a bundle, or that there is none.
pub fn write_pass(out: &mut Writer, pass: Option<&Pass>) {
    match pass {
        None => out.u8(0),
        Some(Pass { secret, certificate, owner_seed: None }) => out.u8(1).raw(secret).bytes(certificate),
        Some(Pass { secret, certificate, owner_seed: Some(seed) }) => {
            out.u8(2).raw(secret).bytes(certificate).raw(seed)
        }
    };
}

/// Reads what [`write_pass`] wrote.
pub fn read_pass(from: &mut Reader<'_>) -> Result<Option<Pass>, Cut> {
    let kind = from.u8()?;
    if kind == 0 {
        return Ok(None);
    }
    let (secret, certificate) = (from.array()?, from.bytes()?.to_vec());
    let owner_seed = match kind {
        1 => None,
        2 => Some(from.array()?),
        _ => return Err(Cut),
    };
    Ok(Some(Pass { secret, certificate, owner_seed }))
}

fn write(bundle: &Bundle, pass: Option<&Pass>) -> Writer {
    let mut out = Writer::new();
    out.raw(&bundle.room.0).raw(&bundle.owner.0).uint(bundle.keys.len() as u64);
    for key in &bundle.keys {
        out.raw(key);
    }
    write_pass(&mut out, pass);
    write_entries(&mut out, &bundle.entries);
    out
}

fn write_entries(out: &mut Writer, entries: &[PackedEntry]) {
    out.uint(entries.len() as u64);
    for entry in entries {
        out.uint(entry.epoch).bytes(&entry.bytes);
    }
}

/// Reads what [`pack`] made.
pub fn unpack(packed: &[u8]) -> Result<Bundle, OpenError> {
    let mut from = Reader::new(packed);
    let version = from.u8()?;
    let (deflated, blobs) = match version {
        1 => (from.rest(), Vec::new()),
        WITHOUT_RIGHTS | BUNDLE_VERSION | WITH_WORKSPACE => (from.bytes()?, read_blobs(&mut from)?),
        _ => return Err(OpenError::OtherVersion),
    };
    let bytes = inflate(deflated, limits::BUNDLE_MAX)?;
    let mut from = Reader::new(&bytes);
    let bundle = match version {
        BUNDLE_VERSION => read(&mut from, blobs)?,
        WITH_WORKSPACE => {
            let bundle = read(&mut from, blobs)?;
            Bundle { workspace: read_entries(&mut from)?, ..bundle }
        }
        _ => read_without_rights(&mut from, blobs)?,
    };
    // What no key here opens could not be kept.
    let has_keys = bundle.entries.iter().all(|entry| entry.epoch < bundle.keys.len() as u64);
    if from.is_empty() && has_keys { Ok(bundle) } else { Err(OpenError::Damaged) }
}

/// What was deflated, where that is at most so many bytes.
pub(crate) fn inflate(deflated: &[u8], most: usize) -> Result<Vec<u8>, OpenError> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, most).map_err(|failure| {
        match failure.status {
            miniz_oxide::inflate::TINFLStatus::HasMoreOutput => OpenError::TooLarge,
            _ => OpenError::Damaged,
        }
    })
}

fn read(from: &mut Reader<'_>, blobs: Vec<Vec<u8>>) -> Result<Bundle, OpenError> {
    let (room, owner) = (RoomId(from.array()?), Author(from.array()?));
    let mut keys = Vec::new();
    for _ in 0..from.uint()? {
        keys.push(from.array()?);
    }
    let pass = read_pass(from)?;
    let entries = read_entries(from)?;
    if keys.is_empty() {
        return Err(OpenError::Damaged);
    }
    Ok(Bundle { room, keys, owner, pass, entries, workspace: Vec::new(), blobs })
}

fn read_entries(from: &mut Reader<'_>) -> Result<Vec<PackedEntry>, Cut> {
    let mut entries = Vec::new();
    for _ in 0..from.uint()? {
        entries.push(PackedEntry { epoch: from.uint()?, bytes: from.bytes()?.to_vec() });
    }
    Ok(entries)
}

fn read_without_rights(from: &mut Reader<'_>, blobs: Vec<Vec<u8>>) -> Result<Bundle, OpenError> {
    let room = RoomId(from.array()?);
    let epoch = from.uint()?;
    let keys = vec![from.array()?];
    let owner = Author(from.array()?);
    let mut entries = Vec::new();
    for _ in 0..from.uint()? {
        entries.push(PackedEntry { epoch, bytes: from.bytes()?.to_vec() });
    }
    Ok(Bundle { room, keys, owner, pass: None, entries, workspace: Vec::new(), blobs })
}

/// What follows the deflated part, to the end.
pub(crate) fn read_blobs(from: &mut Reader<'_>) -> Result<Vec<Vec<u8>>, OpenError> {
    let mut blobs = Vec::new();
    for _ in 0..from.uint()? {
        let blob = from.bytes()?;
        if blob.len() > limits::BLOB_MAX {
            return Err(OpenError::TooLarge);
        }
        blobs.push(blob.to_vec());
    }
    if from.is_empty() { Ok(blobs) } else { Err(OpenError::Damaged) }
}

pub(crate) fn check(bytes: &[u8]) -> [u8; CHECK] {
    let mut check = [0; CHECK];
    check.copy_from_slice(&Sha256::digest(bytes)[..CHECK]);
    check
}

impl Envelope {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.key).raw(&self.nonce).raw(&self.sealed);
    }

    fn read(locked: bool, bytes: &[u8]) -> Result<Self, OpenError> {
        let mut from = Reader::new(bytes);
        let envelope = (|| {
            let (key, nonce) = (from.array()?, from.array()?);
            Ok::<_, Cut>(Self { locked, key, nonce, sealed: from.rest().to_vec() })
        })();
        envelope.or(Err(OpenError::Incomplete))
    }

    /// The part of a link behind the `#`.
    pub fn to_fragment(&self) -> String {
        let mut out = Writer::new();
        self.write(&mut out);
        let mut bytes = out.finish();
        bytes.extend(check(&bytes));
        let version = if self.locked { LOCKED_LINK_VERSION } else { LINK_VERSION };
        [version, &base64::to_url(&bytes)].concat()
    }

    /// Whether a fragment is meant as a link to a room, well made or not.
    pub fn is_fragment(fragment: &str) -> bool {
        let digits = fragment.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && fragment[digits..].starts_with('.')
    }

    /// Reads the part of a link behind the `#`. White space and line breaks, as mail programs put in, are passed over.
    pub fn from_fragment(fragment: &str) -> Result<Self, OpenError> {
        if fragment.len() > limits::BUNDLE_MAX {
            return Err(OpenError::TooLarge);
        }
        if !Self::is_fragment(fragment) {
            return Err(OpenError::NotARoom);
        }
        let (locked, text) = match fragment.strip_prefix(LOCKED_LINK_VERSION) {
            Some(text) => (true, text),
            None => (false, fragment.strip_prefix(LINK_VERSION).ok_or(OpenError::OtherVersion)?),
        };
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = base64::from_url(&text).ok_or(OpenError::Incomplete)?;
        Self::read(locked, checked(&bytes)?)
    }

    /// The bytes of a room file.
    pub fn to_file(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(FILE_MAGIC).u8(if self.locked { LOCKED_FILE_VERSION } else { FILE_VERSION });
        self.write(&mut out);
        let mut bytes = out.finish();
        bytes.extend(check(&bytes));
        bytes
    }

    /// Whether bytes begin as a room file does.
    pub fn is_file(bytes: &[u8]) -> bool {
        bytes.starts_with(FILE_MAGIC)
    }

    /// Reads a room file.
    pub fn from_file(bytes: &[u8]) -> Result<Self, OpenError> {
        if bytes.len() > limits::FILE_MAX {
            return Err(OpenError::TooLarge);
        }
        let rest = bytes.strip_prefix(FILE_MAGIC).ok_or(OpenError::NotARoom)?;
        let locked = match rest.first() {
            None => return Err(OpenError::Incomplete),
            Some(&FILE_VERSION) => false,
            Some(&LOCKED_FILE_VERSION) => true,
            Some(&KEPT_VERSION) => return Err(OpenError::NeedsLink),
            Some(&BACKUP_VERSION) => return Err(OpenError::Backup),
            Some(_) => return Err(OpenError::OtherVersion),
        };
        Self::read(locked, &checked(bytes)?[FILE_MAGIC.len() + 1..])
    }
}

/// The bytes in front of a check that holds.
pub(crate) fn checked(bytes: &[u8]) -> Result<&[u8], OpenError> {
    let end = bytes.len().checked_sub(CHECK).ok_or(OpenError::Incomplete)?;
    let (body, have) = bytes.split_at(end);
    if body.len() <= FILE_MAGIC.len() || check(body) != have {
        return Err(OpenError::Incomplete);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        Bundle {
            room: RoomId([1; 16]),
            keys: vec![[2; 32]],
            owner: Author([3; 32]),
            pass: None,
            entries: [vec![4; 300], vec![], b"words".to_vec()]
                .map(|bytes| PackedEntry { epoch: 0, bytes })
                .into(),
            workspace: Vec::new(),
            blobs: vec![b"GIF89a".repeat(20), vec![]],
        }
    }

    fn with_rights() -> Bundle {
        let pass = Pass { secret: [5; 32], certificate: vec![6; 110], owner_seed: None };
        let mut bundle = Bundle { keys: vec![[2; 32], [3; 32]], pass: Some(pass), ..bundle() };
        bundle.entries[2].epoch = 1;
        bundle
    }

    fn owned() -> Bundle {
        let mut bundle = with_rights();
        bundle.pass.as_mut().unwrap().owner_seed = Some([7; 32]);
        bundle
    }

    fn with_workspace() -> Bundle {
        let workspace = vec![PackedEntry { epoch: 0, bytes: b"margin".to_vec() }];
        Bundle { workspace, ..owned() }
    }

    fn envelope() -> Envelope {
        Envelope { locked: false, key: [8; 32], nonce: [9; 12], sealed: (0..200).collect() }
    }

    #[test]
    fn a_bundle_an_envelope_a_link_and_a_file_come_back() {
        for bundle in [bundle(), with_rights(), owned(), with_workspace()] {
            assert_eq!(unpack(&pack(&bundle)), Ok(bundle));
        }
        let link = envelope().to_fragment();
        assert!(link.starts_with("1."), "{link}");
        assert_eq!(Envelope::from_fragment(&link), Ok(envelope()));
        let wrapped = format!("{}\r\n {}", &link[..50], &link[50..]);
        assert_eq!(Envelope::from_fragment(&wrapped), Ok(envelope()), "mail programs break lines");
        assert_eq!(Envelope::from_file(&envelope().to_file()), Ok(envelope()));
        let locked = Envelope { locked: true, ..envelope() };
        assert!(locked.to_fragment().starts_with("2."));
        assert_eq!(Envelope::from_fragment(&locked.to_fragment()), Ok(locked.clone()));
        assert_eq!(Envelope::from_file(&locked.to_file()), Ok(locked));
    }

    #[test]
    fn each_wrong_thing_has_its_own_answer() {
        let link = envelope().to_fragment();
        for end in 2..link.len() {
            assert_eq!(Envelope::from_fragment(&link[..end]), Err(OpenError::Incomplete), "cut at {end}");
        }
        assert_eq!(Envelope::from_fragment(&link.replacen("1.", "3.", 1)), Err(OpenError::OtherVersion));
        assert_eq!(Envelope::from_fragment("/room/12"), Err(OpenError::NotARoom));
        let file = envelope().to_file();
        assert_eq!(Envelope::from_file(b"%PDF-1.7"), Err(OpenError::NotARoom));
        assert_eq!(Envelope::from_file(&file[..file.len() - 1]), Err(OpenError::Incomplete));
        assert_eq!(Envelope::from_file(&file[..8]), Err(OpenError::Incomplete));
        let mut newer = file.clone();
        newer[8] = 9;
        assert_eq!(Envelope::from_file(&newer), Err(OpenError::OtherVersion));
        assert_eq!(unpack(&[]), Err(OpenError::Damaged));
        assert_eq!(unpack(&[7, 1]), Err(OpenError::OtherVersion));
    }

    #[test]
    fn a_small_file_that_unpacks_without_end_is_refused() {
        let zeros = miniz_oxide::deflate::compress_to_vec(&vec![0; limits::BUNDLE_MAX + 1], 6);
        let bomb = wrapped(&zeros, &[0]);
        assert!(bomb.len() < 200_000);
        assert_eq!(unpack(&bomb), Err(OpenError::TooLarge));
    }

    /// A bundle of an already deflated part, with these bytes behind it.
    fn wrapped(deflated: &[u8], behind: &[u8]) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(WITHOUT_RIGHTS).bytes(deflated).raw(behind);
        out.finish()
    }

    #[test]
    fn a_bundle_of_the_first_version_has_no_blobs() {
        let plain = Bundle { blobs: Vec::new(), ..bundle() };
        let (deflated, behind) = parts(&pack(&plain));
        assert_eq!(behind, [0]);
        assert_eq!(unpack(&[&[1][..], &deflated].concat()), Ok(plain));
    }

    /// The deflated part of a bundle, and what follows it.
    fn parts(packed: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut from = Reader::new(&packed[1..]);
        (from.bytes().unwrap().to_vec(), from.rest().to_vec())
    }

    #[test]
    fn an_entry_of_an_epoch_without_a_key_is_refused() {
        let mut newest = with_rights();
        newest.entries[0].epoch = 2;
        assert_eq!(unpack(&pack(&newest)), Err(OpenError::Damaged));
        // Without rights there is one key, whatever the epoch is said to be.
        let mut inner = Writer::new();
        inner.raw(&[1; 16]).uint(7).raw(&[2; 32]).raw(&[3; 32]).uint(1).bytes(b"words");
        let deflated = miniz_oxide::deflate::compress_to_vec(&inner.finish(), 6);
        assert_eq!(unpack(&wrapped(&deflated, &[0])), Err(OpenError::Damaged));
    }

    #[test]
    fn blobs_are_bounded_and_nothing_follows_them() {
        let (deflated, blobs) = parts(&pack(&bundle()));
        assert_eq!(unpack(&wrapped(&deflated, &[&blobs[..], &[0]].concat())), Err(OpenError::Damaged));
        assert_eq!(unpack(&wrapped(&deflated, &blobs[..blobs.len() - 1])), Err(OpenError::Damaged));
        assert_eq!(unpack(&wrapped(&deflated, &[0xff; 9])), Err(OpenError::Damaged));
        let mut large = Writer::new();
        large.uint(1).bytes(&vec![7; limits::BLOB_MAX + 1]);
        assert_eq!(unpack(&wrapped(&deflated, &large.finish())), Err(OpenError::TooLarge));
    }

    /// `HANDSEL_MUTATIONS` sets how many; the whole run is a million.
    #[test]
    fn mutated_links_files_and_bundles_never_panic() {
        let count: u64 =
            std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
        let (link, file, packed) = (envelope().to_fragment(), envelope().to_file(), pack(&bundle()));
        let (deflated, blobs) = parts(&packed);
        let raw = miniz_oxide::inflate::decompress_to_vec(&deflated).unwrap();
        let mut with = write(&with_workspace(), with_workspace().pass.as_ref());
        write_entries(&mut with, &with_workspace().workspace);
        let without = write(&owned(), owned().pass.as_ref()).finish();
        let newest = [(BUNDLE_VERSION, without), (WITH_WORKSPACE, with.finish())];
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
            let text = String::from_utf8_lossy(&mutate(link.as_bytes())).into_owned();
            if let Ok(read) = Envelope::from_fragment(&text) {
                assert_eq!(read, envelope(), "seed {seed}: a changed link must not read as another one");
            }
            let _ = Envelope::from_file(&mutate(&file));
            let _ = unpack(&mutate(&packed));
            // Behind the packing too, where single bytes still mean something.
            let repacked = miniz_oxide::deflate::compress_to_vec(&mutate(&raw), 1);
            let _ = unpack(&wrapped(&repacked, &mutate(&blobs)));
            for (version, inner) in &newest {
                let mut newest = wrapped(&miniz_oxide::deflate::compress_to_vec(&mutate(inner), 1), &[0]);
                newest[0] = *version;
                let _ = unpack(&newest);
            }
            let _ = unpack(&[&[1][..], &repacked].concat());
        }
    }
}
