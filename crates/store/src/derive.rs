//! How is what was made of one page written? Articles, quotes, speakers and notes into their tables.

use crate::error::Result;
use crate::rows::{digest, hops_to_json, paragraphs_to_json, sha256, spans_to_json, strings_to_json};
use crate::{PageId, QuoteId};
use onrecord_terms::{Article, Note, ParagraphKind, Place, Quote, Span};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// What the stages made of one page.
pub struct Derived {
    /// The article on the page.
    pub article: Article,
    /// What was odd about the page.
    pub article_notes: Vec<Note>,
    /// Its quotes in order.
    pub quotes: Vec<Quote>,
    /// What was odd about the quotes.
    pub quote_notes: Vec<Note>,
}

/// Versions of the stages that make the derived rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Pages to articles.
    pub extract: u32,
    /// Articles to quotes.
    pub quote: u32,
    /// Everything together.
    pub link: u32,
}

/// A quote's parts as they lie in its row, to know it again when it is derived anew.
pub(crate) type Parts = [String; 4];

/// Numbers of quotes that were derived before, by their parts, the lowest last.
pub(crate) type Numbers = HashMap<Parts, Vec<QuoteId>>;

/// Writes what was made of one version of a page. Quotes found again in `numbers` keep their number.
pub(crate) fn write(
    conn: &Connection,
    version: i64,
    page: PageId,
    latest: bool,
    derived: &Derived,
    stages: Stages,
    numbers: &mut Numbers,
) -> Result<()> {
    let article = &derived.article;
    conn.prepare_cached(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        version,
        page,
        article.url,
        article.outlet,
        article.title,
        strings_to_json(&article.byline),
        article.published.map(|moment| moment.to_string()),
        article.published.map(|moment| moment.unix()),
        article.modified.map(|moment| moment.to_string()),
        article.language.map(|language| language.as_str().to_owned()),
        strings_to_json(&article.agencies),
        article.complete,
        article.text(),
        sha256(article.text().as_bytes()),
        paragraphs_to_json(article.body.paragraphs()),
        spans_to_json(article.body.items()),
        derived.quotes.len() as i64,
        stages.extract,
        stages.quote,
    ])?;
    if latest {
        write_words(conn, version, article)?;
    }
    for (stage, notes) in [("extract", &derived.article_notes), ("quote", &derived.quote_notes)] {
        for (idx, note) in notes.iter().enumerate() {
            conn.prepare_cached("INSERT INTO note VALUES (?, ?, ?, ?, ?)")?
                .execute(params![version, stage, idx as i64, note.code, note.text])?;
        }
    }
    for (idx, quote) in derived.quotes.iter().enumerate() {
        write_quote(conn, version, idx, article, quote, latest, numbers)?;
    }
    Ok(())
}

fn write_quote(
    conn: &Connection,
    version: i64,
    idx: usize,
    article: &Article,
    quote: &Quote,
    latest: bool,
    numbers: &mut Numbers,
) -> Result<()> {
    let text = quote.place().text(article);
    let (voice, sense) = (&quote.voice, &quote.sense);
    let parts = [
        quote.place().as_str().to_owned(),
        spans_to_json(quote.source()),
        spans_to_json(quote.cue()),
        spans_to_json(quote.content()),
    ];
    let number = numbers.get_mut(&parts).and_then(Vec::pop);
    let [_, source, cue, content] = &parts;
    conn.prepare_cached(
        "INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        number,
        version,
        idx as i64,
        quote.place().as_str(),
        quote.kind().as_str(),
        source,
        cue,
        content,
        quote.sentence().start() as i64,
        quote.sentence().end() as i64,
        digest(text, quote.content()),
        quote.confidence,
        voice.confidence,
        voice.runner_up.as_ref().map(|runner_up| runner_up.name.as_str()),
        voice.runner_up.as_ref().map(|runner_up| runner_up.confidence),
        voice.speakers.len() as i64,
        sense.mode.map(|mode| mode.as_str()),
        sense.act.map(|act| act.as_str()),
        sense.target,
        sense.condition.map(|span| span.start() as i64),
        sense.condition.map(|span| span.end() as i64),
        sense.said_on.map(|day| day.to_string()),
        sense.venue,
    ])?;
    let id = conn.last_insert_rowid();
    for (idx, speaker) in voice.speakers.iter().enumerate() {
        conn.prepare_cached("INSERT INTO speaker VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            id,
            idx as i64,
            speaker.name,
            speaker.kind.as_str(),
            speaker.named,
            speaker.role,
            speaker.of,
        ])?;
    }
    let beside = &sense.beside;
    if !beside.is_empty() {
        let said = beside.said.as_ref();
        conn.prepare_cached("INSERT INTO circumstance VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            id,
            hops_to_json(&beside.hops),
            said.and_then(|said| said.on).map(|day| day.to_string()),
            said.map(|said| said.precision.as_str()),
            said.map(|said| said.words.as_str()),
            beside.addressee,
            beside.medium,
        ])?;
    }
    if latest {
        write_quote_words(conn, id, article, quote)?;
    }
    Ok(())
}

/// Puts a version's words into the full-text tables: it is the latest.
pub(crate) fn write_words(conn: &Connection, version: i64, article: &Article) -> Result<()> {
    conn.prepare_cached("INSERT INTO article_words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![version, article.title, article.text()])?;
    Ok(())
}

/// Puts a quote's words into the full-text table.
pub(crate) fn write_quote_words(
    conn: &Connection,
    id: QuoteId,
    article: &Article,
    quote: &Quote,
) -> Result<()> {
    let (sentence, frame) = sentence(article, quote);
    conn.prepare_cached(
        "INSERT INTO quote_words (rowid, words, target, sentence, frame, context) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        id,
        quote.words(article),
        quote.sense.target,
        sentence,
        frame,
        context(article, quote)
    ])?;
    Ok(())
}

/// The quote's sentence without the words that name who speaks and that ascribe; and those words.
fn sentence(article: &Article, quote: &Quote) -> (String, String) {
    let text = quote.place().text(article);
    let mut frame: Vec<Span> = quote.source().iter().chain(quote.cue()).copied().collect();
    frame.sort_unstable();
    let (mut rest, mut framing, mut at) = (String::new(), String::new(), quote.sentence().start());
    for span in frame {
        rest.push_str(text.get(at..span.start()).unwrap_or_default());
        rest.push(' ');
        framing.push_str(span.slice(text));
        framing.push(' ');
        at = at.max(span.end());
    }
    rest.push_str(text.get(at..quote.sentence().end()).unwrap_or_default());
    (rest, framing)
}

/// What the quote's report is about: its headline or heading, and its first paragraph.
fn context(article: &Article, quote: &Quote) -> String {
    let body = &article.body;
    let item = match quote.place() {
        Place::Text => body.item_at(quote.sentence().start()),
        Place::Title => 0,
    };
    let mut context = String::new();
    if item == 0 {
        context.push_str(article.headline());
    }
    let Some(report) = body.items().get(item) else { return context };
    let first = body.paragraphs().partition_point(|p| p.span.end() <= report.start());
    let paragraphs = body.paragraphs()[first..].iter().take_while(|p| report.contains(p.span));
    for paragraph in paragraphs {
        context.push('\n');
        context.push_str(paragraph.span.slice(article.text()));
        if paragraph.kind != ParagraphKind::Heading {
            break;
        }
    }
    context
}

/// Takes a version's words out of the full-text tables: it is no longer the latest.
pub(crate) fn forget_words(conn: &Connection, version: i64) -> Result<()> {
    let row = conn
        .query_row("SELECT title, text FROM article WHERE id = ?", [version], |row| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    if let Some((title, text)) = row {
        conn.execute(
            "INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            params![version, title, text],
        )?;
    }
    conn.execute(
        "DELETE FROM quote_words WHERE rowid IN (SELECT id FROM quote WHERE article = ?)",
        [version],
    )?;
    Ok(())
}
