//! How likely is it that two belong together? Half a logistic model, half boosted trees, within bounds.
//!
//! The line sees what holds everywhere, the trees what counts only beside something else; with the event held out their
//! mean is better than either (see the cards of `models/*.tsv`). The bounds keep one odd pair from deciding over a group
//! whose mean is taken.

use onrecord_infer::{BadModel, Logistic, Trees};

/// Two models of one question.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    line: Logistic,
    trees: Trees,
    /// What the trees cannot exceed.
    most: f32,
    /// Least and greatest log odds.
    bounds: (f32, f32),
}

impl Mixed {
    /// From the texts of the two model files, over `names`.
    pub(crate) fn parse(
        line: &str,
        trees: &str,
        names: &[&str],
        bounds: (f32, f32),
    ) -> Result<Mixed, BadModel> {
        let trees = Trees::parse(trees, names)?;
        Ok(Mixed { line: Logistic::parse(line, names)?, most: trees.most(), trees, bounds })
    }

    /// The log odds for values in the order of the names.
    pub(crate) fn logit(&self, values: &[f32]) -> f32 {
        let line = self.line.logit(values);
        if (line + self.most) / 2.0 <= self.bounds.0 {
            return self.bounds.0; // whatever the trees say; most pairs end here
        }
        let (low, high) = (2.0 * self.bounds.0 - line, 2.0 * self.bounds.1 - line);
        let mean = (line + self.trees.logit_within(values, low, high)) / 2.0;
        mean.clamp(self.bounds.0, self.bounds.1)
    }
}
