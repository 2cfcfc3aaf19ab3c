//! Which of many patterns may fit this line at all?
//!
//! Most patterns ask for one of a few words. All words of all patterns are looked for in one pass over the line, and only
//! the patterns whose words it has are tried.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Some of the patterns, a bit each.
type Patterns = u128;

/// The most patterns that there may be.
pub(crate) const MOST: usize = u128::BITS as usize;

/// What patterns ask for.
pub(crate) struct Needed {
    words: Option<AhoCorasick>,
    /// Per word: the patterns that ask for it.
    by_word: Vec<Patterns>,
    /// Patterns that ask for no word.
    always: Patterns,
}

impl Needed {
    /// By what each pattern asks for; at most [`MOST`] are looked at.
    pub(crate) fn of(patterns: &[Option<BTreeSet<String>>]) -> Needed {
        let mut by_word: BTreeMap<&str, Patterns> = BTreeMap::new();
        let mut always = 0;
        for (idx, words) in patterns.iter().enumerate().take(MOST) {
            match words {
                Some(words) => words.iter().for_each(|word| *by_word.entry(word).or_default() |= 1 << idx),
                None => always |= 1 << idx,
            }
        }
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(by_word.keys());
        if words.is_err() {
            always = Patterns::MAX;
        }
        Needed { words: words.ok(), by_word: by_word.into_values().collect(), always }
    }

    /// The patterns that may fit a line, in their order.
    pub(crate) fn tried(&self, line: &str) -> impl Iterator<Item = usize> {
        let mut tried = self.always;
        if let Some(words) = &self.words {
            // The words are found whatever the case of ASCII letters.
            let line = if line.is_ascii() { Cow::Borrowed(line) } else { Cow::Owned(lower(line)) };
            for found in words.find_overlapping_iter(&*line) {
                tried |= self.by_word[found.pattern().as_usize()];
            }
        }
        std::iter::from_fn(move || {
            let first = (tried != 0).then(|| tried.trailing_zeros() as usize)?;
            tried &= tried - 1;
            Some(first)
        })
    }
}

/// In lower case; the long s too, which a pattern that knows no case takes for an s.
fn lower(line: &str) -> String {
    line.chars().flat_map(char::to_lowercase).map(|c| if c == 'ſ' { 's' } else { c }).collect()
}

/// The words of which a line must have one for the pattern to fit, in lower case; `None` if none can be told.
pub(crate) fn in_pattern(pattern: &str) -> Option<BTreeSet<String>> {
    needed(&regex_syntax::parse(pattern).ok()?, 0)
}

/// The deepest nesting that is looked into.
const MAX_DEPTH: usize = 50;

/// The most letters of a class that count as words.
const MAX_LETTERS: usize = 8;

fn needed(hir: &Hir, depth: usize) -> Option<BTreeSet<String>> {
    if depth > MAX_DEPTH {
        return None;
    }
    match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok().map(|word| BTreeSet::from([lower(word)]))
        }
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.iter().flat_map(|range| range.start()..=range.end());
            let letters: BTreeSet<String> =
                letters.take(MAX_LETTERS + 1).map(|c| lower(&c.to_string())).collect();
            (letters.len() <= MAX_LETTERS).then_some(letters)
        }
        HirKind::Capture(inside) => needed(&inside.sub, depth + 1),
        HirKind::Repetition(some) if some.min > 0 => needed(&some.sub, depth + 1),
        HirKind::Alternation(either) => {
            let each: Option<Vec<BTreeSet<String>>> =
                either.iter().map(|one| needed(one, depth + 1)).collect();
            Some(each?.into_iter().flatten().collect())
        }
        // All of them are asked for: those that are rarest in a text, told by their length.
        HirKind::Concat(all) => all
            .iter()
            .filter_map(|one| needed(one, depth + 1))
            .max_by_key(|words| (words.iter().map(String::len).min(), std::cmp::Reverse(words.len()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_tried_where_a_word_of_it_stands() {
        let patterns = ["^a (ferry|boat)s?$", r"bridge\b.*[|/]", r"^\d+$", "(pier|)$"];
        let needed = Needed::of(&patterns.map(in_pattern));
        for (line, tried) in [
            ("A FERRY", &[0, 2, 3][..]),
            ("one bridge", &[1, 2, 3]),
            ("a boatſ at the Bridge", &[0, 1, 2, 3]),
            ("a shipſ", &[2, 3]),
            ("", &[2, 3]),
        ] {
            assert_eq!(needed.tried(line).collect::<Vec<_>>(), tried, "{line}");
        }
        assert_eq!(in_pattern("a(b|cd)"), Some(BTreeSet::from(["a".to_owned()])));
    }
}
