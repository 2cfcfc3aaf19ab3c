//! Where does the record lie, and is it one? Opening and creating the file.

use crate::error::{Error, Kind, Result};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The format of the record's file, stamped into it. Raised when a program of an older format could not read it.
pub const FORMAT: i64 = 1;

/// "onrc" in ASCII: what SQLite's `application_id` says for a record.
const APPLICATION_ID: i64 = 0x6f6e_7263;

/// How long to wait for another program's commit before giving up.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open record. A reader sees one consistent state for each lookup, also while another program writes.
pub struct Record {
    pub(crate) conn: Connection,
    path: PathBuf,
}

impl Record {
    /// Opens the record at `path` for reading.
    pub fn open(path: &Path) -> Result<Record> {
        if !path.is_file() {
            return Err(Error::from(Kind::Missing).at(path));
        }
        let open = || {
            // Read and write, because the first reader after a killed writer recovers the log.
            let record = Record::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
                .or_else(|_| Record::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
            record.check_stamp()?;
            record.conn.pragma_update(None, "query_only", true)?;
            Ok(record)
        };
        open().map_err(|error: Error| error.at(path))
    }

    /// Opens the record at `path` for writing, or makes an empty one if there is none.
    pub fn open_or_create(path: &Path) -> Result<Record> {
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let mut record = Record::connect(path, flags)?;
            record.create_if_empty()?;
            record.check_stamp()?;
            record.index()?;
            Ok(record)
        };
        open().map_err(|error: Error| error.at(path))
    }

    /// Opens the record at `path` for writing; it must be there.
    pub fn open_for_change(path: &Path) -> Result<Record> {
        if !path.is_file() {
            return Err(Error::from(Kind::Missing).at(path));
        }
        let record = Record::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| e.at(path))?;
        record.check_stamp().map_err(|e| e.at(path))?;
        Ok(record)
    }

    /// Where the record lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Holds the record as it is: every lookup from here on sees this state, whatever another program commits.
    /// For a reader that asks several questions for one answer and is dropped soon after.
    pub fn hold(&self) -> Result<()> {
        self.conn.execute_batch("BEGIN")?;
        // A transaction sees the state of its first read.
        self.conn.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
        Ok(())
    }

    /// Whether every page is linked: false if a `read` was stopped between its pages and its links.
    pub fn is_linked(&self) -> Result<bool> {
        Ok(self.meta("changes")? == self.meta("linked")?)
    }

    pub(crate) fn meta(&self, key: &str) -> Result<i64> {
        Ok(self.conn.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0))?)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Record> {
        let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(PATIENCE)?;
        conn.set_prepared_statement_cache_capacity(64);
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "cache_size", -64_000)?;
        conn.pragma_update(None, "temp_store", "memory")?;
        stand_in(&conn)?;
        Ok(Record { conn, path: path.to_owned() })
    }

    fn create_if_empty(&mut self) -> Result<()> {
        if self.stamp()? != (0, 0) || self.n_tables()? != 0 {
            return Ok(());
        }
        self.conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have made it in the meantime.
        let n_tables: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if n_tables == 0 {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.execute_batch(CIRCUMSTANCE)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", FORMAT)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// What came after the format's first records: answers do not need it.
    fn index(&self) -> Result<()> {
        self.conn.execute_batch(
            "CREATE INDEX IF NOT EXISTS article_head ON article (page, outlet, published, published_unix)",
        )?;
        add_circumstances(&self.conn)
    }

    fn check_stamp(&self) -> Result<()> {
        match self.stamp()? {
            (APPLICATION_ID, FORMAT) => Ok(()),
            (APPLICATION_ID, found) if found > FORMAT => Err(Kind::NewerFormat(found).into()),
            _ => Err(Kind::NotARecord.into()),
        }
    }

    fn stamp(&self) -> Result<(i64, i64)> {
        let pragma = |name| self.conn.pragma_query_value(None, name, |row| row.get(0));
        Ok((pragma("application_id")?, pragma("user_version")?))
    }

    fn n_tables(&self) -> Result<i64> {
        Ok(self.conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
    }
}

/// The table of what stands beside a quote, for records that were made before it came.
pub(crate) fn add_circumstances(conn: &Connection) -> Result<()> {
    // While the stand-in lives, its name hides the record's own table.
    conn.execute_batch("DROP TABLE IF EXISTS temp.circumstance")?;
    conn.execute_batch(CIRCUMSTANCE)?;
    Ok(())
}

/// An empty table in memory where an older record lacks the one on disk, so that it reads as a record that tells nothing
/// there.
fn stand_in(conn: &Connection) -> Result<()> {
    let tables: i64 = conn.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('quote', 'circumstance')",
        [],
        |row| row.get(0),
    )?;
    if tables == 1 {
        conn.execute_batch(
            &CIRCUMSTANCE
                .replacen("EXISTS circumstance", "EXISTS temp.circumstance", 1)
                .replace(" REFERENCES quote (id)", ""),
        )?;
    }
    Ok(())
}

/// What stands beside a quote; no row where nothing does.
const CIRCUMSTANCE: &str = "CREATE TABLE IF NOT EXISTS circumstance (
  quote INTEGER PRIMARY KEY REFERENCES quote (id),
  hops TEXT NOT NULL,
  said_on TEXT,
  said_precision TEXT,
  said_words TEXT,
  addressee TEXT,
  medium TEXT
)";
