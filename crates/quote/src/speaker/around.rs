//! Who is meant where only the surroundings tell? A party's nominee by who campaigns, a letter's "I" by its signature, words
//! "in the words of" somebody, "when she came, Ana Ruiz said", the phrase that opens the sentence of a bare verb.

use super::choose;
use super::lexicon::{self, Gender};
use super::mention::Mention;
use super::source::{self, Description, Part, Pronoun};
use super::tokens::{Shape, Token};
use super::{Found, Reader};
use onrecord_terms::{Quote, Span, SpeakerKind};

/// How far behind an "I" its signature is looked for, in tokens: a bound.
const SIGNED_WITHIN: usize = 1500;

/// How many words a signature has at most.
const SIGNATURE: usize = 4;

/// How far from the words "in the words of" may stand, in tokens. A choice.
const WORDS_OF: usize = 40;

/// How far behind words in marks their tag may stand, in tokens. A choice.
const TAG: usize = 14;

/// How many entities are looked over for who campaigns: a bound.
const MOST: usize = 300;

impl Reader<'_, '_> {
    /// "The Democratic nominee" where nobody bears that office: the one who campaigns, whose party and gender fit, if there
    /// is one alone.
    pub(super) fn nominee(&self, description: &Description, head: &str) -> Option<Found> {
        if !matches!(head, "nominee" | "candidate" | "contender" | "hopeful" | "standard-bearer")
            || description.many
            || !description.definite
            || description.end > description.head + 1
        {
            return None;
        }
        let tokens = self.scene.tokens;
        let modifiers: Vec<&str> =
            tokens[description.start + 1..description.head].iter().filter_map(|t| party(&t.lower)).collect();
        let vice = tokens[description.start..description.head].iter().any(|t| t.lower.starts_with("vice"));
        let own = modifiers.first().copied()?;
        let gender = self.gender_behind(description.head);
        let fits: Vec<usize> = self
            .cast
            .entities
            .iter()
            .enumerate()
            .take(MOST)
            .filter(|(_, e)| e.kind == SpeakerKind::Person && e.named && !e.mentions.is_empty())
            .filter(|(_, e)| gender.is_none() || e.gender.is_none() || e.gender == gender)
            .filter(|(_, e)| !choose::is_of_another_party(e, &[own]))
            .filter(|(_, e)| self.campaigns(&e.name, &e.roles, vice))
            .map(|(idx, _)| idx)
            .collect();
        // Of two of one surname, whose campaign bears the surname alone: the one whom the report is about.
        let surname = |e: usize| self.cast.entities[e].name.rsplit(' ').next().unwrap_or_default().to_owned();
        let often = |e: usize| self.cast.entities[e].mentions.len();
        let outdone = |e: usize| fits.iter().any(|o| surname(*o) == surname(e) && often(*o) > 3 * often(e));
        let fits: Vec<usize> = fits.iter().copied().filter(|e| !outdone(*e)).collect();
        match fits.as_slice() {
            [entity] => Some(Found { entity: *entity, confidence: 0.6, next: None }),
            _ => None,
        }
    }

    /// Whether somebody runs for an office: a role says so, or a campaign bears the name.
    fn campaigns(&self, name: &str, roles: &[String], vice: bool) -> bool {
        let runs = roles.iter().map(|r| r.to_lowercase()).any(|role| {
            let runs = choose::RUNNERS.iter().any(|word| role.ends_with(word));
            // "The nominee's daughter" and a rival of another year do not run.
            let now = !role.contains(['\'', '’']) && !role.starts_with("then") && !role.starts_with("former");
            runs && now && role.contains("vice") == vice
        });
        if runs || vice {
            return runs;
        }
        let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let campaign =
            |owner: &str| self.cast.find(&format!("{owner} campaign")).is_some_and(|e| self.cast.is_body(e));
        campaign(&last) || campaign(&name.to_lowercase())
    }

    /// The gender that the first "his" or "her" behind a phrase in its sentence tells of it, where nobody else is named
    /// before.
    fn gender_behind(&self, head: usize) -> Option<Gender> {
        let tokens = self.scene.tokens;
        let sentence = tokens.get(head)?.sentence;
        let behind = tokens[head + 1..].iter().take(40).take_while(|t| t.sentence == sentence);
        for token in behind.take_while(|t| !t.is_capital()) {
            match token.lower.as_str() {
                "his" | "himself" => return Some(Gender::Male),
                "her" | "herself" => return Some(Gender::Female),
                _ => {}
            }
        }
        None
    }

    /// Who signed the letter that says "I": the name that stands alone in a line behind it.
    pub(super) fn signed(&self, anchor: usize) -> Option<String> {
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?.paragraph;
        let floor = self.scene.item_starts.iter().find(|start| **start > anchor).copied();
        let end = tokens.len().min(anchor + SIGNED_WITHIN).min(floor.unwrap_or(usize::MAX));
        let mut at = (anchor..end).find(|at| tokens[*at].paragraph > here)?;
        while at < end {
            let paragraph = tokens[at].paragraph;
            let stop = (at..end).find(|next| tokens[*next].paragraph > paragraph).unwrap_or(end);
            if let Some(name) = self.signature(at, stop) {
                return Some(name);
            }
            at = stop;
        }
        None
    }

    /// The name that a line is, marks before and behind it aside.
    fn signature(&self, start: usize, end: usize) -> Option<String> {
        let tokens = self.scene.tokens;
        let first = (start..end).find(|at| tokens[*at].is_word())?;
        let last = (start..end).rev().find(|at| tokens[*at].is_word())?;
        let words = last - first + 1;
        let name = tokens[first..=last].iter().all(|t| t.is_capital() && t.lower.len() > 1 || initial(t));
        let known = lexicon::given_name(&tokens[first].lower).is_some();
        if !(2..=SIGNATURE).contains(&words) || !name || !known || tokens[last].shape != Shape::Capital {
            return None;
        }
        let text = self.article.text().get(tokens[first].start..tokens[last].end)?;
        Some(text.trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Who signs the words in marks that hold a token, or start at it, with a dash behind them: "“We stay.” — Ana Ruiz".
    pub(super) fn dashed(&self, anchor: usize) -> Option<usize> {
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?.paragraph;
        let end = tokens.len().min(anchor + SIGNED_WITHIN);
        let behind = (anchor + 1..end).take_while(|at| tokens[*at].paragraph <= here + 1);
        let close = behind.clone().find(|at| {
            let mark = tokens[*at].is_mark("”") || tokens[*at].is_mark("\"");
            mark && tokens.get(*at + 1).is_some_and(|t| matches!(t.lower.as_str(), "—" | "–" | "―" | "-"))
        })?;
        // Another quotation opens before and does not end: the dash is not this one's.
        let marks = |mark: &str| (anchor + 1..close).filter(|at| tokens[*at].is_mark(mark)).count();
        let other = marks("“") > marks("”");
        let named = source::mention_at(self.scene.mentions, close + 2)?;
        let mention = &self.scene.mentions[named];
        let full = mention.last > mention.first && mention.lead <= close + 2;
        (!other && full).then(|| self.cast.who[named].0).flatten()
    }

    /// "“We stay!” Lind's niece, the warden Ana Ruiz of Ashby, shouted": who stands behind words in marks, with a verb of
    /// saying behind.
    pub(super) fn tagged(&self, quote: &Quote) -> Option<usize> {
        let tokens = self.scene.tokens;
        let (_, end) = source::tokens_in(tokens, *quote.content().last()?);
        let here = tokens.get(end.checked_sub(1)?)?.paragraph;
        let near = |at: usize| at < tokens.len().min(end + TAG) && tokens[at].paragraph == here;
        let from = self.scene.mentions.partition_point(|m| m.first < end);
        let named = self.scene.mentions[from..].iter().take_while(|m| near(m.first));
        let (idx, mention) = named.enumerate().find(|(_, m)| !m.owner)?;
        let stop = tokens.len().min(mention.last + TAG);
        let verb = (mention.last + 1..stop)
            .take_while(|at| {
                tokens[*at].paragraph == here && !tokens[*at].is_mark(".") && !is_opening(&tokens[*at])
            })
            .find(|at| tokens[*at].shape == Shape::Lower && says(&tokens[*at].lower))?;
        let between = &tokens[end..mention.lead.max(end)];
        let plain = between.iter().all(|t| t.shape != Shape::Lower || !says(&t.lower));
        let closed =
            tokens[end - 1].shape == Shape::Mark && tokens[mention.first].sentence == tokens[verb].sentence;
        (plain && closed).then(|| self.cast.who[from + idx].0).flatten()
    }

    /// "In the words of Ana Ruiz, it was “a loss”", "“a loss”, as Ana Ruiz put it": who is told beside words without a cue.
    pub(super) fn in_words_of(&self, quote: &Quote) -> Option<Found> {
        if !quote.cue().is_empty() {
            return None;
        }
        let tokens = self.scene.tokens;
        let (start, _) = source::tokens_in(tokens, *quote.content().first()?);
        let (_, end) = source::tokens_in(tokens, *quote.content().last()?);
        let sentence = tokens.get(start)?.sentence;
        let here = |at: &usize| tokens[*at].sentence == sentence;
        let told = |at: usize| -> Option<usize> {
            let words = tokens[at].lower == "of"
                && matches!(
                    at.checked_sub(1).map_or("", |b| &tokens[b].lower),
                    "words" | "phrase" | "parlance"
                );
            let named = (at + 1..tokens.len().min(at + 6))
                .find_map(|at| source::mention_at(self.scene.mentions, at))?;
            words.then(|| self.cast.who[named].0).flatten()
        };
        let put = |at: usize| -> Option<usize> {
            let named = source::mention_at(self.scene.mentions, at + 1)?;
            let after = self.scene.mentions[named].last + 1;
            let stop = tokens.len().min(after + WORDS_OF).saturating_sub(1);
            let verb = (after..stop).take_while(here).any(|at| {
                matches!(tokens[at].lower.as_str(), "put" | "puts")
                    && matches!(tokens[at + 1].lower.as_str(), "it" | "things" | "this")
            });
            (tokens[at].lower == "as" && verb).then(|| self.cast.who[named].0).flatten()
        };
        let before = (start.saturating_sub(WORDS_OF)..start).rev().filter(here);
        let behind = (end..tokens.len().min(end + WORDS_OF)).filter(here);
        let entity = before.chain(behind).find_map(|at| told(at).or_else(|| put(at)))?;
        Some(Found { entity, confidence: 0.8, next: None })
    }

    /// "When she came home, Ana Ruiz said …": a pronoun in a clause before its sentence's subject may mean the subject.
    pub(super) fn cataphor(&self, pronoun: Pronoun, anchor: usize) -> Option<usize> {
        let wanted = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            _ => return None,
        };
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?;
        let before = anchor.checked_sub(1).filter(|b| tokens[*b].sentence == here.sentence)?;
        let clause = matches!(
            tokens[before].lower.as_str(),
            "when" | "while" | "after" | "before" | "although" | "though" | "since" | "because" | "if" | "as"
        );
        let opens = tokens[before].opens
            || before.checked_sub(1).is_some_and(|b| tokens[b].opens && tokens[b].shape != Shape::Mark)
            || before.checked_sub(1).is_some_and(|b| tokens[b].shape == Shape::Upper);
        if !clause || !opens {
            return None;
        }
        let comma = (anchor..tokens.len().min(anchor + 30))
            .take_while(|at| tokens[*at].sentence == here.sentence)
            .find(|at| tokens[*at].is_mark(","))?;
        let from = self.scene.mentions.partition_point(|m| m.first <= comma);
        let mention = self.scene.mentions.get(from).filter(|m| m.lead <= comma + 3 && !m.owner)?;
        let entity = self.cast.who[from].0?;
        let one = &self.cast.entities[entity];
        let same = tokens[mention.first].sentence == here.sentence;
        let fits = one.kind == SpeakerKind::Person && one.gender.is_none_or(|g| g == wanted);
        (same && fits).then_some(entity)
    }

    /// The phrase without a name that opens the sentence of a verb that has no source: "A group of doctors sent a letter,
    /// calling for …".
    pub(super) fn opening_phrase(&self, anchor: usize) -> Option<Description> {
        const STOPS: &[&str] = &[
            "in", "on", "at", "from", "with", "by", "to", "for", "who", "which", "that", "have", "has",
            "had", "is", "are", "was", "were", "will", "would", "also", "then", "did", "do", "sent", "came",
            "met", "went", "took", "held", "wrote", "gave", "made", "began",
        ];
        let tokens = self.scene.tokens;
        let here = tokens.get(anchor)?;
        let low = anchor.saturating_sub(60);
        let start = (low..anchor).find(|at| tokens[*at].sentence == here.sentence)?;
        if !tokens[start].opens || !tokens[start].is_word() {
            return None;
        }
        let stops = |t: &Token| {
            !t.is_word()
                || t.shape == Shape::Number && t.start > tokens[start].start
                || STOPS.contains(&t.lower.as_str())
                || t.lower.ends_with("ed") && lexicon::noun(&t.lower).is_none()
        };
        let end = (start + 1..anchor.min(start + 9)).find(|at| stops(&tokens[*at]))?;
        let span = Span::new(self.article.text(), tokens[start].start, tokens[end - 1].end).ok()?;
        let parts = source::parts(tokens, self.scene.mentions, &[span]);
        let [Part::Described(found)] = parts.as_slice() else { return None };
        let people =
            matches!(found.kind, SpeakerKind::Group | SpeakerKind::Unnamed | SpeakerKind::Organisation);
        let known = lexicon::noun(&tokens[found.head].lower).is_some()
            || lexicon::title(&tokens[found.head].lower).is_some();
        (people && known).then(|| found.clone())
    }
}

/// "Preys on our fears": a lone word in -s at the head of a sentence, before a preposition or an article, is a verb.
pub(super) fn opens_a_verb(tokens: &[Token], mention: &Mention) -> bool {
    let object = |t: &Token| {
        let word = matches!(
            t.lower.as_str(),
            "on" | "in" | "at" | "for" | "to" | "the" | "a" | "an" | "his" | "her" | "its" | "their" | "that"
        );
        word && t.shape == Shape::Lower
    };
    mention.first == mention.last
        && tokens[mention.first].lower.ends_with('s')
        && tokens.get(mention.last + 1).is_some_and(|t| object(t) || continues(t))
}

/// "Keeps saying"
fn continues(token: &Token) -> bool {
    token.shape == Shape::Lower && crate::lexicon::cue(&token.lower).is_some() && token.lower.ends_with("ing")
}

/// Whether a phrase without an article stands in a line of its own at the head of the text: a headline's "Popular Website".
pub(super) fn described_in_headline(tokens: &[Token], at: usize) -> bool {
    tokens[at].paragraph == 0 && !matches!(tokens[at].lower.as_str(), "a" | "an" | "the" | "one" | "two")
}

/// Whether a verb's past form can only be somebody's saying.
fn says(word: &str) -> bool {
    const SAY: u16 = 0b1;
    crate::lexicon::cue(word).is_some_and(|entry| entry.classes & SAY != 0)
}

fn is_opening(token: &Token) -> bool {
    token.shape == Shape::Mark && matches!(token.lower.as_str(), "“" | "«" | "„" | "\"")
}

/// "J."
fn initial(token: &Token) -> bool {
    token.is_capital() && token.lower.trim_end_matches('.').chars().count() == 1
}

/// The party that a word of an office tells.
pub(super) fn party(word: &str) -> Option<&'static str> {
    Some(match word {
        "republican" | "gop" => "republican",
        "democratic" | "democrat" => "democratic",
        "libertarian" => "libertarian",
        "green" => "green",
        "labour" | "labor" => "labour",
        "conservative" | "tory" => "conservative",
        _ => return None,
    })
}
