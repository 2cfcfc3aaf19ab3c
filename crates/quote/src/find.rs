//! Where are the attributions? Spans of source, cue and content, with kind and confidence.

use onrecord_terms::{Article, Note, Quote};

/// Every attribution in the headline and the text, in order.
pub(crate) fn attributions(_article: &Article, _notes: &mut Vec<Note>) -> Vec<Quote> {
    Vec::new()
}
