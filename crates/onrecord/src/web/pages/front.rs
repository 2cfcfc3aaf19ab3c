//! What is in the record? Its counts, and the newest stories.

use super::{Form, Frame, Reply};
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::{OverviewView, Record, StoriesView};
use serde::Serialize;

/// How many stories the front page shows.
const NEWEST: usize = 12;

/// `/`.
pub(crate) fn front(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let query::Nothing {} = query::read(uri)?;
    let view = FrontView {
        record: onrecord_answer::overview(record)?,
        newest: onrecord_answer::stories(record, 0, NEWEST)?,
    };
    form.reply(&view, || FrontPage {
        frame: Frame::new("onrecord", "front", "/", ""),
        days: dress::days(view.record.first.as_deref(), view.record.last.as_deref()),
        counts: &view.record,
        stories: &view.newest,
    })
}

/// Both as one.
#[derive(Serialize)]
struct FrontView {
    record: OverviewView,
    newest: StoriesView,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage<'v> {
    frame: Frame,
    counts: &'v OverviewView,
    days: Option<String>,
    stories: &'v StoriesView,
}
