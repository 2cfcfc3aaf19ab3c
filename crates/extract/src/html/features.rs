//! What is known of a block, as numbers?
//!
//! The learned filter (`filter`) reads a block as a row of numbers: its words and marks, its element and those around it,
//! its place on the page, its neighbours, and what the rules make of it.

use super::blocks::{Block, Form, Says, says};
use super::body::Windows;
use super::dom::Dom;
use super::meta::Told;
use super::names::{Attr, Tag};
use super::{region, words};
use crate::credit;
use crate::furniture::{self, Scope};
use std::collections::HashMap;

/// What the rules made of the page's blocks, and where things stand.
pub(crate) struct Ruled<'a> {
    /// The elements that hold the report.
    pub(crate) region: &'a [usize],
    /// Per block: it has the form of a part of the report, and stands in its region.
    pub(crate) kept: &'a [bool],
    /// Per block: it is left when its words were asked too.
    pub(crate) left: &'a [bool],
    /// The title, as it is shown.
    pub(crate) title: &'a str,
    /// The body that JSON-LD gives, letters and digits alone.
    pub(crate) told_body: &'a Windows,
    /// What the page says of itself.
    pub(crate) told: &'a Told,
}

/// The page's blocks as rows of numbers, all of one length.
pub(crate) struct Rows {
    /// One row a block; an empty one for blocks that are not worth a look.
    pub(crate) rows: Vec<Vec<f32>>,
    /// The block-level element that each block stands in.
    pub(crate) elements: Vec<usize>,
    /// A number for each way of standing on the page: the names of the element and of its parent.
    pub(crate) groups: Vec<usize>,
}

/// Sums over the blocks below a node, or in a group.
#[derive(Clone, Copy, Default)]
struct Sum {
    n: f32,
    n_long: f32,
    chars: f32,
    links: f32,
    kept: f32,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.n += other.n;
        self.n_long += other.n_long;
        self.chars += other.chars;
        self.links += other.links;
        self.kept += other.kept;
    }

    fn of(block: &Block, kept: bool) -> Sum {
        let chars = block.n_chars as f32;
        Sum {
            n: 1.0,
            n_long: f32::from(u8::from(is_long(block))),
            chars,
            links: block.n_link_chars as f32,
            kept: if kept { chars } else { 0.0 },
        }
    }
}

/// Whether a block may be part of the report at all: not a short link outside the region.
fn is_worth(block: &Block, is_kept: bool, is_in_region: bool) -> bool {
    is_kept || is_in_region || block.n_chars >= 60 || block.n_link_chars * 5 <= block.n_chars * 4
}

fn is_long(block: &Block) -> bool {
    block.n_chars >= 80 && block.n_link_chars * 2 < block.n_chars
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The names of the columns, in the order of [`rows`].
pub(crate) const COLUMNS: &[&str] = &[
    "chars",
    "words",
    "links",
    "stops",
    "commas",
    "sentence",
    "upper_first",
    "digits",
    "uppers",
    "word_len",
    "marks",
    "quotation",
    "colon",
    "dots",
    "bullet",
    "odd",
    "furniture",
    "scope",
    "date_line",
    "credit",
    "byline",
    "title_like",
    "form",
    "heading",
    "tag",
    "depth",
    "article",
    "main",
    "aside",
    "nav",
    "footer",
    "header",
    "figure",
    "table",
    "list",
    "blockquote",
    "form_el",
    "is_cut",
    "is_embed",
    "cut_at",
    "body_at",
    "article_body",
    "in_region",
    "at_region",
    "from_region_start",
    "to_region_end",
    "at_blocks",
    "at_chars",
    "after_title",
    "kept",
    "left",
    "in_told",
    "has_told",
    "like_title",
    "like_description",
    "repeats",
    "heading_at",
    "heading_furniture",
    "heading_left",
    "page_blocks",
    "page_chars",
    "region_share",
    "is_live",
    "p1_chars",
    "p1_links",
    "p1_n",
    "p1_long",
    "p1_kept",
    "p2_chars",
    "p2_links",
    "p2_n",
    "p2_long",
    "p2_kept",
    "p3_chars",
    "p3_links",
    "p3_n",
    "p3_long",
    "p3_kept",
    "group_n",
    "group_chars",
    "group_links",
    "group_kept",
    "group_long",
    "p1_score",
    "p2_score",
    "self_score",
    "kids",
    "a1_chars",
    "a1_links",
    "a1_form",
    "a1_furniture",
    "a1_same",
    "a1_left",
    "a1_sentence",
    "a2_chars",
    "a2_links",
    "a2_form",
    "a2_furniture",
    "a2_same",
    "a2_left",
    "a2_sentence",
    "b1_chars",
    "b1_links",
    "b1_form",
    "b1_furniture",
    "b1_same",
    "b1_left",
    "b1_sentence",
    "b2_chars",
    "b2_links",
    "b2_form",
    "b2_furniture",
    "b2_same",
    "b2_left",
    "b2_sentence",
];

/// Room for what `filter` adds to a row.
const MORE_COLUMNS: usize = 32;

/// The rows of a page's blocks.
pub(crate) fn rows(dom: &Dom, blocks: &[Block], ruled: &Ruled) -> Rows {
    let around = Around::of(dom);
    let elements: Vec<usize> = blocks.iter().map(|block| element(dom, block.first)).collect();
    let (by_node, best) = by_node(dom, blocks, &elements, ruled.kept);
    let scores = region::scores(dom, blocks);
    let best_score = scores.iter().copied().fold(1.0_f32, f32::max);
    let mut names: HashMap<[(Tag, Option<&str>); 2], usize> = HashMap::new();
    let groups: Vec<usize> = elements
        .iter()
        .map(|idx| {
            let above = dom.nodes[*idx].parent;
            let name = [*idx, above].map(|idx| (dom.tag(idx), dom.attr(idx, Attr::Class)));
            let n = names.len();
            *names.entry(name).or_insert(n)
        })
        .collect();
    let mut by_group = vec![Sum::default(); names.len()];
    for ((block, group), kept) in blocks.iter().zip(&groups).zip(ruled.kept) {
        by_group[*group].add(Sum::of(block, *kept));
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    for block in blocks {
        *times.entry(block.text.key()).or_default() += 1;
    }
    let title = word_set(ruled.title);
    let described = ruled.told.descriptions.iter().map(|text| word_set(text)).collect::<Vec<_>>();
    let in_region: Vec<Option<usize>> =
        blocks.iter().map(|block| super::body::holder(dom, ruled.region, block.first)).collect();
    let worth: Vec<bool> = blocks
        .iter()
        .zip(ruled.kept)
        .zip(&in_region)
        .map(|((block, kept), region)| is_worth(block, *kept, region.is_some()))
        .collect();
    // The words of a line cost most: only those of blocks that a row tells of are asked.
    let found: Vec<Option<furniture::Match>> = blocks
        .iter()
        .enumerate()
        .map(|(idx, block)| {
            let near = &worth[idx.saturating_sub(2)..(idx + 3).min(worth.len())];
            let asked = near.contains(&true) || matches!(block.form, Form::Heading(_));
            asked.then(|| block.text.furniture()).flatten()
        })
        .collect();
    let first_in = in_region.iter().position(Option::is_some).unwrap_or(0);
    let last_in = in_region.iter().rposition(Option::is_some).unwrap_or(0);
    let total: f32 = blocks.iter().map(|block| block.n_chars as f32).sum();
    let region_chars: f32 =
        blocks.iter().zip(&in_region).filter(|(_, r)| r.is_some()).map(|(b, _)| b.n_chars as f32).sum();
    let title_at = ruled.told.title_node.map(|node| blocks.partition_point(|block| block.first < node));
    let (mut chars_before, mut region_before) = (0.0_f32, 0.0_f32);
    let mut heading: Option<usize> = None;
    let mut rows: Vec<Vec<f32>> = Vec::with_capacity(blocks.len());
    for (idx, block) in blocks.iter().enumerate() {
        let mut row: Vec<f32> = Vec::new();
        if worth[idx] {
            row.reserve(COLUMNS.len() + MORE_COLUMNS);
            text_columns(block, found[idx], &mut row);
            let own = elements[idx];
            let place = around.of_node(own);
            let is_asked = block.text.len() <= 600 && !(title.is_empty() && described.is_empty());
            let own_words = if is_asked { word_set(&block.text) } else { Vec::new() };
            row.extend([
                form_code(block.form),
                if let Form::Heading(level) = block.form { f32::from(level) } else { 0.0 },
                tag_code(dom.tag(own)),
                f32::from(place.depth),
            ]);
            row.extend((0..11).map(|bit| flag(place.inside & (1 << bit) != 0)));
            row.extend([
                flag(block.is_cut),
                flag(block.is_embed),
                f32::from(place.cut_at),
                f32::from(place.body_at),
                flag(place.in_article_body),
                flag(in_region[idx].is_some()),
                share(region_before, region_chars),
                idx as f32 - first_in as f32,
                last_in as f32 - idx as f32,
                share(idx as f32, blocks.len() as f32),
                share(chars_before, total),
                title_at.map_or(0.0, |at| idx as f32 - at as f32),
                flag(ruled.kept[idx]),
                flag(ruled.left[idx]),
                flag(ruled.told_body.hold(block.text.key())),
                flag(!ruled.told_body.is_empty()),
                likeness(&title, &own_words),
                described.iter().map(|words| likeness(words, &own_words)).fold(0.0, f32::max),
                times.get(block.text.key()).map_or(1.0, |n| *n as f32),
                heading.map_or(99.0, |at| (idx - at) as f32),
                heading.map_or(0.0, |at| kind_code(found[at])),
                heading.map_or(0.0, |at| flag(ruled.left[at])),
                blocks.len() as f32,
                total,
                share(region_chars, total),
                flag(ruled.told.is_live),
            ]);
            let mut above = own;
            for _ in 0..3 {
                above = dom.nodes[above].parent;
                let sum = by_node[above];
                row.extend([
                    sum.chars,
                    share(sum.links, sum.chars),
                    sum.n,
                    sum.n_long,
                    share(sum.kept, best),
                ]);
            }
            let group = by_group[groups[idx]];
            let parent = dom.nodes[own].parent;
            row.extend([
                group.n,
                group.chars,
                share(group.links, group.chars),
                share(group.kept, group.chars),
                share(group.n_long, group.n),
                scores[parent] / best_score,
                scores[dom.nodes[parent].parent] / best_score,
                region::score(block),
                by_node[own].n,
            ]);
            for away in [-1_isize, -2, 1, 2] {
                let other = idx.checked_add_signed(away).filter(|other| *other < blocks.len());
                side_columns(other, blocks, &found, &elements, dom, parent, ruled.left, &mut row);
            }
            debug_assert_eq!(row.len(), COLUMNS.len());
        }
        rows.push(row);
        chars_before += block.n_chars as f32;
        region_before += if in_region[idx].is_some() { block.n_chars as f32 } else { 0.0 };
        if matches!(block.form, Form::Heading(_)) {
            heading = Some(idx);
        }
    }
    Rows { rows, elements, groups }
}

/// What the text itself shows.
fn text_columns(block: &Block, found: Option<furniture::Match>, row: &mut Vec<f32>) {
    let text = &*block.text;
    let (mut stops, mut commas, mut digits, mut uppers, mut letters, mut marks) = (0, 0, 0, 0, 0, 0);
    for c in text.chars() {
        match c {
            '.' | '!' | '?' | '。' | '！' | '？' | '।' | '؟' => stops += 1,
            ',' | '，' | '、' | ';' | '،' => commas += 1,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => marks += 1,
            c if c.is_ascii_digit() => digits += 1,
            c if c.is_alphabetic() => {
                letters += 1;
                uppers += usize::from(c.is_uppercase());
            }
            _ => {}
        }
    }
    let n = block.n_chars.max(1) as f32;
    let n_words = text.split_ascii_whitespace().count();
    let first = text.chars().find(|c| c.is_alphanumeric());
    let short = text.len() <= 400;
    row.extend([
        n,
        n_words as f32,
        block.n_link_chars as f32 / n,
        stops as f32,
        commas as f32,
        flag(block.text.ends_a_sentence()),
        first.map_or(2.0, |c| {
            if c.is_uppercase() {
                1.0
            } else if c.is_numeric() {
                3.0
            } else {
                0.0
            }
        }),
        digits as f32 / n,
        share(uppers as f32, letters as f32),
        n / n_words.max(1) as f32,
        marks as f32,
        flag(block.text.has_quotation()),
        flag(text.ends_with(':')),
        flag(text.ends_with("...") || text.ends_with('…')),
        flag(text.starts_with(['-', '–', '—', '•', '*', '·', '►', '»', '>', '|', '▶', '→'])),
        flag(text.contains(['©', '@', '|', '→', '›']) || text.contains("http") || text.contains("www.")),
        kind_code(found),
        found.map_or(0.0, |found| match found.scope {
            Scope::Line => 1.0,
            Scope::Head => 2.0,
            Scope::TailLine => 3.0,
            Scope::List => 4.0,
            Scope::Rest => 5.0,
            Scope::Tail => 6.0,
        }),
        flag(short && block.text.date_line().is_some()),
        flag(short && (block.text.credit_line().is_some() || credit::closing_line(text).is_some())),
        flag(short && text.len() <= 160 && credit::byline(text).is_some()),
        flag(short && crate::plain::is_title_like(text)),
    ]);
}

/// What stands beside a block.
#[allow(clippy::too_many_arguments, reason = "one place, and each is another list of the page")]
fn side_columns(
    other: Option<usize>,
    blocks: &[Block],
    found: &[Option<furniture::Match>],
    elements: &[usize],
    dom: &Dom,
    parent: usize,
    left: &[bool],
    row: &mut Vec<f32>,
) {
    let Some(other) = other else {
        row.extend([-1.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0]);
        return;
    };
    let block = &blocks[other];
    row.extend([
        block.n_chars as f32,
        share(block.n_link_chars as f32, block.n_chars as f32),
        form_code(block.form),
        kind_code(found[other]),
        flag(dom.nodes[elements[other]].parent == parent),
        flag(left[other]),
        flag(block.text.ends_a_sentence()),
    ]);
}

fn form_code(form: Form) -> f32 {
    match form {
        Form::Paragraph => 0.0,
        Form::Loose => 1.0,
        Form::Heading(_) => 2.0,
        Form::ListItem => 3.0,
        Form::BlockQuote => 4.0,
        Form::Cell => 5.0,
    }
}

fn kind_code(found: Option<furniture::Match>) -> f32 {
    const KINDS: &[&str] = &[
        "appeal",
        "author-note",
        "byline",
        "caption",
        "comments",
        "consent",
        "contact",
        "corrected",
        "newsletter",
        "paywall",
        "related",
        "rights",
        "section",
        "share",
        "tags",
        "update",
    ];
    found.map_or(0.0, |found| {
        KINDS.iter().position(|kind| *kind == found.kind).map_or(99.0, |at| at as f32 + 1.0)
    })
}

fn tag_code(tag: Tag) -> f32 {
    const TAGS: &[Tag] = &[
        Tag::P,
        Tag::Div,
        Tag::Li,
        Tag::Td,
        Tag::Section,
        Tag::Article,
        Tag::H1,
        Tag::H2,
        Tag::H3,
        Tag::H4,
        Tag::H5,
        Tag::H6,
        Tag::Figcaption,
        Tag::Blockquote,
        Tag::Dd,
        Tag::Dt,
        Tag::Header,
        Tag::Footer,
        Tag::Aside,
        Tag::Pre,
        Tag::Th,
        Tag::Address,
        Tag::Center,
    ];
    TAGS.iter().position(|known| *known == tag).map_or(0.0, |at| at as f32 + 1.0)
}

/// The block-level element that a node stands in.
fn element(dom: &Dom, node: usize) -> usize {
    let mut idx = dom.nodes[node].parent;
    while idx > 0 && !dom.tag(idx).is_block() {
        idx = dom.nodes[idx].parent;
    }
    idx
}

/// Sums below each node, and the most kept text that an element other than the frame holds.
fn by_node(dom: &Dom, blocks: &[Block], elements: &[usize], kept: &[bool]) -> (Vec<Sum>, f32) {
    let mut sums = vec![Sum::default(); dom.nodes.len()];
    for ((block, element), kept) in blocks.iter().zip(elements).zip(kept) {
        sums[*element].add(Sum::of(block, *kept));
    }
    for idx in (1..dom.nodes.len()).rev() {
        let sum = sums[idx];
        sums[dom.nodes[idx].parent].add(sum);
    }
    let best = sums.first().map_or(1.0, |sum| sum.kept).max(1.0);
    (sums, best)
}

/// What stands around each node.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: u8,
    inside: u16,
    cut_at: u8,
    body_at: u8,
    in_article_body: bool,
}

struct Around {
    places: Vec<Place>,
}

impl Around {
    fn of(dom: &Dom) -> Around {
        const FAR: u8 = 99;
        let mut places: Vec<Place> = Vec::with_capacity(dom.nodes.len());
        for idx in 0..dom.nodes.len() {
            let up = match idx {
                0 => Place { cut_at: FAR, body_at: FAR, ..Place::default() },
                _ => places[dom.nodes[idx].parent],
            };
            let tag = dom.tag(idx);
            if !tag.is_block() {
                places.push(up);
                continue;
            }
            let says = says(dom, idx).map(|(says, _)| says);
            let next = |at: u8| if at == FAR { FAR } else { (at + 1).min(FAR - 1) };
            places.push(Place {
                depth: up.depth.saturating_add(1),
                inside: up.inside | bit(tag),
                cut_at: if says == Some(Says::Cut) { 0 } else { next(up.cut_at) },
                body_at: if says == Some(Says::Body) { 0 } else { next(up.body_at) },
                in_article_body: up.in_article_body
                    || dom.attr(idx, Attr::Itemprop).is_some_and(|p| p.contains("articleBody")),
            });
        }
        Around { places }
    }

    fn of_node(&self, idx: usize) -> Place {
        self.places.get(idx).copied().unwrap_or_default()
    }
}

fn bit(tag: Tag) -> u16 {
    let at = match tag {
        Tag::Article => 0,
        Tag::Main => 1,
        Tag::Aside => 2,
        Tag::Nav => 3,
        Tag::Footer => 4,
        Tag::Header => 5,
        Tag::Figure | Tag::Figcaption | Tag::Picture => 6,
        Tag::Table => 7,
        Tag::Ul | Tag::Ol | Tag::Menu => 8,
        Tag::Blockquote => 9,
        Tag::Form => 10,
        _ => return 0,
    };
    1 << at
}

/// The words of a text, sorted.
fn word_set(text: &str) -> Vec<u32> {
    let mut words: Vec<u32> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| words::hash_lower(0, word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many of a text's words are among some, if the text is of a like length.
fn likeness(words: &[u32], own: &[u32]) -> f32 {
    if words.is_empty() || own.is_empty() {
        return 0.0;
    }
    let shared = own.iter().filter(|word| words.binary_search(word).is_ok()).count();
    2.0 * shared as f32 / (own.len() + words.len()) as f32
}
