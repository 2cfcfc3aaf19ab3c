//! Is that the same name? Keys of names, equal for all spellings of one.

use onrecord_infer::{fold, tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words before and after a name that are no part of it. source: AP Stylebook, "courtesy titles", "junior, senior".
const NOT_NAME: &[&str] =
    &["the", "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "jr", "sr", "ii", "iii", "iv"];
/// Arabic articles before a name, written "el-Name", "al Name" or not at all.
const ARTICLES: &[&str] = &["el", "al", "as", "ad", "an", "ar", "at", "ash", "ez"];

/// One form for the forms of a given name.
static GIVEN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for line in include_str!("../../data/given.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split('\t').map(spelling);
        let Some(first) = words.next() else { continue };
        forms.extend(words.map(|word| (word, first.clone())));
    }
    forms
});

/// The words of a person's name in one spelling: given name first, surname last; never empty for a name with letters.
///
/// Middle initials, courtesy titles and Arabic articles are left out; given names take one form.
pub(crate) fn person(name: &str) -> Vec<String> {
    let folded: Vec<String> = tokens(name).map(|t| fold(t.word).replace(['.', '\''], "")).collect();
    let mut words: Vec<String> = folded
        .iter()
        .enumerate()
        .filter(|(idx, word)| {
            let article = ARTICLES.contains(&word.as_str()) && idx + 1 < folded.len() && *idx > 0;
            !NOT_NAME.contains(&word.as_str()) && !article
        })
        .map(|(_, word)| spelling(word))
        .collect();
    if words.len() > 2 {
        let last = words.len() - 1;
        let mut idx = 0;
        words.retain(|word| {
            idx += 1;
            idx - 1 == last || word.chars().count() > 1
        });
    }
    if words.len() > 1
        && let Some(form) = GIVEN.get(&words[0])
    {
        words[0] = form.clone();
    }
    if words.is_empty() { folded } else { words }
}

/// Words that tell two bearers of one name apart: numerals, "Jr.".
const MARKS: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/// As [`person`], with initials, numerals and "Jr." kept between the given name and the surname.
pub(crate) fn full(name: &str) -> Vec<String> {
    let mut words = person(name);
    let folded: Vec<String> = tokens(name).map(|t| fold(t.word).replace(['.', '\''], "")).collect();
    let is_mark = |word: &str| {
        MARKS.contains(&word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || (word.len() > 1 && word.len() < 7 && word.chars().all(|c| "ivxlc".contains(c)))
    };
    let written = |at: usize| tokens(name).nth(at).map_or("", |t| t.word);
    let mut marks: Vec<String> = Vec::new();
    for (at, word) in folded.iter().enumerate().skip(1) {
        let capitals = written(at).chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.');
        let last = at + 1 == folded.len();
        let mark = at > 1 && is_mark(word) && (capitals || matches!(word.as_str(), "jr" | "sr"));
        let initial = !last && word.chars().count() == 1;
        if mark || initial {
            marks.push(format!("{MARK}{word}"));
            // A numeral that was taken for the surname.
            if mark && words.len() > 2 && words.last() == Some(&spelling(word)) {
                words.pop();
            }
        }
    }
    if words.len() > 1 {
        let at = words.len() - 1;
        words.splice(at..at, marks);
    }
    words
}

/// Sets off what is kept between given name and surname.
const MARK: char = '#';

/// Whether a name of [`full`] has nothing but marks between its ends.
pub(crate) fn is_marked_only(words: &[String]) -> bool {
    words.len() > 2 && words[1..words.len() - 1].iter().all(|word| word.starts_with(MARK))
}

/// The words of another name in one spelling, without a leading "the".
pub(crate) fn other(name: &str) -> String {
    let words: Vec<String> = tokens(name).map(|t| fold(t.word).replace('.', "")).collect();
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// The campaign that a name tells as somebody's: "Ana Ruiz's presidential campaign" is "ana ruiz campaign".
pub(crate) fn campaign(name: &str) -> Option<String> {
    let name = name.replace('’', "'");
    let (owner, rest) = name.split_once("'s ")?;
    let rest = rest.strip_prefix("presidential ").unwrap_or(rest);
    let named = owner.starts_with(char::is_uppercase) && owner.split(' ').count() < 4;
    (rest == "campaign" && named).then(|| format!("{} campaign", other(owner)))
}

/// A folded word with endings and doublings that romanisations write differently made one: -iy, -yy, -ii, -ij, -i
/// after a consonant are -y, -ei is -ey.
fn spelling(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    for ending in ["iy", "ij", "yi"] {
        if out.len() > 4 && out.ends_with(ending) {
            out.truncate(out.len() - 2);
            out.push('y');
        }
    }
    if out.len() > 3 && out.ends_with('i') {
        out.pop();
        out.push('y');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("Ivo Barenskyy", "Ivo Barensky"),
            ("Ivo Barenskiy", "Ivo Barensky"),
            ("Sergei Tolm", "Sergey Tolm"),
            ("Omar el-Dessi", "Omar Al Dessi"),
            ("Ana María Núñez", "Ana Maria Nunez"),
            ("Ruth B. Hale", "Ruth Hale"),
            ("Mr. Hale", "Hale"),
            ("Tom Hale Jr.", "Thomas Hale"),
            ("Jean-Luc Orme", "Jean Luc Orme"),
        ] {
            assert_eq!(person(a), person(b), "{a} / {b}");
        }
    }

    #[test]
    fn somebodys_campaign_bears_the_name() {
        assert_eq!(campaign("Ana Ruiz’s presidential campaign").as_deref(), Some("ana ruiz campaign"));
        assert_eq!(campaign("Ruiz's campaign"), Some(other("Ruiz campaign")));
        for name in ["Ruiz's campaign manager", "the campaign", "his campaign", "Ruiz campaign"] {
            assert_eq!(campaign(name), None, "{name}");
        }
    }

    #[test]
    fn other_people_have_other_keys() {
        for (a, b) in [("Ana Ruiz", "Eva Ruiz"), ("Hale", "Ruth Hale"), ("Ivo Baren", "Ivo Barens")] {
            assert_ne!(person(a), person(b), "{a} / {b}");
        }
    }

    #[test]
    fn initials_and_numerals_tell_people_apart() {
        let all = [
            "Tom Hale",
            "Tom B. Hale",
            "Tom C. Hale",
            "Tom Hale II",
            "Tom Hale III",
            "Tom Hale 4",
            "Tom Hale XIV",
        ];
        let keys: std::collections::BTreeSet<Vec<String>> = all.iter().map(|name| full(name)).collect();
        assert_eq!(keys.len(), all.len(), "{keys:?}");
        assert!(keys.iter().all(|words| words[0] == full("Tom Hale")[0] && words.last().unwrap() == "hale"));
        for name in ["", "V", "Hale", "J. K.", "X Y Z"] {
            let _ = full(name);
        }
    }

    #[test]
    fn the_table_of_given_names_has_each_form_once() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("../../data/given.tsv").lines().filter(|l| !l.starts_with('#')) {
            for word in line.split('\t') {
                assert_eq!(fold(word), word);
                assert!(seen.insert(word), "{word} stands twice");
            }
        }
    }

    #[test]
    fn odd_names_do_not_break() {
        for name in ["", "—", "A", "al", "J. K.", "李", "the"] {
            let _ = (person(name), other(name));
        }
    }
}
