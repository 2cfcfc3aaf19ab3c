//! Fits the model of one statement told several times. Input: articles with `quotes` (the stage format), each quote
//! with `gold`, the list of the gold statements that it renders, and `event`.

use onrecord_infer::{Example, Logistic, fit};
use onrecord_link::measure::{Linkage, TELLING_FEATURES, TellingPair, group_tellings, tellings};
use onrecord_link::{Quoted, actors, stories};
use onrecord_terms::{Article, Body, CodePoints, Kind, Moment, Place, Quote, Span, Speaker, SpeakerKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn fit_all(path: &str) {
    let (articles, gold, events) = read(path);
    let placements = stories(&articles);
    let actors = actors(&articles);
    let (places, pairs) = tellings(&articles, &placements, &actors);
    let labels: Vec<&BTreeSet<u64>> = places.iter().map(|(a, q)| &gold[*a][*q]).collect();
    let event: Vec<&str> = places.iter().map(|(a, _)| events[*a].as_str()).collect();
    let all: BTreeSet<&str> = event.iter().copied().collect();
    let yes = |p: &TellingPair| labels[p.a].intersection(labels[p.b]).next().is_some();
    let examples = |without: &str| -> Vec<Example> {
        let kept = pairs.iter().filter(|p| event[p.a] != without && event[p.b] != without);
        kept.map(|p| {
            let outside = labels[p.a].is_empty() || labels[p.b].is_empty();
            Example { values: p.values.clone(), yes: yes(p), weight: if outside { 0.5 } else { 1.0 } }
        })
        .collect()
    };
    let reachable = pairs.iter().filter(|p| yes(p) && places[p.a].0 != places[p.b].0).count();
    let mut n_gold = 0;
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let linked = labels[a].intersection(labels[b]).next().is_some();
            n_gold += usize::from(linked && places[a].0 != places[b].0);
        }
    }
    eprintln!("gold links {n_gold}, among the candidates {reachable}");
    let model = fit(&examples(""), RIDGE);
    let held_out: BTreeMap<&str, Logistic> = all.iter().map(|e| (*e, fit(&examples(e), RIDGE))).collect();
    for threshold in [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0] {
        for unmeasured in [-4.0, -2.0] {
            let linkage = Linkage { threshold, unmeasured, reach: 2.0 };
            let score = |groups: &[usize], wanted: &dyn Fn(&str) -> bool| {
                let (mut tp, mut n, mut outside) = (0, 0, 0);
                let mut by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
                groups
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| wanted(event[*i]))
                    .for_each(|(i, g)| by.entry(*g).or_default().push(i));
                for members in by.values() {
                    for (i, a) in members.iter().enumerate() {
                        for b in &members[i + 1..] {
                            if places[*a].0 == places[*b].0 {
                                continue;
                            }
                            if labels[*a].is_empty() || labels[*b].is_empty() {
                                outside += 1;
                            } else {
                                n += 1;
                                tp += usize::from(labels[*a].intersection(labels[*b]).next().is_some());
                            }
                        }
                    }
                }
                (tp, n, outside)
            };
            let f = |(tp, n, outside): (usize, usize, usize)| {
                let (p, r) = (tp as f64 / n.max(1) as f64, tp as f64 / n_gold as f64);
                let strict = tp as f64 / (n + outside).max(1) as f64;
                format!(
                    "P {:.1} R {:.1} F1 {:.1} strict P {:.1}",
                    100.0 * p,
                    100.0 * r,
                    200.0 * p * r / (p + r),
                    100.0 * strict
                )
            };
            let fitted = score(&group_tellings(places.len(), &pairs, &model, linkage), &|_| true);
            let mut crossed = (0, 0, 0);
            for e in &all {
                let s = score(&group_tellings(places.len(), &pairs, &held_out[e], linkage), &|x| x == *e);
                crossed = (crossed.0 + s.0, crossed.1 + s.1, crossed.2 + s.2);
            }
            eprintln!("{threshold:5} {unmeasured:5}  fitted {}  event held out {}", f(fitted), f(crossed));
        }
    }
    super::print_model(&model, TELLING_FEATURES);
}

const RIDGE: f64 = 5.0;

type Read = (Vec<Quoted>, Vec<Vec<BTreeSet<u64>>>, Vec<String>);

fn read(path: &str) -> Read {
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
    let place = Place::parse(value["in"].as_str().unwrap()).unwrap();
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
    quote.voice.speakers = value["speaker"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|s| {
            let kind =
                SpeakerKind::parse(s["type"].as_str().unwrap_or_default()).unwrap_or(SpeakerKind::Person);
            let text = |key: &str| s[key].as_str().map(str::to_owned);
            let named = !matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Group);
            Speaker { name: text("name").unwrap(), kind, named, role: text("role"), of: text("of") }
        })
        .collect();
    quote
}
