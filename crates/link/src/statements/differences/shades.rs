//! Which words shade what is reported? Modals, hedges, conditions, vague quantities (`data/shades.tsv`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A class of shading words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shade {
    Future,
    Possible,
    Able,
    Ought,
    Hedge,
    Condition,
    Vague,
    WithoutName,
}

impl Shade {
    /// What modal verbs and hedges say.
    pub(super) const MODAL: [Shade; 5] =
        [Shade::Future, Shade::Possible, Shade::Able, Shade::Ought, Shade::Hedge];

    fn parse(class: &str) -> Option<Shade> {
        Some(match class {
            "future" => Shade::Future,
            "possible" => Shade::Possible,
            "able" => Shade::Able,
            "ought" => Shade::Ought,
            "hedge" => Shade::Hedge,
            "condition" => Shade::Condition,
            "vague" => Shade::Vague,
            "without_name" => Shade::WithoutName,
            _ => return None,
        })
    }
}

/// First word → the phrases that it opens, with their classes.
type Table = BTreeMap<&'static str, Vec<(Vec<&'static str>, Shade)>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    for line in include_str!("../../../data/shades.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((class, phrases)) = line.split_once('\t') else { continue };
        let Some(shade) = Shade::parse(class) else { continue };
        for phrase in phrases.split_whitespace() {
            let words: Vec<&str> = phrase.split('_').collect();
            table.entry(words[0]).or_default().push((words, shade));
        }
    }
    table
});

/// The shades at the head of some folded words.
pub(super) fn at(words: &[&str]) -> BTreeSet<Shade> {
    let Some(phrases) = words.first().and_then(|first| TABLE.get(first)) else { return BTreeSet::new() };
    phrases.iter().filter(|(phrase, _)| words.starts_with(phrase)).map(|(_, shade)| *shade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_and_no_phrase_stands_twice_in_one() {
        let mut seen = BTreeSet::new();
        for line in include_str!("../../../data/shades.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (class, phrases) = line.split_once('\t').unwrap();
            assert!(Shade::parse(class).is_some(), "{class}");
            assert!(phrases.split_whitespace().all(|p| seen.insert((class, p))), "{class}");
        }
        assert_eq!(at(&["in", "exchange", "for"]), [Shade::Condition].into());
        assert_eq!(at(&["in", "the"]), [].into());
        assert_eq!(at(&["might"]), [Shade::Possible].into());
    }
}
