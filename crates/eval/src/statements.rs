//! Is one statement found wherever it is told, and are its differences named? Reads the gold of `data/statements`.
//!
//! [`Gold`] is what annotators marked, with every rendering's place in its article. `quotes` hands the renderings to the
//! program as if its own quote finder had found them; `scoring` holds what the program gives against the gold.

mod quotes;
mod scoring;

pub use quotes::with_gold_quotes;
pub use scoring::{Told, score};

use crate::Error;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// One rendering of a gold statement, as code points into its article's text or headline.
#[derive(Debug, Clone)]
pub struct GoldRendering {
    /// The article's id.
    pub article: String,
    /// Whether it stands in the headline.
    pub in_title: bool,
    /// direct, mixed or indirect.
    pub kind: String,
    /// The words of the cue, if any.
    pub cue: Option<String>,
    /// `[start, end)` in code points, in order.
    pub content: Vec<(usize, usize)>,
}

/// One gold statement.
#[derive(Debug, Clone)]
pub struct GoldStatement {
    /// Who speaks, as the annotators name them.
    pub speaker: String,
    /// Its renderings.
    pub renderings: Vec<GoldRendering>,
    /// The types of difference between them.
    pub differs: BTreeSet<String>,
}

/// The articles and the statements told in them.
#[derive(Debug)]
pub struct Gold {
    /// Lines of articles as they are, by id.
    pub articles: BTreeMap<String, Value>,
    /// Ids in the order of the file.
    pub order: Vec<String>,
    /// Every statement; renderings whose words are not found are left out.
    pub statements: Vec<GoldStatement>,
}

impl Gold {
    /// Reads `dev.jsonl` and `articles-dev.jsonl`.
    ///
    /// # Errors
    /// If a file cannot be read or a line is no JSON.
    pub fn read(statements: &Path, articles: &Path) -> Result<Gold, Error> {
        let mut gold = Gold { articles: BTreeMap::new(), order: Vec::new(), statements: Vec::new() };
        for line in lines(articles)? {
            let id = line["id"].as_str().unwrap_or_default().to_owned();
            gold.order.push(id.clone());
            gold.articles.insert(id, line);
        }
        for line in lines(statements)? {
            let renderings = line["renderings"].as_array().into_iter().flatten();
            let renderings = renderings.filter_map(|r| gold.rendering(r)).collect();
            let differs = line["differs"].as_array().into_iter().flatten();
            gold.statements.push(GoldStatement {
                speaker: line["speaker"].as_str().unwrap_or_default().to_owned(),
                renderings,
                differs: differs.filter_map(Value::as_str).map(str::to_owned).collect(),
            });
        }
        Ok(gold)
    }

    /// The text or headline of an article.
    pub fn text(&self, article: &str, in_title: bool) -> &str {
        let key = if in_title { "title" } else { "text" };
        self.articles.get(article).and_then(|line| line[key].as_str()).unwrap_or_default()
    }

    fn rendering(&self, value: &Value) -> Option<GoldRendering> {
        let article = value["article"].as_str()?.to_owned();
        let in_title = value["in_title"].as_bool().unwrap_or(false);
        let text = self.text(&article, in_title);
        let parts: Vec<&str> = match &value["words"] {
            Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect(),
            words => words.as_str().into_iter().collect(),
        };
        let place = |part: &&str| {
            let at = text.find(part)?;
            let start = text[..at].chars().count();
            Some((start, start + part.chars().count()))
        };
        let mut content: Vec<(usize, usize)> = parts.iter().filter_map(place).collect();
        content.sort_unstable();
        let kind = value["kind"].as_str().unwrap_or("indirect").to_owned();
        let cue = value["cue"].as_str().map(str::to_owned);
        (!content.is_empty()).then_some(GoldRendering { article, in_title, kind, cue, content })
    }
}

/// The lines of a file, each read as JSON.
///
/// # Errors
/// If the file cannot be read or a line is no JSON.
pub fn lines(path: &Path) -> Result<Vec<Value>, Error> {
    let text = fs::read_to_string(path).map_err(|e| Error::new(path.display(), e))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|e| Error::new(path.display(), e))).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    /// Two reports of one demand, one of them with it in the headline as well.
    pub(crate) fn gold() -> Gold {
        let articles = [
            json!({"id": "a", "title": "Ruiz: pier to close", "text": "“The pier must close,” Ana Ruiz said. Ivo Lund said nothing."}),
            json!({"id": "b", "title": "Pier", "text": "Ana Ruiz demanded that the pier should close by the ninth of May."}),
        ];
        let mut gold = Gold { articles: BTreeMap::new(), order: Vec::new(), statements: Vec::new() };
        for line in articles {
            let id = line["id"].as_str().unwrap().to_owned();
            gold.order.push(id.clone());
            gold.articles.insert(id, line);
        }
        let renderings = [
            json!({"article": "a", "kind": "direct", "words": "“The pier must close,”", "cue": "Ana Ruiz said"}),
            json!({"article": "a", "kind": "indirect", "in_title": true, "words": "pier to close", "cue": null}),
            json!({"article": "b", "kind": "indirect", "words": ["the pier should close"], "cue": "demanded that"}),
            json!({"article": "b", "kind": "indirect", "words": "not there", "cue": null}),
        ];
        gold.statements.push(GoldStatement {
            speaker: "Ana Ruiz".to_owned(),
            renderings: renderings.iter().filter_map(|r| gold.rendering(r)).collect(),
            differs: ["verb", "scope"].map(str::to_owned).into(),
        });
        gold
    }

    #[test]
    fn words_are_placed_in_code_points_and_missing_ones_left_out() {
        let gold = gold();
        let places: Vec<_> = gold.statements[0].renderings.iter().map(|r| r.content.clone()).collect();
        assert_eq!(places, [vec![(0, 22)], vec![(6, 19)], vec![(23, 44)]]);
    }
}
