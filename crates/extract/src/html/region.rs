//! Which part of the page holds the report?
//!
//! Each block speaks for or against its surroundings; the element whose blocks sum up highest is the region. Names that
//! promise a body (`itemprop="articleBody"`, `class="article-body"`) go first where they keep their promise.

use super::blocks::{Block, Form, Says, says};
use super::dom::Dom;
use super::names::{Attr, Tag};

/// The elements that hold the report, in order: one, or the chunks of a body that is parted by name.
pub(crate) fn region(dom: &Dom, blocks: &[Block]) -> Vec<usize> {
    let scores = scores(dom, blocks);
    let best_sum = best(dom, &scores, 0);
    let Some(best_sum) = best_sum else { return Vec::new() };
    let named = named(dom, &scores, best_sum);
    let mut region = if named.is_empty() { vec![best_sum] } else { named };
    if let [one] = region[..] {
        region = vec![first_article(dom, &scores, one)];
    }
    region
}

/// The sum of what the blocks below each node say.
pub(crate) fn scores(dom: &Dom, blocks: &[Block]) -> Vec<f32> {
    let mut sums = vec![0.0_f32; dom.nodes.len()];
    for block in blocks {
        sums[block.first.min(dom.nodes.len() - 1)] += score(block);
    }
    for idx in (1..dom.nodes.len()).rev() {
        sums[dom.nodes[idx].parent] += sums[idx];
    }
    sums
}

/// What a block says for its surroundings, in characters: running text for, links and scraps against.
pub(crate) fn score(block: &Block) -> f32 {
    if block.is_cut || block.is_embed {
        return 0.0;
    }
    let n = block.n_chars as f32;
    let links = block.n_link_chars as f32 / n.max(1.0);
    match block.form {
        Form::Heading(_) => 0.0,
        _ if links > 0.5 => -30.0 - n.min(100.0) * 0.3,
        Form::Paragraph | Form::BlockQuote if n >= 40.0 => n * (1.0 - links),
        Form::Loose | Form::Cell
            if n >= 100.0 || (n >= 40.0 && links < 0.3 && block.text.ends_a_sentence()) =>
        {
            0.8 * n * (1.0 - 2.0 * links).max(0.0)
        }
        Form::ListItem if n >= 60.0 => 0.5 * n * (1.0 - 2.0 * links).max(0.0),
        Form::Paragraph => 0.0,
        _ => -15.0,
    }
}

/// The element from `from` down with the highest sum; the innermost of equals.
fn best(dom: &Dom, scores: &[f32], from: usize) -> Option<usize> {
    let mut best = None;
    let mut most = 0.0;
    for (idx, sum) in scores.iter().enumerate().take(dom.nodes[from].end).skip(from) {
        if !matches!(
            dom.tag(idx),
            Tag::Text | Tag::P | Tag::Span | Tag::A | Tag::B | Tag::I | Tag::Em | Tag::Strong | Tag::Li
        ) && *sum > 0.0
            && *sum >= most
        {
            (best, most) = (Some(idx), *sum);
        }
    }
    best
}

/// Elements that say by name that they hold the body, if they hold most of what the best region does.
fn named(dom: &Dom, scores: &[f32], best: usize) -> Vec<usize> {
    let total = scores[best];
    let claims = |idx: usize| {
        let property = dom
            .attr(idx, Attr::Itemprop)
            .is_some_and(|p| p.split_ascii_whitespace().any(|p| p == "articleBody"));
        property
            || (matches!(dom.tag(idx), Tag::Div | Tag::Section | Tag::Article | Tag::Main | Tag::Td)
                && matches!(says(dom, idx), Some((Says::Body, _))))
    };
    let mut outermost: Vec<usize> = Vec::new();
    for (idx, sum) in scores.iter().enumerate() {
        let inside = outermost.last().is_some_and(|last| idx < dom.nodes[*last].end);
        if !inside && *sum > 0.0 && claims(idx) {
            outermost.push(idx);
        }
    }
    if outermost.is_empty() {
        return outermost;
    }
    // Within the claimed, the innermost claim that keeps nearly all of it is the sharper one.
    let sharpen = |outer: usize| {
        (outer..dom.nodes[outer].end)
            .rev()
            .find(|idx| scores[*idx] >= 0.9 * scores[outer] && claims(*idx))
            .unwrap_or(outer)
    };
    let inside_best: Vec<usize> = outermost
        .iter()
        .copied()
        .filter(|idx| *idx >= best && *idx < dom.nodes[best].end)
        .map(sharpen)
        .collect();
    let kept: f32 = inside_best.iter().map(|idx| scores[*idx]).sum();
    if kept >= 0.7 * total {
        return inside_best;
    }
    match outermost
        .iter()
        .copied()
        .find(|idx| best >= *idx && best < dom.nodes[*idx].end && scores[*idx] >= 0.7 * total)
    {
        Some(around) => vec![around],
        None => Vec::new(),
    }
}

/// If the region holds several articles of size, the first one, unless they are the entries of a live page (which
/// are told later and need the whole).
fn first_article(dom: &Dom, scores: &[f32], region: usize) -> usize {
    let mut articles: Vec<usize> = Vec::new();
    for (idx, score) in scores.iter().enumerate().take(dom.nodes[region].end).skip(region + 1) {
        let inside = articles.last().is_some_and(|last| idx < dom.nodes[*last].end);
        if !inside && dom.tag(idx) == Tag::Article && *score > 200.0 {
            articles.push(idx);
        }
    }
    let has_h1 = |idx: usize| (idx..dom.nodes[idx].end).any(|node| dom.tag(node) == Tag::H1);
    let with_title: Vec<usize> = articles.iter().copied().filter(|idx| has_h1(*idx)).collect();
    match with_title[..] {
        [one] if scores[one] >= 0.3 * scores[region] => one,
        [first, _, ..] => first,
        _ => region,
    }
}
