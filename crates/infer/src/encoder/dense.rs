//! A layer of weights, a byte each: rows of numbers in, rows of numbers out.

use super::file::{BadFile, Tensor};
use super::kernel::{Machine, Step, TALL, WIDE, Work, on_this_machine};
use super::smooth::to_bytes;

/// Rows as bytes, each with its scale and its zero.
#[derive(Debug, Default)]
pub(crate) struct Bytes {
    data: Vec<u8>,
    stride: usize,
    scale: Vec<f32>,
    zero: Vec<i32>,
}

impl Bytes {
    /// Makes `n_rows` rows of `width` numbers into bytes.
    #[inline(always)]
    pub(crate) fn fill(&mut self, rows: &[f32], width: usize) {
        let stride = width.next_multiple_of(4);
        let n_rows = rows.len() / width;
        self.stride = stride;
        // What is left of other rows stands beside weights of 0 only.
        self.data.resize(n_rows * stride, 0);
        self.scale.clear();
        self.zero.clear();
        for (row, out) in rows.chunks_exact(width).zip(self.data.chunks_exact_mut(stride)) {
            let (scale, zero) = to_bytes(row, &mut out[..width]);
            self.scale.push(scale);
            self.zero.push(zero);
        }
    }

    fn n_rows(&self) -> usize {
        self.scale.len()
    }
}

/// Weights of `n_in` times `n_out` bytes, each column with its scale, and a bias.
#[derive(Clone, Debug)]
pub struct Dense {
    n_in: usize,
    n_out: usize,
    /// Panels of [`WIDE`] columns, each of `n_in / 4` steps.
    steps: Vec<Step>,
    scale: Vec<[f32; WIDE]>,
    bias: Vec<[f32; WIDE]>,
    sums: Vec<[i32; WIDE]>,
}

impl Dense {
    /// From weights `[n_out, n_in]` and as many biases as outputs.
    pub(crate) fn new(weights: &Tensor, bias: &[f32]) -> Result<Dense, BadFile> {
        Dense::stacked(&[(weights, bias)])
    }

    /// Several layers over the same input as one, their outputs behind one another.
    pub(crate) fn stacked(layers: &[(&Tensor, &[f32])]) -> Result<Dense, BadFile> {
        let n_in = layers.first().map_or(0, |(weights, _)| weights.width());
        let n_out: usize = layers.iter().map(|(weights, _)| weights.height()).sum();
        let (n_steps, n_panels) = (n_in.div_ceil(4), n_out.div_ceil(WIDE));
        let mut dense = Dense {
            n_in,
            n_out,
            steps: vec![Step([[0; 4]; WIDE]); n_steps * n_panels],
            scale: vec![[0.0; WIDE]; n_panels],
            bias: vec![[0.0; WIDE]; n_panels],
            sums: vec![[0; WIDE]; n_panels],
        };
        let mut column = 0;
        for (weights, bias) in layers {
            let (bytes, scales) = weights.bytes()?;
            if weights.width() != n_in || bias.len() != weights.height() || n_in == 0 {
                return Err(BadFile("layers of unlike shapes"));
            }
            for ((row, scale), bias) in bytes.chunks_exact(n_in).zip(scales).zip(*bias) {
                let (panel, at) = (column / WIDE, column % WIDE);
                for (k, weight) in row.iter().enumerate() {
                    dense.steps[panel * n_steps + k / 4].0[at][k % 4] = *weight;
                }
                dense.scale[panel][at] = *scale;
                dense.bias[panel][at] = *bias;
                dense.sums[panel][at] = row.iter().map(|w| i32::from(*w)).sum();
                column += 1;
            }
        }
        Ok(dense)
    }

    /// Length of a row that goes in.
    pub fn n_in(&self) -> usize {
        self.n_in
    }

    /// Length of a row that comes out.
    pub fn n_out(&self) -> usize {
        self.n_out
    }

    /// `rows` (each of `n_in` numbers) times the weights, plus the bias.
    pub fn apply(&self, rows: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; rows.len() / self.n_in.max(1) * self.n_out];
        on_this_machine(Apply { dense: self, rows, out: &mut out });
        out
    }

    /// The same into `out`, on a machine.
    #[inline(always)]
    pub(crate) fn run<M: Machine>(&self, machine: M, rows: &Bytes, out: &mut [f32]) {
        let n_steps = self.n_in.div_ceil(4);
        for (panel, steps) in self.steps.chunks_exact(n_steps).enumerate() {
            let wide = (self.n_out - panel * WIDE).min(WIDE);
            let columns = Columns {
                steps,
                scale: &self.scale[panel],
                bias: &self.bias[panel],
                sums: &self.sums[panel],
            };
            let mut row = 0;
            let n_rows = rows.n_rows();
            while row + TALL <= n_rows {
                columns.run::<M, TALL>(
                    machine,
                    rows,
                    row,
                    &mut out[row * self.n_out + panel * WIDE..],
                    self.n_out,
                    wide,
                );
                row += TALL;
            }
            while row + 4 <= n_rows {
                columns.run::<M, 4>(
                    machine,
                    rows,
                    row,
                    &mut out[row * self.n_out + panel * WIDE..],
                    self.n_out,
                    wide,
                );
                row += 4;
            }
            while row < n_rows {
                columns.run::<M, 1>(
                    machine,
                    rows,
                    row,
                    &mut out[row * self.n_out + panel * WIDE..],
                    self.n_out,
                    wide,
                );
                row += 1;
            }
        }
    }
}

/// One panel with what belongs to it.
struct Columns<'p> {
    steps: &'p [Step],
    scale: &'p [f32; WIDE],
    bias: &'p [f32; WIDE],
    sums: &'p [i32; WIDE],
}

impl Columns<'_> {
    #[inline(always)]
    fn run<M: Machine, const R: usize>(
        &self,
        machine: M,
        rows: &Bytes,
        row: usize,
        out: &mut [f32],
        stride: usize,
        wide: usize,
    ) {
        let sums = machine.product::<R>(&rows.data[row * rows.stride..], rows.stride, self.steps);
        for (n, sums) in sums.iter().enumerate() {
            let (scale, zero) = (rows.scale[row + n], rows.zero[row + n]);
            let mut line = [0.0; WIDE];
            for c in 0..WIDE {
                let sum = sums[c] - zero * self.sums[c];
                line[c] = sum as f32 * (scale * self.scale[c]) + self.bias[c];
            }
            if wide == WIDE {
                out[n * stride..n * stride + WIDE].copy_from_slice(&line);
            } else {
                out[n * stride..n * stride + wide].copy_from_slice(&line[..wide]);
            }
        }
    }
}

struct Apply<'a> {
    dense: &'a Dense,
    rows: &'a [f32],
    out: &'a mut [f32],
}

impl Work for Apply<'_> {
    type Out = ();

    #[inline(always)]
    fn on<M: Machine>(self, machine: M) {
        let mut bytes = Bytes::default();
        bytes.fill(self.rows, self.dense.n_in);
        self.dense.run(machine, &bytes, self.out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_near_those_of_the_numbers() {
        let (n_in, n_out, n_rows) = (24, 45, 29);
        let wave = |n: usize, step: f32| (n as f32 * step).sin();
        let weights: Vec<f32> = (0..n_in * n_out).map(|n| wave(n, 0.7)).collect();
        let bias: Vec<f32> = (0..n_out).map(|n| wave(n, 0.3)).collect();
        let rows: Vec<f32> = (0..n_in * n_rows).map(|n| wave(n, 0.11) * 2.0 + 0.4).collect();
        let dense = Dense::new(&Tensor::of_rows(&weights, n_in), &bias).unwrap();
        let out = dense.apply(&rows);
        assert_eq!(out.len(), n_rows * n_out);
        for row in 0..n_rows {
            for column in 0..n_out {
                let exact: f32 =
                    (0..n_in).map(|k| rows[row * n_in + k] * weights[column * n_in + k]).sum::<f32>()
                        + bias[column];
                assert!((out[row * n_out + column] - exact).abs() < 0.15, "{row} {column}");
            }
        }
    }
}
