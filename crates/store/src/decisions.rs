//! What have people decided about who is who, and which reports are one story? Ground, like pages: no rebuild touches it.

use crate::error::Result;
use crate::{PageId, Record};
use onrecord_terms::Decision;
use rusqlite::{Connection, Row, ToSql, TransactionBehavior, params};

impl Record {
    /// The decisions, in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        decisions(&self.conn)
    }

    /// Keeps a decision, in place of an earlier one on the same two names. The links are to be made anew.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        let Decision { same, one, other, made } = decision;
        self.keep(&NAMES, [(*same, one, other, made.as_str())])
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
        self.keep(&STORIES, decisions.iter().map(|one| (one.same, &one.one, &one.other, one.made.as_str())))
    }
}

/// A table of decisions, made with its first row: what it is called, and the type of the two that each is on.
struct Table {
    name: &'static str,
    of: &'static str,
}

const NAMES: Table = Table { name: "decision", of: "TEXT" };
const STORIES: Table = Table { name: "story_decision", of: "INTEGER" };

impl Record {
    /// Keeps what was decided of pairs: same or not, the one, the other, when; in place of what was decided before.
    fn keep<'d, T: ToSql + 'd>(
        &mut self,
        table: &Table,
        decisions: impl IntoIterator<Item = (bool, &'d T, &'d T, &'d str)>,
    ) -> Result<()> {
        let Table { name, of } = table;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS {name} (
               id INTEGER PRIMARY KEY AUTOINCREMENT,
               same INTEGER NOT NULL, one {of} NOT NULL, other {of} NOT NULL, made TEXT NOT NULL
             )"
        ))?;
        for (same, one, other, made) in decisions {
            tx.execute(
                &format!("DELETE FROM {name} WHERE (one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)"),
                params![one, other],
            )?;
            tx.execute(
                &format!("INSERT INTO {name} (same, one, other, made) VALUES (?, ?, ?, ?)"),
                params![same, one, other, made],
            )?;
        }
        tx.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'", [])?;
        tx.commit()?;
        Ok(())
    }
}

/// What was decided, in the order in which it was; none where nothing ever was: records without the table are as good
/// as others.
fn kept<D>(
    conn: &Connection,
    table: &Table,
    decision: fn(&Row<'_>) -> rusqlite::Result<D>,
) -> Result<Vec<D>> {
    if !has_table(conn, table.name)? {
        return Ok(Vec::new());
    }
    let mut rows = conn.prepare(&format!("SELECT same, one, other, made FROM {} ORDER BY id", table.name))?;
    let found = rows.query_map([], decision)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// As [`decisions`], on stories.
pub(crate) fn story_decisions(conn: &Connection) -> Result<Vec<StoryDecision>> {
    kept(conn, &STORIES, |row| {
        Ok(StoryDecision { same: row.get(0)?, one: row.get(1)?, other: row.get(2)?, made: row.get(3)? })
    })
}

/// Whether a table was ever needed: those that few records need are made with their first row.
pub(crate) fn has_table(conn: &Connection, name: &str) -> Result<bool> {
    let n: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = ?", [name], |row| row.get(0))?;
    Ok(n > 0)
}

/// The decisions on who is who, in order.
pub(crate) fn decisions(conn: &Connection) -> Result<Vec<Decision>> {
    kept(conn, &NAMES, |row| {
        Ok(Decision { same: row.get(0)?, one: row.get(1)?, other: row.get(2)?, made: row.get(3)? })
    })
}
