//! Does one long quotation tell several statements? Quotes of several sentences, one quote for each.
//!
//! "Two different sentences of the same speech are two statements" (`data/statements/GUIDE.md`): a speech that one
//! report gives at length, others cut to a sentence each, and held against the whole none of them fits. So the record
//! holds parts; the finder's quotes stay whole. Linear in the text.

use crate::marks::{self, Marked};
use crate::sense;
use crate::sentence;
use onrecord_terms::{Article, Kind, Place, Quote, Span};
use std::cell::LazyCell;

/// A part has this many words at least. Of 3, 5 and 8 the best on statements dev: with our own quotes links rise from
/// F1 35.0 (P 80.2) to 42.6, 42.8 (P 87.4) and 40.2.
const LEAST_WORDS: usize = 5;

/// The quotes, each direct or mixed one of several sentences in its parts, with the sense of each part.
///
/// Parts keep source, cue, voice and confidence of their quote. What begins small goes on with what the cue broke; a
/// sentence of fewer than [`LEAST_WORDS`] words stays with its neighbour.
pub fn parted(article: &Article, quotes: Vec<Quote>) -> Vec<Quote> {
    let text = article.text();
    let marked = LazyCell::new(|| {
        let paragraphs: Vec<Span> =
            article.body.paragraphs().iter().map(|paragraph| paragraph.span).collect();
        marks::marked(text, &paragraphs)
    });
    let mut parted = Vec::with_capacity(quotes.len());
    for quote in quotes {
        let contents = contents(text, &quote);
        if contents.len() < 2 {
            parted.push(quote);
            continue;
        }
        let mut parts: Vec<Quote> = contents
            .into_iter()
            .filter_map(|content| {
                let kind = match quote.kind() {
                    Kind::Mixed => kind(text, &marked, &content),
                    kind => kind,
                };
                let (source, cue) = (quote.source().to_vec(), quote.cue().to_vec());
                let part = Quote::new(article, Place::Text, kind, source, cue, content).ok()?;
                let around = whole_sentences(text, quote.sentence(), part.sentence());
                let mut part = part.in_sentence(article, around);
                part.confidence = quote.confidence;
                part.voice = quote.voice.clone();
                Some(part)
            })
            .collect();
        sense::judge(article, &mut parts);
        parted.append(&mut parts);
    }
    parted
}

/// The contents of the parts of a quote; fewer than two if it is not parted.
fn contents(text: &str, quote: &Quote) -> Vec<Vec<Span>> {
    if quote.kind() == Kind::Indirect || quote.place() != Place::Text {
        return Vec::new();
    }
    let n_words = |span: Span| span.slice(text).split_whitespace().count();
    let mut parts: Vec<Vec<Span>> = Vec::new();
    for span in quote.content().iter().flat_map(|span| sentence::sentences(text, *span)) {
        let small = span.slice(text).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let short = |last: &Span| n_words(span) < LEAST_WORDS || n_words(*last) < LEAST_WORDS;
        match parts.last_mut() {
            Some(part) if small || part.last().is_some_and(short) => join(text, part, span),
            _ => parts.push(vec![span]),
        }
    }
    parts
}

/// Adds a sentence to a part, as one span with the last where nothing but white space stands between them.
fn join(text: &str, part: &mut Vec<Span>, span: Span) {
    match part.last_mut() {
        Some(last) if text[last.end()..span.start()].trim().is_empty() => *last = last.cover(span),
        _ => part.push(span),
    }
}

/// Direct where all of it stands in marks, indirect where nothing does.
fn kind(text: &str, marked: &[Marked], content: &[Span]) -> Kind {
    let near = |span: Span| {
        let from = marked.partition_point(|stretch| stretch.span.end() <= span.start());
        marked[from..].iter().take_while(move |stretch| stretch.span.start() < span.end())
    };
    let inside = |span: &Span| near(*span).any(|stretch| stretch.span.contains(span.trimmed(text)));
    if content.iter().all(inside) {
        Kind::Direct
    } else if content.iter().any(|span| near(*span).next().is_some()) {
        Kind::Mixed
    } else {
        Kind::Indirect
    }
}

/// The sentences of `within` that `part` touches.
fn whole_sentences(text: &str, within: Span, part: Span) -> Span {
    let sentences = sentence::sentences(text, within);
    sentences.into_iter().filter(|sentence| sentence.overlaps(part)).fold(part, Span::cover)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::Body;

    fn check(text: &str, kind: Kind, content: &[&str], expected: &[(Kind, &str)]) {
        let article = Article::new("a", Body::new(text.to_owned(), vec![], vec![]).expect("a body"));
        let spans =
            content.iter().map(|part| Span::of(text, &text[text.find(part).expect("there")..][..part.len()]));
        let spans = spans.collect::<Option<Vec<Span>>>().expect("spans");
        let quote = Quote::new(&article, Place::Text, kind, vec![], vec![], spans).expect("a quote");
        let parts = parted(&article, vec![quote]);
        let found: Vec<(Kind, String)> =
            parts.iter().map(|part| (part.kind(), part.words(&article))).collect();
        let expected: Vec<(Kind, String)> =
            expected.iter().map(|(kind, words)| (*kind, (*words).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_quotation_is_parted_by_its_sentences() {
        check(
            "“We will reopen the northern ferry terminal in May. The fish market stays where it is, Mr. Lund. Never!” Ana Ruiz said.",
            Kind::Direct,
            &[
                "“We will reopen the northern ferry terminal in May. The fish market stays where it is, Mr. Lund. Never!”",
            ],
            &[
                (Kind::Direct, "“We will reopen the northern ferry terminal in May."),
                (Kind::Direct, "The fish market stays where it is, Mr. Lund. Never!”"),
            ],
        );
    }

    #[test]
    fn what_the_cue_broke_stays_together() {
        let text = "“We will reopen the ferry terminal,” Ana Ruiz said, “if the harbour freezes over. The fish market stays where it is.”";
        check(
            text,
            Kind::Direct,
            &[
                "“We will reopen the ferry terminal,”",
                "“if the harbour freezes over. The fish market stays where it is.”",
            ],
            &[
                (Kind::Direct, "“We will reopen the ferry terminal,” … “if the harbour freezes over."),
                (Kind::Direct, "The fish market stays where it is.”"),
            ],
        );
    }

    #[test]
    fn a_part_is_direct_mixed_or_indirect_by_its_own_marks() {
        let text = "Ana Ruiz said that the terminal “will open in May. The fish market stays where it is. Nobody will be moved” from the quay.";
        check(
            text,
            Kind::Mixed,
            &[
                "that the terminal “will open in May. The fish market stays where it is. Nobody will be moved” from the quay",
            ],
            &[
                (Kind::Mixed, "that the terminal “will open in May."),
                (Kind::Direct, "The fish market stays where it is."),
                (Kind::Mixed, "Nobody will be moved” from the quay"),
            ],
        );
    }

    #[test]
    fn paraphrases_stay_whole() {
        let text = "Ana Ruiz said the terminal opens in May. The market stays where it is now.";
        check(text, Kind::Indirect, &[text], &[(Kind::Indirect, text)]);
    }
}
