//! One round of watching: feeds that are due are looked at, their new articles and those to be read again are fetched,
//! and what is due next is written down.
//!
//! The plan is written when the round is over. A round that was stopped or killed leaves the feeds as they were, so that
//! what it did not reach is found again; what it reached is in the record and known.

use crate::pipeline::{self, Summary, Watch};
use crate::schedule::{self, Look};
use onrecord_fetch::feed::Listing;
use onrecord_fetch::live::{Content, Found, Live, Log, Stop, Walk, web_address};
use onrecord_fetch::{Event, fetched};
use onrecord_store::{Record, Watched, WatchedKind};
use onrecord_terms::{Outcome, Page, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The most addresses of one round; what is due beyond them is due in the next.
const MAX_DUE: usize = 2_000;

/// The most lists that one list may bring to be watched.
const MAX_LISTS: usize = 500;

/// How watching is done.
pub(crate) struct Plan {
    /// Who fetches.
    pub(crate) live: Live,
    /// Tells when to stop.
    pub(crate) stop: Stop,
    /// The shortest pause between two looks at a feed, in seconds.
    pub(crate) shortest: i64,
    /// The most articles of one feed in one round.
    pub(crate) max_articles: usize,
}

/// What a round did.
pub(crate) struct Round {
    /// Feeds that were looked at.
    pub(crate) n_feeds: usize,
    /// Articles that were not known before.
    pub(crate) n_new: usize,
    /// What came of the pages.
    pub(crate) summary: Summary,
}

/// What a look at the feeds found.
#[derive(Default)]
struct Looked {
    feeds: Vec<Watched>,
    visits: Vec<Visit>,
    /// New articles with the feed that named them, in order.
    fresh: Vec<(String, String)>,
    texts: BTreeMap<String, Page>,
    known: BTreeSet<String>,
    odd: Vec<Event>,
}

/// Does what is due at `now`, in seconds since 1970; nothing if nothing is.
pub(crate) fn round(
    record: &mut Record,
    plan: &Plan,
    now: i64,
    watch: &mut dyn Watch,
) -> anyhow::Result<Option<Round>> {
    let due = record.due(now, MAX_DUE)?;
    if due.is_empty() {
        return Ok(None);
    }
    let (feeds, articles): (Vec<Watched>, Vec<Watched>) =
        due.into_iter().partition(|one| one.kind == WatchedKind::Feed);
    let mut looked = Looked::default();
    let by_url: BTreeMap<String, Watched> = feeds.into_iter().map(|feed| (feed.url.clone(), feed)).collect();
    for found in plan.live.get_all(by_url.keys().cloned().collect()) {
        if let Some(feed) = by_url.get(&found.visit.url) {
            look(record, plan, now, feed, found, &mut looked)?;
        }
    }
    record.add_visits(&looked.visits)?;

    let urls = looked.fresh.iter().map(|(url, _)| url.clone()).chain(articles.iter().map(|a| a.url.clone()));
    let log = Log::default();
    let walk = Walk::new(plan.live.clone(), urls.collect(), 0, log.clone()).with_texts(looked.texts);
    let seen: Arc<Mutex<Vec<Visit>>> = Arc::default();
    let kept = seen.clone();
    let events = looked.odd.into_iter().chain(fetched(walk, log)).inspect(move |event| {
        if let Event::Visit(visit) = event {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(visit.clone());
        }
    });
    let summary = pipeline::read(record, events, pipeline::place, watch)?;

    let visits = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    let named: BTreeMap<&str, &str> =
        looked.fresh.iter().map(|(url, feed)| (url.as_str(), feed.as_str())).collect();
    let mut held: BTreeMap<String, Watched> =
        articles.into_iter().map(|article| (article.url.clone(), article)).collect();
    let mut next: Vec<Watched> = visits
        .iter()
        .map(|visit| {
            let article = held.remove(&visit.url).unwrap_or_else(|| new_article(visit, &named, now));
            after_visit(article, visit, now)
        })
        .collect();
    let n_feeds = looked.feeds.len();
    if !plan.stop.is_set() {
        next.extend(looked.feeds);
        // What was not come to for a reason that nobody thought of must not be due for ever.
        next.extend(held.into_values().map(|article| Watched {
            n_failures: article.n_failures + 1,
            due: schedule::try_again(article.n_failures + 1, now),
            ..article
        }));
    }
    record.watch(&next)?;
    Ok(Some(Round { n_feeds, n_new: named.len(), summary }))
}

/// What came of a look at one feed.
fn look(
    record: &Record,
    plan: &Plan,
    now: i64,
    feed: &Watched,
    found: Found,
    looked: &mut Looked,
) -> anyhow::Result<()> {
    let Found { visit, content, rest_s } = found;
    let mut next = Watched { n_reads: feed.n_reads + 1, first: feed.first.or(Some(now)), ..feed.clone() };
    let (mut asked, mut seen) = (rest_s, Look::New(0));
    match (&content, visit.outcome) {
        (Content::Listing(listing), _) => {
            next.title = listing.title.clone().or(next.title);
            (next.etag, next.last_modified) = (visit.etag.clone(), visit.last_modified.clone());
            (asked, next.n_failures) = (asked.max(listing.every_s), 0);
            let n_before = looked.fresh.len();
            gather(record, plan, feed, listing, looked)?;
            seen = Look::New(looked.fresh.len() - n_before);
        }
        (_, Outcome::Unchanged) => next.n_failures = 0,
        _ => {
            next.n_failures += 1;
            seen = Look::Failed(next.n_failures);
            let why = match &content {
                Content::Page(_) => "a web page, not a feed".to_owned(),
                _ => visit.why.clone().unwrap_or_default(),
            };
            looked.odd.push(Event::Skipped(onrecord_fetch::Skipped { origin: feed.url.clone(), why }));
        }
    }
    let pause = schedule::pause(feed.every, seen, asked, plan.shortest);
    next.due = Some(now + pause);
    // A feed that comes back after failures is looked at as often as before.
    next.every = if matches!(seen, Look::Failed(_)) { feed.every } else { Some(pause) };
    looked.feeds.push(next);
    looked.visits.push(visit);
    Ok(())
}

/// The articles of a feed that are not known, and the lists that it names.
fn gather(
    record: &Record,
    plan: &Plan,
    feed: &Watched,
    listing: &Listing,
    looked: &mut Looked,
) -> anyhow::Result<()> {
    let (newest, n_left) = listing.newest(plan.max_articles, &feed.url);
    if n_left > 0 {
        let why = format!("{n_left} articles beyond the newest {} were not fetched", plan.max_articles);
        looked.odd.push(Event::Skipped(onrecord_fetch::Skipped { origin: feed.url.clone(), why }));
    }
    for (entry, text) in newest {
        let Some(url) = entry.url.as_deref().and_then(|url| web_address(url).ok()) else {
            continue;
        };
        if record.watched_at(&url)?.is_none() && looked.known.insert(url.clone()) {
            looked.texts.extend(text.map(|page| (url.clone(), page)));
            looked.fresh.push((url, feed.url.clone()));
        }
    }
    for listed in listing.lists.iter().take(MAX_LISTS) {
        if let Ok(url) = web_address(&listed.url)
            && record.watched_at(&url)?.is_none()
            && looked.known.insert(url.clone())
        {
            looked.feeds.push(crate::command::new_feed(url, listed.title.clone()));
        }
    }
    for odd in &listing.odd {
        looked
            .odd
            .push(Event::Skipped(onrecord_fetch::Skipped { origin: feed.url.clone(), why: odd.clone() }));
    }
    Ok(())
}

fn new_article(visit: &Visit, named: &BTreeMap<&str, &str>, now: i64) -> Watched {
    Watched {
        url: visit.url.clone(),
        kind: WatchedKind::Article,
        title: None,
        feed: named.get(visit.url.as_str()).map(|feed| (*feed).to_owned()),
        due: None,
        every: None,
        first: Some(now),
        n_reads: 0,
        n_failures: 0,
        etag: None,
        last_modified: None,
    }
}

/// When an article is read again after a visit.
fn after_visit(article: Watched, visit: &Visit, now: i64) -> Watched {
    let first = article.first.unwrap_or(now);
    let (n_failures, due) = match visit.outcome {
        Outcome::Read | Outcome::Unchanged => (0, schedule::read_again(first, now)),
        Outcome::Failed => (article.n_failures + 1, schedule::try_again(article.n_failures + 1, now)),
        // What is gone or refused is not asked for again; the visit tells why.
        Outcome::Gone | Outcome::Refused | Outcome::Listed => (article.n_failures, None),
    };
    Watched { due, n_failures, first: Some(first), n_reads: article.n_reads + 1, ..article }
}

#[cfg(test)]
mod tests;
