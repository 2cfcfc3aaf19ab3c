//! Here is HTML: which tags and texts does it hold?
//!
//! The states of the HTML standard's tokenizer, but over slices: a text, a comment or a script is looked for by its end,
//! and shares the page's memory. html5ever's own looks at each character; it is what this one is tested against.

use super::dom::is_formatting;
use super::met::Met;
use super::names::Attr;
use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, Doctype, DoctypeToken, EOFToken, NullCharacterToken, Tag, TagKind,
    TagToken, Token, TokenSink, TokenSinkResult,
};
use html5ever::{Attribute, LocalName, Namespace, QualName};
use memchr::{memchr, memchr2, memmem};

/// Feeds a page to `sink` as tokens, for as long as it `goes_on`.
pub(super) fn feed<Sink: TokenSink>(html: &str, sink: &Sink, goes_on: impl Fn() -> bool) {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let whole = match memchr(b'\r', html.as_bytes()) {
        None => StrTendril::from(html),
        Some(_) => StrTendril::from(html.replace("\r\n", "\n").replace('\r', "\n")),
    };
    let mut page = Page { html: &whole, whole: &whole, at: 0, sink, tags: Met::new(), attrs: Met::new() };
    while page.at < page.html.len() && goes_on() {
        page.step();
    }
    let _ = page.send(EOFToken);
    sink.end();
}

/// The most attributes that are kept of one tag: each is compared with those before it.
const MOST_ATTRIBUTES: usize = 100;

/// A page on its way through.
struct Page<'a, Sink> {
    html: &'a str,
    whole: &'a StrTendril,
    at: usize,
    sink: &'a Sink,
    tags: Met<'a, LocalName>,
    attrs: Met<'a, Option<QualName>>,
}

impl<'a, Sink: TokenSink> Page<'a, Sink> {
    fn send(&self, token: Token) -> TokenSinkResult<Sink::Handle> {
        self.sink.process_token(token, 1)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.html.as_bytes().get(at..).unwrap_or_default()
    }

    fn find(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.rest(from)).map(|found| from + found)
    }

    fn slice(&self, from: usize, to: usize) -> StrTendril {
        self.whole.subtendril(from as u32, (to - from) as u32)
    }

    /// A text, and one tag or the like behind it.
    fn step(&mut self) {
        let Some(open) = self.find(b'<', self.at) else {
            self.text(self.at, self.html.len());
            self.at = self.html.len();
            return;
        };
        self.text(self.at, open);
        let next = self.byte(open + 1);
        match next {
            Some(b) if b.is_ascii_alphabetic() => self.tag(open + 1, TagKind::StartTag),
            Some(b'/') => match self.byte(open + 2) {
                Some(b) if b.is_ascii_alphabetic() => self.tag(open + 2, TagKind::EndTag),
                Some(b'>') => self.at = open + 3,
                Some(_) => self.bogus_comment(open + 2),
                None => self.sign(open, 2),
            },
            Some(b'!') => self.declaration(open + 2),
            Some(b'?') => self.bogus_comment(open + 1),
            _ => self.sign(open, 1),
        }
    }

    /// Signs that open nothing: text.
    fn sign(&mut self, from: usize, n: usize) {
        let _ = self.send(CharacterTokens(self.slice(from, from + n)));
        self.at = from + n;
    }

    /// Text with character references.
    fn text(&self, from: usize, to: usize) {
        if from == to {
            return;
        }
        match memchr2(b'&', 0, &self.html.as_bytes()[from..to]) {
            None => {
                let _ = self.send(CharacterTokens(self.slice(from, to)));
            }
            Some(_) => {
                for (n, part) in self.html[from..to].split('\0').enumerate() {
                    if n > 0 {
                        let _ = self.send(NullCharacterToken);
                    }
                    if !part.is_empty() {
                        let _ = self.send(CharacterTokens(StrTendril::from(decoded(part, false))));
                    }
                }
            }
        }
    }

    /// Text without tags in it, up to `to`.
    fn raw(&self, from: usize, to: usize, has_references: bool) {
        if from == to {
            return;
        }
        let text = &self.html[from..to];
        let is_plain = memchr(0, text.as_bytes()).is_none() && !(has_references && text.contains('&'));
        let text = match (is_plain, has_references) {
            (true, _) => self.slice(from, to),
            (false, true) => StrTendril::from(decoded(&text.replace('\0', "\u{fffd}"), false)),
            (false, false) => StrTendril::from(text.replace('\0', "\u{fffd}")),
        };
        let _ = self.send(CharacterTokens(text));
    }

    fn bogus_comment(&mut self, from: usize) {
        self.comment(self.find(b'>', from).map(|end| end + 1));
    }

    fn comment(&mut self, end: Option<usize>) {
        let _ = self.send(CommentToken(StrTendril::new()));
        self.at = end.unwrap_or(self.html.len());
    }

    /// What begins with `<!`.
    fn declaration(&mut self, from: usize) {
        let rest = self.rest(from);
        let starts = |word: &[u8]| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if starts(b"--") {
            self.comment(self.end_of_comment(from + 2));
        } else if starts(b"doctype") {
            self.doctype(from + 7);
        } else if rest.starts_with(b"[CDATA[")
            && self.sink.adjusted_current_node_present_but_not_in_html_namespace()
        {
            let from = from + 7;
            let end = memmem::find(self.rest(from), b"]]>").map(|found| from + found);
            let to = end.unwrap_or(self.html.len());
            for (n, part) in self.html[from..to].split('\0').enumerate() {
                if n > 0 {
                    let _ = self.send(NullCharacterToken);
                }
                if !part.is_empty() {
                    let _ = self.send(CharacterTokens(StrTendril::from(part)));
                }
            }
            self.at = end.map_or(to, |end| end + 3);
        } else {
            self.bogus_comment(from);
        }
    }

    fn end_of_comment(&self, from: usize) -> Option<usize> {
        let rest = self.rest(from);
        if rest.starts_with(b">") {
            return Some(from + 1);
        }
        if rest.starts_with(b"->") {
            return Some(from + 2);
        }
        memmem::find_iter(rest, b"--").find_map(|found| {
            // The finder passes over what overlaps: "--->" is a dash and an end.
            let behind = rest[found..].iter().position(|b| *b != b'-').map(|n| &rest[found + n..])?;
            let end = from + rest.len() - behind.len();
            if behind.starts_with(b">") {
                return Some(end + 1);
            }
            (behind.starts_with(b"!>")).then_some(end + 2)
        })
    }

    fn doctype(&mut self, from: usize) {
        let end = self.find(b'>', from);
        let inside = &self.html[from..end.unwrap_or(self.html.len())];
        let mut doctype = Doctype { force_quirks: end.is_none(), ..Doctype::default() };
        let trimmed = inside.trim_ascii_start();
        let len = trimmed.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(trimmed.len());
        let (name, rest) = trimmed.split_at(len);
        doctype.force_quirks |= name.is_empty();
        doctype.name =
            Some(name).filter(|name| !name.is_empty()).map(|name| name.to_ascii_lowercase().into());
        let rest = rest.trim_ascii();
        if let Some((word, ids)) = rest.split_at_checked(6) {
            let (first, rest) = quoted(ids);
            let (second, _) = quoted(rest);
            doctype.force_quirks |= first.is_none();
            if word.eq_ignore_ascii_case("public") {
                (doctype.public_id, doctype.system_id) = (first, second);
            } else if word.eq_ignore_ascii_case("system") {
                doctype.system_id = first;
            } else {
                doctype.force_quirks = true;
            }
        } else {
            doctype.force_quirks |= !rest.is_empty();
        }
        let _ = self.send(DoctypeToken(doctype));
        self.at = end.map_or(self.html.len(), |end| end + 1);
    }

    /// A tag whose name begins at `from`.
    fn tag(&mut self, from: usize, kind: TagKind) {
        let len = self.rest(from).iter().position(|b| is_blank(*b) || matches!(b, b'/' | b'>'));
        let Some(len) = len else {
            // A tag that the page's end cuts is none.
            self.at = self.html.len();
            return;
        };
        let raw = &self.html[from..from + len];
        let found = |raw: &str| LocalName::from(raw.to_ascii_lowercase().replace('\0', "\u{fffd}"));
        let name = self.tags.of(raw, found).clone();
        let mut tag =
            Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let Some(end) = self.attributes(from + len, &mut tag) else {
            self.at = self.html.len();
            return;
        };
        self.at = end;
        match self.send(TagToken(tag)) {
            TokenSinkResult::RawData(kind) => {
                let has_references = matches!(kind, RawKind::Rcdata);
                let to = match kind {
                    RawKind::Rcdata | RawKind::Rawtext => self.end_of_raw(end, raw),
                    RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => self.end_of_script(end),
                };
                let to = to.unwrap_or(self.html.len());
                self.raw(end, to, has_references);
                self.at = to;
                // The end tag itself; where there is none, the page ends.
                if to < self.html.len() {
                    self.tag(to + 2, TagKind::EndTag);
                }
            }
            TokenSinkResult::Plaintext => {
                self.raw(end, self.html.len(), false);
                self.at = self.html.len();
            }
            _ => {}
        }
    }

    /// Where the end tag `</name` of a raw text begins.
    fn end_of_raw(&self, from: usize, name: &str) -> Option<usize> {
        let mut at = from;
        while let Some(open) = self.find(b'<', at) {
            if self.is_tag(open, b"/", name.as_bytes()) {
                return Some(open);
            }
            at = open + 1;
        }
        None
    }

    /// Whether `<`, a mark and a name stand at a place, and the name ends there.
    fn is_tag(&self, open: usize, mark: &[u8], name: &[u8]) -> bool {
        let rest = self.rest(open + 1);
        let Some(rest) = rest.strip_prefix(mark) else { return false };
        rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_some_and(|b| is_blank(*b) || matches!(b, b'/' | b'>'))
    }

    /// Where the end tag of a script begins. Inside `<!--` a script may hold another with its end tag.
    fn end_of_script(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let (mut escaped, mut doubly) = (false, false);
        loop {
            let found = if escaped { at + memchr2(b'<', b'-', self.rest(at))? } else { self.find(b'<', at)? };
            let rest = self.rest(found);
            at = found + 1;
            if rest.starts_with(b"-->") {
                (escaped, doubly) = (false, false);
            } else if !escaped && rest.starts_with(b"<!--") {
                // The two dashes may be those of the end too.
                (escaped, at) = (true, found + 2);
            } else if self.is_tag(found, b"/", b"script") {
                if !doubly {
                    return Some(found);
                }
                doubly = false;
            } else if escaped && !doubly && self.is_tag(found, b"", b"script") {
                doubly = true;
            }
        }
    }

    /// Reads a tag's attributes; where it ends, if it does.
    fn attributes(&mut self, from: usize, tag: &mut Tag) -> Option<usize> {
        let mut at = from;
        loop {
            match self.byte(at)? {
                b'>' => return Some(at + 1),
                b'/' => {
                    if self.byte(at + 1)? == b'>' {
                        tag.self_closing = true;
                        return Some(at + 2);
                    }
                    at += 1;
                    continue;
                }
                b if is_blank(b) => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let stops = |b: &u8| is_blank(*b) || matches!(b, b'/' | b'>' | b'=');
            // What a name begins with is part of it, whatever it is.
            let len = 1 + self.rest(at + 1).iter().position(stops)?;
            let name = &self.html[at..at + len];
            at += len;
            while is_blank(self.byte(at)?) {
                at += 1;
            }
            let mut value = (at, at);
            if self.byte(at)? == b'=' {
                at += 1;
                while is_blank(self.byte(at)?) {
                    at += 1;
                }
                match self.byte(at)? {
                    quote @ (b'"' | b'\'') => {
                        let end = self.find(quote, at + 1)?;
                        (value, at) = ((at + 1, end), end + 1);
                    }
                    b'>' => value = (at, at),
                    _ => {
                        let end = at + self.rest(at).iter().position(|b| is_blank(*b) || *b == b'>')?;
                        (value, at) = ((at, end), end);
                    }
                }
            }
            if tag.kind == TagKind::StartTag {
                self.attribute(name, value, tag);
            }
        }
    }

    /// Adds an attribute, if it is read or the parser asks for it.
    fn attribute(&mut self, raw: &'a str, (from, to): (usize, usize), tag: &mut Tag) {
        let asks_for_all = is_formatting(&tag.name);
        let name = self.attrs.of(raw, |raw| {
            let lower = raw.to_ascii_lowercase().replace('\0', "\u{fffd}");
            let is_read = Attr::named(lower.rsplit(':').next().unwrap_or_default()).is_some();
            (is_read || lower == "encoding")
                .then(|| QualName::new(None, Namespace::default(), LocalName::from(lower)))
        });
        let name = match name {
            Some(name) => name.clone(),
            None if asks_for_all => {
                QualName::new(None, Namespace::default(), LocalName::from(raw.to_ascii_lowercase()))
            }
            None => return,
        };
        if tag.attrs.len() >= MOST_ATTRIBUTES || tag.attrs.iter().any(|known| known.name.local == name.local)
        {
            tag.had_duplicate_attributes = true;
            return;
        }
        let value = match memchr2(b'&', 0, &self.html.as_bytes()[from..to]) {
            None => self.slice(from, to),
            Some(_) => StrTendril::from(decoded(&self.html[from..to].replace('\0', "\u{fffd}"), true)),
        };
        tag.attrs.push(Attribute { name, value });
    }
}

/// HTML's white space.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\x0c' | b'\r')
}

/// A text in quotation marks, and what follows it.
fn quoted(text: &str) -> (Option<StrTendril>, &str) {
    let text = text.trim_ascii_start();
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return (None, text) };
    match text[1..].split_once(mark) {
        Some((inside, rest)) => (Some(inside.into()), rest),
        None => (None, ""),
    }
}

/// With character references decoded.
fn decoded(text: &str, is_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest, is_attribute) {
            Some((signs, len)) => {
                out.extend(signs.into_iter().filter(|c| *c != '\0'));
                rest = &rest[len..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// The signs of the reference that begins behind an ampersand, and its length.
fn reference(rest: &str, is_attribute: bool) -> Option<([char; 2], usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, base) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let len = digits.bytes().position(|b| !char::from(b).is_digit(base)).unwrap_or(digits.len());
        if len == 0 {
            return None;
        }
        let code = digits[..len].bytes().try_fold(0_u32, |sum, b| {
            let sum = sum * base + char::from(b).to_digit(base)?;
            (sum <= 0x10_ffff).then_some(sum)
        });
        let sign = match code {
            None | Some(0) => '\u{fffd}',
            Some(code @ 0x80..=0x9f) => {
                let known = C1_REPLACEMENTS.get(code as usize - 0x80).copied().flatten();
                known.or(char::from_u32(code)).unwrap_or('\u{fffd}')
            }
            Some(code) => char::from_u32(code).unwrap_or('\u{fffd}'),
        };
        let used = rest.len() - digits.len() + len;
        return Some(([sign, '\0'], used + usize::from(rest[used..].starts_with(';'))));
    }
    let mut found = None;
    // The table holds the begins of names too, without signs.
    for len in 1..=rest.len().min(40) {
        let Some((one, two)) = rest.get(..len).and_then(|name| NAMED_ENTITIES.get(name)) else { break };
        if *one != 0 {
            found = Some(([char::from_u32(*one)?, char::from_u32(*two)?], len));
        }
    }
    let (signs, len) = found?;
    let is_open = !rest[..len].ends_with(';');
    let goes_on = rest[len..].starts_with(|c: char| c == '=' || c.is_ascii_alphanumeric());
    (!(is_attribute && is_open && goes_on)).then_some((signs, len))
}
