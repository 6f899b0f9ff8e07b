//! `cargo xtask size`: what a first visit costs on the wire, against the budget.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::serve::files::packed;
use crate::{manifest, stage};

/// Brotli's greatest effort, as a host that compresses ahead of time uses it.
const EFFORT: i32 = 11;

/// A file of the first visit.
struct Weight {
    name: String,
    /// Bytes on disk.
    plain: usize,
    /// Bytes on the wire.
    wire: usize,
}

/// Prints the table and fails when the sum is over the budget of `budgets.toml`. A goal that is stricter than the budget
/// is printed too: the budget keeps what was reached, the goal says what is still owed.
pub(crate) fn run(root: &Path, dist: &Path) -> anyhow::Result<()> {
    let budgets = fs::read_to_string(root.join("budgets.toml")).context("budgets.toml cannot be read")?;
    let budget = kib(&budgets, "sum-kib")?.context("budgets.toml has no sum-kib in [first-visit]")?;
    let goal = kib(&budgets, "goal-kib")?;
    let weights = weights(dist)?;
    let sum = sum(&weights);
    print!("{}", table(&weights, sum, budget));
    if let Some(goal) = goal.filter(|goal| sum > *goal) {
        println!("{:<36} {goal:>23}\n{:<36} {:>23}", "goal", "still over the goal by", sum - goal);
    }
    if sum > budget {
        bail!("the first visit is {} bytes over its budget", sum - budget);
    }
    Ok(())
}

/// What a first visit to the build in `dist` costs on the wire, in bytes.
pub(crate) fn first_visit(dist: &Path) -> anyhow::Result<usize> {
    Ok(sum(&weights(dist)?))
}

fn sum(weights: &[Weight]) -> usize {
    weights.iter().map(|weight| weight.wire).sum()
}

fn weights(dist: &Path) -> anyhow::Result<Vec<Weight>> {
    let page = fs::read_to_string(dist.join("index.html"))
        .with_context(|| format!("{} has no index.html; `cargo xtask build` makes it", dist.display()))?;
    let mut weights = vec![weigh(dist, "index.html")?];
    for name in stage::first_visit(&page) {
        weights.push(weigh(dist, name)?);
    }
    Ok(weights)
}

fn weigh(dist: &Path, name: &str) -> anyhow::Result<Weight> {
    let plain = fs::read(dist.join(name)).with_context(|| format!("{name} cannot be read"))?;
    // A host sends a file as it is where compressing does not help.
    let wire = packed(&plain, EFFORT).len().min(plain.len());
    Ok(Weight { name: name.to_owned(), plain: plain.len(), wire })
}

/// A number of bytes of the first visit that the budgets name in KiB.
fn kib(text: &str, key: &str) -> anyhow::Result<Option<usize>> {
    let entries = manifest::entries(text);
    let Some(entry) = entries.iter().find(|entry| entry.section == "first-visit" && entry.key == key) else {
        return Ok(None);
    };
    let kib: usize = entry
        .value
        .parse()
        .with_context(|| format!("budgets.toml:{}: {:?} is no number", entry.line, entry.value))?;
    Ok(Some(kib * 1024))
}

fn table(weights: &[Weight], sum: usize, budget: usize) -> String {
    let mut table = format!("{:<36} {:>11} {:>11}\n", "first visit", "bytes", "brotli");
    for Weight { name, plain, wire } in weights {
        table.push_str(&format!("{name:<36} {plain:>11} {wire:>11}\n"));
    }
    table.push_str(&format!("{:<36} {:>23}\n{:<36} {budget:>23}\n", "sum", sum, "budget"));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_read_in_kib() {
        let read = |text| kib(text, "sum-kib");
        assert_eq!(read("# why\n[first-visit]\nsum-kib = 340 # all\n").unwrap(), Some(340 * 1024));
        assert!(read("[first-visit]\nsum-kib = lots\n").unwrap_err().to_string().contains("budgets.toml:2"));
        assert_eq!(read("sum-kib = 340\n").unwrap(), None);
    }

    #[test]
    fn a_visit_over_its_budget_fails_and_one_within_passes() {
        let root = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        let page =
            "<link rel=\"stylesheet\" href=\"a.css\" /><link rel=\"apple-touch-icon\" href=\"b.png\" />";
        fs::write(root.join("index.html"), page).unwrap();
        // Bytes without a pattern, which nothing can compress below a kibibyte.
        let mut random = bytes_from(7);
        fs::write(root.join("a.css"), (0..2048).map(|_| random()).collect::<Vec<u8>>()).unwrap();
        fs::write(root.join("budgets.toml"), "[first-visit]\nsum-kib = 3\n").unwrap();
        run(&root, &root).unwrap();
        fs::write(root.join("budgets.toml"), "[first-visit]\nsum-kib = 2\n").unwrap();
        assert!(run(&root, &root).unwrap_err().to_string().contains("over its budget"));
    }

    fn bytes_from(seed: u64) -> impl FnMut() -> u8 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        }
    }
}
