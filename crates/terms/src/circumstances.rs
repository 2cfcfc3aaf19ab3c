//! Through whose hands did the words come, when and to whom? What stands beside a quote in its sentence.

use crate::Day;
use crate::quote::words;

/// What stands beside a quote, as its report tells it. What is not told is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// From the report back to the speaker. Empty: first hand, as far as the report tells.
    pub hops: Vec<Hop>,
    /// When, by the words that tell it.
    pub said: Option<Said>,
    /// To whom: "reporters", "the council".
    pub addressee: Option<String>,
    /// By what: "interview", "statement", "Telegram".
    pub medium: Option<String>,
}

/// One hand through which the words came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Whose hand; `None` where nobody says.
    pub through: Option<String>,
    /// In what way.
    pub how: How,
}

/// How something came from the speaker to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// "told AGENCY": said to an outlet, from which this report has it.
    Told,
    /// "AGENCY reported", "as quoted by AGENCY": another report has it.
    Reported,
    /// "citing two officials": the source's own source.
    Citing,
    /// "reportedly", "is said to": somebody's word, and nobody says whose.
    Hearsay,
}

/// When something was said, by the words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The day, where the words and the article's date tell one.
    pub on: Option<Day>,
    /// How exactly.
    pub precision: Precision,
    /// The words that tell it: "on Tuesday".
    pub words: String,
}

/// How exactly words tell a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// One day.
    Day,
    /// "last week": the seven days before.
    Week,
    /// "last month", "in March".
    Month,
    /// "in 2029", "last year".
    Year,
}

impl Circumstances {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Circumstances::default()
    }
}

words!(How { Told = "told", Reported = "reported", Citing = "citing", Hearsay = "hearsay" });
words!(Precision { Day = "day", Week = "week", Month = "month", Year = "year" });
