//! Where do the pages of this outlet hold their report, if what was learned misreads them?
//!
//! Data, not code: one TOML in `outlets/` per outlet, each layout with the last day that it was in use. None is needed for
//! outlets that are read well without; `docs/guide.md` tells the form.

use super::blocks::Block;
use super::body::holder;
use super::dom::Dom;
use super::names::{Attr, Tag};
use crate::facts::Facts;
use crate::{credit, dates};
use onrecord_terms::{Day, Moment, Page};
use std::sync::LazyLock;
use toml::{Table, Value};

/// The outlets' files, each with its name.
const FILES: &[(&str, &str)] = &[("harbor-ledger.toml", include_str!("../../outlets/harbor-ledger.toml"))];

static OUTLETS: LazyLock<Vec<Outlet>> =
    LazyLock::new(|| FILES.iter().filter_map(|(_, text)| outlet(text)).collect());

/// An outlet whose pages need help.
#[derive(Clone, Debug)]
struct Outlet {
    /// Its host; hosts below it are its too.
    host: String,
    /// In the order of the file: from the oldest to the one in use.
    layouts: Vec<Layout>,
}

/// How an outlet's pages were laid out until a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The last day on which it was in use; none for the one that is.
    until: Option<Day>,
    /// The elements that hold the report; where none is named, what was learned decides.
    body: Vec<Selector>,
    /// Elements that are no part of it.
    drop: Vec<Selector>,
    title: Option<Selector>,
    author: Option<Selector>,
    date: Option<Selector>,
}

/// An element by its tag and classes or its id: `div.text`, `.who`, `#story`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Selector {
    tag: String,
    id: Option<String>,
    classes: Vec<String>,
}

/// The layout of the page's outlet on its day: the day it was fetched on, else the day of its report, else the last.
pub(crate) fn layout(page: &Page, facts: &Facts) -> Option<&'static Layout> {
    let url = page.given.url.as_deref().or(facts.url.as_deref()).unwrap_or(&page.origin);
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let is_at = |outlet: &&Outlet| {
        host.strip_suffix(outlet.host.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let outlet = OUTLETS.iter().find(is_at)?;
    let day = page.given.fetched.or(page.given.published).or(facts.published).map(|moment| moment.day);
    let is_of = |layout: &&Layout| layout.until.is_none_or(|until| day.is_some_and(|day| day <= until));
    outlet.layouts.iter().find(is_of)
}

impl Layout {
    /// Takes the facts that the layout names a place for; what a place does not give stays as it was read.
    pub(crate) fn facts(&self, dom: &Dom, facts: &mut Facts) {
        let text = |selector: &Option<Selector>| {
            let mut found = elements(dom, selector.as_slice()).into_iter().map(|idx| dom.text(idx));
            found.find(|text| !text.is_empty() && text.len() <= 400)
        };
        if let Some(title) = text(&self.title) {
            facts.title = Some(title);
        }
        if let Some(names) = text(&self.author).map(|text| credit::names(&text))
            && !names.people.is_empty()
        {
            facts.byline = names.people;
            facts.credit(names.agencies);
        }
        let date = text(&self.date);
        if let Some(date) = date.and_then(|text| Moment::parse(&text).or_else(|| dates::first_date(&text))) {
            facts.published = Some(date);
        }
    }

    /// Leaves the blocks in the elements of the body, and none of those that are dropped.
    pub(crate) fn leave(&self, dom: &Dom, blocks: &[Block], left: &mut [bool]) {
        let (body, drop) = (elements(dom, &self.body), elements(dom, &self.drop));
        for (block, left) in blocks.iter().zip(left) {
            if !body.is_empty() {
                *left = holder(dom, &body, block.first).is_some();
            }
            *left &= holder(dom, &drop, block.first).is_none();
        }
    }
}

/// The outermost elements that fit, in order.
fn elements(dom: &Dom, selectors: &[Selector]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut idx = 1;
    while !selectors.is_empty() && idx < dom.nodes.len() {
        if selectors.iter().any(|selector| selector.fits(dom, idx)) {
            found.push(idx);
            idx = dom.nodes[idx].end;
        } else {
            idx += 1;
        }
    }
    found
}

impl Selector {
    fn parse(text: &str) -> Option<Selector> {
        let mut selector = Selector::default();
        for part in text.split_inclusive(['.', '#']).scan(None, |mark, part| {
            let own = mark.replace(part.chars().last().filter(|c| ".#".contains(*c)));
            Some((own.flatten(), part.trim_end_matches(['.', '#'])))
        }) {
            let is_name = |name: &str| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
            };
            match part {
                (None, tag) if tag.is_empty() || is_name(tag) => selector.tag = tag.to_owned(),
                (Some('.'), class) if is_name(class) => selector.classes.push(class.to_owned()),
                (Some('#'), id) if is_name(id) => selector.id = Some(id.to_owned()),
                _ => return None,
            }
        }
        (selector != Selector::default()).then_some(selector)
    }

    fn fits(&self, dom: &Dom, idx: usize) -> bool {
        let tag = dom.tag(idx);
        let class = dom.attr(idx, Attr::Class).unwrap_or_default();
        tag != Tag::Text
            && (self.tag.is_empty() || self.tag == tag.as_str())
            && self.id.as_deref().is_none_or(|id| dom.attr(idx, Attr::Id) == Some(id))
            && self.classes.iter().all(|own| class.split_ascii_whitespace().any(|class| class == own))
    }
}

/// Reads an outlet's file; none where it is not of the form.
fn outlet(text: &str) -> Option<Outlet> {
    let table: Table = text.parse().ok()?;
    let host = table.get("host")?.as_str()?.to_ascii_lowercase();
    let layouts = table.get("layout")?.as_array()?.iter().map(|layout| one_layout(layout.as_table()?));
    Some(Outlet { host, layouts: layouts.collect::<Option<_>>()? })
}

fn one_layout(table: &Table) -> Option<Layout> {
    let mut layout = Layout::default();
    for (key, value) in table {
        let one = || Selector::parse(value.as_str()?);
        let many =
            || value.as_array()?.iter().map(|one| Selector::parse(one.as_str()?)).collect::<Option<Vec<_>>>();
        match key.as_str() {
            "until" => layout.until = Some(day(value)?),
            "body" => layout.body = many()?,
            "drop" => layout.drop = many()?,
            "title" => layout.title = Some(one()?),
            "author" => layout.author = Some(one()?),
            "date" => layout.date = Some(one()?),
            _ => return None,
        }
    }
    Some(layout)
}

fn day(value: &Value) -> Option<Day> {
    let date = value.as_datetime()?.date?;
    Day::new(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outlets_file_is_read() {
        for (name, text) in FILES {
            let outlet = outlet(text).unwrap_or_else(|| panic!("{name}"));
            let table: Table = text.parse().unwrap();
            assert!(table.get("source").and_then(Value::as_str).is_some_and(|s| !s.is_empty()), "{name}");
            // In the order of time, and at most the last without an end.
            let ends: Vec<Option<Day>> = outlet.layouts.iter().map(|layout| layout.until).collect();
            let (last, before) = ends.split_last().unwrap_or_else(|| panic!("{name}"));
            assert!(before.iter().all(Option::is_some), "{name}");
            assert!(before.is_sorted() && (last.is_none() || ends.is_sorted()), "{name}");
        }
    }

    #[test]
    fn what_is_not_of_the_form_is_refused() {
        for text in [
            "",
            "host = 1",
            "host = \"a.example\"\n[[layout]]\nbody = \"div\"",
            "host = \"a.example\"\n[[layout]]\nbdy = [\"div\"]",
            "host = \"a.example\"\n[[layout]]\ntitle = \"div p\"",
            "host = \"a.example\"\n[[layout]]\nuntil = 10:20:00",
        ] {
            assert!(outlet(text).is_none(), "{text}");
        }
    }

    #[test]
    fn selectors_name_a_tag_classes_and_an_id() {
        let parsed = Selector::parse("div.text.main#story").unwrap();
        assert_eq!((parsed.tag.as_str(), parsed.id.as_deref()), ("div", Some("story")));
        assert_eq!(parsed.classes, ["text", "main"]);
        assert_eq!(Selector::parse(".who").unwrap().classes, ["who"]);
        for text in ["", ".", "div > p", "div..text", "a[href]"] {
            assert_eq!(Selector::parse(text), None, "{text}");
        }
    }
}
