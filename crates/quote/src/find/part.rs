//! Which words are the source and the content of a cue? Pointers: each choice scored against the others.
//!
//! For each cue: the last word of its source (or none), its first word, the first word of the content, its last
//! word, and the same once more for content that goes on elsewhere. Choices are items of the cue's unit.

use crate::find::cue::is_helper;
use crate::find::form::{CAPITAL, SIGN};
use crate::find::seen::{FEW, Item, STOP};
use crate::find::tag::Tag;
use onrecord_infer::tagger::{Linear, feature, softmax};
use onrecord_terms::ParagraphKind;
use std::ops::Range;

/// The pointers, in the order of their weights.
#[derive(Debug)]
pub(crate) struct Pointers {
    pub(crate) source_end: Linear,
    pub(crate) source_start: Linear,
    pub(crate) content_start: Linear,
    pub(crate) content_end: Linear,
    pub(crate) more: Linear,
    /// Two labels: no attribution, attribution.
    pub(crate) judge: Linear,
}

/// What a pointer sees: one cue in its unit.
#[derive(Debug)]
pub(crate) struct Around<'i> {
    pub(crate) items: &'i [Item],
    pub(crate) unit: Range<usize>,
    pub(crate) kind: ParagraphKind,
    pub(crate) cue: Range<usize>,
    pub(crate) head: usize,
    /// For each item of the unit, whether it stands in some cue.
    pub(crate) cued: &'i [bool],
}

/// A choice of a pointer; nothing is a choice too.
pub(crate) type Choice = Option<usize>;

/// How far from its cue a part begins at most, in items.
const REACH: usize = 70;

const NONE: Item = Item {
    start: 0,
    end: 0,
    form: crate::find::form::Form { low: 1, base: 1, ends: [1, 1], shape: 64, classes: 0 },
    tag: Tag::Other,
    marked: None,
    sentence: usize::MAX,
    until: usize::MAX,
};

impl Around<'_> {
    fn at(&self, idx: usize, offset: isize) -> &Item {
        idx.checked_add_signed(offset)
            .filter(|idx| self.unit.contains(idx))
            .and_then(|idx| self.items.get(idx))
            .unwrap_or(&NONE)
    }

    fn in_cue(&self, idx: usize) -> bool {
        idx.checked_sub(self.unit.start).and_then(|i| self.cued.get(i)).copied().unwrap_or(false)
    }

    /// What is between two items: finite verbs, commas, words in marks, other cues; small counts packed.
    fn between(&self, from: usize, to: usize) -> Between {
        let mut found = Between::default();
        for idx in from..to.max(from) {
            let item = &self.items[idx];
            found.verbs += u32::from(item.tag.is_finite());
            found.signs += u32::from(item.form.shape & SIGN != 0 && item.tag == Tag::Sign);
            found.marks += u32::from(item.marked.is_some() && item.form.shape & FEW == 0);
            found.cues += u32::from(self.in_cue(idx) && !self.cue.contains(&idx));
        }
        found
    }

    /// A few facts about the cue that most features are joined with.
    fn cue_look(&self) -> CueLook {
        let head = &self.items[self.head];
        let first = &self.items[self.cue.start];
        let last = &self.items[self.cue.end - 1];
        CueLook {
            base: head.form.base,
            classes: u32::from(head.form.classes),
            tag: head.tag as u32,
            first: first.tag as u32,
            last: if last.tag.is_verb() { 0 } else { last.form.low },
            passive: u32::from(head.tag == Tag::Done && is_helper(first)),
        }
    }

    /// Where the source may end: nowhere, or on a word near the cue.
    pub(crate) fn source_ends(&self) -> Vec<Choice> {
        let from = self.cue.start.saturating_sub(40).max(self.unit.start);
        let to = (self.cue.end + 25).min(self.unit.end);
        let fits = |idx: &usize| !self.cue.contains(idx) && self.items[*idx].form.shape & SIGN == 0;
        std::iter::once(None).chain((from..to).filter(fits).map(Some)).collect()
    }

    /// Features of a place where the source may end.
    pub(crate) fn source_end(&self, choice: Choice, out: &mut Vec<u32>) {
        let cue = self.cue_look();
        out.clear();
        let Some(idx) = choice else {
            let next = self.at(self.cue.end, 0);
            out.extend([
                feature(300, 0, 0),
                feature(301, cue.base, 0),
                feature(302, cue.classes, cue.tag),
                feature(303, cue.first, cue.tag),
                feature(304, u32::from(self.cue.start == self.unit.start), cue.first),
                feature(305, self.at(self.cue.start, -1).form.low, 0),
                feature(306, self.at(self.cue.start, -1).tag as u32, cue.first),
                feature(307, cue.passive, next.form.low),
                feature(308, cue.last, 0),
                feature(309, self.kind as u32, 0),
            ]);
            return;
        };
        let left = idx < self.cue.start;
        let (gap, between) = match left {
            true => (self.cue.start - idx - 1, self.between(idx + 1, self.cue.start)),
            false => (idx - self.cue.end, self.between(self.cue.end, idx)),
        };
        let side = u32::from(left);
        let near = bucket(gap) * 2 + side;
        let item = &self.items[idx];
        let (next, after, last) = (self.at(idx, 1), self.at(idx, 2), self.at(idx, -1));
        let t = |item: &Item| item.tag as u32;
        let b = between.verbs.min(3) * 64
            + between.signs.min(3) * 16
            + between.marks.min(1) * 4
            + between.cues.min(1) * 2;
        let ends = u32::from(idx + 1 == self.cue.start) * 2 + u32::from(idx + 1 == self.unit.end);
        let marks_next_to_cue = u32::from(self.at(self.cue.start, -1).tag == Tag::Marked);
        out.extend([
            feature(320, near, 0),
            feature(321, near, t(item)),
            feature(322, near, cue.base),
            feature(323, side, cue.base),
            feature(324, side * 32 + t(item), cue.classes),
            feature(325, near * 32 + t(item), cue.tag),
            feature(326, near * 32 + cue.first, cue.tag),
            feature(327, b, side),
            feature(328, b, near * 32 + t(item)),
            feature(329, item.form.low, side),
            feature(330, next.form.low, side * 32 + t(item)),
            feature(331, t(next) * 32 + t(item), near),
            feature(332, t(next) * 32 + t(after), side * 32 + t(item)),
            feature(333, t(last) * 32 + t(item), near),
            feature(334, ends, t(item)),
            feature(335, cue.last, side * 32 + t(item)),
            feature(336, cue.last, near),
            feature(337, cue.passive, near),
            feature(338, next.form.low, near),
            feature(339, b, cue.base),
            feature(340, u32::from(item.form.shape), near),
            feature(341, marks_next_to_cue, near),
            feature(342, u32::from(self.in_cue(idx)), side),
            feature(343, t(next), side * 512 + between.verbs.min(7) * 8 + between.signs.min(7)),
            feature(344, cue.first * 32 + cue.tag, side * 32 + t(item)),
            feature(345, item.form.low, near * 32 + cue.tag),
            feature(346, self.at(self.cue.start, -1).form.low, near),
            feature(347, t(self.at(self.cue.start, -1)) * 32 + cue.first, near * 32 + t(item)),
            feature(348, u32::from(item.until == self.items[self.cue.start].sentence), side),
        ]);
    }

    /// Where a source that ends at `end` may begin.
    pub(crate) fn source_starts(&self, end: usize) -> Vec<Choice> {
        let from = end.saturating_sub(35).max(self.unit.start);
        let from = if end >= self.cue.end { from.max(self.cue.end) } else { from };
        let sentence = self.items[end].sentence;
        (from..=end)
            .filter(|idx| {
                self.items[*idx].sentence == sentence && self.items[*idx].form.shape & SIGN == 0
                    || *idx == end
            })
            .map(Some)
            .collect()
    }

    /// Features of a place where a source that ends at `end` may begin.
    pub(crate) fn source_start(&self, end: usize, start: usize, out: &mut Vec<u32>) {
        let cue = self.cue_look();
        let side = u32::from(end < self.cue.start);
        let length = bucket(end - start);
        let between = self.between(start, end + 1);
        let t = |item: &Item| item.tag as u32;
        let (item, last, before) = (self.at(start, 0), self.at(start, -1), self.at(start, -2));
        let next = self.at(start, 1);
        let tail = &self.items[end];
        let b = between.verbs.min(3) * 16
            + between.signs.min(3) * 4
            + between.marks.min(1) * 2
            + between.cues.min(1);
        let first = u32::from(start == self.unit.start) + 2 * u32::from(last.until != item.sentence);
        // "Ana Ruiz, the mayor": the first sign inside and what follows it.
        let sign = (start..end).find(|idx| self.items[*idx].tag == Tag::Sign);
        let inner = sign.map_or(0, |idx| t(self.at(idx, 1)) + 1);
        out.clear();
        out.extend([
            feature(360, length, side),
            feature(361, length, t(tail)),
            feature(362, t(item), t(last)),
            feature(363, t(item) * 32 + t(last), t(tail)),
            feature(364, t(item) * 32 + t(last), length),
            feature(365, last.form.low, t(item)),
            feature(366, last.form.low, side),
            feature(367, item.form.low, t(last)),
            feature(368, b, length),
            feature(369, b, t(item) * 32 + t(last)),
            feature(370, first, t(item)),
            feature(371, first, b),
            feature(372, t(last) * 32 + t(before), t(item)),
            feature(373, t(next), t(item) * 32 + t(last)),
            feature(374, u32::from(item.form.shape & CAPITAL), u32::from(last.form.shape)),
            feature(375, u32::from(start == self.cue.end), side),
            feature(376, cue.base, u32::from(start == self.cue.end) * 16 + length),
            feature(377, item.form.low, length),
            feature(378, b * 8 + first, t(tail)),
            feature(379, inner, b),
            feature(380, inner, t(item) * 32 + t(last)),
            feature(381, side, t(item) * 32 + t(last)),
            feature(382, u32::from(self.in_cue(start.wrapping_sub(1))), t(item)),
            feature(383, last.form.low, length * 32 + t(tail)),
            feature(384, cue.tag, length),
        ]);
    }

    /// Where the content may begin: any item outside the cue and the source, within reach.
    pub(crate) fn content_starts(&self, source: Option<&Range<usize>>) -> Vec<Choice> {
        let from = self.cue.start.saturating_sub(REACH).max(self.unit.start);
        let to = (self.cue.end + 45).min(self.unit.end);
        (from..to).filter(|idx| self.may_begin(*idx, source) && !self.splits(*idx)).map(Some).collect()
    }

    /// Whether a border before this item would part a word from its article, adjective or genitive.
    fn splits(&self, idx: usize) -> bool {
        let (item, last) = (self.at(idx, 0), self.at(idx, -1));
        item.tag == Tag::Genitive
            || matches!(last.tag, Tag::Determiner | Tag::Possessive)
                && matches!(item.tag, Tag::Noun | Tag::Adjective)
            || last.tag == Tag::Adjective && item.tag == Tag::Noun
            || last.tag == Tag::Noun && item.tag == Tag::Noun
            || last.tag == Tag::Name && item.tag == Tag::Name
    }

    fn may_begin(&self, idx: usize, source: Option<&Range<usize>>) -> bool {
        let item = &self.items[idx];
        !self.cue.contains(&idx) && !source.is_some_and(|s| s.contains(&idx)) && item.form.shape & SIGN == 0
            || item.marked.is_some() && !source.is_some_and(|s| s.contains(&idx)) && !self.cue.contains(&idx)
    }

    /// Features of a place where the content may begin.
    pub(crate) fn content_start(&self, source: Option<&Range<usize>>, idx: usize, out: &mut Vec<u32>) {
        let cue = self.cue_look();
        let t = |item: &Item| item.tag as u32;
        let right = idx >= self.cue.end;
        let (item, last, next, before) =
            (self.at(idx, 0), self.at(idx, -1), self.at(idx, 1), self.at(idx, -2));
        let source_side = source.map_or(2, |s| u32::from(s.start > self.cue.start));
        let after_source = source.filter(|s| s.start >= self.cue.end && idx >= s.end);
        let (gap, between) = match (right, after_source) {
            (true, Some(source)) => (idx - source.end, self.between(source.end, idx)),
            (true, None) => (idx - self.cue.end, self.between(self.cue.end, idx)),
            (false, _) => (self.cue.start - idx - 1, self.between(idx, self.cue.start)),
        };
        let before_source = u32::from(source.is_some_and(|s| idx < s.start));
        let side = u32::from(right) * 8 + u32::from(after_source.is_some()) * 4 + before_source * 2;
        let near = bucket(gap) * 16 + side;
        let first = u32::from(idx == self.unit.start) + 2 * u32::from(last.until != item.sentence);
        let b = between.verbs.min(2) * 32
            + between.signs.min(3) * 8
            + between.marks.min(1) * 4
            + between.cues.min(1);
        let look = item.marked.map_or(0, |_| u32::from(item.form.shape) + 1);
        // What follows the cue (and the source, where it is on the right).
        let follows = self.at(source.map_or(self.cue.end, |s| s.end.max(self.cue.end)), 0);
        let same = u32::from(
            item.until == self.items[self.cue.start].sentence
                || item.sentence == self.items[self.cue.start].sentence,
        );
        let marks = u32::from(
            self.items[self.unit.clone()].iter().any(|i| i.marked.is_some() && i.form.shape & FEW == 0),
        );
        out.clear();
        out.extend([
            feature(400, near, 0),
            feature(401, near, t(item)),
            feature(402, near, cue.base),
            feature(403, near, cue.classes),
            feature(404, side, cue.base),
            feature(405, near, cue.tag * 32 + cue.first),
            feature(406, t(item) * 32 + t(last), near),
            feature(407, t(item) * 32 + t(last), side),
            feature(408, item.form.low, side),
            feature(409, last.form.low, side * 32 + t(item)),
            feature(410, item.form.low, near),
            feature(411, last.form.low, near),
            feature(412, item.form.low, last.form.low),
            feature(413, first, side),
            feature(414, first, near),
            feature(415, b, side * 8 + first),
            feature(416, b, near),
            feature(417, look, side),
            feature(418, look, near),
            feature(419, look, cue.classes),
            feature(420, look, side * 8 + first),
            feature(421, cue.base, t(item) * 4 + side),
            feature(422, cue.base, item.form.low),
            feature(423, cue.classes, item.form.low),
            feature(424, cue.last, near),
            feature(425, cue.last, t(item) * 16 + side),
            feature(426, follows.form.low, near),
            feature(427, t(follows), near * 32 + t(item)),
            feature(428, t(next) * 32 + t(item), side),
            feature(429, t(before) * 32 + t(last), t(item) * 16 + side),
            feature(430, source_side, side),
            feature(431, source_side * 16 + side, cue.classes),
            feature(432, source_side * 16 + side, u32::from(follows.tag == Tag::Sign) * 4 + first),
            feature(433, u32::from(self.at(self.cue.start, -1).tag == Tag::Marked), near),
            feature(434, same, side),
            feature(435, u32::from(self.in_cue(idx)), side),
            feature(436, marks * 8 + u32::from(look > 0), side),
            feature(437, look, b),
            feature(438, cue.passive, near),
            feature(439, follows.form.low, side * 8 + first),
            feature(440, cue.classes, near * 32 + t(item)),
            feature(441, self.at(self.cue.start, -1).form.low, side * 8 + first),
        ]);
    }

    /// Where content that begins at `start` may end.
    pub(crate) fn content_ends(&self, source: Option<&Range<usize>>, start: usize) -> Vec<Choice> {
        let stops = [Some(self.cue.start), source.map(|s| s.start)];
        let stop = stops.into_iter().flatten().filter(|stop| *stop > start).min().unwrap_or(self.unit.end);
        let to = stop.min(start + 110).min(self.unit.end);
        let word = |idx: &usize| {
            (self.items[*idx].form.shape & SIGN == 0 || self.items[*idx].marked.is_some())
                && !self.splits(idx + 1)
        };
        let mut ends: Vec<Choice> = (start..to).filter(word).map(Some).collect();
        if ends.is_empty() {
            ends.push(Some(start));
        }
        ends
    }

    /// Features of a place where content that begins at `start` may end; `running` are facts of the words between.
    pub(crate) fn content_end(
        &self,
        source: Option<&Range<usize>>,
        start: usize,
        idx: usize,
        running: Between,
        out: &mut Vec<u32>,
    ) {
        let cue = self.cue_look();
        let t = |item: &Item| item.tag as u32;
        let (item, next, after, third, last) =
            (self.at(idx, 0), self.at(idx, 1), self.at(idx, 2), self.at(idx, 3), self.at(idx, -1));
        let begin = &self.items[start];
        let right = u32::from(start >= self.cue.end);
        let length = bucket(idx - start);
        // What comes after: the end, a stop, a comma and more, the source or the cue, another cue.
        let meets = |idx: usize| idx == self.cue.start || source.is_some_and(|s| s.start == idx);
        let comma = next.tag == Tag::Sign && next.form.shape & SIGN != 0;
        let ahead = if comma { idx + 2 } else { idx + 1 };
        let border = if ahead >= self.unit.end {
            1
        } else if meets(ahead) {
            2
        } else if self.in_cue(ahead) {
            3
        } else if self.in_cue(ahead + 1) || self.in_cue(ahead + 2) {
            4
        } else if self.at(ahead, 0).sentence != item.until {
            5
        } else {
            0
        } * 2
            + u32::from(comma);
        let same = u32::from(begin.sentence == item.sentence);
        let look = item.marked.map_or(0, |_| u32::from(item.form.shape) + 1);
        let begin_look = begin.marked.map_or(0, |_| u32::from(begin.form.shape) + 1);
        let opener = begin.form.low;
        // Words that could be a second cue of the same speaker: "condemns … and calls for".
        let alike = |item: &Item| {
            u32::from(item.tag.is_verb() && item.tag as u32 == cue.tag) * 2
                + u32::from(item.tag.is_verb() && item.form.classes != 0)
        };
        let b = running.verbs.min(3) * 32
            + running.signs.min(3) * 8
            + running.marks.min(1) * 4
            + running.cues.min(1) * 2;
        out.clear();
        out.extend([
            feature(500, border, right),
            feature(501, border, same * 2 + right),
            feature(502, border, b),
            feature(503, border, length * 2 + right),
            feature(504, border, cue.base),
            feature(505, border, cue.classes),
            feature(506, border, t(begin) * 2 + right),
            feature(507, border, look * 2 + right),
            feature(508, border, begin_look * 2 + u32::from(idx == start)),
            feature(509, length, cue.classes),
            feature(510, length, t(begin) * 2 + right),
            feature(511, t(item) * 32 + t(next), right),
            feature(512, t(item) * 32 + t(next), t(after)),
            feature(513, next.form.low, right),
            feature(514, next.form.low, after.form.low),
            feature(515, next.form.low, b),
            feature(516, next.form.low, t(after) * 32 + t(item)),
            feature(517, t(next) * 32 + t(after), t(third)),
            feature(518, u32::from(comma) * 2 + right, after.form.low),
            feature(519, t(next) * 32 + t(after), b),
            feature(520, item.form.low, border),
            feature(521, t(item), border),
            feature(522, t(last) * 32 + t(item), t(next)),
            feature(523, b, cue.classes),
            feature(524, b, length * 32 + t(begin)),
            feature(525, look, begin_look),
            feature(526, look, border * 2 + u32::from(idx == start)),
            feature(527, opener, border),
            feature(528, opener, next.form.low),
            feature(529, cue.base, next.form.low),
            feature(530, cue.base, length),
            feature(531, cue.classes, t(next) * 32 + t(item)),
            feature(532, same, length * 2 + right),
            feature(533, u32::from(self.in_cue(idx)), right),
            feature(534, cue.last, t(next)),
            feature(535, u32::from(comma) * 2 + right, t(after) * 32 + t(third)),
            feature(536, running.cues.min(2), right),
            feature(537, border, self.kind as u32),
            feature(538, begin_look, u32::from(idx == start) * 2 + right),
            feature(539, u32::from(item.form.shape & STOP), look),
            feature(540, border * 64 + b, t(begin)),
            feature(541, next.form.low, border * 64 + b),
            feature(542, t(next) * 32 + t(item), b * 2 + right),
            feature(543, next.form.low, alike(after)),
            feature(544, alike(after) * 4 + alike(third), t(next) * 64 + right),
            feature(545, next.form.low, alike(third) * 32 + t(after)),
            feature(546, alike(after) * 256 + b, next.form.low),
        ]);
    }

    /// Where the content may go on after what is taken: nowhere, or behind all that is taken.
    pub(crate) fn mores(&self, taken: usize) -> Vec<Choice> {
        let to = (taken + 40).min(self.unit.end);
        let fits = |idx: &usize| self.may_begin(*idx, None);
        std::iter::once(None).chain((taken..to).filter(fits).map(Some)).collect()
    }

    /// Features of a place where the content may go on.
    pub(crate) fn more(&self, first: &Range<usize>, taken: usize, choice: Choice, out: &mut Vec<u32>) {
        let cue = self.cue_look();
        let t = |item: &Item| item.tag as u32;
        let begin = &self.items[first.start];
        let end = &self.items[first.end - 1];
        let left = u32::from(first.start < self.cue.start);
        let begin_look = begin.marked.map_or(0, |_| u32::from(begin.form.shape) + 1);
        let end_look = end.marked.map_or(0, |_| u32::from(end.form.shape) + 1);
        let follows = self.at(taken, 0);
        let shape = left * 1024 + begin_look;
        out.clear();
        let Some(idx) = choice else {
            out.extend([
                feature(600, shape, 0),
                feature(601, shape, follows.form.low),
                feature(602, shape, t(follows) * 32 + t(self.at(taken, 1))),
                feature(603, left, cue.base),
                feature(604, left, self.at(taken, 1).form.low),
                feature(605, left * 128 + end_look, u32::from(taken >= self.unit.end)),
                feature(606, left * 2 + u32::from(begin.sentence == end.sentence), bucket(first.len())),
                feature(607, u32::from(first.end < self.cue.start) * 2 + left, t(self.at(first.end, 0))),
            ]);
            return;
        };
        let (item, last) = (self.at(idx, 0), self.at(idx, -1));
        let look = item.marked.map_or(0, |_| u32::from(item.form.shape) + 1);
        let between = self.between(taken, idx);
        let b = between.verbs.min(2) * 32
            + between.signs.min(3) * 8
            + between.marks.min(1) * 4
            + between.cues.min(1);
        let first_word = u32::from(last.until != item.sentence);
        // Words in marks with a cue of their own behind them.
        let own =
            u32::from((idx + 1..idx + 6).any(|i| self.in_cue(i) && self.at(i, 0).sentence == item.until));
        let near = bucket(idx - taken);
        out.extend([
            feature(620, shape, look),
            feature(621, shape, near),
            feature(622, look, near * 2 + left),
            feature(623, look, first_word * 4 + left * 2 + own),
            feature(624, begin_look, look * 4 + first_word * 2 + own),
            feature(625, b, left * 2 + first_word),
            feature(626, last.form.low, left * 2 + first_word),
            feature(627, item.form.low, left * 2 + first_word),
            feature(628, t(item) * 32 + t(last), left * 16 + near),
            feature(629, t(item), left * 128 + begin_look),
            feature(630, cue.base, left * 2 + first_word),
            feature(
                631,
                u32::from(first.end < self.cue.start) * 2 + left,
                t(self.at(first.end, 0)) * 64 + t(last),
            ),
            feature(632, b, near * 128 + look),
            feature(633, last.form.low, near * 2 + left),
            feature(634, (item.sentence.wrapping_sub(end.until)).min(4) as u32, look * 2 + left),
            feature(635, u32::from(self.in_cue(idx)), left),
        ]);
    }
}

/// Small counts of what stands between two items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Between {
    pub(crate) verbs: u32,
    pub(crate) signs: u32,
    pub(crate) marks: u32,
    pub(crate) cues: u32,
}

impl Between {
    /// Counts one more item.
    pub(crate) fn add(&mut self, around: &Around<'_>, idx: usize) {
        let more = around.between(idx, idx + 1);
        self.verbs += more.verbs;
        self.signs += more.signs;
        self.marks += more.marks;
        self.cues += more.cues;
    }
}

#[derive(Clone, Copy)]
struct CueLook {
    base: u32,
    classes: u32,
    tag: u32,
    first: u32,
    last: u32,
    passive: u32,
}

/// A distance or length as one of twelve sizes.
fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        36..=60 => 10,
        _ => 11,
    }
}

/// A cue with its parts, as ranges of items.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) cue: Range<usize>,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    /// Probabilities of the cue, the source and the content, each by itself.
    pub(crate) probabilities: [f32; 3],
    /// Probability that it is an attribution.
    pub(crate) probability: f32,
}

/// What an item is to other attributions: a source may be theirs too, a cue or content may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Taken {
    #[default]
    Free,
    Source,
    Rest,
}

/// The parts of one cue beside what others have `taken` (of each of the unit's items; empty is nothing).
pub(crate) fn parts(
    pointers: &Pointers,
    around: &Around<'_>,
    probability: f32,
    taken: &[Taken],
) -> Option<Draft> {
    let mut choosing = Choosing { pointers, around, barred: taken, features: Vec::with_capacity(64) };
    let (source, source_p) = choosing.source();
    let (first, content_p) = choosing.content(source.as_ref())?;
    let mut content = vec![first.clone()];
    let taken = first.end.max(around.cue.end).max(source.as_ref().map_or(0, |s| s.end));
    if taken < around.unit.end
        && let Some(start) = choosing.more(&first, taken)
        && let Some((end, _)) = choosing.end(source.as_ref(), start)
    {
        content.push(start..end + 1);
    }
    content.sort_by_key(|range| range.start);
    Some(Draft {
        cue: around.cue.clone(),
        source,
        content,
        probabilities: [probability, source_p, content_p],
        probability,
    })
}

/// The choices for one cue. Probabilities are among all choices, those that are barred too.
struct Choosing<'c> {
    pointers: &'c Pointers,
    around: &'c Around<'c>,
    barred: &'c [Taken],
    features: Vec<u32>,
}

impl Choosing<'_> {
    fn free(&self, idx: usize) -> bool {
        self.taken(idx) == Taken::Free
    }

    fn taken(&self, idx: usize) -> Taken {
        self.barred.get(idx - self.around.unit.start).copied().unwrap_or_default()
    }

    /// The last item from `start` on before one that is barred.
    fn free_until(&self, start: usize, end: usize) -> usize {
        (start..end).take_while(|idx| self.free(*idx)).last().unwrap_or(start)
    }

    fn source(&mut self) -> (Option<Range<usize>>, f32) {
        let around = self.around;
        let choices = around.source_ends();
        let scores = scored(&self.pointers.source_end, &choices, &mut self.features, |choice, out| {
            around.source_end(choice, out);
        });
        let (end, p) =
            pick(&choices, &scores, |choice| choice.is_none_or(|idx| self.taken(idx) < Taken::Rest));
        let Some(end) = end else { return (None, p) };
        let choices = around.source_starts(end);
        let scores = scored(&self.pointers.source_start, &choices, &mut self.features, |choice, out| {
            around.source_start(end, choice.unwrap_or(end), out);
        });
        let fits =
            |choice: Choice| choice.is_some_and(|idx| (idx..end).all(|idx| self.taken(idx) < Taken::Rest));
        let (start, q) = pick(&choices, &scores, fits);
        (Some(start.unwrap_or(end)..end + 1), p * q)
    }

    /// The first piece of content: the best pair of a beginning and an end among the best beginnings.
    fn content(&mut self, source: Option<&Range<usize>>) -> Option<(Range<usize>, f32)> {
        let around = self.around;
        let choices = around.content_starts(source);
        let scores = scored(&self.pointers.content_start, &choices, &mut self.features, |choice, out| {
            around.content_start(source, choice.unwrap_or_default(), out);
        });
        let free = |idx: &usize| choices[*idx].is_some_and(|idx| self.free(idx));
        let mut order: Vec<usize> = (0..choices.len()).filter(free).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let mut found: Option<(Range<usize>, f32)> = None;
        for &at in order.iter().take(2) {
            // No end can make this beginning likelier than what is found.
            if found.as_ref().is_some_and(|(_, best)| *best >= scores[at]) {
                break;
            }
            let start = choices[at]?;
            let Some((end, p)) = self.end(source, start) else { continue };
            let p = p * scores[at];
            if found.as_ref().is_none_or(|(_, best)| p > *best) {
                found = Some((start..end + 1, p));
            }
        }
        found
    }

    fn end(&mut self, source: Option<&Range<usize>>, start: usize) -> Option<(usize, f32)> {
        let around = self.around;
        let choices = around.content_ends(source, start);
        let last = self.free_until(start, choices.last().copied().flatten()? + 1);
        let mut running = Between::default();
        let mut next = start;
        let scores = scored(&self.pointers.content_end, &choices, &mut self.features, |choice, out| {
            let idx = choice.unwrap_or(start);
            while next <= idx {
                running.add(around, next);
                next += 1;
            }
            around.content_end(source, start, idx, running, out);
        });
        let (end, p) = pick(&choices, &scores, |choice| choice.is_some_and(|idx| idx <= last));
        end.map(|end| (end, p))
    }

    fn more(&mut self, first: &Range<usize>, taken: usize) -> Option<usize> {
        let around = self.around;
        let choices = around.mores(taken);
        let scores = scored(&self.pointers.more, &choices, &mut self.features, |choice, out| {
            around.more(first, taken, choice, out);
        });
        pick(&choices, &scores, |choice| choice.is_none_or(|idx| self.free(idx))).0
    }
}

/// The likeliest of the choices that fit, with its probability among all.
fn pick(choices: &[Choice], scores: &[f32], fits: impl Fn(Choice) -> bool) -> (Choice, f32) {
    let mut found = (None, -1.0);
    for (choice, score) in choices.iter().zip(scores) {
        if *score > found.1 && fits(*choice) {
            found = (*choice, *score);
        }
    }
    (found.0, found.1.max(0.0))
}

/// The probability of each choice.
fn scored(
    model: &Linear,
    choices: &[Choice],
    features: &mut Vec<u32>,
    mut look: impl FnMut(Choice, &mut Vec<u32>),
) -> Vec<f32> {
    let mut scores: Vec<f32> = Vec::with_capacity(choices.len());
    for choice in choices {
        look(*choice, features);
        scores.push(model.score(features));
    }
    softmax(&mut scores);
    scores
}
