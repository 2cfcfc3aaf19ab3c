//! How far do found statements agree with the gold ones? Differences by type, what is told twice within one article, and
//! how much of the gold the quotes let be reached at all.
//!
//! A found rendering stands for the gold rendering of the same article and place that it overlaps most, at least half of
//! the shorter in letters and digits (as `score/statements.py` has it).

use super::{Gold, GoldStatement};
use crate::scores::Scores;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A gold rendering: its statement and its place in it.
type Id = (usize, usize);

/// One found statement.
#[derive(Debug)]
pub struct Told {
    /// The gold rendering that each rendering stands for, if any.
    stands_for: Vec<Option<Id>>,
    differs: BTreeSet<String>,
}

impl Told {
    /// Reads the lines of `stage statements`.
    pub fn read(gold: &Gold, found: &[Value]) -> Vec<Told> {
        let places = places(gold);
        let stands_for = |rendering: &Value| {
            let article = rendering["article"].as_str()?;
            let in_title = rendering["in"] == "title";
            let spans: Vec<(usize, usize)> = serde_json::from_value(rendering["content"].clone()).ok()?;
            let chars = letters(gold.text(article, in_title), &spans);
            let here = places.get(&(article, in_title))?;
            let shared = |of: &BTreeSet<usize>| chars.intersection(of).count();
            here.iter()
                .map(|(id, of)| (shared(of), *id, chars.len().min(of.len())))
                .filter(|(shared, _, shorter)| *shared > 0 && 2 * shared >= *shorter)
                .max()
                .map(|(_, id, _)| id)
        };
        found
            .iter()
            .map(|line| Told {
                stands_for: line["renderings"].as_array().into_iter().flatten().map(stands_for).collect(),
                differs: strings(&line["differs"]),
            })
            .collect()
    }

    /// The gold statement of which it holds most renderings, two at least.
    fn matches(&self) -> Option<usize> {
        let ids: BTreeSet<Id> = self.stands_for.iter().flatten().copied().collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        ids.iter().for_each(|(statement, _)| *counts.entry(*statement).or_default() += 1);
        let best = counts.into_iter().filter(|(_, n)| *n >= 2).max_by_key(|(k, n)| (*n, usize::MAX - k));
        best.map(|(statement, _)| statement)
    }
}

/// Precision, recall and F1 of the types of difference (over the statements that match a gold one, all types together
/// and each by itself), recall and precision of links within one article, and the part of the links between articles
/// whose two ends were found as quotes.
pub fn score(gold: &Gold, told: &[Told]) -> Scores {
    let mut scores = differences(&gold.statements, told);
    let within = |x: &Id, y: &Id| article(gold, *x) == article(gold, *y);
    let links =
        |keep: &dyn Fn(&Id, &Id) -> bool, groups: &mut dyn Iterator<Item = Vec<Id>>| -> BTreeSet<(Id, Id)> {
            let mut links = BTreeSet::new();
            for ids in groups {
                for (at, x) in ids.iter().enumerate() {
                    for y in ids[at + 1..].iter().filter(|y| x != *y && keep(x, y)) {
                        links.insert((*x.min(y), *x.max(y)));
                    }
                }
            }
            links
        };
    let all_gold =
        || gold.statements.iter().enumerate().map(|(k, s)| (0..s.renderings.len()).map(|r| (k, r)).collect());
    let all_told = || told.iter().map(|t| t.stands_for.iter().flatten().copied().collect());
    let gold_within = links(&within, &mut all_gold());
    let told_within = links(&within, &mut all_told());
    let right = gold_within.intersection(&told_within).count();
    scores.insert("within_recall".to_owned(), percent(right, gold_within.len()));
    scores.insert("within_precision".to_owned(), percent(right, told_within.len()));
    let found: BTreeSet<Id> = told.iter().flat_map(|t| t.stands_for.iter().flatten().copied()).collect();
    let across = links(&|x, y| !within(x, y), &mut all_gold());
    let reached = across.iter().filter(|(x, y)| found.contains(x) && found.contains(y)).count();
    scores.insert("links_with_both_ends_found".to_owned(), percent(reached, across.len()));
    scores
}

fn differences(gold: &[GoldStatement], told: &[Told]) -> Scores {
    let mut named: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for told in told {
        if let Some(statement) = told.matches() {
            named.entry(statement).or_default().extend(told.differs.iter().map(String::as_str));
        }
    }
    let types: BTreeSet<&str> = gold.iter().flat_map(|s| &s.differs).map(String::as_str).collect();
    let mut scores = Scores::new();
    let (mut all_right, mut all_named, mut all_gold) = (0, 0, 0);
    for kind in &types {
        let n_named = named.values().filter(|n| n.contains(kind)).count();
        let n_gold = named.keys().filter(|k| gold[**k].differs.contains(*kind)).count();
        let right =
            named.iter().filter(|(k, n)| n.contains(kind) && gold[**k].differs.contains(*kind)).count();
        scores.extend(three(&format!("differs_{kind}"), right, n_named, n_gold));
        (all_right, all_named, all_gold) = (all_right + right, all_named + n_named, all_gold + n_gold);
    }
    scores.extend(three("differs", all_right, all_named, all_gold));
    scores.insert("matched_n".to_owned(), named.len() as f64);
    scores
}

fn three(name: &str, right: usize, named: usize, gold: usize) -> [(String, f64); 3] {
    let f1 = percent(2 * right, named + gold);
    [
        (format!("{name}_precision"), percent(right, named)),
        (format!("{name}_recall"), percent(right, gold)),
        (format!("{name}_f1"), f1),
    ]
}

fn percent(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { 100.0 * part as f64 / of as f64 }
}

fn article(gold: &Gold, (statement, rendering): Id) -> &str {
    &gold.statements[statement].renderings[rendering].article
}

/// Every gold rendering of a text or headline with its letters.
type Places<'a> = BTreeMap<(&'a str, bool), Vec<(Id, BTreeSet<usize>)>>;

fn places(gold: &Gold) -> Places<'_> {
    let mut places: Places = BTreeMap::new();
    for (k, statement) in gold.statements.iter().enumerate() {
        for (at, rendering) in statement.renderings.iter().enumerate() {
            let text = gold.text(&rendering.article, rendering.in_title);
            let here = places.entry((&rendering.article, rendering.in_title)).or_default();
            here.push(((k, at), letters(text, &rendering.content)));
        }
    }
    places
}

/// The places of letters and digits within spans, in code points.
fn letters(text: &str, spans: &[(usize, usize)]) -> BTreeSet<usize> {
    let inside = |at: &usize| spans.iter().any(|(start, end)| (start..end).contains(&at));
    text.chars().enumerate().filter(|(at, c)| c.is_alphanumeric() && inside(at)).map(|(at, _)| at).collect()
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn types_count_over_matched_statements_and_articles_apart() {
        let gold = super::super::tests::gold();
        let found = [
            json!({"differs": ["verb", "number"], "renderings": [
                {"article": "a", "in": "text", "content": [[0, 20]]},
                {"article": "b", "in": "text", "content": [[23, 60]]},
            ]}),
            json!({"differs": ["wording"], "renderings": [{"article": "a", "in": "text", "content": [[40, 50]]}]}),
        ];
        let scores = score(&gold, &Told::read(&gold, &found));
        let of = |name: &str| scores[name];
        assert_eq!((of("differs_precision"), of("differs_recall")), (100.0, 50.0));
        assert_eq!(
            (of("matched_n"), of("within_recall"), of("links_with_both_ends_found")),
            (1.0, 0.0, 50.0)
        );
    }
}
