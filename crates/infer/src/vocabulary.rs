//! Which number for a term, and how rare is it? Terms as numbers, and document frequencies from elsewhere.

use crate::{Quick, term, tokens};
use std::collections::HashMap;

/// A table that is asked for every word of every text.
type Table<V> = HashMap<String, V, Quick>;

/// Numbers for terms, in the order in which they come.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Every written form met, with its term; `None` for stop words.
    forms: Table<Option<u32>>,
    numbers: Table<u32>,
    names: Vec<String>,
    /// The first written form of each term, for people.
    shown: Vec<String>,
}

impl Vocabulary {
    /// The number of a written word's term; `None` for a stop word.
    pub fn word(&mut self, word: &str) -> Option<u32> {
        if let Some(known) = self.forms.get(word) {
            return *known;
        }
        let number = term(word).map(|term| self.number(&term, word));
        self.forms.insert(word.to_owned(), number);
        number
    }

    /// The number of a term that is given as it is; `shown` is how people see it.
    pub fn number(&mut self, term: &str, shown: &str) -> u32 {
        if let Some(number) = self.numbers.get(term) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(term.to_owned(), number);
        self.names.push(term.to_owned());
        self.shown.push(shown.to_owned());
        number
    }

    /// The terms of a text's words in order, stop words left out.
    pub fn terms(&mut self, text: &str) -> Vec<u32> {
        tokens(text).filter_map(|token| self.word(token.word)).collect()
    }

    /// How many terms there are: numbers run from 0 below it.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no term has come.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The term.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The first word that stood for the term.
    pub fn shown(&self, number: u32) -> &str {
        self.shown.get(number as usize).map_or("", String::as_str)
    }
}

/// Document frequencies of terms in texts from elsewhere, so that few texts too can tell rare words from common ones.
#[derive(Clone, Debug, Default)]
pub struct Background {
    n_texts: f32,
    counts: Table<f32>,
}

impl Background {
    /// Reads lines of `term<TAB>texts`; the line `=texts<TAB>n` gives the number of texts, `#` opens a comment.
    /// Lines that cannot be read are left out.
    pub fn parse(table: &str) -> Background {
        let mut background = Background::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((term, count)) = line.split_once('\t') else { continue };
            let Ok(count) = count.trim().parse::<f32>() else { continue };
            match term {
                "=texts" => background.n_texts = count,
                term => {
                    background.counts.insert(term.to_owned(), count);
                }
            }
        }
        background
    }

    /// Inverse document frequency of every term of `vocabulary`: ln((n + N + 1) / (df + DF + ½)), capitals for the
    /// background, which counts as if it had `as_many` texts. A term in fewer than `least` texts counts as in that many:
    /// what stands in one text only says little, however rare.
    pub fn idf(
        &self,
        vocabulary: &Vocabulary,
        df: &[u32],
        n_texts: usize,
        as_many: f32,
        least: f32,
    ) -> Vec<f32> {
        let scale = if self.n_texts > 0.0 { as_many / self.n_texts } else { 0.0 };
        let n = n_texts as f32 + scale * self.n_texts + 1.0;
        (0..vocabulary.len())
            .map(|number| {
                let elsewhere = self.counts.get(vocabulary.name(number as u32)).copied().unwrap_or(0.0);
                let df = df.get(number).map_or(0.0, |df| *df as f32);
                (n / ((df + scale * elsewhere).max(least) + 0.5)).ln().max(0.0)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_number() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.terms("Talks about talking, to the talk")[..], [0, 0, 0]);
        assert_eq!(vocabulary.shown(0), "Talks");
    }

    #[test]
    fn the_background_makes_common_words_light() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.terms("treaty people");
        let background = Background::parse("# made up\n=texts\t100\npeopl\t50\nbroken line\n");
        let idf = background.idf(&vocabulary, &[1, 1], 2, 100.0, 1.0);
        assert!(idf[0] > idf[1]);
    }
}
