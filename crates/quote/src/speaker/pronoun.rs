//! Whom does a pronoun stand for? "He", "I" and "who", each by its own means.

use super::source::{self, Description, Pronoun};
use super::tokens::Shape;
use super::{Found, Reader, lexicon};
use onrecord_terms::SpeakerKind;

impl Reader<'_, '_> {
    /// Whom a pronoun stands for; `own` tells the tokens of the quote itself.
    pub(super) fn pronoun(
        &mut self,
        pronoun: Pronoun,
        anchor: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> Vec<Found> {
        let choice = match pronoun {
            Pronoun::Nobody => return Vec::new(),
            Pronoun::You => {
                let entity = self.cast.describe("you", SpeakerKind::Unnamed, false);
                return vec![Found { entity, confidence: 0.5, next: None }];
            }
            Pronoun::Relative => return self.antecedent(anchor).into_iter().collect(),
            Pronoun::I | Pronoun::We => return self.first_person(pronoun, anchor).into_iter().collect(),
            // "they" after two who spoke together means both.
            Pronoun::They => {
                let last = self.scene.spoke.last().filter(|s| s.entities.len() > 1 && s.token < anchor);
                if let Some(last) = last.filter(|s| self.near(s.token, anchor, 2)) {
                    let mut entities = last.entities.clone();
                    // "Critics, including Ruiz and Lind": those with names go on.
                    let named = |e: &usize| self.cast.entities[*e].kind == SpeakerKind::Person;
                    if entities.iter().filter(|e| named(e)).count() > 1 {
                        entities.retain(named);
                    }
                    return entities
                        .into_iter()
                        .map(|entity| Found { entity, confidence: 0.7, next: None })
                        .collect();
                }
                // "Ruiz and Lind met. They said": nearer than a group that spoke before.
                let group =
                    self.scene.spoke.last().filter(|s| s.token < anchor && self.near(s.token, anchor, 0));
                if let Some(entities) = self.joined_subjects(anchor).filter(|_| group.is_none()) {
                    return entities
                        .into_iter()
                        .map(|entity| Found { entity, confidence: 0.55, next: None })
                        .collect();
                }
                self.scene.pronoun(self.cast, pronoun, anchor, own)
            }
            _ => self.scene.pronoun(self.cast, pronoun, anchor, own),
        };
        let later = self.cataphor(pronoun, anchor).filter(|_| choice.is_none_or(|c| c.share < 0.9));
        if let Some(entity) = later {
            return vec![Found { entity, confidence: 0.7, next: None }];
        }
        let Some(choice) = choice else { return Vec::new() };
        let base = match pronoun {
            // Whose gender nothing tells may be of the other.
            Pronoun::He | Pronoun::She if self.cast.entities[choice.entity].gender.is_none() => {
                match (self.cast.entities[choice.entity].sure, self.scene.acts(self.cast, choice.entity)) {
                    (true, _) => 0.8,
                    (false, true) => 0.55,
                    // A name by its look alone that nowhere acts.
                    (false, false) => 0.25,
                }
            }
            Pronoun::He | Pronoun::She => 0.95,
            Pronoun::It => 0.75,
            Pronoun::They if self.cast.entities[choice.entity].kind == SpeakerKind::Organisation => 0.5,
            _ => 0.7,
        };
        vec![self.found(choice, base)]
    }

    /// "I" is whoever speaks around it; outside of quotes the author.
    fn first_person(&mut self, pronoun: Pronoun, anchor: usize) -> Option<Found> {
        if pronoun == Pronoun::We {
            let entity = self.cast.describe("we", SpeakerKind::Group, false);
            return Some(Found { entity, confidence: 0.5, next: None });
        }
        let author = self.author();
        let token = self.scene.tokens.get(anchor)?;
        let marks = self.scene.tokens[..anchor]
            .iter()
            .rev()
            .take(2000)
            .take_while(|t| t.paragraph == token.paragraph);
        let open = marks.filter(|t| t.shape == Shape::Mark).find_map(|t| match t.lower.as_str() {
            "“" | "«" | "„" => Some(true),
            "”" | "»" => Some(false),
            _ => None,
        });
        if open == Some(true) {
            if let Some(entity) = self.dashed(anchor) {
                return Some(Found { entity, confidence: 0.7, next: None });
            }
            let last = self.scene.spoke.last()?;
            let entity = *last.entities.first()?;
            return self.near(last.token, anchor, 1).then_some(Found { entity, confidence: 0.5, next: None });
        }
        let author = author.or_else(|| self.signed(anchor))?;
        let entity =
            self.cast.find(&author).unwrap_or_else(|| self.cast.describe(&author, SpeakerKind::Person, true));
        Some(Found { entity, confidence: 0.6, next: None })
    }

    /// What "who" or "which" stands for: the name or noun right before it.
    pub(super) fn antecedent(&mut self, anchor: usize) -> Option<Found> {
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?;
        let mut at = anchor;
        while at > 0
            && anchor - at < 3
            && (tokens[at - 1].shape == Shape::Mark
                || matches!(tokens[at - 1].lower.as_str(), "of" | "all" | "some" | "many" | "most" | "both"))
        {
            at -= 1;
        }
        // "From some who saw it": those whom the word before counts.
        let bare = at.checked_sub(1).is_none_or(|b| {
            matches!(tokens[b].lower.as_str(), "from" | "by" | "to" | "for" | "among" | "with")
                || tokens[b].opens
        });
        if bare && at < anchor && matches!(tokens[at].lower.as_str(), "some" | "many" | "most") {
            let entity = self.cast.describe(&tokens[at].lower.clone(), SpeakerKind::Group, false);
            return Some(Found { entity, confidence: 0.5, next: None });
        }
        let last = at.checked_sub(1)?;
        if tokens[last].sentence != here.sentence {
            return None;
        }
        let person_word = here.lower.starts_with("who");
        let mention = source::mention_at(self.scene.mentions, last);
        let entity_of = |m: usize| self.cast.who[m].0;
        if let Some(entity) = mention.and_then(entity_of) {
            let person = self.cast.entities[entity].kind == SpeakerKind::Person;
            if person == person_word {
                return Some(Found { entity, confidence: 0.88, next: None });
            }
        }
        // A description ends right before it: walk back to its determiner.
        let mut start = last;
        while start > 0
            && last - start < 8
            && tokens[start - 1].shape != Shape::Mark
            && !lexicon::opens_sentence(&tokens[start].lower)
            && tokens[start - 1].sentence == here.sentence
        {
            start -= 1;
        }
        let determiner = matches!(
            tokens[start].lower.as_str(),
            "the"
                | "a"
                | "an"
                | "some"
                | "many"
                | "most"
                | "other"
                | "several"
                | "few"
                | "those"
                | "all"
                | "one"
                | "two"
                | "three"
                | "hundreds"
                | "thousands"
        );
        if start < last && lexicon::opens_sentence(&tokens[start].lower) && !determiner {
            start += 1;
        }
        if let Some(entity) = self.predicate(start, here.sentence) {
            return Some(Found { entity, confidence: 0.75, next: None });
        }
        let comma = tokens[anchor.saturating_sub(1)].shape == Shape::Mark;
        if let Some(found) = self.people_before(last, here.sentence).filter(|_| person_word && comma) {
            return Some(found);
        }
        let plain = !comma && mention.is_none() && tokens[last].shape == Shape::Lower;
        if person_word
            && !plain
            && let Some(found) = self.person_before(last, at)
        {
            return Some(found);
        }
        let noun = lexicon::noun(&tokens[last].lower);
        let office = plain && lexicon::title(&tokens[last].lower).is_some();
        let noun =
            noun.or_else(|| office.then_some(lexicon::Noun { kind: SpeakerKind::Unnamed, many: false }));
        let noun = noun.or_else(|| {
            let word = tokens[last].lower.as_str();
            (word.ends_with('s') || matches!(word, "some" | "many" | "few" | "others"))
                .then_some(lexicon::Noun { kind: SpeakerKind::Group, many: true })
        })?;
        let description = Description {
            start,
            end: last + 1,
            head: last,
            kind: noun.kind,
            many: noun.many,
            definite: tokens[start].lower == "the",
            owner: None,
        };
        let name = self.text_of(&description);
        let entity = self.cast.describe(&name, noun.kind, false);
        Some(Found { entity, confidence: 0.5, next: None })
    }
}
