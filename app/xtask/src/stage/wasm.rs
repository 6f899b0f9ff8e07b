//! Makes the program small: drops what only a debugger reads, and shortens the names shared with the script.

use super::glue::ShortNames;

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;

/// The module without its custom sections (the names of functions alone are a third of the file) and with short names
/// for imports and exports; none when the bytes are no module, or one that imports more than functions.
pub(super) fn compact(module: &[u8], names: &ShortNames) -> Option<Vec<u8>> {
    let mut out = module.get(..HEADER).filter(|header| header.starts_with(b"\0asm"))?.to_vec();
    let mut rest = &module[HEADER..];
    while let Some(id) = take_byte(&mut rest) {
        let section = take_bytes(&mut rest)?;
        let section = match id {
            CUSTOM => continue,
            IMPORTS => imports(section, names)?,
            EXPORTS => exports(section, names)?,
            _ => section.to_vec(),
        };
        out.push(id);
        put_bytes(&mut out, &section);
    }
    Some(out)
}

fn imports(mut section: &[u8], names: &ShortNames) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = take_number(&mut section)?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_bytes(&mut out, take_bytes(&mut section)?);
        put_name(&mut out, take_bytes(&mut section)?, names)?;
        out.push(take_byte(&mut section).filter(|kind| *kind == FUNCTION)?);
        put_number(&mut out, take_number(&mut section)?);
    }
    Some(out)
}

fn exports(mut section: &[u8], names: &ShortNames) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = take_number(&mut section)?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_name(&mut out, take_bytes(&mut section)?, names)?;
        out.push(take_byte(&mut section)?);
        put_number(&mut out, take_number(&mut section)?);
    }
    Some(out)
}

fn take_byte(from: &mut &[u8]) -> Option<u8> {
    let (byte, rest) = from.split_first()?;
    *from = rest;
    Some(*byte)
}

/// Bytes behind their count.
fn take_bytes<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let count = usize::try_from(take_number(from)?).ok()?;
    let (bytes, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(bytes)
}

/// A number in LEB128, seven bits a byte, lowest first.
fn take_number(from: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u32;
    for shift in (0..u32::BITS).step_by(7) {
        let byte = take_byte(from)?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn put_name(out: &mut Vec<u8>, name: &[u8], names: &ShortNames) -> Option<()> {
    put_bytes(out, names.get(str::from_utf8(name).ok()?).as_bytes());
    Some(())
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    // A module holds less than 4 GiB, so no part of it holds more.
    put_number(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

fn put_number(out: &mut Vec<u8>, mut value: u32) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn custom_sections_go_and_the_others_stay_in_order() {
        let mut long = vec![10, 0x80, 0x01];
        long.extend([7; 128]);
        let kept = [HEAD, &[1, 2, 9, 9], &long].concat();
        let custom = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let whole = [HEAD, &[1, 2, 9, 9], &custom, &long, &custom].concat();
        assert_eq!(compact(&whole, &ShortNames::default()), Some(kept));
    }

    #[test]
    fn imports_and_exports_get_the_names_that_the_script_uses() {
        let names = ShortNames::of("a.__wbg_x_0123456789abcdef; b.f__h0123456789abcdef");
        let section = |id: u8, content: &[&[u8]]| {
            let mut out = vec![id];
            put_bytes(&mut out, &content.concat());
            out
        };
        let module = |import: &[u8], export: &[u8]| {
            let (mut taken, mut given) = (vec![1, 1, b'm'], vec![2, 1, b'k', 2, 0]);
            put_bytes(&mut taken, import);
            put_bytes(&mut given, export);
            [HEAD, &section(2, &[&taken, &[0, 0x80, 1]]), &section(7, &[&given, &[0, 0x81, 1]])].concat()
        };
        let long = module(b"__wbg_x_0123456789abcdef", b"f__h0123456789abcdef");
        assert_eq!(compact(&long, &names), Some(module(b"_0", b"_1")));
        assert_eq!(compact(&long, &ShortNames::default()), Some(long));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let refused = |bytes: &[u8]| compact(bytes, &ShortNames::default()).is_none();
        assert!(refused(b"<html>  "));
        assert!(refused(b""));
        assert!(refused(&[HEAD, &[1, 9, 0]].concat()));
        assert!(refused(&[HEAD, &[1]].concat()));
        assert!(refused(&[HEAD, &[1, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()));
        assert!(refused(&[HEAD, &[2, 5, 1, 0, 0, 2, 0]].concat()), "a memory is imported");
    }
}
