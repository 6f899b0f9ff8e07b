//! Addresses of links: which ones are kept, and in which form.

/// The address as a link may carry it, or `None` when it must not be a link at all.
///
/// Only web, mail and telephone addresses are kept. Whatever could end an attribute, a table cell or a line (spaces,
/// quotes, angle brackets, control characters) is percent-encoded, so that the result goes into any format unharmed.
pub(crate) fn kept(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    if rest.is_empty() || !["http", "https", "mailto", "tel"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
    {
        return None;
    }
    if scheme.len() >= 4 && scheme[..4].eq_ignore_ascii_case("http") && !rest.starts_with("//") {
        return None;
    }
    let mut kept = String::with_capacity(address.len());
    for ch in address.chars() {
        if ch.is_whitespace() || ch.is_control() || "\"<>\\`{|}^".contains(ch) {
            let mut bytes = [0; 4];
            for byte in ch.encode_utf8(&mut bytes).bytes() {
                kept.push_str(&format!("%{byte:02X}"));
            }
        } else {
            kept.push(ch);
        }
    }
    Some(kept)
}

/// Whether a kept address leads to a web page.
pub(crate) fn is_web(kept: &str) -> bool {
    kept.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_followable_addresses_are_kept() {
        for good in
            ["https://quillhaven.example/a?b=c#d", "HTTP://X", "mailto:ines@quillhaven.example", "tel:+4401"]
        {
            assert_eq!(kept(good).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/local",
            "#part",
            "",
            "https:",
            "http:x",
            "java\nscript:x",
        ] {
            assert_eq!(kept(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_could_break_out_is_encoded() {
        assert_eq!(kept(" https://x/a b|\"<c>\n ").as_deref(), Some("https://x/a%20b%7C%22%3Cc%3E"));
        assert_eq!(kept("https://x/é\u{2028}y").as_deref(), Some("https://x/é%E2%80%A8y"));
        let once = kept("https://x/ \u{a0}^").unwrap();
        assert_eq!(kept(&once), Some(once.clone()));
    }
}
