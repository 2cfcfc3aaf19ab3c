//! Here is HTML: which elements and texts does it hold, in order?
//!
//! The parser's tree is turned into one list in document order, where a subtree is a range. Everything after it is a
//! walk over a list: no recursion, linear in the page.

use super::blocks::Said;
use dom_query::{Document, NodeData};
use std::cell::OnceCell;

/// The deepest nesting that is kept. Browsers stop at 512; a page that goes deeper is broken or hostile, and the
/// parser's own search for open elements would be quadratic in the depth.
const MAX_DEPTH: usize = 1_000;

/// A page as a list of nodes in document order.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
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
    Element { tag: &'static str, attrs: Vec<(&'static str, String)> },
    /// A text.
    Text(String),
}

/// Element names that are told apart, sorted; all others are `other`.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "amp-ad",
    "amp-img",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "s",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// Attributes that are read, sorted.
const ATTRS: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "charset",
    "class",
    "content",
    "data-component",
    "data-testid",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "title",
    "type",
];

impl Dom {
    /// The element name of a node, empty for a text.
    pub(crate) fn tag(&self, idx: usize) -> &'static str {
        match &self.nodes[idx].data {
            Data::Element { tag, .. } => tag,
            Data::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub(crate) fn attr(&self, idx: usize, name: &str) -> Option<&str> {
        match &self.nodes[idx].data {
            Data::Element { attrs, .. } => {
                attrs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
            }
            Data::Text(_) => None,
        }
    }

    /// All elements with this name, in order.
    pub(crate) fn by_tag<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = usize> + 'a {
        (0..self.nodes.len()).filter(move |idx| self.tag(*idx) == tag)
    }

    /// The text below a node, white space run together. Scripts and styles are left out.
    pub(crate) fn text(&self, idx: usize) -> String {
        let mut text = String::new();
        let mut at = idx;
        while at < self.nodes[idx].end {
            match &self.nodes[at].data {
                Data::Text(words) => text.push_str(words),
                Data::Element { tag: "script" | "style" | "svg" | "noscript" | "template", .. }
                    if at != idx =>
                {
                    at = self.nodes[at].end;
                    continue;
                }
                Data::Element { tag, .. } if is_block(tag) || *tag == "br" => text.push(' '),
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
                Data::Text(words) => Some(words.as_str()),
                Data::Element { .. } => None,
            })
            .collect()
    }
}

/// Parses a page.
pub(crate) fn parse(html: &str) -> Dom {
    let document = Document::from(shallow(html).as_ref());
    let tree = &document.tree;
    let mut dom = Dom::default();
    let mut open = vec![(tree.root().id, 0)];
    while let Some((id, parent)) = open.pop() {
        let here = dom.nodes.len();
        let seen = tree.query_node(&id, |node| {
            let data = match &node.data {
                NodeData::Document | NodeData::Fragment => {
                    Some(Data::Element { tag: "other", attrs: Vec::new() })
                }
                NodeData::Text { contents } => Some(Data::Text(contents.to_string())),
                NodeData::Element(element) => Some(Data::Element {
                    tag: known(TAGS, &element.name.local).unwrap_or("other"),
                    attrs: element
                        .attrs
                        .iter()
                        .filter_map(|attr| Some((known(ATTRS, &attr.name.local)?, attr.value.to_string())))
                        .collect(),
                }),
                _ => None,
            };
            (data, node.last_child)
        });
        let Some((Some(data), last_child)) = seen else { continue };
        dom.nodes.push(Node { parent, end: here + 1, data });
        let mut child = last_child;
        while let Some(id) = child {
            open.push((id, here));
            child = tree.query_node(&id, |node| node.prev_sibling).flatten();
        }
    }
    for idx in (1..dom.nodes.len()).rev() {
        let Node { parent, end, .. } = dom.nodes[idx];
        dom.nodes[parent].end = dom.nodes[parent].end.max(end);
    }
    if dom.nodes.is_empty() {
        dom.nodes.push(Node { parent: 0, end: 1, data: Data::Text(String::new()) });
    }
    dom
}

fn known(table: &[&'static str], name: &str) -> Option<&'static str> {
    table.binary_search(&name).ok().map(|idx| table[idx])
}

/// Whether the element stands as a block of its own, so that text before and after it is parted.
pub(crate) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "template"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "video"
            | "audio"
            | "object"
            | "picture"
    )
}

/// With white space run together and none at the ends; invisible marks go.
pub(crate) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
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
    out.truncate(out.trim_end().len());
    out
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
struct Tag {
    start: usize,
    end: usize,
    closes: bool,
}

/// The tags of elements that nest: not those that are empty, nor those whose end tag may be left away.
fn tags(html: &str) -> impl Iterator<Item = Tag> + '_ {
    const FLAT: &[&str] = &[
        "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
        "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody",
        "td", "tfoot", "th", "thead", "tr", "track", "wbr", "path",
    ];
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = bytes[at..].iter().position(|b| *b == b'<').map(|found| at + found) {
            let closes = bytes.get(start + 1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closes);
            let len = bytes[name_at..]
                .iter()
                .take(20)
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
                .count();
            let name = html[name_at..name_at + len].to_ascii_lowercase();
            if len == 0 || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                at = start + 1;
                continue;
            }
            let Some(end) = bytes[name_at..].iter().position(|b| *b == b'>').map(|found| name_at + found + 1)
            else {
                at = bytes.len();
                return None;
            };
            at = end;
            if !closes && (name == "script" || name == "style") {
                // What stands in a script is not markup.
                let close = format!("</{name}");
                at = bytes[end..]
                    .windows(close.len())
                    .position(|window| window.eq_ignore_ascii_case(close.as_bytes()))
                    .map_or(bytes.len(), |found| end + found);
            }
            if FLAT.binary_search(&name.as_str()).is_ok()
                || FLAT.contains(&name.as_str())
                || name == "script"
                || name == "style"
                || bytes.get(end.wrapping_sub(2)) == Some(&b'/')
            {
                continue;
            }
            return Some(Tag { start, end, closes });
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TAGS.is_sorted() && ATTRS.is_sorted());
    }

    #[test]
    fn subtrees_are_ranges() {
        let dom = parse("<div><p>One <b>two</b></p><script>var a = '<p>';</script></div><p>Three");
        let div = dom.by_tag("div").next().unwrap();
        assert_eq!(dom.text(div), "One two");
        assert_eq!(dom.text(dom.by_tag("p").nth(1).unwrap()), "Three");
        assert_eq!(dom.by_tag("p").count(), 2);
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_kept() {
        let deep = format!("{}<p>Deep down.</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let dom = parse(&deep);
        assert!(dom.nodes.len() < 3_000);
        assert_eq!(dom.text(0), "Deep down.");
    }
}
