//! The chores: `cargo xtask check | tidy | eval`. Each is what CI runs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore tells what it does")]

mod eval;
mod tidy;

use anyhow::{Context as _, bail, ensure};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const USAGE: &str = "usage: cargo xtask check | tidy | eval [SUITE…] [--raise | --lower NAME VALUE REASON]

  check   everything that CI checks but the evaluation and the browser: fmt, clippy, test, docs, tidy
  tidy    who may know whom, file heads, dead links, sources of lexicons
  eval    scores on the gold data against the floors in crates/eval/floors.toml";

fn main() -> ExitCode {
    match chore() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["check"] => check(),
        ["tidy"] => tidy::run(&root()?),
        ["eval", rest @ ..] => eval::run(&root()?, rest),
        _ => bail!("{USAGE}"),
    }
}

/// The folder of the workspace, found at run time: a cached binary must not look at another checkout.
fn root() -> anyhow::Result<PathBuf> {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").context("run it as `cargo xtask`")?;
    Ok(PathBuf::from(manifest).parent().context("xtask lies in the workspace")?.to_owned())
}

/// What CI runs, quick things first.
fn check() -> anyhow::Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    tidy::run(&root()?)?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["test"])?;
    cargo(&["test", "--package", "xtask"])?;
    let doc = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    run(Command::new("cargo").args(doc).env("RUSTDOCFLAGS", "-D warnings"))
}

fn cargo(args: &[&str]) -> anyhow::Result<()> {
    run(Command::new("cargo").args(args))
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    eprintln!("$ {command:?}");
    let status = command.status()?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
