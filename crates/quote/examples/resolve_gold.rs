//! Who speaks, and what act is it, when the spans are given? For measuring `resolve` alone.
//!
//! `resolve_gold ARTICLES.jsonl` reads articles with `attributions` (spans in code points) and writes a line an
//! article as `onrecord stage quotes` does; the attributions may be a finder's, with their `confidence`. Score it with `score/speakers.py`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for measuring")]

use onrecord_quote::resolve;
use onrecord_terms::{Article, Body, CodePoints, Kind, Moment, Place, Quote, Span};
use serde_json::{Value, json};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("resolve_gold ARTICLES.jsonl")?;
    let mut inputs = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().unwrap_or_default().to_owned();
        let id = value["doc_id"].as_str().or(value["id"].as_str()).unwrap_or_default();
        let mut article = Article::new(id, Body::new(text.clone(), Vec::new(), Vec::new())?);
        article.title = value["title"].as_str().map(str::to_owned);
        article.published = value["date"].as_str().and_then(Moment::parse);
        article.byline = value["author"].as_str().map(str::to_owned).into_iter().collect();
        let points = CodePoints::new(&text);
        let (mut quotes, mut ids) = (Vec::new(), Vec::new());
        for a in value["attributions"].as_array().into_iter().flatten() {
            let part = |key: &str| -> Vec<Span> {
                let pairs = a[key].as_array().into_iter().flatten();
                pairs
                    .filter_map(|p| points.to_bytes(p[0].as_u64()? as usize, p[1].as_u64()? as usize).ok())
                    .collect()
            };
            let kind = a["quote"].as_str().and_then(Kind::parse).unwrap_or(Kind::Indirect);
            let (source, cue, content) = (part("source"), part("cue"), part("content"));
            if let Ok(mut quote) = Quote::new(&article, Place::Text, kind, source, cue, content) {
                // The finder gives whole sentences: widen to the line.
                let (start, end) = (quote.sentence().start(), quote.sentence().end());
                let near = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let (low, high) = (near(start.saturating_sub(2000)), near((end + 2000).min(text.len())));
                let from = text[low..start].rfind(['\n', '.']).map_or(low, |at| low + at + 1);
                let to = text[end..high].find(['\n', '.']).map_or(high, |at| end + at + 1);
                if let Ok(sentence) = Span::new(&text, from, to) {
                    quote = quote.in_sentence(&article, sentence);
                }
                quote.confidence = a["confidence"].as_f64().map_or(1.0, |told| told as f32);
                quotes.push(quote);
                ids.push(a["id"].clone());
            }
        }
        inputs.push((article, quotes, ids));
    }
    let started = Instant::now();
    let mut outputs = Vec::new();
    for (article, mut quotes, ids) in inputs {
        let mut notes = Vec::new();
        resolve(&article, &mut quotes, &mut notes);
        outputs.push((article, quotes, ids, notes));
    }
    let seconds = started.elapsed().as_secs_f64();
    eprintln!("{} articles, {:.0} a second", outputs.len(), outputs.len() as f64 / seconds);
    for (article, quotes, ids, notes) in outputs {
        let points = CodePoints::new(article.text());
        let spans =
            |spans: &[Span]| -> Value { spans.iter().map(|s| json!(points.from_bytes(*s))).collect() };
        let quotes: Vec<Value> = quotes
            .iter()
            .zip(ids)
            .map(|(q, id)| {
                json!({
                    "id": id,
                    "source": spans(q.source()), "cue": spans(q.cue()), "content": spans(q.content()),
                    "speaker": q.voice.speakers.iter().map(|s| json!({
                        "name": s.name, "type": s.kind.as_str(), "named": s.named, "role": s.role, "of": s.of,
                    })).collect::<Value>(),
                    "speaker_confidence": q.voice.confidence,
                    "runner_up": q.voice.runner_up.as_ref().map(|r| json!([r.name, r.confidence])),
                    "mode": q.sense.mode.map(|m| m.as_str()), "act": q.sense.act.map(|a| a.as_str()),
                    "target": q.sense.target, "venue": q.sense.venue,
                    "condition": q.sense.condition.map(|c| c.slice(article.text())),
                    "said_on": q.sense.said_on.map(|d| d.to_string()),
                })
            })
            .collect();
        let notes: Vec<String> = notes.into_iter().map(|n| n.text).collect();
        println!("{}", json!({"id": article.id, "quotes": quotes, "notes": notes}));
    }
    Ok(())
}
