//! `onrecord who`: one speaker.

use super::{Exit, Page, RecordArg};
use crate::pipeline;
use crate::report::{FormatArg, rows, text};
use crate::watch::Terminal;
use anyhow::{Context, bail};
use onrecord_store::Record;
use onrecord_terms::Decision;

/// Shows one speaker: names, roles with their dates, statements over time
///
/// Where the record took two for one, or one for two, say so: --merge and --split are kept, outlast every rebuild, and
/// go out with `onrecord export decisions`. The later word on two names counts.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord who \"Ana Ruiz\"\n  onrecord who \"Ana Ruiz\" --merge \"A. Ruiz Lind\"\n  onrecord who \"Ana Ruiz\" --split \"Ruiz\""
)]
pub(crate) struct Args {
    /// The speaker's name, or part of it.
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    name: Vec<String>,
    /// This other name is the speaker's too: takes the two for one from here on.
    #[arg(long, value_name = "OTHER", conflicts_with = "split")]
    merge: Option<String>,
    /// This name, which the record takes for the speaker's, is somebody else's.
    #[arg(long, value_name = "OTHER")]
    split: Option<String>,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows the speaker.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let out = args.format.out();
    let name = args.name.join(" ");
    if let Some((other, same)) =
        args.merge.as_ref().map(|other| (other, true)).or(args.split.as_ref().map(|other| (other, false)))
    {
        decide(&args.record, &name, other, same)?;
    }
    let record = args.record.open()?;
    let Some(view) = onrecord_answer::who(&record, &name, args.page.limit(&out))? else {
        bail!("{name}: nobody in {} goes by this name", record.path().display());
    };
    let all: Vec<_> = view.timeline.iter().chain(&view.undated).chain(&view.unnamed).collect();
    out.one(&view, &all, rows::STATEMENT, |screen| text::who(screen, &view))?;
    Ok(Exit::Done)
}

/// Keeps what was decided and links the record anew.
fn decide(at: &RecordArg, name: &str, other: &str, same: bool) -> anyhow::Result<()> {
    let mut record = Record::open_for_change(&at.record)?;
    let path = record.path().display().to_string();
    let one =
        full_name(&record, name)?.with_context(|| format!("{name}: nobody in {path} goes by this name"))?;
    let other = match same {
        true => full_name(&record, other)?
            .with_context(|| format!("{other}: nobody in {path} goes by this name"))?,
        false => {
            let names =
                onrecord_answer::who(&record, name, 1)?.map(|view| view.actor.names).unwrap_or_default();
            let own = names.into_iter().find(|own| own.eq_ignore_ascii_case(other));
            own.with_context(|| format!("{other}: {path} does not take this for a name of {one}"))?
        }
    };
    if one.eq_ignore_ascii_case(&other) {
        bail!("{one}: one name cannot be told apart from itself, or be merged with it");
    }
    let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    record.decide(&Decision { same, one, other, made })?;
    let mut watch = Terminal::new("linking");
    let linked = pipeline::relink(&mut record, &mut watch);
    watch.finish();
    linked
}

/// The fullest name of whoever goes by `name`.
fn full_name(record: &Record, name: &str) -> anyhow::Result<Option<String>> {
    Ok(onrecord_answer::who(record, name, 1)?.map(|view| view.actor.name))
}
