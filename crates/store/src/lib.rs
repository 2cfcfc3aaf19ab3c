//! Here is the record: what lies in it? The only room that knows how it lies on disk.
//!
//! One SQLite file. Pages are ground and never change; articles, quotes and links are derived and carry the
//! version of the stage that made them. Start with [`Record`]; then [`Record::add`], [`Record::relink`], and
//! the lookups in `look` and `find`.

mod actors;
mod add;
mod decisions;
mod derive;
mod error;
mod find;
mod load;
mod look;
mod marks;
mod outlets;
mod rebuild;
mod record;
mod relink;
mod rows;
mod verify;
mod visits;

pub use actors::StoredActor;
pub use add::{Added, Entry, KnownVersion, fingerprint};
pub use decisions::StoryDecision;
pub use derive::{Derived, Stages};
pub use error::{Error, Result};
pub use find::{Filter, Found, Reach, Topic};
pub use look::{
    Counts, PageVersion, StoredArticle, StoredHead, StoredLate, StoredPlacement, StoredQuote,
    StoredRendering, StoredStatement,
};
pub use marks::Mark;
pub use outlets::{OutletPage, StoredOutlet};
pub use rebuild::Rebuild;
pub use record::{FORMAT, Record};
pub use relink::{Links, Ordered};
pub use rows::slug;
pub use verify::Checked;
pub use visits::{Watched, WatchedKind};

/// Number of a page, for all its versions: the 12 of `a12`.
pub type PageId = i64;
/// Number of a quote: the 345 of `q345`. A statement bears the lowest number of its quotes.
pub type QuoteId = i64;
/// Number of a speaker in the links as they stand; only its slug and names are lasting.
pub type ActorId = i64;
