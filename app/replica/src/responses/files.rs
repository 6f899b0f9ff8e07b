//! Files that an author put into the room: what each is called, where it stands, and of which pieces it consists. The bytes are
//! kept beside the documents, as blobs.

use model::{BlobHash, limits};
use yrs::Any;

use super::{
    Responses, Word,
    words::{Fields, is_true, number, text, whole},
};
use crate::guard::Refused;

/// A file as its author put it into the room, or a newer version of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedFile {
    /// Its name among its author's files: random, and never seen.
    pub id: String,
    /// The folder; empty for none.
    pub folder: String,
    /// What it is called. Not to be shown before it was cleaned: somebody's own program may write anything.
    pub name: String,
    /// The media type that its author's system gave it; may be empty, or wrong.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of the whole file.
    pub hash: [u8; 32],
    /// Its pieces in order. All have [`limits::FILE_PIECE`] bytes but the last.
    pub pieces: Vec<BlobHash>,
    /// One more than that of the newest version its author had seen.
    pub turn: u64,
    /// When it came, by its author's clock, milliseconds since 1970.
    pub at: u64,
    /// Whether its author took it back.
    pub is_gone: bool,
}

impl SharedFile {
    /// How many pieces a file of so many bytes has.
    pub fn pieces_of(size: u64) -> u64 {
        size.div_ceil(limits::FILE_PIECE as u64)
    }
}

impl Responses {
    /// All files of this author, in no order. What cannot be as it says is passed over.
    pub fn files(&self) -> Vec<SharedFile> {
        self.values("files", read)
    }

    /// Writes a file, in place of what had its name before.
    pub fn put_file(&mut self, file: &SharedFile) -> Result<(), Refused> {
        let hashes: Vec<u8> = file.pieces.iter().flat_map(|piece| piece.0).collect();
        let fields = [
            ("folder", Any::from(file.folder.as_str())),
            ("name", Any::from(file.name.as_str())),
            ("type", Any::from(file.media_type.as_str())),
            ("size", number(file.size)),
            ("hash", Any::from(file.hash.to_vec())),
            ("pieces", Any::from(hashes)),
            ("turn", number(file.turn)),
            ("at", number(file.at)),
            ("gone", Any::Bool(file.is_gone)),
        ];
        self.put("files", &file.id, fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// Which files of anybody this author hid, or showed again, by the files' names among all.
    pub fn hidings(&self) -> Vec<(String, Word<bool>)> {
        self.words("hidden", |_, fields| Some(is_true(fields, "hidden")))
    }

    /// Hides a file, or shows it again.
    pub fn hide(&mut self, file: &str, word: Word<bool>) -> Result<(), Refused> {
        self.say("hidden", file, ("hidden", Any::Bool(word.says)), &word)
    }
}

fn read(id: &str, fields: &Fields) -> Option<SharedFile> {
    let word = |name: &str| -> Option<String> {
        // More than is shown, so that an ending is still there to be kept.
        Some(text(fields, name)?.chars().take(4 * limits::FILE_NAME_MAX).collect())
    };
    let bytes = |name: &str| match fields.get(name)? {
        Any::Buffer(bytes) => Some(bytes.to_vec()),
        _ => None,
    };
    let size = whole(fields, "size").filter(|size| *size <= limits::SHARED_FILE_MAX)?;
    let hashes = bytes("pieces")?;
    let (pieces, rest) = hashes.as_chunks::<32>();
    if !rest.is_empty() || pieces.len() as u64 != SharedFile::pieces_of(size) {
        return None;
    }
    Some(SharedFile {
        id: id.to_owned(),
        folder: word("folder")?,
        name: word("name")?,
        media_type: word("type")?,
        size,
        hash: bytes("hash")?.try_into().ok()?,
        pieces: pieces.iter().copied().map(BlobHash).collect(),
        turn: whole(fields, "turn")?,
        at: whole(fields, "at")?,
        is_gone: is_true(fields, "gone"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: u64, pieces: usize) -> SharedFile {
        SharedFile {
            id: "a1".into(),
            folder: "Contracts".into(),
            name: "Offer.pdf".into(),
            media_type: "application/pdf".into(),
            size,
            hash: [7; 32],
            pieces: (0..pieces).map(|at| BlobHash([at as u8; 32])).collect(),
            turn: 3,
            at: 1_795_000_000_000,
            is_gone: false,
        }
    }

    #[test]
    fn a5_a_file_comes_back_and_what_cannot_be_one_does_not() {
        let piece = limits::FILE_PIECE as u64;
        for (size, pieces) in [(0, 0), (1, 1), (piece, 1), (piece + 1, 2), (limits::SHARED_FILE_MAX, 512)] {
            let mut responses = Responses::new(1);
            let file = file(size, pieces);
            responses.put_file(&file).unwrap();
            assert_eq!(responses.files(), [file]);
        }
        for (size, pieces) in [(0, 1), (1, 0), (1, 2), (piece + 1, 1), (limits::SHARED_FILE_MAX + 1, 513)] {
            let mut responses = Responses::new(1);
            responses.put_file(&file(size, pieces)).unwrap();
            assert_eq!(responses.files(), [], "{size} bytes in {pieces} pieces");
        }
    }
}
