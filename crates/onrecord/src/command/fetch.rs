//! `onrecord fetch`: what lies at an address, and may it be read? Without a record.

use super::Exit;
use super::net::{NetArgs, nothing_known, stop_on_ctrl_c};
use crate::report::FormatArg;
use crate::report::rows::Column;
use crate::report::screen::Screen;
use crate::tell;
use anyhow::Context as _;
use onrecord_fetch::live::{Content, Found, Stop};
use onrecord_terms::{Media, Page};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Asks for addresses and tells what came and what each site allows; keeps the pages only where told to
///
/// Nothing is put into a record: `onrecord read ADDRESS` does that.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord fetch https://ledger.example/quay\n  onrecord fetch --into pages https://ledger.example/quay"
)]
pub(crate) struct Args {
    /// Addresses of pages, feeds or sitemaps.
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// Keep the pages in this folder, as they came, each with a sidecar that tells its address.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    #[command(flatten)]
    net: NetArgs,
    #[command(flatten)]
    format: FormatArg,
}

/// Fetches them.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let stop = Stop::default();
    stop_on_ctrl_c(&stop, "stopping");
    let live = args.net.live(nothing_known(), &stop)?;
    let mut names = BTreeSet::new();
    let mut rows = Vec::new();
    for found in live.get_all(args.urls) {
        let mut row = Row::new(&found);
        if let (Content::Page(page), Some(folder)) = (&found.content, &args.into) {
            row.file = Some(keep(folder, page, &mut names)?.to_string_lossy().into_owned());
        }
        if found.visit.why.is_some() {
            tell(&format!("{}: {}", row.url, found.visit.why.as_deref().unwrap_or_default()));
        }
        rows.push(row);
    }
    let in_vain = rows.iter().any(|row| row.why.is_some());
    args.format.out().list(&rows, &rows, COLUMNS, |screen| rows.iter().for_each(|row| row.text(screen)))?;
    Ok(if in_vain { Exit::SomeSkipped } else { Exit::Done })
}

/// Writes a page and its sidecar. Where the name is taken a number follows it.
fn keep(folder: &Path, page: &Page, names: &mut BTreeSet<String>) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let stem: String = page
        .id
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' })
        .take(80)
        .collect();
    let mut name = stem.clone();
    let mut n = 1;
    while !names.insert(name.clone()) {
        n += 1;
        name = format!("{stem}-{n}");
    }
    let ending = if page.media == Media::Text { "txt" } else { "html" };
    let path = folder.join(format!("{name}.{ending}"));
    fs::write(&path, &page.bytes).with_context(|| path.display().to_string())?;
    let sidecar = folder.join(format!("{name}.json"));
    let facts = json!({ "url": page.origin });
    fs::write(&sidecar, format!("{facts}\n")).with_context(|| sidecar.display().to_string())?;
    Ok(path)
}

const COLUMNS: &[Column] = &[
    ("url", "url"),
    ("outcome", "outcome"),
    ("status", "status"),
    ("why", "why"),
    ("robots", "robots"),
    ("tdm", "tdm"),
    ("bytes", "bytes"),
    ("entries", "entries"),
    ("file", "file"),
];

/// What came of one address.
#[derive(Serialize)]
struct Row {
    url: String,
    /// Where it was found, after redirects.
    place: String,
    at: String,
    outcome: &'static str,
    status: Option<u16>,
    why: Option<String>,
    robots: Option<String>,
    tdm: Option<String>,
    directives: Vec<String>,
    /// html, text, or the format of a list.
    form: Option<&'static str>,
    bytes: Option<usize>,
    entries: Option<usize>,
    file: Option<String>,
}

impl Row {
    fn new(found: &Found) -> Row {
        let visit = &found.visit;
        let (form, bytes, entries) = match &found.content {
            Content::Page(page) => {
                (Some(if page.media == Media::Html { "html" } else { "text" }), Some(page.bytes.len()), None)
            }
            Content::Listing(listing) => {
                (Some(listing.form.as_str()), None, Some(listing.entries.len() + listing.lists.len()))
            }
            Content::Nothing => (None, None, None),
        };
        Row {
            url: visit.url.clone(),
            place: visit.place.clone(),
            at: visit.at.clone(),
            outcome: visit.outcome.as_str(),
            status: visit.status,
            why: visit.why.clone(),
            robots: visit.permission.robots.clone(),
            tdm: visit.permission.tdm.clone(),
            directives: visit.permission.directives.clone(),
            form,
            bytes,
            entries,
            file: None,
        }
    }

    fn text(&self, screen: &mut Screen) {
        screen.title(&self.url);
        let status = self.status.map(|status| format!(" ({status})")).unwrap_or_default();
        screen.line(
            2,
            &format!(
                "{}{status}{}",
                self.outcome,
                self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default()
            ),
        );
        if self.place != self.url {
            screen.line(2, &format!("at {}", self.place));
        }
        match (self.form, self.bytes, self.entries) {
            (Some(form), Some(bytes), _) => screen.line(2, &format!("{form}, {bytes} bytes")),
            (Some(form), _, Some(entries)) => screen.line(2, &format!("{form}, {entries} entries")),
            _ => {}
        }
        for (what, told) in [("robots.txt", &self.robots), ("text and data mining", &self.tdm)] {
            if let Some(told) = told {
                screen.line(2, &format!("{what}: {told}"));
            }
        }
        if !self.directives.is_empty() {
            screen.line(2, &format!("told programs: {}", self.directives.join(", ")));
        }
        if let Some(file) = &self.file {
            screen.line(2, &format!("kept in {file}"));
        }
    }
}
