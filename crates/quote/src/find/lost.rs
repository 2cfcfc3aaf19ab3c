//! Where do words end whose closing mark was lost? Before the words that ascribe them, where there are such.

use crate::lexicon;
use crate::marks::Marked;
use onrecord_terms::{Note, Span};

/// Cuts stretches that run to the edge of their paragraph back to the comma before "she said".
pub(crate) fn cut(text: &str, marked: &mut [Marked]) {
    for stretch in marked.iter_mut().filter(|stretch| stretch.close_lost) {
        let words = stretch.inner.slice(text);
        let Some(at) = words.match_indices([',', '?', '!']).find(|(at, _)| ascribes(&words[at + 1..])) else {
            continue;
        };
        let end = stretch.inner.start() + at.0 + 1;
        if let (Ok(span), Ok(inner)) =
            (Span::new(text, stretch.span.start(), end), Span::new(text, stretch.inner.start(), end))
        {
            (stretch.span, stretch.inner) = (span, inner);
        }
    }
}

/// Whether what follows a comma is a speaker with a verb of saying: " she said", " said Ruiz", " Ana Ruiz told".
fn ascribes(rest: &str) -> bool {
    const PRONOUNS: &[&str] = &["he", "she", "they", "the"];
    let mut words = rest.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).take(5);
    let says = |word: &str| {
        let word = word.trim_end_matches([',', '.', ':']);
        let said = lexicon::cue(word).is_some_and(|entry| entry.classes & 0b11 != 0);
        said && (word.ends_with("ed") || word.ends_with('s') || matches!(word, "said" | "told" | "wrote"))
    };
    let name = |word: &str| word.starts_with(char::is_uppercase) || PRONOUNS.contains(&word);
    let Some(first) = words.next() else { return false };
    if says(first) {
        return words.next().is_some_and(name);
    }
    name(first) && first != "I" && words.find(|word| !name(word)).is_some_and(says)
}

/// One note for each mark that is missing.
pub(crate) fn notes(text: &str, marked: &[Marked], notes: &mut Vec<Note>) {
    for stretch in marked.iter().filter(|stretch| stretch.open_lost || stretch.close_lost) {
        let mut head: String =
            stretch.inner.slice(text).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        if stretch.inner.slice(text).split_whitespace().nth(6).is_some() {
            head.push_str(" …");
        }
        let which = if stretch.open_lost { "opening" } else { "closing" };
        notes
            .push(Note::new("unbalanced-marks", format!("The {which} quotation mark is missing at: {head}")));
    }
}
