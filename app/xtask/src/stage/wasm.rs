//! Makes a program small on the wire: drops what only a debugger reads, shortens the names shared with the script, and
//! puts functions that are alike beside each other.

mod order;

use super::glue::ShortNames;
use order::{Functions, Order};

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const TYPES_OF_FUNCTIONS: u8 = 3;
const EXPORTS: u8 = 7;
const START: u8 = 8;
const ELEMENTS: u8 = 9;
const BODIES: u8 = 10;
const FUNCTION: u8 = 0;

/// The module without its custom sections (the names of functions alone are a third of the file), with short names for
/// imports and exports, and with its functions in another order. None when the bytes are no module, or one with
/// something in it that Rust programs for the web do not have.
pub(super) fn compact(module: &[u8], names: &ShortNames) -> Option<Vec<u8>> {
    let mut out = module.get(..HEADER).filter(|header| header.starts_with(b"\0asm"))?.to_vec();
    let mut rest = Input(&module[HEADER..]);
    let mut sections = Vec::new();
    while let Some(id) = rest.byte() {
        sections.push((id, rest.bytes()?));
    }
    let find = |wanted| sections.iter().find(|(id, _)| *id == wanted).map(|(_, section)| *section);
    let imported = find(IMPORTS).map_or(Some(0), |section| Input(section).number())?;
    let types = find(TYPES_OF_FUNCTIONS).unwrap_or(&[0]);
    let functions = Functions::read(imported as usize, types, find(BODIES).unwrap_or(&[0]))?;
    let order = functions.order();
    for (id, section) in sections {
        let section = match id {
            CUSTOM => continue,
            IMPORTS => imports(section, names)?,
            TYPES_OF_FUNCTIONS => functions.types(&order),
            EXPORTS => exports(section, names, &order)?,
            // wasm-bindgen starts the program itself.
            START => return None,
            ELEMENTS => elements(section, &order)?,
            BODIES => functions.bodies(&order)?,
            _ => section.to_vec(),
        };
        out.push(id);
        put_bytes(&mut out, &section);
    }
    Some(out)
}

/// The module without its custom sections. None when the bytes are no module.
pub(super) fn bare(module: &[u8]) -> Option<Vec<u8>> {
    let mut out = module.get(..HEADER).filter(|header| header.starts_with(b"\0asm"))?.to_vec();
    let mut rest = Input(&module[HEADER..]);
    while let Some(id) = rest.byte() {
        let section = rest.bytes()?;
        if id != CUSTOM {
            out.push(id);
            put_bytes(&mut out, section);
        }
    }
    Some(out)
}

/// A module that does nothing and carries others in custom sections of their names, from which a page takes them.
pub(super) fn packet(modules: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"\0asm\x01\0\0\0".to_vec();
    for (name, module) in modules {
        let mut section = Vec::new();
        put_bytes(&mut section, name.as_bytes());
        section.extend_from_slice(module);
        out.push(CUSTOM);
        put_bytes(&mut out, &section);
    }
    out
}

fn imports(section: &[u8], names: &ShortNames) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (Input(section), Vec::new());
    let count = rest.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_bytes(&mut out, rest.bytes()?);
        put_name(&mut out, rest.bytes()?, names)?;
        out.push(rest.byte().filter(|kind| *kind == FUNCTION)?);
        put_number(&mut out, rest.number()?);
    }
    Some(out)
}

fn exports(section: &[u8], names: &ShortNames, order: &Order) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (Input(section), Vec::new());
    let count = rest.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_name(&mut out, rest.bytes()?, names)?;
        let (kind, number) = (rest.byte()?, rest.number()?);
        out.push(kind);
        put_number(&mut out, if kind == FUNCTION { order.number(number)? } else { number });
    }
    Some(out)
}

/// Lists of functions that are called by their place in a table.
fn elements(section: &[u8], order: &Order) -> Option<Vec<u8>> {
    const NUMBERS_INTO_FIRST_TABLE: u32 = 0;
    // Where a part will put its functions there are none yet.
    const EXPRESSIONS_INTO_FIRST_TABLE: u32 = 4;
    const CONSTANT: u8 = 0x41;
    const END: u8 = 0x0b;
    let (mut rest, mut out) = (Input(section), Vec::new());
    let count = rest.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        let kind = rest.number()?;
        if ![NUMBERS_INTO_FIRST_TABLE, EXPRESSIONS_INTO_FIRST_TABLE].contains(&kind) {
            return None;
        }
        put_number(&mut out, kind);
        let place = rest.0;
        rest.byte().filter(|opcode| *opcode == CONSTANT)?;
        rest.skip_long_number()?;
        rest.byte().filter(|opcode| *opcode == END)?;
        out.extend_from_slice(&place[..place.len() - rest.0.len()]);
        let listed = rest.number()?;
        put_number(&mut out, listed);
        for _ in 0..listed {
            if kind == NUMBERS_INTO_FIRST_TABLE {
                put_number(&mut out, order.number(rest.number()?)?);
            } else {
                function_or_none(&mut rest, &mut out, order)?;
            }
        }
    }
    Some(out)
}

/// An expression that names a function or none.
fn function_or_none(rest: &mut Input, out: &mut Vec<u8>, order: &Order) -> Option<()> {
    const NONE: u8 = 0xd0;
    const FUNCTION: u8 = 0xd2;
    const OF_FUNCTIONS: u8 = 0x70;
    const END: u8 = 0x0b;
    match rest.byte()? {
        NONE => out.extend([NONE, rest.byte().filter(|kind| *kind == OF_FUNCTIONS)?]),
        FUNCTION => {
            out.push(FUNCTION);
            put_number(out, order.number(rest.number()?)?);
        }
        _ => return None,
    }
    out.push(rest.byte().filter(|opcode| *opcode == END)?);
    Some(())
}

/// Bytes that are being read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// Bytes behind their count.
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    /// A number in LEB128, seven bits a byte, lowest first.
    fn number(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// Steps over a number of up to 64 bits.
    fn skip_long_number(&mut self) -> Option<()> {
        while self.byte()? & 0x80 != 0 {}
        Some(())
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }
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
        let mut long = vec![11, 0x80, 0x01];
        long.extend([7; 128]);
        let kept = [HEAD, &[1, 2, 9, 9], &long].concat();
        let custom = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let whole = [HEAD, &[1, 2, 9, 9], &custom, &long, &custom].concat();
        assert_eq!(compact(&whole, &ShortNames::default()), Some(kept.clone()));
        assert_eq!(bare(&whole), Some(kept));
    }

    #[test]
    fn a_packet_is_a_module_of_custom_sections() {
        let packet = packet(&[("a".into(), b"xy".to_vec()), ("bc".into(), Vec::new())]);
        assert_eq!(packet, [HEAD, &[0, 4, 1, b'a', b'x', b'y', 0, 3, 2, b'b', b'c']].concat());
        assert_eq!(bare(&packet), Some(HEAD.to_vec()));
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
            [HEAD, &section(2, &[&taken, &[0, 0x80, 1]]), &section(7, &[&given, &[0, 0]])].concat()
        };
        let long = module(b"__wbg_x_0123456789abcdef", b"f__h0123456789abcdef");
        assert_eq!(compact(&long, &names), Some(module(b"_0", b"_1")));
        assert_eq!(compact(&long, &ShortNames::default()), Some(long));
    }

    #[test]
    fn whatever_names_a_function_names_its_new_place() {
        let module = |called: u8, elements: [u8; 2], types: [u8; 2], bodies: &[&[u8]]| {
            let mut code = vec![2];
            bodies.iter().for_each(|body| put_bytes(&mut code, body));
            let mut listed = vec![1, 0, 0x41, 1, 0x0b, 2];
            listed.extend(elements);
            let mut out = HEAD.to_vec();
            let typed = [2, types[0], types[1]];
            for (id, section) in [(3, &typed[..]), (7, &[1, 1, b'f', 0, called]), (9, &listed), (10, &code)] {
                out.push(id);
                put_bytes(&mut out, section);
            }
            out
        };
        let (caller, called, moved) = (&[0, 0x10, 1, 0x0b][..], &[0, 0x0b][..], &[0, 0x10, 0, 0x0b][..]);
        let before = module(0, [1, 0], [4, 3], &[caller, called]);
        let after = module(1, [0, 1], [3, 4], &[called, moved]);
        assert_eq!(compact(&before, &ShortNames::default()), Some(after));
    }

    #[test]
    fn a_place_that_is_kept_for_a_part_stays_empty() {
        let module = |function: u8, types: [u8; 2], bodies: [&[u8]; 2]| {
            let mut code = vec![2];
            bodies.iter().for_each(|body| put_bytes(&mut code, body));
            let listed = [1, 4, 0x41, 1, 0x0b, 2, 0xd2, function, 0x0b, 0xd0, 0x70, 0x0b];
            let mut out = HEAD.to_vec();
            for (id, section) in [(3, &[2, types[0], types[1]][..]), (9, &listed), (10, &code)] {
                out.push(id);
                put_bytes(&mut out, section);
            }
            out
        };
        let (one, other) = (&[0, 0x01, 0x0b][..], &[0, 0x0b][..]);
        let before = module(0, [4, 3], [one, other]);
        assert_eq!(compact(&before, &ShortNames::default()), Some(module(1, [3, 4], [other, one])));
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
