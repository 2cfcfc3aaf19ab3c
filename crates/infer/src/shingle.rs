//! Which fingerprint? Runs of words as hashes, for finding text that was copied.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The hash of every run of `n` words, sorted, each once. Empty if there are fewer words.
pub fn shingles<W: Hash>(words: &[W], n: usize) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.windows(n.max(1)).map(shingle).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The hash of one run of words.
pub fn shingle<W: Hash>(run: &[W]) -> u64 {
    let mut hasher = DefaultHasher::new(); // SipHash with fixed keys: the same on every machine
    run.iter().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
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
