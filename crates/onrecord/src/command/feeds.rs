//! `onrecord feeds`: which feeds are watched, in and out as OPML, and what is in a list.

use super::{Exit, RecordArg};
use crate::report::FormatArg;
use crate::report::rows::Column;
use crate::tell;
use anyhow::{Context as _, bail};
use clap::Subcommand;
use onrecord_fetch::feed::{self, Form, Listed, Listing};
use onrecord_fetch::live::web_address;
use onrecord_store::{Record, Watched, WatchedKind};
use serde::Serialize;
use std::io::{self, Write as _};

/// Keeps the list of feeds that `onrecord watch` looks at
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord feeds add https://ledger.example/rss\n  onrecord feeds import mine.opml\n  onrecord feeds inspect *.xml"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The feeds that are watched.
    #[command(after_help = "Example:\n  onrecord feeds list")]
    List {
        #[command(flatten)]
        record: RecordArg,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Watch feeds or sitemaps. Nothing is fetched before `onrecord watch`.
    #[command(after_help = "Example:\n  onrecord feeds add https://ledger.example/rss")]
    Add {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
        #[command(flatten)]
        record: RecordArg,
    },
    /// Watch feeds no more. What was read of them stays.
    #[command(after_help = "Example:\n  onrecord feeds remove https://ledger.example/rss")]
    Remove {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
        #[command(flatten)]
        record: RecordArg,
    },
    /// Watch the feeds that OPML files name.
    #[command(after_help = "Example:\n  onrecord feeds import mine.opml")]
    Import {
        /// OPML files, as feed readers export them.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        #[command(flatten)]
        record: RecordArg,
    },
    /// Writes the feeds as OPML to standard output.
    #[command(after_help = "Example:\n  onrecord feeds export > mine.opml")]
    Export {
        #[command(flatten)]
        record: RecordArg,
    },
    /// What is in files that list articles: feeds, sitemaps, OPML. One row a file.
    #[command(after_help = "Example:\n  onrecord feeds inspect feeds/* --format csv")]
    Inspect {
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// One row an entry.
        #[arg(long)]
        entries: bool,
        #[command(flatten)]
        format: FormatArg,
    },
}

/// Does what was asked for.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    match args.what {
        What::List { record, format } => list(&record.open()?, format),
        What::Add { urls, record } => {
            let feeds = urls.into_iter().map(|url| Listed { url, ..Listed::default() }).collect();
            add(&mut Record::open_or_create(&record.record)?, feeds)
        }
        What::Remove { urls, record } => remove(&mut Record::open_for_change(&record.record)?, &urls),
        What::Import { files, record } => import(&mut Record::open_or_create(&record.record)?, &files),
        What::Export { record } => export(&record.open()?),
        What::Inspect { files, entries, format } => inspect(&files, entries, format),
    }
}

fn list(record: &Record, format: FormatArg) -> anyhow::Result<Exit> {
    let rows: Vec<FeedRow> = record.watched(WatchedKind::Feed)?.into_iter().map(FeedRow::new).collect();
    let columns: &[Column] = &[
        ("url", "url"),
        ("title", "title"),
        ("due", "due"),
        ("every_s", "every_s"),
        ("looks", "looks"),
        ("failures", "failures"),
    ];
    format.out().list(&rows, &rows, columns, |screen| {
        if rows.is_empty() {
            screen.line(0, "no feeds are watched (`onrecord feeds add URL`)");
        }
        for row in &rows {
            let title = row.title.as_ref().map(|title| format!(" · {title}")).unwrap_or_default();
            let due = row.due.as_ref().map(|due| format!(" · next look {due}")).unwrap_or_default();
            screen.line(0, &format!("{}{title} · {} looks{due}", row.url, row.looks));
        }
    })?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct FeedRow {
    url: String,
    title: Option<String>,
    /// When it is looked at next, ISO 8601 in UTC.
    due: Option<String>,
    /// Seconds between two looks.
    every_s: Option<i64>,
    looks: i64,
    /// Failures in a row.
    failures: i64,
}

impl FeedRow {
    fn new(feed: Watched) -> FeedRow {
        let due = feed.due.and_then(|due| u64::try_from(due).ok());
        FeedRow {
            url: feed.url,
            title: feed.title,
            due: due.map(|due| onrecord_fetch::live::iso(due.saturating_mul(1000))),
            every_s: feed.every,
            looks: feed.n_reads,
            failures: feed.n_failures,
        }
    }
}

/// Watches feeds; those that are watched already stay as they are. What is no address is told.
pub(crate) fn add(record: &mut Record, feeds: Vec<Listed>) -> anyhow::Result<Exit> {
    let (mut fresh, mut exit) = (Vec::new(), Exit::Done);
    for feed in feeds {
        match web_address(&feed.url) {
            Ok(url) if record.watched_at(&url)?.is_some_and(|known| known.kind == WatchedKind::Feed) => {}
            Ok(url) => fresh.push(new_feed(url, feed.title)),
            Err(why) => {
                exit = Exit::SomeSkipped;
                tell(&format!("{}: {why}", feed.url));
            }
        }
    }
    record.watch(&fresh)?;
    tell(&format!("{} feeds added", fresh.len()));
    Ok(exit)
}

/// A feed that was never looked at, due at once.
pub(crate) fn new_feed(url: String, title: Option<String>) -> Watched {
    Watched {
        url,
        kind: WatchedKind::Feed,
        title,
        feed: None,
        due: Some(0),
        every: None,
        first: None,
        n_reads: 0,
        n_failures: 0,
        etag: None,
        last_modified: None,
    }
}

fn remove(record: &mut Record, urls: &[String]) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    for url in urls {
        let known = web_address(url).unwrap_or_else(|_| url.clone());
        if !record.unwatch(&known)? {
            exit = Exit::SomeSkipped;
            tell(&format!("{url}: is not watched"));
        }
    }
    Ok(exit)
}

fn import(record: &mut Record, files: &[String]) -> anyhow::Result<Exit> {
    let mut feeds = Vec::new();
    for file in files {
        let listing = read(file).with_context(|| file.clone())?;
        if listing.form != Form::Opml {
            bail!("{file}: expected OPML, found {}", listing.form.as_str());
        }
        listing.odd.iter().for_each(|odd| tell(&format!("{file}: {odd}")));
        feeds.extend(listing.lists);
    }
    add(record, feeds)
}

fn read(file: &str) -> anyhow::Result<Listing> {
    let bytes = std::fs::read(file)?;
    feed::parse(&bytes, None, None).map_err(anyhow::Error::msg)
}

fn export(record: &Record) -> anyhow::Result<Exit> {
    let feeds: Vec<Listed> = record
        .watched(WatchedKind::Feed)?
        .into_iter()
        .map(|feed| Listed { url: feed.url, title: feed.title, updated: None })
        .collect();
    io::stdout().lock().write_all(feed::write_opml("Feeds of onrecord", &feeds).as_bytes())?;
    Ok(Exit::Done)
}

/// One file.
#[derive(Serialize)]
struct ListRow {
    file: String,
    form: Option<&'static str>,
    title: Option<String>,
    entries: usize,
    /// Of them, those with an address, with a date, and with the text of their article.
    links: usize,
    dated: usize,
    texts: usize,
    lists: usize,
    /// What was odd, or why it could not be read.
    odd: Option<String>,
}

/// One entry.
#[derive(Serialize)]
struct EntryRow {
    file: String,
    url: Option<String>,
    title: Option<String>,
    date: Option<String>,
    text: bool,
}

fn inspect(files: &[String], entries: bool, format: FormatArg) -> anyhow::Result<Exit> {
    let (mut lists, mut items, mut exit) = (Vec::new(), Vec::new(), Exit::Done);
    for file in files {
        let listing = match read(file) {
            Ok(listing) => listing,
            Err(why) => {
                exit = Exit::SomeSkipped;
                tell(&format!("{file}: {why:#}"));
                let (form, title, odd) = (None, None, Some(format!("{why:#}")));
                lists.push(ListRow {
                    file: file.clone(),
                    form,
                    title,
                    entries: 0,
                    links: 0,
                    dated: 0,
                    texts: 0,
                    lists: 0,
                    odd,
                });
                continue;
            }
        };
        let count =
            |is: &dyn Fn(&feed::Entry) -> bool| listing.entries.iter().filter(|entry| is(entry)).count();
        lists.push(ListRow {
            file: file.clone(),
            form: Some(listing.form.as_str()),
            title: listing.title.clone(),
            entries: listing.entries.len(),
            links: count(&|entry| entry.url.is_some()),
            dated: count(&|entry| entry.published.or(entry.updated).is_some()),
            texts: count(&|entry| entry.text.is_some()),
            lists: listing.lists.len(),
            odd: (!listing.odd.is_empty()).then(|| listing.odd.join("; ")),
        });
        items.extend(listing.entries.into_iter().map(|entry| EntryRow {
            file: file.clone(),
            url: entry.url,
            title: entry.title,
            date: entry.published.or(entry.updated).map(|moment| moment.to_string()),
            text: entry.text.is_some(),
        }));
    }
    let out = format.out();
    if entries {
        let columns: &[Column] =
            &[("file", "file"), ("date", "date"), ("title", "title"), ("url", "url"), ("text", "text")];
        out.list(&items, &items, columns, |screen| {
            for item in &items {
                let words = |word: &Option<String>| word.clone().unwrap_or_default();
                screen.line(0, &format!("{} {} {}", words(&item.date), words(&item.title), words(&item.url)));
            }
        })?;
    } else {
        let columns: &[Column] = &[
            ("file", "file"),
            ("form", "form"),
            ("entries", "entries"),
            ("links", "links"),
            ("dated", "dated"),
            ("texts", "texts"),
            ("lists", "lists"),
            ("odd", "odd"),
        ];
        out.list(&lists, &lists, columns, |screen| {
            for row in &lists {
                let odd = row.odd.as_ref().map(|odd| format!(" · {odd}")).unwrap_or_default();
                let form = row.form.unwrap_or("not read");
                screen.line(
                    0,
                    &format!(
                        "{}: {form} · {} entries, {} with links, {} dated, {} with their text · {} lists{odd}",
                        row.file, row.entries, row.links, row.dated, row.texts, row.lists
                    ),
                );
            }
        })?;
    }
    Ok(exit)
}
