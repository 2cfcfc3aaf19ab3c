//! A passage of a page's text: what was found out about its words?
//!
//! Rules and learned filter ask the same of a passage again and again; here its words are looked at once.

use crate::furniture::{self, Match};
use crate::{credit, facts};
use std::cell::OnceCell;
use std::ops::Deref;

/// A paragraph, a line, or the text of a block, and what was asked of it so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage {
    text: String,
    key: OnceCell<String>,
    furniture: OnceCell<Option<Match>>,
    has_quotation: OnceCell<bool>,
    ends_a_sentence: OnceCell<bool>,
}

impl Passage {
    /// Letters and digits in lower case, as [`facts::key`] has them.
    pub(crate) fn key(&self) -> &str {
        self.key.get_or_init(|| facts::key(&self.text))
    }

    /// What the table of the page's furniture knows of it.
    pub(crate) fn furniture(&self) -> Option<Match> {
        *self.furniture.get_or_init(|| furniture::furniture(&self.text))
    }

    /// Whether it has words in quotation marks, four words or more.
    pub(crate) fn has_quotation(&self) -> bool {
        *self.has_quotation.get_or_init(|| furniture::has_quotation(&self.text))
    }

    /// Whether it ends as sentences do.
    pub(crate) fn ends_a_sentence(&self) -> bool {
        *self.ends_a_sentence.get_or_init(|| credit::ends_a_sentence(&self.text))
    }
}

impl From<String> for Passage {
    fn from(text: String) -> Passage {
        Passage { text, ..Passage::default() }
    }
}

impl Deref for Passage {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}
