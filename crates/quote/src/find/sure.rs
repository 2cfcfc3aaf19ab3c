//! How sure is an attribution? The reader's probabilities as one that holds what it promises.

use crate::find::read::Reading;
use onrecord_infer::sigmoid;

/// The probability that an attribution is one and its source is right, by [`Reading`]'s probabilities.
pub(crate) fn sure(reading: &Reading, has_source: bool, marks: bool) -> f32 {
    let odds = |p: f32| {
        let p = p.clamp(1e-4, 1.0 - 1e-4);
        (p / (1.0 - p)).ln()
    };
    let [bias, cue, parts, source, marked] = WEIGHTS;
    let bit = |is: bool| if is { 1.0 } else { 0.0 };
    sigmoid(
        bias + cue * odds(reading.cue_p)
            + parts * odds(reading.parts_p)
            + source * bit(has_source)
            + marked * bit(marks),
    )
}

/// Bias, and weights of the log odds of the cue and of its parts, of a source, and of words in marks.
const WEIGHTS: [f32; 5] = [0.3, 0.8, 0.2, 0.0, 0.5];
