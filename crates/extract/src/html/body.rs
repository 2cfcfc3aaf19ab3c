//! Which blocks of the region are the report, in which order, and where do its separate reports part?
//!
//! Out goes what is cut by tag or name, what is links, and what the lines' own words show to be furniture (the same
//! passes as for plain text). What JSON-LD gives as the article's body is kept whatever its form.

use super::blocks::{Block, Form};
use super::dom::{Data, Dom};
use super::meta::Told;
use super::names::{Attr, Tag};
use crate::credit;
use crate::facts::{Facts, key};
use crate::passage::Passage;
use crate::plain;
use onrecord_terms::{Body, ParagraphKind};
use std::collections::BTreeSet;

/// The longest body in JSON-LD that blocks are looked up in.
const MAX_TOLD_BYTES: usize = 1_000_000;

/// A text in which others are looked up by their begin, middle and end: linear, whatever there is to look up.
#[derive(Debug, Default)]
pub(crate) struct Windows(Vec<u64>);

impl Windows {
    /// How many bytes a window has.
    const LEN: usize = 16;

    fn of(text: &str) -> Windows {
        let mut hashes: Vec<u64> = text.as_bytes().windows(Windows::LEN).map(Windows::hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Windows(hashes)
    }

    fn hash(window: &[u8]) -> u64 {
        window.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    /// Whether there is no text.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the begin, the middle and the end of `text` stand in it; never of a text shorter than a window.
    pub(crate) fn hold(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let Some(last) = bytes.len().checked_sub(Windows::LEN) else { return false };
        [0, last / 2, last]
            .iter()
            .all(|at| self.0.binary_search(&Windows::hash(&bytes[*at..*at + Windows::LEN])).is_ok())
    }
}

/// What the rules make of a page's blocks.
pub(crate) struct Judged {
    /// Per block: it stands in the region and has the form of a part of the report.
    pub(crate) kept: Vec<bool>,
    /// Per block: it is left when the words of the kept were asked too.
    pub(crate) left: Vec<bool>,
    /// The body that JSON-LD gives, letters and digits alone.
    pub(crate) told_body: Windows,
}

/// Which blocks the rules take for the report.
pub(crate) fn judged(
    dom: &Dom,
    blocks: &[Block],
    region: &[usize],
    told: &Told,
    facts: &mut Facts,
) -> Judged {
    let title = facts.title.as_deref().map(key).unwrap_or_default();
    let told_body = told.body.as_deref().filter(|body| body.len() <= MAX_TOLD_BYTES);
    let told_body = told_body.map(|body| Windows::of(&key(body))).unwrap_or_default();
    let deck = deck(dom, blocks, region, told, &title);
    let mut kept = vec![false; blocks.len()];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (idx, block) in blocks.iter().enumerate() {
        if deck.is_some_and(|deck| deck.first == block.first) {
            kept[idx] = true;
            continue;
        }
        if holder(dom, region, block.first).is_none() {
            continue;
        }
        let name = block.text.key();
        let in_told = name.len() >= 40 && told_body.hold(name);
        let repeated = block.n_chars >= 30 && !seen.insert(name);
        kept[idx] = !repeated && name != title && (is_kept(block) || (in_told && !block.is_cut));
    }
    let end = next_article(dom, blocks, &kept, told, &title);
    for (kept, block) in kept.iter_mut().zip(blocks) {
        *kept &= block.first < end;
    }
    let texts: Vec<&Passage> =
        blocks.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(block, _)| &block.text).collect();
    let mut keep = plain::clean(&texts, facts).into_iter();
    let left = kept.iter().map(|kept| *kept && keep.next().unwrap_or(false)).collect();
    Judged { kept, left, told_body }
}

/// The body of the report.
pub(crate) fn body(dom: &Dom, blocks: &[Block], left: &[bool], told: &Told, facts: &mut Facts) -> Body {
    let kept: Vec<&Block> =
        blocks.iter().zip(left).filter(|(_, left)| **left).map(|(block, _)| block).collect();
    let kept = without_idle_headings(&without_repeats(&kept));
    let n_chars: usize = kept.iter().map(|block| block.n_chars).sum();
    if let Some(whole) = told.body.as_deref().filter(|whole| key(whole).len() > 2 * n_chars.max(100)) {
        return from_told(whole, facts);
    }
    let entries = entries(dom, &kept, told.is_live);
    Body::from_reports(&reports(dom, &kept, &entries))
}

/// Which of some elements, in order and side by side, holds a node.
pub(crate) fn holder(dom: &Dom, elements: &[usize], node: usize) -> Option<usize> {
    let n_before = elements.partition_point(|element| *element <= node);
    let last = n_before.checked_sub(1)?;
    (node < dom.nodes[elements[last]].end).then_some(last)
}

/// Where another article begins below the first: at a second main heading, with text of size above it.
fn next_article(dom: &Dom, blocks: &[Block], kept: &[bool], told: &Told, title: &str) -> usize {
    let Some(own) = told.title_node.filter(|own| dom.tag(*own) == Tag::H1 && !told.is_live) else {
        return usize::MAX;
    };
    let article = |idx: usize| {
        let mut above = idx;
        while above > 0 && dom.tag(above) != Tag::Article {
            above = dom.nodes[above].parent;
        }
        above
    };
    let own_article = article(own);
    // Main headings inside one article part it; the next one stands in another, or bears the same name as the first.
    let class = |idx: usize| dom.attr(idx, Attr::Class).unwrap_or_default().split_ascii_whitespace().next();
    let alike = |idx: usize| class(own).is_some() && class(idx) == class(own) || article(idx) != own_article;
    let kept = blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block);
    let (mut above, mut n_above) = (kept.peekable(), 0);
    dom.by_tag(Tag::H1)
        .filter(|idx| *idx > own && alike(*idx))
        .find(|idx| {
            while let Some(block) = above.next_if(|block| block.first < *idx) {
                n_above += if block.first > own { block.n_chars } else { 0 };
            }
            let words = key(&dom.text(*idx));
            n_above >= 400 && words.len() >= 12 && words != title
        })
        .unwrap_or(usize::MAX)
}

/// Whether a block has the form of a part of a report.
fn is_kept(block: &Block) -> bool {
    if block.is_cut {
        return false;
    }
    if block.is_embed {
        return true;
    }
    let n = block.n_chars;
    let links = block.n_link_chars as f32 / n.max(1) as f32;
    let sentence = block.text.ends_a_sentence();
    match block.form {
        Form::Heading(level) => level > 1 && links < 0.5 && n >= 3,
        Form::Paragraph => links < 0.8 || (sentence && n > 100 && links < 0.95),
        Form::BlockQuote => links < 0.8,
        Form::ListItem => links < 0.6 && (n >= 25 || sentence),
        Form::Loose => {
            let credit = links < 0.2
                && n <= 80
                && (block.text.credit_line().is_some() || credit::closing_line(&block.text).is_some());
            credit || (links < 0.5 && (n >= 80 || (sentence && n >= 20))) || (links < 0.2 && n >= 50)
        }
        Form::Cell => links < 0.5 && n >= 60,
    }
}

/// The summary between the title and the region: what a meta tag repeats, or running text in a block of its own.
fn deck<'a>(dom: &Dom, blocks: &'a [Block], region: &[usize], told: &Told, title: &str) -> Option<&'a Block> {
    let (from, to) = (told.title_node?, *region.first()?);
    let descriptions: Vec<String> = told.descriptions.iter().map(|text| key(text)).collect();
    blocks
        .iter()
        .filter(|block| block.first > from && block.first < to && block.n_link_chars * 2 < block.n_chars)
        .find(|block| {
            let name = block.text.key();
            let called = !block.is_cut && name.len() >= 20 && is_called_deck(dom, block);
            let told = called
                || name.len() >= 20
                    && descriptions.iter().any(|told| {
                        told.starts_with(name) || name.starts_with(told.as_str()) && told.len() >= 20
                    });
            let reads = !block.is_cut
                && block.n_chars >= 60
                && matches!(block.form, Form::Paragraph | Form::Heading(_) | Form::Loose)
                && block.n_link_chars * 5 < block.n_chars
                && (block.text.ends_a_sentence() || block.n_chars >= 80);
            name != title
                && (told || (reads && !has_time(dom, block)))
                && plain::clean(&[&block.text], &mut Facts::default())[0]
        })
}

/// Names of the line below a title that sums the report up.
const DECKS: &[&str] = &[
    "standfirst",
    "deck",
    "dek",
    "subtitle",
    "subheadline",
    "subhead",
    "subheading",
    "summary",
    "lede",
    "lead",
    "excerpt",
    "vorspann",
    "ingress",
    "chapo",
    "sapo",
    "entradilla",
    "bajada",
    "sottotitolo",
    "untertitel",
    "teaser",
];

/// Whether the block's own element is called by such a name.
fn is_called_deck(dom: &Dom, block: &Block) -> bool {
    let mut above = dom.nodes[block.first].parent;
    for _ in 0..2 {
        let class = dom.attr(above, Attr::Class).unwrap_or_default();
        if class
            .split_ascii_whitespace()
            .any(|token| super::blocks::parts(token).iter().any(|part| DECKS.contains(&part)))
        {
            return true;
        }
        above = dom.nodes[above].parent;
    }
    false
}

/// Whether a date or an author is marked inside the block's element: it tells about the report, it is not its summary.
fn has_time(dom: &Dom, block: &Block) -> bool {
    let parent = dom.nodes[block.first].parent;
    (parent..dom.nodes[parent].end.min(parent + 60))
        .any(|idx| dom.tag(idx) == Tag::Time || dom.attr(idx, Attr::Itemprop) == Some("author"))
        || crate::dates::first_date(&block.text).is_some() && block.n_chars < 120
}

/// The least letters of a paragraph that counts as said twice: shorter ones come again in verse, in recipes, in lists.
const LEAST_REPEATED: usize = 100;

/// Each running paragraph once: pages hold their report for large screens and for small ones.
fn without_repeats<'a>(kept: &[&'a Block]) -> Vec<&'a Block> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut is_first = |block: &&'a Block| {
        if !matches!(block.form, Form::Paragraph | Form::Loose | Form::BlockQuote) {
            return true;
        }
        let name = block.text.key();
        name.len() < LEAST_REPEATED || seen.insert(name)
    };
    kept.iter().copied().filter(|block| is_first(block)).collect()
}

/// Takes out headings that head nothing: at the end, or right above a heading of the same or a higher level.
fn without_idle_headings<'a>(kept: &[&'a Block]) -> Vec<&'a Block> {
    let mut out: Vec<&Block> = Vec::new();
    let mut below: Option<Form> = None;
    for block in kept.iter().rev() {
        let idle = match (block.form, below) {
            (Form::Heading(_), None) => block.n_chars < 80,
            (Form::Heading(level), Some(Form::Heading(next))) => level >= next && block.n_chars < 80,
            _ => false,
        };
        if !idle {
            out.push(block);
            below = Some(block.form);
        }
    }
    out.reverse();
    out
}

/// The body that JSON-LD gives, where the page shows far less: its lines as paragraphs.
fn from_told(whole: &str, facts: &mut Facts) -> Body {
    facts.note("text-from-data", "The text is taken from the page's data; the page shows less of it.");
    let lines = whole.lines().map(str::trim).filter(|line| !line.is_empty());
    let texts: Vec<Passage> = lines.map(|line| line.to_owned().into()).collect();
    let keep = plain::clean(&texts.iter().collect::<Vec<_>>(), facts);
    let report: Vec<(ParagraphKind, &str)> = texts
        .iter()
        .zip(keep)
        .filter(|(_, keep)| *keep)
        .map(|(text, _)| (ParagraphKind::Text, &**text))
        .collect();
    Body::from_reports(&[report])
}

/// The entries of a live page: elements side by side, each with a heading, a time and text of its own, that together
/// hold most of what was kept. Fewer than two is none.
fn entries(dom: &Dom, kept: &[&Block], is_live: bool) -> Vec<usize> {
    // Each has a heading of its own.
    if kept.iter().filter(|block| matches!(block.form, Form::Heading(_))).count() < 2 {
        return Vec::new();
    }
    let n = dom.nodes.len();
    let (mut chars, mut headings, mut times) = (vec![0_usize; n], vec![0_usize; n], vec![0_usize; n]);
    for block in kept {
        match block.form {
            Form::Heading(_) => headings[block.first] += 1,
            _ => chars[block.first] += block.n_chars,
        }
    }
    for (idx, times) in times.iter_mut().enumerate() {
        let shown =
            matches!(&dom.nodes[idx].data, Data::Text(words) if crate::dates::is_time_line(words.trim()));
        *times = usize::from(dom.tag(idx) == Tag::Time || shown);
    }
    for idx in (1..n).rev() {
        let parent = dom.nodes[idx].parent;
        chars[parent] += chars[idx];
        headings[parent] += headings[idx];
        times[parent] += times[idx];
    }
    let total: usize = kept.iter().map(|block| block.n_chars).sum();
    let is_entry = |idx: usize| {
        matches!(dom.tag(idx), Tag::Article | Tag::Section | Tag::Div | Tag::Li)
            && chars[idx] >= 50
            && headings[idx] >= 1
            && (times[idx] >= 1 || is_live)
    };
    // Counted per parent: the parent whose entries hold most.
    let mut by_parent: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for idx in (1..n).filter(|idx| is_entry(*idx)) {
        by_parent.entry(dom.nodes[idx].parent).or_default().push(idx);
    }
    by_parent
        .into_values()
        .filter(|entries| {
            entries.len() >= 2 && entries.iter().map(|idx| chars[*idx]).sum::<usize>() * 2 >= total
        })
        .max_by_key(|entries| entries.len())
        .unwrap_or_default()
}

/// Paragraphs by report. What stands above the first entry belongs to it.
fn reports<'a>(dom: &Dom, kept: &[&'a Block], entries: &[usize]) -> Vec<Vec<(ParagraphKind, &'a str)>> {
    let mut reports: Vec<Vec<(ParagraphKind, &str)>> = vec![Vec::new()];
    let mut current = None;
    for block in kept {
        let entry = holder(dom, entries, block.first);
        if let Some(entry) = entry
            && current != Some(entry)
        {
            if current.is_some() {
                reports.push(Vec::new());
            }
            current = Some(entry);
        }
        let kind = match block.form {
            _ if block.is_embed => ParagraphKind::Embed,
            Form::Heading(_) => ParagraphKind::Heading,
            Form::ListItem => ParagraphKind::ListItem,
            Form::BlockQuote => ParagraphKind::BlockQuote,
            Form::Paragraph | Form::Loose | Form::Cell => ParagraphKind::Text,
        };
        if let Some(report) = reports.last_mut() {
            report.push((kind, &block.text));
        }
    }
    reports
}
