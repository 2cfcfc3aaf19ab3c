//! Who speaks? One actor for all the names that somebody goes by across articles, and whom each speaks for.
//!
//! A person's full name in any spelling is one actor; a bare surname joins a full name only if the story, or else the
//! thread, knows exactly one of that surname; other named speakers go by their name; governments by their country
//! (`data/countries.tsv`). The unnamed, groups and documents stay within their article.

mod behind;
mod countries;
mod decided;
mod lands;
mod names;
mod offices;
mod organs;
mod roles;

pub(crate) use countries::adjectives;

use crate::Quoted;
use lands::{Land, Lands, Stands};
use onrecord_terms::{Actor, Article, Decision, Mention, Placement, Quote, Speaker, SpeakerKind};
use std::collections::{BTreeMap, BTreeSet};

/// What makes two mentions one actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The government of a country.
    Country(Land),
    /// A person by the words of a full name.
    Person(Vec<String>),
    /// A person of whom a thread knows the surname only: thread, surname.
    Surname(usize, String),
    /// Another named speaker.
    Other(String),
    /// A name that a person has parted from whoever else goes by it.
    Apart(String),
    /// Somebody without a name: article, description.
    Within(usize, SpeakerKind, String),
}

/// Actors in order of their first mention; those whom others speak for and who do not speak themselves come last.
pub(crate) fn actors(articles: &[Quoted], placements: &[Placement], decisions: &[Decision]) -> Vec<Actor> {
    let mentions = mentions(articles);
    let lands = Lands::of(mentions.iter().map(|m| m.speaker));
    let mut keys = keys(&mentions, placements, &lands);
    decided::decide(&mentions, &mut keys, decisions);
    let behind = behind::behind(&mentions, &mut keys, &lands);
    let mut groups: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    for (idx, key) in keys.iter().enumerate() {
        groups.entry(key).or_default().push(idx);
    }
    let mut groups: Vec<(&Key, Vec<usize>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, members)| members[0]);
    let mut actors: Vec<Actor> = groups
        .iter()
        .map(|(key, members)| {
            actor(key, &members.iter().map(|idx| mentions[*idx]).collect::<Vec<_>>(), &lands)
        })
        .collect();
    let mut by_key: BTreeMap<Key, usize> =
        groups.iter().enumerate().map(|(idx, (key, _))| ((*key).clone(), idx)).collect();
    // Those who do not speak themselves may be spoken for by others who do not.
    let mut waiting: Vec<Key> = groups.iter().map(|(key, _)| (*key).clone()).collect();
    while let Some(key) = waiting.pop() {
        let (Some(body), Some(idx)) = (behind.get(&key), by_key.get(&key).copied()) else { continue };
        let of = *by_key.entry(body.key.clone()).or_insert_with(|| {
            actors.push(silent(body.name.clone(), body.kind));
            waiting.push(body.key.clone());
            actors.len() - 1
        });
        actors[idx].of = Some(of).filter(|of| *of != idx);
    }
    actors
}

/// A speaker where it stands.
#[derive(Clone, Copy)]
struct Spoken<'a> {
    at: Mention,
    speaker: &'a Speaker,
    article: &'a Article,
    quote: &'a Quote,
}

fn mentions(articles: &[Quoted]) -> Vec<Spoken<'_>> {
    let mut all = Vec::new();
    for (article_idx, (article, quotes)) in articles.iter().enumerate() {
        for (quote_idx, quote) in quotes.iter().enumerate() {
            for (speaker_idx, speaker) in quote.voice.speakers.iter().enumerate() {
                let at = Mention { article: article_idx, quote: quote_idx, speaker: speaker_idx };
                all.push(Spoken { at, speaker, article, quote });
            }
        }
    }
    all
}

/// The key of each mention, in order.
fn keys(mentions: &[Spoken], placements: &[Placement], lands: &Lands) -> Vec<Key> {
    let mut keys: Vec<Key> = mentions.iter().map(|m| key(m, lands)).collect();
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
    join_bodies(mentions, &mut keys, &known[0], &story);
    offices::join(mentions, &mut keys, lands);
    organs::join(mentions, &mut keys);
    // A body whose name is the surname of the one person of that name in the story is that person.
    for (m, key) in mentions.iter().zip(&mut keys) {
        if let Key::Other(_) = key
            && let [surname] = &names::person(&m.speaker.name)[..]
            && let Some(people) = known[0].get(&(story(m), surname.clone()))
            && let [only] = &people.iter().collect::<Vec<_>>()[..]
        {
            *key = (*only).clone();
        }
    }
    keys
}

/// "Ana Ruiz's campaign" is the Ruiz campaign where the story knows one Ruiz; a body's shorter name is the longer one that
/// ends so, where the story has one such.
fn join_bodies(
    mentions: &[Spoken],
    keys: &mut [Key],
    people: &BTreeMap<(usize, String), BTreeSet<Key>>,
    story: &dyn Fn(&Spoken) -> usize,
) {
    // A ministry without its country stays one: whose it is, only the report tells.
    let body = |m: &Spoken| m.speaker.kind == SpeakerKind::Organisation;
    let mut longer: BTreeMap<(usize, String), BTreeSet<String>> = BTreeMap::new();
    for (m, key) in mentions.iter().zip(keys.iter_mut()).filter(|(m, _)| body(m)) {
        let Key::Other(name) = key else { continue };
        let words: Vec<&str> = name.split(' ').collect();
        if let [first, .., surname, "campaign"] = words[..]
            && let Some(found) = people.get(&(story(m), surname.to_owned()))
            && let [Key::Person(full)] = found.iter().collect::<Vec<_>>()[..]
            && full.first().is_some_and(|own| own == first)
        {
            *key = Key::Other(format!("{surname} campaign"));
            continue;
        }
        for at in 1..words.len().saturating_sub(1) {
            longer.entry((story(m), words[at..].join(" "))).or_default().insert(name.clone());
        }
    }
    for (m, key) in mentions.iter().zip(keys).filter(|(m, _)| body(m)) {
        if let Key::Other(name) = key
            && let Some(found) = longer.get(&(story(m), name.clone()))
            && found.len() == 1
            && !name.ends_with(" campaign")
            && let Some(only) = found.first()
        {
            *key = Key::Other(only.clone());
        }
    }
}

fn key(mention: &Spoken, lands: &Lands) -> Key {
    let Speaker { name, kind, named, .. } = mention.speaker;
    if let Some(campaign) = names::campaign(name).filter(|_| *kind == SpeakerKind::Organisation) {
        return Key::Other(campaign);
    }
    let within = |kind| Key::Within(mention.at.article, kind, names::other(name));
    match kind {
        SpeakerKind::Unnamed | SpeakerKind::Group | SpeakerKind::Document => within(*kind),
        _ if !named => within(*kind),
        SpeakerKind::Government => body_key(name, lands),
        SpeakerKind::Person | SpeakerKind::Organisation => match lands.stands(name) {
            // The bare name of a country that the record knows.
            Some(Stands::Itself(land @ Land::Seen(..))) if !names::other(name).contains(' ') => {
                Key::Country(land)
            }
            _ if *kind == SpeakerKind::Person => Key::Person(names::full(name)),
            _ => Key::Other(names::other(name)),
        },
    }
}

/// The key of a government or an office.
fn body_key(name: &str, lands: &Lands) -> Key {
    match lands.stands(name) {
        Some(Stands::Itself(land)) => Key::Country(land),
        Some(Stands::Office(Land::Seen(noun, _), rest)) => Key::Other(format!("{noun} {rest}")),
        _ => Key::Other(names::other(name)),
    }
}

/// Longer names join shorter ones with the same ends where the record has one longer name only: a name with a middle
/// name within a thread, one with an initial, a numeral or "Jr." anywhere. Where there are several they are several people.
fn join_longer_names(mentions: &[Spoken], keys: &mut [Key], thread: &dyn Fn(&Spoken) -> usize) {
    let ends = |words: &[String]| -> Option<[String; 2]> {
        match words {
            [first, .., last] => Some([first.clone(), last.clone()]),
            _ => None,
        }
    };
    let mut short: BTreeSet<(usize, [String; 2])> = BTreeSet::new();
    let mut long: BTreeMap<[String; 2], BTreeSet<Vec<String>>> = BTreeMap::new();
    for (m, key) in mentions.iter().zip(&*keys) {
        let Key::Person(words) = key else { continue };
        let Some(ends) = ends(words) else { continue };
        if words.len() == 2 {
            short.insert((thread(m), ends));
        } else {
            long.entry(ends).or_default().insert(words.clone());
        }
    }
    for (m, key) in mentions.iter().zip(keys) {
        if let Key::Person(words) = key
            && words.len() > 2
            && let Some(ends) = ends(words)
            && long.get(&ends).is_none_or(|names| names.len() == 1)
            && (names::is_marked_only(words) || short.contains(&(thread(m), ends.clone())))
        {
            *key = Key::Person(ends.to_vec());
        }
    }
}

fn actor(key: &Key, mentions: &[Spoken], lands: &Lands) -> Actor {
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
    if let Key::Country(land) = key {
        names.retain(|name| name != land.name());
        names.insert(0, land.name().to_owned());
    }
    Actor {
        name: names[0].clone(),
        kind: match key {
            Key::Country(_) => SpeakerKind::Government,
            Key::Person(_) => SpeakerKind::Person,
            _ => most(mentions.iter().map(|m| m.speaker.kind)).unwrap_or(SpeakerKind::Person),
        },
        named: mentions.iter().any(|m| m.speaker.named),
        names,
        roles: roles::roles(mentions, lands),
        of: None,
        mentions: mentions.iter().map(|m| m.at).collect(),
    }
}

/// Somebody for whom others speak.
fn silent(name: String, kind: SpeakerKind) -> Actor {
    Actor { names: vec![name.clone()], name, kind, named: true, roles: vec![], of: None, mentions: vec![] }
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
