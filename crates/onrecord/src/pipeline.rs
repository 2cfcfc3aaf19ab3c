//! Where the stages meet: pages → articles → quotes → links. The only place that owns threads.

use crate::batch::{self, Limit};
use anyhow::Context as _;
use onrecord_fetch::{Event, Skipped};
use onrecord_link::Quoted;
use onrecord_quote::Reader;
use onrecord_store::{Added, Counts, Derived, Entry, Links, Ordered, Record, Stages, fingerprint};
use onrecord_terms::{Article, Note, Outcome, Page, Quote};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// How many inputs are worked on at a time: enough to keep every thread busy, few enough to hold in memory.
pub(crate) const BATCH: usize = 256;

/// A batch that goes into the record in one commit: so many pages or so many bytes, whichever comes first.
/// What a stopped `read` loses is at most one batch.
const COMMIT_PAGES: usize = 64;
const COMMIT_BYTES: usize = 32_000_000;
/// And so many addresses that were fetched: these come slowly.
const COMMIT_VISITS: usize = 8;

/// The versions of the stages that this program runs.
pub(crate) const STAGES: Stages = Stages {
    extract: onrecord_extract::VERSION,
    quote: onrecord_quote::VERSION,
    link: onrecord_link::VERSION,
};

/// Sets the number of threads for everything that follows; all cores if not given.
pub(crate) fn use_threads(threads: Option<usize>) -> anyhow::Result<()> {
    if let Some(threads) = threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("threads")?;
    }
    Ok(())
}

/// Runs `work` on every input on all threads, a batch at a time, and hands the results to `sink` in input order.
/// `n_bytes` tells how large an input is.
pub(crate) fn in_order<I: Send, O: Send>(
    inputs: impl Iterator<Item = I> + Send,
    n_bytes: impl Fn(&I) -> usize + Send,
    work: impl Fn(I) -> O + Sync,
    mut sink: impl FnMut(O) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let limit = Limit { inputs: BATCH, bytes: COMMIT_BYTES };
    batch::each(
        inputs,
        limit,
        move |input| (1, n_bytes(input)),
        |batch| {
            let done: Vec<O> = batch.into_par_iter().map(&work).collect();
            done.into_iter().try_for_each(&mut sink)
        },
    )
}

/// One page's article with its notes.
pub(crate) fn article(page: &Page) -> (Article, Vec<Note>) {
    onrecord_extract::article(page)
}

/// The reader that was chosen with `--model`.
static READER: OnceLock<Reader> = OnceLock::new();

/// The accurate reader's file, beside the program or in the repository.
const ACCURATE: &str = "accurate.bin";

/// Finds the quotes of everything that follows by this reader: `fast` is the one in the program, `accurate` is looked
/// for where it may lie, anything else is a file.
pub(crate) fn use_model(model: &str) -> anyhow::Result<()> {
    let path = match model {
        "fast" => return Ok(()),
        "accurate" => {
            accurate().context("accurate: no accurate.bin beside the program or in its repository")?
        }
        path => PathBuf::from(path),
    };
    let place = || path.display().to_string();
    let reader = Reader::parse(&std::fs::read(&path).with_context(place)?).with_context(place)?;
    let _ = READER.set(reader);
    Ok(())
}

/// Where the accurate reader lies.
fn accurate() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let program = program.canonicalize().unwrap_or(program);
    let beside = program.parent()?.join(ACCURATE);
    let in_repository = |folder: &Path| folder.join("crates/quote/models").join(ACCURATE);
    let here = std::env::current_dir().unwrap_or_default();
    std::iter::once(beside)
        .chain(program.ancestors().chain(here.ancestors()).map(in_repository))
        .find(|path| path.is_file())
}

/// One article's quotes with their notes.
pub(crate) fn quotes(article: &Article) -> (Vec<Quote>, Vec<Note>) {
    match READER.get() {
        Some(reader) => onrecord_quote::quotes_by(reader, article),
        None => onrecord_quote::quotes(article),
    }
}

/// The quotes of an article as the record holds them, long ones in parts, with their notes.
pub(crate) fn quotes_for_record(article: &Article) -> (Vec<Quote>, Vec<Note>) {
    let (quotes, notes) = quotes(article);
    (onrecord_quote::parted(article, quotes), notes)
}

/// Articles that may bring their quotes, each with quotes: found where they were not brought.
pub(crate) fn quoted(articles: Vec<(Article, Option<Vec<Quote>>)>) -> Vec<Quoted> {
    articles
        .into_par_iter()
        .map(|(article, brought)| {
            let quotes = brought.unwrap_or_else(|| quotes_for_record(&article).0);
            (article, quotes)
        })
        .collect()
}

/// Everything that is made of one page. A stage that panics is a bug of ours; it costs this page, not the run.
fn derive(page: &Page) -> Result<Derived, String> {
    let made = catch_unwind(AssertUnwindSafe(|| {
        let (article, article_notes) = article(page);
        let (quotes, quote_notes) = quotes_for_record(&article);
        Derived { article, article_notes, quotes, quote_notes }
    }));
    made.map_err(|_| "a bug in onrecord: it failed on this page; please report it".to_owned())
}

/// What belongs together over the whole record.
pub(crate) fn links(ordered: &Ordered) -> Links {
    let placements = onrecord_link::stories_decided(&ordered.articles, &ordered.joints);
    let actors = onrecord_link::actors_decided(&ordered.articles, &placements, &ordered.decisions);
    let statements = onrecord_link::statements(&ordered.articles, &placements, &actors);
    Links { placements, actors, statements }
}

/// What a `read` did.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// Pages that the record did not hold.
    pub(crate) read: usize,
    /// Pages that it holds as they are.
    pub(crate) unchanged: usize,
    /// Pages that it holds in another version.
    pub(crate) versions: usize,
    /// Pages that are back at an earlier version.
    pub(crate) reverted: usize,
    /// Parts of archives that hold no report, by what they are.
    pub(crate) passed_over: BTreeMap<String, usize>,
    /// What was odd about inputs that were read, with the reason.
    pub(crate) warnings: Vec<Skipped>,
    /// Inputs that could not be read, with the reason.
    pub(crate) skipped: Vec<Skipped>,
    /// What the record holds in the end.
    pub(crate) counts: Counts,
}

/// What happens while pages are read, for whoever shows it.
pub(crate) trait Watch {
    /// So many inputs are done.
    fn done(&mut self, n_inputs: usize);
    /// So many more bytes of the inputs are done.
    fn bytes(&mut self, n: u64);
    /// An input was skipped.
    fn skipped(&mut self, skipped: &Skipped);
    /// So many pages of an archive were read before; reading goes on behind them.
    fn known(&mut self, origin: &str, n_pages: usize);
    /// A step began that has no count: "linking".
    fn step(&mut self, name: &str);
}

/// Reads pages into the record and links what belongs together. How far archives were read is kept in it too.
pub(crate) fn read(
    record: &mut Record,
    events: impl Iterator<Item = Event> + Send,
    place: impl Fn(&Page, &str) -> String,
    watch: &mut dyn Watch,
) -> anyhow::Result<Summary> {
    let mut reading = Reading {
        summary: Summary::default(),
        read_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        told: Vec::new(),
        seen: BTreeSet::new(),
        earlier: Vec::new(),
        failed: false,
    };
    let limit = Limit { inputs: COMMIT_PAGES, bytes: COMMIT_BYTES };
    let weigh = |event: &Event| match event {
        Event::Page(page) => (1, page.bytes.len()),
        Event::Visit(_) => (0, COMMIT_BYTES / COMMIT_VISITS),
        Event::Skipped(_) | Event::PassedOver { .. } | Event::Known { .. } => (0, 100),
        Event::Mark(_) | Event::Bytes(_) => (0, 0),
    };
    batch::each(events, limit, weigh, |batch| reading.batch(record, batch, &place, watch))?;
    let Reading { mut summary, told, seen, earlier, read_at, .. } = reading;
    told.into_iter().for_each(|odd| skip(&mut summary, watch, odd));
    if !earlier.is_empty() {
        summary.reverted = record.revert(&earlier, &seen, &read_at)?;
        summary.unchanged -= summary.reverted;
    }
    relink(record, watch)?;
    summary.counts = record.counts()?;
    Ok(summary)
}

/// A `read` under way.
struct Reading {
    summary: Summary,
    read_at: String,
    /// What was odd about inputs, until it is known whether their pages come.
    told: Vec<Skipped>,
    /// Known versions that were met, and those of them that are not the latest.
    seen: BTreeSet<i64>,
    earlier: Vec<i64>,
    /// Whether a page failed. No place behind it is kept, so that it is tried again.
    failed: bool,
}

impl Reading {
    /// Takes in one batch of what was come upon; its pages go into the record in one commit.
    fn batch(
        &mut self,
        record: &mut Record,
        batch: Vec<Event>,
        place: impl Fn(&Page, &str) -> String,
        watch: &mut dyn Watch,
    ) -> anyhow::Result<()> {
        let (mut pages, mut marks, mut n_bytes, mut n_inputs) = (Vec::new(), BTreeMap::new(), 0, 0);
        let mut visits = Vec::new();
        for event in batch {
            match event {
                Event::Page(page) => {
                    // What was told about a page that came after all was a warning.
                    for odd in std::mem::take(&mut self.told) {
                        match is_about(&odd, &page) {
                            true => warn(&mut self.summary, watch, odd),
                            false => skip(&mut self.summary, watch, odd),
                        }
                    }
                    n_inputs += 1;
                    pages.push(page);
                }
                Event::Skipped(odd) => {
                    n_inputs += 1;
                    self.told.push(odd);
                }
                Event::Visit(visit) => {
                    self.summary.unchanged += usize::from(visit.outcome == Outcome::Unchanged);
                    visits.push(visit);
                }
                Event::PassedOver { what, n } => *self.summary.passed_over.entry(what).or_default() += n,
                Event::Known { origin, n_pages, done } => {
                    self.summary.unchanged += n_pages;
                    if !done {
                        watch.known(&origin, n_pages);
                    }
                }
                Event::Mark(mark) => {
                    let own = onrecord_store::Mark {
                        place: mark.place.clone(),
                        stamp: mark.stamp,
                        at: mark.at,
                        n_pages: mark.n_pages,
                        done: mark.done,
                    };
                    marks.insert(mark.place, own);
                }
                Event::Bytes(n) => n_bytes += n,
            }
        }
        self.pages(record, pages, place, watch)?;
        // After the pages: a visit never tells of a page that the record does not hold.
        record.add_visits(&visits)?;
        if !self.failed {
            let marks: Vec<onrecord_store::Mark> = marks.into_values().collect();
            record.mark(&marks)?;
        }
        watch.bytes(n_bytes);
        watch.done(n_inputs);
        Ok(())
    }

    /// Takes in pages: those that the record holds are counted, the others made into articles and added.
    fn pages(
        &mut self,
        record: &mut Record,
        pages: Vec<Page>,
        place: impl Fn(&Page, &str) -> String,
        watch: &mut dyn Watch,
    ) -> anyhow::Result<()> {
        let summary = &mut self.summary;
        let hashes: Vec<String> = pages.par_iter().map(|page| fingerprint(&page.bytes)).collect();
        let mut fresh = Vec::new();
        for (page, sha256) in pages.into_iter().zip(hashes) {
            let place = place(&page, &sha256);
            match record.known(&place, &page, &sha256)? {
                Some(version) => {
                    summary.unchanged += 1;
                    self.seen.insert(version.id);
                    self.earlier.extend((!version.latest).then_some(version.id));
                }
                None => fresh.push((page, place, sha256)),
            }
        }
        let made: Vec<Result<Entry, Skipped>> = fresh
            .into_par_iter()
            .map(|(page, place, sha256)| match derive(&page) {
                Ok(derived) => {
                    let key = key(&page, &derived.article, &place);
                    Ok(Entry { key, place, page, sha256, derived })
                }
                Err(why) => Err(Skipped { origin: page.origin, why }),
            })
            .collect();
        let mut entries = Vec::new();
        for made in made {
            match made {
                Ok(entry)
                    if is_fetched(&entry.page)
                        && record.tells_the_same(&entry.key, &entry.place, &entry.derived.article)? =>
                {
                    summary.unchanged += 1;
                }
                Ok(entry) => entries.push(entry),
                Err(skipped) => {
                    self.failed = true;
                    skip(summary, watch, skipped);
                }
            }
        }
        if entries.is_empty() {
            return Ok(());
        }
        for added in record.add(&entries, STAGES, &self.read_at)? {
            match added {
                Added::New(_) => summary.read += 1,
                Added::Version(_) => summary.versions += 1,
                Added::Unchanged(_) => summary.unchanged += 1,
            }
        }
        Ok(())
    }
}

/// Whether what was odd is about this page: its line, or its sidecar.
fn is_about(odd: &Skipped, page: &Page) -> bool {
    let sidecar = || Path::new(&page.origin).with_extension("json");
    odd.origin == page.origin || Path::new(&odd.origin) == sidecar()
}

fn warn(summary: &mut Summary, watch: &mut dyn Watch, odd: Skipped) {
    let odd = Skipped { why: format!("warning: {}", odd.why), ..odd };
    watch.skipped(&odd);
    summary.warnings.push(odd);
}

fn skip(summary: &mut Summary, watch: &mut dyn Watch, skipped: Skipped) {
    watch.skipped(&skipped);
    summary.skipped.push(skipped);
}

/// Links what belongs together, unless that was done since the last page came in.
pub(crate) fn relink(record: &mut Record, watch: &mut dyn Watch) -> anyhow::Result<()> {
    if record.is_linked()? && record.link_stage()? == i64::from(STAGES.link) {
        return Ok(());
    }
    watch.step("linking");
    let ordered = record.ordered()?;
    let links = links(&ordered);
    record.relink(&ordered, &links, STAGES.link)?;
    Ok(())
}

/// Makes everything anew from the pages, all or nothing. Pages that a stage fails on are named; they are kept
/// with an empty article.
pub(crate) fn rebuild(record: &mut Record, watch: &mut dyn Watch) -> anyhow::Result<Counts> {
    let mut rebuild = record.rebuild(STAGES)?;
    loop {
        let pages = rebuild.next_pages(COMMIT_PAGES)?;
        if pages.is_empty() {
            break;
        }
        let made: Vec<Result<Derived, String>> = pages.par_iter().map(|(_, page)| derive(page)).collect();
        for ((version, page), made) in pages.iter().zip(made) {
            let derived = made.unwrap_or_else(|why| {
                watch.skipped(&Skipped { origin: page.origin.clone(), why });
                nothing(page)
            });
            rebuild.put(*version, &derived)?;
        }
        watch.done(pages.len());
    }
    watch.step("linking");
    let ordered = rebuild.ordered()?;
    rebuild.finish(&ordered, &links(&ordered))?;
    Ok(record.counts()?)
}

fn nothing(page: &Page) -> Derived {
    let note = Note::new("failed", "This program failed on the page; nothing was made of it.");
    Derived {
        article: Article::new(page.id.clone(), onrecord_terms::Body::default()),
        article_notes: vec![note],
        quotes: Vec::new(),
        quote_notes: Vec::new(),
    }
}

/// Whether a page came from the web and not from a file.
fn is_fetched(page: &Page) -> bool {
    onrecord_fetch::is_address(&page.origin)
}

/// What makes a page the same page when it is read again: its own address, else where it was read.
///
/// What a fetched page says of its address is believed within its site alone: else any page could be a version of
/// another outlet's article.
fn key(page: &Page, article: &Article, place: &str) -> String {
    let host = |url: &str| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split(['/', '?', ':']).next().unwrap_or_default().to_ascii_lowercase();
        let host = ["www.", "m.", "amp.", "mobile."]
            .iter()
            .find_map(|head| host.strip_prefix(head))
            .unwrap_or(&host);
        host.to_owned()
    };
    let address = address(article).filter(|address| !is_fetched(page) || host(address) == host(place));
    address.unwrap_or_else(|| place.to_owned())
}

/// The address that makes a page the same page when it is read again. The front page of a site is none: broken
/// pages name it as the address of every article.
fn address(article: &Article) -> Option<String> {
    let url = article.url.as_deref()?;
    let url = url.split('#').next().unwrap_or(url).trim();
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    (!path.is_empty()).then(|| url.to_owned())
}

/// How what lies within a file is told in an origin: a member of an archive, then a part of a file.
const WITHIN: [&str; 6] = [": member ", ": record ", ": byte ", ": row ", ": line ", ": entry "];

/// A lasting name for where a page was read: the absolute path, with the member of an archive and the id of the page
/// within a file of many.
///
/// What comes from standard input without an id of its own is named by its bytes.
pub(crate) fn place(page: &Page, sha256: &str) -> String {
    if is_fetched(page) {
        let entry = page.origin.rsplit_once(": entry ");
        // An article that a feed brought has the place at which it can be read.
        return match (entry, &page.given.url) {
            (Some(_), Some(url)) => url.clone(),
            (Some((list, n)), None) => format!("{list}#{n}"),
            (None, _) => page.origin.clone(),
        };
    }
    let split = |origin: &str| -> Option<(String, &'static str, String)> {
        let at = WITHIN.iter().filter_map(|word| Some((origin.find(word)?, *word))).min()?;
        let (file, rest) = origin.split_at(at.0);
        Some((file.to_owned(), at.1, rest[at.1.len()..].to_owned()))
    };
    let (file, mut within) = match split(&page.origin) {
        Some((file, ": member ", rest)) => match split(&rest) {
            Some((member, ..)) => (file, format!("#{member}#{}", page.id)),
            None => (file, format!("#{rest}")),
        },
        // A file may bear such a word in its name; what follows the true one is a number or an id.
        Some((file, ": line " | ": entry " | ": row ", rest)) if rest.bytes().all(|b| b.is_ascii_digit()) => {
            (file, format!("#{}", page.id))
        }
        Some((file, ": record " | ": byte ", rest)) if !rest.contains('/') => (file, format!("#{}", page.id)),
        _ => (page.origin.clone(), String::new()),
    };
    if file == "-" {
        if within.is_empty() || page.id.starts_with("-:") {
            within = if page.id == "-" || page.id.starts_with("-:") {
                format!("#{sha256}")
            } else {
                format!("#{}", page.id)
            };
        }
        return format!("-{within}");
    }
    let path = std::path::absolute(&file).unwrap_or_else(|_| Path::new(&file).to_owned());
    format!("{}{within}", path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Given, Media};

    #[test]
    fn places_are_lasting_names() {
        let check = |origin: &str, id: &str, expected: &str| {
            let (id, origin, given) = (id.to_owned(), origin.to_owned(), Given::default());
            let page = Page { id, origin, media: Media::Text, bytes: Vec::new(), given };
            assert_eq!(place(&page, "hash"), expected);
        };
        check("/in/a.txt", "a", "/in/a.txt");
        check("/in/a.jsonl: line 3", "x", "/in/a.jsonl#x");
        check("/in/a: line b.txt", "b", "/in/a: line b.txt");
        check("/in/a.warc.gz: record urn:uuid:7", "urn:uuid:7", "/in/a.warc.gz#urn:uuid:7");
        check("/in/a.zip: member b/c.html", "b/c", "/in/a.zip#b/c.html");
        check("/in/a.zip: member b.warc: record urn:uuid:7", "urn:uuid:7", "/in/a.zip#b.warc#urn:uuid:7");
        check("/in/a.parquet: row 9", "a:9", "/in/a.parquet#a:9");
        check("-", "-", "-#hash");
        check("-: line 4", "-:4", "-#hash");
        check("-: line 4", "own", "-#own");
        check("-: record urn:uuid:7", "urn:uuid:7", "-#urn:uuid:7");
    }
}
