//! Here is HTML: which tree is it, by the rules that browsers follow?
//!
//! `tokens` reads the tags, html5ever decides where each element goes; this is the tree that it builds, with nothing in it
//! that is not read later. `dom` makes a list of it.

use super::names::{Attr, Attrs, Tag};
use super::tokens;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

/// No node.
pub(super) const NONE: usize = usize::MAX;

/// What a node of the tree is.
#[derive(Debug)]
pub(super) enum Data {
    /// The page.
    Root,
    /// An element.
    Element { tag: Tag, attrs: Attrs },
    /// A text.
    Text(StrTendril),
    /// A comment, or what a template holds: nothing that is read.
    Other,
}

/// A node with its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) last: usize,
    pub(super) prev: usize,
    parent: usize,
    first: usize,
    next: usize,
    /// Where its name lies, if it is an element.
    name: usize,
    /// How many nodes stood above it when it was put where it stands.
    depth: usize,
}

/// An element's name as the parser asks for it.
#[derive(Debug, Default)]
pub(super) struct Name {
    space: Namespace,
    local: LocalName,
    /// What a template holds, apart from the tree.
    template: usize,
    is_integration_point: bool,
}

/// A tree that grows.
#[derive(Default)]
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    names: Names,
    deepest: Cell<usize>,
}

/// The most nodes that are read of a page. A page of 20 MB has some 600,000; but marks that are open in a wrong way are
/// made anew in each paragraph, and a small page of nothing else would have millions.
const MOST_NODES: usize = 1_500_000;

/// The most nodes of a page by its length: no tag is shorter than three letters, and few make two nodes.
fn most_nodes(html: &str) -> usize {
    (10_000 + html.len()).min(MOST_NODES)
}

/// The nodes of a page's tree, the first is the page; true if it has more nodes than are read. `None` where it is deeper
/// than `deepest`.
pub(super) fn tree(html: &str, deepest: usize) -> Option<(Vec<Node>, bool)> {
    let tree = Tree::default();
    tree.push(Data::Root, NONE);
    let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let most = most_nodes(html);
    let builder = TreeBuilder::new(tree, opts);
    let is_whole = || builder.sink.nodes.borrow().len() <= most;
    let is_flat = || builder.sink.deepest.get() <= deepest;
    tokens::feed(html, &builder, || is_whole() && is_flat());
    let is_cut = !is_whole();
    is_flat().then(|| (builder.sink.finish(), is_cut))
}

impl Tree {
    fn push(&self, data: Data, name: usize) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            data,
            last: NONE,
            prev: NONE,
            parent: NONE,
            first: NONE,
            next: NONE,
            name,
            depth: 0,
        });
        nodes.len() - 1
    }

    /// Puts a node that stands nowhere in front of `before`, or at the end.
    fn put(&self, node: usize, parent: usize, before: usize) {
        let nodes = &mut *self.nodes.borrow_mut();
        let prev = if before == NONE { nodes[parent].last } else { nodes[before].prev };
        (nodes[node].parent, nodes[node].prev, nodes[node].next) = (parent, prev, before);
        nodes[node].depth = nodes[parent].depth + 1;
        self.deepest.set(self.deepest.get().max(nodes[node].depth));
        match prev {
            NONE => nodes[parent].first = node,
            prev => nodes[prev].next = node,
        }
        match before {
            NONE => nodes[parent].last = node,
            before => nodes[before].prev = node,
        }
    }

    fn take(&self, node: usize) {
        let nodes = &mut *self.nodes.borrow_mut();
        let Node { parent, prev, next, .. } = nodes[node];
        if parent == NONE {
            return;
        }
        match prev {
            NONE => nodes[parent].first = next,
            prev => nodes[prev].next = next,
        }
        match next {
            NONE => nodes[parent].last = prev,
            next => nodes[next].prev = prev,
        }
        (nodes[node].parent, nodes[node].prev, nodes[node].next) = (NONE, NONE, NONE);
    }

    /// Puts a node or a text in front of `before`, or at the end; a text joins one that stands right before it.
    fn add(&self, parent: usize, before: usize, child: NodeOrText<usize>) {
        let text = match child {
            NodeOrText::AppendNode(node) => {
                self.take(node);
                return self.put(node, parent, before);
            }
            NodeOrText::AppendText(text) => text,
        };
        {
            let nodes = &mut *self.nodes.borrow_mut();
            let prev = if before == NONE { nodes[parent].last } else { nodes[before].prev };
            if let Some(Node { data: Data::Text(words), .. }) = nodes.get_mut(prev) {
                return words.push_tendril(&text);
            }
        }
        self.put(self.push(Data::Text(text), NONE), parent, before);
    }

    fn parent(&self, node: usize) -> usize {
        self.nodes.borrow()[node].parent
    }

    fn name(&self, node: usize) -> Option<&Name> {
        self.names.get(self.nodes.borrow()[node].name)
    }
}

/// A list that grows while what is in it is looked at: each row is twice as long as the one before, and stays where it is.
#[derive(Default)]
struct Names {
    rows: [OnceCell<Box<[OnceCell<Name>]>>; N_ROWS],
    n: Cell<usize>,
    none: Name,
}

/// Rows for more names than nodes are read.
const N_ROWS: usize = 16;

/// The length of the first row.
const FIRST_ROW: usize = 256;

impl Names {
    /// The row of a name, and its place there.
    fn place(idx: usize) -> (usize, usize) {
        let row = (idx / FIRST_ROW + 1).ilog2();
        (row as usize, idx + FIRST_ROW - (FIRST_ROW << row))
    }

    fn get(&self, idx: usize) -> Option<&Name> {
        let (row, at) = (idx < self.n.get()).then(|| Names::place(idx))?;
        self.rows.get(row)?.get()?.get(at)?.get()
    }

    /// Where the name lies that was put in.
    fn push(&self, name: Name) -> usize {
        let idx = self.n.get();
        let (row, at) = Names::place(idx);
        if let Some(cells) = self.rows.get(row) {
            let cells = cells.get_or_init(|| (0..FIRST_ROW << row).map(|_| OnceCell::new()).collect());
            let _ = cells[at].set(name);
            self.n.set(idx + 1);
        }
        idx
    }
}

impl ElemName for &Name {
    fn ns(&self) -> &Namespace {
        &self.space
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Vec<Node>;
    type ElemName<'a> = &'a Name;

    fn finish(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name(&self, target: &usize) -> &Name {
        self.name(*target).unwrap_or(&self.names.none)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> usize {
        let mut known = Attrs::default();
        add_known(&mut known, attrs);
        let data = Data::Element { tag: Tag::named(&name.local).unwrap_or(Tag::Other), attrs: known };
        let template = if flags.template { self.push(Data::Other, NONE) } else { NONE };
        let name = self.names.push(Name {
            space: name.ns,
            local: name.local,
            template,
            is_integration_point: flags.mathml_annotation_xml_integration_point,
        });
        self.push(data, name)
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.push(Data::Other, NONE)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.push(Data::Other, NONE)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.add(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, prev_element: &usize, child: NodeOrText<usize>) {
        match self.parent(*element) {
            NONE => self.add(*prev_element, NONE, child),
            parent => self.add(parent, *element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        let contents = self.name(*target).map(|name| name.template).filter(|contents| *contents != NONE);
        let Some(contents) = contents else { return *target };
        let nodes = &mut *self.nodes.borrow_mut();
        nodes[contents].depth = nodes[*target].depth;
        contents
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        match self.parent(*sibling) {
            NONE => {}
            parent => self.add(parent, *sibling, child),
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, more: Vec<Attribute>) {
        if let Data::Element { attrs, .. } = &mut self.nodes.borrow_mut()[*target].data {
            add_known(attrs, more);
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.take(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        loop {
            let first = self.nodes.borrow()[*node].first;
            if first == NONE {
                break;
            }
            self.take(first);
            self.put(first, *new_parent, NONE);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &usize) -> bool {
        self.name(*target).is_some_and(|name| name.is_integration_point)
    }
}

/// Adds those attributes that are read.
fn add_known(attrs: &mut Attrs, more: Vec<Attribute>) {
    for attr in more {
        if let Some(name) = Attr::named(&attr.name.local) {
            attrs.add(name, attr.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dom;
    use super::*;
    use html5ever::tendril::TendrilSink;
    use proptest::prelude::*;

    /// The same page by html5ever's own tokenizer.
    fn by_html5ever(html: &str) -> Vec<Node> {
        let tree = Tree::default();
        tree.push(Data::Root, NONE);
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let opts = html5ever::ParseOpts { tree_builder, ..html5ever::ParseOpts::default() };
        html5ever::parse_document(tree, opts).one(html)
    }

    fn same(html: &str) {
        let list = |tree: Vec<Node>| {
            let told = |node: &dom::Node| match &node.data {
                dom::Data::Text(words) => format!("{} {:?}\n", node.parent, &**words),
                dom::Data::Element { tag, attrs } => format!("{} {tag:?} {attrs:?}\n", node.parent),
            };
            dom::listed(tree).nodes.iter().map(told).collect::<String>()
        };
        assert_eq!(list(tree(html, NONE).unwrap().0), list(by_html5ever(html)), "{html}");
    }

    /// What pages are made of, whole and broken.
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<i id=1>",
        "</i>",
        "<div class='a b'>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<ul><li>",
        "</li>",
        "</ul>",
        "<h1>",
        "</h2>",
        "<br/>",
        "<script>",
        "</script>",
        "<script",
        "</script ",
        "<!--",
        "-->",
        "--!>",
        "--",
        "<!-->",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>\n",
        "</textarea>",
        "<select>",
        "<option>",
        "</select>",
        "<svg>",
        "</svg>",
        "<math>",
        "<![CDATA[",
        "]]>",
        "<foreignObject>",
        "<template>",
        "</template>",
        "<!doctype html>",
        "<!DOCTYPE",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        "<?xml ?>",
        "</>",
        "</ x>",
        "<",
        ">",
        "&amp;",
        "&amp",
        "&notit;",
        "&#x41;",
        "&#65",
        "&#;",
        "&#128;",
        "&#0;",
        "&",
        "\r\n",
        "\r",
        "\n",
        "\0",
        " ",
        "word",
        "é",
        "=",
        "\"",
        "'",
        "/",
        "<p title=\"a&amp;b&lt\" id=&copy=1 CLASS=x class=y>",
        "<noscript>",
        "</noscript>",
        "<pre>\n",
        "<body id=2>",
        "<html lang=en>",
        "<head>",
        "</head>",
        "<form>",
        "<input type=hidden>",
        "<button>",
        "<plaintext>",
        "<frameset>",
        "<x-y>",
        "</x-y>",
        "<img src=a alt='b",
        "<iframe>",
        "</iframe>",
        "<font color=red>",
        "<nobr>",
        "<ruby><rt>",
        "<caption>",
        "<col>",
        "<use xlink:href=b xml:lang=c>",
        "<annotation-xml encoding=text/html>",
    ];

    #[test]
    fn a_page_of_marks_left_open_is_read_to_a_bound() {
        let marks: String = (0..300).map(|n| format!("<b id={n}>")).collect();
        let (nodes, is_cut) = tree(&format!("<p>{marks}{}", "<p>word".repeat(20_000)), NONE).unwrap();
        assert!(is_cut && nodes.len() < 200_000, "{}", nodes.len());
        assert!(!tree(&"<p>word".repeat(20_000), 4).unwrap().1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_page_is_read_as_html5ever_reads_it(at in prop::collection::vec(0..PIECES.len(), 0..24)) {
            same(&at.into_iter().map(|at| PIECES[at]).collect::<String>());
        }
    }
}
