//! What was odd? Stages do not fail on input; they say what they noticed.

/// Something that a reader of the record should know about one article or quote.
///
/// A note has a stable code for programs and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Stable, lower-case, words joined by hyphens: `unbalanced-marks`, `headline-words-not-in-body`.
    pub code: String,
    /// One sentence in neutral words.
    pub text: String,
}

impl Note {
    /// A note from its code and its sentence.
    pub fn new(code: &str, text: impl Into<String>) -> Note {
        Note { code: code.to_owned(), text: text.into() }
    }
}
