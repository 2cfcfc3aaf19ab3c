//! What does a JSON Feed say? (jsonfeed.org, versions 1 and 1.1)

use super::{Entry, Form, Listing, dates, plain, text, xml};
use serde_json::{Map, Value};

/// Reads a JSON Feed.
pub(super) fn read(bytes: &[u8]) -> Result<Listing, String> {
    let Value::Object(feed) = crate::json::parse(bytes)? else {
        return Err("expected a JSON object".to_owned());
    };
    if !word(&feed, "version").is_some_and(|version| version.contains("jsonfeed.org/version")) {
        return Err("JSON, but no JSON Feed: `version` names none".to_owned());
    }
    let items = feed.get("items").and_then(Value::as_array).into_iter().flatten();
    Ok(Listing {
        form: Form::JsonFeed,
        title: word(&feed, "title").and_then(plain),
        home: word(&feed, "home_page_url").map(str::to_owned),
        language: word(&feed, "language").map(str::to_owned),
        every_s: None,
        entries: items.filter_map(Value::as_object).map(entry).collect(),
        lists: Vec::new(),
        odd: Vec::new(),
    })
}

fn word<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str).map(str::trim).filter(|word| !word.is_empty())
}

fn entry(item: &Map<String, Value>) -> Entry {
    let author = item.get("author").into_iter();
    let authors = item.get("authors").and_then(Value::as_array).into_iter().flatten().chain(author);
    let date = |key: &str| word(item, key).and_then(dates::moment);
    let html = word(item, "content_html").map(str::to_owned);
    let html = html.or_else(|| word(item, "content_text").map(xml::escape));
    let is_address = |id: &&str| id.starts_with("http://") || id.starts_with("https://");
    Entry {
        url: word(item, "url")
            .or(word(item, "external_url"))
            .or(word(item, "id").filter(is_address))
            .map(str::to_owned),
        title: word(item, "title").and_then(plain),
        published: date("date_published"),
        updated: date("date_modified"),
        authors: authors
            .filter_map(Value::as_object)
            .filter_map(|a| word(a, "name").and_then(plain))
            .collect(),
        outlet: None,
        language: word(item, "language").map(str::to_owned),
        text: html.and_then(|html| text::article(&html)),
    }
}
