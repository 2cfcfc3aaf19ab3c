//! Where the stages meet: pages → articles → quotes → links. The only place that owns threads.

use onrecord_link::Quoted;
use onrecord_terms::{Article, Note, Page, Quote};
use rayon::prelude::*;

/// How many inputs are worked on at a time: enough to keep every thread busy, few enough to hold in memory.
pub(crate) const BATCH: usize = 256;

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

/// One article's quotes with their notes.
pub(crate) fn quotes(article: &Article) -> (Vec<Quote>, Vec<Note>) {
    onrecord_quote::quotes(article)
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
