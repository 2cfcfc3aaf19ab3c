//! How do the renderings of one statement differ? Each is held against the fullest one, and the words that differ
//! are marked (`data/statements/GUIDE.md` names the kinds).

mod marks;
mod shades;
mod types;
mod view;

pub use types::{DIFFERS_FEATURES, bears_on};

use super::speakers;
use super::telling::{Telling, Tellings};
use crate::Quoted;
use marks::Marks;
use onrecord_terms::{Differs, Kind, Mark, Rendering};
use std::collections::{BTreeMap, BTreeSet};
use view::View;

/// A rendering that lacks more than this part of the fullest one's weight leaves something out. Set by hand; it agrees
/// with the annotators on 192 of 241 renderings of statements dev.
const LEFT_OUT: f32 = 0.5;

/// Log odds of pairs that they are one statement, by positions among the tellings.
pub(crate) type Odds = BTreeMap<(usize, usize), f32>;

/// Renderings in the order given, with completeness and marks, and the kinds of difference. `odds`: of each measured
/// pair of tellings that it is one statement.
///
/// Which types are named is the model's to say ([`types`]), but for those that are [`certain`]; what was marked is one of the things that it weighs, and
/// marks of a type that is not named are dropped.
pub(crate) fn compared(
    articles: &[Quoted],
    tellings: &Tellings,
    members: &[usize],
    odds: &Odds,
) -> (Vec<Rendering>, Vec<Differs>) {
    let each: Vec<&Telling> = members.iter().map(|idx| &tellings.each[*idx]).collect();
    let rendering =
        |t: &&Telling| Rendering { article: t.article, quote: t.quote, complete: true, marks: Vec::new() };
    let mut renderings: Vec<Rendering> = each.iter().map(rendering).collect();
    if members.len() < 2 {
        return (renderings, Vec::new());
    }
    let views: Vec<View> = each.iter().map(|telling| View::new(articles, telling)).collect();
    let full = fullest(tellings, &each);
    let found = found(&each, &views, full, members, odds);
    let rules: BTreeSet<Differs> = found.iter().flatten().map(|mark| mark.differs).collect();
    let mut named = types::named(&types::values(tellings, &each, &views, full, &rules));
    named.extend(certain(&rules, &views));
    if one_cue(&views) {
        named.remove(&Differs::Verb);
    }
    for (idx, rendering) in renderings.iter_mut().enumerate() {
        let lacking = left_out(tellings, each[idx], each[full]);
        rendering.complete = idx == full || !named.contains(&Differs::Scope) || lacking <= LEFT_OUT;
    }
    for kind in &named {
        let marked = found.iter().flatten().any(|mark| mark.differs == *kind);
        let wider = if marked { Marks::new() } else { marks::wider(*kind, &views, full) };
        for (idx, rendering) in renderings.iter_mut().enumerate() {
            let here = found[idx].iter().chain(wider.get(idx).into_iter().flatten());
            rendering.marks.extend(here.filter(|mark| mark.differs == *kind).copied());
        }
    }
    for rendering in &mut renderings {
        rendering.marks.sort_unstable();
        rendering.marks.dedup();
    }
    (renderings, named.into_iter().collect())
}

/// What is measured of the renderings of one statement, in the order of [`DIFFERS_FEATURES`]. For fitting.
pub(crate) fn values(articles: &[Quoted], tellings: &Tellings, members: &[usize], odds: &Odds) -> Vec<f32> {
    let each: Vec<&Telling> = members.iter().map(|idx| &tellings.each[*idx]).collect();
    let views: Vec<View> = each.iter().map(|telling| View::new(articles, telling)).collect();
    let full = fullest(tellings, &each);
    let found = found(&each, &views, full, members, odds);
    let rules: BTreeSet<Differs> = found.iter().flatten().map(|mark| mark.differs).collect();
    types::values(tellings, &each, &views, full, &rules)
}

/// The types that are named whatever the model weighs: another speaker who is surely known, another figure of the same
/// thing, a condition that one leaves out, reporting verbs of two classes.
fn certain(rules: &BTreeSet<Differs>, views: &[View]) -> BTreeSet<Differs> {
    let classes: BTreeSet<&str> =
        views.iter().filter_map(|v| v.cue.as_ref().map(|(class, _)| *class)).collect();
    let two_verbs = classes.len() > 1;
    let sure = [Differs::Speaker, Differs::Number, Differs::Condition];
    let mut certain: BTreeSet<Differs> = sure.into_iter().filter(|kind| rules.contains(kind)).collect();
    certain.extend(two_verbs.then_some(Differs::Verb));
    certain
}

/// Whether all renderings are ascribed with the very same words.
fn one_cue(views: &[View]) -> bool {
    let cue =
        |view: &View| view.quote.cue().iter().map(|span| span.slice(view.text)).collect::<Vec<_>>().join(" ");
    let first = views.first().map(cue).unwrap_or_default().to_lowercase();
    !first.is_empty() && views.iter().all(|view| cue(view).to_lowercase() == first)
}

/// What the rules mark in each rendering.
fn found(each: &[&Telling], views: &[View], full: usize, members: &[usize], odds: &Odds) -> Marks {
    let logit =
        |a: usize, b: usize| odds.get(&(members[a].min(members[b]), members[a].max(members[b]))).copied();
    let sure = |a: usize, b: usize| a == b || logit(a, b).is_some_and(|logit| logit >= 0.0);
    let very_sure =
        |a: usize, b: usize| logit(a, b).is_some_and(|logit| logit >= 1.0) || same_words(each[a], each[b]);
    // Two speakers count against a pair; their words may still be the same.
    let surely_one = |a: usize, b: usize| sure(a, b) || same_words(each[a], each[b]);
    let mut found: Marks = vec![Vec::new(); each.len()];
    for idx in (0..each.len()).filter(|idx| *idx != full) {
        let runs = marks::missing_runs(&views[full], &views[idx]);
        found[full].extend(runs.into_iter().filter(|_| sure(idx, full)));
        let (mine, theirs) = marks::marks(&views[idx], &views[full]);
        found[idx].extend(mine);
        found[full].extend(theirs);
    }
    for (a, this) in views.iter().enumerate() {
        for (b, other) in views.iter().enumerate().filter(|(b, _)| *b != a && very_sure(a, *b)) {
            if each[a].article != each[b].article {
                found[a].extend(marks::other_figures(this, other));
            }
        }
    }
    for (idx, other) in speakers::others(each, &surely_one).into_iter().enumerate() {
        let quote = views[idx].quote;
        let credit = if quote.source().is_empty() { quote.cue() } else { quote.source() };
        let credit = credit.iter().filter(|_| other);
        found[idx].extend(credit.map(|span| Mark { span: *span, differs: Differs::Speaker }));
    }
    found
}

/// The rendering that tells most.
fn fullest(tellings: &Tellings, each: &[&Telling]) -> usize {
    let best =
        |a: &usize, b: &usize| fullness(tellings, each[*a]).cmp(&fullness(tellings, each[*b])).then(b.cmp(a));
    (0..each.len()).max_by(best).unwrap_or(0)
}

/// Whether half of the words of two renderings taken together, or more, are in both.
fn same_words(a: &Telling, b: &Telling) -> bool {
    let shared = a.terms.iter().filter(|term| b.terms.binary_search(term).is_ok()).count();
    shared >= 3 && 2 * shared >= a.terms.len() + b.terms.len() - shared
}

/// Order of fullness: weight of its terms, words in marks before words of the outlet, the text before the headline.
fn fullness(tellings: &Tellings, telling: &Telling) -> (u32, bool, bool) {
    let weight: f32 = telling.terms.iter().map(|term| tellings.idf[*term as usize]).sum();
    let own_words = if telling.kind == Kind::Direct { 1.25 } else { 1.0 };
    ((weight * own_words * 10.0) as u32, telling.kind == Kind::Direct, !telling.in_title)
}

/// The part of the fullest rendering's weight that another lacks, 0.0 to 1.0.
fn left_out(tellings: &Tellings, this: &Telling, full: &Telling) -> f32 {
    let weight = |term: &u32| tellings.idf[*term as usize];
    let all: f32 = full.terms.iter().map(weight).sum();
    let lacking: f32 =
        full.terms.iter().filter(|term| this.terms.binary_search(term).is_err()).map(weight).sum();
    if all > 0.0 { lacking / all } else { 0.0 }
}
