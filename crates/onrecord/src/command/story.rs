//! `onrecord story`: who reported what in one story, and who did not.

use super::{Exit, RecordArg};
use crate::pipeline;
use crate::report::{FormatArg, rows, text};
use crate::watch::Terminal;
use anyhow::{Context as _, bail};
use onrecord_answer::{Contrasts, Id};
use onrecord_store::{PageId, Record, StoryDecision};
use std::path::Path;

/// Shows one story: its articles, who copied whom, and which outlet tells which statement
///
/// "Absent" means: not found in the outlet's complete text, and nothing near to it. Where similar words stand there, the
/// cell says "perhaps". Below the table stand words that the reports use for the same thing, in their sentences.
///
/// Where the record took two events for one, or one for two, say so: --merge and --split are kept, outlast every rebuild,
/// and go out with `onrecord export decisions`. The later word on two reports counts.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord story s7\n  onrecord story s7 --all --words my-words.tsv\n  onrecord story s7 --merge s12\n  onrecord story s7 --split a9 a11"
)]
pub(crate) struct Args {
    /// The story's id, or that of one of its articles.
    #[arg(value_name = "ID")]
    id: String,
    /// This other story (or that of this article) reports the same event: takes the two for one from here on.
    #[arg(long, value_name = "OTHER", conflicts_with = "split")]
    merge: Option<String>,
    /// These articles report another event: they leave the story and make one of their own.
    #[arg(long, value_name = "ARTICLE", num_args = 1..)]
    split: Vec<String>,
    /// Every statement, not only those that most outlets tell.
    #[arg(long)]
    all: bool,
    /// Words for the same thing, to be held side by side, in the place of the list that comes with the program: lines of
    /// a name and two or more words, parted by tabs; other forms of a word after a slash.
    #[arg(long, value_name = "FILE")]
    words: Option<std::path::PathBuf>,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Shows the story.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let page = page(&args.id)?;
    if let Some(other) = &args.merge {
        decide(&args.record, |record| merge(record, page, &args.id, other))?;
    } else if !args.split.is_empty() {
        decide(&args.record, |record| split(record, page, &args.id, &args.split))?;
    }
    let record = args.record.open()?;
    let words = words(args.words.as_deref())?;
    let Some(view) = onrecord_answer::story_with(&record, page, &words)? else {
        bail!("{}: no such story in {}", args.id, record.path().display());
    };
    let statements: Vec<_> = view.coverage.rows.iter().map(|row| &row.statement).collect();
    let all = args.all;
    args.format.out().one(&view, &statements, rows::STATEMENT, |screen| text::story(screen, &view, all))?;
    Ok(Exit::Done)
}

/// The reader's own list of words for the same things, or the one that comes with the program.
pub(super) fn words(path: Option<&Path>) -> anyhow::Result<Contrasts> {
    let Some(path) = path else { return Ok(Contrasts::built_in()) };
    let words = Contrasts::parse(&std::fs::read_to_string(path).with_context(|| path.display().to_string())?);
    if words.is_empty() {
        bail!("{}: no line with a name and two words, parted by tabs", path.display());
    }
    Ok(words)
}

fn page(id: &str) -> anyhow::Result<PageId> {
    match Id::parse(id) {
        Id::Story(page) | Id::Article(page) => Ok(page),
        _ => bail!("{id}: not the id of a story (one looks like s7) or an article (a12)"),
    }
}

/// Two pages of which people say whether they are of one story.
type Word = (bool, PageId, PageId);

/// Keeps what was decided and links the record anew.
fn decide(at: &RecordArg, words: impl FnOnce(&Record) -> anyhow::Result<Vec<Word>>) -> anyhow::Result<()> {
    let mut record = Record::open_for_change(&at.record)?;
    let made = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let decisions: Vec<StoryDecision> = words(&record)?
        .into_iter()
        .map(|(same, one, other)| StoryDecision { same, one, other, made: made.clone() })
        .collect();
    record.decide_stories(&decisions)?;
    let mut watch = Terminal::new("linking");
    let linked = pipeline::relink(&mut record, &mut watch);
    watch.finish();
    linked
}

/// The articles of the story that a page is in.
fn members(record: &Record, page: PageId, id: &str) -> anyhow::Result<Vec<PageId>> {
    let Some(placement) = record.placement(page)? else {
        bail!("{id}: no such story in {}", record.path().display());
    };
    Ok(record.story(placement.story)?.into_iter().map(|placement| placement.page).collect())
}

fn merge(record: &Record, one: PageId, id: &str, other_id: &str) -> anyhow::Result<Vec<Word>> {
    let other = page(other_id)?;
    let own = members(record, one, id)?;
    members(record, other, other_id)?;
    if own.contains(&other) {
        bail!("{other_id}: is one story with {id} already");
    }
    Ok(vec![(true, one, other)])
}

/// Each leaves by a word of its own; more words keep those together that left together.
fn split(record: &Record, story: PageId, id: &str, leaving_ids: &[String]) -> anyhow::Result<Vec<Word>> {
    let own = members(record, story, id)?;
    let mut leaving = Vec::new();
    for article_id in leaving_ids {
        match Id::parse(article_id) {
            Id::Article(page) if own.contains(&page) => leaving.push(page),
            _ => bail!("{article_id}: not an article of {id} (one looks like a12)"),
        }
    }
    let Some(stays) = own.iter().filter(|page| !leaving.contains(page)).min() else {
        bail!("{id}: no article would stay");
    };
    let apart = leaving.iter().map(|page| (false, *stays, *page));
    let together = leaving.windows(2).map(|pair| (true, pair[0], pair[1])).filter(|word| word.1 != word.2);
    Ok(apart.chain(together).collect())
}
