//! What does a word look like? Its letters, ending and shape as small numbers, for the features of the models.

use crate::find::token::{Class, Token, is_apostrophe};
use crate::lexicon;
use onrecord_infer::tagger::word;

/// A word's looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// The word in lower case, marks and apostrophes made alike.
    pub(crate) low: u32,
    /// Its base form: the lexicon's, or the word without its ending.
    pub(crate) base: u32,
    /// Its last two and three letters.
    pub(crate) ends: [u32; 2],
    /// Capitals, digits, hyphens; sign or word.
    pub(crate) shape: u8,
    /// Its classes in the lexicon, a bit each.
    pub(crate) classes: u16,
}

/// Bits of [`Form::shape`].
pub(crate) const CAPITAL: u8 = 1;
/// More than one letter, all capitals.
pub(crate) const CAPITALS: u8 = 2;
/// A digit in it.
pub(crate) const DIGIT: u8 = 4;
/// A hyphen or dot in it.
pub(crate) const JOINED: u8 = 8;
/// A sign.
pub(crate) const SIGN: u8 = 16;
/// A clitic.
pub(crate) const CLITIC: u8 = 32;

/// The looks of a token; `low` is a buffer that is used again.
pub(crate) fn form(text: &str, token: &Token, low: &mut String) -> Form {
    let letters = token.of(text);
    low.clear();
    for c in letters.chars() {
        match c {
            c if is_apostrophe(c) => low.push('\''),
            '“' | '”' | '„' | '«' | '»' | '‘' | '`' => low.push('"'),
            '—' | '–' => low.push('-'),
            c => low.extend(c.to_lowercase()),
        }
    }
    let mut shape = 0;
    match token.class {
        Class::Sign => shape |= SIGN,
        Class::Clitic => shape |= CLITIC,
        Class::Number => shape |= DIGIT,
        Class::Word => {}
    }
    if letters.starts_with(char::is_uppercase) {
        shape |= CAPITAL;
        if letters.len() > 1 && !letters.contains(char::is_lowercase) {
            shape |= CAPITALS;
        }
    }
    if token.class != Class::Sign && letters.contains(['-', '.']) {
        shape |= JOINED;
    }
    let entry = lexicon::cue(low);
    let base = entry.map_or_else(|| word(stem(low)), |entry| word(entry.base));
    let classes = entry.map_or(0, |entry| entry.classes);
    Form { low: word(low), base, ends: [word(end(low, 2)), word(end(low, 3))], shape, classes }
}

/// The last `n` letters.
fn end(word: &str, n: usize) -> &str {
    let from = word.char_indices().rev().take(n).last().map_or(0, |(at, _)| at);
    word.get(from..).unwrap_or_default()
}

/// A word without its ending, roughly: "planned", "plans" and "plan" come close.
fn stem(word: &str) -> &str {
    if word.len() < 5 || !word.is_ascii() {
        return word;
    }
    let cut = ["ing", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let cut = cut.strip_suffix('e').unwrap_or(cut);
    let bytes = cut.as_bytes();
    match bytes {
        [.., a, b] if a == b && cut.len() > 3 => &cut[..cut.len() - 1],
        _ => cut,
    }
}
