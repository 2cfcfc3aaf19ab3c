//! How probable? A logistic model whose weights are data: a text with names that people can read.

use std::fmt;

/// Weights by name, and a bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    bias: f32,
    weights: Vec<f32>,
}

/// A model's text that does not fit what the caller measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadModel {
    what: String,
}

impl fmt::Display for BadModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for BadModel {}

impl BadModel {
    /// What does not fit.
    pub(crate) fn new(what: String) -> BadModel {
        BadModel { what }
    }
}

impl Logistic {
    /// A model over `names`, in their order, from lines of `name<TAB>weight`; `bias` is one of the names in the text;
    /// `#` opens a comment (the model's card).
    ///
    /// # Errors
    /// A name without a weight, a weight without a name, a weight that is no number.
    ///
    /// ```
    /// use onrecord_infer::Logistic;
    /// let model = Logistic::parse("# a card\nbias\t-1\nheight\t2", &["height"]).unwrap();
    /// assert_eq!(model.logit(&[1.5]), 2.0);
    /// assert!(Logistic::parse("bias\t-1", &["height"]).is_err());
    /// ```
    pub fn parse(text: &str, names: &[&str]) -> Result<Logistic, BadModel> {
        let bad = |what: String| BadModel { what };
        let mut bias = None;
        let mut weights = vec![None; names.len()];
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (name, weight) = line.split_once('\t').ok_or_else(|| bad(format!("no tab in {line:?}")))?;
            let weight: f32 =
                weight.trim().parse().map_err(|_| bad(format!("{name}: {weight:?} is no number")))?;
            let slot = match (name, names.iter().position(|known| *known == name)) {
                ("bias", _) => &mut bias,
                (_, Some(idx)) => &mut weights[idx],
                (name, None) => return Err(bad(format!("{name}: nothing of this name is measured"))),
            };
            *slot = Some(weight);
        }
        let weights: Option<Vec<f32>> = weights.iter().copied().collect();
        match (bias, weights) {
            (Some(bias), Some(weights)) => Ok(Logistic { bias, weights }),
            (None, _) => Err(bad("no bias".to_owned())),
            (_, None) => Err(bad("a name has no weight".to_owned())),
        }
    }

    /// A model from its numbers.
    pub fn new(bias: f32, weights: Vec<f32>) -> Logistic {
        Logistic { bias, weights }
    }

    /// The bias and the weights.
    pub fn parts(&self) -> (f32, &[f32]) {
        (self.bias, &self.weights)
    }

    /// The log odds for values in the order of the names.
    pub fn logit(&self, values: &[f32]) -> f32 {
        self.bias + self.weights.iter().zip(values).map(|(w, v)| w * v).sum::<f32>()
    }

    /// The probability, 0.0 to 1.0.
    pub fn probability(&self, values: &[f32]) -> f32 {
        sigmoid(self.logit(values))
    }
}

/// The probability for log odds.
pub fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}
