//! What does a trained reader make of a text? Attributions as ranges of words, each with its probabilities.
//!
//! The words of a text ([`crate::find::words`]) come in. They are cut into windows ([`windows`]) and read piece by
//! piece by an encoder; cues are told from its states ([`cues`]), each cue's parts are decoded together, and where
//! two attributions want the same word the likelier one has it ([`choose`]). `training/attribution` does the same.

mod choose;
mod cues;
#[cfg(test)]
mod same;
mod windows;

use crate::find::sure::N_FEATURES;
use crate::find::words::Word;
use onrecord_infer::encoder::{
    At, Chain, Encoder, LABELS, Piece, Pieces, Relate, Room, Rows, Tensors, Words,
};
use std::fmt;
use std::ops::Range;

/// Probability from which words may be a cue; what becomes of them is told by all that is known of a draft.
const CUE: f32 = 0.2;

/// A trained reader: an encoder with its heads and its vocabulary.
///
/// ```
/// assert!(onrecord_quote::Reader::parse(b"no model").is_err());
/// ```
#[derive(Clone)]
pub struct Reader {
    name: String,
    pieces: Pieces,
    encoder: Encoder,
    cue: Rows,
    relate: Relate,
    chain: Chain,
    /// Pieces of a window at most: what the model was trained on.
    window: usize,
    /// Weights of what tells how sure an attribution is ([`crate::find::sure`]).
    pub(crate) sure: [f32; N_FEATURES],
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A file that is no reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadReader(String);

impl fmt::Display for BadReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadReader {}

impl Reader {
    /// Reads a file of weights (`training/attribution/export.py` makes it).
    pub fn parse(file: &[u8]) -> Result<Reader, BadReader> {
        let bad = |error: onrecord_infer::encoder::BadFile| BadReader(error.to_string());
        let tensors = Tensors::parse(file).map_err(bad)?;
        let encoder = Encoder::new(&tensors).map_err(bad)?;
        let window = tensors.floats("window", 1).map_err(bad)?[0].clamp(0.0, 4096.0) as usize;
        if !(32..=encoder.most()).contains(&window) {
            return Err(BadReader("expected an encoder of longer windows".to_owned()));
        }
        let mut sure = [0.0; N_FEATURES];
        sure.copy_from_slice(tensors.floats("sure", N_FEATURES).map_err(bad)?);
        let pieces = Pieces::new(&tensors).map_err(bad)?;
        let name = tensors.get("name").and_then(|name| name.letters()).map_err(bad)?.to_owned();
        let cue = Rows::new(&tensors, "heads.cue", 3, encoder.hidden()).map_err(bad)?;
        let relate = Relate::new(&tensors, encoder.hidden()).map_err(bad)?;
        Ok(Reader {
            name,
            pieces,
            encoder,
            cue,
            relate,
            chain: Chain::new(&tensors).map_err(bad)?,
            window,
            sure,
        })
    }

    /// What the model is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// One attribution, as ranges of words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) cue: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    /// Probability that its cue is one.
    pub(crate) cue_p: f32,
    /// Probability of its parts, given the cue.
    pub(crate) parts_p: f32,
}

/// The attributions of a text, in order of their cues; and for each of the words that are `asked` about (in order)
/// what its parts would be if it were a cue, where it is part of none.
pub(crate) fn readings(
    reader: &Reader,
    text: &str,
    words: &[Word],
    asked: &[usize],
) -> (Vec<Reading>, Vec<Reading>) {
    let mut pieces = Vec::with_capacity(words.len() * 5 / 4);
    // Where each word's pieces begin.
    let mut begins = Vec::with_capacity(words.len() + 1);
    for word in words {
        begins.push(pieces.len());
        reader.pieces.of(text.get(word.start..word.end).unwrap_or_default(), &mut pieces);
    }
    begins.push(pieces.len());
    let (mut found, mut answers) = (Vec::new(), Vec::new());
    let (mut room, mut wanted) = (Room::default(), asked.iter().copied().peekable());
    for window in windows::windows(words, &begins, reader.window) {
        let view = View::new(reader, words, &pieces, &begins, window.clone(), &mut room);
        let cues = cues::cues(&view.cue, CUE);
        let drafts: Vec<_> = cues.iter().map(|cue| view.draft(reader, cue.words.clone(), cue.p)).collect();
        while let Some(word) = wanted.next_if(|word| *word < window.end) {
            let Some(at) = word.checked_sub(window.start) else { continue };
            if !cues.iter().any(|cue| cue.words.contains(&at)) {
                let p = view.spanned.get(at).copied().unwrap_or_default();
                answers.extend(view.draft(reader, at..at + 1, p).reading(None, window.start));
            }
        }
        found.extend(choose::choose(&reader.chain, drafts, window.len(), window.start));
    }
    (found, answers)
}

/// What the reader sees of a window.
struct View {
    states: Vec<f32>,
    vectors: Vec<f32>,
    sentences: Vec<u32>,
    /// For each word the probabilities that it is outside of a cue, begins one, or goes on in one.
    cue: Vec<[f32; 3]>,
    /// The probability that it is in some cue.
    spanned: Vec<f32>,
}

impl View {
    fn new(
        reader: &Reader,
        words: &[Word],
        pieces: &[u32],
        begins: &[usize],
        window: Range<usize>,
        room: &mut Room,
    ) -> View {
        let mut read = Vec::with_capacity(reader.window);
        let mut firsts = Vec::with_capacity(window.len());
        let mut sentences = Vec::with_capacity(window.len());
        let mut sentence = 0;
        read.push(Piece { id: reader.pieces.start, tag: 0, looks: 0 });
        for at in window.clone() {
            let word = &words[at];
            if word.looks & crate::find::words::OPENS != 0 && at > window.start {
                sentence += 1;
            }
            sentences.push(sentence);
            firsts.push(read.len());
            let own = pieces[begins[at]..begins[at + 1]].iter();
            read.extend(own.map(|id| Piece { id: *id, tag: word.tag + 1, looks: word.looks }));
            if at + 1 == window.end || words[at + 1].paragraph != word.paragraph {
                read.push(Piece { id: reader.pieces.end, tag: 0, looks: 0 });
            }
        }
        let hidden = reader.encoder.hidden();
        let all = reader.encoder.states(&read, room);
        let mut states = Vec::with_capacity(firsts.len() * hidden);
        for first in firsts {
            states.extend_from_slice(&all[first * hidden..(first + 1) * hidden]);
        }
        let mut cue = Vec::with_capacity(sentences.len());
        for state in states.chunks_exact(hidden) {
            let mut scores = [0.0; 3];
            reader.cue.apply(state, &mut scores);
            onrecord_infer::tagger::softmax(&mut scores);
            cue.push(scores);
        }
        let vectors = reader.relate.words(&states);
        let spanned = cue.iter().map(|p| 1.0 - p[0]).collect();
        View { states, vectors, sentences, cue, spanned }
    }

    /// A cue (words of the window) with its parts.
    fn draft(&self, reader: &Reader, cue: Range<usize>, cue_p: f32) -> Parts {
        let words = Words {
            states: &self.states,
            vectors: &self.vectors,
            sentences: &self.sentences,
            spanned: &self.spanned,
        };
        let at = At { first: cue.start, last: cue.end - 1 };
        let scores = reader.relate.scores(&words, at);
        let (labels, parts_p) = reader.chain.decode(&scores);
        Parts { cue, cue_p, scores, labels, parts_p }
    }
}

/// A cue with its parts, in words of its window.
#[derive(Clone, Debug)]
struct Parts {
    cue: Range<usize>,
    cue_p: f32,
    scores: Vec<[f32; LABELS]>,
    labels: Vec<u8>,
    parts_p: f32,
}

/// What a word is to a cue.
const SOURCE: u8 = 1;
const CONTENT: u8 = 3;

impl Parts {
    /// Runs of words with their part ([`SOURCE`] or [`CONTENT`]).
    fn runs(&self) -> Vec<(u8, Range<usize>)> {
        let mut runs: Vec<(u8, Range<usize>)> = Vec::new();
        for (at, label) in self.labels.iter().enumerate() {
            match *label {
                begin @ (SOURCE | CONTENT) => runs.push((begin, at..at + 1)),
                0 => {}
                inside => match runs.last_mut() {
                    Some((part, run)) if *part + 1 == inside && run.end == at => run.end = at + 1,
                    _ => runs.push((inside - 1, at..at + 1)),
                },
            }
        }
        runs
    }

    /// As ranges of all words, the window beginning at `start`; `None` without content.
    fn reading(&self, parts_p: Option<f32>, start: usize) -> Option<Reading> {
        let runs = self.runs();
        let shift = |run: &Range<usize>| run.start + start..run.end + start;
        let of = |part: u8| runs.iter().filter(move |(p, _)| *p == part).map(|(_, run)| shift(run));
        let content: Vec<_> = of(CONTENT).collect();
        // One source an attribution; of several runs the longest.
        let source = of(SOURCE).reduce(|a, b| if b.len() > a.len() { b } else { a });
        (!content.is_empty()).then_some(Reading {
            cue: shift(&self.cue),
            source,
            content,
            cue_p: self.cue_p,
            parts_p: parts_p.unwrap_or(self.parts_p),
        })
    }
}
