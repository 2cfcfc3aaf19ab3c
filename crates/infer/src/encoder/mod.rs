//! Here are the pieces of some words: what is each in its context? A small transformer encoder, a byte a weight.
//!
//! BERT's form: summed embeddings, then layers of attention over the window and of a hidden layer, each added to
//! what came in and normalised. Weights are bytes with a scale for each column, activations bytes with a scale
//! for each row; attention too. A window is read by itself, so that nothing depends on what is read beside it, and
//! every sum is exact or in a fixed order, so that every machine gives the same numbers. Start with [`Encoder`].

mod chain;
mod dense;
mod file;
mod kernel;
mod relate;
mod smooth;
mod wordpiece;

pub use chain::Chain;
pub use dense::Dense;
pub use file::{BadFile, Tensor, Tensors};
pub use relate::{At, FAR, LABELS, Relate, Rows, Words};
pub use wordpiece::Pieces;

use dense::Bytes;
use kernel::{Machine, Step, TALL, WIDE, Work, on_this_machine};
use smooth::{gelu, normalise, to_bytes, to_signed, to_weights};

/// Numbers of one head of attention. The only width that is known here: one panel of the kernel.
const HEAD: usize = WIDE;

/// Rows of a hidden layer that are worked on at a time, so that they stay near the processor.
const CHUNK: usize = 8 * TALL;

/// An encoder.
#[derive(Clone, Debug)]
pub struct Encoder {
    hidden: usize,
    words: Table,
    places: Table,
    /// What is added to every piece besides, by kind: each a table of rows.
    tags: Vec<f32>,
    looks: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Clone, Debug)]
struct Layer {
    /// Query, key and value side by side.
    look: Dense,
    out: Dense,
    norm: Norm,
    up: Dense,
    down: Dense,
    norm2: Norm,
}

#[derive(Clone, Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of bytes to look up.
#[derive(Clone, Debug)]
struct Table {
    bytes: Vec<i8>,
    scales: Vec<f32>,
}

impl Table {
    fn new(tensors: &Tensors, name: &str, width: usize) -> Result<Table, BadFile> {
        let tensor = tensors.get(name)?;
        let (bytes, scales) = tensor.bytes()?;
        if tensor.width() != width {
            return Err(BadFile("a table of another width"));
        }
        Ok(Table { bytes: bytes.to_vec(), scales: scales.to_vec() })
    }

    #[inline(always)]
    fn add(&self, row: usize, out: &mut [f32]) {
        let bytes = self.bytes.get(row * out.len()..(row + 1) * out.len()).unwrap_or_default();
        let scale = self.scales.get(row).copied().unwrap_or_default();
        for (x, byte) in out.iter_mut().zip(bytes) {
            *x += f32::from(*byte) * scale;
        }
    }
}

/// What is read of one piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Its row in the vocabulary.
    pub id: u32,
    /// Its row among the tags.
    pub tag: u8,
    /// Its row among the looks.
    pub looks: u8,
}

/// Room to work in, kept from window to window.
#[derive(Debug, Default)]
pub struct Room {
    states: Vec<f32>,
    bytes: Bytes,
    looked: Vec<f32>,
    read: Vec<f32>,
    wide: Vec<f32>,
    added: Vec<f32>,
    attention: Attention,
}

impl Encoder {
    /// The encoder of a file, its tables' names opening with `encoder.`.
    pub fn new(tensors: &Tensors) -> Result<Encoder, BadFile> {
        let hidden = tensors.get("encoder.words.weight")?.width();
        if hidden == 0 || hidden % HEAD != 0 {
            return Err(BadFile("an encoder of an odd width"));
        }
        let norm = |name: &str| {
            let part = |part: &str| tensors.floats(&format!("{name}.{part}"), hidden).map(<[f32]>::to_vec);
            Ok(Norm { weight: part("weight")?, bias: part("bias")? })
        };
        let rows = |name: &str| {
            let tensor = tensors.get(name)?;
            if tensor.width() != hidden {
                return Err(BadFile("a table of another width"));
            }
            Ok(tensor.floats()?.to_vec())
        };
        let mut layers = Vec::new();
        while tensors.get(&format!("encoder.layers.{}.up.weight", layers.len())).is_ok() {
            let name = |part: &str| format!("encoder.layers.{}.{part}", layers.len());
            let part = |part: &str| -> Result<(&Tensor, &[f32]), BadFile> {
                let weight = tensors.get(&name(&format!("{part}.weight")))?;
                Ok((weight, tensors.floats(&name(&format!("{part}.bias")), weight.height())?))
            };
            let layer = Layer {
                look: Dense::stacked(&[part("query")?, part("key")?, part("value")?])?,
                out: tensors.dense(&name("out"))?,
                norm: norm(&name("norm"))?,
                up: tensors.dense(&name("up"))?,
                down: tensors.dense(&name("down"))?,
                norm2: norm(&name("norm2"))?,
            };
            let fits =
                |dense: &Dense, n_in: usize, n_out: usize| dense.n_in() == n_in && dense.n_out() == n_out;
            let (inner, heads) = (layer.up.n_out(), layer.out.n_in());
            if !fits(&layer.look, hidden, 3 * heads)
                || heads == 0
                || !heads.is_multiple_of(HEAD)
                || !fits(&layer.out, heads, hidden)
                || !fits(&layer.up, hidden, inner)
                || !fits(&layer.down, inner, hidden)
            {
                return Err(BadFile("layers that do not fit together"));
            }
            layers.push(layer);
        }
        Ok(Encoder {
            hidden,
            words: Table::new(tensors, "encoder.words.weight", hidden)?,
            places: Table::new(tensors, "encoder.places.weight", hidden)?,
            tags: rows("encoder.tags.weight")?,
            looks: rows("encoder.looks.weight")?,
            norm: norm("encoder.norm")?,
            layers,
        })
    }

    /// Length of a state.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Pieces that a window may hold.
    pub fn most(&self) -> usize {
        self.places.scales.len()
    }

    /// The state of each piece of a window, `[n_pieces, hidden]`.
    pub fn states<'r>(&self, pieces: &[Piece], room: &'r mut Room) -> &'r [f32] {
        on_this_machine(Read { encoder: self, pieces, room });
        &room.states
    }

    #[inline(always)]
    fn embed(&self, pieces: &[Piece], states: &mut Vec<f32>) {
        states.clear();
        states.resize(pieces.len() * self.hidden, 0.0);
        for (place, (piece, state)) in pieces.iter().zip(states.chunks_exact_mut(self.hidden)).enumerate() {
            self.words.add(piece.id as usize, state);
            self.places.add(place, state);
            for (table, row) in [(&self.tags, piece.tag), (&self.looks, piece.looks)] {
                let from = usize::from(row) * self.hidden;
                for (x, y) in state.iter_mut().zip(table.get(from..).unwrap_or_default()) {
                    *x += y;
                }
            }
            normalise(state, &self.norm.weight, &self.norm.bias);
        }
    }
}

struct Read<'r> {
    encoder: &'r Encoder,
    pieces: &'r [Piece],
    room: &'r mut Room,
}

impl Work for Read<'_> {
    type Out = ();

    #[inline(always)]
    fn on<M: Machine>(self, machine: M) {
        let Room { states, bytes, looked, read, wide, added, attention } = self.room;
        let hidden = self.encoder.hidden;
        self.encoder.embed(self.pieces, states);
        let n = self.pieces.len();
        for layer in &self.encoder.layers {
            let heads = layer.out.n_in();
            looked.resize(n * heads * 3, 0.0);
            read.resize(n * heads, 0.0);
            bytes.fill(states, hidden);
            layer.look.run(machine, bytes, looked);
            attention.run(machine, looked, heads, read);
            for (states, read) in states.chunks_mut(CHUNK * hidden).zip(read.chunks(CHUNK * heads)) {
                let rows = states.len() / hidden;
                let inner = layer.up.n_out();
                added.resize(rows * hidden, 0.0);
                wide.resize(rows * inner, 0.0);
                bytes.fill(read, heads);
                layer.out.run(machine, bytes, added);
                add(states, added, &layer.norm);
                bytes.fill(states, hidden);
                layer.up.run(machine, bytes, wide);
                gelu(wide);
                bytes.fill(wide, inner);
                layer.down.run(machine, bytes, added);
                add(states, added, &layer.norm2);
            }
        }
    }
}

/// Adds rows and normalises the sums.
#[inline(always)]
fn add(states: &mut [f32], added: &[f32], norm: &Norm) {
    let width = norm.weight.len();
    for (state, added) in states.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
        for (x, y) in state.iter_mut().zip(added) {
            *x += y;
        }
        normalise(state, &norm.weight, &norm.bias);
    }
}

/// Room for attention: keys and values of one head as weights, and the scores of some rows.
#[derive(Debug, Default)]
struct Attention {
    keys: Vec<Step>,
    key_scale: Vec<f32>,
    key_sums: Vec<i32>,
    values: Vec<Step>,
    value_scale: [f32; HEAD],
    scores: Vec<f32>,
    weights: Vec<u8>,
}

impl Attention {
    /// Reads, for each row and head, the values of all rows by how its query meets their keys.
    /// `looked`: rows of queries, keys and values, each of `all` heads' numbers together.
    #[inline(always)]
    fn run<M: Machine>(&mut self, machine: M, looked: &[f32], all: usize, out: &mut [f32]) {
        let n = looked.len() / (3 * all);
        let n_padded = n.next_multiple_of(4);
        let n_panels = n.div_ceil(WIDE);
        self.keys.resize(n_panels * (HEAD / 4), Step([[0; 4]; WIDE]));
        self.key_scale.resize(n_panels * WIDE, 0.0);
        self.key_sums.resize(n_panels * WIDE, 0);
        self.scores.resize(TALL * n_panels * WIDE, 0.0);
        // What is left of other windows stands beside values of 0 only.
        self.weights.resize(TALL * n_padded, 0);
        self.values.clear();
        self.values.resize(n_padded / 4, Step([[0; 4]; WIDE]));
        for head in 0..all / HEAD {
            let part = |row: usize, kind: usize| -> &[f32; HEAD] {
                let from = row * 3 * all + kind * all + head * HEAD;
                looked[from..].first_chunk().unwrap_or(&[0.0; HEAD])
            };
            for row in 0..n {
                self.set_key(row, part(row, 1));
            }
            self.set_values(n, |row| part(row, 2));
            for row in (0..n).step_by(TALL) {
                // Rows past the end are read as the last one and dropped.
                let read = self.rows::<M>(machine, n, |at| part((row + at).min(n - 1), 0));
                for (at, read) in read.iter().enumerate().take(n - row) {
                    let from = (row + at) * all + head * HEAD;
                    out[from..from + HEAD].copy_from_slice(read);
                }
            }
        }
    }

    #[inline(always)]
    fn set_key(&mut self, row: usize, key: &[f32; HEAD]) {
        let mut lanes = [1e-20_f32; 16];
        for half in key.as_chunks::<16>().0 {
            for (lane, x) in lanes.iter_mut().zip(half) {
                *lane = if x.abs() > *lane { x.abs() } else { *lane };
            }
        }
        let mut most = 0.0;
        for lane in lanes {
            most = if lane > most { lane } else { most };
        }
        let (panel, at) = (row / WIDE, row % WIDE);
        let inverse = 127.0 / most;
        let mut bytes = [0_i8; HEAD];
        let mut sum = 0;
        for (byte, x) in bytes.iter_mut().zip(key) {
            *byte = to_signed(*x, inverse);
            sum += i32::from(*byte);
        }
        for (k, four) in bytes.as_chunks::<4>().0.iter().enumerate() {
            self.keys[panel * (HEAD / 4) + k].0[at] = *four;
        }
        // With the division by the root of the head's width.
        self.key_scale[row] = most / 127.0 * 0.176_776_7;
        self.key_sums[row] = sum;
    }

    #[inline(always)]
    fn set_values<'v>(&mut self, n: usize, value: impl Fn(usize) -> &'v [f32; HEAD]) {
        let mut most = [1e-20_f32; HEAD];
        for row in 0..n {
            for (most, x) in most.iter_mut().zip(value(row)) {
                *most = if x.abs() > *most { x.abs() } else { *most };
            }
        }
        let inverse = most.map(|most| 127.0 / most);
        for (at, step) in self.values.iter_mut().enumerate() {
            for k in 0..4 {
                let row = at * 4 + k;
                if row < n {
                    let value = value(row);
                    for c in 0..HEAD {
                        step.0[c][k] = to_signed(value[c], inverse[c]);
                    }
                }
            }
        }
        self.value_scale = most.map(|most| most / 127.0);
    }

    /// What [`TALL`] queries read of `n` rows.
    #[inline(always)]
    fn rows<'q, M: Machine>(
        &mut self,
        machine: M,
        n: usize,
        query: impl Fn(usize) -> &'q [f32; HEAD],
    ) -> [[f32; HEAD]; TALL] {
        let mut read = [[0.0; HEAD]; TALL];
        let width = n.div_ceil(WIDE) * WIDE;
        let n_padded = n.next_multiple_of(4);
        let mut bytes = [0; TALL * HEAD];
        let mut scale = [(0.0, 0); TALL];
        for at in 0..TALL {
            scale[at] = to_bytes(query(at), &mut bytes[at * HEAD..(at + 1) * HEAD]);
        }
        for (panel, steps) in self.keys.chunks_exact(HEAD / 4).enumerate() {
            let sums = machine.product::<TALL>(&bytes, HEAD, steps);
            let from = panel * WIDE;
            let (Some(key_scale), Some(key_sums)) =
                (self.key_scale[from..].first_chunk::<WIDE>(), self.key_sums[from..].first_chunk::<WIDE>())
            else {
                return read;
            };
            for (at, sums) in sums.iter().enumerate() {
                let (scale, zero) = scale[at];
                let line = &mut self.scores[at * width + from..at * width + from + WIDE];
                for c in 0..WIDE {
                    line[c] = (sums[c] - zero * key_sums[c]) as f32 * (scale * key_scale[c]);
                }
            }
        }
        let mut unit = [0.0; TALL];
        for (at, unit) in unit.iter_mut().enumerate() {
            let scores = &mut self.scores[at * width..at * width + n];
            *unit = to_weights(scores, &mut self.weights[at * n_padded..at * n_padded + n]);
        }
        let sums = machine.product::<TALL>(&self.weights, n_padded, &self.values);
        for ((read, sums), unit) in read.iter_mut().zip(&sums).zip(unit) {
            for c in 0..HEAD {
                read[c] = sums[c] as f32 * (unit * self.value_scale[c]);
            }
        }
        read
    }
}
