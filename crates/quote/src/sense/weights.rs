//! Which label weighs most? Features and what each adds to each label, read from a table.

use crate::speaker::lexicon::rows;
use std::collections::{BTreeMap, HashMap};

/// How much more than the plain label another one must weigh: a doubtful act is better told as a statement.
const MARGIN: f32 = 0.45;

/// What each feature adds to each label.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    of: HashMap<String, Vec<(String, f32)>>,
}

impl Weights {
    /// Reads a table: feature, label, weight. A row that is none is passed over; the tables that are kept have tests.
    pub fn parse(table: &'static str) -> Weights {
        let mut weights = Weights::default();
        for row in rows(table) {
            if let (Some(feature), Some(label), Some(Ok(weight))) =
                (row.first(), row.get(1), row.get(2).map(|w| w.parse()))
            {
                weights.add(feature, label, weight);
            }
        }
        weights
    }

    /// Adds to what a feature adds to a label.
    pub(crate) fn add(&mut self, feature: &str, label: &str, weight: f32) {
        self.of.entry(feature.to_owned()).or_default().push((label.to_owned(), weight));
    }

    /// The label with the highest sum of weights; the plain one has a start of [`MARGIN`].
    pub(crate) fn weigh(&self, features: &[(String, f32)], plain: &str) -> Option<&str> {
        let mut sums: BTreeMap<&str, f32> = BTreeMap::new();
        for (feature, value) in features {
            for (label, weight) in self.of.get(feature.as_str()).into_iter().flatten() {
                *sums.entry(label).or_default() += weight * value;
            }
        }
        if let Some(sum) = sums.get_mut(plain) {
            *sum += MARGIN;
        }
        sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0))).map(|(label, _)| label)
    }
}
