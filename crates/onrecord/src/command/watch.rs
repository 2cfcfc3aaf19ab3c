//! `onrecord watch`: feeds looked at again and again, their articles read, and read again after a day and a week.

use super::feeds::new_feed;
use super::net::{NetArgs, stop_on_ctrl_c, watched_known};
use super::{Exit, RecordArg};
use crate::report::FormatArg;
use crate::report::rows::Column;
use crate::rounds::{self, Plan, Round};
use crate::watch::Terminal;
use crate::{pipeline, tell};
use anyhow::bail;
use onrecord_fetch::live::{Clock, Stop, SystemClock, iso, web_address};
use onrecord_store::{Record, WatchedKind};
use serde::Serialize;
use std::time::Duration;

/// The longest wait between two looks at the plan: feeds may be added to it meanwhile.
const LONGEST_WAIT_S: i64 = 60;

/// Looks at feeds on a schedule and reads their articles, again after 24 hours and after 7 days
///
/// A feed is looked at more often when it has news, never more often than it asks for. An article that changed is a new
/// version; the old one stays. Ctrl-C ends it in good order, and the next `watch` goes on from there.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord watch https://ledger.example/rss --contact desk@vale.example\n  onrecord watch --once    # what is due now, for a timer"
)]
pub(crate) struct Args {
    /// Feeds or sitemaps to add to those that are watched; see `onrecord feeds`.
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Do what is due now, and end.
    #[arg(long)]
    once: bool,
    /// The shortest pause between two looks at a feed, in minutes.
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1440))]
    every: u32,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    net: NetArgs,
    /// Threads to use; all cores if not given. Any number gives the same record.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    format: FormatArg,
}

/// Watches until it is stopped.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    pipeline::use_threads(args.threads)?;
    let mut record = Record::open_or_create(&args.record.record)?;
    for feed in &args.feeds {
        let url = match web_address(feed) {
            Ok(url) => url,
            Err(why) => bail!("{feed}: {why}"),
        };
        if record.watched_at(&url)?.is_none_or(|known| known.kind != WatchedKind::Feed) {
            record.watch(&[new_feed(url, None)])?;
        }
    }
    if record.watched(WatchedKind::Feed)?.is_empty() {
        bail!("no feeds to watch (give some, or `onrecord feeds add` or `import` them)");
    }
    let stop = Stop::default();
    stop_on_ctrl_c(&stop, "stopping when the page under way is done; Ctrl-C again stops at once");
    let plan = Plan {
        live: args.net.live(watched_known(&args.record.record), &stop)?,
        stop: stop.clone(),
        shortest: i64::from(args.every) * 60,
        max_articles: args.net.max_articles,
    };
    let out = args.format.out();
    let mut some_skipped = false;
    loop {
        let now_ms = SystemClock.now_ms();
        let now = i64::try_from(now_ms / 1000).unwrap_or(i64::MAX);
        let mut watch = Terminal::new("watching");
        let round = rounds::round(&mut record, &plan, now, &mut watch);
        watch.finish();
        let more = match round? {
            Some(round) => {
                some_skipped |= !round.summary.skipped.is_empty();
                let view = RoundView::new(&record, &round, now_ms)?;
                out.list(&view, &[&view], COLUMNS, |screen| screen.line(0, &view.line()))?;
                true
            }
            None => false,
        };
        // A round may have brought lists that are due at once.
        let next = record.next_due()?.unwrap_or(i64::MAX);
        let is_over = args.once && (!more || next > now);
        if stop.is_set() || is_over {
            break;
        }
        let now = i64::try_from(SystemClock.now_ms() / 1000).unwrap_or(i64::MAX);
        let wait = next.saturating_sub(now).clamp(0, LONGEST_WAIT_S);
        SystemClock.wait(Duration::from_secs(wait.unsigned_abs()), &stop);
        if stop.is_set() {
            break;
        }
    }
    if stop.is_set() {
        tell("stopped; `onrecord watch` goes on from here");
    }
    Ok(if some_skipped && args.once { Exit::SomeSkipped } else { Exit::Done })
}

const COLUMNS: &[Column] = &[
    ("at", "at"),
    ("feeds", "feeds"),
    ("found", "found"),
    ("read", "read"),
    ("new_versions", "new_versions"),
    ("unchanged", "unchanged"),
    ("skipped", "skipped"),
    ("next", "next"),
];

/// One round.
#[derive(Serialize)]
struct RoundView {
    at: String,
    feeds: usize,
    /// Articles that the feeds named and that were not known.
    found: usize,
    read: usize,
    new_versions: usize,
    unchanged: usize,
    skipped: usize,
    articles: i64,
    /// When the next thing is due.
    next: Option<String>,
}

impl RoundView {
    fn new(record: &Record, round: &Round, now_ms: u64) -> anyhow::Result<RoundView> {
        let next = record.next_due()?.and_then(|due| u64::try_from(due).ok());
        Ok(RoundView {
            at: iso(now_ms),
            feeds: round.n_feeds,
            found: round.n_new,
            read: round.summary.read,
            new_versions: round.summary.versions,
            unchanged: round.summary.unchanged,
            skipped: round.summary.skipped.len(),
            articles: round.summary.counts.pages,
            next: next.map(|due| iso(due.saturating_mul(1000))),
        })
    }

    fn line(&self) -> String {
        let next = self.next.as_ref().map(|next| format!(" · next {next}")).unwrap_or_default();
        format!(
            "{} {} feeds · found {} · read {} · new versions {} · unchanged {} · skipped {}{next}",
            self.at, self.feeds, self.found, self.read, self.new_versions, self.unchanged, self.skipped
        )
    }
}
