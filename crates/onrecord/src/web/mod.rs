//! How does the record look in a browser? Pages made on the server, each with the same thing as JSON.
//!
//! `serve` opens the door; `routes` says which address shows what; a page is an answer's view in a template
//! (`templates/`). Nothing is kept between requests: each one opens the record anew and holds it, so that a
//! page shows the last commit and nothing half of the next, also while `read` runs. `guard` keeps other sites and other methods out.

mod dress;
mod fail;
mod guard;
mod pages;
mod query;
mod routes;
mod timeline;

use anyhow::Context as _;
use onrecord_answer::Contrasts;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests in flight may take once a stop was asked for.
const LAST_ORDERS: Duration = Duration::from_secs(3);

/// What every handler knows.
pub(crate) struct Site {
    /// The record's file.
    record: PathBuf,
    /// Whether only this machine can ask: then the `Host` must be this machine's name too.
    local_only: bool,
    /// Words for the same things.
    words: Contrasts,
}

/// Serves the record at `record` on `addr` until Ctrl-C or a polite kill; tells the address with `announce` once it
/// listens. A port of 0 takes any free one.
pub(crate) fn serve(
    record: &Path,
    addr: SocketAddr,
    words: Contrasts,
    announce: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    // A record that cannot be opened is told before the port is taken.
    onrecord_store::Record::open(record)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server's threads")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(addr).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                anyhow::anyhow!("{addr} is in use by another program (choose another with --addr, port 0 takes a free one)")
            }
            _ => anyhow::Error::new(error).context(format!("cannot listen on {addr}")),
        })?;
        let addr = listener.local_addr().context("cannot tell the address")?;
        announce(addr);
        let site = Site { record: record.to_owned(), local_only: is_loopback(addr.ip()), words };
        let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = axum::serve(listener, routes::router(site)).with_graceful_shutdown(async {
            stop_asked().await;
            let _ = stopping.send(());
        });
        tokio::select! {
            served = server => served.context("the server stopped"),
            // Browsers hold connections open for minutes: answers in flight are finished, idle ones are let go.
            () = async { let _ = stopped.await; tokio::time::sleep(LAST_ORDERS).await } => Ok(()),
        }
    })?;
    runtime.shutdown_timeout(LAST_ORDERS);
    Ok(())
}

/// Whether only this machine can reach the address.
pub(crate) fn is_loopback(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

/// Waits for Ctrl-C, or on Unix for SIGTERM. Without a way to notice them, waits for ever.
async fn stop_asked() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => (), () = terminate => () }
}
