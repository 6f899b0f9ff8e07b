//! The project's own commands: `cargo xtask serve`, `test`, `tidy` and the rest.
//!
//! Needs nothing but cargo and a C compiler; whatever else a command wants, it fetches or names.

mod manifest;
mod options;
mod repo;
mod serve;
mod setup;
mod stage;
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
            serve::run(&dist, &serve.base, serve.port)?;
        }
        Command::Build(profile) => {
            trunk::build(&repo::root()?, profile)?;
        }
        Command::Stage => stage::run_from_environment()?,
    }
    Ok(ExitCode::SUCCESS)
}
