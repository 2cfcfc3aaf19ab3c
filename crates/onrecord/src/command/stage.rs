//! `onrecord stage`: one step each, no record, made for pipes. JSON lines in, JSON lines out, in order.

use super::{Exit, ModelArg};
use crate::{lines, pipeline};
use anyhow::Context as _;
use clap::Subcommand;
use onrecord_terms::{Article, Page, Quote};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

/// One step of the way from a page to an answer, without a record.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  onrecord stage article pages/*.html | onrecord stage quotes - > quotes.jsonl"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    stage: Stage,
    /// Threads to use; all cores if not given. Any number gives the same bytes.
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    model: ModelArg,
}

#[derive(Subcommand)]
enum Stage {
    /// Pages in, articles out.
    #[command(after_help = "Example:\n  onrecord stage article report.html notes.txt")]
    Article {
        /// Files, folders, globs; `-` for standard input.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<String>,
    },
    /// Articles in, their quotes out.
    #[command(after_help = "Example:\n  onrecord stage quotes articles.jsonl")]
    Quotes {
        /// Articles as JSON lines; `-` for standard input.
        #[arg(value_name = "ARTICLES")]
        articles: String,
        /// As the record holds them: a long quotation in parts, one a sentence.
        #[arg(long)]
        parts: bool,
    },
    /// Articles in, the story, thread and wire family of each out.
    #[command(after_help = "Example:\n  onrecord stage stories articles.jsonl")]
    Stories {
        /// Articles as JSON lines; `-` for standard input.
        #[arg(value_name = "ARTICLES")]
        articles: String,
    },
    /// Articles in, statements told more than once out.
    #[command(after_help = "Example:\n  onrecord stage statements articles.jsonl")]
    Statements {
        /// Articles as JSON lines; `-` for standard input.
        #[arg(value_name = "ARTICLES")]
        articles: String,
        /// Statements told once too.
        #[arg(long)]
        all: bool,
    },
}

/// Runs one stage.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("threads")?;
    }
    args.model.apply()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match args.stage {
        Stage::Article { paths } => articles(&paths, &mut out)?,
        Stage::Quotes { articles, parts } => quotes(&articles, parts, &mut out)?,
        Stage::Stories { articles } => stories(&articles, &mut out)?,
        Stage::Statements { articles, all } => statements(&articles, all, &mut out)?,
    };
    out.flush()?;
    Ok(exit)
}

fn articles(paths: &[String], out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    let work = |page: Result<Page, onrecord_fetch::Skipped>| {
        page.map(|page| {
            let (article, notes) = pipeline::article(&page);
            lines::article(&article, &notes)
        })
    };
    let n_bytes = |page: &Result<Page, _>| page.as_ref().map_or(0, |page| page.bytes.len());
    pipeline::in_order(onrecord_fetch::pages(paths), n_bytes, work, |line| {
        match line {
            Ok(line) => writeln!(out, "{line}")?,
            Err(skipped) => {
                exit = Exit::SomeSkipped;
                tell(&format!("{}: {}", skipped.origin, skipped.why));
            }
        }
        Ok(())
    })?;
    Ok(exit)
}

fn quotes(path: &str, parts: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    let work = |line: anyhow::Result<String>| {
        let (article, _) = lines::read_article(&line?)?;
        let (quotes, notes) = match parts {
            true => pipeline::quotes_for_record(&article),
            false => pipeline::quotes(&article),
        };
        anyhow::Ok(lines::quotes(&article, &quotes, &notes))
    };
    let n_bytes = |line: &anyhow::Result<String>| line.as_ref().map_or(0, String::len);
    pipeline::in_order(input(path)?, n_bytes, work, |line| {
        match line {
            Ok(line) => writeln!(out, "{line}")?,
            Err(error) => skip(&error, &mut exit),
        }
        Ok(())
    })?;
    Ok(exit)
}

fn stories(path: &str, out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    let quoted = pipeline::quoted(read(path, &mut exit)?);
    let placements = onrecord_link::stories(&quoted);
    for ((article, _), placement) in quoted.iter().zip(&placements) {
        let name = |idx: usize| quoted.get(idx).map(|(article, _)| article.id.as_str());
        writeln!(out, "{}", lines::placement(article, placement, name))?;
    }
    Ok(exit)
}

fn statements(path: &str, all: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    let quoted = pipeline::quoted(read(path, &mut exit)?);
    let placements = onrecord_link::stories(&quoted);
    let actors = onrecord_link::actors(&quoted, &placements);
    for statement in onrecord_link::statements(&quoted, &placements, &actors) {
        if all || statement.renderings.len() > 1 {
            writeln!(out, "{}", lines::statement(&quoted, &statement))?;
        }
    }
    Ok(exit)
}

/// Every article of a file with the quotes that its line brings; a line with an id that came before is skipped.
fn read(path: &str, exit: &mut Exit) -> anyhow::Result<Vec<(Article, Option<Vec<Quote>>)>> {
    let mut articles = Vec::new();
    let mut seen = HashMap::new();
    for line in input(path)? {
        match line.and_then(|line| lines::read_article(&line)) {
            Ok((article, _)) if seen.insert(article.id.clone(), ()).is_some() => {
                skip(&anyhow::anyhow!("{}: an article with this id came before", article.id), exit);
            }
            Ok(read) => articles.push(read),
            Err(error) => skip(&error, exit),
        }
    }
    Ok(articles)
}

/// The lines of a file or of standard input, blank ones dropped, each error with its place.
fn input(path: &str) -> anyhow::Result<impl Iterator<Item = anyhow::Result<String>> + Send> {
    let reader: Box<dyn BufRead + Send> = match path {
        "-" => Box::new(BufReader::new(io::stdin())),
        path => Box::new(BufReader::new(File::open(path).with_context(|| path.to_owned())?)),
    };
    let path = path.to_owned();
    Ok(reader.split(b'\n').enumerate().filter_map(move |(idx, bytes)| {
        let place = || format!("{path}: line {}", idx + 1);
        let line = bytes.map_err(anyhow::Error::from).and_then(|bytes| Ok(String::from_utf8(bytes)?));
        match line {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some(match serde_json::from_str::<Value>(&line) {
                Ok(_) => Ok(line),
                Err(error) => Err(anyhow::Error::from(error).context(place())),
            }),
            Err(error) => Some(Err(error.context(place()))),
        }
    }))
}

fn skip(error: &anyhow::Error, exit: &mut Exit) {
    *exit = Exit::SomeSkipped;
    tell(&format!("{error:#}"));
}

/// One line on standard error.
#[allow(clippy::print_stderr, reason = "the binary is the one that prints")]
fn tell(what: &str) {
    eprintln!("onrecord: {what}");
}
