//! Is the source that was found the one who speaks? One that is missing may stand right at the cue or open its sentence; one
//! may be half of a pair; and a clause's own subject is told of by whoever "has said" it behind the comma.

use super::lexicon;
use super::source::{self, Part};
use super::tokens::{Shape, Token};
use super::{Found, Reader};
use onrecord_terms::{Kind, Place, Quote, Span, SpeakerKind};

/// The most confidence in a speaker whose words the reader did not tell as the source.
const MENDED: f32 = 0.8;

/// How far before its cue a subject opens the sentence, in tokens: an aside stands between. A choice.
const ASIDE: usize = 30;

/// How many words a description has before its head. A choice.
const PHRASE: usize = 6;

/// How many words stand between a comma and who "has said" it: a title and a name. A choice.
const TELLER: usize = 10;

impl Reader<'_, '_> {
    /// The source's spans as the reader found them, or as the text puts them right; and the most confidence that is left.
    pub(super) fn mended(&self, quote: &Quote) -> (Vec<Span>, f32) {
        let found = quote.source();
        if quote.place() != Place::Text {
            return (found.to_vec(), 1.0);
        }
        if let Some(teller) = self.told_behind(quote) {
            return (vec![teller], MENDED);
        }
        if found.is_empty() {
            let at_cue = self.after_cue(quote).map(|span| (vec![span], 1.0));
            let at_cue = at_cue.or_else(|| self.before_cue(quote).map(|span| (vec![span], MENDED)));
            return at_cue.unwrap_or_default();
        }
        match self.whole_pair(quote) {
            Some(span) => (vec![span], MENDED),
            None => (found.to_vec(), 1.0),
        }
    }

    /// "Ardenia backs the plan, the envoy Ana Ruiz has said": a clause without marks, all of which somebody behind it tells.
    fn told_behind(&self, quote: &Quote) -> Option<Span> {
        let tokens = self.scene.tokens;
        let (source, cue) = (quote.source().first()?, quote.cue().first()?);
        let (first, _) = source::tokens_in(tokens, *source);
        let (_, end) = source::tokens_in(tokens, *quote.content().last()?);
        let opens = first == 0 || tokens[first - 1].sentence != tokens[first].sentence;
        let in_order = source.end() <= cue.start() && cue.end() <= quote.content().first()?.start();
        if quote.kind() == Kind::Direct || !opens || !in_order || !tokens.get(end)?.is_mark(",") {
            return None;
        }
        let sentence = tokens[end].sentence;
        let mut from = self.scene.mentions.partition_point(|m| m.first <= end);
        // "The ministry's spokeswoman Ana Ruiz": the ministry is part of the office.
        while self
            .scene
            .mentions
            .get(from + 1)
            .is_some_and(|next| next.lead <= self.scene.mentions[from].first)
        {
            from += 1;
        }
        let mention = self.scene.mentions.get(from)?;
        let near = mention.first <= end + TELLER && tokens[mention.last].sentence == sentence;
        let mut phrase = tokens.get(end + 1..mention.last + 1)?.iter();
        let plain = phrase.all(|t| t.is_word() && !says(t)) && !mention.owner;
        let person = self.cast.who[from].0.is_some_and(|e| self.cast.entities[e].kind == SpeakerKind::Person);
        let mut verb = mention.last + 1;
        while tokens.get(verb).is_some_and(|t| matches!(t.lower.as_str(), "has" | "have" | "had" | "also")) {
            verb += 1;
        }
        let said = tokens.get(verb).is_some_and(|t| says(t) && t.sentence == sentence);
        let closes = tokens.get(verb + 1).is_none_or(|t| {
            t.sentence != sentence
                || t.is_mark(".")
                || t.is_mark(",")
                || matches!(t.lower.as_str(), "on" | "in" | "at" | "to" | "late" | "earlier")
                || lexicon::is_time(&t.lower)
        });
        // Whom another attribution names as its source says something else.
        let free = !self.scene.sources[from];
        let span = || Span::new(self.article.text(), tokens[end + 1].start, tokens[mention.last].end).ok();
        (near && plain && person && said && closes && free).then(span).flatten()
    }

    /// "It must be admitted that …", "it was reported that …": the word stands for nobody.
    pub(super) fn stands_for_nobody(&self, quote: &Quote) -> bool {
        let text = self.article.text();
        let (Some(source), Some(cue)) = (quote.source().first(), quote.cue().first()) else { return false };
        let words = cue.slice(text).to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let be = words.iter().position(|w| matches!(*w, "be" | "is" | "was" | "been"));
        let told = be.is_some_and(|at| words[at + 1..].iter().any(|w| w.ends_with("ed") || is_participle(w)));
        let that = words.last() == Some(&"that")
            || quote.content().first().is_some_and(|c| c.slice(text).starts_with("that "));
        source.slice(text).eq_ignore_ascii_case("it") && told && that
    }

    /// The subject that stands right before a cue without a source, or opens its sentence with an aside between.
    fn before_cue(&self, quote: &Quote) -> Option<Span> {
        let tokens = self.scene.tokens;
        let cue = quote.cue().first()?;
        let content = quote.content().first()?;
        let (verb, end) = source::tokens_in(tokens, *cue);
        let head = tokens.get(verb)?;
        let bare = matches!(
            head.lower.as_str(),
            "to" | "be" | "is" | "are" | "was" | "were" | "been" | "being" | "a" | "an" | "the" | "it"
        ) || head.lower.ends_with("ing")
            || head.shape != Shape::Lower;
        let finite = (verb..end).any(|at| crate::lexicon::cue(&tokens[at].lower).is_some())
            && !(verb..end.min(verb + 2)).any(|at| is_named_so(&tokens[at].lower));
        let passive = (verb + 1..end).any(|at| {
            matches!(tokens[at - 1].lower.as_str(), "be" | "been") && tokens[at].lower.ends_with("ed")
        });
        if bare || passive || !finite || content.start() < cue.start() && quote.kind() == Kind::Indirect {
            return None;
        }
        let own = |at: usize| quote.content().iter().any(|s| s.holds(tokens[at].start));
        let low = verb.saturating_sub(ASIDE);
        let mut at = verb.checked_sub(1)?;
        while at > low + 1 {
            // "who in 2031 said", "the mayor on Monday argued"
            let when = matches!(tokens[at - 1].lower.as_str(), "in" | "on" | "last")
                && (tokens[at].shape == Shape::Number || lexicon::is_time(&tokens[at].lower));
            match (between(&tokens[at]), when) {
                (true, _) => at -= 1,
                (_, true) => at -= 2,
                _ => break,
            }
        }
        if tokens[at].sentence != head.sentence || own(at) {
            return None;
        }
        let (first, last) = match tokens[at].lower.as_str() {
            "," | "—" | "–" => self.opening(at, low)?,
            _ => (self.phrase_start(at)?, at),
        };
        let span = Span::new(self.article.text(), tokens[first].start, tokens[last].end).ok()?;
        (!(first..=last).any(own) && self.names_one(span)).then_some(span)
    }

    /// Where the name, pronoun or description that ends at `last` starts.
    fn phrase_start(&self, last: usize) -> Option<usize> {
        let tokens = self.scene.tokens;
        let token = &tokens[last];
        if matches!(token.lower.as_str(), "he" | "she" | "they" | "who") && token.shape != Shape::Mark {
            return Some(last);
        }
        let before = |at: usize| at.checked_sub(1).map_or("", |b| tokens[b].lower.as_str());
        if let Some(idx) = source::mention_at(self.scene.mentions, last) {
            let mention = &self.scene.mentions[idx];
            let start = match before(mention.lead) {
                "the" => mention.lead - 1,
                _ => mention.lead,
            };
            // "The vote in Ardenia said", "those who met Ruiz said": the name belongs to what stands before.
            let behind_verb = before(start).ends_with("ing") || before(start).ends_with("ed");
            let free =
                self.opens_clause(start) || !bound(before(start)) && before(start) != "and" && !behind_verb;
            let known = self.cast.who[idx].0.is_some();
            return (free && known && !mention.weak && !mention.owner && mention.last == last)
                .then_some(start);
        }
        let start = (last.saturating_sub(PHRASE)..last)
            .rev()
            .take_while(|at| tokens[*at].is_word() && tokens[*at].sentence == token.sentence)
            .find(|at| source::is_determiner(&tokens[*at].lower))?;
        let noun = lexicon::noun(&token.lower).is_some() || lexicon::title(&token.lower).is_some();
        let plain = tokens[start + 1..last].iter().all(|t| source::pronoun(&t.lower).is_none());
        (noun && plain && self.opens_clause(start)).then_some(start)
    }

    /// Whether a subject may start at a token: a sentence or a clause opens there, a word of time before it aside.
    fn opens_clause(&self, start: usize) -> bool {
        let tokens = self.scene.tokens;
        let Some(before) = start.checked_sub(1).map(|at| &tokens[at]) else { return true };
        let word = before.lower.as_str();
        before.sentence != tokens[start].sentence
            || tokens[start].opens
            || matches!(word, "," | "but" | ";" | ":")
            || CLAUSE.contains(&word)
            || lexicon::is_time(word)
            || before.shape == Shape::Number
    }

    /// The phrase that opens the sentence and ends at a comma, where one aside stands between it and the comma at `close`:
    /// "The plan, unveiled by the guild in May, calls for".
    fn opening(&self, close: usize, low: usize) -> Option<(usize, usize)> {
        let tokens = self.scene.tokens;
        let sentence = tokens[close].sentence;
        let mark = tokens[close].lower.as_str();
        let start = (low..close).find(|at| tokens[*at].sentence == sentence)?;
        let whole = start > 0 && tokens[start - 1].sentence != sentence || start == 0;
        let mut marks = (start..close).filter(|at| tokens[*at].is_mark(mark));
        let open = marks.next().filter(|open| marks.next().is_none() && *open > start)?;
        let told = tokens[open + 1..close].iter().any(says);
        (whole && !told && self.phrase_start(open - 1) == Some(start)).then_some((start, close - 1))
    }

    /// Whether a span is one name, pronoun or description of what can speak.
    fn names_one(&self, span: Span) -> bool {
        let tokens = self.scene.tokens;
        match source::parts(tokens, self.scene.mentions, &[span]).as_slice() {
            [Part::Named(_) | Part::Pronoun(_)] => true,
            [Part::Described(d)] => {
                let word = tokens[d.head].lower.as_str();
                lexicon::noun(word).is_some() || lexicon::title(word).is_some()
            }
            _ => false,
        }
    }

    /// The whole of "Ruiz and Lind call …" where the source is Lind alone, or of "Ardenia, Brinland and Corvia" without
    /// the first: what stands before the pair shows that no clause ends in it.
    fn whole_pair(&self, quote: &Quote) -> Option<Span> {
        let tokens = self.scene.tokens;
        let [source] = quote.source() else { return None };
        let (first, end) = source::tokens_in(tokens, *source);
        let (verb, _) = source::tokens_in(tokens, *quote.cue().first()?);
        let joint = first.checked_sub(1)?;
        let inner = (first..end).any(|at| tokens[at].lower == "and");
        let joined = tokens[joint].lower == "and" || inner && tokens[joint].is_mark(",");
        let other = self.scene.mentions.partition_point(|m| m.last < first);
        let named = self.scene.mentions.get(other).is_some_and(|m| m.lead <= first);
        if !joined || !named || verb < end || verb > end + 2 {
            return None;
        }
        let idx = source::mention_at(self.scene.mentions, joint.checked_sub(1)?)?;
        let mention = &self.scene.mentions[idx];
        let start = match mention.lead.checked_sub(1) {
            Some(the) if tokens[the].lower == "the" => the,
            _ => mention.lead,
        };
        let sentence = tokens[first].sentence;
        let before = start.checked_sub(1).filter(|b| tokens[*b].sentence == sentence);
        let participle = tokens[verb].lower.ends_with("ing");
        let clean = before.is_none_or(|b| {
            let word = tokens[b].lower.as_str();
            let comma = word == "," && source::mention_at(self.scene.mentions, b.saturating_sub(1)).is_none();
            comma || CLAUSE.contains(&word) || participle && matches!(word, "from" | "by" | "of" | "with")
        });
        let whole = clean && !mention.owner && !mention.weak && mention.last + 1 == joint;
        let same = self.cast.who[idx].0 == self.cast.who[other].0;
        (whole && !same)
            .then(|| Span::new(self.article.text(), tokens[start].start, source.end()).ok())
            .flatten()
    }

    /// A speaker told by a mended source, with what is left of its confidence.
    pub(super) fn at_most(found: &mut [Found], most: f32) {
        for one in found {
            one.confidence = one.confidence.min(most);
        }
    }
}

/// Participles that tell what something is called by anybody.
pub(super) fn is_named_so(word: &str) -> bool {
    matches!(
        word,
        "known"
            | "called"
            | "named"
            | "dubbed"
            | "titled"
            | "entitled"
            | "described"
            | "billed"
            | "considered"
    )
}

/// Participles without "-ed" of what is told by nobody.
fn is_participle(word: &str) -> bool {
    matches!(
        word,
        "said" | "thought" | "known" | "felt" | "understood" | "made" | "shown" | "found" | "seen" | "held"
    )
}

/// Words that open a clause.
const CLAUSE: &[&str] = &[
    "as", "when", "while", "that", "if", "because", "after", "before", "since", "although", "though",
    "whether", "where",
];

/// Words that may stand between a subject and its verb.
fn between(token: &Token) -> bool {
    token.shape == Shape::Lower
        && (matches!(
            token.lower.as_str(),
            "also"
                | "then"
                | "still"
                | "later"
                | "once"
                | "again"
                | "never"
                | "has"
                | "have"
                | "had"
                | "would"
                | "will"
                | "could"
                | "should"
                | "may"
                | "might"
                | "must"
                | "did"
                | "does"
                | "do"
                | "often"
        ) || token.lower.ends_with("ly") && token.lower.len() > 4)
}

/// Whether a preposition before a phrase makes it no subject.
fn bound(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "in"
            | "at"
            | "from"
            | "with"
            | "to"
            | "on"
            | "about"
            | "against"
            | "by"
            | "over"
            | "under"
            | "into"
            | "through"
            | "between"
            | "among"
            | "near"
            | "like"
            | "unlike"
            | "behind"
    )
}

/// Whether a verb's form can only be somebody's saying.
fn says(token: &Token) -> bool {
    const SAY: u16 = 0b1;
    token.shape == Shape::Lower
        && crate::lexicon::cue(&token.lower).is_some_and(|entry| entry.classes & SAY != 0)
}
