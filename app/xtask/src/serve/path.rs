//! From the address in a request to the name of a file.

use std::fmt;

use anyhow::bail;

/// The folder of the origin that is served below, `/` or `/some/sub/`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Base(String);

/// Where an address leads.
#[derive(Debug, PartialEq)]
pub(super) enum Place {
    /// A file, by its path from the served folder with `/` between the parts. It may not exist.
    File(String),
    /// The folder itself, written without its last slash; relative links would break there.
    Moved(String),
    /// Nothing we serve.
    Outside,
}

impl Base {
    /// The top of the origin.
    pub(crate) fn root() -> Self {
        Self("/".to_owned())
    }

    /// A subfolder; the first and last slash may be left out. Fails on parts that no folder can be named.
    pub(crate) fn new(path: &str) -> anyhow::Result<Self> {
        let inner = path.trim_matches('/');
        if inner.is_empty() {
            return Ok(Self::root());
        }
        if inner.contains(['%', '?', '#']) || !inner.split('/').all(is_name) {
            bail!("{path:?} is not a path such as /some/sub/");
        }
        Ok(Self(format!("/{inner}/")))
    }

    /// Where the target of a request leads: its path, perhaps followed by a query.
    pub(super) fn place(&self, target: &str) -> Place {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = percent_decoded(path) else { return Place::Outside };
        if self.0.strip_suffix('/') == Some(&path) && !path.is_empty() {
            return Place::Moved(self.0.clone());
        }
        match path.strip_prefix(&self.0) {
            Some("") => Place::File("index.html".to_owned()),
            Some(relative) if relative.split('/').all(is_name) => Place::File(relative.to_owned()),
            _ => Place::Outside,
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a part of a path names a file or folder and nothing else: no step up, no hidden file, no separator
/// or drive of any system.
fn is_name(part: &str) -> bool {
    !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_has_a_slash_at_both_ends_however_it_is_written() {
        for written in ["/some/sub/", "some/sub", "/some/sub"] {
            assert_eq!(Base::new(written).unwrap().to_string(), "/some/sub/");
        }
        assert_eq!(Base::new("/").unwrap(), Base::root());
        for wrong in ["/a/../b/", "/a//b/", "/a?b/", "/.a/"] {
            assert!(Base::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_decoded_once_before_it_is_checked() {
        let base = Base::root();
        assert_eq!(base.place("/a%20b/c.js?d#e"), Place::File("a b/c.js".to_owned()));
        assert_eq!(base.place("/%252e%252e/x"), Place::File("%2e%2e/x".to_owned()));
        assert_eq!(base.place("/%2e%2e/x"), Place::Outside);
        assert_eq!(base.place("/a%2f..%2fx"), Place::Outside);
        assert_eq!(base.place("/%ff"), Place::Outside);
        assert_eq!(base.place("/%4"), Place::Outside);
    }
}
