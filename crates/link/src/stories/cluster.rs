//! Which articles form one group? Average linkage over the pairs that were measured: the best pair of groups is
//! joined, again and again, until no pair is good enough.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// When two groups are joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linkage {
    /// Least mean log odds of the pairs between two groups that are joined.
    pub(crate) threshold: f32,
    /// Log odds of a pair that was not measured, because neither was among the other's candidates.
    pub(crate) unmeasured: f32,
    /// At most this many unmeasured pairs count for each member of the smaller group: in large groups
    /// most pairs are not measured.
    pub(crate) reach: f32,
}

impl Linkage {
    /// The mean log odds between two groups of so many members, from the sum and number of their measured pairs.
    pub(crate) fn score(&self, (sum, count): Between, x: f32, y: f32) -> f32 {
        let unmeasured = (x * y - count).min(self.reach * x.min(y)).max(0.0);
        (sum + self.unmeasured * unmeasured) / (count + unmeasured)
    }

    /// What speaks for one member in a group of so many others: the sum of the log odds above the threshold.
    fn worth(&self, (sum, count): Between, others: f32) -> f32 {
        let unmeasured = (others - count).min(self.reach).max(0.0);
        sum + self.unmeasured * unmeasured - self.threshold * (count + unmeasured)
    }
}

/// Two members with the log odds that they belong together.
pub(crate) type Weighed = (u32, u32, f32);

/// Sum and number of the measured pairs between two groups.
type Between = (f32, f32);

struct Best {
    score: f32,
    a: usize,
    b: usize,
    /// How often either group had changed when the score was made.
    age: u32,
}

impl PartialEq for Best {
    fn eq(&self, other: &Best) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Best {}
impl PartialOrd for Best {
    fn partial_cmp(&self, other: &Best) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Best {
    fn cmp(&self, other: &Best) -> Ordering {
        self.score.total_cmp(&other.score).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

/// The group of each of `n` members, named by its first member, from pairs with their log odds.
pub(crate) fn cluster(n: usize, pairs: impl IntoIterator<Item = Weighed>, linkage: Linkage) -> Vec<usize> {
    let mut between: Vec<BTreeMap<usize, Between>> = vec![BTreeMap::new(); n];
    for (a, b, logit) in within_reach(n, pairs, linkage) {
        let (a, b) = (a as usize, b as usize);
        between[a].insert(b, (logit, 1.0));
        between[b].insert(a, (logit, 1.0));
    }
    let mut size = vec![1.0f32; n];
    let mut age = vec![0u32; n];
    let mut into: Vec<usize> = (0..n).collect();
    let mut heap = BinaryHeap::new();
    for (a, others) in between.iter().enumerate() {
        for (b, pair) in others.range(a + 1..) {
            heap.push(Best { score: linkage.score(*pair, 1.0, 1.0), a, b: *b, age: 0 });
        }
    }
    while let Some(Best { score: best, a, b, age: made }) = heap.pop() {
        if best < linkage.threshold {
            break;
        }
        if into[a] != a || into[b] != b || age[a] + age[b] != made {
            continue;
        }
        // The group with fewer neighbours goes into the other; names are put right at the end.
        let (keep, gone) = if between[a].len() >= between[b].len() { (a, b) } else { (b, a) };
        into[gone] = keep;
        size[keep] += size[gone];
        age[keep] += 1;
        let moved = std::mem::take(&mut between[gone]);
        between[keep].remove(&gone);
        for (other, (sum, count)) in moved {
            if other == keep {
                continue;
            }
            between[other].remove(&gone);
            let entry = between[keep].entry(other).or_default();
            *entry = (entry.0 + sum, entry.1 + count);
            let entry = *entry;
            between[other].insert(keep, entry);
        }
        let changed: Vec<Best> = between[keep]
            .iter()
            .map(|(other, pair)| Best {
                score: linkage.score(*pair, size[keep], size[*other]),
                a: keep.min(*other),
                b: keep.max(*other),
                age: age[keep] + age[*other],
            })
            .filter(|best| best.score >= linkage.threshold)
            .collect();
        heap.extend(changed);
    }
    named_by_first(&(0..n).map(|idx| root(&mut into, idx)).collect::<Vec<_>>())
}

/// How often every member is asked again where it belongs; most stay from the second time on.
const ROUNDS: usize = 5;

/// Lets each member go where most speaks for it, now that all groups are known: to the group with the greatest sum of
/// log odds above the threshold, if the mean is good enough too. So one odd member that two groups met first does not
/// keep them apart.
pub(crate) fn settled(groups: &mut Vec<usize>, beside: &Beside, linkage: Linkage) {
    let n = groups.len();
    let mut size = sizes(groups);
    let mut free: Vec<usize> = (0..n).rev().filter(|group| size[*group] == 0).collect();
    let mut sums: BTreeMap<usize, Between> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for idx in 0..n {
            beside.sums(idx, groups, &mut sums);
            let own = groups[idx];
            let value = |group: usize, sum: Between| {
                let members = (size[group] - usize::from(group == own)) as f32;
                (linkage.worth(sum, members), linkage.score(sum, 1.0, members))
            };
            let stays = match size[own] {
                1 => 0.0,
                _ => value(own, sums.get(&own).copied().unwrap_or_default()).0,
            };
            let mut best = (stays.max(0.0), own);
            for (group, sum) in sums.iter().filter(|(group, _)| **group != own) {
                let (worth, mean) = value(*group, *sum);
                if worth > best.0 && mean >= linkage.threshold {
                    best = (worth, *group);
                }
            }
            if best.1 == own && stays < 0.0 {
                best.1 = free.pop().unwrap_or(own);
            }
            if best.1 != own {
                size[own] -= 1;
                size[best.1] += 1;
                if size[own] == 0 {
                    free.push(own);
                }
                groups[idx] = best.1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    *groups = named_by_first(groups);
}

/// Puts members that stand alone into the group of at least two to which their mean log odds are highest and reach the
/// threshold: a member more makes less of a wrong group than two groups joined.
pub(crate) fn taken_in(groups: &mut Vec<usize>, beside: &Beside, linkage: Linkage) {
    let size = sizes(groups);
    let home = |idx: usize| {
        let mut sums = BTreeMap::new();
        beside.sums(idx, groups, &mut sums);
        let scores = sums.into_iter().filter(|(group, _)| size[*group] > 1);
        let scores = scores.map(|(group, sum)| (linkage.score(sum, 1.0, size[group] as f32), group));
        let best = scores.filter(|(score, _)| *score >= linkage.threshold);
        best.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, group)| group)
    };
    let homes: Vec<usize> = (0..groups.len())
        .map(|idx| if size[groups[idx]] == 1 { home(idx).unwrap_or(groups[idx]) } else { groups[idx] })
        .collect();
    *groups = named_by_first(&homes);
}

/// How many members each group has, by its name.
fn sizes(groups: &[usize]) -> Vec<usize> {
    let mut size = vec![0; groups.len()];
    groups.iter().for_each(|group| size[*group] += 1);
    size
}

/// The measured pairs of every member.
pub(crate) struct Beside {
    /// Where the pairs of each member end.
    ends: Vec<usize>,
    others: Vec<(u32, f32)>,
}

impl Beside {
    /// Of `n` members.
    pub(crate) fn new(n: usize, pairs: &[Weighed]) -> Beside {
        let mut ends = vec![0; n];
        for (a, b, _) in pairs {
            ends[*a as usize] += 1;
            ends[*b as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut at = ends.clone(); // filled from behind
        let mut others = vec![(0, 0.0); sum];
        for (a, b, logit) in pairs.iter().rev() {
            for (one, other) in [(*a, *b), (*b, *a)] {
                at[one as usize] -= 1;
                others[at[one as usize]] = (other, *logit);
            }
        }
        Beside { ends, others }
    }

    /// What was measured between one member and the members of each group, the one itself left out.
    fn sums(&self, idx: usize, groups: &[usize], sums: &mut BTreeMap<usize, Between>) {
        sums.clear();
        for (other, logit) in self.of(idx) {
            let sum = sums.entry(groups[*other as usize]).or_default();
            *sum = (sum.0 + logit, sum.1 + 1.0);
        }
    }

    fn of(&self, idx: usize) -> &[(u32, f32)] {
        let start = if idx == 0 { 0 } else { self.ends[idx - 1] };
        &self.others[start..self.ends[idx]]
    }
}

/// The pairs that can bear on a join: groups that no pair of at least the threshold connects, through whatever others,
/// are never joined, so that pairs between them need no room. (That nothing measured counts less than the threshold
/// is what makes this exact.)
fn within_reach(n: usize, pairs: impl IntoIterator<Item = Weighed>, linkage: Linkage) -> Vec<Weighed> {
    let mut pairs: Vec<Weighed> = pairs.into_iter().collect();
    let mut into: Vec<usize> = (0..n).collect();
    for (a, b, logit) in &pairs {
        if *logit >= linkage.threshold {
            let (a, b) = (root(&mut into, *a as usize), root(&mut into, *b as usize));
            into[a.max(b)] = a.min(b);
        }
    }
    pairs.retain(|(a, b, _)| root(&mut into, *a as usize) == root(&mut into, *b as usize));
    pairs
}

/// Where a member ended up, the way there made shorter.
pub(crate) fn root(into: &mut [usize], mut idx: usize) -> usize {
    while into[idx] != idx {
        into[idx] = into[into[idx]];
        idx = into[idx];
    }
    idx
}

/// The same groups, each named by its first member.
pub(crate) fn named_by_first(groups: &[usize]) -> Vec<usize> {
    let mut first = BTreeMap::new();
    groups.iter().enumerate().map(|(idx, group)| *first.entry(*group).or_insert(idx)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINKAGE: Linkage = Linkage { threshold: 0.0, unmeasured: -1.0, reach: 4.0 };

    #[test]
    fn one_that_stands_alone_is_taken_in_where_two_groups_would_not_join() {
        let lower = Linkage { threshold: -0.5, ..LINKAGE };
        let check = |pairs: &[Weighed], n: usize, expected: &[usize]| {
            let mut groups = cluster(n, pairs.iter().copied(), LINKAGE);
            taken_in(&mut groups, &Beside::new(n, pairs), lower);
            assert_eq!(groups, expected);
        };
        check(&[(0, 1, 2.0), (0, 2, -0.2), (1, 2, -0.4)], 3, &[0, 0, 0]);
        check(&[(0, 1, 2.0), (0, 2, -0.7), (1, 2, -0.6)], 3, &[0, 0, 2]);
        check(&[(0, 1, -0.2)], 2, &[0, 1]); // neither is a group
        check(&[(0, 1, 2.0), (2, 3, 2.0), (0, 2, -0.2), (1, 3, -0.2)], 4, &[0, 0, 2, 2]);
    }

    #[test]
    fn good_pairs_join_and_a_weak_bridge_does_not() {
        let pairs = [(0, 1, 3.0), (1, 2, 3.0), (0, 2, 2.0), (3, 4, 3.0), (2, 3, 1.0)];
        assert_eq!(cluster(6, pairs, LINKAGE), [0, 0, 0, 3, 3, 5]);
    }

    #[test]
    fn an_odd_member_does_not_keep_two_groups_apart() {
        // 4 is nearest to 3 and stands with nobody else, so that 3 would stay with it.
        let pairs =
            [(0, 1, 2.0), (0, 2, 2.0), (1, 2, 2.0), (0, 3, 1.5), (1, 3, 1.5), (2, 3, 1.5), (3, 4, 3.0)];
        let linkage = Linkage { threshold: 0.0, unmeasured: -4.0, reach: 2.0 };
        let mut groups = cluster(5, pairs, linkage);
        assert_eq!(groups, [0, 0, 0, 3, 3]);
        settled(&mut groups, &Beside::new(5, &pairs), Linkage { unmeasured: -2.0, ..linkage });
        assert_eq!(groups, [0, 0, 0, 0, 4]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(cluster(0, [], LINKAGE), [0usize; 0]);
    }
}
