//! Which articles report one event? Stories, the threads that they continue, and why.
//!
//! Articles are put in an order of their own (time, then words), so that the order of input does not matter.
//! Pairs that share rare terms are measured (`pairs`), weighed by two models (`models/story.tsv`, `story-trees.tsv`), and joined
//! by average linkage (`cluster`); then each goes where most speaks for it, and one that stands alone where enough does.

mod cluster;
mod pairs;

use cluster::Beside;
pub(crate) use cluster::{Linkage, Weighed, cluster, named_by_first, root};
pub use pairs::{PAIR_FEATURES, Pair};

use crate::mixed::Mixed;
use crate::profile::{Profile, Profiles, profiles};
use onrecord_infer::{BadModel, Logistic};
use onrecord_terms::{Article, Joint, Late};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How stories are joined. Swept with the event held out, see `training/linking/README.md`.
///
/// A second round over whole stories was tried: at every threshold it joins more that differs than that belongs together.
pub(crate) const STORY_LINKAGE: Linkage = Linkage { threshold: -0.8, unmeasured: -4.0, reach: 2.0 };

/// Log odds of a pair that was not measured, when articles are asked again where they belong. Swept with the linkage.
const SETTLING_UNMEASURED: f32 = -2.0;

/// Least mean log odds at which an article that stands alone goes into a story. Swept with the linkage.
const LONE: f32 = -1.3;

/// How stories are joined into threads. Set by hand on story_chains dev, see `models/thread.tsv`.
pub(crate) const THREAD_LINKAGE: Linkage = Linkage { threshold: 0.0, unmeasured: -3.0, reach: 1.0 };

static THREAD_MODEL: LazyLock<Result<Logistic, BadModel>> =
    LazyLock::new(|| Logistic::parse(include_str!("../models/thread.tsv"), THREAD_FEATURES));

/// What is measured of two stories, by name.
const THREAD_FEATURES: &[&str] = &["all", "names"];

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
    let mut all = Vec::new();
    pairs::each(&profiles.each, |a, b, values| {
        all.push(Pair { a: order[a], b: order[b], values: values.to_vec() });
    });
    all
}

/// Stories, each named by the position of its first member.
pub(crate) struct Found {
    /// Where each article stands, now that all are known.
    pub(crate) settled: Vec<usize>,
    /// Where each would have been put when it came, by those before it.
    pub(crate) first: Vec<usize>,
}

/// The story of each article, in `ordered`'s order.
pub(crate) fn stories(ordered: &Ordered) -> Found {
    let profiles = &ordered.profiles.each;
    let Ok(model) = &*STORY_MODEL else {
        let alone: Vec<usize> = (0..profiles.len()).collect();
        return Found { settled: alone.clone(), first: alone }; // a test reads every model file: this does not happen
    };
    let mut weighed: Vec<Weighed> = Vec::new();
    pairs::each(profiles, |a, b, values| weighed.push((a as u32, b as u32, model.logit(values))));
    let first = as_they_came(profiles.len(), &weighed);
    let mut settled = cluster(profiles.len(), weighed.iter().copied(), STORY_LINKAGE);
    let beside = Beside::new(profiles.len(), &weighed);
    let settling = Linkage { unmeasured: SETTLING_UNMEASURED, ..STORY_LINKAGE };
    cluster::settled(&mut settled, &beside, settling);
    cluster::taken_in(&mut settled, &beside, Linkage { threshold: LONE, ..settling });
    Found { settled, first }
}

/// The story that each article goes into if only those before it count: the one with the best mean log odds. Pairs have
/// the earlier article first.
fn as_they_came(n: usize, weighed: &[Weighed]) -> Vec<usize> {
    let mut by_later = weighed.to_vec();
    by_later.sort_unstable_by_key(|pair| (pair.1, pair.0));
    let (mut first, mut size) = (Vec::with_capacity(n), vec![0usize; n]);
    let mut pairs = by_later.chunk_by(|x, y| x.1 == y.1).peekable();
    for idx in 0..n {
        let mut sums: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        for (a, _, logit) in pairs.next_if(|pairs| pairs[0].1 as usize == idx).unwrap_or_default() {
            let sum = sums.entry(first[*a as usize]).or_default();
            *sum = (sum.0 + logit, sum.1 + 1.0);
        }
        let scores =
            sums.into_iter().map(|(story, sum)| (STORY_LINKAGE.score(sum, size[story] as f32, 1.0), story));
        let best = scores
            .filter(|(score, _)| *score >= STORY_LINKAGE.threshold)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let story = best.map_or(idx, |(_, story)| story);
        first.push(story);
        size[story] += 1;
    }
    first
}

/// What became known only after an article had come, by positions in the list that was put in `order`: `first` tells where
/// each stood when it came, `settled` where it stands.
pub(crate) fn late(order: &[usize], first: &[usize], settled: &[usize]) -> Vec<Option<Late>> {
    let mut late = vec![None; order.len()];
    for (idx, (first, now)) in first.iter().zip(settled).enumerate() {
        late[order[idx]] = match *first == idx {
            true => (*now != idx).then_some(Late::Merged),
            false => (settled[*first] != *now).then(|| Late::Split(order[*first])),
        };
    }
    late
}

/// The groups as people decided, in the order of their decisions, each named by its first member.
pub(crate) fn decided(order: &[usize], groups: &[usize], joints: &[Joint]) -> Vec<usize> {
    let mut groups = groups.to_vec();
    if joints.is_empty() {
        return groups;
    }
    let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, idx)| (*idx, at)).collect();
    let mut fresh = groups.len(); // no group has this name yet
    for joint in joints {
        let (Some(one), Some(other)) = (place.get(&joint.one), place.get(&joint.other)) else { continue };
        let (keep, gone) = (groups[*one], groups[*other]);
        if joint.same {
            groups.iter_mut().filter(|group| **group == gone).for_each(|group| *group = keep);
        } else if keep == gone && one != other {
            groups[*other] = fresh;
            fresh += 1;
        }
    }
    named_by_first(&groups)
}

/// The thread of each article, in `ordered`'s order: stories, each taken as one article, joined by what they are
/// about (actors, places, subject), whatever time lies between.
pub(crate) fn threads(ordered: &Ordered, stories: &[usize]) -> Vec<usize> {
    let Ok(model) = &*THREAD_MODEL else { return stories.to_vec() };
    let (names, means): (Vec<usize>, Vec<Profile>) =
        merged(&ordered.profiles.each, stories).into_iter().unzip();
    let mut weighed: Vec<Weighed> = Vec::new();
    pairs::each_by_words(&means, |a, b, values| weighed.push((a as u32, b as u32, model.logit(values))));
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
