//! Which events are reported? Stories, the latest first.

use crate::ids::Id;
use crate::shelf::{Shelf, Shelved};
use crate::views::Caveat;
use onrecord_store::{PageId, Record, Result, StoredHead};
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
    /// The headline that shares most words with the headlines of the other independent reports, the first of equals;
    /// the first words of its first report where none has a headline.
    pub title: String,
    /// The outlet whose words these are.
    pub title_by: String,
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
    let heads = shelf.record.heads_of_story(story)?;
    let days = || heads.iter().filter_map(|head| head.published).map(|published| published.day);
    let families: BTreeSet<PageId> = heads.iter().map(|head| head.family).collect();
    let mut outlets: Vec<String> = Vec::new();
    for outlet in heads.iter().map(outlet) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let titled = central(&heads).or(heads.first());
    let title = match titled {
        Some(StoredHead { title: Some(title), .. }) => title.clone(),
        Some(head) => first_words(shelf, head.page)?,
        None => String::new(),
    };
    Ok(StoryRow {
        id: Id::Story(story).to_string(),
        title,
        title_by: titled.map(outlet).unwrap_or_default(),
        first: days().min().map(|day| day.to_string()),
        last: days().max().map(|day| day.to_string()),
        reports: heads.len(),
        independent: families.len(),
        outlets,
        statements: shelf.record.statements_of_story(story)?.len(),
        thread: Id::Story(heads.first().map_or(story, |head| head.thread)).to_string(),
    })
}

fn outlet(head: &StoredHead) -> String {
    head.outlet.clone().unwrap_or_else(|| format!("outlet not known ({})", Id::Article(head.page)))
}

/// Headlines of one story compared with one another at most.
const COMPARED: usize = 60;

/// The report whose headline shares most with the others: of independent reports, and of those whose headline sets
/// no words in marks that its text does not hold, as far as there are any.
fn central(heads: &[StoredHead]) -> Option<&StoredHead> {
    let titled = || heads.iter().filter(|head| head.title.is_some());
    let own = || titled().filter(|head| head.copy_of.is_none());
    let sound = || own().filter(|head| !head.notes.iter().any(|code| code == Caveat::HEADLINE.code));
    let mut picked: Vec<&StoredHead> = sound().take(COMPARED).collect();
    if picked.is_empty() {
        picked = own().chain(titled()).take(COMPARED).collect();
    }
    let words: Vec<BTreeSet<String>> = picked.iter().map(|head| words_of(head)).collect();
    let others: Vec<BTreeSet<String>> = own().take(COMPARED).map(words_of).collect();
    let shared = |words: &BTreeSet<String>| -> f64 {
        others
            .iter()
            .map(|other| words.intersection(other).count() as f64 / words.union(other).count().max(1) as f64)
            .sum()
    };
    let mut best: Option<(f64, &StoredHead)> = None;
    for (head, words) in picked.into_iter().zip(&words) {
        let score = shared(words);
        if best.is_none_or(|(most, _)| score > most + 1e-9) {
            best = Some((score, head));
        }
    }
    best.map(|(_, head)| head)
}

/// The words of a headline that tell something: four letters or more, or a number.
fn words_of(head: &StoredHead) -> BTreeSet<String> {
    let title = head.title.as_deref().unwrap_or_default();
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3 || word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .collect()
}

/// The first words of a report without a headline.
fn first_words(shelf: &Shelf, page: PageId) -> Result<String> {
    let Some(shelved) = shelf.article(page)? else { return Ok(String::new()) };
    let mut words = String::new();
    for word in shelved.article().text().split_whitespace() {
        if words.len() + word.len() > 80 {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    Ok(words)
}
