//! Is a run of capitals in a headline a name? The rest of the text tells.

use super::lexicon::{self, Form};
use super::mention::Mention;
use super::tokens::Token;
use onrecord_terms::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// Given names that are common words too: in a headline of capitals they may be verbs.
const WORDS_TOO: &[&str] = &[
    "will",
    "may",
    "mark",
    "grant",
    "bill",
    "sue",
    "hope",
    "chase",
    "frank",
    "rich",
    "rob",
    "pat",
    "jack",
    "art",
    "chance",
    "miles",
    "young",
    "gay",
    "christian",
    "royal",
    "major",
    "judge",
    "prince",
    "king",
    "van",
    "see",
    "son",
    "man",
    "drew",
    "dick",
    "max",
    "faith",
    "grace",
    "summer",
    "june",
    "april",
    "august",
    "trace",
    "blaze",
    "storm",
    "sage",
    "earnest",
    "ernest",
    "guy",
    "buck",
    "rod",
    "gene",
    "dean",
    "earl",
    "lance",
    "pierce",
    "wade",
    "dale",
    "cliff",
    "heath",
    "glen",
    "ray",
    "rose",
    "ivy",
    "joy",
    "dawn",
    "eve",
    "carol",
    "penny",
    "star",
    "china",
    "india",
    "paris",
    "jordan",
    "georgia",
    "israel",
    "chad",
];

/// What the rest of the text tells about names in headlines: a given name and a surname that stands alone elsewhere are
/// a name ("Ana Ruiz Goes After the Guild"); a capital before such a surname that opens the text is none ("Cautious Ruiz").
pub(super) fn settle(tokens: &[Token], mentions: &mut [Mention]) {
    let lone: BTreeMap<String, usize> = mentions
        .iter()
        .filter(|m| !m.weak && m.first == m.last && m.kind != Some(SpeakerKind::Government))
        .fold(BTreeMap::new(), |mut counts, m| {
            *counts.entry(tokens[m.first].lower.clone()).or_default() += 1;
            counts
        });
    // "Meet Ana Ruiz": a capital that only its place explains, before a name that stands elsewhere without it.
    let names: BTreeSet<String> = mentions
        .iter()
        .filter(|m| m.last > m.first && !tokens[m.first].opens && m.kind == Some(SpeakerKind::Person))
        .map(|m| m.name.clone())
        .collect();
    for mention in mentions.iter_mut().filter(|m| m.last > m.first + 1 && m.lead == m.first) {
        let given = |at: usize| lexicon::given_name(&tokens[at].lower).is_some();
        let opens = tokens[mention.first].opens && !given(mention.first) && given(mention.first + 1);
        let Some((_, rest)) = mention.name.split_once(' ').filter(|_| opens) else { continue };
        if names.contains(rest) {
            mention.name = rest.to_owned();
            mention.first += 1;
            mention.lead = mention.first;
            mention.kind = Some(SpeakerKind::Person);
            mention.sure = true;
            mention.gender = lexicon::given_name(&tokens[mention.first].lower).flatten();
        }
    }
    let alone = |at: usize| lone.get(&tokens[at].lower).copied().unwrap_or_default();
    for mention in mentions.iter_mut().filter(|m| m.last == m.first + 1) {
        let word = tokens[mention.first].lower.as_str();
        let given = lexicon::given_name(word);
        let place = lexicon::country(word, &[Form::Name, Form::Capital]).is_some()
            || lexicon::body(word).is_some()
            || lexicon::body(&mention.name).is_some()
            || lexicon::noun(&tokens[mention.last].lower).is_some();
        let person = given.flatten().is_some() && !WORDS_TOO.contains(&word) && !place;
        if mention.weak && person && alone(mention.last) > 0 {
            mention.weak = false;
            mention.kind = Some(SpeakerKind::Person);
            mention.sure = true;
            mention.gender = given.flatten();
        }
        let opens = tokens[mention.first].opens && tokens[mention.first].paragraph == 0;
        if opens
            && !mention.sure
            && given.is_none()
            && mention.kind == Some(SpeakerKind::Person)
            && alone(mention.last) > 1
            && alone(mention.first) == 0
        {
            mention.first = mention.last;
            mention.lead = mention.lead.max(mention.first);
            if let Some(name) = mention.name.rsplit(' ').next() {
                mention.name = name.to_owned();
            }
            mention.kind = None;
            mention.gender = None;
        }
    }
}
