//! How well are mode and act told, and by which weights? Learned on labelled attributions, told eightfold over articles.
//!
//! `learn-acts DEV.jsonl SPEAKERS.jsonl [TRAIN.jsonl LABELS.tsv [FOLDER]]`: articles with `attributions`, what people say of
//! them; more articles with labels of our own (line, attribution, label); where to write the tables of weights.
//! Each article of DEV is told by weights that were learned on seven eighths of the others and on all of TRAIN.
#![allow(clippy::print_stdout, reason = "a tool for measuring")]

use onrecord_quote::learn::{self, Features};
use onrecord_quote::resolve;
use onrecord_terms::{Act, Article, Body, CodePoints, Kind, Mode, Moment, Place, Quote, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Parts of the articles.
const FOLDS: usize = 8;

/// What people say of an attribution.
#[derive(Clone, Copy)]
struct Label {
    mode: Mode,
    act: Option<Act>,
}

/// A labelled attribution.
struct Row {
    article: usize,
    quote: usize,
    label: Label,
    features: Features,
}

/// Labels by document and attribution.
type Labels = BTreeMap<(String, String), Label>;

/// Articles with their quotes, and the labelled ones among these.
#[derive(Default)]
struct Labelled {
    articles: Vec<(Article, Vec<Quote>)>,
    rows: Vec<Row>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dev, people, more @ ..] = args.as_slice() else {
        return Err("learn-acts DEV.jsonl SPEAKERS.jsonl [TRAIN.jsonl LABELS.tsv [FOLDER]]".into());
    };
    let dev = read(dev, &peoples(people)?)?;
    let own = match more {
        [train, labels, ..] => read(train, &own(labels)?)?,
        _ => Labelled::default(),
    };
    let (mut told, mut right) = ([0_usize; 2], [0_usize; 2]);
    for fold in 0..FOLDS {
        let others = dev.rows.iter().filter(|row| row.article % FOLDS != fold).chain(&own.rows);
        let (modes, acts) = tables(others);
        for row in dev.rows.iter().filter(|row| row.article % FOLDS == fold) {
            let (article, quotes) = &dev.articles[row.article];
            let (mode, act) = learn::judge(article, &quotes[row.quote], &modes.0, &acts.0);
            told[0] += 1;
            right[0] += usize::from(mode == row.label.mode);
            if row.label.act.is_some() {
                told[1] += 1;
                let act = act.filter(|_| mode == Mode::Speech);
                right[1] += usize::from(act == row.label.act);
            }
        }
    }
    for (name, right, told) in [("mode", right[0], told[0]), ("act", right[1], told[1])] {
        println!("eightfold {name} {:.1} ({right}/{told})", 100.0 * right as f64 / told as f64);
    }
    if let [_, _, folder] = more {
        let (modes, acts) = tables(dev.rows.iter().chain(&own.rows));
        for (name, (_, table)) in [("mode", modes), ("act", acts)] {
            let mut out = format!(
                "# Weights of a logistic regression for the {name} of a quote, written by `learn-acts` (crates/quote/MODELS.md).\n"
            );
            writeln!(out, "feature\tlabel\tweight\tsource")?;
            for (feature, label, weight) in table {
                writeln!(out, "{feature}\t{label}\t{weight:.3}\tspeakers dev, own labels")?;
            }
            fs::write(Path::new(folder).join(format!("{name}-weights.tsv")), out)?;
        }
    }
    Ok(())
}

/// What `learn` gives: weights, and the same as rows.
type Table = (onrecord_quote::Weights, Vec<(String, &'static str, f32)>);

/// Weights of mode, and of act among what is said.
fn tables<'r>(rows: impl Iterator<Item = &'r Row>) -> (Table, Table) {
    let rows: Vec<&Row> = rows.collect();
    let modes: Vec<_> = rows.iter().map(|row| (&row.features, row.label.mode.as_str())).collect();
    let acts: Vec<_> = rows.iter().filter_map(|row| Some((&row.features, row.label.act?.as_str()))).collect();
    (learn::learn(&modes), learn::learn(&acts))
}

/// Labels of `data/speakers`.
fn peoples(path: &str) -> Result<Labels, Box<dyn Error>> {
    let mut labels = Labels::new();
    for line in fs::read_to_string(path)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        if let Some(mode) = Mode::parse(&word("mode")) {
            labels.insert((word("doc_id"), word("id")), Label { mode, act: Act::parse(&word("act")) });
        }
    }
    Ok(labels)
}

/// Labels of our own: a mode other than speech, or the act.
fn own(path: &str) -> Result<Labels, Box<dyn Error>> {
    let mut labels = Labels::new();
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.starts_with('#')) {
        let [document, id, word] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let label = match (Act::parse(word), Mode::parse(word)) {
            (Some(act), _) => Label { mode: Mode::Speech, act: Some(act) },
            (None, Some(mode)) => Label { mode, act: None },
            (None, None) => continue,
        };
        labels.insert((document.to_owned(), id.to_owned()), label);
    }
    Ok(labels)
}

/// The articles that hold a labelled attribution, their speakers resolved.
fn read(path: &str, labels: &Labels) -> Result<Labelled, Box<dyn Error>> {
    let mut out = Labelled::default();
    for (nth, line) in fs::read_to_string(path)?.lines().enumerate() {
        let value: Value = serde_json::from_str(line)?;
        let id = value["doc_id"].as_str().unwrap_or_default().to_owned();
        let has = |id: &String| {
            labels.range((id.clone(), String::new())..).next().is_some_and(|((doc, _), _)| doc == id)
        };
        let Some(id) = [id, (nth + 1).to_string()].into_iter().find(has) else { continue };
        let text = value["text"].as_str().unwrap_or_default().to_owned();
        let mut article = Article::new(id.clone(), Body::new(text.clone(), Vec::new(), Vec::new())?);
        article.title = value["title"].as_str().map(str::to_owned);
        article.published = value["date"].as_str().and_then(Moment::parse);
        let points = CodePoints::new(&text);
        let (mut quotes, mut told) = (Vec::new(), Vec::new());
        for a in value["attributions"].as_array().into_iter().flatten() {
            let part = |key: &str| -> Vec<Span> {
                let pairs = a[key].as_array().into_iter().flatten();
                let span = |p: &Value| points.to_bytes(p[0].as_u64()? as usize, p[1].as_u64()? as usize).ok();
                pairs.filter_map(span).collect()
            };
            let kind = a["quote"].as_str().and_then(Kind::parse).unwrap_or(Kind::Indirect);
            let quote = Quote::new(&article, Place::Text, kind, part("source"), part("cue"), part("content"));
            let Ok(quote) = quote else { continue };
            let key = (id.clone(), a["id"].as_str().unwrap_or_default().to_owned());
            told.extend(labels.get(&key).map(|label| (quotes.len(), *label)));
            quotes.push(quote);
        }
        resolve(&article, &mut quotes, &mut Vec::new());
        let nth = out.articles.len();
        for (quote, label) in told {
            let features = learn::features(&article, &quotes[quote]);
            out.rows.push(Row { article: nth, quote, label, features });
        }
        out.articles.push((article, quotes));
    }
    Ok(out)
}
