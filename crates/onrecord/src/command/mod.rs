//! The command line as typed: one variant a subcommand, one file each.

mod serve;
mod stage;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Who said what, about what, when, told by whom, and how: the record behind news reports.
#[derive(Parser)]
#[command(name = "onrecord", version, about, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Args),
    Stage(stage::Args),
}

/// How a run ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was done.
    Done,
    /// The run failed.
    Failed,
    /// Done, but some inputs were skipped, each named with its reason.
    SomeSkipped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        // 2 is clap's, for a wrong command line.
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::SomeSkipped => 3,
        })
    }
}

/// Runs what was asked for.
pub(crate) fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Serve(args) => serve::run(args),
        Command::Stage(args) => stage::run(args),
    }
}
