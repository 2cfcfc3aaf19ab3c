//! Here is a list: which of its entries are pages already, and which only lead to one?

use super::{Entry, Listing};
use crate::Skipped;
use onrecord_terms::{Given, Media, Page};

impl Listing {
    /// The newest entries in the order of the list, at most `limit`, each with the page that it brings, if it does; and
    /// how many were left out. Undated ones count by their place, as lists have the newest first.
    pub fn newest(&self, limit: usize, origin: &str) -> (Vec<(&Entry, Option<Page>)>, usize) {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        let moment = |idx: &usize| {
            let entry = &self.entries[*idx];
            entry.updated.max(entry.published).map(|moment| moment.unix())
        };
        let n_left = order.len().saturating_sub(limit);
        if n_left > 0 {
            order.sort_by_key(|idx| std::cmp::Reverse(moment(idx)));
            order.truncate(limit);
            order.sort_unstable();
        }
        let with_page = |idx: usize| {
            let entry = &self.entries[idx];
            (entry, page(self, entry, origin, origin, idx + 1))
        };
        (order.into_iter().map(with_page).collect(), n_left)
    }
}

/// The page of an entry that brings its text, named as the `n`th (from 1) of `id`, found in `origin`.
pub(crate) fn page(listing: &Listing, entry: &Entry, origin: &str, id: &str, n: usize) -> Option<Page> {
    let html = entry.text.as_ref()?;
    let given = Given {
        url: entry.url.clone(),
        // A feed's title is often that of a section, but what else is there to go by.
        outlet: entry.outlet.clone().or(listing.title.clone()),
        title: entry.title.clone(),
        published: entry.published.or(entry.updated),
        byline: entry.authors.clone(),
        language: entry.language.clone().or(listing.language.clone()),
        ..Given::default()
    };
    Some(Page {
        id: format!("{id}:{n}"),
        origin: format!("{origin}: entry {n}"),
        media: Media::Fragment,
        bytes: html.clone().into_bytes(),
        given,
    })
}

/// The pages of a list that lies in a file, and in one line each what it leads to and could not be read of it.
pub(crate) fn local(
    bytes: &[u8],
    origin: &str,
    id: &str,
) -> Box<dyn Iterator<Item = Result<Page, Skipped>> + Send> {
    let listing = match super::parse(bytes, None, None) {
        Ok(listing) => listing,
        Err(why) => return Box::new(std::iter::once(Err(Skipped::new(origin, why)))),
    };
    let mut found: Vec<Result<Page, Skipped>> = Vec::new();
    let mut n_links = 0;
    for (idx, entry) in listing.entries.iter().enumerate() {
        match page(&listing, entry, origin, id, idx + 1) {
            Some(page) => found.push(Ok(page)),
            None => n_links += usize::from(entry.url.is_some()),
        }
    }
    found.extend(listing.odd.iter().map(|odd| Err(Skipped::new(origin, odd.clone()))));
    found.extend(left(&listing, n_links).map(|why| Err(Skipped::new(origin, why))));
    Box::new(found.into_iter())
}

/// What a list leads to and does not hold.
fn left(listing: &Listing, n_links: usize) -> Option<String> {
    let form = listing.form.as_str();
    let n_lists = listing.lists.len();
    let (n, what) = if n_lists > 0 { (n_lists, "lists") } else { (n_links, "articles") };
    match n {
        0 if listing.entries.is_empty() => Some(format!("{form} without entries")),
        0 => None,
        1 => Some(format!("{form}: links to one {} {NOT_FETCHED}", what.trim_end_matches('s'))),
        n => Some(format!("{form}: links to {n} {what} {NOT_FETCHED}")),
    }
}

/// How the line about what a file's list leads to ends.
pub(crate) const NOT_FETCHED: &str = "not fetched (--follow fetches what is linked)";

/// What the lists among these files lead to and do not bring themselves.
pub(crate) fn links(paths: &[String]) -> Vec<String> {
    let mut links = Vec::new();
    for path in paths {
        let Ok(file) = std::fs::File::open(path) else { continue };
        let mut bytes = Vec::new();
        let read =
            std::io::Read::read_to_end(&mut std::io::Read::take(file, crate::MAX_BYTES as u64), &mut bytes);
        if read.is_err() || !super::looks_like_one(bytes.trim_ascii_start()) {
            continue;
        }
        let Ok(listing) = super::parse(&bytes, None, None) else { continue };
        links.extend(listing.lists.iter().map(|listed| listed.url.clone()));
        let bare = listing.entries.iter().filter(|entry| entry.text.is_none());
        links.extend(bare.filter_map(|entry| entry.url.clone()));
    }
    links
}
