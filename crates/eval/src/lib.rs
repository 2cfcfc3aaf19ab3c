//! How good is it? Runs the program over gold data, scores it, and holds the floors that must not sink.
//!
//! It drives the built `onrecord` from outside, through the stage commands, and scores with the scorers that
//! lie beside the gold data: what is measured is what a user gets, by the measure that others use.
//! Start with [`suite`] (what is run), then [`scores`] (how a scorer's words become numbers), then [`floors`].

pub mod floors;
pub mod linked;
pub mod marked;
pub mod reuse;
pub mod scores;
pub mod statements;
pub mod suite;

use std::fmt;
use std::path::PathBuf;

/// Why an evaluation could not be made.
#[derive(Debug)]
pub struct Error {
    what: String,
    why: String,
}

impl Error {
    /// An error about `what`, with its cause.
    pub(crate) fn new(what: impl fmt::Display, why: impl fmt::Display) -> Error {
        Error { what: what.to_string(), why: why.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

impl std::error::Error for Error {}

/// Where things lie for one evaluation.
#[derive(Debug, Clone)]
pub struct Places {
    /// The `onrecord` program to measure.
    pub program: PathBuf,
    /// The accurate reader.
    pub accurate: PathBuf,
    /// The example `article-lines` of the extract room, which reads pages by what was learned without their sites.
    pub article_lines: PathBuf,
    /// The example `learn-acts` of the quote room, which tells acts by weights learned on other articles.
    pub learn_acts: PathBuf,
    /// Our own labels of acts on articles for training.
    pub act_labels: PathBuf,
    /// What was learned without the sites of each fold.
    pub folds: PathBuf,
    /// The folder that holds `data/`, `seeds/` and `score/`.
    pub shared: PathBuf,
    /// Our own gold, in the repository.
    pub gold: PathBuf,
    /// Scratch space, kept between runs (unpacked pages).
    pub scratch: PathBuf,
}
