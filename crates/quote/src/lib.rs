//! Here is an article: who said what in it?
//!
//! Four questions, one file or folder each: where are the attributions ([`find`]), who speaks in each
//! ([`speaker`]), what kind of act is it ([`sense`]), and does a long one tell several statements ([`parts`])?
#![deny(clippy::disallowed_methods)]

mod find;
mod lexicon;
mod marks;
mod parts;
mod sense;
mod sentence;
mod speaker;

#[cfg(feature = "train")]
pub use find::train;
pub use find::{BadReader, Reader};
use onrecord_terms::{Article, Kind, Note, Quote, Speaker};
pub use parts::parted;
pub use sense::chain::Nameless;
#[cfg(feature = "train")]
pub use sense::{Weights, learn};

/// The version of this stage: raised when its output changes, stored with what it makes.
pub const VERSION: u32 = 4;

/// The confidence that words without marks must keep where it was lowered for their source: soup promises nothing.
const ENOUGH_OF_DOUBTED: f32 = 0.45;

/// The same for words partly in marks: terms in marks stand in glossaries too. A choice.
const ENOUGH_OF_TERMS: f32 = 0.25;

/// Every quote in the article's headline and text, in order of appearance (headline first), and what was odd.
///
/// Words without marks whose source cannot speak ("the recipe asks for two onions") are left out.
pub fn quotes(article: &Article) -> (Vec<Quote>, Vec<Note>) {
    quotes_by(find::reader(), article)
}

/// The same, found by a reader of the caller's.
pub fn quotes_by(reader: &Reader, article: &Article) -> (Vec<Quote>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut quotes = find::attributions(reader, article, &mut notes);
    let told: Vec<f32> = quotes.iter().map(|quote| quote.confidence).collect();
    resolve(article, &mut quotes, &mut notes);
    let mut told = told.into_iter();
    quotes.retain(|quote| {
        let as_told = told.next() == Some(quote.confidence);
        match quote.kind() {
            Kind::Direct => true,
            Kind::Mixed => as_told || quote.confidence >= ENOUGH_OF_TERMS,
            Kind::Indirect => quote.confidence >= if as_told { find::ENOUGH } else { ENOUGH_OF_DOUBTED },
        }
    });
    (quotes, notes)
}

/// Fills in voice and sense of attributions whose spans are known, in order of appearance.
pub fn resolve(article: &Article, quotes: &mut [Quote], notes: &mut Vec<Note>) {
    speaker::resolve(article, quotes, notes);
    sense::judge(article, quotes);
}

/// How many, of what rank and body, if a speaker has no name.
pub fn nameless(speaker: &Speaker) -> Option<Nameless> {
    sense::chain::nameless(speaker)
}
