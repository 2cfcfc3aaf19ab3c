//! Here is a page: what article is on it?
//!
//! Three roads by what the page's bytes are: `plain` text with the dirt of its page, HTML, and text that is the
//! body alone. All meet in `facts`, where what the page says of itself meets what was given with it.
#![deny(clippy::disallowed_methods)]

mod html;
mod plain;

mod credit;
mod dates;
mod facts;
mod furniture;
mod language;
mod needed;
mod passage;
mod table;

#[cfg(feature = "train")]
pub use html::training;

use facts::Facts;
use onrecord_terms::{Article, Body, Media, Note, Page};

/// The version of this stage: raised when its output changes, stored with what it makes.
pub const VERSION: u32 = 3;

/// The article on `page`, and what was odd. Never fails: an odd page gives a poor article and a note.
pub fn article(page: &Page) -> (Article, Vec<Note>) {
    let (body, facts) = match page.media {
        Media::Html => html::read(page),
        Media::Text => {
            let mut facts = Facts::default();
            let text = utf8(&page.bytes, &mut facts);
            let (body, found) = plain::read(&text, page.given.title.as_deref());
            facts.notes.extend(found.notes.clone());
            (body, Facts { notes: facts.notes, ..found })
        }
        Media::Body => {
            let mut facts = Facts::default();
            let text = utf8(&page.bytes, &mut facts).into_owned();
            (Body::new(text, Vec::new(), Vec::new()).unwrap_or_default(), facts)
        }
        Media::Fragment => return fragment(page),
    };
    facts::article(page, body, facts)
}

/// The article of a feed's entry. Feeds cut texts without a sign, so it never counts as complete.
fn fragment(page: &Page) -> (Article, Vec<Note>) {
    const ROOF: [&[u8]; 2] =
        [b"<html><head><meta charset=utf-8></head><body><article>", b"</article></body></html>"];
    let (body, mut facts) = html::read_fragment(&[ROOF[0], &page.bytes, ROOF[1]].concat());
    facts.note("feed-text", "The text is the one in the feed; whether the report has more is not known.");
    let (mut article, notes) = facts::article(page, body, facts);
    article.complete = false;
    (article, notes)
}

/// The bytes as text; what is not UTF-8 is marked in the text and noted.
fn utf8<'a>(bytes: &'a [u8], facts: &mut Facts) -> std::borrow::Cow<'a, str> {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        facts.note("not-utf8", "Bytes that are not UTF-8 were replaced.");
    }
    text
}
