//! What does this word tell about a speaker? The tables of titles, nouns, given names and countries.
//!
//! The tables are data (`lexicon/*.tsv`), one fact a line with its origin; this file reads them once.

use onrecord_terms::SpeakerKind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a person's words tell about their gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// A word that tells an office, a rank or a calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    /// "Mr": only before a name.
    Honorific,
    /// "minister"
    Office,
    /// "analyst"
    Calling,
}

/// What a common noun makes of its phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// The kind of speaker that the phrase names; `Unnamed` for one person.
    pub(crate) kind: SpeakerKind,
    /// Whether it stands for several.
    pub(crate) many: bool,
}

/// How a form stands for a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "France"
    Name,
    /// "French"
    Demonym,
    /// "Paris"
    Capital,
    /// "the Élysée"
    Metonym,
}

static TITLES: LazyLock<HashMap<&str, (Title, Option<Gender>)>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/titles.tsv"))
        .filter_map(|row| {
            let title = match *row.get(1)? {
                "honorific" => Title::Honorific,
                "office" => Title::Office,
                "calling" => Title::Calling,
                _ => return None,
            };
            Some((*row.first()?, (title, gender_of(row.get(2)?))))
        })
        .collect()
});

static NOUNS: LazyLock<HashMap<&str, Noun>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/nouns.tsv"))
        .filter_map(|row| {
            let kind = match *row.get(1)? {
                "organisation" => SpeakerKind::Organisation,
                "government" => SpeakerKind::Government,
                "people" => SpeakerKind::Group,
                "someone" => SpeakerKind::Unnamed,
                "document" => SpeakerKind::Document,
                _ => return None,
            };
            Some((*row.first()?, Noun { kind, many: *row.get(2)? == "many" }))
        })
        .collect()
});

static GIVEN: LazyLock<HashMap<&str, Option<Gender>>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/given-names.tsv"))
        .filter_map(|row| Some((*row.first()?, gender_of(row.get(1)?))))
        .collect()
});

static BODIES: LazyLock<HashMap<String, SpeakerKind>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/bodies.tsv"))
        .filter_map(|row| {
            Some((row.first()?.trim_end_matches('.').to_lowercase(), SpeakerKind::parse(row.get(1)?)?))
        })
        .collect()
});

static COUNTRIES: LazyLock<HashMap<String, Vec<(&str, Form)>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<(&str, Form)>> = HashMap::new();
    for row in rows(include_str!("../../lexicon/countries.tsv")) {
        let (Some(country), Some(form), Some(kind)) = (row.first(), row.get(1), row.get(2)) else { continue };
        let kind = match *kind {
            "name" => Form::Name,
            "demonym" => Form::Demonym,
            "capital" => Form::Capital,
            "metonym" => Form::Metonym,
            _ => continue,
        };
        map.entry(form.trim_end_matches('.').to_lowercase()).or_default().push((country, kind));
    }
    map
});

/// The rows of a table without its comments and its head.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

fn gender_of(word: &str) -> Option<Gender> {
    match word {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// The office or calling that `word` (lower case) tells.
pub(crate) fn title(word: &str) -> Option<Title> {
    known(&TITLES, word).map(|found| found.0)
}

/// The gender that a title tells.
pub(crate) fn title_gender(word: &str) -> Option<Gender> {
    known(&TITLES, word).and_then(|found| found.1)
}

/// The word, or the part after its last hyphen: "ex-minister", "vice-president".
fn known<T: Copy>(table: &HashMap<&str, T>, word: &str) -> Option<T> {
    table.get(word).copied().or_else(|| table.get(word.rsplit_once('-')?.1).copied())
}

/// What a common noun (lower case) makes of its phrase.
pub(crate) fn noun(word: &str) -> Option<Noun> {
    known(&NOUNS, word)
}

/// Whether `word` (lower case) is a given name, and the gender it tells.
pub(crate) fn given_name(word: &str) -> Option<Option<Gender>> {
    GIVEN.get(word).copied().or_else(|| GIVEN.get(word.split_once('-')?.0).copied())
}

/// The country that `form` (any case, words parted by single spaces) stands for, as a name, demonym, ….
pub(crate) fn country(form: &str, wanted: &[Form]) -> Option<(&'static str, Form)> {
    let lower = form.to_lowercase();
    let found = COUNTRIES.get(lower.trim_end_matches('.'))?;
    wanted.iter().find_map(|form| found.iter().find(|(_, kind)| kind == form)).copied()
}

/// The kind of a well-known body by its name (any case).
pub(crate) fn body(name: &str) -> Option<SpeakerKind> {
    BODIES.get(name.trim_end_matches('.').to_lowercase().as_str()).copied()
}

/// Words that open sentences and never start a name.
pub(crate) fn opens_sentence(word: &str) -> bool {
    OPENERS.contains(&word)
}

/// Days and months: capitals that name nobody.
pub(crate) fn is_time(word: &str) -> bool {
    TIMES.contains(&word)
}

const OPENERS: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "across",
    "additionally",
    "after",
    "again",
    "against",
    "all",
    "almost",
    "along",
    "already",
    "also",
    "although",
    "always",
    "amid",
    "among",
    "an",
    "and",
    "another",
    "any",
    "anyone",
    "are",
    "around",
    "as",
    "asked",
    "at",
    "away",
    "back",
    "be",
    "because",
    "before",
    "behind",
    "being",
    "below",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "citing",
    "come",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "don't",
    "down",
    "during",
    "each",
    "earlier",
    "either",
    "even",
    "every",
    "everyone",
    "everything",
    "except",
    "far",
    "few",
    "finally",
    "first",
    "following",
    "for",
    "from",
    "further",
    "get",
    "given",
    "go",
    "had",
    "has",
    "have",
    "he",
    "he's",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "however",
    "i",
    "i'm",
    "i’m",
    "i've",
    "i’ve",
    "if",
    "in",
    "indeed",
    "inside",
    "instead",
    "into",
    "is",
    "it",
    "it's",
    "it’s",
    "its",
    "just",
    "last",
    "later",
    "least",
    "less",
    "let",
    "let's",
    "like",
    "likewise",
    "look",
    "many",
    "maybe",
    "me",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "much",
    "my",
    "nearly",
    "neither",
    "never",
    "nevertheless",
    "next",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "noting",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "out",
    "over",
    "overall",
    "perhaps",
    "please",
    "rather",
    "right",
    "said",
    "same",
    "saying",
    "second",
    "see",
    "she",
    "she's",
    "should",
    "similarly",
    "since",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "sometimes",
    "soon",
    "speaking",
    "stating",
    "still",
    "such",
    "than",
    "thank",
    "that",
    "that's",
    "that’s",
    "the",
    "their",
    "them",
    "then",
    "there",
    "there's",
    "there’s",
    "therefore",
    "these",
    "they",
    "they're",
    "they’re",
    "this",
    "those",
    "though",
    "three",
    "through",
    "throughout",
    "thus",
    "to",
    "today",
    "together",
    "tomorrow",
    "too",
    "toward",
    "towards",
    "two",
    "under",
    "unless",
    "unlike",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "we're",
    "we’re",
    "well",
    "were",
    "what",
    "what's",
    "whatever",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whoever",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yes",
    "yesterday",
    "yet",
    "you",
    "your",
    "you're",
    "you’re",
    "former",
    "new",
    "several",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "hundreds",
    "thousands",
    "millions",
    "people",
    "he’s",
    "she’s",
    "i’ll",
    "i'll",
    "we’ll",
    "we'll",
    "don’t",
    "didn’t",
    "can’t",
    "isn’t",
    "it’ll",
    "let’s",
    "ok",
    "oh",
    "think",
    "consider",
    "make",
    "take",
    "read",
    "watch",
    "update",
    "updated",
    "editor",
    "photo",
    "image",
    "advertisement",
    "related",
    "thereupon",
    "afterwards",
    "elsewhere",
    "more",
];

const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "aug",
    "sept",
    "oct",
    "nov",
    "dec",
    "christmas",
    "easter",
    "thanksgiving",
    "ramadan",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "am",
    "pm",
    "gmt",
    "est",
    "et",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn check(table: &'static str, columns: usize, key: &[usize]) -> usize {
        let mut seen = BTreeSet::new();
        for row in rows(table) {
            assert_eq!(row.len(), columns, "{row:?}");
            assert!(row.iter().all(|cell| !cell.trim().is_empty() && cell.trim() == *cell), "{row:?}");
            assert!(
                seen.insert(key.iter().map(|k| row[*k].to_lowercase()).collect::<Vec<_>>()),
                "twice: {row:?}"
            );
        }
        seen.len()
    }

    #[test]
    fn every_table_is_whole() {
        let titles = check(include_str!("../../lexicon/titles.tsv"), 4, &[0]);
        assert_eq!(titles, TITLES.len(), "a kind that nothing reads");
        let nouns = check(include_str!("../../lexicon/nouns.tsv"), 4, &[0]);
        assert_eq!(nouns, NOUNS.len());
        let given = check(include_str!("../../lexicon/given-names.tsv"), 3, &[0]);
        assert_eq!(given, GIVEN.len());
        let bodies = check(include_str!("../../lexicon/bodies.tsv"), 3, &[0]);
        assert_eq!(bodies, BODIES.len());
        let forms = check(include_str!("../../lexicon/countries.tsv"), 4, &[0, 1, 2]);
        assert_eq!(forms, COUNTRIES.values().map(Vec::len).sum::<usize>());
    }

    #[test]
    fn every_country_names_itself() {
        let countries: BTreeSet<&str> = COUNTRIES.values().flatten().map(|found| found.0).collect();
        for name in countries {
            assert_eq!(country(name, &[Form::Name]).map(|found| found.0), Some(name));
        }
    }

    #[test]
    fn words_in_tables_are_lower_case() {
        let words = TITLES.keys().chain(NOUNS.keys()).chain(GIVEN.keys());
        let mut wrong: Vec<_> = words.filter(|word| word.to_lowercase() != **word).collect();
        wrong.sort_unstable();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
