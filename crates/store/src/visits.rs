//! What happened at each address that was asked for, and which feeds and articles are watched?
//!
//! Visits are kept for good: what a site refused is told by them, and what it allowed when a page was read. The list of
//! what is watched is a plan, not a part of the record of who said what.

use crate::Record;
use crate::error::{Error, Result};
use crate::rows::{strings_from_json, strings_to_json, word_of};
use onrecord_terms::{Article, Outcome, Permission, Visit};
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};

/// The tables, made when they are first needed: a record that never fetched has none.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS visit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL,
  place TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER,
  why TEXT,
  robots TEXT,
  tdm TEXT,
  reserved INTEGER NOT NULL,
  directives TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT
);
CREATE INDEX IF NOT EXISTS visit_url ON visit (url);
CREATE INDEX IF NOT EXISTS visit_place ON visit (place);
CREATE TABLE IF NOT EXISTS watched (
  url TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT,
  feed TEXT,
  due INTEGER,
  every INTEGER,
  first INTEGER,
  n_reads INTEGER NOT NULL,
  n_failures INTEGER NOT NULL,
  etag TEXT,
  last_modified TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS watched_due ON watched (due) WHERE due IS NOT NULL;
";

/// What is to be asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its address.
    pub url: String,
    /// What it is.
    pub kind: WatchedKind,
    /// What a feed is called.
    pub title: Option<String>,
    /// The feed that named an article.
    pub feed: Option<String>,
    /// When it is asked for next, in seconds since 1970 in UTC; nothing if no more.
    pub due: Option<i64>,
    /// Seconds between two looks at a feed.
    pub every: Option<i64>,
    /// When it was first asked for, in seconds since 1970 in UTC.
    pub first: Option<i64>,
    /// How often it was asked for.
    pub n_reads: i64,
    /// How often in a row no answer came.
    pub n_failures: i64,
    /// What the server called the last answer.
    pub etag: Option<String>,
    /// When the server said that it had last changed.
    pub last_modified: Option<String>,
}

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchedKind {
    /// A list of articles.
    Feed,
    /// An article that is read again.
    Article,
}

impl WatchedKind {
    fn as_str(self) -> &'static str {
        match self {
            WatchedKind::Feed => "feed",
            WatchedKind::Article => "article",
        }
    }
}

const WATCHED: &str = "url, kind, title, feed, due, every, first, n_reads, n_failures, etag, last_modified";

impl Record {
    /// Keeps visits.
    pub fn add_visits(&mut self, visits: &[Visit]) -> Result<()> {
        if visits.is_empty() {
            return Ok(());
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(TABLES)?;
        for visit in visits {
            let permission = &visit.permission;
            tx.prepare_cached(
                "INSERT INTO visit (url, place, at, outcome, status, why, robots, tdm, reserved, directives, etag, last_modified)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                visit.url,
                visit.place,
                visit.at,
                visit.outcome.as_str(),
                visit.status,
                visit.why,
                permission.robots,
                permission.tdm,
                permission.reserved,
                strings_to_json(&permission.directives),
                visit.etag,
                visit.last_modified,
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// The visits at an address, the newest first, at most `limit`.
    pub fn visits_at(&self, url: &str, limit: usize) -> Result<Vec<Visit>> {
        self.visits(Some(url), false, limit)
    }

    /// The visits at an address (asked for or answering) or at all of them, the newest first, at most `limit`; only
    /// those that brought nothing where `in_vain`.
    pub fn visits(&self, url: Option<&str>, in_vain: bool, limit: usize) -> Result<Vec<Visit>> {
        let vain = "outcome IN ('gone', 'refused', 'failed')";
        match (url, in_vain) {
            (Some(url), false) => self.select_visits("WHERE (url = ?1 OR place = ?1)", &[&url], limit),
            (Some(url), true) => {
                self.select_visits(&format!("WHERE (url = ?1 OR place = ?1) AND {vain}"), &[&url], limit)
            }
            (None, false) => self.select_visits("", &[], limit),
            (None, true) => self.select_visits(&format!("WHERE {vain}"), &[], limit),
        }
    }

    /// What the server at an address called the page that it gave last; nothing where none was read.
    pub fn last_read(&self, place: &str) -> Result<Option<Visit>> {
        let newest = self.select_visits("WHERE place = ?1 AND outcome = 'read'", &[&place], 1)?;
        Ok(newest.into_iter().next())
    }

    fn select_visits(
        &self,
        which: &str,
        values: &[&dyn rusqlite::ToSql],
        limit: usize,
    ) -> Result<Vec<Visit>> {
        if !self.fetches()? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT url, place, at, outcome, status, why, robots, tdm, reserved, directives, etag, last_modified
             FROM visit {which} ORDER BY id DESC LIMIT {}",
            i64::try_from(limit).unwrap_or(i64::MAX)
        );
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut rows = rows.query(values)?;
        let mut visits = Vec::new();
        while let Some(row) = rows.next()? {
            visits.push(visit(row)?);
        }
        Ok(visits)
    }

    /// Whether the latest version of the page of this key or place tells the same article: then other bytes are no
    /// new version. Pages differ in their advertisements each time that they are fetched.
    pub fn tells_the_same(&self, key: &str, place: &str, article: &Article) -> Result<bool> {
        let mut row = self.conn.prepare_cached(
            "SELECT a.text_sha256, a.title, a.byline, a.published, a.complete FROM page p
             JOIN article a ON a.id = p.latest WHERE p.key IN (?1, ?2) ORDER BY p.key = ?1 DESC LIMIT 1",
        )?;
        let held = row.query_row(params![key, place], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, Option<String>>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, bool>(4)?,
            ))
        });
        let told = (
            crate::fingerprint(article.text().as_bytes()),
            article.title.clone(),
            strings_to_json(&article.byline),
            article.published.map(|moment| moment.to_string()),
            article.complete,
        );
        Ok(held.optional()? == Some(told))
    }

    /// What is watched, by address.
    pub fn watched(&self, kind: WatchedKind) -> Result<Vec<Watched>> {
        self.select_watched("WHERE kind = ?1 ORDER BY url", &[&kind.as_str()])
    }

    /// What is due at a moment, the longest due first, at most `limit`.
    pub fn due(&self, now: i64, limit: usize) -> Result<Vec<Watched>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.select_watched("WHERE due <= ?1 ORDER BY due, url LIMIT ?2", &[&now, &limit])
    }

    /// When the next thing is due.
    pub fn next_due(&self) -> Result<Option<i64>> {
        if !self.fetches()? {
            return Ok(None);
        }
        Ok(self.conn.query_row("SELECT min(due) FROM watched WHERE due IS NOT NULL", [], |row| row.get(0))?)
    }

    /// What is watched at an address.
    pub fn watched_at(&self, url: &str) -> Result<Option<Watched>> {
        Ok(self.select_watched("WHERE url = ?1", &[&url])?.into_iter().next())
    }

    /// Watches these, each in place of what was known of its address.
    pub fn watch(&mut self, watched: &[Watched]) -> Result<()> {
        if watched.is_empty() {
            return Ok(());
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(TABLES)?;
        for one in watched {
            let sql = format!(
                "INSERT OR REPLACE INTO watched ({WATCHED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            );
            tx.prepare_cached(&sql)?.execute(params![
                one.url,
                one.kind.as_str(),
                one.title,
                one.feed,
                one.due,
                one.every,
                one.first,
                one.n_reads,
                one.n_failures,
                one.etag,
                one.last_modified,
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Watches an address no more. Whether it was watched.
    pub fn unwatch(&mut self, url: &str) -> Result<bool> {
        Ok(self.fetches()? && self.conn.execute("DELETE FROM watched WHERE url = ?", [url])? > 0)
    }

    fn select_watched(&self, which: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Watched>> {
        if !self.fetches()? {
            return Ok(Vec::new());
        }
        let mut rows = self.conn.prepare_cached(&format!("SELECT {WATCHED} FROM watched {which}"))?;
        let mut rows = rows.query(values)?;
        let mut watched = Vec::new();
        while let Some(row) = rows.next()? {
            watched.push(one_watched(row)?);
        }
        Ok(watched)
    }

    /// Whether the record ever fetched.
    fn fetches(&self) -> Result<bool> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = 'watched'")?.exists([])?)
    }
}

fn visit(row: &Row) -> Result<Visit> {
    let (outcome, directives): (String, String) = (row.get(3)?, row.get(9)?);
    Ok(Visit {
        url: row.get(0)?,
        place: row.get(1)?,
        at: row.get(2)?,
        outcome: word_of("outcome", &outcome, Outcome::parse)?,
        status: row.get(4)?,
        why: row.get(5)?,
        permission: Permission {
            robots: row.get(6)?,
            tdm: row.get(7)?,
            reserved: row.get(8)?,
            directives: strings_from_json(&directives)?,
        },
        etag: row.get(10)?,
        last_modified: row.get(11)?,
    })
}

fn one_watched(row: &Row) -> Result<Watched> {
    let kind: String = row.get(1)?;
    Ok(Watched {
        url: row.get(0)?,
        kind: match kind.as_str() {
            "feed" => WatchedKind::Feed,
            "article" => WatchedKind::Article,
            other => return Err(Error::broken(format!("kind of what is watched {other:?}"))),
        },
        title: row.get(2)?,
        feed: row.get(3)?,
        due: row.get(4)?,
        every: row.get(5)?,
        first: row.get(6)?,
        n_reads: row.get(7)?,
        n_failures: row.get(8)?,
        etag: row.get(9)?,
        last_modified: row.get(10)?,
    })
}
