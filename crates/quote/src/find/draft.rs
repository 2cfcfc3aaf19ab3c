//! Which cues with their parts are attributions? Each draft is judged as a whole, and no two share a word.

use crate::find::cue;
use crate::find::models::Models;
use crate::find::part::{Around, Draft, parts};
use crate::find::seen::{FEW, Seen, Unit};
use onrecord_infer::tagger::{Linear, feature, softmax};
use std::ops::Range;

/// Probability from which a draft is an attribution; chosen on PolNeAR dev (see `weights/README.md`).
pub(crate) const ENOUGH: f32 = 0.45;

/// The attributions of a unit, in order, none overlapping another.
pub(crate) fn attributions(models: &Models, seen: &Seen<'_>, unit: &Unit) -> Vec<Draft> {
    let mut drafts = all(models, seen, unit);
    drafts.retain(|draft| draft.probability >= ENOUGH);
    apart(drafts, unit)
}

/// Every draft of a unit with its probability, overlapping ones too.
pub(crate) fn all(models: &Models, seen: &Seen<'_>, unit: &Unit) -> Vec<Draft> {
    all_with_features(models, seen, unit)
        .into_iter()
        .map(|(mut draft, features)| {
            draft.probability = judge(&models.pointers.judge, &features);
            draft
        })
        .collect()
}

/// Every draft of a unit with what the judge looks at.
pub(crate) fn all_with_features(models: &Models, seen: &Seen<'_>, unit: &Unit) -> Vec<(Draft, Vec<u32>)> {
    let cues = cue::cues(&models.cues, &seen.items, unit.items.clone());
    let mut cued = vec![false; unit.items.len()];
    for cue in cues.iter().filter(|cue| cue.taken) {
        cue.items.clone().for_each(|idx| cued[idx - unit.items.start] = true);
    }
    let mut drafts = Vec::with_capacity(cues.len());
    for cue in &cues {
        let around = Around {
            items: &seen.items,
            unit: unit.items.clone(),
            kind: unit.kind,
            cue: cue.items.clone(),
            head: cue.head,
            cued: &cued,
        };
        let Some(draft) = parts(&models.pointers, &around, cue.probability) else { continue };
        let mut features = Vec::with_capacity(32);
        look(&around, &draft, &mut features);
        drafts.push((draft, features));
    }
    drafts
}

/// Drafts without those that share a word with a likelier one.
pub(crate) fn apart(mut drafts: Vec<Draft>, unit: &Unit) -> Vec<Draft> {
    drafts.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; unit.items.len()];
    drafts.retain(|draft| {
        let free = draft.ranges().flatten().all(|idx| !taken[idx - unit.items.start]);
        if free {
            draft.ranges().flatten().for_each(|idx| taken[idx - unit.items.start] = true);
        }
        free
    });
    drafts.sort_by_key(|draft| draft.ranges().map(|range| range.start).min());
    drafts
}

impl Draft {
    /// Everything it is made of.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.source.iter().cloned().chain([self.cue.clone()]).chain(self.content.iter().cloned())
    }
}

/// The probability that a draft is an attribution.
fn judge(model: &Linear, features: &[u32]) -> f32 {
    let mut scores = [0.0; 2];
    model.scores(features, &mut scores);
    softmax(&mut scores);
    scores[1]
}

/// A probability as one of some steps, evenly apart in log odds.
fn step(p: f32) -> u32 {
    let odds = (p.clamp(1e-4, 1.0 - 1e-4) / (1.0 - p.clamp(1e-4, 1.0 - 1e-4))).ln();
    (odds * 1.5 + 14.0).round().clamp(0.0, 28.0) as u32
}

/// The features of a whole draft.
pub(crate) fn look(around: &Around<'_>, draft: &Draft, out: &mut Vec<u32>) {
    let items = around.items;
    let [cue_p, source_p, content_p] = draft.probabilities.map(step);
    let head = &items[around.head];
    let first = &draft.content[0];
    let begin = &items[first.start];
    let end = &items[first.end - 1];
    let classes = u32::from(head.form.classes);
    let left = u32::from(first.start < draft.cue.start);
    let source = draft.source.as_ref().map_or(0, |s| items[s.end - 1].tag as u32 + 1);
    let source_side = draft.source.as_ref().map_or(2, |s| u32::from(s.start < draft.cue.start));
    let marks = draft.content.iter().cloned().flatten().filter(|idx| items[*idx].marked.is_some());
    let marks = marks.map(|idx| 1 + u32::from(items[idx].form.shape & FEW == 0)).max().unwrap_or(0);
    let other =
        draft.content.iter().cloned().flatten().filter(|idx| around.cued[idx - around.unit.start]).count();
    let inside_other = u32::from(draft.cue.clone().any(|idx| around.cued[idx - around.unit.start]));
    let length = (first.len().min(40) / 3) as u32;
    let next = items.get(first.end).filter(|_| first.end < around.unit.end).map_or(1, |item| item.form.low);
    out.clear();
    out.extend([
        feature(700, 0, 0),
        feature(701, cue_p, 0),
        feature(702, source_p, 0),
        feature(703, content_p, 0),
        feature(704, cue_p, content_p),
        feature(705, cue_p, source_p),
        feature(706, cue_p, marks),
        feature(707, cue_p, classes),
        feature(708, source, source_side),
        feature(709, source, classes),
        feature(710, head.tag as u32, classes),
        feature(711, begin.tag as u32, left),
        feature(712, begin.form.low, left),
        feature(713, end.tag as u32, left),
        feature(714, other.min(4) as u32, inside_other),
        feature(715, cue_p, other.min(2) as u32 * 2 + inside_other),
        feature(716, length, begin.tag as u32),
        feature(717, length, classes),
        feature(718, next, 0),
        feature(719, begin.form.low, classes),
        feature(720, head.form.base, 0),
        feature(721, around.kind as u32, cue_p),
        feature(722, source_side * 2 + left, marks),
        feature(723, u32::from(draft.source.is_none()), cue_p),
        feature(724, draft.content.len() as u32, left * 4 + marks),
        feature(725, items[draft.cue.start].form.low, 0),
        feature(726, items[draft.cue.end - 1].form.low, begin.tag as u32),
        feature(727, head.tag as u32, begin.tag as u32),
    ]);
}
