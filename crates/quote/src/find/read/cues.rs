//! Which words are cues? Runs of words by their probabilities.

use std::ops::Range;

/// A cue in words of its window, with the probability that it is one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cue {
    pub(super) words: Range<usize>,
    pub(super) p: f32,
}

/// Probability from which a cue goes on: chosen on PolNeAR dev.
const GOES_ON: f32 = 0.36;

/// The cues among words with these probabilities (outside, begins, goes on), from a threshold on.
pub(super) fn cues(words: &[[f32; 3]], threshold: f32) -> Vec<Cue> {
    let mut cues = Vec::new();
    let cued = |at: usize| 1.0 - words[at][0];
    let mut at = 0;
    while at < words.len() {
        let p = cued(at);
        let begins = words[at][1] > words[at][2].max(1e-9) || at == 0 || cued(at - 1) < threshold;
        if p < threshold || !begins {
            at += 1;
            continue;
        }
        let goes_on = |next: &[f32; 3]| next[2] >= GOES_ON && next[2] >= next[1];
        let end = at + 1 + words[at + 1..].iter().take_while(|next| goes_on(next)).count();
        cues.push(Cue { words: at..end, p });
        at = end;
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_begins_and_goes_on() {
        let words = [[0.9, 0.1, 0.0], [0.1, 0.9, 0.0], [0.2, 0.1, 0.7], [0.1, 0.8, 0.1], [0.4, 0.3, 0.3]];
        let found: Vec<_> = cues(&words, 0.5).into_iter().map(|cue| cue.words).collect();
        assert_eq!(found, [1..3, 3..4]);
        assert_eq!(cues(&[[0.4, 0.1, 0.5]], 0.5).len(), 1);
        assert_eq!(cues(&[], 0.5), []);
    }
}
