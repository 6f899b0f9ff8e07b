//! What the blocks of a Yjs update (version 1) hold, for readers that pass over it.

use stdx::{Cut, Reader};

/// Nested values deeper than this are not followed.
const DEPTH_MAX: u8 = 32;

/// Passes what a block of this kind holds, and answers its length in ticks. Documents within documents are not known to it.
pub fn content(kind: u8, from: &mut Reader) -> Result<u64, Cut> {
    match kind {
        // Deleted.
        1 => from.uint(),
        // JSON values.
        2 => {
            let count = from.uint()?;
            for _ in 0..count {
                from.bytes()?;
            }
            Ok(count)
        }
        // Text; its length counts UTF-16 units.
        4 => Ok(from.text()?.chars().map(|c| c.len_utf16() as u64).sum()),
        // Bytes, or an embed.
        3 | 5 => from.bytes().map(|_| 1),
        // A format: name and value.
        6 => {
            from.bytes()?;
            from.bytes().map(|_| 1)
        }
        // A nested type; elements carry their name.
        7 => {
            if matches!(from.uint()?, 3 | 5) {
                from.bytes()?;
            }
            Ok(1)
        }
        8 => {
            let count = from.uint()?;
            for _ in 0..count {
                value(from)?;
            }
            Ok(count)
        }
        _ => Err(Cut),
    }
}

/// Passes a value in lib0's form.
pub fn value(from: &mut Reader) -> Result<(), Cut> {
    any(from, 0)
}

fn any(from: &mut Reader, depth: u8) -> Result<(), Cut> {
    if depth > DEPTH_MAX {
        return Err(Cut);
    }
    match from.u8()? {
        126 | 127 | 120 | 121 => {}
        125 => while from.u8()? & 0x80 != 0 {},
        124 => drop(from.raw(4)?),
        122 | 123 => drop(from.raw(8)?),
        116 | 119 => drop(from.bytes()?),
        117 => {
            for _ in 0..from.uint()? {
                any(from, depth + 1)?;
            }
        }
        118 => {
            for _ in 0..from.uint()? {
                from.bytes()?;
                any(from, depth + 1)?;
            }
        }
        _ => return Err(Cut),
    }
    Ok(())
}
