//! Where are the attributions? Spans of source, cue and content, with kind and confidence.

mod direct;
mod language;
mod token;

use crate::marks;
use language::{Language, language};
use onrecord_terms::{Article, Note, Place, Quote, Span};

/// Every attribution in the headline and the text, in order.
pub(crate) fn attributions(article: &Article, notes: &mut Vec<Note>) -> Vec<Quote> {
    let paragraphs: Vec<Span> = article.body.paragraphs().iter().map(|p| p.span).collect();
    let stretches = marks::marked(article.text(), &paragraphs);
    if let Language::Other(lang) = language(article) {
        let name = lang
            .map_or("not English", |lang| NAMES.iter().find(|n| n.0 == lang.as_str()).map_or("?", |n| n.1));
        notes.push(Note::new(
            "language-not-known",
            format!("The text's language ({name}) is not known to the finder."),
        ));
    }
    direct::by_marks(article, Place::Text, &stretches)
}

const NAMES: &[(&str, &str)] = &[("de", "German")];
