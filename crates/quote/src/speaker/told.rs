//! Who is meant by words that name nobody? "A judge ruled …" whose name comes later, "the two men", "46 percent", "they"
//! after two subjects, "a farmer who" after "Ruiz is", a passive without its agent.

use super::choose::{self, Choice};
use super::lexicon;
use super::source::{self, Description};
use super::tokens::{Shape, Token};
use super::{Found, Reader};
use onrecord_terms::{Kind, Quote, SpeakerKind};

/// How far behind the description its holder is named, in paragraphs. A choice: reports name within three.
const NAMED_WITHIN: u32 = 3;

/// How far before "46 percent" it is told of whom, in tokens: a bound.
const OF_WHOM: usize = 80;

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
            entity.roles.iter().any(|r| r.to_lowercase().contains(word))
        };
        let bare = !entity.roles.iter().any(|r| is_office(r));
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

    /// "It is obvious that …" in a piece whose author says "I": what seems so seems so to the author.
    pub(super) fn opinion(&mut self, cue: &str) -> Option<Found> {
        let seems = cue.split_whitespace().any(|w| {
            matches!(
                w,
                "obvious" | "apparent" | "clear" | "seems" | "seem" | "seemed" | "surely" | "hope" | "advice"
            )
        });
        if !seems || !self.first_person {
            return None;
        }
        let author = self.author()?;
        let entity =
            self.cast.find(&author).unwrap_or_else(|| self.cast.describe(&author, SpeakerKind::Person, true));
        Some(Found { entity, confidence: 0.45, next: None })
    }

    /// The author's name.
    pub(super) fn author(&self) -> Option<String> {
        self.article.byline.first().and_then(|byline| super::wording::author(byline))
    }

    /// Who goes on where a passive or a clause without a subject names nobody: told with doubt.
    pub(super) fn carried(&self, quote: &Quote, cue: &str, anchor: usize) -> Option<Found> {
        const NOBODY: &[&str] = &[
            "known",
            "called",
            "expected",
            "supposed",
            "believed",
            "thought",
            "considered",
            "seen",
            "so-called",
            "seems",
            "seem",
            "seemed",
            "appears",
            "appear",
            "appeared",
            "looks",
            "looked",
            "said",
            "reported",
            "rumored",
            "rumoured",
            "alleged",
            "reputed",
            "feared",
            "estimated",
            "clear",
            "unclear",
            "likely",
            "unlikely",
            "obvious",
            "apparent",
            "allegedly",
            "reportedly",
            "reputedly",
            "supposedly",
            "presumably",
            "dubbed",
            "named",
            "titled",
            "entitled",
            "labeled",
            "labelled",
            "described",
        ];
        const BE: &[&str] = &["is", "are", "was", "were", "been", "being", "be", "has", "have", "had"];
        let tokens = self.scene.tokens;
        let words: Vec<&str> = cue.split_whitespace().collect();
        let last = self.scene.spoke.iter().rev().find(|s| s.token < anchor)?;
        let entity = *last.entities.first()?;
        let (here, then) = (tokens.get(anchor)?, &tokens[last.token]);
        let passive = words.first().is_some_and(|w| BE.contains(w));
        if passive {
            let tells = words.iter().any(|w| w.ends_with("ed") && !NOBODY.contains(w));
            let whole = last.entities.len() == 1 && here.sentence <= then.sentence + 2;
            let near = here.paragraph == then.paragraph || here.paragraph == then.paragraph + 1 && !tells;
            return (tells && whole && near).then_some(Found { entity, confidence: 0.35, next: None });
        }
        // A sentence or a clause that starts with its verb: "Keeps saying …", "and calls …".
        let verb = words.first().is_some_and(|w| w.ends_with('s') || w.ends_with("ed"))
            && !words.iter().any(|w| NOBODY.contains(w));
        let clause = here.opens
            || anchor
                .checked_sub(1)
                .is_some_and(|at| matches!(tokens[at].lower.as_str(), "and" | "but" | "," | "then" | "also"));
        let near = here.paragraph <= then.paragraph + 1;
        (verb && clause && near && quote.kind() != Kind::Direct).then_some(Found {
            entity,
            confidence: 0.4,
            next: None,
        })
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
    if !counted || !tokens.get(of).is_some_and(|t| t.lower == "of") || of + 1 >= description.end {
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
