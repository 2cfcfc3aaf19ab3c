//! Here are paths: which pages lie there?
//!
//! `list` finds the inputs behind the paths without opening them and names each; `read` opens one at a time;
//! `json` reads articles and facts from JSON, `sidecar` what lies beside a page, `sniff` tells what bytes are.

mod list;
mod read;

mod json;
mod sidecar;
mod sniff;

use onrecord_terms::Page;

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
