//! `onrecord read`: reports in, the record out.

use super::net::{NetArgs, pages_known, stop_on_ctrl_c};
use super::{Exit, ModelArg, RecordArg};
use crate::pipeline::{self, Summary};
use crate::report::FormatArg;
use crate::report::screen::Screen;
use crate::watch::Terminal;
use onrecord_fetch::live::Stop;
use onrecord_fetch::{Event, Fetching};
use onrecord_store::Record;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads reports into the record and links what belongs together
///
/// Reading the same thing again changes nothing; a page that changed becomes a new version, the old one is kept.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  onrecord read reports/ *.html --record talks.db\n  onrecord read https://ledger.example/rss --contact desk@vale.example"
)]
pub(crate) struct Args {
    /// Files, folders, globs, feeds, archives (WARC, WACZ, tar, zip, Parquet, JSON lines, all also compressed); `-` for
    /// standard input; addresses of pages, feeds and sitemaps.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    record: RecordArg,
    /// Threads to use; all cores if not given. Any number gives the same record.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Fetch the articles that feeds among the files link to and do not bring.
    #[arg(long)]
    follow: bool,
    #[command(flatten)]
    net: NetArgs,
    #[command(flatten)]
    model: ModelArg,
    #[command(flatten)]
    format: FormatArg,
}

impl Args {
    /// Whether anything is asked of the web.
    fn fetches(&self) -> bool {
        self.follow || self.paths.iter().any(|path| onrecord_fetch::is_address(path))
    }
}

/// Reads what was given.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    pipeline::use_threads(args.threads)?;
    args.model.apply()?;
    let mut record = Record::open_or_create(&args.record.record)?;
    let marks = record.marks()?.into_iter().map(|mark| (mark.place.clone(), ours(mark))).collect();
    let stop = Stop::default();
    if args.fetches() {
        // What is under way is finished, so that no visit is made for nothing.
        stop_on_ctrl_c(&stop, "stopping; reading again goes on from there");
    } else {
        tell_when_stopped();
    }
    let live = args.net.live(pages_known(&args.record.record), &stop)?;
    let fetching = Fetching { live, follow: args.follow, max_articles: args.net.max_articles };
    let reading = onrecord_fetch::read_and_fetch(&args.paths, marks, fetching);
    let mut watch = Terminal::of("reading", reading.n_bytes);
    let events =
        reading.filter(|event| !is_record(&args.record.record, event)).take_while(|_| !stop.is_set());
    let summary = pipeline::read(&mut record, events, pipeline::place, &mut watch);
    watch.finish();
    let summary = summary?;
    let view = SummaryView::new(&summary);
    args.format.out().one(&view, &[&view], COLUMNS, |screen| view.text(screen))?;
    let is_whole = summary.skipped.is_empty() && !stop.is_set();
    Ok(if is_whole { Exit::Done } else { Exit::SomeSkipped })
}

/// A mark as the reader of archives knows it.
fn ours(mark: onrecord_store::Mark) -> onrecord_fetch::Mark {
    let onrecord_store::Mark { place, stamp, at, n_pages, done } = mark;
    onrecord_fetch::Mark { place, stamp, at, n_pages, done }
}

/// Tells in one line that Ctrl-C stopped the reading. The batch under way is lost, no other.
fn tell_when_stopped() {
    let wait = || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            crate::tell("stopped; what was read is kept, and reading again goes on from there");
            // 128 and the number of SIGINT, as shells have it.
            std::process::exit(130);
        }
    };
    std::thread::spawn(wait);
}

/// Whether an input that was passed over is the record itself, which may lie among the reports.
fn is_record(record: &Path, event: &Event) -> bool {
    let Event::Skipped(skipped) = event else { return false };
    let file = |path: &str| std::path::absolute(path).ok();
    let record = record.to_string_lossy();
    ["", "-wal", "-shm", "-journal"]
        .iter()
        .any(|end| file(&format!("{record}{end}")) == file(&skipped.origin))
}

const COLUMNS: &[crate::report::rows::Column] = &[
    ("read", "read"),
    ("unchanged", "unchanged"),
    ("new_versions", "new_versions"),
    ("reverted", "reverted"),
    ("warnings", "warnings"),
    ("skipped", "skipped"),
    ("passed_over", "passed_over"),
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
    reverted: usize,
    warnings: usize,
    skipped: usize,
    skipped_why: BTreeMap<String, usize>,
    passed_over: usize,
    passed_over_what: BTreeMap<String, usize>,
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
            reverted: summary.reverted,
            warnings: summary.warnings.len(),
            skipped: summary.skipped.len(),
            skipped_why,
            passed_over: summary.passed_over.values().sum(),
            passed_over_what: summary.passed_over.clone(),
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
        if self.reverted > 0 {
            screen.line(2, &format!("back at an earlier version {}", self.reverted));
        }
        if self.warnings > 0 {
            screen.line(2, &format!("warnings {}", self.warnings));
        }
        for (why, n) in &self.skipped_why {
            screen.line(2, &format!("skipped {n}: {why}"));
        }
        if self.passed_over > 0 {
            let mut what: Vec<(&String, &usize)> = self.passed_over_what.iter().collect();
            what.sort_by_key(|(what, n)| (std::cmp::Reverse(**n), *what));
            let (shown, more) = what.split_at(what.len().min(12));
            let shown: Vec<String> = shown.iter().map(|(what, n)| format!("{n} {what}")).collect();
            let more = if more.is_empty() { "" } else { ", …" };
            screen.line(
                2,
                &format!("passed over {} that hold no report: {}{more}", self.passed_over, shown.join(", ")),
            );
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
