//! A quote as the stage format has it.

use onrecord_terms::{Article, CodePoints, Kind, Place, Quote, Span, Speaker, SpeakerKind};
use serde_json::Value;

/// From an entry of `quotes`.
pub(crate) fn quote(article: &Article, value: &Value) -> Quote {
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
