//! Which words ascribe? Cue verbs, nouns, adjectives and phrases by how they are used: data with a source column.
//!
//! `cues.tsv` holds base forms; their inflected forms are made here. A form may stand in several classes.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The table, as it lies beside this file.
const CUES: &str = include_str!("cues.tsv");

/// The classes of use, each a bit of [`Entry::classes`], in the order of the bits.
pub(crate) const CLASSES: &[&str] = &[
    "say",
    "tell",
    "ask",
    "think",
    "want",
    "urge",
    "call",
    "favour",
    "oppose",
    "show",
    "perceive",
    "seem",
    "claim-noun",
    "adjective",
    "phrase",
];

/// What is known of one form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The base form.
    pub(crate) base: &'static str,
    /// A bit for each of [`CLASSES`].
    pub(crate) classes: u16,
}

/// Looks a lower-case form up: "said" is a form of "say".
pub(crate) fn cue(form: &str) -> Option<Entry> {
    table().get(form).copied()
}

fn table() -> &'static HashMap<String, Entry> {
    static TABLE: OnceLock<HashMap<String, Entry>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for (base, classes, irregular) in rows() {
            let bits = classes.split(',').filter_map(|name| CLASSES.iter().position(|class| *class == name));
            let entry = Entry { base, classes: bits.fold(0, |all, bit| all | 1 << bit) };
            for form in forms(base, irregular) {
                table.entry(form).or_insert(entry);
            }
        }
        table
    })
}

/// The rows of the table: word, classes, irregular forms.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    CUES.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

/// A word's forms: itself, the irregular ones, and the regular ones (some of them never written).
fn forms(base: &str, irregular: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    forms.extend(irregular.split(',').filter(|form| *form != "-").map(str::to_owned));
    if let Some(doubled) = forms.iter().skip(1).find_map(|form| form.strip_suffix("ed")).map(str::to_owned)
        && doubled.len() == base.len() + 1
    {
        forms.push(doubled + "ing");
    }
    let vowel_before_y = base.trim_end_matches('y').ends_with(['a', 'e', 'i', 'o', 'u']);
    let stem = &base[..base.len().saturating_sub(1)];
    let regular: [String; 3] = if base.ends_with('e') {
        [format!("{base}s"), format!("{base}d"), format!("{stem}ing")]
    } else if base.ends_with('y') && !vowel_before_y {
        [format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing")]
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end)) {
        [format!("{base}es"), format!("{base}ed"), format!("{base}ing")]
    } else {
        [format!("{base}s"), format!("{base}ed"), format!("{base}ing")]
    };
    forms.extend(regular);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_unique_and_sourced() {
        let words: Vec<&str> = rows().map(|row| row.0).collect();
        assert!(words.len() > 500);
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "sorted and unique");
        for line in CUES.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(cells[0].chars().all(|c| c.is_ascii_lowercase()), "{line}");
            assert!(cells[1].split(',').all(|class| CLASSES.contains(&class)), "{line}");
            assert!(cells[3] == "usage" || cells[3].starts_with("polnear:"), "{line}");
        }
    }

    #[test]
    fn forms_are_found_by_their_base() {
        for (form, base) in [
            ("said", "say"),
            ("says", "say"),
            ("denied", "deny"),
            ("slamming", "slam"),
            ("urges", "urge"),
            ("stressing", "stress"),
            ("voiced", "voice"),
            ("told", "tell"),
            ("statements", "statement"),
        ] {
            assert_eq!(cue(form).map(|entry| entry.base), Some(base), "{form}");
        }
        assert_eq!(cue("table"), None);
    }
}
