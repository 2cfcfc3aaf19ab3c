//! How does the coverage table look on a terminal? Statements down, outlets across, a legend below.

use super::screen::{Ink, Screen};
use onrecord_answer::{Cell, CellState, CoverageView};

/// So many statements are shown unless all are asked for.
const ROWS: usize = 15;

/// So many outlets fit side by side.
const COLUMNS: usize = 6;

/// Width of an outlet's column with words in its cells: "○*≠ paraphrased" and its margins.
const WORDS: usize = 17;

/// Width of an outlet's column with signs alone: its name is broken over some lines.
const SIGNS: usize = 11;

/// The table, with its outlets numbered.
pub(crate) fn table(screen: &mut Screen, view: &CoverageView, all: bool) {
    if view.rows.is_empty() {
        return;
    }
    screen.title("Who tells what");
    let beside = COLUMNS.min((screen.width() * 2 / 3 / SIGNS).max(1));
    for (start, columns) in view.columns.chunks(beside).enumerate().map(|(idx, c)| (idx * beside, c)) {
        let mut heads = vec!["statement".to_owned()];
        heads.extend(columns.iter().map(|column| match &column.copy_of {
            Some(of) => format!("{} (copy: {of})", column.outlet),
            None => column.outlet.clone(),
        }));
        let words = columns.len() * WORDS + screen.width() / 3 <= screen.width();
        let shown = if all { view.rows.len() } else { ROWS.min(view.rows.len()) };
        let rows = view.rows[..shown].iter().map(|row| {
            let who =
                row.statement.speakers.first().map(|speaker| speaker.name.as_str()).unwrap_or("not known");
            let statement = &row.statement;
            let cue = statement.cue.as_ref().filter(|_| statement.kind != "direct");
            let cue = cue.map(|cue| format!("{cue}: ")).unwrap_or_default();
            let mut first = format!("{} {who}: {cue}{}", statement.id, short(&statement.words));
            if statement.may_be_several() {
                first.push_str(&format!(" [may be several: {:.2}]", statement.confidence));
            }
            if statement.independent < statement.reports {
                first.push_str(&format!(
                    " [{} reports, {} independent]",
                    statement.reports, statement.independent
                ));
            }
            if let Some(language) = statement.language.as_ref().filter(|language| *language != "en") {
                first.push_str(&format!(" [by marks alone: {language}]"));
            }
            let mut cells = vec![first];
            cells.extend(row.cells[start..start + columns.len()].iter().map(|told| cell(told, words)));
            cells
        });
        screen.grid(&heads, rows.collect(), if words { WORDS } else { SIGNS });
    }
    if !all && view.rows.len() > ROWS {
        let left =
            format!("{} statements more, told by fewer outlets; --all shows them", view.rows.len() - ROWS);
        screen.flow(0, &[(Ink::Faint, left)]);
    }
    let legend = "● quoted  ◐ partly quoted  ○ paraphrased  ~ perhaps: similar words stand there  \
                  – absent: not found in the complete text  ? not found, and the text is incomplete  · published on a day before it  h in marks in the headline only  * a part is left out  ≠ words differ  ¬ another telling has a negation before these very words";
    screen.flow(0, &[(Ink::Faint, legend.to_owned())]);
}

/// A sign, with its word where there is room.
fn cell(cell: &Cell, words: bool) -> String {
    let (sign, word) = match cell.state {
        CellState::Quoted => ("●", "quoted"),
        CellState::Partly => ("◐", "partly"),
        CellState::Paraphrased => ("○", "paraphrased"),
        CellState::Perhaps => ("~", "perhaps"),
        CellState::Absent => ("–", "absent"),
        CellState::TextIncomplete => ("?", "incomplete"),
        CellState::NotYetPublished => ("·", "not yet"),
    };
    let (sign, word) = if cell.headline_only { ("h", "headline") } else { (sign, word) };
    let mut told = sign.to_owned();
    if !cell.whole {
        told.push('*');
    }
    if !cell.differs.is_empty() {
        told.push('≠');
    }
    if cell.negation_gone {
        told.push('¬');
    }
    if words { format!("{told} {word}") } else { told }
}

/// The first words.
fn short(words: &str) -> String {
    match words.char_indices().nth(70) {
        None => words.to_owned(),
        Some((at, _)) => {
            let cut = words[..at].rfind(' ').unwrap_or(at);
            format!("{}…", &words[..cut])
        }
    }
}
