//! What happened when an address was asked for? One visit: what came of it, and what the site allows.
//!
//! Every visit is kept, those that brought nothing too: what a site refused, or reserved, is part of where a record
//! comes from.

use crate::quote::words;

/// One address, asked for once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The address that was asked for, without a fragment.
    pub url: String,
    /// The address that answered, after redirects; `url` where none did.
    pub place: String,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The status of the last answer (200, 404).
    pub status: Option<u16>,
    /// Why nothing came, in one line.
    pub why: Option<String>,
    /// What the site allows.
    pub permission: Permission,
    /// What the answer was called by its server, to ask for news alone next time.
    pub etag: Option<String>,
    /// When the server says that it last changed, as it writes it.
    pub last_modified: Option<String>,
}

/// What came of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A page came.
    Read,
    /// A list of pages came: a feed, a sitemap.
    Listed,
    /// The server says that nothing changed since the last visit.
    Unchanged,
    /// The page is not there, or no more.
    Gone,
    /// It may not be fetched or not be read, or it is nothing that is read here.
    Refused,
    /// No answer came, or one that could not be understood.
    Failed,
}

words!(Outcome {
    Read = "read",
    Listed = "listed",
    Unchanged = "unchanged",
    Gone = "gone",
    Refused = "refused",
    Failed = "failed",
});

/// What a site allows to be done with a page, as it tells programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// What robots.txt says of the address: `allowed`, `disallowed (…)`; nothing where it was not asked.
    pub robots: Option<String>,
    /// What the TDM Reservation Protocol and its like say: `reserved (…)`, `not reserved (…)`, `not told`.
    pub tdm: Option<String>,
    /// Whether text and data mining is reserved.
    pub reserved: bool,
    /// What else the page tells programs (`noindex`, `noarchive`), as told.
    pub directives: Vec<String>,
}
