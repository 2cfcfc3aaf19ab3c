//! Here is a page: what article is on it?
#![deny(clippy::disallowed_methods)]

use onrecord_terms::{Article, Body, Note, Page};

/// The version of this stage: raised when its output changes, stored with what it makes.
pub const VERSION: u32 = 1;

/// The article on `page`, and what was odd. Never fails: an odd page gives a poor article and a note.
pub fn article(page: &Page) -> (Article, Vec<Note>) {
    (Article::new(page.id.clone(), Body::default()), Vec::new())
}
