//! What does the encoder read? The words of a text, with what the house already knows of each.
//!
//! A text with its paragraphs and stretches in marks comes in; words in order come out. Training reads the same
//! words (`examples/dump-words.rs`), so that no difference can come between the two.

use crate::find::form::{self, CAPITAL, CAPITALS};
use crate::find::tag;
use crate::find::token::{self, Class};
use crate::marks::Marked;
use crate::sentence::sentences;
use onrecord_infer::tagger::Linear;
use onrecord_terms::{Paragraph, ParagraphKind};

/// One word or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Its part of speech, below [`tag::N_TAGS`].
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

/// The words of a text, in order.
pub(crate) fn words(text: &str, paragraphs: &[Paragraph], marked: &[Marked], tagger: &Linear) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let (mut tokens, mut forms, mut tags, mut low) = (Vec::new(), Vec::new(), Vec::new(), String::new());
    let mut marks = marked.iter().peekable();
    for (paragraph, p) in paragraphs.iter().enumerate() {
        for sentence in sentences(text, p.span) {
            tokens.clear();
            forms.clear();
            tags.clear();
            token::tokens(text, sentence.start(), sentence.end(), &mut tokens);
            forms.extend(tokens.iter().map(|token| form::form(text, token, &mut low)));
            tag::tags(tagger, &forms, &mut tags);
            for (nth, ((token, form), tag)) in tokens.iter().zip(&forms).zip(&tags).enumerate() {
                while marks.peek().is_some_and(|m| m.span.end() <= token.start) {
                    marks.next();
                }
                let bit = |is: bool, bit: u8| if is { bit } else { 0 };
                let in_marks = marks.peek().is_some_and(|m| m.span.start() < token.end);
                let word = token.class != Class::Sign;
                let capitals = word && form.shape & CAPITALS != 0 && token.end - token.start > 1;
                words.push(Word {
                    start: token.start,
                    end: token.end,
                    paragraph,
                    tag: *tag as u8,
                    looks: bit(in_marks, MARKED)
                        + bit(nth == 0, OPENS)
                        + bit(word && form.shape & CAPITAL != 0, UPPER)
                        + bit(!token.spaced, TIGHT)
                        + bit(capitals || p.kind == ParagraphKind::Heading, HEADING),
                });
            }
        }
    }
    words
}
