//! How does a row become an article or a quote again? With every span checked.

use crate::error::{Error, Result};
use crate::rows::{
    day_if, hops_from_json, moment_if, paragraphs_from_json, spans_from_json, strings_from_json, word_if,
    word_of,
};
use crate::{PageId, QuoteId};
use onrecord_terms::{
    Act, Article, Body, Circumstances, Kind, Lang, Mode, Note, Place, Precision, Quote, RunnerUp, Said, Span,
    Speaker, SpeakerKind,
};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;

/// The article of one version of a page.
pub(crate) fn article(conn: &Connection, version: i64) -> Result<Option<Article>> {
    let mut rows = conn.prepare_cached(
        "SELECT v.name, a.url, a.outlet, a.title, a.byline, a.published, a.modified, a.language, a.agencies,
                a.complete, a.text, a.paragraphs, a.items
         FROM article a JOIN page_version v ON v.id = a.id WHERE a.id = ?",
    )?;
    let row = rows
        .query_row([version], |row| {
            let strings = [4, 8, 11, 12].map(|at| row.get::<_, String>(at));
            let [byline, agencies, paragraphs, items] = strings;
            let mut article = Article::new(row.get::<_, String>(0)?, Body::default());
            article.url = row.get(1)?;
            article.outlet = row.get(2)?;
            article.title = row.get(3)?;
            article.complete = row.get(9)?;
            let dates: [Option<String>; 3] = [row.get(5)?, row.get(6)?, row.get(7)?];
            Ok((article, dates, row.get::<_, String>(10)?, [byline?, agencies?, paragraphs?, items?]))
        })
        .optional()?;
    let Some((mut article, [published, modified, language], text, lists)) = row else { return Ok(None) };
    let read = || -> Result<Article> {
        article.published = moment_if(published)?;
        article.modified = moment_if(modified)?;
        article.language = word_if("language", language, Lang::parse)?;
        article.byline = strings_from_json(&lists[0])?;
        article.agencies = strings_from_json(&lists[1])?;
        let (paragraphs, items) =
            (paragraphs_from_json(&text, &lists[2])?, spans_from_json(&text, &lists[3])?);
        article.body = Body::new(text, paragraphs, items).map_err(|e| Error::broken(e.to_string()))?;
        Ok(article)
    };
    read().map(Some).map_err(|e| Error::broken(format!("article of page version {version}: {e}")))
}

/// The notes on one version of a page: those of the article, then those of its quotes.
pub(crate) fn notes(conn: &Connection, version: i64) -> Result<Vec<Note>> {
    let mut rows =
        conn.prepare_cached("SELECT code, text FROM note WHERE article = ? ORDER BY stage, idx")?;
    let notes = rows.query_map([version], |row| Ok(Note { code: row.get(0)?, text: row.get(1)? }))?;
    Ok(notes.collect::<rusqlite::Result<_>>()?)
}

/// The quotes of one version of a page, in order, with their numbers.
pub(crate) fn quotes(conn: &Connection, version: i64, article: &Article) -> Result<Vec<(QuoteId, Quote)>> {
    let mut rows = conn.prepare_cached("SELECT * FROM quote WHERE article = ? ORDER BY idx")?;
    let rows: Vec<QuoteRow> = rows.query_map([version], QuoteRow::read)?.collect::<rusqlite::Result<_>>()?;
    let mut speakers = conn.prepare_cached(
        "SELECT s.quote, s.name, s.kind, s.named, s.role, s.speaks_for
         FROM quote q JOIN speaker s ON s.quote = q.id WHERE q.article = ? ORDER BY q.idx, s.idx",
    )?;
    let speakers: Vec<(QuoteId, SpeakerRow)> = speakers
        .query_map([version], |row| Ok((row.get(0)?, SpeakerRow::read(row)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut speakers = speakers.into_iter().peekable();
    let mut beside = circumstances(conn, version)?;
    let mut quotes = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.id;
        let mut mine = Vec::new();
        while let Some((_, speaker)) = speakers.next_if(|(quote, _)| *quote == id) {
            mine.push(speaker);
        }
        let mut quote = row.quote(article, mine).map_err(|e| Error::broken(format!("q{id}: {e}")))?;
        quote.sense.beside = beside.remove(&id).unwrap_or_default();
        quotes.push((id, quote));
    }
    Ok(quotes)
}

/// What stands beside the quotes of one version of a page, by their numbers.
fn circumstances(conn: &Connection, version: i64) -> Result<BTreeMap<QuoteId, Circumstances>> {
    let mut rows = conn.prepare_cached(
        "SELECT c.quote, c.hops, c.said_on, c.said_precision, c.said_words, c.addressee, c.medium
         FROM quote q JOIN circumstance c ON c.quote = q.id WHERE q.article = ?",
    )?;
    let mut rows = rows.query([version])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (id, hops): (QuoteId, String) = (row.get(0)?, row.get(1)?);
        let [on, precision, words]: [Option<String>; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
        let said = match (word_if("precision", precision, Precision::parse)?, words) {
            (Some(precision), Some(words)) => Some(Said { on: day_if(on)?, precision, words }),
            _ => None,
        };
        let (addressee, medium) = (row.get(5)?, row.get(6)?);
        found.insert(id, Circumstances { hops: hops_from_json(&hops)?, said, addressee, medium });
    }
    Ok(found)
}

/// The version and the page that a quote belongs to, and its position in the article.
pub(crate) fn home(conn: &Connection, quote: QuoteId) -> Result<Option<(i64, PageId, usize)>> {
    let mut row = conn.prepare_cached(
        "SELECT a.id, a.page, q.idx FROM quote q JOIN article a ON a.id = q.article WHERE q.id = ?",
    )?;
    Ok(row
        .query_row([quote], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as usize)))
        .optional()?)
}

/// A row of `quote` before its spans are checked.
struct QuoteRow {
    id: QuoteId,
    place: String,
    kind: String,
    parts: [String; 3],
    sentence: (i64, i64),
    confidence: f32,
    voice_confidence: f32,
    runner_up: Option<(String, f32)>,
    mode: Option<String>,
    act: Option<String>,
    target: Option<String>,
    condition: Option<(i64, i64)>,
    said_on: Option<String>,
    venue: Option<String>,
}

impl QuoteRow {
    fn read(row: &Row) -> rusqlite::Result<QuoteRow> {
        let runner_up: Option<String> = row.get("runner_up")?;
        let condition: Option<i64> = row.get("condition_start")?;
        Ok(QuoteRow {
            id: row.get("id")?,
            place: row.get("place")?,
            kind: row.get("kind")?,
            parts: [row.get("source")?, row.get("cue")?, row.get("content")?],
            sentence: (row.get("sentence_start")?, row.get("sentence_end")?),
            confidence: row.get("confidence")?,
            voice_confidence: row.get("voice_confidence")?,
            runner_up: match runner_up {
                Some(name) => Some((name, row.get::<_, Option<f32>>("runner_up_confidence")?.unwrap_or(0.0))),
                None => None,
            },
            mode: row.get("mode")?,
            act: row.get("act")?,
            target: row.get("target")?,
            condition: match condition {
                Some(start) => Some((start, row.get::<_, Option<i64>>("condition_end")?.unwrap_or(-1))),
                None => None,
            },
            said_on: row.get("said_on")?,
            venue: row.get("venue")?,
        })
    }

    fn quote(self, article: &Article, speakers: Vec<SpeakerRow>) -> Result<Quote> {
        let place = word_of("place", &self.place, Place::parse)?;
        let text = place.text(article);
        let [source, cue, content] = self.parts.map(|part| spans_from_json(text, &part));
        let span = |(start, end): (i64, i64)| -> Result<Span> {
            let (start, end) =
                (usize::try_from(start).unwrap_or(usize::MAX), usize::try_from(end).unwrap_or(0));
            Span::new(text, start, end).map_err(|e| Error::broken(e.to_string()))
        };
        let kind = word_of("kind", &self.kind, Kind::parse)?;
        let mut quote = Quote::new(article, place, kind, source?, cue?, content?)
            .map_err(|e| Error::broken(e.to_string()))?
            .in_sentence(article, span(self.sentence)?);
        quote.confidence = self.confidence;
        quote.voice.confidence = self.voice_confidence;
        quote.voice.runner_up = self.runner_up.map(|(name, confidence)| RunnerUp { name, confidence });
        quote.voice.speakers = speakers.into_iter().map(SpeakerRow::speaker).collect::<Result<_>>()?;
        quote.sense.mode = word_if("mode", self.mode, Mode::parse)?;
        quote.sense.act = word_if("act", self.act, Act::parse)?;
        quote.sense.target = self.target;
        quote.sense.condition = self.condition.map(span).transpose()?;
        quote.sense.said_on = day_if(self.said_on)?;
        quote.sense.venue = self.venue;
        Ok(quote)
    }
}

/// A row of `speaker`, after the quote's number.
struct SpeakerRow {
    name: String,
    kind: String,
    named: bool,
    role: Option<String>,
    of: Option<String>,
}

impl SpeakerRow {
    fn read(row: &Row) -> rusqlite::Result<SpeakerRow> {
        Ok(SpeakerRow {
            name: row.get(1)?,
            kind: row.get(2)?,
            named: row.get(3)?,
            role: row.get(4)?,
            of: row.get(5)?,
        })
    }

    fn speaker(self) -> Result<Speaker> {
        let kind = word_of("kind of speaker", &self.kind, SpeakerKind::parse)?;
        Ok(Speaker { name: self.name, kind, named: self.named, role: self.role, of: self.of })
    }
}
