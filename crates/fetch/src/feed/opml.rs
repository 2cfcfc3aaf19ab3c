//! Which feeds does an OPML file name, and how is such a file written?

use super::xml::{self, Node, Tree};
use super::{Form, Listed, Listing, plain};

/// Reads the outlines of feeds, at any depth, in their order.
pub(super) fn read(tree: &Tree) -> Listing {
    let head = tree.root.any("head").next();
    let mut lists = Vec::new();
    // Depth is bounded by the tree's own bound.
    collect(&tree.root, &mut lists);
    Listing {
        form: Form::Opml,
        title: head.and_then(|head| head.any_text_of("title")).and_then(plain),
        home: None,
        language: None,
        every_s: None,
        entries: Vec::new(),
        lists,
        odd: tree.odd.clone(),
    }
}

fn collect(node: &Node, lists: &mut Vec<Listed>) {
    for child in &node.children {
        if child.name == "outline"
            && let Some(url) = child.attr("xmlurl")
        {
            let title = child.attr("title").or(child.attr("text")).and_then(plain);
            lists.push(Listed { url: url.to_owned(), title, updated: None });
        }
        collect(child, lists);
    }
}

/// The feeds as an OPML 2.0 file.
///
/// ```
/// use onrecord_fetch::feed::{Listed, parse, write_opml};
/// let feeds = [Listed { url: "https://vale.example/rss?a&b".to_owned(), title: Some("Vale".to_owned()), updated: None }];
/// let opml = write_opml("Mine", &feeds);
/// assert_eq!(parse(opml.as_bytes(), None, None).unwrap().lists, feeds);
/// ```
pub fn write(title: &str, feeds: &[Listed]) -> String {
    let title = xml::escape(title);
    let mut opml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    opml.push_str(&format!("  <head>\n    <title>{title}</title>\n  </head>\n  <body>\n"));
    for feed in feeds {
        let (url, title) = (xml::escape(&feed.url), xml::escape(feed.title.as_deref().unwrap_or(&feed.url)));
        opml.push_str(&format!(
            "    <outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\"/>\n"
        ));
    }
    opml.push_str("  </body>\n</opml>\n");
    opml
}
