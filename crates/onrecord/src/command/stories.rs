//! `onrecord stories`: which events are reported.

use super::{Exit, Page, RecordArg};
use crate::report::{FormatArg, rows, text};

/// Lists stories, the one with the latest report first
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord stories --limit 10")]
pub(crate) struct Args {
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Lists the stories.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    let view = onrecord_answer::stories(&record, args.page.skip, args.page.limit(&out))?;
    out.list(&view, &view.stories, rows::STORY, |screen| text::stories(screen, &view))?;
    Ok(Exit::Done)
}
