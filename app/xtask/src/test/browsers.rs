//! Browsers and Node for the tests: found on the path, or installed where the system's packages allow it.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use crate::repo;

/// A program that tests need and cargo cannot install.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Need {
    Chromium,
    Chromedriver,
    Firefox,
    WebKit,
    /// A screen for a browser that cannot do without one.
    Screen,
    Node,
}

impl Need {
    /// The program's names, any of which will do.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium"],
            Self::Chromedriver => &["chromedriver"],
            Self::Firefox => &["firefox-esr", "firefox"],
            Self::WebKit => &["WebKitWebDriver"],
            Self::Screen => &["Xvfb"],
            Self::Node => &["npm"],
        }
    }

    /// The Debian packages with it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium"],
            Self::Chromedriver => &["chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver"],
            Self::Screen => &["xvfb"],
            Self::Node => &["nodejs", "npm"],
        }
    }
}

/// Makes sure of programs: installs what is missing where we may, else says what to install.
pub(crate) fn provide(needs: &[Need]) -> anyhow::Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().flat_map(|need| need.packages()).copied().collect();
    if !(is_root() && find("apt-get").is_some()) {
        bail!("install {} first (on Debian: apt-get install {})", programs(&missing), packages.join(" "));
    }
    eprintln!("Installing {} (about a minute)", packages.join(", "));
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    repo::run(apt().args(["update", "--quiet"]))?;
    repo::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    let still = self::missing(needs);
    if !still.is_empty() {
        bail!("{} cannot be found after installing {}", programs(&still), packages.join(" "));
    }
    Ok(())
}

/// The oldest Node that the journeys run on.
const NODE: u32 = 20;

/// Makes sure that Node is new enough; some systems still carry an older one.
pub(super) fn check_node() -> anyhow::Result<()> {
    let said = repo::output(Command::new("node").arg("--version")).unwrap_or_default();
    if major(&said).is_none_or(|major| major < NODE) {
        bail!("the journeys need Node {NODE} or newer, and this one says {:?}", said.trim());
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// A program on the path.
pub(super) fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs
        .iter()
        .copied()
        .filter(|need| need.programs().iter().all(|program| find(program).is_none()))
        .collect()
}

fn programs(needs: &[Need]) -> String {
    let names: Vec<_> = needs.iter().map(|need| need.programs().join(" or ")).collect();
    names.join(", ")
}

fn is_root() -> bool {
    repo::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_packages() {
        assert_eq!(programs(&[Need::Chromium, Need::Firefox]), "chromium, firefox-esr or firefox");
        assert_eq!(Need::Node.packages(), ["nodejs", "npm"]);
    }

    #[test]
    fn nodes_version_is_read_from_what_it_says() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
    }
}
