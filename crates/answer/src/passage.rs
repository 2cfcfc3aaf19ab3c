//! Which words are marked how? A window of a text cut into pieces.

use crate::views::{Passage, Piece};
use onrecord_terms::{Article, CodePoints, Differs, Mark, Place, Quote, Span};

/// How far a passage reaches beyond its sentence, in bytes, where the paragraph is long.
const REACH: usize = 160;

/// A paragraph up to this many bytes is shown whole.
const WHOLE: usize = 600;

/// What lies over a text. Where two spans of one layer overlap, the one that starts later is shown.
#[derive(Default)]
pub(crate) struct Layers {
    parts: Vec<(Span, &'static str)>,
    differs: Vec<(Span, &'static str)>,
    condition: Vec<(Span, ())>,
    hits: Vec<(Span, ())>,
    quotes: Vec<(Span, String)>,
}

impl Layers {
    /// The parts of one quote and its condition.
    pub(crate) fn of_quote(quote: &Quote) -> Layers {
        let mut layers = Layers::default();
        layers.add_parts(quote);
        layers
    }

    /// The parts of one quote with the words that differ.
    pub(crate) fn with_marks(quote: &Quote, marks: &[Mark]) -> Layers {
        let mut layers = Layers::of_quote(quote);
        layers.differs = marks.iter().map(|mark| (mark.span, mark.differs.as_str())).collect();
        layers
    }

    /// One more quote over the same text, with its id.
    pub(crate) fn add_quote(&mut self, quote: &Quote, id: &str) {
        self.add_parts(quote);
        self.quotes.extend(quote.content().iter().map(|span| (*span, id.to_owned())));
        self.quotes.extend(quote.source().iter().chain(quote.cue()).map(|span| (*span, id.to_owned())));
    }

    /// Words that were searched for.
    pub(crate) fn add_hits(&mut self, hits: Vec<Span>) {
        self.hits.extend(hits.into_iter().map(|span| (span, ())));
    }

    /// The layers of each window, for windows that are in order and do not overlap: every span is looked at
    /// only in the windows that it lies over.
    pub(crate) fn split(&self, windows: &[Span]) -> Vec<Layers> {
        let mut split: Vec<Layers> = windows.iter().map(|_| Layers::default()).collect();
        spread(&self.parts, windows, |idx, item| split[idx].parts.push(*item));
        spread(&self.differs, windows, |idx, item| split[idx].differs.push(*item));
        spread(&self.condition, windows, |idx, item| split[idx].condition.push(*item));
        spread(&self.hits, windows, |idx, item| split[idx].hits.push(*item));
        spread(&self.quotes, windows, |idx, item| split[idx].quotes.push(item.clone()));
        split
    }

    fn add_parts(&mut self, quote: &Quote) {
        for (spans, part) in [(quote.content(), "content"), (quote.source(), "source"), (quote.cue(), "cue")]
        {
            self.parts.extend(spans.iter().map(|span| (*span, part)));
        }
        self.condition.extend(quote.sense.condition.map(|span| (span, ())));
    }
}

/// Hands each span to the windows that it lies over.
fn spread<T>(layer: &[(Span, T)], windows: &[Span], mut put: impl FnMut(usize, &(Span, T))) {
    for item in layer {
        let first = windows.partition_point(|window| window.end() <= item.0.start());
        let held = windows[first..].iter().take_while(|window| window.start() < item.0.end()).count();
        (first..first + held).for_each(|idx| put(idx, item));
    }
}

/// The words of `window` cut into pieces.
pub(crate) fn passage(
    place: Place,
    text: &str,
    points: &CodePoints,
    window: Span,
    layers: &Layers,
) -> Passage {
    let cuts = cuts(window, layers);
    let starts: Vec<usize> = cuts.iter().map(|(start, _)| *start).collect();
    let parts = over(&layers.parts, &starts);
    let differs = told_of(&layers.differs, &starts);
    let condition = over(&layers.condition, &starts);
    let hits = over(&layers.hits, &starts);
    let quotes = over(&layers.quotes, &starts);
    let pieces = cuts
        .iter()
        .enumerate()
        .filter_map(|(idx, (start, end))| {
            Some(Piece {
                text: text.get(*start..*end)?.to_owned(),
                part: parts[idx].copied(),
                differs: differs[idx].copied(),
                condition: condition[idx].is_some(),
                hit: hits[idx].is_some(),
                quote: quotes[idx].cloned(),
            })
        })
        .collect();
    let [start, end] = points.from_bytes(window);
    Passage { place: place.as_str().to_owned(), start, end, pieces }
}

/// The window cut wherever a span starts or ends.
fn cuts(window: Span, layers: &Layers) -> Vec<(usize, usize)> {
    let mut at = vec![window.start(), window.end()];
    let mut cut = |span: Span| {
        at.extend(
            [span.start(), span.end()].into_iter().filter(|at| window.start() < *at && *at < window.end()),
        );
    };
    layers.parts.iter().chain(&layers.differs).for_each(|(span, _)| cut(*span));
    layers.condition.iter().chain(&layers.hits).for_each(|(span, ())| cut(*span));
    layers.quotes.iter().for_each(|(span, _)| cut(*span));
    at.sort_unstable();
    at.dedup();
    at.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// For each start of a piece, in order, what lies over it.
fn over<'l, T>(layer: &'l [(Span, T)], starts: &[usize]) -> Vec<Option<&'l T>> {
    let mut order: Vec<&(Span, T)> = layer.iter().filter(|(span, _)| !span.is_empty()).collect();
    // At the same start the longer one lies below.
    order.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    let mut coming = order.into_iter().peekable();
    let mut open: Vec<&(Span, T)> = Vec::new();
    let mut found = Vec::with_capacity(starts.len());
    for start in starts {
        while let Some(next) = coming.next_if(|(span, _)| span.start() <= *start) {
            open.push(next);
        }
        while open.last().is_some_and(|(span, _)| span.end() <= *start) {
            open.pop();
        }
        found.push(open.last().map(|(_, value)| value));
    }
    found
}

/// For each start of a piece, in order, how its words differ: where they do in several ways, the most particular one.
fn told_of<'l>(differs: &'l [(Span, &'static str)], starts: &[usize]) -> Vec<Option<&'l &'static str>> {
    // A part that is left out, or worded otherwise, may be so for a condition or a number in it.
    const PARTICULAR: [Differs; 7] = [
        Differs::Number,
        Differs::Condition,
        Differs::Modality,
        Differs::Verb,
        Differs::Speaker,
        Differs::Wording,
        Differs::Scope,
    ];
    let mut open: Vec<Option<&'l &'static str>> = vec![None; starts.len()];
    for kind in PARTICULAR {
        let layer: Vec<(Span, &'l &'static str)> = differs
            .iter()
            .filter(|(_, word)| *word == kind.as_str())
            .map(|(span, word)| (*span, word))
            .collect();
        if layer.is_empty() {
            continue;
        }
        for (told, found) in open.iter_mut().zip(over(&layer, starts)) {
            *told = told.or(found.copied());
        }
    }
    open
}

/// What to show of the text around a quote: its paragraphs, or its sentence and some words more.
pub(crate) fn around(article: &Article, place: Place, sentence: Span) -> Span {
    let text = place.text(article);
    let all = Span::of(text, text).unwrap_or(sentence);
    let bounds = match place {
        Place::Title => all,
        Place::Text => {
            let paragraphs = article.body.paragraphs();
            let first = paragraphs.partition_point(|p| p.span.end() <= sentence.start());
            let held = paragraphs[first..].iter().take_while(|p| p.span.start() < sentence.end());
            held.fold(sentence, |bounds, p| bounds.cover(p.span))
        }
    };
    if bounds.len() <= WHOLE {
        return bounds;
    }
    let mut start = bounds.start().max(sentence.start().saturating_sub(REACH));
    let mut end = bounds.end().min(sentence.end().saturating_add(REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if start > bounds.start() {
        let words = text.get(start..sentence.start()).unwrap_or_default();
        start += words.find(char::is_whitespace).map_or(words.len(), |at| at);
        start += text[start..].len() - text[start..].trim_start().len();
        start = start.min(sentence.start());
    }
    if end < bounds.end() {
        let words = text.get(sentence.end()..end).unwrap_or_default();
        end = sentence.end() + words.rfind(char::is_whitespace).unwrap_or(0);
    }
    Span::new(text, start, end).unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Body, Kind};

    #[test]
    fn pieces_are_the_slice_and_the_inner_span_wins() {
        let text = "Ana Ruiz said “we may go if the river falls” on Monday.";
        let article = Article::new("x", Body::new(text.to_owned(), Vec::new(), Vec::new()).unwrap());
        let of = |words: &str| Span::of(text, &text[text.find(words).unwrap()..][..words.len()]).unwrap();
        let mut quote = Quote::new(
            &article,
            Place::Text,
            Kind::Direct,
            vec![of("Ana Ruiz")],
            vec![of("said")],
            vec![of("“we may go if the river falls”")],
        )
        .unwrap();
        quote.sense.condition = Some(of("if the river falls"));
        let window = Span::new(text, 0, text.len()).unwrap();
        let passage = passage(Place::Text, text, &CodePoints::new(text), window, &Layers::of_quote(&quote));
        assert_eq!(passage.words(), text);
        assert_eq!(passage.end, text.chars().count());
        let conditions: Vec<&str> =
            passage.pieces.iter().filter(|p| p.condition).map(|p| p.text.as_str()).collect();
        assert_eq!(conditions, ["if the river falls"]);
        let parts: Vec<_> = passage.pieces.iter().map(|p| p.part).collect();
        assert_eq!(parts[..4], [Some("source"), None, Some("cue"), None]);
    }

    #[test]
    fn of_two_differences_in_one_place_the_more_particular_is_told() {
        let text = "we may go if the river falls";
        let span = |start, end| Span::new(text, start, end).unwrap();
        let differs = vec![(span(0, 28), "scope"), (span(10, 28), "condition"), (span(17, 22), "wording")];
        let layers = Layers { differs, ..Layers::default() };
        let passage = passage(Place::Text, text, &CodePoints::new(text), span(0, 28), &layers);
        let told: Vec<_> = passage.pieces.iter().map(|p| (p.text.as_str(), p.differs)).collect();
        assert_eq!(
            told,
            [
                ("we may go ", Some("scope")),
                ("if the ", Some("condition")),
                ("river", Some("condition")),
                (" falls", Some("condition")),
            ]
        );
    }

    #[test]
    fn a_long_paragraph_is_cut_at_words() {
        let text = format!("{}Ana said yes. {}", "word ".repeat(200), "tail ".repeat(200));
        let article = Article::new("x", Body::new(text.clone(), Vec::new(), Vec::new()).unwrap());
        let at = text.find("Ana").unwrap();
        let sentence = Span::new(&text, at, at + 13).unwrap();
        let shown = around(&article, Place::Text, sentence).slice(&text).to_owned();
        assert!(shown.starts_with("word ") && shown.ends_with("tail") && shown.len() < 400, "{shown}");
    }
}
