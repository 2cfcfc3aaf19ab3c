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
pub(crate) const MOST: usize = Patterns::BITS as usize;

/// The words of which a line must have one.
type Words = BTreeSet<String>;

/// What patterns ask for: each for a word of one list, or for one of each of two lists.
pub(crate) struct Needed {
    /// Words in ASCII and marks, apart from the others: their table is small, and most lines need no other.
    plain: Finder,
    other: Finder,
    /// Patterns that ask for no word of a first list, and for none of a second.
    without: [Patterns; 2],
}

/// Finds words, and tells which patterns ask for them in each of their two lists.
struct Finder {
    words: Option<AhoCorasick>,
    asked_by: Vec<[Patterns; 2]>,
}

impl Needed {
    /// By what each pattern asks for, as [`in_pattern`] tells it; at most [`MOST`] are looked at.
    pub(crate) fn of(patterns: &[Vec<Words>]) -> Needed {
        let mut by_word: [BTreeMap<&str, [Patterns; 2]>; 2] = Default::default();
        let mut without = [0; 2];
        for (idx, lists) in patterns.iter().enumerate().take(MOST) {
            for (at, without) in without.iter_mut().enumerate() {
                let Some(words) = lists.get(at) else {
                    *without |= 1 << idx;
                    continue;
                };
                for word in words {
                    let by_word = &mut by_word[usize::from(!is_plain(word))];
                    by_word.entry(word).or_default()[at] |= 1 << idx;
                }
            }
        }
        let [plain, other] = by_word.map(Finder::of);
        Needed { plain, other, without }
    }

    /// The patterns that may fit a line, in their order.
    pub(crate) fn tried(&self, line: &str) -> impl Iterator<Item = usize> {
        let mut found = self.without;
        if is_plain(line) {
            self.plain.find(line, &mut found);
        } else {
            let lower = lower(line);
            self.plain.find(&lower, &mut found);
            self.other.find(&lower, &mut found);
        }
        let mut tried = found[0] & found[1];
        std::iter::from_fn(move || {
            let first = (tried != 0).then(|| tried.trailing_zeros() as usize)?;
            tried &= tried - 1;
            Some(first)
        })
    }
}

impl Finder {
    fn of(by_word: BTreeMap<&str, [Patterns; 2]>) -> Finder {
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(by_word.keys());
        Finder { words: words.ok(), asked_by: by_word.into_values().collect() }
    }

    /// Adds the patterns that ask for a word of a line.
    fn find(&self, line: &str, found: &mut [Patterns; 2]) {
        let Some(words) = &self.words else {
            *found = [Patterns::MAX; 2]; // too many words for a table: a test looks
            return;
        };
        for word in words.find_overlapping_iter(line) {
            let asked_by = self.asked_by[word.pattern().as_usize()];
            found[0] |= asked_by[0];
            found[1] |= asked_by[1];
        }
    }
}

/// Whether a text is of ASCII, the marks of Latin and those of all scripts.
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text.chars().all(|c| c.is_ascii() || matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}'))
}

/// In lower case; the long s too, which a pattern that knows no case takes for an s.
fn lower(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return line.to_ascii_lowercase().into();
    }
    line.chars().flat_map(char::to_lowercase).map(|c| if c == 'ſ' { 's' } else { c }).collect()
}

/// The words of which a line must have one for the pattern to fit, in lower case; two such lists, where there are two.
pub(crate) fn in_pattern(pattern: &str) -> Vec<Words> {
    let mut lists = regex_syntax::parse(pattern).map(|hir| needed(&hir, 0)).unwrap_or_default();
    lists.dedup();
    lists
}

/// The deepest nesting that is looked into.
const MAX_DEPTH: usize = 50;

/// The most letters of a class that count as words, and the most words that are made by joining.
const MAX_LETTERS: usize = 8;
const MAX_JOINED: usize = 64;

/// What every text that fits has: lists of words of which it has one each, the rarest first; at most two.
fn needed(hir: &Hir, depth: usize) -> Vec<Words> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let mut lists = match hir.kind() {
        HirKind::Capture(inside) => needed(&inside.sub, depth + 1),
        HirKind::Repetition(some) if some.min > 0 => needed(&some.sub, depth + 1),
        HirKind::Alternation(either) => {
            let each: Vec<Vec<Words>> = either.iter().map(|one| needed(one, depth + 1)).collect();
            let list = |at: usize| -> Option<Words> {
                let of = each.iter().map(|lists| lists.get(at).or(lists.last()));
                Some(of.collect::<Option<Vec<_>>>()?.into_iter().flatten().cloned().collect())
            };
            [list(0), list(1)].into_iter().flatten().collect()
        }
        HirKind::Concat(all) => {
            let mut lists = Vec::new();
            // What stands side by side and is one of a few texts makes longer words, which are rarer.
            let mut joined = Words::from([String::new()]);
            for one in all {
                let texts = texts(one, depth + 1);
                let longer = texts.as_ref().and_then(|texts| product(&joined, texts));
                if longer.is_none() {
                    lists.push(std::mem::replace(&mut joined, Words::from([String::new()])));
                }
                match (longer, texts) {
                    (Some(longer), _) => joined = longer,
                    (None, Some(texts)) => joined = texts,
                    (None, None) => lists.extend(needed(one, depth + 1)),
                }
            }
            lists.push(joined);
            lists
        }
        _ => texts(hir, depth + 1).into_iter().collect(),
    };
    // A letter tells little, a mark much. Rare words are told by their length.
    let tells = |word: &String| word.chars().count() > 1 || word.chars().any(|c| !c.is_ascii_alphanumeric());
    lists.retain(|words| words.iter().all(|word| !word.trim().is_empty() && tells(word)));
    lists.sort_by_key(|words| (std::cmp::Reverse(words.iter().map(String::len).min()), words.len()));
    lists.dedup();
    lists.truncate(2);
    lists
}

/// All texts that fit, in lower case, where they are few.
fn texts(hir: &Hir, depth: usize) -> Option<Words> {
    if depth > MAX_DEPTH {
        return None;
    }
    let texts = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Words::from([String::new()]),
        HirKind::Literal(literal) => Words::from([lower(std::str::from_utf8(&literal.0).ok()?).into_owned()]),
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.iter().flat_map(|range| range.start()..=range.end()).take(MAX_LETTERS + 1);
            let letters: Vec<String> = letters.map(|c| lower(&c.to_string()).into_owned()).collect();
            if letters.len() > MAX_LETTERS {
                return None;
            }
            letters.into_iter().collect()
        }
        HirKind::Capture(inside) => texts(&inside.sub, depth + 1)?,
        HirKind::Repetition(some) if (some.min, some.max) == (0, Some(1)) => {
            let mut texts = texts(&some.sub, depth + 1)?;
            texts.insert(String::new());
            texts
        }
        HirKind::Alternation(either) => {
            let each: Option<Vec<Words>> = either.iter().map(|one| texts(one, depth + 1)).collect();
            each?.into_iter().flatten().collect()
        }
        HirKind::Concat(all) => all.iter().try_fold(Words::from([String::new()]), |joined, one| {
            product(&joined, &texts(one, depth + 1)?)
        })?,
        _ => return None,
    };
    (texts.len() <= MAX_JOINED).then_some(texts)
}

/// Each of some texts with each of others behind it, where these are few.
fn product(heads: &Words, tails: &Words) -> Option<Words> {
    if heads.len() * tails.len() > MAX_JOINED {
        return None;
    }
    Some(heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_tried_where_its_words_stand() {
        let patterns = ["^a (ferry|boat)s?$", r"bridge\b.*[|/]", r"^\d+$", "(pier|)$", "[äå]r"];
        let needed = Needed::of(&patterns.map(in_pattern));
        for (line, tried) in [
            ("A FERRY", &[0, 2, 3][..]),
            ("one bridge", &[2, 3]),
            ("one bridge | two", &[1, 2, 3]),
            ("a boatſ at the Bridge/pier", &[0, 1, 2, 3]),
            ("a shipſ", &[2, 3]),
            ("ÅR", &[2, 3, 4]),
            ("", &[2, 3]),
        ] {
            assert_eq!(needed.tried(line).collect::<Vec<_>>(), tried, "{line}");
        }
    }

    #[test]
    fn words_side_by_side_are_joined() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Words>();
        for (pattern, lists) in [
            ("a(b|cd)e", vec![words(&["abe", "acde"])]),
            (r"^[aA][-+]$|^size\b", vec![words(&["a+", "a-", "size"])]),
            (r"\b(ferry|boat)\b.{0,9}\bat sea", vec![words(&["at sea"]), words(&["boat", "ferry"])]),
            (r"^\w+ (on|in)\b", vec![words(&[" in", " on"])]),
            (r"^x|y\d", vec![]),
        ] {
            assert_eq!(in_pattern(pattern), lists, "{pattern}");
        }
    }
}
