//! The state of a room at one moment, as one value with one form in bytes.
//!
//! The same state gives the same bytes on every device: lists are in the order that people see, everything else is sorted,
//! numbers are whole or decimal words, and nothing says when or by whom it was written. So the SHA-256 of the bytes
//! identifies what was read. The bytes are made of named parts, each with a hash of its own before them, so that whoever
//! verifies a frozen room can say which part was changed. docs/formats.md gives the bytes.

mod compare;
mod document;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use ::terms::{
    plan::Plan,
    portal::{Contact, Portal},
    price::{Choices, PriceList},
};
use model::{BlobHash, SectionId, limits};
use sha2::{Digest as _, Sha256};
use stdx::Gather as _;
use stdx::{Cut, Reader, Writer};
use text::{Block, Document, Grid};

pub use compare::{Changes, SectionChange, TableChange, TermChange, Topic, What};

/// What the bytes begin with; the digit of the version follows.
const MAGIC: &[u8] = b"handsel frozen ";
/// The version that every room has that needs nothing newer, so that old rooms keep their bytes.
const PLAIN: u8 = b'1';
/// The version of rooms that have a logo, or whose price has tiers or hides columns.
const NEWER: u8 = b'2';

/// The state of a room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frozen {
    /// The title.
    pub title: String,
    /// What the first page says.
    pub portal: Portal,
    /// The people on both sides, in order.
    pub contacts: Vec<Contact>,
    /// What variables stand for, by their names.
    pub variables: BTreeMap<String, String>,
    /// The sections, in order.
    pub sections: Vec<FrozenSection>,
    /// The price, lines in order.
    pub price: PriceList,
    /// What of it counts, for all that can be chosen, as [`PriceList::settled`] gives it.
    pub choices: Choices,
    /// The plan as its owners wrote it. [`::terms::plan::Step::answered`] is no part of it and reads as 0.
    pub plan: Plan,
    /// The names of the steps that the buyers say are done.
    pub confirmed: BTreeSet<String>,
    /// The files, by folder and name.
    pub files: Vec<Attachment>,
}

/// A section of a frozen room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenSection {
    /// Its name in the document.
    pub id: SectionId,
    /// What people call it; may be empty.
    pub name: String,
    /// Its text as people see it. Images are in it by their blobs.
    pub text: Document,
    /// The tables that stand in the text, in its order.
    pub tables: Vec<Grid>,
}

/// A file of a frozen room, by what identifies it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attachment {
    /// The folder it lies in; may be empty.
    pub folder: String,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of these.
    pub hash: BlobHash,
}

/// A part of a frozen room.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Title, first page, people.
    Page,
    /// What variables stand for.
    Variables,
    /// A section: name, text, tables.
    Section(SectionId),
    /// The price and what was chosen of it.
    Price,
    /// The plan and what was confirmed of it.
    Plan,
    /// The list of files.
    Files,
}

/// The hashes that identify a frozen room and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// SHA-256 of all bytes.
    pub whole: [u8; 32],
    /// The hash of each part, in order.
    pub parts: Vec<(Part, [u8; 32])>,
}

/// Why bytes are no frozen room, or not the one they say they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrozenError {
    /// They do not begin as a frozen room does.
    #[error("not a frozen room")]
    NotFrozen,
    /// Made by a version of the program that this one does not know.
    #[error("made by another version")]
    OtherVersion,
    /// There would be more than [`limits::FROZEN_MAX`] bytes.
    #[error("too large")]
    TooLarge,
    /// The list of the parts makes no sense.
    #[error("the list of parts is damaged")]
    List,
    /// A part does not have the hash that stands in the list.
    #[error("the part {0} was changed")]
    Changed(Part),
    /// A part is what the list says, and makes no sense, or is not written in the one way there is.
    #[error("the part {0} cannot be read")]
    Unreadable(Part),
    /// Something follows the last part.
    #[error("something follows the last part")]
    Trailing,
}

impl Frozen {
    /// The one form in bytes.
    pub fn encode(&self) -> Vec<u8> {
        let version = self.version();
        let parts = self.parts().into_iter().map(|part| (part.clone(), self.encode_part(&part, version)));
        let parts: Vec<(Part, Vec<u8>)> = parts.collect();
        let mut out = Writer::new();
        out.raw(MAGIC).u8(version).uint(parts.len() as u64);
        for (part, bytes) in &parts {
            out.text(&part.name()).uint(bytes.len() as u64).raw(&part_hash(part, bytes));
        }
        for (_, bytes) in &parts {
            out.raw(bytes);
        }
        out.finish()
    }

    /// Reads what [`Frozen::encode`] wrote, and nothing else: bytes that are read are those that the value gives again.
    ///
    /// # Errors
    /// The first thing that is wrong, part by part.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrozenError> {
        let mut frozen = Self::default();
        let (version, parts) = read_parts(bytes)?;
        for (part, _, bytes) in parts {
            let mut from = Reader::new(bytes);
            let read = frozen.decode_part(&part, version, &mut from);
            if read.is_err() || !from.is_empty() || frozen.encode_part(&part, version) != bytes {
                return Err(FrozenError::Unreadable(part));
            }
        }
        // One that could be written in the older version is another state's form of the same.
        if frozen.version() == version { Ok(frozen) } else { Err(FrozenError::Unreadable(Part::Price)) }
    }

    /// The oldest version that has a place for everything in it.
    fn version(&self) -> u8 {
        if terms::is_newer(self) { NEWER } else { PLAIN }
    }

    /// The blobs that the first page and the text show, each once.
    pub fn images(&self) -> Vec<BlobHash> {
        let mut images: Vec<BlobHash> = self.portal.logo.iter().map(|logo| logo.blob).collect();
        for line in self.sections.iter().flat_map(|section| section.text.lines()) {
            if let Block::Image(image) = &line.format.block
                && !images.contains(&image.blob)
            {
                images.push(image.blob);
            }
        }
        images
    }

    /// A section, by its name in the document.
    pub fn section(&self, id: &SectionId) -> Option<&FrozenSection> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// The parts in order.
    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::Page, Part::Variables];
        parts.extend(self.sections.iter().map(|section| Part::Section(section.id.clone())));
        parts.extend([Part::Price, Part::Plan, Part::Files]);
        parts
    }

    fn encode_part(&self, part: &Part, version: u8) -> Vec<u8> {
        let mut out = Writer::new();
        match part {
            Part::Page => {
                terms::write_page(&mut out, self);
                if version == NEWER {
                    terms::write_logo(&mut out, &self.portal);
                }
            }
            Part::Variables => {
                out.uint(self.variables.len() as u64);
                for (name, value) in &self.variables {
                    out.text(name).text(value);
                }
            }
            Part::Section(id) => {
                if let Some(section) = self.section(id) {
                    document::write(&mut out, section);
                }
            }
            Part::Price => {
                terms::write_price(&mut out, &self.price, &self.choices);
                if version == NEWER {
                    terms::write_tiers(&mut out, &self.price);
                }
            }
            Part::Plan => terms::write_plan(&mut out, &self.plan, &self.confirmed),
            Part::Files => {
                out.uint(self.files.len() as u64);
                for file in &self.files {
                    out.text(&file.folder).text(&file.name).uint(file.size).raw(&file.hash.0);
                }
            }
        }
        out.finish()
    }

    fn decode_part(&mut self, part: &Part, version: u8, from: &mut Reader<'_>) -> Result<(), Cut> {
        match part {
            Part::Page => {
                terms::read_page(from, self)?;
                if version == NEWER {
                    terms::read_logo(from, &mut self.portal)?;
                }
            }
            Part::Variables => {
                for _ in 0..from.uint()? {
                    self.variables.insert(from.text()?.to_owned(), from.text()?.to_owned());
                }
            }
            Part::Section(id) => self.sections.push(document::read(from, id.clone())?),
            Part::Price => {
                (self.price, self.choices) = terms::read_price(from)?;
                if version == NEWER {
                    terms::read_tiers(from, &mut self.price)?;
                }
            }
            Part::Plan => (self.plan, self.confirmed) = terms::read_plan(from)?,
            Part::Files => {
                for _ in 0..from.uint()? {
                    let (folder, name) = (from.text()?.to_owned(), from.text()?.to_owned());
                    let (size, hash) = (from.uint()?, BlobHash(from.array()?));
                    self.files.push(Attachment { folder, name, size, hash });
                }
                if !self.files.is_sorted() {
                    return Err(Cut);
                }
            }
        }
        Ok(())
    }
}

impl Part {
    /// The name under which it stands in the list of parts.
    pub fn name(&self) -> String {
        match self {
            Self::Page => "page".to_owned(),
            Self::Variables => "variables".to_owned(),
            Self::Section(id) => format!("section/{}", id.as_str()),
            Self::Price => "price".to_owned(),
            Self::Plan => "plan".to_owned(),
            Self::Files => "files".to_owned(),
        }
    }

    /// Reads what [`Part::name`] gives.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "page" => Self::Page,
            "variables" => Self::Variables,
            "price" => Self::Price,
            "plan" => Self::Plan,
            "files" => Self::Files,
            _ => Self::Section(SectionId::parse(name.strip_prefix("section/")?)?),
        })
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

impl Digest {
    /// The hashes of a frozen room, after each part was compared with its own.
    ///
    /// # Errors
    /// What [`Frozen::decode`] says of the list and the hashes; what the parts hold is not looked at.
    pub fn of(bytes: &[u8]) -> Result<Self, FrozenError> {
        let (_, parts) = read_parts(bytes)?;
        let parts = parts.into_iter().map(|(part, hash, _)| (part, hash)).collect();
        Ok(Self { whole: Sha256::digest(bytes).into(), parts })
    }

    /// The parts that are other than in another frozen room, in the order of this one and then of the other: those that were
    /// changed, and those that only one of them has. Sections that only stand in another order are not among them.
    pub fn differing(&self, other: &Self) -> Vec<Part> {
        let here = self.parts.iter().filter(|part| !other.parts.contains(part));
        let there = other.parts.iter().filter(|(part, _)| self.parts.iter().all(|(own, _)| own != part));
        here.chain(there).map(|(part, _)| part.clone()).gather()
    }
}

/// A part, its hash, and its bytes or how many these are.
type Listed<T> = (Part, [u8; 32], T);

/// A version and the parts in it.
type Versioned<'a> = (u8, Vec<Listed<&'a [u8]>>);

/// The version of a frozen room, and its parts with their hashes, which fit, and their bytes.
fn read_parts(bytes: &[u8]) -> Result<Versioned<'_>, FrozenError> {
    if bytes.len() > limits::FROZEN_MAX {
        return Err(FrozenError::TooLarge);
    }
    let versioned = bytes.strip_prefix(MAGIC).and_then(<[u8]>::split_first);
    let (version, rest) = versioned.ok_or(FrozenError::NotFrozen)?;
    if ![PLAIN, NEWER].contains(version) {
        return Err(FrozenError::OtherVersion);
    }
    let mut from = Reader::new(rest);
    let list = read_list(&mut from).or(Err(FrozenError::List))?;
    let mut parts = Vec::with_capacity(list.len());
    for (part, hash, len) in list {
        let bytes = from.raw(len).or(Err(FrozenError::List))?;
        if part_hash(&part, bytes) != hash {
            return Err(FrozenError::Changed(part));
        }
        parts.push((part, hash, bytes));
    }
    if from.is_empty() { Ok((*version, parts)) } else { Err(FrozenError::Trailing) }
}

/// The list of parts. All are there, in their order, and no section is there twice.
fn read_list(from: &mut Reader<'_>) -> Result<Vec<Listed<usize>>, Cut> {
    let count = from.uint()?;
    let mut list: Vec<Listed<usize>> = Vec::new();
    let mut sections = BTreeSet::new();
    for at in 0..count {
        let part = Part::parse(from.text()?).ok_or(Cut)?;
        let fits = match &part {
            Part::Section(id) => at >= 2 && at + 3 < count && sections.insert(id.clone()),
            Part::Page => at == 0,
            Part::Variables => at == 1,
            Part::Price => at + 3 == count,
            Part::Plan => at + 2 == count,
            Part::Files => at + 1 == count,
        };
        if !fits || count < 5 {
            return Err(Cut);
        }
        let len = usize::try_from(from.uint()?).or(Err(Cut))?;
        list.push((part, from.array()?, len));
    }
    if list.is_empty() { Err(Cut) } else { Ok(list) }
}

/// SHA-256 of a part's name and bytes.
fn part_hash(part: &Part, bytes: &[u8]) -> [u8; 32] {
    let mut name = Writer::new();
    name.text(&part.name());
    Sha256::new().chain_update(name.finish()).chain_update(bytes).finalize().into()
}

/// A frozen room as a blob: smaller, and no longer the same on every device. What counts is what [`unpack`] gives.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![1];
    out.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    out
}

/// The bytes of a frozen room from a blob that [`pack`] made.
///
/// # Errors
/// [`FrozenError::OtherVersion`], [`FrozenError::TooLarge`], and [`FrozenError::NotFrozen`] where it cannot be unpacked.
pub fn unpack(blob: &[u8]) -> Result<Vec<u8>, FrozenError> {
    let deflated = match blob.split_first() {
        Some((1, deflated)) => deflated,
        Some(_) => return Err(FrozenError::OtherVersion),
        None => return Err(FrozenError::NotFrozen),
    };
    miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, limits::FROZEN_MAX).map_err(|failure| {
        match failure.status {
            miniz_oxide::inflate::TINFLStatus::HasMoreOutput => FrozenError::TooLarge,
            _ => FrozenError::NotFrozen,
        }
    })
}
