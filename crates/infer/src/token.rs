//! Which words? A text as tokens with their places, and each token's term for comparing texts.

use crate::{fold, stem};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A run of letters and digits in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// As written, without a possessive 's.
    pub word: &'t str,
    /// First byte in the text.
    pub start: usize,
}

impl Token<'_> {
    /// One past the last byte in the text.
    pub fn end(&self) -> usize {
        self.start + self.word.len()
    }

    /// Whether it starts with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it starts with a digit.
    pub fn is_number(&self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The tokens of a text, in order.
///
/// Apostrophes within a word, points within an abbreviation of single letters, and points and commas within a
/// number belong to the token; hyphens part tokens; a possessive 's is left out.
///
/// ```
/// let words: Vec<&str> = onrecord_infer::tokens("The U.S. mayor's 1,500 well-kept boats don't leak.").map(|t| t.word).collect();
/// assert_eq!(words, ["The", "U.S", "mayor", "1,500", "well", "kept", "boats", "don't", "leak"]);
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let end = start + length(&text[start..]);
        at = end;
        let word = &text[start..end];
        let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|s| word.strip_suffix(s));
        Some(Token { word: bare.filter(|w| !w.is_empty()).unwrap_or(word), start })
    })
}

/// Length in bytes of the token at the head of `text`, which starts with a letter or digit.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut run = 0; // characters since the last joint
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((idx, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining(c) {
            run += 1;
            before = c;
            end = idx + c.len_utf8();
            continue;
        }
        let Some(next) = chars.peek().map(|(_, next)| *next) else { break };
        let joins = match c {
            '\'' | '’' => before.is_alphabetic() && next.is_alphabetic(),
            '.' => {
                (before.is_ascii_digit() && next.is_ascii_digit())
                    || (run == 1 && before.is_uppercase() && next.is_uppercase())
            }
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        if !joins {
            break;
        }
        run = 0;
    }
    end
}

/// Marks that modify the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The term that stands for a token when texts are compared: folded and stemmed; `None` for a stop word.
///
/// An abbreviation in capitals that reads like a stop word ("US", "WHO") keeps a point, and is none.
///
/// ```
/// use onrecord_infer::term;
/// assert_eq!(term("Negotiations").as_deref(), Some("negoti"));
/// assert_eq!(term("U.S").as_deref(), Some("us."));
/// assert_eq!(term("the"), None);
/// ```
pub fn term(word: &str) -> Option<String> {
    let joined: String = word
        .chars()
        .filter(|c| !matches!(c, '.' | ',') || word.starts_with(|d: char| d.is_ascii_digit()))
        .collect();
    let capitals = joined.len() > 1 && joined.len() <= 5 && joined.chars().all(|c| c.is_ascii_uppercase());
    let folded = fold(&joined);
    match is_stop(&folded) {
        true if capitals => Some(folded + "."),
        true => None,
        false => Some(stem(&folded)),
    }
}

/// Whether a folded word carries grammar only.
pub fn is_stop(folded: &str) -> bool {
    static STOP: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../data/stopwords.txt")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    });
    STOP.contains(folded) || (folded.len() == 1 && !folded.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|t| t.word).collect()
    }

    #[test]
    fn joints_belong_to_words_and_marks_do_not() {
        assert_eq!(words("“We can’t,” O'Neil’s aide said."), ["We", "can’t", "O'Neil", "aide", "said"]);
        assert_eq!(words("3.5% of 2,000, i.e. 70."), ["3.5", "of", "2,000", "i", "e", "70"]);
        assert_eq!(words(""), [""; 0]);
        assert_eq!(words("—’s'"), ["s"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Élan “vital”: 12 Čapek’s";
        for token in tokens(text) {
            assert_eq!(&text[token.start..token.end()], token.word);
        }
    }

    #[test]
    fn every_stop_word_is_folded_already() {
        for line in include_str!("../data/stopwords.txt").lines().filter(|l| !l.starts_with('#')) {
            for word in line.split_whitespace() {
                assert_eq!(fold(word), word);
                assert!(is_stop(word));
            }
        }
    }
}
