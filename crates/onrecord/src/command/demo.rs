//! `onrecord demo`: the sample reports read, and the tour through what came out.
//!
//! What the tour shows is chosen by what it has to show (the story that most outlets report, the statement that
//! is told in most ways), never by name.

use super::Exit;
use super::serve::serve;
use crate::pipeline;
use crate::report::screen::{Ink, Screen};
use crate::report::text;
use crate::watch::Terminal;
use anyhow::Context as _;
use onrecord_answer::{Id, SaidQuestion};
use onrecord_answer::{
    PointView, PositionQuestion, PositionView, position, said, statement, stories, story, who,
};
use onrecord_fetch::Event;
use onrecord_store::Record;
use onrecord_terms::{Act, Given, Media, Page};
use rust_embed::Embed;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Reads the sample reports into a record of their own and shows what came out
///
/// The sample is made up: countries, people and outlets that do not exist.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  onrecord demo\n  onrecord demo --serve")]
pub(crate) struct Args {
    /// Where to keep the record; in a temporary folder if not given.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Show it in the browser too.
    #[arg(long)]
    serve: bool,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = super::address)]
    addr: SocketAddr,
}

/// The sample reports, as they lie in the program.
#[derive(Embed)]
#[folder = "sample"]
struct Sample;

/// Reads the sample and shows it.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    // Held until the end: the folder goes away with it.
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let path = args.record.unwrap_or_else(|| folder.path().join("demo.db"));
    let mut record = Record::open_or_create(&path)?;
    let mut watch = Terminal::new("reading the sample:");
    let pages = pages();
    let n_pages = pages.len();
    let read = pipeline::read(&mut record, pages.into_iter(), |page, _| page.origin.clone(), &mut watch);
    watch.finish();
    read?;
    drop(record);
    let record = Record::open(&path)?;
    let mut screen = Screen::new(io::stdout().is_terminal());
    tour(&mut screen, &record, n_pages)?;
    next_steps(&mut screen, &path, args.serve);
    let mut out = io::stdout().lock();
    out.write_all(screen.finish().as_bytes())?;
    out.flush()?;
    drop(out);
    match args.serve {
        true => serve(&path, args.addr, onrecord_answer::Contrasts::built_in()),
        false => Ok(Exit::Done),
    }
}

/// The sample's pages in the order of their names.
fn pages() -> Vec<Event> {
    let mut names: Vec<String> = Sample::iter().map(|name| name.into_owned()).collect();
    names.retain(|name| name.ends_with(".html"));
    names.sort();
    let page = |name: &String| {
        let bytes = Sample::get(name)?.data.into_owned();
        let id = name.trim_end_matches(".html").to_owned();
        Some(Event::Page(Page {
            id,
            origin: format!("sample/{name}"),
            media: Media::Html,
            bytes,
            given: Given::default(),
        }))
    };
    names.iter().filter_map(page).collect()
}

fn tour(screen: &mut Screen, record: &Record, n_pages: usize) -> anyhow::Result<()> {
    screen.title(&format!("{n_pages} made-up pages, read into a record of their own"));
    let view = stories(record, 0, 200)?;
    let chapter = |screen: &mut Screen, what: &str, command: &str| {
        screen.gap();
        screen
            .flow(0, &[(Ink::Strong, format!("━━ {what} ")), (Ink::Faint, format!("  onrecord {command}"))]);
        screen.gap();
    };
    chapter(screen, "Stories", "stories");
    text::stories(screen, &view);

    // The story that most outlets report.
    if let Some(most) = view.stories.iter().rev().max_by_key(|row| (row.outlets.len(), row.independent)) {
        chapter(screen, "One story: who tells what", &format!("story {}", most.id));
        if let Id::Story(page) = Id::parse(&most.id)
            && let Some(view) = story(record, page)?
        {
            text::story(screen, &view, false);
        }
    }

    // The statement that is told in most ways, by most outlets.
    let all = said(record, &SaidQuestion { retold: true, limit: 500, ..SaidQuestion::default() })?;
    if let Some(most) =
        all.statements.iter().max_by_key(|row| (row.differs.len() + row.independent, row.outlets.len()))
    {
        chapter(screen, "One statement: how it is told", &format!("show {}", most.id));
        if let Id::Statement(id) = Id::parse(&most.id)
            && let Some(view) = statement(record, id)?
        {
            text::statement(screen, &view);
        }
    }

    // The person who is quoted most.
    let speakers = onrecord_answer::speakers(record, 30)?;
    if let Some(most) = speakers.speakers.iter().find(|actor| actor.kind == "person" && actor.named) {
        chapter(screen, "One speaker", &format!("who \"{}\"", most.name));
        if let Some(mut view) = who(record, &most.id, 12)? {
            view.doubtful.sort_by(|a, b| b.runner_up_confidence.total_cmp(&a.runner_up_confidence));
            view.doubtful.truncate(3);
            text::who(screen, &view);
        }
    }

    if let Some((actor, on, mut view)) = moving_position(record)? {
        chapter(screen, "A position that moves", &format!("position --actor \"{actor}\" --on \"{on}\""));
        // Descriptions and questions take no position; the tour leaves them out, the command shows them.
        view.points.retain(|point| acts(point).is_some_and(|act| !matches!(act, Act::State | Act::Ask)));
        view.points.truncate(8);
        view.undated.clear();
        view.unnamed.clear();
        text::position(screen, &view);
    }
    Ok(())
}

fn acts(point: &PointView) -> Option<Act> {
    Act::parse(point.statement.act.as_deref()?)
}

/// Among the actors that say most and the words that headlines use most, the pair with both support and rejection,
/// and of these the one whose position moves on most days; of equals the one with fewest points to read.
fn moving_position(record: &Record) -> anyhow::Result<Option<(String, String, PositionView)>> {
    let topics = topics(record)?;
    let mut best: Option<((bool, usize), String, PositionView)> = None;
    for actor in voices(record)? {
        for on in &topics {
            let question =
                PositionQuestion { actor: actor.clone(), on: on.clone(), limit: 500, ..Default::default() };
            let Some(view) = position(record, &question)? else { continue };
            let moves = view.points.iter().filter(|point| point.differs_from.is_some());
            let days: BTreeSet<_> = moves.filter_map(|point| point.statement.date.clone()).collect();
            let has = |act| view.points.iter().any(|point| acts(point) == Some(act));
            let moves = (has(Act::Support) && has(Act::Reject), days.len());
            let n_points = view.points.len();
            let better = |(most, _, held): &((bool, usize), String, PositionView)| {
                (moves, Reverse(n_points)) > (*most, Reverse(held.points.len()))
            };
            if best.as_ref().is_none_or(better) {
                best = Some((moves, on.clone(), view));
            }
        }
    }
    Ok(best.filter(|((_, days), ..)| *days > 0).map(|(_, on, view)| (view.actor.name.clone(), on, view)))
}

/// Slugs of the actors with most statements, those of their people counted in.
fn voices(record: &Record) -> anyhow::Result<Vec<String>> {
    let mut totals: BTreeMap<String, i64> = BTreeMap::new();
    for actor in onrecord_answer::speakers(record, 300)?.speakers {
        if let Some(of) = actor.of.and_then(|of| of.id) {
            *totals.entry(of).or_default() += actor.statements;
        }
        *totals.entry(actor.id).or_default() += actor.statements;
    }
    let mut voices: Vec<(Reverse<i64>, String)> =
        totals.into_iter().map(|(id, n)| (Reverse(n), id)).collect();
    voices.sort();
    Ok(voices.into_iter().take(4).map(|(_, id)| id).collect())
}

/// Words that stand in several headlines and in nobody's name, the most frequent first.
fn topics(record: &Record) -> anyhow::Result<Vec<String>> {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let names = onrecord_answer::speakers(record, 300)?.speakers;
    let names: BTreeSet<String> =
        names.iter().filter(|actor| actor.named).flat_map(|actor| words(&actor.name)).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in stories(record, 0, 200)?.stories {
        if let Id::Story(page) = Id::parse(&row.id)
            && let Some(view) = story(record, page)?
        {
            let titles = view.articles.iter().filter_map(|article| article.title.as_deref());
            for word in titles.flat_map(words).filter(|word| !names.contains(word)) {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    let mut topics: Vec<(Reverse<usize>, String)> =
        counts.into_iter().map(|(word, n)| (Reverse(n), word)).collect();
    topics.retain(|(Reverse(n), _)| *n > 1);
    topics.sort();
    Ok(topics.into_iter().take(12).map(|(_, word)| word).collect())
}

fn next_steps(screen: &mut Screen, path: &Path, serve: bool) {
    screen.gap();
    if !serve {
        screen.line(0, "In the browser: onrecord demo --serve");
        screen.line(0, "With your own reports: onrecord read FOLDER, then onrecord stories");
    } else {
        screen.line(0, &format!("The record: {}", path.display()));
    }
}
