//! What exactly was said, and how is it told? One statement with all its renderings.

use crate::ids::Id;
use crate::shelf::{Shelf, Shelved, doubt};
use crate::story::not_told;
use crate::views::{Doubt, SpeakerRef, StatementRow, StatementView, round};
use onrecord_store::{QuoteId, Record, Result, StoredQuote, StoredStatement};
use onrecord_terms::Kind;
use onrecord_terms::quote::join;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The statement that holds this quote: `st9` and every other quote of it name the same.
pub fn statement(record: &Record, quote: QuoteId) -> Result<Option<StatementView>> {
    let shelf = Shelf::new(record);
    match record.statement(quote)? {
        Some(stored) => view(&shelf, &stored),
        None => Ok(None),
    }
}

/// A stored statement with everything around it.
pub(crate) fn view(shelf: &Shelf, stored: &StoredStatement) -> Result<Option<StatementView>> {
    let Some(row) = row(shelf, stored)? else { return Ok(None) };
    let mut renderings = Vec::new();
    for told in &stored.renderings {
        if let Some(shelved) = shelf.article(told.page)? {
            renderings.extend(shelf.rendering(&shelved, told)?);
        }
    }
    Ok(Some(StatementView { row, renderings, others: not_told(shelf, stored)? }))
}

/// A statement by its number, as one row.
pub(crate) fn row_of(shelf: &Shelf, id: QuoteId) -> Result<Option<StatementRow>> {
    match shelf.record.statement(id)? {
        Some(stored) => row(shelf, &stored),
        None => Ok(None),
    }
}

/// One telling, found on the shelf.
struct Told {
    shelved: Rc<Shelved>,
    idx: usize,
    complete: bool,
}

impl Told {
    fn quote(&self) -> &StoredQuote {
        &self.shelved.quotes[self.idx]
    }
}

/// A stored statement as one row.
pub(crate) fn row(shelf: &Shelf, stored: &StoredStatement) -> Result<Option<StatementRow>> {
    let mut told = Vec::new();
    for rendering in &stored.renderings {
        let Some(shelved) = shelf.article(rendering.page)? else { continue };
        if shelved.quotes.get(rendering.idx).is_some_and(|quote| quote.id == rendering.quote) {
            told.push(Told { shelved, idx: rendering.idx, complete: rendering.complete });
        }
    }
    let in_order: Vec<String> = outlets(&told);
    let reports: BTreeSet<i64> = told.iter().map(|t| t.shelved.stored.page).collect();
    let families: BTreeSet<i64> = told.iter().map(|t| t.shelved.family()).collect();
    told.sort_by_key(fullness);
    let Some(fullest) = told.first() else { return Ok(None) };
    let quote = &fullest.quote().quote;
    let first = |get: &dyn Fn(&Told) -> Option<String>| told.iter().find_map(get);
    let (speakers, doubt) = surest(shelf, &told)?;
    Ok(Some(StatementRow {
        id: Id::Statement(stored.id).to_string(),
        speakers,
        doubt,
        date: stored.day.map(|day| day.to_string()),
        date_is: match (stored.said_on, stored.day) {
            (Some(_), _) => "said",
            (None, Some(_)) => "published",
            (None, None) => "not known",
        },
        words: quote.words(fullest.shelved.article()),
        kind: told.iter().map(|t| t.quote().quote.kind()).min().unwrap_or(quote.kind()).as_str().to_owned(),
        mode: first(&|t| t.quote().quote.sense.mode.map(|mode| mode.as_str().to_owned())),
        act: first(&|t| t.quote().quote.sense.act.map(|act| act.as_str().to_owned())),
        target: first(&|t| t.quote().quote.sense.target.clone()),
        condition: first(&|t| {
            let quote = &t.quote().quote;
            quote.sense.condition.map(|span| join(quote.place().text(t.shelved.article()), &[span]))
        }),
        venue: first(&|t| t.quote().quote.sense.venue.clone()),
        reports: reports.len(),
        independent: families.len(),
        outlets: in_order,
        differs: stored.differs.iter().map(|differs| differs.as_str()).collect(),
        confidence: round(stored.confidence),
        story: stored.story.map(|story| Id::Story(story).to_string()),
        quotes: told.iter().map(|t| Id::Quote(t.quote().id).to_string()).collect(),
    }))
}

/// The fullest telling first: nothing left out, the most literal, the longest; then as published.
fn fullness(told: &Told) -> (bool, Kind, std::cmp::Reverse<usize>) {
    let quote = &told.quote().quote;
    let len = quote.content().iter().map(|span| span.len()).sum::<usize>();
    (!told.complete, quote.kind(), std::cmp::Reverse(len))
}

/// Outlets in the order in which they tell it, each once.
fn outlets(told: &[Told]) -> Vec<String> {
    let mut outlets = Vec::new();
    for told in told {
        let outlet = told.shelved.view().outlet_or_name();
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    outlets
}

/// The speakers of the telling that is surest of them.
fn surest(shelf: &Shelf, told: &[Told]) -> Result<(Vec<SpeakerRef>, Doubt)> {
    let sure = |told: &&Told| told.quote().quote.voice.confidence;
    let with_speaker = told.iter().filter(|told| !told.quote().quote.voice.speakers.is_empty());
    // The first of equals, in the order of fullness.
    let surest = with_speaker.rev().max_by(|a, b| sure(a).total_cmp(&sure(b))).or(told.first());
    let none = Doubt { confidence: 0.0, runner_up: None, runner_up_confidence: None };
    match surest {
        Some(told) => Ok((shelf.speakers(told.quote())?, doubt(&told.quote().quote))),
        None => Ok((Vec::new(), none)),
    }
}
