//! Puts functions that are alike beside each other. They do the same there as anywhere, and a compressor sees better
//! what they have in common: a fiftieth less on the wire.
//!
//! Functions are called by their number, so each place that names one gets its new number.

use super::{Input, put_bytes, put_number};

/// The sections that name functions, as a module has them.
pub(super) struct Functions<'a> {
    /// How many functions are imported: they have the first numbers and keep them.
    pub(super) imported: usize,
    /// The number of each function's type.
    types: Vec<u32>,
    bodies: Vec<&'a [u8]>,
}

impl<'a> Functions<'a> {
    /// From the sections with the functions' types and with their bodies; none when these do not fit each other.
    pub(super) fn read(imported: usize, types: &'a [u8], bodies: &'a [u8]) -> Option<Self> {
        let (mut types, mut bodies) = (Input(types), Input(bodies));
        let types: Vec<u32> = (0..types.number()?).map(|_| types.number()).collect::<Option<_>>()?;
        let bodies: Vec<&[u8]> = (0..bodies.number()?).map(|_| bodies.bytes()).collect::<Option<_>>()?;
        (types.len() == bodies.len()).then_some(Self { imported, types, bodies })
    }

    /// The order in which alike functions stand together: by type, then by their instructions.
    pub(super) fn order(&self) -> Order {
        let mut old: Vec<usize> = (0..self.bodies.len()).collect();
        old.sort_by_key(|at| (self.types[*at], self.bodies[*at]));
        let mut new: Vec<u32> = (0..).take(self.imported + old.len()).collect();
        for (at, old) in old.iter().enumerate() {
            new[self.imported + old] = (self.imported + at) as u32;
        }
        Order { old, new }
    }

    /// The section with the types, in that order.
    pub(super) fn types(&self, order: &Order) -> Vec<u8> {
        let mut out = Vec::new();
        put_number(&mut out, self.types.len() as u32);
        for at in &order.old {
            put_number(&mut out, self.types[*at]);
        }
        out
    }

    /// The section with the bodies, in that order; none when one has an instruction we do not know.
    pub(super) fn bodies(&self, order: &Order) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        put_number(&mut out, self.bodies.len() as u32);
        for at in &order.old {
            put_bytes(&mut out, &renumbered(self.bodies[*at], order)?);
        }
        Some(out)
    }
}

/// An order of functions.
pub(super) struct Order {
    /// Where each function of the module's own stood, from the first on.
    old: Vec<usize>,
    /// The new number of each function, imported ones too.
    new: Vec<u32>,
}

impl Order {
    /// The new number of a function.
    pub(super) fn number(&self, old: u32) -> Option<u32> {
        self.new.get(old as usize).copied()
    }
}

/// A body that calls functions by their new numbers.
fn renumbered(body: &[u8], order: &Order) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = Input(body);
    for _ in 0..rest.number()? {
        rest.number()?;
        rest.byte()?;
    }
    let mut copied = body;
    while let Some(opcode) = rest.byte() {
        if let CALL | RETURN_CALL | FUNCTION_REFERENCE = opcode {
            out.extend_from_slice(&copied[..copied.len() - rest.0.len()]);
            put_number(&mut out, order.number(rest.number()?)?);
            copied = rest.0;
        } else {
            skip_operands(opcode, &mut rest)?;
        }
    }
    out.extend_from_slice(copied);
    Some(out)
}

const CALL: u8 = 0x10;
const RETURN_CALL: u8 = 0x12;
const FUNCTION_REFERENCE: u8 = 0xd2;

/// Steps over what belongs to an instruction. These are all of WebAssembly 2.0 without vectors, and tail calls.
fn skip_operands(opcode: u8, rest: &mut Input) -> Option<()> {
    let numbers = match opcode {
        // block, loop, if; branches; variables and tables
        0x02..=0x04 | 0x0c | 0x0d | 0x20..=0x26 => 1,
        // br_table
        0x0e => rest.number()? + 1,
        // indirect calls; loads and stores
        0x11 | 0x13 | 0x28..=0x3e => 2,
        // select with types
        0x1c => rest.number()?,
        // memory.size, memory.grow; ref.null
        0x3f | 0x40 | 0xd0 => 1,
        // i32.const, i64.const
        0x41 | 0x42 => return rest.skip_long_number(),
        // f32.const, f64.const
        0x43 => return rest.skip(4),
        0x44 => return rest.skip(8),
        0xfc => match rest.number()? {
            0..=7 => 0,
            9 | 11 | 13 | 15..=17 => 1,
            8 | 10 | 12 | 14 => 2,
            _ => return None,
        },
        // those that stand alone
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => 0,
        _ => return None,
    };
    (0..numbers).try_for_each(|_| rest.skip_long_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions: the first calls the second and the imported one, the second is alike but shorter.
    const TYPES: &[u8] = &[2, 1, 0];
    const CALLER: &[u8] = &[1, 1, 0x7f, 0x41, 0x80, 0x10, 0x1a, 0x10, 2, 0x10, 0, 0xfc, 10, 0, 0, 0x0b];
    const CALLED: &[u8] = &[0, 0x0b];

    fn bodies(each: &[&[u8]]) -> Vec<u8> {
        let mut out = vec![each.len() as u8];
        each.iter().for_each(|body| put_bytes(&mut out, body));
        out
    }

    #[test]
    fn functions_move_and_calls_follow() {
        let section = bodies(&[CALLER, CALLED]);
        let functions = Functions::read(1, TYPES, &section).unwrap();
        let order = functions.order();
        assert_eq!(functions.types(&order), [2, 0, 1]);
        // The second is called by its new number, the imported one by its old one, and a constant that looks like a
        // call stays.
        let moved = [1, 1, 0x7f, 0x41, 0x80, 0x10, 0x1a, 0x10, 1, 0x10, 0, 0xfc, 10, 0, 0, 0x0b];
        assert_eq!(functions.bodies(&order), Some(bodies(&[CALLED, &moved])));
        assert_eq!([0, 1, 2].map(|old| order.number(old).unwrap()), [0, 2, 1]);
        assert_eq!(order.number(3), None);
    }

    #[test]
    fn an_instruction_we_do_not_know_and_a_missing_function_are_refused() {
        for body in [&[0, 0xfd, 12, 0x0b][..], &[0, 0x10, 9, 0x0b], &[0, 0xfc, 99, 0x0b]] {
            let section = bodies(&[body]);
            let functions = Functions::read(0, &[1, 0], &section).unwrap();
            assert_eq!(functions.bodies(&functions.order()), None, "{body:?}");
        }
        assert!(Functions::read(0, &[1, 0], &bodies(&[])).is_none());
    }
}
