//! Who speaks? One actor for all the names that somebody goes by across articles, and whom each speaks for.
//!
//! A person's full name in any spelling is one actor; a bare surname joins a full name only if the story, or else the
//! thread, knows exactly one of that surname; other named speakers go by their name; governments by their country
//! (`data/countries.tsv`). The unnamed, groups and documents stay within their article.

mod countries;
mod names;

pub(crate) use countries::adjectives;

use crate::Quoted;
use countries::{Government, government, spoken_for};
use onrecord_terms::{Actor, Article, Day, Mention, Placement, Role, Speaker, SpeakerKind};
use std::collections::{BTreeMap, BTreeSet};

/// What makes two mentions one actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The government of a country, by the country's name.
    Country(&'static str),
    /// A person by the words of a full name.
    Person(Vec<String>),
    /// A person of whom a thread knows the surname only: thread, surname.
    Surname(usize, String),
    /// Another named speaker.
    Other(String),
    /// Somebody without a name: article, description.
    Within(usize, SpeakerKind, String),
}

/// Actors in order of their first mention; those whom others speak for and who do not speak themselves come last.
pub(crate) fn actors(articles: &[Quoted], placements: &[Placement]) -> Vec<Actor> {
    let mentions = mentions(articles);
    let keys = keys(&mentions, placements);
    let mut groups: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    for (idx, key) in keys.iter().enumerate() {
        groups.entry(key).or_default().push(idx);
    }
    let mut groups: Vec<(&Key, Vec<usize>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, members)| members[0]);
    let mut actors: Vec<Actor> = groups
        .iter()
        .map(|(key, members)| actor(key, &members.iter().map(|idx| mentions[*idx]).collect::<Vec<_>>()))
        .collect();
    let mut by_key: BTreeMap<Key, usize> =
        groups.iter().enumerate().map(|(idx, (key, _))| ((*key).clone(), idx)).collect();
    for (idx, (key, members)) in groups.iter().enumerate() {
        let speakers: Vec<&Speaker> = members.iter().map(|m| mentions[*m].speaker).collect();
        if let Some((of, name, kind)) = speaks_for(key, &speakers) {
            let of = *by_key.entry(of).or_insert_with(|| {
                actors.push(silent(name, kind));
                actors.len() - 1
            });
            actors[idx].of = Some(of).filter(|of| *of != idx);
        }
    }
    actors
}

/// A speaker where it stands.
#[derive(Clone, Copy)]
struct Spoken<'a> {
    at: Mention,
    speaker: &'a Speaker,
    article: &'a Article,
}

fn mentions(articles: &[Quoted]) -> Vec<Spoken<'_>> {
    let mut all = Vec::new();
    for (article_idx, (article, quotes)) in articles.iter().enumerate() {
        for (quote_idx, quote) in quotes.iter().enumerate() {
            for (speaker_idx, speaker) in quote.voice.speakers.iter().enumerate() {
                let at = Mention { article: article_idx, quote: quote_idx, speaker: speaker_idx };
                all.push(Spoken { at, speaker, article });
            }
        }
    }
    all
}

/// The key of each mention, in order.
fn keys(mentions: &[Spoken], placements: &[Placement]) -> Vec<Key> {
    let mut keys: Vec<Key> = mentions.iter().map(|m| key(m)).collect();
    let thread = |m: &Spoken| placements.get(m.at.article).map_or(m.at.article, |p| p.thread);
    let story = |m: &Spoken| placements.get(m.at.article).map_or(m.at.article, |p| p.story);
    join_longer_names(mentions, &mut keys, &thread);
    let others: BTreeSet<String> = keys
        .iter()
        .filter_map(|key| match key {
            Key::Other(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    let mut known = [BTreeMap::new(), BTreeMap::new()]; // by story, by thread: surname → full names
    for (m, key) in mentions.iter().zip(&keys) {
        if let Key::Person(words) = key
            && let [_, .., surname] = &words[..]
        {
            for (known, place) in known.iter_mut().zip([story(m), thread(m)]) {
                known.entry((place, surname.clone())).or_insert_with(BTreeSet::new).insert(key.clone());
            }
        }
    }
    for (m, key) in mentions.iter().zip(&mut keys) {
        let Key::Person(words) = key else { continue };
        let [surname] = &words[..] else { continue };
        let only = |known: &BTreeMap<(usize, String), BTreeSet<Key>>, place: usize| {
            let names = known.get(&(place, surname.clone()))?;
            if names.len() == 1 { names.first().cloned() } else { None }
        };
        let name = names::other(&m.speaker.name);
        *key = match only(&known[0], story(m)).or_else(|| only(&known[1], thread(m))) {
            Some(full) => full,
            None if others.contains(&name) => Key::Other(name),
            None => Key::Surname(thread(m), surname.clone()),
        };
    }
    keys
}

fn key(mention: &Spoken) -> Key {
    let Speaker { name, kind, named, .. } = mention.speaker;
    let within = |kind| Key::Within(mention.at.article, kind, names::other(name));
    match kind {
        SpeakerKind::Unnamed | SpeakerKind::Group | SpeakerKind::Document => within(*kind),
        _ if !named => within(*kind),
        SpeakerKind::Person => Key::Person(names::person(name)),
        SpeakerKind::Government => match government(name) {
            Some(Government::Itself(country)) => Key::Country(country),
            _ => Key::Other(names::other(name)),
        },
        SpeakerKind::Organisation => Key::Other(names::other(name)),
    }
}

/// A name of three words or more joins the one of two words that has the same ends, within a thread.
fn join_longer_names(mentions: &[Spoken], keys: &mut [Key], thread: &dyn Fn(&Spoken) -> usize) {
    let mut short: BTreeSet<(usize, [String; 2])> = BTreeSet::new();
    for (m, key) in mentions.iter().zip(&*keys) {
        if let Key::Person(words) = key
            && let [first, last] = &words[..]
        {
            short.insert((thread(m), [first.clone(), last.clone()]));
        }
    }
    for (m, key) in mentions.iter().zip(keys) {
        if let Key::Person(words) = key
            && let [first, _, .., last] = &words[..]
        {
            let ends = [first.clone(), last.clone()];
            if words.len() > 2 && short.contains(&(thread(m), ends.clone())) {
                *key = Key::Person(ends.to_vec());
            }
        }
    }
}

fn actor(key: &Key, mentions: &[Spoken]) -> Actor {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for m in mentions {
        *counts.entry(m.speaker.name.as_str()).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    // The fullest first for people; for others the one used most.
    let n_words = |name: &str| name.split_whitespace().count();
    let person = matches!(key, Key::Person(_) | Key::Surname(..));
    names.sort_by(|a, b| {
        let fullest = if person { n_words(b.0).cmp(&n_words(a.0)) } else { std::cmp::Ordering::Equal };
        fullest.then(b.1.cmp(&a.1)).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0))
    });
    let mut names: Vec<String> = names.into_iter().map(|(name, _)| name.to_owned()).collect();
    if let Key::Country(country) = key {
        names.retain(|name| name != country);
        names.insert(0, (*country).to_owned());
    }
    Actor {
        name: names[0].clone(),
        kind: most(mentions.iter().map(|m| m.speaker.kind)).unwrap_or(SpeakerKind::Person),
        named: mentions.iter().any(|m| m.speaker.named),
        names,
        roles: roles(mentions),
        of: None,
        mentions: mentions.iter().map(|m| m.at).collect(),
    }
}

/// Somebody for whom others speak.
fn silent(name: String, kind: SpeakerKind) -> Actor {
    Actor { names: vec![name.clone()], name, kind, named: true, roles: vec![], of: None, mentions: vec![] }
}

/// Titles in order of first day, then words; titles that differ in case only are one.
fn roles(mentions: &[Spoken]) -> Vec<Role> {
    let mut roles: BTreeMap<String, (Role, usize)> = BTreeMap::new();
    for m in mentions {
        let Some(title) = &m.speaker.role else { continue };
        let day: Option<Day> = m.article.published.map(|moment| moment.day);
        let role = Role { title: title.clone(), from: day, to: day };
        let entry = roles.entry(names::other(title)).or_insert((role, 0));
        entry.0.from = [entry.0.from, day].into_iter().flatten().min();
        entry.0.to = [entry.0.to, day].into_iter().flatten().max();
        entry.1 += 1;
    }
    let mut roles: Vec<Role> = roles.into_values().map(|(role, _)| role).collect();
    roles.sort_by(|a, b| (a.from.is_none(), a.from, &a.title).cmp(&(b.from.is_none(), b.from, &b.title)));
    roles
}

/// Whom an actor speaks for: key, name and kind; by its own name for an office, else by what most mentions say.
fn speaks_for(key: &Key, speakers: &[&Speaker]) -> Option<(Key, String, SpeakerKind)> {
    let country =
        |country: &'static str| (Key::Country(country), country.to_owned(), SpeakerKind::Government);
    if let Key::Country(_) = key {
        return None;
    }
    let office = || {
        let one = speakers.iter().find(|s| s.kind == SpeakerKind::Government)?;
        match government(&one.name)? {
            Government::Seat(of) | Government::Itself(of) => Some(country(of)),
        }
    };
    if let Key::Other(_) = key
        && let Some(found) = office()
    {
        return Some(found);
    }
    let of = most(speakers.iter().filter_map(|s| s.of.as_deref()))?;
    if let Some(found) = spoken_for(of) {
        return Some(country(found));
    }
    let kind = if speakers.iter().any(|s| speaks_for_a_state(s)) {
        SpeakerKind::Government
    } else {
        SpeakerKind::Organisation
    };
    Some((Key::Other(names::other(of)), of.to_owned(), kind))
}

/// Whether a speaker's kind or office is one that governments have.
fn speaks_for_a_state(speaker: &Speaker) -> bool {
    let role = speaker.role.as_deref().unwrap_or_default().to_lowercase();
    speaker.kind == SpeakerKind::Government
        || ["minister", "ministry", "ambassador", "envoy", "diplomat", "government"]
            .iter()
            .any(|word| role.contains(word))
}

/// The value that comes most often; among equals the first.
fn most<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (idx, value) in values.enumerate() {
        counts.entry(value).or_insert((0, idx)).0 += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.1.1.cmp(&a.1.1))).map(|(value, _)| value)
}

#[cfg(test)]
mod tests;
