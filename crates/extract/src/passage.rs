//! A passage of a page's text: what was found out about its words?
//!
//! Rules and learned filter ask the same of a passage again and again; here its words are looked at once.

use crate::credit::Credit;
use crate::dates::DateLine;
use crate::furniture::{self, Match};
use crate::{credit, dates, facts, plain};
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
    is_running_text: OnceCell<bool>,
    date_line: OnceCell<Option<DateLine>>,
    credit_line: OnceCell<Option<Credit>>,
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

    /// Whether it is a sentence or more of running text.
    pub(crate) fn is_running_text(&self) -> bool {
        *self.is_running_text.get_or_init(|| plain::is_running_text(&self.text))
    }

    /// What it says as a line that gives a date.
    pub(crate) fn date_line(&self) -> Option<DateLine> {
        *self.date_line.get_or_init(|| dates::date_line(&self.text))
    }

    /// What it credits as a line of credits.
    pub(crate) fn credit_line(&self) -> Option<&Credit> {
        self.credit_line.get_or_init(|| credit::credit_line(&self.text)).as_ref()
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
