//! What are they, and for whom do they speak? Offices before and after names, and the country or body behind them.

use super::cast::{self, Cast, Entity};
use super::lexicon::{self, Form, Title};
use super::mention::{Mention, role_text};
use super::tokens::{Shape, Token};
use onrecord_terms::SpeakerKind;
use std::collections::BTreeMap;

/// Adds the offices that stand after or before names with commas, then tells whom everybody speaks for.
pub(crate) fn add_roles(
    text: &str,
    tokens: &[Token],
    mentions: &[Mention],
    headline: Option<&str>,
    inside: &[bool],
    cast: &mut Cast,
) {
    let mut found: Vec<Option<(usize, usize)>> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let span =
            (!mention.weak).then(|| after(tokens, mention).or_else(|| before(tokens, mention))).flatten();
        found.push(span);
    }
    let places = places(mentions);
    // For each entity: whom an office's own words name, and whom its sentence makes plain.
    let mut whose: Vec<(Vec<String>, Vec<String>)> = vec![(Vec::new(), Vec::new()); cast.entities.len()];
    let mut hints: Vec<Option<String>> = vec![None; cast.entities.len()];
    let mut owned = vec![false; cast.entities.len()];
    for (idx, mention) in mentions.iter().enumerate() {
        let Some(entity_idx) = cast.who[idx].0 else { continue };
        let entity = &mut cast.entities[entity_idx];
        if entity.kind != SpeakerKind::Person {
            continue;
        }
        let mut spans = Vec::new();
        if mention.lead < mention.first {
            spans.push((mention.lead, mention.first));
        }
        if let Some((start, end)) = found[idx] {
            if let Some(role) = role_text(text, tokens, start, end) {
                entity.gender = entity.gender.or_else(|| cast::role_gender(&role));
                if !entity.roles.contains(&role) {
                    entity.roles.push(role);
                }
            }
            spans.push((start, end));
        }
        for (start, end) in spans {
            if let Some(of) = behind(text, tokens, start, end, &places) {
                let owner = meant(&of, mentions, cast, start, end).unwrap_or(of);
                whose[entity_idx].0.push(owner);
            } else if start > 0 && tokens[start - 1].shape == Shape::Possessive {
                // "The entity's prime minister": somebody's, and it is not told whose.
                owned[entity_idx] = true;
            } else if !tokens[start..end].iter().any(|t| national(&t.lower)) {
                continue;
            } else if let Some(of) = nearby(tokens, mentions, idx).filter(|_| !inside[idx]) {
                whose[entity_idx].1.push(of);
            } else if let Some(of) = sentence_before(tokens, mentions, idx).filter(|_| !inside[idx]) {
                hints[entity_idx].get_or_insert(of);
            }
        }
    }
    for (entity, whose) in cast.entities.iter_mut().zip(&whose) {
        if entity.kind == SpeakerKind::Person {
            entity.of = whose.0.first().or(whose.1.first()).cloned();
        }
    }
    // "Lind's campaign manager" speaks for Carl Lind: the name in full.
    for idx in 0..cast.entities.len() {
        let Some(of) = cast.entities[idx].of.clone() else { continue };
        if lexicon::country(&of, &[Form::Name]).is_some() {
            continue;
        }
        if let Some(name) = in_full(cast, &of, idx) {
            cast.entities[idx].of = Some(name);
        }
    }
    name_countries(headline, &owned, &hints, cast);
}

/// The person whom a name among the tokens from `start` to `end` means: of two of one surname the one meant there.
pub(crate) fn meant(
    name: &str,
    mentions: &[Mention],
    cast: &Cast,
    start: usize,
    end: usize,
) -> Option<String> {
    let from = mentions.partition_point(|m| m.first < start);
    let inside = mentions.iter().enumerate().skip(from).take_while(|(_, m)| m.last < end);
    let bare = bare(name).join(" ");
    let mut called = inside.filter(|(_, m)| bare == m.name);
    let entity = &cast.entities[cast.who[called.next()?.0].0?];
    (entity.kind == SpeakerKind::Person && entity.sure && entity.name != name && entity.name.contains(' '))
        .then(|| entity.name.clone())
}

/// The words of a name without the titles before it.
fn bare(name: &str) -> Vec<&str> {
    let words = name.split(' ');
    words.skip_while(|w| lexicon::title(&w.to_lowercase().replace('.', "")).is_some()).collect()
}

/// For whom "Lind's campaign manager" speaks: Carl Lind, or his country where he holds an office of it. Not `own`.
pub(crate) fn in_full(cast: &Cast, of: &str, own: usize) -> Option<String> {
    let owner = &cast.entities[cast.find(&bare(of).join(" ")).filter(|found| *found != own)?];
    let country = owner.of.clone().filter(|_| {
        owner.kind == SpeakerKind::Person
            && owner.roles.iter().any(|r| r.to_lowercase().split(' ').any(national))
    });
    Some(country.unwrap_or_else(|| owner.name.clone()))
}

/// Offices that stand for a country when no body is named.
pub(super) fn national(word: &str) -> bool {
    matches!(
        word,
        "president"
            | "minister"
            | "premier"
            | "chancellor"
            | "ministry"
            | "king"
            | "queen"
            | "ambassador"
            | "prime-minister"
            | "foreign"
            | "government"
            | "envoy"
    )
}

/// An appositive after the name: ", the ministry's spokeswoman," ", head of the Lind Institute".
fn after(tokens: &[Token], mention: &Mention) -> Option<(usize, usize)> {
    let comma = mention.last + 1;
    if !tokens.get(comma)?.is_mark(",") {
        return None;
    }
    let start = comma + 1;
    // "In Ostrabel, the spokeswoman said": a place, and not hers the office.
    let place = mention
        .lead
        .checked_sub(1)
        .is_some_and(|at| matches!(tokens[at].lower.as_str(), "in" | "at" | "from" | "near" | "outside"));
    if place && mention.first == mention.last {
        return None;
    }
    let sentence = tokens.get(start)?.sentence;
    let stop = |t: &Token| {
        t.sentence != sentence
            || t.is_mark(",")
            || t.is_mark(";")
            || t.is_mark("(")
            || t.is_mark("”")
            || t.is_mark("—")
            || matches!(t.lower.as_str(), "who" | "which" | "said" | "says" | "told" | "has" | "was" | "is")
    };
    let mut end = start;
    while end < tokens.len() && end - start < 24 && !stop(&tokens[end]) {
        end += 1;
    }
    // An ending mark of the sentence is no part of the office.
    while end > start && tokens[end - 1].shape == Shape::Mark {
        end -= 1;
    }
    if tokens.get(start).is_some_and(|t| {
        matches!(
            t.lower.as_str(),
            "and" | "or" | "but" | "when" | "after" | "as" | "with" | "in" | "he" | "she"
        )
    }) {
        return None;
    }
    let head = head_of(tokens, start, end)?;
    lexicon::title(&tokens[head].lower).filter(|t| *t != Title::Honorific)?;
    Some((start, end))
}

/// An office before the name with a comma: "The ministry's spokeswoman, Ana Lind,".
fn before(tokens: &[Token], mention: &Mention) -> Option<(usize, usize)> {
    let comma = mention.lead.checked_sub(1)?;
    let head = comma.checked_sub(1)?;
    if !tokens[comma].is_mark(",") || !tokens.get(mention.last + 1).is_some_and(|t| t.shape == Shape::Mark) {
        return None;
    }
    lexicon::title(&tokens[head].lower).filter(|t| *t != Title::Honorific)?;
    let sentence = tokens[mention.first].sentence;
    let mut start = head;
    while start > 0 && head - start < 10 {
        let word = &tokens[start - 1];
        let article =
            matches!(word.lower.as_str(), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our");
        let other = lexicon::opens_sentence(&word.lower) && !matches!(word.lower.as_str(), "former" | "new");
        if word.sentence != sentence || word.shape == Shape::Mark || (other && !article) {
            break;
        }
        if article {
            break;
        }
        start -= 1;
    }
    Some((start, head + 1))
}

/// The head noun of a phrase: the last word before its first preposition.
pub(crate) fn head_of(tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let preposition = |t: &Token| {
        matches!(
            t.lower.as_str(),
            "of" | "for"
                | "at"
                | "in"
                | "from"
                | "on"
                | "with"
                | "to"
                | "by"
                | "who"
                | "that"
                | "which"
                | "about"
                | "under"
                | "over"
                | "against"
                | "inside"
                | "within"
                | "near"
                | "among"
                | "including"
                | "such"
                | "whose"
                | "as"
                | "close"
                | "familiar"
                | "called"
                | "released"
                | "conducted"
                | "published"
        ) && t.shape == Shape::Lower
    };
    let end = end.min(tokens.len());
    let stop = (start..end).find(|at| preposition(&tokens[*at]) || tokens[*at].is_mark(",")).unwrap_or(end);
    let last = (start..stop).rev().find(|at| tokens[*at].is_word() && tokens[*at].shape != Shape::Number)?;
    let known =
        |at: usize| lexicon::noun(&tokens[at].lower).is_some() || lexicon::title(&tokens[at].lower).is_some();
    // "judges handling Freedom of Information cases": the people before what they do.
    let doing = (start + 1..stop.min(start + 7)).find(|at| {
        let (word, before) = (&tokens[*at], &tokens[*at - 1]);
        word.shape == Shape::Lower
            && word.lower.len() > 5
            && word.lower.ends_with("ing")
            && before.shape == Shape::Lower
            && (lexicon::noun(&before.lower).is_some_and(|n| n.many)
                || before.lower.strip_suffix('s').is_some_and(|one| lexicon::title(one).is_some()))
    });
    if let Some(doing) = doing {
        return Some(doing - 1);
    }
    // "voters filing in last week", "sources privy": the first noun that can speak, if the last word cannot.
    match known(last) || tokens[last].is_capital() || stop - start < 2 {
        true => Some(last),
        false => {
            Some((start..last).find(|at| known(*at) && tokens[*at].shape == Shape::Lower).unwrap_or(last))
        }
    }
}

/// Names of places in the article, by their first letters: what made-up demonyms are matched with.
pub(crate) fn places(mentions: &[Mention]) -> BTreeMap<String, String> {
    let mut map = BTreeMap::new();
    for mention in mentions.iter().filter(|m| !m.weak && m.first == m.last && m.lead == m.first) {
        if !matches!(mention.kind, None | Some(SpeakerKind::Government)) {
            continue;
        }
        map.entry(mention.name.to_lowercase()).or_insert_with(|| mention.name.clone());
    }
    map
}

/// The place whose demonym `word` is by its form: "Ardenian" of "Arden" or "Ardenia".
fn by_form(word: &str, places: &BTreeMap<String, String>) -> Option<String> {
    let stem = ["ian", "ean", "ese", "ish", "ine", "an", "i", "er"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3))?;
    let found = places.range(stem.to_owned()..).take_while(|(place, _)| place.starts_with(stem));
    let mut found = found.filter(|(place, _)| place.as_str() != word && place.len() <= stem.len() + 3);
    found.next().map(|(_, name)| name.clone())
}

/// Whom an office at `start..end` belongs to, where its words tell.
pub(crate) fn behind(
    text: &str,
    tokens: &[Token],
    start: usize,
    end: usize,
    places: &BTreeMap<String, String>,
) -> Option<String> {
    let span = |a: usize, b: usize| {
        let words = text.get(tokens[a].start..tokens[b - 1].end)?;
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    // A country's name, demonym, capital or metonym: two words before one.
    let all = [Form::Demonym, Form::Name, Form::Metonym, Form::Capital];
    for at in start..end {
        if !tokens[at].is_capital() {
            continue;
        }
        let two = (at + 1 < end).then(|| span(at, at + 2)).flatten();
        let country = two
            .and_then(|two| lexicon::country(&two, &all))
            .or_else(|| span(at, at + 1).and_then(|one| lexicon::country(&one, &all)));
        let part = at > 0
            && tokens[at].joined
            && matches!(
                tokens[at - 1].lower.as_str(),
                "new" | "north" | "south" | "west" | "east" | "northern" | "southern" | "port" | "fort"
            );
        let part = part && country.is_some_and(|c| !c.0.contains(' '));
        if let Some((country, form)) = country.filter(|_| !part) {
            // "of the University of Chicago" is not the country of a homonym: a capital counts only before the head.
            let prepositional = at > start && matches!(tokens[at - 1].lower.as_str(), "in" | "at");
            let elsewhere = form == Form::Capital && prepositional;
            if !elsewhere && !inside_body(tokens, at, start, end) {
                return Some(country.to_owned());
            }
        }
        if let Some(place) = by_form(&tokens[at].lower, places) {
            return Some(place);
        }
    }
    let head = head_of(tokens, start, end)?;
    if PRIVATE.contains(&tokens[head].lower.as_str()) {
        return None;
    }
    // "of the Lind Institute", "for the Harbour Union"
    for at in start..end.saturating_sub(1) {
        if !matches!(tokens[at].lower.as_str(), "of" | "for" | "at") {
            continue;
        }
        let from = if tokens[at + 1].lower == "the" { at + 2 } else { at + 1 };
        // "secretary of State": what the office is for, not whom.
        if tokens.get(from).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "state"
                    | "defense"
                    | "defence"
                    | "treasury"
                    | "commerce"
                    | "labor"
                    | "labour"
                    | "energy"
                    | "health"
                    | "agriculture"
                    | "education"
                    | "interior"
                    | "justice"
                    | "transportation"
                    | "staff"
            )
        }) {
            continue;
        }
        let mut to = from;
        while to < end
            && (tokens[to].is_capital()
                || (to > from
                    && to + 1 < end
                    && matches!(tokens[to].lower.as_str(), "of" | "for" | "and" | "&" | "the")
                    && (tokens[to + 1].is_capital()
                        || tokens.get(to + 2).is_some_and(|t| to + 2 < end && t.is_capital()))))
        {
            to += 1;
        }
        if to > from {
            return span(from, to);
        }
    }
    // "Harbour Union president", "the company's chief": capitals before the head, offices and parties aside.
    let office = |t: &Token| {
        lexicon::title(&t.lower).is_some()
            || matches!(
                t.lower.as_str(),
                "republican"
                    | "democratic"
                    | "democrat"
                    | "prime"
                    | "foreign"
                    | "vice"
                    | "press"
                    | "former"
                    | "retired"
                    | "longtime"
                    | "current"
                    | "veteran"
                    | "chief"
                    | "first"
                    | "interim"
                    | "acting"
                    | "deputy"
                    | "senior"
                    | "majority"
                    | "minority"
                    | "state"
                    | "attorney"
                    | "ministry"
                    | "house"
                    | "senate"
                    | "presidential"
                    | "vice-presidential"
                    | "libertarian"
                    | "conservative"
                    | "liberal"
                    | "gop"
                    | "congressional"
                    | "independent"
                    | "department"
                    | "office"
                    | "police"
                    | "agency"
                    | "executive"
                    | "managing"
                    | "political"
                    | "research"
                    | "interior"
                    | "defense"
                    | "defence"
                    | "finance"
            )
    };
    let from = (start..head).find(|at| tokens[*at].is_capital() && !office(&tokens[*at]))?;
    // "Lantern House spokesman": the house is no office here.
    let body = |t: &Token| {
        matches!(
            t.lower.as_str(),
            "house" | "senate" | "ministry" | "department" | "office" | "agency" | "police"
        )
    };
    let ends = |t: &Token| !t.is_capital() || (office(t) && !body(t));
    let to = (from..head).find(|at| ends(&tokens[*at])).unwrap_or(head);
    if to == from + 1
        && tokens[from].opens
        && !tokens[from].lower.ends_with("ian")
        && by_opening(&tokens[from].lower)
    {
        return None;
    }
    if let Some(country) = derived(tokens, from, to, head) {
        return Some(country);
    }
    let to = match tokens.get(to) {
        Some(next)
            if to < head
                && matches!(
                    next.lower.as_str(),
                    "campaign" | "administration" | "government" | "ministry"
                ) =>
        {
            to + 1
        }
        _ => to,
    };
    (to > from).then(|| span(from, to)).flatten()
}

/// A word that opens a sentence and may be no name: a count or an adjective.
fn by_opening(word: &str) -> bool {
    lexicon::opens_sentence(word)
        || matches!(word, "multiple" | "sixty" | "senior" | "top" | "longtime" | "veteran")
}

/// "Ardenian foreign minister", where the article never says Ardenia: the people's name without its last letter.
///
/// Only before an office that a country gives, and only for "-ian": the one form that tells its country.
fn derived(tokens: &[Token], from: usize, to: usize, head: usize) -> Option<String> {
    let word = tokens.get(to.checked_sub(1)?)?;
    let people =
        word.lower.ends_with("ian") && word.lower.chars().count() > 5 && word.shape == Shape::Capital;
    let other = matches!(
        word.lower.as_str(),
        "libertarian" | "christian" | "presbyterian" | "authoritarian" | "victorian" | "parliamentarian"
    );
    let office = tokens[to..=head.min(tokens.len() - 1)].iter().any(|t| national(&t.lower));
    let mut letters = word.lower.chars();
    letters.next_back();
    let mut name: String = letters.collect();
    if let Some(first) = name.get(..1).map(str::to_uppercase) {
        name.replace_range(..1, &first);
    }
    (people && !other && office && to > from).then_some(name)
}

/// What people are for themselves and for nobody else.
const PRIVATE: &[&str] = &[
    "author",
    "writer",
    "father",
    "mother",
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "widow",
    "friend",
    "student",
    "voter",
    "resident",
    "native",
    "actor",
    "actress",
    "star",
    "survivor",
    "victim",
    "veteran",
    "neighbor",
    "neighbour",
    "parent",
    "teacher",
    "farmer",
    "retiree",
    "fan",
    "novelist",
    "poet",
    "uncle",
    "aunt",
    "cousin",
];

/// Whether a country's word at `at` is part of a longer body's name: "Bank of England governor" speaks for the bank.
fn inside_body(tokens: &[Token], at: usize, start: usize, end: usize) -> bool {
    let before = at >= start + 2
        && matches!(tokens[at - 1].lower.as_str(), "of" | "for")
        && tokens[at - 2].is_capital()
        && lexicon::title(&tokens[at - 2].lower).is_none();
    let capital = |t: &Token| t.is_capital() && t.joined;
    let body = |t: &Token| lexicon::noun(&t.lower).is_some_and(|n| n.kind == SpeakerKind::Organisation);
    let mut from = at;
    while from > start && tokens[from].joined && tokens[from - 1].is_capital() {
        from -= 1;
    }
    let to = (at + 1..end).find(|next| !capital(&tokens[*next])).unwrap_or(end);
    let demonym = lexicon::country(&tokens[at].lower, &[Form::Demonym]).is_some();
    let after =
        (from..to).any(|next| next != at && body(&tokens[next])) && !(demonym && from == at && at == start);
    before || after
}

/// How many names a sentence is looked over for: a bound for pages without full stops.
const MOST: usize = 60;

/// The country that the sentence of a mention makes plain: its first word that names one, before the mention.
fn nearby(tokens: &[Token], mentions: &[Mention], idx: usize) -> Option<String> {
    let sentence = tokens[mentions[idx].first].sentence;
    let before = mentions[..idx].iter().rev().take(MOST).take_while(|m| tokens[m.first].sentence == sentence);
    opening_country(tokens, before.last()?)
}

/// The country that the sentence before opens with.
fn sentence_before(tokens: &[Token], mentions: &[Mention], idx: usize) -> Option<String> {
    let sentence = tokens[mentions[idx].first].sentence.checked_sub(1)?;
    let end = mentions[..idx].partition_point(|m| tokens[m.first].sentence <= sentence);
    let before = mentions[..end].iter().rev().take(MOST).take_while(|m| tokens[m.first].sentence == sentence);
    opening_country(tokens, before.last()?)
}

/// The country of a mention that opens its sentence.
fn opening_country(tokens: &[Token], mention: &Mention) -> Option<String> {
    let sentence = tokens[mention.first].sentence;
    let opens = mention
        .lead
        .checked_sub(1)
        .is_none_or(|at| tokens[at].sentence != sentence || tokens[at].lower == "the");
    let (country, _) = lexicon::country(&mention.name, &[Form::Name, Form::Metonym])?;
    opens.then(|| country.to_owned())
}

/// Governments speak for their country; an office without one takes the country that the headline opens with.
fn name_countries(headline: Option<&str>, owned: &[bool], hints: &[Option<String>], cast: &mut Cast) {
    let opening = headline.and_then(|h| {
        let words: Vec<&str> = h.split_whitespace().take(3).collect();
        let clean = |w: &str| {
            w.trim_end_matches([',', ':', '.']).trim_end_matches("’s").trim_end_matches("'s").to_owned()
        };
        let one = words
            .first()
            .and_then(|w| lexicon::country(&clean(w), &[Form::Name, Form::Demonym, Form::Metonym]));
        let two =
            words.get(..2).and_then(|w| lexicon::country(&clean(&w.join(" ")), &[Form::Name, Form::Metonym]));
        two.or(one).map(|found| found.0.to_owned())
    });
    let all = [Form::Name, Form::Metonym, Form::Capital];
    for entity in &mut cast.entities {
        if entity.kind == SpeakerKind::Government {
            let of_name = || {
                let words: Vec<&str> = entity.name.split_whitespace().collect();
                words.iter().find_map(|w| lexicon::country(w, &[Form::Demonym, Form::Name, Form::Metonym]))
            };
            let found = lexicon::country(&entity.name, &all).or_else(of_name);
            let ministry = ["ministry", "department", "government", "authorities"];
            let lower = entity.name.to_lowercase();
            let generic = lower.split(' ').next_back().is_some_and(|w| ministry.contains(&w));
            entity.of = match found {
                Some((country, _)) => Some(country.to_owned()),
                None if generic => opening.clone(),
                None => Some(entity.name.clone()),
            };
        }
    }
    let spoken: BTreeMap<String, u32> = cast.entities.iter().filter(|e| e.kind == SpeakerKind::Person).fold(
        BTreeMap::new(),
        |mut counts, e| {
            if let Some(of) = e.of.as_ref().filter(|of| lexicon::country(of, &[Form::Name]).is_some()) {
                *counts.entry(of.clone()).or_default() += e.mentions.len() as u32;
            }
            counts
        },
    );
    let one = (spoken.len() == 1).then(|| spoken.iter().next()).flatten();
    cast.nation = one
        .filter(|(country, n)| opening.as_ref() == Some(*country) || opening.is_none() && **n > 2)
        .map(|(country, _)| country.clone());
    for ((entity, owned), hint) in cast.entities.iter_mut().zip(owned).zip(hints) {
        let national = |e: &Entity| e.roles.iter().any(|r| r.to_lowercase().split_whitespace().any(national));
        if entity.kind != SpeakerKind::Person || *owned || entity.of.is_some() || !national(entity) {
            continue;
        }
        // The country of the headline, if nobody else speaks for another one.
        let only = (spoken.len() == 1).then(|| spoken.keys().next().cloned()).flatten();
        // The sentence before opens with a country that others speak for too.
        let hint = hint.clone().filter(|of| spoken.contains_key(of));
        if hint.is_some() && !entity.roles.iter().any(|r| r == "President") {
            entity.of = hint;
            continue;
        }
        // A president who has no country beside the title is the reader's own as often as the headline's.
        let bare =
            entity.roles.iter().all(|r| !r.contains(' ')) && entity.roles.iter().any(|r| r == "President");
        entity.of = match (&opening, only) {
            (opening, only) if bare && *opening != only => None,
            (Some(opening), Some(only)) if *opening != only => None,
            (Some(opening), _) => Some(opening.clone()),
            (None, only) => only,
        };
    }
}
