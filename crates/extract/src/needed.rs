//! Which of many patterns may fit this line at all?
//!
//! Most patterns ask for one of a few words. All words of all patterns are looked for in one pass over the line, and only
//! the patterns whose words it has are tried.

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
    finder: Finder,
    /// Patterns that ask for no word of a first list, and for none of a second.
    without: [Patterns; 2],
}

impl Needed {
    /// By what each pattern asks for, as [`in_pattern`] tells it; at most [`MOST`] are looked at.
    pub(crate) fn of(patterns: &[Vec<Words>]) -> Needed {
        let mut by_word: BTreeMap<&str, [Patterns; 2]> = BTreeMap::new();
        let mut without = [0; 2];
        for (idx, lists) in patterns.iter().enumerate().take(MOST) {
            for (at, without) in without.iter_mut().enumerate() {
                match lists.get(at) {
                    Some(words) => {
                        words.iter().for_each(|word| by_word.entry(word).or_default()[at] |= 1 << idx);
                    }
                    None => *without |= 1 << idx,
                }
            }
        }
        Needed { finder: Finder::of(&by_word), without }
    }

    /// The patterns that may fit a line, in their order.
    pub(crate) fn tried(&self, line: &str) -> impl Iterator<Item = usize> {
        let mut found = self.without;
        // The words are found whatever the case of ASCII letters.
        let line = if is_plain(line) { Cow::Borrowed(line) } else { Cow::Owned(lower(line)) };
        self.finder.find(line.as_bytes(), &mut found);
        let mut tried = found[0] & found[1];
        std::iter::from_fn(move || {
            let first = (tried != 0).then(|| tried.trailing_zeros() as usize)?;
            tried &= tried - 1;
            Some(first)
        })
    }
}

/// Finds many words in one pass: each three bytes on end are a number, and few numbers begin a word.
///
/// An automaton over all words has a table of megabytes and looks into it at each letter; this looks into 4 KB.
struct Finder {
    words: Vec<(Box<[u8]>, [Patterns; 2])>,
    /// A bit for each number that begins a word.
    begins: Vec<u64>,
    /// For each number where its words lie in `at`, and where the last of them ends.
    starts: Vec<u32>,
    at: Vec<usize>,
}

/// Kinds of bytes: the end, letters whatever their case, the space, and four for all others.
const KINDS: usize = 32;
const NUMBERS: usize = KINDS * KINDS * KINDS;

const fn kind(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => (byte - b'a') as usize + 1,
        b'A'..=b'Z' => (byte - b'A') as usize + 1,
        b' ' => 27,
        _ => 28 + byte as usize % 4,
    }
}

static KIND: [u8; 256] = {
    let (mut kinds, mut byte) = ([0; 256], 0);
    while byte < 256 {
        kinds[byte] = kind(byte as u8) as u8;
        byte += 1;
    }
    kinds
};

impl Finder {
    fn of(by_word: &BTreeMap<&str, [Patterns; 2]>) -> Finder {
        // What follows a word of one byte or two may be anything.
        let mut by_number: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, word) in by_word.keys().enumerate() {
            let known = word.bytes().take(3).fold(0, |number, byte| number * KINDS + kind(byte));
            let n_open = KINDS.pow(3_usize.saturating_sub(word.len()) as u32);
            for open in 0..n_open {
                by_number.entry(known * n_open + open).or_default().push(at);
            }
        }
        let mut finder = Finder {
            words: by_word.iter().map(|(word, asked)| (word.as_bytes().into(), *asked)).collect(),
            begins: vec![0; NUMBERS / 64],
            starts: vec![0],
            at: Vec::new(),
        };
        for number in 0..NUMBERS {
            if let Some(words) = by_number.get(&number) {
                finder.begins[number / 64] |= 1 << (number % 64);
                finder.at.extend(words);
            }
            finder.starts.push(finder.at.len() as u32);
        }
        finder
    }

    /// Adds the patterns that ask for a word of a line, in their first list and in their second.
    fn find(&self, line: &[u8], found: &mut [Patterns; 2]) {
        let kinds = line.iter().map(|byte| usize::from(KIND[usize::from(*byte)])).chain([0, 0]);
        let mut number = 0;
        // Not a `for` loop: it asks at each byte in which half of the chain it is.
        kinds.enumerate().for_each(|(end, kind)| {
            number = (number * KINDS + kind) % NUMBERS;
            if self.begins[number / 64] & (1 << (number % 64)) != 0 && end >= 2 {
                self.look(number, &line[end - 2..], found);
            }
        });
    }

    /// Adds the patterns that ask for a word with which the rest of a line begins.
    fn look(&self, number: usize, rest: &[u8], found: &mut [Patterns; 2]) {
        for at in &self.at[self.starts[number] as usize..self.starts[number + 1] as usize] {
            let (word, asked_by) = &self.words[*at];
            let same = |(byte, known): (&u8, &u8)| byte.to_ascii_lowercase() == *known;
            // The words are in lower case; most differ in the fourth byte.
            if word.len() <= rest.len() && rest.iter().zip(word).all(same) {
                found[0] |= asked_by[0];
                found[1] |= asked_by[1];
            }
        }
    }
}

/// Whether a text is of ASCII, the marks of Latin and those of all scripts.
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text.chars().all(|c| c.is_ascii() || matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}'))
}

/// In lower case; the long s too, which a pattern that knows no case takes for an s.
fn lower(line: &str) -> String {
    let mut lower = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            'ſ' => lower.push('s'),
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
    lower
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
        HirKind::Literal(literal) => Words::from([lower(std::str::from_utf8(&literal.0).ok()?)]),
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.iter().flat_map(|range| range.start()..=range.end()).take(MAX_LETTERS + 1);
            let letters: Vec<String> = letters.map(|c| lower(&c.to_string())).collect();
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
