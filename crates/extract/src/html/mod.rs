//! Here is an HTML page: what is the report on it?
//!
//! Bytes to text (`charset`), text to a list of nodes (`dom`), what the page says of itself (`meta`, `outlet`), its pieces of
//! text (`blocks`), which part of the page holds the report (`region`), and which blocks of that part are it (`body`).

mod charset;
mod dom;

mod blocks;
mod body;
mod meta;
mod outlet;
mod region;
mod structured;

use crate::facts::{Facts, key};
use crate::{credit, plain};
use blocks::Block;
use dom::Dom;
use onrecord_terms::Body;

/// The body and the facts of an HTML page; `served` is the charset that the server named.
pub(crate) fn read(bytes: &[u8], served: Option<&str>) -> (Body, Facts) {
    let mut facts = Facts::default();
    let html = charset::decode(bytes, served, &mut facts);
    let dom = dom::parse(&html);
    let blocks = blocks::blocks(&dom);
    let region = region::region(&dom, &blocks);
    let told = meta::read(&dom, &region, &mut facts);
    if told.is_title_of_tab {
        title_of_blocks(&dom, &blocks, &region, &mut facts);
    }
    let body = body::body(&dom, &blocks, &region, &told, &mut facts);
    (body, facts)
}

/// Where only the browser's tab gives a title: the first line of the region, if it reads as one. A tab that says
/// something else then names the outlet.
fn title_of_blocks(dom: &Dom, blocks: &[Block], region: &[usize], facts: &mut Facts) {
    let Some(first) = region.first() else { return };
    let inside = blocks.iter().filter(|b| !b.is_cut && b.first >= *first && b.first < dom.nodes[*first].end);
    let mut head =
        inside.take(4).filter(|b| b.n_link_chars == 0 && crate::dates::date_line(&b.text).is_none());
    let Some(title) =
        head.next().filter(|b| b.text.split_whitespace().count() >= 2 && plain::is_title_like(&b.text))
    else {
        return;
    };
    if credit::ends_a_sentence(&title.text) || !head.any(|b| plain::is_running_text(&b.text)) {
        return;
    }
    let tab = facts.title.replace(title.text.clone());
    if let Some(tab) = tab
        && facts.outlet.is_none()
        && tab.split_whitespace().count() <= 5
        && !key(&tab).contains(&key(&title.text))
    {
        facts.outlet = Some(tab);
    }
}
