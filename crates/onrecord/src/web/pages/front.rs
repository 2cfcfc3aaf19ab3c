//! What is in the record? Its counts, and the newest stories.

use super::{Form, Frame, Reply};
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::{Record, StoriesView};
use onrecord_store::Counts;
use serde::Serialize;

/// How many stories the front page shows.
const NEWEST: usize = 12;

/// The front page.
pub(crate) fn front(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let query::Nothing {} = query::read(uri)?;
    let counts = onrecord_answer::overview(record)?;
    let stories = onrecord_answer::stories(record, 0, NEWEST)?;
    form.reply(&FrontView::new(&counts, &stories), || FrontPage {
        frame: Frame::new("onrecord", "front", "/", ""),
        days: dress::days(day(counts.first_day).as_deref(), day(counts.last_day).as_deref()),
        counts: &counts,
        stories: &stories,
    })
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage<'v> {
    frame: Frame,
    counts: &'v Counts,
    days: Option<String>,
    stories: &'v StoriesView,
}
