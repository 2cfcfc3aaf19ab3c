//! Where do these words stand? Full text over articles and statements, with the passage marked.

use crate::ids::Id;
use crate::passage::{Layers, around, passage};
use crate::shelf::Shelf;
use crate::statement::row;
use crate::views::{ArticleRef, Passage, StatementRow};
use onrecord_store::{Record, Result, Topic};
use onrecord_terms::{CodePoints, Place, Span};
use serde::Serialize;
use std::collections::BTreeSet;

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchView {
    /// The words as typed.
    pub query: String,
    /// How many quotes hold them; several may tell one statement.
    pub quotes_total: i64,
    /// How many articles hold them.
    pub articles_total: i64,
    /// Statements, the best first.
    pub statements: Vec<StatementHit>,
    /// Articles, the best first.
    pub articles: Vec<ArticleHit>,
}

/// A statement that holds the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementHit {
    /// The statement.
    pub statement: StatementRow,
    /// The quote that holds them.
    pub quote: String,
    /// Where it is told.
    pub article: ArticleRef,
    /// Its sentence with the words marked.
    pub passage: Passage,
}

/// An article that holds the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleHit {
    /// The article.
    pub article: ArticleRef,
    /// The paragraph with most of the words, marked.
    pub passage: Passage,
}

/// What holds the words that were typed: `limit` statements and articles after `skip`.
pub fn search(record: &Record, typed: &str, skip: usize, limit: usize) -> Result<SearchView> {
    let mut view = SearchView {
        query: typed.to_owned(),
        quotes_total: 0,
        articles_total: 0,
        statements: Vec::new(),
        articles: Vec::new(),
    };
    let Some(topic) = Topic::parse(typed) else { return Ok(view) };
    let shelf = Shelf::new(record);
    let quotes = record.quotes_with(&topic, skip, limit)?;
    view.quotes_total = quotes.total;
    let mut seen = BTreeSet::new();
    for id in quotes.best {
        let Some(stored) = record.statement(id)? else { continue };
        if !seen.insert(stored.id) {
            continue;
        }
        let Some(told) = stored.renderings.iter().find(|told| told.quote == id) else { continue };
        let Some(shelved) = shelf.article(told.page)? else { continue };
        let (Some(quote), Some(statement)) = (shelved.quotes.get(told.idx), row(&shelf, &stored)?) else {
            continue;
        };
        let (article, quote) = (shelved.article(), &quote.quote);
        let text = quote.place().text(article);
        let window = around(article, quote.place(), quote.sentence());
        let mut layers = Layers::of_quote(quote);
        layers.add_hits(hits(record, &topic, text, window)?);
        view.statements.push(StatementHit {
            statement,
            quote: Id::Quote(id).to_string(),
            article: shelved.view(),
            passage: passage(quote.place(), text, &CodePoints::new(text), window, &layers),
        });
    }
    let articles = record.articles_with(&topic, skip, limit)?;
    view.articles_total = articles.total;
    for page in articles.best {
        let Some(shelved) = shelf.article(page)? else { continue };
        let article = shelved.article();
        let all = Span::new(article.text(), 0, article.text().len());
        let found = match all {
            Ok(all) => hits(record, &topic, article.text(), all)?,
            Err(_) => Vec::new(),
        };
        let (place, window, found) = match best_paragraph(article, &found) {
            Some(window) => (Place::Text, window, found),
            None => {
                let title = article.headline();
                let Ok(window) = Span::new(title, 0, title.len()) else { continue };
                (Place::Title, window, hits(record, &topic, title, window)?)
            }
        };
        let text = place.text(article);
        let window = match found.iter().find(|hit| window.contains(**hit)) {
            Some(hit) if window.len() > 600 => around(article, place, *hit),
            _ => window,
        };
        let mut layers = Layers::default();
        layers.add_hits(found);
        view.articles.push(ArticleHit {
            article: shelved.view(),
            passage: passage(place, text, &CodePoints::new(text), window, &layers),
        });
    }
    Ok(view)
}

/// Where the words stand within the window, as spans into the whole text.
fn hits(record: &Record, topic: &Topic, text: &str, window: Span) -> Result<Vec<Span>> {
    let shift = |hit: Span| Span::new(text, window.start() + hit.start(), window.start() + hit.end()).ok();
    Ok(record.hits(topic, window.slice(text))?.into_iter().filter_map(shift).collect())
}

/// The first of the paragraphs that hold most hits.
fn best_paragraph(article: &onrecord_terms::Article, hits: &[Span]) -> Option<Span> {
    let mut best: Option<(usize, Span)> = None;
    let mut hits = hits.iter().peekable();
    for paragraph in article.body.paragraphs() {
        let mut n = 0;
        while hits.next_if(|hit| hit.end() <= paragraph.span.end()).is_some() {
            n += 1;
        }
        if n > best.map_or(0, |(most, _)| most) {
            best = Some((n, paragraph.span));
        }
    }
    best.map(|(_, span)| span)
}
