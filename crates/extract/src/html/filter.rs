//! Which blocks are the report, as learned from pages?
//!
//! Two rounds of small trees over the rows of `features`: the first looks at each block with what the rules make of its
//! neighbours, the second also at what the first said of them. Learned by `training/extract`; the trees and what words
//! say are one file of bytes.

use super::blocks::Block;
use super::dom::Dom;
use super::features::{self, COLUMNS, Ruled};
use super::met::Met;
use super::words::{self, Odds};

/// Above this score a block is part of the report.
const ENOUGH: f32 = 0.5;

/// A page with fewer blocks or bytes than this is read by the rules alone: hand-made or cut to its text, it shows little
/// of what the filter was learned on (of a hundred pages of news sites none is so small).
const FEWEST: usize = 30;
const SHORTEST: usize = 12_000;

/// How many columns what words say adds, and how many the second round adds.
const N_WORDS: usize = 13;
const N_SECOND: usize = 18;

/// How many columns the first round has.
const N_FIRST: usize = COLUMNS.len() + N_WORDS;

/// A column behind those of the first round that holds no number: whatever it is compared with, the way goes right.
const NO_NUMBER: usize = N_FIRST;

/// How many rows go through a tree side by side: while one waits for its next node, the others go on.
const ABREAST: usize = 8;

/// A learned filter.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    elements: Odds,
    texts: Odds,
    rounds: [Vec<Tree>; 2],
    /// For each tree of the second round, the least and the most that those behind it may add.
    rest: Vec<(f32, f32)>,
}

/// The nodes of a tree, a branch's left side right behind it, and how many steps its longest way down has.
#[derive(Debug)]
struct Tree {
    nodes: Vec<Node>,
    n_steps: usize,
}

/// A branch (`column` is one, `right` is where its right side begins, `value` the highest number that goes left) or a
/// leaf (`column` is [`NO_NUMBER`], `right` the leaf itself, so that a step from it leads nowhere; `value` what it adds).
#[derive(Clone, Copy, Debug)]
struct Node {
    column: u16,
    right: u16,
    value: f32,
}

/// How a file marks leaves, in the place of the column.
const LEAF: u16 = u16::MAX;

impl Filter {
    /// Reads a filter; `None` if the bytes are none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Filter> {
        let mut bytes = Bytes(bytes);
        if bytes.take(4)? != b"ORF1" {
            return None;
        }
        let elements = bytes.odds()?;
        let texts = bytes.odds()?;
        let rounds = [bytes.trees(N_FIRST)?, bytes.trees(N_FIRST + N_SECOND)?];
        let rest = rest(&rounds[1]);
        bytes.0.is_empty().then_some(Filter { elements, texts, rounds, rest })
    }

    /// Per block: whether it is part of the report; the page has `n_bytes`.
    pub(crate) fn left(&self, dom: &Dom, blocks: &[Block], n_bytes: usize, ruled: &Ruled) -> Vec<bool> {
        if self.rounds[0].is_empty() || blocks.len() < FEWEST || n_bytes < SHORTEST {
            return ruled.left.to_vec();
        }
        let mut rows = features::rows(dom, blocks, ruled);
        let mut left: Vec<bool> =
            self.scores(dom, blocks, &mut rows).into_iter().map(|score| score > ENOUGH).collect();
        keep_posts(blocks, ruled, &mut left);
        keep_quotations(blocks, &rows.groups, ruled, &mut left);
        keep_long_runs(&rows.groups, ruled, &mut left);
        drop_sure(blocks, ruled, &rows, &mut left);
        // A page unlike all that were learned from: better what the rules say than nothing.
        if left.contains(&true) { left } else { ruled.left.to_vec() }
    }

    /// Per block: how likely it is part of the report.
    fn scores(&self, dom: &Dom, blocks: &[Block], rows: &mut features::Rows) -> Vec<f32> {
        let worth: Vec<bool> = rows.rows.iter().map(|row| !row.is_empty()).collect();
        let mut said = Said { odds: &self.elements, dom, own: vec![None; dom.nodes.len()], met: Met::new() };
        for (idx, block) in blocks.iter().enumerate().filter(|(idx, _)| worth[*idx]) {
            let own = rows.elements[idx];
            let up = dom.nodes[own].parent;
            let into = dom.nodes[block.first].parent;
            for node in [into, own, up, dom.nodes[up].parent] {
                let says = said.of(node);
                rows.rows[idx].extend([says.low, says.high]);
            }
            let chain = said.of(into);
            let text = self.texts.over(&words::of_text(&block.text));
            rows.rows[idx].extend([chain.chain_low, chain.chain_high]);
            rows.rows[idx].extend(text);
            rows.rows[idx].push(f32::NAN);
        }
        let first = scores(&self.rounds[0], &rows.rows, &[]);
        second(dom, blocks, &first, &worth, rows);
        // Of the second round nothing is asked but on which side of 0 the sums come to lie.
        scores(&self.rounds[1], &rows.rows, &self.rest)
    }
}

/// How likely the trees hold each row for a part of the report; 0 for an empty row. `rest` is for each tree the least and
/// the most that those behind it may add: where that changes the side of 0 of no sum, the trees end.
fn scores(trees: &[Tree], rows: &[Vec<f32>], rest: &[(f32, f32)]) -> Vec<f32> {
    let mut scores = vec![0.0; rows.len()];
    let worth: Vec<usize> = (0..rows.len()).filter(|idx| !rows[*idx].is_empty()).collect();
    for few in worth.chunks(ABREAST) {
        let abreast: [&[f32]; ABREAST] =
            std::array::from_fn(|at| rows[few.get(at).copied().unwrap_or(few[0])].as_slice());
        let mut sums = [0.0_f32; ABREAST];
        for (at, tree) in trees.iter().enumerate() {
            tree.add(&abreast, &mut sums);
            let is_decided =
                |(least, most): &(f32, f32)| sums.iter().all(|sum| sum + most < 0.0 || sum + least > 0.0);
            if rest.get(at).is_some_and(is_decided) {
                break;
            }
        }
        for (idx, sum) in few.iter().zip(sums) {
            scores[*idx] = 1.0 / (1.0 + (-sum).exp());
        }
    }
    scores
}

/// Running text with somebody's words in it, amid the report or going on with it, stays where the rules keep it: its loss is the worst.
fn keep_quotations(blocks: &[Block], groups: &[usize], ruled: &Ruled, left: &mut [bool]) {
    let is_left = left.to_vec();
    let beside = |idx: usize| {
        let before = idx.saturating_sub(2)..idx;
        let after = idx + 1..(idx + 3).min(is_left.len());
        let goes_on = idx > 0 && is_left[idx - 1] && groups.get(idx - 1) == groups.get(idx);
        goes_on || is_left[before].contains(&true) && is_left[after].contains(&true)
    };
    for (idx, block) in blocks.iter().enumerate() {
        let is_sure = ruled.left[idx] && !left[idx] && block.n_link_chars * 2 < block.n_chars;
        left[idx] |= is_sure && beside(idx) && block.text.is_running_text() && block.text.has_quotation();
    }
}

/// How many blocks of one kind, side by side, are taken for a run that goes on to its end.
const LONG_RUN: usize = 300;

/// Pages of more paragraphs than any that were learned from: what stands at their far end looks like a foot. Where the
/// begin of such a run is the report, what the rules keep of it is too.
fn keep_long_runs(groups: &[usize], ruled: &Ruled, left: &mut [bool]) {
    let mut n_left = vec![0_usize; groups.iter().max().map_or(0, |most| most + 1)];
    for (group, _) in groups.iter().zip(&*left).filter(|(_, left)| **left) {
        n_left[*group] += 1;
    }
    for (idx, group) in groups.iter().enumerate() {
        left[idx] |= ruled.left[idx] && n_left[*group] >= LONG_RUN;
    }
}

/// How many blocks may lie between a post and the report's next words.
const NEAR_POST: usize = 6;

/// Posts from elsewhere that the rules keep stay where they stand amid the report: they are quoted by it. (Sets of pages
/// differ in whether they are the report, so a score says little of them.)
fn keep_posts(blocks: &[Block], ruled: &Ruled, left: &mut [bool]) {
    let mut near = vec![false; blocks.len()];
    let mut last = None;
    for idx in 0..blocks.len() {
        near[idx] = last.is_some_and(|last| idx - last <= NEAR_POST);
        last = if left[idx] && !blocks[idx].is_embed { Some(idx) } else { last };
    }
    for idx in 0..blocks.len() {
        left[idx] |= blocks[idx].is_embed && ruled.left[idx] && near[idx];
    }
}

/// The longest line that the rules are sure of.
const MAX_SURE: usize = 160;

/// What the rules are sure of is out whatever its score: the title once more, and short lines whose words show a date,
/// a credit, a byline, other news, tools or notices.
fn drop_sure(blocks: &[Block], ruled: &Ruled, rows: &features::Rows, left: &mut [bool]) {
    let column = |name: &str| COLUMNS.iter().position(|known| *known == name);
    let facts = ["date_line", "credit", "byline"].map(column);
    let title = crate::facts::key(ruled.title);
    for (idx, block) in blocks.iter().enumerate().filter(|(_, block)| block.n_chars < MAX_SURE) {
        let is =
            |at: &Option<usize>| at.and_then(|at| rows.rows[idx].get(at)).is_some_and(|value| *value > 0.0);
        let worded = || {
            facts.iter().any(is)
                || block
                    .text
                    .furniture()
                    .is_some_and(|found| !["section", "update", "corrected"].contains(&found.kind))
        };
        if left[idx]
            && !ruled.left[idx]
            && (is(&facts[0]) || (ruled.kept[idx] && worded()) || block.text.key() == title)
        {
            left[idx] = false;
        }
    }
}

/// For each tree the least and the most that those behind it may add.
fn rest(trees: &[Tree]) -> Vec<(f32, f32)> {
    let mut rest: Vec<(f32, f32)> = Vec::with_capacity(trees.len());
    let (mut least, mut most) = (0.0, 0.0);
    for tree in trees.iter().rev() {
        rest.push((least, most));
        let leaves = tree.nodes.iter().filter(|node| usize::from(node.column) == NO_NUMBER);
        let (low, high) = leaves
            .fold((f32::MAX, f32::MIN), |(low, high), leaf| (low.min(leaf.value), high.max(leaf.value)));
        (least, most) = (least + low, most + high);
    }
    rest.reverse();
    rest
}

impl Tree {
    /// By its nodes; `None` where one leads nowhere or back.
    fn new(nodes: Vec<Node>) -> Option<Tree> {
        let mut n_steps = vec![0; nodes.len()];
        for (at, node) in nodes.iter().enumerate().rev() {
            let right = usize::from(node.right);
            if usize::from(node.column) != NO_NUMBER {
                n_steps[at] = 1 + n_steps.get(right).filter(|_| right > at)?.max(&n_steps[at + 1]);
            }
        }
        Some(Tree { n_steps: *n_steps.first()?, nodes })
    }

    /// Adds what the tree says of each row to its sum.
    fn add(&self, rows: &[&[f32]; ABREAST], sums: &mut [f32; ABREAST]) {
        let mut places = [0; ABREAST];
        for _ in 0..self.n_steps {
            for (at, row) in places.iter_mut().zip(rows) {
                let node = self.nodes[*at];
                let goes_left = row[usize::from(node.column)] <= node.value;
                *at = if goes_left { *at + 1 } else { usize::from(node.right) };
            }
        }
        for (at, sum) in places.into_iter().zip(sums) {
            *sum += self.nodes[at].value;
        }
    }
}

/// What the words of an element say, and of all above it.
#[derive(Clone, Copy, Debug, Default)]
struct Says {
    low: f32,
    high: f32,
    chain_low: f32,
    chain_high: f32,
}

/// What the words of a page's elements say, each looked up once.
struct Said<'a> {
    odds: &'a Odds,
    dom: &'a Dom,
    own: Vec<Option<Says>>,
    /// The lowest and the highest of what the names in an attribute say.
    met: Met<'a, Option<(f32, f32)>>,
}

impl Said<'_> {
    fn of(&mut self, node: usize) -> Says {
        let mut chain = Vec::new();
        let mut at = node;
        // The first node is the document: it has no names.
        while at > 0 && self.own[at].is_none() {
            chain.push(at);
            at = self.dom.nodes[at].parent;
        }
        let mut above = self.own[at];
        for at in chain.into_iter().rev() {
            let (low, high) = self.ends(at).unwrap_or_default();
            let says = Says {
                low,
                high,
                chain_low: above.map_or(low, |above| above.chain_low.min(low)),
                chain_high: above.map_or(high, |above| above.chain_high.max(high)),
            };
            self.own[at] = Some(says);
            above = Some(says);
        }
        above.unwrap_or_default()
    }

    /// The lowest and the highest of what the words of one element say, where any is known.
    fn ends(&mut self, node: usize) -> Option<(f32, f32)> {
        let (odds, dom) = (self.odds, self.dom);
        let mut all = odds.ends(|each| each(words::of_tag(dom.tag(node))));
        for names in words::names(dom, node) {
            let ends = *self.met.of(names, |names| odds.ends(|each| words::of_names(names, each)));
            all = match (all, ends) {
                (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                (one, other) => one.or(other),
            };
        }
        all
    }
}

/// Adds the columns of the second round: what the first said of each block and of those around it.
fn second(dom: &Dom, blocks: &[Block], first: &[f32], worth: &[bool], rows: &mut features::Rows) {
    let n = blocks.len();
    let weight: Vec<f64> = blocks
        .iter()
        .zip(worth)
        .map(|(b, worth)| if *worth { b.n_chars.min(500) as f64 } else { 0.0 })
        .collect();
    let mut sums = vec![(0.0_f64, 0.0_f64); n + 1];
    for idx in 0..n {
        let (w, p) = sums[idx];
        sums[idx + 1] = (w + weight[idx], p + weight[idx] * f64::from(first[idx]));
    }
    let mass = sums[n].1.max(1.0);
    let mut below = vec![(0.0_f64, 0.0_f64); dom.nodes.len()];
    let n_groups = rows.groups.iter().max().map_or(0, |most| most + 1);
    let mut by_group = vec![(0.0_f64, 0.0_f64); n_groups];
    for idx in 0..n {
        let p = weight[idx] * f64::from(first[idx]);
        let node = &mut below[rows.elements[idx]];
        *node = (node.0 + weight[idx], node.1 + p);
        let group = &mut by_group[rows.groups[idx]];
        *group = (group.0 + weight[idx], group.1 + p);
    }
    for idx in (1..dom.nodes.len()).rev() {
        let (w, p) = below[idx];
        let up = &mut below[dom.nodes[idx].parent];
        *up = (up.0 + w, up.1 + p);
    }
    let good = |idx: usize| first[idx] > 0.5 && weight[idx] >= 60.0;
    let mut gap_before = vec![99_usize; n];
    let mut gap_after = vec![99_usize; n];
    let mut last: Option<usize> = None;
    for (idx, gap) in gap_before.iter_mut().enumerate() {
        *gap = last.map_or(99, |last| idx - last).min(99);
        last = if good(idx) { Some(idx) } else { last };
    }
    let mut next: Option<usize> = None;
    for (idx, gap) in gap_after.iter_mut().enumerate().rev() {
        *gap = next.map_or(99, |next| next - idx).min(99);
        next = if good(idx) { Some(idx) } else { next };
    }
    let away = |idx: usize, d: isize| {
        idx.checked_add_signed(d).and_then(|other| first.get(other)).map_or(-1.0, |p| *p)
    };
    let mean = |(w, p): (f64, f64)| (p / w.max(1.0)) as f32;
    let under = |node: usize| if node == 0 { 0.0 } else { mean(below[node]) };
    for idx in (0..n).filter(|idx| worth[*idx]) {
        let own = (weight[idx], weight[idx] * f64::from(first[idx]));
        let near = |d: usize| {
            let (lo, hi) = (sums[idx.saturating_sub(d)], sums[(idx + d + 1).min(n)]);
            mean((hi.0 - lo.0 - own.0, hi.1 - lo.1 - own.1))
        };
        let element = rows.elements[idx];
        let up = dom.nodes[element].parent;
        let columns: [f32; N_SECOND] = [
            first[idx],
            away(idx, -1),
            away(idx, -2),
            away(idx, -3),
            away(idx, 1),
            away(idx, 2),
            away(idx, 3),
            near(5),
            near(12),
            (sums[idx].1 / mass) as f32,
            ((sums[n].1 - sums[idx + 1].1) / mass) as f32,
            under(element),
            under(up),
            under(dom.nodes[up].parent),
            mean(by_group[rows.groups[idx]]),
            gap_before[idx] as f32,
            gap_after[idx] as f32,
            mass.min(1e5) as f32,
        ];
        rows.rows[idx].extend(columns);
    }
}

/// Bytes that are read from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn odds(&mut self) -> Option<Odds> {
        let n = self.u32()? as usize;
        let hashes = self.take(n.checked_mul(4)?)?;
        let hashes = hashes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let steps = self.take(n)?.iter().map(|byte| i8::from_le_bytes([*byte])).collect();
        Some(Odds::new(hashes, steps))
    }

    fn trees(&mut self, n_columns: usize) -> Option<Vec<Tree>> {
        let n_trees = self.u16()?;
        let mut trees = Vec::with_capacity(usize::from(n_trees));
        for _ in 0..n_trees {
            let n_nodes = self.u16()?;
            let mut nodes = Vec::with_capacity(usize::from(n_nodes));
            for at in 0..n_nodes {
                let (column, right) = (self.u16()?, self.u16()?);
                let value = f32::from_bits(self.u32()?);
                let (column, right) = match usize::from(column) {
                    _ if column == LEAF => (NO_NUMBER as u16, at),
                    column if column >= n_columns => return None,
                    column if column >= NO_NUMBER => (column as u16 + 1, right),
                    column => (column as u16, right),
                };
                nodes.push(Node { column, right, value });
            }
            trees.push(Tree::new(nodes)?);
        }
        Some(trees)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A filter of one tree a round: what is longer than ten letters is the report.
    fn small() -> Vec<u8> {
        let mut bytes = b"ORF1".to_vec();
        bytes.extend([0_u8; 8]);
        for _ in 0..2 {
            bytes.extend(1_u16.to_le_bytes());
            bytes.extend(3_u16.to_le_bytes());
            for (column, right, value) in [(0_u16, 2_u16, 10.0_f32), (LEAF, 0, -2.0), (LEAF, 0, 2.0)] {
                bytes.extend(column.to_le_bytes());
                bytes.extend(right.to_le_bytes());
                bytes.extend(value.to_le_bytes());
            }
        }
        bytes
    }

    #[test]
    fn a_filter_is_read_whole_or_not_at_all() {
        let bytes = small();
        let filter = Filter::read(&bytes).expect("it is whole");
        let row = |n: f32| [&[n], &[f32::NAN; NO_NUMBER][..]].concat();
        let scores = scores(&filter.rounds[1], &[row(11.0), Vec::new(), row(10.0)], &filter.rest);
        assert_eq!(filter.rest, [(0.0, 0.0)]);
        assert_eq!(scores, [2.0_f32, f32::NEG_INFINITY, -2.0].map(|sum| 1.0 / (1.0 + (-sum).exp())));
        for n in 0..bytes.len() {
            assert!(Filter::read(&bytes[..n]).is_none(), "{n}");
        }
        let mut looped = small();
        looped[18] = 0;
        assert!(Filter::read(&looped).is_none(), "a branch must lead on");
    }
}
