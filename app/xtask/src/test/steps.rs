//! The steps of `cargo xtask test`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use super::browsers::{self, Need};
use crate::setup::WASM;
use crate::trunk::Profile;
use crate::{repo, setup, size, stage, tidy, trunk};

/// A step: what it is called, what it does in a few words, and doing it.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) run: fn(&Path) -> anyhow::Result<()>,
}

/// All steps, quick ones first.
pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", about: "the code is laid out the common way", run: fmt },
    Step { name: "tidy", about: "the rules of this repository hold", run: tidy },
    Step { name: "clippy", about: "no warnings in what runs natively", run: clippy },
    Step { name: "clippy-wasm", about: "no warnings in what runs in a browser", run: clippy_wasm },
    Step { name: "native", about: "tests that need no browser", run: native },
    Step { name: "browser", about: "crates in Chromium", run: browser },
    Step { name: "editor", about: "the editing surface in Firefox and WebKit", run: editor },
    Step { name: "build", about: "the program as users get it", run: build },
    Step { name: "size", about: "the first visit is within its budget", run: size },
    Step { name: "peers", about: "copies of a room in other programs", run: peers },
    Step { name: "faults", about: "two people on a network that breaks", run: faults },
    Step {
        name: "journeys",
        about: "people's ways through the program, in Chromium and Firefox",
        run: journeys,
    },
];

/// The crates that name the browser and are built for wasm.
const WASM_CRATES: &[&str] = &["browser", "editor", "pages", "reader", "roads", "ui", "web"];

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}

fn fmt(root: &Path) -> anyhow::Result<()> {
    setup::component("rustfmt", "fmt")?;
    repo::run(cargo(root).args(["fmt", "--all", "--check"])).context("`cargo fmt` mends it")
}

fn clippy(root: &Path) -> anyhow::Result<()> {
    setup::component("clippy", "clippy")?;
    repo::run(cargo(root).args(["clippy", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_wasm(root: &Path) -> anyhow::Result<()> {
    setup::component("clippy", "clippy")?;
    setup::wasm_target()?;
    let mut clippy = cargo(root);
    clippy.args(["clippy", "--all-targets", "--target", WASM]);
    packages(&mut clippy, WASM_CRATES);
    // What only measurements have is looked at too.
    clippy.args(["--features", "web/bench"]);
    repo::run(clippy.args(["--", "-D", "warnings"]))
}

fn tidy(root: &Path) -> anyhow::Result<()> {
    tidy::run(root)
}

fn native(root: &Path) -> anyhow::Result<()> {
    repo::run(cargo(root).arg("test"))?;
    let plain: Vec<_> = crates_with(root, "src", "#[test]")?;
    if plain.is_empty() {
        return Ok(());
    }
    let mut test = cargo(root);
    test.args(["test", "--lib"]);
    packages(&mut test, &plain);
    repo::run(&mut test)
}

fn browser(root: &Path) -> anyhow::Result<()> {
    browsers::provide(&[Need::Chromium, Need::Chromedriver])?;
    let path = setup::build_tools(root)?;
    let mut chosen = crates_with(root, "src", "wasm_bindgen_test")?;
    chosen.extend(crates_with(root, "tests", "wasm_bindgen_test")?);
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() {
        bail!("no crate has browser tests");
    }
    // What lends the program of the roads its sockets is tested with that program.
    stage::build_programs(root, &root.join("app/browser/tests"), &["roads.wasm"], false)?;
    let mut test = cargo(root);
    test.args(["test", "--target", WASM]).env("PATH", path).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    if let Some(driver) = browsers::find("chromedriver") {
        test.env("CHROMEDRIVER", driver);
    }
    packages(&mut test, &chosen);
    repo::run(&mut test)
}

/// The tests of the editing surface once more. cargo hands them to Node, which opens their page in a browser that it can
/// drive.
fn editor(root: &Path) -> anyhow::Result<()> {
    browsers::provide(&[Need::Firefox, Need::WebKit, Need::Screen, Need::Node])?;
    browsers::check_node()?;
    let path = setup::build_tools(root)?;
    install_packages(&root.join("e2e"))?;
    for engine in ["firefox", "webkit"] {
        let mut test = cargo(root);
        test.args(["test", "--target", WASM, "--package", "editor", "--test", "browser"])
            .env("PATH", &path)
            // A runner is called in the folder of the crate.
            .env(RUNNER, format!("node ../../e2e/suite.mjs {engine}"));
        repo::run(&mut test)?;
    }
    Ok(())
}

/// What cargo calls with a test program for the web, in place of what `.cargo/config.toml` says.
const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

fn build(root: &Path) -> anyhow::Result<()> {
    trunk::build(root, Profile::Release).map(drop)
}

fn size(root: &Path) -> anyhow::Result<()> {
    size::run(root, &root.join("dist"))
}

fn peers(root: &Path) -> anyhow::Result<()> {
    browsers::provide(&[Need::Chromium, Need::Firefox, Need::Node])?;
    browsers::check_node()?;
    let folder = root.join("e2e");
    install_packages(&folder)?;
    let dist = trunk::build_for_peers(root)?;
    repo::run(cargo(root).args(["build", "--quiet", "--package", "replica", "--examples"]))?;
    repo::run(cargo(root).args(["build", "--quiet", "--package", "xtask"]))?;
    let built = repo::target(root).join("debug");
    let mut npm = Command::new("npm");
    npm.current_dir(&folder)
        .args(["run", "--silent", "peers"])
        .env("HANDSEL_DIST", dist)
        .env("HANDSEL_PEER", built.join("examples/peer"))
        .env("HANDSEL_ROAD", built.join("examples/road"))
        .env("HANDSEL_XTASK", built.join("xtask"));
    told(root, &mut npm)
}

fn faults(root: &Path) -> anyhow::Result<()> {
    release_in_browsers(root, &["run", "--silent", "faults"])
}

fn journeys(root: &Path) -> anyhow::Result<()> {
    release_in_browsers(root, &["test", "--silent"])
}

/// Runs a script of e2e's on the build that users get.
fn release_in_browsers(root: &Path, script: &[&str]) -> anyhow::Result<()> {
    browsers::provide(&[Need::Chromium, Need::Firefox, Need::Node])?;
    browsers::check_node()?;
    let dist = root.join("dist");
    if !dist.join("index.html").is_file() {
        bail!("dist/ is not there; the step `build` makes it");
    }
    let folder = root.join("e2e");
    install_packages(&folder)?;
    // The journeys start their own servers with it.
    repo::run(cargo(root).args(["build", "--quiet", "--package", "xtask"]))?;
    let server = repo::target(root).join("debug/xtask");
    let mut npm = Command::new("npm");
    npm.current_dir(&folder).args(script).env("HANDSEL_DIST", dist).env("HANDSEL_XTASK", server);
    told(root, &mut npm)
}

/// Runs a script of e2e's; a failure tells which of its stories failed, and why.
fn told(root: &Path, npm: &mut Command) -> anyhow::Result<()> {
    let list = repo::target(root).join("failed.txt");
    drop(fs::remove_file(&list));
    repo::run(npm.env("HANDSEL_FAILED", &list)).map_err(|error| {
        let failed = fs::read_to_string(&list).unwrap_or_default();
        match failed.trim() {
            "" => error,
            failed => error.context(failed.replace('\n', "; ")),
        }
    })
}

/// Installs the packages of the journeys when their lock file is another than the last time.
pub(crate) fn install_packages(folder: &Path) -> anyhow::Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("e2e/package-lock.json cannot be read")?;
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("Installing the packages of the journeys (some seconds)");
    repo::run(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).context("e2e/node_modules cannot be written to")
}

/// The wasm crates that say something in the Rust files of one of their folders.
fn crates_with(root: &Path, folder: &str, words: &str) -> anyhow::Result<Vec<&'static str>> {
    let mut found = Vec::new();
    for name in WASM_CRATES {
        let files = repo::files(&root.join("app").join(name).join(folder))?;
        let says =
            |path: &std::path::PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains(words));
        if files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).any(says) {
            found.push(*name);
        }
    }
    Ok(found)
}

fn packages(command: &mut Command, names: &[&str]) {
    for name in names {
        command.args(["--package", name]);
    }
}
