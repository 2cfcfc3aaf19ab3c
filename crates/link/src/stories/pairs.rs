//! Which two articles may report one event? Candidates through an inverted index, and what is measured of a pair.

use crate::profile::Profile;

/// Heaviest terms of an article by which it is looked up, as `data/stories/README.md` found.
const TERMS: usize = 25;
/// Candidates kept for an article. Set by hand, twice what the README found enough for a stream.
const CANDIDATES: usize = 20;
/// Articles of which it is asked what they share word by word.
const LOOKED_AT: usize = 2 * CANDIDATES;
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

/// What is measured of a pair, in the order of [`PAIR_FEATURES`].
pub(crate) type Values = [f32; 17];

/// Gives every pair in which one is among the other's candidates, in order, with what is measured of the two, one at a
/// time: there are dozens for an article. Profiles come in order of time.
pub(crate) fn each(profiles: &[Profile], mut give: impl FnMut(usize, usize, &Values)) {
    let candidates = candidates(profiles);
    let nearest = |(a, list): (usize, &Vec<u32>)| {
        list.first().map_or(0.0, |b| {
            let (a, b) = (&profiles[a], &profiles[*b as usize]);
            beyond(a.verbatim(b), a.all.cosine(&b.all))
        })
    };
    let best: Vec<f32> = candidates.iter().enumerate().map(nearest).collect();
    for (a, b, rank) in met(profiles, &candidates) {
        let nearest = best[a].max(best[b]);
        give(a, b, &values(&profiles[a], &profiles[b], nearest, rank));
    }
}

/// As [`each`], with the cosines of all terms and of the names alone.
pub(crate) fn each_by_words(profiles: &[Profile], mut give: impl FnMut(usize, usize, &[f32; 2])) {
    for (a, b, _) in met(profiles, &candidates(profiles)) {
        let (x, y) = (&profiles[a], &profiles[b]);
        give(a, b, &[x.all.cosine(&y.all), x.names.cosine(&y.names)]);
    }
}

/// The pairs in which one is among the other's candidates, in order, with their mean rank.
fn met<'p>(
    profiles: &'p [Profile],
    candidates: &[Vec<u32>],
) -> impl Iterator<Item = (usize, usize, f32)> + use<'p> {
    let mut met: Vec<(u32, u32, u8)> = Vec::with_capacity(candidates.iter().map(Vec::len).sum());
    for (a, list) in candidates.iter().enumerate() {
        let a = a as u32;
        met.extend(list.iter().zip(0..).map(|(b, rank)| (a.min(*b), a.max(*b), rank)));
    }
    met.sort_unstable();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some((a, b, rank)) = met.get(at).copied() {
            // One that is not among the other's candidates counts as the first behind them.
            let other = met.get(at + 1).filter(|next| (next.0, next.1) == (a, b)).map(|next| next.2);
            at += if other.is_some() { 2 } else { 1 };
            let (a, b) = (a as usize, b as usize);
            let (x, y) = (&profiles[a], &profiles[b]);
            // Words alone never make one story of two languages.
            let languages = x.language.is_none() || y.language.is_none() || x.language == y.language;
            if languages || x.gap(y).is_some() {
                return Some((a, b, (f32::from(rank) + other.map_or(CANDIDATES as f32, f32::from)) / 2.0));
            }
        }
        None
    })
}

/// Words of a text below which its date says nothing, and twice as many from which it says all. Set by hand.
const WORDS_TOO_FEW: f32 = 15.0;

/// What is measured of two articles; `best` is the highest cosine that either has, `rank` their mean rank.
fn values(a: &Profile, b: &Profile, best: f32, rank: f32) -> Values {
    let all = beyond(a.verbatim(b), a.all.cosine(&b.all));
    let title = a.title.cosine(&b.title);
    let cross = a.title.cosine(&b.all).max(b.title.cosine(&a.all));
    let untitled = f32::from(u8::from(a.title.is_empty() || b.title.is_empty()));
    let short = 1.0 / (1.0 + a.n_words.min(b.n_words) as f32 / 50.0);
    let gap = a.gap(b);
    // A day is shared by many headlines: time speaks for two texts only as far as there is text.
    let told = ((a.n_words.min(b.n_words) as f32 - WORDS_TOO_FEW) / WORDS_TOO_FEW).clamp(0.0, 1.0);
    [
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
fn beyond((x, y): (f32, f32), cosine: f32) -> f32 {
    if x.max(y) >= COPIED {
        return cosine;
    }
    let rest = (cosine - (x * y).sqrt()) / ((1.0 - x) * (1.0 - y)).sqrt();
    rest.clamp(0.0, cosine)
}

/// For each article the most similar others by its heaviest terms, best first.
fn candidates(profiles: &[Profile]) -> Vec<Vec<u32>> {
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
        list.iter_mut()
            .for_each(|(other, score)| *score = beyond(profile.verbatim(&profiles[*other]), *score));
        list.sort_unstable_by(order);
        all.push(list.iter().take(CANDIDATES).map(|(other, _)| *other as u32).collect());
    }
    all
}
