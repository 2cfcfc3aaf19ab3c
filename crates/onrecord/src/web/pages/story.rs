//! Who reported what in this story? Its reports and the coverage table.

use super::{Form, Frame, Reply};
use crate::web::{dress, fail::Failure};
use askama::Template;
use onrecord_answer::{Cell, CellState, Contrasts, CoverageRow, Id, Record, StoryView};

/// Rows of the table on the page; the rest is a link away. The JSON has them all.
const ROWS: usize = 200;

/// `/story/s7`.
pub(crate) fn story(record: &Record, id: &str, words: &Contrasts, form: Form) -> Result<Reply, Failure> {
    let missing = || Failure::NotFound(format!("story “{id}”"));
    let Id::Story(page) = Id::parse(id) else { return Err(missing()) };
    let view = onrecord_answer::story_with(record, page, words)?.ok_or_else(missing)?;
    form.reply(&view, || {
        let rows = &view.coverage.rows[..view.coverage.rows.len().min(ROWS)];
        let path = format!("/story/{}", view.row.id);
        StoryPage {
            frame: Frame::new(dress::clip(&view.row.title, 80), "stories", &path, ""),
            shown: rows.len(),
            rows,
            view: &view,
        }
    })
}

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage<'v> {
    frame: Frame,
    view: &'v StoryView,
    rows: &'v [CoverageRow],
    shown: usize,
}

/// The cell in words: "quoted", "quoted twice".
fn state_words(cell: &Cell) -> String {
    let state = if cell.headline_only { "in marks in the headline only" } else { cell.state.as_str() };
    match cell.quotes.len() {
        0 | 1 => state.to_owned(),
        2 => format!("{state}, twice"),
        n => format!("{state}, {n} times"),
    }
}

fn state_class(cell: &Cell) -> &'static str {
    match cell.state {
        CellState::Quoted => "quoted",
        CellState::Partly => "partly",
        CellState::Paraphrased => "paraphrased",
        CellState::Perhaps => "perhaps",
        CellState::Absent => "absent",
        CellState::TextIncomplete => "unread",
        CellState::NotYetPublished => "before",
    }
}

/// What the words in the cells mean.
fn legend() -> [(CellState, &'static str); 7] {
    CellState::ALL.map(|state| {
        let words = match state {
            CellState::Quoted => "in quotation marks",
            CellState::Partly => "partly in quotation marks, partly in the outlet’s words",
            CellState::Paraphrased => "in the outlet’s words",
            CellState::Perhaps => "similar words stand in the outlet’s text: it may be told there, look",
            CellState::Absent => "not found in the outlet’s text, which is complete as far as can be told",
            CellState::TextIncomplete => "not found, but part of the text is missing: nothing can be said",
            CellState::NotYetPublished => {
                "the outlet’s reports came out on a day before it was said or first told"
            }
        };
        (state, words)
    })
}
