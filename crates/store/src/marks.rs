//! How far was each archive read? So that a `read` that was stopped goes on where it was.
//!
//! A mark is a convenience, no ground: without it reading begins at the archive's start, and what the record holds is
//! known again page by page.

use crate::Record;
use crate::error::Result;
use rusqlite::{TransactionBehavior, params};

/// How far one archive was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The archive, as a lasting name: its absolute path.
    pub place: String,
    /// What tells that it is the same archive as then; the reader's own word.
    pub stamp: String,
    /// Where reading goes on; the reader's own word.
    pub at: String,
    /// Pages before that point.
    pub n_pages: usize,
    /// Whether that point is the end.
    pub done: bool,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS mark (
  place TEXT PRIMARY KEY, stamp TEXT NOT NULL, at TEXT NOT NULL, n_pages INTEGER NOT NULL, done INTEGER NOT NULL
) WITHOUT ROWID";

impl Record {
    /// Every mark, by place.
    pub fn marks(&self) -> Result<Vec<Mark>> {
        let is_there = self.conn.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'mark'")?.exists([])?;
        if !is_there {
            return Ok(Vec::new());
        }
        let mut rows =
            self.conn.prepare("SELECT place, stamp, at, n_pages, done FROM mark ORDER BY place")?;
        let marks = rows.query_map([], |row| {
            let n_pages: i64 = row.get(3)?;
            Ok(Mark {
                place: row.get(0)?,
                stamp: row.get(1)?,
                at: row.get(2)?,
                n_pages: usize::try_from(n_pages).unwrap_or_default(),
                done: row.get(4)?,
            })
        })?;
        Ok(marks.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps these marks, each in place of the one before. To be called when the pages before them are in.
    pub fn mark(&mut self, marks: &[Mark]) -> Result<()> {
        if marks.is_empty() {
            return Ok(());
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(TABLE)?;
        for mark in marks {
            let n_pages = i64::try_from(mark.n_pages).unwrap_or(i64::MAX);
            tx.execute(
                "INSERT OR REPLACE INTO mark (place, stamp, at, n_pages, done) VALUES (?, ?, ?, ?, ?)",
                params![mark.place, mark.stamp, mark.at, n_pages, mark.done],
            )?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Forgets how far an archive was read.
    pub fn unmark(&mut self, place: &str) -> Result<()> {
        let is_there = self.conn.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'mark'")?.exists([])?;
        if is_there {
            self.conn.execute("DELETE FROM mark WHERE place = ?", [place])?;
        }
        Ok(())
    }
}
