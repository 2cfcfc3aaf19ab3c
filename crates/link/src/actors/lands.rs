//! Which country, where no table knows it? Names of governments that the record itself gives, their adjectives, and
//! what an article says beside a name: "the Ardenian foreign minister, Ada Lund".

use super::countries::{Government, government, spoken_for};
use super::names::other;
use onrecord_infer::{fold, tokens};
use onrecord_terms::{Speaker, SpeakerKind};
use std::collections::BTreeMap;

/// A country's government, by the name of its country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Land {
    /// One of the table's.
    Known(&'static str),
    /// One that the record names: key, name.
    Seen(String, String),
}

impl Land {
    /// The country's name.
    pub(crate) fn name(&self) -> &str {
        match self {
            Land::Known(name) => name,
            Land::Seen(_, name) => name,
        }
    }
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// The government.
    Itself(Land),
    /// An office of it, with the words for the office.
    Office(Land, String),
}

/// Countries that the record names: folded noun or adjective → key and name.
#[derive(Debug, Default)]
pub(crate) struct Lands {
    words: BTreeMap<String, (String, String)>,
}

/// Words for a government as a whole after a country's name.
const WHOLE: &[&str] = &["", "government", "authorities", "administration", "leadership", "state", "regime"];

/// Words in which somebody speaks for a state; parts of words, folded.
const OFFICES: &[&str] = &[
    "minister",
    "ministry",
    "president",
    "premier",
    "chancellor",
    "spokes",
    "ambassador",
    "envoy",
    "government",
    "secretary",
    "chief of staff",
    "palace",
    "seat",
    "embassy",
];

impl Lands {
    /// The countries among names of governments and among those for whom people of an office speak.
    pub(crate) fn of<'s>(speakers: impl Iterator<Item = &'s Speaker>) -> Lands {
        let mut words = BTreeMap::new();
        let mut add = |name: &str| {
            let key = other(name);
            if key.is_empty() || key.contains(' ') || government(name).is_some() {
                return;
            }
            for word in adjectives(&key).into_iter().chain([key.clone()]) {
                words.entry(word).or_insert_with(|| (key.clone(), name.to_owned()));
            }
        };
        for speaker in speakers {
            if speaker.kind == SpeakerKind::Government && speaker.named {
                add(&speaker.name);
            }
            // "Ardenian foreign minister" of "Ardenia".
            if let (Some(of), Some(role)) = (&speaker.of, &speaker.role)
                && tokens(role).next().is_some_and(|first| adjectives(&other(of)).contains(&fold(first.word)))
            {
                add(of);
            }
        }
        Lands { words }
    }

    /// What a name means: "Ardenia", "the Ardenian government", "Ardenia's Foreign Ministry".
    pub(crate) fn stands(&self, name: &str) -> Option<Stands> {
        match government(name) {
            Some(Government::Itself(country)) => return Some(Stands::Itself(Land::Known(country))),
            Some(Government::Seat(country)) => {
                return Some(Stands::Office(Land::Known(country), other(name)));
            }
            None => {}
        }
        let key = other(name);
        let (first, rest) = key.split_once(' ').unwrap_or((&key, ""));
        let (noun, shown) = self.words.get(first)?;
        let land = Land::Seen(noun.clone(), shown.clone());
        Some(if WHOLE.contains(&rest) { Stands::Itself(land) } else { Stands::Office(land, rest.to_owned()) })
    }

    /// The country for which somebody speaks, from a word for it.
    pub(crate) fn spoken_for(&self, of: &str) -> Option<Land> {
        match self.stands(of)? {
            Stands::Itself(land) => Some(land),
            Stands::Office(..) => spoken_for(of).map(Land::Known),
        }
    }

    /// The country of one word, noun or adjective.
    fn word(&self, word: &str) -> Option<Land> {
        match self.stands(word)? {
            Stands::Itself(land) => Some(land),
            Stands::Office(..) => None,
        }
    }

    /// The country that stands in some words: a role, a source.
    pub(crate) fn within(&self, words: &str) -> Option<Land> {
        tokens(words).filter(|token| token.is_capital()).find_map(|token| self.word(token.word))
    }

    /// The countries of whose offices a text says that somebody of this name holds them, once for each place.
    pub(crate) fn beside(&self, text: &str, name: &str) -> Vec<Land> {
        let mut found = Vec::new();
        for (at, _) in text.match_indices(name).take(PLACES_READ) {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            found.extend(self.before(before).or_else(|| self.after(after)));
        }
        found
    }

    /// "Ardenian Foreign Minister", "Ardenia's foreign minister,".
    fn before(&self, before: &str) -> Option<Land> {
        let start = before.rfind(['.', '!', '?', '\n', ';', ':', '”', '"', '»']).map_or(0, |at| at + 1);
        let clause = before.get(start..).or_else(|| before.get(start + 1..)).unwrap_or_default();
        let clause = clause.trim_end().trim_end_matches(',');
        let last = clause.rfind(',').map_or(0, |at| at + 1);
        let all: Vec<_> = tokens(&clause[last..]).collect();
        let words = &all[all.len().saturating_sub(BEFORE)..];
        let at = words.iter().rposition(|t| t.is_capital() && self.word(t.word).is_some())?;
        // "The foreign minister of Ardenia," before the name.
        if words.len() == at + 1 {
            let title = &words[..at];
            let said = title.iter().map(|t| fold(t.word)).collect::<Vec<_>>().join(" ");
            let of = said.ends_with(" of") && is_office(&said) && is_title(title);
            return of.then(|| self.word(words[at].word))?;
        }
        let role = words[at + 1..].iter().map(|t| fold(t.word)).collect::<Vec<_>>().join(" ");
        if !is_office(&role) || !is_title(&words[at + 1..]) {
            return None;
        }
        self.word(words[at].word)
    }

    /// ", the Ardenian foreign minister", ", foreign minister of Ardenia", ", the seat of the Ardenian Foreign Ministry".
    fn after(&self, after: &str) -> Option<Land> {
        let apposition = after.strip_prefix(", ")?;
        let end = apposition.find([',', '.', '!', '?', '\n', ';', ':']).unwrap_or(apposition.len());
        let words: Vec<_> = tokens(&apposition[..end]).take(AFTER).collect();
        let at = words.iter().position(|t| t.is_capital() && self.word(t.word).is_some())?;
        let said = words.iter().map(|t| fold(t.word)).collect::<Vec<_>>().join(" ");
        let opens = words.first().is_some_and(|t| fold(t.word) == "the") || is_title(&words[..at]);
        (opens && is_office(&said)).then(|| self.word(words[at].word))?
    }
}

/// Places of a name that are read in one text.
const PLACES_READ: usize = 20;
/// Words before a name and after it among which its office is looked for.
const BEFORE: usize = 6;
const AFTER: usize = 8;

/// Whether the words between a country and a name are a title and nothing else: no verb in small letters parts them.
fn is_title(words: &[onrecord_infer::Token]) -> bool {
    const SMALL: &[&str] = &[
        "foreign",
        "interior",
        "defence",
        "defense",
        "prime",
        "finance",
        "justice",
        "deputy",
        "chief",
        "of",
        "staff",
        "the",
        "for",
        "and",
        "government",
        "general",
        "state",
        "trade",
        "energy",
        "health",
    ];
    words.iter().all(|t| {
        let folded = fold(t.word);
        t.is_capital() || SMALL.contains(&folded.as_str()) || is_office(&folded)
    })
}

/// Whether words name an office of a state that somebody holds today.
pub(crate) fn is_office(folded: &str) -> bool {
    OFFICES.iter().any(|part| folded.contains(part))
        && !["opposition", "former", "ex-", "vice-chair"].iter().any(|part| folded.contains(part))
}

/// Adjectives that a country's folded name may have: Ardenia, Ardenian; Volpe, Volpese.
fn adjectives(noun: &str) -> Vec<String> {
    let stem = noun.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    if noun.chars().count() < 4 || stem.is_empty() || !noun.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut all: Vec<String> = ["ian", "an", "ese", "ish"].iter().map(|end| format!("{stem}{end}")).collect();
    all.extend([format!("{noun}n"), format!("{noun}an"), format!("{noun}ian"), format!("{noun}ese")]);
    all.sort_unstable();
    all.dedup();
    all.retain(|word| word != noun);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lands() -> Lands {
        let speaker = |name: &str, kind, role: Option<&str>, of: Option<&str>| Speaker {
            name: name.to_owned(),
            kind,
            named: true,
            role: role.map(str::to_owned),
            of: of.map(str::to_owned),
        };
        let all = [
            speaker("Ardenia", SpeakerKind::Government, None, None),
            speaker("Ada Lund", SpeakerKind::Person, Some("Volpese envoy"), Some("Volpe")),
            speaker("Ivo Tolm", SpeakerKind::Person, Some("League envoy"), Some("League")),
        ];
        Lands::of(all.iter())
    }

    #[test]
    fn adjectives_lead_to_names_that_the_record_gives() {
        let lands = lands();
        let ardenia = Land::Seen("ardenia".to_owned(), "Ardenia".to_owned());
        assert_eq!(lands.stands("the Ardenian government"), Some(Stands::Itself(ardenia.clone())));
        assert_eq!(
            lands.stands("Ardenia's Foreign Ministry"),
            Some(Stands::Office(ardenia, "foreign ministry".to_owned()))
        );
        assert!(lands.stands("Volpese").is_some());
        assert_eq!(lands.stands("League"), None);
        assert_eq!(lands.stands("Brennian"), None);
        assert_eq!(lands.stands(""), None);
    }

    #[test]
    fn an_office_beside_a_name() {
        let lands = lands();
        let n = |text: &str| lands.beside(text, "Ada Lund").len();
        assert_eq!(n("Ardenian Foreign Minister Ada Lund left."), 1);
        assert_eq!(n("Ada Lund, the Ardenian foreign minister, left."), 1);
        assert_eq!(n("Ada Lund, foreign minister of Ardenia, left."), 1);
        assert_eq!(n("The minister of the interior of Ardenia, Ada Lund, left."), 1);
        assert_eq!(n("The Ardenian minister met Ada Lund."), 0);
        assert_eq!(n("An Ardenian critic, Ada Lund, left."), 0);
        assert_eq!(n("Ada Lund left Ardenia."), 0);
        assert_eq!(n("“Ardenian minister” – Ada Lund"), 0);
    }
}
