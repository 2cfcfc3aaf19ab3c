//! What are these bytes: a web page, text, JSON, or nothing that is read?

use crate::feed;
use std::path::Path;

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An HTML page in any charset.
    Html,
    /// Plain text.
    Text,
    /// JSON lines, one article a line.
    JsonLines,
    /// One JSON document: an article or an array of them.
    Json,
    /// A list of articles: a feed, a sitemap, OPML.
    Feed,
    /// Something compressed, or with many pages in it: which, its bytes tell.
    Archive,
}

/// Endings that say what a file holds.
const ENDINGS: &[(&str, Form)] = &[
    ("html", Form::Html),
    ("htm", Form::Html),
    ("xhtml", Form::Html),
    ("txt", Form::Text),
    ("text", Form::Text),
    ("jsonl", Form::JsonLines),
    ("ndjson", Form::JsonLines),
    ("json", Form::Json),
    ("xml", Form::Feed),
    ("rss", Form::Feed),
    ("atom", Form::Feed),
    ("rdf", Form::Feed),
    ("opml", Form::Feed),
    ("warc", Form::Archive),
    ("wacz", Form::Archive),
    ("zip", Form::Archive),
    ("tar", Form::Archive),
    ("tgz", Form::Archive),
    ("tbz2", Form::Archive),
    ("txz", Form::Archive),
    ("tzst", Form::Archive),
    ("gz", Form::Archive),
    ("bz2", Form::Archive),
    ("xz", Form::Archive),
    ("zst", Form::Archive),
    ("parquet", Form::Archive),
];

/// How some well-known binary formats begin (file signatures as listed by the `file` command's magic table).
const MAGIC: &[&[u8]] = &[
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"\x7fELF",
    b"BZh",
    b"\xfd7zXZ",
    b"SQLite format 3",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"wOFF",
    b"wOF2",
];

/// What the file's ending says, if it is one that is known.
pub(crate) fn by_ending(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, form)| *form)
}

/// What the bytes look like from their beginning.
pub(crate) fn by_head(bytes: &[u8]) -> Form {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.trim_ascii_start();
    if feed::looks_like_one(head) {
        return Form::Feed;
    }
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    match head.first() {
        Some(b'[') if serde_json::from_slice::<serde_json::Value>(head).is_ok() => Form::Json,
        Some(b'{') => match serde_json::from_slice::<serde_json::Value>(line) {
            Err(_) if serde_json::from_slice::<serde_json::Value>(head).is_ok() => Form::Json,
            _ => Form::JsonLines,
        },
        _ if looks_like_html(head) => Form::Html,
        _ => Form::Text,
    }
}

/// Whether a page's head has a tag that only HTML has. In UTF-16 each letter brings a zero byte, which is passed over.
pub(crate) fn looks_like_html(head: &[u8]) -> bool {
    let start: Vec<u8> = head.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let has = |tag: &[u8]| start.windows(tag.len()).any(|window| window == tag);
    let markup = start.iter().position(|b| *b == b'<').is_some_and(|at| at < 8);
    has(b"<!doctype html")
        || has(b"<html")
        || has(b"<head")
        || has(b"<body")
        || (markup
            && [&b"<p>"[..], b"<p ", b"<div", b"<article", b"<meta", b"<title", b"<h1"]
                .iter()
                .any(|tag| has(tag)))
}

/// Whether the bytes are neither text nor a web page: a known signature, or zero bytes or many control bytes in the
/// first 8 KB.
///
/// Zero bytes from one in a hundred on, as text has none but for dirt; of other control bytes one in sixteen, as
/// compressed data has about one in ten, and that only where there are enough bytes to tell. UTF-16 with its mark is
/// text.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head
        .iter()
        .filter(|b| **b < 32 && !matches!(**b, b'\n' | b'\r' | b'\t' | 0x0c | 0x1b | 0x0b))
        .count();
    let n_zeros = head.iter().filter(|b| **b == 0).count();
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
        || n_zeros * 100 > head.len()
        || (head.len() >= 32 && odd * 16 > head.len())
}

/// Whether a file is an SQLite database or its journal (`-wal`, `-shm`, `-journal` beside it): a record of ours or of
/// another tool that lies among the reports.
pub(crate) fn is_database(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let of = ["-wal", "-shm", "-journal"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    let mut head = [0; 16];
    let read = std::fs::File::open(of).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut head));
    read.is_ok() && head.starts_with(b"SQLite format 3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_the_form() {
        for (bytes, form) in [
            (&b"{\"text\":\"a\"}\n{\"text\":\"b\"}"[..], Form::JsonLines),
            (b"{\n \"text\": \"a\"\n}", Form::Json),
            (b"[{\"text\": \"a\"}]", Form::Json),
            (b"[Updated] A bridge opens\n\nIt opened.", Form::Text),
            (b"\n<!DOCTYPE html><title>x</title>", Form::Html),
            (b"<p>One paragraph", Form::Html),
            (b"\xef\xbb\xbfA title\n\nA line.", Form::Text),
            (b"{ broken", Form::JsonLines),
            (b"<?xml version='1.0'?>\n<!-- by hand --><rss version='2.0'>", Form::Feed),
            (b"<rdf:RDF xmlns='x'>", Form::Feed),
            (b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", Form::Feed),
            (b"<?xml version='1.0'?><html>", Form::Html),
        ] {
            assert_eq!(by_head(bytes), form, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn pictures_and_zero_bytes_are_binary() {
        assert!(is_binary(b"\x89PNG\r\n"));
        assert!(is_binary(&[0, 1, 2, 3, 0, 0]));
        assert!(is_binary(&(0..=255).collect::<Vec<u8>>()));
        assert!(!is_binary(b"The bridge\x01 at Norvik\x02 is open, the mayor said."));
        assert!(!is_binary("Žluťoučký kůň\r\n\tpěl".as_bytes()));
        assert!(!is_binary(b"\xff\xfeA\0 \0"));
    }
}
