//! What does the page say of itself in JSON-LD?
//!
//! schema.org's articles, wherever they lie in a page's scripts: alone, in a list, in a `@graph`, inside a `WebPage`.

use super::dom::{Dom, squeezed};
use super::names::{Attr, Tag};
use onrecord_terms::Moment;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An article as JSON-LD describes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Described {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<Moment>,
    pub(crate) modified: Option<Moment>,
    /// Names of persons.
    pub(crate) people: Vec<String>,
    /// Names of organisations that stand as authors or as providers of the text.
    pub(crate) organisations: Vec<String>,
    /// Whoever stands as an author, as it is told.
    pub(crate) authors: Vec<String>,
    /// Authors that are named elsewhere in the data.
    author_ids: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body: Option<String>,
    /// `isAccessibleForFree` is false.
    pub(crate) is_paid: bool,
    /// It is a `LiveBlogPosting`.
    pub(crate) is_live: bool,
    /// Dates that other objects give: of publication (`true`), or of creation.
    pub(crate) other_dates: Vec<(bool, Moment)>,
}

impl Described {
    /// Adds an author.
    fn author(&mut self, name: String, is_person: bool) {
        self.authors.push(name.clone());
        let names = if is_person { &mut self.people } else { &mut self.organisations };
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// The page's article, the first of them that names a headline.
pub(crate) fn described(dom: &Dom) -> Option<Described> {
    let mut found: Vec<Described> = Vec::new();
    let mut outlet = None;
    let mut other_dates = Vec::new();
    let mut by_id: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for script in dom.by_tag(Tag::Script) {
        if !dom.attr(script, Attr::Type).is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) {
            continue;
        }
        let Some(value) = parse(&dom.raw(script)) else { continue };
        let mut open = vec![&value];
        let mut n_seen = 0;
        while let Some(value) = open.pop() {
            n_seen += 1;
            if n_seen > 10_000 {
                break;
            }
            match value {
                Value::Array(many) => open.extend(many.iter().rev()),
                Value::Object(object) => {
                    let is_article = is_article(object);
                    if let (Some(Value::String(id)), false) = (object.get("@id"), is_article) {
                        by_id.extend(named(Some(value)).into_iter().next().map(|name| (id.clone(), name)));
                    }
                    for (key, is_published) in
                        [("datePublished", true), ("dateCreated", false), ("uploadDate", false)]
                    {
                        let told = if is_article && is_published { None } else { string(object.get(key)) };
                        let told = told.and_then(|told| moment(&told));
                        other_dates.extend(told.map(|told| (is_published, told)));
                    }
                    if is_article {
                        found.push(article(object));
                    } else {
                        if types(object).iter().any(|t| matches!(*t, "NewsMediaOrganization" | "WebSite"))
                            && outlet.is_none()
                        {
                            outlet = string(object.get("name"));
                        }
                        open.extend(
                            ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]
                                .iter()
                                .rev()
                                .filter_map(|key| object.get(*key)),
                        );
                    }
                }
                _ => {}
            }
        }
    }
    let live = found.iter().any(|one| one.is_live);
    let best = found
        .iter()
        .position(|one| one.headline.is_some() && one.published.is_some())
        .or(found.iter().position(|one| one.headline.is_some()));
    let mut best = match best {
        Some(idx) => found.swap_remove(idx),
        None if found.is_empty() && other_dates.is_empty() => return None,
        None => found.pop().unwrap_or_default(),
    };
    best.other_dates = other_dates;
    for id in std::mem::take(&mut best.author_ids) {
        if let Some((name, is_person)) = by_id.get(&id) {
            best.author(name.clone(), *is_person);
        }
    }
    best.is_live |= live;
    best.publisher = best.publisher.or(outlet);
    Some(best)
}

/// Reads JSON that pages often break: comments around it, raw line breaks in strings, a trailing semicolon, a second end.
fn parse(raw: &str) -> Option<Value> {
    let raw = raw.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let raw = raw
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>");
    let raw = raw.trim().trim_end_matches(';');
    serde_json::from_str(raw).ok().or_else(|| {
        let plain: String = raw.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        // The first value, whatever stands behind it.
        serde_json::Deserializer::from_str(&plain).into_iter().next()?.ok()
    })
}

fn types(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    types(object).iter().any(|t| {
        t.ends_with("Article")
            || matches!(
                *t,
                "LiveBlogPosting" | "BlogPosting" | "Report" | "SocialMediaPosting" | "ClaimReview"
            )
    })
}

fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text).or_else(|| crate::dates::first_date(text))
}

fn article(object: &Map<String, Value>) -> Described {
    let text = |key: &str| string(object.get(key));
    let moment = |key: &str| text(key).and_then(|date| moment(&date));
    let mut described = Described {
        headline: text("headline").or_else(|| text("name")),
        published: moment("datePublished"),
        modified: moment("dateModified"),
        publisher: named(object.get("publisher")).into_iter().next().map(|(name, _)| name),
        url: text("url").or_else(|| text("mainEntityOfPage")).filter(|url| url.starts_with("http")),
        language: text("inLanguage"),
        description: text("description"),
        body: object
            .get("articleBody")
            .and_then(Value::as_str)
            .map(|body| decoded(body).replace("\r\n", "\n")),
        is_paid: match object.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => !free,
            Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
            _ => false,
        },
        is_live: types(object).contains(&"LiveBlogPosting"),
        ..Described::default()
    };
    for (name, is_person) in named(object.get("author")).into_iter().chain(named(object.get("creator"))) {
        described.author(name, is_person);
    }
    let authors = match object.get("author") {
        Some(Value::Array(many)) => many.iter().take(50).collect(),
        one => one.into_iter().collect::<Vec<_>>(),
    };
    described.author_ids = authors
        .into_iter()
        .filter(|author| author.get("name").is_none())
        .filter_map(|author| Some(author.get("@id")?.as_str()?.to_owned()))
        .collect();
    for key in ["sourceOrganization", "provider", "creditText", "isBasedOn"] {
        described.organisations.extend(named(object.get(key)).into_iter().map(|(name, _)| name));
    }
    described
}

/// A string, or the first of a list of them, entities decoded.
fn string(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.as_str(),
        Value::Array(many) => many.first()?.as_str()?,
        Value::Object(object) => object.get("@id").or_else(|| object.get("name")).and_then(Value::as_str)?,
        _ => return None,
    };
    Some(squeezed(&decoded(text))).filter(|text| !text.is_empty())
}

/// Names in an author or publisher: strings, objects with a name, lists of either. True for persons.
fn named(value: Option<&Value>) -> Vec<(String, bool)> {
    match value {
        Some(Value::String(name)) => vec![(squeezed(&decoded(name)), true)],
        Some(Value::Array(many)) => many
            .iter()
            .take(50)
            .flat_map(|one| match one {
                Value::Array(_) => Vec::new(),
                one => named(Some(one)),
            })
            .collect(),
        Some(Value::Object(object)) => {
            let is_organisation = types(object).iter().any(|t| t.ends_with("Organization"));
            match object.get("name") {
                Some(Value::Array(many)) => many
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|name| (squeezed(&decoded(name)), !is_organisation))
                    .collect(),
                name => string(name).map(|name| (name, !is_organisation)).into_iter().collect(),
            }
        }
        _ => Vec::new(),
    }
}

/// With the character references decoded that pages leave in JSON: `&amp;`, `&quot;`, `&#8217;`, `&#x27;`.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let sign = end.and_then(|end| {
            let name = &rest[1..end];
            let sign = match name {
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "lt" => '<',
                "gt" => '>',
                "nbsp" => ' ',
                "rsquo" => '’',
                "lsquo" => '‘',
                "rdquo" => '”',
                "ldquo" => '“',
                "ndash" => '–',
                "mdash" => '—',
                "hellip" => '…',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((sign, end))
        });
        match sign {
            Some((sign, end)) => {
                out.push(sign);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
