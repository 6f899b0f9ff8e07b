//! Files that people put into a room: names that mislead nobody, and how their bytes can be shown.

use model::limits;

use crate::image;

/// How a file can be looked at in place. Names and types that it bears are not asked: they may say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// An image of this kind.
    Image(image::Kind),
    /// The pages of a PDF.
    Pages,
    /// A film of this media type.
    Film(&'static str),
    /// Something to listen to, of this media type.
    Sound(&'static str),
    /// Words. A web page is words too: it is never run.
    Words,
    /// Nothing here shows it.
    Nothing,
}

/// So many first bytes of a file say what it is.
pub const HEAD: usize = 4_096;

impl Look {
    /// How a file can be looked at that begins so.
    pub fn of(head: &[u8]) -> Self {
        let at = |place: usize, sign: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(sign));
        if let Some(kind) = image::Kind::of(head) {
            return Self::Image(kind);
        }
        match () {
            // Readers of PDF have always passed over what stands before it.
            () if head[..head.len().min(1_024)].windows(5).any(|five| five == b"%PDF-") => Self::Pages,
            () if at(4, b"ftypM4A") => Self::Sound("audio/mp4"),
            () if at(4, b"ftyp") => Self::Film("video/mp4"),
            () if at(0, b"\x1a\x45\xdf\xa3") => Self::Film("video/webm"),
            () if at(0, b"OggS") && at(28, b"\x80theora") => Self::Film("video/ogg"),
            () if at(0, b"OggS") => Self::Sound("audio/ogg"),
            () if at(0, b"RIFF") && at(8, b"WAVE") => Self::Sound("audio/wav"),
            () if at(0, b"fLaC") => Self::Sound("audio/flac"),
            () if at(0, b"ID3") || is_mpeg_sound(head) => Self::Sound("audio/mpeg"),
            () if is_words(head) => Self::Words,
            () => Self::Nothing,
        }
    }
}

/// Whether a frame of MPEG sound begins here: eleven bits that are set, a version, the third layer, and a
/// rate that there are.
fn is_mpeg_sound(head: &[u8]) -> bool {
    matches!(head, [0xff, second, third, ..]
        if second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && second & 0x06 == 0x02 && third & 0xf0 != 0xf0)
}

/// Whether these bytes are words in UTF-8, though a letter may be cut at the end.
fn is_words(head: &[u8]) -> bool {
    let words = match str::from_utf8(head) {
        Ok(words) => words,
        Err(error) if error.error_len().is_none() => {
            // What stands before the error is good.
            str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !words.chars().any(|letter| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\x0c'))
}

/// A file's name as it may be shown and saved: one line, without folders, without signs that turn letters around, and no
/// longer than [`limits::FILE_NAME_MAX`] with its ending. Empty where nothing is left.
pub fn clean_name(name: &str) -> String {
    let kept: Vec<char> = name.chars().filter_map(kept).collect();
    let name: String = kept.into_iter().collect();
    // Systems drop white space and dots at the end, and two names become one.
    let name = name.trim().trim_end_matches(['.', ' ']);
    let count = name.chars().count();
    if count <= limits::FILE_NAME_MAX {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.chars().count() <= 16 { ending } else { "" };
    let most = limits::FILE_NAME_MAX - ending.chars().count();
    name.chars().take(most).chain(ending.chars()).collect()
}

/// A sign of a name; another one where it would name a folder, none where it is not to be seen.
fn kept(letter: char) -> Option<char> {
    match letter {
        '/' | '\\' | '\u{2215}' | '\u{2044}' => Some('_'),
        '\u{2028}' | '\u{2029}' | '\u{feff}' => None,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// The ending of a name in small letters, without its dot; empty where it has none.
pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_names_are_one_line_that_means_what_it_shows() {
        for (name, clean) in [
            ("Offer.pdf", "Offer.pdf"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("C:\\boot.ini", "C:_boot.ini"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("\u{2066}a\u{2069}b\u{200f}\u{61c}", "ab"),
            ("line\nbreak\t\u{0}\u{7f}\u{85}\u{2028}.txt", "linebreak.txt"),
            ("  spaced .  ", "spaced"),
            ("Müller & Söhne – Vertrag (final).docx", "Müller & Söhne – Vertrag (final).docx"),
            ("عقد.pdf", "عقد.pdf"),
            ("\u{202e}\n", ""),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(clean_name(name), clean, "{name:?}");
            assert_eq!(clean_name(clean), clean, "cleaning again changes nothing");
        }
        let long = clean_name(&format!("{}.pdf", "ä".repeat(300)));
        assert!(long.ends_with("ä.pdf") && long.chars().count() == limits::FILE_NAME_MAX, "{long}");
        let dots = clean_name(&format!("a.{}", "b".repeat(300)));
        assert_eq!(dots.chars().count(), limits::FILE_NAME_MAX);
        assert_eq!((ending("a.b.PDF"), ending("README")), ("pdf".to_owned(), String::new()));
    }

    #[test]
    fn a5_what_shows_a_file_is_told_by_its_bytes() {
        for (head, look) in [
            (&b"GIF89a\x01\0\x01\0"[..], Look::Image(image::Kind::Gif)),
            (b"<svg xmlns=''><script>1</script></svg>", Look::Image(image::Kind::Svg)),
            (b"%PDF-1.7\n", Look::Pages),
            (b"junk before\n%PDF-1.4", Look::Pages),
            (b"\0\0\0\x18ftypmp42", Look::Film("video/mp4")),
            (b"\0\0\0\x18ftypM4A ", Look::Sound("audio/mp4")),
            (b"\x1a\x45\xdf\xa3\x01", Look::Film("video/webm")),
            (b"OggS\0\x02", Look::Sound("audio/ogg")),
            (b"RIFF....WAVEfmt ", Look::Sound("audio/wav")),
            (b"ID3\x03\0", Look::Sound("audio/mpeg")),
            (b"\xff\xfb\x90\x00", Look::Sound("audio/mpeg")),
            (b"<!doctype html><script>alert(1)</script>", Look::Words),
            ("Über\t\r\n".as_bytes(), Look::Words),
            (&"€".as_bytes()[..2], Look::Words),
            (b"", Look::Words),
            (b"PK\x03\x04", Look::Nothing),
            (b"\xff\xfe\x41\0", Look::Nothing),
            (b"caf\xe9 \xff", Look::Nothing),
        ] {
            assert_eq!(Look::of(head), look, "{head:?}");
        }
    }
}
