//! Here is a span: what is each word of the window to it? Scores of labels, from states of an encoder.
//!
//! Each word's vector, scaled and shifted by what the span's ends ask, by how far away it stands and how many
//! sentences, is mixed with its neighbours' and scored.

use super::dense::{Bytes, Dense};
use super::file::{BadFile, Tensors};
use super::kernel::{Machine, Work, on_this_machine};

/// Labels that a word can have.
pub const LABELS: usize = 5;

/// Lower bounds of distances, in words, from the second bucket on.
const EDGES: [usize; 13] = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70, 110];

/// Buckets of distances on one side.
const SIDE: usize = EDGES.len() + 1;

/// Two or more sentences before the span's, one, the same, one behind, two or more.
const SENTENCES: usize = 5;

/// Score of what cannot be.
pub const FAR: f32 = -1e4;

/// The weights.
#[derive(Clone, Debug)]
pub struct Relate {
    hidden: usize,
    d: usize,
    word: Dense,
    first: Rows,
    last: Rows,
    gate: Rows,
    near: Vec<f32>,
    sentence: Vec<f32>,
    other: Vec<f32>,
    /// `[kernel, d]`
    around: Vec<f32>,
    around_bias: Vec<f32>,
    mix: Dense,
    pair: Rows,
}

/// A layer of floats.
#[derive(Clone, Debug)]
pub struct Rows {
    width: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Rows {
    /// A layer by the name of its weights.
    pub fn new(tensors: &Tensors, name: &str, height: usize, width: usize) -> Result<Rows, BadFile> {
        let weight = tensors.floats(&format!("{name}.weight"), height * width)?.to_vec();
        Ok(Rows { width, weight, bias: tensors.floats(&format!("{name}.bias"), height)?.to_vec() })
    }

    /// One row through the layer.
    pub fn apply(&self, row: &[f32], out: &mut [f32]) {
        for ((out, weight), bias) in out.iter_mut().zip(self.weight.chunks_exact(self.width)).zip(&self.bias)
        {
            *out = dot(row, weight) + bias;
        }
    }
}

#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    for (a, b) in a.iter().zip(b) {
        for n in 0..16 {
            lanes[n] += a[n] * b[n];
        }
    }
    let mut sum = 0.0;
    for lane in lanes {
        sum += lane;
    }
    for (a, b) in a_rest.iter().zip(b_rest) {
        sum += a * b;
    }
    sum
}

/// A span of a window, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
}

/// The words of a window.
#[derive(Debug)]
pub struct Words<'w> {
    /// Their states, `[n_words, hidden]`.
    pub states: &'w [f32],
    /// Their vectors by [`Relate::words`].
    pub vectors: &'w [f32],
    /// The sentence of each.
    pub sentences: &'w [u32],
    /// The probability that each is part of some span of this kind.
    pub spanned: &'w [f32],
}

impl Relate {
    /// The head of a file, its tables' names opening with `heads.`, over states of `hidden` numbers.
    pub fn new(tensors: &Tensors, hidden: usize) -> Result<Relate, BadFile> {
        let word = tensors.dense("heads.word")?;
        let d = word.n_out();
        let rows = |name: &str| Rows::new(tensors, &format!("heads.{name}"), d, hidden);
        let around = tensors.get("heads.around.weight")?;
        let mix = tensors.dense("heads.mix")?;
        if word.n_in() != hidden || around.width() != d || mix.n_in() != d || mix.n_out() != d {
            return Err(BadFile("a head that does not fit its encoder"));
        }
        Ok(Relate {
            hidden,
            d,
            first: rows("first")?,
            last: rows("last")?,
            gate: rows("gate")?,
            near: tensors.floats("heads.near.weight", 2 * SIDE * d)?.to_vec(),
            sentence: tensors.floats("heads.sentence.weight", SENTENCES * d)?.to_vec(),
            other: tensors.floats("heads.other", d)?.to_vec(),
            around: around.floats()?.to_vec(),
            around_bias: tensors.floats("heads.around.bias", d)?.to_vec(),
            pair: Rows::new(tensors, "heads.pair", LABELS, d)?,
            word,
            mix,
        })
    }

    /// The vectors of words from their states.
    pub fn words(&self, states: &[f32]) -> Vec<f32> {
        self.word.apply(states)
    }

    /// The scores of each word's labels for a span. Words of the span itself are outside of its parts.
    pub fn scores(&self, words: &Words<'_>, at: At) -> Vec<[f32; LABELS]> {
        on_this_machine(Score { head: self, words, at })
    }
}

struct Score<'s> {
    head: &'s Relate,
    words: &'s Words<'s>,
    at: At,
}

impl Work for Score<'_> {
    type Out = Vec<[f32; LABELS]>;

    #[inline(always)]
    fn on<M: Machine>(self, machine: M) -> Vec<[f32; LABELS]> {
        let Score { head, words, at } = self;
        let d = head.d;
        let n = words.vectors.len() / d;
        let state =
            |word: usize| words.states.get(word * head.hidden..(word + 1) * head.hidden).unwrap_or_default();
        let mut asked = [vec![0.0; d], vec![0.0; d], vec![0.0; d]];
        head.first.apply(state(at.first), &mut asked[0]);
        head.last.apply(state(at.last), &mut asked[1]);
        head.gate.apply(state(at.first), &mut asked[2]);
        let [query, last, gate] = asked;
        let own = words.sentences.get(at.first).map_or(0, |s| i64::from(*s));
        let mut z = vec![0.0; n * d];
        for (word, (z, vector)) in z.chunks_exact_mut(d).zip(words.vectors.chunks_exact(d)).enumerate() {
            let bucket = if word < at.first {
                SIDE + bucket(at.first - word)
            } else {
                bucket(word.saturating_sub(at.last))
            };
            let apart = (i64::from(words.sentences[word]) - own).clamp(-2, 2) + 2;
            let near = &head.near[bucket * d..(bucket + 1) * d];
            let apart = &head.sentence[apart as usize * d..(apart as usize + 1) * d];
            let inside = at.first <= word && word <= at.last;
            let spanned = if inside { 0.0 } else { words.spanned[word] };
            for k in 0..d {
                let x = vector[k] * (1.0 + gate[k])
                    + query[k]
                    + last[k]
                    + near[k]
                    + apart[k]
                    + spanned * head.other[k];
                z[k] = if x > 0.0 { x } else { 0.0 };
            }
        }
        let taps = head.around.len() / d;
        let mut mixed = vec![0.0; n * d];
        for (word, out) in mixed.chunks_exact_mut(d).enumerate() {
            out.copy_from_slice(&head.around_bias);
            for (tap, weights) in head.around.chunks_exact(d).enumerate() {
                let Some(from) = (word + tap).checked_sub(taps / 2).filter(|from| *from < n) else {
                    continue;
                };
                let row = &z[from * d..(from + 1) * d];
                for k in 0..d {
                    out[k] += row[k] * weights[k];
                }
            }
        }
        let mut bytes = Bytes::default();
        bytes.fill(&mixed, d);
        head.mix.run(machine, &bytes, &mut mixed);
        let mut scores = Vec::with_capacity(n);
        for (word, (z, mixed)) in z.chunks_exact_mut(d).zip(mixed.chunks_exact(d)).enumerate() {
            for (z, x) in z.iter_mut().zip(mixed) {
                *z += if *x > 0.0 { *x } else { 0.0 };
            }
            let mut labels = [0.0; LABELS];
            if at.first <= word && word <= at.last {
                labels = [0.0, FAR, FAR, FAR, FAR];
            } else {
                for (label, (weights, bias)) in
                    labels.iter_mut().zip(head.pair.weight.chunks_exact(d).zip(&head.pair.bias))
                {
                    *label = dot(z, weights) + bias;
                }
            }
            scores.push(labels);
        }
        scores
    }
}

fn bucket(distance: usize) -> usize {
    EDGES.partition_point(|edge| *edge <= distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets() {
        let found: Vec<usize> = [0, 1, 2, 5, 6, 7, 110, 5000].into_iter().map(bucket).collect();
        assert_eq!(found, [0, 1, 2, 5, 5, 6, 13, 13]);
    }
}
