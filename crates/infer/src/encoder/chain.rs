//! Which row of labels is the likeliest? A linear-chain conditional random field.

use super::file::{BadFile, Tensors};
use super::relate::LABELS;
use super::smooth::exp;

/// What one label after another weighs.
#[derive(Clone, Debug)]
pub struct Chain {
    steps: [[f32; LABELS]; LABELS],
    start: [f32; LABELS],
    /// The exponentials of `steps` and `start`.
    steps_exp: [[f32; LABELS]; LABELS],
    start_exp: [f32; LABELS],
}

impl Chain {
    /// The chain of a file: its tables `heads.steps` and `heads.start`.
    pub fn new(tensors: &Tensors) -> Result<Chain, BadFile> {
        let flat = tensors.floats("heads.steps", LABELS * LABELS)?;
        let start = tensors.floats("heads.start", LABELS)?;
        Ok(Chain::of(
            std::array::from_fn(|a| std::array::from_fn(|b| flat[a * LABELS + b])),
            std::array::from_fn(|a| start[a]),
        ))
    }

    /// A chain of these steps `[before][after]` and starts.
    pub fn of(steps: [[f32; LABELS]; LABELS], start: [f32; LABELS]) -> Chain {
        Chain { steps, start, steps_exp: steps.map(|row| row.map(small)), start_exp: start.map(small) }
    }

    /// The likeliest labels of words with these scores, and the probability of the whole row.
    pub fn decode(&self, scores: &[[f32; LABELS]]) -> (Vec<u8>, f32) {
        let Some((first, rest)) = scores.split_first() else { return (Vec::new(), 1.0) };
        let mut best: [f32; LABELS] = std::array::from_fn(|k| self.start[k] + first[k]);
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(rest.len());
        let mut all = Forward::default();
        let mut alpha = all.take(self.start_exp, first);
        for score in rest {
            let mut from = [0; LABELS];
            let mut next = [0.0; LABELS];
            let mut sums = [0.0; LABELS];
            for k in 0..LABELS {
                let mut most = f32::MIN;
                for (before, value) in best.iter().enumerate() {
                    let value = value + self.steps[before][k];
                    if value > most {
                        (most, from[k]) = (value, before as u8);
                    }
                    sums[k] += alpha[before] * self.steps_exp[before][k];
                }
                next[k] = most + score[k];
            }
            best = next;
            back.push(from);
            alpha = all.take(sums, score);
        }
        let mut label = 0;
        for k in 1..LABELS {
            if best[k] > best[label] {
                label = k;
            }
        }
        let p = (f64::from(best[label]) - all.log).exp() as f32;
        let mut labels = vec![label as u8; scores.len()];
        for (at, from) in back.iter().enumerate().rev() {
            label = usize::from(from[label]);
            labels[at] = label as u8;
        }
        (labels, p.clamp(0.0, 1.0))
    }
}

/// The exponential, 0 for what cannot be.
fn small(x: f32) -> f32 {
    if x < -80.0 { 0.0 } else { x.exp() }
}

/// The sum over all rows so far, scaled so that it stays near 1.
#[derive(Default)]
struct Forward {
    log: f64,
}

impl Forward {
    fn take(&mut self, sums: [f32; LABELS], score: &[f32; LABELS]) -> [f32; LABELS] {
        let most = score.iter().fold(f32::MIN, |most, x| most.max(*x));
        let mut alpha: [f32; LABELS] = std::array::from_fn(|k| sums[k] * exp(score[k] - most));
        let total: f32 = alpha.iter().sum::<f32>().max(1e-37);
        alpha.iter_mut().for_each(|x| *x /= total);
        self.log += f64::from(total.ln()) + f64::from(most);
        alpha
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_row_and_its_probability_are_those_of_all_rows() {
        let steps = std::array::from_fn(|a| std::array::from_fn(|b| ((a * 5 + b) as f32 * 0.9).sin() * 2.0));
        let start = std::array::from_fn(|a| (a as f32).cos());
        let chain = Chain::of(steps, start);
        let scores: Vec<[f32; LABELS]> =
            (0..4).map(|n| std::array::from_fn(|k| ((n * 7 + k * 3) as f32).sin() * 3.0)).collect();
        let (mut best, mut best_row, mut sum) = (f64::MIN, Vec::new(), 0.0);
        for row in 0..5_usize.pow(4) {
            let labels: Vec<usize> = (0..4).map(|n| row / 5_usize.pow(n) % 5).collect();
            let mut value = f64::from(start[labels[0]]);
            for (n, label) in labels.iter().enumerate() {
                value += f64::from(scores[n][*label]);
                if n > 0 {
                    value += f64::from(steps[labels[n - 1]][*label]);
                }
            }
            sum += value.exp();
            if value > best {
                (best, best_row) = (value, labels);
            }
        }
        let (labels, p) = chain.decode(&scores);
        assert_eq!(labels.iter().map(|l| usize::from(*l)).collect::<Vec<_>>(), best_row);
        assert!((f64::from(p) - best.exp() / sum).abs() < 1e-5);
        assert_eq!(chain.decode(&[]).1, 1.0);
    }
}
