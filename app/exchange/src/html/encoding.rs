//! In which encoding a file of HTML is.

/// How far into a file its own word about its encoding is looked for, in bytes; browsers look as far.
const LOOK: usize = 1_024;

/// The name of the encoding of a file of HTML: what its first bytes show, else what it says itself, else UTF-8 where it
/// can be that, else what old programs wrote. The name may be one that nobody knows.
pub fn encoding(bytes: &[u8]) -> String {
    let marked = match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some("utf-8"),
        [0xff, 0xfe, ..] => Some("utf-16le"),
        [0xfe, 0xff, ..] => Some("utf-16be"),
        _ => None,
    };
    let otherwise = if std::str::from_utf8(bytes).is_ok() { "utf-8" } else { "windows-1252" };
    marked.map(str::to_owned).or_else(|| said(bytes)).unwrap_or_else(|| otherwise.to_owned())
}

fn said(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name: String =
        rest.chars().take_while(|ch| ch.is_ascii_alphanumeric() || "-_:.".contains(*ch)).collect();
    // What could be read to here is not two bytes a letter.
    (!name.is_empty() && !name.starts_with("utf-16")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::encoding;

    #[test]
    fn a_file_shows_or_says_its_encoding() {
        assert_eq!(encoding(b"\xef\xbb\xbf<p>"), "utf-8");
        assert_eq!(encoding(b"\xff\xfe<\0p\0"), "utf-16le");
        assert_eq!(encoding(b"<meta charset=\"ISO-8859-1\">"), "iso-8859-1");
        let word = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">";
        assert_eq!(encoding(word), "windows-1252");
        assert_eq!(encoding("<p>größer".as_bytes()), "utf-8");
        assert_eq!(encoding(b"<p>gr\xf6\xdfer"), "windows-1252");
        assert_eq!(encoding(b"<meta charset=utf-16><p>"), "utf-8");
    }
}
