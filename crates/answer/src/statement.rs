//! What exactly was said, and how is it told? One statement with all its renderings.

use crate::ids::Id;
use crate::negation;
use crate::shelf::{Shelf, Shelved, doubt, plain};
use crate::story::not_told;
use crate::views::{Beside, Caveat, Credit, SpeakerRef, StatementRow, StatementView, round};
use onrecord_store::{QuoteId, Record, Result, StoredQuote, StoredStatement};
use onrecord_terms::quote::join;
use onrecord_terms::{Kind, Place};
use std::cmp::Reverse;
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
    let gone = negation::gone(shelf, stored)?;
    let mut renderings = Vec::new();
    for told in &stored.renderings {
        let Some(shelved) = shelf.article(told.page)? else { continue };
        let rendering = shelf.rendering(&shelved, told)?;
        renderings.extend(rendering.map(|mut rendering| {
            if gone.contains(&told.quote) && !rendering.caveats.contains(&Caveat::NEGATION) {
                rendering.caveats.push(Caveat::NEGATION);
            }
            rendering
        }));
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
    speakers: Vec<SpeakerRef>,
    kind: Kind,
    caveats: Vec<Caveat>,
    /// Its words, for comparing.
    plain: String,
    /// How many families of reports have its words, whole or in part, in quotation marks.
    agreed: usize,
}

impl Told {
    fn quote(&self) -> &StoredQuote {
        &self.shelved.quotes[self.idx]
    }

    fn outlet(&self) -> String {
        self.shelved.view().outlet_or_name()
    }

    fn condition(&self) -> Option<String> {
        let quote = &self.quote().quote;
        quote.sense.condition.map(|span| join(quote.place().text(self.shelved.article()), &[span]))
    }

    /// The order in which tellings lead: words that the report itself has and ascribes to somebody, quoted before
    /// told, the text before the headline, as most independent reports have them, the surest speaker, nothing left
    /// out, the longest; then as published.
    fn rank(&self) -> impl Ord + use<> {
        let quote = &self.quote().quote;
        // Tenths: smaller differences between two probabilities say nothing.
        let doubt = 10 - (quote.voice.confidence.clamp(0.0, 1.0) * 10.0).round() as i32;
        let len = quote.content().iter().map(|span| span.len()).sum::<usize>();
        let headline_only = self.caveats.iter().any(|caveat| caveat.is_headline());
        let in_title = quote.place() == Place::Title;
        let head = (headline_only, self.speakers.is_empty(), self.kind, in_title);
        (head, Reverse(self.agreed), doubt, !self.complete, Reverse(len))
    }
}

/// A statement's tellings, the lead first.
fn tellings(shelf: &Shelf, stored: &StoredStatement) -> Result<Vec<Told>> {
    let mut told = Vec::new();
    for rendering in &stored.renderings {
        let Some(shelved) = shelf.article(rendering.page)? else { continue };
        let Some(quote) = shelved.quotes.get(rendering.idx).filter(|quote| quote.id == rendering.quote)
        else {
            continue;
        };
        told.push(Told {
            speakers: shelf.speakers(quote)?,
            kind: shelved.kind(&quote.quote),
            caveats: shelved.caveats(&quote.quote),
            plain: plain(&quote.quote.words(shelved.article())),
            agreed: 0,
            idx: rendering.idx,
            complete: rendering.complete,
            shelved,
        });
    }
    agree(&mut told);
    Ok(told)
}

/// Tellings compared with one another at most; a statement told more often is told alike.
const COMPARED: usize = 200;

/// Counts for each quotation the families of reports that have its words, whole or in part.
fn agree(told: &mut [Told]) {
    let quoted: Vec<(String, i64)> = told
        .iter()
        .filter(|told| told.kind == Kind::Direct)
        .take(COMPARED)
        .map(|told| (told.plain.clone(), told.shelved.family()))
        .collect();
    for told in told.iter_mut().filter(|told| told.kind == Kind::Direct).take(COMPARED) {
        let alike = |words: &str| told.plain.contains(words) || words.contains(&told.plain);
        let families: BTreeSet<i64> =
            quoted.iter().filter(|(words, _)| alike(words)).map(|(_, family)| *family).collect();
        told.agreed = families.len();
    }
}

/// A stored statement as one row.
pub(crate) fn row(shelf: &Shelf, stored: &StoredStatement) -> Result<Option<StatementRow>> {
    let mut told = tellings(shelf, stored)?;
    let in_order = outlets(told.iter());
    let reports: BTreeSet<i64> = told.iter().map(|t| t.shelved.stored.page).collect();
    let families: BTreeSet<i64> = told.iter().map(|t| t.shelved.family()).collect();
    let with_condition = outlets(told.iter().filter(|told| told.condition().is_some()));
    let all_have_it = told.iter().all(|told| told.condition().is_some());
    let credits = credits(&told);
    told.sort_by_cached_key(Told::rank);
    let Some(lead) = told.first() else { return Ok(None) };
    let mut caveats = lead.caveats.clone();
    if !caveats.contains(&Caveat::NEGATION) && negation::gone(shelf, stored)?.contains(&lead.quote().id) {
        caveats.push(Caveat::NEGATION);
    }
    let quote = &lead.quote().quote;
    let text = quote.place().text(lead.shelved.article());
    // Mode, act and target are of one telling: of the lead, else of the next that tells an act.
    let acting = told.iter().find(|t| t.shelved.is_english() && t.quote().quote.sense.act.is_some());
    let sense = &acting.unwrap_or(lead).quote().quote.sense;
    let first = |get: &dyn Fn(&Told) -> Option<String>| told.iter().find_map(get);
    let is_lead = |speakers: &[SpeakerRef]| same(speakers, &lead.speakers);
    Ok(Some(StatementRow {
        id: Id::Statement(stored.id).to_string(),
        speakers: lead.speakers.clone(),
        doubt: doubt(quote),
        credits: credits.into_iter().filter(|credit| !is_lead(&credit.speakers)).collect(),
        date: stored.day.map(|day| day.to_string()),
        date_is: match (stored.said_on, stored.day) {
            (Some(_), _) => "said",
            (None, Some(_)) => "published",
            (None, None) => "not known",
        },
        words: quote.words(lead.shelved.article()),
        kind: lead.kind.as_str().to_owned(),
        cue: (!quote.cue().is_empty()).then(|| join(text, quote.cue())),
        caveats,
        language: lead.shelved.article().language.map(|language| language.as_str().to_owned()),
        mode: sense.mode.map(|mode| mode.as_str().to_owned()),
        act: acting.and_then(|told| told.quote().quote.sense.act).map(|act| act.as_str().to_owned()),
        target: sense.target.clone(),
        condition: first(&Told::condition),
        condition_in: if all_have_it { Vec::new() } else { with_condition },
        venue: first(&|t| t.quote().quote.sense.venue.clone()),
        beside: Beside::of(&quote.sense.beside),
        reports: reports.len(),
        independent: families.len(),
        outlets: in_order,
        differs: stored.differs.iter().map(|differs| differs.as_str()).collect(),
        confidence: round(stored.confidence),
        story: stored.story.map(|story| Id::Story(story).to_string()),
        quotes: told.iter().map(|t| Id::Quote(t.quote().id).to_string()).collect(),
    }))
}

/// Outlets in the order in which they tell it, each once.
fn outlets<'t>(told: impl Iterator<Item = &'t Told>) -> Vec<String> {
    let mut outlets = Vec::new();
    for outlet in told.map(Told::outlet) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    outlets
}

/// Whom the tellings credit, in order, with the outlets that do.
fn credits(told: &[Told]) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    for told in told.iter().filter(|told| !told.speakers.is_empty()) {
        let outlet = told.outlet();
        match credits.iter_mut().find(|credit| same(&credit.speakers, &told.speakers)) {
            Some(credit) if credit.outlets.contains(&outlet) => {}
            Some(credit) => credit.outlets.push(outlet),
            None => credits.push(Credit { speakers: told.speakers.clone(), outlets: vec![outlet] }),
        }
    }
    credits
}

/// Whether two lists of speakers are of the same ones over the record.
fn same(a: &[SpeakerRef], b: &[SpeakerRef]) -> bool {
    let keys = |list: &[SpeakerRef]| -> BTreeSet<String> {
        list.iter().map(|one| one.id.clone().unwrap_or_else(|| one.name.clone())).collect()
    };
    keys(a) == keys(b)
}
