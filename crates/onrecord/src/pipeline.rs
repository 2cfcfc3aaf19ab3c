//! Where the stages meet: pages → articles → quotes → links. The only place that owns threads.

use anyhow::Context as _;
use onrecord_fetch::{Event, Skipped};
use onrecord_link::Quoted;
use onrecord_quote::Reader;
use onrecord_store::{Added, Counts, Derived, Entry, Links, Ordered, Record, Stages, fingerprint};
use onrecord_terms::{Article, Note, Outcome, Page, Quote};
use rayon::prelude::*;
use std::collections::BTreeSet;
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

/// Runs `work` on every input on all threads, `BATCH` at a time, and hands the results to `sink` in input order.
pub(crate) fn in_order<I: Send, O: Send>(
    inputs: impl Iterator<Item = I>,
    work: impl Fn(I) -> O + Sync,
    mut sink: impl FnMut(O) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut inputs = inputs.peekable();
    while inputs.peek().is_some() {
        let batch: Vec<I> = inputs.by_ref().take(BATCH).collect();
        let done: Vec<O> = batch.into_par_iter().map(&work).collect();
        done.into_iter().try_for_each(&mut sink)?;
    }
    Ok(())
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

/// Articles that may bring their quotes, each with quotes: found where they were not brought.
pub(crate) fn quoted(articles: Vec<(Article, Option<Vec<Quote>>)>) -> Vec<Quoted> {
    articles
        .into_par_iter()
        .map(|(article, brought)| {
            let quotes = brought.unwrap_or_else(|| quotes(&article).0);
            (article, quotes)
        })
        .collect()
}

/// Everything that is made of one page. A stage that panics is a bug of ours; it costs this page, not the run.
fn derive(page: &Page) -> Result<Derived, String> {
    let made = catch_unwind(AssertUnwindSafe(|| {
        let (article, article_notes) = article(page);
        let (quotes, quote_notes) = quotes(&article);
        Derived { article, article_notes, quotes, quote_notes }
    }));
    made.map_err(|_| "a bug in onrecord: it failed on this page; please report it".to_owned())
}

/// What belongs together over the whole record.
pub(crate) fn links(ordered: &Ordered) -> Links {
    let placements = onrecord_link::stories(&ordered.articles);
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
    /// An input was skipped.
    fn skipped(&mut self, skipped: &Skipped);
    /// A step began that has no count: "linking".
    fn step(&mut self, name: &str);
}

/// Reads pages into the record and links what belongs together.
pub(crate) fn read(
    record: &mut Record,
    events: impl Iterator<Item = Event>,
    place: impl Fn(&Page, &str) -> String,
    watch: &mut dyn Watch,
) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    let mut events = events.peekable();
    let read_at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    // What was odd about inputs, until it is known whether their pages come.
    let mut told: Vec<Skipped> = Vec::new();
    // Known versions that were met, and those of them that are not the latest.
    let (mut seen, mut earlier) = (BTreeSet::new(), Vec::new());
    while events.peek().is_some() {
        let (mut batch, mut n_bytes, mut n_inputs, mut visits) = (Vec::new(), 0, 0, Vec::new());
        while batch.len() < COMMIT_PAGES && n_bytes < COMMIT_BYTES && visits.len() < COMMIT_VISITS {
            let Some(event) = events.next() else { break };
            n_inputs += usize::from(!matches!(event, Event::Visit(_)));
            match event {
                Event::Page(page) => {
                    // What was told about a page that came after all was a warning.
                    for odd in std::mem::take(&mut told) {
                        match is_about(&odd, &page) {
                            true => warn(&mut summary, watch, odd),
                            false => skip(&mut summary, watch, odd),
                        }
                    }
                    n_bytes += page.bytes.len();
                    batch.push(page);
                }
                Event::Skipped(odd) => told.push(odd),
                Event::Visit(visit) => {
                    summary.unchanged += usize::from(visit.outcome == Outcome::Unchanged);
                    visits.push(visit);
                }
            }
        }
        let hashes: Vec<String> = batch.par_iter().map(|page| fingerprint(&page.bytes)).collect();
        let mut fresh = Vec::new();
        for (page, sha256) in batch.into_iter().zip(hashes) {
            let place = place(&page, &sha256);
            match record.known(&place, &page, &sha256)? {
                Some(version) => {
                    summary.unchanged += 1;
                    seen.insert(version.id);
                    earlier.extend((!version.latest).then_some(version.id));
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
                Err(skipped) => skip(&mut summary, watch, skipped),
            }
        }
        for added in record.add(&entries, STAGES, &read_at)? {
            match added {
                Added::New(_) => summary.read += 1,
                Added::Version(_) => summary.versions += 1,
                Added::Unchanged(_) => summary.unchanged += 1,
            }
        }
        // After the pages: a visit never tells of a page that the record does not hold.
        record.add_visits(&visits)?;
        watch.done(n_inputs);
    }
    told.into_iter().for_each(|odd| skip(&mut summary, watch, odd));
    if !earlier.is_empty() {
        summary.reverted = record.revert(&earlier, &seen, &read_at)?;
        summary.unchanged -= summary.reverted;
    }
    relink(record, watch)?;
    summary.counts = record.counts()?;
    Ok(summary)
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

/// A lasting name for where a page was read: the absolute path, with the id of the page within a file of many.
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
    let within = |word: &str| {
        let (file, number) = page.origin.rsplit_once(word)?;
        number.bytes().all(|b| b.is_ascii_digit()).then_some(file)
    };
    let (file, one_of_many) = match within(": line ").or_else(|| within(": entry ")) {
        Some(file) => (file, true),
        None => (page.origin.as_str(), false),
    };
    if file == "-" {
        let unnamed = page.id == "-" || page.id.starts_with("-:");
        return if unnamed { format!("-#{sha256}") } else { format!("-#{}", page.id) };
    }
    let path = std::path::absolute(file).unwrap_or_else(|_| Path::new(file).to_owned());
    let path = path.to_string_lossy();
    if one_of_many { format!("{path}#{}", page.id) } else { path.into_owned() }
}
