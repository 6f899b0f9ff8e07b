//! The few binary shapes our own formats are made of: unsigned LEB128 numbers and length-prefixed bytes.
//!
//! They are the same as lib0's `varUint` and `varUint8Array`, so that one notation serves all wire formats.

/// The bytes ended, or a number ran over 64 bits, before the value was whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut;

/// Builds a byte string from its parts.
#[derive(Debug, Default, Clone)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty byte string.
    pub fn new() -> Self {
        Self::default()
    }

    /// One byte as it is.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.bytes.push(value);
        self
    }

    /// An unsigned number, seven bits a byte, low bits first.
    pub fn uint(&mut self, mut value: u64) -> &mut Self {
        while value >= 0x80 {
            self.bytes.push((value as u8) | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
        self
    }

    /// Bytes as they are; the reader must know how many.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Bytes behind their length.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.uint(bytes.len() as u64).raw(bytes)
    }

    /// UTF-8 text behind its length in bytes.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Takes a byte string apart; never reads past its end and never panics.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the first of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, Cut> {
        Ok(self.raw(1)?[0])
    }

    /// An unsigned number as [`Writer::uint`] writes it.
    pub fn uint(&mut self) -> Result<u64, Cut> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Cut);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Cut)
    }

    /// The next `len` bytes.
    pub fn raw(&mut self, len: usize) -> Result<&'a [u8], Cut> {
        let (head, rest) = self.rest.split_at_checked(len).ok_or(Cut)?;
        self.rest = rest;
        Ok(head)
    }

    /// The next `N` bytes as an array.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Cut> {
        self.raw(N)?.try_into().or(Err(Cut))
    }

    /// Bytes behind their length.
    pub fn bytes(&mut self) -> Result<&'a [u8], Cut> {
        let len = usize::try_from(self.uint()?).or(Err(Cut))?;
        self.raw(len)
    }

    /// Text behind its length; not UTF-8 counts as cut.
    pub fn text(&mut self) -> Result<&'a str, Cut> {
        std::str::from_utf8(self.bytes()?).or(Err(Cut))
    }

    /// What is not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bytes_come_back() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Writer::new();
            out.uint(value).bytes(b"room").u8(7);
            let bytes = out.finish();
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.uint(), Ok(value));
            assert_eq!(reader.bytes(), Ok(&b"room"[..]));
            assert_eq!(reader.u8(), Ok(7));
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn a_cut_or_endless_number_is_an_error() {
        assert_eq!(Reader::new(&[0x80]).uint(), Err(Cut));
        assert_eq!(Reader::new(&[0xff; 11]).uint(), Err(Cut));
        assert_eq!(Reader::new(&[5, 1, 2]).bytes(), Err(Cut));
        assert_eq!(
            Reader::new(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]).bytes(),
            Err(Cut)
        );
    }
}
