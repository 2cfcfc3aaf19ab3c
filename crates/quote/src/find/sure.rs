//! How sure is an attribution? What the reader tells of it, and of what kind it is, as one probability.
//!
//! A logistic regression over a few numbers ([`features`]), its weights beside the reader's: fitted on PolNeAR dev by
//! `training/attribution/sure.py`
//! on what `examples/dump-features.rs` prints; `MODELS.md` shows how well it holds.

use crate::find::draft::Draft;
use crate::find::read::{Reader, Reading};
use crate::find::seen::Seen;
use crate::find::tag::Tag;
use onrecord_infer::sigmoid;

/// Numbers that tell how sure an attribution is.
pub(crate) const N_FEATURES: usize = 10;

/// The probability that a draft is an attribution and names the right source.
pub(crate) fn sure(reader: &Reader, seen: &Seen<'_>, reading: &Reading, draft: &Draft) -> f32 {
    sigmoid(features(seen, reading, draft).iter().zip(reader.sure).map(|(x, weight)| x * weight).sum())
}

/// One; log odds of the cue and of its parts; no source; words in marks; a verb in the cue; a verb in what is told;
/// log of its words; parted; no source and no verb.
pub(crate) fn features(seen: &Seen<'_>, reading: &Reading, draft: &Draft) -> [f32; N_FEATURES] {
    let odds = |p: f32| (p.clamp(1e-3, 1.0 - 1e-3) / (1.0 - p.clamp(1e-3, 1.0 - 1e-3))).ln();
    let bit = |is: bool| if is { 1.0 } else { 0.0 };
    let items = || draft.content.iter().cloned().flatten().map(|at| &seen.items[at]);
    let marked = items().any(|item| item.marked.is_some());
    // A stretch in marks of some words counts as having a verb.
    let verb = items().any(|item| item.tag.is_verb() || item.marked.is_some() && item.form.ends[1] > 3);
    let words = items().filter(|item| item.tag != Tag::Sign);
    let words: f32 =
        words.map(|item| if item.marked.is_some() { item.form.ends[1] as f32 } else { 1.0 }).sum();
    let none = draft.source.is_none();
    [
        1.0,
        odds(reading.cue_p),
        odds(reading.parts_p),
        bit(none),
        bit(marked),
        bit(draft.cue.clone().any(|at| seen.items[at].tag.is_verb())),
        bit(verb),
        words.max(1.0).ln(),
        bit(draft.content.len() > 1),
        bit(none && !verb),
    ]
}
