//! Two attributions want the same word: which has it? The likelier; the other is decoded anew beside it.
//!
//! A source may be the source of others too ("Ruiz said … and added …"); a word is part of one cue or content only.

use super::{Parts, Reading, SOURCE};
use onrecord_infer::encoder::{Chain, FAR};

/// The share of its probability that an attribution must keep when it is decoded beside others. A choice.
const KEPT: f32 = 0.02;

/// What a word is to the attributions that are taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Free,
    Source,
    Rest,
}

/// The attributions of a window that stand side by side, in order of their cues.
pub(super) fn choose(chain: &Chain, mut drafts: Vec<Parts>, n_words: usize, start: usize) -> Vec<Reading> {
    let p = |draft: &Parts| draft.cue_p * draft.parts_p;
    drafts.sort_by(|a, b| p(b).total_cmp(&p(a)).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![Taken::Free; n_words];
    let mut found = Vec::new();
    for mut draft in drafts {
        if taken[draft.cue.clone()].iter().any(|is| *is != Taken::Free) {
            continue;
        }
        if clashes(&draft, &taken) && !decode_beside(chain, &mut draft, &taken) {
            continue;
        }
        let Some(reading) = draft.reading(None, start) else { continue };
        taken[draft.cue.clone()].fill(Taken::Rest);
        for (part, run) in draft.runs() {
            taken[run].fill(if part == SOURCE { Taken::Source } else { Taken::Rest });
        }
        found.push(reading);
    }
    found.sort_by_key(|reading| reading.cue.start);
    found
}

fn clashes(draft: &Parts, taken: &[Taken]) -> bool {
    draft.runs().into_iter().any(|(part, run)| {
        let limit = if part == SOURCE { Taken::Rest } else { Taken::Source };
        taken[run].iter().any(|is| *is >= limit)
    })
}

/// Decodes the parts anew from the words that are free; false if little is left of them.
fn decode_beside(chain: &Chain, draft: &mut Parts, taken: &[Taken]) -> bool {
    for (scores, taken) in draft.scores.iter_mut().zip(taken) {
        let barred = match taken {
            Taken::Free => 0..0,
            // A source may be shared.
            Taken::Source => 3..5,
            Taken::Rest => 1..5,
        };
        scores[barred].fill(FAR);
    }
    let (labels, p) = chain.decode(&draft.scores);
    let kept = p >= KEPT;
    draft.labels = labels;
    draft.parts_p = p.min(draft.parts_p);
    kept && !clashes(draft, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Chain {
        let mut steps = [[0.0; 5]; 5];
        for (inside, begin) in [(2, 1), (4, 3)] {
            for before in (0..5).filter(|b| *b != inside && *b != begin) {
                steps[before][inside] = FAR;
            }
        }
        Chain::of(steps, [0.0, 0.0, FAR, 0.0, FAR])
    }

    /// `s`, `S`: begins and goes on a source; `c`, `C`: content; `v` the cue.
    fn parts(chain: &Chain, letters: &str, cue_p: f32) -> Parts {
        let label = |c: char| "-sScC".find(c);
        let scores: Vec<[f32; 5]> = letters
            .chars()
            .map(|c| match label(c) {
                Some(label) => std::array::from_fn(|k| if k == label { 6.0 } else { 0.0 }),
                None => [0.0, FAR, FAR, FAR, FAR],
            })
            .collect();
        let cue = letters.find('v').unwrap();
        let (labels, parts_p) = chain.decode(&scores);
        Parts { cue: cue..cue + 1, cue_p, scores, labels, parts_p }
    }

    #[test]
    fn a_source_may_be_shared_and_a_content_may_not() {
        let chain = chain();
        let found =
            choose(&chain, vec![parts(&chain, "sSvcC---", 0.9), parts(&chain, "sS---vcC", 0.8)], 8, 10);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].source, Some(10..12));
        assert_eq!(found[1].content, std::slice::from_ref(&(16..18)));
        let found =
            choose(&chain, vec![parts(&chain, "svcC----", 0.9), parts(&chain, "--cCv---", 0.8)], 8, 0);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_is_barred_is_left_out_when_something_remains() {
        let chain = chain();
        let found =
            choose(&chain, vec![parts(&chain, "svcC----", 0.9), parts(&chain, "---cvcC-", 0.8)], 8, 0);
        assert_eq!(found[1].content, std::slice::from_ref(&(5..7)));
    }
}
