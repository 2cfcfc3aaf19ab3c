//! Where do these words stand? Statements and articles with the passage marked.

use super::lists::{Part, next};
use super::{Form, Frame, Reply, query_of};
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::{Record, SearchView};

/// Statements, and articles, on one page.
const HITS: usize = 20;

/// `/search`.
pub(crate) fn search(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let asked: query::Search = query::read(uri)?;
    let skip = query::skip(&asked.next)?;
    let view = onrecord_answer::search(record, &asked.q, skip, HITS)?;
    let total = usize::try_from(view.quotes_total.max(view.articles_total)).unwrap_or(0);
    let next = next(skip, HITS, total);
    form.reply(&Part { view: &view, next: &next }, || {
        let query = |next: &str| query_of(&[("q", &asked.q), ("next", next)]);
        let title = match asked.q.trim() {
            "" => "Search".to_owned(),
            words => format!("Search: {}", dress::clip(words, 60)),
        };
        SearchPage {
            frame: Frame::new(title, "search", "/search", &query(&asked.next)),
            next: next.as_deref().map(|next| format!("/search{}", query(next))),
            asked: !asked.q.trim().is_empty(),
            view: &view,
        }
    })
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'v> {
    frame: Frame,
    view: &'v SearchView,
    /// Whether anything was asked.
    asked: bool,
    /// The address of the next page.
    next: Option<String>,
}
