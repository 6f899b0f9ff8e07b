//! Images without what their files say beside the picture: where and when it was taken, by whom and with what, and
//! small pictures of what it showed before it was cut.
//!
//! Each kind is walked over by its own blocks. Only blocks by which the picture looks as it does are taken over, so what
//! is not known here stays behind. Which way up a photograph is held counts to its look. Broken files end where they
//! break.
//!
//! Sources: ITU T.81 B.1 and Exif 2.32 4.5.4 (JPEG), PNG 5.3 and 11.3, GIF89a, RFC 9649 (WebP).

use super::Kind;

/// The image with only what is seen of it. SVG and AVIF are handed back as they are.
pub fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    // A walk that ends early has taken all there is.
    let _ended = match Kind::of(bytes) {
        Some(Kind::Jpeg) => jpeg(bytes, &mut out),
        Some(Kind::Png) => png(bytes, &mut out),
        Some(Kind::Gif) => gif(bytes, &mut out),
        Some(Kind::WebP) => webp(bytes, &mut out),
        Some(Kind::Avif | Kind::Svg) | None => return bytes.to_vec(),
    };
    out
}

/// The first `count` bytes, or all where there are fewer, taken away from `rest`.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (taken, after) = rest.split_at(count.min(rest.len()));
    *rest = after;
    taken
}

fn big(bytes: &[u8]) -> Option<usize> {
    Some(u16::from_be_bytes(*bytes.first_chunk()?).into())
}

fn jpeg(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    out.extend_from_slice(take(&mut rest, 2));
    loop {
        let marker = match rest {
            [0xff, 0xff, ..] => {
                take(&mut rest, 1);
                continue;
            }
            [0xff, marker, ..] => *marker,
            _ => return None,
        };
        if marker == 0xd9 {
            out.extend_from_slice(take(&mut rest, 2));
            return Some(());
        }
        let length = big(rest.get(2..)?)?.max(2);
        let segment = take(&mut rest, 2 + length);
        let data = segment.get(4..).unwrap_or_default();
        match marker {
            // Kept are what says that it is a JPEG, its colours, and in which of two ways they are written.
            0xe0 if data.starts_with(b"JFIF\0") => out.extend_from_slice(segment),
            0xe2 if data.starts_with(b"ICC_PROFILE\0") => out.extend_from_slice(segment),
            0xee if data.starts_with(b"Adobe") => out.extend_from_slice(segment),
            0xe1 if data.starts_with(EXIF) => {
                if let Some(turn) = turn(&data[EXIF.len()..]).filter(|turn| *turn != UPRIGHT) {
                    let said = [EXIF, &only_turned(turn)].concat();
                    out.extend_from_slice(&[0xff, 0xe1, 0, said.len() as u8 + 2]);
                    out.extend_from_slice(&said);
                }
            }
            0xe0..=0xef | 0xfe => {}
            _ => out.extend_from_slice(segment),
        }
        if marker == 0xda {
            // The picture itself goes on to the next marker that is none of its own.
            let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
            let end = rest.windows(2).position(is_end).unwrap_or(rest.len());
            out.extend_from_slice(take(&mut rest, end));
        }
    }
}

/// What stands before what a camera wrote.
pub(super) const EXIF: &[u8] = b"Exif\0\0";
const UPRIGHT: u16 = 1;
/// The field that says how an image is turned.
const ORIENTATION: u16 = 0x0112;

/// How an image is turned, 1 to 8, by what a camera wrote.
pub(super) fn turn(tiff: &[u8]) -> Option<u16> {
    let is_little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let (one, two) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if is_little { two << 16 | one } else { one << 16 | two })
    };
    let fields = long(4)?;
    let mut all = (0..usize::from(short(fields)?)).map(|field| fields + 2 + 12 * field);
    let place = all.find(|place| short(*place) == Some(ORIENTATION))?;
    short(place + 8).filter(|turn| (1..=8).contains(turn))
}

/// What a camera would write that knows nothing but how it was held.
fn only_turned(turn: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend_from_slice(&turn.to_be_bytes());
    tiff.extend_from_slice(&[0; 6]);
    tiff
}

fn png(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    out.extend_from_slice(take(&mut rest, 8));
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let name = *after.first_chunk::<4>()?;
        let chunk = take(&mut rest, (u32::from_be_bytes(*length) as usize).saturating_add(12));
        // What begins with a capital is needed to draw it.
        let counts = name[0].is_ascii_uppercase()
            || [
                b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD",
                b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
            ]
            .contains(&&name);
        if counts {
            out.extend_from_slice(chunk);
        }
        if name == *b"IEND" {
            return Some(());
        }
    }
}

fn gif(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    // A table of colours, where the flags before it say that there is one.
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let head = take(&mut rest, 13);
    out.extend_from_slice(head);
    out.extend_from_slice(take(&mut rest, colours(*head.get(10)?)));
    loop {
        let block = rest;
        let keeps = match *block {
            [b';', ..] => {
                out.push(b';');
                return Some(());
            }
            [b',', ..] => {
                let image = take(&mut rest, 10);
                take(&mut rest, colours(*image.get(9)?) + 1);
                true
            }
            [b'!', kind, ..] => {
                take(&mut rest, 2);
                let repeats = rest.starts_with(b"\x0bNETSCAPE2.0") || rest.starts_with(b"\x0bANIMEXTS1.0");
                kind == 0xf9 || kind == 1 || kind == 0xff && repeats
            }
            _ => return None,
        };
        // What a block holds stands in parts, each with its length before it, up to one without.
        while let Some(length) = rest.first() {
            if take(&mut rest, usize::from(*length) + 1) == [0] {
                break;
            }
        }
        if keeps {
            out.extend_from_slice(&block[..block.len() - rest.len()]);
        }
    }
}

fn webp(bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
    const SAYS_EXIF: u8 = 8;
    const SAYS_XMP: u8 = 4;
    let mut rest = bytes;
    out.extend_from_slice(take(&mut rest, 12));
    let mut turned = false;
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let Some(length) = after.first_chunk() else { break };
        let length = u32::from_le_bytes(*length) as usize;
        let chunk = take(&mut rest, length.saturating_add(8).saturating_add(length % 2));
        match name {
            b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
                out.extend_from_slice(chunk)
            }
            b"EXIF" => {
                let data = &chunk[8..];
                let said = turn(data.strip_prefix(EXIF).unwrap_or(data)).filter(|turn| *turn != UPRIGHT);
                if let Some(turn) = said.filter(|_| !turned) {
                    turned = true;
                    let said = only_turned(turn);
                    out.extend_from_slice(b"EXIF");
                    out.extend_from_slice(&(said.len() as u32).to_le_bytes());
                    out.extend_from_slice(&said);
                }
            }
            _ => {}
        }
    }
    let size = (out.len() as u32).saturating_sub(8);
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    if out.get(12..16) == Some(b"VP8X") {
        let flags = out.get_mut(20)?;
        *flags &= !(SAYS_XMP | if turned { 0 } else { SAYS_EXIF });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &[u8] = b"51.5007,-0.1246";

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        [&[0xff, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    }

    /// What a camera writes: it is held so, and where it was.
    fn exif(turn: u8) -> Vec<u8> {
        let maker = [0x0f, 1, 2, 0, 4, 0, 0, 0, b'N', b'i', b'k', 0];
        let held = [0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0];
        [b"II*\0\x08\0\0\0\x02\0", &maker[..], &held, &[0; 4], PLACE].concat()
    }

    fn jpeg(before: &[Vec<u8>], after: &[u8]) -> Vec<u8> {
        let frame = segment(0xc0, b"\x08\x01\xe0\x02\x80\x01\x01\x11\0");
        let scan = [&segment(0xda, b"\x01\x01\0\0\x3f\0")[..], b"\x12\xff\0\xff\xd0\x34"].concat();
        [
            b"\xff\xd8".to_vec(),
            before.concat(),
            frame,
            scan.clone(),
            segment(0xc4, b"\0"),
            scan,
            after.to_vec(),
        ]
        .concat()
    }

    #[track_caller]
    fn check(kind: Kind, with: &[u8], without: &[u8]) {
        assert_eq!(Kind::of(with), Some(kind));
        assert_eq!(bare(with), without, "{:?}", bare(with).escape_ascii().to_string());
        assert_eq!(bare(without), without);
    }

    #[test]
    fn a_photograph_loses_its_place_and_keeps_its_colours() {
        let kept = [
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x48\0\x48\0\0"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        ];
        let said = [
            segment(0xe1, &[EXIF, &exif(1)].concat()),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>"),
            segment(0xed, b"Photoshop 3.0\08BIM"),
            segment(0xfe, b"a word"),
            segment(0xe0, b"JFXX\0\x10thumbnail"),
            segment(0xe2, b"MPF\0more pictures"),
        ];
        let with = jpeg(&[&kept[..], &said].concat(), &[b"\xff\xd9\xff\xd8", PLACE].concat());
        check(Kind::Jpeg, &with, &jpeg(&kept, b"\xff\xd9"));
    }

    #[test]
    fn a_photograph_stays_the_right_way_up() {
        let with = jpeg(&[segment(0xe1, &[EXIF, &exif(6)].concat())], b"\xff\xd9");
        let without = jpeg(&[segment(0xe1, &[EXIF, &only_turned(6)].concat())], b"\xff\xd9");
        check(Kind::Jpeg, &with, &without);
        assert_eq!(turn(&only_turned(6)), Some(6));
        assert_eq!(crate::image::size(&with), Some((480, 640)));
        assert_eq!(crate::image::size(&jpeg(&[], b"")), Some((640, 480)));
    }

    #[test]
    fn a_png_loses_words_and_times() {
        let chunk =
            |name: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], name, data, b"crc."].concat();
        let all = |said: &[Vec<u8>], after: &[u8]| {
            let head = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[0; 13]), &chunk(b"sRGB", &[0])].concat();
            let tail = [chunk(b"IDAT", &[7; 5]), chunk(b"IEND", b"")].concat();
            [&head, &said.concat(), &tail, after].concat()
        };
        let said: Vec<_> =
            [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"caBX"].map(|name| chunk(name, PLACE)).into();
        check(Kind::Png, &all(&said, PLACE), &all(&[], b""));
    }

    #[test]
    fn a_gif_loses_comments_and_goes_on_moving() {
        let all = |said: &[u8], after: &[u8]| {
            [
                &b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"[..],
                said,
                b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\x80\xff\0\0\0\0\0\x02\x02D\x01\0;",
                after,
            ]
            .concat()
        };
        let said = [b"!\xfe\x0f", PLACE, b"\x01!\0!\xff\x0bXMP DataXMP\x02<x\0"].concat();
        check(Kind::Gif, &all(&said, PLACE), &all(b"", b""));
    }

    #[test]
    fn a_webp_loses_what_its_head_says_it_has() {
        let chunk = |name: &[u8], data: &[u8]| {
            let pad: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
            [name, &(data.len() as u32).to_le_bytes(), data, pad].concat()
        };
        let all = |flags: u8, said: &[u8]| {
            let head = chunk(b"VP8X", &[flags, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]);
            let body = [b"WEBP".to_vec(), head, chunk(b"VP8L", b"\x2fabcd"), said.to_vec()].concat();
            [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
        };
        let xmp = chunk(b"XMP ", b"<x:xmpmeta>");
        check(Kind::WebP, &all(0x1c, &[chunk(b"EXIF", &exif(1)), xmp.clone()].concat()), &all(0x10, b""));
        let turned = chunk(b"EXIF", &only_turned(8));
        check(
            Kind::WebP,
            &all(0x1c, &[xmp, chunk(b"EXIF", &[EXIF, &exif(8)].concat())].concat()),
            &all(0x18, &turned),
        );
    }

    #[test]
    fn a_cut_image_is_as_long_as_it_was() {
        let whole = jpeg(&[], b"\xff\xd9");
        let cut = &whole[..whole.len() - 5];
        assert_eq!(bare(cut), cut);
        let none = b"\xff\xd8\xff\xe1\xff\xffExif";
        assert_eq!(bare(none), b"\xff\xd8");
    }
}
