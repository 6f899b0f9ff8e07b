//! Builds the program with Trunk.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::{repo, setup};

/// How to build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Profile {
    /// Small, as users get it.
    Release,
    /// Fast to build.
    Debug,
}

/// Builds `dist/` and gives its path.
pub(crate) fn build(root: &Path, profile: Profile) -> anyhow::Result<PathBuf> {
    build_into(root, &root.join("dist"), &[], profile)
}

/// Builds a release that `cargo xtask bench` can measure, beside the one for users, and gives its path.
pub(crate) fn build_for_bench(root: &Path) -> anyhow::Result<PathBuf> {
    build_into(root, &repo::target(root).join("bench-dist"), &["--features", "bench"], Profile::Release)
}

/// Builds what other programs can write along with, by the same door, and gives its path. A debug build: it stops at what
/// is believed impossible, and most of it is there from the tests in the browser.
pub(crate) fn build_for_peers(root: &Path) -> anyhow::Result<PathBuf> {
    build_into(root, &repo::target(root).join("peers-dist"), &["--features", "bench"], Profile::Debug)
}

fn build_into(root: &Path, dist: &Path, options: &[&str], profile: Profile) -> anyhow::Result<PathBuf> {
    let path = setup::build_tools(root)?;
    let mut trunk = Command::new("trunk");
    trunk
        .current_dir(root)
        .args(["build", "--log", "warn", "--dist"])
        .arg(dist)
        .args(options)
        .env("PATH", path)
        // Trunk reads this as a yes-or-no flag and stops at any other value people give it.
        .env_remove("NO_COLOR");
    match profile {
        Profile::Release => {
            eprintln!("Building the program (about 2 minutes from nothing, else seconds)");
            trunk.args(["--release", "--cargo-profile", "wasm-release"]).env(FLAGS, release_flags(root));
        }
        Profile::Debug => {
            eprintln!("Building the program, debug (about 2 minutes from nothing, else seconds)")
        }
    }
    let start = Instant::now();
    repo::run(&mut trunk).context("the program was not built")?;
    let shown = dist.strip_prefix(root).unwrap_or(dist).display();
    eprintln!("Built {shown}/ in {}", repo::spoken(start.elapsed()));
    Ok(dist.to_path_buf())
}

const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// What makes a release small. Leptos compiles each part of a view once instead of once for each place that uses it,
/// which saves 4 % on the wire. Hashing goes round by round instead of laying all rounds out, which saves 1 %.
const SMALL: &str = "--cfg erase_components --cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\"";

/// What a release is cut into parts by: the functions to cut at, and a linker that leaves in who calls whom.
const SPLIT: &str = "--cfg split -C link-args=--emit-relocs";

/// The compiler flags of a release. The machine's folders stay out of panic messages, so that one source gives one
/// build.
fn release_flags(root: &Path) -> String {
    let mut flags = env::var(FLAGS).unwrap_or_default();
    flags.push(' ');
    flags.push_str(SMALL);
    flags.push(' ');
    flags.push_str(SPLIT);
    let mut rename = |from: &Path, to: &str| {
        flags.push_str(&format!(" --remap-path-prefix={}={to}", from.display()));
    };
    rename(root, ".");
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    if let Some(cargo) = cargo.or_else(|| Some(env::home_dir()?.join(".cargo"))) {
        rename(&cargo, "cargo");
    }
    if let Some((library, name)) = standard_library() {
        rename(&library, &name);
    }
    flags.trim_start().to_owned()
}

/// Where the standard library's source is when it is installed, and how the compiler names it when it is not.
fn standard_library() -> Option<(PathBuf, String)> {
    let sysroot = repo::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let about = repo::output(Command::new("rustc").arg("-vV"))?;
    let commit = about.lines().find_map(|line| line.strip_prefix("commit-hash: "))?;
    Some((Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), format!("/rustc/{commit}")))
}
