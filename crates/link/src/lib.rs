//! Here are articles and their quotes: which belong together?
//!
//! Three doors: [`stories()`] (events, threads, copies), [`actors()`] (who speaks), [`statements()`] (the same words told
//! several times).
#![deny(clippy::disallowed_methods)]

mod actors;
mod copies;
mod mixed;
mod profile;
mod statements;
mod stories;

use onrecord_terms::{Actor, Article, Decision, Joint, Placement, Quote, Statement};

/// The version of this stage: raised when its output changes, stored with what it makes.
pub const VERSION: u32 = 4;

/// An article with its quotes.
pub type Quoted = (Article, Vec<Quote>);

/// What the models weigh, for fitting them (`examples/fit.rs`); not for other rooms.
pub mod measure {
    pub use crate::statements::{
        DIFFERS_FEATURES, TELLING_FEATURES, TellingPair, bears_on, measure as tellings,
        measure_differences as differences,
    };
    pub use crate::stories::{PAIR_FEATURES, Pair, measure as pairs};
}

/// Stories, threads and copies: one placement an article, in the order given.
pub fn stories(articles: &[Quoted]) -> Vec<Placement> {
    stories_decided(articles, &[])
}

/// As [`stories()`], after people have said which articles are one story.
pub fn stories_decided(articles: &[Quoted], joints: &[Joint]) -> Vec<Placement> {
    let bare: Vec<&Article> = articles.iter().map(|(article, _)| article).collect();
    let ordered = stories::ordered(&bare);
    let found = stories::stories(&ordered);
    let late = stories::late(&ordered.order, &found.first, &found.settled);
    let groups = stories::decided(&ordered.order, &found.settled, joints);
    let (story, thread) = (ordered.back(&groups), ordered.back(&stories::threads(&ordered, &groups)));
    let mut why = vec![Vec::new(); articles.len()];
    for (idx, reasons) in stories::reasons(&ordered, &groups).into_iter().enumerate() {
        why[ordered.order[idx]] = reasons;
    }
    let copies = copies::copies(articles, &story);
    let placements = why.into_iter().zip(copies).zip(late).enumerate();
    placements
        .map(|(idx, ((why, copy), late))| Placement {
            story: story[idx],
            thread: thread[idx],
            family: copy.family,
            copy_of: copy.copy_of,
            why,
            late,
        })
        .collect()
}

/// Who speaks: one actor for all the names that somebody goes by.
///
/// A bare surname finds its full name within its story and thread: `placements` are those of [`stories()`].
pub fn actors(articles: &[Quoted], placements: &[Placement]) -> Vec<Actor> {
    actors::actors(articles, placements, &[])
}

/// As [`actors()`], after people have said who is who.
pub fn actors_decided(articles: &[Quoted], placements: &[Placement], decisions: &[Decision]) -> Vec<Actor> {
    actors::actors(articles, placements, decisions)
}

/// Statements, in order of their first rendering. Every quote is a rendering of exactly one statement.
pub fn statements(articles: &[Quoted], placements: &[Placement], actors: &[Actor]) -> Vec<Statement> {
    statements::statements(articles, placements, actors)
}
