//! `onrecord rebuild`: everything derived anew from the pages.

use super::{Exit, ModelArg, RecordArg};
use crate::pipeline;
use crate::report::FormatArg;
use crate::watch::Terminal;
use onrecord_store::Record;
use serde_json::json;

/// Makes articles, quotes and links anew from the stored pages, all or nothing
///
/// For a record that was made by an older onrecord. Pages are never changed; a quote that is found again keeps its id.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord rebuild --record talks.db")]
pub(crate) struct Args {
    #[command(flatten)]
    record: RecordArg,
    /// Threads to use; all cores if not given. Any number gives the same record.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Rebuilds the record.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    pipeline::use_threads(args.threads)?;
    args.model.apply()?;
    let mut record = Record::open_for_change(&args.record.record)?;
    let mut watch = Terminal::new("rebuilding");
    let counts = pipeline::rebuild(&mut record, &mut watch);
    watch.finish();
    let counts = counts?;
    let view = json!({
        "articles": counts.pages,
        "versions": counts.versions,
        "quotes": counts.quotes,
        "stories": counts.stories,
        "statements": counts.statements,
        "speakers": counts.actors,
    });
    let columns = &[
        ("articles", "articles"),
        ("quotes", "quotes"),
        ("stories", "stories"),
        ("statements", "statements"),
    ];
    args.format.out().one(&view, &[&view], columns, |screen| {
        let held = format!(
            "rebuilt {} articles: {} stories · {} statements · {} speakers",
            counts.pages, counts.stories, counts.statements, counts.actors
        );
        screen.line(0, &held);
    })?;
    Ok(Exit::Done)
}
