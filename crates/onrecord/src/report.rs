//! How do answers look? As text for people, as JSON, JSON lines or CSV for programs.
//!
//! A command hands over its view; [`Out`] knows the form. [`screen`] lays text out for a terminal, [`rows`] makes
//! flat rows, [`text`] writes each kind of answer for people.

pub(crate) mod coverage;
pub(crate) mod rows;
pub(crate) mod screen;
pub(crate) mod text;

use rows::Column;
use screen::Screen;
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal as _, Write};

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For reading.
    Text,
    /// Columns for reading.
    Table,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// Comma-separated values with a head line.
    Csv,
}

/// Which form an answer takes: text on a terminal, JSON lines in a pipe, unless one is asked for.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct FormatArg {
    /// Form of the answer; text on a terminal and JSON lines in a pipe if not given.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

impl FormatArg {
    /// Standard output in the form asked for.
    pub(crate) fn out(self) -> Out {
        let terminal = io::stdout().is_terminal();
        let default = if terminal { Format::Text } else { Format::Jsonl };
        Out { format: self.format.unwrap_or(default), terminal }
    }
}

/// Standard output in one form.
pub(crate) struct Out {
    format: Format,
    terminal: bool,
}

impl Out {
    /// Writes a list: `rows` one by one, or the view that holds them as one JSON document.
    pub(crate) fn list<T: Serialize>(
        &self,
        view: &impl Serialize,
        rows: &[T],
        columns: &[Column],
        text: impl FnOnce(&mut Screen),
    ) -> anyhow::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format {
            Format::Text => self.text(&mut out, text)?,
            Format::Json => self.document(&mut out, view)?,
            Format::Jsonl => {
                for row in rows {
                    writeln!(out, "{}", self.safe(serde_json::to_string(row)?))?;
                }
            }
            Format::Csv => rows::csv(&mut out, rows, columns, self.terminal)?,
            Format::Table => self.text(&mut out, |screen| {
                let cells = |row: &T| rows::cells(&serde_json::to_value(row).unwrap_or_default(), columns);
                screen.table(&rows::heads(columns), rows.iter().map(cells).collect());
            })?,
        }
        out.flush()?;
        Ok(())
    }

    /// Writes one thing: text, or one JSON document on one line or on several; `rows` are its table.
    pub(crate) fn one<T: Serialize>(
        &self,
        view: &impl Serialize,
        rows: &[T],
        columns: &[Column],
        text: impl FnOnce(&mut Screen),
    ) -> anyhow::Result<()> {
        if self.format != Format::Jsonl {
            return self.list(view, rows, columns, text);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        writeln!(out, "{}", self.safe(serde_json::to_string(view)?))?;
        out.flush()?;
        Ok(())
    }

    /// Whether people read it.
    pub(crate) fn is_for_people(&self) -> bool {
        matches!(self.format, Format::Text | Format::Table)
    }

    fn document(&self, out: &mut impl Write, view: &impl Serialize) -> anyhow::Result<()> {
        writeln!(out, "{}", self.safe(serde_json::to_string_pretty(view)?))?;
        Ok(())
    }

    fn text(&self, out: &mut impl Write, text: impl FnOnce(&mut Screen)) -> anyhow::Result<()> {
        let mut screen = Screen::new(self.terminal);
        text(&mut screen);
        out.write_all(screen.finish().as_bytes())?;
        Ok(())
    }

    /// JSON that does not steer the terminal that it is shown on: characters that could are written as escapes.
    fn safe(&self, json: String) -> String {
        if !self.terminal || !json.chars().any(screen::steers) {
            return json;
        }
        let mut safe = String::with_capacity(json.len());
        for c in json.chars() {
            match screen::steers(c) && c != '\n' {
                true => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
                false => safe.push(c),
            }
        }
        safe
    }
}
