//! What is measured of every two quotes that may tell one statement, for `training/statements/train.py`. Input: articles
//! with `quotes` (the stage format), each quote with `gold`, the list of the gold statements that it renders, and `event`.

use onrecord_link::measure::{TELLING_FEATURES, tellings};
use onrecord_link::{Quoted, actors, stories};
use onrecord_terms::{Article, Body, CodePoints, Kind, Moment, Place, Quote, Span, Speaker, SpeakerKind};
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

fn quote(article: &Article, value: &Value) -> Quote {
    let place = value["in"].as_str().and_then(Place::parse).unwrap_or(Place::Text);
    let points = CodePoints::new(place.text(article));
    let spans = |key: &str| -> Vec<Span> {
        let pairs = value[key].as_array().into_iter().flatten();
        pairs
            .map(|p| {
                points.to_bytes(p[0].as_u64().unwrap() as usize, p[1].as_u64().unwrap() as usize).unwrap()
            })
            .collect()
    };
    let kind = Kind::parse(value["kind"].as_str().unwrap()).unwrap();
    let mut quote =
        Quote::new(article, place, kind, spans("source"), spans("cue"), spans("content")).unwrap();
    quote.voice.confidence = value["speaker_confidence"].as_f64().unwrap_or(0.95) as f32;
    quote.sense.act = value["act"].as_str().and_then(onrecord_terms::Act::parse);
    quote.voice.speakers = value["speaker"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|s| {
            let kind =
                SpeakerKind::parse(s["type"].as_str().unwrap_or_default()).unwrap_or(SpeakerKind::Person);
            let text = |key: &str| s[key].as_str().map(str::to_owned);
            let named = !matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Group);
            let named = s["named"].as_bool().unwrap_or(named);
            Speaker { name: text("name").unwrap(), kind, named, role: text("role"), of: text("of") }
        })
        .collect();
    quote
}
