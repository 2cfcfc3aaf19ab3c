//! What is this, exactly, and where does it come from? One article or quote with its provenance.

use crate::ids::Id;
use crate::passage::{Layers, passage};
use crate::shelf::{Shelf, Shelved};
use crate::statement::statement;
use crate::story::{StoryView, story};
use crate::views::{ArticleRef, Passage, RenderingView, StatementView};
use crate::who::{WhoView, who};
use onrecord_store::{PageId, QuoteId, Record, Result, StoredArticle, StoredQuote};
use onrecord_terms::{CodePoints, Outcome, ParagraphKind, Place, Span, Visit};
use serde::Serialize;
use std::collections::BTreeSet;

/// How many visits are shown of one address.
pub(crate) const VISITS: usize = 20;

/// Whatever an id names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ShowView {
    /// `a12` or `a12v1`.
    Article(Box<ArticleView>),
    /// `q345`.
    Quote(Box<QuoteView>),
    /// `st9`.
    Statement(Box<StatementView>),
    /// `s7`.
    Story(Box<StoryView>),
    /// A speaker's slug or name.
    Speaker(Box<WhoView>),
}

/// An article with its quotes in place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleView {
    /// The article.
    pub article: ArticleRef,
    /// Its authors.
    pub byline: Vec<String>,
    /// When it was last changed, as the page says.
    pub modified: Option<String>,
    /// The story that it is in, `s7`; null in an old version.
    pub story: Option<String>,
    /// Why it is there: shared words and names.
    pub why: Vec<String>,
    /// The headline with its quotes marked; null if there is none.
    pub headline: Option<Passage>,
    /// The paragraphs with the quotes marked.
    pub paragraphs: Vec<ParagraphView>,
    /// Its quotes in order.
    pub quotes: Vec<RenderingView>,
    /// What was odd.
    pub notes: Vec<NoteView>,
    /// Other articles with the same wire copy.
    pub family: Vec<ArticleRef>,
    /// Where it comes from.
    pub provenance: ProvenanceView,
    /// Every version of the page, the first one first.
    pub versions: Vec<VersionView>,
    /// Quotes that this version has and the one before has not, and the other way round.
    pub changes: Vec<ChangeView>,
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParagraphView {
    /// text, heading, list-item, block-quote or embed.
    pub kind: &'static str,
    /// Which of the page's separate reports it belongs to, from 1.
    pub item: usize,
    /// Its words, exactly.
    pub passage: Passage,
}

/// Something odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// For programs.
    pub code: String,
    /// For people.
    pub text: String,
}

/// Where an article comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProvenanceView {
    /// What makes it the same page when it is read again.
    pub key: String,
    /// Where the bytes came from.
    pub origin: String,
    /// html, text or body.
    pub media: &'static str,
    /// Length of the page in bytes.
    pub n_bytes: i64,
    /// SHA-256 of the page as it was read.
    pub page_sha256: String,
    /// SHA-256 of the article's text.
    pub text_sha256: String,
    /// When these bytes were first read.
    pub first_read: String,
    /// Which version of the page, from 1.
    pub version: i64,
    /// Whether it is the latest.
    pub latest: bool,
    /// Facts that came from beside the page and were not taken from it.
    pub given: Vec<&'static str>,
    /// Version of the program's stage that made the article.
    pub extract_stage: i64,
    /// Version of the stage that found the quotes.
    pub quote_stage: i64,
    /// What the site allowed when this version was fetched; null for what was read from a file.
    pub permission: Option<PermissionView>,
    /// The visits at its address, the newest first, at most 20.
    pub visits: Vec<VisitView>,
}

/// One version of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// `a12v1`.
    pub id: String,
    /// From 1.
    pub version: i64,
    /// When it was first read.
    pub first_read: String,
    /// SHA-256 of the page.
    pub page_sha256: String,
    /// Whether it is the one that answers use.
    pub latest: bool,
}

/// What a site allows to be done with a page, as it tells programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PermissionView {
    /// What robots.txt says of the address.
    pub robots: Option<String>,
    /// Whether text and data mining is reserved, and where that is told.
    pub tdm: Option<String>,
    /// What else the page tells programs, as told: `noindex`.
    pub directives: Vec<String>,
}

/// An address was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VisitView {
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// read, listed, unchanged, gone, refused or failed.
    pub outcome: &'static str,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Why nothing came.
    pub why: Option<String>,
}

/// A quote that changed between two versions of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// `added`, `removed` or `reworded`.
    pub change: &'static str,
    /// The words in the version before; null if added.
    pub before: Option<String>,
    /// The words in this version; null if removed.
    pub after: Option<String>,
}

/// One quote with its exact spans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteView {
    /// The quote in its passage.
    #[serde(flatten)]
    pub rendering: RenderingView,
    /// Who, as code points into the text.
    pub source: Vec<[usize; 2]>,
    /// The words that ascribe.
    pub cue_spans: Vec<[usize; 2]>,
    /// The sentence or sentences that it stands in.
    pub sentence: [usize; 2],
    /// Where it comes from.
    pub provenance: ProvenanceView,
}

/// Whatever `id` names; nothing if it names nothing.
pub fn show(record: &Record, id: &str) -> Result<Option<ShowView>> {
    Ok(match Id::parse(id) {
        Id::Article(page) => article(record, page)?.map(Box::new).map(ShowView::Article),
        Id::Version(page, number) => version(record, page, number)?.map(Box::new).map(ShowView::Article),
        Id::Quote(id) => quote(record, id)?.map(Box::new).map(ShowView::Quote),
        Id::Statement(id) => statement(record, id)?.map(Box::new).map(ShowView::Statement),
        Id::Story(page) => story(record, page)?.map(Box::new).map(ShowView::Story),
        Id::Speaker(name) => who(record, &name, 200)?.map(Box::new).map(ShowView::Speaker),
    })
}

/// The latest version of an article with its quotes in place.
pub fn article(record: &Record, page: PageId) -> Result<Option<ArticleView>> {
    match record.article(page)? {
        Some(stored) => view(record, stored).map(Some),
        None => Ok(None),
    }
}

fn version(record: &Record, page: PageId, number: i64) -> Result<Option<ArticleView>> {
    let Some(version) = record.versions(page)?.into_iter().find(|v| v.number == number) else {
        return Ok(None);
    };
    match record.article_of_version(version.id)? {
        Some(stored) => view(record, stored).map(Some),
        None => Ok(None),
    }
}

/// One quote with its exact spans, in whichever version of its page it was found.
pub fn quote(record: &Record, id: QuoteId) -> Result<Option<QuoteView>> {
    let shelf = Shelf::new(record);
    let Some((version, idx)) = record.home_of_quote(id)? else { return Ok(None) };
    let Some(stored) = record.article_of_version(version)? else { return Ok(None) };
    let shelved = shelf.shelve(stored)?;
    let Some(stored) = shelved.quotes.get(idx) else { return Ok(None) };
    let told = record.statement(id)?.and_then(|s| s.renderings.into_iter().find(|told| told.quote == id));
    let rendering = match told {
        Some(told) => shelf.rendering(&shelved, &told)?,
        None => None,
    };
    let rendering = match rendering {
        Some(rendering) => rendering,
        None => shelf.quote(&shelved, stored, &[], true)?,
    };
    let quote = &stored.quote;
    let points = CodePoints::new(quote.place().text(shelved.article()));
    let spans = |spans: &[Span]| spans.iter().map(|span| points.from_bytes(*span)).collect();
    Ok(Some(QuoteView {
        rendering,
        source: spans(quote.source()),
        cue_spans: spans(quote.cue()),
        sentence: points.from_bytes(quote.sentence()),
        provenance: provenance(record, &shelved.stored)?,
    }))
}

fn view(record: &Record, stored: StoredArticle) -> Result<ArticleView> {
    let shelf = Shelf::new(record);
    let shelved = shelf.shelve(stored)?;
    let article = shelved.article();
    let (mut in_title, mut in_text) = (Layers::default(), Layers::default());
    for quote in &shelved.quotes {
        let layers = if quote.quote.place() == Place::Title { &mut in_title } else { &mut in_text };
        layers.add_quote(&quote.quote, &Id::Quote(quote.id).to_string());
    }
    let title = article.headline();
    let headline = match (Span::new(title, 0, title.len()), title.is_empty()) {
        (Ok(all), false) => Some(passage(Place::Title, title, &CodePoints::new(title), all, &in_title)),
        _ => None,
    };
    let mut quotes = Vec::new();
    for quote in &shelved.quotes {
        quotes.push(shelf.quote(&shelved, quote, &[], true)?);
    }
    let mut family = Vec::new();
    for placement in record.family(shelved.placement.as_ref().map_or(0, |p| p.family))? {
        if placement.page != shelved.stored.page {
            family.extend(shelf.article(placement.page)?.map(|shelved| shelved.view()));
        }
    }
    let versions = record.versions(shelved.stored.page)?;
    let mine = versions.iter().position(|v| v.id == shelved.stored.version.id);
    let before = mine.and_then(|mine| versions[..mine].last());
    let before = match before {
        Some(version) => {
            record.article_of_version(version.id)?.map(|stored| shelf.shelve(stored)).transpose()?
        }
        None => None,
    };
    Ok(ArticleView {
        article: shelved.view(),
        byline: article.byline.clone(),
        modified: article.modified.map(|moment| moment.to_string()),
        story: shelved.placement.as_ref().map(|p| Id::Story(p.story).to_string()),
        why: shelved.placement.as_ref().map(|p| p.why.clone()).unwrap_or_default(),
        headline,
        paragraphs: paragraphs(&shelved, &in_text),
        quotes,
        notes: shelved
            .stored
            .notes
            .iter()
            .map(|note| NoteView { code: note.code.clone(), text: note.text.clone() })
            .collect(),
        family,
        provenance: provenance(record, &shelved.stored)?,
        versions: versions
            .iter()
            .map(|v| VersionView {
                id: Id::Version(shelved.stored.page, v.number).to_string(),
                version: v.number,
                first_read: v.first_read.clone(),
                page_sha256: v.sha256.clone(),
                latest: v.latest,
            })
            .collect(),
        changes: before.map(|before| changes(&before, &shelved)).unwrap_or_default(),
    })
}

fn paragraphs(shelved: &Shelved, layers: &Layers) -> Vec<ParagraphView> {
    let article = shelved.article();
    let points = CodePoints::new(article.text());
    let mut views = Vec::new();
    let windows: Vec<Span> = article.body.paragraphs().iter().map(|p| p.span).collect();
    for (paragraph, layers) in article.body.paragraphs().iter().zip(layers.split(&windows)) {
        views.push(ParagraphView {
            kind: match paragraph.kind {
                ParagraphKind::Text => "text",
                ParagraphKind::Heading => "heading",
                ParagraphKind::ListItem => "list-item",
                ParagraphKind::BlockQuote => "block-quote",
                ParagraphKind::Embed => "embed",
            },
            item: article.body.item_at(paragraph.span.start()) + 1,
            passage: passage(Place::Text, article.text(), &points, paragraph.span, &layers),
        });
    }
    views
}

/// What the site allowed when a version was fetched, as the visits at its address tell. Nothing for a page from a file,
/// nor for one whose visit is beyond these: what is told now is not what was told then.
pub(crate) fn permission(visits: &[Visit], stored: &StoredArticle) -> Option<PermissionView> {
    let fetched = stored.version.given.fetched?.to_string();
    let visit = visits.iter().find(|visit| visit.outcome == Outcome::Read && visit.at == fetched)?;
    Some(PermissionView {
        robots: visit.permission.robots.clone(),
        tdm: visit.permission.tdm.clone(),
        directives: visit.permission.directives.clone(),
    })
}

fn provenance(record: &Record, stored: &StoredArticle) -> Result<ProvenanceView> {
    let version = &stored.version;
    let given = &version.given;
    let visits = record.visits_at(&version.origin, VISITS)?;
    let permission = permission(&visits, stored);
    let facts = [
        ("url", given.url.is_some()),
        ("outlet", given.outlet.is_some()),
        ("title", given.title.is_some()),
        ("date", given.published.is_some()),
        ("byline", !given.byline.is_empty()),
        ("language", given.language.is_some()),
    ];
    Ok(ProvenanceView {
        key: version.key.clone(),
        origin: version.origin.clone(),
        media: version.media,
        n_bytes: version.n_bytes,
        page_sha256: version.sha256.clone(),
        text_sha256: stored.text_sha256.clone(),
        first_read: version.first_read.clone(),
        version: version.number,
        latest: stored.latest,
        given: facts.into_iter().filter(|(_, there)| *there).map(|(fact, _)| fact).collect(),
        extract_stage: stored.extract_stage,
        quote_stage: stored.quote_stage,
        permission,
        visits: visits
            .into_iter()
            .map(|visit| VisitView {
                at: visit.at,
                outcome: visit.outcome.as_str(),
                status: visit.status,
                why: visit.why,
            })
            .collect(),
    })
}

/// Quotes that only one of two versions has. Two of them with most words in common are one, reworded.
fn changes(before: &Shelved, after: &Shelved) -> Vec<ChangeView> {
    let words = |shelved: &Shelved| -> Vec<String> {
        shelved.quotes.iter().map(|quote: &StoredQuote| quote.quote.words(shelved.article())).collect()
    };
    let (old, new) = (words(before), words(after));
    let (in_old, in_new): (BTreeSet<&String>, BTreeSet<&String>) =
        (old.iter().collect(), new.iter().collect());
    let mut gone: Vec<&String> = old.iter().filter(|words| !in_new.contains(words)).collect();
    let mut changes = Vec::new();
    for words in new.iter().filter(|words| !in_old.contains(words)) {
        let alike =
            gone.iter().map(|gone| shared(gone, words)).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        let before = match alike {
            // Half of the words: a bound set by eye, it only decides whether two lines are shown as one.
            Some((idx, share)) if share >= 0.5 => Some(gone.remove(idx).clone()),
            _ => None,
        };
        let change = if before.is_some() { "reworded" } else { "added" };
        changes.push(ChangeView { change, before, after: Some(words.clone()) });
    }
    for words in gone {
        changes.push(ChangeView { change: "removed", before: Some(words.clone()), after: None });
    }
    changes
}

/// Words that two texts share, as a part of all their words, 0.0 to 1.0.
fn shared(a: &str, b: &str) -> f64 {
    let set = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (a, b) = (set(a), set(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}
