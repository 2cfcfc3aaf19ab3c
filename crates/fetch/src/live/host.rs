//! What is known about one host: when it may be asked again, what its robots.txt and its TDM file say.
//!
//! A host is asked for one thing at a time, and both files are looked at again after a day.

use super::robots::Rules;
use super::tdm;
use onrecord_terms::Outcome;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long a robots.txt is believed: RFC 9309, 2.4 asks for no more than a day.
const BELIEVED_MS: u64 = 24 * 3600 * 1000;

/// How long a site whose robots.txt could not be had is left alone before it is asked for again.
const UNREACHABLE_MS: u64 = 3600 * 1000;

/// One host.
#[derive(Default)]
pub(crate) struct Host {
    /// Before this moment it is not asked.
    pub(crate) not_before_ms: u64,
    /// Its files, and until when they are believed.
    files: Option<(Arc<Files>, u64)>,
}

/// What a host's files say.
pub(crate) struct Files {
    /// Its robots.txt.
    pub(crate) robots: Robots,
    /// Its TDM file.
    pub(crate) tdm: Vec<tdm::Rule>,
}

/// What became of a robots.txt.
pub(crate) enum Robots {
    /// It was read.
    Rules(Rules),
    /// There is none: everything is allowed. Its status.
    None(u16),
    /// It could not be had: everything is forbidden. What came of asking for it, and why.
    Unreachable(Outcome, String),
}

impl Host {
    /// The files, as long as they are believed.
    pub(crate) fn files(&self, now_ms: u64) -> Option<Arc<Files>> {
        self.files.as_ref().filter(|(_, until)| now_ms < *until).map(|(files, _)| files.clone())
    }

    /// Keeps the files.
    pub(crate) fn keep(&mut self, files: Files, now_ms: u64) -> Arc<Files> {
        let believed =
            if matches!(files.robots, Robots::Unreachable(..)) { UNREACHABLE_MS } else { BELIEVED_MS };
        let files = Arc::new(files);
        self.files = Some((files.clone(), now_ms + believed));
        files
    }
}

impl Robots {
    /// Whether a path may be fetched, and what to tell about it.
    pub(crate) fn judge(&self, path: &str) -> (bool, String) {
        match self {
            Robots::Rules(rules) => match rules.judge(path) {
                (true, None) => (true, "allowed".to_owned()),
                (true, Some(rule)) => (true, format!("allowed (by {})", short(rule))),
                (false, rule) => (false, format!("disallowed (by {})", short(rule.unwrap_or("/")))),
            },
            Robots::None(status) => (true, format!("allowed (no robots.txt: {status})")),
            // Why, the visit tells.
            Robots::Unreachable(..) => (false, "disallowed (robots.txt cannot be had)".to_owned()),
        }
    }

    /// Seconds between requests that it asks for.
    pub(crate) fn delay_s(&self) -> f64 {
        match self {
            Robots::Rules(rules) => rules.delay_s.unwrap_or(0.0),
            _ => 0.0,
        }
    }
}

fn short(rule: &str) -> String {
    rule.chars().take(100).collect()
}

/// Every host that was asked for anything.
#[derive(Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<Mutex<Host>>>>);

impl Hosts {
    /// The host of this name and port.
    pub(crate) fn of(&self, name: &str) -> Arc<Mutex<Host>> {
        lock(&self.0).entry(name.to_owned()).or_default().clone()
    }
}

/// A lock that is taken even if another thread failed while it had it: what it guards is whole at any moment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
