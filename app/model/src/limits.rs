//! How much of anything the program takes in before it says so. Sizes are in bytes.

/// The longest link made for copying; beyond it a room file is offered. In characters of the whole address.
pub const LINK_MAX: usize = 8_000;

/// The longest address at which a room is kept.
pub const ADDRESS_MAX: usize = 2_048;

/// Up to this length most mail programs keep a link whole.
pub const LINK_MAIL_MAX: usize = 2_000;

/// Up to this length a link goes into a draft of an e-mail: with the words around it that stays below what programs take from
/// a `mailto:` address.
pub const LINK_DRAFT_MAX: usize = 1_900;

/// The longest text of a QR code, in bytes. Phones read larger ones badly.
pub const CODE_MAX: usize = 1_200;

/// The largest room file or link that is unpacked.
pub const BUNDLE_MAX: usize = 64 * 1024 * 1024;

/// The largest single entry, unpacked.
pub const ENTRY_MAX: usize = 32 * 1024 * 1024;

/// The largest proposal that is read from a text file.
pub const IMPORT_MAX: usize = 8 * 1024 * 1024;

/// The largest blob, as it is kept: an image, say.
pub const BLOB_MAX: usize = 20 * 1024 * 1024;

/// The largest state of a room that is frozen, in its canonical bytes.
pub const FROZEN_MAX: usize = 32 * 1024 * 1024;

/// Whoever adds a blob to a room keeps it below this, so that its room file stays one that others open.
pub const ROOM_MAX: usize = 96 * 1024 * 1024;

/// The largest room file that is read. What it holds but for its blobs may have [`BUNDLE_MAX`] unpacked.
pub const FILE_MAX: usize = 256 * 1024 * 1024;

/// The longest description of an image, in characters.
pub const ALT_MAX: usize = 1_000;

/// The longest title of a room, in characters.
pub const TITLE_MAX: usize = 200;

/// The longest passphrase of a link, in characters.
pub const PASSPHRASE_MAX: usize = 200;

/// How often a passphrase is hashed before it is a key: what OWASP's Password Storage Cheat Sheet asks of PBKDF2 with
/// HMAC-SHA-256.
pub const PASSPHRASE_ROUNDS: u32 = 600_000;

/// The longest name of a person or of a link, in characters.
pub const NAME_MAX: usize = 100;

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 10_000;

/// As much of the words that a comment is about is kept with it, in characters.
pub const QUOTE_MAX: usize = 300;

/// So many people are named by one comment; more are only words.
pub const MENTIONS_MAX: usize = 20;

/// The highest page of a file on which a comment stands.
pub const PAGE_MAX: u64 = 1_000_000;

/// So many suggestions of one author are shown, the first by their names.
pub const SUGGESTIONS_MAX: usize = 2_000;

/// The longest suggestion that is shown, with the words that it is about, in bytes.
pub const SUGGESTION_MAX: usize = 200_000;

/// Entries of authors who are not on the roll yet are kept for it up to this many bytes in all.
pub const WAITING_MAX: usize = 8 * 1024 * 1024;

/// The largest file that a room takes in.
pub const SHARED_FILE_MAX: u64 = 512 * 1024 * 1024;

/// A larger file stays out of links, room files and relays: it goes from browser to browser, when somebody asks for it.
pub const CARRIED_FILE_MAX: u64 = 32 * 1024 * 1024;

/// A file is kept as pieces of this many bytes, the last one shorter; each is a blob.
pub const FILE_PIECE: usize = 1024 * 1024;

/// The longest name of a file or of a folder, in characters.
pub const FILE_NAME_MAX: usize = 160;

/// The longest e-mail address, in characters: what RFC 5321 lets a path have, without its angle brackets.
pub const MAIL_MAX: usize = 254;

/// The longest message or reason that goes with a seal or an answer to one, in characters.
pub const REASON_MAX: usize = 2_000;

/// The most people who sign one seal for the buying side.
pub const SIGNERS_MAX: usize = 12;

/// The most bytes of one receipt of reading, as it is sealed.
pub const RECEIPT_MAX: usize = 4 * 1024;

/// So many receipts of one device count in a room, the first by their numbers.
pub const RECEIPTS_MAX: u64 = 4_096;

/// How many leaves of the team's book hold records. What there is few of is in one more.
pub const BOOK_LEAVES: u8 = 32;
