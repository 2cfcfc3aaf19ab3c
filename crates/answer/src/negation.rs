//! Has a quote lost its "not"? The same words in marks, with a negation right before them in another telling or in the
//! body, and none here.
//!
//! Only words that are the same word for word count, so that a telling in other words is never blamed.

use crate::near::tokens;
use crate::shelf::{Shelf, Shelved};
use onrecord_store::{QuoteId, Result, StoredStatement};
use onrecord_terms::{Kind, Place, Quote, Span};
use std::collections::BTreeSet;

/// A negation this many words before the first word in marks, or fewer, bears on it.
const REACH: usize = 3;

/// Fewer words in marks than this are too common to be known again.
const LEAST: usize = 2;

/// Tellings compared with one another at most.
const COMPARED: usize = 60;

/// The quotes of a statement whose words in marks stand after a negation in another telling, and after none here.
pub(crate) fn gone(shelf: &Shelf, stored: &StoredStatement) -> Result<BTreeSet<QuoteId>> {
    let mut told = Vec::new();
    for rendering in stored.renderings.iter().take(COMPARED) {
        let Some(shelved) = shelf.article(rendering.page)? else { continue };
        let Some(quote) = shelved.quotes.get(rendering.idx).filter(|quote| quote.id == rendering.quote)
        else {
            continue;
        };
        told.push(Told::new(rendering.quote, &shelved, &quote.quote));
    }
    let mut gone = BTreeSet::new();
    for (idx, this) in told.iter().enumerate().filter(|(_, told)| !told.denies) {
        let others = || told.iter().enumerate().filter(|(other, _)| *other != idx).map(|(_, other)| other);
        let lost = |stretch: &Vec<String>| {
            others().any(|other| other.denies && denied(stretch, &other.words) == Some(true))
        };
        if this.stretches.iter().any(lost) {
            gone.insert(this.id);
        }
    }
    Ok(gone)
}

/// Whether words that a headline has in marks stand after a negation wherever its body has them, and after none in it.
pub(crate) fn gone_from_headline(shelved: &Shelved, quote: &Quote) -> bool {
    if quote.place() != Place::Title || quote.kind() == Kind::Indirect {
        return false;
    }
    let title = Told::new(0, shelved, quote);
    if title.denies {
        return false;
    }
    let body = lowered(shelved.article().text());
    title.stretches.iter().any(|stretch| denied(stretch, &body) == Some(true))
}

/// A telling, read for this question.
struct Told {
    id: QuoteId,
    /// The words of its sentence and content.
    words: Vec<String>,
    /// Its words in marks, stretch by stretch.
    stretches: Vec<Vec<String>>,
    /// Whether anything in its sentence or content denies.
    denies: bool,
}

impl Told {
    fn new(id: QuoteId, shelved: &Shelved, quote: &Quote) -> Told {
        let text = quote.place().text(shelved.article());
        let content = || quote.content().iter().copied();
        let marked: Vec<Span> = match quote.kind() {
            Kind::Direct => content().collect(),
            Kind::Mixed => content().flat_map(|span| marked(text, span)).collect(),
            Kind::Indirect => Vec::new(),
        };
        let whole = content().fold(quote.sentence(), Span::cover);
        let stretches = marked.iter().map(|span| lowered(span.slice(text)));
        let denying = |span: Span| lowered(span.slice(text)).iter().any(|word| denies(word) || refuses(word));
        Told {
            id,
            words: content().flat_map(|span| lowered(span.slice(text))).collect(),
            stretches: stretches.filter(|words| words.len() >= LEAST).collect(),
            denies: denying(whole),
        }
    }
}

/// Whether every place of a stretch among some words stands after a negation; none if it is not there at all.
fn denied(stretch: &[String], words: &[String]) -> Option<bool> {
    let places = words.windows(stretch.len().max(1)).enumerate().filter(|(_, window)| *window == stretch);
    let mut after: Option<bool> = None;
    for (at, _) in places {
        let before = &words[at.saturating_sub(REACH)..at];
        let next = |idx: usize| before.get(idx + 1).map_or("", String::as_str);
        let not = before.iter().enumerate().any(|(idx, word)| denies(word) && !softens(next(idx)));
        after = Some(after.unwrap_or(true) && not);
    }
    after
}

/// The stretches in marks within a span.
fn marked(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices() {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (words[..at].chars().next_back(), words[at + c.len_utf8()..].chars().next());
        let opens = matches!(c, '“' | '«' | '„')
            || (matches!(c, '"' | '\'' | '‘') && letter(after) && !letter(before));
        let closes = matches!(c, '”' | '»' | '"') || (matches!(c, '’' | '\'') && !letter(after));
        match open {
            Some(start) if closes => {
                found.extend(Span::new(text, span.start() + start, span.start() + at).ok());
                open = None;
            }
            None if opens => open = Some(at + c.len_utf8()),
            _ => {}
        }
    }
    found
}

fn lowered(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|(_, word)| word.to_lowercase().replace('’', "'")).collect()
}

/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 10.54–10.59.
fn denies(word: &str) -> bool {
    matches!(
        word,
        "not" | "no" | "never" | "neither" | "nor" | "none" | "nobody" | "nothing" | "without" | "cannot"
    ) || word.ends_with("n't")
}

/// Verbs that deny what follows them: whoever tells it so has kept the sense.
fn refuses(word: &str) -> bool {
    const HEADS: &[&str] = &["den", "refus", "reject", "dismiss", "disput", "oppos", "declin"];
    word == "ruled"
        || HEADS.iter().any(|head| {
            word.strip_prefix(head).is_some_and(|rest| {
                matches!(rest, "" | "y" | "e" | "s" | "ed" | "es" | "ing" | "ies" | "ied" | "ying")
            })
        })
}

/// "Not only", "not just": nothing is denied.
fn softens(word: &str) -> bool {
    matches!(word, "only" | "just" | "merely" | "simply" | "least")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_right_before_the_very_words_counts() {
        let check = |stretch: &str, words: &str| denied(&lowered(stretch), &lowered(words));
        assert_eq!(check("reopen the pier", "We will not reopen the pier in May"), Some(true));
        assert_eq!(check("reopen the pier", "We will reopen the pier, not the dam"), Some(false));
        assert_eq!(check("reopen the pier", "We will not only reopen the pier"), Some(false));
        assert_eq!(check("reopen the pier", "Never reopen the pier! Reopen the pier!"), Some(false));
        assert_eq!(check("reopen the pier", "The pier is shut"), None);
    }

    #[test]
    fn words_in_marks_are_found_and_apostrophes_are_none() {
        let text = "it won't be 'sold off' or “shut”";
        let span = Span::new(text, 0, text.len()).unwrap();
        let found: Vec<&str> = marked(text, span).iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, ["sold off", "shut"]);
    }

    #[test]
    fn whoever_refuses_has_kept_the_sense() {
        assert!(refuses("denied") && refuses("rejects") && refuses("ruled") && refuses("refusing"));
        assert!(!refuses("dense") && !refuses("rule"));
    }
}
