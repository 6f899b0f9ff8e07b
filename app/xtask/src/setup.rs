//! Gets the tools a build needs, each in the one version that fits.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::{manifest, repo};

/// The target triple of the program.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Trunk's version. Newer ones ask for a newer compiler than this workspace does.
const TRUNK: &str = "0.21.14";

/// The version of what cuts a release into parts; the crate with its macro is of the same line.
const SPLIT: &str = "0.2.4";

/// A tool installed by cargo.
struct Tool {
    package: &'static str,
    /// The program that tells the version.
    program: &'static str,
    version: String,
    /// Further words for `cargo install`.
    flags: &'static [&'static str],
    /// How long an installation takes on two cores.
    takes: &'static str,
}

/// Makes sure that everything a build of the program needs is there, and gives the PATH to run it with.
pub(crate) fn build_tools(root: &Path) -> anyhow::Result<OsString> {
    wasm_target()?;
    let tools = [
        // Its lock file may name versions that a registry no longer serves, hence no `--locked` here.
        Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: bindgen_version(root)?,
            flags: &["--no-default-features"],
            takes: "about 2 minutes",
        },
        Tool {
            package: "trunk",
            program: "trunk",
            version: TRUNK.to_owned(),
            flags: &["--no-default-features", "--locked"],
            takes: "about 3 minutes",
        },
    ];
    let home = home(root);
    let mut path = vec![home.join("bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(path).context("PATH holds a folder name that cannot be passed on")?;
    for tool in &tools {
        provide(tool, root, &path)?;
    }
    Ok(path)
}

/// Makes sure that what cuts a release into parts is there too, and gives the PATH to run it with.
pub(crate) fn split_tools(root: &Path) -> anyhow::Result<OsString> {
    let path = build_tools(root)?;
    let tool = Tool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: SPLIT.to_owned(),
        flags: &["--features", "build-binary", "--locked"],
        takes: "about a minute",
    };
    // It does not tell its version; the folder it was installed into does.
    let list = fs::read_to_string(home(root).join(".crates.toml")).unwrap_or_default();
    if !list.contains(&format!("\"{} {} ", tool.package, tool.version)) {
        provide(&tool, root, &path)?;
    }
    Ok(path)
}

/// Where tools are installed: below `target`, so that nothing outside the repository changes.
fn home(root: &Path) -> PathBuf {
    repo::target(root).join("tools")
}

/// The version of wasm-bindgen in the lock file; the tool and the crate must be of one version exactly.
fn bindgen_version(root: &Path) -> anyhow::Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version =
        manifest::locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    Ok(version.to_owned())
}

/// Adds the compiler's wasm target when it is missing.
pub(crate) fn wasm_target() -> anyhow::Result<()> {
    let libraries = repo::output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    eprintln!("Adding the {WASM} target to the compiler (some seconds)");
    repo::run(Command::new("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("the compiler lacks {WASM}; add it with your Rust installation's own means"))
}

/// Adds a part of the toolchain, such as clippy, when cargo does not know its command.
pub(crate) fn component(name: &str, command: &str) -> anyhow::Result<()> {
    if repo::output(Command::new("cargo").args([command, "--version"])).is_some() {
        return Ok(());
    }
    eprintln!("Adding {name} to the toolchain (some seconds)");
    repo::run(Command::new("rustup").args(["component", "add", name]))
        .with_context(|| format!("`cargo {command}` is missing; install {name}"))
}

/// Installs a tool unless the right version is already on the path.
fn provide(tool: &Tool, root: &Path, path: &OsString) -> anyhow::Result<()> {
    let Tool { package, program, version, .. } = tool;
    if installed_version(program, path).as_deref() == Some(version) {
        return Ok(());
    }
    eprintln!("Installing {package} {version} into target/tools ({}, once)", tool.takes);
    let start = Instant::now();
    let home = home(root);
    let scratch = home.join("build");
    let mut install = Command::new("cargo");
    install
        .current_dir(root)
        .args(["install", package, "--version", version, "--force"])
        .args(tool.flags)
        .arg("--root")
        .arg(&home)
        // A folder of its own lets an interrupted installation go on where it stopped.
        .env("CARGO_TARGET_DIR", &scratch)
        // These tools run for seconds; compiling them fast matters more than their speed.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", if *package == "trunk" { "0" } else { "1" })
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env("CARGO_PROFILE_RELEASE_STRIP", "true");
    repo::run(&mut install).with_context(|| format!("{package} {version} could not be installed"))?;
    if scratch.is_dir() {
        fs::remove_dir_all(&scratch).context("the tools' scratch folder cannot be removed")?;
    }
    eprintln!("Installed {package} in {}", repo::spoken(start.elapsed()));
    Ok(())
}

/// What `program --version` says after the program's name.
fn installed_version(program: &str, path: &OsString) -> Option<String> {
    let program = env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())?;
    let said = repo::output(Command::new(program).arg("--version"))?;
    said.split_whitespace().nth(1).map(str::to_owned)
}
