//! `onrecord export`: the record as files for other tools.

use super::{Exit, RecordArg};
use crate::report::rows::{self, Column};
use clap::ValueEnum;
use onrecord_answer::export::{Excerpt, articles, quotes, statements};
use onrecord_store::Record;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Writes the record to standard output, as rows for other tools
///
/// Offsets are Unicode code points into the article's text; text_sha256 pins that text.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord export quotes > quotes.jsonl\n  onrecord export statements --format csv --excerpt none"
)]
pub(crate) struct Args {
    /// Which rows.
    #[arg(value_enum, value_name = "WHAT", default_value = "statements")]
    what: What,
    /// How much of the publishers' words goes out: none (positions and hashes), the first 15 words of each, or all.
    #[arg(long, value_enum, value_name = "HOW MUCH", default_value = "full")]
    excerpt: HowMuch,
    /// Form of the rows.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "jsonl")]
    format: Form,
    #[command(flatten)]
    record: RecordArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Articles,
    Quotes,
    Statements,
    /// What people decided about who is who and which reports are one story (`who`, `story` with --merge, --split).
    Decisions,
}

#[derive(Clone, Copy, ValueEnum)]
enum HowMuch {
    None,
    Short,
    Full,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Jsonl,
    Csv,
}

const ARTICLE: &[Column] = &[
    ("id", "id"),
    ("name", "name"),
    ("version", "version"),
    ("url", "url"),
    ("outlet", "outlet"),
    ("title", "title"),
    ("byline", "byline"),
    ("published", "published"),
    ("modified", "modified"),
    ("language", "language"),
    ("agencies", "agencies"),
    ("complete", "complete"),
    ("story", "story"),
    ("thread", "thread"),
    ("family", "family"),
    ("copy_of", "copy_of"),
    ("robots", "robots"),
    ("tdm", "tdm"),
    ("quotes", "quotes"),
    ("notes", "notes"),
    ("n_chars", "n_chars"),
    ("text_sha256", "text_sha256"),
    ("page_sha256", "page_sha256"),
    ("text", "text"),
];

const QUOTE: &[Column] = &[
    ("id", "id"),
    ("article", "article"),
    ("statement", "statement"),
    ("outlet", "outlet"),
    ("url", "url"),
    ("published", "published"),
    ("in", "in"),
    ("kind", "kind"),
    ("speakers", "speakers.name"),
    ("speaker_ids", "speakers.id"),
    ("speaker_kinds", "speakers.kind"),
    ("speaker_roles", "speakers.role"),
    ("speaker_confidence", "speaker_confidence"),
    ("runner_up", "runner_up"),
    ("runner_up_confidence", "runner_up_confidence"),
    ("mode", "mode"),
    ("act", "act"),
    ("target", "target"),
    ("condition", "condition"),
    ("said_on", "said_on"),
    ("said_words", "said_words"),
    ("said_precision", "said_precision"),
    ("venue", "venue"),
    ("addressee", "addressee"),
    ("medium", "medium"),
    ("first_hand", "first_hand"),
    ("hops", "hops.how"),
    ("through", "hops.through"),
    ("confidence", "confidence"),
    ("cue_words", "cue_words"),
    ("words", "words"),
    ("source", "source"),
    ("cue", "cue"),
    ("content", "content"),
    ("sentence", "sentence"),
    ("text_sha256", "text_sha256"),
    ("quote_stage", "quote_stage"),
];

const STATEMENT: &[Column] = &[
    ("id", "id"),
    ("date", "date"),
    ("date_is", "date_is"),
    ("speakers", "speakers.name"),
    ("speaker_ids", "speakers.id"),
    ("speaker_confidence", "doubt.confidence"),
    ("runner_up", "doubt.runner_up"),
    ("mode", "mode"),
    ("act", "act"),
    ("target", "target"),
    ("condition", "condition"),
    ("venue", "venue"),
    ("kind", "kind"),
    ("words", "words"),
    ("reports", "reports"),
    ("independent", "independent"),
    ("outlets", "outlets"),
    ("differs", "differs"),
    ("confidence", "confidence"),
    ("story", "story"),
    ("quotes", "quotes"),
];

const DECISION: &[Column] =
    &[("decision", "decision"), ("about", "about"), ("name", "name"), ("other", "other"), ("made", "made")];

/// Writes the rows.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let excerpt = match args.excerpt {
        HowMuch::None => Excerpt::None,
        HowMuch::Short => Excerpt::Short,
        HowMuch::Full => Excerpt::Full,
    };
    write(&record, args.what, excerpt, args.format, &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn write(
    record: &Record,
    what: What,
    excerpt: Excerpt,
    form: Form,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let columns = match what {
        What::Articles => ARTICLE,
        What::Quotes => QUOTE,
        What::Statements => STATEMENT,
        What::Decisions => DECISION,
    };
    if form == Form::Csv {
        rows::csv_line(out, &rows::heads(columns))?;
    }
    let stopped = match what {
        What::Articles => articles(record, excerpt, &mut |row| line(out, form, columns, &row))?,
        What::Quotes => quotes(record, excerpt, &mut |row| line(out, form, columns, &row))?,
        What::Statements => statements(record, excerpt, &mut |row| line(out, form, columns, &row))?,
        What::Decisions => {
            for row in onrecord_answer::decisions(record)? {
                line(out, form, columns, &row)?;
            }
            None
        }
    };
    match stopped {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

fn line(out: &mut impl Write, form: Form, columns: &[Column], row: &impl Serialize) -> io::Result<()> {
    match form {
        Form::Jsonl => writeln!(out, "{}", serde_json::to_string(row)?),
        Form::Csv => rows::csv_line(out, &rows::cells(&serde_json::to_value(row)?, columns)),
    }
}
