//! Which words in marks are a quote? By the marks and the words alone, without any cue.

use crate::marks::Marked;
use onrecord_terms::{Article, Kind, Place, Quote};

/// Words in marks from which they are speech rather than a term or a title.
const SPEECH_WORDS: usize = 5;

/// Quotes by marks alone: no source, no cue.
pub(crate) fn by_marks(article: &Article, place: Place, stretches: &[Marked]) -> Vec<Quote> {
    let text = place.text(article);
    let mut quotes = Vec::new();
    for (idx, marked) in stretches.iter().enumerate() {
        if marked.goes_on {
            continue;
        }
        let mut content = vec![marked.span];
        content.extend(stretches[idx + 1..].iter().take_while(|next| next.goes_on).map(|next| next.span));
        if !is_speech(text, marked) && content.len() == 1 {
            continue;
        }
        if let Ok(mut quote) = Quote::new(article, place, Kind::Direct, Vec::new(), Vec::new(), content) {
            quote.confidence = 0.5;
            quotes.push(quote);
        }
    }
    quotes
}

/// Whether the words look like something said: long enough, or closed by the punctuation of speech.
pub(crate) fn is_speech(text: &str, marked: &Marked) -> bool {
    let inner = marked.inner.slice(text).trim();
    let words = inner.split_whitespace().count();
    words >= SPEECH_WORDS || (words >= 2 && inner.ends_with([',', '.', '!', '?']))
}
