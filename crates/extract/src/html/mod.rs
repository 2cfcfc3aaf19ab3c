//! Here is an HTML page: what is the report on it?
//!
//! Bytes to text (`charset`), text to a list of nodes (`dom`), what the page says of itself (`meta`), its pieces of
//! text (`blocks`), which part of the page holds the report (`region`), and which blocks of that part are it (`body`).

mod charset;
mod dom;

mod blocks;
mod body;
mod meta;
mod region;
mod structured;

use crate::facts::Facts;
use onrecord_terms::Body;

/// The body and the facts of an HTML page.
pub(crate) fn read(bytes: &[u8]) -> (Body, Facts) {
    let mut facts = Facts::default();
    let html = charset::decode(bytes, &mut facts);
    let dom = dom::parse(&html);
    let blocks = blocks::blocks(&dom);
    let region = region::region(&dom, &blocks);
    let told = meta::read(&dom, &region, &mut facts);
    let body = body::body(&dom, &blocks, &region, &told, &mut facts);
    (body, facts)
}
