//! Which page shows which answer? One file a kind of page: its template's data, taken from the answer's view.

mod article;
mod front;
mod lists;
mod outlets;
mod position;
mod search;
mod statement;
mod story;
mod who;

pub(crate) use article::article;
pub(crate) use front::front;
pub(crate) use lists::{said, stories};
pub(crate) use outlets::{outlet, outlets};
pub(crate) use position::position;
pub(crate) use search::search;
pub(crate) use statement::{quote, statement};
pub(crate) use story::story;
pub(crate) use who::{speakers, who};

use crate::web::fail::Failure;
use askama::Template;
use serde::Serialize;

/// What an answer looks like on its way out.
pub(crate) enum Reply {
    /// A page.
    Html(String),
    /// The same as JSON.
    Json(String),
    /// The thing has another address.
    Elsewhere(String),
}

/// Which of the two was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page.
    Page,
    /// JSON.
    Json,
}

impl Form {
    /// The view as JSON, or the page that `dress` makes of it.
    fn reply<V: Serialize, T: Template>(self, view: &V, dress: impl FnOnce() -> T) -> Result<Reply, Failure> {
        Ok(match self {
            Form::Page => Reply::Html(dress().render()?),
            Form::Json => {
                let mut json = serde_json::to_string(view).map_err(|e| Failure::Broken(e.to_string()))?;
                json.push('\n');
                Reply::Json(json)
            }
        })
    }
}

/// What stands around every page.
pub(crate) struct Frame {
    /// The page's name, in the window's title.
    pub(crate) title: String,
    /// The section that it belongs to.
    pub(crate) section: &'static str,
    /// Its lasting address.
    pub(crate) canonical: Option<String>,
    /// The address of the same as JSON.
    pub(crate) json: Option<String>,
}

impl Frame {
    /// A page with an address: `path` without, `query` with its question mark or empty.
    fn new(title: impl Into<String>, section: &'static str, path: &str, query: &str) -> Frame {
        let json = match path {
            "/" => format!("/index.json{query}"),
            path => format!("{path}.json{query}"),
        };
        Frame { title: title.into(), section, canonical: Some(format!("{path}{query}")), json: Some(json) }
    }

    /// A page that stands for nothing in the record.
    pub(crate) fn bare(title: &str) -> Frame {
        Frame { title: title.to_owned(), section: "", canonical: None, json: None }
    }

    /// Whether the page belongs to a section.
    pub(crate) fn is(&self, section: &str) -> bool {
        self.section == section
    }

    /// The sections: name, address, whether the page belongs to it.
    pub(crate) fn sections(&self) -> [(&'static str, &'static str, bool); 5] {
        [
            ("Stories", "/stories", self.is("stories")),
            ("Statements", "/said", self.is("said")),
            ("Speakers", "/who", self.is("who")),
            ("Outlets", "/outlets", self.is("outlets")),
            ("Positions", "/position", self.is("position")),
        ]
    }

    /// The program's version.
    pub(crate) fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// A query made of its filled fields, with its question mark; empty if none is filled.
fn query_of(fields: &[(&str, &str)]) -> String {
    let filled: Vec<String> = fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(key, value)| format!("{key}={}", crate::web::dress::in_query(value.trim())))
        .collect();
    match filled.is_empty() {
        true => String::new(),
        false => format!("?{}", filled.join("&")),
    }
}
