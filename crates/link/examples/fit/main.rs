//! Fits and measures the models of this room on labelled data: `fit background|stories|statements|differs|show FILE…`.
//!
//! Prints a model file to standard output and scores to standard error. Labels: the key `cluster`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::iter_over_hash_type,
    missing_docs
)]

mod differs;
mod statements;

use onrecord_infer::{Example, Logistic, fit, term, tokens};
use onrecord_link::measure::{Linkage, PAIR_FEATURES, Pair, group, pairs};
use onrecord_terms::{Article, Body, Moment};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
        "stories" => stories(&sets),
        "show" => show(&sets),
        "statements" => statements::fit_all(&args[1..]),
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

fn stories(sets: &[Set]) {
    let measured: Vec<Vec<Pair>> =
        sets.iter().map(|set| pairs(&set.articles.iter().collect::<Vec<_>>())).collect();
    let fold =
        |cluster: &str| cluster.bytes().fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(u32::from(b))) % 2;
    let examples = |keep: &dyn Fn(u32) -> bool| -> Vec<Example> {
        let mut examples = Vec::new();
        for (set, pairs) in sets.iter().zip(&measured) {
            let weight = (20_000.0 / pairs.len() as f32).min(1.0);
            for pair in pairs {
                let (a, b) = (&set.clusters[pair.a], &set.clusters[pair.b]);
                if keep(fold(a)) && keep(fold(b)) {
                    examples.push(Example { values: pair.values.clone(), yes: a == b, weight });
                }
            }
        }
        examples
    };
    let model = fitted(examples(&|_| true));
    let halves = [fitted(examples(&|f| f == 0)), fitted(examples(&|f| f == 1))];
    let score = |set: &Set, groups: &[usize], keep: &dyn Fn(u32) -> bool| {
        let of: Vec<usize> = (0..groups.len()).filter(|i| keep(fold(&set.clusters[*i]))).collect();
        bcubed(
            &of.iter().map(|i| groups[*i]).collect::<Vec<_>>(),
            &of.iter().map(|i| set.clusters[*i].as_str()).collect::<Vec<_>>(),
        )
    };
    for threshold in [-1.5, -1.2, -1.0, -0.7] {
        for unmeasured in [-4.0, -3.0] {
            for reach in [2.0, 3.0] {
                let linkage = Linkage { threshold, unmeasured, reach };
                eprint!("{threshold:5} {unmeasured:5} {reach:5}");
                for (set, pairs) in sets.iter().zip(&measured) {
                    let groups = group(set.articles.len(), pairs, &model, linkage);
                    let (p, r, f) = score(set, &groups, &|_| true);
                    // The half of the events that the model did not see, in the whole stream.
                    let crossed = (0..2u32).map(|h| {
                        let groups = group(set.articles.len(), pairs, &halves[1 - h as usize], linkage);
                        score(set, &groups, &|f| f == h).2
                    });
                    eprint!("  {} {p:.1}/{r:.1} {f:.1} ({:.1})", &set.name[..4], crossed.sum::<f64>() / 2.0);
                }
                eprintln!();
            }
        }
    }
    print_model(&model, PAIR_FEATURES);
}

/// Fits, with the weight of long gaps set by hand: the dates of stream_dense are squeezed into three weeks, so that
/// no set says what a gap of months means; -1.5 takes 1.6 from the log odds at one month, 5 at one year.
fn fitted(mut examples: Vec<Example>) -> Logistic {
    let far = PAIR_FEATURES.iter().position(|name| *name == "gap_far").unwrap();
    examples.iter_mut().for_each(|e| e.values[far] = 0.0);
    let model = fit(&examples, 3.0);
    let (bias, weights) = model.parts();
    let mut weights = weights.to_vec();
    weights[far] = -1.5;
    Logistic::new(bias, weights)
}

/// What is measured of every pair, for looking at.
fn show(sets: &[Set]) {
    for set in sets {
        for pair in pairs(&set.articles.iter().collect::<Vec<_>>()) {
            let same = set.clusters[pair.a] == set.clusters[pair.b] && !set.clusters[pair.a].is_empty();
            let values: Vec<String> = pair.values.iter().map(|v| format!("{v:.2}")).collect();
            println!(
                "{same}\t{}\t{}\t{}",
                set.articles[pair.a].id,
                set.articles[pair.b].id,
                values.join("\t")
            );
        }
    }
}

fn print_model(model: &Logistic, names: &[&str]) {
    let (bias, weights) = model.parts();
    println!("bias\t{bias:.4}");
    for (name, weight) in names.iter().zip(weights) {
        println!("{name}\t{weight:.4}");
    }
}

/// BCubed precision, recall, F1 in percent.
fn bcubed(pred: &[usize], gold: &[&str]) -> (f64, f64, f64) {
    let (mut cp, mut cg, mut cb) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (p, g) in pred.iter().zip(gold) {
        *cp.entry(p).or_insert(0.0) += 1.0;
        *cg.entry(g).or_insert(0.0) += 1.0;
        *cb.entry((p, g)).or_insert(0.0) += 1.0;
    }
    let n = pred.len() as f64;
    let p: f64 = pred.iter().zip(gold).map(|(p, g)| cb[&(p, g)] / cp[p]).sum::<f64>() / n;
    let r: f64 = pred.iter().zip(gold).map(|(p, g)| cb[&(p, g)] / cg[g]).sum::<f64>() / n;
    (100.0 * p, 100.0 * r, 200.0 * p * r / (p + r))
}
