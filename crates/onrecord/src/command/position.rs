//! `onrecord position`: how an actor's position moved.

use super::{Exit, Page, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::bail;
use onrecord_answer::{Days, PositionQuestion, position};

/// Shows how an actor's position on a topic moved, each point with its sentences
///
/// The actor's own statements count, and those of its offices and people. People without a name are kept apart,
/// and statements without a date have no place in the order.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord position --actor Ardenia --on \"river pact\"")]
pub(crate) struct Args {
    /// Whose position.
    #[arg(long, value_name = "NAME")]
    actor: String,
    /// Words of the topic.
    #[arg(long, value_name = "TOPIC")]
    on: String,
    /// On this date or later.
    #[arg(long, value_name = "DATE", value_parser = super::days)]
    since: Option<Days>,
    /// On this date or earlier.
    #[arg(long, value_name = "DATE", value_parser = super::days)]
    until: Option<Days>,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows the position.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    super::in_order(args.since, args.until)?;
    let question = PositionQuestion {
        actor: args.actor,
        on: args.on,
        since: args.since,
        until: args.until,
        limit: args.page.limit(&out),
    };
    let Some(view) = position(&record, &question)? else {
        bail!("{}: nobody in {} goes by this name", question.actor, record.path().display());
    };
    if view.total == 0 && !out.is_for_people() {
        crate::tell(&text::nothing(&view));
    }
    let points = [&view.points, &view.undated, &view.unnamed, &view.credited, &view.near];
    let points: Vec<_> = points.into_iter().flatten().collect();
    out.list(&view, &points, rows::POINT, |screen| text::position(screen, &view))?;
    Ok(Exit::Done)
}
