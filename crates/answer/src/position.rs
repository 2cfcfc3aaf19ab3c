//! How did an actor's position on a topic move? Acts in time, each with its sentences.
//!
//! An actor's position is told by the actor itself, its offices and its people; who spoke is on each point.

use crate::dates::Days;
use crate::shelf::Shelf;
use crate::statement::row;
use crate::views::{ActorView, RenderingView, SpeakerRef, StatementRow};
use onrecord_store::{Filter, Record, Result, Topic};
use onrecord_terms::Act;
use serde::Serialize;

/// Whose position on what.
#[derive(Clone, Debug, Default)]
pub struct PositionQuestion {
    /// The actor's name or slug.
    pub actor: String,
    /// Words of the topic.
    pub on: String,
    /// On the first of these days or later.
    pub since: Option<Days>,
    /// On the last of these days or earlier.
    pub until: Option<Days>,
    /// How many points at most, the newest.
    pub limit: usize,
}

/// An actor's acts on a topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionView {
    /// The actor.
    pub actor: ActorView,
    /// The topic as asked.
    pub on: String,
    /// Whose statements count besides its own.
    pub speaks_for_it: Vec<SpeakerRef>,
    /// Points in time, the oldest first.
    pub points: Vec<PointView>,
    /// Points whose date is not known: they have no place in the order.
    pub undated: Vec<PointView>,
    /// Points of people without a name, kept apart.
    pub unnamed: Vec<PointView>,
    /// How many statements there are; the lists may hold fewer.
    pub total: i64,
    /// Others who go by the name that was asked for.
    pub others: Vec<SpeakerRef>,
}

/// One statement as a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointView {
    /// The statement.
    #[serde(flatten)]
    pub statement: StatementRow,
    /// Its fullest rendering: the sentences.
    pub evidence: RenderingView,
    /// The point before it whose act or condition is another; null where it is the same, or where either act is
    /// a plain statement or a question.
    pub differs_from: Option<DiffersFrom>,
}

/// The earlier point that a point differs from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiffersFrom {
    /// Its statement.
    pub statement: String,
    /// Its date.
    pub date: Option<String>,
    /// Its act.
    pub act: Option<String>,
    /// Its condition.
    pub condition: Option<String>,
    /// What is another: `act`, `condition`.
    pub in_what: Vec<&'static str>,
}

/// The actor's acts on the topic; nothing if nobody goes by the name.
pub fn position(record: &Record, question: &PositionQuestion) -> Result<Option<PositionView>> {
    let shelf = Shelf::new(record);
    let found = match record.actor_with_slug(&question.actor)? {
        Some(actor) => vec![actor],
        None => record.actors_named(&question.actor)?,
    };
    let Some((first, others)) = found.split_first() else { return Ok(None) };
    let Some(actor) = shelf.actor(*first)? else { return Ok(None) };
    let parts = record.actors_of(*first)?;
    let mut view = PositionView {
        actor: shelf.actor_view(&actor)?,
        on: question.on.clone(),
        speaks_for_it: parts
            .iter()
            .filter_map(|id| shelf.actor_ref(*id).transpose())
            .collect::<Result<_>>()?,
        points: Vec::new(),
        undated: Vec::new(),
        unnamed: Vec::new(),
        total: 0,
        others: others.iter().filter_map(|id| shelf.actor_ref(*id).transpose()).collect::<Result<_>>()?,
    };
    let Some(topic) = Topic::parse(&question.on) else { return Ok(Some(view)) };
    let filter = Filter {
        actors: Some(std::iter::once(*first).chain(parts).collect()),
        about: Some(topic),
        since: question.since.map(|days| days.first),
        until: question.until.map(|days| days.last),
        ..Filter::default()
    };
    let found = record.said(&filter, 0, question.limit)?;
    view.total = found.total;
    for id in found.best {
        let Some(point) = point(&shelf, id)? else { continue };
        let nameless = point.statement.speakers.iter().all(|speaker| !speaker.named);
        match (nameless, &point.statement.date) {
            (true, _) => view.unnamed.push(point),
            (false, Some(_)) => view.points.push(point),
            (false, None) => view.undated.push(point),
        }
    }
    // Newest first came out of the record; points are read in time. Stable for points of one day.
    view.points.sort_by(|a, b| a.statement.date.cmp(&b.statement.date));
    mark_moves(&mut view.points);
    Ok(Some(view))
}

fn point(shelf: &Shelf, id: i64) -> Result<Option<PointView>> {
    let Some(stored) = shelf.record.statement(id)? else { return Ok(None) };
    let Some(statement) = row(shelf, &stored)? else { return Ok(None) };
    for told in &stored.renderings {
        if statement.quotes.first() != Some(&format!("q{}", told.quote)) {
            continue;
        }
        let Some(shelved) = shelf.article(told.page)? else { continue };
        if let Some(evidence) = shelf.rendering(&shelved, told)? {
            return Ok(Some(PointView { statement, evidence, differs_from: None }));
        }
    }
    Ok(None)
}

/// Notes on each point where it differs from the position before it. Descriptions and questions take none.
fn mark_moves(points: &mut [PointView]) {
    let mut before: Option<usize> = None;
    for idx in 0..points.len() {
        if !takes_position(points[idx].statement.act.as_deref()) {
            continue;
        }
        if let Some(earlier) = before.map(|before| &points[before].statement) {
            let mine = &points[idx].statement;
            let mut in_what = Vec::new();
            if mine.act != earlier.act {
                in_what.push("act");
            }
            if mine.condition.is_some() != earlier.condition.is_some() {
                in_what.push("condition");
            }
            points[idx].differs_from = (!in_what.is_empty()).then(|| DiffersFrom {
                statement: earlier.id.clone(),
                date: earlier.date.clone(),
                act: earlier.act.clone(),
                condition: earlier.condition.clone(),
                in_what,
            });
        }
        before = Some(idx);
    }
}

fn takes_position(act: Option<&str>) -> bool {
    let act = act.and_then(Act::parse);
    act.is_some_and(|act| !matches!(act, Act::State | Act::Ask))
}
