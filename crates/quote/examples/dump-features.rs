//! Prints what a reader tells of articles with the numbers that tell how sure it is: `cargo run --release
//! -p onrecord-quote --features train --example dump-features -- MODEL POLNEAR.jsonl > told.jsonl`.
//!
//! One line an article: `id` and `told: [{source, cue, content, features}]`, spans in code points.

#![allow(clippy::print_stdout, reason = "a program for those who train, that tells what it made")]

use onrecord_quote::{Reader, train};
use onrecord_terms::{Article, Body, CodePoints, Lang, Span};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let reader = Reader::parse(&fs::read(args.next().ok_or("expected a model")?)?)?;
    for path in args {
        for line in fs::read_to_string(path)?.lines() {
            let line: Value = serde_json::from_str(line)?;
            let text = line["text"].as_str().unwrap_or_default().to_owned();
            let mut article = Article::new("", Body::new(text.clone(), Vec::new(), Vec::new())?);
            article.language = Some(Lang::ENGLISH);
            let points = CodePoints::new(&text);
            let spans =
                |spans: &[Span]| spans.iter().map(|span| points.from_bytes(*span)).collect::<Vec<_>>();
            let told: Vec<Value> = train::told(&reader, &article)
                .iter()
                .map(|(found, features)| {
                    json!({"source": spans(&found.source), "cue": spans(&found.cue),
                           "content": spans(&found.content), "features": features})
                })
                .collect();
            println!("{}", json!({"id": line["doc_id"].as_str().or(line["id"].as_str()), "told": told}));
        }
    }
    Ok(())
}
