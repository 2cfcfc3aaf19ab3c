//! Which words stand in one another's place? Two outlets' sentences that are the same but for a word or two.
//!
//! Sentences of a story that share most of their words are laid side by side; where between the same words on both sides
//! the one has one word and the other another, the two are words for one thing, or what was edited. They are shown in
//! their sentences, without a score or a label.

use crate::contrast::{ContrastUse, ContrastView, ContrastWord, clipped, in_marks};
use crate::near::{sentences, term, tokens};
use crate::shelf::Shelved;
use onrecord_terms::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Part of the lighter sentence's terms that the other must hold for the two to be laid side by side.
const SHARE: f32 = 0.6;

/// Terms of a sentence that is compared at all.
const LEAST: usize = 4;

/// A term that stands in more sentences than this leads to no pair.
const COMMON: usize = 60;

/// Words that may stand in the place of one another: a word, or an adjective with its noun.
const REPLACED: usize = 2;

/// Pairs of words that are shown.
const SHOWN: usize = 20;

struct Sentence<'a> {
    article: usize,
    text: &'a str,
    span: Span,
    words: Vec<(usize, &'a str)>,
    terms: BTreeSet<String>,
}

impl Sentence<'_> {
    fn words_at(&self, from: usize, to: usize) -> &str {
        let (first, last) = (self.words[from], self.words[to - 1]);
        &self.span.slice(self.text)[first.0..last.0 + last.1.len()]
    }
}

/// Words that stand in one another's place in sentences of two outlets, in order of appearance.
pub(crate) fn aligned(articles: &[Rc<Shelved>]) -> Vec<ContrastView> {
    let mut all: Vec<Sentence> = Vec::new();
    for (article, shelved) in articles.iter().enumerate() {
        let text = shelved.article().text();
        for span in sentences(text) {
            let words = tokens(span.slice(text));
            let terms: BTreeSet<String> = words.iter().filter_map(|(_, word)| term(word)).collect();
            if terms.len() >= LEAST {
                all.push(Sentence { article, text, span, words, terms });
            }
        }
    }
    let mut views: Vec<ContrastView> = Vec::new();
    let mut seen: BTreeSet<[String; 2]> = BTreeSet::new();
    for (a, b) in pairs(&all, articles) {
        let (this, other) = (&all[a], &all[b]);
        for (mine, theirs) in replaced(this, other) {
            let sides = [(this, mine), (other, theirs)];
            let words = sides.map(|(sentence, (from, to))| sentence.words_at(from, to).to_lowercase());
            let mut key = words.clone();
            key.sort();
            if views.len() >= SHOWN || !seen.insert(key) {
                continue;
            }
            let words = sides.map(|(sentence, (from, to))| {
                let view = articles[sentence.article].view();
                let at = sentence.span.start() + sentence.words[from].0;
                ContrastWord {
                    word: sentence.words_at(from, to).to_owned(),
                    uses: vec![ContrastUse {
                        outlet: view.outlet_or_name(),
                        article: view.id,
                        times: 1,
                        sentence: clipped(sentence.span.slice(sentence.text)),
                        in_marks: in_marks(sentence.text, at),
                    }],
                }
            });
            let concept = format!("{} / {}", words[0].word, words[1].word);
            views.push(ContrastView { concept, found: "alignment", words: words.to_vec() });
        }
    }
    views
}

/// Sentences of two outlets that share most of their terms, each with its nearest in each other article.
fn pairs(all: &[Sentence], articles: &[Rc<Shelved>]) -> BTreeSet<(usize, usize)> {
    let mut postings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, sentence) in all.iter().enumerate() {
        sentence.terms.iter().for_each(|term| postings.entry(term).or_default().push(idx));
    }
    let outlets: Vec<String> = articles.iter().map(|shelved| shelved.view().outlet_or_name()).collect();
    let mut found = BTreeSet::new();
    for (idx, sentence) in all.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let lists = sentence.terms.iter().filter_map(|term| postings.get(term.as_str()));
        for other in lists.filter(|posting| posting.len() <= COMMON).flatten() {
            if outlets[all[*other].article] != outlets[sentence.article] {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let mut nearest: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (other, n) in shared {
            let of = sentence.terms.len().min(all[other].terms.len());
            let entry = nearest.entry(all[other].article).or_insert((0, other));
            if n as f32 >= SHARE * of as f32 && n > entry.0 {
                *entry = (n, other);
            }
        }
        let near = nearest.into_values().filter(|(n, _)| *n > 0);
        found.extend(near.map(|(_, other)| (idx.min(other), idx.max(other))));
    }
    found
}

/// A stretch of words, by first and one past the last.
type Stretch = (usize, usize);

/// Stretches that stand in one another's place: the words before and after are the same in both sentences, one of them
/// tells something, and neither stretch is another form of the other, a name, a figure or a word that every text has.
fn replaced(a: &Sentence, b: &Sentence) -> Vec<(Stretch, Stretch)> {
    let lower = |sentence: &Sentence| -> Vec<String> {
        sentence.words.iter().map(|(_, word)| word.to_lowercase().replace('’', "'")).collect()
    };
    let (x, y) = (lower(a), lower(b));
    let matched = matched(&x, &y);
    let mut found = Vec::new();
    for pair in matched.windows(2) {
        let ((i, j), (k, l)) = (pair[0], pair[1]);
        let (mine, theirs) = ((i + 1, k), (j + 1, l));
        let sizes = [mine.1 - mine.0, theirs.1 - theirs.0];
        if sizes.contains(&0) || sizes.iter().any(|size| *size > REPLACED) {
            continue;
        }
        // Two words of which one tells something, before and after together.
        let anchors = [i.checked_sub(1), Some(i), Some(k), Some(k + 1)];
        let is_same = |at: usize| matched.iter().any(|(mine, _)| *mine == at);
        let telling = anchors.iter().flatten().filter(|at| is_same(**at));
        if telling.filter_map(|at| term(x.get(*at)?)).count() < 1 {
            continue;
        }
        let tells = |sentence: &Sentence, (from, to): Stretch| {
            let own = |word: &str| word.starts_with(char::is_lowercase) && term(word).is_some();
            let last = sentence.words[to - 1].1;
            last.chars().count() > 3 && sentence.words[from..to].iter().all(|(_, word)| own(word))
        };
        let (p, q) = (&x[mine.1 - 1], &y[theirs.1 - 1]);
        if tells(a, mine) && tells(b, theirs) && !is_form(p, q) {
            found.push((mine, theirs));
        }
    }
    found
}

/// Whether two words are forms or spellings of one another.
fn is_form(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let plain = |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect() };
    common >= 4 || plain(a) == plain(b) || (common >= 3 && a.len().min(b.len()) <= 4)
}

/// The longest common sequence of two lists of words, as pairs of places.
fn matched(x: &[String], y: &[String]) -> Vec<(usize, usize)> {
    const WORDS_READ: usize = 80;
    let (x, y) = (&x[..x.len().min(WORDS_READ)], &y[..y.len().min(WORDS_READ)]);
    let mut table = vec![vec![0u16; y.len() + 1]; x.len() + 1];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            table[i][j] = match x[i] == y[j] {
                true => table[i + 1][j + 1] + 1,
                false => table[i + 1][j].max(table[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[i + 1][j] >= table[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str) -> Vec<(String, String)> {
        let read = |text| {
            let words = tokens(text);
            let terms = words.iter().filter_map(|(_, word)| term(word)).collect();
            let span = Span::new(text, 0, text.len()).unwrap();
            Sentence { article: 0, text, span, words, terms }
        };
        let (a, b) = (read(a), read(b));
        let words = |s: &Sentence, at: Stretch| s.words_at(at.0, at.1).to_owned();
        replaced(&a, &b).into_iter().map(|(p, q)| (words(&a, p), words(&b, q))).collect()
    }

    #[test]
    fn a_word_in_the_place_of_another_is_found() {
        let found = check(
            "Crews brought the rescued sailors to the harbour on Monday.",
            "Crews brought the rescued castaways to the harbour, a clerk said.",
        );
        assert_eq!(found, [("sailors".to_owned(), "castaways".to_owned())]);
    }

    #[test]
    fn forms_names_and_figures_are_no_contrast() {
        assert!(check("The ferry leaves the harbour today.", "The ferry left the harbour today.").len() < 2);
        assert!(check("The mayor visited Ardenia twice.", "The mayor visited Tessovia twice.").is_empty());
        assert!(check("The dam holds 300 tonnes now.", "The dam holds 200 tonnes now.").is_empty());
        assert!(check("They inspect the old pier.", "They inspected the old pier.").is_empty());
    }
}
