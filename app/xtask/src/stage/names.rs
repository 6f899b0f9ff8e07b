//! Names that hold a hash of the content, so that a browser may keep a file for good.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::{digest, read};

/// The files renamed so far.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// Renames a file of a folder after its content, `boot.js` to `boot-0123456789abcdef.js`.
    pub(super) fn rename(&mut self, folder: &Path, name: &str) -> anyhow::Result<()> {
        let hash = digest(&read(&folder.join(name))?);
        let (stem, extension) = name.rsplit_once('.').with_context(|| format!("{name} has no extension"))?;
        let hashed = format!("{stem}-{}.{extension}", &hash[..16]);
        fs::rename(folder.join(name), folder.join(&hashed))
            .with_context(|| format!("{name} cannot be renamed"))?;
        self.0.push((name.to_owned(), hashed));
        Ok(())
    }

    /// What a file is called now that was called so.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(old, _)| old == name).map(|(_, new)| new.as_str())
    }

    /// The text with the new names wherever an old one stands alone in quotes, perhaps after `./`.
    pub(super) fn replaced_in(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (old, new) in &self.0 {
            for quote in ['"', '\''] {
                for before in ["", "./"] {
                    text = text.replace(
                        &format!("{quote}{before}{old}{quote}"),
                        &format!("{quote}{before}{new}{quote}"),
                    );
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_quoted_names_are_replaced() {
        let names = Names(vec![("boot.js".to_owned(), "boot-1.js".to_owned())]);
        let text = "<script src=\"boot.js\"> import './boot.js' // boot.js \"reboot.js\" \"boot.json\"";
        let expected =
            "<script src=\"boot-1.js\"> import './boot-1.js' // boot.js \"reboot.js\" \"boot.json\"";
        assert_eq!(names.replaced_in(text), expected);
    }
}
