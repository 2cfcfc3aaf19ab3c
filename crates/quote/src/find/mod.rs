//! Where are the attributions? Spans of source, cue and content, with kind and confidence.
//!
//! Paragraphs become tokens ([`token`]), tagged ([`tag`]) and put together as items and units ([`seen`]); a
//! unit's cues are told ([`cue`]) and pointed to their sources and contents ([`part`]); what stands in marks and
//! has no cue is judged by itself ([`direct`]).

mod cue;
mod direct;
mod draft;
mod form;
mod language;
mod models;
mod part;
mod seen;
mod tag;
mod token;
#[cfg(feature = "train")]
pub mod train;

use crate::marks;
use language::{Language, language};
use models::models;
use onrecord_terms::{Article, Kind, Note, Paragraph, Place, Quote, Span};
use part::Draft;
use seen::Seen;
use std::ops::Range;

/// Every attribution in the headline and the text, in order.
pub(crate) fn attributions(article: &Article, notes: &mut Vec<Note>) -> Vec<Quote> {
    let paragraphs: Vec<Span> = article.body.paragraphs().iter().map(|p| p.span).collect();
    let stretches = marks::marked(article.text(), &paragraphs);
    if let Language::Other(_lang) = language(article) {
        notes.push(Note::new(
            "language-not-known",
            "The text's language is not known to the finder.".to_owned(),
        ));
        return direct::by_marks(article, Place::Text, &stretches);
    }
    let models = models();
    let seen = seen::seen(article.text(), article.body.paragraphs(), stretches, &models.tagger);
    let mut quotes = Vec::new();
    for unit in &seen.units {
        for draft in draft::attributions(models, &seen, unit) {
            quotes.extend(quote(article, Place::Text, &seen, &draft));
        }
    }
    quotes
}

fn quote(article: &Article, place: Place, seen: &Seen<'_>, draft: &Draft) -> Option<Quote> {
    let span = |range: &Range<usize>| -> Option<Span> {
        let (first, last) = (seen.items.get(range.start)?, seen.items.get(range.end.checked_sub(1)?)?);
        Span::new(seen.text, first.start, last.end).ok()
    };
    let content: Vec<Span> = draft.content.iter().filter_map(span).collect();
    let items = || draft.content.iter().cloned().flatten().filter_map(|idx| seen.items.get(idx));
    let any = items().any(|item| item.marked.is_some());
    let all = items().all(|item| item.marked.is_some());
    let kind = if all {
        Kind::Direct
    } else if any {
        Kind::Mixed
    } else {
        Kind::Indirect
    };
    let source = draft.source.iter().filter_map(span).collect();
    let cue = span(&draft.cue).into_iter().collect();
    let mut quote = Quote::new(article, place, kind, source, cue, content).ok()?;
    quote.confidence = draft.probability;
    Some(quote)
}

#[allow(dead_code)]
fn unused(_: &[Paragraph]) {}
