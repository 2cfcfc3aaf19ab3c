//! How do words, spans and facts lie in a row? Small translations, each with its way back.

use crate::error::{Error, Result};
use onrecord_terms::{Day, Differs, Given, Hop, How, Mark, Media, Moment, Paragraph, ParagraphKind, Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// SHA-256 as 64 lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short digest of the words of spans: 16 hexadecimal digits, enough to notice a span that moved.
pub(crate) fn digest(text: &str, spans: &[Span]) -> String {
    let mut hasher = Sha256::new();
    for span in spans {
        hasher.update(span.slice(text).as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A name as it stands in an address: lower case, words joined by hyphens, letters of any script kept.
///
/// ```
/// assert_eq!(onrecord_store::slug("Ana O'Ruiz-Lind"), "ana-o-ruiz-lind");
/// ```
pub fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => "unknown".to_owned(),
        false => words.join("-"),
    }
}

pub(crate) fn spans_to_json(spans: &[Span]) -> String {
    Value::from(spans.iter().map(|span| json!([span.start(), span.end()])).collect::<Vec<_>>()).to_string()
}

/// Spans of a row, each checked against the text that it points into.
pub(crate) fn spans_from_json(text: &str, json: &str) -> Result<Vec<Span>> {
    let pairs: Vec<[usize; 2]> =
        serde_json::from_str(json).map_err(|e| Error::broken(format!("spans: {e}")))?;
    pairs
        .into_iter()
        .map(|[start, end]| Span::new(text, start, end).map_err(|e| Error::broken(e.to_string())))
        .collect()
}

pub(crate) fn strings_to_json(strings: &[String]) -> String {
    Value::from(strings.to_vec()).to_string()
}

pub(crate) fn strings_from_json(json: &str) -> Result<Vec<String>> {
    serde_json::from_str(json).map_err(|e| Error::broken(format!("list of words: {e}")))
}

pub(crate) fn paragraphs_to_json(paragraphs: &[Paragraph]) -> String {
    let row = |p: &Paragraph| json!([p.span.start(), p.span.end(), paragraph_kind(p.kind)]);
    Value::from(paragraphs.iter().map(row).collect::<Vec<_>>()).to_string()
}

pub(crate) fn paragraphs_from_json(text: &str, json: &str) -> Result<Vec<Paragraph>> {
    let rows: Vec<(usize, usize, String)> =
        serde_json::from_str(json).map_err(|e| Error::broken(format!("paragraphs: {e}")))?;
    rows.into_iter()
        .map(|(start, end, word)| {
            let span = Span::new(text, start, end).map_err(|e| Error::broken(e.to_string()))?;
            let kind = PARAGRAPHS.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind);
            Ok(Paragraph { span, kind: kind.ok_or_else(|| Error::broken(format!("paragraph kind {word}")))? })
        })
        .collect()
}

const PARAGRAPHS: [(ParagraphKind, &str); 5] = [
    (ParagraphKind::Text, "text"),
    (ParagraphKind::Heading, "heading"),
    (ParagraphKind::ListItem, "list-item"),
    (ParagraphKind::BlockQuote, "block-quote"),
    (ParagraphKind::Embed, "embed"),
];

fn paragraph_kind(kind: ParagraphKind) -> &'static str {
    PARAGRAPHS.iter().find(|(k, _)| *k == kind).map_or("text", |(_, word)| word)
}

pub(crate) fn marks_to_json(marks: &[Mark]) -> String {
    let row = |m: &Mark| json!([m.span.start(), m.span.end(), m.differs.as_str()]);
    Value::from(marks.iter().map(row).collect::<Vec<_>>()).to_string()
}

pub(crate) fn marks_from_json(text: &str, json: &str) -> Result<Vec<Mark>> {
    let rows: Vec<(usize, usize, String)> =
        serde_json::from_str(json).map_err(|e| Error::broken(format!("marks: {e}")))?;
    rows.into_iter()
        .map(|(start, end, word)| {
            let span = Span::new(text, start, end).map_err(|e| Error::broken(e.to_string()))?;
            Ok(Mark { span, differs: word_of("difference", &word, Differs::parse)? })
        })
        .collect()
}

pub(crate) fn hops_to_json(hops: &[Hop]) -> String {
    let row = |hop: &Hop| json!([hop.through, hop.how.as_str()]);
    Value::from(hops.iter().map(row).collect::<Vec<_>>()).to_string()
}

pub(crate) fn hops_from_json(json: &str) -> Result<Vec<Hop>> {
    let rows: Vec<(Option<String>, String)> =
        serde_json::from_str(json).map_err(|e| Error::broken(format!("hops: {e}")))?;
    rows.into_iter()
        .map(|(through, how)| Ok(Hop { through, how: word_of("hop", &how, How::parse)? }))
        .collect()
}

pub(crate) fn differs_to_json(differs: &[Differs]) -> String {
    Value::from(differs.iter().map(|d| d.as_str()).collect::<Vec<_>>()).to_string()
}

pub(crate) fn differs_from_json(json: &str) -> Result<Vec<Differs>> {
    strings_from_json(json)?.iter().map(|word| word_of("difference", word, Differs::parse)).collect()
}

/// A fixed word of a row.
pub(crate) fn word_of<T>(what: &str, word: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    parse(word).ok_or_else(|| Error::broken(format!("{what} {word:?}")))
}

/// A fixed word of a row that may be missing.
pub(crate) fn word_if<T>(
    what: &str,
    word: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    word.map(|word| word_of(what, &word, parse)).transpose()
}

pub(crate) fn day_if(word: Option<String>) -> Result<Option<Day>> {
    word_if("day", word, Day::parse)
}

pub(crate) fn moment_if(word: Option<String>) -> Result<Option<Moment>> {
    word_if("moment", word, Moment::parse)
}

pub(crate) fn media_to_str(media: Media) -> &'static str {
    match media {
        Media::Html => "html",
        Media::Text => "text",
        Media::Body => "body",
        Media::Fragment => "fragment",
    }
}

pub(crate) fn media_from_str(word: &str) -> Option<Media> {
    [Media::Html, Media::Text, Media::Body, Media::Fragment]
        .into_iter()
        .find(|media| media_to_str(*media) == word)
}

/// Given facts as JSON; those not given are left out, so that `{}` means none.
pub(crate) fn given_to_json(given: &Given) -> String {
    let mut map = serde_json::Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), value.into());
        }
    };
    put("url", given.url.clone());
    put("outlet", given.outlet.clone());
    put("title", given.title.clone());
    put("date", given.published.map(|moment| moment.to_string()).or(given.published_raw.clone()));
    put("language", given.language.clone());
    put("fetched", given.fetched.map(|moment| moment.to_string()));
    put("charset", given.charset.clone());
    if !given.byline.is_empty() {
        map.insert("byline".to_owned(), given.byline.clone().into());
    }
    if given.cut {
        map.insert("cut".to_owned(), true.into());
    }
    Value::from(map).to_string()
}

pub(crate) fn given_from_json(json: &str) -> Result<Given> {
    let value: Value = serde_json::from_str(json).map_err(|e| Error::broken(format!("given facts: {e}")))?;
    let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let byline = value.get("byline").and_then(Value::as_array).into_iter().flatten();
    let date = string("date");
    let published = date.as_deref().and_then(Moment::parse);
    Ok(Given {
        url: string("url"),
        outlet: string("outlet"),
        title: string("title"),
        published,
        published_raw: date.filter(|_| published.is_none()),
        byline: byline.filter_map(Value::as_str).map(str::to_owned).collect(),
        language: string("language"),
        fetched: string("fetched").as_deref().and_then(Moment::parse),
        charset: string("charset"),
        cut: value.get("cut").and_then(Value::as_bool).unwrap_or(false),
    })
}
