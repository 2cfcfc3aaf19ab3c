//! What is an article about, in numbers? Its terms, headline, lead and names as vectors, made once for all links.

use crate::copies::marked;
use onrecord_infer::{Background, Vector, Vocabulary, run_hash, tokens, weighted, word_hash};
use onrecord_terms::Article;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Words of a text that are read: the rest of a very long page says no more about which event it is.
/// Set by hand.
const WORDS_READ: usize = 600;
/// Words that make a lead. Set by hand.
const WORDS_LEAD: usize = 60;
/// The background counts as this many articles. Set by hand.
const BACKGROUND_COUNTS_AS: f32 = 500.0;
/// A term in fewer texts counts as in this many: so that few articles are compared as many are. Of 1, 3, 5
/// the best on gw5 dev and no worse on stream_dense dev.
const RAREST: f32 = 5.0;
/// Words of a run that two texts share word by word.
const RUN: usize = 5;
/// One run in so many is kept.
const SAMPLED: u64 = 2;
/// Sampled runs of a sentence: fewer are shared by chance.
const SENTENCE: u32 = 5;
/// The longest first line that may stand for a headline, in bytes.
const HEADLINE_MAX: usize = 160;

/// Document frequencies of stems in other news, see the head of the file.
pub(crate) static BACKGROUND: LazyLock<Background> =
    LazyLock::new(|| Background::parse(include_str!("../data/background.tsv")));

/// What the linkers compare of one article.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Headline and text.
    pub(crate) all: Vector,
    /// Headline, or a first line that reads like one.
    pub(crate) title: Vector,
    /// The first words of the text.
    pub(crate) lead: Vector,
    /// Capitalised words.
    pub(crate) names: Vector,
    /// Capitalised words of the headline that are names in the text.
    pub(crate) title_names: Vector,
    /// Numbers.
    pub(crate) numbers: Vector,
    /// Publication in days since 1970, fractions for the time of day; first and last for several articles.
    pub(crate) days: Option<(f64, f64)>,
    /// Runs of words as they stand, a sample by their hashes, ascending; those that some other article has too.
    pub(crate) runs: Vec<u32>,
    /// How many there are with those that stand here alone.
    pub(crate) n_runs: usize,
    /// Words read.
    pub(crate) n_words: usize,
    /// The language, without its region.
    pub(crate) language: Option<String>,
}

impl Profile {
    /// The profile of several articles taken together.
    pub(crate) fn mean(members: &[&Profile]) -> Profile {
        let of = |field: fn(&Profile) -> &Vector| Vector::mean(members.iter().map(|m| field(m)));
        let days = members.iter().filter_map(|m| m.days).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        Profile {
            all: of(|m| &m.all),
            title: of(|m| &m.title),
            lead: of(|m| &m.lead),
            names: of(|m| &m.names),
            title_names: of(|m| &m.title_names),
            numbers: of(|m| &m.numbers),
            runs: Vec::new(),
            n_runs: 0,
            days,
            n_words: members.iter().map(|m| m.n_words).sum::<usize>() / members.len().max(1),
            language: members
                .first()
                .and_then(|m| m.language.clone())
                .filter(|l| members.iter().all(|m| m.language.as_ref() == Some(l))),
        }
    }

    /// The parts of the two texts that lie word by word in the other.
    pub(crate) fn verbatim(&self, other: &Profile) -> (f32, f32) {
        let (a, b) = (self.runs.as_slice(), other.runs.as_slice());
        let (mut at, mut bt, mut shared) = (0, 0, 0u32);
        while let (Some(x), Some(y)) = (a.get(at), b.get(bt)) {
            shared += u32::from(x == y); // no branches: which is less is chance
            at += usize::from(x <= y);
            bt += usize::from(y <= x);
        }
        if shared < SENTENCE {
            return (0.0, 0.0);
        }
        let part = |of: usize| shared as f32 / of as f32;
        (part(self.n_runs), part(other.n_runs))
    }

    /// Days between two, 0.0 where their times overlap; `None` where a date is missing.
    pub(crate) fn gap(&self, other: &Profile) -> Option<f32> {
        let ((a, b), (c, d)) = (self.days?, other.days?);
        Some((c - b).max(a - d).max(0.0) as f32)
    }
}

/// The profiles of articles, with their common vocabulary.
#[derive(Debug)]
pub(crate) struct Profiles {
    pub(crate) each: Vec<Profile>,
    pub(crate) vocabulary: Vocabulary,
}

/// Counted terms of one article, before their weights are known.
struct Counts {
    title: Vec<u32>,
    text: Vec<u32>,
    names: Vec<u32>,
    title_names: Vec<u32>,
    numbers: Vec<u32>,
    runs: Vec<u32>,
    n_runs: usize,
    n_words: usize,
}

/// Profiles in the order given.
pub(crate) fn profiles(articles: &[&Article]) -> Profiles {
    let mut vocabulary = Vocabulary::default();
    let mut counts: Vec<Counts> = articles.iter().map(|article| count(article, &mut vocabulary)).collect();
    forget_lone_runs(&mut counts);
    let mut df = vec![0u32; vocabulary.len()];
    for counts in &counts {
        let terms: BTreeSet<u32> = counts.title.iter().chain(&counts.text).copied().collect();
        terms.into_iter().for_each(|term| df[term as usize] += 1);
    }
    let idf = BACKGROUND.idf(&vocabulary, &df, articles.len(), BACKGROUND_COUNTS_AS, RAREST);
    let weight = |term: u32| idf[term as usize];
    let each = articles
        .iter()
        .zip(counts)
        .map(|(article, counts)| Profile {
            all: weighted([&counts.title[..], &counts.title, &counts.text].concat(), weight),
            lead: weighted(counts.text[..counts.text.len().min(WORDS_LEAD)].to_vec(), weight),
            title: weighted(counts.title, weight),
            names: weighted(counts.names, weight),
            title_names: weighted(counts.title_names, weight),
            numbers: weighted(counts.numbers, weight),
            n_runs: counts.n_runs,
            runs: counts.runs,
            days: article.published.map(|moment| moment.unix() as f64 / 86_400.0).map(|day| (day, day)),
            n_words: counts.n_words,
            language: article
                .language
                .as_ref()
                .map(|l| l.as_str().chars().take_while(|c| c.is_alphanumeric()).collect()),
        })
        .collect();
    Profiles { each, vocabulary }
}

/// Leaves each article the runs that another has too: most have few. (Of those that stand alone a few stay, where two
/// fall on one bit; they are shared with nobody.)
fn forget_lone_runs(counts: &mut [Counts]) {
    let n_runs: usize = counts.iter().map(|counts| counts.runs.len()).sum();
    let n_words = (n_runs / 4).next_power_of_two(); // sixteen bits a run
    let (mut once, mut again) = (vec![0u64; n_words], vec![0u64; n_words]);
    let place = |run: u32| ((run >> 6) as usize & (n_words - 1), 1u64 << (run & 63));
    for run in counts.iter().flat_map(|counts| &counts.runs) {
        let (word, bit) = place(*run);
        again[word] |= once[word] & bit;
        once[word] |= bit;
    }
    for counts in counts {
        counts.runs.retain(|run| again[place(*run).0] & place(*run).1 != 0);
        counts.runs.shrink_to_fit();
    }
}

fn count(article: &Article, vocabulary: &mut Vocabulary) -> Counts {
    let (headline, text) = match article.headline() {
        "" => first_line(article.text()),
        headline => (headline, article.text()),
    };
    let mut counts = Counts {
        title: vocabulary.terms(headline),
        text: Vec::new(),
        names: Vec::new(),
        title_names: Vec::new(),
        numbers: Vec::new(),
        runs: Vec::new(),
        n_runs: 0,
        n_words: 0,
    };
    let mut last = [0u64; RUN];
    let mut inside: HashMap<u32, bool> = HashMap::new(); // capitalised terms: seen within a sentence?
    let mut capitals = Vec::new();
    let mut end = 0;
    let mut marked = marked(text).into_iter().peekable();
    for token in tokens(text).take(WORDS_READ) {
        counts.n_words += 1;
        let opens = end == 0 || text[end..token.start].contains(['.', '!', '?', ':', '\n', '“', '"', '”']);
        end = token.end();
        last.rotate_left(1);
        last[RUN - 1] = word_hash(token.word);
        let run = run_hash(&last);
        while marked.next_if(|(_, end)| *end <= token.start).is_some() {}
        let quoted = marked.peek().is_some_and(|(start, _)| *start <= token.start);
        if !quoted && counts.n_words >= RUN && run.is_multiple_of(SAMPLED) {
            counts.runs.push((run >> 32) as u32);
        }
        let Some(term) = vocabulary.word(token.word) else { continue };
        counts.text.push(term);
        if token.is_number() {
            counts.numbers.push(term);
        } else if token.is_capital() {
            *inside.entry(term).or_default() |= !opens;
            capitals.push(term);
        }
    }
    counts.runs.sort_unstable();
    counts.runs.dedup();
    counts.n_runs = counts.runs.len();
    let is_name = |term: &u32| inside.get(term).copied().unwrap_or(false);
    counts.names = capitals.into_iter().filter(is_name).collect();
    counts.title_names = counts.title.iter().copied().filter(is_name).collect();
    counts
}

/// The first line where it is short enough for a headline, and what follows; else no headline and the whole text.
fn first_line(text: &str) -> (&str, &str) {
    match text.split_once('\n') {
        Some((line, rest)) if line.len() <= HEADLINE_MAX && !rest.trim().is_empty() => (line, rest),
        _ => ("", text),
    }
}
