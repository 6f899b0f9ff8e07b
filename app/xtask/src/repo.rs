//! Where the repository is, and running programs in it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};

/// The folder with the workspace's Cargo.toml, looked for from the working folder upward.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let here = env::current_dir().context("the working folder cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("Cargo.toml").is_file() && folder.join("app/xtask").is_dir())
        .map(Path::to_path_buf)
        .with_context(|| format!("{} is not inside the repository", here.display()))
}

/// The folder cargo builds into.
pub(crate) fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// Runs a program to its end. All it prints goes to the standard error, for the standard output of `serve`
/// carries one line that programs wait for.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .status()
        .with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// What a program prints, or none when it is missing or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// All files below a folder, in order; none when there is no such folder.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, &|_| true, &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// Adds the files below a folder, entering only the folders that `enters` names. Links are not followed.
pub(crate) fn collect(
    folder: &Path,
    enters: &dyn Fn(&Path) -> bool,
    found: &mut Vec<PathBuf>,
) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && enters(&entry.path()) {
            collect(&entry.path(), enters, found)?;
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// A span of time as people say it: `0.4 s`, `12 s`, `1 min 40 s`.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        assert_eq!(spoken(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(12)), "12 s");
        assert_eq!(spoken(Duration::from_secs(100)), "1 min 40 s");
    }

    #[test]
    fn the_root_is_found_from_a_crate_folder() {
        let root = root().unwrap();
        assert!(root.join("Trunk.toml").is_file(), "{}", root.display());
    }
}
