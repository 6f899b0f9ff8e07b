//! The project's own commands: `cargo xtask serve`, `test`, `tidy` and the rest.
//!
//! Needs nothing but cargo and a C compiler; whatever else a command wants, it fetches or names.

mod bench;
mod manifest;
mod options;
mod repo;
mod serve;
mod setup;
mod size;
mod stage;
mod test;
mod tidy;
mod trunk;

use std::process::ExitCode;

use options::Command;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve     build the program and serve it at http://127.0.0.1:8080/
            --port N       another port; 0 takes any free one
            --dist DIR     serve this folder as it is, build nothing
            --base /PATH/  serve below a subfolder
            --debug        build fast instead of small
  build     build dist/, the folder to put on any static host
            --debug        build fast instead of small
  test      set up and run everything that must hold before a change is taken
            --only A,B     these steps: fmt, tidy, clippy, clippy-wasm, native, browser,
                           editor, build, size, peers, faults, journeys
  tidy      check the rules of this repository
  size      check what a first visit costs against budgets.toml
  bench     build a release that can be measured, and tell how fast it is
            --quick        fewer rounds
            --built        measure what was built the last time
            --peers DIR    also run the benchmark in this folder, which sets other editors
                           beside it; words after `--` are passed on
  stage     finish a build (Trunk calls this)
";

fn main() -> ExitCode {
    match options::parse(lexopt::Parser::from_env()).and_then(run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Help => print!("{HELP}"),
        Command::Serve(serve) => {
            let dist = match serve.dist {
                Some(dist) => dist,
                None => trunk::build(&repo::root()?, serve.profile)?,
            };
            serve::run(&repo::root()?, &dist, &serve.base, serve.port)?;
        }
        Command::Build(profile) => {
            trunk::build(&repo::root()?, profile)?;
        }
        Command::Stage => stage::run_from_environment()?,
        Command::Test(only) => return test::run(&repo::root()?, &only),
        Command::Tidy => tidy::run(&repo::root()?)?,
        Command::Size => {
            let root = repo::root()?;
            size::run(&root, &root.join("dist"))?;
        }
        Command::Bench(options) => bench::run(&repo::root()?, &options)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_step_of_the_tests() {
        for step in test::names() {
            assert!(HELP.contains(&format!(" {step},")) || HELP.contains(&format!(" {step}\n")), "{step}");
        }
    }
}
