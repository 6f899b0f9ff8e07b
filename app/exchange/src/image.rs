//! Images by their bytes: which kind they are, how large, what is to be seen of them, and how they stand in a text as an
//! address.

mod bare;

use model::{BlobHash, limits};
use stdx::base64;

pub use bare::bare;

/// Finds the bytes of a blob, where they are there.
pub type Blobs<'a> = &'a dyn Fn(BlobHash) -> Option<Vec<u8>>;

/// For texts without blobs.
pub fn no_blobs(_: BlobHash) -> Option<Vec<u8>> {
    None
}

/// The kinds of images that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG, moving or not.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP, moving or not.
    WebP,
    /// AVIF.
    Avif,
    /// SVG. It is a document with scripts in its power, so it is only ever shown where browsers run none: as an image.
    Svg,
}

impl Kind {
    /// The kind that `bytes` begin as; none when they are no image that is shown. Names and types that a file bears are not
    /// asked: they may say anything.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let at = |place: usize, sign: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(sign));
        Some(match () {
            () if at(0, b"\x89PNG\r\n\x1a\n") => Self::Png,
            () if at(0, b"\xff\xd8\xff") => Self::Jpeg,
            () if at(0, b"GIF87a") || at(0, b"GIF89a") => Self::Gif,
            () if at(0, b"RIFF") && at(8, b"WEBP") => Self::WebP,
            () if at(4, b"ftypavif") || at(4, b"ftypavis") => Self::Avif,
            () if is_svg(bytes) => Self::Svg,
            () => return None,
        })
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The end of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }

    /// Whether an image of this kind must be kept as it is: it moves, or consists of words.
    pub fn is_kept_as_it_is(self, bytes: &[u8]) -> bool {
        match self {
            Self::Gif | Self::Svg => true,
            Self::Jpeg => false,
            // What says that it moves stands before the first picture.
            Self::Png => bytes.windows(4).take_while(|four| *four != b"IDAT").any(|four| four == b"acTL"),
            Self::WebP => {
                bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
            }
            Self::Avif => bytes.get(8..12) == Some(b"avis"),
        }
    }
}

/// Whether `bytes` are words that begin an SVG, after what may stand before it.
fn is_svg(bytes: &[u8]) -> bool {
    /// A document whose first element comes later is none that a program wrote.
    const HEAD: usize = 4_096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!DOCTYPE svg") => ">",
            _ => {
                return rest
                    .strip_prefix("<svg")
                    .is_some_and(|rest| rest.starts_with([' ', '\n', '\r', '\t', '>']));
            }
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
}

/// The width and height in pixels that an image says of itself; none where it does not say so up front.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?)));
    let little = |at: usize| Some(u32::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)));
    let three = |at: usize| Some(little(at)? | u32::from(*bytes.get(at + 2)?) << 16);
    let size = match Kind::of(bytes)? {
        Kind::Png => (big(16)? << 16 | big(18)?, big(20)? << 16 | big(22)?),
        Kind::Gif => (little(6)?, little(8)?),
        Kind::Jpeg => jpeg_size(bytes)?,
        Kind::WebP => match bytes.get(12..16)? {
            b"VP8X" => (three(24)? + 1, three(27)? + 1),
            b"VP8L" => {
                let bits = little(21)? | little(23)? << 16;
                ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
            }
            _ => (little(26)? & 0x3fff, little(28)? & 0x3fff),
        },
        Kind::Avif | Kind::Svg => return None,
    };
    let drawn = 1..=65_535;
    (drawn.contains(&size.0) && drawn.contains(&size.1)).then_some(size)
}

/// Walks over a JPEG's segments to the one that begins the picture.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut lies) = (2, false);
    loop {
        let [0xff, marker, high, low] = *bytes.get(at..)?.first_chunk()? else { return None };
        match marker {
            0xff => at += 1,
            // Of the markers that begin a picture, these three mean something else.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let [height, width] = *bytes.get(at + 5..)?.as_chunks::<2>().0.first_chunk()?;
                let (width, height) = (u16::from_be_bytes(width).into(), u16::from_be_bytes(height).into());
                return Some(if lies { (height, width) } else { (width, height) });
            }
            _ => {
                let said = bytes.get(at + 4..).and_then(|data| data.strip_prefix(bare::EXIF));
                lies |= said.and_then(bare::turn).is_some_and(|turn| turn > 4);
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}

/// An address that holds the image itself.
pub fn data_address(bytes: &[u8]) -> Option<String> {
    Some(["data:", Kind::of(bytes)?.media_type(), ";base64,", &base64::to_standard(bytes)].concat())
}

/// The image that an address holds itself, where it is one that is shown and not too large, without what it says beside
/// the picture.
pub(crate) fn held(address: &str) -> Option<Vec<u8>> {
    let letters = address.strip_prefix("data:image/")?.split_once(";base64,")?.1;
    let bytes = base64::from_standard(letters).filter(|bytes| bytes.len() <= limits::BLOB_MAX)?;
    let bare = bare(&bytes);
    Kind::of(&bare).map(|_| bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One red point, as browsers take it.
    const GIF: &[u8] = b"GIF89a\x01\x00\x02\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

    fn png(width: u32, height: u32, chunk: &[u8]) -> Vec<u8> {
        let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
        [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width, &height, b"\x08\x06\0\0\0crc.", chunk, b"IDAT"]
            .concat()
    }

    fn webp(head: &[u8]) -> Vec<u8> {
        [&b"RIFF\0\0\0\0WEBP"[..], head].concat()
    }

    #[test]
    fn kinds_and_sizes_are_told_by_the_bytes() {
        let jpeg = b"\xff\xd8\xff\xe1\0\x06Exif\xff\xff\xc2\0\x11\x08\x01\xe0\x02\x80";
        for (bytes, kind, known) in [
            (png(640, 480, b""), Kind::Png, Some((640, 480))),
            (GIF.to_vec(), Kind::Gif, Some((1, 2))),
            (jpeg.to_vec(), Kind::Jpeg, Some((640, 480))),
            (webp(b"VP8X\x0a\0\0\0\x10\0\0\0\x7f\x02\0\xdf\x01\0"), Kind::WebP, Some((640, 480))),
            (webp(b"VP8L\0\0\0\0\x2f\x7f\xc2\x77\0"), Kind::WebP, Some((640, 480))),
            (webp(b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"), Kind::WebP, Some((640, 480))),
            (b"\0\0\0\x1cftypavif".to_vec(), Kind::Avif, None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Kind::Svg, None),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><!DOCTYPE svg PUBLIC ''>\n<svg>".to_vec(),
                Kind::Svg,
                None,
            ),
        ] {
            assert_eq!((Kind::of(&bytes), size(&bytes)), (Some(kind), known), "{kind:?}");
        }
    }

    #[test]
    fn what_is_no_image_is_none() {
        for bytes in [
            &b""[..],
            b"%PDF-1.7",
            b"<html><svg></html>",
            b"<svgx>",
            b"<!-- <svg> ",
            b"<!DOCTYPE html><svg>",
            b"RIFF\0\0\0\0WAVE",
            b"\0\0\0\x18ftypmp42",
            b"BM",
        ] {
            assert_eq!(Kind::of(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_moves_is_known() {
        assert!(Kind::Gif.is_kept_as_it_is(GIF));
        assert!(Kind::Png.is_kept_as_it_is(&png(1, 1, b"\0\0\0\x08acTL")));
        assert!(!Kind::Png.is_kept_as_it_is(&[&png(1, 1, b"")[..], b"acTL"].concat()));
        assert!(Kind::WebP.is_kept_as_it_is(&webp(b"VP8X\x0a\0\0\0\x02\0\0\0")));
        assert!(!Kind::WebP.is_kept_as_it_is(&webp(b"VP8X\x0a\0\0\0\x10\0\0\0")));
        assert!(!Kind::Jpeg.is_kept_as_it_is(b"\xff\xd8\xff"));
    }

    #[test]
    fn an_address_holds_an_image_and_nothing_else() {
        let address = data_address(GIF).unwrap();
        assert!(address.starts_with("data:image/gif;base64,R0lGODlh"), "{address}");
        assert_eq!(held(&address), Some(GIF.to_vec()));
        assert_eq!(data_address(b"%PDF-1.7"), None);
        for wrong in [
            "data:image/gif;base64,JVBERi0xLjc=",
            "data:image/gif,GIF89a",
            "data:text/html;base64,R0lGODlh",
            "https://x.example/a.gif",
            "data:image/png;base64,R0lG*",
        ] {
            assert_eq!(held(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn broken_images_end_somewhere() {
        for seed in 0..20_000 {
            let mut random = fastrand::Rng::with_seed(seed);
            let all = [
                png(9, 9, b""),
                GIF.to_vec(),
                webp(b"VP8L\0\0\0\0\x2f\x7f\xc2\x77\0"),
                b"\xff\xd8\xff\xe1\0\x06Exif\xff\xc2\0".to_vec(),
            ];
            let mut bytes = random.choice(&all).unwrap().clone();
            bytes.truncate(random.usize(..=bytes.len()));
            if !bytes.is_empty() {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            size(&bytes);
            let _ = Kind::of(&bytes).map(|kind| kind.is_kept_as_it_is(&bytes));
            let once = bare(&bytes);
            assert_eq!(bare(&once), once, "seed {seed}");
        }
    }
}
