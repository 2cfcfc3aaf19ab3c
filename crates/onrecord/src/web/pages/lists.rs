//! Long lists, a page at a time: the stories, and the statements that pass a reader's filters.

use super::{Form, Frame, Reply, query_of};
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::{Record, SaidQuestion, SaidView, StoriesView};
use onrecord_terms::{Act, Kind};
use serde::Serialize;

/// Stories on one page.
const STORIES: usize = 50;
/// Statements on one page.
const STATEMENTS: usize = 50;

/// A view with the place where the list goes on.
#[derive(Serialize)]
pub(super) struct Part<'v, V> {
    #[serde(flatten)]
    pub(super) view: &'v V,
    /// For `?next=`; null at the end of the list.
    pub(super) next: &'v Option<String>,
}

/// The place after `shown` entries that come after `skip`, if there are more.
pub(super) fn next(skip: usize, shown: usize, total: usize) -> Option<String> {
    let done = skip.saturating_add(shown);
    (shown > 0 && done < total).then(|| query::next(done))
}

/// `/stories`.
pub(crate) fn stories(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let paged: query::Paged = query::read(uri)?;
    let view = onrecord_answer::stories(record, query::skip(&paged.next)?, STORIES)?;
    let next = next(view.skip, view.stories.len(), view.total);
    form.reply(&Part { view: &view, next: &next }, || StoriesPage {
        frame: Frame::new("Stories", "stories", "/stories", &query_of(&[("next", &paged.next)])),
        stories: &view,
        next: next.clone(),
    })
}

#[derive(Template)]
#[template(path = "stories.html")]
struct StoriesPage<'v> {
    frame: Frame,
    stories: &'v StoriesView,
    next: Option<String>,
}

/// `/said`.
pub(crate) fn said(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let asked: query::Said = query::read(uri)?;
    let question = SaidQuestion {
        who: query::given(&asked.who),
        about: query::given(&asked.about),
        on: query::days("on", &asked.on)?,
        since: query::days("since", &asked.since)?,
        until: query::days("until", &asked.until)?,
        outlet: query::given(&asked.outlet),
        act: query::act(&asked.act)?,
        kind: query::kind(&asked.kind)?,
        story: query::given(&asked.story),
        skip: query::skip(&asked.next)?,
        limit: STATEMENTS,
        ..SaidQuestion::default()
    };
    let view = onrecord_answer::said(record, &question)?;
    let next = next(view.skip, view.statements.len(), usize::try_from(view.total).unwrap_or(0));
    form.reply(&Part { view: &view, next: &next }, || {
        let filters = query_of(&[
            ("who", &asked.who),
            ("about", &asked.about),
            ("on", &asked.on),
            ("since", &asked.since),
            ("until", &asked.until),
            ("outlet", &asked.outlet),
            ("act", &asked.act),
            ("kind", &asked.kind),
            ("story", &asked.story),
        ]);
        let with = |next: &str| match (filters.is_empty(), next.is_empty()) {
            (_, true) => filters.clone(),
            (true, false) => format!("?next={next}"),
            (false, false) => format!("{filters}&next={next}"),
        };
        SaidPage {
            frame: Frame::new("Statements", "said", "/said", &with(&asked.next)),
            next: next.as_deref().map(|next| format!("/said{}", with(next))),
            asked: &asked,
            view: &view,
        }
    })
}

#[derive(Template)]
#[template(path = "said.html")]
struct SaidPage<'v> {
    frame: Frame,
    asked: &'v query::Said,
    view: &'v SaidView,
    /// The address of the next page.
    next: Option<String>,
}
