//! The program: parse, dispatch, exit code. Nothing else.
//!
//! Each subcommand is one file in `command/`; the stages meet in `pipeline.rs` alone.

mod command;
mod lines;
mod pipeline;
mod web;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = command::Cli::parse();
    match command::run(cli) {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            command::Exit::Failed.into()
        }
    }
}

/// One line on standard error: `onrecord: what: why`.
#[allow(clippy::print_stderr, reason = "the binary is the one that prints")]
fn complain(error: &anyhow::Error) {
    eprintln!("onrecord: {error:#}");
}

/// Whether the reader of our output went away (`| head`): not a failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
