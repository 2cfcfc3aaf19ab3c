//! What have people decided about who is who, and which reports are one story? Ground, like pages: no rebuild touches it.

use crate::error::Result;
use crate::{PageId, Record};
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

/// A person's word on whether two reports are of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryDecision {
    /// True if the stories of both are one; false if the other is not of the one's story.
    pub same: bool,
    /// The page of a report.
    pub one: PageId,
    /// The page of another.
    pub other: PageId,
    /// When it was made, in UTC: "2031-03-06T09:12:00Z".
    pub made: String,
}

impl Record {
    /// The decisions on stories, in the order in which they were made.
    pub fn story_decisions(&self) -> Result<Vec<StoryDecision>> {
        story_decisions(&self.conn)
    }

    /// Keeps decisions on stories, each in place of an earlier one on the same two. The links are to be made anew.
    pub fn decide_stories(&mut self, decisions: &[StoryDecision]) -> Result<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(
            "CREATE TABLE IF NOT EXISTS story_decision (
               id INTEGER PRIMARY KEY AUTOINCREMENT,
               same INTEGER NOT NULL, one INTEGER NOT NULL, other INTEGER NOT NULL, made TEXT NOT NULL
             )",
        )?;
        for StoryDecision { same, one, other, made } in decisions {
            tx.execute(
                "DELETE FROM story_decision WHERE (one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)",
                params![one, other],
            )?;
            tx.execute(
                "INSERT INTO story_decision (same, one, other, made) VALUES (?, ?, ?, ?)",
                params![same, one, other, made],
            )?;
        }
        tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'", [])?;
        tx.commit()?;
        Ok(())
    }
}

/// As [`decisions`], on stories.
pub(crate) fn story_decisions(conn: &Connection) -> Result<Vec<StoryDecision>> {
    if !has_table(conn, "story_decision")? {
        return Ok(Vec::new());
    }
    let mut rows = conn.prepare("SELECT same, one, other, made FROM story_decision ORDER BY id")?;
    let found = rows.query_map([], |row| {
        Ok(StoryDecision { same: row.get(0)?, one: row.get(1)?, other: row.get(2)?, made: row.get(3)? })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Whether a table was ever needed: those that few records need are made with their first row.
pub(crate) fn has_table(conn: &Connection, name: &str) -> Result<bool> {
    let n: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = ?", [name], |row| row.get(0))?;
    Ok(n > 0)
}

/// None where none was ever made: records without the table are as good as others.
pub(crate) fn decisions(conn: &Connection) -> Result<Vec<Decision>> {
    if !has_table(conn, "decision")? {
        return Ok(Vec::new());
    }
    let mut rows = conn.prepare("SELECT same, one, other, made FROM decision ORDER BY id")?;
    let found = rows.query_map([], |row| {
        Ok(Decision { same: row.get(0)?, one: row.get(1)?, other: row.get(2)?, made: row.get(3)? })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
