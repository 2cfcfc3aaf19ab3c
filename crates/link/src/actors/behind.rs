//! For whom does somebody speak? A country where any report tells it, else the office, body or person that most name.

use super::lands::{Land, Lands, Stands, is_office};
use super::{Key, Spoken, body_key, most, names};
use onrecord_terms::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody for whom another speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Body {
    pub(crate) key: Key,
    pub(crate) name: String,
    pub(crate) kind: SpeakerKind,
}

impl Body {
    fn land(land: Land) -> Body {
        Body { name: land.name().to_owned(), key: Key::Country(land), kind: SpeakerKind::Government }
    }
}

/// Counts of countries that reports give somebody.
type Votes = BTreeMap<Land, usize>;

/// For whom each key speaks. Bare offices ("the Foreign Ministry") are given the country that their article tells.
pub(crate) fn behind(mentions: &[Spoken], keys: &mut [Key], lands: &Lands) -> BTreeMap<Key, Body> {
    let people: BTreeSet<Key> = keys.iter().filter(|key| matches!(key, Key::Person(_))).cloned().collect();
    let mut countries = countries(mentions, keys, lands);
    through_people(mentions, keys, &people, &mut countries);
    name_offices(mentions, keys, lands, &countries);
    let mut bodies: BTreeMap<Key, Vec<Body>> = BTreeMap::new();
    let mut offices: BTreeMap<Key, Votes> = BTreeMap::new();
    for (m, key) in mentions.iter().zip(&*keys) {
        if matches!(key, Key::Country(_)) {
            continue;
        }
        if let Some(land) = office_of(m, key, lands) {
            bodies.entry(key.clone()).or_default().push(Body::land(land));
        }
        let Some(of) = &m.speaker.of else { continue };
        let mut body = body(m, of, lands, &people);
        // "The Foreign Ministry" of somebody whose country is known.
        if let (Key::Other(office), Some(Land::Seen(noun, _))) = (&body.key, only(countries.get(key)))
            && office.ends_with("ministry")
            && !office.starts_with(&noun)
        {
            body.key = Key::Other(format!("{noun} {office}"));
            body.kind = SpeakerKind::Government;
        }
        if body.key == *key {
            continue;
        }
        if let (Key::Other(_), Some(land)) = (&body.key, only(countries.get(key))) {
            *offices.entry(body.key.clone()).or_default().entry(land).or_default() += 1;
        }
        bodies.entry(key.clone()).or_default().push(body);
    }
    let mut behind: BTreeMap<Key, Body> = BTreeMap::new();
    for (key, bodies) in bodies {
        behind.extend(most(bodies.into_iter()).map(|body| (key, body)));
    }
    // Whose country a report tells and nothing nearer; offices by those who speak for them, or by what stands beside.
    for (key, votes) in offices.iter().chain(&countries) {
        let nearer = behind.get(key).is_some_and(|body| !is_of_a_state(body, &countries));
        if let Some(land) = only(Some(votes)).filter(|_| !nearer) {
            let through = behind.get(key).and_then(|body| only(offices.get(&body.key)));
            if through.as_ref() != Some(&land) {
                behind.insert(key.clone(), Body::land(land));
            }
        }
    }
    behind
}

/// Whether a person's body may give way to the country that other reports tell.
fn is_of_a_state(body: &Body, countries: &BTreeMap<Key, Votes>) -> bool {
    matches!(body.key, Key::Country(_)) || countries.contains_key(&body.key)
}

/// The country that two thirds of the votes name.
fn only(votes: Option<&Votes>) -> Option<Land> {
    let votes = votes?;
    let (land, n) = votes.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
    (3 * n >= 2 * votes.values().sum::<usize>()).then(|| land.clone())
}

/// The country that a key's own name tells, for an office.
fn office_of(m: &Spoken, key: &Key, lands: &Lands) -> Option<Land> {
    if m.speaker.kind != SpeakerKind::Government || !matches!(key, Key::Other(_)) {
        return None;
    }
    match lands.stands(&m.speaker.name)? {
        Stands::Itself(land) | Stands::Office(land, _) => Some(land),
    }
}

/// The countries that reports give people and bodies with names, by their roles and by what stands beside the name.
fn countries(mentions: &[Spoken], keys: &[Key], lands: &Lands) -> BTreeMap<Key, Votes> {
    let mut countries: BTreeMap<Key, Votes> = BTreeMap::new();
    let mut read: BTreeSet<(usize, &Key, &str)> = BTreeSet::new();
    for (m, key) in mentions.iter().zip(keys) {
        let person = matches!(key, Key::Person(_) | Key::Surname(..));
        if !person && !matches!(key, Key::Other(_)) {
            continue;
        }
        let mut found: Vec<Land> = Vec::new();
        let role = m.speaker.role.as_deref().unwrap_or_default();
        if person && is_office(&role.to_lowercase()) {
            let of = m.speaker.of.as_deref().and_then(|of| lands.spoken_for(of));
            found.extend(of.or_else(|| lands.within(role)));
        }
        if m.speaker.name.contains(' ') && read.insert((m.at.article, key, &m.speaker.name)) {
            found.extend(lands.beside(m.article.text(), &m.speaker.name));
        }
        for land in found {
            *countries.entry(key.clone()).or_default().entry(land).or_default() += 1;
        }
    }
    // An office for which somebody speaks and which does not speak itself.
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    for m in mentions {
        let Some(of) = m.speaker.of.as_deref().filter(|of| of.contains(' ')) else { continue };
        if seen.insert((m.at.article, of)) && lands.stands(of).is_none() {
            for land in lands.beside(m.article.text(), of) {
                *countries.entry(Key::Other(names::other(of))).or_default().entry(land).or_default() += 1;
            }
        }
    }
    countries
}

/// Who speaks for a person has that person's country.
fn through_people(
    mentions: &[Spoken],
    keys: &[Key],
    people: &BTreeSet<Key>,
    countries: &mut BTreeMap<Key, Votes>,
) {
    let mut more: Vec<(Key, Land)> = Vec::new();
    for (m, key) in mentions.iter().zip(keys).filter(|(_, key)| matches!(key, Key::Person(_))) {
        let Some(of) = &m.speaker.of else { continue };
        let master = Key::Person(names::full(of));
        if !countries.contains_key(key)
            && people.contains(&master)
            && let Some(land) = only(countries.get(&master))
        {
            more.push((key.clone(), land));
        }
    }
    for (key, land) in more {
        *countries.entry(key).or_default().entry(land).or_default() += 1;
    }
}

/// Gives bare offices the country that their own article tells: by their words, by an office of the same name, or by
/// somebody who speaks for an office of that name elsewhere and speaks here.
fn name_offices(mentions: &[Spoken], keys: &mut [Key], lands: &Lands, countries: &BTreeMap<Key, Votes>) {
    let mut here: BTreeMap<(usize, String), BTreeSet<Land>> = BTreeMap::new();
    let mut served: BTreeMap<&Key, BTreeSet<String>> = BTreeMap::new();
    for (m, key) in mentions.iter().zip(&*keys) {
        if let Some(Stands::Office(land, rest)) = lands.stands(&m.speaker.name) {
            here.entry((m.at.article, rest)).or_default().insert(land);
        }
        if let (Key::Person(_), Some(of)) = (key, &m.speaker.of) {
            served.entry(key).or_default().insert(names::other(of));
        }
    }
    for (m, key) in mentions.iter().zip(&*keys) {
        let land = only(countries.get(key));
        for office in served.get(key).into_iter().flatten().filter(|_| matches!(key, Key::Person(_))) {
            here.entry((m.at.article, office.clone())).or_default().extend(land.clone());
        }
    }
    let named: Vec<Option<Land>> = mentions
        .iter()
        .zip(&*keys)
        .map(|(m, key)| {
            let Key::Other(office) = key else { return None };
            if m.speaker.kind != SpeakerKind::Government || lands.stands(&m.speaker.name).is_some() {
                return None;
            }
            let text = m.quote.place().text(m.article);
            let own = m.quote.source().iter().find_map(|span| lands.within(span.slice(text)));
            own.or_else(|| {
                let found = here.get(&(m.at.article, office.clone()))?;
                if found.len() == 1 { found.first().cloned() } else { None }
            })
        })
        .collect();
    for (key, land) in keys.iter_mut().zip(named) {
        if let (Key::Other(office), Some(Land::Seen(noun, _))) = (&*key, land) {
            *key = Key::Other(format!("{noun} {office}"));
        }
    }
}

/// Whom an article's words for it mean.
fn body(m: &Spoken, of: &str, lands: &Lands, people: &BTreeSet<Key>) -> Body {
    if let Some(land) = lands.spoken_for(of) {
        return Body::land(land);
    }
    let person = Key::Person(names::full(of));
    if people.contains(&person) {
        return Body { key: person, name: of.to_owned(), kind: SpeakerKind::Person };
    }
    let role = m.speaker.role.as_deref().unwrap_or_default().to_lowercase();
    let state = m.speaker.kind == SpeakerKind::Government
        || ["minister", "ministry", "ambassador", "envoy", "diplomat", "government"]
            .iter()
            .any(|word| role.contains(word));
    let kind = if state { SpeakerKind::Government } else { SpeakerKind::Organisation };
    Body { key: body_key(of, lands), name: of.to_owned(), kind }
}
