//! Versions that an author named: states of the room that are to be found again.

use model::{BlobHash, limits};
use yrs::Any;

use super::{
    Responses, Word,
    words::{Fields, text},
};
use crate::guard::Refused;

/// So many images of a version are kept for it.
const IMAGES_MAX: usize = 500;

/// A state of the room with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVersion {
    /// What its author called it; empty once they took it back.
    pub name: String,
    /// The blob that holds the frozen room.
    pub blob: BlobHash,
    /// The blobs of the images in it.
    pub images: Vec<BlobHash>,
}

impl Responses {
    /// The versions that this author named, by their names among them.
    pub fn versions(&self) -> Vec<(String, Word<NamedVersion>)> {
        self.words("versions", |_, fields| read(fields))
    }

    /// Names a version, or names it anew.
    pub fn put_version(&mut self, id: &str, word: &Word<NamedVersion>) -> Result<(), Refused> {
        let NamedVersion { name, blob, images } = &word.says;
        let mut fields = Fields::from([
            ("name".to_owned(), Any::from(name.as_str())),
            ("blob".to_owned(), Any::from(blob.to_string())),
            ("turn".to_owned(), super::words::number(word.turn)),
            ("at".to_owned(), super::words::number(word.at)),
        ]);
        if !images.is_empty() {
            let images = images.iter().flat_map(|image| image.0).collect::<Vec<u8>>();
            fields.insert("images".to_owned(), Any::from(images));
        }
        self.put("versions", id, fields)
    }
}

fn read(fields: &Fields) -> Option<NamedVersion> {
    let name = text(fields, "name")?.chars().take(limits::TITLE_MAX).collect();
    let blob = BlobHash::parse(text(fields, "blob")?)?;
    let images = match fields.get("images") {
        Some(Any::Buffer(bytes)) => {
            bytes.as_chunks::<32>().0.iter().take(IMAGES_MAX).map(|it| BlobHash(*it)).collect()
        }
        _ => Vec::new(),
    };
    Some(NamedVersion { name, blob, images })
}
