//! Finishes a build that Trunk has staged.
//!
//! Trunk compiles and copies; this names each file by its content, makes one style sheet of the layers, checks
//! that the page obeys its own policy, and gives the service worker the list of files that make up this build.

mod css;
mod glue;
mod names;
mod page;
mod precache;
mod programs;
mod split;
mod wasm;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use names::Names;
pub(crate) use page::{first_visit, later};
pub(crate) use programs::build as build_programs;
pub(crate) use split::PART;

/// The style sheet that the page names; the layers of `style/` are joined under this name.
const STYLE: &str = "style.css";
/// The program and the script that joins it to the page, as wasm-bindgen writes them.
const WASM: &str = "handsel_bg.wasm";
const GLUE: &str = "handsel.js";
/// The programs that the page fetches when it needs them.
const LATER: [&str; 3] = ["reader.wasm", "roads.wasm", PAGES];
/// The one that is large, which a browser keeps only once it has asked for it.
const PAGES: &str = "pages.wasm";
/// Scripts and programs, each after the files it names.
const PROGRAM: &[&str] = &[LATER[0], LATER[1], PAGES, "pages.js", WASM, GLUE, "recovery.js", "boot.js"];
/// Files that are no part of the program a browser keeps.
const UNLISTED: &[&str] = &["sw.js", "robots.txt"];

/// Finishes the build in the folder that Trunk names in the environment of its hooks.
pub(crate) fn run_from_environment() -> anyhow::Result<()> {
    let folder = |name: &str| -> anyhow::Result<PathBuf> {
        let value =
            env::var_os(name).with_context(|| format!("{name} is not set: `stage` is called by Trunk"))?;
        Ok(value.into())
    };
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let (root, staging) = (folder("TRUNK_SOURCE_DIR")?, folder("TRUNK_STAGING_DIR")?);
    build_programs(&root, &staging, &LATER, release)?;
    let parts = if release { split::run(&root, &staging)? } else { Vec::new() };
    run(&staging, &root.join("style"), &parts, release)
}

/// Finishes the build in `staging`, with the style layers from `style` and the program's `parts`. A release also loses what
/// only people who debug read.
fn run(staging: &Path, style: &Path, parts: &[String], release: bool) -> anyhow::Result<()> {
    write(&staging.join(STYLE), css::joined(style)?.as_bytes())?;
    let mut names = Names::default();
    names.rename(staging, STYLE)?;
    if release {
        shrink(staging)?;
    }
    for name in parts {
        names.rename(staging, name)?;
    }
    for name in PROGRAM {
        if name.ends_with(".js") {
            let path = staging.join(name);
            write(&path, names.replaced_in(&read_text(&path)?).as_bytes())?;
        }
        names.rename(staging, name)?;
    }

    let page = staging.join("index.html");
    let finished = page::finished(&names.replaced_in(&read_text(&page)?));
    write(&page, finished.as_bytes())?;
    let faults = page::faults(&finished, |name| staging.join(name).is_file());
    if !faults.is_empty() {
        bail!("index.html: {}", faults.join("; "));
    }

    let worker = staging.join("sw.js");
    let listed = precache::list(staging, UNLISTED)?;
    let is_late = |address: &str| names.of(PAGES) == Some(address);
    write(&worker, precache::filled_in(&read_text(&worker)?, &listed, is_late)?.as_bytes())
}

fn shrink(staging: &Path) -> anyhow::Result<()> {
    let glue = staging.join(GLUE);
    let script = read_text(&glue)?;
    let short = glue::ShortNames::of(&script);
    write(&glue, glue::bare(&short.replaced_in(&script))?.as_bytes())?;
    // The one that draws has no names left to be shortened.
    for name in LATER.into_iter().chain([WASM]).filter(|name| *name != PAGES) {
        let path = staging.join(name);
        let module = wasm::compact(&read(&path)?, &short);
        write(&path, &module.with_context(|| format!("{name} is no wasm module of ours"))?)?;
    }
    Ok(())
}

/// The SHA-256 of some bytes, as 64 lower-case hex digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A build as Trunk leaves it, with our own page and worker and a program of eight bytes.
    fn staged(name: &str, glue: &str) -> PathBuf {
        let root = crate::repo::root().unwrap();
        let staging = env::temp_dir().join(format!("xtask-stage-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&staging));
        fs::create_dir_all(staging.join("style")).unwrap();
        for entry in fs::read_dir(root.join("public")).unwrap().flatten() {
            fs::copy(entry.path(), staging.join(entry.file_name())).unwrap();
        }
        fs::copy(root.join("index.html"), staging.join("index.html")).unwrap();
        for name in LATER.into_iter().chain([WASM]) {
            fs::write(staging.join(name), b"\0asm\x01\0\0\0").unwrap();
        }
        fs::write(staging.join("handsel.js"), glue).unwrap();
        fs::write(staging.join("style/10-a.css"), "p { color: red; }").unwrap();
        staging
    }

    fn finish(staging: &Path) -> anyhow::Result<()> {
        let style = staging.with_extension("style");
        drop(fs::remove_dir_all(&style));
        fs::rename(staging.join("style"), &style).unwrap();
        run(staging, &style, &[], true)
    }

    #[test]
    fn every_file_the_page_names_is_in_the_workers_list() {
        let staging = staged("whole", "new URL('handsel_bg.wasm', import.meta.url)");
        finish(&staging).unwrap();
        let page = fs::read_to_string(staging.join("index.html")).unwrap();
        let worker = fs::read_to_string(staging.join("sw.js")).unwrap();
        let named: Vec<_> = page::references(&page).collect();
        assert!(named.len() >= 6, "{named:?}");
        for name in named {
            assert!(
                worker.contains(&format!("\"{}\"", name.trim_start_matches("./"))),
                "{name} is not listed"
            );
        }
        let later = page::later(&page);
        assert_eq!(later.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["reader", "roads", "pages"]);
        assert!(later.iter().all(|(_, file)| worker.contains(&format!("\"{file}\""))), "{later:?}");
        assert!(worker.contains("\"./\""), "the page itself is listed under the folder's own address");
        assert!(!page.contains("\"boot.js\"") && !page.contains("data-trunk"));
    }

    #[test]
    fn one_changed_byte_gives_other_names_and_another_build() {
        let staging = staged("one", "export default 1");
        finish(&staging).unwrap();
        let again = staged("two", "export default 2");
        finish(&again).unwrap();
        let names = |folder: &Path| {
            let mut names: Vec<_> =
                fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
            names.sort();
            names
        };
        assert_ne!(names(&staging), names(&again));
        let worker = |folder: &Path| fs::read_to_string(folder.join("sw.js")).unwrap();
        assert_ne!(worker(&staging), worker(&again));
    }

    #[test]
    fn a_page_with_a_script_in_it_is_refused() {
        let staging = staged("inline", "export default 1");
        let page = fs::read_to_string(staging.join("index.html")).unwrap();
        fs::write(staging.join("index.html"), page.replace("</body>", "<script>alert(1)</script></body>"))
            .unwrap();
        let error = finish(&staging).unwrap_err().to_string();
        assert!(error.contains("inline script"), "{error}");
    }
}
