//! Here are addresses: which pages lie there, and behind the lists that lie there?
//!
//! Round by round: what is asked for first, then what its lists name. A list may name lists (an index of sitemaps, an
//! OPML file), but none twice and none too deep.

use super::{Content, Found, Live, host::lock, web_address};
use crate::feed::Listing;
use crate::{Skipped, live::Answers};
use onrecord_terms::{Outcome, Page, Visit};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

/// How deep lists of lists are followed: an OPML file of indexes of sitemaps of pages.
const MAX_DEPTH: usize = 3;

/// The most lists that one list of lists may lead to.
const MAX_LISTS: usize = 500;

/// Where visits are written down as they happen, for whoever keeps them.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<Visit>>>);

impl Log {
    /// The visits since the last call.
    pub fn take(&self) -> Vec<Visit> {
        std::mem::take(&mut *lock(&self.0))
    }

    /// Writes one down.
    pub fn push(&self, visit: Visit) {
        lock(&self.0).push(visit);
    }
}

/// The pages behind addresses, one at a time, and a reason for each that cannot be had.
pub struct Walk {
    live: Live,
    log: Log,
    /// The most articles that are fetched of one list.
    limit: usize,
    /// What the next round asks for, with how many lists it lies behind.
    round: Vec<(String, usize)>,
    depths: BTreeMap<String, usize>,
    seen: BTreeSet<String>,
    /// Texts that feeds bring, for articles that cannot be fetched.
    texts: BTreeMap<String, Page>,
    ready: VecDeque<Result<Page, Skipped>>,
    answers: Option<Answers>,
}

impl Walk {
    /// Sets out; nothing is asked for before the first page is.
    pub fn new(live: Live, urls: Vec<String>, limit: usize, log: Log) -> Walk {
        let mut walk = Walk {
            live,
            log,
            limit,
            round: Vec::new(),
            depths: BTreeMap::new(),
            seen: BTreeSet::new(),
            texts: BTreeMap::new(),
            ready: VecDeque::new(),
            answers: None,
        };
        urls.into_iter().for_each(|url| walk.want(url, 0));
        walk
    }

    /// With texts that feeds brought, by the addresses of their articles.
    pub fn with_texts(mut self, texts: BTreeMap<String, Page>) -> Walk {
        self.texts.extend(texts);
        self
    }

    fn want(&mut self, url: String, depth: usize) {
        let url = web_address(&url).unwrap_or(url);
        if self.seen.insert(url.clone()) {
            self.round.push((url, depth));
        }
    }

    fn take(&mut self, found: Found) {
        let Found { visit, content, .. } = found;
        if self.live.inner.stop.is_set() && matches!(content, Content::Nothing) {
            // What was not asked for because the work stops is no visit.
            return;
        }
        self.log.push(visit.clone());
        let depth = self.depths.get(&visit.url).copied().unwrap_or_default();
        match content {
            Content::Page(page) => {
                // Redirects may lead two addresses to one page.
                if self.seen.insert(page.origin.clone()) || page.origin == visit.url {
                    self.ready.push_back(Ok(page));
                }
            }
            Content::Listing(listing) => self.follow(&visit, &listing, depth),
            Content::Nothing if visit.outcome == Outcome::Unchanged => {}
            Content::Nothing => {
                let why = visit.why.clone().unwrap_or_else(|| "nothing came".to_owned());
                // What its publisher reserves is not read by another way.
                let text = self.texts.remove(&visit.url).filter(|_| !visit.permission.reserved);
                match text {
                    Some(page) => {
                        self.ready.push_back(Err(Skipped::new(
                            &page.origin,
                            format!("{}: {why}; the feed's text was read", visit.url),
                        )));
                        self.ready.push_back(Ok(page));
                    }
                    None => self.ready.push_back(Err(Skipped::new(&visit.url, why))),
                }
            }
        }
    }

    fn follow(&mut self, visit: &Visit, listing: &Listing, depth: usize) {
        let origin = &visit.place;
        for odd in &listing.odd {
            self.ready.push_back(Err(Skipped::new(origin, odd.clone())));
        }
        if !listing.lists.is_empty() && depth >= MAX_DEPTH {
            self.ready.push_back(Err(Skipped::new(origin, format!("lists nested deeper than {MAX_DEPTH}"))));
            return;
        }
        if listing.entries.is_empty() && listing.lists.is_empty() {
            self.ready
                .push_back(Err(Skipped::new(origin, format!("{} without entries", listing.form.as_str()))));
        }
        for listed in listing.lists.iter().take(MAX_LISTS) {
            self.want(listed.url.clone(), depth + 1);
        }
        let n_left = listing.lists.len().saturating_sub(MAX_LISTS);
        if n_left > 0 {
            self.ready.push_back(Err(Skipped::new(
                origin,
                format!("{n_left} lists beyond the first {MAX_LISTS} were not fetched"),
            )));
        }
        let (newest, n_left) = listing.newest(self.limit, origin);
        if n_left > 0 {
            let why = format!(
                "{n_left} articles beyond the newest {} were not fetched (--max-articles)",
                self.limit
            );
            self.ready.push_back(Err(Skipped::new(origin, why)));
        }
        for (entry, text) in newest {
            let text = text.filter(|_| !visit.permission.reserved);
            match (&entry.url, text) {
                (Some(url), text) => {
                    let url = web_address(url).unwrap_or_else(|_| url.clone());
                    self.texts.extend(text.map(|page| (url.clone(), page)));
                    self.want(url, depth + 1);
                }
                (None, Some(page)) => self.ready.push_back(Ok(page)),
                (None, None) => {}
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Page, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if let Some(found) = self.answers.as_mut().and_then(Iterator::next) {
                self.take(found);
                continue;
            }
            let round = std::mem::take(&mut self.round);
            if round.is_empty() || self.live.inner.stop.is_set() {
                return None;
            }
            self.depths.extend(round.iter().cloned());
            self.answers = Some(self.live.get_all(round.into_iter().map(|(url, _)| url).collect()));
        }
    }
}
