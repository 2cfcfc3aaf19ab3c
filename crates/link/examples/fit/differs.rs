//! Fits the models of what differs between renderings. Input: the gold statements, then articles with `quotes` as for
//! `statements`. Examples are the gold groups and the groups that the program makes, each with the gold types.

use super::statements::{Read, read};
use onrecord_infer::{Example, Logistic, fit};
use onrecord_link::measure::{DIFFERS_FEATURES, bears_on, differences};
use onrecord_link::{actors, statements, stories};
use onrecord_terms::Differs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Penalty of the weights; of 5, 10, 20 the best with the event held out.
const RIDGE: f64 = 10.0;

/// One group of renderings: what was measured, of which gold statement and event, and whether the program made it.
struct Group {
    values: Vec<f32>,
    gold: usize,
    event: String,
    made: bool,
}

pub(crate) fn fit_all(paths: &[String]) {
    let types: Vec<BTreeSet<Differs>> = std::fs::read_to_string(&paths[0])
        .unwrap()
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            line["differs"].as_array().unwrap().iter().filter_map(|d| Differs::parse(d.as_str()?)).collect()
        })
        .collect();
    let sets: Vec<Vec<Group>> = paths[1..].iter().map(|path| groups(path)).collect();
    let groups: Vec<&Group> = sets.iter().flatten().collect();
    let model = |kind: Differs, without: &str| -> Logistic {
        let examples = groups.iter().filter(|g| g.event != without).map(|g| Example {
            values: masked(&g.values, kind),
            yes: types[g.gold].contains(&kind),
            weight: 1.0,
        });
        fit(&examples.collect::<Vec<_>>(), RIDGE)
    };
    let events: BTreeSet<&str> = groups.iter().map(|g| g.event.as_str()).collect();
    let mut held_out: BTreeMap<(&str, Differs), Logistic> = BTreeMap::new();
    for event in &events {
        for kind in Differs::ALL {
            held_out.insert((event, *kind), model(*kind, event));
        }
    }
    for threshold in [0.4, 0.45, 0.5, 0.55, 0.6] {
        for (set, path) in sets.iter().zip(&paths[1..]) {
            let mut counts: BTreeMap<Differs, [usize; 3]> = BTreeMap::new();
            for group in set.iter().filter(|g| g.made) {
                for kind in Differs::ALL {
                    let model = &held_out[&(group.event.as_str(), *kind)];
                    let named = model.probability(&masked(&group.values, *kind)) >= threshold;
                    let right = types[group.gold].contains(kind);
                    let counts = counts.entry(*kind).or_default();
                    for (count, yes) in counts.iter_mut().zip([named && right, named, right]) {
                        *count += usize::from(yes);
                    }
                }
            }
            let sum = |at: usize| counts.values().map(|c| c[at]).sum::<usize>() as f64;
            let (p, r) = (100.0 * sum(0) / sum(1), 100.0 * sum(0) / sum(2));
            let name = path.rsplit('/').next().unwrap();
            eprintln!("{threshold:4} {name:16} held out P {p:.1} R {r:.1}  {counts:?}");
        }
    }
    for kind in Differs::ALL {
        let fitted = model(*kind, "");
        let (bias, weights) = fitted.parts();
        println!("{kind}\tbias\t{bias:.4}");
        for (name, weight) in DIFFERS_FEATURES.iter().zip(weights) {
            if bears_on(*kind, name) {
                println!("{kind}\t{name}\t{weight:.4}");
            }
        }
    }
}

/// The values that bear on a type; the others 0.
fn masked(values: &[f32], kind: Differs) -> Vec<f32> {
    DIFFERS_FEATURES.iter().zip(values).map(|(name, v)| if bears_on(kind, name) { *v } else { 0.0 }).collect()
}

fn groups(path: &str) -> Vec<Group> {
    let (articles, gold, events): Read = read(path);
    let placements = stories(&articles);
    let actors = actors(&articles, &placements);
    let mut of_gold: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (article, quotes) in gold.iter().enumerate() {
        for (quote, statements) in quotes.iter().enumerate() {
            statements.iter().for_each(|s| of_gold.entry(*s as usize).or_default().push((article, quote)));
        }
    }
    let made = statements(&articles, &placements, &actors);
    let made = made.iter().map(|s| s.renderings.iter().map(|r| (r.article, r.quote)).collect::<Vec<_>>());
    // A group that the program makes stands for the gold statement of which it holds most, two at least.
    let made = made.filter_map(|group| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let statements = group.iter().flat_map(|(a, q)| &gold[*a][*q]);
        statements.for_each(|s| *counts.entry(*s as usize).or_default() += 1);
        let (statement, n) = counts.into_iter().max_by_key(|(s, n)| (*n, usize::MAX - s))?;
        (n >= 2).then_some((statement, group))
    });
    let made: Vec<(usize, Vec<(usize, usize)>)> = made.collect();
    let whole: Vec<(usize, Vec<(usize, usize)>)> = of_gold.into_iter().filter(|(_, g)| g.len() > 1).collect();
    let all: Vec<Vec<(usize, usize)>> = whole.iter().chain(&made).map(|(_, group)| group.clone()).collect();
    let values = differences(&articles, &placements, &actors, &all);
    let statements = whole.iter().map(|(s, g)| (*s, g, false)).chain(made.iter().map(|(s, g)| (*s, g, true)));
    let event = |group: &[(usize, usize)]| events[group[0].0].clone();
    let groups = values.into_iter().zip(statements);
    groups.map(|(values, (gold, group, made))| Group { values, gold, event: event(group), made }).collect()
}
