//! What does a JSON object say: an article with its facts, or facts about a page?

use onrecord_terms::{Given, Media, Moment, Page};
use serde_json::{Map, Value};

/// Reads JSON; a byte order mark in front is passed over.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8 text".to_owned())?;
    serde_json::from_str(text).map_err(|error| format!("broken JSON: {error}"))
}

/// The page that a JSON line or document describes, with what in it could not be read.
///
/// `fallback_id` names it where it has no id of its own.
pub(crate) fn page(value: Value, origin: &str, fallback_id: &str) -> Result<(Page, Vec<String>), String> {
    let Value::Object(mut facts) = value else {
        return Err("expected an object with `text` or `html`".to_owned());
    };
    let (given, odd) = given(&facts);
    let id = match first(&facts, &["id", "doc_id"]) {
        Some(Value::Number(number)) => number.to_string(),
        Some(value) => value.as_str().filter(|id| !id.trim().is_empty()).unwrap_or(fallback_id).to_owned(),
        None => fallback_id.to_owned(),
    };
    let mut words = |key: &str| match facts.remove(key) {
        Some(Value::String(words)) if !words.trim().is_empty() => Some(words),
        _ => None,
    };
    // A line that has both brings the text that its spans point into; the page's HTML is then beside the point.
    let (media, words) = match (words("text"), words("html")) {
        (Some(text), _) => (Media::Body, text),
        (None, Some(html)) => (Media::Html, html),
        (None, None) => return Err("no `text` and no `html` in it".to_owned()),
    };
    Ok((Page { id, origin: origin.to_owned(), media, bytes: words.into_bytes(), given }, odd))
}

/// The facts about a page that an object gives, and what about them could not be read.
pub(crate) fn given(facts: &Map<String, Value>) -> (Given, Vec<String>) {
    let mut odd = Vec::new();
    let mut string = |keys: &[&str]| match first(facts, keys) {
        Some(Value::String(words)) => Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        Some(_) => {
            odd.push(format!("`{}` left out: expected a string", keys.join("` or `")));
            None
        }
        None => None,
    };
    let given = Given {
        url: string(&["url"]),
        outlet: string(&["outlet", "publisher"]),
        title: string(&["title"]),
        published: None,
        published_raw: None,
        byline: Vec::new(),
        language: string(&["language"]),
        ..Given::default()
    };
    let date = string(&["date"]);
    let published = date.as_deref().and_then(Moment::parse);
    let published_raw = date.filter(|_| published.is_none());
    let byline = match first(facts, &["byline", "author"]) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let byline = byline.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    (Given { published, published_raw, byline, ..given }, odd)
}

/// The first of `keys` that the object has, null taken for absent.
fn first<'a>(facts: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().filter_map(|key| facts.get(*key)).find(|value| !value.is_null())
}
