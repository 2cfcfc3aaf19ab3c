//! Is this line of a page something else than its report: consent, appeal, comments, related news, tools?
//!
//! The patterns are data (`data/lines.tsv`), shared by plain text and HTML.

use crate::credit::ends_a_sentence;
use crate::needed::{self, Needed};
use regex_automata::Input;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use std::borrow::Cow;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{LazyLock, OnceLock};

/// How far a pattern reaches when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// The line goes, wherever it stands.
    Line,
    /// The line goes if the report has not begun.
    Head,
    /// The line goes if it stands in the last third.
    TailLine,
    /// The line goes, and the headlines that follow it.
    List,
    /// An appeal begins, which may go on for paragraphs.
    Rest,
    /// In the last part of the page, everything below goes too.
    Tail,
}

/// A pattern that a line matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// The pattern's kind, as in the table: `consent`, `appeal`, `related`, …
    pub(crate) kind: &'static str,
    /// How far it reaches.
    pub(crate) scope: Scope,
}

struct Pattern {
    found: Match,
    max_chars: usize,
    source: String,
    /// Made ready when a line first has what the pattern asks for.
    matcher: OnceLock<Option<Matcher>>,
}

impl Pattern {
    fn fits(&self, line: &str) -> bool {
        self.matcher.get_or_init(|| Matcher::new(&self.source)).as_ref().is_some_and(|it| it.fits(line))
    }
}

/// A pattern of which nothing is asked but whether it fits.
struct Matcher {
    dfa: DFA,
    /// What each thread has found out of the pattern so far.
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>,
}

impl Matcher {
    fn new(pattern: &str) -> Option<Matcher> {
        let nfa = thompson::Config::new().which_captures(WhichCaptures::None);
        let dfa = DFA::builder().thompson(nfa).build(pattern).ok()?;
        let own = dfa.clone();
        Some(Matcher { dfa, caches: Pool::new(Box::new(move || own.create_cache())) })
    }

    fn fits(&self, line: &str) -> bool {
        let found = self.dfa.try_search_fwd(&mut self.caches.get(), &Input::new(line).earliest(true));
        found.is_ok_and(|end| end.is_some())
    }
}

struct Table {
    patterns: Vec<Pattern>,
    /// What a line must hold for a pattern to be tried: a pattern costs ten times what looking for its words does.
    needed: Needed,
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut needed = Vec::new();
    for row in crate::table::rows(include_str!("../data/lines.tsv")) {
        if let [kind, scope, max, pattern, _] = row[..]
            && let (Some(scope), Ok(max_chars)) = (scope_of(scope), max.parse())
        {
            let source = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z0-9_]");
            needed.push(needed::in_pattern(&source));
            let source = format!("(?i){source}");
            patterns.push(Pattern {
                found: Match { kind, scope },
                max_chars,
                source,
                matcher: OnceLock::new(),
            });
        }
    }
    let longest = patterns.iter().map(|p| p.max_chars).max().unwrap_or(0);
    Table { needed: Needed::of(&needed), patterns, longest }
});

fn scope_of(word: &str) -> Option<Scope> {
    Some(match word {
        "line" => Scope::Line,
        "head" => Scope::Head,
        "tail-line" => Scope::TailLine,
        "list" => Scope::List,
        "rest" => Scope::Rest,
        "tail" => Scope::Tail,
        _ => return None,
    })
}

/// What `line` is, if it is not part of the report; the first pattern of the table that fits.
///
/// A sentence with a quotation in it is never a tool or a notice, whatever words it has.
pub(crate) fn furniture(line: &str) -> Option<Match> {
    let line = line.trim();
    let table = &*TABLE;
    // A character has at most four bytes: a line longer than that is not counted at all.
    if line.is_empty() || line.len() > table.longest * 4 {
        return None;
    }
    let n_chars = line.chars().count();
    if n_chars > table.longest || (has_quotation(line) && ends_a_sentence(line)) {
        return None;
    }
    let straight = straight(line);
    let patterns = table.needed.tried(&straight).filter_map(|idx| table.patterns.get(idx));
    let patterns = patterns.filter(|pattern| n_chars <= pattern.max_chars);
    let mut found = patterns.filter(|pattern| pattern.fits(&straight)).map(|pattern| pattern.found);
    // What goes wherever it stands says more than what goes in the head only.
    let first = found.next()?;
    if first.scope == Scope::Head {
        found.find(|found| found.scope != Scope::Head).or(Some(first))
    } else {
        Some(first)
    }
}

/// Whether the line has words in quotation marks, four words or more.
pub(crate) fn has_quotation(line: &str) -> bool {
    // All these marks begin with one of these bytes; most lines have none.
    if memchr::memchr3(b'"', 0xc2, 0xe2, line.as_bytes()).is_none() {
        return false;
    }
    let mut open: Option<usize> = None;
    for (at, c) in line.char_indices() {
        match (c, open) {
            ('“' | '«' | '„', _) | ('"', None) => open = Some(at),
            ('”' | '»' | '"', Some(start)) => {
                if line[start..at].split_whitespace().count() >= 4 {
                    return true;
                }
                open = None;
            }
            _ => {}
        }
    }
    false
}

/// With straight apostrophes and plain spaces, so that a pattern needs one form only.
pub(crate) fn straight(line: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, '’' | '‘' | 'İ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    if !line.contains(odd) {
        return Cow::Borrowed(line);
    }
    line.chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            // Its small letter is two signs, which no pattern knows.
            'İ' => 'i',
            c if odd(c) => ' ',
            c => c,
        })
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_the_table_is_read() {
        let rows: Vec<_> = crate::table::rows(include_str!("../data/lines.tsv")).collect();
        for row in &rows {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(scope_of(row[1]).is_some() && !row[4].is_empty(), "{row:?}");
        }
        assert_eq!(rows.len(), TABLE.patterns.len());
        assert!(rows.len() <= needed::MOST);
        for pattern in &TABLE.patterns {
            assert!(Matcher::new(&pattern.source).is_some(), "{}", pattern.source);
        }
    }

    #[test]
    fn page_furniture_is_told_from_reports() {
        for (line, kind) in [
            ("By continuing to use this website you accept our cookie policy.", "consent"),
            ("We use cookies to improve our service.", "consent"),
            ("A message from the Harbor Ledger:", "appeal"),
            ("Dear reader,", "appeal"),
            ("Remind me later", "appeal"),
            ("3 Comments", "comments"),
            (
                "Comments that contain insults or are written in capital letters will not be published.",
                "comments",
            ),
            ("- Related stories", "related"),
            ("READ MORE: Ferry service resumes", "related"),
            ("Also read | Ferry service resumes", "related"),
            ("Sign up for our morning newsletter", "newsletter"),
            ("Facebook Twitter WhatsApp", "share"),
            ("4 min read", "share"),
            ("Tags: ferry, harbor, strike", "tags"),
            ("World | Northern Sea", "section"),
            ("© 2031 Harbor Ledger. All rights reserved.", "rights"),
            ("Subscribe to continue reading", "paywall"),
            ("This article is for subscribers only.", "paywall"),
            ("Photo: Ana Ruiz/Harbor Ledger", "caption"),
        ] {
            assert_eq!(furniture(line).map(|m| m.kind), Some(kind), "{line}");
        }
        for line in [
            "The council will discuss a privacy policy for the harbor cameras next week, its chair said.",
            "Supporters of the plan said that donations to the fund had doubled since the spring.",
            "“We use cookies to thank our helpers at the harbor fair,” the baker said.",
            "Related talks on fishing rights went on in Norvik until late in the night.",
            "Comments by the minister about the bridge drew an answer from the mayor.",
            "Read the statement aloud, the judge told the clerk.",
            "She had signed up for the newsletter of the ministry, the court heard.",
            "He asked to share the costs of the ferry.",
            "Live animals were found on the ship.",
        ] {
            assert_eq!(furniture(line), None, "{line}");
        }
    }
}
