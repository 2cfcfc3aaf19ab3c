//! What have people said about who is who? Their decisions, put upon what the names told.

use super::{Key, Spoken, names};
use onrecord_terms::Decision;
use std::collections::BTreeMap;

/// Changes the keys of the mentions as people decided, in the order of their decisions. Names that the record does not
/// hold change nothing.
pub(crate) fn decide(mentions: &[Spoken], keys: &mut [Key], decisions: &[Decision]) {
    for decision in decisions {
        let (one, other) = (names::other(&decision.one), names::other(&decision.other));
        let Some(own) = called(mentions, keys, &one) else { continue };
        if decision.same {
            let Some(theirs) = called(mentions, keys, &other).filter(|theirs| *theirs != own) else {
                continue;
            };
            for key in keys.iter_mut().filter(|key| **key == theirs) {
                *key = own.clone();
            }
        } else if one != other {
            for (mention, key) in mentions.iter().zip(keys.iter_mut()) {
                if *key == own && names::other(&mention.speaker.name) == other {
                    *key = Key::Apart(other.clone());
                }
            }
        }
    }
}

/// The key of whoever is called so most often.
fn called(mentions: &[Spoken], keys: &[Key], name: &str) -> Option<Key> {
    let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
    for (mention, key) in mentions.iter().zip(keys) {
        if mention.speaker.named && names::other(&mention.speaker.name) == name {
            *counts.entry(key).or_default() += 1;
        }
    }
    // The full name of a government may stand nowhere: "Ardenia" of "the Ardenian government".
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(key, _)| key.clone())
}
