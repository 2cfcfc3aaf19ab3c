//! Who printed whose text? Families of articles that share wire copy, and the earliest of each.
//!
//! An article's runs of five words are its fingerprint, with quotations set aside (two reports of one speech share
//! them without copying; `aside`) and with what stands in several stories (boilerplate). Two articles are of one family
//! if enough of the smaller one's fingerprint lies in the other's; less is enough where both credit one agency, or where
//! the one reads as the other rewritten (`rewrite`).
//! `data/stories/README.md`: containment with quotations removed reaches F1 90 where Jaccard reaches 69.

mod aside;
mod rewrite;

use crate::Quoted;
use crate::stories::{named_by_first, root};
use aside::Passages;
pub(crate) use aside::marked;
use onrecord_infer::{Quick, run_hash, tokens, word_hash};
use onrecord_terms::{Article, Place, Quote, Span};
use rewrite::Digests;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words in a run. As the README's comparison.
const RUN: usize = 5;
/// Least part of the smaller fingerprint that a copy shares. Swept on reuse-pairs dev, 0.25 to 0.5: F1 86, 88, 84, 79.
const SHARED: f32 = 0.3;
/// Least number of shared runs: short notes share a sentence by chance.
const SHARED_RUNS: usize = 12;
/// The same where both credit one agency in one story: the credit says the rest. Set by hand.
const SHARED_CREDITED: f32 = 0.1;
const SHARED_RUNS_CREDITED: usize = 8;
/// A run in this many stories is boilerplate.
const BOILERPLATE_STORIES: usize = 3;
/// An article is held against so many of the next with the same run: a large family is found link by link.
const NEXT: usize = 16;
/// Words of an article that are read.
const WORDS_READ: usize = 5_000;

/// Where an article stands among copies, by positions in the list of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Copy {
    pub(crate) family: usize,
    pub(crate) copy_of: Option<usize>,
}

/// One entry an article, in the order given; `stories` gives each article's story.
pub(crate) fn copies(articles: &[Quoted], stories: &[usize]) -> Vec<Copy> {
    let mut families = families(articles, &runs(articles), stories);
    join_retold(articles, stories, &mut families);
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (idx, family) in families.iter().enumerate() {
        let best = first.entry(*family).or_insert(idx);
        if rank(&articles[idx].0, idx) < rank(&articles[*best].0, *best) {
            *best = idx;
        }
    }
    families
        .iter()
        .enumerate()
        .map(|(idx, family)| Copy {
            family: *family,
            copy_of: Some(first[family]).filter(|first| *first != idx),
        })
        .collect()
}

/// Order within a family: by time (an unknown time last), then who credits nobody, then as given. A day without a
/// time counts as its end, since nothing says that it was earlier.
fn rank(article: &Article, idx: usize) -> (bool, Option<i64>, bool, usize) {
    let time = article.published.map(|m| if m.second.is_some() { m.unix() } else { m.unix() + 86_399 });
    let own = |agency: &String| {
        let outlet = article.outlet.as_deref().unwrap_or_default();
        !outlet.is_empty() && onrecord_infer::fold(outlet).contains(&onrecord_infer::fold(agency))
    };
    let credits = !article.agencies.is_empty() && !article.agencies.iter().any(own);
    (time.is_none(), time, credits, idx)
}

/// Every run of every article, sorted: 32 bits of its hash, then the article's position. Eight bytes a run: a table of
/// lists would take twenty times as much for 100,000 articles.
fn runs(articles: &[Quoted]) -> Vec<u64> {
    let mut runs = Vec::new();
    for (idx, (article, quotes)) in articles.iter().enumerate() {
        let from = runs.len();
        runs.extend(placed(article, quotes).into_iter().map(|(hash, _)| (hash >> 32 << 32) | idx as u64));
        runs[from..].sort_unstable();
        let mut kept = from;
        for at in from..runs.len() {
            if at == from || runs[at] != runs[kept - 1] {
                runs[kept] = runs[at];
                kept += 1;
            }
        }
        runs.truncate(kept);
    }
    runs.sort_unstable();
    runs
}

/// Every run of an article as its hash and the first byte of its first word, in order.
fn placed(article: &Article, quotes: &[Quote]) -> Vec<(u64, usize)> {
    let mut runs = Vec::new();
    for (words, starts) in own_words(article, quotes, word_hash) {
        runs.extend(words.windows(RUN).map(run_hash).zip(starts)); // a run does not reach over what is set aside
    }
    runs
}

/// The words that are the outlet's own, in stretches between what is set aside, each as `of` has it and with its first byte.
fn own_words<W>(article: &Article, quotes: &[Quote], of: impl Fn(&str) -> W) -> Vec<(Vec<W>, Vec<usize>)> {
    let text = article.text();
    let mut aside = marked(text);
    let direct =
        quotes.iter().filter(|q| q.place() == Place::Text && q.kind() == onrecord_terms::Kind::Direct);
    aside.extend(direct.flat_map(|q| q.content().iter().map(|span: &Span| (span.start(), span.end()))));
    aside.sort_unstable();
    let mut next = 0;
    let mut stretches = vec![(Vec::new(), Vec::new())];
    for token in tokens(text).take(WORDS_READ) {
        while next < aside.len() && aside[next].1 <= token.start {
            next += 1;
            stretches.push((Vec::new(), Vec::new()));
        }
        if let Some((words, starts)) = stretches.last_mut()
            && aside.get(next).is_none_or(|(start, _)| token.start < *start)
        {
            words.push(of(token.word));
            starts.push(token.start);
        }
    }
    stretches
}

/// How many runs each two articles share, ordered by the two.
#[derive(Default)]
struct Shared(HashMap<u64, u32, Quick>);

impl Shared {
    fn add(&mut self, a: u32, b: u32) {
        *self.0.entry(u64::from(a) << 32 | u64::from(b)).or_default() += 1;
    }

    fn more_than_one(self) -> Vec<((u32, u32), usize)> {
        let mut list: Vec<(u64, u32)> = self.0.into_iter().filter(|(_, n)| *n > 1).collect();
        list.sort_unstable();
        list.into_iter().map(|(pair, n)| (((pair >> 32) as u32, pair as u32), n as usize)).collect()
    }
}

/// The family of each article, named by its first member.
fn families(articles: &[Quoted], runs: &[u64], stories: &[usize]) -> Vec<usize> {
    let n = articles.len();
    let mut lengths = vec![0usize; n];
    let mut shared = Shared::default();
    for run in runs.chunk_by(|a, b| a >> 32 == b >> 32) {
        let mut seen: Vec<usize> = Vec::new();
        for idx in run {
            let story = stories.get(*idx as u32 as usize).copied().unwrap_or_default();
            if seen.len() < BOILERPLATE_STORIES && !seen.contains(&story) {
                seen.push(story);
            }
        }
        if seen.len() >= BOILERPLATE_STORIES {
            continue;
        }
        run.iter().for_each(|idx| lengths[*idx as u32 as usize] += 1);
        for (at, a) in run.iter().enumerate() {
            run[at + 1..].iter().take(NEXT).for_each(|b| shared.add(*a as u32, *b as u32));
        }
    }
    let mut family: Vec<usize> = (0..n).collect();
    let mut digests = Digests::default();
    let mut passages = Passages::default();
    let mut rewrites: Vec<(f32, usize, usize)> = Vec::new();
    for ((a, b), n_shared) in shared.more_than_one() {
        let (a, b) = (a as usize, b as usize);
        if root(&mut family, a) == root(&mut family, b) {
            continue;
        }
        let smaller = lengths[a].min(lengths[b]);
        let (part, least) = if stories.get(a) == stories.get(b) && one_agency(&articles[a].0, &articles[b].0)
        {
            (SHARED_CREDITED, SHARED_RUNS_CREDITED)
        } else {
            (SHARED, SHARED_RUNS)
        };
        let enough = |n: usize| n >= least.min(smaller) && n as f32 >= part * smaller as f32;
        let one_story = stories.get(a) == stories.get(b);
        let may_be_rewritten = one_story && n_shared >= rewrite::LEAST_RUNS;
        if !enough(n_shared) {
            if may_be_rewritten && let Some(kept) = digests.rewritten(articles, a, b) {
                let aside = passages.introduced(articles, a, b);
                rewrites.extend((2 * aside <= n_shared).then_some((kept, a, b)));
            }
            continue;
        }
        let aside = passages.introduced(articles, a, b).min(n_shared);
        // Where most of what they share is the outlets' own, a passage that is introduced counts as well.
        let own = if 2 * aside > n_shared { n_shared - aside } else { n_shared };
        if enough(own) {
            let (a, b) = (root(&mut family, a), root(&mut family, b));
            family[a.max(b)] = a.min(b);
        }
    }
    let roots: Vec<usize> = (0..n).map(|idx| root(&mut family, idx)).collect();
    let mut families = named_by_first(&roots);
    join_rewritten(&mut families, rewrites);
    families
}

/// Joins families of which most members read as the others rewritten, the likest first: a rewrite of a rewrite may share
/// nothing with the first report.
fn join_rewritten(families: &mut [usize], mut rewrites: Vec<(f32, usize, usize)>) {
    rewrites.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    families.iter().enumerate().for_each(|(idx, family)| members.entry(*family).or_default().push(idx));
    let mut beside: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new(); // family → others with rewritten pairs
    for (_, a, b) in &rewrites {
        for (one, other) in [(families[*a], families[*b]), (families[*b], families[*a])] {
            *beside.entry(one).or_default().entry(other).or_default() += 1;
        }
    }
    for (_, a, b) in rewrites {
        let (keep, gone) = (families[a].min(families[b]), families[a].max(families[b]));
        let n_pairs = beside.get(&keep).and_then(|others| others.get(&gone)).copied().unwrap_or_default();
        if keep == gone || 2 * n_pairs < members[&keep].len() * members[&gone].len() {
            continue;
        }
        let moved = members.remove(&gone).unwrap_or_default();
        moved.iter().for_each(|idx| families[*idx] = keep);
        members.entry(keep).or_default().extend(moved);
        for (other, n) in beside.remove(&gone).unwrap_or_default() {
            beside.entry(other).or_default().remove(&gone);
            if other != keep {
                *beside.entry(other).or_default().entry(keep).or_default() += n;
                *beside.entry(keep).or_default().entry(other).or_default() += n;
            }
        }
    }
}

/// Whether two articles credit one agency.
fn one_agency(a: &Article, b: &Article) -> bool {
    let folded = |article: &Article| -> BTreeSet<String> {
        article.agencies.iter().map(|agency| onrecord_infer::fold(agency)).collect()
    };
    !a.agencies.is_empty() && !folded(a).is_disjoint(&folded(b))
}

/// Least part of the smaller one's names and figures that a retelling (a translation, say) shares, and how many at
/// least. Set by hand.
const RETOLD: f32 = 0.65;
const RETOLD_LEAST: usize = 10;
/// Articles of one story and agency of which each is held against the others.
const RETOLD_MAX: usize = 40;

/// Joins the families of articles of one story that credit one agency and give the same names and figures: the words
/// of a translation are others.
fn join_retold(articles: &[Quoted], stories: &[usize], families: &mut [usize]) {
    let mut credited: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (idx, (article, _)) in articles.iter().enumerate() {
        for agency in &article.agencies {
            let story = stories.get(idx).copied().unwrap_or(idx);
            credited.entry((story, onrecord_infer::fold(agency))).or_default().push(idx);
        }
    }
    for members in credited.into_values().filter(|members| members.len() > 1) {
        let members = &members[..members.len().min(RETOLD_MAX)];
        let facts: Vec<BTreeSet<String>> = members.iter().map(|idx| facts(&articles[*idx].0)).collect();
        for (at, a) in facts.iter().enumerate() {
            for (bt, b) in facts.iter().enumerate().skip(at + 1) {
                let shared = a.intersection(b).count();
                let smaller = a.len().min(b.len());
                let figure = a.intersection(b).any(|fact| fact.starts_with(|c: char| c.is_ascii_digit()));
                if figure && shared >= RETOLD_LEAST && shared as f32 >= RETOLD * smaller as f32 {
                    let (keep, gone) = (families[members[at]], families[members[bt]]);
                    let (keep, gone) = (keep.min(gone), keep.max(gone));
                    if keep != gone {
                        families.iter_mut().filter(|f| **f == gone).for_each(|f| *f = keep);
                    }
                }
            }
        }
    }
}

/// Names and figures of an article: words with a capital within a sentence, and numbers.
fn facts(article: &Article) -> BTreeSet<String> {
    let text = article.text();
    let mut end = 0;
    let mut facts = BTreeSet::new();
    for token in tokens(text).take(WORDS_READ) {
        let opens =
            end == 0 || text[end..token.start].contains(['.', '!', '?', ':', '\n', '“', '"', '”', '«']);
        end = token.end();
        if token.is_number() || (token.is_capital() && !opens) {
            facts.insert(onrecord_infer::fold(token.word));
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewrite_of_a_rewrite_does_not_join_two_families() {
        let check = |families: &[usize], rewrites: &[(f32, usize, usize)], expected: &[usize]| {
            let mut families = families.to_vec();
            join_rewritten(&mut families, rewrites.to_vec());
            assert_eq!(families, expected);
        };
        check(&[0, 1, 2], &[(2.0, 0, 1), (2.5, 1, 2), (2.2, 0, 2)], &[0, 0, 0]);
        check(&[0, 0, 2, 2], &[(2.0, 0, 2)], &[0, 0, 2, 2]);
        check(&[0, 0, 2], &[(2.0, 0, 2)], &[0, 0, 0]);
    }
}
