//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::bail;
use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::serve::Base;
use crate::trunk::Profile;

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Print how to use the command.
    Help,
    /// Serve the program.
    Serve(Serve),
    /// Build the program into `dist/`.
    Build(Profile),
    /// Finish a build, from Trunk's hook.
    Stage,
    /// Run these steps of the tests, or all when none is named.
    Test(Vec<String>),
    /// Check the rules of the repository.
    Tidy,
    /// Check the program's size.
    Size,
    /// Measure how fast the program is.
    Bench(Bench),
}

/// The options of `serve`.
#[derive(Debug, PartialEq)]
pub(crate) struct Serve {
    /// The folder to serve as it is; none means build first.
    pub(crate) dist: Option<PathBuf>,
    /// The subfolder of the origin to serve below.
    pub(crate) base: Base,
    /// The port; 0 takes any free one.
    pub(crate) port: u16,
    /// How to build.
    pub(crate) profile: Profile,
}

/// The options of `bench`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Bench {
    /// Measure what was built the last time.
    pub(crate) built: bool,
    /// Fewer rounds.
    pub(crate) quick: bool,
    /// The folder of a benchmark that measures other editors beside ours.
    pub(crate) peers: Option<PathBuf>,
    /// Further words for that benchmark.
    pub(crate) rest: Vec<OsString>,
}

/// Reads the arguments; an unknown word is an error that names it.
pub(crate) fn parse(mut arguments: lexopt::Parser) -> anyhow::Result<Command> {
    let Some(first) = arguments.next()? else { return Ok(Command::Help) };
    let name = match first {
        Value(name) => name.string()?,
        Short('h') | Long("help") => return Ok(Command::Help),
        other => return Err(other.unexpected().into()),
    };
    match name.as_str() {
        "help" => Ok(Command::Help),
        "serve" => serve(arguments).map(Command::Serve),
        "build" => profile(arguments).map(Command::Build),
        "stage" => no_more(arguments, Command::Stage),
        "test" => steps(arguments).map(Command::Test),
        "tidy" => no_more(arguments, Command::Tidy),
        "size" => no_more(arguments, Command::Size),
        "bench" => bench(arguments).map(Command::Bench),
        _ => bail!("there is no command {name:?}; `cargo xtask help` lists them"),
    }
}

fn serve(mut arguments: lexopt::Parser) -> anyhow::Result<Serve> {
    let mut options = Serve { dist: None, base: Base::root(), port: 8080, profile: Profile::Release };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => options.port = arguments.value()?.parse()?,
            Long("dist") => options.dist = Some(arguments.value()?.into()),
            Long("base") => options.base = Base::new(&arguments.value()?.string()?)?,
            Long("debug") => options.profile = Profile::Debug,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn profile(mut arguments: lexopt::Parser) -> anyhow::Result<Profile> {
    let mut profile = Profile::Release;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("debug") => profile = Profile::Debug,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(profile)
}

fn steps(mut arguments: lexopt::Parser) -> anyhow::Result<Vec<String>> {
    let mut only = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("only") => only.extend(arguments.value()?.string()?.split(',').map(str::to_owned)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(only)
}

fn bench(mut arguments: lexopt::Parser) -> anyhow::Result<Bench> {
    let mut options = Bench::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("built") => options.built = true,
            Long("quick") => options.quick = true,
            Long("peers") => options.peers = Some(arguments.value()?.into()),
            // What follows `--` comes as plain words.
            Value(word) if options.peers.is_some() => {
                options.rest.push(word);
                options.rest.extend(arguments.raw_args()?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn no_more(mut arguments: lexopt::Parser, command: Command) -> anyhow::Result<Command> {
    match arguments.next()? {
        None => Ok(command),
        Some(argument) => Err(argument.unexpected().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> anyhow::Result<Command> {
        parse(lexopt::Parser::from_args(words))
    }

    #[test]
    fn serve_builds_the_release_on_8080_unless_told_otherwise() {
        let plain = Serve { dist: None, base: Base::root(), port: 8080, profile: Profile::Release };
        assert_eq!(parsed(&["serve"]).unwrap(), Command::Serve(plain));

        let told = Serve {
            dist: Some("out".into()),
            base: Base::new("/some/sub/").unwrap(),
            port: 0,
            profile: Profile::Debug,
        };
        let words = ["serve", "--port", "0", "--dist", "out", "--base=/some/sub/", "--debug"];
        assert_eq!(parsed(&words).unwrap(), Command::Serve(told));
    }

    #[test]
    fn a_word_it_does_not_know_is_named_in_the_error() {
        for words in [&["sevre"][..], &["serve", "--prot", "1"], &["stage", "twice"], &["build", "fast"]] {
            let error = parsed(words).unwrap_err().to_string();
            let unknown = words.iter().find(|word| error.contains(**word));
            assert!(unknown.is_some(), "{words:?} gave: {error}");
        }
        assert!(parsed(&["serve", "--port", "many"]).is_err());
    }

    #[test]
    fn steps_may_be_named_together_or_one_by_one() {
        let all = Command::Test(Vec::new());
        assert_eq!(parsed(&["test"]).unwrap(), all);
        let two = Command::Test(vec!["tidy".to_owned(), "native".to_owned()]);
        assert_eq!(parsed(&["test", "--only", "tidy,native"]).unwrap(), two);
        assert_eq!(parsed(&["test", "--only=tidy", "--only=native"]).unwrap(), two);
    }

    #[test]
    fn words_after_the_dashes_are_for_the_other_benchmark() {
        let told = ["bench", "--built", "--peers", "there", "--", "--quick", "--scenarios", "c,d"];
        let rest = vec!["--quick".into(), "--scenarios".into(), "c,d".into()];
        let expected = Bench { built: true, quick: false, peers: Some("there".into()), rest };
        assert_eq!(parsed(&told).unwrap(), Command::Bench(expected));
        assert_eq!(parsed(&["bench"]).unwrap(), Command::Bench(Bench::default()));
        assert!(parsed(&["bench", "typing"]).is_err());
    }

    #[test]
    fn no_command_shows_the_help() {
        assert_eq!(parsed(&[]).unwrap(), Command::Help);
        assert_eq!(parsed(&["--help"]).unwrap(), Command::Help);
    }
}
