//! Which crate may use which, and that the architecture names them all.

use super::{Finding, Source};
use crate::manifest;

/// Our crates from the top to the bottom. Each may use those after it.
const LAYERS: &[&str] = &[
    "web", "ui", "editor", "browser", "session", "roads", "replica", "sync", "reader", "pages", "exchange",
    "insight", "terms", "text", "model", "stdx",
];

/// Crates of others that only some of ours may use; a name covers those that continue it after `-` or `_`.
const RESERVED: &[(&str, &[&str])] = &[
    ("yrs", &["replica"]),
    ("leptos", &["web", "ui"]),
    ("reactive_graph", &["web", "ui", "session"]),
    ("web-sys", &["web", "editor", "browser"]),
    ("js-sys", &["web", "editor", "browser"]),
    ("gloo", &["web", "editor", "browser"]),
    ("indexed_db_futures", &["browser"]),
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let manifests = sources.iter().filter_map(|source| Some((crate_of(&source.path)?, source)));
    let mut findings = Vec::new();
    let mut names = Vec::new();
    for (name, source) in manifests {
        names.push(name);
        findings.extend(arrows(name, source));
    }
    findings.extend(table(&names, sources));
    findings
}

/// The crate whose manifest a path is.
fn crate_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("app/")?.strip_suffix("/Cargo.toml")?;
    (!name.contains('/')).then_some(name)
}

fn arrows(name: &str, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let below = LAYERS.iter().position(|layer| *layer == name).map_or(&[][..], |at| &LAYERS[at + 1..]);
    if name != "xtask" && !LAYERS.contains(&name) {
        findings.push(source.finding(
            1,
            format!("crate `{name}` has no layer; put it into the list in app/xtask/src/tidy/layers.rs"),
        ));
    }
    for (dependency, line, for_tests) in dependencies(&source.text) {
        if LAYERS.contains(&dependency) && !below.contains(&dependency) {
            findings.push(source.finding(
                line,
                format!("`{name}` may not use `{dependency}`, which is above it; move what is shared down, or pass it in"),
            ));
        }
        // Tests of a component poke at the page from outside, so they may name it.
        let reserved =
            RESERVED.iter().find(|(reserved, _)| covers(reserved, dependency)).filter(|_| !for_tests);
        if let Some((reserved, users)) = reserved
            && !users.contains(&name)
        {
            findings.push(source.finding(
                line,
                format!("`{dependency}` belongs to {} only; ask them through their own types ({reserved} stays there)", users.join(", ")),
            ));
        }
    }
    findings
}

fn covers(reserved: &str, dependency: &str) -> bool {
    dependency.strip_prefix(reserved).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The crates that a manifest names, with the line and whether only tests use them.
fn dependencies(manifest: &str) -> Vec<(&str, usize, bool)> {
    let mut found = Vec::new();
    let mut tables = Vec::new();
    for entry in manifest::entries(manifest) {
        let (section, own_table) = match entry.section.rsplit_once("dependencies.") {
            Some((before, name)) => (format!("{before}dependencies"), Some(name)),
            None => (entry.section.to_owned(), None),
        };
        if !section.ends_with("dependencies") {
            continue;
        }
        let for_tests = section.ends_with("dev-dependencies");
        match own_table {
            None => {
                let name = entry.key.split('.').next().unwrap_or_default();
                found.push((name, entry.line, for_tests));
            }
            // `[dependencies.x]` has several lines and is one dependency.
            Some(name) if !tables.contains(&entry.section) => {
                tables.push(entry.section);
                found.push((name, entry.line, for_tests));
            }
            Some(_) => {}
        }
    }
    found
}

/// Every crate has its row in ARCHITECTURE.md.
fn table(names: &[&str], sources: &[Source]) -> Vec<Finding> {
    let Some(architecture) = sources.iter().find(|source| source.path == "ARCHITECTURE.md") else {
        let say = "there is no ARCHITECTURE.md; it holds the table of crates".to_owned();
        return vec![Finding { path: "ARCHITECTURE.md".to_owned(), line: 1, say }];
    };
    let missing = names.iter().filter(|name| {
        let row = format!("| `{name}` |");
        !architecture.text.lines().any(|line| line.starts_with(&row))
    });
    missing
        .map(|name| {
            architecture.finding(1, format!("crate `{name}` has no row; add `| `{name}` | … |` to the table"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, manifest: &str) -> Vec<String> {
        let source = Source { path: format!("app/{name}/Cargo.toml"), text: manifest.to_owned() };
        arrows(name, &source)
            .into_iter()
            .map(|finding| format!("{}: {}", finding.line, finding.say))
            .collect()
    }

    #[test]
    fn a_crate_may_use_those_below_it_and_no_other() {
        assert_eq!(
            said("replica", "[dependencies]\nmodel.workspace = true\nyrs.workspace = true\n"),
            [""; 0]
        );
        let up =
            said("model", "[dependencies]\nstdx.workspace = true\nreplica = { path = \"../replica\" }\n");
        assert_eq!(up.len(), 1);
        assert!(up[0].starts_with("3: `model` may not use `replica`"), "{up:?}");
        assert_eq!(said("sync", "[dev-dependencies]\nreplica.workspace = true\n").len(), 1);
        assert_eq!(said("sync", "[dependencies.replica]\nworkspace = true\noptional = true\n").len(), 1);
        assert_eq!(said("extra", "").len(), 1);
        assert_eq!(said("xtask", "[dependencies]\nweb.workspace = true\n").len(), 1);
    }

    #[test]
    fn some_crates_of_others_have_one_home() {
        assert_eq!(said("session", "[dependencies]\nyrs.workspace = true\n").len(), 1);
        assert_eq!(said("session", "[dependencies]\nreactive_graph.workspace = true\n"), [""; 0]);
        assert_eq!(said("editor", "[dependencies]\nleptos_router.workspace = true\n").len(), 1);
        assert_eq!(said("editor", "[dependencies]\nleptosaurus = \"1\"\ngloo.workspace = true\n"), [""; 0]);
        assert_eq!(said("ui", "[dependencies.web-sys]\nfeatures = []\n").len(), 1);
        assert_eq!(said("ui", "[dev-dependencies]\nweb-sys.workspace = true\n"), [""; 0]);
        assert_eq!(said("web", "[target.'cfg(unix)'.dependencies]\nindexed_db_futures = \"0.6\"\n").len(), 1);
    }

    #[test]
    fn the_architecture_has_a_row_for_each_crate() {
        let rows = |text: &str| {
            let architecture = Source { path: "ARCHITECTURE.md".to_owned(), text: text.to_owned() };
            table(&["web", "ui"], &[architecture]).len()
        };
        assert_eq!(rows("| `web` | page |\n| `ui` | parts |\n"), 0);
        assert_eq!(rows("| `web` | page |\nand `ui`\n"), 1);
        assert_eq!(table(&[], &[]).len(), 1);
    }
}
