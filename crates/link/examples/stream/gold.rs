//! Labelled articles of the shared data, and how well groups match their labels.

use onrecord_link::Quoted;
use onrecord_terms::{Article, Body, Moment};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Articles with the event of each.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) articles: Vec<Article>,
    pub(crate) events: Vec<String>,
}

/// The sets that are scored by their events.
pub(crate) const SETS: [&str; 7] =
    ["stream_dense", "ecbplus", "gw5", "mmds_en", "pac", "neus", "uci_headlines"];

/// Reads `NAME-dev.jsonl`, in the order of the blind input: by date, then by something that says nothing.
pub(crate) fn read(folder: &Path, name: &'static str) -> Set {
    let path = folder.join(format!("{name}-dev.jsonl"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let mut rows: Vec<(String, u64, Article, String)> = text
        .lines()
        .filter_map(|line| {
            let value: Value = serde_json::from_str(line).ok()?;
            let of = |key: &str| value[key].as_str().map(str::to_owned);
            let body = Body::new(of("text").unwrap_or_default(), vec![], vec![]).ok()?;
            let id = of("id")?;
            let mut article = Article::new(id.clone(), body);
            article.title = of("title").filter(|title| !title.is_empty());
            article.outlet = of("outlet");
            let date = of("date").unwrap_or_default();
            article.published = Moment::parse(&date);
            Some((date, super::hay::hash(&id), article, of("cluster").unwrap_or_default()))
        })
        .collect();
    rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let (articles, events) = rows.into_iter().map(|(_, _, article, event)| (article, event)).unzip();
    Set { name, articles, events }
}

/// Articles without quotes, as the doors take them.
pub(crate) fn quoted(articles: &[Article]) -> Vec<Quoted> {
    articles.iter().map(|article| (article.clone(), Vec::new())).collect()
}

/// BCubed precision, recall and F1 in percent.
pub(crate) fn bcubed<G: Ord + Clone, F: Ord + Clone>(gold: &[G], found: &[F]) -> [f64; 3] {
    let (mut by_gold, mut by_found, mut by_both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (g, f) in gold.iter().zip(found) {
        *by_gold.entry(g).or_insert(0.0) += 1.0;
        *by_found.entry(f).or_insert(0.0) += 1.0;
        *by_both.entry((g, f)).or_insert(0.0) += 1.0;
    }
    let n = gold.len().max(1) as f64;
    let mean = |of: &dyn Fn(&(&G, &F)) -> f64| -> f64 {
        by_both.iter().map(|(key, both): (_, &f64)| both * both / of(key)).sum::<f64>() / n
    };
    let p = mean(&|(_, f)| by_found[f]);
    let r = mean(&|(g, _)| by_gold[g]);
    [100.0 * p, 100.0 * r, 200.0 * p * r / (p + r).max(1e-9)]
}
