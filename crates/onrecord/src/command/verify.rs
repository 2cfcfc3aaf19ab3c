//! `onrecord verify`: does every row say what its text says?

use super::{Exit, RecordArg};
use crate::report::FormatArg;
use serde::Serialize;

/// Checks every row of the record against the text that it points into
///
/// Hashes of pages and texts, every span, every count. Fails with exit code 1 and names each row that is not as it should be.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord verify --record talks.db")]
pub(crate) struct Args {
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Checks the record.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let checked = record.verify()?;
    for failure in &checked.failures {
        crate::tell(failure);
    }
    let view = View {
        pages: checked.pages,
        quotes: checked.quotes,
        renderings: checked.renderings,
        failures: checked.failures.len(),
    };
    let columns =
        &[("pages", "pages"), ("quotes", "quotes"), ("renderings", "renderings"), ("failures", "failures")];
    args.format.out().one(&view, &[&view], columns, |screen| {
        let found = match view.failures {
            0 => "everything is as it was read".to_owned(),
            n => format!("{n} rows are not as they should be"),
        };
        let checked = (view.pages, view.quotes, view.renderings);
        screen.line(
            0,
            &format!("checked {} pages, {} quotes, {} renderings: {found}", checked.0, checked.1, checked.2),
        );
    })?;
    Ok(if view.failures == 0 { Exit::Done } else { Exit::Failed })
}

#[derive(Serialize)]
struct View {
    pages: usize,
    quotes: usize,
    renderings: usize,
    failures: usize,
}
