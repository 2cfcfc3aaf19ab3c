//! Who published the page, when, under which title, by whom?
//!
//! Three voices: JSON-LD, meta tags, and what the page shows. Where they disagree on what matters, a note says so.

use super::dom::{Dom, squeezed};
use super::learned::Learned;
use super::names::{Attr, Tag};
use super::structured::{self, Described};
use super::{authors, moments, outlet};
use crate::facts::{Facts, key, same_words};
use std::collections::BTreeSet;

/// What the body needs to know of what the page says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The report's summary, as meta tags give it.
    pub(crate) descriptions: Vec<String>,
    /// The whole text, where JSON-LD has it.
    pub(crate) body: Option<String>,
    /// It is a live page.
    pub(crate) is_live: bool,
    /// The node of the title on the page.
    pub(crate) title_node: Option<usize>,
    /// No title is given but that of the browser's tab, which may be the outlet's name alone.
    pub(crate) is_title_of_tab: bool,
}

/// Fills in the facts.
pub(crate) fn read(dom: &Dom, region: &[usize], learned: &Learned, facts: &mut Facts) -> Told {
    let metas = metas(dom);
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    };
    let described = structured::described(dom).unwrap_or_default();

    let tab = dom.by_tag(Tag::Title).next().map(|idx| dom.text(idx)).filter(|title| !title.is_empty());
    url(dom, &described, &metas, facts);
    let begin = region.first().copied().unwrap_or(usize::MAX);
    let shown = outlet::Shown::of(dom, begin, facts.url.as_deref());
    facts.outlet = outlet::outlet(dom, &described, &metas, tab.as_deref(), &shown);
    let title_node = title(dom, region, &described, &metas, &shown, facts);
    moments::read(dom, region, title_node, &described, &metas, &learned.dates, facts);
    authors::read(dom, region, title_node, &described, &metas, facts);
    let html_lang =
        dom.by_tag(Tag::Html).next().and_then(|html| dom.attr(html, Attr::Lang)).map(str::to_owned);
    facts.language = html_lang
        .filter(|l| !l.trim().is_empty())
        .or_else(|| described.language.clone())
        .or_else(|| meta(&["og:locale", "content-language", "language", "dc.language"]));
    if described.is_paid {
        facts.is_cut = true;
        facts.note("not-free", "The page is marked as not accessible for free.");
    }
    let descriptions =
        ["og:description", "description", "twitter:description"].iter().filter_map(|name| meta(&[name]));
    Told {
        descriptions: described.description.into_iter().chain(descriptions).collect(),
        body: described.body,
        is_live: described.is_live,
        is_title_of_tab: title_node.is_none()
            && described.headline.is_none()
            && meta(&["og:title", "twitter:title"]).is_none(),
        title_node,
    }
}

/// Names and contents of the meta tags, and of elements marked by `itemprop`, names in lower case.
pub(crate) fn metas(dom: &Dom) -> Vec<(String, String)> {
    dom.by_tag(Tag::Meta)
        .filter_map(|idx| {
            let name = [Attr::Property, Attr::Name, Attr::Itemprop, Attr::HttpEquiv]
                .iter()
                .find_map(|attr| dom.attr(idx, *attr))?;
            let content = squeezed(&structured::decoded(dom.attr(idx, Attr::Content)?));
            (!content.is_empty()).then(|| (name.to_lowercase(), content))
        })
        .collect()
}

/// The title: the heading on the page that the meta tags confirm, else what they give, the outlet's name taken off.
fn title(
    dom: &Dom,
    region: &[usize],
    described: &Described,
    metas: &[(String, String)],
    shown: &outlet::Shown,
    facts: &mut Facts,
) -> Option<usize> {
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let tab = dom.by_tag(Tag::Title).next().map(|idx| dom.text(idx)).filter(|title| !title.is_empty());
    // A title that only names the outlet is no title of a report.
    let outlet = facts.outlet.clone();
    let is_site = |title: &str| {
        outlet.as_deref().is_some_and(|outlet| same_words(outlet, title)) || shown.is_site(title)
    };
    let tab = tab.filter(|tab| !is_site(tab));
    let told: Vec<String> = [
        described.headline.clone(),
        meta("og:title"),
        meta("twitter:title"),
        meta("parsely-title"),
        tab.clone(),
    ]
    .into_iter()
    .flatten()
    .filter(|title| !is_site(title))
    .collect();
    let begin = region.first().copied().unwrap_or(usize::MAX);
    let headings: Vec<(usize, String)> = [Tag::H1, Tag::H2]
        .into_iter()
        .flat_map(|tag| dom.by_tag(tag))
        .map(|idx| (idx, dom.text(idx)))
        .filter(|(_, text)| !text.is_empty() && text.len() <= 400 && !is_site(text))
        .take(400)
        .collect();
    // Both ways, as a page's heading may be longer or shorter than what it gives to others.
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let told_words: Vec<BTreeSet<String>> = told.iter().map(|text| words(text)).collect();
    let likeness = |text: &str| {
        let own = words(text);
        told_words
            .iter()
            .map(|other| {
                let shared = own.intersection(other).count() as f32;
                2.0 * shared / (own.len() + other.len()).max(1) as f32
            })
            .fold(0.0_f32, f32::max)
    };
    let best = headings
        .iter()
        .filter(|(idx, _)| dom.tag(*idx) == Tag::H1 || *idx <= begin)
        .map(|(idx, text)| (likeness(text) + if dom.tag(*idx) == Tag::H1 { 0.1 } else { 0.0 }, idx, text))
        .filter(|(likeness, ..)| *likeness >= 0.6)
        .fold(None::<(f32, &usize, &String)>, |best, next| {
            if best.is_none_or(|best| next.0 > best.0) { Some(next) } else { best }
        });
    let bare = |title: &str| without_outlet(title, outlet.as_deref());
    if let Some((_, idx, text)) = best {
        // A heading that takes a kicker in front of the headline: the headline alone, as the page's data give it.
        let headline = described.headline.as_deref().into_iter().chain(told.get(1).map(String::as_str)).find(
            |headline| {
                let rest = text.strip_suffix(headline).map(str::trim_end);
                rest.is_some_and(|rest| !rest.is_empty() && rest.split_whitespace().count() <= 6)
                    && headline.split_whitespace().count() >= 4
            },
        );
        facts.title = Some(bare(headline.unwrap_or(text)));
        if let Some(headline) = described.headline.as_deref().or(meta("og:title").as_deref())
            && likeness(text) < 0.6
        {
            facts.note(
                "title-disagrees",
                format!("The page shows another title than it gives in its data: “{headline}”."),
            );
        }
        return Some(*idx);
    }
    if let [(idx, text)] =
        &headings.iter().filter(|(idx, _)| dom.tag(*idx) == Tag::H1).collect::<Vec<_>>()[..]
        && text.split_whitespace().count() >= 3
        && (*idx < begin || region.iter().any(|r| *idx < dom.nodes[*r].end))
    {
        if let Some(other) = described.headline.as_deref().or(meta("og:title").as_deref()) {
            facts.note(
                "title-disagrees",
                format!("The page shows another title than it gives in its data: “{}”.", bare(other)),
            );
        }
        facts.title = Some(bare(text));
        return Some(*idx);
    }
    let from_tab = || tab.as_deref().map(|tab| without_last(&bare(tab)));
    facts.title = described
        .headline
        .as_deref()
        .or(meta("og:title").as_deref())
        .map(bare)
        .or_else(|| meta("twitter:title").as_deref().map(bare))
        .or_else(from_tab);
    None
}

/// Marks between a title and the outlet's name.
pub(crate) const BARS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", " / ", " ‹ "];

/// A title without the outlet's name behind a bar or dash, or in front of one.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet.map(key).filter(|key| !key.is_empty()) else { return title.to_owned() };
    let names_outlet = |part: &str| {
        let part = key(part);
        !part.is_empty()
            && (part == outlet
                || (part.len() >= 4 && outlet.contains(&part))
                || (outlet.len() >= 4 && part.contains(&outlet) && part.len() <= outlet.len() + 12))
    };
    let mut title = title.trim();
    for _ in 0..2 {
        let last = BARS.iter().filter_map(|bar| title.rfind(bar).map(|at| (at, bar.len()))).max();
        match last {
            Some((at, len)) if names_outlet(&title[at + len..]) && title[..at].trim().len() > 3 => {
                title = title[..at].trim()
            }
            _ => break,
        }
    }
    let first = BARS.iter().filter_map(|bar| title.find(bar).map(|at| (at, bar.len()))).min();
    match first {
        Some((at, len)) if names_outlet(&title[..at]) && title[at + len..].trim().len() > 10 => {
            title[at + len..].trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

/// A browser tab's title without its last part, where that is short and the rest is not.
fn without_last(title: &str) -> String {
    let last = BARS.iter().filter_map(|bar| title.rfind(bar).map(|at| (at, bar.len()))).max();
    match last {
        Some((at, len))
            if title[at + len..].split_whitespace().count() <= 4
                && title[..at].split_whitespace().count() >= 4 =>
        {
            title[..at].trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

fn url(dom: &Dom, described: &Described, metas: &[(String, String)], facts: &mut Facts) {
    let canonical = dom
        .by_tag(Tag::Link)
        .find(|idx| dom.attr(*idx, Attr::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")))
        .and_then(|idx| dom.attr(idx, Attr::Href));
    let shared = metas.iter().find(|(key, _)| key == "og:url").map(|(_, value)| value.as_str());
    let is_url = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    facts.url = canonical
        .map(str::trim)
        .filter(is_url)
        .or(shared.filter(is_url))
        .map(str::to_owned)
        .or_else(|| described.url.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_outlet() {
        for (title, outlet, bare) in [
            ("Ferry strike ends | The Harbor Ledger", "The Harbor Ledger", "Ferry strike ends"),
            ("Ferry strike ends - Harbor Ledger", "The Harbor Ledger", "Ferry strike ends"),
            ("Harbor Ledger: Ferry - bridge row", "The Harbor Ledger", "Harbor Ledger: Ferry - bridge row"),
            (
                "The Harbor Ledger - Ferry strike ends at last",
                "The Harbor Ledger",
                "Ferry strike ends at last",
            ),
        ] {
            assert_eq!(without_outlet(title, Some(outlet)), bare);
        }
    }
}
