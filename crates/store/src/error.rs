//! What went wrong with the record? One opaque error, with predicates where a caller may act.

use std::fmt;
use std::path::{Path, PathBuf};

/// What a fallible lookup or change gives.
pub type Result<T> = std::result::Result<T, Error>;

/// The record could not be opened, read or changed. Displays as one line: what was expected and what was found.
#[derive(Debug)]
pub struct Error {
    kind: Box<Kind>,
    path: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// No file there.
    Missing,
    /// A file that is no record.
    NotARecord,
    /// A record of a format that this program does not know.
    NewerFormat(i64),
    /// A row that says what cannot be.
    Broken(String),
    /// What SQLite reports.
    Sqlite(rusqlite::Error),
}

impl Error {
    /// There is no file at the path.
    pub fn is_missing(&self) -> bool {
        matches!(*self.kind, Kind::Missing)
    }

    /// The file is something else than a record.
    pub fn is_not_a_record(&self) -> bool {
        matches!(*self.kind, Kind::NotARecord)
    }

    /// The record was made by a newer program.
    pub fn is_newer_format(&self) -> bool {
        matches!(*self.kind, Kind::NewerFormat(_))
    }

    /// Another program kept the record locked for too long.
    pub fn is_locked(&self) -> bool {
        self.has_code(&[rusqlite::ErrorCode::DatabaseBusy, rusqlite::ErrorCode::DatabaseLocked])
    }

    /// The disk is full; the record stands as of the last commit.
    pub fn is_disk_full(&self) -> bool {
        self.has_code(&[rusqlite::ErrorCode::DiskFull])
    }

    /// A row or the file itself is damaged.
    pub fn is_damaged(&self) -> bool {
        matches!(*self.kind, Kind::Broken(_)) || self.has_code(&[rusqlite::ErrorCode::DatabaseCorrupt])
    }

    pub(crate) fn broken(what: impl Into<String>) -> Error {
        Error::from(Kind::Broken(what.into()))
    }

    pub(crate) fn at(mut self, path: &Path) -> Error {
        self.path = Some(path.to_owned());
        self
    }

    fn has_code(&self, codes: &[rusqlite::ErrorCode]) -> bool {
        match &*self.kind {
            Kind::Sqlite(error) => error.sqlite_error_code().is_some_and(|code| codes.contains(&code)),
            _ => false,
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error { kind: Box::new(kind), path: None }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Error::from(Kind::NotARecord),
            _ => Error::from(Kind::Sqlite(error)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        match &*self.kind {
            Kind::Missing => write!(f, "no record here (make one with `onrecord read`)"),
            Kind::NotARecord => write!(f, "not an onrecord record"),
            Kind::NewerFormat(found) => {
                write!(f, "format {found} is newer than format {} that this program reads", crate::FORMAT)
            }
            Kind::Broken(what) => write!(f, "damaged record: {what}"),
            Kind::Sqlite(_) if self.is_locked() => write!(f, "another program keeps the record locked"),
            Kind::Sqlite(_) if self.is_disk_full() => {
                write!(f, "the disk is full; the record stands as of its last commit")
            }
            Kind::Sqlite(error) => write!(f, "{}", error.to_string().replace('\n', " ")),
        }
    }
}

impl std::error::Error for Error {}
