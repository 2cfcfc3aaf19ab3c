//! Who reported what in this story, and who did not? Its articles, its copies, and the coverage table.

use crate::aligned::aligned;
use crate::contrast::{ContrastView, Contrasts, contrasts};
use crate::ids::Id;
use crate::near::Found;
use crate::negation;
use crate::shelf::{Shelf, Shelved};
use crate::statement;
use crate::stories::{StoryRow, articles, row};
use crate::views::{ArticleRef, NearView, NotTold, RenderingView, StatementRow};
use onrecord_store::{ActorId, PageId, QuoteId, Record, Result, StoredLate, StoredStatement, StoryDecision};
use onrecord_terms::Kind;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A story with its reports and what each of them tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryView {
    /// The row.
    #[serde(flatten)]
    pub row: StoryRow,
    /// Its articles in order of publication; those without a date last.
    pub articles: Vec<ArticleRef>,
    /// Who copied whom.
    pub copies: Vec<CopyView>,
    /// What each outlet tells.
    pub coverage: CoverageView,
    /// Words that differ from outlet to outlet for the same thing.
    pub contrasts: Vec<ContrastView>,
    /// Other stories of the same thread, in order of publication.
    pub thread_stories: Vec<StoryRow>,
    /// What became known about its articles only after they had come.
    pub late: Vec<LateView>,
    /// What people decided about its articles.
    pub decisions: Vec<StoryDecisionView>,
}

/// A late merge or split.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LateView {
    /// `a12`.
    pub article: String,
    /// merged (it opened a story, which turned out to be this one) or split (it turned out not to be of that story).
    pub change: &'static str,
    /// The story that it was split from, by an article of it.
    pub from: Option<String>,
}

/// A person's word on two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryDecisionView {
    /// merge or split.
    pub decision: &'static str,
    /// An article of the story, `a7`.
    pub one: String,
    /// The article whose story is merged with it, or that is no part of it.
    pub other: String,
    /// When, in UTC.
    pub made: String,
}

/// Decisions on the articles of a story.
fn decisions(record: &Record, pages: &[PageId]) -> Result<Vec<StoryDecisionView>> {
    let about = |d: &StoryDecision| pages.contains(&d.one) || pages.contains(&d.other);
    let view = |d: StoryDecision| StoryDecisionView {
        decision: if d.same { "merge" } else { "split" },
        one: Id::Article(d.one).to_string(),
        other: Id::Article(d.other).to_string(),
        made: d.made,
    };
    Ok(record.story_decisions()?.into_iter().filter(about).map(view).collect())
}

/// Late merges and splits of a story.
fn late(record: &Record, story: PageId) -> Result<Vec<LateView>> {
    let view = |late: StoredLate| LateView {
        article: Id::Article(late.page).to_string(),
        change: if late.split_from.is_some() { "split" } else { "merged" },
        from: late.split_from.map(|page| Id::Article(page).to_string()),
    };
    Ok(record.late(story)?.into_iter().map(view).collect())
}

/// Articles that share wire copy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CopyView {
    /// The earliest of them, as far as dates are known.
    pub first: ArticleRef,
    /// The others.
    pub copies: Vec<ArticleRef>,
    /// Agencies that any of them credits.
    pub agencies: Vec<String>,
}

/// Rows are statements, columns are outlets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageView {
    /// Outlets in order of first publication.
    pub columns: Vec<Column>,
    /// Statements: those that most outlets tell first, of these the sure ones before those that may be several, then in
    /// order of appearance.
    pub rows: Vec<CoverageRow>,
}

/// One outlet's articles in the story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// The outlet; where it is not known, each article has a column of its own.
    pub outlet: String,
    /// Its articles, `a12`.
    pub articles: Vec<String>,
    /// Whether text is missing in any of them.
    pub incomplete: bool,
    /// The outlet that it copied, if all its articles are copies.
    pub copy_of: Option<String>,
}

/// One statement over all outlets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageRow {
    /// The statement.
    pub statement: StatementRow,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// Whether and how one outlet tells one statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// How it is told, or why it is not here.
    pub state: CellState,
    /// The quotes that tell it, `q345`.
    pub quotes: Vec<String>,
    /// The words that ascribe it, in the most literal of them.
    pub cue: Option<String>,
    /// False if it is told with a part left out that another rendering has.
    pub whole: bool,
    /// How its words differ from the fullest telling.
    pub differs: Vec<&'static str>,
    /// Whether the words stand in marks in the headline alone, and nowhere in the text.
    pub headline_only: bool,
    /// Whether another telling has a "not" before these very words that is not here.
    pub negation_gone: bool,
    /// The passage that may tell it, where the state is `perhaps`.
    pub near: Option<NearView>,
}

/// How an outlet tells a statement. Ordered from the most literal on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum CellState {
    /// In quotation marks.
    #[serde(rename = "quoted")]
    Quoted,
    /// Partly in quotation marks.
    #[serde(rename = "partly")]
    Partly,
    /// In the outlet's words.
    #[serde(rename = "paraphrased")]
    Paraphrased,
    /// Not found as such, but similar words stand in the outlet's text: it may be told there.
    #[serde(rename = "perhaps")]
    Perhaps,
    /// Not found in the outlet's complete text.
    #[serde(rename = "absent")]
    Absent,
    /// Not found, and text is missing: nothing can be said.
    #[serde(rename = "text incomplete")]
    TextIncomplete,
    /// The outlet's articles came out before the statement was made or first reported.
    #[serde(rename = "not yet published")]
    NotYetPublished,
}

impl CellState {
    /// Every state.
    pub const ALL: [CellState; 7] = [
        CellState::Quoted,
        CellState::Partly,
        CellState::Paraphrased,
        CellState::Perhaps,
        CellState::Absent,
        CellState::TextIncomplete,
        CellState::NotYetPublished,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            CellState::Quoted => "quoted",
            CellState::Partly => "partly",
            CellState::Paraphrased => "paraphrased",
            CellState::Perhaps => "perhaps",
            CellState::Absent => "absent",
            CellState::TextIncomplete => "text incomplete",
            CellState::NotYetPublished => "not yet published",
        }
    }

    /// Whether the statement is told at all.
    pub fn is_told(self) -> bool {
        self <= CellState::Paraphrased
    }
}

/// The story that the article of this page is in: `s7` and every other article of it name the same.
pub fn story(record: &Record, page: PageId) -> Result<Option<StoryView>> {
    story_with(record, page, &Contrasts::built_in())
}

/// The same with a list of words of the reader's own.
pub fn story_with(record: &Record, page: PageId, words: &Contrasts) -> Result<Option<StoryView>> {
    let Some(placement) = record.placement(page)? else { return Ok(None) };
    let shelf = Shelf::new(record);
    let articles = articles(&shelf, placement.story)?;
    let mut thread = Vec::new();
    for other in record.thread(placement.thread)? {
        if other.story != placement.story && !thread.contains(&other.story) {
            thread.push(other.story);
        }
    }
    Ok(Some(StoryView {
        row: row(&shelf, placement.story)?,
        articles: articles.iter().map(|shelved| shelved.view()).collect(),
        copies: copies(&shelf, &articles)?,
        coverage: coverage(&shelf, placement.story, &articles)?,
        contrasts: contrasts(words, &articles).into_iter().chain(aligned(&articles)).collect(),
        thread_stories: thread.into_iter().map(|story| row(&shelf, story)).collect::<Result<_>>()?,
        late: late(record, placement.story)?,
        decisions: decisions(record, &articles.iter().map(|a| a.stored.page).collect::<Vec<_>>())?,
    }))
}

/// Wire families of more than one article that have an article in the story.
fn copies(shelf: &Shelf, articles: &[Rc<Shelved>]) -> Result<Vec<CopyView>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for shelved in articles {
        if !seen.insert(shelved.family()) {
            continue;
        }
        let mut family = Vec::new();
        for placement in shelf.record.family(shelved.family())? {
            family.extend(shelf.article(placement.page)?.map(|shelved| shelved.view()));
        }
        // The one that nobody's copy is comes first.
        family.sort_by_key(|view| view.copy_of.is_some());
        let mut agencies: Vec<String> = Vec::new();
        for agency in family.iter().flat_map(|view| &view.agencies) {
            if !agencies.iter().any(|known| known.to_lowercase() == agency.to_lowercase()) {
                agencies.push(agency.clone());
            }
        }
        let mut family = family.into_iter();
        if let (Some(first), true) = (family.next(), family.len() > 0) {
            found.push(CopyView { first, copies: family.collect(), agencies });
        }
    }
    Ok(found)
}

/// Articles by outlet, in order of first publication.
fn by_outlet(articles: &[Rc<Shelved>]) -> Vec<(String, Vec<Rc<Shelved>>)> {
    let mut groups: Vec<(String, Vec<Rc<Shelved>>)> = Vec::new();
    for shelved in articles {
        let outlet = shelved.view().outlet_or_name();
        match groups.iter_mut().find(|(name, _)| *name == outlet) {
            Some((_, group)) => group.push(shelved.clone()),
            None => groups.push((outlet, vec![shelved.clone()])),
        }
    }
    groups
}

fn coverage(shelf: &Shelf, story: PageId, articles: &[Rc<Shelved>]) -> Result<CoverageView> {
    let groups = by_outlet(articles);
    let mut rows = Vec::new();
    for id in shelf.record.statements_of_story(story)? {
        let Some(stored) = shelf.record.statement(id)? else { continue };
        let Some(statement) = statement::row(shelf, &stored)? else { continue };
        let near = nearest(shelf, story, &stored)?;
        let gone = negation::gone(shelf, &stored)?;
        let cell = |group: &[Rc<Shelved>]| cell(shelf, group, &stored, &near, &gone);
        let cells = groups.iter().map(|(_, group)| cell(group)).collect::<Result<Vec<_>>>()?;
        rows.push(CoverageRow { statement, cells });
    }
    let n_told = |row: &CoverageRow| row.cells.iter().filter(|cell| cell.state.is_told()).count();
    rows.sort_by_key(|row| (std::cmp::Reverse(n_told(row)), row.statement.may_be_several()));
    let mut columns = Vec::new();
    for (outlet, group) in groups {
        columns.push(Column {
            articles: group.iter().map(|shelved| shelved.view().id).collect(),
            incomplete: group.iter().any(|shelved| !shelved.article().complete),
            copy_of: copied(shelf, &group)?,
            outlet,
        });
    }
    Ok(CoverageView { columns, rows })
}

/// Whom an outlet copied, if all its articles are copies.
fn copied(shelf: &Shelf, group: &[Rc<Shelved>]) -> Result<Option<String>> {
    let mut from = None;
    for shelved in group {
        let Some(of) = shelved.placement.as_ref().and_then(|p| p.copy_of) else { return Ok(None) };
        let outlet = shelf.article(of)?.map(|shelved| shelved.view().outlet_or_name());
        from = from.or(outlet);
    }
    Ok(from)
}

/// Passages near to a statement's words, by article.
type Nearest = BTreeMap<PageId, Found>;

/// The passage of each article of the story that is nearest to any telling of a statement.
fn nearest(shelf: &Shelf, story: PageId, stored: &StoredStatement) -> Result<Nearest> {
    let near = shelf.near(story)?;
    let mut nearest = Nearest::new();
    for rendering in &stored.renderings {
        let Some(shelved) = shelf.article(rendering.page)? else { continue };
        let Some(quote) = shelved.quotes.get(rendering.idx).filter(|quote| quote.id == rendering.quote)
        else {
            continue;
        };
        let speakers: BTreeSet<ActorId> = quote.actors.iter().flatten().copied().collect();
        for (page, found) in near.find(&quote.quote.words(shelved.article()), &speakers) {
            match nearest.get(&page) {
                Some(known) if known.share >= found.share => {}
                _ => {
                    nearest.insert(page, found);
                }
            }
        }
    }
    Ok(nearest)
}

/// How the articles of one outlet tell a statement.
fn cell(
    shelf: &Shelf,
    group: &[Rc<Shelved>],
    stored: &StoredStatement,
    near: &Nearest,
    gone: &BTreeSet<QuoteId>,
) -> Result<Cell> {
    let mut told = Vec::new();
    let mut negation_gone = false;
    for rendering in &stored.renderings {
        let Some(shelved) = group.iter().find(|shelved| shelved.stored.page == rendering.page) else {
            continue;
        };
        told.extend(shelf.rendering(shelved, rendering)?);
        negation_gone |= gone.contains(&rendering.quote);
    }
    let state = |kind: &str| match Kind::parse(kind) {
        Some(Kind::Direct) => CellState::Quoted,
        Some(Kind::Mixed) => CellState::Partly,
        _ => CellState::Paraphrased,
    };
    let rank =
        |told: &RenderingView| (told.caveats.iter().any(|caveat| caveat.is_headline()), state(&told.kind));
    let Some(best) = told.iter().min_by_key(|told| rank(told)) else {
        let (state, near) = absence(shelf, group, stored, near)?;
        return Ok(Cell {
            state,
            quotes: Vec::new(),
            cue: None,
            whole: true,
            differs: Vec::new(),
            headline_only: false,
            negation_gone: false,
            near,
        });
    };
    Ok(Cell {
        state: state(&best.kind),
        quotes: told.iter().map(|told| told.quote.clone()).collect(),
        cue: best.cue.clone(),
        whole: told.iter().any(|told| told.complete),
        differs: best.differs.clone(),
        headline_only: best.caveats.iter().any(|caveat| caveat.is_headline()),
        negation_gone,
        near: None,
    })
}

/// Why an outlet's articles do not tell a statement. "Absent" only where the whole text is there and nothing in it is
/// near; "not yet" only where they came out on a day before the one on which it was said, or before that of the first
/// of its tellings, if all of them are dated.
fn absence(
    shelf: &Shelf,
    group: &[Rc<Shelved>],
    stored: &StoredStatement,
    near: &Nearest,
) -> Result<(CellState, Option<NearView>)> {
    let nearest = group.iter().filter_map(|shelved| Some((shelved, near.get(&shelved.stored.page)?)));
    if let Some((shelved, found)) = nearest.max_by(|a, b| a.1.share.total_cmp(&b.1.share)) {
        let words = found.span.slice(found.place.text(shelved.article())).to_owned();
        let quote = found.quote.and_then(|idx| shelved.quotes.get(idx));
        return Ok((
            CellState::Perhaps,
            Some(NearView {
                article: shelved.view().id,
                quote: quote.map(|quote| Id::Quote(quote.id).to_string()),
                statement: quote.and_then(|q| q.statement).map(|id| Id::Statement(id).to_string()),
                words,
            }),
        ));
    }
    if group.iter().any(|shelved| !shelved.article().complete) {
        return Ok((CellState::TextIncomplete, None));
    }
    let mut first = stored.said_on;
    if first.is_none() {
        for rendering in &stored.renderings {
            let published = shelf.article(rendering.page)?.and_then(|shelved| shelved.article().published);
            let Some(day) = published.map(|moment| moment.day) else { return Ok((CellState::Absent, None)) };
            first = Some(first.map_or(day, |known| known.min(day)));
        }
    }
    let too_early = |shelved: &Rc<Shelved>| match (shelved.article().published, first) {
        (Some(published), Some(first)) => published.day < first,
        _ => false,
    };
    Ok(match group.iter().all(too_early) {
        true => (CellState::NotYetPublished, None),
        false => (CellState::Absent, None),
    })
}

/// Outlets that report the statement's story and do not tell the statement.
pub(crate) fn not_told(shelf: &Shelf, stored: &StoredStatement) -> Result<Vec<NotTold>> {
    let Some(story) = stored.story else { return Ok(Vec::new()) };
    let articles = articles(shelf, story)?;
    let near = nearest(shelf, story, stored)?;
    let mut found = Vec::new();
    for (outlet, group) in by_outlet(&articles) {
        let tells = |shelved: &Rc<Shelved>| stored.renderings.iter().any(|r| r.page == shelved.stored.page);
        if !group.iter().any(tells) {
            let (state, near) = absence(shelf, &group, stored, &near)?;
            found.push(NotTold {
                outlet,
                state: state.as_str(),
                articles: group.iter().map(|shelved| Id::Article(shelved.stored.page).to_string()).collect(),
                near,
            });
        }
    }
    Ok(found)
}
