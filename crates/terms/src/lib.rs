//! The words of the trade: what is a page, an article, a quote, a statement, a story?
//!
//! Plain data, named as the field names them, with the invariants that every other room relies on.
//! Nothing here reads, writes or decides. Start with [`article`], then [`quote`], then [`record`].
//! The types are not serialisable on purpose: `store` and `answer` own their formats.
#![deny(clippy::disallowed_methods)]

pub mod article;
pub mod circumstances;
pub mod date;
pub mod note;
pub mod page;
pub mod quote;
pub mod record;
pub mod span;
pub mod visit;

pub use article::{Article, Body, Lang, Paragraph, ParagraphKind};
pub use circumstances::{Circumstances, Hop, How, Precision, Said};
pub use date::{Day, Moment};
pub use note::Note;
pub use page::{Given, Media, Page};
pub use quote::{Act, Kind, Mode, Place, Quote, RunnerUp, Sense, Speaker, SpeakerKind, Voice};
pub use record::{
    Actor, Decision, Differs, Joint, Late, Mark, Mention, Placement, Rendering, Role, Statement,
};
pub use span::{BadSpan, CodePoints, Span};
pub use visit::{Outcome, Permission, Visit};
