//! Here are paths: which pages lie there?
//!
//! `list` finds the inputs behind the paths without opening them and names each; `read` opens one at a time;
//! `archive` reads what holds many pages (WARC, tar, zip, JSON lines, Parquet) as a stream; `feed` reads lists of articles
//! (feeds, sitemaps, OPML); `live` fetches; `json` reads articles and facts from JSON, `sidecar` what lies beside a page,
//! `sniff` tells what bytes are.

mod list;
mod read;

mod archive;
pub mod feed;
pub mod live;

mod json;
mod sidecar;
mod sniff;

use onrecord_terms::{Page, Visit};
use std::collections::BTreeMap;
use std::io::Read;

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
    /// So many parts of an archive that hold no report and are not meant to be read.
    PassedOver {
        /// What they are: "image/png", "request".
        what: String,
        /// How many.
        n: usize,
    },
    /// So many pages of an archive that were handed over by an earlier read.
    Known {
        /// The archive.
        origin: String,
        /// How many.
        n_pages: usize,
        /// Whether that is all of it.
        done: bool,
    },
    /// All pages of an archive up to here are handed over.
    Mark(Mark),
    /// So many more bytes of the inputs are behind us.
    Bytes(u64),
}

impl From<Result<Page, Skipped>> for Event {
    fn from(page: Result<Page, Skipped>) -> Event {
        match page {
            Ok(page) => Event::Page(page),
            Err(skipped) => Event::Skipped(skipped),
        }
    }
}

/// How far an archive was read: kept by the caller, given back to go on from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The archive's absolute path.
    pub place: String,
    /// Tells that it is the same archive: its size, its time of change and a hash of its two ends.
    pub stamp: String,
    /// Where to go on: offsets, in this room's own form.
    pub at: String,
    /// Pages before that point.
    pub n_pages: usize,
    /// Whether that point is the end, with nothing skipped on the way.
    pub done: bool,
}

/// The inputs behind paths, opened one at a time.
pub struct Reading {
    /// The size of all inputs, in bytes, as far as it is known beforehand.
    pub n_bytes: u64,
    events: Box<dyn Iterator<Item = Event> + Send>,
}

impl Iterator for Reading {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        self.events.next()
    }
}

/// What lies at `paths` (files, folders, globs, archives, JSON lines, `-` for standard input), in a fixed order.
///
/// Folders are walked in the order of their names, hidden files and sidecars left out. Only the list of paths and one
/// page are held in memory. Archives that `marks` tells about, by place, are read from there on.
pub fn read(paths: &[String], marks: BTreeMap<String, Mark>) -> Reading {
    let inputs = list::inputs(paths);
    let n_bytes = inputs.iter().filter_map(|input| input.as_ref().ok()).map(list::Input::n_bytes).sum();
    let events = inputs.into_iter().flat_map(move |input| match input {
        Ok(input) => read::events(input, &marks),
        Err(skipped) => Box::new(std::iter::once(Event::Skipped(skipped))),
    });
    Reading { n_bytes, events: Box::new(events) }
}

/// What lies in an archive whose bytes are read once, called `name` (its ending matters where its bytes have no
/// signature).
pub fn archive(reader: Box<dyn Read + Send>, name: &str) -> Reading {
    Reading { n_bytes: 0, events: archive::stream(reader, name) }
}

/// The pages at `paths`, and what could not be read: [`read()`] without the rest.
pub fn pages(paths: &[String]) -> Box<dyn Iterator<Item = Result<Page, Skipped>> + Send> {
    Box::new(read(paths, BTreeMap::new()).filter_map(|event| match event {
        Event::Page(page) => Some(Ok(page)),
        Event::Skipped(skipped) => Some(Err(skipped)),
        Event::Visit(_)
        | Event::PassedOver { .. }
        | Event::Known { .. }
        | Event::Mark(_)
        | Event::Bytes(_) => None,
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

/// What lies at paths with addresses among them: of pages, feeds, sitemaps. Files come first, from their marks on.
pub fn read_and_fetch(paths: &[String], marks: BTreeMap<String, Mark>, fetching: Fetching) -> Reading {
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
    let Reading { n_bytes, events } = read(&files, marks);
    let log = live::Log::default();
    let walk = live::Walk::new(live, addresses, max_articles, log.clone());
    Reading { n_bytes, events: Box::new(events.filter(is_told).chain(fetched(walk, log))) }
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
