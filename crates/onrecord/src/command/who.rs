//! `onrecord who`: one speaker.

use super::{Exit, Page, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::bail;

/// Shows one speaker: names, roles with their dates, statements over time
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord who \"Ana Ruiz\"")]
pub(crate) struct Args {
    /// The speaker's name, or part of it.
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    name: Vec<String>,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows the speaker.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    let name = args.name.join(" ");
    let Some(view) = onrecord_answer::who(&record, &name, args.page.limit(&out))? else {
        bail!("{name}: nobody in {} goes by this name", record.path().display());
    };
    let all: Vec<_> = view.timeline.iter().chain(&view.undated).chain(&view.unnamed).collect();
    out.one(&view, &all, rows::STATEMENT, |screen| text::who(screen, &view))?;
    Ok(Exit::Done)
}
