//! An answer came: what does it hold, and may that be read?

use super::http::{Failure, TooLong, gunzip, over};
use super::{Arrived, Content, Found, Live, path, tdm};
use crate::feed::{self, Entry, Form, Listing};
use crate::sniff;
use onrecord_terms::{Given, Media, Moment, Outcome, Page, Permission, Visit};

/// What a page or a list may be called by its server. Others are not read: a picture, a recording, a paper.
const TYPES: &[&str] = &[
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "text/x-opml",
    "application/opml+xml",
    "application/json",
    "application/feed+json",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
    "binary/octet-stream",
    "application/x-rss+xml",
    "text/rss+xml",
    "text/rss",
    "text/x-opml+xml",
];

/// Whether an answer came to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    /// It did, or what is wrong with it will not come right.
    Whole,
    /// It broke off in its body.
    BrokenOff,
}

impl Live {
    /// What an answer holds, with the visit told to its end.
    pub(super) fn open(&self, visit: Visit, arrived: Arrived) -> (Found, Whole) {
        let mut whole = Whole::Whole;
        let found = self.found(visit, arrived, &mut whole);
        (found, whole)
    }

    fn found(&self, visit: Visit, arrived: Arrived, whole: &mut Whole) -> Found {
        let Arrived { at, mut answer, permission, files } = arrived;
        let now_ms = self.inner.clock.now_ms();
        let age = answer.header("cache-control").flat_map(|value| value.split(',')).find_map(|word| {
            word.trim()
                .strip_prefix("max-age=")
                .and_then(|seconds| seconds.trim_matches('"').parse::<u64>().ok())
        });
        let rest_s = answer.header("retry-after").next().and_then(|value| seconds(value, now_ms)).or(age);
        let mut visit = Visit { place: at.to_string(), status: Some(answer.status), permission, ..visit };
        let word = |name| answer.header(name).next().filter(|value| value.len() <= 1000).map(str::to_owned);
        (visit.etag, visit.last_modified) = (word("etag"), word("last-modified"));
        let nothing = |visit: Visit, outcome, why: String| Found {
            visit: Visit { outcome, why: Some(why), ..visit },
            content: Content::Nothing,
            rest_s,
        };
        let status = answer.status;
        match status {
            200 | 203 => {}
            304 => {
                let visit = Visit { outcome: Outcome::Unchanged, ..visit };
                return Found { visit, content: Content::Nothing, rest_s };
            }
            404 | 410 => {
                return nothing(visit, Outcome::Gone, format!("not there (the site answers {status})"));
            }
            401 | 402 | 403 | 405 | 451 => {
                return nothing(
                    visit,
                    Outcome::Refused,
                    format!("the site does not give it out (it answers {status})"),
                );
            }
            _ => return nothing(visit, Outcome::Failed, format!("the site answers {status}")),
        }
        let header = word("content-type").unwrap_or_default();
        let (essence, charset) = media_type(&header);
        if !essence.is_empty() && !TYPES.contains(&essence.as_str()) {
            let why = format!("{essence}: neither a web page nor a feed");
            return nothing(visit, Outcome::Refused, why);
        }
        let max = self.inner.settings.max_bytes;
        let body = answer.read(max, TooLong::Refuse).and_then(|bytes| {
            // A sitemap that is itself a compressed file.
            if !bytes.starts_with(b"\x1f\x8b") {
                return Ok(bytes);
            }
            gunzip(&bytes, max).and_then(|plain| match plain.len() > max {
                true => Err(Failure::Refused(over(max))),
                false => Ok(plain),
            })
        });
        let bytes = match body {
            Ok(bytes) => bytes,
            Err(Failure::Refused(why)) => return nothing(visit, Outcome::Refused, why),
            Err(Failure::Lasting(why)) => return nothing(visit, Outcome::Failed, why),
            Err(Failure::Passing(why)) => {
                *whole = Whole::BrokenOff;
                return nothing(visit, Outcome::Failed, why);
            }
        };
        if bytes.trim_ascii().is_empty() {
            return nothing(visit, Outcome::Failed, "an empty answer".to_owned());
        }
        let told = tdm::for_path(&files.tdm, &path(&at));
        let settle = |page: &[u8]| {
            let settled = tdm::settle(told, |name| answer.header(name), page);
            let mut directives = settled.directives.clone();
            if let super::host::Robots::Rules(rules) = &files.robots {
                directives.extend(rules.signals.clone());
            }
            Permission { robots: visit.permission.robots.clone(), directives, ..settled }
        };
        if feed::looks_like_one(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
            || lists_addresses(&bytes)
        {
            let permission = settle(&[]);
            let listing = match lists_addresses(&bytes) {
                true => Ok(addresses(&bytes)),
                false => feed::parse(&bytes, Some(at.as_str()), charset.as_deref()),
            };
            return match listing {
                Ok(listing) => Found {
                    visit: Visit { outcome: Outcome::Listed, permission, ..visit },
                    content: Content::Listing(listing),
                    rest_s,
                },
                Err(why) => nothing(visit, Outcome::Failed, why),
            };
        }
        if sniff::is_binary(&bytes) {
            return nothing(visit, Outcome::Refused, "binary, neither text nor a web page".to_owned());
        }
        let is_html = essence.contains("html") || sniff::by_head(&bytes) == sniff::Form::Html;
        if !is_html && essence != "text/plain" {
            let what = if essence.is_empty() { "no type given" } else { &essence };
            return nothing(visit, Outcome::Refused, format!("{what}: neither a web page nor a feed"));
        }
        let permission = settle(&bytes);
        if permission.reserved && !self.inner.settings.take_reserved {
            let tdm = permission.tdm.clone().unwrap_or_default();
            let visit = Visit { permission, ..visit };
            return nothing(visit, Outcome::Refused, format!("text and data mining is {tdm}"));
        }
        if !is_html && std::str::from_utf8(&bytes).is_err() {
            return nothing(visit, Outcome::Refused, "not UTF-8 text".to_owned());
        }
        let given = Given { fetched: Moment::parse(&visit.at), charset, ..Given::default() };
        let page = Page {
            id: name(&at),
            origin: at.to_string(),
            media: if is_html { Media::Html } else { Media::Text },
            bytes,
            given,
        };
        Found {
            visit: Visit { outcome: Outcome::Read, permission, ..visit },
            content: Content::Page(page),
            rest_s,
        }
    }
}

/// What a page is called: the last word of its address, else its host.
fn name(at: &url::Url) -> String {
    let segment = at.path_segments().and_then(|segments| segments.rev().find(|segment| !segment.is_empty()));
    let segment = segment.map(|segment| segment.rsplit_once('.').map_or(segment, |(stem, _)| stem));
    segment.filter(|name| !name.is_empty()).or(at.host_str()).unwrap_or("page").to_owned()
}

/// Type and charset of a `Content-Type`, in lower case.
fn media_type(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
    });
    (essence, charset.filter(|charset| !charset.is_empty() && charset.len() <= 40))
}

/// Seconds that a `Retry-After` asks for: a number, or a date.
pub(super) fn seconds(value: &str, now_ms: u64) -> Option<u64> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(seconds);
    }
    let at = httpdate::parse_http_date(value.trim()).ok()?;
    let at = at.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(at.saturating_sub(now_ms / 1000))
}

/// Whether every line is an address: a sitemap as plain text.
fn lists_addresses(bytes: &[u8]) -> bool {
    let is_address = |line: &[u8]| line.starts_with(b"http://") || line.starts_with(b"https://");
    is_address(bytes)
        && bytes
            .split(|b| *b == b'\n')
            .map(<[u8]>::trim_ascii)
            .all(|line| line.is_empty() || is_address(line) && !line.contains(&b' '))
}

fn addresses(bytes: &[u8]) -> Listing {
    let text = String::from_utf8_lossy(bytes);
    let entries = text.lines().filter_map(|line| {
        let url = super::web_address(line).ok()?;
        Some(Entry { url: Some(url), ..Entry::default() })
    });
    Listing {
        form: Form::Sitemap,
        title: None,
        home: None,
        language: None,
        every_s: None,
        entries: entries.take(50_000).collect(),
        lists: Vec::new(),
        odd: Vec::new(),
    }
}
