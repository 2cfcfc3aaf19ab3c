//! What does a sitemap say? Pages with the days of their last change, news with titles and dates; or other sitemaps.

use super::xml::{Node, Tree};
use super::{Entry, Form, Listed, Listing, dates, plain};

/// Reads a sitemap or an index of sitemaps.
pub(super) fn read(tree: &Tree) -> Listing {
    let root = &tree.root;
    let form = if root.name == "sitemapindex" { Form::SitemapIndex } else { Form::Sitemap };
    let changed = |node: &Node| node.any_text_of("lastmod").and_then(dates::moment);
    let lists = root.any("sitemap").filter_map(|node| {
        Some(Listed { url: node.any_text_of("loc")?.to_owned(), title: None, updated: changed(node) })
    });
    Listing {
        form,
        title: None,
        home: None,
        language: None,
        every_s: None,
        entries: root.any("url").filter_map(|node| entry(node, changed(node))).collect(),
        lists: lists.collect(),
        odd: tree.odd.clone(),
    }
}

fn entry(node: &Node, updated: Option<onrecord_terms::Moment>) -> Option<Entry> {
    let news = node.any("news").next();
    let publication = news.and_then(|news| news.any("publication").next());
    Some(Entry {
        url: Some(node.any_text_of("loc")?.to_owned()),
        title: news.and_then(|news| news.any_text_of("title")).and_then(plain),
        published: news.and_then(|news| news.any_text_of("publication_date")).and_then(dates::moment),
        updated,
        outlet: publication.and_then(|node| node.any_text_of("name")).and_then(plain),
        language: publication.and_then(|node| node.any_text_of("language")).map(str::to_owned),
        ..Entry::default()
    })
}
