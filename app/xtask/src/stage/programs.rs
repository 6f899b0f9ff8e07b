//! The other programs of the build, which the page fetches only when it needs them. Trunk knows one program a page.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::{repo, setup::WASM};

/// Compiles the programs and puts them into `staging`. Each has the name of its crate, with `.wasm` behind.
pub(crate) fn build(root: &Path, staging: &Path, names: &[&str], release: bool) -> anyhow::Result<()> {
    for profile in ["dev", "wasm-release", "wasm-pages"] {
        let names: Vec<&str> =
            names.iter().copied().filter(|name| profile_of(name, release) == profile).collect();
        if names.is_empty() {
            continue;
        }
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root);
        cargo.args(["build", "--quiet", "--target", WASM, "--profile", profile]);
        for name in &names {
            cargo.args(["--package", name.trim_end_matches(".wasm")]);
        }
        repo::run(&mut cargo).context("the programs that come later were not built")?;
        let folder = if profile == "dev" { "debug" } else { profile };
        for name in names {
            let built = repo::target(root).join(WASM).join(folder).join(name);
            fs::copy(&built, staging.join(name))
                .with_context(|| format!("{} cannot be copied", built.display()))?;
        }
    }
    Ok(())
}

/// How a program is compiled.
fn profile_of(name: &str, release: bool) -> &'static str {
    match name {
        _ if !release => "dev",
        super::PAGES => "wasm-pages",
        _ => "wasm-release",
    }
}
