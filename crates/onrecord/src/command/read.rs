//! `onrecord read`: reports in, the record out.

use super::{Exit, RecordArg};
use crate::pipeline::{self, Summary};
use crate::report::FormatArg;
use crate::report::screen::Screen;
use crate::watch::Terminal;
use onrecord_store::Record;
use serde::Serialize;
use std::collections::BTreeMap;

/// Reads reports into the record and links what belongs together
///
/// Reading the same thing again changes nothing; a page that changed becomes a new version, the old one is kept.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord read reports/ *.html --record talks.db")]
pub(crate) struct Args {
    /// Files, folders, globs, JSON lines; `-` for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    record: RecordArg,
    /// Threads to use; all cores if not given. Any number gives the same record.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    format: FormatArg,
}

/// Reads what was given.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    pipeline::use_threads(args.threads)?;
    let mut record = Record::open_or_create(&args.record.record)?;
    let mut watch = Terminal::new("reading");
    let summary = pipeline::read(&mut record, onrecord_fetch::pages(&args.paths), pipeline::place, &mut watch);
    watch.finish();
    let summary = summary?;
    let view = SummaryView::new(&summary);
    args.format.out().one(&view, &[&view], COLUMNS, |screen| view.text(screen))?;
    Ok(if summary.skipped.is_empty() { Exit::Done } else { Exit::SomeSkipped })
}

const COLUMNS: &[crate::report::rows::Column] = &[
    ("read", "read"),
    ("unchanged", "unchanged"),
    ("new_versions", "new_versions"),
    ("skipped", "skipped"),
    ("articles", "articles"),
    ("stories", "stories"),
    ("statements", "statements"),
    ("speakers", "speakers"),
];

/// What a `read` did, for people and programs.
#[derive(Serialize)]
struct SummaryView {
    read: usize,
    unchanged: usize,
    new_versions: usize,
    skipped: usize,
    skipped_why: BTreeMap<String, usize>,
    articles: i64,
    quotes: i64,
    stories: i64,
    statements: i64,
    speakers: i64,
}

impl SummaryView {
    fn new(summary: &Summary) -> SummaryView {
        let mut skipped_why = BTreeMap::new();
        for skipped in &summary.skipped {
            *skipped_why.entry(skipped.why.clone()).or_insert(0) += 1;
        }
        SummaryView {
            read: summary.read,
            unchanged: summary.unchanged,
            new_versions: summary.versions,
            skipped: summary.skipped.len(),
            skipped_why,
            articles: summary.counts.pages,
            quotes: summary.counts.quotes,
            stories: summary.counts.stories,
            statements: summary.counts.statements,
            speakers: summary.counts.actors,
        }
    }

    fn text(&self, screen: &mut Screen) {
        screen.line(
            0,
            &format!(
                "read {} · unchanged {} · new versions {} · skipped {}",
                self.read, self.unchanged, self.new_versions, self.skipped
            ),
        );
        for (why, n) in &self.skipped_why {
            screen.line(2, &format!("skipped {n}: {why}"));
        }
        screen.line(
            0,
            &format!(
                "the record holds {} articles · {} stories · {} statements · {} speakers",
                self.articles, self.stories, self.statements, self.speakers
            ),
        );
    }
}
