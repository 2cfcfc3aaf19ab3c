//! Which words ascribe? The cues of a unit, by a linear tagger over items: begin, inside, outside.

use crate::find::form::Form;
use crate::find::seen::{COMMA, FEW, Item};
use crate::find::tag::Tag;
use onrecord_infer::tagger::{Linear, feature, softmax, word};
use std::ops::Range;

/// A cue: a range of items and the probability that it is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cue {
    pub(crate) items: Range<usize>,
    pub(crate) probability: f32,
    /// Whether the tagger takes it; the others are weighed with all their parts.
    pub(crate) taken: bool,
    /// The item that carries its meaning: the main verb, or the last word.
    pub(crate) head: usize,
}

/// Labels of the tagger.
pub(crate) const OUTSIDE: usize = 0;
pub(crate) const BEGIN: usize = 1;
pub(crate) const INSIDE: usize = 2;
/// How many labels.
pub(crate) const N_LABELS: usize = 3;

/// Probability of a beginning from which a cue is taken; chosen on PolNeAR dev by the F1 of whole attributions.
const TAKEN: f32 = 0.42;

/// Probability of a beginning from which a cue is weighed at all, though the tagger would not take it; chosen on
/// PolNeAR dev and so that the seed reports keep their bars.
const WEIGHED: f32 = 0.15;

/// The cues of a unit, in order, those that the tagger does not take among them.
pub(crate) fn cues(model: &Linear, items: &[Item], unit: Range<usize>) -> Vec<Cue> {
    let view = View::new(items, unit.clone());
    let mut found: Vec<Cue> = Vec::new();
    let mut scores = [0.0; N_LABELS];
    let mut features = Vec::with_capacity(64);
    let (mut last, mut before) = (OUTSIDE, OUTSIDE);
    // The cue that is being told, if any.
    let mut open: Option<usize> = None;
    for idx in unit.clone() {
        let mut label = OUTSIDE;
        if items[idx].marked.is_none() {
            view.features(idx, last, before, &mut features);
            model.scores(&features, &mut scores);
            softmax(&mut scores);
            label = choose(&scores, last);
        } else {
            scores = [1.0, 0.0, 0.0];
        }
        match (label, open) {
            (BEGIN, _) => {
                open = Some(found.len());
                found.push(Cue { items: idx..idx + 1, probability: scores[BEGIN], taken: true, head: idx });
            }
            (INSIDE, Some(at)) => found[at].items.end = idx + 1,
            _ => open = None,
        }
        if label != BEGIN && scores[BEGIN] >= WEIGHED {
            let probability = scores[BEGIN];
            let end = reach(model, &view, idx, label, unit.end);
            found.push(Cue { items: idx..end, probability, taken: false, head: idx });
        }
        before = last;
        last = label;
    }
    for cue in &mut found {
        cue.head = head(items, cue.items.clone());
    }
    found
}

/// Where a cue that begins at `start` would end.
fn reach(model: &Linear, view: &View<'_>, start: usize, before: usize, end: usize) -> usize {
    let mut scores = [0.0; N_LABELS];
    let mut features = Vec::with_capacity(64);
    let (mut last, mut before) = (BEGIN, if before == INSIDE { INSIDE } else { OUTSIDE });
    for idx in start + 1..end.min(start + 12) {
        view.features(idx, last, before, &mut features);
        model.scores(&features, &mut scores);
        if scores[INSIDE] <= scores[OUTSIDE] || view.at(idx, 0).marked.is_some() {
            return idx;
        }
        before = last;
        last = INSIDE;
    }
    end.min(start + 12)
}

/// The label for an item, given the one before.
fn choose(scores: &[f32; N_LABELS], last: usize) -> usize {
    if scores[BEGIN] >= TAKEN && scores[BEGIN] >= scores[INSIDE] {
        BEGIN
    } else if last != OUTSIDE && scores[INSIDE] > scores[OUTSIDE] {
        INSIDE
    } else {
        OUTSIDE
    }
}

/// The item of a cue that carries its meaning.
pub(crate) fn head(items: &[Item], cue: Range<usize>) -> usize {
    let known = |idx: &usize| items[*idx].form.classes != 0 && !is_helper(&items[*idx]);
    let verb = |idx: &usize| items[*idx].tag.is_verb() && !is_helper(&items[*idx]);
    let mut range = cue.clone();
    range
        .find(|idx| known(idx) && verb(idx))
        .or_else(|| cue.clone().find(|idx| verb(idx)))
        .or_else(|| cue.clone().find(|idx| known(idx)))
        .unwrap_or(cue.end.saturating_sub(1).max(cue.start))
}

/// Whether an item is a form of be, have or do, or a modal.
pub(crate) fn is_helper(item: &Item) -> bool {
    const HELPERS: &[&str] = &[
        "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "does",
        "do", "did", "'s", "'re", "'ve", "'d", "'ll", "'m",
    ];
    static WORDS: std::sync::OnceLock<Vec<u32>> = std::sync::OnceLock::new();
    let words = WORDS.get_or_init(|| HELPERS.iter().map(|helper| word(helper)).collect());
    item.tag == Tag::Modal || (item.tag.is_verb() && words.contains(&item.form.low))
}

/// A unit with what is worked out once for all its items.
pub(crate) struct View<'i> {
    items: &'i [Item],
    unit: Range<usize>,
    /// For each item of the unit: the main verb of the group that it begins, or itself.
    heads: Vec<usize>,
    /// For each item: index of the next item that is neither helper nor adverb.
    has_marks: bool,
}

const NONE: Item = Item {
    start: 0,
    end: 0,
    form: Form { low: 1, base: 1, ends: [1, 1], shape: 64, classes: 0 },
    tag: Tag::Other,
    marked: None,
    sentence: 0,
    until: 0,
};

impl<'i> View<'i> {
    pub(crate) fn new(items: &'i [Item], unit: Range<usize>) -> View<'i> {
        let mut heads: Vec<usize> = unit.clone().collect();
        for idx in unit.clone().rev() {
            let item = &items[idx];
            let leans = is_helper(item) || matches!(item.tag, Tag::Adverb | Tag::To);
            if leans && idx + 1 < unit.end {
                let next = &items[idx + 1];
                if next.tag.is_verb() || matches!(next.tag, Tag::Adverb | Tag::To) {
                    heads[idx - unit.start] = heads[idx + 1 - unit.start];
                }
            }
        }
        let has_marks =
            items[unit.clone()].iter().any(|item| item.marked.is_some() && item.form.shape & FEW == 0);
        View { items, unit, heads, has_marks }
    }

    fn at(&self, idx: usize, offset: isize) -> &Item {
        idx.checked_add_signed(offset)
            .filter(|idx| self.unit.contains(idx))
            .and_then(|idx| self.items.get(idx))
            .unwrap_or(&NONE)
    }

    /// The features of item `idx` with the labels of the two before.
    pub(crate) fn features(&self, idx: usize, last: usize, before: usize, out: &mut Vec<u32>) {
        let this = self.at(idx, 0);
        let (m1, m2, p1, p2, p3) =
            (self.at(idx, -1), self.at(idx, -2), self.at(idx, 1), self.at(idx, 2), self.at(idx, 3));
        let head = &self.items[self.heads[idx - self.unit.start]];
        let after = self.at(self.heads[idx - self.unit.start], 1);
        let after2 = self.at(self.heads[idx - self.unit.start], 2);
        let label = (last * 3 + before) as u32;
        let t = |item: &Item| item.tag as u32;
        let marks = self.marks(idx);
        let dropped = dropped(this);
        let this_low = if dropped { 7 } else { this.form.low };
        let this_base = if dropped { 7 } else { this.form.base };
        let head_base = if dropped { 7 } else { head.form.base };
        let classes = u32::from(this.form.classes);
        let head_classes = u32::from(head.form.classes);
        out.clear();
        out.extend([
            feature(200, last as u32, 0),
            feature(201, label, t(this)),
            feature(202, this_low, last as u32),
            feature(203, this_base, t(this)),
            feature(204, this_base, t(p1)),
            feature(205, this_base, p1.form.low),
            feature(206, this_base, m1.form.low),
            feature(207, this_base, t(m1)),
            feature(208, this.form.ends[1], t(this)),
            feature(209, m1.form.low, t(this)),
            feature(210, p1.form.low, t(this)),
            feature(211, t(m1) * 32 + t(m2), t(this)),
            feature(212, t(p1) * 32 + t(p2), t(this)),
            feature(213, t(m1) * 32 + t(p1), t(this)),
            feature(214, m2.form.low, t(this)),
            feature(215, p2.form.low, t(this)),
            feature(216, classes, t(this) * 4 + last as u32),
            feature(217, classes, t(p1) * 32 + t(this)),
            feature(218, classes, p1.form.low),
            feature(219, classes, t(m1) * 32 + t(this)),
            feature(220, head_base, last as u32),
            feature(221, head_base, t(after)),
            feature(222, head_classes, t(after) * 4 + last as u32),
            feature(223, head_classes, after.form.low),
            feature(224, head_base, after.form.low),
            feature(225, marks, t(this)),
            feature(226, marks, classes),
            feature(227, marks, this_base),
            feature(228, last as u32, m1.form.low),
            feature(229, last as u32 * 64 + t(this), m1.form.base),
            feature(230, last as u32, p1.form.low),
            feature(231, u32::from(this.form.shape), last as u32),
            feature(232, t(after) * 32 + t(after2), head_classes),
            feature(233, t(m1) * 32 + t(p1), classes),
            feature(234, t(p1) * 1024 + t(p2) * 32 + t(p3), t(this)),
            feature(235, t(m1) * 1024 + t(m2) * 32 + t(self.at(idx, -3)), t(this)),
            feature(236, u32::from(self.has_marks), classes),
            feature(237, this_base, after2.form.low),
            feature(238, label, this_low),
            feature(239, u32::from(idx == self.unit.start), t(this)),
        ]);
        for bit in 0..16 {
            if this.form.classes & 1 << bit != 0 {
                out.push(feature(250, bit, t(this)));
                out.push(feature(251, bit, t(p1) * 32 + t(m1)));
                out.push(feature(252, bit, marks));
                out.push(feature(253, bit, p1.form.low));
                out.push(feature(254, bit, m1.form.low));
            }
            if self.heads[idx - self.unit.start] != idx && head.form.classes & 1 << bit != 0 {
                out.push(feature(255, bit, t(this)));
                out.push(feature(256, bit, after.form.low));
                out.push(feature(257, bit, t(m1)));
            }
        }
    }

    /// Where words in marks stand around an item.
    fn marks(&self, idx: usize) -> u32 {
        let look = |item: &Item| match item.marked {
            Some(_) if item.form.shape & FEW != 0 => 1 + u32::from(item.form.shape & COMMA != 0),
            Some(_) => 3 + u32::from(item.form.shape & COMMA != 0),
            None => 0,
        };
        let near = |offsets: [isize; 3]| {
            offsets.iter().map(|o| look(self.at(idx, *o))).find(|l| *l > 0).unwrap_or(0)
        };
        near([-1, -2, -3]) * 8 + near([1, 2, 3])
    }
}

/// Whether a word's letters are kept from the model in training: no word ever is in use.
#[cfg(not(feature = "train"))]
fn dropped(_item: &Item) -> bool {
    false
}

/// Whether a word's letters are kept from the model in training: one in ten is, so that the rest must do too.
#[cfg(feature = "train")]
fn dropped(item: &Item) -> bool {
    crate::find::train::drops(item.start)
}
