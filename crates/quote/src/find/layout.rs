//! What does the layout ascribe? Speakers set before a colon, or behind a dash, without any verb.
//!
//! `RUIZ: We wait.`, `Q: When?`, `“We wait.” — Ana Ruiz`. What is found here is taken out of the text before the
//! models look at it.

use crate::marks::Marked;
use onrecord_terms::{Paragraph, ParagraphKind, Span};
use std::collections::BTreeMap;

/// An attribution by layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) source: Span,
    pub(crate) cue: Span,
    pub(crate) content: Vec<Span>,
}

impl Laid {
    /// All that it covers.
    pub(crate) fn cover(&self) -> Span {
        self.content.iter().fold(self.source.cover(self.cue), |all, span| all.cover(*span))
    }
}

/// Labels that name no speaker.
const NO_SPEAKER: &[&str] = &[
    "also",
    "background",
    "breaking",
    "caption",
    "clarification",
    "contact",
    "correction",
    "date",
    "editor",
    "editor's note",
    "editor’s note",
    "exclusive",
    "file",
    "image",
    "more",
    "more from",
    "note",
    "opinion",
    "photo",
    "photos",
    "read",
    "read also",
    "read more",
    "related",
    "see also",
    "source",
    "sources",
    "story",
    "tags",
    "topics",
    "update",
    "updated",
    "video",
    "warning",
    "watch",
    "where",
    "when",
    "what",
    "who",
    "why",
    "how",
];

/// Words of a label that need no capital.
const SMALL_WORDS: &[&str] =
    &["of", "de", "la", "le", "van", "von", "der", "den", "al", "bin", "ibn", "the", "da", "di", "and"];

/// Everything the layout ascribes, in order.
pub(crate) fn laid(text: &str, paragraphs: &[Paragraph], marked: &[Marked]) -> Vec<Laid> {
    let mut found = labelled(text, paragraphs);
    found.extend(paragraphs.iter().filter_map(|paragraph| headed(text, paragraph, marked)));
    let lines: Vec<Span> = found.iter().map(Laid::cover).collect();
    found.extend(signed(text, paragraphs, marked).into_iter().filter(|laid| {
        let cover = laid.cover();
        let at = lines.partition_point(|line| line.end() <= cover.start());
        !lines.get(at).is_some_and(|line| line.overlaps(cover))
    }));
    found.sort_by_key(|laid| laid.cover());
    found
}

/// A heading of a name, a colon and words in marks: "Lind: ‘The walls will hold’".
fn headed(text: &str, paragraph: &Paragraph, marked: &[Marked]) -> Option<Laid> {
    if paragraph.kind != ParagraphKind::Heading {
        return None;
    }
    let (_, laid) = label(text, paragraph.span.slice(text))?;
    let content = laid.content.first()?;
    marked.binary_search_by_key(content, |stretch| stretch.span).is_ok().then_some(laid)
}

/// Lines that begin with a speaker and a colon, where the article has several of them.
fn labelled(text: &str, paragraphs: &[Paragraph]) -> Vec<Laid> {
    let mut lines: Vec<(String, Laid)> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for paragraph in paragraphs.iter().filter(|p| p.kind != ParagraphKind::Heading) {
        for line in paragraph.span.slice(text).split('\n') {
            if let Some((label, laid)) = label(text, line) {
                *counts.entry(label.clone()).or_default() += 1;
                lines.push((label, laid));
            }
        }
    }
    let dialogue = lines.len() >= 3 && counts.len() >= 2 && counts.values().any(|n| *n >= 2);
    let asked = counts.contains_key("q") && counts.contains_key("a");
    if !dialogue && !asked {
        return Vec::new();
    }
    let known = |label: &str| counts.get(label).is_some_and(|n| *n >= 2) || asked || label.len() <= 12;
    lines.into_iter().filter(|(label, _)| known(label)).map(|(_, laid)| laid).collect()
}

/// The label of a line, in lower case, with what it ascribes.
fn label(text: &str, line: &str) -> Option<(String, Laid)> {
    let opened = line.trim_start().trim_start_matches(['"', '“', '”', '\'', '‘', '*', '•']).trim_start();
    let at = opened.char_indices().take(48).find(|(_, c)| *c == ':')?.0;
    let (name, rest) = (opened[..at].trim_end(), &opened[at + 1..]);
    let content = rest.trim();
    let words = || name.split_whitespace();
    let lower = name.to_lowercase();
    let is_name = words().count() <= 5
        && words().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '['))
                || SMALL_WORDS.contains(&word)
        })
        && name.starts_with(char::is_uppercase)
        && !name.contains(['.', '?', '!', ';', '"', '“'])
        || matches!(name, "Q" | "A");
    if !is_name || !rest.starts_with(char::is_whitespace) || NO_SPEAKER.contains(&lower.as_str()) {
        return None;
    }
    // A line wholly in marks: the marks belong to the page, not to the words.
    let content = match line.trim_start().starts_with(opened) {
        true => content,
        false => content.trim_end_matches(['"', '”', '’', '\'']),
    };
    let colon = &opened[at..at + 1];
    if !content.contains(char::is_alphanumeric) {
        return None;
    }
    let laid = Laid {
        source: Span::of(text, name)?,
        cue: Span::of(text, colon)?,
        content: vec![Span::of(text, content)?],
    };
    Some((lower, laid))
}

/// Words in marks with a dash and a name behind them.
fn signed(text: &str, paragraphs: &[Paragraph], marked: &[Marked]) -> Vec<Laid> {
    let mut found = Vec::new();
    for (idx, stretch) in marked.iter().enumerate() {
        let next = marked.get(idx + 1).map_or(text.len(), |next| next.span.start());
        let Some(rest) = text.get(stretch.span.end()..next) else { continue };
        if stretch.inner.slice(text).split_whitespace().nth(3).is_none() || !begins_line(text, stretch) {
            continue;
        }
        let Some(dash) = dash(rest) else { continue };
        let after = &rest[dash.len() + (dash.as_ptr() as usize - rest.as_ptr() as usize)..];
        let line = after.trim_start().split('\n').next().unwrap_or_default().trim_end();
        let Some(name) = name(line) else { continue };
        let same = paragraphs.get(stretch.paragraph).is_some_and(|p| p.span.contains(stretch.span));
        let mut first = idx;
        while marked[first].goes_on && first > 0 {
            first -= 1;
        }
        let content = marked[first..=idx].iter().map(|m| m.span).collect();
        if let (true, Some(source), Some(cue)) = (same, Span::of(text, name), Span::of(text, dash)) {
            found.push(Laid { source, cue, content });
        }
    }
    found
}

/// Whether words in marks begin their line, or stand right behind a signature.
fn begins_line(text: &str, stretch: &Marked) -> bool {
    let before = text.get(..stretch.span.start()).unwrap_or_default();
    let before = before.trim_end_matches([' ', '\u{a0}', '\t']);
    before.is_empty() || before.ends_with('\n')
}

/// The dash that a rest begins with, after a stop or blanks at most.
fn dash(rest: &str) -> Option<&str> {
    let from = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '.').len();
    let tail = &rest[from..];
    let dash = ["—", "―", "–", "--", "- ", "~ "].iter().find(|dash| tail.starts_with(**dash))?;
    Some(tail[..dash.len()].trim_end())
}

/// The name that a signature holds: capitalised words, with a role behind a comma.
fn name(line: &str) -> Option<&str> {
    // A post: its author's handle, with the date behind it.
    let handle = line.find("(@").and_then(|at| line[at..].find(')').map(|end| at + end + 1));
    let line = line[..handle.unwrap_or(line.len())].trim_end_matches(['.', ' ', '\u{a0}']);
    let mut words = 0;
    let head = line.split(',').next().unwrap_or_default();
    for word in head.split_whitespace() {
        words += 1;
        if !word.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '@')
            && !SMALL_WORDS.contains(&word)
        {
            return None;
        }
    }
    let fits = (1..=6).contains(&words) && head.starts_with(|c: char| c.is_uppercase() || c == '@');
    (fits && line.split_whitespace().count() <= 14).then_some(line)
}

/// The paragraphs without what the layout took.
pub(crate) fn without(text: &str, paragraphs: &[Paragraph], taken: &[Span]) -> Vec<Paragraph> {
    let mut left = Vec::with_capacity(paragraphs.len());
    let mut next = 0;
    for paragraph in paragraphs {
        let mut start = paragraph.span.start();
        while next < taken.len() && taken[next].end() <= start {
            next += 1;
        }
        let mut at = next;
        while at < taken.len() && taken[at].start() < paragraph.span.end() {
            push(text, start, taken[at].start(), paragraph.kind, &mut left);
            start = taken[at].end();
            at += 1;
        }
        push(text, start, paragraph.span.end(), paragraph.kind, &mut left);
    }
    left
}

fn push(text: &str, start: usize, end: usize, kind: ParagraphKind, left: &mut Vec<Paragraph>) {
    if let Ok(span) = Span::new(text, start, end) {
        let span = span.trimmed(text);
        if span.slice(text).contains(char::is_alphanumeric) {
            left.push(Paragraph { span, kind });
        }
    }
}
