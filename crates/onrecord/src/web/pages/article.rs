//! What does this article say, and who speaks in it? Its text with the quotes marked in place.

use super::{Form, Frame, Reply};
use crate::web::dress::{self, Run};
use crate::web::fail::Failure;
use askama::Template;
use onrecord_answer::views::RenderingView;
use onrecord_answer::{ArticleView, Id, Record, ShowView};
use std::collections::BTreeMap;

/// `/article/a12`, or one version of it, `/article/a12v1`.
pub(crate) fn article(record: &Record, id: &str, form: Form) -> Result<Reply, Failure> {
    let missing = || Failure::NotFound(format!("article “{id}”"));
    if !matches!(Id::parse(id), Id::Article(_) | Id::Version(..)) {
        return Err(missing());
    }
    let Some(ShowView::Article(view)) = onrecord_answer::show(record, id)? else { return Err(missing()) };
    form.reply(&view, || {
        let title = view.article.title.clone().unwrap_or_else(|| view.article.name.clone());
        let path = match view.provenance.latest {
            true => format!("/article/{}", view.article.id),
            false => format!("/article/{id}"),
        };
        let (headline, blocks) = blocks(&view);
        ArticlePage {
            frame: Frame::new(dress::clip(&title, 80), "stories", &path, ""),
            items: view.paragraphs.last().map_or(0, |paragraph| paragraph.item),
            headline,
            blocks,
            view: &view,
        }
    })
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'v> {
    frame: Frame,
    view: &'v ArticleView,
    headline: Option<Block<'v>>,
    blocks: Vec<Block<'v>>,
    items: usize,
}

/// A paragraph with its notes.
struct Block<'v> {
    kind: &'static str,
    /// Whether a separate report begins here.
    opens_item: bool,
    runs: Vec<(Run<'v>, Vec<(usize, &'v str)>)>,
    notes: Vec<MarginNote<'v>>,
}

impl Block<'_> {
    fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

/// What stands in the margin about one quote.
struct MarginNote<'v> {
    number: usize,
    quote: &'v RenderingView,
    /// False if another quote covers it whole: then the note is where links to it lead.
    in_text: bool,
}

/// The headline and the paragraphs, each quote anchored once and told once in the margin.
fn blocks(view: &ArticleView) -> (Option<Block<'_>>, Vec<Block<'_>>) {
    let numbers: BTreeMap<&str, usize> =
        view.quotes.iter().enumerate().map(|(idx, quote)| (quote.quote.as_str(), idx + 1)).collect();
    let mut anchored = vec![false; view.quotes.len() + 1];
    let mut block = |passage, kind, opens_item| {
        let mut runs = Vec::new();
        for run in dress::runs(passage) {
            let mut anchors = Vec::new();
            for quote in run.anchors.iter().copied() {
                if let Some(number) = numbers.get(quote).copied().filter(|number| !anchored[*number]) {
                    anchored[number] = true;
                    anchors.push((number, quote));
                }
            }
            runs.push((run, anchors));
        }
        Block { kind, opens_item, runs, notes: Vec::new() }
    };
    let mut headline = view.headline.as_ref().map(|passage| block(passage, "title", false));
    let mut item = 1;
    let mut blocks = Vec::new();
    for paragraph in &view.paragraphs {
        blocks.push(block(&paragraph.passage, paragraph.kind, paragraph.item > item));
        item = paragraph.item;
    }
    for (idx, quote) in view.quotes.iter().enumerate() {
        let start = quote.content.first().map_or(0, |span| span[0]);
        let home = match quote.passage.place.as_str() {
            "title" => headline.as_mut(),
            _ => {
                let at = view.paragraphs.partition_point(|p| p.passage.end <= start);
                blocks.get_mut(at.min(view.paragraphs.len().saturating_sub(1)))
            }
        };
        if let Some(home) = home {
            home.notes.push(MarginNote { number: idx + 1, quote, in_text: anchored[idx + 1] });
        }
    }
    (headline, blocks)
}

/// Whether the page holds more than one report.
fn is_several(items: &usize) -> bool {
    *items > 1
}
