//! Fits and measures the models of this room on labelled data: `fit background|stories|statements|differs FILE…`.
//!
//! Prints what is measured, or a model file, to standard output, and scores to standard error. Labels: the key `cluster`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::iter_over_hash_type,
    missing_docs
)]

mod differs;
mod quotes;
mod statements;

use onrecord_infer::{term, tokens};
use onrecord_link::measure::{PAIR_FEATURES, pairs};
use onrecord_terms::{Article, Body, Moment};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

struct Set {
    name: String,
    articles: Vec<Article>,
    clusters: Vec<String>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let sets: Vec<Set> = match args[0].as_str() {
        "statements" | "differs" => Vec::new(),
        _ => args[1..].iter().map(|path| read(path)).collect(),
    };
    match args[0].as_str() {
        "background" => background(&sets),
        "stories" => show(&sets),
        "statements" => statements::dump(&args[1]),
        "differs" => differs::fit_all(&args[1..]),
        other => eprintln!("{other}?"),
    }
}

/// `path` or `path@key`, where `key` names the date to take.
fn read(path: &str) -> Set {
    let (path, date) = path.split_once('@').unwrap_or((path, "date"));
    let mut set =
        Set { name: path.rsplit('/').next().unwrap().to_owned(), articles: Vec::new(), clusters: Vec::new() };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let string = |key: &str| line[key].as_str().map(str::to_owned);
        let body = Body::new(string("text").unwrap_or_default(), vec![], vec![]).unwrap();
        let mut article = Article::new(string("id").or(string("doc_id")).unwrap(), body);
        article.title = string("title").filter(|t| !t.is_empty());
        article.outlet = string("outlet");
        article.published = string(date).and_then(|d| Moment::parse(&d));
        if set.name.starts_with("uci") {
            article.published = None; // its timestamps give the story away
        }
        set.articles.push(article);
        set.clusters.push(string("cluster").unwrap_or_default());
    }
    set
}

/// Document frequencies: `term<TAB>texts`, those in at least one text of a thousand.
fn background(sets: &[Set]) {
    let mut df: BTreeMap<String, u32> = BTreeMap::new();
    let mut n = 0;
    for article in sets.iter().flat_map(|set| &set.articles) {
        let text = format!("{} {}", article.headline(), article.text());
        if text.len() < 300 {
            continue;
        }
        n += 1;
        let terms: BTreeSet<String> = tokens(&text).take(600).filter_map(|t| term(t.word)).collect();
        terms.into_iter().for_each(|term| *df.entry(term).or_default() += 1);
    }
    println!("=texts\t{n}");
    for (term, count) in df.into_iter().filter(|(_, count)| *count * 500 >= n) {
        println!("{term}\t{count}");
    }
}

/// The names, then what is measured of every pair, for `training/stories/train.py`.
fn show(sets: &[Set]) {
    println!("names\t{}", PAIR_FEATURES.join("\t"));
    for set in sets {
        for pair in pairs(&set.articles.iter().collect::<Vec<_>>()) {
            let same = set.clusters[pair.a] == set.clusters[pair.b] && !set.clusters[pair.a].is_empty();
            let values: Vec<String> = pair.values.iter().map(f32::to_string).collect();
            println!(
                "{same}\t{}\t{}\t{}",
                set.articles[pair.a].id,
                set.articles[pair.b].id,
                values.join("\t")
            );
        }
    }
}
