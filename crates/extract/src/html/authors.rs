//! Who signs the report?
//!
//! JSON-LD first, then meta tags, then what the page shows as its byline: what is marked as one, links to authors' pages,
//! lines of the form of a byline. Agencies are told apart from people; the outlet signs only where nobody else does.

use super::dom::{Data, Dom, squeezed};
use super::names::{Attr, Tag};
use super::structured::Described;
use crate::credit;
use crate::facts::{Facts, key, same_words};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Names of meta tags that give an author, the surest first.
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "cxenseparse:author",
    "article:author_name",
    "article:byline",
    "authors",
    "dcterms.creator",
    "dcsext.author",
    "twitter:data1",
];

/// So many of them are believed as they are told.
const SURE: usize = 7;

/// Names of meta tags that give where the text is from.
const ORIGIN: &[&str] = &["source", "article:source", "news_source", "dc.source", "copyright"];

/// Fills in the authors, and the agencies among them.
pub(crate) fn read(
    dom: &Dom,
    region: &[usize],
    title_node: Option<usize>,
    described: &Described,
    metas: &[(String, String)],
    facts: &mut Facts,
) {
    let told_by = |names: &[&str]| -> Vec<&String> {
        let names = names.iter();
        names
            .flat_map(|name| metas.iter().filter(move |(key, _)| key == name))
            .map(|(_, value)| value)
            .collect()
    };
    let mut signing: Vec<String> = Vec::new();
    for raw in &described.authors {
        sign(raw, facts, &mut signing);
    }
    for raw in described.organisations.iter().filter(|raw| !described.authors.contains(raw)) {
        if !is_outlet(raw, facts) {
            facts.credit(credit::names(raw).agencies);
        }
    }
    for name in AUTHOR {
        if facts.byline.is_empty() && signing.is_empty() {
            told_by(&[name]).into_iter().for_each(|raw| sign(raw, facts, &mut signing));
        }
    }
    let shown = shown(dom, region, title_node);
    let is_more = shown.people.len() > facts.byline.len()
        && facts.byline.iter().all(|known| shown.people.iter().any(|name| same_words(known, name)));
    if is_more {
        facts.byline = Vec::new();
        facts.sign(shown.people);
        facts.credit(shown.agencies);
    }
    facts.byline.retain(|name| !is_tool(name));
    facts.sign(signing);
    if facts.byline.is_empty() {
        let linked = (0..dom.nodes.len()).filter(|idx| matches!(dom.attr(*idx, Attr::Rel), Some("author")));
        let linked: Vec<String> = linked.take(1).map(|idx| dom.text(idx)).collect();
        signed_as_told(described.authors.iter().chain(told_by(&AUTHOR[..SURE])).chain(&linked), facts);
    }
    for raw in told_by(ORIGIN) {
        if let Some(credit) = credit::credit_line(&format!("({raw})")) {
            facts.credit(credit.agencies);
        }
    }
}

fn is_outlet(name: &str, facts: &Facts) -> bool {
    let of_site = name.split_whitespace().next_back().is_some_and(|last| last.starts_with("(www."));
    of_site || facts.outlet.as_deref().is_some_and(|outlet| same_words(outlet, name))
}

/// Takes a name that the page's data give as the author: people sign; agencies are credited, and sign.
fn sign(raw: &str, facts: &mut Facts, signing: &mut Vec<String>) {
    if raw.len() > 200 || raw.starts_with("http") || is_outlet(raw, facts) {
        return;
    }
    let credit = credit::names(raw);
    facts.sign(credit.people);
    signing.extend(credit.agencies.iter().cloned());
    facts.credit(credit.agencies);
}

/// Whether what looks like a name is made of a page's tools.
fn is_tool(name: &str) -> bool {
    const TOOLS: &[&str] = &[
        "facebook",
        "twitter",
        "whatsapp",
        "instagram",
        "linkedin",
        "telegram",
        "email",
        "share",
        "login",
        "ausloggen",
    ];
    name.to_lowercase().split_whitespace().any(|word| TOOLS.contains(&word))
}

/// Words of a name that make it nobody's.
const NOBODY: &[&str] = &["admin", "administrator", "unknown", "none", "with", "user", "guest"];

/// Where no person is named whom the rules for names can tell: who signs as the page's data tell it, a group or a name in
/// a script that knows no capitals; else the outlet where it is named as the author.
fn signed_as_told<'a>(told: impl Iterator<Item = &'a String>, facts: &mut Facts) {
    let is_house = |raw: &&String| facts.outlet.as_deref().is_some_and(|outlet| same_words(outlet, raw));
    let outlet = facts.outlet.as_deref().map(key).unwrap_or_default();
    let is_name = |raw: &&String| {
        (2..=60).contains(&raw.chars().count())
            && raw.chars().any(char::is_alphabetic)
            && raw.split_whitespace().count() <= 5
            && !raw.contains(['@', '{', '<', '#', '/', ','])
            && !raw.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| NOBODY.contains(&word))
            && !(raw.split_whitespace().count() == 1 && credit::is_nobody(raw))
            && credit::names(raw).agencies.is_empty()
            && (outlet.is_empty() || !key(raw).contains(&outlet))
    };
    let (house, other): (Vec<&String>, Vec<&String>) = told.partition(is_house);
    if let Some(name) = other.into_iter().find(is_name).or(house.first().copied()) {
        facts.sign([name.clone()]);
    }
}

/// Words in the names of an element that tell of others than the report's authors.
const NOT_OURS: &[&str] = &[
    "bio",
    "about",
    "comment",
    "quote",
    "photo",
    "caption",
    "image",
    "avatar",
    "card",
    "teaser",
    "related",
    "promo",
    "recommend",
    "sidebar",
    "footer",
    "social",
    "follow",
    "share",
    "newsletter",
    "articlebox",
];

/// Parts of an address below which outlets keep their authors' pages.
const AUTHOR_PATHS: &[&str] = &[
    "author",
    "authors",
    "autor",
    "autoren",
    "autores",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "verfasser",
    "writer",
    "writers",
    "contributor",
    "contributors",
    "journalist",
    "journalists",
    "journalistes",
    "reporter",
    "reporters",
    "byline",
    "yazar",
    "yazarlar",
    "skribent",
    "profil",
    "redakteur",
    "forfatter",
    "producers",
];

/// How many nodes may lie between two names of one byline.
const NEXT_NAME: usize = 40;

/// How many nodes above the title and below the report a byline may stand.
const AROUND: usize = 80;

/// The most nodes below the title that are looked at for a byline without a mark.
const MOST_HEAD: usize = 2000;

/// Whom the page shows as authors near its title or report.
fn shown(dom: &Dom, region: &[usize], title_node: Option<usize>) -> credit::Credit {
    let start = title_node.or(region.first().copied()).unwrap_or(0).saturating_sub(AROUND);
    let end = region.last().map_or(dom.nodes.len(), |last| dom.nodes[*last].end);
    let end = (end + AROUND).min(dom.nodes.len());
    let marked = named(dom, start, end, &|idx| is_marked(dom, idx));
    if !marked.people.is_empty() {
        return marked;
    }
    // Above the text, and in its first lines.
    let title = title_node.unwrap_or(start);
    let head = region.first().map_or(end, |first| first + AROUND).min(end).min(title + MOST_HEAD);
    let linked = named(dom, title, head, &|idx| is_link_to_author(dom, idx));
    if !linked.people.is_empty() {
        return linked;
    }
    let found = by_form(dom, title, head);
    if found.people.is_empty() { by_form(dom, end.saturating_sub(AROUND), end) } else { found }
}

/// The names in the first elements that fit, and in those right after them.
fn named(dom: &Dom, start: usize, end: usize, fits: &dyn Fn(usize) -> bool) -> credit::Credit {
    let mut found = credit::Credit::default();
    let mut last = None;
    let mut idx = start;
    while idx < end && found.people.len() < 8 {
        if last.is_some_and(|last| idx > last + NEXT_NAME) {
            break;
        }
        if is_others(dom, idx) {
            idx = dom.nodes[idx].end.max(idx + 1);
            continue;
        }
        if dom.nodes[idx].end - idx <= 60 && fits(idx) {
            let inner = (idx + 1..dom.nodes[idx].end)
                .any(|below| is_marked(dom, below) && !dom.text(below).is_empty());
            let text = dom.text(idx);
            if !inner && !text.is_empty() && text.len() <= 160 {
                let credit = by_nodes(dom, idx, &text);
                if !credit.people.is_empty() {
                    last = Some(dom.nodes[idx].end);
                }
                add(&mut found, credit);
                idx = dom.nodes[idx].end;
                continue;
            }
        }
        idx += 1;
    }
    found
}

fn add(found: &mut credit::Credit, more: credit::Credit) {
    for name in more.people {
        if !found.people.iter().any(|known| same_words(known, &name)) {
            found.people.push(name);
        }
    }
    for name in more.agencies {
        if !found.agencies.contains(&name) {
            found.agencies.push(name);
        }
    }
}

/// The names in an element: each piece of its text for itself, as "Jane Roe" and "The Ledger" stand side by side; else
/// in all of it, as a name may be parted.
fn by_nodes(dom: &Dom, idx: usize, text: &str) -> credit::Credit {
    let mut pieces = credit::Credit::default();
    for below in idx..dom.nodes[idx].end {
        if let Data::Text(words) = &dom.nodes[below].data {
            add(&mut pieces, credit::names(credit::without_by(&squeezed(words))));
        }
    }
    if !pieces.people.is_empty() {
        return pieces;
    }
    credit::byline(text).unwrap_or_else(|| credit::names(credit::without_by(text)))
}

/// Whether an element is marked as a byline.
fn is_marked(dom: &Dom, idx: usize) -> bool {
    matches!(dom.attr(idx, Attr::Rel), Some("author"))
        || dom.attr(idx, Attr::Itemprop).is_some_and(|p| p == "author")
        || [Attr::Class, Attr::Id, Attr::DataTestid, Attr::DataComponent]
            .iter()
            .filter_map(|name| dom.attr(idx, *name))
            .any(|value| {
                if !holds(&MARKS, value) {
                    return false;
                }
                let value = value.to_ascii_lowercase();
                let called = |name: &str| value.split_ascii_whitespace().any(|token| token == name);
                (called("by") || called("writer") || value.contains("byline") || value.contains("author"))
                    && !NOT_OURS.iter().any(|word| value.contains(word))
            })
}

/// Whether an element holds pictures' credits, comments, or other reports.
fn is_others(dom: &Dom, idx: usize) -> bool {
    matches!(
        dom.tag(idx),
        Tag::Figure | Tag::Figcaption | Tag::Nav | Tag::Script | Tag::Style | Tag::Aside | Tag::Blockquote
    ) || dom.tag(idx) != Tag::Body && dom.attr(idx, Attr::Class).is_some_and(|class| holds(&OTHERS, class))
}

/// Parts of the names of what is marked as a byline, and of what is not the report's.
static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| parts_of_names(&["by", "writer", "author"]));
static OTHERS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| parts_of_names(&["comment", "quote", "caption", "teaser", "related", "recommend"]));

fn parts_of_names(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

/// Whether one of some words stands in names, whatever its case.
fn holds(words: &Option<AhoCorasick>, names: &str) -> bool {
    words.as_ref().is_some_and(|words| words.is_match(names))
}

fn is_link_to_author(dom: &Dom, idx: usize) -> bool {
    dom.tag(idx) == Tag::A
        && dom.attr(idx, Attr::Href).is_some_and(|href| {
            let path = href.split(['?', '#']).next().unwrap_or_default();
            let mut parts = path.rsplit('/').filter(|part| !part.is_empty()).skip(1).take(2);
            parts.any(|part| AUTHOR_PATHS.contains(&part.to_ascii_lowercase().as_str()))
        })
}

/// A line in the form of a byline, "By Jane Roe", "Author" beside a name, or a name alone right above a date.
fn by_form(dom: &Dom, start: usize, end: usize) -> credit::Credit {
    let mut idx = start;
    while idx < end {
        if is_others(dom, idx) {
            idx = dom.nodes[idx].end.max(idx + 1);
            continue;
        }
        let credit = match &dom.nodes[idx].data {
            Data::Element { tag, .. } if SMALL.contains(tag) && dom.nodes[idx].end - idx <= 14 => {
                in_line(dom, idx)
            }
            Data::Text(words) => above_date(dom, idx, words, end),
            _ => None,
        };
        if let Some(credit) = credit.filter(|credit| !credit.people.is_empty()) {
            return credit;
        }
        idx += 1;
    }
    credit::Credit::default()
}

/// Elements that may hold a line.
const SMALL: &[Tag] = &[
    Tag::P,
    Tag::Div,
    Tag::Span,
    Tag::Li,
    Tag::Address,
    Tag::Em,
    Tag::Strong,
    Tag::B,
    Tag::Td,
    Tag::Dd,
    Tag::H4,
    Tag::H5,
    Tag::H6,
];

fn in_line(dom: &Dom, idx: usize) -> Option<credit::Credit> {
    let text = dom.text(idx);
    if !(6..=100).contains(&text.len()) {
        return None;
    }
    let mut pieces = (idx..dom.nodes[idx].end).filter_map(|below| match &dom.nodes[below].data {
        Data::Text(words) if !words.trim().is_empty() => Some(words.trim()),
        _ => None,
    });
    let first = pieces.next()?;
    credit::byline(&text)
        .or_else(|| Some(credit::names(text.strip_prefix(first).filter(|_| credit::is_by(first))?)))
}

/// Who is named alone in a text right before one that is a date.
fn above_date(dom: &Dom, idx: usize, words: &str, end: usize) -> Option<credit::Credit> {
    if !(5..=60).contains(&words.len()) {
        return None;
    }
    let name = words.trim().trim_end_matches(['|', '·', '•', '-', '–', ',']).trim_end();
    let credit = credit::names(name);
    if credit.people.len() != 1 || !same_words(&credit.people[0], name) {
        return None;
    }
    let next = (idx + 1..end.min(idx + 8)).find_map(|at| match &dom.nodes[at].data {
        Data::Text(words) if words.chars().any(char::is_alphanumeric) => Some(words.trim()),
        _ => None,
    })?;
    crate::dates::date_line(next).is_some_and(|line| line.published.is_some()).then_some(credit)
}
