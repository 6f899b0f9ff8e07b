//! How much of anything the program takes in before it says so. Sizes are in bytes.

/// The longest link made for copying; beyond it a room file is offered. In characters of the whole address.
pub const LINK_MAX: usize = 8_000;

/// Up to this length most mail programs keep a link whole.
pub const LINK_MAIL_MAX: usize = 2_000;

/// The largest room file or link that is unpacked.
pub const BUNDLE_MAX: usize = 64 * 1024 * 1024;

/// The largest single entry, unpacked.
pub const ENTRY_MAX: usize = 32 * 1024 * 1024;

/// The largest proposal that is read from a text file.
pub const IMPORT_MAX: usize = 8 * 1024 * 1024;

/// The largest blob, as it is kept: an image, say.
pub const BLOB_MAX: usize = 20 * 1024 * 1024;

/// Whoever adds a blob to a room keeps it below this, so that its room file stays one that others open.
pub const ROOM_MAX: usize = 96 * 1024 * 1024;

/// The largest room file that is read. What it holds but for its blobs may have [`BUNDLE_MAX`] unpacked.
pub const FILE_MAX: usize = 256 * 1024 * 1024;

/// The longest description of an image, in characters.
pub const ALT_MAX: usize = 1_000;

/// The longest title of a room, in characters.
pub const TITLE_MAX: usize = 200;

/// The longest name of a person or of a link, in characters.
pub const NAME_MAX: usize = 100;

/// Entries of authors who are not on the roll yet are kept for it up to this many bytes in all.
pub const WAITING_MAX: usize = 8 * 1024 * 1024;
