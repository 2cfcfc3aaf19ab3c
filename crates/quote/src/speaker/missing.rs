//! Who speaks where the source is missing? The speaker before goes on, the clause's own subject speaks, a passive has the
//! agent that its sentence names, or the author holds the view; else nobody is told.

use super::repair::is_named_so;
use super::source::{self, Description, Part, Pronoun};
use super::tokens::Shape;
use super::{Found, Reader};
use onrecord_terms::{Kind, Place, Quote, Span, SpeakerKind};

impl Reader<'_, '_> {
    /// "The plan released by the guild calls for …": the plan calls, whatever was taken for the source.
    pub(super) fn made_by(&self, quote: &Quote, source: Span) -> Option<Part> {
        let tokens = self.scene.tokens;
        let (start, _) = source::tokens_in(tokens, source);
        let by = start.checked_sub(1).filter(|at| tokens[*at].lower == "by")?;
        let participle = by.checked_sub(1)?;
        let made = matches!(
            tokens[participle].lower.as_str(),
            "released"
                | "unveiled"
                | "published"
                | "issued"
                | "announced"
                | "proposed"
                | "presented"
                | "drafted"
                | "signed"
                | "written"
                | "commissioned"
                | "conducted"
                | "drawn"
                | "prepared"
                | "circulated"
                | "endorsed"
        );
        if !made || quote.cue().first()?.start() < source.end() {
            return None;
        }
        let low = participle.saturating_sub(12);
        let sentence = tokens[participle].sentence;
        let first = (low..participle).find(|at| tokens[*at].sentence == sentence)?;
        let last = participle.checked_sub(1).filter(|last| *last >= first)?;
        let span = Span::new(self.article.text(), tokens[first].start, tokens[last].end).ok()?;
        match source::parts(tokens, self.scene.mentions, &[span]).as_slice() {
            [Part::Described(d)] if d.kind == SpeakerKind::Document => Some(Part::Described(d.clone())),
            _ => None,
        }
    }

    /// The words behind "according to" and "said by" up to the next comma, where the source was not found.
    pub(super) fn after_cue(&self, quote: &Quote) -> Option<Span> {
        let text = self.article.text();
        if !quote.source().is_empty() || quote.place() != Place::Text {
            return None;
        }
        let cue = quote.cue().last()?;
        let words = cue.slice(text).to_lowercase();
        if !words.ends_with("according to") && !words.ends_with(" by") {
            return None;
        }
        let tokens = self.scene.tokens;
        let start = tokens.partition_point(|t| t.start < cue.end());
        let sentence = tokens.get(start)?.sentence;
        let holds = |at: usize| quote.content().iter().any(|s| s.holds(tokens[at].start));
        let stop = (start..tokens.len().min(start + 14)).find(|at| {
            tokens[*at].sentence != sentence
                || tokens[*at].is_mark(",")
                || tokens[*at].is_mark(".")
                || holds(*at)
        })?;
        let last = stop.checked_sub(1).filter(|last| *last >= start)?;
        Span::new(text, tokens[start].start, tokens[last].end).ok()
    }

    /// Nobody is named: the speaker before goes on, where the form allows it.
    pub(super) fn missing(&mut self, quote: &Quote, before: Option<&Quote>, anchor: usize) -> Option<Found> {
        let text = self.article.text();
        let cue = quote.cue().first().map(|s| s.slice(text).to_lowercase()).unwrap_or_default();
        let first = cue.split_whitespace().next().unwrap_or_default().to_owned();
        if cue.starts_with("according") {
            return None;
        }
        if let Some(author) = self.opinion(&cue, anchor) {
            return Some(author);
        }
        if let Some(found) = self.in_words_of(quote) {
            return Some(found);
        }
        if quote.kind() == Kind::Direct
            && cue.is_empty()
            && let Some(entity) = self.dashed(anchor)
        {
            return Some(Found { entity, confidence: 0.75, next: None });
        }
        if quote.kind() == Kind::Direct
            && cue.is_empty()
            && let Some(entity) = self.tagged(quote)
        {
            return Some(Found { entity, confidence: 0.7, next: None });
        }
        if first.ends_with("ing") && self.scene.spoke.is_empty() {
            let found = self.opened_by(quote, anchor);
            if found.is_some() {
                return found;
            }
        }
        let Some(last) = self.scene.spoke.iter().rev().find(|s| s.token <= anchor) else {
            return (!first.is_empty()).then(|| self.clause_subject(quote, anchor)).flatten();
        };
        let entity = *last.entities.first()?;
        let here = self.scene.tokens.get(anchor)?;
        let then = &self.scene.tokens[last.token];
        let gerund = first.ends_with("ing") && first.len() > 4;
        // "Ruiz was angry at the man who said no, calling it …": the sentence's subject goes on.
        if gerund && let Some(found) = self.opened_by(quote, anchor) {
            return Some(found);
        }
        // The words before the cue in its own sentence say who, if the source was not found there.
        let told = !first.is_empty() && then.sentence != here.sentence;
        if let Some(found) = told.then(|| self.clause_subject(quote, anchor)).flatten() {
            return Some(found);
        }
        let before_it = anchor.checked_sub(1).map_or("", |at| self.scene.tokens[at].lower.as_str());
        // "When pressed on why …": whoever pressed is another.
        if first.ends_with("ed") && matches!(before_it, "when" | "if" | "once" | "being" | "was" | "were") {
            return None;
        }
        if here.paragraph.abs_diff(then.paragraph) > 2 {
            return self.agent(quote, &cue.split_whitespace().collect::<Vec<_>>(), anchor);
        }
        let passive = matches!(
            first.as_str(),
            "is" | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "has"
                | "have"
                | "had"
                | "to"
                | "it"
                | "one"
                | "allegedly"
                | "so-called"
                | "seem"
                | "seems"
                | "seemed"
                | "appeared"
                | "appear"
                | "appears"
                | "known"
                | "presumably"
                | "looks"
                | "looked"
                | "can"
                | "a"
                | "the"
        );
        let speaks = quote.kind() == Kind::Direct && (cue.is_empty() || cue == ":");
        let same_sentence = then.sentence == here.sentence
            && before.is_some_and(|b| !b.source().is_empty() || !self.scene.spoke.is_empty());
        let confidence = match (passive, speaks, gerund, same_sentence) {
            (true, ..) => return self.carried(quote, &cue, anchor),
            (_, true, ..) => 0.75,
            (_, _, true, _) => 0.78,
            (_, _, _, true) => 0.65,
            _ if cue.is_empty() => 0.5,
            _ if quote.kind() != Kind::Indirect => 0.55,
            _ => return self.carried(quote, &cue, anchor),
        };
        Some(Found { entity, confidence, next: None })
    }

    /// The subject of the sentence that an active verb without a source stands in: "Ruiz came late, insisting …", "He smiled
    /// and shouted …". A passive has another agent.
    fn clause_subject(&mut self, quote: &Quote, anchor: usize) -> Option<Found> {
        const AUXILIARIES: &[&str] =
            &["is", "are", "was", "were", "be", "been", "being", "to", "a", "an", "the", "his", "her"];
        let scene = &self.scene;
        let tokens = scene.tokens;
        let here = tokens.get(anchor)?;
        // "The losing side could be expected": somebody else expects it.
        let cue = quote.cue().first().map_or("", |cue| cue.slice(self.article.text()));
        let passive =
            cue.split_whitespace().skip_while(|w| !matches!(*w, "be" | "been")).any(|w| w.ends_with("ed"));
        if AUXILIARIES.contains(&here.lower.as_str())
            || here.shape != Shape::Lower
            || passive
            || is_named_so(&here.lower)
        {
            return None;
        }
        let own = |at: usize| quote.content().iter().any(|s| s.holds(tokens[at].start));
        let start = (anchor.saturating_sub(60)..anchor).find(|at| tokens[*at].sentence == here.sentence)?;
        // "His niece agreed, but also argued": a phrase without a name.
        let acts = source::is_determiner(&tokens[start].lower)
            && !matches!(here.lower.as_str(), "has" | "have" | "had");
        let whole = |phrase: &Description| {
            let named = source::mention_at(scene.mentions, phrase.end + 1).is_some()
                && tokens[phrase.end].is_mark(",");
            let plain =
                tokens[phrase.start + 1..phrase.end].iter().all(|t| source::pronoun(&t.lower).is_none());
            plain && !named
        };
        if let Some(phrase) =
            self.opening_phrase(anchor).filter(|phrase| acts && !own(start) && whole(phrase))
        {
            let mut found = self.described(&phrase, &own);
            let mut found = found.pop().filter(|_| found.is_empty())?;
            found.confidence = found.confidence.min(0.5);
            return Some(found);
        }
        let mut at = start;
        while at < anchor {
            if own(at) || tokens[at].shape == Shape::Mark {
                at += 1;
                continue;
            }
            let spoken = match source::pronoun(&tokens[at].lower) {
                Some(found @ (Pronoun::He | Pronoun::She))
                    if matches!(tokens[at].lower.as_str(), "he" | "she") =>
                {
                    Some(found)
                }
                _ => None,
            };
            if let Some(pronoun) = spoken {
                let mut found = self.pronoun(pronoun, at, &|_| false);
                let mut found = found.pop()?;
                found.confidence *= 0.8;
                return Some(found);
            }
            if let Some(idx) = source::mention_at(scene.mentions, at) {
                let mention = &scene.mentions[idx];
                let entity = self.cast.who[idx].0?;
                let speaks = matches!(
                    self.cast.entities[entity].kind,
                    SpeakerKind::Person | SpeakerKind::Organisation | SpeakerKind::Government
                );
                // Another's name first: nobody can tell from here who acts.
                let object = mention.lead.checked_sub(1).is_some_and(|b| tokens[b].lower.ends_with("ing"));
                let subject = scene.subject[idx] && speaks && !mention.owner && !object;
                return subject.then_some(Found { entity, confidence: 0.6, next: None });
            }
            at += 1;
        }
        None
    }

    /// The subject that opens the sentence of a verb in -ing behind a comma: a name, or several people without one.
    fn opened_by(&mut self, quote: &Quote, anchor: usize) -> Option<Found> {
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?;
        let behind = matches!(anchor.checked_sub(1).map(|b| tokens[b].lower.as_str()), Some("," | "while"));
        let own = |at: usize| quote.content().iter().any(|s| s.holds(tokens[at].start));
        let start = (anchor.saturating_sub(60)..anchor).find(|at| tokens[*at].sentence == here.sentence)?;
        if !behind || own(start) {
            return None;
        }
        if let Some(idx) = source::mention_at(self.scene.mentions, start) {
            let entity = self.cast.who[idx].0?;
            let mention = &self.scene.mentions[idx];
            let person = self.cast.entities[entity].kind == SpeakerKind::Person;
            return (person && !mention.owner && self.scene.subject[idx]).then_some(Found {
                entity,
                confidence: 0.75,
                next: None,
            });
        }
        let spoke = self.scene.spoke.last().is_some_and(|s| tokens[s.token].sentence == here.sentence);
        let description = self.opening_phrase(anchor).filter(|_| !spoke)?;
        let mut found = self.described(&description, &own);
        let mut found = found.pop().filter(|_| found.is_empty())?;
        found.confidence = found.confidence.min(0.6);
        Some(found)
    }

    /// Who goes on where a passive or a clause without a subject names nobody: told with doubt.
    fn carried(&self, quote: &Quote, cue: &str, anchor: usize) -> Option<Found> {
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
        if let Some(found) = self.agent(quote, &words, anchor) {
            return Some(found);
        }
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

    /// Whose act a clause without a source tells, by the names in its own sentence: "When Ruiz examined the plan, it was
    /// labelled …" is Ruiz, "Lind's remarks, during an answer about …" is Lind.
    fn agent(&self, quote: &Quote, cue: &[&str], anchor: usize) -> Option<Found> {
        let scene = &self.scene;
        let tokens = scene.tokens;
        let here = tokens.get(anchor)?;
        let first = *cue.first()?;
        let passive = matches!(first, "is" | "are" | "was" | "were")
            && cue.get(1..).is_some_and(|rest| rest.iter().any(|w| w.ends_with("ed") && *w != "expected"));
        // "It was labelled", with the word told or left out.
        let clause = quote.content().first()?.slice(self.article.text()).starts_with("that ");
        let it = anchor.checked_sub(1).is_some_and(|at| tokens[at].lower == "it") && !clause;
        let patient = it || quote.content().first()?.end() <= quote.cue().first()?.start();
        let noun = matches!(first, "a" | "an" | "the");
        let end = scene.mentions.partition_point(|m| m.first < anchor);
        let sentence = scene.mentions[..end].iter().enumerate().rev().take(20);
        let mut sentence = sentence.take_while(|(_, m)| tokens[m.first].sentence == here.sentence);
        let (idx, _) = sentence.find(|(idx, m)| {
            let own = quote.content().iter().any(|s| s.holds(tokens[m.first].start));
            !own && !m.weak && (passive && patient && scene.subject[*idx] || noun && m.owner)
        })?;
        let entity = self.cast.who[idx].0?;
        Some(Found { entity, confidence: 0.35, next: None })
    }

    /// "It is obvious that …" in a piece whose author says "I": what seems so seems so to the author.
    fn opinion(&mut self, cue: &str, anchor: usize) -> Option<Found> {
        let is =
            cue.split_whitespace().any(|w| matches!(w, "is" | "it's" | "it’s" | "seems" | "was" | "becomes"));
        let seems = cue.split_whitespace().any(|w| {
            matches!(w, "clear" if is)
                || matches!(
                    w,
                    "obvious" | "apparent" | "seems" | "seem" | "seemed" | "surely" | "hope" | "advice"
                )
        });
        if !seems || !self.first_person {
            return None;
        }
        let author = self.author().or_else(|| self.signed(anchor))?;
        let entity =
            self.cast.find(&author).unwrap_or_else(|| self.cast.describe(&author, SpeakerKind::Person, true));
        Some(Found { entity, confidence: 0.45, next: None })
    }

    /// The author's name.
    pub(super) fn author(&self) -> Option<String> {
        self.article.byline.first().and_then(|byline| super::wording::author(byline))
    }
}
