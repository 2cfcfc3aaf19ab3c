//! Here are bytes that list articles: which, where, and what does the list itself say of them?
//!
//! RSS of every number, RDF, Atom, JSON Feed, sitemaps, their indexes and the news ones, OPML. [`parse`] reads any of
//! them into one [`Listing`]; `syndication`, `sitemap`, `opml` and `json` know the formats, `xml` and `dates` their
//! dirt, `text` tells whether an entry brings its article with it, `pages` makes pages of those that do.

mod dates;
mod json;
mod opml;
pub(crate) mod pages;
mod sitemap;
mod syndication;
mod text;
mod xml;

pub use opml::write as write_opml;
pub(crate) use xml::unescape;

use onrecord_terms::Moment;

/// The most entries that are read of one list; the sitemap protocol's own limit.
const MAX_ENTRIES: usize = 50_000;

/// A list of articles, or of other lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The format.
    pub form: Form,
    /// What it is called.
    pub title: Option<String>,
    /// The site that it belongs to.
    pub home: Option<String>,
    /// The language that it declares.
    pub language: Option<String>,
    /// How many seconds it asks to be left alone for (`ttl`, `sy:updatePeriod`).
    pub every_s: Option<u64>,
    /// Its articles, in its order.
    pub entries: Vec<Entry>,
    /// The lists that it names: sitemaps of an index, feeds of an OPML file.
    pub lists: Vec<Listed>,
    /// What was odd about it, in one line each.
    pub odd: Vec<String>,
}

/// The format of a [`Listing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RSS 0.9x and 2.0.
    Rss,
    /// RSS 0.90 and 1.0, which are RDF.
    Rdf,
    /// Atom.
    Atom,
    /// JSON Feed.
    JsonFeed,
    /// A sitemap of pages.
    Sitemap,
    /// A sitemap of sitemaps.
    SitemapIndex,
    /// Outlines of feeds, as readers exchange them.
    Opml,
}

impl Form {
    /// The format's name, for people and programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Rss => "RSS",
            Form::Rdf => "RDF",
            Form::Atom => "Atom",
            Form::JsonFeed => "JSON Feed",
            Form::Sitemap => "sitemap",
            Form::SitemapIndex => "sitemap index",
            Form::Opml => "OPML",
        }
    }
}

/// One article of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its address, absolute.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet, where the entry names one.
    pub outlet: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its text as HTML, where the list brings it and not just a summary.
    pub text: Option<String>,
}

/// A list that another list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its address.
    pub url: String,
    /// What it is called.
    pub title: Option<String>,
    /// When it last changed.
    pub updated: Option<Moment>,
}

/// Reads a list. `base` is its address, for links that are not absolute; `charset` what came with the bytes.
///
/// ```
/// let rss = br#"<rss><channel><title>Vale Ledger</title>
///   <item><title>A quay opens</title><link>https://vale.example/quay</link></item></channel></rss>"#;
/// let listing = onrecord_fetch::feed::parse(rss, None, None).unwrap();
/// assert_eq!(listing.entries[0].url.as_deref(), Some("https://vale.example/quay"));
/// ```
pub fn parse(bytes: &[u8], base: Option<&str>, charset: Option<&str>) -> Result<Listing, String> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let mut listing = match head.first() {
        Some(b'{') => json::read(head)?,
        Some(_) => from_xml(bytes, charset)?,
        None => return Err("empty".to_owned()),
    };
    let base = base.and_then(|base| url::Url::parse(base).ok());
    for entry in &mut listing.entries {
        entry.url = entry.url.take().and_then(|url| absolute(&url, base.as_ref(), listing.home.as_deref()));
    }
    listing.lists = std::mem::take(&mut listing.lists)
        .into_iter()
        .filter_map(|listed| absolute(&listed.url, base.as_ref(), None).map(|url| Listed { url, ..listed }))
        .collect();
    if listing.entries.len() > MAX_ENTRIES {
        listing.odd.push(format!("{} entries; the first {MAX_ENTRIES} were read", listing.entries.len()));
        listing.entries.truncate(MAX_ENTRIES);
    }
    Ok(listing)
}

fn from_xml(bytes: &[u8], charset: Option<&str>) -> Result<Listing, String> {
    let tree = xml::parse(bytes, charset)?;
    match tree.root.name.as_str() {
        "rss" | "rdf" | "feed" | "channel" => Ok(syndication::read(&tree)),
        "urlset" | "sitemapindex" => Ok(sitemap::read(&tree)),
        "opml" => Ok(opml::read(&tree)),
        "html" => Err("a web page, not a feed".to_owned()),
        other => Err(format!("XML, but neither a feed nor a sitemap nor OPML: its root is <{other}>")),
    }
}

/// Whether bytes open as a list does: for telling a file's form from its content.
pub(crate) fn looks_like_one(head: &[u8]) -> bool {
    let start: Vec<u8> = head.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let start = start.trim_ascii_start();
    if start.first() == Some(&b'{') {
        return find(start, b"\"version\"").is_some() && find(start, b"jsonfeed.org/version").is_some();
    }
    // The first tag that is neither a declaration nor a comment.
    let mut rest = start;
    while let Some(at) = find(rest, b"<") {
        rest = &rest[at + 1..];
        let skipped = match rest {
            [b'?', ..] => find(rest, b"?>"),
            [b'!', b'-', b'-', ..] => find(rest, b"-->"),
            [b'!', ..] => find(rest, b">"),
            _ => {
                let end = rest
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || b"/>".contains(b))
                    .unwrap_or(rest.len());
                let name = rest[..end].rsplit(|b| *b == b':').next().unwrap_or_default();
                return [&b"rss"[..], b"rdf", b"feed", b"urlset", b"sitemapindex", b"opml"].contains(&name);
            }
        };
        match skipped {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    false
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// A link as an absolute address of the web, without its fragment.
fn absolute(link: &str, base: Option<&url::Url>, home: Option<&str>) -> Option<String> {
    let link = link.trim();
    let url = match url::Url::parse(link) {
        Ok(url) => url,
        Err(_) => match base {
            Some(base) => base.join(link).ok()?,
            None => url::Url::parse(home?).ok()?.join(link).ok()?,
        },
    };
    let mut url = (["http", "https"].contains(&url.scheme()) && url.has_host()).then_some(url)?;
    url.set_fragment(None);
    Some(url.into())
}

/// Words without markup around them: titles and names often bring some.
fn plain(words: &str) -> Option<String> {
    let words = match words.contains(['<', '&']) {
        true => text::plain(words),
        false => words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests;
