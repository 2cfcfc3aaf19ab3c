//! What does the encoder read? The words of a text, with what the house already knows of each.
//!
//! They are made where items are ([`crate::find::seen`]), in order. Training reads the same words
//! (`examples/dump-words.rs`), so that no difference can come between the two.

use crate::find::form::{CAPITAL, CAPITALS, Form};
use crate::find::tag::Tag;
use crate::find::token::{Class, Token};

/// One word or sign.
#[cfg_attr(not(feature = "train"), allow(unreachable_pub, reason = "trainers alone see it from outside"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Its part of speech, below [`crate::find::tag::N_TAGS`].
    pub tag: u8,
    /// What stands of it on the page: sum of [`MARKED`], [`OPENS`], [`UPPER`], [`TIGHT`] and [`HEADING`].
    pub looks: u8,
}

/// Inside quotation marks, the marks themselves too.
pub(crate) const MARKED: u8 = 1;
/// The first word of its sentence.
pub(crate) const OPENS: u8 = 2;
/// Begins with a capital letter.
pub(crate) const UPPER: u8 = 4;
/// No white space before it.
pub(crate) const TIGHT: u8 = 8;
/// Stands in a heading, or is all in capitals.
pub(crate) const HEADING: u8 = 16;

/// A token as a word; `in_marks`, `opens` and `heading` tell where it stands.
pub(crate) fn word(
    token: &Token,
    form: &Form,
    tag: Tag,
    paragraph: usize,
    in_marks: bool,
    opens: bool,
    heading: bool,
) -> Word {
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    let is_word = token.class != Class::Sign;
    let capitals = is_word && form.shape & CAPITALS != 0 && token.end - token.start > 1;
    Word {
        start: token.start,
        end: token.end,
        paragraph,
        tag: tag as u8,
        looks: bit(in_marks, MARKED)
            + bit(opens, OPENS)
            + bit(is_word && form.shape & CAPITAL != 0, UPPER)
            + bit(!token.spaced, TIGHT)
            + bit(capitals || heading, HEADING),
    }
}
