//! What is measured of every two quotes that may tell one statement, for `training/statements/train.py`. Input: articles
//! with `quotes` (the stage format), each quote with `gold`, the list of the gold statements that it renders, and `event`.

use crate::quotes::quote;
use onrecord_link::measure::{TELLING_FEATURES, tellings};
use onrecord_link::{Quoted, actors, stories};
use onrecord_terms::{Article, Body, Moment};
use serde_json::Value;
use std::collections::BTreeSet;

/// Prints the names, then each telling (`telling`, article, event, gold statements, words), then each pair (`pair`, two
/// tellings, whether each is long, values), parted by tabs.
pub(crate) fn dump(path: &str) {
    let (articles, gold, events) = read(path);
    let placements = stories(&articles);
    let actors = actors(&articles, &placements);
    let (places, pairs) = tellings(&articles, &placements, &actors);
    println!("names\t{}", TELLING_FEATURES.join("\t"));
    for (article, quote) in places {
        let labels: Vec<String> = gold[article][quote].iter().map(u64::to_string).collect();
        let words = articles[article].1[quote].words(&articles[article].0).replace('\t', " ");
        let id = &articles[article].0.id;
        println!("telling\t{id}\t{}\t{}\t{words}", events[article], labels.join(","));
    }
    for pair in pairs {
        let values: Vec<String> = pair.values.iter().map(f32::to_string).collect();
        let long = pair.long.map(u8::from);
        println!("pair\t{}\t{}\t{}\t{}\t{}", pair.a, pair.b, long[0], long[1], values.join("\t"));
    }
}

pub(crate) type Read = (Vec<Quoted>, Vec<Vec<BTreeSet<u64>>>, Vec<String>);

pub(crate) fn read(path: &str) -> Read {
    let (mut articles, mut gold, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let mut article = Article::new(text("id"), Body::new(text("text"), vec![], vec![]).unwrap());
        article.title = Some(text("title"));
        article.published = Moment::parse(&text("date"));
        let list = line["quotes"].as_array().unwrap();
        gold.push(
            list.iter()
                .map(|q| q["gold"].as_array().unwrap().iter().filter_map(Value::as_u64).collect())
                .collect(),
        );
        events.push(list.iter().find_map(|q| q["event"].as_str()).unwrap_or_default().to_owned());
        let quotes = list.iter().map(|q| quote(&article, q)).collect();
        articles.push((article, quotes));
    }
    (articles, gold, events)
}
