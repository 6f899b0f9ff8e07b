//! The list of files that the service worker keeps, and the name of the build made from it.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::{digest, read};

/// A file of the build.
#[derive(Debug, PartialEq)]
pub(super) struct Listed {
    /// Its address below the program's folder; the page's own is `./`.
    address: String,
    /// The SHA-256 of its content.
    sha256: String,
}

/// All files below a folder except those named, in the order of their addresses.
pub(super) fn list(folder: &Path, except: &[&str]) -> anyhow::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    walk(folder, "", &mut listed)?;
    listed.retain(|file| !except.contains(&file.address.as_str()));
    for file in &mut listed {
        // Some hosts send whoever asks for the page by its file name elsewhere.
        if file.address == "index.html" {
            file.address = "./".to_owned();
        }
    }
    listed.sort_by(|a, b| a.address.cmp(&b.address));
    Ok(listed)
}

fn walk(folder: &Path, prefix: &str, listed: &mut Vec<Listed>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file name is not readable text")?;
        let address = format!("{prefix}{name}");
        if address.contains(|c: char| !(c.is_ascii_alphanumeric() || "-_./".contains(c))) {
            bail!("{address:?}: file names may hold letters, digits, dashes, underscores and dots only");
        }
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{address}/"), listed)?;
        } else if !name.starts_with('.') {
            listed.push(Listed { address, sha256: digest(&read(&entry.path())?) });
        }
    }
    Ok(())
}

/// The worker's text with the list and the build's name in it. What `is_late` of it stands in a list of its own.
pub(super) fn filled_in(
    worker: &str,
    listed: &[Listed],
    is_late: impl Fn(&str) -> bool,
) -> anyhow::Result<String> {
    let lines = |late: bool| {
        let files = listed.iter().filter(|file| is_late(&file.address) == late);
        let lines: Vec<_> =
            files.map(|file| format!("  [\"{}\", \"{}\"],", file.address, file.sha256)).collect();
        lines.join("\n")
    };
    let (list, later) = (lines(false), lines(true));
    // The worker's own text belongs to the build: two workers of one name would share a cache.
    let build = digest(format!("{worker}{list}{later}").as_bytes());
    let mut filled = worker.to_owned();
    for (empty, full) in [
        ("const BUILD_ID = \"\";", format!("const BUILD_ID = \"{build}\";")),
        ("const FILES = [];", format!("const FILES = [\n{list}\n];")),
        ("const LATER = [];", format!("const LATER = [\n{later}\n];")),
    ] {
        if filled.matches(empty).count() != 1 {
            bail!("sw.js must hold `{empty}` exactly once");
        }
        filled = filled.replace(empty, &full);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-precache-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("icons")).unwrap();
        folder
    }

    #[test]
    fn files_are_listed_by_address_with_their_hash() {
        let folder = folder("list");
        fs::write(folder.join("index.html"), "").unwrap();
        fs::write(folder.join("sw.js"), "").unwrap();
        fs::write(folder.join("icons/a.png"), "abc").unwrap();
        fs::write(folder.join(".trunk"), "").unwrap();
        let listed = list(&folder, &["sw.js"]).unwrap();
        let addresses: Vec<_> = listed.iter().map(|file| file.address.as_str()).collect();
        assert_eq!(addresses, ["./", "icons/a.png"]);
        assert_eq!(listed[1].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_builds_name_changes_with_any_file() {
        let worker = "const BUILD_ID = \"\";\nconst FILES = [];\nconst LATER = [];\n";
        let listed = |sha256: &str| vec![Listed { address: "a".to_owned(), sha256: sha256.to_owned() }];
        let one = filled_in(worker, &listed("1"), |_| false).unwrap();
        let two = filled_in(worker, &listed("2"), |_| false).unwrap();
        assert_ne!(one.lines().next(), two.lines().next());
        assert!(one.contains("FILES = [\n  [\"a\", \"1\"],"), "{one}");
        let late = filled_in(worker, &listed("1"), |address| address == "a").unwrap();
        assert!(late.contains("LATER = [\n  [\"a\", \"1\"],") && late.contains("FILES = [\n\n];"), "{late}");
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_an_error() {
        assert!(filled_in("const BUILD_ID = \"\";", &[], |_| false).is_err());
    }

    #[test]
    fn a_name_that_would_need_quoting_is_refused() {
        let folder = folder("name");
        fs::write(folder.join("a\"b.js"), "").unwrap();
        assert!(list(&folder, &[]).is_err());
    }
}
