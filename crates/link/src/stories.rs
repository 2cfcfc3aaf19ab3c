//! Which articles report one event? Stories, the threads that they continue, and why.
//!
//! Articles are put in an order of their own (time, then words), so that the order of input does not matter.
//! Pairs that share rare terms are measured (`pairs`), weighed by two models (`models/story.tsv`, `story-trees.tsv`), and joined
//! by average linkage (`cluster`).

mod cluster;
mod pairs;

pub(crate) use cluster::{Linkage, cluster, named_by_first};
pub use pairs::{PAIR_FEATURES, Pair};

use crate::mixed::Mixed;
use crate::profile::{Profile, Profiles, profiles};
use onrecord_infer::{BadModel, Logistic};
use onrecord_terms::Article;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How stories are joined. Swept with the event held out, see `training/linking/README.md`.
///
/// A second round over whole stories was tried: at every threshold it joins more that differs than that belongs together.
pub(crate) const STORY_LINKAGE: Linkage = Linkage { threshold: -0.9, unmeasured: -4.0, reach: 2.0 };

/// How stories are joined into threads. Set by hand on story_chains dev, see `models/thread.tsv`.
pub(crate) const THREAD_LINKAGE: Linkage = Linkage { threshold: 0.0, unmeasured: -3.0, reach: 1.0 };

static THREAD_MODEL: LazyLock<Result<Logistic, BadModel>> =
    LazyLock::new(|| Logistic::parse(include_str!("../models/thread.tsv"), PAIR_FEATURES));

/// Bounds of the log odds of a pair. Swept with the linkage.
const STORY_BOUNDS: (f32, f32) = (-5.0, 3.0);

static STORY_MODEL: LazyLock<Result<Mixed, BadModel>> = LazyLock::new(|| {
    let (line, trees) = (include_str!("../models/story.tsv"), include_str!("../models/story-trees.tsv"));
    Mixed::parse(line, trees, PAIR_FEATURES, STORY_BOUNDS)
});

/// Articles in an order of their own with their profiles.
pub(crate) struct Ordered {
    /// Positions in the list given, in order of time, then words.
    pub(crate) order: Vec<usize>,
    /// In that order.
    pub(crate) profiles: Profiles,
}

impl Ordered {
    /// Groups of positions in this order, as groups of positions in the list given, each named by its first member.
    pub(crate) fn back(&self, groups: &[usize]) -> Vec<usize> {
        let mut back = vec![0; groups.len()];
        for (idx, group) in groups.iter().enumerate() {
            back[self.order[idx]] = self.order[*group];
        }
        named_by_first(&back)
    }
}

/// Puts articles in order and profiles them.
pub(crate) fn ordered(articles: &[&Article]) -> Ordered {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|a, b| {
        let key = |idx: usize| {
            (articles[idx].published.map(|m| m.unix()), articles[idx].headline(), articles[idx].text())
        };
        key(*a).cmp(&key(*b)).then(a.cmp(b))
    });
    let profiles = profiles(&order.iter().map(|idx| articles[*idx]).collect::<Vec<_>>());
    Ordered { order, profiles }
}

/// What is measured of every pair that may be one story; positions are those of `articles`. For fitting.
pub fn measure(articles: &[&Article]) -> Vec<Pair> {
    let Ordered { order, profiles } = ordered(articles);
    pairs::pairs(&profiles.each)
        .into_iter()
        .map(|p| Pair { a: order[p.a], b: order[p.b], values: p.values })
        .collect()
}

/// The story of each article, in `ordered`'s order.
pub(crate) fn stories(ordered: &Ordered) -> Vec<usize> {
    let profiles = &ordered.profiles.each;
    match &*STORY_MODEL {
        Ok(model) => {
            let pairs = pairs::pairs(profiles);
            let weighed = pairs.iter().map(|p| (p.a, p.b, model.logit(&p.values)));
            cluster(profiles.len(), weighed, STORY_LINKAGE)
        }
        Err(_) => (0..profiles.len()).collect(), // a test reads every model file, so that this does not happen
    }
}

/// The thread of each article, in `ordered`'s order: stories, each taken as one article, joined by what they are
/// about (actors, places, subject), whatever time lies between.
pub(crate) fn threads(ordered: &Ordered, stories: &[usize]) -> Vec<usize> {
    let Ok(model) = &*THREAD_MODEL else { return stories.to_vec() };
    let (names, means): (Vec<usize>, Vec<Profile>) =
        merged(&ordered.profiles.each, stories).into_iter().unzip();
    let pairs = pairs::pairs(&means);
    let weighed = pairs.iter().map(|p| (p.a, p.b, model.logit(&p.values)));
    let joined = cluster(means.len(), weighed, THREAD_LINKAGE);
    stories.iter().map(|story| names.binary_search(story).map_or(*story, |idx| names[joined[idx]])).collect()
}

/// Each story's name, the position of its first member, with the profile of its members taken together; in order.
fn merged(profiles: &[Profile], stories: &[usize]) -> Vec<(usize, Profile)> {
    let mut members: BTreeMap<usize, Vec<&Profile>> = BTreeMap::new();
    for (profile, story) in profiles.iter().zip(stories) {
        members.entry(*story).or_default().push(profile);
    }
    members.into_iter().map(|(story, members)| (story, Profile::mean(&members))).collect()
}

/// How many words explain a placement.
const REASONS: usize = 6;

/// For each article, in `ordered`'s order, the words that it shares most with the rest of its story, as written.
pub(crate) fn reasons(ordered: &Ordered, stories: &[usize]) -> Vec<Vec<String>> {
    let profiles = &ordered.profiles;
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    stories.iter().enumerate().for_each(|(idx, story)| members.entry(*story).or_default().push(idx));
    let mut reasons = vec![Vec::new(); stories.len()];
    for members in members.values().filter(|members| members.len() > 1) {
        // The sum over all members; an article's own part is taken out of it by asking for the product with the rest.
        let mut sum: BTreeMap<u32, f32> = BTreeMap::new();
        for idx in members {
            for (term, weight) in profiles.each[*idx].all.entries() {
                *sum.entry(*term).or_default() += weight;
            }
        }
        for idx in members {
            let mut shared: Vec<(u32, f32)> = profiles.each[*idx]
                .all
                .entries()
                .iter()
                .map(|(term, weight)| (*term, weight * (sum[term] - weight)))
                .filter(|(_, weight)| *weight > 1e-6)
                .collect();
            shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            reasons[*idx] = shared
                .iter()
                .take(REASONS)
                .map(|(term, _)| profiles.vocabulary.shown(*term).to_owned())
                .collect();
        }
    }
    reasons
}

#[cfg(test)]
mod tests;
