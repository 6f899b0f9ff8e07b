//! A room that is kept at an address: the sealed file there, and the short link that names the address and opens the file.
//!
//! The file is an envelope without its key, so that whoever keeps it can read nothing. The link has the key, and stays the
//! same while the file is replaced by newer ones. docs/formats.md gives the bytes; the formats are a preview and may still
//! change.

use model::limits;
use stdx::{Cut, Reader, Writer, base64};

use crate::bundle::{FILE_MAGIC, KEPT_VERSION, OpenError, check, checked};

/// What links to places in the program begin with, when the place is a kept room.
const PREFIX: &str = "/at/";
const LINK_VERSION: &str = "1.";

/// What belongs to the sealed bytes of a kept room though it is not secret.
pub const KEPT_AS: &[u8] = b"handsel kept room 1";

/// Where a file is: beside the program, or anywhere on the web.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address; none where it is not one that is taken. Taken are `http` and `https` without a user's name in
    /// them, and names of files in the program's own folder or below.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"#<>\\^`{|}".contains(&byte);
        if text.len() > limits::ADDRESS_MAX || !text.bytes().all(is_plain) {
            return None;
        }
        let web = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_taken = match web {
            Some(rest) => {
                let host = rest.split(['/', '?']).next().unwrap_or_default();
                !host.is_empty() && !host.contains('@')
            }
            None => text.split('/').all(is_name),
        };
        is_taken.then(|| Self(text.to_owned()))
    }

    /// The address as a link has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file is beside the program.
    pub fn is_beside(&self) -> bool {
        !self.0.contains(':')
    }
}

/// A part of a path that means itself and nothing else, wherever it is resolved.
fn is_name(part: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !part.trim_matches('.').is_empty() && part.bytes().all(is_letter)
}

/// An address may itself be what lets its holder in, so it is in no log.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").field("is_beside", &self.is_beside()).finish_non_exhaustive()
    }
}

/// A link to a kept room.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptLink {
    /// Opens the file.
    pub key: [u8; 32],
    /// Where the file is.
    pub address: Address,
}

impl std::fmt::Debug for KeptLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptLink").field("address", &self.address).finish_non_exhaustive()
    }
}

impl KeptLink {
    /// The part of a link behind the `#`.
    pub fn to_fragment(&self) -> String {
        let mut out = Writer::new();
        out.raw(&self.key).raw(self.address.0.as_bytes());
        let mut bytes = out.finish();
        bytes.extend(check(&bytes));
        format!("{PREFIX}{LINK_VERSION}{}", base64::to_url(&bytes))
    }

    /// Whether a fragment is meant as a link to a kept room, well made or not.
    pub fn is_fragment(fragment: &str) -> bool {
        fragment.starts_with(PREFIX)
    }

    /// Reads the part of a link behind the `#`. White space and line breaks, as mail programs put in, are passed over.
    pub fn from_fragment(fragment: &str) -> Result<Self, OpenError> {
        let text = fragment.strip_prefix(PREFIX).ok_or(OpenError::NotARoom)?;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let text = match text.strip_prefix(LINK_VERSION) {
            Some(text) if text.len() <= 2 * limits::ADDRESS_MAX => text,
            Some(_) => return Err(OpenError::TooLarge),
            None if digits > 0 && text[digits..].starts_with('.') => return Err(OpenError::OtherVersion),
            None => return Err(OpenError::Incomplete),
        };
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = base64::from_url(&text).ok_or(OpenError::Incomplete)?;
        let mut from = Reader::new(checked(&bytes)?);
        let key = from.array().or(Err(OpenError::Incomplete))?;
        let address = std::str::from_utf8(from.rest()).ok().and_then(Address::parse);
        Ok(Self { key, address: address.ok_or(OpenError::Damaged)? })
    }
}

/// A sealed bundle without what opens it: the file of a kept room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// The nonce that it was sealed with, another one each time.
    pub nonce: [u8; 12],
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

impl KeptFile {
    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(FILE_MAGIC).u8(KEPT_VERSION).raw(&self.nonce).raw(&self.sealed);
        let mut bytes = out.finish();
        bytes.extend(check(&bytes));
        bytes
    }

    /// Reads the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OpenError> {
        if bytes.len() > limits::ROOM_MAX {
            return Err(OpenError::TooLarge);
        }
        let rest = bytes.strip_prefix(FILE_MAGIC).ok_or(OpenError::NotARoom)?;
        match rest.first() {
            None => return Err(OpenError::Incomplete),
            Some(&KEPT_VERSION) => {}
            Some(_) => return Err(OpenError::OtherVersion),
        }
        let mut from = Reader::new(&checked(bytes)?[FILE_MAGIC.len() + 1..]);
        let file = (|| Ok::<_, Cut>(Self { nonce: from.array()?, sealed: from.rest().to_vec() }))();
        file.or(Err(OpenError::Incomplete))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::Envelope;

    fn link(address: &str) -> KeptLink {
        KeptLink { key: [7; 32], address: Address::parse(address).unwrap() }
    }

    fn file() -> KeptFile {
        KeptFile { nonce: [9; 12], sealed: (0..200).collect() }
    }

    #[test]
    fn a_link_and_a_file_come_back() {
        for address in
            ["k3.handsel", "rooms/k3.handsel", "https://files.example:8443/a/b.handsel?sig=x%2F1&e=2"]
        {
            let fragment = link(address).to_fragment();
            assert!(KeptLink::is_fragment(&fragment) && !Envelope::is_fragment(&fragment), "{fragment}");
            assert_eq!(KeptLink::from_fragment(&fragment), Ok(link(address)));
            let wrapped = format!("{}\r\n {}", &fragment[..40], &fragment[40..]);
            assert_eq!(KeptLink::from_fragment(&wrapped), Ok(link(address)), "mail programs break lines");
        }
        assert_eq!(KeptFile::from_bytes(&file().to_bytes()), Ok(file()));
        assert!(link("k3.handsel").to_fragment().len() < 80, "it fits into any mail, and is a small code");
    }

    #[test]
    fn only_addresses_that_lead_to_a_host_or_stay_in_the_folder_are_taken() {
        for good in ["a.handsel", "a/b", "https://x/", "http://127.0.0.1:8080/r?a=b", "https://x?y"] {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        let long = "a".repeat(limits::ADDRESS_MAX + 1);
        for bad in [
            "",
            "/a",
            "//x/a",
            "../a",
            "a/../b",
            "./a",
            "a//b",
            "a?b",
            "a#b",
            "https://",
            "https://u:p@x/a",
            "ftp://x/a",
            "javascript:alert(1)",
            "data:,x",
            "\\\\x\\a",
            "a b",
            "https://x/a b",
            "https://é/",
            "https:/x",
            long.as_str(),
        ] {
            assert!(Address::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn each_wrong_thing_has_its_own_answer() {
        let fragment = link("k3.handsel").to_fragment();
        for end in PREFIX.len()..fragment.len() {
            assert_eq!(KeptLink::from_fragment(&fragment[..end]), Err(OpenError::Incomplete), "cut at {end}");
        }
        let newer = fragment.replacen("/at/1.", "/at/2.", 1);
        assert_eq!(KeptLink::from_fragment(&newer), Err(OpenError::OtherVersion));
        assert_eq!(KeptLink::from_fragment("/room/12"), Err(OpenError::NotARoom));
        // Well made by a program of bad will.
        let mut bytes = [&[7; 32][..], b"javascript:alert(1)"].concat();
        bytes.extend(check(&bytes));
        let forged = format!("{PREFIX}{LINK_VERSION}{}", base64::to_url(&bytes));
        assert_eq!(KeptLink::from_fragment(&forged), Err(OpenError::Damaged));

        let bytes = file().to_bytes();
        for end in FILE_MAGIC.len()..bytes.len() {
            assert_eq!(KeptFile::from_bytes(&bytes[..end]), Err(OpenError::Incomplete), "cut at {end}");
        }
        assert_eq!(KeptFile::from_bytes(b"<!doctype html>"), Err(OpenError::NotARoom));
        assert_eq!(Envelope::from_file(&bytes), Err(OpenError::NeedsLink), "alone it does not open");
        let whole = Envelope { locked: false, key: [1; 32], nonce: [2; 12], sealed: vec![3; 30] }.to_file();
        assert_eq!(KeptFile::from_bytes(&whole), Err(OpenError::OtherVersion));
    }

    #[test]
    fn no_changed_link_or_file_passes_for_whole() {
        let (text, bytes) = (link("k3.handsel").to_fragment(), file().to_bytes());
        for seed in 0..20_000 {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut mutate = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                let at = random.usize(..bytes.len());
                match random.u8(..3) {
                    0 => bytes[at] = random.u8(..),
                    1 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, random.u8(..)),
                }
                bytes
            };
            if let Ok(read) = KeptLink::from_fragment(&String::from_utf8_lossy(&mutate(text.as_bytes()))) {
                assert_eq!(read, link("k3.handsel"), "seed {seed}");
            }
            if let Ok(read) = KeptFile::from_bytes(&mutate(&bytes)) {
                assert_eq!(read, file(), "seed {seed}");
            }
        }
    }
}
