//! One record of a WARC file: is it a page, and what is known about it?

use super::Item;
use super::at::At;
use super::http::{self, Response};
use super::warc::Record;
use crate::{MAX_BYTES, Skipped, json, sniff};
use onrecord_terms::{Given, Media, Moment, Page};

/// What a record holds.
pub(crate) enum Made {
    /// Pages, each with what was odd about it in front.
    Pages(Vec<Item>),
    /// No report.
    Passed(String),
}

/// Names of files that sites keep for machines; served as text, and no reports.
const FOR_MACHINES: &[&str] =
    &["/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/humans.txt", "/llms.txt"];

/// Whether a record's block may hold a page, as its header tells.
pub(crate) fn is_wanted(record: &Record) -> bool {
    header_says(record).is_none()
}

/// Why a record holds no page, as far as its header tells.
fn header_says(record: &Record) -> Option<String> {
    let kind = record.header("warc-type").unwrap_or("record without a type");
    let uri = record.header("warc-target-uri").unwrap_or_default().to_ascii_lowercase();
    if !matches!(kind, "response" | "resource" | "conversion") {
        return Some(kind.chars().take(40).collect());
    }
    // Crawlers keep logs, screenshots and texts of their own under addresses such as `metadata:` and `urn:`.
    if let Some((scheme, _)) = uri.split_once(':')
        && !matches!(scheme, "http" | "https" | "ftp" | "file")
    {
        return Some(format!("{} record", scheme.chars().take(20).collect::<String>()));
    }
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    if let Some(name) = FOR_MACHINES.iter().find(|name| path.ends_with(**name)) {
        return Some(name.trim_start_matches('/').to_owned());
    }
    let media = media_type(record.header("content-type"));
    if kind != "response" && form(&media).is_none() && !media.is_empty() {
        return Some(media);
    }
    None
}

/// What a record whose block was read holds; `file_id` and `place` name it where it has no id of its own.
pub(crate) fn made(record: Record, origin: &str, file_id: &str, place: &dyn Fn(&At) -> String) -> Made {
    if let Some(what) = header_says(&record) {
        return Made::Passed(what);
    }
    let (origin, id) = match record.header("warc-record-id") {
        Some(id) => (format!("{origin}: record {id}"), id.to_owned()),
        None => {
            let at = place(&record.at);
            (format!("{origin}: byte {at}"), format!("{file_id}:{at}"))
        }
    };
    let url = record
        .header("warc-target-uri")
        .filter(|uri| uri.starts_with("http://") || uri.starts_with("https://"));
    let mut given = Given {
        url: url.map(str::to_owned),
        fetched: record.header("warc-date").and_then(Moment::parse),
        ..Given::default()
    };
    let truncated = record.header("warc-truncated").map(|why| format!("cut when it was fetched: {why}"));
    let own_type = record.header("content-type").map(str::to_owned);
    let Record { block, is_too_long, broken, .. } = record;
    if is_too_long {
        return Made::Pages(vec![Item::Skipped(Skipped::new(origin, "over 64 MB"))]);
    }
    let is_http =
        own_type.as_deref().is_some_and(|media| media.to_ascii_lowercase().contains("application/http"));
    let response = match is_http || block.starts_with(b"HTTP/") {
        true => http::response(block),
        false => Response { body: block, ..Response::default() },
    };
    if let Some(status) = response.status
        && !matches!(status, 200 | 203 | 206)
    {
        return Made::Passed(format!("HTTP status {status}"));
    }
    let told = response.header("content-type").map(str::to_owned).or(own_type.filter(|_| !is_http));
    given.charset = told.as_deref().and_then(charset);
    let partial = (response.status == Some(206)).then(|| "the server sent a part of it".to_owned());
    // A break of the file is told of the file; what the server or the crawler cut, of the page.
    let odd = response.broken.or(truncated).or(partial).filter(|_| broken.is_none());
    given.cut = odd.is_some() || broken.is_some();
    pages(response.body, &media_type(told.as_deref()), given, origin, id, odd)
}

/// The pages of a body of a media type.
fn pages(body: Vec<u8>, media: &str, given: Given, origin: String, id: String, odd: Option<String>) -> Made {
    let passed = |what: &str| Made::Passed(what.to_owned());
    let skip = |why: String| Item::Skipped(Skipped::new(origin.clone(), why));
    if body.len() > MAX_BYTES {
        return Made::Pages(vec![skip("over 64 MB".to_owned())]);
    }
    let form = match form(media) {
        Some(form) => form,
        None if !media.is_empty() && !media.ends_with("octet-stream") => return passed(media),
        None if sniff::looks_like_html(&body) => Form::Html,
        None => return passed("record without a media type"),
    };
    if body.trim_ascii().is_empty() {
        // A page that was to be one and broke off before its first byte.
        return match odd {
            Some(why) => Made::Pages(vec![skip(format!("empty; {why}"))]),
            None => passed("empty body"),
        };
    }
    if sniff::is_binary(&body) {
        return Made::Passed(format!("{media} that is binary"));
    }
    let page =
        |media, bytes| Page { id: id.clone(), origin: origin.clone(), media, bytes, given: given.clone() };
    let items = match form {
        Form::Html => vec![Item::Page(page(Media::Html, body))],
        Form::Text if std::str::from_utf8(&body).is_err() => return passed("text that is not UTF-8"),
        Form::Text => vec![Item::Page(page(Media::Text, body))],
        Form::Json => match from_json(&body, &given, &origin, &id) {
            Some(items) => items,
            None => return passed("JSON without an article"),
        },
    };
    Made::Pages(odd.map(|why| skip(format!("bytes are missing: {why}"))).into_iter().chain(items).collect())
}

/// What a body may be.
#[derive(Clone, Copy)]
enum Form {
    Html,
    Text,
    Json,
}

fn form(media: &str) -> Option<Form> {
    match media {
        "text/html" | "application/xhtml+xml" => Some(Form::Html),
        "text/plain" => Some(Form::Text),
        "application/json" | "application/ld+json" => Some(Form::Json),
        _ => None,
    }
}

/// The article that a JSON document is, or those that it lists, if it holds any.
fn from_json(body: &[u8], given: &Given, origin: &str, id: &str) -> Option<Vec<Item>> {
    let many = match json::parse(body).ok()? {
        serde_json::Value::Array(many) => many,
        one => vec![one],
    };
    let n = many.len();
    let pages = many.into_iter().enumerate().filter_map(|(idx, value)| {
        let (origin, id) = match n {
            1 => (origin.to_owned(), id.to_owned()),
            _ => (format!("{origin}: entry {}", idx + 1), format!("{id}:{}", idx + 1)),
        };
        let (mut page, _) = json::page(value, &origin, &id).ok()?;
        page.given.fetched = given.fetched;
        page.given.cut = given.cut;
        page.given.url = page.given.url.or_else(|| given.url.clone());
        Some(Item::Page(page))
    });
    let pages: Vec<Item> = pages.collect();
    (!pages.is_empty()).then_some(pages)
}

/// A record that has the address and moment of `revisit` and the content of the `first` that it refers to.
pub(crate) fn revisited(revisit: &Record, first: Record) -> Record {
    let own = |name: &String| matches!(name.as_str(), "warc-record-id" | "warc-target-uri" | "warc-date");
    let mut headers: Vec<(String, String)> =
        revisit.headers.iter().filter(|(name, _)| own(name)).cloned().collect();
    headers.extend(first.headers.into_iter().filter(|(name, _)| !own(name)));
    Record {
        headers,
        at: revisit.at.clone(),
        block: first.block,
        is_too_long: first.is_too_long,
        broken: first.broken,
    }
}

/// The media type alone, in lower case.
fn media_type(content_type: Option<&str>) -> String {
    let media = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    media.trim().chars().take(60).collect::<String>().to_ascii_lowercase()
}

/// The charset that a content type names.
fn charset(content_type: &str) -> Option<String> {
    let parameter = content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    Some(parameter.chars().take(40).collect::<String>().to_ascii_lowercase())
        .filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_are_taken_apart() {
        for (value, media, label) in [
            ("text/html; charset=UTF-8", "text/html", Some("utf-8")),
            ("Text/HTML;charset=\"Windows-1252\"; x", "text/html", Some("windows-1252")),
            ("text/plain", "text/plain", None),
            ("", "", None),
            (";charset=", "", None),
        ] {
            assert_eq!(
                (media_type(Some(value)).as_str(), charset(value).as_deref()),
                (media, label),
                "{value}"
            );
        }
    }
}
