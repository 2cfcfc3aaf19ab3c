//! Here is a question: what does the record say? Answers in the reader's words, with their evidence.
//!
//! One function a question, each giving plain data ("a view") that the terminal and the web pages only dress.
//! The keys of the views are frozen once released; offsets in them are Unicode code points. Nothing here judges
//! which telling is right: tellings differ, are found or are not found.
//!
//! Start with [`views`] (what answers are made of); then [`stories()`], [`story()`], [`said()`], [`statement()`],
//! [`who()`], [`position()`], [`search()`], [`show()`], [`export`].

mod aligned;
mod contrast;
mod dates;
pub mod export;
mod ids;
mod near;
mod negation;
mod outlets;
mod passage;
mod position;
mod said;
mod search;
mod shelf;
mod show;
mod statement;
mod stories;
mod story;
pub mod views;
mod who;

pub use contrast::{ContrastUse, ContrastView, ContrastWord, Contrasts};
pub use dates::Days;
pub use ids::Id;
pub use onrecord_store::{Error, Record, Result};
pub use outlets::{OutletRow, OutletView, OutletsView, QuotedView, ShareView, VerbView, outlet, outlets};
pub use position::{PointView, PositionQuestion, PositionView, TopicIn, position};
pub use said::{SaidQuestion, SaidView, said};
pub use search::{ArticleHit, SearchView, StatementHit, search};
pub use show::{
    ArticleView, ParagraphView, PermissionView, ProvenanceView, QuoteView, ShowView, VersionView, VisitView,
    article, quote, show,
};
pub use statement::statement;
pub use stories::{OverviewView, StoriesView, StoryRow, overview, stories};
pub use story::{
    Cell, CellState, Column, CopyView, CoverageRow, CoverageView, LateView, StoryDecisionView, StoryView,
    story, story_with,
};
pub use who::{DecisionView, DoubtView, NameView, SpeakersView, WhoView, decisions, speakers, who};
