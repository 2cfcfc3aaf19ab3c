//! Which pieces of text does the page show, and what speaks for or against each being part of the report?
//!
//! One walk over the list of nodes. A block is what stands between two block-level tags; each knows its element, how
//! much of it is links, and whether it lies in something that is cut by tag or by name.

use super::dom::{Data, Dom};
use super::met::Met;
use super::names::{Attr, Tag};
use super::words::Fnv;
use crate::passage::Passage;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

/// A piece of text with its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// White space run together.
    pub(crate) text: Passage,
    /// Letters and other signs.
    pub(crate) n_chars: usize,
    /// How many of them lie in links.
    pub(crate) n_link_chars: usize,
    /// The node of its first text.
    pub(crate) first: usize,
    /// What its element makes of it.
    pub(crate) form: Form,
    /// It lies in something that is no report by its tag or name.
    pub(crate) is_cut: bool,
    /// It lies in a post embedded from elsewhere.
    pub(crate) is_embed: bool,
}

/// What a block's element makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A paragraph.
    Paragraph,
    /// Text right inside a division, without a paragraph of its own.
    Loose,
    /// A heading, 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// Inside a quotation set apart.
    BlockQuote,
    /// A cell of a table.
    Cell,
}

/// What a class or id name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Cut,
    Body,
}

static NAMES: LazyLock<HashMap<&str, Says, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    crate::table::rows(include_str!("../../data/names.tsv"))
        .filter_map(|row| Some((*row.first()?, if *row.get(1)? == "body" { Says::Body } else { Says::Cut })))
        .collect()
});

/// No name of the table is longer.
const LONGEST_NAME: usize = 20;

/// Parts of the class names of posts that are embedded from elsewhere.
const EMBEDS: &[&str] = &[
    "embed",
    "embedded",
    "tweet",
    "twitter",
    "instagram",
    "tiktok",
    "toot",
    "bluesky",
    "mastodon",
    "telegram",
    "fb",
    "reddit",
];

/// Whether a quotation set apart is a post embedded from elsewhere: by its class, or signed with an account's name.
fn is_embed(dom: &Dom, idx: usize) -> bool {
    let class = dom.attr(idx, Attr::Class).unwrap_or_default();
    class.split_ascii_whitespace().any(|token| parts(token).iter().any(|part| EMBEDS.contains(&part)))
        || (dom.nodes[idx].end - idx < 40 && dom.text(idx).contains("(@"))
}

/// Names of inline elements whose text is not part of the sentence that they stand in: what shows when a mouse rests on a
/// name, and what is read to those who cannot see the page.
const ASIDES: &[&str] = &[
    "tooltip",
    "rollover",
    "popover",
    "hovercard",
    "sr",
    "screenreader",
    "visuallyhidden",
    "a11y",
    "footnote",
];

/// Whether an inline element is hidden, or called such.
fn is_aside(dom: &Dom, idx: usize) -> bool {
    is_invisible(dom, idx)
        || [Attr::Class, Attr::Id].iter().filter_map(|name| dom.attr(idx, *name)).any(|value| {
            value.split_ascii_whitespace().any(|token| {
                let parts = parts(token);
                parts.iter().any(|part| ASIDES.contains(&part))
                    || ASIDES.contains(&parts.joined(0, parts.len()))
            })
        })
}

/// The blocks of a page in order.
pub(crate) fn blocks(dom: &Dom) -> Vec<Block> {
    let cut = cut_nodes(dom);
    let mut walk = Walk { blocks: Vec::new(), text: String::new(), n_raw: 0, link: 0, cut: 0, first: 0 };
    // Elements that are open, innermost last, with what holds inside them.
    let mut open: Vec<Open> = vec![Open {
        end: usize::MAX,
        is_link: false,
        is_cut: false,
        is_embed: false,
        form: Form::Loose,
        is_own: true,
    }];
    let mut idx = 0;
    while idx < dom.nodes.len() {
        while open.len() > 1 && open.last().is_some_and(|o| idx >= o.end) {
            if let Some(closed) = open.pop()
                && closed.is_own
            {
                walk.flush(&closed);
            }
        }
        let Some(here) = open.last().copied() else { break };
        match &dom.nodes[idx].data {
            Data::Text(words) => walk.push(words, idx, &here),
            Data::Element { tag, .. } => {
                if is_skipped(*tag) {
                    // What is not shown still parts what stands around it.
                    if tag.is_block() {
                        walk.flush(&here);
                    }
                    idx = dom.nodes[idx].end;
                    continue;
                }
                if matches!(*tag, Tag::Span | Tag::Small | Tag::Sup) && is_aside(dom, idx) {
                    idx = dom.nodes[idx].end;
                    continue;
                }
                if *tag == Tag::Br {
                    walk.line_break(dom, idx, &here);
                }
                let own = tag.is_block();
                if own {
                    walk.flush(&here);
                }
                let embed = *tag == Tag::Blockquote && is_embed(dom, idx);
                // A cell with much in it lays out the page; it is no cell of a table of facts.
                let is_layout = matches!(*tag, Tag::Td | Tag::Th) && dom.nodes[idx].end - idx > 12;
                let form = if is_layout { Form::Loose } else { form_of(*tag, here.form) };
                if dom.nodes[idx].end > idx + 1 {
                    open.push(Open {
                        end: dom.nodes[idx].end,
                        is_link: here.is_link || *tag == Tag::A,
                        is_cut: (here.is_cut || cut[idx]) && !embed,
                        is_embed: here.is_embed || embed,
                        form,
                        is_own: own,
                    });
                }
            }
        }
        idx += 1;
    }
    while let Some(closed) = open.pop() {
        if closed.is_own {
            walk.flush(&closed);
        }
    }
    walk.blocks
}

#[derive(Clone, Copy)]
struct Open {
    end: usize,
    is_link: bool,
    is_cut: bool,
    is_embed: bool,
    form: Form,
    is_own: bool,
}

fn form_of(tag: Tag, above: Form) -> Form {
    match tag {
        Tag::H1 => Form::Heading(1),
        Tag::H2 => Form::Heading(2),
        Tag::H3 => Form::Heading(3),
        Tag::H4 => Form::Heading(4),
        Tag::H5 => Form::Heading(5),
        Tag::H6 => Form::Heading(6),
        Tag::Li | Tag::Dd | Tag::Dt => Form::ListItem,
        Tag::Blockquote => Form::BlockQuote,
        Tag::Td | Tag::Th => Form::Cell,
        Tag::P | Tag::Pre if matches!(above, Form::ListItem | Form::BlockQuote) => above,
        Tag::P | Tag::Pre => Form::Paragraph,
        tag if tag.is_block() && !matches!(above, Form::ListItem | Form::BlockQuote | Form::Heading(_)) => {
            Form::Loose
        }
        _ => above,
    }
}

struct Walk {
    blocks: Vec<Block>,
    /// White space run together.
    text: String,
    /// How long it was before.
    n_raw: usize,
    link: usize,
    cut: usize,
    first: usize,
}

impl Walk {
    fn push(&mut self, words: &str, idx: usize, here: &Open) {
        if self.text.is_empty() {
            (self.first, self.n_raw) = (idx, 0);
        }
        self.n_raw += words.len();
        super::dom::squeeze(words, &mut self.text);
        if here.is_link || here.is_cut {
            let n = words.chars().filter(|c| !c.is_whitespace()).count();
            self.link += if here.is_link { n } else { 0 };
            self.cut += if here.is_cut { n } else { 0 };
        }
    }

    /// Two breaks on end part paragraphs; one does after a full sentence of some length.
    fn line_break(&mut self, dom: &Dom, idx: usize, here: &Open) {
        let mut next = idx + 1;
        while let Some(node) = dom.nodes.get(next) {
            match &node.data {
                Data::Text(words) if words.trim().is_empty() => next += 1,
                _ => break,
            }
        }
        let doubled = next < dom.nodes.len() && dom.tag(next) == Tag::Br;
        let texts =
            dom.nodes[next.min(dom.nodes.len())..].iter().take(6).filter_map(|node| match &node.data {
                Data::Text(words) => Some(words.trim()),
                Data::Element { .. } => None,
            });
        let above_date = texts.filter(|words| !words.is_empty()).take(1).any(is_date);
        let after_sentence = self.n_raw > 80 && crate::credit::ends_a_sentence(self.text.trim_end());
        if doubled || after_sentence || above_date || is_date(self.text.trim()) {
            self.flush(here);
        } else {
            super::dom::squeeze(" ", &mut self.text);
            self.n_raw += 1;
        }
    }

    fn flush(&mut self, here: &Open) {
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            (self.link, self.cut) = (0, 0);
            return;
        }
        let n_chars = text.chars().filter(|c| !c.is_whitespace()).count();
        self.blocks.push(Block {
            n_chars,
            n_link_chars: self.link.min(n_chars),
            first: self.first,
            form: here.form,
            // Inside a paragraph, what is cut by name (a credit in a caption) speaks for the whole if it is most of it.
            is_cut: here.is_cut || self.cut * 2 > n_chars,
            is_embed: here.is_embed,
            text: text.into(),
        });
        (self.link, self.cut) = (0, 0);
    }
}

/// Whether a line gives a date and nothing else.
fn is_date(line: &str) -> bool {
    line.len() <= 80 && crate::dates::date_line(line).is_some()
}

/// Elements whose text is never shown as text of the page.
fn is_skipped(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Svg
            | Tag::Iframe
            | Tag::Object
            | Tag::Embed
            | Tag::Video
            | Tag::Audio
            | Tag::Canvas
            | Tag::Map
            | Tag::Select
            | Tag::Option
            | Tag::Button
            | Tag::Input
            | Tag::Textarea
            | Tag::Head
            | Tag::Progress
            | Tag::AmpAd
            | Tag::Label
            | Tag::Legend
            | Tag::Optgroup
            | Tag::Title
    )
}

/// Elements that hold no part of a report.
fn is_cut_tag(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Nav
            | Tag::Footer
            | Tag::Aside
            | Tag::Figure
            | Tag::Figcaption
            | Tag::Picture
            | Tag::Menu
            | Tag::Dialog
    )
}

fn is_invisible(dom: &Dom, idx: usize) -> bool {
    let style = dom.attr(idx, Attr::Style).unwrap_or_default();
    let styled = !style.is_empty() && {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    (styled || dom.attr(idx, Attr::Hidden).is_some_and(|v| v != "until-found"))
        && !matches!(dom.tag(idx), Tag::Body | Tag::Html | Tag::Main | Tag::Article)
}

/// What a name says, and which word of it.
pub(crate) type Said = (Says, &'static str);

/// What the names of a node say, whole tokens before their parts.
pub(crate) fn says(dom: &Dom, idx: usize) -> Option<Said> {
    dom.said.get_or_init(|| said(dom)).get(idx).copied().flatten()
}

/// What the names of each node say.
fn said(dom: &Dom) -> Vec<Option<Said>> {
    let mut met = Met::new();
    let mut of_node = |idx: usize| {
        let values = [Attr::Class, Attr::Id, Attr::DataComponent, Attr::DataTestid]
            .into_iter()
            .filter_map(|name| dom.attr(idx, name));
        let mut found = None;
        for value in values {
            match *met.of(value, said_in) {
                Some((Says::Body, word)) => return Some((Says::Body, word)),
                Some(cut) => found = Some(cut),
                None => {}
            }
        }
        found
    };
    (0..dom.nodes.len()).map(&mut of_node).collect()
}

/// What some names say: that it is the body if one says so, else by the last of them that says anything.
fn said_in(names: &str) -> Option<Said> {
    let mut found = None;
    for name in names.split_ascii_whitespace().filter(|name| name.len() <= 80) {
        match said_by(name) {
            Some((Says::Body, word)) => return Some((Says::Body, word)),
            Some(cut) => found = Some(cut),
            None => {}
        }
    }
    found
}

/// What one name says: that it is the body if a part says so, else by the last of its parts that says anything.
fn said_by(token: &str) -> Option<Said> {
    let parts = parts(token);
    let mut found = None;
    for n in (1..=parts.len().min(4)).rev() {
        for from in 0..=parts.len() - n {
            let name = parts.joined(from, n);
            if name.len() > LONGEST_NAME {
                continue;
            }
            match NAMES.get_key_value(name) {
                Some((word, Says::Body)) => return Some((Says::Body, word)),
                Some((word, Says::Cut)) => found = Some((Says::Cut, *word)),
                None => {}
            }
        }
    }
    found
}

/// A name's parts, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    joined: String,
    ends: Vec<usize>,
}

impl Parts {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Some parts on end, joined.
    pub(crate) fn joined(&self, from: usize, n: usize) -> &str {
        let start = from.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = (from + n).checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        self.joined.get(start..end).unwrap_or_default()
    }

    /// Takes the parts of another name.
    pub(crate) fn read(&mut self, token: &str) {
        self.joined.clear();
        self.ends.clear();
        let mut last_lower = false;
        for c in token.chars() {
            if !c.is_alphanumeric() {
                self.part_here();
                last_lower = false;
                continue;
            }
            if c.is_uppercase() && last_lower {
                self.part_here();
            }
            last_lower = c.is_lowercase();
            if c.is_ascii() {
                self.joined.push(c.to_ascii_lowercase());
            } else {
                self.joined.extend(c.to_lowercase());
            }
        }
        self.part_here();
    }

    fn part_here(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.joined.len() {
            self.ends.push(self.joined.len());
        }
    }

    /// Each part.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.joined(at, 1))
    }
}

/// A name's parts: at hyphens, underscores and capitals, in lower case.
pub(crate) fn parts(token: &str) -> Parts {
    let mut parts = Parts::default();
    parts.read(token);
    parts
}

/// Which nodes are cut by tag or name. A node that holds more than a third of all paragraph text is not: its name
/// misleads (`class="page has-sidebar"`).
fn cut_nodes(dom: &Dom) -> Vec<bool> {
    let n = dom.nodes.len();
    // Letters of paragraphs outside links, and all letters, below each node.
    let (mut mass, mut size) = (vec![0_usize; n], vec![0_usize; n]);
    let mut in_paragraph = 0;
    let mut in_link = 0;
    for (idx, node) in dom.nodes.iter().enumerate() {
        match &node.data {
            Data::Element { tag: Tag::P, .. } => in_paragraph = node.end,
            Data::Element { tag: Tag::A, .. } => in_link = node.end,
            Data::Text(words) => {
                // Text outside paragraphs counts where it is long: some pages have no paragraphs at all.
                size[idx] = words.trim().len();
                let counts = idx >= in_link && (idx < in_paragraph || size[idx] > 120);
                mass[idx] = if counts { size[idx] } else { 0 };
            }
            Data::Element { .. } => {}
        }
    }
    for idx in (1..n).rev() {
        if !matches!(
            dom.tag(idx),
            Tag::Script | Tag::Style | Tag::Noscript | Tag::Template | Tag::Svg | Tag::Textarea
        ) {
            mass[dom.nodes[idx].parent] += mass[idx];
            size[dom.nodes[idx].parent] += size[idx];
        }
    }
    let total = mass.first().copied().unwrap_or(0);
    let names: Vec<Option<&str>> = (0..n).map(|idx| cut_name(dom, idx)).collect();
    // A name that much of the page bears (a report told as a gallery) says nothing on this page.
    let void: BTreeSet<&str> =
        (0..n).filter(|idx| mass[*idx] * 3 > total).filter_map(|idx| names[idx]).collect();
    let mut in_body = 0;
    let mut cut: Vec<bool> = Vec::with_capacity(n);
    for idx in 0..n {
        if dom.attr(idx, Attr::Itemprop).is_some_and(|p| p.contains("articleBody")) {
            in_body = in_body.max(dom.nodes[idx].end);
        }
        // What a page hides of a report's body, it hides from those who have not paid; it is the report still.
        let hidden = idx >= in_body && is_invisible(dom, idx);
        let named = names[idx].is_some_and(|name| !void.contains(name));
        cut.push(
            mass[idx] * 3 <= total && can_be_cut(dom, idx) && (named || hidden || is_cut_by_itself(dom, idx)),
        );
    }
    for idx in (1..n).filter(|idx| asks_for_input(dom, *idx)) {
        // The small box around a field for an address: a sign-up, with its promise.
        let mut above = dom.nodes[idx].parent;
        while size[above] <= MAX_BOX_BYTES
            && above > 0
            && !matches!(dom.tag(above), Tag::Body | Tag::Main | Tag::Article)
        {
            cut[above] = mass[above] * 3 <= total;
            above = dom.nodes[above].parent;
        }
    }
    cut
}

/// The most letters that a box with a field for an address has: a heading and two or three sentences.
const MAX_BOX_BYTES: usize = 300;

/// Whether an element asks the reader to type something in: an address for a newsletter.
fn asks_for_input(dom: &Dom, idx: usize) -> bool {
    dom.tag(idx) == Tag::Input
        && !matches!(dom.attr(idx, Attr::Type), Some("hidden" | "checkbox" | "radio" | "image"))
}

/// Whether an element may be cut at all: not the page's frame, nor inline marks.
fn can_be_cut(dom: &Dom, idx: usize) -> bool {
    !matches!(
        dom.tag(idx),
        Tag::Text
            | Tag::Html
            | Tag::Body
            | Tag::Main
            | Tag::Article
            | Tag::H1
            | Tag::A
            | Tag::B
            | Tag::Strong
            | Tag::Em
            | Tag::I
    )
}

/// Whether an element is no part of the report by its tag or role.
fn is_cut_by_itself(dom: &Dom, idx: usize) -> bool {
    const ROLES: &[&str] =
        &["navigation", "complementary", "contentinfo", "dialog", "alert", "alertdialog", "banner", "search"];
    is_cut_tag(dom.tag(idx))
        || dom.attr(idx, Attr::AriaHidden) == Some("true")
        || dom.attr(idx, Attr::Role).is_some_and(|role| ROLES.contains(&role))
}

/// The name for which an element is cut.
fn cut_name(dom: &Dom, idx: usize) -> Option<&'static str> {
    match says(dom, idx) {
        Some((Says::Cut, name)) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_names_is_read_whole() {
        for row in crate::table::rows(include_str!("../../data/names.tsv")) {
            assert!(row.len() == 3 && ["cut", "body"].contains(&row[1]) && !row[2].is_empty(), "{row:?}");
            assert!(row[0].chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{row:?}");
        }
        assert!(NAMES.len() > 100 && NAMES.keys().all(|name| name.len() <= LONGEST_NAME));
    }

    #[test]
    fn blocks_part_at_block_tags_and_double_breaks() {
        let dom = super::super::dom::parse(
            "<div>Loose <b>bold</b><p>One<br><br>Two</p><ul><li>Item</li></ul><blockquote><p>Said</p></blockquote><div class='related-box'>Cut</div></div>",
        );
        let found: Vec<_> =
            blocks(&dom).into_iter().map(|b| (b.text.to_string(), b.form, b.is_cut)).collect();
        let expected = [
            ("Loose bold", Form::Loose, false),
            ("One", Form::Paragraph, false),
            ("Two", Form::Paragraph, false),
            ("Item", Form::ListItem, false),
            ("Said", Form::BlockQuote, false),
        ];
        assert_eq!(found.len(), 6, "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!((found.0.as_str(), found.1, found.2), expected);
        }
        let parts = parts("articleBody__main-Text");
        assert_eq!(parts.iter().collect::<Vec<_>>(), ["article", "body", "main", "text"]);
        assert_eq!(parts.joined(1, 2), "bodymain");
    }
}
