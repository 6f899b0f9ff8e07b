//! Cuts a release into the program and its parts, which the page fetches when somebody first comes to them.
//!
//! Trunk has run wasm-bindgen over the whole program by then. This takes what the compiler made, has `wasm-split-cli` cut it
//! at the functions that `app/web/src/later.rs` declares, runs wasm-bindgen over what is left, and puts that in place of
//! what Trunk staged. docs/decisions/0003-size.md tells why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::{GLUE, read, read_text, wasm, write};
use crate::{repo, setup};

/// What the names of parts begin with.
pub(crate) const PART: &str = "part-";

/// The module by which the program, as it is cut, asks for its parts.
const LINK: &str = "./__wasm_split.js";

/// Puts the cut program into `staging` and gives the names of its parts.
pub(super) fn run(root: &Path, staging: &Path) -> anyhow::Result<Vec<String>> {
    let built = repo::target(root).join(setup::WASM).join("wasm-release/handsel.wasm");
    let scratch = repo::target(root).join("split");
    drop(fs::remove_dir_all(&scratch));
    let tools = setup::split_tools(root)?;
    let mut split = Command::new("wasm-split-cli");
    split.env("PATH", &tools).arg(&built).arg(&scratch).args(["--out-name", "handsel"]);
    repo::run(&mut split).context("the program was not cut into parts")?;
    let mut bind = Command::new("wasm-bindgen");
    bind.env("PATH", &tools).arg(scratch.join("handsel.wasm")).arg("--out-dir").arg(staging).args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        "handsel",
    ]);
    repo::run(&mut bind).context("the cut program was not bound to its script")?;

    let mut parts = Vec::new();
    for file in modules(&scratch)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bare = wasm::bare(&read(&file)?).with_context(|| format!("{name} is no wasm module"))?;
        let part = named(&name);
        write(&staging.join(&part), &bare)?;
        parts.push((name, part));
    }
    let mut link = read_text(&scratch.join(LINK))?;
    for (name, part) in &parts {
        link = link.replace(&format!("\"./{name}\""), &format!("\"./{part}\""));
    }
    let glue = staging.join(GLUE);
    let joined = joined(&read_text(&glue)?, &link);
    write(&glue, joined.context("the script asks for the parts in another way than it did")?.as_bytes())?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// The parts among the files that were made, in the order of their names.
fn modules(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "wasm") && !file.ends_with("handsel.wasm"));
    files.sort_unstable();
    Ok(files)
}

/// What a part is called in the build: `split_plan.wasm` is `part-plan.wasm`, and what several parts share has a number.
fn named(file: &str) -> String {
    format!("{PART}{}", file.trim_start_matches("split_").replace('_', "-"))
}

/// The program's script with the one that fetches parts inside, which would otherwise name each other. None where it asks for
/// parts in a way that is not known.
fn joined(glue: &str, link: &str) -> Option<String> {
    let (mut imported, mut rest) = (Vec::new(), Vec::new());
    for line in glue.lines() {
        let name = line.strip_prefix("import * as ").and_then(|line| line.split_once(" from "));
        match name {
            Some((name, from)) if from.contains(LINK) => imported.push(name),
            _ => rest.push(line),
        }
    }
    let mut body = String::new();
    let mut given = Vec::new();
    for line in link.lines().filter(|line| !line.starts_with("import ")) {
        let line = match line.strip_prefix("export const ") {
            Some(line) => {
                given.push(line.split_once(" =")?.0);
                format!("const {line}")
            }
            None => line.to_owned(),
        };
        body.push_str(&line);
        body.push('\n');
    }
    if imported.is_empty() || given.is_empty() {
        return None;
    }
    let mut script = rest.join("\n");
    for name in &imported {
        script = script.replace(&format!("\"{LINK}\": {name},"), &format!("\"{LINK}\": parts,"));
    }
    Some(format!("{script}\nconst parts = (() => {{\n{body}return {{ {} }};\n}})();\n", given.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_after_what_they_show() {
        assert_eq!(named("split_plan.wasm"), "part-plan.wasm");
        assert_eq!(named("chunk_3.wasm"), "part-chunk-3.wasm");
    }

    #[test]
    fn the_script_that_fetches_parts_comes_into_the_programs_own() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\n\
                    const imports = {\n\"./__wasm_split.js\": import1,\n\"./__wasm_split.js\": import2,\n};\n";
        let link = "import { initSync } from \"./handsel.js\";\nlet shared;\nexport const load_plan = load(\"./part-plan.wasm\");\n";
        let script = joined(glue, link).unwrap();
        assert_eq!(
            script,
            "const imports = {\n\"./__wasm_split.js\": parts,\n\"./__wasm_split.js\": parts,\n};\nconst parts = (() => {\n\
             let shared;\nconst load_plan = load(\"./part-plan.wasm\");\nreturn { load_plan };\n})();\n"
        );
        assert!(joined("const imports = {};", link).is_none(), "it asks for no part");
    }
}
