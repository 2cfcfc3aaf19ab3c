//! Which words does each outlet use for the same thing? From a list that the user can edit, shown in their sentences.
//!
//! Nothing is counted up or judged: what is shown is that two reports of one story use two words of one line of the list.

use crate::shelf::Shelved;
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// One thing for which the reports of a story use several words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContrastView {
    /// What the list calls it.
    pub concept: String,
    /// The words that are used, in the list's order; two at least, not all by the same articles.
    pub words: Vec<ContrastWord>,
}

/// One word and who uses it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContrastWord {
    /// The word in the form that the list gives first.
    pub word: String,
    /// The articles that use it, in order of publication.
    pub uses: Vec<ContrastUse>,
}

/// One article's first use of a word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContrastUse {
    /// The article, `a12`.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// How often it stands in headline and text.
    pub times: usize,
    /// The sentence or line of its first use.
    pub sentence: String,
}

/// Words for the same things.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contrasts {
    /// Concept, and its words with all their forms in small letters, the form that is shown first.
    concepts: Vec<(String, Vec<Vec<String>>)>,
}

impl Contrasts {
    /// The list that comes with the program.
    pub fn built_in() -> Contrasts {
        Contrasts::parse(include_str!("../data/contrasts.tsv"))
    }

    /// Lines of a concept and two or more words, parted by tabs; other forms of a word after a slash; `#` opens a comment.
    ///
    /// ```
    /// let list = onrecord_answer::Contrasts::parse("a boat\tferry/ferries\tship/ships");
    /// assert_eq!(list.len(), 1);
    /// ```
    pub fn parse(text: &str) -> Contrasts {
        let concepts = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t').map(str::trim);
            let concept = cells.next()?.to_owned();
            let forms = |cell: &str| -> Vec<String> {
                cell.split('/')
                    .map(|form| form.trim().to_lowercase())
                    .filter(|form| !form.is_empty())
                    .collect()
            };
            let words: Vec<Vec<String>> = cells.map(forms).filter(|forms| !forms.is_empty()).collect();
            (words.len() > 1).then_some((concept, words))
        });
        Contrasts { concepts: concepts.collect() }
    }

    /// How many things it has words for.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }
}

/// The things for which the articles use several words.
pub(crate) fn contrasts(list: &Contrasts, articles: &[Rc<Shelved>]) -> Vec<ContrastView> {
    let mut of_form: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (concept, (_, words)) in list.concepts.iter().enumerate() {
        for (word, forms) in words.iter().enumerate() {
            forms.iter().for_each(|form| of_form.entry(form).or_default().push((concept, word)));
        }
    }
    let mut uses: BTreeMap<(usize, usize), Vec<ContrastUse>> = BTreeMap::new();
    for shelved in articles {
        let view = shelved.view();
        let mut found: BTreeMap<(usize, usize), ContrastUse> = BTreeMap::new();
        for text in [shelved.article().headline(), shelved.article().text()] {
            for (at, word) in words(text) {
                for key in of_form.get(word.to_lowercase().as_str()).into_iter().flatten() {
                    let first = || ContrastUse {
                        article: view.id.clone(),
                        outlet: view.outlet_or_name(),
                        times: 0,
                        sentence: sentence(text, at),
                    };
                    found.entry(*key).or_insert_with(first).times += 1;
                }
            }
        }
        found.into_iter().for_each(|(key, found)| uses.entry(key).or_default().push(found));
    }
    let view = |(idx, (concept, words)): (usize, &(String, Vec<Vec<String>>))| {
        let words: Vec<ContrastWord> = words
            .iter()
            .enumerate()
            .filter_map(|(word, forms)| Some((forms.first()?.clone(), uses.remove(&(idx, word))?)))
            .map(|(word, uses)| ContrastWord { word, uses })
            .collect();
        let who =
            |word: &ContrastWord| -> Vec<String> { word.uses.iter().map(|u| u.article.clone()).collect() };
        let all_alike = words.windows(2).all(|pair| who(&pair[0]) == who(&pair[1]));
        (words.len() > 1 && !all_alike).then(|| ContrastView { concept: concept.clone(), words })
    };
    list.concepts.iter().enumerate().filter_map(view).collect()
}

/// The words of a text with their places; a hyphen within a word belongs to it.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| !(c.is_alphanumeric() || c == '-');
    text.split(part)
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The longest sentence that is shown, in characters.
const SENTENCE_MAX: usize = 240;

/// The sentence or line around a place, cut where it is very long.
fn sentence(text: &str, at: usize) -> String {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let start = text[..at].char_indices().rev().find(|(idx, c)| {
        *c == '\n' || (ends(*c) && text[idx + c.len_utf8()..].starts_with(char::is_whitespace))
    });
    let start = start.map_or(0, |(idx, c)| idx + c.len_utf8());
    let end = text[at..].char_indices().find(|(idx, c)| {
        let after = &text[at + idx + c.len_utf8()..];
        *c == '\n' || (ends(*c) && (after.is_empty() || after.starts_with([' ', '\n', '”', '"'])))
    });
    let end = end.map_or(text.len(), |(idx, c)| at + idx + if c == '\n' { 0 } else { c.len_utf8() });
    let whole = text[start..end].trim();
    match whole.char_indices().nth(SENTENCE_MAX) {
        Some((cut, _)) => format!("{}…", whole[..cut].trim_end()),
        None => whole.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_words_for_each_concept_and_no_word_twice_in_one() {
        let list = Contrasts::built_in();
        assert!(list.len() > 5);
        for (concept, words) in &list.concepts {
            let mut seen = BTreeSet::new();
            assert!(words.iter().flatten().all(|form| seen.insert(form)), "{concept}");
        }
        assert!(include_str!("../data/contrasts.tsv").contains("# source:"));
    }

    #[test]
    fn a_word_is_shown_in_its_sentence() {
        let text = "The pier shut. Crews freed 3.5 tonnes of fish, the asylum-seekers said. Night fell.";
        let (at, _) = words(text).find(|(_, word)| *word == "asylum-seekers").unwrap();
        assert_eq!(sentence(text, at), "Crews freed 3.5 tonnes of fish, the asylum-seekers said.");
        assert_eq!(sentence("no stop here", 3), "no stop here");
    }
}
