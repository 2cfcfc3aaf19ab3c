//! Which label, which choice? Linear models over hashed sparse features: scores for labels, and their training.
//!
//! A feature is a `u32` made by [`feature`]; a model maps features to one small weight per label. With one label
//! it scores choices against one another (a pointer), with several it tags. Nothing here knows what is tagged.
//! Read [`Linear`] for use, [`Trainer`] for how the weights come about.

use std::fmt;

/// Features live in this many buckets; two that share one are taken for the same.
const BUCKETS: u32 = 1 << 22;

/// Mixes a template's number and its values into a feature.
///
/// ```
/// use onrecord_infer::tagger::feature;
/// assert_eq!(feature(1, 2, 3), feature(1, 2, 3));
/// assert_ne!(feature(1, 2, 3), feature(2, 2, 3));
/// ```
pub fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut h = (u64::from(template) << 32 | u64::from(a)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h = (h ^ (h >> 29) ^ u64::from(b)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^= h >> 32;
    (h as u32) & (BUCKETS - 1)
}

/// Hashes a word for use in features (FNV-1a).
///
/// ```
/// use onrecord_infer::tagger::word;
/// assert_ne!(word("said"), word("says"));
/// ```
pub fn word(letters: &str) -> u32 {
    letters.bytes().fold(0x811C_9DC5, |h, byte| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A trained model: small weights for the features that matter, nothing for the rest.
#[derive(Clone)]
pub struct Linear {
    n_labels: usize,
    /// One unit of a weight.
    scale: f32,
    /// Open addressing: feature plus one (0 is free) and its row; a power of two long, a quarter full at most.
    slots: Vec<(u32, u32)>,
    /// `n_labels` weights a row.
    weights: Vec<i8>,
}

/// Bytes that are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadWeights;

impl fmt::Display for BadWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the weights of a linear model")
    }
}

impl std::error::Error for BadWeights {}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Linear {{ {} labels, {} features }}",
            self.n_labels,
            self.weights.len() / self.n_labels.max(1)
        )
    }
}

/// What a file of weights begins with.
const HEAD: &[u8; 4] = b"LIN1";

impl Linear {
    /// A model without weights: every score is 0.
    pub fn empty(n_labels: usize) -> Linear {
        Linear { n_labels: n_labels.max(1), scale: 0.0, slots: Vec::new(), weights: Vec::new() }
    }

    /// Reads the form that [`Linear::to_bytes`] writes.
    ///
    /// # Errors
    /// Bytes of any other form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Linear, BadWeights> {
        let rest = bytes.strip_prefix(HEAD).ok_or(BadWeights)?;
        let (&n_labels, rest) = rest.split_first().ok_or(BadWeights)?;
        let (scale, mut rest) = rest.split_first_chunk::<4>().ok_or(BadWeights)?;
        let n = usize::from(n_labels);
        if n == 0 {
            return Err(BadWeights);
        }
        let mut next = || {
            let (&byte, tail) = rest.split_first()?;
            rest = tail;
            Some(byte)
        };
        let mut rows: Vec<(u32, Vec<i8>)> = Vec::new();
        let mut key = 0u32;
        // The gap to the last key in groups of seven bits, then the labels with their weights.
        while let Some(mut byte) = next() {
            let mut gap = u32::from(byte & 0x7F);
            for shift in [7, 14, 21] {
                if byte < 0x80 {
                    break;
                }
                byte = next().ok_or(BadWeights)?;
                gap |= u32::from(byte & 0x7F) << shift;
            }
            key = key.checked_add(gap).filter(|&key| key < BUCKETS).ok_or(BadWeights)?;
            let mut row = vec![0; n];
            let n_given = if n == 1 { 1 } else { next().ok_or(BadWeights)? };
            for _ in 0..n_given {
                let label = if n == 1 { 0 } else { next().ok_or(BadWeights)? };
                *row.get_mut(usize::from(label)).ok_or(BadWeights)? = next().ok_or(BadWeights)? as i8;
            }
            rows.push((key, row));
        }
        Ok(Linear::from_rows(n, f32::from_le_bytes(*scale), &rows))
    }

    fn from_rows(n_labels: usize, scale: f32, rows: &[(u32, Vec<i8>)]) -> Linear {
        let mut model = Linear { scale, ..Linear::empty(n_labels) };
        model.slots = vec![(0, 0); (rows.len() * 4).next_power_of_two()];
        for (idx, (key, row)) in rows.iter().enumerate() {
            let mut at = model.slot(*key);
            while model.slots[at].0 != 0 {
                at = (at + 1) & (model.slots.len() - 1);
            }
            model.slots[at] = (key + 1, idx as u32);
            model.weights.extend(row);
        }
        model
    }

    /// Where the search for a feature begins; the low bits of a feature are well mixed.
    #[inline]
    fn slot(&self, feature: u32) -> usize {
        feature as usize & (self.slots.len() - 1)
    }

    /// The weights of a feature, if it has any.
    #[inline]
    fn row(&self, feature: u32) -> Option<&[i8]> {
        let mut at = self.slot(feature);
        loop {
            match self.slots[at] {
                (0, _) => return None,
                (key, row) if key == feature + 1 => {
                    let from = row as usize * self.n_labels;
                    return self.weights.get(from..from + self.n_labels);
                }
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The model as bytes, the same for the same model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        out.push(self.n_labels as u8);
        out.extend(self.scale.to_le_bytes());
        let mut keys: Vec<u32> = self.slots.iter().filter(|slot| slot.0 > 0).map(|slot| slot.0 - 1).collect();
        keys.sort_unstable();
        let mut last = 0;
        for key in keys {
            let mut gap = key - last;
            last = key;
            while gap >= 0x80 {
                out.push((gap & 0x7F) as u8 | 0x80);
                gap >>= 7;
            }
            out.push(gap as u8);
            let weights = self.row(key).unwrap_or_default();
            if self.n_labels == 1 {
                out.extend(weights.iter().map(|w| *w as u8));
                continue;
            }
            let given = || weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            out.push(given().count() as u8);
            out.extend(given().flat_map(|(label, weight)| [label as u8, *weight as u8]));
        }
        out
    }

    /// How many labels it tells apart.
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    /// Adds up the weights of the features, one score per label, into `scores` (overwritten; `n_labels` long).
    pub fn scores(&self, features: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        if self.slots.is_empty() {
            return;
        }
        for row in features.iter().filter_map(|feature| self.row(*feature)) {
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += f32::from(weight);
            }
        }
        for score in scores {
            *score *= self.scale;
        }
    }

    /// The score of a choice: the model of a pointer has one label.
    pub fn score(&self, features: &[u32]) -> f32 {
        if self.slots.is_empty() {
            return 0.0;
        }
        let mask = self.slots.len() - 1;
        let mut sum = 0i32;
        for &feature in features {
            let mut at = feature as usize & mask;
            // Most features have no weight: their search ends at the first slot, half of the time free.
            loop {
                let (key, row) = self.slots[at & mask];
                if key == feature + 1 {
                    sum += i32::from(self.weights[row as usize * self.n_labels]);
                }
                if key == 0 || key == feature + 1 {
                    break;
                }
                at += 1;
            }
        }
        sum as f32 * self.scale
    }
}

/// Turns scores into probabilities, in place.
pub fn softmax(scores: &mut [f32]) {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - max).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// Learns the weights of a [`Linear`] by Adagrad on the log loss. Deterministic: the caller gives the order.
///
/// First every feature is counted, then [`Trainer::keep`] chooses those worth a weight, then it learns.
pub struct Trainer {
    n_labels: usize,
    rate: f32,
    counts: Vec<u16>,
    /// Row of each feature, plus one; 0 for those without a weight.
    rows: Vec<u32>,
    weights: Vec<f32>,
    squares: Vec<f32>,
    scores: Vec<f32>,
}

/// Probability of the right label from which there is nothing to learn: it keeps the weights few.
const SURE: f32 = 0.97;

/// Gradients below this are left out, for the same reason.
const SMALL: f32 = 0.01;

impl Trainer {
    /// A trainer for `n_labels` labels; `rate` is the first step's size (0.1 to 0.5 does).
    pub fn new(n_labels: usize, rate: f32) -> Trainer {
        Trainer {
            n_labels: n_labels.max(1),
            rate,
            counts: vec![0; BUCKETS as usize],
            rows: vec![0; BUCKETS as usize],
            weights: Vec::new(),
            squares: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Counts features.
    pub fn count(&mut self, features: &[u32]) {
        for &feature in features {
            let count = &mut self.counts[feature as usize];
            *count = count.saturating_add(1);
        }
    }

    /// Gives a weight to every feature counted at least `seen` times.
    pub fn keep(&mut self, seen: u16) {
        let mut n = 0;
        for (row, count) in self.rows.iter_mut().zip(&self.counts) {
            if *count >= seen {
                n += 1;
                *row = n;
            }
        }
        self.weights = vec![0.0; n as usize * self.n_labels];
        self.squares = vec![1e-6; n as usize * self.n_labels];
    }

    /// Where the weights of a feature begin.
    fn at(&self, feature: u32) -> Option<usize> {
        let row = self.rows[feature as usize] as usize;
        row.checked_sub(1).map(|row| row * self.n_labels)
    }

    /// Scores as the model stands.
    pub fn scores(&self, features: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for from in features.iter().filter_map(|feature| self.at(*feature)) {
            for (score, weight) in scores.iter_mut().zip(&self.weights[from..from + self.n_labels]) {
                *score += weight;
            }
        }
    }

    /// One step towards `gold` for one thing to be tagged; returns the label it would have chosen.
    pub fn learn_label(&mut self, features: &[u32], gold: usize) -> usize {
        let mut scores = std::mem::take(&mut self.scores);
        scores.resize(self.n_labels, 0.0);
        self.scores(features, &mut scores);
        let chosen = best(&scores);
        softmax(&mut scores);
        if scores[gold] > SURE {
            self.scores = scores;
            return chosen;
        }
        for (label, &p) in scores.iter().enumerate() {
            self.step(features, label, p - f32::from(u8::from(label == gold)));
        }
        self.scores = scores;
        chosen
    }

    /// One step towards choosing `gold` among `choices`, each a list of features; returns the one it would have chosen.
    pub fn learn_choice(&mut self, choices: &[Vec<u32>], gold: usize) -> usize {
        let score = |features: &Vec<u32>| {
            features.iter().filter_map(|&f| self.at(f)).map(|at| self.weights[at]).sum()
        };
        let mut scores: Vec<f32> = choices.iter().map(score).collect();
        let chosen = best(&scores);
        softmax(&mut scores);
        for (idx, (features, &p)) in choices.iter().zip(&scores).enumerate() {
            self.step(features, 0, p - f32::from(u8::from(idx == gold)));
        }
        chosen
    }

    fn step(&mut self, features: &[u32], label: usize, gradient: f32) {
        if gradient.abs() < SMALL {
            return;
        }
        for &feature in features {
            if let Some(at) = self.at(feature).map(|from| from + label) {
                self.squares[at] += gradient * gradient;
                self.weights[at] -= self.rate * gradient / self.squares[at].sqrt();
            }
        }
    }

    /// Keeps the `most` heaviest weights and holds all others at 0 from here on: what learns further is what is used.
    pub fn prune(&mut self, most: usize) {
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        if sizes.len() <= most {
            return;
        }
        sizes.sort_by(|a, b| b.total_cmp(a));
        let floor = sizes[most];
        for (weight, square) in self.weights.iter_mut().zip(&mut self.squares) {
            if weight.abs() <= floor {
                *weight = 0.0;
                // No step moves it again: each is divided by this.
                *square = f32::INFINITY;
            }
        }
    }

    /// The `most` heaviest weights as a small model.
    pub fn export(&self, most: usize) -> Linear {
        let n = self.n_labels;
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let floor = sizes.get(most).copied().unwrap_or(0.0);
        // Few weights are far out: cutting them off at the 1/1000 quantile keeps the steps fine.
        let largest = sizes.first().copied().unwrap_or(1.0);
        let cut = sizes.get(sizes.len() / 1000).copied().unwrap_or(largest).max(largest / 4.0).max(1e-6);
        let scale = cut / 127.0;
        let small =
            |w: &f32| if w.abs() < floor { 0 } else { (w / scale).round().clamp(-127.0, 127.0) as i8 };
        let rows: Vec<(u32, Vec<i8>)> = (0..BUCKETS)
            .filter_map(|key| {
                let from = self.at(key)?;
                let row: Vec<i8> = self.weights[from..from + n].iter().map(small).collect();
                row.iter().any(|w| *w != 0).then_some((key, row))
            })
            .collect();
        Linear::from_rows(n, scale, &rows)
    }
}

/// Index of the highest score, the first of equals.
pub fn best(scores: &[f32]) -> usize {
    let mut chosen = 0;
    for (idx, score) in scores.iter().enumerate() {
        if *score > scores[chosen] {
            chosen = idx;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_learned_kept_and_read_again() {
        let examples = [([feature(0, 1, 0), feature(1, 7, 0)], 0), ([feature(0, 2, 0), feature(1, 7, 0)], 2)];
        let mut trainer = Trainer::new(3, 0.3);
        examples.iter().for_each(|(features, _)| trainer.count(features));
        trainer.keep(1);
        for (features, label) in examples.iter().cycle().take(40) {
            trainer.learn_label(features, *label);
        }
        let model = trainer.export(1000);
        let read = Linear::from_bytes(&model.to_bytes()).expect("its own bytes");
        assert_eq!(read.to_bytes(), model.to_bytes());
        for (features, label) in &examples {
            let mut scores = [0.0; 3];
            read.scores(features, &mut scores);
            assert_eq!(best(&scores), *label);
        }
    }

    #[test]
    fn choices_are_learned() {
        let choices = vec![vec![feature(0, 1, 0)], vec![feature(0, 2, 0)], vec![]];
        let mut trainer = Trainer::new(1, 0.3);
        choices.iter().for_each(|features| trainer.count(features));
        trainer.keep(1);
        for _ in 0..20 {
            trainer.learn_choice(&choices, 1);
        }
        let model = trainer.export(1000);
        let scores: Vec<f32> = choices.iter().map(|features| model.score(features)).collect();
        assert_eq!(best(&scores), 1);
        assert!(Linear::from_bytes(&model.to_bytes()).is_ok());
    }

    #[test]
    fn other_bytes_are_refused() {
        for bytes in [&b""[..], b"LIN1", b"LIN2aaaaa", b"LIN1\x00aaaa", b"LIN1\x02aaaa\x01\x01\x09\x09"] {
            assert!(Linear::from_bytes(bytes).is_err());
        }
    }
}
