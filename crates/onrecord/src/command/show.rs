//! `onrecord show`: one thing with its exact passage and where it comes from.

use super::{Exit, RecordArg};
use crate::report::{FormatArg, rows, text};
use anyhow::bail;
use onrecord_answer::{ShowView, show};

/// Shows one article, statement, quote, story or speaker, with its exact passage and its provenance
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  onrecord show st9\n  onrecord show q12\n  onrecord show a3v1")]
pub(crate) struct Args {
    /// a12 an article (a12v1 a version of it), q345 a quote, st9 a statement, s7 a story, or a speaker's name.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows it.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let Some(view) = show(&record, &args.id)? else {
        bail!("{}: nothing in {} has this id", args.id, record.path().display());
    };
    let out = args.format.out();
    match &view {
        ShowView::Article(article) => {
            out.one(&view, &article.quotes, rows::RENDERING, |screen| text::article(screen, article))?;
        }
        ShowView::Quote(quote) => {
            out.one(&view, &[&quote.rendering], rows::RENDERING, |screen| text::quote(screen, quote))?;
        }
        ShowView::Statement(statement) => {
            out.one(&view, &statement.renderings, rows::RENDERING, |screen| {
                text::statement(screen, statement)
            })?;
        }
        ShowView::Story(story) => {
            let statements: Vec<_> = story.coverage.rows.iter().map(|row| &row.statement).collect();
            out.one(&view, &statements, rows::STATEMENT, |screen| text::story(screen, story, false))?;
        }
        ShowView::Speaker(who) => {
            out.one(&view, &who.timeline, rows::STATEMENT, |screen| text::who(screen, who))?;
        }
    }
    Ok(Exit::Done)
}
