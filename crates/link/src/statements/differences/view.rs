//! One rendering, read for comparing: its words, figures, condition, cue and credit.

use super::shades::{self, Shade};
use crate::Quoted;
use crate::statements::cues::cue_of;
use crate::statements::figures::{Figure, Read, figures};
use crate::statements::telling::{Telling, figure, is_negation, quoted_parts, tokens_in};
use onrecord_infer::{fold, term};
use onrecord_terms::{Quote, Span};
use std::collections::BTreeSet;

/// One rendering, read for comparing.
pub(super) struct View<'a> {
    pub(super) quote: &'a Quote,
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
    /// Terms of all words.
    pub(super) terms: BTreeSet<String>,
    /// Terms of the words in marks.
    pub(super) quoted: BTreeSet<String>,
    pub(super) figures: Vec<Figure>,
    pub(super) condition: Option<Span>,
    /// Class and stem of the reporting verb.
    pub(super) cue: Option<(&'static str, String)>,
    /// Who is credited, in the words of source and cue.
    pub(super) credit: Credit,
}

/// A word of the content.
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) folded: String,
    /// Its term or figure; stop words have none.
    pub(super) term: Option<String>,
    pub(super) quoted: bool,
    pub(super) shades: BTreeSet<Shade>,
}

/// The words of source and cue.
#[derive(Debug, Default)]
pub(super) struct Credit {
    /// Folded words with a capital, without days and titles.
    pub(super) names: BTreeSet<String>,
    /// Whether somebody without a name is credited: officials, a report, a party.
    pub(super) without_name: bool,
    /// Whether it is "he" or "she".
    pub(super) pronoun: bool,
}

impl<'a> View<'a> {
    pub(super) fn new(articles: &'a [Quoted], telling: &Telling) -> View<'a> {
        let (article, quotes) = &articles[telling.article];
        let quote = &quotes[telling.quote];
        let text = quote.place().text(article);
        let mut words = Vec::new();
        for span in quote.content() {
            let parts = quoted_parts(text, *span);
            for token in tokens_in(text, *span) {
                let Ok(span) = Span::new(text, token.start, token.end()) else { continue };
                let folded = fold(token.word);
                let term = figure(&folded).or_else(|| term(token.word));
                let quoted = parts.iter().any(|part| part.holds(token.start));
                words.push(Word { span, folded, term, quoted, shades: BTreeSet::new() });
            }
        }
        let folded: Vec<String> = words.iter().map(|w| w.folded.clone()).collect();
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        for (at, word) in words.iter_mut().enumerate() {
            word.shades = shades::at(&folded[at..folded.len().min(at + 4)]);
        }
        let read = words.iter().map(|w| Read { folded: &w.folded, term: w.term.as_deref() });
        let figures = figures(&read.collect::<Vec<_>>());
        View {
            quote,
            text,
            terms: words.iter().filter_map(|w| w.term.clone()).collect(),
            quoted: words.iter().filter(|w| w.quoted).filter_map(|w| w.term.clone()).collect(),
            figures,
            condition: quote.sense.condition.or_else(|| condition(&words, quote.content())),
            cue: cue_of(text, quote.cue()),
            credit: Credit::read(text, quote),
            words,
        }
    }

    /// Whether a word of the content has a shade.
    pub(super) fn shaded(&self, shade: Shade) -> bool {
        self.words.iter().any(|word| word.shades.contains(&shade))
    }

    /// What its modal verbs and hedges say.
    pub(super) fn modals(&self) -> BTreeSet<Shade> {
        Shade::MODAL.into_iter().filter(|shade| self.shaded(*shade)).collect()
    }

    pub(super) fn denies(&self) -> bool {
        self.words.iter().any(|word| is_negation(&word.folded))
    }

    /// Its figures as written, in digits.
    pub(super) fn digits(&self) -> BTreeSet<&str> {
        let is_number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
        self.words.iter().map(|w| w.folded.as_str()).filter(is_number).collect()
    }
}

impl Credit {
    fn read(text: &str, quote: &Quote) -> Credit {
        let mut credit = Credit::default();
        for span in quote.source().iter().chain(quote.cue()) {
            for token in tokens_in(text, *span) {
                let folded = fold(token.word);
                credit.without_name |= shades::at(&[&folded]).contains(&Shade::WithoutName);
                credit.pronoun |= matches!(folded.as_str(), "he" | "she");
                if token.is_capital() && !NO_NAMES.contains(&folded.as_str()) {
                    credit.names.insert(folded);
                }
            }
        }
        credit
    }
}

/// Capitalised words of a credit that name nobody.
const NO_NAMES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "sen",
    "rep",
    "gov",
    "the",
    "he",
    "she",
    "it",
    "they",
    "in",
    "but",
    "as",
    "and",
    "a",
    "his",
    "her",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The words of a condition within the content: from "if", "as soon as", … to the end of its part of the sentence.
fn condition(words: &[Word], parts: &[Span]) -> Option<Span> {
    let at = (0..words.len()).find(|at| opens_condition(&words[*at..]))?;
    let part = parts.iter().find(|part| part.holds(words[at].span.start()))?;
    let inside = words[at..].iter().take(CONDITION_WORDS).take_while(|w| part.holds(w.span.start()));
    Some(words[at].span.cover(inside.last()?.span))
}

/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 15.33–15.36.
fn opens_condition(words: &[Word]) -> bool {
    let word = |at: usize| words.get(at).map_or("", |w| w.folded.as_str());
    match word(0) {
        "if" | "unless" => true,
        "provided" | "providing" => matches!(word(1), "that" | "the" | "they" | "he" | "she" | "it"),
        "as" | "so" => matches!(word(1), "soon" | "long") && word(2) == "as",
        "on" | "under" => (1..4).any(|at| matches!(word(at), "condition" | "precondition" | "conditions")),
        "in" => word(1) == "exchange",
        // Not the end of a span of time: "until the first of May", "until Monday".
        "until" => {
            let clause = words.iter().skip(1).take(CONDITION_WORDS).any(|w| {
                matches!(
                    w.folded.as_str(),
                    "is" | "are" | "was" | "were" | "has" | "have" | "had" | "can" | "does" | "do" | "did"
                )
            });
            clause && !word(1).starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

/// Words of a condition that are shown.
const CONDITION_WORDS: usize = 8;
