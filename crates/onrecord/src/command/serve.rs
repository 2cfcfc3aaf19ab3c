//! `onrecord serve`: the record as web pages and JSON.

use super::Exit;
use crate::web;
use onrecord_answer::Contrasts;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Shows the record in the browser, and answers in JSON; stops with Ctrl-C
///
/// Listens on this machine only, unless another address is given. Works while `read` runs.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord serve --record talks.db --addr 127.0.0.1:8080")]
pub(crate) struct Args {
    /// The record's file.
    #[arg(long, value_name = "FILE", default_value = "onrecord.db")]
    record: PathBuf,
    /// Where to listen: an address and a port; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = super::address)]
    addr: SocketAddr,
    /// Words for the same thing, as in `onrecord story --words`: lines of a name and two or more words, parted by tabs.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
}

/// Serves until it is stopped.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    serve(&args.record, args.addr, super::story::words(args.words.as_deref())?)
}

/// Serves `record` on `addr`, telling the address on standard output in one line.
pub(crate) fn serve(record: &std::path::Path, addr: SocketAddr, words: Contrasts) -> anyhow::Result<Exit> {
    web::serve(record, addr, words, announce)?;
    Ok(Exit::Done)
}

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "the binary is the one that prints")]
fn announce(addr: SocketAddr) {
    use std::io::Write as _;
    if !web::is_loopback(addr.ip()) {
        eprintln!(
            "onrecord: warning: {addr} can be reached from other machines, and everybody there can read the record"
        );
    }
    // A reader who went away is no reason to stop.
    let _ = writeln!(std::io::stdout(), "serving on http://{addr}/ (Ctrl-C stops)");
    let _ = std::io::stdout().flush();
}
