//! Which two articles may report one event? Candidates through an inverted index, and what is measured of a pair.

use crate::profile::Profile;
use std::collections::BTreeMap;

/// Heaviest terms of an article by which it is looked up, as `data/stories/README.md` found.
const TERMS: usize = 25;
/// Candidates kept for an article. Set by hand, twice what the README found enough for a stream.
const CANDIDATES: usize = 20;
/// Articles of which it is asked what they share word by word.
const LOOKED_AT: usize = 3 * CANDIDATES;
/// Articles looked at on either side under one term: what keeps the time near linear.
const NEIGHBOURS: usize = 150;

/// What is measured of a pair of articles, by name; the model file has a weight for each.
pub const PAIR_FEATURES: &[&str] = &[
    "all",
    "title",
    "lead",
    "names",
    "title_names",
    "numbers",
    "cross",
    "relative",
    "rank",
    "untitled",
    "short",
    "all_short",
    "title_short",
    "dated",
    "gap",
    "gap_week",
    "gap_far",
];

/// Two articles with what was measured of them.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The earlier position.
    pub a: usize,
    /// The later position.
    pub b: usize,
    /// In the order of [`PAIR_FEATURES`].
    pub values: Vec<f32>,
}

/// Every pair in which one is among the other's candidates, ordered. Profiles come in order of time.
pub(crate) fn pairs(profiles: &[Profile]) -> Vec<Pair> {
    let candidates = candidates(profiles);
    let mut ranks: BTreeMap<(usize, usize), [Option<usize>; 2]> = BTreeMap::new();
    for (a, list) in candidates.iter().enumerate() {
        for (rank, (b, _)) in list.iter().enumerate() {
            let (key, side) = if a < *b { ((a, *b), 0) } else { ((*b, a), 1) };
            ranks.entry(key).or_default()[side] = Some(rank);
        }
    }
    let best: Vec<f32> = candidates
        .iter()
        .enumerate()
        .map(|(a, list)| {
            list.first().map_or(0.0, |(b, _)| {
                beyond(&profiles[a], &profiles[*b], profiles[a].all.cosine(&profiles[*b].all))
            })
        })
        .collect();
    ranks
        .into_iter()
        // Words alone never make one story of two languages.
        .filter(|((a, b), _)| {
            let (a, b) = (&profiles[*a], &profiles[*b]);
            a.gap(b).is_some() || a.language.is_none() || b.language.is_none() || a.language == b.language
        })
        .map(|((a, b), ranks)| {
            let rank = ranks.iter().map(|r| r.unwrap_or(CANDIDATES)).sum::<usize>() as f32 / 2.0;
            let best = best[a].max(best[b]);
            Pair { a, b, values: values(&profiles[a], &profiles[b], best, rank) }
        })
        .collect()
}

/// Words of a text below which its date says nothing, and twice as many from which it says all. Set by hand.
const WORDS_TOO_FEW: f32 = 15.0;

/// What is measured of two articles; `best` is the highest cosine that either has, `rank` their mean rank.
fn values(a: &Profile, b: &Profile, best: f32, rank: f32) -> Vec<f32> {
    let all = beyond(a, b, a.all.cosine(&b.all));
    let title = a.title.cosine(&b.title);
    let cross = a.title.cosine(&b.all).max(b.title.cosine(&a.all));
    let untitled = f32::from(u8::from(a.title.is_empty() || b.title.is_empty()));
    let short = 1.0 / (1.0 + a.n_words.min(b.n_words) as f32 / 50.0);
    let gap = a.gap(b);
    // A day is shared by many headlines: time speaks for two texts only as far as there is text.
    let told = ((a.n_words.min(b.n_words) as f32 - WORDS_TOO_FEW) / WORDS_TOO_FEW).clamp(0.0, 1.0);
    vec![
        all,
        title,
        a.lead.cosine(&b.lead),
        a.names.cosine(&b.names),
        a.title_names.cosine(&b.title_names),
        a.numbers.cosine(&b.numbers),
        cross,
        if best > 0.0 { (all / best).min(1.0) } else { 0.0 },
        (1.0 + rank).ln(),
        untitled,
        short,
        all * short,
        title * short,
        told * f32::from(u8::from(gap.is_some())),
        told * gap.map_or(0.0, |gap| (1.0 + gap).ln()),
        told * gap.map_or(0.0, |gap| (-(gap / 7.0).powi(2) / 2.0).exp()),
        gap.map_or(0.0, |gap| ((gap - 14.0).max(0.0) / 14.0 + 1.0).ln()),
    ]
}

/// Part of a text from which it is another's copy: what is left says nothing against that.
const COPIED: f32 = 0.6;

/// How alike two articles are in what does not stand in both word by word, given the cosine of all: one sentence that two
/// share, a quotation, boilerplate, makes no story of them if the rest has nothing in common.
fn beyond(a: &Profile, b: &Profile, cosine: f32) -> f32 {
    let (x, y) = a.verbatim(b);
    if x.max(y) >= COPIED {
        return cosine;
    }
    let rest = (cosine - (x * y).sqrt()) / ((1.0 - x) * (1.0 - y)).sqrt();
    rest.clamp(0.0, cosine)
}

/// For each article the most similar others by its heaviest terms, best first.
fn candidates(profiles: &[Profile]) -> Vec<Vec<(usize, f32)>> {
    let n = profiles.len();
    let last = profiles.iter().filter_map(|p| p.all.entries().last()).map(|(term, _)| *term as usize + 1);
    let n_terms = last.max().unwrap_or(0);
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); n_terms];
    for (idx, profile) in profiles.iter().enumerate() {
        for (term, weight) in profile.all.heaviest(2 * TERMS) {
            postings[term as usize].push((idx as u32, weight));
        }
    }
    let mut scores = vec![0.0f32; n];
    let mut touched: Vec<usize> = Vec::new();
    let mut all = Vec::with_capacity(n);
    for (idx, profile) in profiles.iter().enumerate() {
        for (term, weight) in profile.all.heaviest(TERMS) {
            let posting = &postings[term as usize];
            let here = posting.partition_point(|(other, _)| (*other as usize) < idx);
            let near = here.saturating_sub(NEIGHBOURS)..posting.len().min(here + NEIGHBOURS);
            for (other, other_weight) in &posting[near] {
                let other = *other as usize;
                if scores[other] == 0.0 {
                    touched.push(other);
                }
                scores[other] += weight * other_weight;
            }
        }
        let mut list: Vec<(usize, f32)> = touched
            .drain(..)
            .map(|other| (other, std::mem::take(&mut scores[other])))
            .filter(|(o, _)| *o != idx)
            .collect();
        let order = |x: &(usize, f32), y: &(usize, f32)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
        if list.len() > LOOKED_AT {
            list.select_nth_unstable_by(LOOKED_AT, order);
            list.truncate(LOOKED_AT);
        }
        list.iter_mut().for_each(|(other, score)| *score = beyond(profile, &profiles[*other], *score));
        list.sort_unstable_by(order);
        list.truncate(CANDIDATES);
        list.shrink_to_fit(); // thousands were touched; their room would stay for every article
        all.push(list);
    }
    all
}
