//! `cargo xtask bench`: how fast the program is, on this machine, at this moment.
//!
//! Only bytes can be too many; times are told and never judged, since they depend on the machine and on what else it does.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::options::Bench;
use crate::test::{browsers, steps};
use crate::{repo, size, trunk};

/// Builds, measures in a browser, prints the tables, and leaves the figures in `target/bench/results.json`.
pub(crate) fn run(root: &Path, options: &Bench) -> anyhow::Result<()> {
    browsers::provide(&[browsers::Need::Chromium, browsers::Need::Node])?;
    let dist = root.join("dist");
    let measurable = repo::target(root).join("bench-dist");
    if !options.built {
        // Users get no adapter, so the bytes are those of the build without it.
        trunk::build(root, trunk::Profile::Release)?;
        trunk::build_for_bench(root)?;
    }
    for built in [&dist, &measurable] {
        if !built.join("index.html").is_file() {
            bail!("{} is not there; leave out `--built` once", built.display());
        }
    }
    let within_budget = size::run(root, &dist);
    println!();
    ours(root, options, &dist, &measurable)?;
    if let Some(folder) = &options.peers {
        beside_peers(folder, &measurable, options)?;
    }
    within_budget
}

/// Our own measurements.
fn ours(root: &Path, options: &Bench, dist: &Path, measurable: &Path) -> anyhow::Result<()> {
    let journeys = root.join("e2e");
    steps::install_packages(&journeys)?;
    let mut node = Command::new("node");
    node.current_dir(&journeys)
        .arg("bench/run.mjs")
        .args(options.quick.then_some("--quick"))
        .env("HANDSEL_BENCH_DIST", measurable)
        .env("HANDSEL_BENCH_OUT", repo::target(root).join("bench"))
        .env("HANDSEL_XTASK", env::current_exe().context("this program's own path is unknown")?)
        .env("HANDSEL_BENCH_BYTES", size::first_visit(dist)?.to_string());
    shown(&mut node)
}

/// The benchmark in `folder`, which sets other editors beside ours and brings its own adapter for each.
fn beside_peers(folder: &Path, measurable: &Path, options: &Bench) -> anyhow::Result<()> {
    if !folder.join("package.json").is_file() {
        bail!("{} holds no benchmark", folder.display());
    }
    if !folder.join("node_modules").is_dir() {
        repo::run(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    }
    let ours = measurable.canonicalize().context("the build's folder cannot be found")?;
    let mut npm = Command::new("npm");
    npm.current_dir(folder)
        .args(["run", "--silent", "bench", "--", "--dir"])
        .arg(format!("handsel={}", ours.display()))
        .args(&options.rest);
    shown(&mut npm)
}

/// Runs a program whose tables are what was asked for.
fn shown(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}
