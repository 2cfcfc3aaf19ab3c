//! Where are the attributions? Spans of source, cue and content, with kind and confidence.
//!
//! Paragraphs become tokens ([`token`]), tagged ([`tag`]) and put together as items and units ([`seen`]); a
//! unit's cues are told ([`cue`]) and pointed to their sources and contents ([`part`]); what stands in marks and
//! has no cue is judged by itself ([`direct`]).

mod cue;
mod direct;
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
use models::{Models, models};
use onrecord_terms::{Article, Kind, Note, Paragraph, Place, Quote, Span};
use part::{Around, Draft};
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
        for draft in drafts(models, &seen, unit) {
            quotes.extend(quote(article, Place::Text, &seen, &draft));
        }
    }
    quotes
}

fn drafts(models: &Models, seen: &Seen<'_>, unit: &seen::Unit) -> Vec<Draft> {
    let cues = cue::cues(&models.cues, &seen.items, unit.items.clone());
    let mut cued = vec![false; unit.items.len()];
    for cue in &cues {
        cue.items.clone().for_each(|idx| cued[idx - unit.items.start] = true);
    }
    let mut drafts: Vec<Draft> = cues
        .iter()
        .filter_map(|cue| {
            let around = Around {
                items: &seen.items,
                unit: unit.items.clone(),
                kind: unit.kind,
                cue: cue.items.clone(),
                head: cue.head,
                cued: &cued,
            };
            part::parts(&models.pointers, &around, cue.probability)
        })
        .collect();
    drafts.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; unit.items.len()];
    drafts.retain(|draft| {
        let all = || {
            let source = draft.source.clone().into_iter();
            source.chain([draft.cue.clone()]).chain(draft.content.iter().cloned()).flatten()
        };
        let free = all().all(|idx| !taken[idx - unit.items.start]);
        if free {
            all().for_each(|idx| taken[idx - unit.items.start] = true);
        }
        free
    });
    drafts.sort_by_key(|draft| draft.content[0].start.min(draft.cue.start));
    drafts
}

fn weight(draft: &Draft) -> f32 {
    draft.probabilities[0]
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
    quote.confidence = draft.probabilities.iter().product();
    Some(quote)
}

#[allow(dead_code)]
fn unused(_: &[Paragraph]) {}
