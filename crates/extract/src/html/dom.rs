//! Here is HTML: which elements and texts does it hold, in order?
//!
//! The parser's tree is turned into one list in document order, where a subtree is a range. Everything after it is a
//! walk over a list: no recursion, linear in the page.

use super::blocks::Said;
use super::names::{Attr, Attrs, Tag, keys, packed};
use super::tree::{self, NONE};
use html5ever::tendril::StrTendril;
use std::cell::OnceCell;

/// The deepest nesting that is kept, as in browsers. A page that goes deeper is broken or hostile, and the parser looks
/// through all open elements at many a tag.
const MAX_DEPTH: usize = 512;

/// A page as a list of nodes in document order.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
    /// The page has more nodes than are read.
    pub(crate) is_cut: bool,
    /// Per node: what its names say, looked up when first asked for.
    pub(super) said: OnceCell<Vec<Option<Said>>>,
}

/// One node.
#[derive(Debug)]
pub(crate) struct Node {
    /// Index of the parent; the first node is its own.
    pub(crate) parent: usize,
    /// One past the last node below this one.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// An element with its name and those attributes that are read.
    Element { tag: Tag, attrs: Attrs },
    /// A text.
    Text(StrTendril),
}

impl Dom {
    /// The element name of a node.
    pub(crate) fn tag(&self, idx: usize) -> Tag {
        match &self.nodes[idx].data {
            Data::Element { tag, .. } => *tag,
            Data::Text(_) => Tag::Text,
        }
    }

    /// The value of an attribute.
    pub(crate) fn attr(&self, idx: usize, name: Attr) -> Option<&str> {
        match &self.nodes[idx].data {
            Data::Element { attrs, .. } => attrs.get(name),
            Data::Text(_) => None,
        }
    }

    /// All elements with this name, in order.
    pub(crate) fn by_tag(&self, tag: Tag) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(move |idx| self.tag(*idx) == tag)
    }

    /// The text below a node, white space run together. Scripts and styles are left out.
    pub(crate) fn text(&self, idx: usize) -> String {
        let mut text = String::new();
        let mut at = idx;
        while at < self.nodes[idx].end {
            match &self.nodes[at].data {
                Data::Text(words) => text.push_str(words),
                Data::Element {
                    tag: Tag::Script | Tag::Style | Tag::Svg | Tag::Noscript | Tag::Template,
                    ..
                } if at != idx => {
                    at = self.nodes[at].end;
                    continue;
                }
                Data::Element { tag, .. } if tag.is_block() || *tag == Tag::Br => text.push(' '),
                Data::Element { .. } => {}
            }
            at += 1;
        }
        squeezed(&text)
    }

    /// The raw text below a node, as it stands in a script.
    pub(crate) fn raw(&self, idx: usize) -> String {
        self.nodes[idx..self.nodes[idx].end]
            .iter()
            .filter_map(|node| match &node.data {
                Data::Text(words) => Some(words.as_ref()),
                Data::Element { .. } => None,
            })
            .collect()
    }
}

/// Parses a page.
pub(crate) fn parse(html: &str) -> Dom {
    let (tree, is_cut) =
        tree::tree(html, MAX_DEPTH).or_else(|| tree::tree(&shallow(html), NONE)).unwrap_or_default();
    Dom { is_cut, ..listed(tree) }
}

/// A tree as a list.
pub(super) fn listed(mut tree: Vec<tree::Node>) -> Dom {
    let mut nodes: Vec<Node> = Vec::with_capacity(tree.len());
    let mut open = vec![(0, 0)];
    while let Some((from, parent)) = open.pop() {
        let here = nodes.len();
        let node = &mut tree[from];
        let data = match std::mem::replace(&mut node.data, tree::Data::Other) {
            tree::Data::Root => Data::Element { tag: Tag::Other, attrs: Attrs::default() },
            tree::Data::Element { tag, attrs } => Data::Element { tag, attrs },
            tree::Data::Text(words) => Data::Text(words),
            tree::Data::Other => continue,
        };
        let mut child = node.last;
        nodes.push(Node { parent, end: here + 1, data });
        while child != NONE {
            open.push((child, here));
            child = tree[child].prev;
        }
    }
    for idx in (1..nodes.len()).rev() {
        let Node { parent, end, .. } = nodes[idx];
        nodes[parent].end = nodes[parent].end.max(end);
    }
    Dom { nodes, ..Dom::default() }
}

/// Whether an element marks text: one that is open where a paragraph ends is open in the next one too.
pub(super) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// With white space run together and none at the ends; invisible marks go.
pub(crate) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    squeeze(text, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Adds a text, so that white space is run together and none begins it; invisible marks go.
pub(crate) fn squeeze(text: &str, out: &mut String) {
    out.reserve(text.len());
    let mut rest = text;
    loop {
        // A word of ASCII signs at once.
        let len = rest.bytes().position(|b| !b.is_ascii_graphic()).unwrap_or(rest.len());
        out.push_str(&rest[..len]);
        let Some(c) = rest[len..].chars().next() else { break };
        rest = &rest[len + c.len_utf8()..];
        match c {
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
}

/// The page without the tags that would nest deeper than [`MAX_DEPTH`]; their text stays.
fn shallow(html: &str) -> std::borrow::Cow<'_, str> {
    let mut depth = 0_usize;
    let too_deep = tags(html).any(|tag| {
        depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        depth > MAX_DEPTH
    });
    if !too_deep {
        return html.into();
    }
    let (mut out, mut from, mut depth, mut n_dropped) =
        (String::with_capacity(html.len()), 0, 0_usize, 0_usize);
    for tag in tags(html) {
        let drops = match (tag.closes, depth >= MAX_DEPTH) {
            (false, true) => {
                n_dropped += 1;
                true
            }
            (true, _) if n_dropped > 0 => {
                n_dropped -= 1;
                true
            }
            (false, false) => {
                depth += 1;
                false
            }
            (true, _) => {
                depth = depth.saturating_sub(1);
                false
            }
        };
        if drops {
            out.push_str(&html[from..tag.start]);
            out.push(' ');
            from = tag.end;
        }
    }
    out.push_str(&html[from..]);
    out.into()
}

/// A tag in the source of a page.
struct Mark {
    start: usize,
    end: usize,
    closes: bool,
}

/// The tags of elements that nest: not those that are empty, nor those whose end tag may be left away.
fn tags(html: &str) -> impl Iterator<Item = Mark> + '_ {
    const FLAT: &[&str] = &[
        "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
        "input", "li", "link", "meta", "optgroup", "option", "p", "param", "path", "rp", "rt", "script",
        "source", "style", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    static FLAT_KEYS: [u128; FLAT.len()] = keys(FLAT);
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
            let closes = bytes.get(start + 1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closes);
            let mut name = [0_u8; 16];
            let mut len = 0;
            for byte in bytes[name_at..].iter().take(20) {
                if !byte.is_ascii_alphanumeric() && *byte != b'-' {
                    break;
                }
                if let Some(place) = name.get_mut(len) {
                    *place = byte.to_ascii_lowercase();
                }
                len += 1;
            }
            if !name[0].is_ascii_alphabetic() {
                at = start + 1;
                continue;
            }
            let Some(end) = memchr::memchr(b'>', &bytes[name_at..]).map(|found| name_at + found + 1) else {
                at = bytes.len();
                return None;
            };
            at = end;
            let name = if len <= 16 { u128::from_be_bytes(name) } else { 0 };
            if !closes && (name == packed(b"script") || name == packed(b"style")) {
                // What stands in a script is not markup.
                let close = if name == packed(b"style") { &b"</style"[..] } else { b"</script" };
                at = end_tag(bytes, end, close);
            }
            if FLAT_KEYS.contains(&name) || bytes.get(end.wrapping_sub(2)) == Some(&b'/') {
                continue;
            }
            return Some(Mark { start, end, closes });
        }
        None
    })
}

/// Where an end tag begins, or the page ends.
fn end_tag(bytes: &[u8], from: usize, close: &[u8]) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        if bytes[found..].get(..close.len()).is_some_and(|head| head.eq_ignore_ascii_case(close)) {
            return found;
        }
        at = found + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtrees_are_ranges() {
        let dom = parse("<div><p>One <b>two</b></p><script>var a = '<p>';</script></div><p>Three");
        let div = dom.by_tag(Tag::Div).next().unwrap();
        assert_eq!(dom.text(div), "One two");
        assert_eq!(dom.text(dom.by_tag(Tag::P).nth(1).unwrap()), "Three");
        assert_eq!(dom.by_tag(Tag::P).count(), 2);
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_kept() {
        let deep = format!("{}<p>Deep down.</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let dom = parse(&deep);
        assert!(dom.nodes.len() < 3_000);
        assert_eq!(dom.text(0), "Deep down.");
    }
}
