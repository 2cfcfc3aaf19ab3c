//! `onrecord visits`: what came of each address that was asked for, and what its site allows.

use super::{Exit, Page, RecordArg};
use crate::report::FormatArg;
use crate::report::rows::Column;
use crate::report::screen::Screen;
use onrecord_terms::Visit;
use serde::Serialize;

/// Lists the visits of `read` and `watch` to the web, the newest first
///
/// Each tells what came and what robots.txt and reservations of text and data mining said at that moment.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord visits --in-vain\n  onrecord visits https://ledger.example/quay"
)]
pub(crate) struct Args {
    /// Visits to this address alone.
    #[arg(value_name = "URL")]
    url: Option<String>,
    /// Visits that brought nothing alone: refused, failed, gone.
    #[arg(long)]
    in_vain: bool,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Lists them.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    let limit = args.page.limit(&out).saturating_add(args.page.skip);
    let url = args.url.map(|url| onrecord_fetch::live::web_address(&url).unwrap_or(url));
    let mut visits = record.visits(url.as_deref(), args.in_vain, limit)?;
    let visits = visits.split_off(args.page.skip.min(visits.len()));
    let rows: Vec<Row> = visits.into_iter().map(Row::from).collect();
    if rows.is_empty() {
        crate::tell("no such visit");
    }
    out.list(&rows, &rows, COLUMNS, |screen| rows.iter().for_each(|row| row.text(screen)))?;
    Ok(Exit::Done)
}

const COLUMNS: &[Column] = &[
    ("at", "at"),
    ("url", "url"),
    ("outcome", "outcome"),
    ("status", "status"),
    ("why", "why"),
    ("robots", "robots"),
    ("tdm", "tdm"),
    ("directives", "directives"),
];

#[derive(Serialize)]
struct Row {
    at: String,
    url: String,
    /// Where it was found, after redirects.
    place: String,
    outcome: &'static str,
    status: Option<u16>,
    why: Option<String>,
    robots: Option<String>,
    tdm: Option<String>,
    directives: Vec<String>,
}

impl From<Visit> for Row {
    fn from(visit: Visit) -> Row {
        Row {
            at: visit.at,
            url: visit.url,
            place: visit.place,
            outcome: visit.outcome.as_str(),
            status: visit.status,
            why: visit.why,
            robots: visit.permission.robots,
            tdm: visit.permission.tdm,
            directives: visit.permission.directives,
        }
    }
}

impl Row {
    fn text(&self, screen: &mut Screen) {
        let status = self.status.map(|status| format!(" ({status})")).unwrap_or_default();
        let why = self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        screen.line(0, &format!("{} {} {}{status}{why}", self.at, self.url, self.outcome));
        let told = [("robots.txt", &self.robots), ("text and data mining", &self.tdm)];
        let told = told.iter().filter_map(|(what, told)| Some(format!("{what} {}", told.as_ref()?)));
        let told: Vec<String> = told.chain(self.directives.iter().cloned()).collect();
        if !told.is_empty() {
            screen.line(2, &told.join(" · "));
        }
    }
}
