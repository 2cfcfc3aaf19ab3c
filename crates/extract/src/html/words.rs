//! Which words stand in the names of elements and in texts, and which of them speak for a report?
//!
//! A word is a hash here. What each says was learned (`training/extract`): the logarithm of how much more often what
//! bears it belongs to a report than not, each site counting once.

use super::blocks::parts;
use super::dom::Dom;

/// Attributes whose words are read.
const NAMED: &[&str] = &["class", "id", "data-component", "data-testid", "itemprop", "role", "rel"];

/// The most words that are read of one element.
const MAX_WORDS: usize = 40;

/// What words say: sorted hashes, and in steps of [`STEP`] how much each speaks for a report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Odds {
    pub(crate) hashes: Vec<u32>,
    pub(crate) steps: Vec<i8>,
}

/// The size of a step of [`Odds`].
pub(crate) const STEP: f32 = 0.05;

impl Odds {
    /// How much a word speaks for a report; `None` if it was not met often enough.
    fn of(&self, word: u32) -> Option<f32> {
        // The hashes are spread evenly: where one stands is near its share of them.
        let (mut from, mut to) = (0, self.hashes.len());
        for width in [256, 32] {
            let guess = ((u64::from(word) * self.hashes.len() as u64) >> 32) as usize;
            let (low, high) = (guess.saturating_sub(width).max(from), (guess + width).min(to));
            from = if self.hashes.get(low).is_some_and(|hash| *hash <= word) { low } else { from };
            to = if self.hashes.get(high).is_some_and(|hash| *hash > word) { high } else { to };
        }
        let at = from + self.hashes.get(from..to)?.binary_search(&word).ok()?;
        self.steps.get(at).map(|steps| f32::from(*steps) * STEP)
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

/// The words in an element's names: its tag, the parts of its class and id names, and pairs of parts.
pub(crate) fn of_element(dom: &Dom, idx: usize) -> Vec<u32> {
    let mut words = vec![hash(1, dom.tag(idx))];
    for token in NAMED.iter().filter_map(|name| dom.attr(idx, name)).flat_map(str::split_ascii_whitespace) {
        if token.len() > 80 || words.len() > MAX_WORDS {
            continue;
        }
        let parts = parts(token);
        words.extend(parts.iter().filter(|part| part.len() > 1).map(|part| hash(2, part)));
        words.extend(parts.iter().zip(parts.iter().skip(1)).map(|(one, two)| hash(hash(3, one), two)));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a text: of its begin and its end, and the pairs and the first word at its begin.
pub(crate) fn of_text(text: &str) -> Vec<u32> {
    let mut words: Vec<String> = Vec::new();
    let head = clipped(text, 160);
    for word in head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(12) {
        words.push(word.to_lowercase());
    }
    let mut found: Vec<u32> = words.iter().map(|word| hash(4, word)).collect();
    found.extend(words.windows(2).take(3).map(|pair| hash(hash(5, &pair[0]), &pair[1])));
    found.extend(words.first().map(|word| hash(6, word)));
    if let [one, two, three, ..] = &words[..] {
        found.push(hash(hash(hash(7, one), two), three));
    }
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    found.extend(last.map(|word| hash(8, &clipped(word, 40).to_lowercase())));
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
