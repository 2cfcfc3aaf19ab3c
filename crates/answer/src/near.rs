//! Which passages of a story stand near to these words? So that nothing is called absent that may only not be lined up.
//!
//! A plain comparison of words, weighed by how rare they are in the story: sentences that hold much of a statement's
//! words, and quotes of its speaker that share some of them. What is found is shown as a doubt, never as a telling.

use crate::shelf::Shelved;
use onrecord_store::{ActorId, PageId};
use onrecord_terms::{Place, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Part of a statement's weight that one sentence must hold. Of 279 cells of statements dev that would be called absent
/// although their report tells the statement, this and [`QUOTE`] find 113; of 719 rightly absent ones they put 74 in doubt.
const SENTENCE: f32 = 0.4;

/// Part of the lighter one's weight that a quote of the same speaker must share.
const QUOTE: f32 = 0.35;

/// Terms that a sentence must share: two names and a verb are about a thing, a name alone is not.
const SHARED: usize = 3;

/// A term that stands in more passages than this tells nothing.
const COMMON: usize = 400;

/// The passages of some articles by their words.
pub(crate) struct Near {
    passages: Vec<Passage>,
    postings: BTreeMap<String, Vec<usize>>,
    n_sentences: usize,
}

/// A sentence, or the content of a quote.
struct Passage {
    page: PageId,
    place: Place,
    span: Span,
    /// The quote's position and its speakers, if it is one.
    quote: Option<(usize, Vec<ActorId>)>,
    weight: f32,
}

/// A passage that is near.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Where it stands.
    pub(crate) place: Place,
    /// The sentence, or the quote's content.
    pub(crate) span: Span,
    /// Position among the article's quotes.
    pub(crate) quote: Option<usize>,
    /// How near, 0.0 to 1.0.
    pub(crate) share: f32,
}

impl Near {
    /// Every sentence and every quote of the articles.
    pub(crate) fn new(articles: &[Rc<Shelved>]) -> Near {
        let mut near = Near { passages: Vec::new(), postings: BTreeMap::new(), n_sentences: 0 };
        for shelved in articles {
            for place in [Place::Title, Place::Text] {
                for span in sentences(place.text(shelved.article())) {
                    let words = span.slice(place.text(shelved.article()));
                    near.add(terms(words), shelved.stored.page, place, span, None);
                }
            }
        }
        near.n_sentences = near.passages.len();
        for shelved in articles {
            for (idx, stored) in shelved.quotes.iter().enumerate() {
                let quote = &stored.quote;
                let actors: Vec<ActorId> = stored.actors.iter().flatten().copied().collect();
                let (Some(first), Some(last)) = (quote.content().first(), quote.content().last()) else {
                    continue;
                };
                if !actors.is_empty() {
                    let span = first.cover(*last);
                    let words = terms(&quote.words(shelved.article()));
                    near.add(words, shelved.stored.page, quote.place(), span, Some((idx, actors)));
                }
            }
        }
        let weights = near.weights();
        near.passages.iter_mut().zip(weights).for_each(|(passage, weight)| passage.weight = weight);
        near
    }

    fn add(
        &mut self,
        terms: BTreeSet<String>,
        page: PageId,
        place: Place,
        span: Span,
        quote: Option<(usize, Vec<ActorId>)>,
    ) {
        let idx = self.passages.len();
        terms.into_iter().for_each(|term| self.postings.entry(term).or_default().push(idx));
        self.passages.push(Passage { page, place, span, quote, weight: 0.0 });
    }

    fn weights(&self) -> Vec<f32> {
        let mut weights = vec![0.0; self.passages.len()];
        for (term, posting) in &self.postings {
            let rarity = self.rarity(term);
            posting.iter().for_each(|idx| weights[*idx] += rarity);
        }
        weights
    }

    /// ln(1 + sentences / sentences with the term).
    fn rarity(&self, term: &str) -> f32 {
        let sentences = self.postings.get(term).map_or(0, |p| p.partition_point(|at| *at < self.n_sentences));
        (1.0 + self.n_sentences as f32 / sentences.max(1) as f32).ln()
    }

    /// The nearest passage of each article, where one is near enough; `speakers`: of the statement.
    pub(crate) fn find(&self, words: &str, speakers: &BTreeSet<ActorId>) -> BTreeMap<PageId, Found> {
        let asked = terms(words);
        let weight: f32 = asked.iter().map(|term| self.rarity(term)).sum();
        let mut shared: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        for term in &asked {
            let posting = self.postings.get(term).filter(|posting| posting.len() <= COMMON);
            let rarity = self.rarity(term);
            for idx in posting.into_iter().flatten() {
                let entry = shared.entry(*idx).or_default();
                *entry = (entry.0 + rarity, entry.1 + 1);
            }
        }
        let mut best: BTreeMap<PageId, Found> = BTreeMap::new();
        for (idx, (sum, n)) in shared {
            let passage = &self.passages[idx];
            let (share, enough) = match &passage.quote {
                None => (sum / weight, n >= SHARED && sum >= SENTENCE * weight),
                Some((_, actors)) => {
                    let share = sum / weight.min(passage.weight);
                    (share, share >= QUOTE && actors.iter().any(|actor| speakers.contains(actor)))
                }
            };
            if !enough {
                continue;
            }
            let quote = passage.quote.as_ref().map(|(idx, _)| *idx);
            let found = Found { place: passage.place, span: passage.span, quote, share };
            match best.get_mut(&passage.page) {
                Some(known) if known.share >= share => {}
                Some(known) => *known = found,
                None => {
                    best.insert(passage.page, found);
                }
            }
        }
        best
    }
}

/// The sentences of a text; a line break ends one.
pub(crate) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let ends = match c {
            '\n' => true,
            '.' | '!' | '?' => {
                while let Some((closing, c)) =
                    chars.next_if(|(_, c)| matches!(c, '"' | '”' | '’' | '\'' | ')'))
                {
                    end = closing + c.len_utf8();
                }
                chars.peek().is_none_or(|(_, next)| next.is_whitespace()) && !after_title(&text[start..at])
            }
            _ => false,
        };
        if ends {
            found.extend(trimmed(text, start, end));
            start = end;
        }
    }
    found.extend(trimmed(text, start, text.len()));
    found
}

/// Whether a stop after these words belongs to a short form: "Mr", an initial.
fn after_title(words: &str) -> bool {
    let last = words.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let one_letter = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    one_letter
        || matches!(last, "Mr" | "Mrs" | "Ms" | "Dr" | "Sen" | "Rep" | "Gov" | "Gen" | "St" | "Lt" | "Col")
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let words = &text[start..end];
    let from = start + (words.len() - words.trim_start().len());
    let to = start + words.trim_end().len();
    if from < to { Span::new(text, from, to).ok() } else { None }
}

/// The words that tell something, cut to what their forms share.
pub(crate) fn terms(words: &str) -> BTreeSet<String> {
    tokens(words).into_iter().filter_map(|(_, word)| term(word)).collect()
}

/// Words with their places: letters and digits, a hyphen or an apostrophe within.
pub(crate) fn tokens(text: &str) -> Vec<(usize, &str)> {
    let inner = |c: char| matches!(c, '-' | '\'' | '’');
    let split = text.split(move |c: char| !(c.is_alphanumeric() || inner(c)));
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    split
        .map(|word| word.trim_matches(inner))
        .filter(|word| !word.is_empty())
        .map(|word| (place(word), word))
        .collect()
}

/// Letters of a word that its forms share.
const STEM: usize = 6;

/// The head of a word in small letters; nothing for words that every text has.
pub(crate) fn term(word: &str) -> Option<String> {
    let folded = word.to_lowercase().replace('’', "'");
    let bare = folded.strip_suffix("'s").unwrap_or(&folded);
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit());
    let told = is_number || bare.chars().count() > 2 && !STOP.contains(&bare);
    told.then(|| bare.chars().take(STEM).collect())
}

/// Words of three letters and more that every text has.
/// source: the function words of Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 2.35–2.39, and the plainest words of reporting.
const STOP: &[&str] = &[
    "the",
    "and",
    "for",
    "but",
    "that",
    "this",
    "these",
    "those",
    "its",
    "his",
    "her",
    "hers",
    "their",
    "our",
    "your",
    "she",
    "they",
    "them",
    "him",
    "you",
    "are",
    "was",
    "were",
    "been",
    "being",
    "has",
    "have",
    "had",
    "does",
    "did",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "shall",
    "should",
    "must",
    "not",
    "from",
    "with",
    "about",
    "into",
    "over",
    "after",
    "before",
    "than",
    "then",
    "there",
    "here",
    "what",
    "which",
    "who",
    "whom",
    "whose",
    "when",
    "where",
    "why",
    "how",
    "such",
    "also",
    "just",
    "more",
    "most",
    "very",
    "out",
    "all",
    "any",
    "some",
    "one",
    "two",
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tell",
    "according",
    "mrs",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines_and_not_within_names() {
        let text = "Mr. Ruiz spoke. “The pier stays!” he said.\nNight fell";
        let found: Vec<&str> = sentences(text).iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, ["Mr. Ruiz spoke.", "“The pier stays!”", "he said.", "Night fell"]);
        assert!(sentences("").is_empty());
    }

    #[test]
    fn terms_leave_out_what_every_text_has() {
        let found: Vec<String> = terms("The harbour's 12 inspectors were not told").into_iter().collect();
        assert_eq!(found, ["12", "harbou", "inspec"]);
        assert_eq!(term("ferry"), term("Ferry’s"));
    }

    #[test]
    fn stop_words_are_small_and_stand_once() {
        let all: BTreeSet<&str> = STOP.iter().copied().collect();
        assert_eq!(all.len(), STOP.len());
        assert!(all.iter().all(|word| *word == word.to_lowercase()));
    }
}
