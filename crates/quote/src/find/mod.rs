//! Where are the attributions? Spans of source, cue and content, with kind and confidence.
//!
//! What the layout ascribes is taken first ([`layout`]). Paragraphs become tokens ([`token`]), tagged ([`tag`]) and
//! put together as words, items and units ([`seen`]). A trained reader tells attributions of the words ([`read`]);
//! rules that are certain put them right ([`attribute`]), and each is told how sure it is ([`sure`]). Start with
//! [`attributions`].

mod aside;
mod attribute;
mod direct;
mod draft;
mod form;
mod headline;
pub(crate) mod language;
mod layout;
mod lost;
mod models;
mod read;
mod seen;
mod sift;
mod sure;
mod tag;
mod token;
#[cfg(feature = "train")]
pub mod train;
mod words;

use self::language::{Language, language};
use crate::marks::{self, Marked};
pub(crate) use attribute::ENOUGH;
use draft::Draft;
pub(crate) use models::reader;
use onrecord_terms::{Article, Kind, Note, Paragraph, ParagraphKind, Place, Quote, Span};
pub use read::{BadReader, Reader};
use seen::Seen;
use std::collections::BTreeMap;
use std::ops::Range;

/// Confidence of what the layout ascribes. A choice: on PolNeAR dev 33 of 33 are attributions, but those are
/// transcripts of a few debates, and other pages are set in other ways.
const LAID: f32 = 0.9;

/// Confidence of what says nothing ([`sift::is_hollow`]): it helps to tell speakers and is dropped then.
const HOLLOW: f32 = 0.01;

/// Confidence of words in marks in a language whose cues are not known.
const BY_MARKS: f32 = 0.5;

/// Every attribution in the headline and the text, in order.
pub(crate) fn attributions(reader: &Reader, article: &Article, notes: &mut Vec<Note>) -> Vec<Quote> {
    let title = [Paragraph {
        span: Span::of(article.headline(), article.headline().trim())
            .unwrap_or_else(|| empty(article.headline())),
        kind: ParagraphKind::Heading,
    }];
    let title = if title[0].span.is_empty() { &[][..] } else { &title[..] };
    let language = language(article);
    if let Language::Other(lang) = language {
        notes.push(Note::new("language-not-known", language::describe(lang)));
    }
    let title_marked = stretches(article.headline(), title);
    let marked = stretches(article.text(), article.body.paragraphs());
    lost::notes(article.text(), &marked, notes);
    headline::notes(article, &title_marked, notes);
    let mut quotes = Vec::new();
    for (place, paragraphs, marked) in
        [(Place::Title, title, title_marked), (Place::Text, article.body.paragraphs(), marked)]
    {
        let found = match language {
            Language::English => english(reader, place.text(article), paragraphs, marked),
            Language::Other(_) => by_marks(place.text(article), &marked),
        };
        quotes.extend(found.into_iter().filter_map(|found| quote(article, place, found)));
    }
    quotes
}

fn empty(text: &str) -> Span {
    // The empty span at the start fits every text.
    Span::of(text, &text[..0]).expect("the empty slice of a text lies in it")
}

/// Words in marks, those without a closing mark cut back; blocks set apart as quotations count as marked.
fn stretches(text: &str, paragraphs: &[Paragraph]) -> Vec<Marked> {
    let spans: Vec<Span> = paragraphs.iter().map(|p| p.span).collect();
    let mut marked = marks::marked(text, &spans);
    lost::cut(text, &mut marked);
    let mut filled = vec![false; paragraphs.len()];
    marked.iter().for_each(|m| filled[m.paragraph] = true);
    let blocks =
        paragraphs.iter().enumerate().filter(|(idx, p)| p.kind == ParagraphKind::BlockQuote && !filled[*idx]);
    let blocks: Vec<Marked> = blocks
        .map(|(idx, p)| Marked {
            span: p.span,
            inner: p.span,
            paragraph: idx,
            open_lost: false,
            close_lost: false,
            goes_on: idx > 0 && paragraphs[idx - 1].kind == ParagraphKind::BlockQuote && !filled[idx - 1],
        })
        .collect();
    if !blocks.is_empty() {
        marked.extend(blocks);
        marked.sort_by_key(|m| m.span);
    }
    marked
}

/// An attribution as found, in bytes of its text.
struct Found {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    kind: Kind,
    sentence: Option<Span>,
    confidence: f32,
}

/// The attributions of an English text, in order.
fn english(reader: &Reader, text: &str, paragraphs: &[Paragraph], marked: Vec<Marked>) -> Vec<Found> {
    let laid = layout::laid(text, paragraphs, &marked);
    let covers: Vec<Span> = laid.iter().map(layout::Laid::cover).collect();
    let rest = layout::without(text, paragraphs, &covers);
    let habits = habits(text, &marked);
    let seen = seen::seen(text, &rest, marked, models::tagger());
    let mut found: Vec<Found> = laid
        .into_iter()
        .map(|laid| Found {
            kind: Kind::Direct,
            sentence: None,
            confidence: LAID,
            source: vec![laid.source],
            cue: vec![laid.cue],
            content: laid.content,
        })
        .collect();
    let drafts = attribute::attributions(reader, &seen);
    found.extend(drafts.iter().map(|draft| take(&seen, draft, &habits)));
    found.sort_by_key(|found| found.source.iter().chain(&found.cue).chain(&found.content).min().copied());
    found
}

/// The quotes of a text in another language.
fn by_marks(text: &str, marked: &[Marked]) -> Vec<Found> {
    let found = direct::by_marks(text, marked).into_iter().map(|content| Found {
        source: Vec::new(),
        cue: Vec::new(),
        content,
        kind: Kind::Direct,
        sentence: None,
        confidence: BY_MARKS,
    });
    found.collect()
}

/// Single words that the article sets in marks wherever it writes them: its habit, nobody's words.
fn habits(text: &str, marked: &[Marked]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in
        marked.iter().map(|m| m.inner.slice(text).trim()).filter(|word| !word.contains(char::is_whitespace))
    {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| *n >= 3).map(|(word, _)| word).collect()
}

/// A draft in bytes.
fn take(seen: &Seen<'_>, draft: &Draft, habits: &[String]) -> Found {
    let span = |range: &Range<usize>| -> Option<Span> {
        let first = seen.items.get(range.start).filter(|_| !range.is_empty())?;
        let last = seen.items.get(range.end.checked_sub(1)?)?;
        Span::new(seen.text, first.start, last.end).ok()
    };
    let items = || draft.content.iter().cloned().flatten().filter_map(|idx| seen.items.get(idx));
    let words = |item: &seen::Item| {
        item.marked.and_then(|m| seen.marked.get(m)).map(|m| m.inner.slice(seen.text).trim())
    };
    let is_quoted = |item: &seen::Item| words(item).is_some_and(|w| !habits.contains(&w.to_lowercase()));
    let is_sign = |item: &seen::Item| item.marked.is_none() && item.form.shape & form::SIGN != 0;
    let quoted = items().filter(|item| is_quoted(item)).count();
    let all = items().all(|item| is_quoted(item) || is_sign(item));
    // One word in marks is a word of theirs in the outlet's sentence.
    let one_word = quoted == 1
        && items()
            .filter(|item| is_quoted(item))
            .all(|item| words(item).is_some_and(|w| !w.contains(char::is_whitespace)));
    let kind = match (quoted, all) {
        (0, _) => Kind::Indirect,
        (_, true) if !one_word => Kind::Direct,
        _ => Kind::Mixed,
    };
    let ranges = || draft.ranges().flatten();
    let sentences = ranges().filter_map(|idx| seen.sentences.get(seen.items.get(idx)?.sentence)).copied();
    Found {
        source: draft.source.iter().filter_map(span).collect(),
        cue: span(&draft.cue).into_iter().collect(),
        content: draft.content.iter().filter_map(span).collect(),
        kind,
        sentence: sentences.reduce(Span::cover),
        confidence: if sift::is_hollow(&seen.items, draft) { HOLLOW } else { draft.probability },
    }
}

fn quote(article: &Article, place: Place, found: Found) -> Option<Quote> {
    let mut quote = Quote::new(article, place, found.kind, found.source, found.cue, found.content).ok()?;
    if let Some(sentence) = found.sentence {
        quote = quote.in_sentence(article, sentence);
    }
    quote.confidence = found.confidence.clamp(0.0, 1.0);
    Some(quote)
}
