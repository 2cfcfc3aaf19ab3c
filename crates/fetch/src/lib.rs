//! Here are paths: which pages lie there?
//!
//! `list` finds the inputs behind the paths without opening them and names each; `read` opens one at a time;
//! `feed` reads lists of articles (feeds, sitemaps, OPML); `json` reads articles and facts from JSON, `sidecar` what lies beside a page, `sniff` tells what bytes are.

mod list;
mod read;

pub mod feed;
pub mod live;

mod json;
mod sidecar;
mod sniff;

use onrecord_terms::{Page, Visit};

/// The most bytes one page, one JSON line or one JSON file may have: 64 MB, far above the largest report.
pub const MAX_BYTES: usize = 64_000_000;

/// An input that could not be read, with the reason in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The path, or the path and the line.
    pub origin: String,
    /// Lower case, no full stop: "empty file".
    pub why: String,
}

impl Skipped {
    fn new(origin: impl Into<String>, why: impl Into<String>) -> Skipped {
        Skipped { origin: origin.into(), why: why.into() }
    }
}

/// What reading comes upon, in the order in which it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A page.
    Page(Page),
    /// An input, or a part of one, that could not be read. About a page that follows, it is a warning.
    Skipped(Skipped),
    /// An address was asked for; what came of it. It follows its page.
    Visit(Visit),
}

impl From<Result<Page, Skipped>> for Event {
    fn from(page: Result<Page, Skipped>) -> Event {
        match page {
            Ok(page) => Event::Page(page),
            Err(skipped) => Event::Skipped(skipped),
        }
    }
}

/// The pages at `paths` (files, folders, globs, JSON lines, `-` for standard input), in a fixed order, one at a time.
///
/// Folders are walked in the order of their names, hidden files and sidecars left out. Only the list of paths is
/// held in memory; each page is read when it is asked for.
pub fn pages(paths: &[String]) -> Box<dyn Iterator<Item = Result<Page, Skipped>> + Send> {
    Box::new(list::inputs(paths).into_iter().flat_map(|input| match input {
        Ok(input) => read::pages(input),
        Err(skipped) => Box::new(std::iter::once(Err(skipped))),
    }))
}

/// Fetches what paths lead to on the web.
pub struct Fetching {
    /// Who fetches.
    pub live: live::Live,
    /// Whether the articles are fetched that lists among the files lead to.
    pub follow: bool,
    /// The most articles that are fetched of one list.
    pub max_articles: usize,
}

/// Whether a path is an address of the web.
pub fn is_address(path: &str) -> bool {
    path.starts_with("http://") || path.starts_with("https://")
}

/// What lies at paths with addresses among them: of pages, feeds, sitemaps. Files come first.
pub fn read_and_fetch(paths: &[String], fetching: Fetching) -> Box<dyn Iterator<Item = Event> + Send> {
    let Fetching { live, follow, max_articles } = fetching;
    let (mut addresses, files): (Vec<String>, Vec<String>) =
        paths.iter().cloned().partition(|path| is_address(path));
    if follow {
        addresses.extend(feed::pages::links(&files));
    }
    let is_told = move |event: &Event| match event {
        Event::Skipped(skipped) => !(follow && skipped.why.ends_with(feed::pages::NOT_FETCHED)),
        _ => true,
    };
    let events = pages(&files).map(Event::from);
    let log = live::Log::default();
    let walk = live::Walk::new(live, addresses, max_articles, log.clone());
    Box::new(events.filter(is_told).chain(fetched(walk, log)))
}

/// What a walk comes upon, each visit behind what it brought.
pub fn fetched(mut walk: live::Walk, log: live::Log) -> impl Iterator<Item = Event> + Send {
    let mut ready = std::collections::VecDeque::new();
    std::iter::from_fn(move || {
        if let Some(event) = ready.pop_front() {
            return Some(event);
        }
        let event = walk.next().map(Event::from);
        ready.extend(log.take().into_iter().map(Event::Visit));
        event.or_else(|| ready.pop_front())
    })
}
