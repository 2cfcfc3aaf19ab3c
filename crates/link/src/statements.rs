//! Which quotes tell one statement? The same words of one speaker in several articles, or twice in one.
//!
//! Quotes of one thread that share rare terms are measured in pairs (`pairs`), weighed by two models
//! (`models/statement.tsv`, `statement-trees.tsv`), and joined by average linkage. Then each rendering is held against the fullest one
//! (`differences`).

mod cues;
mod differences;
mod figures;
mod meaning;
mod pairs;
mod speakers;
mod telling;

pub use differences::{DIFFERS_FEATURES, bears_on};
pub use pairs::{TELLING_FEATURES, TellingPair};

use crate::Quoted;
use crate::mixed::Mixed;
use crate::stories::{Linkage, cluster, named_by_first};
use onrecord_infer::{BadModel, sigmoid};
use onrecord_terms::{Actor, Placement, Statement};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How statements are joined; wrong ones are worse than missed ones. Swept on statements dev, see the model's card.
pub(crate) const LINKAGE: Linkage = Linkage { threshold: -1.0, unmeasured: -5.0, reach: 2.0 };

/// Least log odds with a long quotation alone for a quote that it covers. The same sweep.
pub(crate) const COVERED: f32 = -1.2;

/// Least mean log odds of a member with the rest of its group; one below it goes out again. The same sweep.
const STAYS: f32 = -1.2;

/// Log odds of two members that were not measured.
const UNMEASURED: f32 = -2.0;

/// Bounds of the log odds of a pair. The same sweep.
const BOUNDS: (f32, f32) = (-4.0, 2.0);

static MODEL: LazyLock<Result<Mixed, BadModel>> = LazyLock::new(|| {
    let (line, trees) =
        (include_str!("../models/statement.tsv"), include_str!("../models/statement-trees.tsv"));
    Mixed::parse(line, trees, TELLING_FEATURES, BOUNDS)
});

/// What is measured of every pair of quotes that may tell one statement, with (article, quote) of each telling. For fitting.
pub fn measure(
    articles: &[Quoted],
    placements: &[Placement],
    actors: &[Actor],
) -> (Vec<(usize, usize)>, Vec<TellingPair>) {
    let tellings = all_tellings(articles, placements, actors);
    let places = tellings.each.iter().map(|t| (t.article, t.quote)).collect();
    (places, pairs::pairs(&tellings))
}

/// What is measured of the differences within each group of quotes, given by (article, quote), in the order of
/// [`DIFFERS_FEATURES`]. For fitting.
pub fn measure_differences(
    articles: &[Quoted],
    placements: &[Placement],
    actors: &[Actor],
    groups: &[Vec<(usize, usize)>],
) -> Vec<Vec<f32>> {
    let tellings = all_tellings(articles, placements, actors);
    let place: BTreeMap<(usize, usize), usize> =
        tellings.each.iter().enumerate().map(|(idx, t)| ((t.article, t.quote), idx)).collect();
    let odds: differences::Odds = match &*MODEL {
        Ok(model) => odds(&weighed(&tellings, model)),
        Err(_) => differences::Odds::new(),
    };
    let members = |group: &Vec<(usize, usize)>| -> Vec<usize> {
        group.iter().filter_map(|at| place.get(at)).copied().collect()
    };
    groups.iter().map(|group| differences::values(articles, &tellings, &members(group), &odds)).collect()
}

fn all_tellings(articles: &[Quoted], placements: &[Placement], actors: &[Actor]) -> telling::Tellings {
    telling::tellings(articles, 0..articles.len(), placements, actors, &telling::speaking(actors))
}

/// A pair of tellings with the log odds that they tell one statement.
#[derive(Clone, Copy, Debug)]
struct Weighed {
    a: usize,
    b: usize,
    logit: f32,
    /// As [`TellingPair::long`].
    long: [bool; 2],
}

/// Every pair with its log odds.
fn weighed(tellings: &telling::Tellings, model: &Mixed) -> Vec<Weighed> {
    let mut all = Vec::new();
    pairs::each(tellings, |p| {
        all.push(Weighed { a: p.a, b: p.b, logit: model.logit(&p.values), long: p.long });
    });
    all
}

fn odds(pairs: &[Weighed]) -> differences::Odds {
    pairs.iter().map(|p| ((p.a, p.b), p.logit)).collect()
}

/// The group of each telling, by pairs and their log odds.
fn grouped(n: usize, pairs: &[Weighed], linkage: Linkage, covered: f32) -> Vec<usize> {
    let mut groups = cluster(n, pairs.iter().map(|p| (p.a as u32, p.b as u32, p.logit)), linkage);
    put_out(&mut groups, pairs);
    // A quote that nothing was joined to may be covered by a long one, though not by what else the long one covers.
    let mut sizes = vec![0usize; n];
    groups.iter().for_each(|group| sizes[*group] += 1);
    let mut best: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    for Weighed { a, b, logit, long } in pairs.iter().copied() {
        for (alone, other, long) in [(a, b, long[1]), (b, a, long[0])] {
            if long && logit >= covered && sizes[groups[alone]] == 1 {
                let entry = best.entry(alone).or_insert((logit, other));
                if logit > entry.0 {
                    *entry = (logit, other);
                }
            }
        }
    }
    for (alone, (_, long)) in best {
        if groups[alone] != groups[long] {
            groups[alone] = groups[long];
        }
    }
    named_by_first(&groups)
}

/// Takes the members out of their groups that hardly belong to the rest, the weakest first.
fn put_out(groups: &mut [usize], pairs: &[Weighed]) {
    let mut beside: Vec<Vec<(usize, f32)>> = vec![Vec::new(); groups.len()];
    for pair in pairs.iter().filter(|p| groups[p.a] == groups[p.b]) {
        beside[pair.a].push((pair.b, pair.logit));
        beside[pair.b].push((pair.a, pair.logit));
    }
    let mut bonds = bonds(groups, pairs);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    groups.iter().enumerate().for_each(|(idx, group)| members.entry(*group).or_default().push(idx));
    for mut members in members.into_values() {
        while members.len() > 2 {
            let means = members.iter().enumerate().map(|(at, idx)| (bonds[*idx].mean(members.len()), at));
            let Some((worst, at)) = means.min_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) else {
                break;
            };
            if worst >= STAYS {
                break;
            }
            let gone = members.remove(at);
            groups[gone] = gone;
            for (other, logit) in &beside[gone] {
                bonds[*other].sum -= logit;
                bonds[*other].n_measured -= 1;
            }
            let first = members[0];
            members.iter().for_each(|idx| groups[*idx] = first);
        }
    }
}

/// What was measured between a member and the rest of its group.
#[derive(Clone, Copy, Debug, Default)]
struct Bond {
    /// Sum of the log odds.
    sum: f32,
    /// How many pairs were measured.
    n_measured: usize,
}

impl Bond {
    /// The mean log odds with the others of a group of `n_members`; what was not measured counts as unlikely.
    fn mean(self, n_members: usize) -> f32 {
        let n_others = n_members.saturating_sub(1).max(1);
        (self.sum + UNMEASURED * n_others.saturating_sub(self.n_measured) as f32) / n_others as f32
    }
}

/// The bond of every telling with its group: linear in the pairs, however large a group is.
fn bonds(groups: &[usize], pairs: &[Weighed]) -> Vec<Bond> {
    let mut bonds = vec![Bond::default(); groups.len()];
    for pair in pairs.iter().filter(|p| groups[p.a] == groups[p.b]) {
        for idx in [pair.a, pair.b] {
            bonds[idx].sum += pair.logit;
            bonds[idx].n_measured += 1;
        }
    }
    bonds
}

/// Statements in order of their first rendering.
///
/// Thread by thread, since nothing is compared across threads: what is held at a time is what the largest one needs.
pub(crate) fn statements(articles: &[Quoted], placements: &[Placement], actors: &[Actor]) -> Vec<Statement> {
    let speaking = telling::speaking(actors);
    let mut threads: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for idx in (0..articles.len()).filter(|idx| !articles[*idx].1.is_empty()) {
        threads.entry(placements.get(idx).map_or(idx, |p| p.thread)).or_default().push(idx);
    }
    let mut found = Vec::new();
    for members in threads.into_values() {
        let tellings = telling::tellings(articles, members, placements, actors, &speaking);
        found.extend(of_thread(articles, &tellings));
    }
    found.sort_by_key(|statement| statement.renderings.first().map(|r| (r.article, r.quote)));
    found
}

/// The statements of one thread.
fn of_thread(articles: &[Quoted], tellings: &telling::Tellings) -> Vec<Statement> {
    let n = tellings.each.len();
    let (groups, pairs) = match &*MODEL {
        Ok(model) => {
            let pairs = weighed(tellings, model);
            (grouped(n, &pairs, LINKAGE, COVERED), pairs)
        }
        Err(_) => ((0..n).collect(), Vec::new()), // a test reads every model file
    };
    let bonds = bonds(&groups, &pairs);
    let odds = odds(&pairs);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    groups.iter().enumerate().for_each(|(idx, group)| members.entry(*group).or_default().push(idx));
    members
        .into_values()
        .map(|members| {
            let (renderings, differs) = differences::compared(articles, tellings, &members, &odds);
            Statement { renderings, differs, confidence: confidence(&members, &bonds) }
        })
        .collect()
}

/// The probability that all belong together: that of the mean log odds of the weakest member with the others.
fn confidence(members: &[usize], bonds: &[Bond]) -> f32 {
    if members.len() < 2 {
        return 1.0;
    }
    sigmoid(members.iter().map(|idx| bonds[*idx].mean(members.len())).fold(f32::INFINITY, f32::min))
}

#[cfg(test)]
mod tests;
