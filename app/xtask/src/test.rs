//! `cargo xtask test`: everything that must hold before a change is taken, one step after the other.

pub(crate) mod browsers;
pub(crate) mod steps;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::repo;
use steps::STEPS;

/// Runs the named steps, or all, in their own order. A failed step does not stop the ones after it.
pub(crate) fn run(root: &Path, only: &[String]) -> anyhow::Result<ExitCode> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        bail!("there is no step {unknown:?}; the steps are {}", names().join(", "));
    }
    let chosen = STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name));
    let mut outcomes = Vec::new();
    for step in chosen {
        eprintln!("\n== {}: {}", step.name, step.about);
        let start = Instant::now();
        let result = (step.run)(root);
        let time = start.elapsed();
        let problem = result.err().map(|error| format!("{error:#}"));
        match &problem {
            None => eprintln!("== {} passed in {}", step.name, repo::spoken(time)),
            Some(problem) => eprintln!("== {} failed after {}: {problem}", step.name, repo::spoken(time)),
        }
        outcomes.push(Outcome { name: step.name, time, problem });
    }
    print!("\n{}", table(&outcomes));
    let failed = outcomes.iter().any(|outcome| outcome.problem.is_some());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The names of all steps, in order.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

struct Outcome {
    name: &'static str,
    time: Duration,
    /// Why it failed.
    problem: Option<String>,
}

/// One line a step, and the sum as the last line.
fn table(outcomes: &[Outcome]) -> String {
    let mut table = String::new();
    for Outcome { name, time, problem } in outcomes {
        let mark = if problem.is_none() { "passed" } else { "FAILED" };
        let why = problem.as_deref().and_then(|why| why.lines().next()).unwrap_or_default();
        let line = format!("{mark}  {name:<12} {:>13}  {why}", repo::spoken(*time));
        table.push_str(line.trim_end());
        table.push('\n');
    }
    let failed = outcomes.iter().filter(|outcome| outcome.problem.is_some()).count();
    table.push_str(&format!("{} passed, {failed} failed\n", outcomes.len() - failed));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_in_the_sum() {
        let outcomes = [
            Outcome { name: "fmt", time: Duration::from_millis(900), problem: None },
            Outcome {
                name: "native",
                time: Duration::from_secs(75),
                problem: Some("cargo failed\nmore".to_owned()),
            },
        ];
        let expected = "passed  fmt                  0.9 s\n\
                        FAILED  native          1 min 15 s  cargo failed\n\
                        1 passed, 1 failed\n";
        assert_eq!(table(&outcomes), expected);
    }

    #[test]
    fn a_step_that_does_not_exist_is_named() {
        let error = run(Path::new("."), &["tidy".to_owned(), "tidier".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("\"tidier\"") && error.contains("journeys"), "{error}");
    }
}
