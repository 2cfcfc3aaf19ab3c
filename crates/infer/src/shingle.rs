//! Which fingerprint? Words and runs of words as hashes, for finding text that was copied, and for tables of words.

use crate::fold;
use std::hash::{BuildHasherDefault, Hasher};

/// An odd number with its bits well spread.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a word as it is folded, made without keeping the folded word.
///
/// ```
/// assert_eq!(onrecord_infer::word_hash("Pier"), onrecord_infer::word_hash("pier"));
/// ```
pub fn word_hash(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    if word.is_ascii() {
        word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(SPREAD, step)
    } else {
        fold(word).bytes().fold(SPREAD, step)
    }
}

/// The hash of a run of words, by their hashes.
pub fn run_hash(words: &[u64]) -> u64 {
    let hash = words.iter().fold(0u64, |hash, word| (hash.rotate_left(7) ^ word).wrapping_mul(SPREAD));
    (hash ^ (hash >> 29)).wrapping_mul(SPREAD)
}

/// A quick hasher for tables whose keys nobody chooses to fall together: `HashMap<K, V, Quick>`.
pub type Quick = BuildHasherDefault<Stir>;

/// The hasher of [`Quick`].
#[derive(Clone, Debug, Default)]
pub struct Stir(u64);

impl Hasher for Stir {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut number = [0; 8];
            number[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(number));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0.rotate_left(5) ^ number).wrapping_mul(SPREAD);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// How much of the smaller set lies in the other, 0.0 to 1.0; 0.0 if it is empty.
///
/// ```
/// assert_eq!(onrecord_infer::containment(&[1, 2], &[2, 3, 4]), 0.5);
/// ```
pub fn containment(a: &[u64], b: &[u64]) -> f32 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = small.iter().filter(|hash| large.binary_search(hash).is_ok()).count();
    if small.is_empty() { 0.0 } else { shared as f32 / small.len() as f32 }
}
