//! What lies in the record, as rows for other tools? Articles, quotes, statements, one flat row each.
//!
//! Rows are handed over one by one, in the order of their numbers, so that a record of any size can be exported.
//! Offsets are Unicode code points into the article's text (or its headline), which `text_sha256` pins.

use crate::ids::Id;
use crate::shelf::{Shelf, Shelved, doubt};
use crate::show::{VISITS, permission};
use crate::statement::row_of;
use crate::views::{Beside, SpeakerRef, StatementRow, round};
use onrecord_store::{Record, Result, StoredQuote};
use onrecord_terms::{CodePoints, Span};
use serde::Serialize;

/// How much of the publishers' words goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excerpt {
    /// None: positions and hashes, which can be published where the text cannot.
    None,
    /// The first words of each, at most [`SHORT`].
    Short,
    /// All.
    Full,
}

/// How many words a short excerpt has at most.
pub const SHORT: usize = 15;

impl Excerpt {
    fn of(self, words: &str) -> Option<String> {
        match self {
            Excerpt::None => None,
            Excerpt::Full => Some(words.to_owned()),
            Excerpt::Short => {
                let mut short: Vec<&str> = words.split_whitespace().take(SHORT + 1).collect();
                if short.len() > SHORT {
                    short[SHORT] = "…";
                }
                Some(short.join(" "))
            }
        }
    }
}

/// One article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRow {
    /// `a12`.
    pub id: String,
    /// The page's name among its inputs.
    pub name: String,
    /// Which version of the page, from 1.
    pub version: i64,
    /// The address.
    pub url: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Its authors.
    pub byline: Vec<String>,
    /// ISO 8601; null where it is not known.
    pub published: Option<String>,
    /// ISO 8601.
    pub modified: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Agencies that the page credits.
    pub agencies: Vec<String>,
    /// False if text is missing on the page.
    pub complete: bool,
    /// `s7`.
    pub story: Option<String>,
    /// `s7`.
    pub thread: Option<String>,
    /// The earliest article with the same copy.
    pub family: Option<String>,
    /// The article that it was copied from.
    pub copy_of: Option<String>,
    /// What robots.txt said when the page was fetched; null for a page from a file.
    pub robots: Option<String>,
    /// Whether text and data mining was reserved then, and where that was told.
    pub tdm: Option<String>,
    /// How many quotes.
    pub quotes: usize,
    /// Codes of what was odd.
    pub notes: Vec<String>,
    /// Length of the text in code points.
    pub n_chars: usize,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// SHA-256 of the page.
    pub page_sha256: String,
    /// The text.
    pub text: Option<String>,
}

/// One quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteRow {
    /// `q345`.
    pub id: String,
    /// `a12`.
    pub article: String,
    /// `st9`.
    pub statement: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// When the article was published.
    pub published: Option<String>,
    /// `text` or `title`: what the spans point into.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// direct, mixed or indirect.
    pub kind: &'static str,
    /// Who speaks.
    pub speakers: Vec<SpeakerRef>,
    /// Probability that they are right.
    pub speaker_confidence: f64,
    /// The second choice.
    pub runner_up: Option<String>,
    /// Its probability.
    pub runner_up_confidence: Option<f64>,
    /// speech, thought, want, decree, perception or other.
    pub mode: Option<&'static str>,
    /// The act.
    pub act: Option<&'static str>,
    /// Whom or what it is about.
    pub target: Option<String>,
    /// The condition.
    pub condition: Option<String>,
    /// The day of the utterance.
    pub said_on: Option<String>,
    /// Where or to whom.
    pub venue: Option<String>,
    /// When in words, to whom, by what, through whose hands.
    #[serde(flatten)]
    pub beside: Beside,
    /// Probability that the words are ascribed at all.
    pub confidence: f64,
    /// The words that ascribe.
    pub cue_words: Option<String>,
    /// The words ascribed.
    pub words: Option<String>,
    /// Spans of the words that name the source.
    pub source: Vec<[usize; 2]>,
    /// Spans of the words that ascribe.
    pub cue: Vec<[usize; 2]>,
    /// Spans of the words ascribed.
    pub content: Vec<[usize; 2]>,
    /// The sentence or sentences that it stands in.
    pub sentence: [usize; 2],
    /// SHA-256 of the article's text.
    pub text_sha256: String,
    /// Version of the stage that found it.
    pub quote_stage: i64,
}

/// Every article in its latest version.
pub fn articles(record: &Record, excerpt: Excerpt, sink: &mut Sink<ArticleRow>) -> Result<Option<Stopped>> {
    each(record, |_, shelved| Ok(vec![article_row(record, shelved, excerpt)?]), sink)
}

/// Every quote of the latest versions.
pub fn quotes(record: &Record, excerpt: Excerpt, sink: &mut Sink<QuoteRow>) -> Result<Option<Stopped>> {
    let rows = |shelf: &Shelf, shelved: &Shelved| {
        let article = shelved.article();
        let points = [CodePoints::new(article.text()), CodePoints::new(article.headline())];
        shelved.quotes.iter().map(|quote| quote_row(shelf, shelved, quote, &points, excerpt)).collect()
    };
    each(record, rows, sink)
}

/// Every statement.
pub fn statements(
    record: &Record,
    excerpt: Excerpt,
    sink: &mut Sink<StatementRow>,
) -> Result<Option<Stopped>> {
    let rows = |shelf: &Shelf, shelved: &Shelved| {
        let mut rows = Vec::new();
        // A statement bears the number of one of its quotes: it comes out once, with that quote.
        for quote in shelved.quotes.iter().filter(|quote| quote.statement == Some(quote.id)) {
            if let Some(mut row) = row_of(shelf, quote.id)? {
                row.words = excerpt.of(&row.words).unwrap_or_default();
                row.condition = row.condition.and_then(|words| excerpt.of(&words));
                rows.push(row);
            }
        }
        Ok(rows)
    };
    each(record, rows, sink)
}

/// Takes rows; says stop when it can take no more.
pub type Sink<'s, T> = dyn FnMut(T) -> std::result::Result<(), Stopped> + 's;

/// Why a sink stopped.
pub type Stopped = std::io::Error;

fn each<T>(
    record: &Record,
    rows: impl Fn(&Shelf, &Shelved) -> Result<Vec<T>>,
    sink: &mut Sink<T>,
) -> Result<Option<Stopped>> {
    let shelf = Shelf::new(record);
    for page in record.pages()? {
        let Some(shelved) = shelf.article(page)? else { continue };
        for row in rows(&shelf, &shelved)? {
            if let Err(stopped) = sink(row) {
                return Ok(Some(stopped));
            }
        }
    }
    Ok(None)
}

fn article_row(record: &Record, shelved: &Shelved, excerpt: Excerpt) -> Result<ArticleRow> {
    let (article, view, stored) = (shelved.article(), shelved.view(), &shelved.stored);
    let group = |number: Option<i64>| number.map(|page| Id::Story(page).to_string());
    let place = shelved.placement.as_ref();
    let visits = record.visits_at(&stored.version.origin, VISITS)?;
    let permission = permission(&visits, stored);
    Ok(ArticleRow {
        id: view.id,
        name: view.name,
        version: stored.version.number,
        url: view.url,
        outlet: view.outlet,
        title: view.title.and_then(|title| excerpt.of(&title)),
        byline: article.byline.clone(),
        published: view.published,
        modified: article.modified.map(|moment| moment.to_string()),
        language: view.language,
        agencies: view.agencies,
        complete: view.complete,
        story: group(place.map(|p| p.story)),
        thread: group(place.map(|p| p.thread)),
        family: place.map(|p| Id::Article(p.family).to_string()),
        copy_of: view.copy_of,
        robots: permission.as_ref().and_then(|permission| permission.robots.clone()),
        tdm: permission.and_then(|permission| permission.tdm),
        quotes: shelved.quotes.len(),
        notes: stored.notes.iter().map(|note| note.code.clone()).collect(),
        n_chars: article.text().chars().count(),
        text_sha256: stored.text_sha256.clone(),
        page_sha256: stored.version.sha256.clone(),
        text: excerpt.of(article.text()),
    })
}

fn quote_row(
    shelf: &Shelf,
    shelved: &Shelved,
    stored: &StoredQuote,
    points: &[CodePoints; 2],
    excerpt: Excerpt,
) -> Result<QuoteRow> {
    let (article, quote) = (shelved.article(), &stored.quote);
    let (text, points) = match quote.place() {
        onrecord_terms::Place::Text => (article.text(), &points[0]),
        onrecord_terms::Place::Title => (article.headline(), &points[1]),
    };
    let spans = |spans: &[Span]| spans.iter().map(|span| points.from_bytes(*span)).collect();
    let (sense, view) = (&quote.sense, shelved.view());
    let doubt = doubt(quote);
    let cue = (!quote.cue().is_empty()).then(|| onrecord_terms::quote::join(text, quote.cue()));
    Ok(QuoteRow {
        id: Id::Quote(stored.id).to_string(),
        article: view.id,
        statement: stored.statement.map(|id| Id::Statement(id).to_string()),
        outlet: view.outlet,
        url: view.url,
        published: view.published,
        place: quote.place().as_str(),
        kind: quote.kind().as_str(),
        speakers: shelf.all_speakers(stored)?,
        speaker_confidence: round(quote.voice.confidence),
        runner_up: doubt.runner_up,
        runner_up_confidence: doubt.runner_up_confidence,
        mode: sense.mode.map(|mode| mode.as_str()),
        act: sense.act.map(|act| act.as_str()),
        target: sense.target.as_deref().and_then(|target| excerpt.of(target)),
        condition: sense.condition.and_then(|span| excerpt.of(span.slice(text))),
        said_on: sense.said_on.map(|day| day.to_string()),
        venue: sense.venue.clone(),
        beside: Beside::of(&sense.beside),
        confidence: round(quote.confidence),
        cue_words: cue.and_then(|words| excerpt.of(&words)),
        words: excerpt.of(&quote.words(article)),
        source: spans(quote.source()),
        cue: spans(quote.cue()),
        content: spans(quote.content()),
        sentence: points.from_bytes(quote.sentence()),
        text_sha256: shelved.stored.text_sha256.clone(),
        quote_stage: shelved.stored.quote_stage,
    })
}
