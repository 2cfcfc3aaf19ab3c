//! Are real stories still found in a stream of so many articles a day, and at what cost?
//!
//! `cargo run --profile fast -p onrecord-link --example stream -- stream [N…]`: needles (real dev articles of all sets,
//! with their events) in hay (`hay`), 10,000 articles a day; for each N (5,000 to 60,000 unless given) BCubed of the
//! needles alone and within the stream, articles a second of processor time for stories and copies, and peak memory.
//! `-- rounds N SIZE`: the stream comes in rounds of SIZE, after each of which all that there is is linked anew, as `read` and
//! `watch` do: what a round costs, and an article of it. `-- record FILE N`: see `record`.
//! `-- sets` scores the dev sets, each for itself; `-- write N` prints a stream with its events, for training. Needs
//! `../shared/data/stories` beside the repository, or ONRECORD_STORIES=FOLDER; without it there is nothing to measure, and the program says so.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, missing_docs)]

mod gold;
mod hay;
#[path = "../fit/quotes.rs"]
mod quotes;
mod record;
mod watch;

use gold::{SETS, Set, bcubed, quoted, read};
use onrecord_terms::Article;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Articles a day.
const A_DAY: usize = 10_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = std::env::var_os("ONRECORD_STORIES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/stories")),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("{}: not here, so there is nothing to measure", folder.display());
        return;
    }
    let sets: Vec<Set> = SETS.iter().map(|name| read(&folder, name)).collect();
    match args.first().map(String::as_str) {
        Some("sets") => score(&sets),
        Some("write") => write(&sets, args.get(1).and_then(|n| n.parse().ok()).unwrap_or(20_000)),
        Some("stream") => {
            let given: Vec<usize> = args[1..].iter().filter_map(|n| n.parse().ok()).collect();
            let sizes = if given.is_empty() { vec![5_000, 10_000, 20_000, 40_000, 60_000] } else { given };
            sizes.into_iter().for_each(|n| stream(&sets, n));
        }
        Some("rounds") => {
            let given = |at: usize| args.get(at).and_then(|n| n.parse().ok());
            rounds(&sets, given(1).unwrap_or(60_000), given(2).unwrap_or(A_DAY));
        }
        Some("record") => record::run(&args[1], args.get(2).and_then(|n| n.parse().ok()).unwrap_or(3_000)),
        _ => eprintln!("stream [N…] | sets | rounds N SIZE | write N | record FILE N"),
    }
}

/// BCubed of each set for itself.
fn score(sets: &[Set]) {
    for set in sets {
        let started = watch::cpu_ms();
        let placements = onrecord_link::stories(&quoted(&set.articles));
        let found: Vec<usize> = placements.iter().map(|p| p.story).collect();
        let [p, r, f] = bcubed(&set.events, &found);
        let ms = watch::cpu_ms() - started;
        println!("{:14} P {p:5.1} R {r:5.1} F1 {f:5.1}  {ms:.0} ms", set.name);
    }
}

/// A needle: which set it is of, and its event.
type Label = (usize, String);

/// The needles, each once, in time: stream_dense squeezed into the stream's days, the others each event at a time of
/// its own, its reports within a day.
fn needles(sets: &[Set], seconds: i64) -> Vec<(Article, Label)> {
    let start = hay::DAY_ONE * 86_400;
    let mut seen = BTreeSet::new();
    let mut needles = Vec::new();
    for (at, set) in sets.iter().enumerate() {
        let times: Vec<i64> = set.articles.iter().filter_map(|a| a.published.map(|m| m.unix())).collect();
        let (first, last) =
            (times.iter().min().copied().unwrap_or(0), times.iter().max().copied().unwrap_or(1));
        for (article, event) in set.articles.iter().zip(&set.events) {
            if !seen.insert((article.headline().to_owned(), article.text().to_owned())) {
                continue; // stream_dense is made of the others
            }
            let when = match (at, article.published) {
                (0, Some(moment)) => (moment.unix() - first) * seconds / (last - first + 1),
                _ => {
                    let event = (hay::hash(event) % seconds as u64) as i64;
                    let own = (hay::hash(&article.id) % 86_400) as i64;
                    (event + own).min(seconds - 1)
                }
            };
            let mut article = article.clone();
            article.published = hay::moment(start + when);
            needles.push((article, (at, event.clone())));
        }
    }
    needles
}

/// The first `n` articles of a stream of 60,000, in time, each with its label if it is a needle.
fn made(sets: &[Set], n: usize) -> Vec<(Article, Option<Label>)> {
    let seconds = (n * 86_400).div_ceil(A_DAY) as i64;
    let full = (60_000 * 86_400 / A_DAY) as i64;
    let mut rows: Vec<(Article, Option<Label>)> =
        needles(sets, full).into_iter().map(|(article, label)| (article, Some(label))).collect();
    let cut = hay::DAY_ONE * 86_400 + seconds;
    rows.retain(|(article, _)| article.published.is_some_and(|m| m.unix() < cut));
    let real: Vec<(&Article, &str)> =
        sets.iter().flat_map(|s| s.articles.iter().zip(s.events.iter().map(String::as_str))).collect();
    let lacking = n.saturating_sub(rows.len());
    let made = hay::hay(&real, lacking, hay::DAY_ONE * 86_400, seconds);
    rows.extend(made.into_iter().map(|article| (article, None)));
    rows.sort_by_key(|(article, _)| (article.published.map(|m| m.unix()), hay::hash(&article.id)));
    rows
}

/// The stream as JSON lines with the event of each article, for training: a piece of hay has an event of its own.
fn write(sets: &[Set], n: usize) {
    for (article, label) in made(sets, n) {
        let cluster = match label {
            Some((set, event)) => format!("{set}:{event}"),
            None => format!("hay{}", article.id.rsplit('-').next().unwrap_or_default()),
        };
        let line = serde_json::json!({
            "id": article.id, "title": article.title, "text": article.text(), "cluster": cluster,
            "date": article.published.map(|moment| moment.to_string()),
        });
        println!("{line}");
    }
}

/// The cost of each round, and of an article of it.
fn rounds(sets: &[Set], n: usize, size: usize) {
    let articles: Vec<_> = made(sets, n).into_iter().map(|(article, _)| (article, Vec::new())).collect();
    for end in (size..=articles.len()).step_by(size.max(1)) {
        let ms = watch::run(&articles[..end]).cpu_ms;
        println!(
            "{end} articles: {:.1} s a round, {:.2} ms an article that came",
            ms / 1e3,
            ms / size as f64
        );
    }
}

fn stream(sets: &[Set], n: usize) {
    let rows = made(sets, n);
    let (alone, labels): (Vec<Article>, Vec<Label>) =
        rows.iter().filter_map(|(a, l)| Some((a.clone(), l.clone()?))).unzip();
    let small = watch::run(&gold::quoted(&alone));
    let (articles, of): (Vec<_>, Vec<_>) = rows.into_iter().map(|(a, l)| ((a, Vec::new()), l)).unzip();
    let bytes: usize = articles.iter().map(|(a, _): &onrecord_link::Quoted| a.text().len()).sum();
    let n_articles = articles.len();
    let large = watch::run(&articles);
    println!(
        "{n_articles} articles, {} needles, {:.0} MB of text: {:.0} articles/s of processor time, peak {:.0} MB",
        labels.len(),
        bytes as f64 / 1e6,
        n_articles as f64 / large.cpu_ms * 1e3,
        watch::peak_mb(),
    );
    let within: Vec<(Label, usize)> =
        of.iter().zip(&large.stories).filter_map(|(l, s)| Some((l.clone()?, *s))).collect();
    for (at, set) in sets.iter().enumerate() {
        let pick = |rows: Vec<(&Label, usize)>| -> [f64; 3] {
            let (gold, found): (Vec<_>, Vec<_>) = rows.into_iter().filter(|(l, _)| l.0 == at).unzip();
            bcubed(&gold, &found)
        };
        let n = labels.iter().filter(|l| l.0 == at).count();
        if n == 0 {
            continue; // all of it stands in stream_dense
        }
        let [_, _, a] = pick(labels.iter().zip(small.stories.iter().copied()).collect());
        let [p, r, b] = pick(within.iter().map(|(l, s)| (l, *s)).collect());
        println!(
            "  {:14} {n:5} needles: alone {a:5.1}, in the stream P {p:5.1} R {r:5.1} F1 {b:5.1} ({:+.1})",
            set.name,
            b - a
        );
    }
}
