//! Does the site reserve text and data mining? The TDM Reservation Protocol (W3C community group, final report of
//! 10 May 2024), and the directives that robots meta tags and `X-Robots-Tag` give.
//!
//! Three places tell: a file of the site, the answer's header, the page's head; what is nearer to the page counts
//! (the page before the header before the file). `noai` anywhere reserves too.

use super::robots;
use onrecord_terms::Permission;
use serde_json::Value;

/// Where a site tells which of its places are reserved.
pub(crate) const WELL_KNOWN: &str = "/.well-known/tdmrep.json";

/// The most rules that are read of a site's file.
const MAX_RULES: usize = 10_000;

/// How far into a page its meta tags are looked for.
const HEAD_BYTES: usize = 256 * 1024;

/// One rule of a site's file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pattern: String,
    told: Told,
}

/// What one place tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    reserved: bool,
    policy: Option<String>,
}

/// Reads a site's file; what is no rule in it is passed over.
pub(crate) fn well_known(bytes: &[u8]) -> Vec<Rule> {
    let Ok(Value::Array(rules)) = crate::json::parse(bytes) else { return Vec::new() };
    let rule = |value: &Value| {
        let reserved = match value.get("tdm-reservation")? {
            Value::Number(number) => reservation(&number.to_string())?,
            Value::String(word) => reservation(word)?,
            _ => return None,
        };
        let policy = value.get("tdm-policy").and_then(Value::as_str).map(short);
        let pattern = robots::normal(value.get("location")?.as_str()?);
        Some(Rule { pattern, told: Told { reserved, policy } })
    };
    rules.iter().take(MAX_RULES).filter_map(rule).collect()
}

/// What a site's file tells about a path: the longest rule that fits; of two that are as long, the one that reserves.
pub(crate) fn for_path<'r>(rules: &'r [Rule], path: &str) -> Option<&'r Told> {
    let path = robots::normal(path);
    let fitting = rules.iter().filter(|rule| robots::matches(&rule.pattern, &path));
    fitting.max_by_key(|rule| (rule.pattern.len(), rule.told.reserved)).map(|rule| &rule.told)
}

/// What a site tells about a page by all its ways. `header` gives the values of a header by its name in lower case;
/// `page` is the page's bytes, empty where it is none.
pub(crate) fn settle<'h, H: Iterator<Item = &'h str>>(
    file: Option<&Told>,
    header: impl Fn(&'static str) -> H,
    page: &[u8],
) -> Permission {
    let metas = metas(&page[..page.len().min(HEAD_BYTES)]);
    let meta =
        |name: &str| metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str());
    let told = |reserved: Option<&str>, policy: Option<&str>| {
        Some(Told { reserved: reservation(reserved?)?, policy: policy.map(short) })
    };
    let in_header = told(header("tdm-reservation").next(), header("tdm-policy").next());
    let in_page = told(meta("tdm-reservation"), meta("tdm-policy"));
    let ways =
        [(in_page.as_ref(), "in the page"), (in_header.as_ref(), "in the header"), (file, "in tdmrep.json")];
    let mut permission = Permission::default();
    for value in header("x-robots-tag") {
        directives(scoped(value), &mut permission.directives);
    }
    for (_, content) in metas.iter().filter(|(name, _)| name == "robots" || name == super::PRODUCT) {
        directives(content, &mut permission.directives);
    }
    let noai = permission.directives.iter().find(|directive| *directive == "noai");
    let counts = ways.into_iter().find_map(|(told, way)| told.map(|told| (told, way)));
    let (reserved, tdm) = match (counts, noai) {
        (Some((told, way)), _) if told.reserved => {
            let policy = told.policy.as_ref().map(|policy| format!("; policy {policy}")).unwrap_or_default();
            (true, format!("reserved (tdm-reservation {way}{policy})"))
        }
        (_, Some(_)) => (true, "reserved (noai)".to_owned()),
        (Some((_, way)), None) => (false, format!("not reserved (tdm-reservation {way})")),
        (None, None) => (false, "not told".to_owned()),
    };
    Permission { reserved, tdm: Some(tdm), ..permission }
}

/// `1` reserves, `0` does not, anything else says nothing.
fn reservation(word: &str) -> Option<bool> {
    match word.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// The directives of an `X-Robots-Tag` value that are meant for all or for this program: `googlebot: noindex` is not.
fn scoped(value: &str) -> &str {
    match value.split_once(':') {
        // `unavailable_after: 25 Jun 2031` and `max-snippet: 20` are directives with a value.
        Some((agent, rest)) if !agent.contains(',') && !agent.contains('-') && !agent.contains('_') => {
            if agent.trim().eq_ignore_ascii_case(super::PRODUCT) {
                rest
            } else {
                ""
            }
        }
        _ => value,
    }
}

fn directives(value: &str, told: &mut Vec<String>) {
    for word in value.split(',') {
        let word = short(&word.trim().to_ascii_lowercase());
        let is_news = !word.is_empty() && !["all", "index", "follow"].contains(&word.as_str());
        if is_news && told.len() < 20 && !told.contains(&word) {
            told.push(word);
        }
    }
}

fn short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Names and contents of the meta tags in a page's head, names in lower case. Tags in comments and scripts are none.
fn metas(page: &[u8]) -> Vec<(String, String)> {
    // UTF-16 has a zero beside each ASCII letter.
    let page: Vec<u8> = page.iter().copied().filter(|b| *b != 0).collect();
    let mut metas = Vec::new();
    let mut rest = page.as_slice();
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        let opens = |tag: &[u8]| {
            rest.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag))
                && rest.get(tag.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b))
        };
        let past = |end: &[u8]| {
            rest.windows(end.len())
                .position(|window| window.eq_ignore_ascii_case(end))
                .map_or(rest.len(), |at| at + end.len())
        };
        if rest.starts_with(b"!--") {
            rest = &rest[past(b"-->")..];
        } else if opens(b"script") {
            rest = &rest[past(b"</script")..];
        } else if opens(b"style") {
            rest = &rest[past(b"</style")..];
        } else if opens(b"body") || opens(b"/head") {
            break;
        } else if opens(b"meta") {
            let (attrs, len) = attributes(&rest[4..]);
            let value =
                |key: &str| attrs.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
            if let (Some(name), Some(content)) = (value("name").or(value("http-equiv")), value("content")) {
                metas.push((name.trim().to_ascii_lowercase(), content));
            }
            rest = &rest[4 + len..];
        }
    }
    metas
}

/// The attributes of a tag up to its end, and how many bytes they take.
fn attributes(tag: &[u8]) -> (Vec<(String, String)>, usize) {
    let mut attrs = Vec::new();
    let mut at = 0;
    let skip = |at: &mut usize, is: &dyn Fn(u8) -> bool| {
        let from = *at;
        while tag.get(*at).is_some_and(|b| is(*b)) {
            *at += 1;
        }
        from..*at
    };
    let text = |range: std::ops::Range<usize>| String::from_utf8_lossy(&tag[range]).into_owned();
    while at < tag.len() && tag[at] != b'>' {
        skip(&mut at, &|b| b.is_ascii_whitespace() || b == b'/');
        let name = skip(&mut at, &|b| !b.is_ascii_whitespace() && !b"=>/".contains(&b));
        skip(&mut at, &|b| b.is_ascii_whitespace());
        if tag.get(at) != Some(&b'=') {
            // A stray `=` or a byte that opens no name would hold the reader in place.
            at += usize::from(name.is_empty() && tag.get(at).is_some_and(|b| *b != b'>'));
            continue;
        }
        at += 1;
        skip(&mut at, &|b| b.is_ascii_whitespace());
        let value = match tag.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                at += 1;
                let value = skip(&mut at, &|b| b != *quote);
                at += 1;
                value
            }
            _ => skip(&mut at, &|b| !b.is_ascii_whitespace() && b != b'>'),
        };
        attrs.push((text(name).to_ascii_lowercase(), crate::feed::unescape(&text(value))));
        at = at.min(tag.len());
    }
    (attrs, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tdm(file: &str, headers: &[(&str, &str)], page: &str, path: &str) -> Permission {
        let rules = well_known(file.as_bytes());
        let header = |name: &'static str| {
            headers.iter().filter(move |(known, _)| *known == name).map(|(_, value)| *value)
        };
        settle(for_path(&rules, path), header, page.as_bytes())
    }

    #[test]
    fn the_page_counts_before_the_header_before_the_file() {
        let file = r#"[{"location": "/", "tdm-reservation": 0}, {"location": "/news/*", "tdm-reservation": 1,
            "tdm-policy": "https://vale.example/policy"}, {"location": 3}, "odd"]"#;
        let meta = |n: u8| format!("<head><META content='{n}' name=\"TDM-Reservation\"></head>");
        for (headers, page, path, reserved, words) in [
            (&[][..], String::new(), "/about", false, "not reserved (tdm-reservation in tdmrep.json)"),
            (
                &[][..],
                String::new(),
                "/news/1",
                true,
                "reserved (tdm-reservation in tdmrep.json; policy https://vale.example/policy)",
            ),
            (
                &[("tdm-reservation", "0")][..],
                String::new(),
                "/news/1",
                false,
                "not reserved (tdm-reservation in the header)",
            ),
            (
                &[("tdm-reservation", "0")][..],
                meta(1),
                "/news/1",
                true,
                "reserved (tdm-reservation in the page)",
            ),
            (
                &[("tdm-reservation", "1")][..],
                meta(0),
                "/news/1",
                false,
                "not reserved (tdm-reservation in the page)",
            ),
            (
                &[("tdm-reservation", "yes")][..],
                String::new(),
                "/about",
                false,
                "not reserved (tdm-reservation in tdmrep.json)",
            ),
        ] {
            let permission = tdm(file, headers, &page, path);
            assert_eq!(
                (permission.reserved, permission.tdm.as_deref()),
                (reserved, Some(words)),
                "{headers:?} {page}"
            );
        }
        assert_eq!(tdm("{}", &[], "", "/").tdm.as_deref(), Some("not told"));
        assert_eq!(tdm("garbage", &[], "", "/").tdm.as_deref(), Some("not told"));
    }

    #[test]
    fn directives_for_others_are_not_ours() {
        let told = tdm(
            "[]",
            &[
                ("x-robots-tag", "noindex, noarchive"),
                ("x-robots-tag", "googlebot: noai"),
                ("x-robots-tag", "max-snippet: 20"),
            ],
            "<!-- <meta name=robots content=noai> --><script>'<meta name=robots content=noai>'</script>\
             <meta name=robots content='index, nosnippet'></head><meta name=robots content=noai>",
            "/",
        );
        assert_eq!(told.directives, ["noindex", "noarchive", "max-snippet: 20", "nosnippet"]);
        assert!(!told.reserved);
        assert!(tdm("[]", &[], "<meta name=robots content='noindex, NOAI'>", "/").reserved);
        assert!(tdm("[]", &[("x-robots-tag", "onrecord: noai")], "", "/").reserved);
    }

    #[test]
    fn broken_tags_end() {
        for page in [
            "<meta",
            "<meta =",
            "<meta name",
            "<meta name=",
            "<meta name='x",
            "<meta / = / >",
            "<!--",
            "<script>",
        ] {
            tdm("[]", &[], page, "/");
        }
    }
}
