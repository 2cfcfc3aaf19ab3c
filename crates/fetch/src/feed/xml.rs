//! Here is XML with the dirt of real feeds: what elements does it hold?
//!
//! Comes in: bytes in any charset. Goes out: a tree, and what was odd. Broken XML is read up to the break. Nesting is
//! bounded, so that no input makes a deep tree; the source of each element is kept for markup that stands inside.

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// Elements nested deeper than this are read as text: feeds nest five deep, OPML outlines about ten.
const MAX_DEPTH: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// The name's prefix as written, lower case; empty for none.
    pub(crate) prefix: String,
    /// The name without its prefix, lower case.
    pub(crate) name: String,
    /// Attributes by their full names in lower case.
    attrs: Vec<(String, String)>,
    /// Its text and that of what is nested too deep, entities resolved.
    pub(crate) text: String,
    /// The elements in it, in order.
    pub(crate) children: Vec<Node>,
    /// Where what it holds stands in the source.
    inner: Range<usize>,
}

/// A document: the root element and the text that it was read from.
pub(crate) struct Tree {
    /// The source as text.
    pub(crate) source: String,
    /// The outermost element.
    pub(crate) root: Node,
    /// What was odd, in one line each.
    pub(crate) odd: Vec<String>,
}

impl Node {
    /// An attribute by its name in lower case.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim())
            .filter(|v| !v.is_empty())
    }

    /// Whether the element belongs to the format itself and not to an extension of it.
    pub(crate) fn is_plain(&self) -> bool {
        ["", "atom", "a10", "rss", "rdf"].contains(&self.prefix.as_str())
    }

    /// The children of the format itself that bear this name.
    pub(crate) fn plain<'n, 'k>(&'n self, name: &'k str) -> impl Iterator<Item = &'n Node> + use<'n, 'k> {
        self.children.iter().filter(move |child| child.is_plain() && child.name == name)
    }

    /// The children that bear this name, whatever their prefix.
    pub(crate) fn any<'n, 'k>(&'n self, name: &'k str) -> impl Iterator<Item = &'n Node> + use<'n, 'k> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of this name that has some.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        self.plain(name).map(|child| child.text.trim()).find(|text| !text.is_empty())
    }

    /// As [`Node::text_of`], whatever the prefix.
    pub(crate) fn any_text_of(&self, name: &str) -> Option<&str> {
        self.any(name).map(|child| child.text.trim()).find(|text| !text.is_empty())
    }
}

impl Tree {
    /// What stands between the element's tags, as it is written.
    pub(crate) fn inner(&self, node: &Node) -> &str {
        self.source.get(node.inner.clone()).unwrap_or_default()
    }
}

/// Reads bytes as XML. `charset` is what came with them, if anything did.
pub(crate) fn parse(bytes: &[u8], charset: Option<&str>) -> Result<Tree, String> {
    let mut odd = Vec::new();
    let source = decode(bytes, charset, &mut odd);
    let root = tree(&source, &mut odd)?;
    Ok(Tree { source, root, odd })
}

/// The bytes as text: by their mark, by what the XML declares, by what came with them, else as UTF-8.
fn decode(bytes: &[u8], charset: Option<&str>, odd: &mut Vec<String>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head: String = bytes.iter().take(256).map(|b| char::from(*b)).collect();
    let declared = head.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let declared = declared.and_then(|rest| rest.split(['"', '\'', ' ', '?']).next());
    let known = |label: Option<&str>| label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // What says UTF-8 and is not was written by a program that did not know: windows-1252 is the likeliest.
    let encoding =
        [known(declared), known(charset)].into_iter().flatten().find(|encoding| *encoding != UTF_8);
    let (text, encoding, broken) = encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode(bytes);
    if broken || declared.is_none_or(|label| Encoding::for_label(label.as_bytes()) != Some(encoding)) {
        odd.push(format!("the charset does not fit; read as {}", encoding.name()));
    }
    text.into_owned()
}

fn tree(source: &str, odd: &mut Vec<String>) -> Result<Node, String> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    // The element under way is the last; the first is a roof over all.
    let mut open = vec![Node::default()];
    // Names of elements that are open but nested too deep to be kept.
    let mut deep = 0usize;
    loop {
        let at = reader.buffer_position() as usize;
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                odd.push(format!(
                    "broken XML at byte {at} ({}); read up to there",
                    one_line(&error.to_string())
                ));
                break;
            }
        };
        let last = open.len() - 1;
        match event {
            Event::Start(_) if open.len() > MAX_DEPTH => deep += 1,
            Event::Start(start) => {
                let mut node = element(&start);
                node.inner = reader.buffer_position() as usize..source.len();
                open.push(node);
            }
            Event::Empty(empty) => open[last].children.push(element(&empty)),
            Event::End(_) if deep > 0 => deep -= 1,
            Event::End(end) => close(&mut open, &end.name().as_ref().to_ascii_lowercase(), at),
            Event::Text(words) => open[last].text.push_str(&words),
            Event::CData(words) => open[last].text.push_str(&words),
            Event::GeneralRef(name) => match resolve(&name) {
                Some(words) => open[last].text.push_str(&words),
                None => {
                    open[last].text.push('&');
                    open[last].text.push_str(&name);
                    open[last].text.push(';');
                }
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let unclosed = open.len() > 1;
    if unclosed && odd.is_empty() {
        odd.push("the XML ends before its elements do; read up to there".to_owned());
    }
    while open.len() > 1 {
        pop(&mut open, source.len());
    }
    let roof = open.pop().unwrap_or_default();
    roof.children.into_iter().next().ok_or_else(|| match odd.pop() {
        Some(why) => why,
        None => "no XML element in it".to_owned(),
    })
}

/// Closes the innermost open element of this name and what was left open in it; none if none bears the name.
fn close(open: &mut Vec<Node>, name: &str, at: usize) {
    let local = name.rsplit(':').next().unwrap_or(name);
    if let Some(idx) = open.iter().skip(1).rposition(|node| node.name == local) {
        while open.len() > idx + 1 {
            pop(open, at);
        }
    }
}

fn pop(open: &mut Vec<Node>, end: usize) {
    if let Some(mut node) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        node.inner.end = end.max(node.inner.start);
        parent.children.push(node);
    }
}

fn element(start: &BytesStart) -> Node {
    let name = start.name();
    let name = name.as_ref().to_ascii_lowercase();
    let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
    let mut attributes = start.attributes();
    let attrs = attributes
        .with_checks(false)
        .flatten()
        .map(|attr| (attr.key.as_ref().to_ascii_lowercase(), unescape(&attr.value)))
        .collect();
    Node { prefix: prefix.to_owned(), name: local.to_owned(), attrs, ..Node::default() }
}

/// What an entity or a character reference stands for (`nbsp`, `#233`).
fn resolve(name: &str) -> Option<String> {
    let number = match name.strip_prefix('#') {
        Some(number) => number,
        None => return resolve_html5_entity(name).map(str::to_owned),
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0').map(String::from)
}

/// Text with its entities resolved; what is none stays as it is.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        // No name of an entity is longer than 32 bytes.
        let end = rest.bytes().take(34).position(|b| b == b';');
        match end.and_then(|end| Some((end, resolve(&rest[1..end])?))) {
            Some((end, words)) => {
                plain.push_str(&words);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Text with what HTML or XML takes for markup escaped.
pub(crate) fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dirt_is_read_up_to_the_break() {
        for (xml, n_items, odd) in [
            ("<rss><item><t>a & b &nbsp;&eacute; &#233;</t></item></rss>", 1, 0),
            ("<rss><item><t>one</t></item><item><t>two</t>", 2, 1),
            ("<rss><item><t>one</item><item/></rss>", 2, 0),
            ("<rss><item/></nothing><item/></rss>", 2, 0),
            ("<rss><item/><item", 1, 1),
            ("<rss><item/><![CDATA[ never closed", 1, 1),
        ] {
            let tree = parse(xml.as_bytes(), None).unwrap_or_else(|why| panic!("{xml}: {why}"));
            assert_eq!(tree.root.any("item").count(), n_items, "{xml}");
            assert_eq!(tree.odd.len(), odd, "{xml}: {:?}", tree.odd);
        }
        assert!(parse(b"", None).is_err() && parse(b"no markup", None).is_err());
        assert_eq!(unescape("a &amp;&lt; &nosuch; &"), "a &< &nosuch; &");
    }

    #[test]
    fn deep_nesting_makes_no_deep_tree() {
        let deep = "<a>".repeat(200_000);
        let tree = parse(format!("<rss><item>{deep}text</item></rss>").as_bytes(), None).unwrap();
        assert_eq!(tree.root.name, "rss");
    }

    #[test]
    fn charsets_are_told_by_mark_declaration_and_header() {
        let declared = b"<?xml version='1.0' encoding='iso-8859-2'?><t>\xb9</t>";
        assert_eq!(parse(declared, Some("utf-8")).unwrap().root.text, "š");
        assert_eq!(parse(b"<t>\xf0</t>", Some("koi8-r")).unwrap().root.text, "П");
        let lie = parse(b"<?xml version='1.0' encoding='utf-8'?><t>caf\xe9</t>", None).unwrap();
        assert_eq!((lie.root.text.as_str(), lie.odd.len()), ("café", 1));
    }
}
