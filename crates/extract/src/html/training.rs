//! What does training see of a page? The same rows that the filter sees, as a line of JSON.
//!
//! Behind the feature `train`: nothing here is in the program.

pub use super::Learned;
use super::{blocks, charset, dom, features, learned, meta, moments, region, words};
use crate::facts::Facts;
use onrecord_terms::{Article, Page};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The names of a row's columns.
pub fn columns() -> &'static [&'static str] {
    features::COLUMNS
}

/// The days that a page might have been published on, each with what speaks for it.
pub fn page_days(bytes: &[u8]) -> Value {
    let mut facts = Facts::default();
    let html = charset::decode(bytes, None, &mut facts);
    let dom = dom::parse(&html);
    let blocks = blocks::blocks(&dom);
    let region = region::region(&dom, &blocks);
    let told = meta::read(&dom, &region, learned::shipped(), &mut facts);
    let described = super::structured::described(&dom).unwrap_or_default();
    let found = moments::candidates(
        &dom,
        &region,
        told.title_node,
        &described,
        &meta::metas(&dom),
        facts.url.as_deref(),
    );
    let days: BTreeMap<String, Value> =
        moments::traits(&found).into_iter().map(|(day, traits)| (day.to_string(), json!(traits))).collect();
    json!(days)
}

/// The article on a page read by what was learned from other pages than all.
pub fn article_with(page: &Page, learned: &Learned) -> Article {
    let (body, facts) = super::read_with(&page.bytes, None, learned);
    crate::facts::article(page, body, facts).0
}

/// The blocks of a page with their rows, words and elements.
pub fn page_rows(bytes: &[u8]) -> Value {
    let mut facts = Facts::default();
    let looked = super::looked(bytes, None, learned::shipped(), &|_| None, &mut facts);
    let super::Looked { dom, blocks, .. } = &looked;
    let rows = features::rows(dom, blocks, &looked.ruled());
    let mut nodes: BTreeMap<String, Value> = BTreeMap::new();
    let mut lines = Vec::new();
    for (idx, block) in blocks.iter().enumerate() {
        let mut at = dom.nodes[block.first].parent;
        while at > 0 {
            let mut own = BTreeSet::new();
            own.insert(words::of_tag(dom.tag(at)));
            for names in words::names(dom, at) {
                words::of_names(names, &mut |word| {
                    own.insert(word);
                });
            }
            if nodes.insert(at.to_string(), json!([dom.nodes[at].parent, own])).is_some() {
                break;
            }
            at = dom.nodes[at].parent;
        }
        lines.push(json!({
            "t": &*block.text,
            "x": rows.rows[idx],
            "in": dom.nodes[block.first].parent,
            "own": rows.elements[idx],
            "up": [dom.nodes[rows.elements[idx]].parent, dom.nodes[dom.nodes[rows.elements[idx]].parent].parent],
            "g": rows.groups[idx],
            "w": words::of_text(&block.text),
        }));
    }
    json!({"title": looked.title, "blocks": lines, "nodes": nodes})
}
