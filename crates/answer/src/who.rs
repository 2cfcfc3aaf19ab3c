//! Who is this, and what did they say over time?

use crate::ids::Id;
use crate::shelf::Shelf;
use crate::statement::row_of;
use crate::views::{ActorView, ArticleRef, Credit, SpeakerRef, StatementRow, round};
use onrecord_store::{ActorId, Filter, Record, Result};
use serde::Serialize;

/// One speaker.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhoView {
    /// Names and roles.
    #[serde(flatten)]
    pub actor: ActorView,
    /// Named speakers who speak for it.
    pub people: Vec<SpeakerRef>,
    /// Its statements in time, the oldest first: those that are told under its name.
    pub timeline: Vec<StatementRow>,
    /// Its statements whose date is not known.
    pub undated: Vec<StatementRow>,
    /// How many statements some report credits it with; the lists may hold fewer, the newest.
    pub total: i64,
    /// Statements that some outlets credit it with, and that are told under another's name.
    pub credited: Vec<StatementRow>,
    /// Statements that are its own only if a doubtful choice of speaker is right.
    pub unsure: Vec<StatementRow>,
    /// Statements of people without a name who speak for it: "two officials".
    pub unnamed: Vec<StatementRow>,
    /// Quotes that may be its own: it came second when the speaker was weighed.
    pub doubtful: Vec<DoubtView>,
    /// Others who go by the name that was asked for.
    pub others: Vec<SpeakerRef>,
    /// Why each further name is taken for this speaker's.
    pub joined: Vec<NameView>,
    /// What people decided about its names.
    pub decisions: Vec<DecisionView>,
}

/// Why a name is taken for a speaker's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// The reason, in words.
    pub why: &'static str,
}

/// A person's word on who is who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// `merge` or `split`.
    pub decision: &'static str,
    /// What it is about: `speaker`, or `story`.
    pub about: &'static str,
    /// A name of the one; of a story the address or path of a report.
    pub name: String,
    /// The other name, or that of another report.
    pub other: String,
    /// When it was made, in UTC.
    pub made: String,
}

impl DecisionView {
    fn of(decision: onrecord_terms::Decision) -> DecisionView {
        let onrecord_terms::Decision { same, one, other, made } = decision;
        DecisionView {
            decision: if same { "merge" } else { "split" },
            about: "speaker",
            name: one,
            other,
            made,
        }
    }
}

/// Every decision of the record, in the order in which they were made.
pub fn decisions(record: &Record) -> Result<Vec<DecisionView>> {
    let mut all: Vec<DecisionView> = record.decisions()?.into_iter().map(DecisionView::of).collect();
    for decision in record.story_decisions()? {
        let key = |page| -> Result<String> {
            Ok(record.versions(page)?.pop().map_or_else(String::new, |version| version.key))
        };
        all.push(DecisionView {
            decision: if decision.same { "merge" } else { "split" },
            about: "story",
            name: key(decision.one)?,
            other: key(decision.other)?,
            made: decision.made,
        });
    }
    Ok(all)
}

/// Why `name` is taken for one of somebody whose fullest name is `full`.
fn why_joined(full: &str, name: &str, kind: &str, decided: bool) -> &'static str {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .replace(['.', ',', '"', '“', '”'], "")
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let (full, own) = (words(full), words(name));
    match () {
        () if decided => "merged by hand",
        () if kind == "government" => "a name of this government: its country, people, capital or seat",
        () if kind != "person" => "the same name, or its initials",
        () if own.len() == 1 && full.last() == own.last() => {
            "a surname: its story or thread names one person of it, or the highest office goes with it"
        }
        () if own.len() == 1 => "a single name, and the story names one person so",
        () if own.first() == full.first() && own.last() == full.last() => "the same first and last name",
        () => "another spelling of the same name",
    }
}

/// A quote whose speaker may be somebody else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoubtView {
    /// `q345`.
    pub quote: String,
    /// Where it is told.
    pub article: ArticleRef,
    /// Who was chosen.
    pub speakers: Vec<SpeakerRef>,
    /// Probability of that choice.
    pub confidence: f64,
    /// Who came second.
    pub runner_up: String,
    /// Its probability.
    pub runner_up_confidence: f64,
    /// The words.
    pub words: String,
}

/// A page of the list of speakers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpeakersView {
    /// How many there are.
    pub total: i64,
    /// Those with most statements first.
    pub speakers: Vec<ActorView>,
}

/// Speakers with most statements first, at most `limit`.
pub fn speakers(record: &Record, limit: usize) -> Result<SpeakersView> {
    let shelf = Shelf::new(record);
    let (ids, total) = record.actors(limit)?;
    let mut speakers = Vec::new();
    for id in ids {
        if let Some(actor) = shelf.actor(id)? {
            speakers.push(shelf.actor_view(&actor)?);
        }
    }
    Ok(SpeakersView { total, speakers })
}

/// The speaker who goes by `name` (a slug or a name); of several, the one with most statements.
/// At most `limit` statements, the newest.
pub fn who(record: &Record, name: &str, limit: usize) -> Result<Option<WhoView>> {
    let shelf = Shelf::new(record);
    let found = match record.actor_with_slug(name)? {
        Some(actor) => vec![actor],
        None => record.actors_named(name)?,
    };
    let Some((first, others)) = found.split_first() else { return Ok(None) };
    let Some(actor) = shelf.actor(*first)? else { return Ok(None) };
    let (total, dated, undated) = timeline_of(&shelf, vec![*first], limit)?;
    let (timeline, others_dated): (Vec<_>, Vec<_>) =
        dated.into_iter().partition(|row| row.is_by(&actor.slug));
    let (undated, others_undated): (Vec<_>, Vec<_>) =
        undated.into_iter().partition(|row| row.is_by(&actor.slug));
    let is_credited = |row: &StatementRow| {
        let of = |credit: &Credit| credit.speakers.iter().any(|one| one.id.as_ref() == Some(&actor.slug));
        row.credits.iter().any(of)
    };
    let (credited, unsure) = others_dated.into_iter().chain(others_undated).partition(is_credited);
    let mut people = Vec::new();
    let mut nameless = Vec::new();
    for id in record.actors_of(*first)? {
        match shelf.actor(id)? {
            Some(actor) if actor.named => people.extend(shelf.actor_ref(id)?),
            Some(_) => nameless.push(id),
            None => {}
        }
    }
    let mut unnamed = Vec::new();
    if !nameless.is_empty() {
        let (_, dated, undated) = timeline_of(&shelf, nameless, limit)?;
        unnamed.extend(dated.into_iter().chain(undated));
    }
    let named = |name: &str| actor.names.iter().any(|own| own.eq_ignore_ascii_case(name));
    let decisions: Vec<DecisionView> =
        decisions(record)?.into_iter().filter(|d| named(&d.name) || named(&d.other)).collect();
    let by_hand = |name: &str| {
        let about = |one: &str| one.eq_ignore_ascii_case(name);
        decisions.iter().any(|d| d.decision == "merge" && (about(&d.name) || about(&d.other)))
    };
    let kind = actor.kind.as_str();
    let joined = actor
        .names
        .iter()
        .skip(1)
        .map(|name| NameView { name: name.clone(), why: why_joined(&actor.name, name, kind, by_hand(name)) });
    let joined: Vec<NameView> = joined.collect();
    Ok(Some(WhoView {
        joined,
        decisions,
        actor: shelf.actor_view(&actor)?,
        people,
        timeline,
        undated,
        total,
        credited,
        unsure,
        unnamed,
        doubtful: doubtful(&shelf, &actor.names)?,
        others: others.iter().filter_map(|id| shelf.actor_ref(*id).transpose()).collect::<Result<_>>()?,
    }))
}

/// The newest statements of these speakers: how many in all, those in time, those without a date.
fn timeline_of(
    shelf: &Shelf,
    actors: Vec<ActorId>,
    limit: usize,
) -> Result<(i64, Vec<StatementRow>, Vec<StatementRow>)> {
    let filter = Filter { actors: Some(actors), ..Filter::default() };
    let found = shelf.record.said(&filter, 0, limit)?;
    let mut rows = Vec::new();
    for id in found.best {
        rows.extend(row_of(shelf, id)?);
    }
    let (mut dated, undated): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.date.is_some());
    // Stable: statements of one day stay in the order of their numbers.
    dated.sort_by(|a, b| a.date.cmp(&b.date));
    Ok((found.total, dated, undated))
}

fn doubtful(shelf: &Shelf, names: &[String]) -> Result<Vec<DoubtView>> {
    let mut found = Vec::new();
    for id in shelf.record.quotes_with_runner_up(names)? {
        let Some((version, idx)) = shelf.record.home_of_quote(id)? else { continue };
        let Some(stored) = shelf.record.article_of_version(version)? else { continue };
        let Some(shelved) = shelf.article(stored.page)? else { continue };
        let Some(stored) = shelved.quotes.get(idx).filter(|quote| quote.id == id) else { continue };
        let Some(runner_up) = &stored.quote.voice.runner_up else { continue };
        found.push(DoubtView {
            quote: Id::Quote(id).to_string(),
            article: shelved.view(),
            speakers: shelf.speakers(stored)?,
            confidence: round(stored.quote.voice.confidence),
            runner_up: runner_up.name.clone(),
            runner_up_confidence: round(runner_up.confidence),
            words: stored.quote.words(shelved.article()),
        });
    }
    Ok(found)
}
