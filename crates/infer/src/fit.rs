//! Which weights? Fitting a logistic model to examples, with the same result on every run.

use crate::Logistic;

/// Values measured, whether it was so, and how much the example counts.
#[derive(Clone, Debug)]
pub struct Example {
    /// In the order of the names.
    pub values: Vec<f32>,
    /// The label.
    pub yes: bool,
    /// Weight, positive.
    pub weight: f32,
}

/// Fits by Newton's method with an L2 penalty of `ridge` on weights over standardised values (not on the bias).
#[allow(clippy::needless_range_loop, reason = "a matrix reads best by its indexes")]
pub fn fit(examples: &[Example], ridge: f64) -> Logistic {
    let n = examples.first().map_or(0, |e| e.values.len());
    let total: f64 = examples.iter().map(|e| f64::from(e.weight)).sum::<f64>().max(1e-9);
    let average = |of: &dyn Fn(&Example) -> f64| {
        examples.iter().map(|e| f64::from(e.weight) * of(e)).sum::<f64>() / total
    };
    let means: Vec<f64> = (0..n).map(|j| average(&|e| f64::from(e.values[j]))).collect();
    let scales: Vec<f64> =
        (0..n).map(|j| average(&|e| (f64::from(e.values[j]) - means[j]).powi(2)).sqrt().max(1e-6)).collect();
    let standard = |e: &Example| -> Vec<f64> {
        let values = (0..n).map(|j| (f64::from(e.values[j]) - means[j]) / scales[j]);
        values.chain([1.0]).collect()
    };
    let mut w = vec![0.0; n + 1];
    for _ in 0..30 {
        let mut gradient: Vec<f64> = (0..=n).map(|j| if j < n { ridge * w[j] } else { 0.0 }).collect();
        let mut hessian = vec![vec![0.0; n + 1]; n + 1];
        for e in examples {
            let x = standard(e);
            let z: f64 = x.iter().zip(&w).map(|(x, w)| x * w).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            let weight = f64::from(e.weight);
            let error = weight * (p - f64::from(u8::from(e.yes)));
            let curve = weight * (p * (1.0 - p)).max(1e-9);
            for j in 0..=n {
                gradient[j] += error * x[j];
                for k in 0..=j {
                    hessian[j][k] += curve * x[j] * x[k];
                }
            }
        }
        for j in 0..=n {
            hessian[j][j] += if j < n { ridge } else { 1e-9 };
            for k in j + 1..=n {
                hessian[j][k] = hessian[k][j];
            }
        }
        let step = solve(hessian, gradient);
        w.iter_mut().zip(&step).for_each(|(w, s)| *w -= s);
        if step.iter().all(|s| s.abs() < 1e-7) {
            break;
        }
    }
    let weights: Vec<f32> = (0..n).map(|j| (w[j] / scales[j]) as f32).collect();
    let bias = w[n] - (0..n).map(|j| w[j] * means[j] / scales[j]).sum::<f64>();
    Logistic::new(bias as f32, weights)
}

/// Solves a linear system by Gaussian elimination with pivoting; a singular direction gets 0.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for col in 0..n {
        let pivot = (col..n).max_by(|i, j| a[*i][col].abs().total_cmp(&a[*j][col].abs())).unwrap_or(col);
        a.swap(col, pivot);
        b.swap(col, pivot);
        if a[col][col].abs() < 1e-12 {
            continue;
        }
        for row in col + 1..n {
            let factor = a[row][col] / a[col][col];
            let (upper, lower) = a.split_at_mut(row);
            lower[0].iter_mut().zip(&upper[col]).skip(col).for_each(|(x, y)| *x -= factor * y);
            b[row] -= factor * b[col];
        }
    }
    let mut x = vec![0.0; n];
    for row in (0..n).rev() {
        let rest: f64 = (row + 1..n).map(|k| a[row][k] * x[k]).sum();
        x[row] = if a[row][row].abs() < 1e-12 { 0.0 } else { (b[row] - rest) / a[row][row] };
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_gets_the_weight() {
        let examples: Vec<Example> = (0..200u32)
            .map(|i| {
                let (a, b) = ((i % 20) as f32 / 20.0, (i * 7 % 13) as f32);
                Example { values: vec![a, b], yes: a + 0.1 * ((i % 3) as f32 - 1.0) > 0.5, weight: 1.0 }
            })
            .collect();
        let model = fit(&examples, 0.1);
        assert!(model.probability(&[0.9, 6.0]) > 0.9 && model.probability(&[0.1, 6.0]) < 0.1);
        assert!(model.parts().1[1].abs() < 0.2);
    }

    #[test]
    fn no_examples_give_an_empty_model() {
        assert_eq!(fit(&[], 1.0).parts().1.len(), 0);
    }
}
