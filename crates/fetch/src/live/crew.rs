//! Here are many addresses: how are several hosts asked at once, and each for one thing at a time?
//!
//! A few threads take addresses whose host no other is asking. What comes is handed on in order; nobody runs further
//! ahead of the one who reads it than a window.

use super::host::lock;
use super::{Content, Found, Live, host_name, parsed};
use onrecord_terms::{Outcome, Permission, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How many answers may wait to be read: they lie in memory.
const WINDOW: usize = 64;

/// What came of many addresses, one after another.
pub struct Answers {
    live: Live,
    shared: Arc<Shared>,
    incoming: Receiver<(usize, Found)>,
    waiting: BTreeMap<usize, Found>,
    next: usize,
    n: usize,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Addresses that nobody took, by their place in the order, with their hosts.
    open: BTreeMap<usize, (String, String)>,
    busy: BTreeSet<String>,
    n_read: usize,
    over: bool,
}

/// Asks for all of them, beginning at once.
pub(super) fn send(live: &Live, urls: Vec<String>) -> Answers {
    let ordered = by_turns(urls);
    let n = ordered.len();
    let n_hosts = ordered.iter().map(|(host, _)| host).collect::<BTreeSet<_>>().len();
    let open = ordered.into_iter().enumerate().collect();
    let state = State { open, busy: BTreeSet::new(), n_read: 0, over: false };
    let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
    let (outgoing, incoming) = channel();
    for _ in 0..n_hosts.min(live.inner.settings.hosts_at_once.max(1)) {
        let (live, shared, outgoing) = (live.clone(), shared.clone(), outgoing.clone());
        std::thread::spawn(move || work(&live, &shared, &outgoing));
    }
    Answers { live: live.clone(), shared, incoming, waiting: BTreeMap::new(), next: 0, n }
}

/// The addresses with their hosts: the first of each host, then the second of each, and so on.
fn by_turns(urls: Vec<String>) -> Vec<(String, String)> {
    let mut n_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut ordered: Vec<(usize, String, String)> = urls
        .into_iter()
        .map(|url| {
            let host = parsed(&url).map(|url| host_name(&url)).unwrap_or_default();
            let turn = n_of.entry(host.clone()).or_default();
            *turn += 1;
            (*turn, host, url)
        })
        .collect();
    ordered.sort_by_key(|(turn, ..)| *turn);
    ordered.into_iter().map(|(_, host, url)| (host, url)).collect()
}

fn work(live: &Live, shared: &Shared, outgoing: &Sender<(usize, Found)>) {
    while let Some((idx, host, url)) = take(shared) {
        // A bug of ours costs this address, not the run.
        let found = catch_unwind(AssertUnwindSafe(|| live.get(&url))).unwrap_or_else(|_| bug(&url));
        lock(&shared.state).busy.remove(&host);
        shared.changed.notify_all();
        if outgoing.send((idx, found)).is_err() {
            return;
        }
    }
}

/// The next address whose host nobody is asking; waits until there is one, or nothing is left.
fn take(shared: &Shared) -> Option<(usize, String, String)> {
    let mut state = lock(&shared.state);
    loop {
        if state.over || state.open.is_empty() {
            return None;
        }
        let end = state.n_read + WINDOW;
        let free =
            state.open.range(..end).find(|(_, (host, _))| !state.busy.contains(host)).map(|(idx, _)| *idx);
        if let Some((idx, (host, url))) = free.and_then(|idx| state.open.remove_entry(&idx)) {
            state.busy.insert(host.clone());
            return Some((idx, host, url));
        }
        state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

fn bug(url: &str) -> Found {
    let visit = Visit {
        url: url.to_owned(),
        place: url.to_owned(),
        at: super::iso(0),
        outcome: Outcome::Failed,
        status: None,
        why: Some("a bug in onrecord: it failed on this address; please report it".to_owned()),
        permission: Permission::default(),
        etag: None,
        last_modified: None,
    };
    Found { visit, content: Content::Nothing, rest_s: None }
}

impl Iterator for Answers {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.next < self.n {
            if let Some(found) = self.waiting.remove(&self.next) {
                self.next += 1;
                lock(&self.shared.state).n_read = self.next;
                self.shared.changed.notify_all();
                return Some(found);
            }
            if self.live.inner.stop.is_set() {
                break;
            }
            match self.incoming.recv_timeout(Duration::from_millis(100)) {
                Ok((idx, found)) => {
                    self.waiting.insert(idx, found);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        None
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        lock(&self.shared.state).over = true;
        self.shared.changed.notify_all();
    }
}
