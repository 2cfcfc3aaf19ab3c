//! Here is an HTML page: what is the report on it?
//!
//! Bytes to text (`charset`), text to a list of nodes (`dom`), what the page says of itself (`meta`, `outlet`), its pieces of
//! text (`blocks`), which part of the page holds the report (`region`), and which blocks of that part are it (`body`).

mod charset;
mod dom;
mod met;
mod names;
mod tokens;
mod tree;

mod authors;
mod blocks;
mod body;
mod features;
mod filter;
mod layout;
mod learned;
mod meta;
mod moments;
mod outlet;
mod region;
mod structured;
mod words;

#[cfg(feature = "train")]
pub mod training;

use crate::facts::{Facts, key};
use crate::plain;
use blocks::Block;
use dom::Dom;
use onrecord_terms::{Body, Page};

#[allow(unreachable_pub, reason = "public behind the feature `train`")]
pub use learned::Learned;

/// The body and the facts of an HTML page.
pub(crate) fn read(page: &Page) -> (Body, Facts) {
    let layout = |facts: &Facts| layout::layout(page, facts);
    read_by(&page.bytes, page.given.charset.as_deref(), learned::shipped(), &layout)
}

/// The body and the facts of a report that comes as HTML without its page.
pub(crate) fn read_fragment(bytes: &[u8]) -> (Body, Facts) {
    read_with(bytes, Some("utf-8"), learned::without_filter())
}

/// The body and the facts of an HTML page, read by what was learned alone; `served` is the charset that the server named.
pub(crate) fn read_with(bytes: &[u8], served: Option<&str>, learned: &Learned) -> (Body, Facts) {
    read_by(bytes, served, learned, &|_| None)
}

/// By what was learned, and the layout of the page's outlet where there is one.
fn read_by(
    bytes: &[u8],
    served: Option<&str>,
    learned: &Learned,
    layout: &dyn Fn(&Facts) -> Option<&'static layout::Layout>,
) -> (Body, Facts) {
    let mut facts = Facts::default();
    let looked = looked(bytes, served, learned, layout, &mut facts);
    let Looked { dom, blocks, told, layout, .. } = &looked;
    let mut left = learned.filter.left(dom, blocks, looked.n_bytes, &looked.ruled());
    if let Some(layout) = layout {
        layout.leave(dom, blocks, &mut left);
    }
    let body = body::body(dom, blocks, &left, told, &mut facts);
    (body, facts)
}

/// A page as far as rules tell of it, before what was learned of its blocks: training begins here too.
struct Looked {
    /// Bytes of its text.
    n_bytes: usize,
    dom: Dom,
    blocks: Vec<Block>,
    region: Vec<usize>,
    told: meta::Told,
    judged: body::Judged,
    title: String,
    layout: Option<&'static layout::Layout>,
}

impl Looked {
    fn ruled(&self) -> features::Ruled<'_> {
        features::Ruled {
            region: &self.region,
            kept: &self.judged.kept,
            left: &self.judged.left,
            title: &self.title,
            told_body: &self.judged.told_body,
            told: &self.told,
        }
    }
}

fn looked(
    bytes: &[u8],
    served: Option<&str>,
    learned: &Learned,
    layout: &dyn Fn(&Facts) -> Option<&'static layout::Layout>,
    facts: &mut Facts,
) -> Looked {
    let html = charset::decode(bytes, served, facts);
    let dom = dom::parse(&html);
    if dom.is_cut {
        facts.is_cut = true;
        facts.note("too-many-elements", "The page has more elements than are read; its end is missing.");
    }
    let blocks = blocks::blocks(&dom);
    let region = region::region(&dom, &blocks);
    let told = meta::read(&dom, &region, learned, facts);
    if told.is_title_of_tab {
        title_of_blocks(&dom, &blocks, &region, facts);
    }
    let layout = layout(facts);
    if let Some(layout) = layout {
        layout.facts(&dom, facts);
    }
    let judged = body::judged(&dom, &blocks, &region, &told, facts);
    let title = facts.title.clone().unwrap_or_default();
    Looked { n_bytes: html.len(), dom, blocks, region, told, judged, title, layout }
}

/// Where only the browser's tab gives a title: the first line of the region, if it reads as one. A tab that says
/// something else then names the outlet.
fn title_of_blocks(dom: &Dom, blocks: &[Block], region: &[usize], facts: &mut Facts) {
    let Some(first) = region.first() else { return };
    let inside = blocks.iter().filter(|b| !b.is_cut && b.first >= *first && b.first < dom.nodes[*first].end);
    let mut head = inside.take(4).filter(|b| b.n_link_chars == 0 && b.text.date_line().is_none());
    let Some(title) =
        head.next().filter(|b| b.text.split_whitespace().count() >= 2 && plain::is_title_like(&b.text))
    else {
        return;
    };
    if title.text.ends_a_sentence() || !head.any(|b| b.text.is_running_text()) {
        return;
    }
    let tab = facts.title.replace(title.text.to_string());
    if let Some(tab) = tab
        && facts.outlet.is_none()
        && tab.split_whitespace().count() <= 5
        && !key(&tab).contains(title.text.key())
    {
        facts.outlet = Some(tab);
    }
}
