//! `onrecord story`: who reported what in one story, and who did not.

use super::{Exit, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::{Context as _, bail};
use onrecord_answer::{Contrasts, Id};
use std::path::Path;

/// Shows one story: its articles, who copied whom, and which outlet tells which statement
///
/// "Absent" means: not found in the outlet's complete text, and nothing near to it. Where similar words stand there, the
/// cell says "perhaps". Below the table stand words that the reports use for the same thing, in their sentences.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  onrecord story s7\n  onrecord story s7 --all --words my-words.tsv")]
pub(crate) struct Args {
    /// The story's id, or that of one of its articles.
    #[arg(value_name = "ID")]
    id: String,
    /// Every statement, not only those that most outlets tell.
    #[arg(long)]
    all: bool,
    /// Words for the same thing, to be held side by side, in the place of the list that comes with the program: lines of
    /// a name and two or more words, parted by tabs; other forms of a word after a slash.
    #[arg(long, value_name = "FILE")]
    words: Option<std::path::PathBuf>,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows the story.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let (Id::Story(page) | Id::Article(page)) = Id::parse(&args.id) else {
        bail!("{}: not the id of a story (one looks like s7)", args.id);
    };
    let words = words(args.words.as_deref())?;
    let Some(view) = onrecord_answer::story_with(&record, page, &words)? else {
        bail!("{}: no such story in {}", args.id, record.path().display());
    };
    let statements: Vec<_> = view.coverage.rows.iter().map(|row| &row.statement).collect();
    let all = args.all;
    args.format.out().one(&view, &statements, rows::STATEMENT, |screen| text::story(screen, &view, all))?;
    Ok(Exit::Done)
}

/// The reader's own list of words for the same things, or the one that comes with the program.
pub(super) fn words(path: Option<&Path>) -> anyhow::Result<Contrasts> {
    let Some(path) = path else { return Ok(Contrasts::built_in()) };
    let words = Contrasts::parse(&std::fs::read_to_string(path).with_context(|| path.display().to_string())?);
    if words.is_empty() {
        bail!("{}: no line with a name and two words, parted by tabs", path.display());
    }
    Ok(words)
}
