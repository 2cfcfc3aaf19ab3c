//! Who is meant by words that name nobody? "A judge ruled …" whose name comes later, "the two men", "46 percent", "they"
//! after two subjects, "a farmer who" after "Ruiz is".

use super::cast::Entity;
use super::choose::{self, Choice};
use super::lexicon;
use super::roles;
use super::source::{self, Description, Part};
use super::tokens::{Shape, Token};
use super::{Found, Reader};
use onrecord_terms::{Span, SpeakerKind};

/// How far behind the description its holder is named, in paragraphs. A choice: reports name within three.
const NAMED_WITHIN: u32 = 3;

/// How far before "46 percent" it is told of whom, in tokens: a bound.
const OF_WHOM: usize = 80;

/// How many words an office before "who" has. A choice.
const OFFICE: usize = 7;

/// What people are called when nobody wants to name them: never the next one who is named.
const KEPT_UNNAMED: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "aide",
    "source",
    "adviser",
    "advisor",
    "expert",
    "analyst",
    "reporter",
    "diplomat",
    "insider",
    "witness",
    "resident",
    "voter",
    "person",
    "man",
    "woman",
    "one",
    "someone",
    "student",
    "user",
    "friend",
    "critic",
    "supporter",
    "member",
    "republican",
    "democrat",
    "libertarian",
];

/// Whether what an office's word means is left unnamed as a rule: "spokesman", "official".
pub(super) fn is_kept_unnamed(head: &str) -> bool {
    KEPT_UNNAMED.contains(&head)
}

impl Reader<'_, '_> {
    /// A headline or a first paragraph may tell the office and name its holder later: "A judge ruled".
    pub(super) fn ahead(&self, description: &Description, head: &str) -> Option<Found> {
        let tokens = self.scene.tokens;
        let early = tokens[description.start].paragraph <= 2 && description.start < 160;
        let common = matches!(
            head,
            "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "official"
                | "aide"
                | "source"
                | "adviser"
                | "advisor"
                | "expert"
                | "analyst"
                | "reporter"
                | "diplomat"
        );
        if !early
            || common
            || description.many
            || description.kind != SpeakerKind::Unnamed
            || lexicon::title(head).is_none()
        {
            return None;
        }
        let which = choose::office_words(tokens, description);
        let held = |e: &&(usize, &Entity)| {
            e.1.kind == SpeakerKind::Person
                && choose::holds(e.1, head)
                && !choose::is_other_office(e.1, head, &which)
        };
        let people: Vec<(usize, &Entity)> = self.cast.entities.iter().enumerate().collect();
        let mut holders: Vec<(usize, usize)> =
            people.iter().filter(held).map(|(idx, e)| (e.mentions.len(), *idx)).collect();
        holders.sort_unstable_by(|a, b| b.cmp(a));
        match holders.as_slice() {
            [(_, entity)] => Some(Found { entity: *entity, confidence: 0.65, next: None }),
            [(many, entity), (few, _), ..] if *many > few * 3 => {
                Some(Found { entity: *entity, confidence: 0.5, next: None })
            }
            _ => None,
        }
    }

    /// "Lind's team" is the Lind campaign, where the article speaks of one.
    pub(super) fn campaign(&self, description: &Description, head: &str) -> Option<Found> {
        if !matches!(head, "team" | "campaign" | "camp") {
            return None;
        }
        let owner =
            self.scene.tokens[description.start..description.head].iter().rev().find(|t| t.is_capital())?;
        let entity = self.cast.find(&format!("{} campaign", owner.lower))?;
        Some(Found { entity, confidence: 0.8, next: None })
    }

    /// The lead of a report says "a former harbour chief", and the first one named after it is the harbour chief.
    pub(super) fn introduced(&self, description: &Description, head: &str) -> Option<Found> {
        let scene = &self.scene;
        let tokens = scene.tokens;
        let here = tokens.get(description.start)?;
        let floor = scene.item_start(description.start);
        let lead = here.paragraph - tokens[floor].paragraph.min(here.paragraph);
        let person = lexicon::title(head).is_some();
        if lead > 2
            || description.many
            || description.kind != SpeakerKind::Unnamed
            || description.owner.is_some()
            || KEPT_UNNAMED.contains(&head)
            || !person
        {
            return None;
        }
        let which = choose::office_words(tokens, description);
        let from = scene.mentions.partition_point(|m| m.first < description.end);
        let next_floor = scene.item_starts.iter().find(|start| **start > description.start).copied();
        let mut seen = Vec::new();
        for (idx, mention) in scene.mentions.iter().enumerate().skip(from).take(60) {
            let far = tokens[mention.first].paragraph > here.paragraph + NAMED_WITHIN;
            if far || next_floor.is_some_and(|floor| mention.first >= floor) {
                break;
            }
            let Some(entity) = self.cast.who[idx].0.filter(|e| !seen.contains(e)) else { continue };
            seen.push(entity);
            let one = &self.cast.entities[entity];
            let new = one.mentions.iter().find(|m| !scene.mentions[**m].weak) == Some(&idx);
            let named = one.kind == SpeakerKind::Person && one.sure && !mention.owner;
            if !named || !new || mention.last == mention.first {
                continue;
            }
            let gender = lexicon::title_gender(head);
            if gender.is_some() && one.gender.is_some() && gender != one.gender {
                continue;
            }
            if choose::holds(one, head) && !choose::is_other_office(one, head, &which) {
                return Some(Found { entity, confidence: 0.65, next: None });
            }
            // Somebody else's office; or one named in passing.
            if scene.inside[idx] || !(scene.sources[idx] || scene.subject[idx]) {
                continue;
            }
            let bare = one.roles.is_empty() || !one.roles.iter().any(|r| is_office(r));
            return (bare && scene.sources[idx]).then_some(Found { entity, confidence: 0.5, next: None });
        }
        None
    }

    /// The lead says "a dockers' union", and the first body of that sort that is named after it is the union.
    pub(super) fn introduced_body(&self, description: &Description, head: &str) -> Option<Found> {
        const SORTS: &[&[&str]] = &[
            &["court", "tribunal"],
            &["union", "association", "federation", "brotherhood"],
            &["university", "college", "school", "institute"],
            &["bank"],
            &["company", "firm", "corporation", "corp", "inc", "ltd", "group"],
            &["ministry", "department", "agency"],
            &["committee", "commission", "panel", "council", "board"],
            &["newspaper", "times", "post", "journal", "herald", "tribune"],
        ];
        let scene = &self.scene;
        let tokens = scene.tokens;
        let here = tokens.get(description.start)?;
        let floor = scene.item_start(description.start);
        let lead = here.paragraph - tokens[floor].paragraph.min(here.paragraph);
        let sort = SORTS.iter().find(|sort| sort.contains(&head))?;
        if lead > 1
            || description.many
            || description.definite
            || description.kind != SpeakerKind::Organisation
        {
            return None;
        }
        let from = scene.mentions.partition_point(|m| m.first < description.end);
        for (idx, mention) in scene.mentions.iter().enumerate().skip(from).take(40) {
            if tokens[mention.first].paragraph > here.paragraph + NAMED_WITHIN {
                break;
            }
            let Some(entity) = self.cast.who[idx].0 else { continue };
            let one = &self.cast.entities[entity];
            let new = one.mentions.iter().find(|m| !scene.mentions[**m].weak) == Some(&idx);
            let name = one.name.to_lowercase();
            let same = name.split(|c: char| !c.is_alphanumeric()).any(|word| sort.contains(&word));
            if one.kind == SpeakerKind::Organisation && new && same {
                return Some(Found { entity, confidence: 0.6, next: None });
            }
        }
        None
    }

    /// Whether a body may be meant by a word of its sort: "the panel" is a committee, whose names say that they are one.
    pub(super) fn is_of_sort(&self, choice: Choice, head: &str) -> bool {
        const SAID: &[&[&str]] = &[
            &["court", "tribunal"],
            &["committee", "commission", "panel", "council", "board", "subcommittee"],
            &["university", "college"],
        ];
        let Some(sort) = SAID.iter().find(|sort| sort.contains(&head)) else { return true };
        let name = self.cast.entities[choice.entity].name.to_lowercase();
        name.split(|c: char| !c.is_alphanumeric()).any(|word| sort.contains(&word))
    }

    /// "Ana Ruiz, a farmer" with the farmer as source: it is Ana Ruiz.
    pub(super) fn apposed(&self, description: &Description) -> Option<Found> {
        let tokens = self.scene.tokens;
        let comma = description.start.checked_sub(1).filter(|at| tokens[*at].is_mark(","))?;
        let mention = source::mention_at(self.scene.mentions, comma.checked_sub(1)?)?;
        let entity = self.cast.who[mention].0?;
        let one = &self.cast.entities[entity];
        let article = matches!(tokens[description.start].lower.as_str(), "a" | "an" | "the");
        let fits = one.kind == SpeakerKind::Person
            && description.kind == SpeakerKind::Unnamed
            && !description.many
            && !self.scene.mentions[mention].owner;
        // Told before a verb, it may open a clause of its own: "Like Ana Ruiz, a farmer said".
        let opens = tokens[self.scene.mentions[mention].lead].opens || self.scene.subject[mention];
        (article && fits && opens).then_some(Found { entity, confidence: 0.75, next: None })
    }

    /// "His advisers" after "advisers to Ana Ruiz": the same people.
    pub(super) fn same_people(&self, head: &str, owner: usize, token: usize) -> Option<usize> {
        let owner = &self.cast.entities[owner];
        let surname = owner.name.rsplit(' ').next()?.to_lowercase();
        let mut before = self.described.iter().rev().take(50);
        let found = before.find(|(noun, at, entity)| {
            noun == head && *at < token && self.cast.entities[*entity].name.to_lowercase().contains(&surname)
        });
        found.map(|(_, _, entity)| *entity)
    }

    /// "The GOP nominee", "the Vermont senator": whoever the sentences before speak of, where nothing speaks against it.
    pub(super) fn salient(&self, description: &Description, choice: Choice) -> Option<Found> {
        let tokens = self.scene.tokens;
        let entity = &self.cast.entities[choice.entity];
        let here = tokens.get(description.start)?;
        let before = entity.mentions.partition_point(|m| self.scene.mentions[*m].first < description.start);
        let near = entity.mentions[..before].last()?;
        let near = &tokens[self.scene.mentions[*near].first];
        let spoke = self.scene.spoke.last().is_some_and(|s| s.entities.as_slice() == [choice.entity]);
        let close = here.paragraph <= near.paragraph + 1 && here.sentence <= near.sentence + 2;
        if choice.share < 0.5 || !(close || spoke) {
            return None;
        }
        let modifiers = tokens[description.start..description.head].iter().filter(|t| t.is_word());
        let known = |word: &str| {
            let word = if word == "gop" { "republican" } else { word };
            let now = |r: &&String| !r.to_lowercase().starts_with("former");
            entity.roles.iter().filter(now).any(|r| r.to_lowercase().contains(word))
        };
        let office = lexicon::title(&tokens[description.head].lower) == Some(lexicon::Title::Office);
        let party = |t: &Token| {
            matches!(
                t.lower.as_str(),
                "gop" | "republican" | "democratic" | "democrat" | "libertarian" | "labour" | "tory"
            )
        };
        // An office, or a party's: of somebody who is something else it is not told.
        let strict = office || modifiers.clone().any(party);
        let bare = entity.roles.iter().all(|r| is_relation(r))
            || !strict && !entity.roles.iter().any(|r| is_office(r));
        let told = modifiers.filter(|t| t.is_capital()).any(|t| known(&t.lower));
        (bare || told).then(|| self.found(choice, 0.6))
    }

    /// Whether something was described by this word after the last mention of the choice, and may be meant here.
    pub(super) fn nearer(&self, choice: Choice, head: &str, description: &Description) -> bool {
        let entity = &self.cast.entities[choice.entity];
        let before = entity.mentions.partition_point(|m| self.scene.mentions[*m].first < description.start);
        let last = entity.mentions[..before].last().map_or(0, |m| self.scene.mentions[*m].first);
        let mut described = self.described.iter().rev().take(50);
        described.any(|(noun, at, _)| noun == head && *at > last && *at < description.start)
    }

    /// "46 percent" of whom: as the words before it say, "among likely voters", "52 percent of the members".
    pub(super) fn percent_of(&self, description: &Description) -> Option<String> {
        let tokens = self.scene.tokens;
        let head = tokens.get(description.head)?;
        let share = matches!(head.lower.as_str(), "percent" | "cent") || head.lower.ends_with('%');
        let more = tokens.get(description.end).is_some_and(|t| matches!(t.lower.as_str(), "of" | "in"));
        if !share || description.end != description.head + 1 || more {
            return None;
        }
        let first = description.start.saturating_sub(OF_WHOM);
        let of = (first..description.start).rev().find(|at| {
            let before = at.checked_sub(1).map_or("", |b| tokens[b].lower.as_str());
            let word = tokens[*at].lower.as_str();
            word == "among" || word == "of" && (matches!(before, "percent" | "cent") || before.ends_with('%'))
        })?;
        if tokens[of].paragraph + 1 < head.paragraph {
            return None;
        }
        let start = if tokens.get(of + 1)?.lower == "the" { of + 2 } else { of + 1 };
        let known =
            |t: &Token| lexicon::noun(&t.lower).is_some_and(|n| n.kind == SpeakerKind::Group && n.many);
        let end = (start..tokens.len().min(start + 4)).find(|at| known(&tokens[*at]))? + 1;
        let text = self.article.text();
        let whom = text.get(tokens[start].start..tokens[end - 1].end)?;
        let only = matches!(tokens[description.start].lower.as_str(), "only" | "just");
        let start = description.start + usize::from(only && description.start < description.head);
        let share = text.get(tokens[start].start..head.end)?;
        let words = format!("{share} of {whom}");
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// For whom a description's words tell that somebody speaks: the person in full, and no capital of several that only
    /// the head of the sentence explains ("Small groups").
    pub(super) fn whose(&self, told: String, description: &Description, own: usize) -> Option<String> {
        let (mentions, cast) = (self.scene.mentions, &self.cast);
        let first = &self.scene.tokens[description.start];
        let known =
            lexicon::country(&told, &[lexicon::Form::Name]).is_some() || lexicon::body(&told).is_some();
        if known {
            return Some(told);
        }
        let meant = roles::meant(&told, mentions, cast, description.start, description.end);
        let full = meant.or_else(|| roles::in_full(cast, &told, own));
        let bare = description.many && first.opens && first.shape == Shape::Capital;
        full.or_else(|| Some(told).filter(|told| !bare || told.to_lowercase() != first.lower))
    }

    /// "The two men", "both senators": the last two who are named.
    pub(super) fn the_two(&self, description: &Description) -> Vec<Found> {
        let tokens = self.scene.tokens;
        let two = tokens[description.start..description.head]
            .iter()
            .any(|t| matches!(t.lower.as_str(), "two" | "both"));
        let head = tokens[description.head].lower.as_str();
        let people = lexicon::noun(head).is_some_and(|n| n.many && n.kind == SpeakerKind::Group)
            || head.strip_suffix('s').is_some_and(|one| lexicon::title(one).is_some());
        let pair = matches!(head, "pair" | "duo") && description.definite;
        if !(two && people && (description.definite || tokens[description.start].lower == "both") || pair)
            || description.end > description.head + 1
        {
            return Vec::new();
        }
        let here = &tokens[description.start];
        let floor = self.scene.item_start(description.start);
        let end = self.scene.mentions.partition_point(|m| m.first < description.start);
        let mut found: Vec<usize> = Vec::new();
        let mut last = here.sentence;
        for idx in (end.saturating_sub(40)..end).rev() {
            let mention = &self.scene.mentions[idx];
            let sentence = tokens[mention.first].sentence;
            // A sentence before is read only where those behind it name fewer than two.
            if mention.first < floor || sentence + 6 < here.sentence || sentence < last && found.len() > 1 {
                break;
            }
            last = sentence;
            let Some(entity) = self.cast.who[idx].0.filter(|e| !found.contains(e)) else { continue };
            if self.cast.entities[entity].kind == SpeakerKind::Person && !mention.weak {
                found.push(entity);
            }
        }
        // Three or more: nobody can tell which two.
        match found.as_slice() {
            [_, _] => {
                found.into_iter().rev().map(|entity| Found { entity, confidence: 0.5, next: None }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// "They" after "Ruiz and Lind met": the two who are the subject of the sentence before.
    pub(super) fn joined_subjects(&self, anchor: usize) -> Option<Vec<usize>> {
        let scene = &self.scene;
        let tokens = scene.tokens;
        let here = tokens.get(anchor)?;
        let end = scene.mentions.partition_point(|m| m.first < anchor);
        let near = |at: usize| {
            tokens[at].sentence + 1 >= here.sentence && tokens[at].paragraph + 1 >= here.paragraph
        };
        for idx in (end.saturating_sub(20)..end.saturating_sub(1)).rev() {
            let (one, other) = (&scene.mentions[idx], &scene.mentions[idx + 1]);
            if !near(one.first) {
                return None;
            }
            let and =
                tokens.get(one.last + 1).is_some_and(|t| t.lower == "and") && other.lead <= one.last + 2;
            let (Some(a), Some(b)) = (self.cast.who[idx].0, self.cast.who[idx + 1].0) else { continue };
            let people = [a, b].iter().all(|e| self.cast.entities[*e].kind == SpeakerKind::Person);
            if scene.subject[idx] && and && people && a != b {
                return Some(vec![a, b]);
            }
        }
        None
    }

    /// "Ruiz is a farmer who": the subject of a sentence that says what somebody is.
    pub(super) fn predicate(&self, start: usize, sentence: u32) -> Option<usize> {
        let tokens = self.scene.tokens;
        let mut at = start;
        while at > 0
            && matches!(
                tokens[at - 1].lower.as_str(),
                "a" | "an" | "the" | "one" | "of" | "former" | "not" | "only"
            )
        {
            at -= 1;
        }
        let copula = at.checked_sub(1)?;
        if !matches!(
            tokens[copula].lower.as_str(),
            "is" | "was" | "are" | "were" | "remains" | "became" | "'s"
        ) {
            return None;
        }
        let subject = copula.checked_sub(1)?;
        let mention = source::mention_at(self.scene.mentions, subject)?;
        (tokens[subject].sentence == sentence).then_some(())?;
        self.cast.who[mention].0
    }

    /// The person before "who": the holder of the office that ends right before it, else the nearest one in its sentence of
    /// whom more than the look tells.
    pub(super) fn person_before(&mut self, last: usize, at: usize) -> Option<Found> {
        let tokens = self.scene.tokens;
        let sentence = tokens[last].sentence;
        if lexicon::noun(&tokens[last].lower).is_some_and(|n| n.many) {
            return None;
        }
        let mut words = (last.saturating_sub(OFFICE)..=last).rev();
        let start =
            words.find(|at| tokens[*at].lower == "the" || tokens[*at].shape == Shape::Mark).unwrap_or(last);
        let text = self.article.text();
        let span = Span::new(text, tokens[start].start, tokens[last].end).ok();
        let parts = span.map(|span| source::parts(tokens, self.scene.mentions, &[span])).unwrap_or_default();
        if let [Part::Described(office)] = parts.as_slice()
            && tokens[start].lower == "the"
            && lexicon::title(&tokens[office.head].lower).is_some()
            && source::mention_at(self.scene.mentions, last).is_none()
        {
            let held = self.scene.office(self.cast, office, start, &|_| false).filter(|(_, held)| *held);
            if let Some((choice, _)) = held {
                return Some(self.found(choice, 0.6));
            }
            // Whoever is the subject of the clause is not also the one whom an office in it means.
            let name = self.text_of(office);
            let entity = self.cast.describe(&name, SpeakerKind::Unnamed, false);
            return Some(Found { entity, confidence: 0.5, next: None });
        }
        let before = self.scene.mentions.partition_point(|m| m.last < at);
        let near = self.scene.mentions[..before].iter().enumerate().rev().take(3);
        let people: Vec<usize> = near
            .filter(|(_, m)| tokens[m.first].sentence == sentence)
            .filter_map(|(idx, _)| self.cast.who[idx].0)
            .filter(|e| self.cast.entities[*e].kind == SpeakerKind::Person)
            .collect();
        let sure = people.iter().find(|e| self.cast.entities[**e].sure);
        let entity = sure.or(people.first()).copied()?;
        Some(Found { entity, confidence: 0.6, next: None })
    }

    /// "Anxious members on the island council, who": the people before a preposition.
    pub(super) fn people_before(&mut self, last: usize, sentence: u32) -> Option<Found> {
        let tokens = self.scene.tokens;
        let low = last.saturating_sub(7);
        let plain = |t: &Token| {
            t.sentence == sentence && t.shape != Shape::Mark && crate::lexicon::cue(&t.lower).is_none()
        };
        let head = (low..last).rev().take_while(|at| plain(&tokens[*at])).find(|at| {
            let next = tokens[*at + 1].lower.as_str();
            let people = lexicon::noun(&tokens[*at].lower)
                .is_some_and(|n| n.many && n.kind == SpeakerKind::Group)
                || source::is_people(&tokens[*at].lower);
            people && matches!(next, "on" | "in" | "at" | "of" | "from" | "across" | "inside")
        })?;
        let mut start = head;
        while start > low
            && in_phrase(&tokens[start - 1])
            && tokens[start - 1].sentence == sentence
            && head - start < 1
        {
            start -= 1;
        }
        let description = Description {
            start,
            end: last + 1,
            head,
            kind: SpeakerKind::Group,
            many: true,
            definite: false,
            owner: None,
        };
        let name = self.text_of(&description);
        let entity = self.cast.describe(&name, SpeakerKind::Group, false);
        Some(Found { entity, confidence: 0.6, next: None })
    }
}

/// Whether a role is an office, and not only what somebody's relation or calling is.
fn is_office(role: &str) -> bool {
    let lower = role.to_lowercase();
    lower.split([' ', '-']).any(|w| lexicon::title(w.trim_end_matches('.')) == Some(lexicon::Title::Office))
}

/// Whether a token is one that may stand in the middle of a noun phrase, walking back from its end.
pub(super) fn in_phrase(token: &Token) -> bool {
    token.is_word() && token.shape != Shape::Number && !lexicon::opens_sentence(&token.lower)
}

/// Whether "I", "me" or "my" stands outside of marks: the author speaks.
pub(super) fn speaks_as_i(tokens: &[Token]) -> bool {
    let mut open = false;
    for token in tokens {
        match token.lower.as_str() {
            "“" | "«" | "„" => open = true,
            "”" | "»" => open = false,
            "\"" => open = !open,
            "i" | "me" | "my" if !open && token.shape != Shape::Mark => return true,
            _ => {}
        }
    }
    false
}

/// "A chorus of members", "a group of doctors", "eight of ten voters": several people, whatever counts them.
pub(super) fn counts_people(tokens: &[Token], description: &Description) -> bool {
    const COUNTS: &[&str] = &[
        "group",
        "groups",
        "number",
        "chorus",
        "handful",
        "majority",
        "minority",
        "dozens",
        "hundreds",
        "thousands",
        "crowd",
        "crowds",
        "couple",
        "series",
        "generation",
        "percent",
        "half",
        "third",
        "quarter",
        "share",
        "plurality",
    ];
    let head = &tokens[description.head];
    let counted = COUNTS.contains(&head.lower.as_str())
        || head.shape == Shape::Number
        || lexicon::opens_sentence(&head.lower);
    let of = description.head + 1;
    if !counted || tokens.get(of).is_none_or(|t| t.lower != "of") || of + 1 >= description.end {
        return false;
    }
    let people = |t: &Token| {
        let one = t.lower.strip_suffix('s').is_some_and(|one| lexicon::title(one).is_some());
        one || lexicon::noun(&t.lower).is_some_and(|n| n.many && n.kind == SpeakerKind::Group)
            || source::is_people(&t.lower)
    };
    let single = matches!(head.lower.as_str(), "one" | "neither" | "each");
    !single && tokens[of + 1..description.end].iter().any(people)
}

/// Whether a role only says what somebody is to another: "rival", "running mate".
fn is_relation(role: &str) -> bool {
    const RELATIONS: &[&str] = &[
        "rival",
        "opponent",
        "mate",
        "husband",
        "wife",
        "daughter",
        "son",
        "brother",
        "sister",
        "ally",
        "friend",
        "father",
        "mother",
        "challenger",
        "contender",
        "candidate",
        "nominee",
        "hopeful",
        "counterpart",
        "foe",
        "critic",
    ];
    let lower = role.to_lowercase();
    lower.rsplit([' ', '-']).next().is_some_and(|last| RELATIONS.contains(&last))
}
