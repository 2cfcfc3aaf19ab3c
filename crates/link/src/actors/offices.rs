//! Who is "President Ruiz" in a story that never says "Ana Ruiz"? Of one surname and one highest office there is one.
//!
//! A surname alone joins nobody over the whole record; a surname with an office of which a state has one does, unless the
//! record knows two full names for it, or the roles name two countries.

use super::lands::{Land, Lands};
use super::{Key, Spoken};
use onrecord_infer::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Offices of which a state has one, folded.
const HIGHEST: &[&str] =
    &["president", "prime minister", "premier", "chancellor", "king", "queen", "pope", "pontiff"];

/// Those who are called by one surname in one office.
#[derive(Default)]
struct Holders {
    full: BTreeSet<Key>,
    surname: BTreeSet<Key>,
    lands: BTreeSet<Land>,
}

/// Joins surnames with a highest office to the one full name of that surname and office, or to each other.
pub(crate) fn join(mentions: &[Spoken], keys: &mut [Key], lands: &Lands) {
    let mut holders: BTreeMap<(String, &str), Holders> = BTreeMap::new();
    for (mention, key) in mentions.iter().zip(&*keys) {
        let Some(role) = &mention.speaker.role else { continue };
        let Some(office) = highest(role) else { continue };
        let (surname, full) = match key {
            Key::Person(words) if words.len() > 1 => (words.last().cloned().unwrap_or_default(), true),
            Key::Surname(_, surname) => (surname.clone(), false),
            _ => continue,
        };
        let held = holders.entry((surname, office)).or_default();
        held.lands.extend(lands.within(role));
        if full {
            held.full.insert(key.clone())
        } else {
            held.surname.insert(key.clone())
        };
    }
    let mut joined: BTreeMap<Key, Key> = BTreeMap::new();
    for held in holders.into_values().filter(|held| held.lands.len() < 2 && held.full.len() < 2) {
        let Some(one) = held.full.first().or(held.surname.first()).cloned() else { continue };
        for key in held.surname {
            joined.entry(key).or_insert_with(|| one.clone());
        }
    }
    for key in keys.iter_mut() {
        if let Some(one) = joined.get(key) {
            *key = one.clone();
        }
    }
}

/// The highest office that a role is today: "President", "Ardenian prime minister", but not "vice president", "former
/// president", "president of the Harbour Guild".
fn highest(role: &str) -> Option<&'static str> {
    let folded = fold(role);
    let other =
        ["former", "vice", "ex-", "deputy", "then", "late", "acting", "company", "university", "club"];
    if other.iter().any(|word| folded.split(' ').any(|w| w.starts_with(word))) {
        return None;
    }
    let found =
        HIGHEST.iter().find(|office| folded == **office || folded.ends_with(&format!(" {office}")))?;
    let before = folded.strip_suffix(*found)?.trim();
    // One word before it at most, and that a country's: "Harbour Union president" is another office.
    let whose = before.split(' ').filter(|w| !w.is_empty() && *w != "us" && *w != "u.s").count();
    (whose < 2).then_some(match *found {
        "premier" => "prime minister",
        "pontiff" => "pope",
        office => office,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highest_offices_are_told_from_others() {
        assert_eq!(highest("President"), Some("president"));
        assert_eq!(highest("Ardenian Prime Minister"), Some("prime minister"));
        assert_eq!(highest("former President"), None);
        assert_eq!(highest("vice president"), None);
        assert_eq!(highest("Harbour Workers' Union president"), None);
        assert_eq!(highest("mayor"), None);
    }
}
