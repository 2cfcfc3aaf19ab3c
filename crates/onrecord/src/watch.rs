//! How far is it? Progress on standard error, on a terminal only; skipped inputs always.

use crate::pipeline::Watch;
use crate::tell;
use onrecord_fetch::Skipped;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(120);

/// Shows progress in one line on standard error.
pub(crate) struct Terminal {
    what: &'static str,
    n_done: usize,
    /// Bytes of the inputs that are done, of so many, if that is known.
    bytes: (u64, u64),
    began: Instant,
    shown: Option<Instant>,
    terminal: bool,
}

impl Terminal {
    /// Nothing done yet.
    pub(crate) fn new(what: &'static str) -> Terminal {
        Terminal::of(what, 0)
    }

    /// Nothing done yet, of so many bytes.
    pub(crate) fn of(what: &'static str, n_bytes: u64) -> Terminal {
        let terminal = io::stderr().is_terminal();
        Terminal { what, n_done: 0, bytes: (0, n_bytes), began: Instant::now(), shown: None, terminal }
    }

    /// Takes the line away.
    pub(crate) fn finish(&mut self) {
        if self.shown.take().is_some() {
            self.write("");
        }
    }

    fn show(&mut self, line: &str) {
        if self.terminal && self.shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
            self.write(line);
            self.shown = Some(Instant::now());
        }
    }

    /// Writes over the line. A standard error that went away is no reason to stop.
    fn write(&self, line: &str) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
            let _ = io::stderr().flush();
        }
    }
}

impl Watch for Terminal {
    fn done(&mut self, n_inputs: usize) {
        self.n_done += n_inputs;
        let rate = self.n_done as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        let share = match self.bytes {
            (_, 0) => String::new(),
            (done, all) => {
                format!(
                    ", {}% of {:.1} MB",
                    done.saturating_mul(100).div_euclid(all).min(100),
                    all as f64 / 1e6
                )
            }
        };
        self.show(&format!("{} {} pages, {rate:.0} a second{share}", self.what, self.n_done));
    }

    fn bytes(&mut self, n: u64) {
        self.bytes.0 += n;
    }

    fn known(&mut self, origin: &str, n_pages: usize) {
        self.finish();
        tell(&format!("{origin}: goes on after the {n_pages} pages that were read before"));
    }

    fn skipped(&mut self, skipped: &Skipped) {
        self.finish();
        tell(&format!("{}: {}", skipped.origin, skipped.why));
    }

    fn step(&mut self, name: &str) {
        self.shown = None;
        self.show(&format!("{} {} pages, {name} …", self.what, self.n_done));
    }
}
