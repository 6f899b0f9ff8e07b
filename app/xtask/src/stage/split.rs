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

/// What the names of pieces that several parts share begin with, as they are cut.
const SHARED: &str = "chunk_";
/// Shared pieces of fewer bytes than this travel in one packet. There are hundreds: each by itself is a request, and brotli finds
/// little in it that it has seen before; together they take half as much on the wire.
const PIECE: usize = 4096;
const PACKET: &str = "part-pieces.wasm";
/// How a piece comes out of the packet. One that did not arrive is asked for again the next time.
const FROM_PACKET: &str = "function piece(name) {
return () => {
if (!piece.packet) {
piece.packet = WebAssembly.compileStreaming(fetch(new URL(\"./part-pieces.wasm\", import.meta.url)));
piece.packet.catch(() => { piece.packet = undefined; });
}
const { packet } = piece;
return async imports => WebAssembly.instantiate(WebAssembly.Module.customSections(await packet, name)[0], imports);
};
}
";
const OTHER_WAY: &str = "the script asks for the parts in another way than it did";

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

    let mut link = read_text(&scratch.join(LINK))?;
    let (mut parts, mut pieces) = (Vec::new(), Vec::new());
    for file in modules(&scratch)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bare = wasm::bare(&read(&file)?).with_context(|| format!("{name} is no wasm module"))?;
        if bare.len() < PIECE && name.starts_with(SHARED) {
            link = out_of_packet(&link, &name).with_context(|| format!("{name}: {OTHER_WAY}"))?;
            pieces.push((name, bare));
            continue;
        }
        let part = named(&name);
        link = link.replace(&format!("\"./{name}\""), &format!("\"./{part}\""));
        write(&staging.join(&part), &bare)?;
        parts.push(part);
    }
    if !pieces.is_empty() {
        write(&staging.join(PACKET), &wasm::packet(&pieces))?;
        parts.push(PACKET.to_owned());
        link.push_str(FROM_PACKET);
    }
    let glue = staging.join(GLUE);
    let joined = joined(&read_text(&glue)?, &link);
    write(&glue, joined.context(OTHER_WAY)?.as_bytes())?;
    Ok(parts)
}

/// The link with the piece `name` taken out of the packet, instead of fetched by itself. None where it is fetched in a way that is not
/// known.
fn out_of_packet(link: &str, name: &str) -> Option<String> {
    const END: &str = "instantiateStreaming(src, imports));\n}\n";
    let (before, after) = link.split_once(&format!("fetch(new URL(\"./{name}\""))?;
    let (begin, _) = before.rsplit_once("makeLoad(")?;
    let (_, rest) = after.split_once(END)?;
    Some(format!("{begin}makeLoad(piece(\"{name}\"){rest}"))
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
    fn small_pieces_come_out_of_their_packet() {
        let fetched = |name: &str| {
            format!(
                "const {name} = makeLoad(() => {{\n    const src = fetch(new URL(\"./{name}.wasm\", import.meta.url));\n    \
                 src.catch(() => {{}});\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}}\n, [a]);\n"
            )
        };
        let link = fetched("chunk_1") + &fetched("chunk_2") + &fetched("chunk_3");
        let wanted = fetched("chunk_1")
            + "const chunk_2 = makeLoad(piece(\"chunk_2.wasm\"), [a]);\n"
            + &fetched("chunk_3");
        assert_eq!(out_of_packet(&link, "chunk_2.wasm"), Some(wanted));
        assert_eq!(out_of_packet(&link, "chunk_4.wasm"), None);
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
