//! Which events are reported? Stories, the latest first.

use crate::ids::Id;
use crate::shelf::{Shelf, Shelved};
use onrecord_store::{PageId, Record, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A page of the list of stories.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoriesView {
    /// How many stories there are.
    pub total: usize,
    /// How many come before these.
    pub skip: usize,
    /// The stories; those without a date come last.
    pub stories: Vec<StoryRow>,
}

/// A story in one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryRow {
    /// `s7`.
    pub id: String,
    /// The headline of its first report that has one, else the first words of its first report.
    pub title: String,
    /// The first day of publication; null where no report has a date.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
    /// How many reports.
    pub reports: usize,
    /// How many of them are not copies of one another.
    pub independent: usize,
    /// Outlets in order of publication.
    pub outlets: Vec<String>,
    /// How many statements are told in it.
    pub statements: usize,
    /// The thread that it belongs to: the id of a story in it.
    pub thread: String,
}

/// How much the record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverviewView {
    /// Reports, each page once.
    pub reports: i64,
    /// How many of them are not copies of one another.
    pub independent: i64,
    /// Outlets that are known.
    pub outlets: i64,
    /// Stories.
    pub stories: i64,
    /// Quotes in the latest versions.
    pub quotes: i64,
    /// Statements.
    pub statements: i64,
    /// Statements told by more than one report.
    pub retold: i64,
    /// Speakers.
    pub speakers: i64,
    /// Speakers with a proper name.
    pub named_speakers: i64,
    /// First day of publication; null where no report has a date.
    pub first: Option<String>,
    /// Last one.
    pub last: Option<String>,
}

/// How much the record holds.
pub fn overview(record: &Record) -> Result<OverviewView> {
    let counts = record.counts()?;
    Ok(OverviewView {
        reports: counts.pages,
        independent: counts.independent,
        outlets: counts.outlets,
        stories: counts.stories,
        quotes: counts.quotes,
        statements: counts.statements,
        retold: counts.retold,
        speakers: counts.actors,
        named_speakers: counts.named,
        first: counts.first.map(|day| day.to_string()),
        last: counts.last.map(|day| day.to_string()),
    })
}

/// Stories, the one with the latest report first: `limit` of them after `skip`.
pub fn stories(record: &Record, skip: usize, limit: usize) -> Result<StoriesView> {
    let shelf = Shelf::new(record);
    let all = record.stories()?;
    let mut rows = Vec::new();
    for (story, _) in all.iter().skip(skip).take(limit) {
        rows.push(row(&shelf, *story)?);
    }
    Ok(StoriesView { total: all.len(), skip, stories: rows })
}

/// The articles of a story, in order of publication.
pub(crate) fn articles(shelf: &Shelf, story: PageId) -> Result<Vec<Rc<Shelved>>> {
    let mut articles = Vec::new();
    for placement in shelf.record.story(story)? {
        articles.extend(shelf.article(placement.page)?);
    }
    Ok(articles)
}

pub(crate) fn row(shelf: &Shelf, story: PageId) -> Result<StoryRow> {
    let articles = articles(shelf, story)?;
    let views: Vec<_> = articles.iter().map(|shelved| shelved.view()).collect();
    let days = || views.iter().filter_map(|view| view.day().map(str::to_owned));
    let families: BTreeSet<PageId> = articles.iter().map(|shelved| shelved.family()).collect();
    let mut outlets = Vec::new();
    for outlet in views.iter().map(|view| view.outlet_or_name()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let thread = articles.first().and_then(|shelved| shelved.placement.as_ref()).map_or(story, |p| p.thread);
    Ok(StoryRow {
        id: Id::Story(story).to_string(),
        title: title(&articles),
        first: days().min(),
        last: days().max(),
        reports: articles.len(),
        independent: families.len(),
        outlets,
        statements: shelf.record.statements_of_story(story)?.len(),
        thread: Id::Story(thread).to_string(),
    })
}

/// A headline, or the first words of the first report.
fn title(articles: &[Rc<Shelved>]) -> String {
    if let Some(title) = articles.iter().find_map(|shelved| shelved.article().title.clone()) {
        return title;
    }
    let text = articles.first().map(|shelved| shelved.article().text()).unwrap_or_default();
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.len() + word.len() > 80 {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
