//! In which charset were these bytes written, and what do they say?
//!
//! The order is near the browsers' one: a byte order mark, UTF-8 if the bytes are that, what the server named, what the
//! page declares, then a guess from the bytes.

use crate::facts::Facts;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into a page a declaration is looked for. Browsers look at 1,024 bytes; pages with long heads need more.
const HEAD_BYTES: usize = 16_384;

/// The page as text; `served` is the charset that the server named. A guess or a replacement is noted.
pub(crate) fn decode<'a>(bytes: &'a [u8], served: Option<&str>, facts: &mut Facts) -> Cow<'a, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decoded(bytes, encoding, facts);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if let Some(encoding) = without_mark(bytes) {
        return decoded(bytes, encoding, facts);
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    // A page cannot declare UTF-16 in ASCII letters; and one that declares UTF-8 may break it in a few places only.
    let may_be = |encoding: &&'static Encoding| {
        *encoding != UTF_16LE && *encoding != UTF_16BE && (*encoding != UTF_8 || mostly_utf8(bytes))
    };
    let served = served.and_then(|label| Encoding::for_label(label.as_bytes())).filter(may_be);
    if let Some(encoding) = served.or_else(|| declared(head).filter(may_be)) {
        return decoded(bytes, encoding, facts);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    facts.note(
        "charset-guessed",
        format!("The page declares no charset that fits; it was read as {}.", encoding.name()),
    );
    decoded(bytes, encoding, facts)
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding, facts: &mut Facts) -> Cow<'a, str> {
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors {
        facts.note("charset-broken", format!("Some bytes are not {}; they were replaced.", encoding.name()));
    }
    text
}

/// UTF-16 without a mark: every second byte of the head is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros =
        |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 4 > head.len();
    match (zeros(0), zeros(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The charset named in the head: `charset=…` in a meta tag, `encoding="…"` in an XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> = head.iter().map(u8::to_ascii_lowercase).collect();
    let mut from = 0;
    while let Some(at) =
        [&b"charset"[..], b"encoding"].iter().filter_map(|word| find(&head[from..], word)).min()
    {
        let rest = head[from + at + 7..].trim_ascii_start();
        let rest = rest.strip_prefix(b"g").unwrap_or(rest).trim_ascii_start();
        if let Some(rest) = rest.strip_prefix(b"=") {
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
            if let Some(encoding) = Encoding::for_label(&rest[..len]) {
                return Some(encoding);
            }
        }
        from += at + 7;
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Whether no more than one in a hundred of the bytes above ASCII breaks UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let n_high = bytes.iter().filter(|b| **b >= 128).count();
    let n_broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    n_broken * 100 <= n_high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found_by_mark_declaration_and_guess() {
        let utf16: Vec<u8> = "<p>Café".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, note) in [
            (&b"\xef\xbb\xbf<p>Caf\xc3\xa9"[..], false),
            (&b"<p>Caf\xc3\xa9"[..], false),
            (&b"<meta charset=windows-1252><p>Caf\xe9"[..], false),
            (
                &b"<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'><p>Caf\xe9"[..],
                false,
            ),
            (&b"<?xml version='1.0' encoding='iso-8859-1'?><p>Caf\xe9"[..], false),
            (&b"<meta charset=utf-8><p>Caf\xe9"[..], true),
            (&b"<p>Caf\xe9"[..], true),
            (&utf16[..], false),
        ] {
            let mut facts = Facts::default();
            let text = decode(bytes, None, &mut facts);
            assert!(text.ends_with("Café"), "{text}");
            assert_eq!(!facts.notes.is_empty(), note, "{text}");
        }
    }

    #[test]
    fn the_servers_charset_goes_before_the_pages_but_not_before_utf8() {
        for (bytes, served) in [
            (&b"<p>Caf\x8e"[..], "macintosh"),
            (b"<meta charset=utf-8><p>Caf\x8e", "macintosh"),
            (b"<p>Caf\xc3\xa9", "iso-8859-1"),
            (b"<meta charset=windows-1252><p>Caf\xe9", "utf-16"),
            (b"<meta charset=windows-1252><p>Caf\xe9", "unheard-of"),
        ] {
            let text = decode(bytes, Some(served), &mut Facts::default());
            assert!(text.ends_with("Café"), "{served}: {text}");
        }
    }
}
