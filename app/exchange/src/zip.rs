//! Several files as one archive, as every system opens it: ZIP without compressing (PKWARE's APPNOTE 6.3.10). What people put
//! into a room, images and PDF above all, is as small as it gets.
//!
//! The bytes of the files pass by in pieces and are not held here: the caller puts out what [`Archive::file`] answers, then
//! the file itself, and at the end [`Archive::end`].

use std::collections::BTreeSet;

/// Places and sizes are numbers of 32 bits.
pub const ARCHIVE_MAX: u64 = u32::MAX as u64;

/// The check of a file, made while its bytes pass by: CRC-32 as ZIP has it.
#[derive(Debug, Clone, Copy)]
pub struct Check(u32);

impl Default for Check {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Check {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        const TABLE: [u32; 256] = {
            let mut table = [0; 256];
            let mut at = 0;
            while at < 256 {
                let (mut value, mut bit) = (at as u32, 0);
                while bit < 8 {
                    value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
                    bit += 1;
                }
                table[at] = value;
                at += 1;
            }
            table
        };
        for byte in bytes {
            self.0 = TABLE[usize::from(self.0 as u8 ^ byte)] ^ (self.0 >> 8);
        }
    }

    fn value(self) -> u32 {
        !self.0
    }
}

/// The day and the time that a file bears in an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    /// 1980 to 2107.
    pub year: u16,
    /// From 1.
    pub month: u16,
    /// From 1.
    pub day: u16,
    /// From 0.
    pub hour: u16,
    /// From 0.
    pub minute: u16,
}

impl Stamp {
    fn time(self) -> u16 {
        self.hour.min(23) << 11 | self.minute.min(59) << 5
    }

    fn day(self) -> u16 {
        (self.year.clamp(1980, 2107) - 1980) << 9 | self.month.clamp(1, 12) << 5 | self.day.clamp(1, 31)
    }
}

/// An archive as it grows.
#[derive(Debug, Default)]
pub struct Archive {
    list: Vec<u8>,
    names: BTreeSet<String>,
    count: u16,
    at: u64,
}

impl Archive {
    /// What stands before a file of this name, this many bytes, and this check of them; none where the archive would become
    /// larger than [`ARCHIVE_MAX`] or hold more than 65,535 files. Of two files with one name the second gets a number.
    pub fn file(&mut self, name: &str, size: u64, check: Check, stamp: Stamp) -> Option<Vec<u8>> {
        let name = self.free(name);
        let size = u32::try_from(size).ok()?;
        let at = u32::try_from(self.at).ok()?;
        let count = self.count.checked_add(1)?;
        // Version 2.0, names in UTF-8, stored.
        let mut about = Vec::new();
        for short in [20_u16, 1 << 11, 0, stamp.time(), stamp.day()] {
            about.extend(short.to_le_bytes());
        }
        for long in [check.value(), size, size] {
            about.extend(long.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        let head = [b"PK\x03\x04", &about[..], name.as_bytes()].concat();
        let after = self.at + head.len() as u64 + u64::from(size);
        if after + self.list.len() as u64 + 1_024 > ARCHIVE_MAX {
            return None;
        }
        self.list.extend(b"PK\x01\x02\x14\x00");
        self.list.extend(&about);
        // No comment, the first disk, no attributes.
        self.list.extend([0; 10]);
        self.list.extend(at.to_le_bytes());
        self.list.extend(name.as_bytes());
        (self.count, self.at) = (count, after);
        Some(head)
    }

    /// What stands behind the last file.
    pub fn end(self) -> Vec<u8> {
        let (count, size, at) = (self.count, self.list.len() as u32, self.at as u32);
        let mut end = self.list;
        end.extend(b"PK\x05\x06\0\0\0\0");
        end.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
        end.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
        end.extend([0, 0]);
        end
    }

    /// The name, or one with a number in front of its ending, that no file here has. Systems hold small and capital letters
    /// for the same.
    fn free(&mut self, name: &str) -> String {
        let dot = name.rfind('.').filter(|dot| name[..*dot].ends_with(|letter| letter != '/'));
        let (stem, ending) = name.split_at(dot.unwrap_or(name.len()));
        let mut free = name.to_owned();
        let mut number = 2;
        while !self.names.insert(free.to_lowercase()) {
            free = format!("{stem} ({number}){ending}");
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) -> Check {
        let mut check = Check::default();
        bytes.chunks(3).for_each(|piece| check.take(piece));
        check
    }

    #[test]
    fn the_check_is_that_of_zip() {
        assert_eq!(check(b"123456789").value(), 0xcbf4_3926);
        assert_eq!(check(b"").value(), 0);
    }

    #[test]
    fn names_that_would_fall_together_get_numbers() {
        let mut archive = Archive::default();
        let names = ["Offer.pdf", "offer.PDF", "Offer.pdf", "x/Offer.pdf", ".env", ".env", "x/.env"];
        let free: Vec<_> = names.iter().map(|name| archive.free(name)).collect();
        assert_eq!(
            free,
            ["Offer.pdf", "offer (2).PDF", "Offer (3).pdf", "x/Offer.pdf", ".env", ".env (2)", "x/.env"]
        );
    }

    #[test]
    fn what_is_too_large_for_an_archive_is_not_begun() {
        let mut archive = Archive::default();
        assert!(archive.file("a", ARCHIVE_MAX, Check::default(), Stamp::default()).is_none());
        assert!(archive.file("a", 3 << 30, Check::default(), Stamp::default()).is_some());
        assert!(archive.file("b", 1 << 30, Check::default(), Stamp::default()).is_none());
    }
}
