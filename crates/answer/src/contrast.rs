//! Which words does each outlet use for the same thing? From a list that the user can edit, shown in their sentences.
//!
//! Nothing is counted up or judged: what is shown is that two reports of one story use two words of one line of the list
//! in sentences that share more than these words. What no list has, [`crate::aligned`] finds.

use crate::near::{sentences, term, terms, tokens};
use crate::shelf::Shelved;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// One thing for which the reports of a story use several words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContrastView {
    /// What the list calls it; the words themselves where they were found by alignment.
    pub concept: String,
    /// `list`, or `alignment`: sentences that are the same but for these words.
    pub found: &'static str,
    /// The words that are used, in the list's order; two at least, each by an article that is near to one with another.
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

/// One article's use of a word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContrastUse {
    /// The article, `a12`.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// How often it stands in headline and text.
    pub times: usize,
    /// The sentence of that use which is nearest to another article's with another word.
    pub sentence: String,
    /// Whether the word stands inside quotation marks there: then it is the speaker's.
    pub in_marks: bool,
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

/// Places of one word in one article that are looked at.
const PLACES: usize = 6;

/// Places of one thing that are held against one another.
const HELD: usize = 300;

/// Terms that two sentences must share beside the words themselves, and the part of the lighter one's terms: what
/// they speak of is then the same thing more often than not. Set by hand on the sample and on stories of statements dev.
const SHARED: usize = 2;
const SHARE: f32 = 0.2;

/// Words on either side of a word that stand near it; two uses share one of them at least.
const BESIDE: usize = 6;

/// One place of a listed word.
struct Use<'a> {
    article: usize,
    word: usize,
    sentence: &'a str,
    in_marks: bool,
    /// Terms of the sentence, without those of the list's line.
    terms: BTreeSet<String>,
    /// Those of them that stand near the word.
    beside: BTreeSet<String>,
}

/// The things for which the articles use several words.
pub(crate) fn contrasts(list: &Contrasts, articles: &[Rc<Shelved>]) -> Vec<ContrastView> {
    let mut of_form: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (concept, (_, words)) in list.concepts.iter().enumerate() {
        for (word, forms) in words.iter().enumerate() {
            forms.iter().for_each(|form| of_form.entry(form).or_default().push((concept, word)));
        }
    }
    let mut uses: BTreeMap<usize, Vec<Use>> = BTreeMap::new();
    let mut times: BTreeMap<(usize, usize, usize), usize> = BTreeMap::new();
    for (article, shelved) in articles.iter().enumerate() {
        let small: BTreeSet<String> = tokens(shelved.article().text())
            .into_iter()
            .filter(|(_, word)| word.starts_with(char::is_lowercase))
            .map(|(_, word)| word.to_owned())
            .collect();
        for text in [shelved.article().headline(), shelved.article().text()] {
            for span in sentences(text) {
                let sentence = span.slice(text);
                let tokens = tokens(sentence);
                for (idx, (at, word)) in tokens.iter().enumerate() {
                    let folded = word.to_lowercase();
                    let Some(keys) = of_form.get(folded.as_str()) else { continue };
                    // A capital may make a name of it, or a month, unless the article has the word without one.
                    if word.starts_with(char::is_uppercase) && !small.contains(&folded) {
                        continue;
                    }
                    for (concept, word) in keys {
                        let n = times.entry((*concept, *word, article)).or_default();
                        *n += 1;
                        let found = uses.entry(*concept).or_default();
                        if *n <= PLACES && found.len() < HELD {
                            let in_marks = in_marks(text, span.start() + at);
                            let near =
                                &tokens[idx.saturating_sub(BESIDE)..tokens.len().min(idx + BESIDE + 1)];
                            let beside = near.iter().filter_map(|(_, word)| term(word)).collect();
                            let terms = terms(sentence);
                            found.push(Use { article, word: *word, sentence, in_marks, terms, beside });
                        }
                    }
                }
            }
        }
    }
    let mut views = Vec::new();
    for (concept, mut found) in uses {
        let (name, words) = &list.concepts[concept];
        let own: BTreeSet<String> = words.iter().flatten().filter_map(|form| term(form)).collect();
        for one in &mut found {
            one.terms.retain(|term| !own.contains(term));
            one.beside.retain(|term| !own.contains(term));
        }
        let mut of_word: BTreeMap<usize, Vec<ContrastUse>> = BTreeMap::new();
        for ((word, article), one) in chosen(&found) {
            let view = articles[article].view();
            of_word.entry(word).or_default().push(ContrastUse {
                outlet: view.outlet_or_name(),
                article: view.id,
                times: times.get(&(concept, word, article)).copied().unwrap_or(1),
                sentence: clipped(one.sentence),
                in_marks: one.in_marks,
            });
        }
        let words: Vec<ContrastWord> = of_word
            .into_iter()
            .filter_map(|(word, uses)| Some(ContrastWord { word: words[word].first()?.clone(), uses }))
            .collect();
        if words.len() > 1 {
            views.push(ContrastView { concept: name.clone(), found: "list", words });
        }
    }
    views
}

/// A place with its rank: whether it stands outside quotation marks, and how near it is.
type Ranked<'f, 'a> = ((bool, f32), &'f Use<'a>);

/// For each word and article the place whose sentence is nearest to one in which another article has another word for
/// the thing; words outside quotation marks first, as those in them are the speaker's. Those without such a pair are
/// left out.
fn chosen<'f, 'a>(uses: &'f [Use<'a>]) -> BTreeMap<(usize, usize), &'f Use<'a>> {
    let mut best: BTreeMap<(usize, usize), Ranked> = BTreeMap::new();
    for this in uses {
        for other in uses.iter().filter(|other| other.article != this.article && other.word != this.word) {
            let shared = this.terms.intersection(&other.terms).count();
            let share = shared as f32 / this.terms.len().min(other.terms.len()).max(1) as f32;
            let apart = this.beside.is_disjoint(&other.beside) || this.sentence == other.sentence;
            if shared < SHARED || share < SHARE || apart {
                continue;
            }
            let rank = (!this.in_marks, share);
            let entry = best.entry((this.word, this.article)).or_insert((rank, this));
            if rank > entry.0 {
                *entry = (rank, this);
            }
        }
    }
    best.into_iter().map(|(key, (_, one))| (key, one)).collect()
}

/// Whether a place stands inside quotation marks, as far as its paragraph tells.
pub(crate) fn in_marks(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |idx| idx + 1);
    let mut open = false;
    for c in text[start..at].chars() {
        match c {
            '“' | '«' | '„' => open = true,
            '”' | '»' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open
}

/// The longest sentence that is shown, in characters.
const SENTENCE_MAX: usize = 240;

/// A sentence, cut where it is very long.
pub(crate) fn clipped(sentence: &str) -> String {
    match sentence.char_indices().nth(SENTENCE_MAX) {
        Some((cut, _)) => format!("{}…", sentence[..cut].trim_end()),
        None => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn words_in_marks_are_told_from_the_outlets_own() {
        let text = "Crews freed “the captives” of the ferry.\nThe \"hostages\" left.";
        let at = |word: &str| in_marks(text, text.find(word).unwrap());
        assert!(at("captives") && at("hostages") && !at("ferry") && !at("left"));
    }
}
