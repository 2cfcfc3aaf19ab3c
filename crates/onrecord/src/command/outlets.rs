//! `onrecord outlets`: who reports, with which verbs, and whom they quote.

use super::{Exit, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::bail;

/// Lists outlets, or shows one: the words with which it ascribes, and whom it quotes
///
/// Each figure is given twice: of all reports, and without wire copy (reports copied from an earlier one, and those
/// that share their copy with another outlet's report and credit an agency). Verbs are counted as they stand, their
/// forms together, without a score or a label; each leads to a quote.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord outlets\n  onrecord outlets \"Vale Ledger\"\n  onrecord outlets \"Vale Ledger\" --verbs 50 --format json"
)]
pub(crate) struct Args {
    /// The outlet's name, or a part of it that no other has.
    #[arg(value_name = "NAME", num_args = 0..)]
    name: Vec<String>,
    /// Show so many verbs and so many speakers; in JSON all of them.
    #[arg(long, value_name = "N", default_value_t = 15)]
    verbs: usize,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Lists or shows.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    if args.name.is_empty() {
        let view = onrecord_answer::outlets(&record)?;
        out.list(&view, &view.outlets, rows::OUTLET, |screen| text::outlets(screen, &view))?;
        return Ok(Exit::Done);
    }
    let name = args.name.join(" ");
    let Some(view) = onrecord_answer::outlet(&record, &name)? else {
        bail!(
            "{name}: no outlet in {} has this name, or several hold it; `onrecord outlets` lists them",
            record.path().display()
        );
    };
    out.one(&view, &view.verbs, rows::VERB, |screen| text::outlet(screen, &view, args.verbs))?;
    Ok(Exit::Done)
}
