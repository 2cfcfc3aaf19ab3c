//! Derived rows thrown away and made anew from the pages, all or nothing.

use crate::Record;
use crate::derive::{Derived, Numbers, Stages, write};
use crate::error::Result;
use crate::record::add_circumstances;
use crate::relink::{self, Links, Ordered, ordered};
use crate::rows::{given_from_json, media_from_str, word_of};
use onrecord_terms::Page;
use rusqlite::{Transaction, TransactionBehavior, params};

/// A rebuild under way. Dropped before [`Rebuild::finish`], the record stays as it was.
pub struct Rebuild<'r> {
    tx: Transaction<'r>,
    stages: Stages,
    last: i64,
}

impl Record {
    /// Begins to make every derived row anew.
    pub fn rebuild(&mut self, stages: Stages) -> Result<Rebuild<'_>> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        add_circumstances(&tx)?;
        relink::clear(&tx)?;
        tx.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')", [])?;
        tx.execute("INSERT INTO quote_words (quote_words) VALUES ('delete-all')", [])?;
        Ok(Rebuild { tx, stages, last: 0 })
    }

    /// How many versions of pages the record holds.
    pub fn n_versions(&self) -> Result<usize> {
        let n: i64 = self.conn.query_row("SELECT count(*) FROM page_version", [], |row| row.get(0))?;
        Ok(n as usize)
    }
}

impl Rebuild<'_> {
    /// The next pages, at most `n`, with their version's number; none when all were given.
    pub fn next_pages(&mut self, n: usize) -> Result<Vec<(i64, Page)>> {
        let mut rows = self.tx.prepare_cached(
            "SELECT id, name, origin, media, given, bytes FROM page_version WHERE id > ? ORDER BY id LIMIT ?",
        )?;
        let rows: Vec<(i64, String, String, String, String, Vec<u8>)> = rows
            .query_map(params![self.last, n as i64], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut pages = Vec::with_capacity(rows.len());
        for (version, id, origin, media, given, bytes) in rows {
            self.last = version;
            let media = word_of("media", &media, media_from_str)?;
            pages.push((version, Page { id, origin, media, bytes, given: given_from_json(&given)? }));
        }
        Ok(pages)
    }

    /// Replaces what was made of one version. A quote with the same parts keeps its number.
    pub fn put(&mut self, version: i64, derived: &Derived) -> Result<()> {
        let (page, latest) = self.tx.query_row(
            "SELECT v.page, p.latest = v.id FROM page_version v JOIN page p ON p.id = v.page WHERE v.id = ?",
            [version],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut numbers = Numbers::new();
        {
            let mut rows = self.tx.prepare_cached(
                "SELECT id, place, source, cue, content FROM quote WHERE article = ? ORDER BY idx DESC",
            )?;
            let mut rows = rows.query([version])?;
            while let Some(row) = rows.next()? {
                let parts = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
                numbers.entry(parts).or_default().push(row.get(0)?);
            }
        }
        for delete in [
            "DELETE FROM speaker WHERE quote IN (SELECT id FROM quote WHERE article = ?)",
            "DELETE FROM circumstance WHERE quote IN (SELECT id FROM quote WHERE article = ?)",
            "DELETE FROM quote WHERE article = ?",
            "DELETE FROM note WHERE article = ?",
            "DELETE FROM article WHERE id = ?",
        ] {
            self.tx.prepare_cached(delete)?.execute([version])?;
        }
        write(&self.tx, version, page, latest, derived, self.stages, &mut numbers)
    }

    /// Everything that links are made from, as rebuilt.
    pub fn ordered(&self) -> Result<Ordered> {
        ordered(&self.tx)
    }

    /// Writes the links and commits.
    pub fn finish(self, ordered: &Ordered, links: &Links) -> Result<()> {
        relink::write(&self.tx, ordered, links, self.stages.link)?;
        self.tx.commit()?;
        Ok(())
    }
}
