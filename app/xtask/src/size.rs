//! `cargo xtask size`: what a first visit costs on the wire, and what the programs that come later do, against the
//! budgets.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, bail};

use crate::serve::files::packed;
use crate::{manifest, stage};

/// Brotli's greatest effort, as a host that compresses ahead of time uses it.
const EFFORT: i32 = 11;
/// The section of the budgets for all that is loaded before the first room is on the screen.
const VISIT: &str = "first-visit";

/// A file on the wire.
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
    let budget = kib(&budgets, VISIT, "sum-kib")?.context("budgets.toml has no sum-kib in [first-visit]")?;
    let goal = kib(&budgets, VISIT, "goal-kib")?;
    let page = page(dist)?;
    let (later, visit) = (stage::later(&page), visited(&page));
    let late: Vec<String> = later.iter().map(|(_, file)| (*file).to_owned()).collect();
    // All at once, so that the two large programs are weighed side by side.
    let mut all = weigh_all(dist, &[late, visit.clone(), parts(dist)?].concat())?.into_iter();
    let late: Vec<Weight> = all.by_ref().take(later.len()).collect();
    let weights: Vec<Weight> = all.by_ref().take(visit.len()).collect();
    let parts: Vec<Weight> = all.collect();
    let sum = sum(&weights);
    print!("{}", table(&weights, sum, budget));
    if let Some(goal) = goal.filter(|goal| sum > *goal) {
        println!("{:<36} {goal:>23}\n{:<36} {:>23}", "goal", "still over the goal by", sum - goal);
    }
    let mut over = Vec::new();
    for ((name, _), Weight { name: file, plain, wire }) in later.iter().zip(&late) {
        println!("{:<36} {plain:>11} {wire:>11}", format!("later: {file}"));
        let budget = kib(&budgets, "later", &format!("{name}-kib"))?
            .with_context(|| format!("budgets.toml has no {name}-kib in [later]"))?;
        if *wire > budget {
            over.push(format!("{name} is {} bytes over its budget", wire - budget));
        }
    }
    let came = self::sum(&parts);
    for Weight { name, plain, wire } in &parts {
        println!("{:<36} {plain:>11} {wire:>11}", format!("part: {name}"));
    }
    let allowed = kib(&budgets, "parts", "sum-kib")?.unwrap_or_default();
    println!("{:<36} {came:>23}\n{:<36} {allowed:>23}", "sum of parts", "budget");
    if came > allowed {
        over.push(format!("the parts are {} bytes over their budget", came - allowed));
    }
    if sum > budget {
        over.push(format!("the first visit is {} bytes over its budget", sum - budget));
    }
    if !over.is_empty() {
        bail!("{}", over.join("; "));
    }
    Ok(())
}

fn page(dist: &Path) -> anyhow::Result<String> {
    fs::read_to_string(dist.join("index.html"))
        .with_context(|| format!("{} has no index.html; `cargo xtask build` makes it", dist.display()))
}

/// What a first visit to the build in `dist` costs on the wire, in bytes.
pub(crate) fn first_visit(dist: &Path) -> anyhow::Result<usize> {
    Ok(sum(&weigh_all(dist, &visited(&page(dist)?))?))
}

fn sum(weights: &[Weight]) -> usize {
    weights.iter().map(|weight| weight.wire).sum()
}

/// What a first visit loads.
fn visited(page: &str) -> Vec<String> {
    let mut names = vec!["index.html".to_owned()];
    names.extend(stage::first_visit(page).into_iter().map(ToOwned::to_owned));
    names
}

/// The parts of the program that come when somebody first comes to them.
fn parts(dist: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(dist).with_context(|| format!("{} cannot be read", dist.display()))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(stage::PART)).collect();
    names.sort_unstable();
    Ok(names)
}

/// Weighs files, a share of them on each processor: the greatest effort takes a second for what weighs a hundred kilobytes.
fn weigh_all(dist: &Path, names: &[String]) -> anyhow::Result<Vec<Weight>> {
    let next = AtomicUsize::new(0);
    let share = || -> anyhow::Result<Vec<(usize, Weight)>> {
        let mut weighed = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(name) = names.get(at) else { return Ok(weighed) };
            weighed.push((at, weigh(dist, name)?));
        }
    };
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let mut all = thread::scope(|scope| {
        let shares: Vec<_> = (0..processors).map(|_| scope.spawn(share)).collect();
        let mut all = Vec::new();
        for share in shares {
            all.extend(share.join().ok().context("a file could not be weighed")??);
        }
        Ok::<_, anyhow::Error>(all)
    })?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, weight)| weight).collect())
}

fn weigh(dist: &Path, name: &str) -> anyhow::Result<Weight> {
    let plain = fs::read(dist.join(name)).with_context(|| format!("{name} cannot be read"))?;
    // A host sends a file as it is where compressing does not help.
    let wire = packed(&plain, EFFORT).len().min(plain.len());
    Ok(Weight { name: name.to_owned(), plain: plain.len(), wire })
}

/// A number of bytes that the budgets name in KiB, in one of their sections.
fn kib(text: &str, section: &str, key: &str) -> anyhow::Result<Option<usize>> {
    let entries = manifest::entries(text);
    let Some(entry) = entries.iter().find(|entry| entry.section == section && entry.key == key) else {
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
        let read = |text| kib(text, VISIT, "sum-kib");
        assert_eq!(read("# why\n[first-visit]\nsum-kib = 340 # all\n").unwrap(), Some(340 * 1024));
        assert!(read("[first-visit]\nsum-kib = lots\n").unwrap_err().to_string().contains("budgets.toml:2"));
        assert_eq!(read("sum-kib = 340\n").unwrap(), None);
    }

    #[test]
    fn a_visit_over_its_budget_fails_and_one_within_passes() {
        let root = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        let page = "<link rel=\"stylesheet\" href=\"a.css\" /><link rel=\"apple-touch-icon\" href=\"b.png\" />\
            <meta name=\"roads\" content=\"c.wasm\" />";
        fs::write(root.join("index.html"), page).unwrap();
        // Bytes without a pattern, which nothing can compress below a kibibyte.
        let mut random = bytes_from(7);
        fs::write(root.join("a.css"), (0..2048).map(|_| random()).collect::<Vec<u8>>()).unwrap();
        fs::write(root.join("c.wasm"), (0..1536).map(|_| random()).collect::<Vec<u8>>()).unwrap();
        fs::write(root.join("part-plan.wasm"), (0..1536).map(|_| random()).collect::<Vec<u8>>()).unwrap();
        let with = |visit: u32, roads: u32, parts: u32| {
            let budgets = format!(
                "[first-visit]\nsum-kib = {visit}\n[later]\nroads-kib = {roads}\n[parts]\nsum-kib = {parts}\n"
            );
            fs::write(root.join("budgets.toml"), budgets).unwrap();
            run(&root, &root).err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert_eq!(with(3, 2, 2), "");
        assert!(with(2, 2, 2).starts_with("the first visit is "));
        assert!(with(3, 1, 2).starts_with("roads is 512 bytes over its budget"));
        assert!(with(3, 2, 1).starts_with("the parts are 512 bytes over their budget"));
    }

    fn bytes_from(seed: u64) -> impl FnMut() -> u8 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        }
    }
}
