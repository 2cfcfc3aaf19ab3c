//! Which words stand in the names of elements and in texts, and which of them speak for a report?
//!
//! A word is a hash here. What each says was learned (`training/extract`): the logarithm of how much more often what
//! bears it belongs to a report than not, each site counting once.

use super::blocks::Parts;
use super::dom::Dom;
use super::names::{Attr, Tag};

/// Attributes whose words are read.
const NAMED: &[Attr] =
    &[Attr::Class, Attr::Id, Attr::DataComponent, Attr::DataTestid, Attr::Itemprop, Attr::Role, Attr::Rel];

/// The most words that are read of one attribute.
const MAX_WORDS: usize = 40;

/// What words say: sorted hashes, and in steps of [`STEP`] how much each speaks for a report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Odds {
    hashes: Vec<u32>,
    steps: Vec<i8>,
    /// Where the hashes begin that share their first bits, and where the last of them end.
    starts: Vec<u32>,
}

/// The size of a step of [`Odds`].
const STEP: f32 = 0.05;

/// How many first bits part the hashes: two or three of 20,000 share them.
const FIRST_BITS: u32 = 13;

impl Odds {
    /// By hashes in their order, and what each says.
    pub(crate) fn new(hashes: Vec<u32>, steps: Vec<i8>) -> Odds {
        let first = |hash: &u32| hash >> (u32::BITS - FIRST_BITS);
        let start = |bits: u32| hashes.partition_point(|hash| first(hash) < bits) as u32;
        let starts = (0..=1 << FIRST_BITS).map(start).collect();
        Odds { hashes, steps, starts }
    }

    /// How much a word speaks for a report; `None` if it was not met often enough.
    fn of(&self, word: u32) -> Option<f32> {
        let bits = (word >> (u32::BITS - FIRST_BITS)) as usize;
        let (from, to) = (*self.starts.get(bits)? as usize, *self.starts.get(bits + 1)? as usize);
        let at = from + self.hashes.get(from..to)?.iter().position(|hash| *hash == word)?;
        self.steps.get(at).map(|steps| f32::from(*steps) * STEP)
    }

    /// The lowest and the highest of what the words say that `all` hands on, where any is known.
    pub(crate) fn ends(&self, all: impl FnOnce(&mut dyn FnMut(u32))) -> Option<(f32, f32)> {
        let mut ends: Option<(f32, f32)> = None;
        all(&mut |word| {
            if let Some(odds) = self.of(word) {
                let (low, high) = ends.unwrap_or((odds, odds));
                ends = Some((low.min(odds), high.max(odds)));
            }
        });
        ends
    }

    /// The lowest, the highest and the mean of what some words say; nothing known is 0.
    pub(crate) fn over(&self, words: &[u32]) -> [f32; 3] {
        let (mut low, mut high, mut sum, mut n) = (f32::MAX, f32::MIN, 0.0_f32, 0.0_f32);
        for odds in words.iter().filter_map(|word| self.of(*word)) {
            low = low.min(odds);
            high = high.max(odds);
            sum += odds;
            n += 1.0;
        }
        if n == 0.0 { [0.0; 3] } else { [low, high, sum / n] }
    }
}

/// FNV-1a for tables of fixed words: quick for short ones.
#[derive(Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        self.0 = bytes.iter().fold(self.0, step);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// FNV-1a, 32 bits.
pub(crate) fn hash(seed: u32, text: &str) -> u32 {
    let start = 0x811c_9dc5 ^ seed;
    text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The hash of a word in lower case.
pub(crate) fn hash_lower(seed: u32, word: &str) -> u32 {
    if !word.is_ascii() {
        return hash(seed, &word.to_lowercase());
    }
    let start = 0x811c_9dc5 ^ seed;
    word.bytes()
        .fold(start, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

/// The word that an element's tag is.
pub(crate) fn of_tag(tag: Tag) -> u32 {
    hash(1, tag.as_str())
}

/// The names of an element, as its attributes give them.
pub(crate) fn names(dom: &Dom, idx: usize) -> impl Iterator<Item = &str> {
    NAMED.iter().filter_map(move |name| dom.attr(idx, *name))
}

/// Hands on the words in some of an element's names: the parts of each, and pairs of parts.
pub(crate) fn of_names(names: &str, each: &mut dyn FnMut(u32)) {
    let mut n_words = 1;
    let mut parts = Parts::default();
    for token in names.split_ascii_whitespace() {
        if token.len() > 80 || n_words > MAX_WORDS {
            continue;
        }
        parts.read(token);
        let single = parts.iter().filter(|part| part.len() > 1).map(|part| hash(2, part));
        let pairs = parts.iter().zip(parts.iter().skip(1)).map(|(one, two)| hash(hash(3, one), two));
        for word in single.chain(pairs) {
            n_words += 1;
            each(word);
        }
    }
}

/// The words of a text: of its begin and its end, and the pairs and the first word at its begin.
pub(crate) fn of_text(text: &str) -> Vec<u32> {
    let head = clipped(text, 160);
    let words = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(12).collect();
    let mut found: Vec<u32> = Vec::with_capacity(words.len() + 7);
    found.extend(words.iter().map(|word| hash_lower(4, word)));
    found.extend(words.windows(2).take(3).map(|pair| hash_lower(hash_lower(5, pair[0]), pair[1])));
    found.extend(words.first().map(|word| hash_lower(6, word)));
    if let [one, two, three, ..] = &words[..] {
        found.push(hash_lower(hash_lower(hash_lower(7, one), two), three));
    }
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    found.extend(last.map(|word| hash_lower(8, clipped(word, 40))));
    found.sort_unstable();
    found.dedup();
    found
}

fn clipped(text: &str, n: usize) -> &str {
    match text.char_indices().nth(n) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
