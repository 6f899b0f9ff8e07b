//! The second program of the build, which the page fetches only when it needs it. Trunk knows one program a page.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::{repo, setup::WASM};

/// Compiles the program and puts it into `staging` under `name`.
pub(super) fn build(root: &Path, staging: &Path, name: &str, release: bool) -> anyhow::Result<()> {
    let (profile, folder) = if release { ("wasm-release", "wasm-release") } else { ("dev", "debug") };
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo.args(["build", "--quiet", "--package", "reader", "--target", WASM, "--profile", profile]);
    repo::run(&mut cargo).context("the reader was not built")?;
    let built = repo::target(root).join(WASM).join(folder).join("reader.wasm");
    fs::copy(&built, staging.join(name))
        .with_context(|| format!("{} cannot be copied", built.display()))
        .map(drop)
}
