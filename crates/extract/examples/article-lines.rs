//! Pages as article lines, each page read by what was learned without its site.
//!
//! `article-lines FOLDS GOLD.jsonl PAGES > lines.jsonl`: FOLDS holds `fold-K.bin`, `dates-K.tsv` and `sites.tsv` (a
//! site and its fold a line), GOLD gives each page's site.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool of evaluation, no part of the program"
)]

use onrecord_extract::training::{Learned, article_with};
use onrecord_terms::{Given, Media, Page};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folds, gold, pages] = &args[..] else { return Err("usage: article-lines FOLDS GOLD PAGES".into()) };
    let mut learned = Vec::new();
    while let Ok(filter) = std::fs::read(Path::new(folds).join(format!("fold-{}.bin", learned.len()))) {
        let dates = std::fs::read_to_string(Path::new(folds).join(format!("dates-{}.tsv", learned.len())))?;
        learned.push(Learned::read(&filter, &dates).ok_or("a fold's file is no filter")?);
    }
    let table = std::fs::read_to_string(Path::new(folds).join("sites.tsv"))?;
    let fold_of: BTreeMap<&str, usize> = table
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(site, fold)| Some((site, fold.parse().ok()?)))
        .collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::fs::read_to_string(gold)?.lines() {
        // Python writes a number that is none, which JSON does not know.
        let told: Value = serde_json::from_str(&line.replace(": NaN", ": null"))?;
        let Some(id) = told["id"].as_str() else { continue };
        // A page without a site stands for itself.
        let site = told["site"].as_str().filter(|site| !site.is_empty()).unwrap_or(id);
        let path = Path::new(pages).join(format!("{id}.html"));
        let page = Page {
            id: id.to_owned(),
            origin: path.display().to_string(),
            media: Media::Html,
            bytes: std::fs::read(&path)?,
            given: Given::default(),
        };
        let fold = fold_of.get(site).ok_or_else(|| format!("{site} is in no fold"))?;
        let article = article_with(&page, learned.get(*fold).ok_or("a fold without a file")?);
        let line = json!({
            "id": id,
            "title": article.title,
            "byline": article.byline,
            "date": article.published.map(|moment| moment.to_string()),
            "text": article.text(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
