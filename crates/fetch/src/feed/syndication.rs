//! What do RSS, RDF and Atom say? Their elements differ in name and place; what they mean is the same.

use super::xml::{self, Node, Tree};
use super::{Entry, Form, Listing, dates, plain, text};

/// Reads a feed whose root is `rss`, `rdf:RDF`, `channel` or `feed`.
pub(super) fn read(tree: &Tree) -> Listing {
    let root = &tree.root;
    let form = match root.name.as_str() {
        "feed" => Form::Atom,
        "rdf" => Form::Rdf,
        _ => Form::Rss,
    };
    let channel = match form {
        Form::Atom => root,
        _ => root.any("channel").next().unwrap_or(root),
    };
    // RSS 1.0 has its items beside the channel, RSS 2.0 in it; some have them in the wrong place.
    let items = |name: &'static str| {
        let beside = if std::ptr::eq(channel, root) { None } else { Some(root) };
        channel.any(name).chain(beside.into_iter().flat_map(move |root| root.any(name)))
    };
    let language = channel.any_text_of("language").or(root.attr("xml:lang")).or(channel.attr("xml:lang"));
    Listing {
        form,
        title: channel.text_of("title").and_then(plain),
        home: link(channel),
        language: language.map(str::to_owned),
        every_s: every(channel),
        entries: items("item").chain(items("entry")).map(|item| entry(tree, item)).collect(),
        lists: Vec::new(),
        odd: tree.odd.clone(),
    }
}

fn entry(tree: &Tree, item: &Node) -> Entry {
    let date = |names: &[&str]| {
        names.iter().flat_map(|name| item.any(name)).find_map(|node| dates::moment(&node.text))
    };
    let published = date(&["pubdate", "published", "issued", "created", "date"]);
    let updated = date(&["updated", "modified", "lastmodifieddate", "builddate"]);
    Entry {
        url: link(item).or_else(|| permalink(item)),
        title: item.text_of("title").and_then(plain),
        published,
        updated,
        authors: authors(item),
        // An entry of a feed that gathers others' articles names where it is from.
        outlet: item
            .any("source")
            .find_map(|node| node.text_of("title").or(Some(node.text.as_str())).and_then(plain)),
        language: item.attr("xml:lang").or(item.any_text_of("language")).map(str::to_owned),
        text: article(tree, item),
    }
}

/// The address that an entry or a channel links to: its own page, not its comments, enclosures or itself.
fn link(node: &Node) -> Option<String> {
    let mut atom = node.plain("link").filter(|link| link.attr("href").is_some());
    let written = node.plain("link").map(|link| link.text.trim()).find(|text| !text.is_empty());
    let origin = node.any_text_of("origlink").filter(|_| written.is_some());
    let alternate = atom.find(|link| link.attr("rel").unwrap_or("alternate") == "alternate");
    let alternate = alternate.and_then(|link| link.attr("href"));
    origin.or(written).or(alternate).or_else(|| node.attr("rdf:about")).map(str::to_owned)
}

/// A `guid` or an `id` that is an address.
fn permalink(item: &Node) -> Option<String> {
    let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
    let guid = item.plain("guid").find(|guid| guid.attr("ispermalink") != Some("false"));
    let guid = guid.map(|guid| guid.text.trim()).filter(is_address);
    guid.or(item.text_of("id").filter(is_address)).map(str::to_owned)
}

fn authors(item: &Node) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    let named = |node: &Node| {
        node.text_of("name").or(Some(node.text.trim()).filter(|t| !t.is_empty())).and_then(plain)
    };
    for name in item.any("creator").chain(item.any("author")).filter_map(named) {
        // RSS 2.0 has "address (name)"; an address alone is no name.
        let inside = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).map(str::to_owned);
        let name = if name.contains('@') { inside } else { Some(name) };
        authors.extend(name.filter(|name| !authors.contains(name) && name.chars().count() <= 200));
    }
    authors.truncate(20);
    authors
}

/// The article's HTML, where the entry brings it. Of several texts it is the longest.
fn article(tree: &Tree, item: &Node) -> Option<String> {
    let bodies = ["encoded", "full-text", "content", "body", "description", "summary"];
    let texts = bodies.iter().flat_map(|name| item.any(name)).filter(|node| {
        // `media:content` is a picture, `itunes:summary` what a recording is about.
        !["media", "itunes", "googleplay"].contains(&node.prefix.as_str()) && node.attr("src").is_none()
    });
    texts.filter_map(|node| text::article(&html(tree, node))).max_by_key(String::len)
}

/// What an element holds as HTML: markup that is escaped, that stands inside, or plain text.
fn html(tree: &Tree, node: &Node) -> String {
    match node.attr("type") {
        Some("text" | "text/plain") => xml::escape(node.text.trim()),
        _ if !node.children.is_empty() => tree.inner(node).to_owned(),
        _ => node.text.trim().to_owned(),
    }
}

/// How many seconds a feed asks to be left alone for.
fn every(channel: &Node) -> Option<u64> {
    let ttl = channel
        .text_of("ttl")
        .and_then(|text| text.parse::<u64>().ok())
        .map(|minutes| minutes.saturating_mul(60));
    let period = match channel.any_text_of("updateperiod") {
        Some("hourly") => Some(3_600),
        Some("daily") => Some(86_400),
        Some("weekly") => Some(604_800),
        Some("monthly") => Some(2_592_000),
        Some("yearly") => Some(31_536_000),
        _ => None,
    };
    let times = channel.any_text_of("updatefrequency").and_then(|text| text.parse::<u64>().ok()).unwrap_or(1);
    ttl.or(period.map(|period: u64| period / times.max(1))).filter(|seconds| *seconds > 0)
}
