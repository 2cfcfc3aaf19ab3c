//! Are the words that a headline sets in marks in the body?

use crate::marks::Marked;
use onrecord_terms::{Article, Note};

/// A note for each stretch in marks of the headline whose words the body never has in a row.
pub(crate) fn notes(article: &Article, marked: &[Marked], notes: &mut Vec<Note>) {
    if marked.is_empty() || article.text().is_empty() {
        return;
    }
    let body = plain(article.text());
    for stretch in marked {
        let words =
            stretch.inner.slice(article.headline()).trim().trim_end_matches([',', '.', '!', '?', ';', ':']);
        let wanted = plain(words);
        if wanted.trim().is_empty() || body.contains(&wanted) {
            continue;
        }
        let text = format!("The headline sets words in quotation marks that are not in the body: {words}");
        notes.push(Note::new("headline-words-not-in-body", text));
    }
}

/// Letters and digits in lower case, words parted by one blank, with a blank at both ends.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !crate::find::token::is_apostrophe(c) && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}
