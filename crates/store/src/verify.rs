//! Does every row say what its text says? Hashes, spans and counts, one line for each row that does not.

use crate::error::{Error, Result};
use crate::rows::{digest, marks_from_json, sha256};
use crate::{Record, load};
use onrecord_terms::{Article, Quote};
use rusqlite::{Connection, Row};

/// What was checked and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Versions of pages.
    pub pages: usize,
    /// Quotes.
    pub quotes: usize,
    /// Renderings of statements.
    pub renderings: usize,
    /// One line for each thing that is not as it should be, naming the row.
    pub failures: Vec<String>,
}

impl Record {
    /// Checks every row against the text that it points into.
    pub fn verify(&self) -> Result<Checked> {
        // One transaction, so that a `read` at the same time cannot make it look torn.
        let tx = self.conn.unchecked_transaction()?;
        let mut checked = Checked::default();
        file(&tx, &mut checked)?;
        articles(&tx, &mut checked)?;
        links(&tx, &mut checked)?;
        Ok(checked)
    }
}

/// The file itself: its pages, its references, its full-text tables.
fn file(conn: &Connection, checked: &mut Checked) -> Result<()> {
    let mut rows = conn.prepare("PRAGMA integrity_check")?;
    for line in rows.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            checked.failures.push(format!("file: {}", line.replace('\n', " ")));
        }
    }
    let mut rows = conn.prepare("PRAGMA foreign_key_check")?;
    let name =
        |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, String>(2)?));
    for row in rows.query_map([], name)? {
        let (table, id, parent) = row?;
        let id = id.map_or_else(String::new, |id| format!(" {id}"));
        checked.failures.push(format!("{table}{id}: points at a {parent} that is not there"));
    }
    Ok(())
}

/// Every version of a page with its article and its quotes.
fn articles(conn: &Connection, checked: &mut Checked) -> Result<()> {
    let mut rows = conn.prepare(
        "SELECT v.id, 'a' || v.page || ' version ' || v.version, v.bytes, v.n_bytes, v.sha256, a.text_sha256,
                a.n_quotes
         FROM page_version v LEFT JOIN article a ON a.id = v.id ORDER BY v.id",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        checked.pages += 1;
        let (version, name): (i64, String) = (row.get(0)?, row.get(1)?);
        let mut fail = |what: String| checked.failures.push(format!("{name}: {what}"));
        let bytes: Vec<u8> = row.get(2)?;
        if sha256(&bytes) != row.get::<_, String>(4)? || bytes.len() as i64 != row.get::<_, i64>(3)? {
            fail("the page's bytes are not those that were read (their SHA-256 differs)".to_owned());
        }
        let article = match load::article(conn, version) {
            Ok(Some(article)) => article,
            Ok(None) => {
                fail("no article was made of this page".to_owned());
                continue;
            }
            Err(error) => {
                fail(error.to_string());
                continue;
            }
        };
        if Some(sha256(article.text().as_bytes())) != row.get::<_, Option<String>>(5)? {
            fail("the article's text is not the one that was extracted (its SHA-256 differs)".to_owned());
        }
        let n_quotes: i64 = row.get(6)?;
        quotes(conn, version, &name, &article, n_quotes, checked)?;
    }
    Ok(())
}

fn quotes(
    conn: &Connection,
    version: i64,
    name: &str,
    article: &Article,
    n_quotes: i64,
    checked: &mut Checked,
) -> Result<()> {
    let quotes = match load::quotes(conn, version, article) {
        Ok(quotes) => quotes,
        Err(error) => {
            checked.failures.push(format!("{name}: {error}"));
            return Ok(());
        }
    };
    if quotes.len() as i64 != n_quotes {
        let failure = format!("{name}: {n_quotes} quotes were found, {} are here", quotes.len());
        checked.failures.push(failure);
    }
    let mut row = conn.prepare_cached(
        "SELECT digest, n_speakers, (SELECT count(*) FROM speaker WHERE quote = q.id),
                sentence_start, sentence_end
         FROM quote q WHERE id = ?",
    )?;
    for (id, quote) in quotes {
        checked.quotes += 1;
        let text = quote.place().text(article);
        let (words, n_speakers, n_found, sentence): (String, i64, i64, (i64, i64)) = row
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, (row.get(3)?, row.get(4)?))))?;
        let mut fail = |what: &str| checked.failures.push(format!("q{id} ({name}): {what}"));
        if digest(text, quote.content()) != words {
            fail("its spans hold other words than those that were found");
        }
        if n_speakers != n_found {
            fail("a speaker is missing or too many");
        }
        if (quote.sentence().start() as i64, quote.sentence().end() as i64) != sentence {
            fail("its sentence does not hold all its parts");
        }
        let range = 0.0..=1.0;
        if !range.contains(&quote.confidence) || !range.contains(&quote.voice.confidence) {
            fail("a confidence is not between 0 and 1");
        }
    }
    Ok(())
}

/// A version's number with its article and its quotes.
type Held = (i64, Article, Vec<(i64, Quote)>);

/// Placements, statements and renderings, if every page is linked.
fn links(conn: &Connection, checked: &mut Checked) -> Result<()> {
    let mut rows = conn.prepare(
        "SELECT r.quote, r.marks, q.article FROM rendering r JOIN quote q ON q.id = r.quote ORDER BY q.article",
    )?;
    let mut rows = rows.query([])?;
    // The article of the row before: renderings come article by article.
    let mut held: Option<Held> = None;
    while let Some(row) = rows.next()? {
        checked.renderings += 1;
        let (quote, marks, version): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if marks == "[]" {
            continue;
        }
        let mut check = || -> Result<()> {
            if held.as_ref().is_none_or(|(held, ..)| *held != version) {
                let article = load::article(conn, version)?.ok_or_else(|| Error::broken("no article"))?;
                let quotes = load::quotes(conn, version, &article)?;
                held = Some((version, article, quotes));
            }
            let Some((_, article, quotes)) = &held else { return Ok(()) };
            let found =
                quotes.iter().find(|(id, _)| *id == quote).ok_or_else(|| Error::broken("no quote"))?;
            marks_from_json(found.1.place().text(article), &marks).map(|_| ())
        };
        if let Err(error) = check() {
            checked.failures.push(format!("rendering q{quote}: {error}"));
        }
    }
    let counted: [(&str, &str); 3] = [
        (
            "SELECT 'st' || id FROM statement s
             WHERE n_renderings <> (SELECT count(*) FROM rendering WHERE statement = s.id)",
            "a rendering is missing or too many",
        ),
        (
            "SELECT 'q' || q.id FROM quote q JOIN page p ON p.latest = q.article
             WHERE (SELECT value FROM meta WHERE key = 'linked') = (SELECT value FROM meta WHERE key = 'changes')
               AND q.id NOT IN (SELECT quote FROM rendering)",
            "is in no statement",
        ),
        (
            "SELECT 'a' || id FROM page
             WHERE (SELECT value FROM meta WHERE key = 'linked') = (SELECT value FROM meta WHERE key = 'changes')
               AND id NOT IN (SELECT page FROM placement)",
            "is in no story",
        ),
    ];
    for (sql, what) in counted {
        let mut rows = conn.prepare(sql)?;
        for name in rows.query_map([], |row| row.get::<_, String>(0))? {
            checked.failures.push(format!("{}: {what}", name?));
        }
    }
    Ok(())
}
