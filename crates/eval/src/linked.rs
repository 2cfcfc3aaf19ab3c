//! Do the seeds' reports stand in the right stories, and are the statements that two of them tell found as one?
//!
//! Read from `seeds/gold.json`: `stories`, lists of ids; `same_statement`, each with `members`, the words of a report.

use crate::Error;
use crate::scores::Scores;
use crate::statements::lines;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Words of fewer letters and digits are too little to stand for those of the gold.
const LEAST: usize = 10;

/// How many pairs of reports are together or apart as the gold has them (`stories_pairs_n`), and how many of its same
/// statements are told as one (`same_statement_n`).
///
/// # Errors
/// If a file is missing or is not what its stage gives.
pub fn score(gold: &Path, articles: &Path, stories: &Path, statements: &Path) -> Result<Scores, Error> {
    let text = std::fs::read_to_string(gold).map_err(|e| Error::new(gold.display(), e))?;
    let gold: Value = serde_json::from_str(&text).map_err(|e| Error::new(gold.display(), e))?;
    let articles: BTreeMap<String, Value> =
        lines(articles)?.into_iter().map(|line| (name(&line["id"]), line)).collect();
    let placed: BTreeMap<String, String> =
        lines(stories)?.iter().map(|line| (name(&line["id"]), name(&line["story"]))).collect();
    let told = lines(statements)?;
    let mut scores = Scores::new();
    scores.insert("stories_pairs_n".to_owned(), pairs(&gold["stories"], &placed) as f64);
    let same = list(&gold["same_statement"]);
    let found = same.iter().filter(|one| told.iter().any(|told| tells(told, &one["members"], &articles)));
    scores.insert("same_statement_n".to_owned(), found.count() as f64);
    Ok(scores)
}

/// Pairs of reports that are in one story, or in two, as the gold has them.
fn pairs(stories: &Value, placed: &BTreeMap<String, String>) -> usize {
    let gold: Vec<(usize, String)> = list(stories)
        .iter()
        .enumerate()
        .flat_map(|(story, ids)| list(ids).iter().map(move |id| (story, name(id))))
        .collect();
    let mut right = 0;
    for (idx, (story, id)) in gold.iter().enumerate() {
        for (other_story, other) in &gold[..idx] {
            let (Some(here), Some(there)) = (placed.get(id), placed.get(other)) else { continue };
            right += usize::from((story == other_story) == (here == there));
        }
    }
    right
}

/// Whether a statement has a rendering with the words of each member.
fn tells(statement: &Value, members: &Value, articles: &BTreeMap<String, Value>) -> bool {
    list(members).iter().all(|member| {
        let words = flat(&name(&member[1]));
        list(&statement["renderings"]).iter().any(|rendering| {
            let Some(article) = articles.get(&name(&member[0])) else { return false };
            let place = rendering["in"].as_str().unwrap_or("text");
            let text: Vec<char> = article[place].as_str().unwrap_or_default().chars().collect();
            let spans = list(&rendering["content"]).iter().filter_map(|span| {
                let at = |side: usize| span[side].as_u64().map(|at| at as usize);
                text.get(at(0)?..at(1)?).map(|part| part.iter().collect::<String>())
            });
            let told = flat(&spans.collect::<String>());
            let same = told.contains(&words) || told.len() > LEAST && words.contains(&told);
            rendering["article"] == article["id"] && same
        })
    })
}

/// Letters and digits alone, in small letters.
fn flat(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn name(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pairs_count_together_and_apart() {
        let placed = |stories: [&str; 3]| {
            ["a", "b", "c"]
                .iter()
                .zip(stories)
                .map(|(id, story)| ((*id).to_owned(), story.to_owned()))
                .collect()
        };
        let gold = json!([["a", "b"], ["c"]]);
        assert_eq!(pairs(&gold, &placed(["a", "a", "c"])), 3);
        assert_eq!(pairs(&gold, &placed(["a", "b", "c"])), 2);
        assert_eq!(pairs(&gold, &placed(["a", "a", "a"])), 1);
    }

    #[test]
    fn a_statement_tells_what_all_members_say() {
        let articles = ["a", "b"]
            .map(|id| (id.to_owned(), json!({"id": id, "text": "The ferry sails in May, Ruiz said."})))
            .into_iter()
            .collect();
        let rendering = |id: &str| json!({"article": id, "in": "text", "content": [[0, 22]]});
        let members = json!([["a", "ferry sails in May"], ["b", "The ferry sails in May"]]);
        let both = json!({"renderings": [rendering("a"), rendering("b")]});
        assert!(tells(&both, &members, &articles));
        let one = json!({"renderings": [rendering("a")]});
        assert!(!tells(&one, &members, &articles));
    }
}
