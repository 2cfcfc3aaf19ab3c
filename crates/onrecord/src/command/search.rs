//! `onrecord search`: where words stand.

use super::{Exit, Page, RecordArg};
use crate::report::{FormatArg, rows, text};
use onrecord_answer::views::Passage;
use onrecord_answer::{SearchView, search};
use onrecord_store::Topic;
use serde::Serialize;

/// Finds words in articles and statements, with the passage marked
///
/// All words must be there, in any inflected form; "words in marks" together and in order; -word not at all.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  onrecord search dam '\"joint patrols\"' -- -storm")]
pub(crate) struct Args {
    /// The words.
    #[arg(value_name = "WORDS", required = true, num_args = 1..)]
    words: Vec<String>,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    record: RecordArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Finds them.
pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let record = args.record.open()?;
    let out = args.format.out();
    let limit = if out.is_for_people() { args.page.limit.unwrap_or(10) } else { args.page.limit(&out) };
    let words = args.words.join(" ");
    let view = search(&record, &words, args.page.skip, limit)?;
    if view.statements.is_empty() && view.articles.is_empty() {
        crate::tell(match Topic::parse(&words) {
            Some(_) => "nothing found",
            None => "no word to look for: -word only leaves out",
        });
    }
    out.list(&view, &hits(&view), rows::HIT, |screen| text::search(screen, &view))?;
    Ok(Exit::Done)
}

/// One hit as a row.
#[derive(Serialize)]
struct Hit<'v> {
    what: &'static str,
    id: &'v str,
    date: Option<&'v str>,
    outlet: Option<&'v str>,
    who: Vec<&'v str>,
    passage: String,
    hits: Vec<&'v str>,
    article: &'v str,
    url: Option<&'v str>,
}

fn hits(view: &SearchView) -> Vec<Hit<'_>> {
    let statements = view.statements.iter().map(|hit| Hit {
        what: "statement",
        id: &hit.statement.id,
        date: hit.statement.date.as_deref(),
        outlet: hit.article.outlet.as_deref(),
        who: hit.statement.speakers.iter().map(|speaker| speaker.name.as_str()).collect(),
        passage: hit.passage.words(),
        hits: words(&hit.passage),
        article: &hit.article.id,
        url: hit.article.url.as_deref(),
    });
    let articles = view.articles.iter().map(|hit| Hit {
        what: "article",
        id: &hit.article.id,
        date: hit.article.day(),
        outlet: hit.article.outlet.as_deref(),
        who: Vec::new(),
        passage: hit.passage.words(),
        hits: words(&hit.passage),
        article: &hit.article.id,
        url: hit.article.url.as_deref(),
    });
    statements.chain(articles).collect()
}

fn words(passage: &Passage) -> Vec<&str> {
    passage.pieces.iter().filter(|piece| piece.hit).map(|piece| piece.text.as_str()).collect()
}
