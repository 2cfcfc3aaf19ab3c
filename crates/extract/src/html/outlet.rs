//! Which outlet is this?
//!
//! What the page's data say goes first: JSON-LD, meta tags, microdata. Else the page itself is asked: the name in its
//! head that leads home, the line of copyright at its foot, its address, and the parts of its browser tab's title.
//! A part of the tab's title may be a section, so it needs a second voice.

use super::dom::{Data, Dom, squeezed};
use super::met::Met;
use super::names::{Attr, Tag};
use super::structured::Described;
use crate::facts::key;
use regex::Regex;
use std::sync::LazyLock;

/// Meta tags that name the outlet.
const METAS: &[&str] = &[
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
];

/// Names by which elements are called that show the outlet's name.
const LOGOS: &[&str] = &["logo", "masthead", "sitename", "sitetitle", "brand", "siteheader", "nameplate"];

/// Words of links that lead home without naming it.
const HOME: &[&str] =
    &["home", "homepage", "frontpage", "startpage", "start", "menu", "news", "back", "mainpage", "logo"];

/// Words of firms that publish outlets.
const FIRMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "srl",
    "spa",
    "kg",
    "corp",
    "company",
    "group",
    "holdings",
    "holding",
    "publishing",
    "publishers",
    "printing",
    "house",
    "verlag",
    "corporation",
    "rights",
    "reserved",
];

/// Only with a year: without one the line may be that of a photograph.
static COPYRIGHT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^.{0,12}?(?i:©|\(c\)|&copy;|copyright)(?:\s*(?i:©|\(c\)|copyright))?[\s,:]*\d{4}(?:\s*[-–/]\s*\d{2,4})?[\s,:–-]*(?:(?i:by) )?([\p{L}][^.,;|·•©(]+)",
    )
    .ok()
});

/// What the page shows of the outlet's name, outside of its data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    /// Names in the head of the page; true where an element's own name says so.
    logos: Vec<(String, bool)>,
    /// Holders of the copyright.
    copyright: Vec<String>,
    /// The longest label of the page's host.
    host: Option<String>,
}

impl Shown {
    /// Looks at the page's head above `begin`, and at its foot.
    pub(crate) fn of(dom: &Dom, begin: usize, url: Option<&str>) -> Shown {
        let mut shown = Shown { host: url.and_then(host), ..Shown::default() };
        let is_short = |name: &str| {
            let n_words = name.split_whitespace().count();
            (1..=5).contains(&n_words) && name.len() <= 50 && key(name).len() >= 3
        };
        let is_name = |name: &str| is_short(name) && !HOME.contains(&key(name).as_str());
        let is_logo = |value: &str| {
            let value = key(value);
            LOGOS.iter().any(|logo| value.contains(logo))
        };
        let mut met = Met::new();
        for idx in 1..begin.min(dom.nodes.len()).min(3_000) {
            if dom.nodes[idx].end - idx > 12 || shown.logos.len() >= 8 {
                continue;
            }
            let called = [Attr::Class, Attr::Id, Attr::Itemprop]
                .iter()
                .filter_map(|name| dom.attr(idx, *name))
                .any(|value| *met.of(value, is_logo));
            let leads_home = dom.tag(idx) == Tag::A && dom.attr(idx, Attr::Href).is_some_and(is_home);
            if called || leads_home {
                let name = dom.text(idx);
                if is_name(&name) {
                    shown.logos.push((name, called));
                }
            }
        }
        let foot = dom.nodes.iter().rev().take(6_000);
        shown.copyright = foot
            .filter_map(|node| match &node.data {
                Data::Text(words) if words.len() <= 300 && has_sign(words) => holder(&squeezed(words)),
                _ => None,
            })
            .filter(|name| is_short(name))
            .take(4)
            .collect();
        shown
    }

    /// Whether a second voice says that the name is the outlet's.
    fn confirms(&self, name: &str) -> bool {
        let name = bare(name);
        name.len() >= 3
            && (self.logos.iter().any(|(logo, _)| bare(logo) == name)
                || self.copyright.iter().any(|holder| bare(holder) == name)
                || self.is_host(&name))
    }

    fn is_host(&self, name: &str) -> bool {
        let host = self.host.as_deref().unwrap_or_default();
        name.len() >= 4 && host.contains(name) && name.len() * 10 >= host.len() * 7
    }

    /// Whether the page's head or its copyright bears this very name.
    pub(crate) fn is_site(&self, title: &str) -> bool {
        title.split_whitespace().count() <= 5 && self.confirms(title)
    }
}

/// The outlet's name, from the page's data or what it shows.
pub(crate) fn outlet(
    dom: &Dom,
    described: &Described,
    metas: &[(String, String)],
    tab: Option<&str>,
    shown: &Shown,
) -> Option<String> {
    let meta = || {
        METAS
            .iter()
            .find_map(|name| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    };
    let told =
        described.publisher.clone().or_else(meta).or_else(|| microdata(dom).filter(|name| !is_firm(name)));
    if let Some(told) = told.filter(|name| !name.contains("http")) {
        return Some(told);
    }
    let mut parts = vec![tab.unwrap_or_default()];
    for bar in super::meta::BARS {
        parts = parts.into_iter().flat_map(|part| part.split(bar)).collect();
    }
    let in_tab = [parts.last(), parts.first()].into_iter().flatten().map(|part| part.trim());
    let in_tab = in_tab.filter(|part| shown.is_site(part)).map(str::to_owned).next();
    let logos = || shown.logos.iter();
    let of_two = || {
        let of_two = logos().find(|(name, _)| {
            shown.is_host(&bare(name)) || shown.copyright.iter().any(|holder| bare(holder) == bare(name))
        });
        of_two.map(|(name, _)| name.clone())
    };
    let holder = || shown.copyright.iter().find(|name| !is_firm(name) && is_named(name)).cloned();
    let logo = || {
        logos()
            .find(|(name, called)| *called && name.contains(' ') && is_named(name))
            .map(|(name, _)| name.clone())
    };
    in_tab.or_else(of_two).or_else(holder).or_else(logo).or_else(|| microdata(dom))
}

/// The name in an element marked as the publisher.
fn microdata(dom: &Dom) -> Option<String> {
    let has = |idx: usize, name: &str| {
        dom.attr(idx, Attr::Itemprop)
            .is_some_and(|value| value.split_ascii_whitespace().any(|one| one == name))
    };
    let value = |idx: usize| {
        let value = dom.attr(idx, Attr::Content).map(squeezed).unwrap_or_else(|| dom.text(idx));
        Some(value).filter(|value| !value.is_empty() && value.len() <= 80)
    };
    (1..dom.nodes.len()).filter(|idx| has(*idx, "publisher")).take(20).find_map(|idx| {
        let end = dom.nodes[idx].end.min(idx + 200);
        (idx + 1..end).filter(|inner| has(*inner, "name")).find_map(value).or_else(|| value(idx))
    })
}

/// Whether a link leads to the site's first page.
fn is_home(href: &str) -> bool {
    let path = href.trim();
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => path,
    };
    matches!(
        path,
        "/" | "./"
            | "../"
            | "index.html"
            | "/index.html"
            | "index.htm"
            | "/index.htm"
            | "index.php"
            | "/index.php"
    )
}

/// Whether a sign or word of copyright stands in a line.
fn has_sign(line: &str) -> bool {
    let line = line.as_bytes();
    // A line without a year names no holder.
    if line.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_digit()) {
        return false;
    }
    let begins = |at: usize, word: &[u8]| {
        line.get(at..at + word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    memchr::memchr3_iter(b'c', b'C', 0xc2, line)
        .any(|at| begins(at, b"copy") || begins(at, "©".as_bytes()) || at > 0 && begins(at - 1, b"(c)"))
}

/// Who holds the copyright by a line that says so.
fn holder(line: &str) -> Option<String> {
    let name = COPYRIGHT.as_ref()?.captures(line)?.get(1)?.as_str();
    let name = name.char_indices().nth(61).map_or(name, |(at, _)| &name[..at]);
    let end = [" all rights", " All rights", " ALL RIGHTS", " - ", " – ", " — ", " / "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min();
    Some(name[..end.unwrap_or(name.len())].trim().to_owned())
}

/// The longest label of an address's host, in letters and digits.
fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
    host.split('.').map(key).max_by_key(String::len)
}

/// Letters and digits without the article in front.
fn bare(name: &str) -> String {
    let name = name.trim();
    let low = name.to_lowercase();
    key(low.strip_prefix("the ").unwrap_or(&low))
}

fn is_firm(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| FIRMS.contains(&word.to_lowercase().as_str()))
}

/// Whether the words that bear meaning begin with capitals.
fn is_named(name: &str) -> bool {
    name.split_whitespace()
        .filter(|word| !["of", "the", "and", "de", "for", "&"].contains(word))
        .all(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_of_copyright() {
        for (line, name) in [
            ("© 2031 Norvik Gazette", Some("Norvik Gazette")),
            ("Copyright © 2029-2031 The Harbor Ledger. All rights reserved.", Some("The Harbor Ledger")),
            ("(c) 2031 Harbor Ledger Ltd, 4 Quay", Some("Harbor Ledger Ltd")),
            ("A ferry at dusk. © Norvik Harbor", None),
            ("The right to copy is old", None),
        ] {
            assert_eq!(holder(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn hosts_and_home() {
        assert_eq!(host("https://www.harbor-ledger.example/a").as_deref(), Some("harborledger"));
        assert!(is_home("https://ledger.example") && is_home("/") && !is_home("/world"));
    }
}
