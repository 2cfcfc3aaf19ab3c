//! What does a reader see when there is nothing to show? Each failure as a page, or as JSON where JSON was asked for.

use crate::web::pages::Frame;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing has this address; what was looked for.
    NotFound(String),
    /// The question cannot be read; why.
    BadQuery(String),
    /// The `Host` is not this machine.
    WrongHost,
    /// Something else than a question.
    WrongMethod,
    /// Another program holds the record.
    Busy,
    /// The record or a template failed; why.
    Broken(String),
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Failure::NotFound(_) => StatusCode::NOT_FOUND,
            Failure::BadQuery(_) => StatusCode::BAD_REQUEST,
            Failure::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Failure::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Headline and explanation, for people.
    fn words(&self) -> (&'static str, String) {
        match self {
            Failure::NotFound(what) => ("Not in this record", format!("Nothing here is called {what}.")),
            Failure::BadQuery(why) => ("This question cannot be read", format!("{why}.")),
            Failure::WrongHost => (
                "Asked under another name",
                "This server answers only under this machine's own name, such as localhost.".to_owned(),
            ),
            Failure::WrongMethod => {
                ("The record is read only", "Pages here can be asked for, not changed.".to_owned())
            }
            Failure::Busy => (
                "The record is in use",
                "Another program keeps it locked. Nothing is lost; ask again in a moment.".to_owned(),
            ),
            Failure::Broken(why) => ("The record could not be read", format!("{why}.")),
        }
    }

    /// The failure as an answer in the form that was asked for.
    pub(crate) fn into_answer(self, as_json: bool) -> Response {
        let status = self.status();
        let (headline, words) = self.words();
        if as_json {
            let body =
                serde_json::json!({ "error": { "status": status.as_u16(), "what": headline, "why": words } });
            return (status, [(header::CONTENT_TYPE, JSON)], format!("{body}\n")).into_response();
        }
        let page =
            FailurePage { frame: Frame::bare(headline), status: status.as_u16(), headline, words: &words };
        let body = page.render().unwrap_or_else(|_| headline.to_owned());
        (status, [(header::CONTENT_TYPE, HTML)], body).into_response()
    }
}

/// The type of a page.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// The type of the same as JSON.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

impl From<onrecord_store::Error> for Failure {
    fn from(error: onrecord_store::Error) -> Failure {
        match error.is_locked() {
            true => Failure::Busy,
            false => Failure::Broken(error.to_string()),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure::Broken(format!("the page could not be made: {error}"))
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    frame: Frame,
    status: u16,
    headline: &'a str,
    words: &'a str,
}
