//! Which cues with their parts are attributions? Each draft is judged as a whole, and no two share a word.

use crate::find::cue::{self, Cue};
use crate::find::models::Models;
use crate::find::part::{Around, Draft, Taken, parts};
use crate::find::seen::{COMMA, FEW, STOP, Seen, UPPER, Unit};
use crate::find::sift;
use crate::find::tag::Tag;
use onrecord_infer::tagger::{Linear, feature, softmax, word};
use std::ops::Range;

/// Probability from which a draft is an attribution; chosen on PolNeAR dev and so that the seed reports keep their
/// bars (see `MODELS.md`): figures on either flatter it.
pub(crate) const ENOUGH: f32 = 0.45;

/// The same for one that names nobody and has no words in marks: of those fewer are right; chosen on PolNeAR dev.
const ENOUGH_ALONE: f32 = 0.7;

/// Probability from which an attribution keeps another from standing inside it.
const NESTING: f32 = 0.5;

/// How likely two attributions must be, against one that swallows the other; chosen on PolNeAR dev.
const SPLIT: f32 = 0.7;

/// The attributions of a unit, in order, none overlapping another.
///
/// The likeliest come first. One that would take words already taken is pointed anew to what is free; one that
/// swallows another's cue gives way where both can stand side by side.
pub(crate) fn attributions(desk: &Desk<'_>, unit: &Unit) -> Vec<Draft> {
    let mut drafts: Vec<(Draft, usize)> =
        desk.drafts().map(|(draft, cue)| (desk.judged(draft, cue), cue)).collect();
    drafts.retain(|(draft, _)| draft.probability >= ENOUGH);
    drafts.sort_by(|(a, _), (b, _)| {
        b.probability.total_cmp(&a.probability).then(a.cue.start.cmp(&b.cue.start))
    });
    let nested: Vec<bool> = drafts
        .iter()
        .map(|(inner, _)| drafts.iter().any(|(outer, _)| outer.probability >= NESTING && nests(outer, inner)))
        .collect();
    let mut keep = nested.iter();
    drafts.retain(|_| keep.next().is_some_and(|nested| !nested));
    let mut taken = vec![Taken::Free; unit.items.len()];
    let mut found: Vec<Draft> = Vec::new();
    let at = |idx: usize| idx - unit.items.start;
    for (nth, (draft, cue)) in drafts.iter().enumerate() {
        let mut draft = draft.clone();
        if draft.cue.clone().any(|idx| taken[at(idx)] != Taken::Free) {
            continue;
        }
        if !draft.fits(&taken, unit) {
            match desk.draft(*cue, &taken).map(|draft| desk.judged(draft, *cue)) {
                Some(anew) if anew.probability >= ENOUGH && anew.fits(&taken, unit) => draft = anew,
                _ => continue,
            }
        }
        let inside = |rival: &&(Draft, usize)| {
            rival.0.cue.clone().any(|idx| draft.content.iter().any(|piece| piece.contains(&idx)))
        };
        if let Some((rival, _)) = drafts[nth + 1..].iter().find(inside) {
            let mut barred = taken.clone();
            rival.take(&mut barred, unit);
            if let Some(beside) = desk.draft(*cue, &barred).map(|draft| desk.judged(draft, *cue))
                && beside.fits(&barred, unit)
                && beside.probability >= ENOUGH
                && beside.probabilities[2] * rival.probability > SPLIT * draft.probabilities[2]
            {
                draft = beside;
            }
        }
        let marks =
            || draft.content.iter().cloned().flatten().any(|idx| desk.seen.items[idx].marked.is_some());
        // "Stating that …": a sentence that leaves its speaker to the one before.
        let begins = draft.cue.start == unit.items.start;
        if draft.source.is_none() && draft.probability < ENOUGH_ALONE && !begins && !marks() {
            continue;
        }
        draft.take(&mut taken, unit);
        found.push(draft);
    }
    found.sort_by_key(|draft| draft.ranges().map(|range| range.start).min());
    found
}

/// A unit with its cues.
pub(crate) struct Desk<'d> {
    models: &'d Models,
    seen: &'d Seen<'d>,
    unit: &'d Unit,
    cues: Vec<Cue>,
    cued: Vec<bool>,
}

impl<'d> Desk<'d> {
    pub(crate) fn new(models: &'d Models, seen: &'d Seen<'d>, unit: &'d Unit) -> Desk<'d> {
        let cues = cue::cues(&models.cues, &seen.items, unit.items.clone());
        let mut cued = vec![false; unit.items.len()];
        for cue in cues.iter().filter(|cue| cue.taken) {
            cue.items.clone().for_each(|idx| cued[idx - unit.items.start] = true);
        }
        Desk { models, seen, unit, cues, cued }
    }

    /// Every cue's draft, overlapping or not, with the cue's index.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = (Draft, usize)> + '_ {
        (0..self.cues.len()).filter_map(|cue| Some((self.draft(cue, &[])?, cue)))
    }

    /// The draft of a cue that takes nothing that is barred.
    fn draft(&self, cue: usize, taken: &[Taken]) -> Option<Draft> {
        let around = self.around(cue);
        let mut draft = parts(&self.models.pointers, &around, self.cues[cue].probability, taken)?;
        if takes_agent_for_content(&around, &draft) {
            return None;
        }
        end_before_second_verb(&around, &mut draft);
        leave_lead_in(&around, &mut draft);
        sift::clean(&around, draft)
    }

    fn around(&self, cue: usize) -> Around<'_> {
        let cue = &self.cues[cue];
        Around {
            items: &self.seen.items,
            unit: self.unit.items.clone(),
            kind: self.unit.kind,
            cue: cue.items.clone(),
            head: cue.head,
            cued: &self.cued,
        }
    }

    /// A draft of words in marks with a cue that no model took, and the source that the models point it to.
    pub(crate) fn with_content(&self, cue: &Cue, content: Range<usize>) -> Option<Draft> {
        let around = Around {
            items: &self.seen.items,
            unit: self.unit.items.clone(),
            kind: self.unit.kind,
            cue: cue.items.clone(),
            head: cue.head,
            cued: &self.cued,
        };
        let mut draft = parts(&self.models.pointers, &around, cue.probability, &[])?;
        draft.source =
            draft.source.filter(|source| source.end <= content.start || content.end <= source.start);
        draft.content = vec![content];
        draft.probability = cue.probability;
        Some(draft)
    }

    /// What the judge looks at.
    pub(crate) fn look(&self, draft: &Draft, cue: usize) -> Vec<u32> {
        let mut features = Vec::with_capacity(32);
        look(&self.around(cue), draft, &mut features);
        features
    }

    /// The draft with its probability.
    fn judged(&self, mut draft: Draft, cue: usize) -> Draft {
        draft.probability = judge(&self.models.pointers.judge, &self.look(&draft, cue));
        draft
    }
}

impl Draft {
    /// Whether it can stand beside what is taken.
    fn fits(&self, taken: &[Taken], unit: &Unit) -> bool {
        let most =
            |mut range: Range<usize>, limit: Taken| range.all(|idx| taken[idx - unit.items.start] < limit);
        self.source.iter().all(|source| most(source.clone(), Taken::Rest))
            && most(self.cue.clone(), Taken::Source)
            && self.content.iter().all(|piece| most(piece.clone(), Taken::Source))
    }

    /// Marks what it is made of.
    fn take(&self, taken: &mut [Taken], unit: &Unit) {
        for idx in self.source.iter().cloned().flatten() {
            taken[idx - unit.items.start] = Taken::Source;
        }
        for idx in self.content.iter().cloned().flatten().chain(self.cue.clone()) {
            taken[idx - unit.items.start] = Taken::Rest;
        }
    }

    /// Everything it is made of.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.source.iter().cloned().chain([self.cue.clone()]).chain(self.content.iter().cloned())
    }
}

/// Cuts a thing condemned, wanted or described before "and" with a second verb like the cue's: it has the same
/// subject and is no part of the thing ("condemns all violence and calls for talks").
fn end_before_second_verb(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let verb = items[around.head].tag;
    let Some(piece) = draft.content.last_mut().filter(|piece| piece.start >= draft.cue.end) else { return };
    if !matches!(verb, Tag::Past | Tag::Present | Tag::Doing) {
        return;
    }
    for idx in piece.clone().skip(1) {
        let tag = items[idx].tag;
        if tag.is_finite() || tag == verb {
            return;
        }
        let next = (idx + 1..piece.end).find(|next| items[*next].tag != Tag::Adverb);
        let second = next.is_some_and(|next| {
            items[next].tag == verb && (verb != Tag::Doing || items[next].form.classes != 0)
        });
        if tag == Tag::And && second {
            let end = if items[idx - 1].tag == Tag::Sign { idx - 1 } else { idx };
            if end > piece.start {
                piece.end = end;
            }
            return;
        }
    }
}

/// Whether the content is the one who did it: "unveiled by the ministry".
fn takes_agent_for_content(around: &Around<'_>, draft: &Draft) -> bool {
    let items = around.items;
    let start = draft.content[0].start;
    start >= draft.cue.end
        && start <= draft.cue.end + 1
        && items[start - 1].form.low == word("by")
        && matches!(items[around.head].tag, Tag::Done | Tag::Past)
        && items[start].tag != Tag::Doing
        && items[start].marked.is_none()
}

/// Leaves a whole sentence in marks by itself: what stands before it without any link leads in to it.
fn leave_lead_in(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let [piece] = draft.content.as_mut_slice() else { return };
    let (Some(last), true) = (piece.end.checked_sub(1), piece.len() > 1) else { return };
    let shape = items[last].form.shape;
    let whole =
        items[last].marked.is_some() && shape & FEW == 0 && shape & UPPER != 0 && shape & (STOP | COMMA) != 0;
    if whole && matches!(items[last - 1].tag, Tag::Noun | Tag::Name) {
        *piece = last..last + 1;
    }
}

/// Items at the head of a content within which a second attribution is nested in the first.
const NESTED: usize = 3;

/// Whether `inner` stands at the head of what `outer` ascribes: "Ruiz said the ministry supports the plan".
fn nests(outer: &Draft, inner: &Draft) -> bool {
    let first = inner.ranges().map(|range| range.start).min().unwrap_or_default();
    let holds = |piece: &Range<usize>| inner.ranges().all(|range| range.end <= piece.end);
    // "Ruiz said that the town wants …", and "The town wants …, Ruiz said".
    let before =
        |piece: &Range<usize>| outer.cue.end <= first && (piece.start..piece.start + NESTED).contains(&first);
    let behind = |piece: &Range<usize>| piece.end <= outer.cue.start && piece.start == first;
    outer.content.iter().any(|piece| holds(piece) && (before(piece) || behind(piece)))
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
