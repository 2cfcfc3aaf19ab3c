//! Who said what, when? Statements that pass the reader's filters, newest first.

use crate::dates::Days;
use crate::ids::Id;
use crate::shelf::Shelf;
use crate::statement::row_of;
use crate::views::{SpeakerRef, StatementRow};
use onrecord_store::{Filter, Record, Result, Topic};
use onrecord_terms::{Act, Kind};
use serde::Serialize;

/// Which statements. What is `None` or empty does not narrow.
#[derive(Clone, Debug, Default)]
pub struct SaidQuestion {
    /// A speaker's name or slug.
    pub who: Option<String>,
    /// Words of the topic.
    pub about: Option<String>,
    /// On these days.
    pub on: Option<Days>,
    /// On the first of these days or later.
    pub since: Option<Days>,
    /// On the last of these days or earlier.
    pub until: Option<Days>,
    /// Part of an outlet's name.
    pub outlet: Option<String>,
    /// The act.
    pub act: Option<Act>,
    /// Direct, mixed or indirect.
    pub kind: Option<Kind>,
    /// A story's id.
    pub story: Option<String>,
    /// Told more than once.
    pub retold: bool,
    /// How many to leave out at the head.
    pub skip: usize,
    /// How many to give at most.
    pub limit: usize,
}

/// Statements that pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SaidView {
    /// How many there are.
    pub total: i64,
    /// How many come before these.
    pub skip: usize,
    /// Speakers that the name was taken for.
    pub who: Vec<SpeakerRef>,
    /// The statements, newest first; those without a date last.
    pub statements: Vec<StatementRow>,
    /// What the reader should know: a name that nobody goes by, a story that is not there.
    pub remarks: Vec<String>,
}

/// Statements that pass the filters, newest first, undated ones last.
pub fn said(record: &Record, question: &SaidQuestion) -> Result<SaidView> {
    let shelf = Shelf::new(record);
    let mut view = SaidView {
        total: 0,
        skip: question.skip,
        who: Vec::new(),
        statements: Vec::new(),
        remarks: Vec::new(),
    };
    let mut filter = Filter {
        since: question.on.or(question.since).map(|days| days.first),
        until: question.on.or(question.until).map(|days| days.last),
        outlet: question.outlet.clone(),
        act: question.act,
        kind: question.kind,
        retold: question.retold,
        ..Filter::default()
    };
    // Given together, the narrower of the two holds.
    if let (Some(on), Some(since)) = (question.on, question.since) {
        filter.since = Some(on.first.max(since.first));
    }
    if let (Some(on), Some(until)) = (question.on, question.until) {
        filter.until = Some(on.last.min(until.last));
    }
    if let Some(who) = &question.who {
        let actors = record.actors_named(who)?;
        for actor in &actors {
            view.who.extend(shelf.actor_ref(*actor)?);
        }
        if actors.is_empty() {
            view.remarks.push(format!("nobody in the record goes by \"{who}\""));
        }
        filter.actors = Some(actors);
    }
    if let Some(about) = &question.about {
        filter.about = Topic::parse(about);
        if filter.about.is_none() {
            view.remarks.push(format!("\"{about}\" holds no word to look for"));
            return Ok(view);
        }
    }
    if let Some(story) = &question.story {
        let place = match Id::parse(story) {
            Id::Story(page) | Id::Article(page) => record.placement(page)?,
            _ => None,
        };
        match place {
            Some(place) => filter.story = Some(place.story),
            None => {
                view.remarks.push(format!("no story {story} in the record"));
                return Ok(view);
            }
        }
    }
    let found = record.said(&filter, question.skip, question.limit)?;
    view.total = found.total;
    for id in found.best {
        view.statements.extend(row_of(&shelf, id)?);
    }
    Ok(view)
}
