//! Does one report read as another of its story rewritten? By short runs, words and facts, outside quotations.
//!
//! A rewrite keeps the facts and most words in other sentences. The bounds were set with reuse-pairs dev and our own pairs in
//! sight (`training/linking/README.md`): of 30 derived reports two share less than is asked, of 75 others two as much.

use super::{facts, own_words};
use crate::Quoted;
use onrecord_infer::{is_stop, run_hash, word_hash};
use std::collections::BTreeMap;

/// Runs of five words that two reports share, so that it is asked at all.
pub(super) const LEAST_RUNS: usize = 4;
/// Least part of the smaller one's runs of three words that the other has.
const THREES: f32 = 0.2;
/// Least sum of that part, twice, and of the parts of its content words and of its names and figures: a report that keeps
/// fewer of the runs must keep more of the words and facts.
const TOGETHER: f32 = 1.9;
/// Content words below which a report is too short to tell.
const SHORT: usize = 25;

/// What is compared of one article, each list ascending and each entry once.
struct Digest {
    threes: Vec<u64>,
    words: Vec<u64>,
    facts: Vec<u64>,
}

/// The digests that may be asked for again, by position of the article.
#[derive(Default)]
pub(super) struct Digests(BTreeMap<usize, Digest>);

impl Digests {
    /// Pairs come in order: what stands before `a` is not asked for again.
    ///
    /// How much one of two articles keeps of the other, where it reads as the other rewritten.
    pub(super) fn rewritten(&mut self, articles: &[Quoted], a: usize, b: usize) -> Option<f32> {
        while self.0.first_key_value().is_some_and(|(first, _)| *first < a) {
            self.0.pop_first();
        }
        for idx in [a, b] {
            self.0.entry(idx).or_insert_with(|| Digest::read(&articles[idx]));
        }
        let (x, y) = (self.0.get(&a)?, self.0.get(&b)?);
        let threes = contained(&x.threes, &y.threes);
        let kept = 2.0 * threes + contained(&x.words, &y.words) + contained(&x.facts, &y.facts);
        let long = x.words.len().min(y.words.len()) >= SHORT;
        (long && threes >= THREES && kept >= TOGETHER).then_some(kept)
    }
}

impl Digest {
    fn read((article, quotes): &Quoted) -> Digest {
        // A word as its hash, and whether it says something.
        let read = |word: &str| {
            let folded = onrecord_infer::fold(word);
            (word_hash(&folded), folded.len() > 2 && !is_stop(&folded))
        };
        let stretches = own_words(article, quotes, read);
        let hashes = |run: &[(u64, bool)]| run_hash(&[run[0].0, run[1].0, run[2].0]);
        let threes = stretches.iter().flat_map(|(words, _)| words.windows(3).map(hashes));
        let words = stretches.iter().flat_map(|(words, _)| words.iter().filter(|(_, content)| *content));
        Digest {
            threes: sorted(threes.collect()),
            words: sorted(words.map(|(hash, _)| *hash).collect()),
            facts: sorted(facts(article).iter().map(|fact| word_hash(fact)).collect()),
        }
    }
}

fn sorted(mut list: Vec<u64>) -> Vec<u64> {
    list.sort_unstable();
    list.dedup();
    list
}

/// How much of the smaller list lies in the other, 0.0 to 1.0.
fn contained(a: &[u64], b: &[u64]) -> f32 {
    onrecord_infer::containment(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Article, Body};

    #[test]
    fn other_sentences_of_the_same_facts_are_a_rewrite_and_another_report_is_none() {
        let articles: Vec<Quoted> = [
            "The port of Ostholm will close its northern pier for 40 days from Monday after divers found cracks in \
             eleven of its pillars, the harbour master Ana Ruiz said. Repairs will cost 3 million crowns, and the ferry \
             to Lindoe will leave from the fish market until the works end in July.",
            "The northern pier of the port of Ostholm will close for 40 days from Monday. Divers found cracks in eleven of \
             its pillars, according to the harbour master Ana Ruiz. Repairs will cost 3 million crowns; the ferry to \
             Lindoe will leave from the fish market until July.",
            "Passengers in Ostholm were angry on Monday: nobody had told them that the ferry to Lindoe leaves from \
             another quay. Ana Ruiz, the harbour master, promised buses every half hour and an office for complaints \
             beside the market hall, which shopkeepers there had demanded since spring.",
        ]
        .iter()
        .map(|text| (Article::new("a", Body::new((*text).to_owned(), vec![], vec![]).unwrap()), vec![]))
        .collect();
        let mut digests = Digests::default();
        assert!(digests.rewritten(&articles, 0, 1).is_some());
        assert!(digests.rewritten(&articles, 0, 2).is_none());
    }
}
