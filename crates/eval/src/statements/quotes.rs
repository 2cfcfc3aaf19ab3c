//! What would a quote finder give that found just what the annotators marked? Lines for `stage statements` with `quotes`.
//!
//! Words, kind and cue are the rendering's; the speaker is the statement's, as nobody marked the speaker of each
//! rendering. So a difference of speaker can be seen in the words of the cue alone.

use super::{Gold, GoldRendering, GoldStatement};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A cue farther than this from its content, in code points, is another's.
const CUE_REACH: usize = 300;

/// Quotes of an article by where their content stands, the title first.
type InOrder<'g> = BTreeMap<(bool, &'g [(usize, usize)]), Value>;

/// Every article's line with the gold renderings as its quotes, in order of appearance.
pub fn with_gold_quotes(gold: &Gold) -> Vec<Value> {
    let mut quotes: BTreeMap<&str, InOrder<'_>> = BTreeMap::new();
    for statement in &gold.statements {
        for rendering in &statement.renderings {
            let of_article = quotes.entry(&rendering.article).or_default();
            let place = (!rendering.in_title, rendering.content.as_slice());
            of_article.entry(place).or_insert_with(|| quote(gold, statement, rendering));
        }
    }
    gold.order
        .iter()
        .map(|id| {
            let mut line = gold.articles[id].clone();
            let quotes = quotes.remove(id.as_str()).unwrap_or_default();
            line["quotes"] = quotes.into_values().collect();
            line
        })
        .collect()
}

fn quote(gold: &Gold, statement: &GoldStatement, rendering: &GoldRendering) -> Value {
    let text = gold.text(&rendering.article, rendering.in_title);
    let cue = rendering.cue.as_deref().and_then(|cue| nearest(text, cue, &rendering.content));
    let speakers = names(&statement.speaker);
    json!({
        "kind": rendering.kind,
        "in": if rendering.in_title { "title" } else { "text" },
        "source": [],
        "cue": cue.map(|(start, end)| json!([start, end])).into_iter().collect::<Vec<_>>(),
        "content": rendering.content,
        "speaker": speakers.iter().map(|name| json!({"name": name, "type": kind(name)})).collect::<Vec<_>>(),
        "speaker_confidence": 0.95,
    })
}

/// The occurrence of a cue outside the content that is nearest to it, in code points.
fn nearest(text: &str, cue: &str, content: &[(usize, usize)]) -> Option<(usize, usize)> {
    let (first, last) = (content.first()?.0, content.last()?.1);
    let places = text.match_indices(cue).map(|(at, _)| {
        let start = text[..at].chars().count();
        (start, start + cue.chars().count())
    });
    let free = places.filter(|(start, end)| content.iter().all(|(s, e)| end <= s || start >= e));
    let far = |place: &(usize, usize)| place.0.abs_diff(first).min(place.0.abs_diff(last));
    free.min_by_key(|place| (far(place), *place)).filter(|place| far(place) < CUE_REACH)
}

/// The names in the annotators' word for the speaker: "Ana Ruiz (via Harbour Radio) / Ivo Lund" are two, and two at most.
fn names(speaker: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0usize;
    for c in speaker.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let parts = bare.split(" / ").flat_map(|p| p.split("; ")).flat_map(|p| p.split(" and "));
    parts.map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).take(2).collect()
}

/// Two to four capitalised words without one that only bodies bear are a person.
fn kind(name: &str) -> &'static str {
    const BODIES: &[&str] = &[
        "Department",
        "House",
        "Justice",
        "Court",
        "Committee",
        "News",
        "Office",
        "Campaign",
        "Party",
        "State",
        "Union",
        "Kingdom",
        "Administration",
        "Study",
        "Report",
        "Ministry",
        "Council",
        "Association",
        "Police",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !BODIES.contains(word);
    if (2..=4).contains(&words.len()) && words.iter().all(is_name) { "person" } else { "organisation" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderings_become_quotes_with_the_nearest_cue() {
        let lines = with_gold_quotes(&super::super::tests::gold());
        let quotes = lines[0]["quotes"].as_array().unwrap();
        assert_eq!(quotes[0]["in"], "title");
        assert_eq!(quotes[1]["cue"], json!([[23, 36]]));
        assert_eq!(lines[1]["quotes"][0]["speaker"], json!([{"name": "Ana Ruiz", "type": "person"}]));
    }

    #[test]
    fn speakers_are_parted_and_told_from_bodies() {
        assert_eq!(names("Ana Ruiz (via Harbour Radio) / Ivo Lund and others"), ["Ana Ruiz", "Ivo Lund"]);
        assert_eq!(
            (kind("Ana Ruiz"), kind("Harbour Police"), kind("Ardenia")),
            ("person", "organisation", "organisation")
        );
    }
}
