//! Which council? An organ of a union of states, called by its last words where the report names the union.

use super::countries::rows;
use super::names::other;
use super::{Key, Spoken};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// An organ's union.
struct Union {
    /// As it is called in full.
    name: &'static str,
    /// As it is called for short.
    short: Vec<&'static str>,
}

/// Unions by the name of each organ, folded.
static ORGANS: LazyLock<HashMap<String, Union>> = LazyLock::new(|| {
    let organ = |line: &'static str| {
        let mut cells = line.split('\t');
        let (organ, name, short) = (cells.next()?, cells.next()?, cells.next()?);
        Some((other(organ), Union { name, short: short.split('|').collect() }))
    };
    rows(include_str!("../../data/organs.tsv")).filter_map(organ).collect()
});

/// Gives organs the name of their union: where it stands before them, or elsewhere in the report.
pub(crate) fn join(mentions: &[Spoken], keys: &mut [Key]) {
    let mut named: BTreeMap<(usize, &str), bool> = BTreeMap::new();
    for (mention, key) in mentions.iter().zip(keys) {
        let Key::Other(name) = key else { continue };
        let before = |union: &Union, organ: &str| {
            let calls = union.short.iter().chain([&union.name]);
            calls.clone().any(|call| *name == format!("{} {organ}", other(call)))
        };
        let bare = ORGANS.get_key_value(name.as_str());
        let full = name.match_indices(' ').find_map(|(at, _)| {
            ORGANS.get_key_value(&name[at + 1..]).filter(|(organ, union)| before(union, organ))
        });
        let Some((organ, union)) = full.or(bare) else { continue };
        let here = full.is_some()
            || *named
                .entry((mention.at.article, union.name))
                .or_insert_with(|| names_it(mention.article.text(), union));
        if here {
            *key = Key::Other(format!("{} {organ}", other(union.name)));
        }
    }
}

/// Whether a text names a union, as whole words.
fn names_it(text: &str, union: &Union) -> bool {
    union.short.iter().chain([&union.name]).any(|call| {
        text.match_indices(call).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(text[..at].chars().next_back()) && edge(text[at + call.len()..].chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_organ_has_a_union_and_its_short_forms() {
        let lines = rows(include_str!("../../data/organs.tsv"));
        for line in lines.clone() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
        }
        assert_eq!(lines.count(), ORGANS.len());
    }

    #[test]
    fn a_union_is_named_by_whole_words() {
        let union = &ORGANS["security council"];
        assert!(names_it("The U.N. met.", union) && names_it("at the United Nations", union));
        assert!(!names_it("It was UNFAIR to REUNITE them.", union));
    }
}
