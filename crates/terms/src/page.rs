//! What came in? A page as it was found, before anything is decided about it.

use crate::Moment;

/// One page as fetched or read: the ground that everything else is derived from. Never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Names the page among its inputs: the file's name without its ending, a JSON line's `id`.
    pub id: String,
    /// Where the bytes came from, for people: a path, `-`, or an archive and a record.
    pub origin: String,
    /// What the bytes are.
    pub media: Media,
    /// The page as it was.
    pub bytes: Vec<u8>,
    /// What a sidecar or a JSON line says about the page.
    pub given: Given,
}

/// What a page's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Media {
    /// An HTML page in any charset.
    Html,
    /// Plain text as found (title, date line, boilerplate and all), UTF-8.
    Text,
    /// The body of an article alone, UTF-8: nothing to be taken off it (a JSON line's `text`).
    Body,
    /// The body of an article alone as HTML, UTF-8, as a feed gives it. Whether it is the whole is not known.
    Fragment,
}

/// Facts about a page that come from beside it: a sidecar `NAME.json`, a JSON line, a feed.
///
/// They win over what the page says of itself; a disagreement is a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The page's address.
    pub url: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was first published.
    pub published: Option<Moment>,
    /// What was given for its date, where it is no date in ISO 8601.
    pub published_raw: Option<String>,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// When it was fetched, as the archive or the server's answer tells. The same bytes at another moment are the
    /// same page.
    pub fetched: Option<Moment>,
    /// The charset that the server named.
    pub charset: Option<String>,
    /// Whether bytes are missing at its end: the archive breaks off in it.
    pub cut: bool,
}
