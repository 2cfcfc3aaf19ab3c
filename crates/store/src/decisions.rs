//! What have people decided about who is who? Ground, like pages: no rebuild touches it.

use crate::Record;
use crate::error::Result;
use onrecord_terms::Decision;
use rusqlite::{Connection, TransactionBehavior, params};

impl Record {
    /// The decisions, in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        decisions(&self.conn)
    }

    /// Keeps a decision, in place of an earlier one on the same two names. The links are to be made anew.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(
            "CREATE TABLE IF NOT EXISTS decision (
               id INTEGER PRIMARY KEY AUTOINCREMENT,
               same INTEGER NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, made TEXT NOT NULL
             )",
        )?;
        let Decision { same, one, other, made } = decision;
        tx.execute(
            "DELETE FROM decision WHERE (one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)",
            params![one, other],
        )?;
        tx.execute(
            "INSERT INTO decision (same, one, other, made) VALUES (?, ?, ?, ?)",
            params![same, one, other, made],
        )?;
        tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'", [])?;
        tx.commit()?;
        Ok(())
    }
}

/// None where none was ever made: records without the table are as good as others.
pub(crate) fn decisions(conn: &Connection) -> Result<Vec<Decision>> {
    let n: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'decision'", [], |row| row.get(0))?;
    if n == 0 {
        return Ok(Vec::new());
    }
    let mut rows = conn.prepare("SELECT same, one, other, made FROM decision ORDER BY id")?;
    let found = rows.query_map([], |row| {
        Ok(Decision { same: row.get(0)?, one: row.get(1)?, other: row.get(2)?, made: row.get(3)? })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
