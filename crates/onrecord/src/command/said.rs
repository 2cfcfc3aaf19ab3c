//! `onrecord said`: statements, newest first.

use super::{Exit, Page, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use onrecord_answer::{Days, SaidQuestion, said, statement};
use onrecord_terms::{Act, Kind};

/// Lists statements, newest first; those without a date come last
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord said --who \"Ana Ruiz\" --about \"river pact\" --since 2031-03\n  onrecord said --on 2031-03-14 --compare"
)]
pub(crate) struct Args {
    /// A speaker's name.
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// Words of the topic, all of them, in any inflected form.
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,
    /// On a day, in a month or in a year: YYYY-MM-DD, YYYY-MM or YYYY.
    #[arg(long, value_name = "DATE", value_parser = super::days)]
    on: Option<Days>,
    /// On this date or later.
    #[arg(long, value_name = "DATE", value_parser = super::days)]
    since: Option<Days>,
    /// On this date or earlier.
    #[arg(long, value_name = "DATE", value_parser = super::days)]
    until: Option<Days>,
    /// Told by an outlet whose name holds this.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// The act.
    #[arg(long, value_name = "ACT", ignore_case = true, value_parser = PossibleValuesParser::new(Act::ALL.iter().map(|a| a.as_str())).map(|word| Act::parse(&word).unwrap_or(Act::State)))]
    act: Option<Act>,
    /// How it is told.
    #[arg(long, value_name = "KIND", ignore_case = true, value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|k| k.as_str())).map(|word| Kind::parse(&word).unwrap_or(Kind::Direct)))]
    kind: Option<Kind>,
    /// Told in this story.
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// Told more than once only.
    #[arg(long)]
    retold: bool,
    /// The renderings of each side by side, with what differs.
    #[arg(long)]
    compare: bool,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Lists what was said.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    super::in_order(args.since, args.until)?;
    let question = SaidQuestion {
        who: args.who,
        about: args.about,
        on: args.on,
        since: args.since,
        until: args.until,
        outlet: args.outlet,
        act: args.act,
        kind: args.kind,
        story: args.story,
        retold: args.retold,
        skip: args.page.skip,
        limit: args.page.limit(&out),
    };
    let view = said(&record, &question)?;
    if !view.remarks.is_empty() {
        bail!("{}", view.remarks.join("; "));
    }
    if view.statements.is_empty() {
        crate::tell("nothing found");
    }
    if !args.compare {
        out.list(&view, &view.statements, rows::STATEMENT, |screen| text::said(screen, &view))?;
        return Ok(Exit::Done);
    }
    let mut full = Vec::new();
    for row in &view.statements {
        if let onrecord_answer::Id::Statement(id) = onrecord_answer::Id::parse(&row.id) {
            full.extend(statement(&record, id)?);
        }
    }
    out.list(&full, &full, rows::STATEMENT, |screen| match full.is_empty() {
        true => text::said(screen, &view),
        false => full.iter().for_each(|statement| text::statement(screen, statement)),
    })?;
    Ok(Exit::Done)
}
