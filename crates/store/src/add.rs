//! Here are pages with what was made of them: which are new? Adding, a batch in one transaction.

use crate::derive::{Derived, Stages, forget_words, write, write_quote_words, write_words};
use crate::error::Result;
use crate::rows::{given_to_json, media_to_str, moment_if, sha256};
use crate::{PageId, Record, load};
use onrecord_terms::{Article, Page};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::{BTreeSet, HashMap};

/// One page to add, with what the stages made of it.
pub struct Entry {
    /// What makes it the same page when it is read again: its canonical address, else `place`.
    pub key: String,
    /// Where it was read from, as a lasting name: an absolute path, or an archive and the record's id in it.
    pub place: String,
    /// The page.
    pub page: Page,
    /// SHA-256 of its bytes, from [`fingerprint`].
    pub sha256: String,
    /// What was made of it.
    pub derived: Derived,
}

/// What adding a page did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The first version of a page.
    New(PageId),
    /// Another version of a page that the record holds; the versions before are kept.
    Version(PageId),
    /// The record holds these bytes for this page: nothing was written.
    Unchanged(PageId),
}

/// A version of a page that the record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownVersion {
    /// Its number over the whole record.
    pub id: i64,
    /// Whether it is the version that answers use.
    pub latest: bool,
}

/// SHA-256 of bytes as 64 lower-case hexadecimal digits.
pub fn fingerprint(bytes: &[u8]) -> String {
    sha256(bytes)
}

impl Record {
    /// The version that the record holds of this page as it is, read from the same place: no stage needs to run on it.
    pub fn known(&self, place: &str, page: &Page, sha256: &str) -> Result<Option<KnownVersion>> {
        let mut known = self.conn.prepare_cached(
            "SELECT v.id, p.latest = v.id FROM page_version v JOIN page p ON p.id = v.page
             WHERE v.place = ?1 AND v.sha256 = ?2 AND v.media = ?4
             AND json_remove(v.given, '$.fetched') = json_remove(?3, '$.fetched')
             ORDER BY p.latest = v.id DESC LIMIT 1",
        )?;
        let facts = params![place, sha256, given_to_json(&page.given), media_to_str(page.media)];
        Ok(known
            .query_row(facts, |row| Ok(KnownVersion { id: row.get(0)?, latest: row.get(1)? }))
            .optional()?)
    }

    /// Makes earlier versions the latest again: these places hold them once more. `seen` are the known versions that
    /// this run met; what it met, or read anew at `read_at`, is not replaced. How many pages went back.
    pub fn revert(&mut self, versions: &[i64], seen: &BTreeSet<i64>, read_at: &str) -> Result<usize> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut n = 0;
        for version in versions {
            let (page, latest, here, there, first_read): (PageId, i64, String, String, String) = tx
                .query_row(
                    "SELECT p.id, p.latest, v.place, l.place, l.first_read FROM page_version v
                 JOIN page p ON p.id = v.page JOIN page_version l ON l.id = p.latest WHERE v.id = ?",
                    [version],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
                )?;
            if here != there || seen.contains(&latest) || first_read == read_at {
                continue;
            }
            forget_words(&tx, latest)?;
            tx.execute("UPDATE page SET latest = ? WHERE id = ?", params![version, page])?;
            if let Some(article) = load::article(&tx, *version)? {
                write_words(&tx, *version, &article)?;
                for (id, quote) in load::quotes(&tx, *version, &article)? {
                    write_quote_words(&tx, id, &article, &quote)?;
                }
            }
            n += 1;
        }
        if n > 0 {
            tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'", [])?;
        }
        tx.commit()?;
        Ok(n)
    }

    /// Adds a batch of pages, all or none. `read_at` is the moment of reading, ISO 8601 in UTC.
    pub fn add(&mut self, entries: &[Entry], stages: Stages, read_at: &str) -> Result<Vec<Added>> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Vec::with_capacity(entries.len());
        for entry in entries {
            added.push(add_one(&tx, entry, stages, read_at)?);
        }
        if added.iter().any(|added| !matches!(added, Added::Unchanged(_))) {
            tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'", [])?;
        }
        tx.commit()?;
        Ok(added)
    }
}

fn add_one(conn: &Connection, entry: &Entry, stages: Stages, read_at: &str) -> Result<Added> {
    let page = &entry.page;
    let (given, media) = (given_to_json(&page.given), media_to_str(page.media));
    let known = page_of(conn, entry)?;
    if let Some(id) = known {
        let same = "SELECT 1 FROM page_version WHERE page = ?1 AND sha256 = ?2 AND media = ?4
                    AND json_remove(given, '$.fetched') = json_remove(?3, '$.fetched')";
        if conn.prepare_cached(same)?.exists(params![id, entry.sha256, given, media])? {
            return Ok(Added::Unchanged(id));
        }
    }
    let id = match known {
        Some(id) => id,
        None => {
            conn.prepare_cached("INSERT INTO page (key) VALUES (?)")?.execute([&entry.key])?;
            conn.last_insert_rowid()
        }
    };
    let (before, n_versions): (Option<i64>, i64) = conn.query_row(
        "SELECT latest, (SELECT count(*) FROM page_version WHERE page = ?1) FROM page WHERE id = ?1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    conn.prepare_cached(
        "INSERT INTO page_version (page, version, name, origin, place, media, given, bytes, n_bytes, sha256, first_read)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        id,
        n_versions + 1,
        page.id,
        page.origin,
        entry.place,
        media,
        given,
        page.bytes,
        page.bytes.len() as i64,
        entry.sha256,
        read_at,
    ])?;
    let version = conn.last_insert_rowid();
    let latest = !is_older(conn, before, &entry.derived.article)?;
    if latest {
        if let Some(before) = before {
            forget_words(conn, before)?;
        }
        conn.prepare_cached("UPDATE page SET latest = ? WHERE id = ?")?.execute([version, id])?;
    }
    write(conn, version, id, latest, &entry.derived, stages, &mut HashMap::new())?;
    Ok(match known {
        Some(id) => Added::Version(id),
        None => Added::New(id),
    })
}

/// Whether the article is of an earlier moment than the version that answers use, as the pages themselves tell:
/// then it was read late, and the later one stays the latest.
fn is_older(conn: &Connection, before: Option<i64>, article: &Article) -> Result<bool> {
    let Some(before) = before else { return Ok(false) };
    let before: Option<String> =
        conn.query_row("SELECT coalesce(modified, published) FROM article WHERE id = ?", [before], |row| {
            row.get(0)
        })?;
    Ok(match (moment_if(before)?, article.modified.or(article.published)) {
        (Some(before), Some(this)) => this < before,
        _ => false,
    })
}

/// The page that the entry is a version of: by its key, or by its place where no address was known before.
fn page_of(conn: &Connection, entry: &Entry) -> Result<Option<PageId>> {
    let by_key = |key: &str| -> rusqlite::Result<Option<PageId>> {
        conn.prepare_cached("SELECT id FROM page WHERE key = ?")?
            .query_row([key], |row| row.get(0))
            .optional()
    };
    if let Some(id) = by_key(&entry.key)? {
        return Ok(Some(id));
    }
    let id = by_key(&entry.place)?;
    if let Some(id) = id {
        conn.execute("UPDATE page SET key = ? WHERE id = ?", params![entry.key, id])?;
    }
    Ok(id)
}
