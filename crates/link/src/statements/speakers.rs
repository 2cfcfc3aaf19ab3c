//! Is a rendering credited to another than the rest? Asked only of speakers who are surely known.
//!
//! A pronoun, a role, a surname or a description is not another speaker; nor is a body for which the other speaks.

use super::telling::Telling;

/// For each rendering whether it credits another than the renderings that most agree on; `sure` tells of two
/// renderings whether they surely tell one statement.
pub(crate) fn others(tellings: &[&Telling], sure: &dyn Fn(usize, usize) -> bool) -> Vec<bool> {
    let n = tellings.len();
    let known: Vec<usize> = (0..n).filter(|idx| tellings[*idx].sure && !tellings[*idx].in_title).collect();
    let agree = |a: usize| known.iter().filter(|b| !are_two(tellings[a], tellings[**b])).count();
    // Of two that credit two, the one with which fewer agree differs; else the later.
    let yields = |a: usize, b: usize| agree(a) < agree(b) || (agree(a) == agree(b) && b < a);
    let is_other =
        |a: usize| known.iter().any(|b| are_two(tellings[a], tellings[*b]) && sure(a, *b) && yields(a, *b));
    (0..n).map(|idx| known.contains(&idx) && is_other(idx)).collect()
}

/// Whether two renderings, each with a speaker who is surely known, credit two who are not the same, nor speak for one
/// another. Two people are two even if they speak for one government.
pub(crate) fn are_two(a: &Telling, b: &Telling) -> bool {
    if !a.sure || !b.sure || !a.speakers.is_disjoint(&b.speakers) {
        return false;
    }
    let named =
        |x: &Telling, y: &Telling| x.name_terms.iter().any(|t| y.speaker_terms.binary_search(t).is_ok());
    if named(a, b) || named(b, a) {
        return false; // a shared name: a surname, a house named after its master
    }
    let speaks_for = !a.speakers.is_disjoint(&b.behind) || !b.speakers.is_disjoint(&a.behind);
    if a.people && b.people {
        return !speaks_for && a.full_names && b.full_names;
    }
    // A person for whom nobody knows on whose behalf may well speak for the body.
    let placed = |t: &Telling| !t.people || t.behind.len() > t.speakers.len();
    placed(a) && placed(b) && a.behind.is_disjoint(&b.behind)
}
