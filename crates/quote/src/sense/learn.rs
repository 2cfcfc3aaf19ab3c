//! How are the weights of mode and act learned? A logistic regression over the features of `act`, the same bytes each time.

use super::act;
use super::weights::Weights;
use onrecord_terms::{Act, Article, Mode, Quote};
use std::collections::BTreeMap;

/// Features and values.
pub type Features = Vec<(String, f32)>;

/// A feature seen less often is not learned. A choice.
const SEEN: usize = 4;

/// How much the fit counts against large weights.
const FIT: f32 = 0.6;

/// Steps of the descent: more change no score.
const STEPS: usize = 250;

/// The features of a quote whose voice is known.
pub fn features(article: &Article, quote: &Quote) -> Features {
    act::features_of(article, quote)
}

/// Mode and act of a quote by these weights, and by the rules that go before them.
pub fn judge(article: &Article, quote: &Quote, modes: &Weights, acts: &Weights) -> (Mode, Option<Act>) {
    act::by_weights(article, quote, modes, acts)
}

/// Weights for labelled rows, and the same as rows of a table: feature, label, weight.
pub fn learn(rows: &[(&Features, &'static str)]) -> (Weights, Vec<(String, &'static str, f32)>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (feature, _) in rows.iter().flat_map(|(features, _)| features.iter()) {
        *seen.entry(feature).or_default() += 1;
    }
    let names: Vec<&str> = seen.iter().filter(|(_, n)| **n >= SEEN).map(|(name, _)| *name).collect();
    let mut labels: Vec<&'static str> = rows.iter().map(|(_, label)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    let (n, k) = (names.len(), labels.len());
    let known =
        |(feature, value): &(String, f32)| names.binary_search(&feature.as_str()).ok().map(|at| (at, *value));
    let inputs: Vec<Vec<(usize, f32)>> =
        rows.iter().map(|(features, _)| features.iter().filter_map(known).collect()).collect();
    let wanted: Vec<usize> =
        rows.iter().map(|(_, label)| labels.binary_search(label).unwrap_or_default()).collect();
    let (mut weights, mut squares) = (vec![0.0_f32; n * k], vec![1e-6_f32; n * k]);
    for _ in 0..STEPS {
        let mut slope: Vec<f32> = weights.clone();
        for (input, label) in inputs.iter().zip(&wanted) {
            let mut shares = vec![0.0_f32; k];
            for (at, value) in input {
                for (share, weight) in shares.iter_mut().zip(&weights[at * k..(at + 1) * k]) {
                    *share += weight * value;
                }
            }
            let top = shares.iter().copied().fold(f32::MIN, f32::max);
            shares.iter_mut().for_each(|share| *share = (*share - top).exp());
            let total: f32 = shares.iter().sum();
            shares.iter_mut().for_each(|share| *share /= total);
            shares[*label] -= 1.0;
            for (at, value) in input {
                for (slope, share) in slope[at * k..(at + 1) * k].iter_mut().zip(&shares) {
                    *slope += FIT * share * value;
                }
            }
        }
        for ((weight, slope), square) in weights.iter_mut().zip(&slope).zip(&mut squares) {
            *square += slope * slope;
            *weight -= 0.3 * slope / square.sqrt();
        }
    }
    let (mut told, mut table) = (Weights::default(), Vec::new());
    for (idx, weight) in weights.iter().enumerate().filter(|(_, weight)| weight.abs() >= 0.02) {
        let (feature, label) = (names[idx / k], labels[idx % k]);
        told.add(feature, label, *weight);
        table.push((feature.to_owned(), label, *weight));
    }
    (told, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_is_told_again() {
        let row = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 1.0)).collect::<Features>();
        let (plea, plain) = (row(&["bias", "plea"]), row(&["bias", "number"]));
        let rows: Vec<(&Features, &'static str)> =
            (0..8).flat_map(|_| [(&plea, "REQUEST"), (&plain, "STATE")]).collect();
        let (weights, table) = learn(&rows);
        assert_eq!(weights.weigh(&plea, "STATE"), Some("REQUEST"));
        assert_eq!(weights.weigh(&plain, "STATE"), Some("STATE"));
        assert_eq!(table, learn(&rows).1);
    }
}
