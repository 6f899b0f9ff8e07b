//! Bytes of a table as text: which encoding they are in, and what could not be read.

/// How letters stand as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1252, as the WHATWG's encoding standard has it.
    Windows1252,
}

/// What bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without the mark in front.
    pub text: String,
    /// The encoding it was read in.
    pub encoding: Encoding,
    /// Whether a mark in front names the encoding.
    pub has_mark: bool,
    /// How many places mean nothing in this encoding.
    pub doubtful: usize,
}

/// What the bytes 0x80 to 0x9F stand for in Windows-1252; all others stand for the code point of the same number. Five are not
/// assigned, which the standard reads as the control characters of the same number.
const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// How many bytes are looked at for the zeros of UTF-16.
const SAMPLE: usize = 1024;

/// Reads bytes in the encoding that a mark in front names, else in UTF-16 where every other byte is zero, else in UTF-8 unless
/// more of it is broken than not, else in Windows-1252. `forced` is used in place of what was found.
pub fn decode(bytes: &[u8], forced: Option<Encoding>) -> Decoded {
    let marks: [(&[u8], Encoding); 3] = [
        (b"\xEF\xBB\xBF", Encoding::Utf8),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
    ];
    let marked = marks.iter().find_map(|(mark, encoding)| Some((bytes.strip_prefix(*mark)?, *encoding)));
    let (body, has_mark, encoding) = match (marked, forced) {
        (Some((body, marked)), None) => (body, true, marked),
        (Some((body, marked)), Some(forced)) if marked == forced => (body, true, marked),
        (_, Some(forced)) => (bytes, false, forced),
        (None, None) => (bytes, false, unmarked(bytes)),
    };
    let (text, doubtful) = match encoding {
        Encoding::Utf8 => utf8(body),
        Encoding::Utf16Le => utf16(body, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(body, u16::from_be_bytes),
        Encoding::Windows1252 => windows(body),
    };
    Decoded { text, encoding, has_mark, doubtful }
}

fn unmarked(bytes: &[u8]) -> Encoding {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if second > pairs / 2 && first <= pairs / 10 {
        return Encoding::Utf16Le;
    }
    if first > pairs / 2 && second <= pairs / 10 {
        return Encoding::Utf16Be;
    }
    let (mut broken, mut whole) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        whole += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
    }
    // A file that was cut off or joined from two is mended better than misread.
    if broken == 0 || whole > 2 * broken { Encoding::Utf8 } else { Encoding::Windows1252 }
}

fn utf8(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut doubtful = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            doubtful += 1;
        }
    }
    (text, doubtful)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, usize) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    // Half a unit at the end is lost.
    let mut doubtful = rest.len();
    for sign in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        doubtful += usize::from(sign.is_err());
        text.push(sign.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    (text, doubtful)
}

fn windows(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut doubtful = 0;
    for byte in bytes {
        let sign = match byte {
            0x80..=0x9F => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
            _ => char::from(*byte),
        };
        doubtful += usize::from(matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D));
        text.push(sign);
    }
    (text, doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Müller & Söhne;1.200,50 €;„Preis“\r\n漢字;🤝;œ\r\n";

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let marked = format!("\u{feff}{TEXT}");
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8, false),
            (marked.as_bytes().to_vec(), Encoding::Utf8, true),
            (utf16_of(TEXT, u16::to_le_bytes), Encoding::Utf16Le, false),
            (utf16_of(&marked, u16::to_le_bytes), Encoding::Utf16Le, true),
            (utf16_of(TEXT, u16::to_be_bytes), Encoding::Utf16Be, false),
            (utf16_of(&marked, u16::to_be_bytes), Encoding::Utf16Be, true),
        ];
        for (bytes, encoding, has_mark) in cases {
            let expected = Decoded { text: TEXT.into(), encoding, has_mark, doubtful: 0 };
            assert_eq!(decode(&bytes, None), expected);
            assert_eq!(decode(&bytes, Some(encoding)), expected);
        }
        let bytes = b"M\xFCller \x80 5\x97\x9Cuvre";
        let decoded = decode(bytes, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Müller € 5—œuvre", Encoding::Windows1252));
        assert_eq!(HIGH.chars().count(), 32);
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let mut broken = TEXT.as_bytes().to_vec();
        broken.push(0xE2);
        let decoded = decode(&broken, None);
        assert_eq!((decoded.encoding, decoded.doubtful), (Encoding::Utf8, 1));
        assert_eq!(decoded.text, format!("{TEXT}\u{fffd}"));
        assert_eq!(decode(b"a\xE9b\x81", None).doubtful, 1);
        assert_eq!(decode(b"a\xE9b", Some(Encoding::Utf8)).doubtful, 1);
        let odd = decode(b"\xFF\xFEa\0\x00\xD8b", None);
        assert_eq!((odd.text.as_str(), odd.doubtful), ("a\u{fffd}", 2));
    }
}
