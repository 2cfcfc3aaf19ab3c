//! Which of several? Candidates for a pronoun or an office, scored by nearness, subjecthood and who spoke before.

use super::around;
use super::cast::{Cast, Entity, words};
use super::lexicon::{self, Gender};
use super::mention::Mention;
use super::source::{Description, Pronoun};
use super::tokens::{Shape, Token};
use super::told;
use onrecord_terms::SpeakerKind;
use std::collections::BTreeMap;

/// Somebody who spoke, and where.
#[derive(Clone, Debug)]
pub(crate) struct Spoke {
    /// The entities.
    pub(crate) entities: Vec<usize>,
    /// The token that the source, or else the content, starts at.
    pub(crate) token: usize,
}

/// What has been read so far of an article.
pub(crate) struct Scene<'a> {
    /// The article's tokens.
    pub(crate) tokens: &'a [Token],
    /// Its mentions.
    pub(crate) mentions: &'a [Mention],
    /// Whether each mention stands inside some quote's content.
    pub(crate) inside: &'a [bool],
    /// Whether each mention is the subject of its sentence, by its place.
    pub(crate) subject: &'a [bool],
    /// The reports on the page: a pronoun never reaches into the one before. First token of each.
    pub(crate) item_starts: &'a [usize],
    /// Whether each mention stands in some quote's source.
    pub(crate) sources: &'a [bool],
    /// Who spoke before, in order of the text.
    pub(crate) spoke: Vec<Spoke>,
}

/// The choice: the best entity, its share, and the next one with its share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Choice {
    /// The best.
    pub(crate) entity: usize,
    /// Its probability among the candidates, 0.0 to 1.0.
    pub(crate) share: f32,
    /// The second best.
    pub(crate) next: Option<(usize, f32)>,
}

/// How far back, in sentences, a pronoun looks for a name, and for somebody who spoke.
const REACH: u32 = 8;

/// How many names before it a pronoun weighs at most, and how many entities an office looks over: a bound for huge pages.
const MOST: usize = 300;

/// How many tokens back a pronoun looks for the head of its paragraph: a bound for huge pages.
const PARAGRAPH: usize = 200;

/// What somebody who runs for an office is called, last word of the role.
pub(super) const RUNNERS: &[&str] =
    &["nominee", "candidate", "rival", "opponent", "contender", "hopeful", "challenger", "standard-bearer"];

/// Weights of the score; chosen on speakers dev (`examples/resolve_gold.rs`) by coordinate sweeps.
mod weight {
    pub(super) const SENTENCE: f32 = -0.55;
    pub(super) const SPOKE_LAST: f32 = 2.6;
    pub(super) const SPOKE_BEFORE: f32 = 0.6;
    pub(super) const SUBJECT: f32 = 1.2;
    /// A subject in the paragraph of the pronoun itself: a new paragraph often brings a new man.
    pub(super) const OPENS: f32 = 1.2;
    /// An office without a name that opens the pronoun's paragraph; a choice: it must outweigh who spoke last.
    pub(super) const OFFICE_OPENS: f32 = 4.0;
    pub(super) const INSIDE: f32 = -1.2;
    pub(super) const OWNER: f32 = -0.5;
    /// "Pressed by Lind": who stands behind a preposition is seldom gone on about.
    pub(super) const BOUND: f32 = -0.6;
    /// "The Telverdan senator": a country's name that only tells whose.
    pub(super) const WHOSE: f32 = -4.0;
    /// "The Harbour Guild spokesman"
    pub(super) const WHOSE_BODY: f32 = -1.5;
    pub(super) const OFTEN: f32 = 0.35;
    pub(super) const GENDER_KNOWN: f32 = 0.8;
    pub(super) const LOOK: f32 = -1.5;
    /// A choice: what never is a subject or a source is a place or a thing as often as a person.
    pub(super) const IDLE: f32 = -2.0;
}

impl Scene<'_> {
    /// The token where the report that holds `token` starts.
    pub(crate) fn item_start(&self, token: usize) -> usize {
        let idx = self.item_starts.partition_point(|start| *start <= token);
        idx.checked_sub(1).map_or(0, |idx| self.item_starts[idx])
    }

    /// Scores of everybody who fits, by what stands before `token`; mentions in `own` (the quote's content) count little.
    pub(crate) fn scores(
        &self,
        cast: &Cast,
        token: usize,
        own: &dyn Fn(usize) -> bool,
        fits: &dyn Fn(usize) -> bool,
    ) -> BTreeMap<usize, f32> {
        let Some(here) = self.tokens.get(token) else { return BTreeMap::new() };
        let floor = self.item_start(token);
        let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
        let mut better = |entity: usize, score: f32| {
            let held = scores.entry(entity).or_insert(f32::MIN);
            *held = held.max(score);
        };
        let first_after = self.mentions.partition_point(|m| m.first < token);
        for idx in (first_after.saturating_sub(MOST)..first_after).rev() {
            let mention = &self.mentions[idx];
            let distance = here.sentence - self.tokens[mention.first].sentence.min(here.sentence);
            if distance > REACH || mention.first < floor {
                break;
            }
            let Some(entity) = cast.who[idx].0.filter(|e| fits(*e)) else { continue };
            // Words in marks that go over paragraphs tell of others: a name further up may be whoever speaks.
            if own(mention.first) && self.tokens[mention.first].paragraph == here.paragraph {
                continue;
            }
            let mut score = weight::SENTENCE * distance as f32;
            score += if self.subject[idx] && distance <= 2 { weight::SUBJECT } else { 0.0 };
            let opens = self.subject[idx] && self.tokens[mention.first].paragraph == here.paragraph;
            score += if opens { weight::OPENS } else { 0.0 };
            score += if self.inside[idx] { weight::INSIDE } else { 0.0 };
            score += if mention.owner { weight::OWNER } else { 0.0 };
            score += if !self.subject[idx] && self.is_bound(mention) { weight::BOUND } else { 0.0 };
            score += match cast.entities[entity].kind {
                SpeakerKind::Government if self.tells_whose(mention) => weight::WHOSE,
                SpeakerKind::Organisation if self.tells_whose(mention) => weight::WHOSE_BODY,
                _ => 0.0,
            };
            score += if mention.weak { -2.0 } else { 0.0 };
            better(entity, score);
        }
        for (back, spoke) in self.spoke.iter().rev().filter(|s| s.token < token).take(4).enumerate() {
            let distance = here.sentence - self.tokens[spoke.token].sentence.min(here.sentence);
            let paragraphs = here.paragraph - self.tokens[spoke.token].paragraph.min(here.paragraph);
            if spoke.token < floor || (paragraphs > 3 && distance > REACH) {
                break;
            }
            let bonus = if back == 0 { weight::SPOKE_LAST } else { weight::SPOKE_BEFORE };
            for entity in spoke.entities.iter().copied().filter(|e| fits(*e)) {
                let held = scores.entry(entity).or_insert(weight::SENTENCE * distance.min(REACH) as f32);
                *held = held.max(weight::SENTENCE * distance.min(REACH) as f32)
                    + bonus * 0.7_f32.powi(paragraphs as i32);
            }
        }
        for (entity, score) in &mut scores {
            *score += weight::OFTEN * (cast.entities[*entity].mentions.len().max(1) as f32).ln();
        }
        scores
    }

    /// Whether an entity is a subject or a source anywhere.
    pub(crate) fn acts(&self, cast: &Cast, entity: usize) -> bool {
        let mut mentions = cast.entities[entity].mentions.iter().take(MOST);
        mentions.any(|m| self.subject[*m] || self.sources[*m])
    }

    /// Whether a preposition stands before a mention.
    fn is_bound(&self, mention: &Mention) -> bool {
        let word = |at: usize| at.checked_sub(1).map_or("", |at| self.tokens[at].lower.as_str());
        let before = match word(mention.lead) {
            "the" => word(mention.lead - 1),
            before => before,
        };
        matches!(
            before,
            "by" | "with" | "from" | "to" | "about" | "against" | "of" | "for" | "on" | "at" | "in"
        )
    }

    /// Whether a country's or a body's name stands before a noun that it belongs to: "the U.S. senator".
    fn tells_whose(&self, mention: &Mention) -> bool {
        let next = self.tokens.get(mention.last + 1).filter(|t| t.joined && t.shape == Shape::Lower);
        matches!(mention.kind, Some(SpeakerKind::Government | SpeakerKind::Organisation))
            && next.is_some_and(|t| lexicon::noun(&t.lower).is_some() || lexicon::title(&t.lower).is_some())
    }

    /// Whom a pronoun at `token` stands for.
    pub(crate) fn pronoun(
        &self,
        cast: &Cast,
        pronoun: Pronoun,
        token: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> Option<Choice> {
        use SpeakerKind::{Document, Government, Group, Organisation, Person, Unnamed};
        let wanted = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            _ => None,
        };
        let fits = |entity: usize| {
            let entity = &cast.entities[entity];
            match pronoun {
                Pronoun::He | Pronoun::She => {
                    matches!(entity.kind, Person | Unnamed)
                        && (entity.gender.is_none() || entity.gender == wanted)
                }
                Pronoun::It => matches!(entity.kind, Organisation | Government | Document),
                Pronoun::They => matches!(entity.kind, Group | Organisation),
                _ => entity.kind == Person,
            }
        };
        let mut scores = self.scores(cast, token, own, &fits);
        // "Ana Ruiz reports: “… she …”": whoever tells it in marks says "I" of herself.
        if wanted.is_some()
            && let Some(teller) = self.teller_of_marks(cast, token)
            && scores.remove(&teller).is_some()
        {
            scores.retain(|entity, _| cast.entities[*entity].gender == wanted);
        }
        // "The mayor was less sure. “…,” he said": the office that opens the paragraph is its subject.
        if wanted.is_some()
            && let Some(holder) = self.opening_office(cast, token, own).filter(|holder| fits(*holder))
        {
            *scores.entry(holder).or_insert(weight::SENTENCE) += weight::OFFICE_OPENS;
        }
        for (idx, score) in &mut scores {
            let entity = &cast.entities[*idx];
            if wanted.is_some() && entity.gender == wanted {
                *score += weight::GENDER_KNOWN;
            }
            if pronoun == Pronoun::They && entity.kind == Group {
                *score += 1.0;
            }
            // A look alone is a weak sign of a person; weaker still where the name never acts ("in Sandry").
            if wanted.is_some() && (!entity.sure || entity.kind == Unnamed) && entity.gender.is_none() {
                *score += weight::LOOK;
                if entity.kind == Person && !self.acts(cast, *idx) {
                    *score += weight::IDLE;
                }
            }
        }
        best(&scores)
    }

    /// Who tells the words in marks that hold `token`, where a colon or a comma announces them.
    fn teller_of_marks(&self, cast: &Cast, token: usize) -> Option<usize> {
        let here = self.tokens.get(token)?;
        let low = token.saturating_sub(PARAGRAPH);
        let inside = (low..token).rev().take_while(|at| self.tokens[*at].paragraph == here.paragraph);
        let mark = inside.filter(|at| self.tokens[*at].shape == Shape::Mark).find_map(|at| {
            match self.tokens[at].lower.as_str() {
                "“" | "«" | "„" => Some(Some(at)),
                "”" | "»" => Some(None),
                // A straight mark opens where it stands at the head of its paragraph or behind a colon.
                "\"" => {
                    let head = at.checked_sub(1).is_none_or(|b| {
                        self.tokens[b].paragraph < here.paragraph || self.tokens[b].is_mark(":")
                    });
                    Some(head.then_some(at))
                }
                _ => None,
            }
        })??;
        let straight = self.tokens[mark].lower == "\"";
        let colon = mark
            .checked_sub(1)
            .filter(|at| self.tokens[*at].is_mark(":") || self.tokens[*at].is_mark(",") && !straight)?;
        let sentence = self.tokens[colon].sentence;
        let end = self.mentions.partition_point(|m| m.first < colon);
        let announced = (end.saturating_sub(10)..end)
            .rev()
            .take_while(|idx| self.tokens[self.mentions[*idx].first].sentence == sentence);
        announced.filter(|idx| self.subject[*idx]).find_map(|idx| cast.who[idx].0)
    }

    /// The holder of the office that opens the paragraph of `token`, at most two sentences before it: "The mayor …".
    fn opening_office(&self, cast: &Cast, token: usize, own: &dyn Fn(usize) -> bool) -> Option<usize> {
        let here = self.tokens.get(token)?;
        let opens = |at: &usize| self.tokens[*at].paragraph < here.paragraph;
        let start = (token.saturating_sub(PARAGRAPH)..token).rev().find(opens)? + 1;
        let first = self.tokens.get(start).filter(|first| first.lower == "the" && start < token)?;
        let near = here.sentence - first.sentence.min(here.sentence) <= 2;
        let head = start + 1;
        let is_office = lexicon::title(&self.tokens.get(head)?.lower).is_some();
        let named = self.tokens.get(head + 1)?.is_capital();
        if !near || !is_office || named {
            return None;
        }
        let description = Description {
            start,
            end: head + 1,
            head,
            kind: SpeakerKind::Unnamed,
            many: false,
            definite: true,
            owner: None,
        };
        let (choice, matched) = self.office(cast, &description, start, own)?;
        matched.then_some(choice.entity)
    }

    /// The person whom an office in words means: "the spokeswoman", "the former minister", "the Vermont senator".
    pub(crate) fn office(
        &self,
        cast: &Cast,
        description: &Description,
        token: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> Option<(Choice, bool)> {
        let head = self.tokens[description.head].lower.as_str();
        let gender = lexicon::title_gender(head).or(match head {
            "woman" | "girl" => Some(Gender::Female),
            "man" | "boy" => Some(Gender::Male),
            _ => None,
        });
        let fits = |entity: usize| {
            let entity = &cast.entities[entity];
            entity.kind == SpeakerKind::Person
                && !(gender.is_some() && entity.gender.is_some() && entity.gender != gender)
        };
        let mut scores = self.scores(cast, token, own, &fits);
        // An office reaches back over the whole report: the president stays the president.
        for (idx, entity) in cast.entities.iter().enumerate().take(MOST).filter(|(idx, _)| fits(*idx)) {
            let start = self.item_start(token);
            let first = entity.mentions.partition_point(|m| self.mentions[*m].first < start);
            let before = entity.mentions.get(first).is_some_and(|m| self.mentions[*m].first < token);
            if before || entity.mentions.len() > 2 {
                let often = weight::OFTEN * (entity.mentions.len().max(1) as f32).ln();
                scores.entry(idx).or_insert(weight::SENTENCE * REACH as f32 + often);
            }
        }
        let modifiers: Vec<&str> = self.tokens[description.start..description.head]
            .iter()
            .filter(|t| t.is_word() && !lexicon::opens_sentence(&t.lower) || t.lower == "former")
            .map(|t| t.lower.as_str())
            .collect();
        let which = office_words(self.tokens, description);
        let parties: Vec<&str> = modifiers.iter().filter_map(|word| around::party(word)).collect();
        let mut matched = false;
        scores.retain(|idx, _| !is_of_another_party(&cast.entities[*idx], &parties));
        for (idx, score) in &mut scores {
            let entity = &cast.entities[*idx];
            let lower: Vec<String> = entity.roles.iter().map(|r| r.to_lowercase()).collect();
            let mut role_words =
                lower.iter().flat_map(|r| r.split([' ', '-'])).map(|w| w.trim_end_matches([',', '.']));
            let named = holds(entity, head)
                && !is_other_office(entity, head, &which)
                && (modifiers.contains(&"former") || !is_former(entity, head));
            if named {
                *score += 4.5;
                matched = true;
            }
            for modifier in &modifiers {
                if role_words.any(|word| word == *modifier || (*modifier == "gop" && word == "republican"))
                    || words(&entity.name).iter().any(|w| w == modifier)
                {
                    *score += 1.0;
                }
            }
        }
        if matched && !told::is_kept_unnamed(head) {
            scores.retain(|idx, _| {
                let entity = &cast.entities[*idx];
                holds(entity, head)
                    && !is_other_office(entity, head, &which)
                    && (modifiers.contains(&"former") || !is_former(entity, head))
            });
        }
        let choice = best(&scores)?;
        let chosen = &cast.entities[choice.entity];
        Some((choice, matched && holds(chosen, head) && !is_other_office(chosen, head, &which)))
    }

    /// The body that a class word means: "the agency", "the company", "the ministry".
    pub(crate) fn body(
        &self,
        cast: &Cast,
        description: &Description,
        token: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> Option<(Choice, bool)> {
        let head = self.tokens[description.head].lower.as_str();
        let kind = description.kind;
        let fits = |entity: usize| cast.entities[entity].kind == kind;
        let mut scores = self.scores(cast, token, own, &fits);
        let named = |entity: usize| words(&cast.entities[entity].name).iter().any(|w| w == head);
        for (idx, entity) in
            cast.entities.iter().enumerate().take(MOST).filter(|(idx, _)| fits(*idx) && named(*idx))
        {
            if entity.mentions.first().is_some_and(|m| {
                self.mentions[*m].first < token && self.mentions[*m].first >= self.item_start(token)
            }) {
                scores.entry(idx).or_insert(weight::SENTENCE * REACH as f32);
            }
        }
        for (entity, score) in &mut scores {
            if named(*entity) {
                *score += 4.0;
            }
        }
        let choice = best(&scores)?;
        Some((choice, named(choice.entity)))
    }
}

/// The best candidate and its share among all (softmax).
pub(crate) fn best(scores: &BTreeMap<usize, f32>) -> Option<Choice> {
    let mut order: Vec<(f32, usize)> = scores.iter().map(|(entity, score)| (*score, *entity)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (top, entity) = *order.first()?;
    let total: f32 = order.iter().map(|(score, _)| (score - top).exp()).sum();
    let next = order.get(1).map(|(score, next)| (*next, (score - top).exp() / total));
    Some(Choice { entity, share: 1.0 / total, next })
}

/// Whether all offices of this word that somebody holds are of another kind: "the interior minister" is no foreign
/// minister.
pub(crate) fn is_other_office(entity: &Entity, head: &str, modifiers: &[&str]) -> bool {
    let same = |one: &str, other: &str| {
        let stem = |w: &str| w.chars().take(5).collect::<String>();
        stem(one) == stem(other)
    };
    let vice = |words: &[&str]| words.iter().any(|w| w.starts_with("vice"));
    let mut any = false;
    for role in &entity.roles {
        let lower = role.to_lowercase();
        let words: Vec<&str> = lower.split([' ', '-', ',']).map(|w| w.trim_end_matches('.')).collect();
        let Some(at) = words.iter().position(|w| same_office(w, head)) else { continue };
        // The vice president is no president.
        if vice(&words[..at]) != vice(modifiers) {
            any = true;
            continue;
        }
        if modifiers.is_empty() {
            return false;
        }
        let own: Vec<&&str> = words[..at]
            .iter()
            .filter(|w| !matches!(**w, "former" | "the" | "a" | "acting" | "new" | "then" | "" | "s"))
            .collect();
        if own.is_empty() || own.iter().any(|w| modifiers.iter().any(|m| same(w, m))) {
            return false;
        }
        any = true;
    }
    any
}

/// The words in small letters before a description's head that tell which office it is.
pub(crate) fn office_words<'t>(tokens: &'t [Token], description: &Description) -> Vec<&'t str> {
    let own = |t: &&Token| {
        t.shape == Shape::Lower
            && !lexicon::opens_sentence(&t.lower)
            && !matches!(t.lower.as_str(), "former" | "acting" | "new" | "then" | "own" | "senior" | "top")
    };
    tokens[description.start..description.head].iter().filter(own).map(|t| t.lower.as_str()).collect()
}

/// Whether a person holds an office: its word stands in a role before the first preposition.
pub(crate) fn holds(entity: &Entity, head: &str) -> bool {
    entity.roles.iter().any(|role| {
        let lower = role.to_lowercase();
        let words = lower
            .split([' ', '-', ','])
            .take_while(|w| !matches!(*w, "of" | "for" | "to" | "at" | "in" | "who"));
        let mut words = words.map(|w| w.trim_end_matches('.'));
        words.any(|word| same_office(word, head))
    })
}

/// Whether somebody's roles tell a party, and none of these.
pub(super) fn is_of_another_party(entity: &Entity, parties: &[&str]) -> bool {
    if parties.is_empty() {
        return false;
    }
    let now = entity.roles.iter().map(|r| r.to_lowercase()).filter(|r| !r.starts_with("former"));
    let mut told = false;
    for role in now {
        // "Republican Party rival": whose rival somebody is tells no party.
        for own in role.split([' ', '-']).filter_map(around::party) {
            if parties.contains(&own) {
                return false;
            }
            told = true;
        }
    }
    told
}

/// Whether somebody tells the news and is not in it: a reporter, as their roles say.
pub(super) fn tells_news(entity: &Entity) -> bool {
    const TELLERS: &[&str] =
        &["reporter", "journalist", "correspondent", "columnist", "moderator", "host", "anchor", "editor"];
    entity.roles.iter().any(|r| r.to_lowercase().split([' ', '-']).any(|word| TELLERS.contains(&word)))
}

/// Whether somebody held an office once, and no role says that they hold it still.
fn is_former(entity: &Entity, head: &str) -> bool {
    let mut roles = entity
        .roles
        .iter()
        .map(|r| r.to_lowercase())
        .filter(|r| r.split([' ', '-', ',']).any(|word| same_office(word.trim_end_matches('.'), head)));
    roles.all(|role| role.starts_with("former") || role.starts_with("ex-") || role.starts_with("then"))
}

/// Whether two words tell the same office: "sen" and "senator".
fn same_office(word: &str, head: &str) -> bool {
    const SAME: &[&[&str]] = &[
        &["sen", "senator", "sens", "lawmaker"],
        &["gov", "governor"],
        &["rep", "representative", "congressman", "congresswoman", "lawmaker"],
        &["mp", "parliamentarian", "legislator", "lawmaker"],
        &["nominee", "candidate", "standard-bearer"],
        &["spokesman", "spokeswoman", "spokesperson"],
        &["chairman", "chairwoman", "chair", "chairperson"],
        &["premier", "minister"],
        &["gen", "general"],
        &["leader", "head", "chief"],
        &["prof", "professor"],
        &["dr", "doctor", "physician"],
        &["judge", "justice", "magistrate"],
        &["del", "delegate", "lawmaker"],
        &["mp", "lawmaker"],
        &["ceo", "executive"],
    ];
    word == head || SAME.iter().any(|group| group.contains(&word) && group.contains(&head))
}
