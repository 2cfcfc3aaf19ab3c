//! What does linking a record of near copies cost in memory? Articles with their quotes, repeated with a changed
//! headline, through all doors as `read` goes.

use crate::{quotes, watch};
use onrecord_link::Quoted;
use onrecord_terms::{Article, Body, Moment};
use serde_json::Value;

/// Links `n` articles made of a file's (stage format, with `quotes`) and tells the peak memory at each door.
pub(crate) fn run(path: &str, n: usize) {
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let articles: Vec<Quoted> = (0..n).map(|idx| read(&lines[idx % lines.len()], idx)).collect();
    drop((lines, text));
    let told = |door: &str, started: f64| {
        println!("{door}: {:.0} ms, peak {:.0} MB", watch::cpu_ms() - started, watch::peak_mb());
        watch::forget_peak();
    };
    let n_quotes: usize = articles.iter().map(|(_, quotes)| quotes.len()).sum();
    told(&format!("{n} articles, {n_quotes} quotes"), watch::cpu_ms());
    let started = watch::cpu_ms();
    let placements = onrecord_link::stories(&articles);
    told("stories", started);
    let started = watch::cpu_ms();
    let actors = onrecord_link::actors(&articles, &placements);
    told("actors", started);
    let started = watch::cpu_ms();
    let statements = onrecord_link::statements(&articles, &placements, &actors);
    told("statements", started);
    let told = statements.iter().map(|s| s.renderings.len()).max().unwrap_or(0);
    println!("{} statements, the largest of {told} renderings", statements.len());
}

fn read(line: &Value, n: usize) -> Quoted {
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let body = Body::new(text("text"), vec![], vec![]).unwrap();
    let mut article = Article::new(format!("{n}"), body);
    article.title = Some(format!("{} No. {n}", text("title")));
    article.published = Moment::parse(&text("date"));
    let quotes = line["quotes"].as_array().into_iter().flatten();
    let quotes = quotes.map(|quote| quotes::quote(&article, quote)).collect();
    (article, quotes)
}
