//! The command line as typed: one variant a subcommand, one file each.

mod demo;
mod export;
mod feeds;
mod fetch;
mod net;
mod outlets;
mod position;
mod read;
mod rebuild;
mod said;
mod search;
mod serve;
mod show;
mod stage;
mod stories;
mod story;
mod verify;
mod visits;
mod watch;
mod who;

pub(crate) use feeds::new_feed;
#[cfg(test)]
pub(crate) use net::watched_known;

use crate::pipeline;
use crate::report::Out;
use clap::{Parser, Subcommand};
use onrecord_answer::Days;
use onrecord_store::Record;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::process::ExitCode;

/// Who said what, about what, when, told by whom, and how: the record behind news reports.
#[derive(Parser)]
#[command(name = "onrecord", version, about, max_term_width = 100)]
#[command(after_help = "First steps:\n  onrecord demo\n  onrecord read reports/\n  onrecord stories")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Fetch(fetch::Args),
    Watch(watch::Args),
    Feeds(feeds::Args),
    Visits(visits::Args),
    Demo(demo::Args),
    Said(said::Args),
    Stories(stories::Args),
    Story(story::Args),
    Who(who::Args),
    Outlets(outlets::Args),
    Position(position::Args),
    Search(search::Args),
    Show(show::Args),
    Export(export::Args),
    Serve(serve::Args),
    Verify(verify::Args),
    Rebuild(rebuild::Args),
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
        Command::Read(args) => read::run(args),
        Command::Fetch(args) => fetch::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Feeds(args) => feeds::run(args),
        Command::Visits(args) => visits::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Said(args) => said::run(args),
        Command::Stories(args) => stories::run(args),
        Command::Story(args) => story::run(args),
        Command::Who(args) => who::run(args),
        Command::Outlets(args) => outlets::run(args),
        Command::Position(args) => position::run(args),
        Command::Search(args) => search::run(args),
        Command::Show(args) => show::run(args),
        Command::Export(args) => export::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Rebuild(args) => rebuild::run(args),
        Command::Stage(args) => stage::run(args),
    }
}

/// Which reader finds the quotes.
#[derive(clap::Args)]
pub(crate) struct ModelArg {
    /// The reader that finds quotes: `fast` (in the program), `accurate` (slower; its file lies beside the program or
    /// in the repository), or a model's file.
    #[arg(long, global = true, value_name = "MODEL")]
    model: Option<String>,
}

impl ModelArg {
    /// Uses it for everything that follows.
    pub(crate) fn apply(&self) -> anyhow::Result<()> {
        pipeline::use_model(self.model.as_deref().unwrap_or("fast"))
    }
}

/// Which record.
#[derive(clap::Args)]
pub(crate) struct RecordArg {
    /// The record's file.
    #[arg(long, value_name = "FILE", default_value = "onrecord.db")]
    pub(crate) record: PathBuf,
}

impl RecordArg {
    /// Opens the record for reading; says so on standard error if its links are behind its pages.
    pub(crate) fn open(&self) -> anyhow::Result<Record> {
        let record = Record::open(&self.record)?;
        if !record.is_linked()? {
            let path = self.record.display();
            crate::tell(&format!(
                "{path}: some pages are not linked yet: a `read` is under way or was stopped; reading again completes it"
            ));
        }
        Ok(record)
    }
}

/// Which part of a long list.
#[derive(clap::Args)]
pub(crate) struct Page {
    /// Leave out so many at the head.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: usize,
    /// Show so many at most; 50 on a terminal, all in a pipe if not given.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

impl Page {
    /// How many to show: programs get everything unless they ask for less.
    pub(crate) fn limit(&self, out: &Out) -> usize {
        // SQLite counts in 64 bits with a sign.
        let all = i64::MAX as usize;
        self.limit.unwrap_or(if out.is_for_people() { 50 } else { all }).min(all)
    }
}

/// Reads a date on the command line.
pub(crate) fn days(typed: &str) -> Result<Days, String> {
    Days::parse(typed).ok_or_else(|| "a date is YYYY-MM-DD, YYYY-MM or YYYY".to_owned())
}

/// Refuses a run of days that ends before it begins.
pub(crate) fn in_order(since: Option<Days>, until: Option<Days>) -> anyhow::Result<()> {
    match (since, until) {
        (Some(since), Some(until)) if since.first > until.last => {
            anyhow::bail!("--since {} is after --until {}", since.first, until.last)
        }
        _ => Ok(()),
    }
}

/// Reads an address to listen on: numbers, or a name such as `localhost`.
pub(crate) fn address(typed: &str) -> Result<SocketAddr, String> {
    if let Ok(addr) = typed.parse() {
        return Ok(addr);
    }
    let found: Vec<SocketAddr> = typed
        .to_socket_addrs()
        .map_err(|_| "an address and a port, such as 127.0.0.1:8080".to_owned())?
        .collect();
    let addr = found.iter().find(|addr| addr.is_ipv4()).or(found.first());
    addr.copied().ok_or_else(|| "this name has no address".to_owned())
}
