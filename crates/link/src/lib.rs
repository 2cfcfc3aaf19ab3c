//! Here are articles and their quotes: which belong together?
#![deny(clippy::disallowed_methods)]

use onrecord_terms::{Actor, Article, Placement, Quote, Statement};

/// The version of this stage: raised when its output changes, stored with what it makes.
pub const VERSION: u32 = 1;

/// An article with its quotes.
pub type Quoted = (Article, Vec<Quote>);

/// Stories, threads and copies: one placement an article, in the order given.
pub fn stories(articles: &[Quoted]) -> Vec<Placement> {
    (0..articles.len())
        .map(|idx| Placement { story: idx, thread: idx, family: idx, copy_of: None, why: Vec::new() })
        .collect()
}

/// Who speaks: one actor for all the names that somebody goes by.
pub fn actors(_articles: &[Quoted]) -> Vec<Actor> {
    Vec::new()
}

/// Statements, in order of their first rendering. Every quote is a rendering of exactly one statement.
pub fn statements(_articles: &[Quoted], _placements: &[Placement], _actors: &[Actor]) -> Vec<Statement> {
    Vec::new()
}
