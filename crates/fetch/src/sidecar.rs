//! What lies beside a page: which file describes it, and what does it say?
//!
//! A sidecar of `NAME.txt` or `NAME.html` is `NAME.json`, an object of facts in the keys of a JSON line.

use crate::sniff::{self, Form};
use crate::{Skipped, json, list};
use onrecord_terms::Given;
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of pages that may have a sidecar, the one looked for first in front.
const PAGES: &[&str] = &["txt", "html", "htm", "xhtml", "text"];

/// The most bytes that a sidecar may have; it holds a handful of facts.
const MAX_SIDECAR_BYTES: u64 = 1_000_000;

/// The page that `path` would be the sidecar of, if there is one beside it.
pub(crate) fn page_of(path: &Path) -> Option<PathBuf> {
    if sniff::by_ending(path) != Some(Form::Json) {
        return None;
    }
    PAGES.iter().map(|ending| path.with_extension(ending)).find(|page| page.is_file())
}

/// What the sidecar of the page at `path` says; reasons for what in it could not be read.
pub(crate) fn given(path: &Path) -> (Given, Vec<Skipped>) {
    if !matches!(sniff::by_ending(path), Some(Form::Html | Form::Text)) {
        return (Given::default(), Vec::new());
    }
    let sidecar = path.with_extension("json");
    let origin = sidecar.to_string_lossy();
    let skip = |why: String| (Given::default(), vec![Skipped::new(origin.clone(), why)]);
    match fs::metadata(&sidecar) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Given::default(), Vec::new()),
        Err(error) => return skip(list::reason(&error)),
        Ok(meta) if !meta.is_file() => return (Given::default(), Vec::new()),
        Ok(meta) if meta.len() > MAX_SIDECAR_BYTES => {
            return skip("over 1 MB, too long for a sidecar".to_owned());
        }
        Ok(_) => {}
    }
    match fs::read(&sidecar).map_err(|e| list::reason(&e)).and_then(|bytes| json::parse(&bytes)) {
        Ok(serde_json::Value::Object(facts)) => {
            let (given, odd) = json::given(&facts);
            (given, odd.into_iter().map(|why| Skipped::new(origin.clone(), why)).collect())
        }
        Ok(_) => skip("expected an object of facts about the page".to_owned()),
        Err(why) => skip(why),
    }
}
