//! How did an actor's position on a topic move? Acts in time, each with its sentences.
//!
//! An actor's position is told by the actor itself, its offices and its people; who spoke is on each point.

use crate::dates::Days;
use crate::shelf::Shelf;
use crate::statement::row;
use crate::views::{ActorView, RenderingView, SpeakerRef, StatementRow};
use onrecord_store::{Filter, Reach, Record, Result, Topic};
use onrecord_terms::Act;
use serde::Serialize;
use std::collections::BTreeSet;

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
    /// Points that some outlets credit to it and that are told under another's name, or under nobody's.
    pub credited: Vec<PointView>,
    /// Statements that come near the topic: where nothing has all its words, those with some; and acts told in
    /// reports whose headline or first paragraph is on it, without its words.
    pub near: Vec<PointView>,
    /// How many statements there are; the lists may hold fewer.
    pub total: i64,
    /// How many hold some of the topic's words; counted only where none is about it.
    pub some: i64,
    /// Others who go by the name that was asked for.
    pub others: Vec<SpeakerRef>,
}

/// One statement as a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointView {
    /// The statement.
    #[serde(flatten)]
    pub statement: StatementRow,
    /// The rendering that stands for it: the sentences.
    pub evidence: RenderingView,
    /// Where the topic's words stand.
    pub topic_in: TopicIn,
    /// The point before it whose act or condition is another; null where it is the same, or where either act is
    /// a plain statement or a question.
    pub differs_from: Option<DiffersFrom>,
}

/// Where the words of the topic stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TopicIn {
    /// All in the words ascribed or in their target.
    Words,
    /// Some there or in their sentence, the others in the head of the report.
    Partly,
    /// Some there, the others nowhere.
    Some,
    /// Only in the headline or the first paragraph of the report.
    Head,
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
        credited: Vec::new(),
        near: Vec::new(),
        total: 0,
        some: 0,
        others: others.iter().filter_map(|id| shelf.actor_ref(*id).transpose()).collect::<Result<_>>()?,
    };
    let Some(topic) = Topic::parse(&question.on) else { return Ok(Some(view)) };
    let mut actors = vec![*first];
    actors.extend(&parts);
    let several = topic.has_several_words();
    let filter = Filter {
        actors: Some(actors),
        about: Some(topic),
        since: question.since.map(|days| days.first),
        until: question.until.map(|days| days.last),
        ..Filter::default()
    };
    let ask = |reach, limit| record.said(&Filter { reach, ..filter.clone() }, 0, limit);
    let found = ask(Reach::Near, question.limit)?;
    view.total = found.total;
    let in_words: BTreeSet<i64> = ask(Reach::Words, question.limit)?.best.into_iter().collect();
    let mut slugs = BTreeSet::from([actor.slug.clone()]);
    slugs.extend(view.speaks_for_it.iter().filter_map(|one| one.id.clone()));
    for id in &found.best {
        let topic_in = if in_words.contains(id) { TopicIn::Words } else { TopicIn::Partly };
        let Some(point) = point(&shelf, *id, topic_in, &slugs)? else { continue };
        let nameless = point.statement.speakers.iter().all(|speaker| !speaker.named);
        match (is_by(&point.statement, &slugs), nameless, &point.statement.date) {
            (false, _, _) => view.credited.push(point),
            (true, true, _) => view.unnamed.push(point),
            (true, false, Some(_)) => view.points.push(point),
            (true, false, None) => view.undated.push(point),
        }
    }
    // Newest first came out of the record; points are read in time. Stable for points of one day.
    view.points.sort_by(|a, b| a.statement.date.cmp(&b.statement.date));
    mark_moves(&mut view.points);
    let mut near = Vec::new();
    if view.total == 0 && several {
        let some = ask(Reach::Some, LOOKED_AT)?;
        view.some = some.total;
        near.extend(some.best.into_iter().map(|id| (id, TopicIn::Some)));
    }
    near.extend(ask(Reach::Head, LOOKED_AT)?.best.into_iter().map(|id| (id, TopicIn::Head)));
    let mut seen: BTreeSet<i64> = found.best.into_iter().collect();
    let mut n_of = [0, 0];
    for (id, topic_in) in near {
        let room = &mut n_of[usize::from(topic_in == TopicIn::Head)];
        if *room >= NEAR || !seen.insert(id) {
            continue;
        }
        let Some(point) = point(&shelf, id, topic_in, &slugs)? else { continue };
        // Descriptions in a report on the topic are legion: only what takes a position is shown.
        let counts = topic_in == TopicIn::Some || takes_position(point.statement.act.as_deref());
        if counts && is_by(&point.statement, &slugs) {
            *room += 1;
            view.near.push(point);
        }
    }
    view.near.sort_by(|a, b| (a.topic_in, &a.statement.date).cmp(&(b.topic_in, &b.statement.date)));
    Ok(Some(view))
}

/// So many statements near the topic are shown of each sort, the newest.
const NEAR: usize = 5;

/// So many are looked at to find them.
const LOOKED_AT: usize = 60;

fn is_by(row: &StatementRow, slugs: &BTreeSet<String>) -> bool {
    row.speakers.iter().filter_map(|speaker| speaker.id.as_ref()).any(|id| slugs.contains(id))
}

/// A statement as a point: its lead is the evidence, or the first telling that credits these speakers.
fn point(shelf: &Shelf, id: i64, topic_in: TopicIn, slugs: &BTreeSet<String>) -> Result<Option<PointView>> {
    let Some(stored) = shelf.record.statement(id)? else { return Ok(None) };
    let Some(statement) = row(shelf, &stored)? else { return Ok(None) };
    let led = is_by(&statement, slugs);
    for told in &stored.renderings {
        let is_lead = statement.quotes.first() == Some(&format!("q{}", told.quote));
        let Some(shelved) = shelf.article(told.page)?.filter(|_| is_lead || !led) else { continue };
        let Some(evidence) = shelf.rendering(&shelved, told)? else { continue };
        let credits = |one: &SpeakerRef| one.id.as_ref().is_some_and(|id| slugs.contains(id));
        if led || evidence.speakers.iter().any(credits) {
            return Ok(Some(PointView { statement, evidence, topic_in, differs_from: None }));
        }
    }
    // The speaker is in doubt everywhere: nobody's point.
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
