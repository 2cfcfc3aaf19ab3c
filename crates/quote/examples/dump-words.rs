//! Prints the words of articles as the encoder reads them, for training: `cargo run --release -p onrecord-quote
//! --features train --example dump-words -- POLNEAR.jsonl > words.jsonl`.
//!
//! One line an article: `id`, `words: [[start, end, paragraph, tag, looks]]` (code points), and `spans`, its
//! attributions, each as lists of `[first, last + 1]` of words for `source`, `cue` and `content`.

#![allow(clippy::print_stdout, reason = "a program for those who train, that tells what it made")]

use onrecord_quote::train;
use onrecord_terms::{Article, Body, CodePoints, Lang, Span};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1) {
        for line in fs::read_to_string(path)?.lines() {
            let line: Value = serde_json::from_str(line)?;
            let text = line["text"].as_str().unwrap_or_default().to_owned();
            let mut article = Article::new("", Body::new(text.clone(), Vec::new(), Vec::new())?);
            article.language = Some(Lang::ENGLISH);
            let words = train::read_words(&article);
            let points = CodePoints::new(&text);
            let rows: Result<Vec<Value>, Box<dyn Error>> = words
                .iter()
                .map(|word| {
                    let [start, end] = points.from_bytes(Span::new(&text, word.start, word.end)?);
                    Ok(json!([start, end, word.paragraph, word.tag, word.looks]))
                })
                .collect();
            let attributions: Vec<Value> = line["attributions"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|attribution| {
                    let part = |name: &str| -> Vec<[usize; 2]> {
                        let spans = attribution[name].as_array().into_iter().flatten();
                        spans
                            .filter_map(|pair| {
                                let at = |i: usize| pair[i].as_u64().unwrap_or_default() as usize;
                                let span = points.to_bytes(at(0), at(1)).ok()?;
                                let first = words.partition_point(|word| word.end <= span.start());
                                let end = words.partition_point(|word| word.start < span.end());
                                (first < end).then_some([first, end])
                            })
                            .collect()
                    };
                    json!({"source": part("source"), "cue": part("cue"), "content": part("content")})
                })
                .collect();
            let id = line["doc_id"].as_str().or(line["id"].as_str());
            println!("{}", json!({"id": id, "words": rows?, "spans": attributions}));
        }
    }
    Ok(())
}
