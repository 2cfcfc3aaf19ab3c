//! Who speaks? From source spans to speakers, within one article.
//!
//! Read in this order: `tokens` (words and sentences), `mention` (where somebody is named), `cast` (who they are),
//! `roles` (what they are and for whom they speak), `source` (what a source span says), `able` (whether it can speak), `choose` (which of several).
//! [`resolve`] walks the quotes in order and remembers who spoke.

pub(crate) mod tokens;

pub(crate) mod lexicon;

mod able;
mod around;
mod cast;
mod choose;
mod headline;
mod mention;
mod missing;
mod pronoun;
mod repair;
mod roles;
mod source;
mod stage;
#[cfg(test)]
mod tests;
mod told;
mod wording;

use cast::Cast;
use choose::{Choice, Scene, Spoke};
use onrecord_terms::{Article, Note, Place, Quote, RunnerUp, Span, SpeakerKind, Voice};
use source::{Description, Part, Pronoun};
use std::collections::BTreeMap;
use tokens::Shape;
use wording::speaker;

/// Below this confidence nobody is named. Chosen on speakers dev (`examples/resolve_gold.rs`).
const NAMED_FROM: f32 = 0.3;

/// Below this confidence, with another one near it, a note tells both names.
const UNSURE_BELOW: f32 = 0.6;

/// What remains of a quote's confidence where its source is a thing that cannot speak: soup promises nothing. A choice,
/// so low that only words in marks outlast it (see [`crate::quotes`]).
const MUTE: f32 = 0.4;

/// The most confidence that is left to a quote whose source, though long or with a name in it, cannot speak as it is
/// cut: most of them are attributions with a wrong source (of 44 on PolNeAR dev 25).
const DOUBTED: f32 = 0.5;

/// Below this confidence of the quote itself its source may be cut wrong: no speaker is then told as sure. With it 97% of
/// those told with 0.9 or more are right on speakers dev (fast reader 97.3, accurate 97.9; without 96.6 and 97.5).
const FIRM: f32 = 0.6;

/// The most confidence that the speaker of such a quote has.
const LOOSE: f32 = 0.89;

/// Tokens above which a source is long.
const MESSY: usize = 7;

/// Fills in every quote's voice; nobody told is an empty voice of confidence 0.
pub(crate) fn resolve(article: &Article, quotes: &mut [Quote], notes: &mut Vec<Note>) {
    if quotes.is_empty() {
        return;
    }
    let text = article.text();
    let tokens = tokens::tokens(text, Some(&article.body));
    let mut mentions = mention::mentions(text, &tokens);
    // What ascribes words to a lone capital at the head of a sentence takes it for a name.
    for source in quotes.iter().filter(|q| q.place() == Place::Text).flat_map(|q| q.source()) {
        let (start, end) = source::tokens_in(&tokens, *source);
        let from = mentions.partition_point(|m| m.first < start);
        for mention in mentions[from..].iter_mut().take_while(|m| m.last < end) {
            let common = |w: &str| lexicon::noun(w).is_some() || lexicon::title(w).is_some();
            // "Younger dock workers": the word before a noun.
            let noun = tokens
                .get(mention.last + 1)
                .is_some_and(|t| t.joined && t.shape == Shape::Lower && source::pronoun(&t.lower).is_none());
            mention.doubtful &= common(&tokens[mention.first].lower)
                || around::opens_a_verb(&tokens, mention)
                || noun && mention.last + 1 < end;
        }
    }
    let item_starts = stage::item_starts(&tokens, article);
    let mut cast = cast::cast(&tokens, &mentions, &item_starts);
    let inside = stage::inside(&tokens, &mentions, quotes);
    roles::add_roles(text, &tokens, &mentions, article.title.as_deref(), &inside, &mut cast);
    let subject = stage::subjects(&tokens, &mentions, &inside);
    let sources = stage::sources(&tokens, &mentions, quotes);
    let mut scene = Scene {
        tokens: &tokens,
        mentions: &mentions,
        inside: &inside,
        subject: &subject,
        item_starts: &item_starts,
        sources: &sources,
        spoke: Vec::new(),
    };
    let mut described = Vec::new();
    let places = roles::places(&mentions);
    let capitals = stage::capitals(&cast);
    let first_person = told::speaks_as_i(&tokens);
    let order = |q: &Quote| {
        (q.place() == Place::Title, q.source().first().or(q.content().first()).map(|s| s.start()))
    };
    let mut indexes: Vec<usize> = (0..quotes.len()).collect();
    indexes.sort_by_key(|idx| order(&quotes[*idx]));
    let mut voices = vec![Voice::default(); quotes.len()];
    let mut mute = vec![None; quotes.len()];
    for (nth, idx) in indexes.iter().enumerate() {
        let quote = &quotes[*idx];
        let before = nth.checked_sub(1).map(|nth| &quotes[indexes[nth]]);
        let mut reader = Reader {
            article,
            cast: &mut cast,
            scene: &mut scene,
            described: &mut described,
            places: &places,
            capitals: &capitals,
            first_person,
            beside: None,
            mute: false,
            long: false,
        };
        let mut voice = match quote.place() {
            Place::Title => title_voice(article, reader.cast, quote),
            Place::Text => reader.voice(quote, before),
        };
        if quote.confidence < FIRM {
            voice.confidence = voice.confidence.min(LOOSE);
        }
        mute[*idx] = match (reader.mute && voice.speakers.is_empty(), reader.long) {
            (false, _) => None,
            (true, false) => Some(MUTE),
            (true, true) => Some(1.0),
        };
        if voice.speakers.is_empty() || voice.confidence < NAMED_FROM {
            if !voice.speakers.is_empty() {
                let confidence = voice.confidence;
                voice.runner_up = Some(RunnerUp { name: voice.speakers[0].name.clone(), confidence });
                voice = Voice { speakers: Vec::new(), confidence: 0.0, runner_up: voice.runner_up };
            }
        } else if let Some(next) = voice
            .runner_up
            .as_ref()
            .filter(|n| voice.confidence < UNSURE_BELOW && n.confidence * 4.0 > voice.confidence)
        {
            let place = quote.content()[0].start();
            let first = &voice.speakers[0].name;
            notes.push(Note::new(
                "speaker-unsure",
                format!("the speaker of the words at byte {place} may be {first} or {}", next.name),
            ));
        }
        voices[*idx] = voice;
    }
    for ((quote, voice), mute) in quotes.iter_mut().zip(voices).zip(mute) {
        quote.voice = voice;
        if let Some(share) = mute {
            quote.confidence *= share;
            quote.confidence = quote.confidence.min(DOUBTED);
        }
    }
}

/// A resolved part: the entity, how sure, and who else it could be.
struct Found {
    entity: usize,
    confidence: f32,
    next: Option<(String, f32)>,
}

/// Reads one quote after the other.
struct Reader<'r, 's> {
    article: &'r Article,
    cast: &'r mut Cast,
    scene: &'r mut Scene<'s>,
    /// Descriptions met as sources: head noun, token, entity.
    described: &'r mut Vec<(String, usize, usize)>,
    /// Names of places, for the peoples named after them.
    places: &'r BTreeMap<String, String>,
    /// The country of each capital, where both are named.
    capitals: &'r BTreeMap<usize, usize>,
    /// Whether the author says "I".
    first_person: bool,
    /// Who is named before in the same source: "Lind and his aides".
    beside: Option<usize>,
    /// Whether the source of the quote is something that cannot speak.
    mute: bool,
    /// Whether that source is long or holds a name: its words may have been cut wrong.
    long: bool,
}

impl Reader<'_, '_> {
    fn voice(&mut self, quote: &Quote, before: Option<&Quote>) -> Voice {
        let (sources, most) = self.mended(quote);
        let anchor_span = sources.first().or(quote.cue().first()).unwrap_or(&quote.content()[0]);
        let anchor = source::tokens_in(self.scene.tokens, *anchor_span).0;
        let mut parts = source::parts(self.scene.tokens, self.scene.mentions, &sources);
        if let Some(document) = sources.first().and_then(|span| self.made_by(quote, *span)) {
            parts = vec![document];
        }
        // Source and cue are sometimes told the wrong way round: "said" as who, "Lind" as what ascribes.
        if !parts.iter().any(|p| matches!(p, Part::Named(_) | Part::Pronoun(_))) && !quote.cue().is_empty() {
            let other = source::parts(self.scene.tokens, self.scene.mentions, quote.cue());
            let verb = quote.source().iter().all(|s| source::is_verb(s.slice(self.article.text())));
            if verb && !quote.source().is_empty() && !other.is_empty() {
                parts = other;
            }
        }
        let mut found: Vec<Found> = Vec::new();
        let words = sources.iter().any(|s| s.slice(self.article.text()).contains(char::is_alphabetic));
        if !words {
            found.extend(self.missing(quote, before, anchor));
        } else {
            self.mute = parts.is_empty();
            let (start, end) = sources.first().map_or((0, 0), |s| source::tokens_in(self.scene.tokens, *s));
            let named = (start..end).any(|at| source::mention_at(self.scene.mentions, at).is_some());
            self.long = named || end - start > MESSY;
            for part in &parts {
                for one in self.resolve(quote, part, anchor) {
                    if !found.iter().any(|f| f.entity == one.entity) {
                        self.beside = self.beside.or(Some(one.entity));
                        found.push(one);
                    }
                }
            }
        }
        if found.is_empty() {
            return Voice::default();
        }
        if words {
            Self::at_most(&mut found, most);
        }
        let confidence = found.iter().map(|f| f.confidence).fold(1.0_f32, f32::min);
        if confidence >= NAMED_FROM {
            let entities = found.iter().map(|f| f.entity).collect();
            self.scene.spoke.push(Spoke { entities, token: anchor });
        }
        let next = found.iter().filter_map(|f| f.next.clone()).next();
        Voice {
            speakers: found.iter().map(|f| speaker(&self.cast.entities[f.entity])).collect(),
            confidence,
            runner_up: next.map(|(name, confidence)| RunnerUp { name, confidence }),
        }
    }

    fn resolve(&mut self, quote: &Quote, part: &Part, anchor: usize) -> Vec<Found> {
        let content: Vec<Span> = quote.content().to_vec();
        let tokens = self.scene.tokens;
        let own = move |at: usize| tokens.get(at).is_some_and(|t| content.iter().any(|s| s.holds(t.start)));
        match part {
            Part::Named(mention) => {
                let (entity, rival) = self.cast.who[*mention];
                if self.is_common_word(*mention, entity) && !self.says(quote) {
                    self.mute = true;
                    self.long = false;
                    return Vec::new();
                }
                let entity = match entity {
                    Some(entity) => self.capitals.get(&entity).copied().unwrap_or(entity),
                    None => self.cast.describe(
                        &self.scene.mentions[*mention].name.clone(),
                        SpeakerKind::Person,
                        true,
                    ),
                };
                let unknown = self.scene.mentions[*mention].doubtful && self.cast.who[*mention].0.is_none();
                if unknown && around::opens_a_verb(tokens, &self.scene.mentions[*mention]) {
                    self.mute = true;
                    return Vec::new();
                }
                let itself = rival.is_some() && rival == self.cast.who[*mention].0;
                let rival = rival.filter(|_| !itself);
                let confidence = match rival {
                    Some(_) => 0.62,
                    None if itself => 0.75,
                    None if unknown => 0.5,
                    None if self.scene.mentions[*mention].weak => 0.85,
                    None => 0.96,
                };
                let next = rival.map(|r| (self.cast.entities[r].name.clone(), 0.35));
                vec![Found { entity, confidence, next }]
            }
            Part::Looks(word) => {
                let found = self.cast.find(word);
                // "Love wants time": a capital at the head of a sentence names nobody by itself.
                let opens = quote.source().first().is_some_and(|s| {
                    let (start, end) = source::tokens_in(tokens, *s);
                    end == start + 1 && tokens[start].opens && tokens[start].shape == Shape::Capital
                });
                if found.is_none() && opens && lexicon::given_name(word).is_none() {
                    self.mute = true;
                    return Vec::new();
                }
                let name = self.as_written(quote.source(), word);
                let entity = found.unwrap_or_else(|| self.cast.describe(&name, SpeakerKind::Person, true));
                vec![Found { entity, confidence: if found.is_some() { 0.9 } else { 0.6 }, next: None }]
            }
            Part::Pronoun(Pronoun::It) if self.stands_for_nobody(quote) => Vec::new(),
            Part::Pronoun(pronoun) => self.pronoun(*pronoun, anchor, &own),
            Part::Described(description) => {
                let whom = (description.head..description.end)
                    .any(|at| matches!(tokens[at].lower.as_str(), "whom" | "which"));
                if !whom && !able::can_speak(tokens, description) {
                    self.mute = true;
                    return Vec::new();
                }
                match whom && description.head == description.start {
                    true => self.antecedent(description.start).into_iter().collect(),
                    false => self.described(description, &own),
                }
            }
        }
    }

    /// Whether a name may be a common word: one word at the head of a sentence, there alone, and nothing else about it.
    fn is_common_word(&self, mention: usize, entity: Option<usize>) -> bool {
        let mention = &self.scene.mentions[mention];
        let first = &self.scene.tokens[mention.first];
        let alone = entity.is_none_or(|e| {
            let entity = &self.cast.entities[e];
            entity.kind == SpeakerKind::Person
                && entity.mentions.len() == 1
                && !entity.sure
                && entity.gender.is_none()
                && entity.roles.is_empty()
        });
        // "Love wants time": a word that ascribes elsewhere; other lone words may be surnames.
        let common = crate::lexicon::cue(&first.lower).is_some() || lexicon::noun(&first.lower).is_some();
        alone && common && mention.lead == mention.last && first.opens && first.shape == Shape::Capital
    }

    /// Whether a quote's cue is a verb of saying or telling, which only somebody can do.
    fn says(&self, quote: &Quote) -> bool {
        const SAY_OR_TELL: u16 = 0b11;
        let text = self.article.text();
        let mut words = quote.cue().iter().flat_map(|s| s.slice(text).split_whitespace());
        words.any(|w| {
            crate::lexicon::cue(&w.to_lowercase()).is_some_and(|entry| entry.classes & SAY_OR_TELL != 0)
        })
    }

    fn found(&self, choice: Choice, base: f32) -> Found {
        let next = choice.next.map(|(entity, share)| (self.cast.entities[entity].name.clone(), share * base));
        Found { entity: choice.entity, confidence: choice.share * base, next }
    }

    /// Whether two tokens are at most `paragraphs` paragraphs apart.
    fn near(&self, one: usize, other: usize, paragraphs: u32) -> bool {
        let paragraph = |at: usize| self.scene.tokens.get(at).map_or(0, |t| t.paragraph);
        paragraph(one).abs_diff(paragraph(other)) <= paragraphs
    }

    /// A phrase without a name: an office of somebody named, a class word for a body, the same as before, or itself.
    fn described(&mut self, description: &Description, own: &dyn Fn(usize) -> bool) -> Vec<Found> {
        use SpeakerKind::{Document, Government, Organisation, Unnamed};
        let token = description.start;
        let head = self.scene.tokens[description.head].lower.clone();
        let mut spare = None;
        let mut salient = None;
        if description.definite && !description.many {
            let found = match description.kind {
                Unnamed => self.scene.office(self.cast, description, token, own),
                Organisation | Government => self.scene.body(self.cast, description, token, own),
                _ => None,
            };
            if let Some((choice, matched)) = found {
                // "The campaign" that was described nearer than the one with a name.
                let nearer =
                    matched && description.kind == Organisation && self.nearer(choice, &head, description);
                if matched && !nearer {
                    return vec![self.found(choice, 0.92)];
                }
                if description.kind == Government
                    && matches!(head.as_str(), "state" | "country" | "nation" | "city" | "government")
                    && choice.share > 0.6
                    && description.end == description.head + 1
                    && description.head == description.start + 1
                {
                    return vec![self.found(choice, 0.6)];
                }
                let words = &self.scene.tokens[description.start..description.end];
                let own_name = words.iter().any(|t| {
                    t.is_capital()
                        && !matches!(
                            t.lower.as_str(),
                            "gop" | "republican" | "democratic" | "the" | "that" | "this"
                        )
                });
                let office = matches!(
                    head.as_str(),
                    "director"
                        | "leader"
                        | "announcer"
                        | "spokesman"
                        | "spokeswoman"
                        | "spokesperson"
                        | "official"
                        | "judge"
                        | "chief"
                        | "head"
                        | "lawyer"
                        | "attorney"
                        | "doctor"
                        | "minister"
                        | "ambassador"
                        | "mayor"
                        | "chairman"
                        | "aide"
                        | "source"
                        | "adviser"
                        | "moderator"
                        | "reporter"
                        | "host"
                        | "officer"
                        | "suspect"
                        | "victim"
                );
                let person = lexicon::title(&head).is_some()
                    || lexicon::noun(&head).is_some_and(|n| n.kind == description.kind);
                // "the union" may be one that has a name; "the nurses' union" says itself which one it is.
                let says_which = description.kind != Unnamed && description.head > description.start + 1;
                // "The GOP candidate" says which one: only somebody of whom nothing else is told.
                let which = description.kind == Unnamed && description.head > description.start + 1;
                let other_medium = matches!(head.as_str(), "network" | "channel" | "broadcaster") && {
                    let name = self.cast.entities[choice.entity].name.to_lowercase();
                    name.split(' ').any(|w| matches!(w, "times" | "post" | "journal" | "herald" | "tribune"))
                };
                let plain = description.end == description.head + 1 && !other_medium && !which;
                let public = matches!(head.as_str(), "press" | "media" | "public");
                let teller = matches!(head.as_str(), "woman" | "man" | "girl" | "boy")
                    && choose::tells_news(&self.cast.entities[choice.entity]);
                if plain && !says_which && !own_name && !office && person && !public && !teller {
                    spare = Some(choice);
                }
                let tail =
                    self.scene.tokens[description.head + 1..description.end.max(description.head + 1)].iter();
                let plain = tail.clone().count() == 0
                    || tail.clone().count() == 2
                        && tail.clone().all(|t| t.lower == "of" || lexicon::opens_sentence(&t.lower));
                if description.kind == Unnamed && !office && plain {
                    salient = self.salient(description, choice);
                }
            }
        }
        // "they" and "the two senators" after a pair; "the poll" after "a new poll".
        if description.definite && description.many && description.end == description.head + 1 {
            let last = self.scene.spoke.last().filter(|s| s.entities.len() > 1);
            if let Some(last) = last.filter(|s| self.near(s.token, token, 2)) {
                let people = last.entities.iter().all(|e| self.cast.entities[*e].kind == SpeakerKind::Person);
                if people && lexicon::noun(&head).is_some_and(|n| n.kind == SpeakerKind::Group) {
                    let entities = last.entities.clone();
                    return entities
                        .into_iter()
                        .map(|entity| Found { entity, confidence: 0.6, next: None })
                        .collect();
                }
            }
        }
        if description.definite {
            let tokens = self.scene.tokens;
            let short = description.end - description.start <= 3;
            let same = self.described.iter().rev().take(200).find(|(noun, at, entity)| {
                *at < token
                    && (*noun == head || (short && source::same_document(noun, &head)))
                    && self.may_be(description, *entity)
                    && !(around::described_in_headline(tokens, *at) && description.kind == Organisation)
            });
            if let Some((_, _, entity)) = same {
                return vec![Found { entity: *entity, confidence: 0.8, next: None }];
            }
            if description.kind == Document
                && let Some(name) = self.fuller(description)
            {
                let entity = self.cast.describe(&name, Document, false);
                self.described.push((head, token, entity));
                return vec![Found { entity, confidence: 0.7, next: None }];
            }
        }
        if description.kind == Document
            && self.scene.tokens[description.start].paragraph == 0
            && description.end == description.start + 1
            && let Some(name) = self.fuller(description)
        {
            let entity = self.cast.describe(&name, Document, false);
            self.described.push((head, token, entity));
            return vec![Found { entity, confidence: 0.7, next: None }];
        }
        if let Some(choice) = spare {
            let short = description.end - description.start <= 5;
            match description.kind {
                Unnamed if short => return vec![self.found(choice, 0.6)],
                Organisation
                    if !matches!(head.as_str(), "campaign" | "team") && self.is_of_sort(choice, &head) =>
                {
                    return vec![self.found(choice, 0.55)];
                }
                _ => {}
            }
        }
        let known = || self.nominee(description, &head);
        let known = known().or_else(|| self.ahead(description, &head));
        if let Some(found) = known.or_else(|| self.introduced(description, &head)) {
            return vec![found];
        }
        if let Some(found) =
            self.introduced_body(description, &head).or_else(|| self.apposed(description)).or(salient)
        {
            return vec![found];
        }
        let two = self.the_two(description);
        if !two.is_empty() {
            return two;
        }
        if let Some(found) = self.campaign(description, &head) {
            return vec![found];
        }
        let mut name = self.percent_of(description).unwrap_or_else(|| self.text_of(description));
        let mut confidence = match (description.kind, description.definite) {
            (Unnamed, true) => 0.55,
            (_, true) => 0.7,
            _ => 0.85,
        };
        if let Some(owner) = description.owner {
            let one = |e: &usize| matches!(self.cast.entities[*e].kind, SpeakerKind::Person | Unnamed);
            let fits = |e: &usize| one(e) || !matches!(owner, Pronoun::He | Pronoun::She);
            let beside = self.beside.filter(fits).map(|entity| Choice { entity, share: 1.0, next: None });
            let choice = beside.or_else(|| self.scene.pronoun(self.cast, owner, token, own));
            let Some(choice) = choice else { return Vec::new() };
            if let Some(entity) = self.same_people(&head, choice.entity, token) {
                return vec![Found { entity, confidence: 0.8 * choice.share, next: None }];
            }
            let rest = name.split_once(' ').map_or("", |(_, rest)| rest);
            name = format!("{}'s {rest}", self.cast.entities[choice.entity].name);
            confidence *= choice.share;
        }
        let kind = match (description.kind, description.many) {
            (Unnamed, true) if !lexicon::noun(&head).is_some_and(|n| n.kind == Unnamed && n.many) => {
                SpeakerKind::Group
            }
            (kind, _) => kind,
        };
        let kind =
            if told::counts_people(self.scene.tokens, description) { SpeakerKind::Group } else { kind };
        let entity = self.cast.describe(&name, kind, false);
        let (from, to) = (description.start, description.end);
        let told = roles::behind(self.article.text(), self.scene.tokens, from, to, self.places);
        let told = told.and_then(|told| self.whose(told, description, entity));
        if told.is_some() && matches!(kind, Unnamed | SpeakerKind::Group) {
            self.cast.entities[entity].of = told;
        } else if let Some(owned) = self.last_mention(description) {
            let of = self.cast.who[owned].0.map(|e| &self.cast.entities[e]);
            let of = of
                .filter(|e| e.kind != SpeakerKind::Person)
                .map(|e| e.of.clone().unwrap_or_else(|| e.name.clone()));
            self.cast.entities[entity].of = of;
        } else if matches!(kind, Unnamed)
            && description.definite
            && matches!(head.as_str(), "minister" | "ministry" | "premier")
        {
            // "The interior minister" of the one country whose offices the article speaks of.
            self.cast.entities[entity].of = self.cast.nation.clone();
        }
        if matches!(kind, Unnamed) && lexicon::title(&head).is_some() {
            self.cast.entities[entity].roles = vec![head.clone()];
        }
        self.described.push((head, token, entity));
        vec![Found { entity, confidence, next: None }]
    }

    /// Whether a description says nothing that the one before did not: "the interior minister" is not "its defence
    /// minister", but "the minister" may be.
    fn may_be(&self, description: &Description, entity: usize) -> bool {
        let name = self.cast.entities[entity].name.to_lowercase();
        let known: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
        let mut own = self.scene.tokens[description.start..description.head]
            .iter()
            .filter(|t| t.is_word() && (!lexicon::opens_sentence(&t.lower) || t.lower == "former"));
        own.all(|t| {
            // "Ardenian" and "Ardenia" tell the same.
            let stem: String = t.lower.chars().take(5).collect();
            known.iter().any(|word| *word == t.lower || t.is_capital() && word.starts_with(&stem))
        })
    }

    /// The last mention inside a description.
    fn last_mention(&self, description: &Description) -> Option<usize> {
        let end = self.scene.mentions.partition_point(|m| m.last < description.end);
        end.checked_sub(1).filter(|m| self.scene.mentions[*m].first >= description.start)
    }
}

/// The voice of a quote in the headline: a name there, matched with the text's.
fn title_voice(article: &Article, cast: &Cast, quote: &Quote) -> Voice {
    let headline = article.headline();
    let name = quote.source().iter().map(|s| s.slice(headline).trim()).find(|s| !s.is_empty());
    let clean = name.map(|n| n.trim_end_matches("’s").trim_end_matches("'s"));
    let last = clean.and_then(|n| n.rsplit(' ').next());
    let found = clean.and_then(|n| cast.find(n)).or_else(|| last.and_then(|n| cast.find(n)));
    match found {
        Some(entity) => {
            Voice { speakers: vec![speaker(&cast.entities[entity])], confidence: 0.85, runner_up: None }
        }
        None => Voice::default(),
    }
}
