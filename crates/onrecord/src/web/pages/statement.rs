//! What was said, and how do the tellings differ? A statement with its renderings side by side.

use super::{Form, Frame, Reply};
use crate::web::{dress, fail::Failure};
use askama::Template;
use onrecord_answer::views::{RenderingView, StatementView};
use onrecord_answer::{Id, Record};

/// Tellings on the page; the JSON has them all.
const TELLINGS: usize = 150;

/// `/statement/st9`.
pub(crate) fn statement(record: &Record, id: &str, form: Form) -> Result<Reply, Failure> {
    let missing = || Failure::NotFound(format!("statement “{id}”"));
    let Id::Statement(quote) = Id::parse(id) else { return Err(missing()) };
    let view = onrecord_answer::statement(record, quote)?.ok_or_else(missing)?;
    form.reply(&view, || {
        let title = format!("{}: {}", dress::names(&view.row.speakers), dress::clip(&view.row.words, 70));
        let path = format!("/statement/{}", view.row.id);
        StatementPage {
            frame: Frame::new(title, "said", &path, ""),
            shown: &view.renderings[..view.renderings.len().min(TELLINGS)],
            view: &view,
        }
    })
}

/// `/quote/q345`: the statement that it tells, at this telling.
pub(crate) fn quote(record: &Record, id: &str, form: Form) -> Result<Reply, Failure> {
    let missing = || Failure::NotFound(format!("quote “{id}”"));
    let Id::Quote(quote) = Id::parse(id) else { return Err(missing()) };
    let view = onrecord_answer::statement(record, quote)?.ok_or_else(missing)?;
    Ok(Reply::Elsewhere(match form {
        Form::Page => format!("/statement/{}#{id}", view.row.id),
        Form::Json => format!("/statement/{}.json", view.row.id),
    }))
}

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage<'v> {
    frame: Frame,
    view: &'v StatementView,
    /// The tellings that the page shows.
    shown: &'v [RenderingView],
}

/// Whether this is the telling that the others are compared with.
fn is_fullest(view: &StatementView, rendering: &RenderingView) -> bool {
    view.renderings.len() > 1 && view.row.quotes.first() == Some(&rendering.quote)
}

/// The outlet of the article that another one was copied from.
fn copied_from(view: &StatementView, id: &str) -> String {
    dress::outlet_of(view.renderings.iter().map(|rendering| &rendering.article), id)
}
