//! The program: parse, dispatch, exit code. Nothing else.
//!
//! Each subcommand is one file in `command/`; the stages meet in `pipeline.rs` alone.

mod batch;
mod command;
mod lines;
mod pipeline;
mod report;
mod rounds;
mod schedule;
mod watch;
mod web;

use clap::Parser;
use std::io::{self, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic is a bug of ours; it is told in one line like every other failure.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = command::Cli::parse();
    match std::panic::catch_unwind(|| command::run(cli)) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            tell(&format!("{error:#}"));
            command::Exit::Failed.into()
        }
        Err(panic) => {
            let why = panic.downcast_ref::<String>().map(String::as_str);
            let why = why.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
            tell(&format!("a bug in onrecord: {why}"));
            command::Exit::Failed.into()
        }
    }
}

/// One line on standard error: `onrecord: what: why`. A standard error that went away is no reason to stop.
pub(crate) fn tell(what: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {}", report::screen::clean(what));
}

/// Whether the reader of our output went away (`| head`): not a failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
