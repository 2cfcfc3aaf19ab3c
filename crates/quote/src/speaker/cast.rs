//! Who appears in the article? Mentions gathered into entities: one name, one kind, everything told about them.
//!
//! Full names come first, then surnames, given names and initials find theirs; two people of one surname stay two.

use super::lexicon::{self, Gender};
use super::mention::{Mention, PARTICLES};
use super::tokens::{Shape, Token};
use onrecord_terms::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody or something that can speak.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// The fullest name that the article gives.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: SpeakerKind,
    /// Whether the kind is known by more than its look.
    pub(crate) sure: bool,
    /// For persons, where anything tells.
    pub(crate) gender: Option<Gender>,
    /// Offices and callings that the article gives, in order, with the token they start at.
    pub(crate) roles: Vec<String>,
    /// Whom they speak for.
    pub(crate) of: Option<String>,
    /// Indexes of its mentions, in order.
    pub(crate) mentions: Vec<usize>,
    /// Whether the name is a proper name.
    pub(crate) named: bool,
    /// How often the full name stands, headings aside.
    full: u32,
    /// The mentions with the full name, in order.
    full_at: Vec<usize>,
}

/// Everybody in the article.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// The entities, in order of their first full mention.
    pub(crate) entities: Vec<Entity>,
    /// The entity of each mention, and another one of the same surname that it could mean.
    pub(crate) who: Vec<(Option<usize>, Option<usize>)>,
    /// Entities by the last word of their name, in lower case.
    by_last: BTreeMap<String, Vec<usize>>,
    /// Persons of full name by their first word.
    by_given: BTreeMap<String, Vec<usize>>,
    /// Entities by their name as written, in lower case.
    by_text: BTreeMap<String, usize>,
    /// Entities by their whole name, in lower case and without dots.
    by_name: BTreeMap<String, usize>,
    /// The country whose offices the article speaks of, where it speaks of one country's alone.
    pub(crate) nation: Option<String>,
    /// How often a lone surname stands behind Mr, and behind Mrs or Ms.
    called: BTreeMap<String, (u32, u32)>,
}

/// Gathers mentions into entities. `paragraph` tells each mention's paragraph.
pub(crate) fn cast(tokens: &[Token], mentions: &[Mention], item_starts: &[usize]) -> Cast {
    let mut cast = Cast { who: vec![(None, None); mentions.len()], ..Cast::default() };
    cast.count_called(mentions);
    // "Paris claims" after "Valeska Paris": a capital's name that somebody here bears.
    let mut surnames: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in
        mentions.iter().filter(|m| m.kind == Some(SpeakerKind::Person) && m.last > m.first && !m.weak)
    {
        surnames.entry(tokens[mention.last].lower.as_str()).or_insert(mention.first);
    }
    let borne = |m: &Mention| {
        let word = tokens[m.first].lower.as_str();
        m.first == m.last
            && m.kind == Some(SpeakerKind::Government)
            && lexicon::country(word, &[lexicon::Form::Capital]).is_some()
            && lexicon::country(word, &[lexicon::Form::Name]).is_none()
            && surnames.get(word).is_some_and(|first| *first < m.first)
    };
    let full: Vec<bool> = mentions.iter().map(|m| !m.weak && is_full(m) && !borne(m)).collect();
    for (idx, mention) in mentions.iter().enumerate().filter(|(idx, _)| full[*idx]) {
        let entity = cast.by_full_name(mention).unwrap_or_else(|| cast.add(mention));
        cast.attach(entity, idx, mention, true);
    }
    cast.match_initials(tokens, mentions);
    for (idx, mention) in mentions.iter().enumerate().filter(|(idx, _)| !full[*idx]) {
        let floor = item_starts[..item_starts.partition_point(|start| *start <= mention.first)].last();
        let (found, rival) = cast.by_part(tokens, mentions, mention, floor.copied());
        let entity = match found {
            Some(entity) => entity,
            None if mention.weak || mention.doubtful => continue,
            None => cast.add(mention),
        };
        cast.who[idx].1 = rival;
        cast.attach(entity, idx, mention, false);
    }
    for entity in &mut cast.entities {
        entity.mentions.sort_unstable();
    }
    cast.vote_genders(tokens, mentions);
    cast.settle_kinds(tokens, mentions);
    cast
}

/// Whether a mention is more than a lone surname.
fn is_full(mention: &Mention) -> bool {
    match mention.kind {
        // "Bin Laden", "al-Amin": a surname with its particle.
        Some(SpeakerKind::Person) => {
            let first = mention.name.split(' ').next().unwrap_or_default().to_lowercase();
            let surname = mention.last == mention.first + 1 && PARTICLES.contains(&first.as_str());
            mention.last > mention.first && !surname || mention.name.starts_with('@')
        }
        Some(SpeakerKind::Organisation) => {
            mention.last > mention.first || lexicon::body(&mention.name).is_some()
        }
        Some(_) => true,
        None => false,
    }
}

/// The words of a name in lower case, without dots, marks and generational suffixes.
pub(crate) fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split_whitespace().map(|w| w.replace(['.', '"', '“', '”', '(', ')', ','], ""));
    words
        .filter(|w| !w.is_empty() && !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "the"))
        .collect()
}

impl Cast {
    /// The entity of exactly this name, or a compatible person.
    fn by_full_name(&self, mention: &Mention) -> Option<usize> {
        let own = words(&mention.name);
        if let Some(found) = self.by_name.get(&own.join(" ")) {
            return Some(*found);
        }
        let (first, last) = (own.first()?, own.last()?);
        if matches!(last.as_str(), "team" | "camp") {
            let campaign = format!("{} campaign", own[..own.len() - 1].join(" "));
            return self.by_name.get(&campaign).copied();
        }
        let same = |entity: &Entity| {
            let other = words(&entity.name);
            other.len() > 1
                && entity.kind == SpeakerKind::Person
                && mention.kind == Some(SpeakerKind::Person)
                && other.first().is_some_and(|o| o == first || initial(o, first) || initial(first, o))
        };
        let called = |entity: &Entity| {
            let other = words(&entity.name);
            let nick = nickname(&entity.name) == Some(first.clone())
                || nickname(&mention.name) == other.first().cloned();
            entity.kind == SpeakerKind::Person
                && mention.kind == Some(SpeakerKind::Person)
                && other.len() > 1
                && nick
        };
        if let Some(found) = self.by_last.get(last)?.iter().copied().find(|e| called(&self.entities[*e])) {
            return Some(found);
        }
        let mut found = self.by_last.get(last)?.iter().copied().filter(|e| same(&self.entities[*e]));
        found.next()
    }

    /// The entity that a part of a name means, and a rival of the same name.
    fn by_part(
        &self,
        tokens: &[Token],
        mentions: &[Mention],
        mention: &Mention,
        floor: Option<usize>,
    ) -> (Option<usize>, Option<usize>) {
        let paragraph = tokens[mention.first].paragraph;
        let mut own = words(&mention.name);
        if own.len() == 2
            && PARTICLES.contains(&own[0].as_str())
            && !self.by_name.contains_key(&own.join(" "))
        {
            own.remove(0);
        }
        let Some(last) = own.last() else { return (None, None) };
        if let Some(found) = self.by_name.get(&own.join(" "))
            && (own.len() > 1 || self.entities[*found].kind != SpeakerKind::Person)
        {
            return (Some(*found), None);
        }
        if own.len() > 1 && mention.weak {
            // In a headline a verb may have joined the name: "Lind Sees".
            let first =
                own.first().and_then(|first| self.by_last.get(first)).filter(|found| found.len() == 1);
            return (self.by_full_name(mention).or(first.map(|found| found[0])), None);
        }
        let empty = Vec::new();
        let fits = |e: &usize| {
            let entity = &self.entities[*e];
            let other = match (mention.gender, entity.gender) {
                (Some(own), Some(theirs)) => own != theirs,
                (None, theirs) => self.is_called_otherwise(last, theirs),
                _ => false,
            };
            !other && (entity.kind == SpeakerKind::Person || mention.kind != Some(SpeakerKind::Person))
        };
        let candidates: Vec<usize> =
            self.by_last.get(last).unwrap_or(&empty).iter().copied().filter(fits).collect();
        let people: Vec<usize> =
            candidates.iter().copied().filter(|e| self.entities[*e].kind == SpeakerKind::Person).collect();
        let candidates = if people.is_empty() { candidates } else { people };
        if !candidates.is_empty() && own.len() == 1 {
            let first = candidates.iter().copied().min_by_key(|e| self.entities[*e].full_at.first());
            let mut scored: Vec<(f32, usize)> = candidates
                .iter()
                .map(|e| {
                    let entity = &self.entities[*e];
                    let before = entity.full_at.partition_point(|m| mentions[*m].first < mention.first);
                    let near = entity.full_at[..before].iter().rev().take(8).any(|m| {
                        let m = &mentions[*m];
                        tokens[m.first].paragraph == paragraph && !m.owner
                    });
                    let gendered =
                        f32::from(u8::from(mention.gender.is_some() && entity.gender == mention.gender));
                    // On a page of several reports the one that this report names in full.
                    let here = floor.is_some_and(|floor| {
                        entity.full_at[..before].last().is_some_and(|m| mentions[*m].first >= floor)
                    });
                    let titled = mention.role.as_ref().is_some_and(|r| entity.roles.contains(r));
                    // Who is named in full again and again is told apart so from the one that the bare name means.
                    let score = 0.6 * entity.full.min(6) as f32
                        + 2.5 * f32::from(u8::from(near))
                        + 14.0 * f32::from(u8::from(here))
                        + 4.0 * gendered
                        + 3.0 * f32::from(u8::from(titled))
                        + if mentions[entity.mentions[0]].first < mention.first { 1.0 } else { 0.0 }
                        + if first == Some(*e) { 2.5 } else { 0.0 };
                    (score, *e)
                })
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let rival = scored.get(1).filter(|r| scored[0].0 - r.0 < 3.0).map(|r| r.1);
            return (Some(scored[0].1), rival);
        }
        if own.len() == 1
            && mention.kind != Some(SpeakerKind::Government)
            && let Some([one]) = self.by_given.get(last).map(Vec::as_slice)
        {
            return (Some(*one), None);
        }
        let misspelt = self.misspelt(mentions, mention, last).filter(|_| own.len() == 1);
        (misspelt, misspelt)
    }

    /// The one whose name before differs in one letter from this name, which stands here alone: "Bernsten" for
    /// "Bernstein". It is its own rival: told with doubt.
    fn misspelt(&self, mentions: &[Mention], mention: &Mention, last: &str) -> Option<usize> {
        let long = if mention.kind == Some(SpeakerKind::Organisation) { 5 } else { 6 };
        let first = last.chars().next()?;
        if last.chars().count() < long || !last.chars().all(char::is_alphabetic) || mention.weak {
            return None;
        }
        let near = self.by_last.range(first.to_string()..).take_while(|(name, _)| name.starts_with(first));
        let mut found = near
            .filter(|(name, _)| off_by_one(name, last))
            .flat_map(|(_, entities)| entities)
            .copied()
            .filter(|e| {
                let entity = &self.entities[*e];
                let before = entity.full_at.first().is_some_and(|m| mentions[*m].first < mention.first);
                let body = words(&entity.name).len() == 1;
                before && if mention.kind == Some(SpeakerKind::Organisation) { body } else { !body }
            });
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// Counts how surnames are called: Mr or Mrs.
    fn count_called(&mut self, mentions: &[Mention]) {
        for mention in mentions.iter().filter(|m| !m.weak && m.first == m.last) {
            let (Some(gender), Some(last)) = (mention.gender, words(&mention.name).pop()) else { continue };
            let called = self.called.entry(last).or_default();
            match gender {
                Gender::Male => called.0 += 1,
                Gender::Female => called.1 += 1,
            }
        }
    }

    /// Whether the article calls this surname by the other gender, and twice at least: "Obama" beside "Mr. Obama" is not
    /// the wife who is named in full.
    fn is_called_otherwise(&self, last: &str, gender: Option<Gender>) -> bool {
        let (male, female) = self.called.get(last).copied().unwrap_or_default();
        match gender {
            Some(Gender::Male) => female > 1 && male == 0,
            Some(Gender::Female) => male > 1 && female == 0,
            None => false,
        }
    }

    fn add(&mut self, mention: &Mention) -> usize {
        let idx = self.entities.len();
        let own = words(&mention.name);
        let lone = own.first().filter(|_| own.len() == 1 && mention.kind.is_none());
        let given = lone.and_then(|word| lexicon::given_name(word));
        self.entities.push(Entity {
            name: mention.name.clone(),
            kind: mention.kind.unwrap_or(SpeakerKind::Person),
            sure: mention.sure || (mention.kind.is_none() && given.is_some()),
            gender: given.flatten(),
            roles: Vec::new(),
            of: None,
            mentions: Vec::new(),
            named: true,
            full: 0,
            full_at: Vec::new(),
        });
        if let Some(last) = own.last() {
            self.by_last.entry(last.clone()).or_default().push(idx);
        }
        if let Some(first) =
            own.first().filter(|_| own.len() > 1 && mention.kind == Some(SpeakerKind::Person))
        {
            self.by_given.entry(first.clone()).or_default().push(idx);
        }
        self.by_text.entry(mention.name.to_lowercase()).or_insert(idx);
        self.by_name.entry(own.join(" ")).or_insert(idx);
        idx
    }

    fn attach(&mut self, entity_idx: usize, idx: usize, mention: &Mention, full: bool) {
        self.who[idx].0 = Some(entity_idx);
        let entity = &mut self.entities[entity_idx];
        // A place in a dateline, or a name in a heading of capitals, is written as elsewhere.
        let capitals = |name: &str| name.len() > 4 && !name.contains(char::is_lowercase);
        if !mention.weak
            && capitals(&entity.name)
            && !capitals(&mention.name)
            && entity.name.to_lowercase() == mention.name.to_lowercase()
        {
            entity.name.clone_from(&mention.name);
        }
        entity.mentions.push(idx);
        if mention.weak {
            return;
        }
        entity.full += u32::from(full);
        if full {
            entity.full_at.push(idx);
        }
        if entity.kind == SpeakerKind::Person && mention.kind == Some(SpeakerKind::Person) {
            entity.gender = entity.gender.or(mention.gender);
            entity.sure |= mention.sure;
            if words(&mention.name).len() > words(&entity.name).len() {
                entity.name.clone_from(&mention.name);
                self.by_text.entry(mention.name.to_lowercase()).or_insert(entity_idx);
            }
        }
        if let Some(role) = &mention.role
            && !entity.roles.contains(role)
        {
            entity.roles.push(role.clone());
        }
    }

    /// "Harbour Workers' Union" is "HWU" elsewhere: the initials find the full name, or the brackets after it do.
    fn match_initials(&mut self, tokens: &[Token], mentions: &[Mention]) {
        let lone: BTreeSet<String> = mentions
            .iter()
            .filter(|m| m.first == m.last && tokens[m.first].shape == Shape::Upper)
            .map(|m| words(&m.name).join(" "))
            .collect();
        for (idx, entity) in self.entities.iter().enumerate() {
            let big = |w: &&str| w.starts_with(char::is_uppercase);
            let initials: String =
                entity.name.split([' ', '-']).filter(big).filter_map(|w| w.chars().next()).collect();
            let initials = initials.to_lowercase();
            // The "VA" of the Department of Veterans Affairs: some leave out what comes before "of".
            let tail =
                entity.name.split_once(" of ").filter(|(head, _)| !head.contains(' ')).map(|(_, tail)| tail);
            let tail: String = tail
                .iter()
                .flat_map(|tail| tail.split([' ', '-']).filter(big).filter_map(|w| w.chars().next()))
                .collect();
            for initials in [initials, tail.to_lowercase()] {
                if entity.kind != SpeakerKind::Person && initials.len() > 1 && lone.contains(&initials) {
                    self.by_name.entry(initials).or_insert(idx);
                }
            }
        }
        for (idx, mention) in mentions.iter().enumerate() {
            let Some(entity) = self.who[idx].0 else { continue };
            if let [open, short, close, ..] = &tokens[(mention.last + 1).min(tokens.len())..]
                && open.is_mark("(")
                && close.is_mark(")")
                && short.is_capital()
                && self.entities[entity].kind != SpeakerKind::Person
            {
                self.by_name.entry(words(&short.lower).join(" ")).or_insert(entity);
            }
        }
    }

    /// A lone name without a sign of a person: a country if its people are named, a body if it has members or stands
    /// beside countries.
    fn settle_kinds(&mut self, tokens: &[Token], mentions: &[Mention]) {
        let capitals: BTreeSet<&str> =
            tokens.iter().filter(|t| t.is_capital()).map(|t| t.lower.as_str()).collect();
        for idx in 0..self.entities.len() {
            let entity = &self.entities[idx];
            // The pronouns beside a country's name may mean its president.
            let lower = entity.name.to_lowercase();
            let land = lower.len() > 5 && ["ia", "stan", "land"].iter().any(|ending| lower.ends_with(ending));
            let told = entity.gender.is_some() && !land;
            let person = told || !entity.roles.is_empty() || entity.sure || entity.full > 0;
            if entity.kind != SpeakerKind::Person || person {
                continue;
            }
            let stem = entity.name.to_lowercase();
            let stem = stem.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']).trim_end_matches('i');
            let peoples = |ending: &str| {
                let form = format!("{stem}{ending}");
                capitals.contains(form.as_str()) || capitals.contains(format!("{form}s").as_str())
            };
            let country = land
                || stem.len() > 2
                    && ["ian", "an", "ean", "ese", "ish", "i"].iter().any(|ending| peoples(ending));
            let mut place = 0;
            let mut body = 0;
            for mention in entity.mentions.iter().map(|m| &mentions[*m]) {
                let before =
                    mention.first.checked_sub(1).map(|at| tokens[at].lower.as_str()).unwrap_or_default();
                let next = tokens.get(mention.last + 1);
                place += u32::from(
                    !mention.owner && matches!(before, "in" | "from" | "across" | "throughout" | "near"),
                );
                // "OSTRABEL (Telverda) —": where the report was written.
                let dateline = tokens[mention.first].shape == Shape::Upper
                    && mention
                        .first
                        .checked_sub(1)
                        .is_none_or(|at| tokens[at].paragraph != tokens[mention.first].paragraph)
                    && next.is_some_and(|t| matches!(t.lower.as_str(), "—" | "–" | "-" | "(" | ","));
                place += u32::from(dateline);
                // "the relatives' group Harbourlight"
                let group =
                    lexicon::noun(before).is_some_and(|n| n.kind == SpeakerKind::Organisation && !n.many);
                body += u32::from(group && tokens[mention.first].joined && !mention.owner);
                let members = next.is_some_and(|t| {
                    t.joined
                        && t.shape == Shape::Lower
                        && (lexicon::noun(&t.lower).is_some_and(|n| n.many)
                            || lexicon::title(&t.lower).is_some())
                });
                let country_at = |at: usize| {
                    let found = mentions.partition_point(|m| m.last < at);
                    mentions
                        .get(found)
                        .is_some_and(|m| m.first <= at && m.kind == Some(SpeakerKind::Government))
                };
                let beside = next.is_some_and(|t| t.lower == "and") && country_at(mention.last + 2)
                    || before == "and" && mention.first >= 2 && country_at(mention.first - 2);
                body += u32::from(members || beside);
            }
            let entity = &mut self.entities[idx];
            if country {
                entity.kind = SpeakerKind::Government;
                entity.gender = None;
                entity.of = Some(entity.name.clone());
            } else if body > 0 {
                entity.kind = SpeakerKind::Organisation;
            } else if place > 0 && place as usize * 4 > entity.mentions.len() {
                entity.kind = SpeakerKind::Government;
            }
        }
    }

    /// A person of unknown gender takes that of the pronouns which follow where nobody else is near.
    fn vote_genders(&mut self, tokens: &[Token], mentions: &[Mention]) {
        let mut votes: BTreeMap<usize, i32> = BTreeMap::new();
        let mut near: Vec<(u32, usize)> = Vec::new();
        let mut next = 0;
        // Curly and straight marks stand within each other where reports quote reports.
        let (mut curly, mut straight) = (false, false);
        for (at, token) in tokens.iter().enumerate() {
            while next < mentions.len() && mentions[next].last <= at {
                if let Some(entity) =
                    self.who[next].0.filter(|e| self.entities[*e].kind == SpeakerKind::Person)
                {
                    near.push((token.sentence, entity));
                }
                next += 1;
            }
            if at > 0 && tokens[at - 1].paragraph != token.paragraph {
                (curly, straight) = (false, false);
            }
            if token.shape == Shape::Mark {
                match token.lower.as_str() {
                    "“" | "«" | "„" => curly = true,
                    "”" | "»" => curly = false,
                    "\"" => straight = !straight,
                    _ => {}
                }
            }
            let in_marks = curly || straight;
            let vote = match token.lower.as_str() {
                "he" | "his" | "him" | "himself" => 1,
                "she" | "her" | "herself" => -1,
                _ => continue,
            };
            if in_marks {
                continue;
            }
            near.retain(|(sentence, _)| sentence + 1 >= token.sentence);
            near.drain(..near.len().saturating_sub(20));
            let people: BTreeSet<usize> = near.iter().map(|n| n.1).collect();
            if let (1, Some(entity)) = (people.len(), people.first()) {
                // "Ana Ruiz said she …": in one sentence with the name it counts twice.
                let same = near.iter().any(|(sentence, _)| *sentence == token.sentence);
                *votes.entry(*entity).or_default() += if same { 2 * vote } else { vote };
            }
        }
        for (entity, vote) in votes {
            let entity = &mut self.entities[entity];
            // One pronoun alone may mean somebody that no name was found for.
            let full = words(&entity.name).len() > 1;
            if entity.gender.is_none() && vote.abs() > i32::from(full) {
                entity.gender = Some(if vote > 0 { Gender::Male } else { Gender::Female });
            }
        }
    }

    /// The entity of this name as written, or a new one without a mention: somebody described.
    pub(crate) fn describe(&mut self, name: &str, kind: SpeakerKind, named: bool) -> usize {
        if let Some(found) = self.by_text.get(&name.to_lowercase()) {
            return *found;
        }
        self.by_text.insert(name.to_lowercase(), self.entities.len());
        self.entities.push(Entity {
            name: name.to_owned(),
            kind,
            sure: true,
            gender: None,
            roles: Vec::new(),
            of: None,
            mentions: Vec::new(),
            named,
            full: 0,
            full_at: Vec::new(),
        });
        self.entities.len() - 1
    }

    /// Whether an entity is a body, and none that a surname alone found.
    pub(crate) fn is_body(&self, entity: usize) -> bool {
        self.entities[entity].kind == SpeakerKind::Organisation
    }

    /// The entity that a name means which stands nowhere as a mention of its own: in a headline.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let own = words(name);
        if let Some(found) = self.by_name.get(&own.join(" ")) {
            return Some(*found);
        }
        match self.by_last.get(own.last()?)?.as_slice() {
            [one] if own.len() == 1 => Some(*one),
            _ => None,
        }
    }
}

/// Whether two words differ in one letter, or in two that changed places.
fn off_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (long, short) = if one.len() >= other.len() { (&one, &other) } else { (&other, &one) };
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 if same == long.len() => false,
        0 => {
            let (a, b) = (&long[same..], &short[same..]);
            a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
        1 => long[same + 1..] == short[same..],
        _ => false,
    }
}

/// "bobby" of "Robert “Bobby” Lind"
fn nickname(name: &str) -> Option<String> {
    let marked = |w: &&str| w.len() > 3 && w.starts_with(['"', '“']) && w.ends_with(['"', '”']);
    let word = name.split_whitespace().find(marked)?;
    Some(word.trim_matches(['"', '“', '”']).to_lowercase())
}

/// "j" for "john"
fn initial(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// The gender that a role's words tell: "spokeswoman", "his widow".
pub(crate) fn role_gender(role: &str) -> Option<Gender> {
    role.to_lowercase().split_whitespace().find_map(lexicon::title_gender)
}
