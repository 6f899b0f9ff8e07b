//! Makes the script between page and program small. Trunk's minifier cannot read what wasm-bindgen writes.

use std::collections::HashMap;

use anyhow::bail;

/// What program and script name for each other ends in a hash of this many digits.
const HASH: usize = 16;

/// Short names for what program and script take from each other.
#[derive(Debug, Default)]
pub(super) struct ShortNames(HashMap<String, String>);

impl ShortNames {
    /// One for each name with a hash in `script`, numbered as they appear, so that neighbours get similar ones.
    pub(super) fn of(script: &str) -> Self {
        let mut names = HashMap::new();
        for word in words(script).filter(|word| has_hash(word)) {
            let number = names.len();
            names.entry(word.to_owned()).or_insert_with(|| format!("_{number}"));
        }
        Self(names)
    }

    /// The short name, or the same one where there is none.
    pub(super) fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The script with the short names.
    pub(super) fn replaced_in(&self, script: &str) -> String {
        let mut out = String::with_capacity(script.len());
        let mut rest = script;
        for word in words(script) {
            // Words are slices of the script, in order.
            let (between, after) = rest.split_once(word).unwrap_or((rest, ""));
            out.push_str(between);
            out.push_str(self.get(word));
            rest = after;
        }
        out + rest
    }
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn has_hash(word: &str) -> bool {
    let parts = word.len().checked_sub(HASH).map(|at| word.split_at(at));
    parts.is_some_and(|(name, hash)| {
        (name.ends_with('_') || name.ends_with("_h"))
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The script without comments and indentation. Only comments that begin a line are known; a text over several
/// lines, which this would change, is refused.
pub(super) fn bare(script: &str) -> anyhow::Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.matches('`').count() % 2 == 1 {
                bail!("the script has a text over several lines: {line}");
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_become_short_and_others_stay() {
        let script = "imports.__wbg_log_0123456789abcdef = log; wasm.invoke__h0123456789abcdef(); \
                      wasm.__wbindgen_malloc(); imports.__wbg_log_0123456789abcdef; 0123456789abcdef";
        let names = ShortNames::of(script);
        assert_eq!(
            names.replaced_in(script),
            "imports._0 = log; wasm._1(); wasm.__wbindgen_malloc(); imports._0; 0123456789abcdef"
        );
        assert_eq!(names.get("__wbg_log_0123456789abcdef"), "_0");
        assert_eq!(names.get("__wbindgen_malloc"), "__wbindgen_malloc");
    }

    #[test]
    fn comments_and_indentation_go() {
        let script = "/**\n * What it is.\n */\nfunction a() {\n    // Why.\n    return `/*${b}` // c\n\n}\n";
        assert_eq!(bare(script).unwrap(), "function a() {\nreturn `/*${b}` // c\n}\n");
    }

    #[test]
    fn a_text_over_several_lines_is_refused() {
        assert!(bare("const a = `one\n  two`;").is_err());
    }
}
