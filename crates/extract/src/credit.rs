//! Which agencies does a piece of page text credit, and whom does a byline name?
//!
//! Known agencies are data (`data/agencies.tsv`), as are the words around names (`credits.tsv`, `bylines.tsv`, `nobody.tsv`); the forms that credits take find those that nobody listed.

use crate::furniture::straight;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static AGENCIES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    crate::table::rows(include_str!("../data/agencies.tsv"))
        .flat_map(|row| {
            let forms = row.get(1).copied().unwrap_or_default();
            row.first().copied().into_iter().chain(forms.split('|')).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty())
        .collect()
});

/// The table's names by their capitals.
static BY_CAPITALS: LazyLock<BTreeMap<String, &str>> =
    LazyLock::new(|| AGENCIES.iter().map(|name| (name.to_uppercase(), *name)).collect());

/// Words that stand in for names in bylines and credits: somebody, but nobody named.
static NOBODY: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let rows = crate::table::rows(include_str!("../data/nobody.tsv"));
    rows.filter_map(|row| row.first().copied()).collect()
});

/// Last words of names of agencies.
const AGENCY_ENDS: &[&str] =
    &["agency", "newswire", "wire", "press", "agentur", "agence", "ajansı", "agencia"];

/// Short words in capitals that are no agency.
const NO_AGENCY: &[&str] = &[
    "US",
    "UK",
    "UN",
    "EU",
    "UAE",
    "USA",
    "NATO",
    "CEO",
    "TV",
    "PM",
    "AM",
    "MP",
    "PDF",
    "FAQ",
    "WHO",
    "IMF",
    "FILE",
    "LIVE",
    "NEWS",
    "VIDEO",
    "PHOTO",
    "PHOTOS",
    "UPDATE",
    "UPDATED",
    "EDT",
    "GMT",
    "UTC",
    "EST",
    "CET",
    "EXCLUSIVE",
    "OPINION",
    "II",
    "III",
];

/// The people and the agencies that a byline or a credit names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credit {
    /// People, one name each.
    pub(crate) people: Vec<String>,
    /// Agencies, by the name given.
    pub(crate) agencies: Vec<String>,
}

/// Words in front of the author of a text (`data/bylines.tsv`).
fn by_words(roles: &[&str]) -> Vec<&'static str> {
    let rows = crate::table::rows(include_str!("../data/bylines.tsv"));
    let rows = rows.filter(|row| row.get(1).is_some_and(|role| roles.contains(role)));
    let mut words: Vec<&str> = rows.filter_map(|row| row.first().copied()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// All of them.
static WORDS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| by_words(&["label", "word", "joined"]).into_iter().collect());

/// The words in front of an author.
static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let either = |roles: &[&str]| {
        let words = by_words(roles);
        words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    let pattern = format!(
        r"^[|•·(（\s]*(?i:(?:{})\s*[:：]\s*|(?:{})\s+|(?:{})[:：/／\s]*)",
        either(&["label", "word", "joined"]),
        either(&["word"]),
        either(&["joined"])
    );
    Regex::new(&pattern).ok()
});

/// Whether the words alone stand before an author: "By", "Autor:".
pub(crate) fn is_by(words: &str) -> bool {
    if words.len() > 60 {
        return false;
    }
    let words = words.trim().trim_end_matches([':', '：']).trim_end().to_lowercase();
    WORDS.contains(words.as_str())
}

/// What stands behind "By", "Von", "Автор:"; all of it, where none does.
pub(crate) fn without_by(raw: &str) -> &str {
    let found = BY.as_ref().and_then(|regex| regex.find(raw));
    found.map_or(raw, |found| &raw[found.end()..])
}

static EDITOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[|•·\s]*(?i:(?:news |copy |managing |web |photo )?editors?|edited by|editing by|editing|translators?|translated by|translation|producers?|produced by|photographers?|photos? by|photography|video by|graphics? by|illustrations? by|moderator)\s*(?::\s*|by )?\s*(.{2,120})$").ok()
});
static CREDITS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^[-–—*(\[\s]*(?:(?i:additional reporting (?:by|from)|with) )?(.{2,160}?),? (?i:also )?(?i:contributed)(?i: (?:additional )?(?:reporting|to (?:this|the) (?:report|story|article|piece|dispatch)).{0,60})?[.)\]]*$",
        r"^[-–—*(\[\s]*(?i:news sources?|sources?|agency|agencies|wires?|via|credits?)\s*:\s*(.{2,100}?)[.)\]]*$",
        r"^[-–—*(\[\s]*(?i:with (?:additional )?(?:inputs?|reporting|reports?|material|files|information|agency inputs) (?:from|by)|with|additional reporting by|additional reporting|input from|inputs from|based on (?:reports?|reporting) (?:from|by)|compiled from(?: reports by)?)[:\s]\s*(.{2,140}?)[.)\]]*$",
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});
/// The words of `data/credits.tsv` that stand in one place, the longest first: the first that fits is taken.
fn credit_words(place: &str) -> Vec<&'static str> {
    let rows = crate::table::rows(include_str!("../data/credits.tsv"));
    let rows = rows.filter(|row| row.get(1).is_some_and(|at| *at == place));
    let mut words: Vec<&str> = rows.filter_map(|row| row.first().copied()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<String> = credit_words("before").into_iter().map(regex::escape).collect();
    Regex::new(&format!(r"^(?i:{})\s*[:：]?\s*", words.join("|"))).ok()
});
static AFTER: LazyLock<Vec<&str>> = LazyLock::new(|| credit_words("after"));
static REPORTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[(\[]?\s*(?:Additional reporting|Reporting|Writing|Editing|Compiled|Reported|Written)(?: and (?:writing|editing|reporting))? by (.{2,240})$").ok()
});
/// The begin of a paragraph is short: what is repeated needs no bound, and a bound on letters of all scripts costs
/// thousands of states.
static DATELINES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // CITY (NAME) —, CITY, Month 14 (NAME) --, (NAME) -
        r"^(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’ -]+(?:[,/،] ?[\p{L}\p{M}.'’ -]{2}[\p{L}\p{M}.'’ -]*){0,2}(?:[,،]? \d{1,2}\.?(?: [\p{L}]{3}[\p{L}]*\.?)?(?: \d{4})?)?\s*)?[(\[（]([^()\[\]（）]{2,50})[)\]）]\s*(?:[-–—:]|\.?\s*[-–—])",
        // CITY, Month 14. /NAME/.
        r"^[\p{Lu}][\p{L}.'’ -].{0,69}?/([\p{L}][\p{L} .-]+)/[.\s]",
        // NAME (City) -: the agency in front.
        r"^([\p{Lu}]{2,8}|[\p{Lu}][\p{L} ]{2}[\p{L} ]* News Agency)\s*[-–—/|]\s*[\p{Lu}]",
        // CITY, 14 month — NAME. NAME City month 14 (Chinese).
        r"^[\p{Lu}][\p{L} -]+,? \d{1,2}\.? \p{L}{3}\p{L}*\.?\s*[-–—/]+\s*([\p{Lu}][\p{L} -]+?)[./]",
        r"^据?(\p{Han}{2,6}?[社网])[^，。]{0,30}[电讯]",
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});
static CLOSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?:[(\[（]([^()\[\]（）]{2,40})[)\]）]|[.!?”"'’]\s*[-–—]{1,2}\s*([\p{Lu}][\p{L} .-]+))[.。]?$"#,
    )
    .ok()
});

/// How the lines begin that the patterns above fit: looking at the begin costs a hundredth of trying them.
const EDITOR_OPENS: &[&str] = &[
    "news",
    "copy",
    "managing",
    "web",
    "photo",
    "edit",
    "translat",
    "produce",
    "video",
    "graphic",
    "illustration",
    "moderator",
];
const REPORTING_OPENS: &[&str] = &["additional", "report", "writ", "edit", "compiled"];
const SOURCE_OPENS: &[&str] = &["news", "source", "agenc", "wire", "via", "credit"];
const WITH_OPENS: &[&str] = &["with", "additional", "input", "based", "compiled"];

/// Whether a line begins with one of some words, whatever their case; marks in front are passed over.
fn opens(line: &str, words: &[&str]) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "|•·-–—*([".contains(c)).as_bytes();
    words
        .iter()
        .any(|word| line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes())))
}

/// Whether a word stands in a line, whatever its case.
fn holds(line: &str, word: &str) -> bool {
    let (line, word) = (line.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), line)
        .any(|at| line.get(at..at + word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
}

/// Whom a byline line names; `None` if the line is no byline. A byline of nobody ("By staff") names none.
pub(crate) fn byline(line: &str) -> Option<Credit> {
    let line = line.trim_end_matches([')', '）']);
    if line.len() > 200 || ends_a_sentence(line) && line.split_whitespace().count() > 12 {
        return None;
    }
    let raw = without_by(line);
    if raw.len() == line.len() || raw.len() > 140 {
        return None;
    }
    let credit = names(raw);
    let nobody = raw.split([',', '/', '&', '|']).all(|part| is_nobody(part) || part.trim().is_empty());
    (nobody || credit != Credit::default()).then_some(credit)
}

/// Whether the line names who edited, translated or photographed: no authors, and no part of the report.
pub(crate) fn is_staff_line(line: &str) -> bool {
    let may = line.len() <= 160 && opens(line, EDITOR_OPENS);
    let Some(regex) = EDITOR.as_ref().filter(|_| may) else { return false };
    regex.captures(line).and_then(|c| c.get(1)).is_some_and(|raw| {
        let raw = raw.as_str();
        line.contains(':') && names(raw).people.len() == raw.split([',', ';', '&']).count()
            || names(raw) != Credit::default() && !ends_a_sentence(line)
    })
}

/// What a credit line credits; `None` if the line is none. A credit of nobody ("Agencies") credits none.
pub(crate) fn credit_line(line: &str) -> Option<Credit> {
    let line = line.trim();
    if line.len() > 300 || line.is_empty() {
        return None;
    }
    let reporting = REPORTING.as_ref().filter(|_| opens(line, REPORTING_OPENS));
    if let Some(raw) = reporting.and_then(|regex| regex.captures(line)).and_then(|c| c.get(1)) {
        let end = [";", ". ", ")", "]", "\n"].iter().filter_map(|mark| raw.as_str().find(mark)).min();
        let reported = line.trim_start_matches(['(', '[', ' ']);
        let raw = &raw.as_str()[..end.unwrap_or(raw.len())];
        let mut credit = names(raw);
        for part in parts(raw).filter(|part| is_agency_in_credit(part) && !is_nobody(part)) {
            push(&mut credit.agencies, part);
        }
        if !(reported.starts_with("Reporting")
            || reported.starts_with("Reported")
            || reported.starts_with("Writ"))
        {
            credit.people.clear();
        }
        return Some(credit);
    }
    if crate::furniture::has_quotation(line) {
        return None;
    }
    let may = [holds(line, "contributed"), opens(line, SOURCE_OPENS), opens(line, WITH_OPENS)];
    for (idx, regex) in CREDITS.iter().enumerate().filter(|(idx, _)| may.get(*idx) != Some(&false)) {
        let Some(raw) = regex.captures(line).and_then(|c| c.get(1)) else { continue };
        let raw = raw.as_str();
        let mut credit = Credit::default();
        let mut strange = 0;
        for part in parts(raw) {
            match part {
                part if is_nobody(part) => {}
                part if is_agency_in_credit(part) => push(&mut credit.agencies, part),
                part if is_person(part) || (idx == 1 && is_title_case(part)) => {}
                _ => strange += 1,
            }
        }
        if strange == 0 {
            return Some(credit);
        }
    }
    alone(line).or_else(|| worded(line))
}

/// A line that credits in other languages' words: "Mit Material der dpa", "Источник: ТАСС", "来源：新华社".
fn worded(line: &str) -> Option<Credit> {
    if line.len() > 300 {
        return None;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()[]（）【】—–-*.。".contains(c));
    let before = BEFORE.as_ref().and_then(|regex| regex.find(bare)).map(|found| &bare[found.end()..]);
    let raw = before.or_else(|| AFTER.iter().find_map(|word| bare.strip_suffix(word)))?;
    let mut credit = Credit::default();
    for part in parts(raw) {
        match part {
            part if is_nobody(part) => {}
            part => push(&mut credit.agencies, in_list(part)?),
        }
    }
    (!raw.trim().is_empty()).then_some(credit)
}

/// A line that is nothing but agencies: "(Reuters)", "AFP, Reuters", "— Norvik News Agency", "Agencies".
fn alone(line: &str) -> Option<Credit> {
    if line.len() > 80 || line.ends_with([':', '?', '!']) {
        return None;
    }
    let bare = line
        .trim_matches(['(', ')', '[', ']', '-', '–', '—', '.', '|', ' ', '*', '（', '）', '【', '】', '。']);
    let mut credit = Credit::default();
    for part in parts(bare) {
        match part {
            part if in_list(part).is_some() || (part.ends_with(" Agency") && is_title_case(part)) => {
                push(&mut credit.agencies, in_list(part).unwrap_or(part))
            }
            part if is_nobody(part) && part != "Editor" => {}
            _ => return None,
        }
    }
    Some(credit)
}

/// What the last line of a report credits if it is names in brackets: "(Norvik Wire)", "(Ledger/AFP)".
pub(crate) fn closing_line(line: &str) -> Option<Credit> {
    let inside = line.trim().trim_end_matches('.').strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    let mut credit = Credit::default();
    for part in parts(inside) {
        match part {
            part if is_nobody(part) => {}
            part if is_agency_in_credit(part) => push(&mut credit.agencies, part),
            part if is_person(part) || is_title_case(part) && part.split_whitespace().count() <= 4 => {}
            _ => return None,
        }
    }
    (inside.len() <= 60).then_some(credit)
}

/// Agencies in the dateline at the head of a paragraph: `CITY (NAME) —`.
pub(crate) fn dateline(paragraph: &str) -> Vec<String> {
    let head: &str = paragraph.char_indices().nth(140).map_or(paragraph, |(at, _)| &paragraph[..at]);
    let mut agencies = Vec::new();
    let has = |marks: &[u8]| head.bytes().any(|b| marks.contains(&b));
    // Each form has its mark; most paragraphs have none of them.
    let is_name = head.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() || "([（".contains(c));
    let is_agency = head.chars().take(2).all(char::is_uppercase) || head.contains(" News Agency");
    let may = [
        is_name && (has(b"([") || head.contains('（')),
        is_name && has(b"/"),
        is_name && is_agency && head.contains(['-', '–', '—', '/', '|']),
        is_name && has(b"0123456789") && head.contains(['-', '–', '—', '/']),
        head.contains(['电', '讯']),
    ];
    if may == [false; 5] {
        return Vec::new();
    }
    for (idx, regex) in DATELINES.iter().enumerate().filter(|(idx, _)| may.get(*idx) != Some(&false)) {
        let Some(raw) = regex.captures(head).and_then(|c| c.get(1)) else { continue };
        for part in parts(raw.as_str()) {
            let credited = if idx >= 2 {
                is_known(part) || part.ends_with(" News Agency")
            } else {
                is_agency_in_credit(part)
            };
            if credited && !is_person(part) | is_known(part) {
                push(&mut agencies, part);
            }
        }
        if !agencies.is_empty() {
            break;
        }
    }
    agencies
}

/// Agencies credited at the very end of a report: "… (Reuters)", "… — AFP".
pub(crate) fn closing(paragraph: &str) -> Vec<String> {
    let start = paragraph.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let mut agencies = Vec::new();
    let found = CLOSING.as_ref().and_then(|regex| regex.captures(&paragraph[start..]));
    if let Some(raw) = found.and_then(|c| c.get(1).or(c.get(2))) {
        for part in parts(raw.as_str()) {
            if in_list(part).is_some() || part.ends_with(" News Agency") {
                push(&mut agencies, in_list(part).unwrap_or(part));
            }
        }
    }
    agencies
}

/// The people and agencies in what follows "By": several names, roles and places taken off.
pub(crate) fn names(raw: &str) -> Credit {
    let mut credit = Credit::default();
    let raw = raw.trim().trim_start_matches(['|', '•', '·', ' ']);
    let raw = without_by(raw);
    for part in parts(raw) {
        let part = part.split([':', '@', '：']).next().unwrap_or(part).trim();
        // "Jane Roe in Geneva", "Jane Roe for The Ledger", "Jane Roe | The Ledger", "Jane Roe – 14 March".
        let cut = [" in ", " at ", " for ", " from ", " of ", " – ", " — ", " - ", " is ", " on "]
            .iter()
            .filter_map(|word| part.find(word))
            .min();
        let part = part[..cut.unwrap_or(part.len())].trim().trim_end_matches([',', '.', ';']);
        if is_nobody(part) {
            continue;
        }
        let (part, agency) = without_agency(part);
        agency.into_iter().for_each(|agency| push(&mut credit.agencies, agency));
        match part {
            part if is_known(part)
                || (is_title_case(part)
                    && part
                        .split(' ')
                        .next_back()
                        .is_some_and(|w| AGENCY_ENDS.contains(&w.to_lowercase().as_str()))) =>
            {
                push(&mut credit.agencies, part);
            }
            // "Jane Roe, Deputy CTO": what follows a name may be what she is.
            part if !credit.people.is_empty() && ends_in_letters(part) => {}
            part if is_person(part) || is_name_of_signs(part) => {
                let name =
                    if part.chars().any(char::is_lowercase) { part.to_owned() } else { capitalised(part) };
                push(&mut credit.people, &name);
            }
            _ => {}
        }
    }
    credit
}

/// A name without the agency that stands behind it: "Jane Roe The Associated Press".
fn without_agency(part: &str) -> (&str, Option<&str>) {
    // A name with its agency is short; a long text has many spaces.
    if part.len() > 120 {
        return (part, None);
    }
    let ends = part.match_indices(' ').filter(|(at, _)| is_person(&part[..*at]));
    ends.map(|(at, _)| (&part[..at], &part[at + 1..]))
        .find(|(_, rest)| is_known(rest))
        .map_or((part, None), |(name, agency)| (name, Some(agency)))
}

/// Whether the last word is two to four capitals: letters that stand for a post or a degree.
fn ends_in_letters(part: &str) -> bool {
    part.split_whitespace()
        .next_back()
        .is_some_and(|last| (2..=4).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase()))
        && part.chars().any(char::is_lowercase)
}

/// Whether it is a name in Han signs or Hangul, which are written without a space: two to four of them.
fn is_name_of_signs(name: &str) -> bool {
    let is_sign = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7af}').contains(&c);
    (2..=4).contains(&name.chars().count())
        && name.chars().all(is_sign)
        && !name.ends_with(['社', '网', '網', '报', '報', '台', '局', '部', '新', '闻', '聞'])
}

/// A list's parts: at commas, slashes, semicolons, `&`, `|`, brackets and "and".
fn parts(raw: &str) -> impl Iterator<Item = &str> {
    const ANDS: &[&str] = &[
        " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ja ", " avec ", " mit ", " with ",
        " и ", " та ", " ve ", " و ",
    ];
    let mut parts: Vec<&str> = raw
        .split([',', '/', ';', '&', '|', '(', ')', '•', '·', '\n', '、', '，', '；', '،', '／', '（', '）'])
        .collect();
    let begins = |at: usize| ANDS.iter().any(|and| raw.as_bytes()[at..].starts_with(and.as_bytes()));
    if memchr::memchr_iter(b' ', raw.as_bytes()).any(begins) {
        for and in ANDS.iter().filter(|and| raw.contains(**and)) {
            parts = parts.into_iter().flat_map(|part| part.split(*and)).collect();
        }
    }
    parts
        .into_iter()
        .map(|part| part.trim().trim_end_matches('.'))
        .map(|part| part.strip_prefix("and ").unwrap_or(part))
        .filter(|part| !part.is_empty())
}

fn is_known(name: &str) -> bool {
    AGENCIES.contains(name)
        || name.strip_prefix("the ").or(name.strip_prefix("The ")).is_some_and(|name| AGENCIES.contains(name))
        || name.strip_suffix(" news agency").is_some_and(|name| !name.is_empty())
}

/// A known agency in a list of nothing else, without its article: there some write agencies in small letters.
fn in_list(name: &str) -> Option<&str> {
    const SMALL: &[&str] = &[
        "afp", "apa", "sda", "ats", "reuters", "ansa", "efe", "tass", "belga", "ritzau", "pap", "anp", "ntb",
    ];
    const ARTICLES: &[&str] = &["der ", "die ", "l'", "la ", "de ", "dem ", "da ", "do ", "van ", "di "];
    let bare = ARTICLES.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
    let known = |name: &&str| is_known(name) || SMALL.contains(name);
    Some(name).filter(known).or(Some(bare).filter(known))
}

/// Whether `name` may be an agency, given that it stands where agencies are credited.
fn is_agency_in_credit(name: &str) -> bool {
    let capitals = |name: &str| (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last().map(|word| word.to_lowercase()).unwrap_or_default();
    is_known(name)
        || (capitals(name) && !NO_AGENCY.contains(&name))
        || (is_title_case(name)
            && words.len() <= 6
            && (AGENCY_ENDS.contains(&last.as_str()) || name.ends_with("News Service")))
        || (words.len() == 1
            && name.len() >= 3
            && is_title_case(name)
            && !is_nobody(name)
            && !NO_AGENCY.contains(&name.to_uppercase().as_str()))
}

/// Whether a name stands for somebody, but nobody named: "Staff", "Redaktion".
pub(crate) fn is_nobody(name: &str) -> bool {
    NOBODY.contains(&straight(name.trim()).to_lowercase().as_str())
}

/// Whether `name` has the form of a person's name: two to five words, capitals at their heads, no figures.
fn is_person(name: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "da", "del", "della", "di", "van", "von", "der", "den", "al", "el", "bin", "ibn", "la", "le",
        "dos", "du", "ter", "zu",
    ];
    const ROLES: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "staff",
        "news",
        "desk",
        "agency",
        "writer",
        "writers",
        "team",
        "times",
        "post",
        "daily",
        "service",
        "bureau",
        "chief",
        "press",
        "media",
        "online",
        "journalist",
        "columnist",
        "producer",
        "contributor",
        "newsroom",
        "editorial",
        "updated",
        "published",
        "minutes",
        "read",
        "share",
        "photographer",
        "political",
        "senior",
        "foreign",
        "newsletter",
        "subscribe",
        "comments",
        "the",
        "director",
        "anchor",
        "special",
        "guest",
        "network",
        "office",
        "ministry",
        "deputy",
        "cto",
        "ceo",
        "vice",
        "executive",
        "managing",
        "assistant",
        "technologies",
        "institute",
        "university",
        "college",
        "released",
        "posted",
        "redaktion",
        "redaktör",
        "redacción",
        "rédaction",
        "redazione",
        "reporterin",
        "stand",
        "uhr",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = |word: &&str| {
        word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
            && word.chars().all(|c| c.is_alphabetic() || "'’.-‘".contains(c))
            && !ROLES.contains(&word.to_lowercase().trim_end_matches('.'))
    };
    const POSTS: &[&str] = &[
        "redakteur",
        "redakteurin",
        "korrespondent",
        "korrespondentin",
        "reporterin",
        "journalistin",
        "journaliste",
        "periodista",
        "giornalista",
        "redacteur",
        "rédacteur",
        "rédactrice",
        "muhabiri",
        "редактор",
        "корреспондент",
    ];
    let is_post = |word: &&str| {
        let word = word.to_lowercase();
        POSTS.iter().any(|post| word.ends_with(post))
    };
    (2..=5).contains(&words.len())
        && name.len() <= 60
        && !words.iter().any(is_post)
        && words.iter().all(|word| named(word) || SMALL.contains(word))
        && words.iter().filter(|word| named(word)).count() >= 2
}

/// Every word that bears meaning begins with a capital.
fn is_title_case(name: &str) -> bool {
    let mut words =
        name.split_whitespace().filter(|word| !["of", "the", "and", "de", "for"].contains(word)).peekable();
    words.peek().is_some() && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// An agency's name in the case in which it is usually written: as the table has it, else a long word in capitals as a
/// name ("NORVIKPRESS" in a dateline is "Norvikpress" elsewhere). Short ones may be letters that stand for words.
pub(crate) fn in_usual_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || AGENCIES.contains(name) {
        return name.to_owned();
    }
    match BY_CAPITALS.get(name) {
        Some(known) => (*known).to_owned(),
        None => {
            let word =
                |word: &str| if word.chars().count() >= 7 { capitalised(word) } else { word.to_owned() };
            name.split(' ').map(word).collect::<Vec<_>>().join(" ")
        }
    }
}

/// A name in capitals in the usual way: "JANE ROE" → "Jane Roe".
fn capitalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut first = true;
    for c in name.chars() {
        match first {
            true => out.push(c),
            false => out.extend(c.to_lowercase()),
        }
        first = !c.is_alphabetic();
    }
    out
}

fn push(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// Whether the line ends as sentences do, closing marks passed over.
pub(crate) fn ends_a_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| c.is_whitespace() || "\"”’'»)]›".contains(c))
        .ends_with(['.', '!', '?', '…', '。', '؟', '।', '！', '？'])
        || line.trim_end().ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests;
