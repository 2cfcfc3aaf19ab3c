//! Is it said, thought or wanted, and if said: a claim, a demand, a refusal? Read off the cue and the content.
//!
//! What the cue's words do stands in `lexicon/acts.tsv`, what words in the content tell in `lexicon/tones.tsv`.
//! Their features are weighed by two small logistic regressions (`lexicon/act-weights.tsv`, `mode-weights.tsv`),
//! learned on speakers dev; eightfold over its articles they reach act 62%, mode 92% (the cue's table alone: act 58%).
//! Rules go before them where the words leave no doubt: a negated act, and an act that the speaker performs ("we reject …").

use super::plain;
use super::weights::Weights;
use super::words::{lemmas, words};
use crate::speaker::lexicon::rows;
use onrecord_terms::{Act, Article, Kind, Mode, Quote};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

type Entry = (Mode, Option<Act>);

static ACTS: LazyLock<HashMap<&str, Entry>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/acts.tsv"))
        .filter_map(|row| Some((*row.first()?, (Mode::parse(row.get(1)?)?, Act::parse(row.get(2)?)))))
        .collect()
});

static TONES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in rows(include_str!("../../lexicon/tones.tsv")) {
        if let (Some(word), Some(tone)) = (row.first(), row.get(1)) {
            map.entry(word).or_default().push(tone);
        }
    }
    map
});

static ACT_WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../lexicon/act-weights.tsv")));
static MODE_WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../lexicon/mode-weights.tsv")));

/// One word or phrase of the cue that the table knows.
struct Hit {
    word: String,
    at: usize,
    mode: Mode,
    act: Option<Act>,
}

/// The mode and, if it is speech, the act of a quote.
pub(crate) fn mode_and_act(article: &Article, quote: &Quote) -> (Mode, Option<Act>) {
    by_weights(article, quote, &MODE_WEIGHTS, &ACT_WEIGHTS)
}

/// What a quote's words are, read once.
struct Words {
    cue: String,
    cue_words: Vec<String>,
    hits: Vec<Hit>,
    content: String,
    content_words: Vec<String>,
}

impl Words {
    fn of(article: &Article, quote: &Quote) -> Words {
        let text = quote.place().text(article);
        let cue: String = quote.cue().iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" ");
        let content: String = quote.content().iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" ");
        let cue_words = words(&cue);
        let hits = hits(&cue_words);
        let content_words: Vec<String> = words(&content).into_iter().take(80).collect();
        Words { cue, cue_words, hits, content, content_words }
    }

    fn features(&self, quote: &Quote) -> Vec<(String, f32)> {
        features(quote, &self.cue, &self.cue_words, &self.hits, &self.content, &self.content_words)
    }
}

/// The features that a quote's mode and act are weighed by, for those who learn the weights.
#[cfg(feature = "train")]
pub(crate) fn features_of(article: &Article, quote: &Quote) -> Vec<(String, f32)> {
    Words::of(article, quote).features(quote)
}

/// Mode and act by these weights.
pub(crate) fn by_weights(
    article: &Article,
    quote: &Quote,
    modes: &Weights,
    acts: &Weights,
) -> (Mode, Option<Act>) {
    let told = Words::of(article, quote);
    let features = told.features(quote);
    let Words { cue_words, hits, content, content_words, .. } = told;
    let mode = modes.weigh(&features, "speech").and_then(Mode::parse).unwrap_or(Mode::Speech);
    let act = acts.weigh(&features, "STATE").and_then(Act::parse).unwrap_or(Act::State);
    if let Some(act) = negated(&cue_words, &hits) {
        return (Mode::Speech, act);
    }
    if let Some(act) = plain::of_cue(&cue_words, &content_words) {
        return (Mode::Speech, Some(act));
    }
    // A cue that can only do one thing does it, whatever the content sounds like.
    if let Some(main) =
        hits.first().filter(|h| h.mode == Mode::Speech && !OPEN_CUES.contains(&h.word.as_str()))
    {
        match main.act {
            Some(act) if act != Act::State => {
                return (if mode == Mode::Other { Mode::Speech } else { mode }, Some(act));
            }
            _ => {}
        }
    }
    // "voiced support for" the plan: what is voiced stands in the cue itself.
    if let Some((carrier, voiced)) = hits.split_first()
        && CARRIERS.contains(&carrier.word.as_str())
        && let Some(hit) =
            voiced.iter().find(|h| h.mode == Mode::Speech && h.act.is_some_and(|a| a != Act::State))
    {
        return (Mode::Speech, hit.act);
    }
    if let Some(act) = characterised(&hits, &content_words) {
        return (Mode::Speech, Some(act));
    }
    let says = hits.iter().all(|h| h.mode == Mode::Speech && matches!(h.act, None | Some(Act::State)));
    let weak = act == Act::Request && !plain::pleads(&content_words);
    let act = if says && (weak || !sounds(act, &features)) { Act::State } else { act };
    let told = || {
        let own = own_names(quote);
        let official = quote.voice.speakers.first().is_some_and(|speaker| speaker.role.is_some());
        performed(&own, official, &content_words, &hits).or_else(|| {
            let direct = quote.kind() == Kind::Direct;
            plain::of_content(&content, &content_words, &own, direct)
        })
    };
    match says.then(told).flatten() {
        Some(act) => (Mode::Speech, Some(act)),
        None => (mode, Some(act)),
    }
}

/// The speaker's own names in lower case: by them a report may speak of the speaker in what was said.
fn own_names(quote: &Quote) -> Vec<String> {
    let speaker = quote.voice.speakers.first();
    speaker
        .iter()
        .flat_map(|s| s.name.split_whitespace().last().into_iter().chain(s.of.as_deref()))
        .map(str::to_lowercase)
        .collect()
}

/// The words of the cue that the table knows, longest phrases first.
fn hits(words: &[String]) -> Vec<Hit> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let base = lemmas(&words[at]);
        let found = (1..=4).rev().filter(|n| at + n <= words.len()).find_map(|n| {
            base.iter().find_map(|lemma| {
                let mut phrase = lemma.clone();
                for word in &words[at + 1..at + n] {
                    phrase.push(' ');
                    phrase.push_str(word);
                }
                ACTS.get(phrase.as_str()).map(|entry| (n, phrase, *entry))
            })
        });
        match found {
            Some((n, word, (mode, act))) => {
                out.push(Hit { word, at, mode, act });
                at += n;
            }
            None => at += 1,
        }
    }
    out
}

/// Cues that tell an act but do others as often; the weights decide. Chosen with the table's precision on dev.
const OPEN_CUES: &[&str] = &[
    "question",
    "offer",
    "suggest",
    "cite",
    "argue",
    "concern",
    "claim",
    "defend",
    "encourage",
    "press",
    "grant",
    "charge",
    "advice",
    "challenge",
    "support",
    "ask",
    "announce",
    "doubt",
    "back",
    "order",
    "hit",
    "second",
    "back",
    "direct",
    "lament",
    "regret",
    "promote",
    "invite",
    "favor",
    "favour",
    "propose",
    "recommend",
    "remind",
];

/// "described it as …", "called them …": praise or blame, where only one of them stands there.
fn characterised(hits: &[Hit], content: &[String]) -> Option<Act> {
    let main = hits.first()?;
    if !matches!(
        main.word.as_str(),
        "describe" | "call" | "label" | "dub" | "brand" | "characterize" | "characterise" | "portray"
    ) {
        return None;
    }
    let has = |wanted: &str| {
        content.iter().any(|w| TONES.get(w.as_str()).is_some_and(|tones| tones.contains(&wanted)))
    };
    if content.iter().any(|w| NEGATIONS.contains(&w.as_str())) {
        return None;
    }
    match (has("praise"), has("blame")) {
        (true, false) => Some(Act::Support),
        (false, true) => Some(Act::Accuse),
        _ => None,
    }
}

/// Words that turn an act into its contrary or into nothing.
const NEGATIONS: &[&str] = &[
    "not",
    "never",
    "no",
    "didn't",
    "don't",
    "doesn't",
    "won't",
    "cannot",
    "can't",
    "without",
    "neither",
    "nor",
    "hardly",
    "stopped",
    "isn't",
    "wasn't",
    "haven't",
    "hasn't",
    "fail",
    "failed",
    "refused",
    "declined",
    "refuses",
    "declines",
    "couldn't",
    "wouldn't",
    "aren't",
    "weren't",
    "hadn't",
    "refusing",
    "declining",
    "refuse",
    "decline",
];

/// Whether anything in the content sounds like the act; under a plain cue the weights alone do not carry it.
fn sounds(act: Act, features: &[(String, f32)]) -> bool {
    let has = |names: &[&str]| features.iter().any(|(name, _)| names.contains(&name.as_str()));
    match act {
        Act::Accuse => has(&["has:blame", "has:harm", "has:refusal", "has:denial"]),
        Act::Support => has(&["has:praise"]),
        Act::Request => has(&["has:plea"]),
        Act::Promise => has(&["has:promise", "first-person"]),
        Act::Reject | Act::Deny => has(&["has:denial", "has:refusal", "has:blame"]),
        Act::Warn => has(&["has:harm", "if", "has:blame"]),
        _ => true,
    }
}

/// What remains of an act under a negation: "refused to rule out" rejects nothing, "never called for" asks nothing.
fn negated(words: &[String], hits: &[Hit]) -> Option<Option<Act>> {
    let strong =
        hits.iter().rev().find(|h| h.mode == Mode::Speech && !matches!(h.act, None | Some(Act::State)))?;
    let before = &words[..strong.at];
    before.iter().find(|w| NEGATIONS.contains(&w.as_str()))?;
    Some(match strong.act? {
        Act::Support | Act::Concede | Act::Promise => Some(Act::Reject),
        Act::Request | Act::Warn | Act::Ask => None,
        _ => Some(Act::State),
    })
}

/// Cues that only carry what the content's first noun names: "voiced support for …".
const CARRIERS: &[&str] = &[
    "express",
    "voice",
    "reiterate",
    "signal",
    "declare",
    "announce",
    "convey",
    "repeat",
    "affirm",
    "state",
    "offer",
    "show",
    "describe",
    "renew",
    "voiced",
];

/// An act that the content performs: "we reject …", "support for …" after "voiced", "Ardenia welcomes …".
///
/// Under an official's name what one other word does ("Ardenia accepts …") is what the official announces.
fn performed(own_names: &[String], official: bool, content: &[String], hits: &[Hit]) -> Option<Act> {
    let strong = |word: &str| {
        lemmas(word).iter().find_map(|lemma| {
            let (mode, act) = ACTS.get(lemma.as_str())?;
            (*mode == Mode::Speech).then_some((*act)?).filter(|act| *act != Act::State && *act != Act::Ask)
        })
    };
    let carried = hits.iter().any(|h| CARRIERS.contains(&h.word.as_str()));
    if carried {
        let first = content.iter().find(|w| {
            !matches!(
                w.as_str(),
                "its" | "their" | "his" | "her" | "full" | "strong" | "the" | "deep" | "an" | "a"
            )
        })?;
        // Nouns only: "support for", "opposition to", "readiness to".
        let next = content.iter().skip_while(|w| *w != first).nth(1).map(String::as_str);
        if matches!(next, Some("for" | "to" | "of" | "at" | "with" | "over" | "about")) {
            if first == "readiness" || first == "willingness" {
                return Some(Act::Promise);
            }
            // Whose fault it was is told by other words than "regret at the decision".
            if first == "regret" {
                return None;
            }
            if matches!(
                first.as_str(),
                "call" | "calls" | "appeal" | "appeals" | "plea" | "request" | "demand" | "demands"
            ) {
                return Some(Act::Request);
            }
            if let Some(act) = strong(first) {
                return Some(act);
            }
        }
    }
    let opens =
        content.iter().take_while(|w| matches!(w.as_str(), "that" | "and" | "of" | "course" | "so")).count();
    for (at, word) in content.iter().enumerate().take(opens + 12) {
        let first_person = matches!(word.as_str(), "we" | "i");
        let does = || content.get(at + 1).is_some_and(|verb| verb.ends_with('s'));
        let third = at == opens
            && (matches!(word.as_str(), "he" | "she" | "it" | "they")
                || own_names.contains(word)
                || (official && does()));
        if !first_person && !third {
            continue;
        }
        let verb = content[at + 1..].iter().find(|w| {
            !matches!(
                w.as_str(),
                "also"
                    | "always"
                    | "strongly"
                    | "fully"
                    | "firmly"
                    | "do"
                    | "have"
                    | "has"
                    | "will"
                    | "are"
                    | "is"
                    | "very"
                    | "too"
            )
        })?;
        // "call" alone names; only "call on" and "call for" ask.
        if NEGATIONS.contains(&verb.as_str()) {
            return None;
        }
        let after = content[at + 1..].iter().skip_while(|w| *w != verb).nth(1).map(String::as_str);
        if lemmas(verb).iter().any(|l| l == "call") {
            return matches!(after, Some("on" | "for" | "upon")).then_some(Act::Request);
        }
        if lemmas(verb).iter().any(|l| l == "accept") {
            return plain::agrees(content[at + 1..].iter().skip_while(|w| *w != verb))
                .then_some(Act::Support);
        }
        const PERFORMED: &[&str] = &[
            "support",
            "back",
            "welcome",
            "endorse",
            "praise",
            "applaud",
            "thank",
            "congratulate",
            "reject",
            "oppose",
            "condemn",
            "denounce",
            "urge",
            "demand",
            "appeal",
            "pledge",
            "promise",
            "vow",
            "guarantee",
            "warn",
            "deny",
            "apologize",
            "apologise",
            "accuse",
            "commit",
            "object",
        ];
        if lemmas(verb).iter().any(|l| PERFORMED.contains(&l.as_str())) {
            return strong(verb);
        }
    }
    None
}

/// The features of a quote, by name, with their values.
fn features(
    quote: &Quote,
    cue: &str,
    cue_words: &[String],
    hits: &[Hit],
    content: &str,
    content_words: &[String],
) -> Vec<(String, f32)> {
    let mut out: Vec<(String, f32)> = vec![("bias".to_owned(), 1.0)];
    let mut say = |name: String| out.push((name, 1.0));
    let label = |hit: &Hit| hit.act.map_or("-", Act::as_str);
    if let Some(main) = hits.first() {
        say(format!("mode:{}", main.mode));
        say(format!("act:{}", label(main)));
    }
    let strong = hits.iter().position(|h| h.mode != Mode::Speech || !matches!(h.act, Some(Act::State)));
    if let Some(at) = strong.filter(|at| *at > 0) {
        say(format!("more:{}:{}", hits[at].mode, label(&hits[at])));
    }
    if hits.is_empty() {
        say("cue:none".to_owned());
    }
    if cue_words.is_empty() {
        let form = if cue.contains(':') {
            "colon"
        } else if cue.trim().is_empty() {
            "empty"
        } else {
            "mark"
        };
        say(format!("cue:{form}"));
    }
    if cue_words.iter().any(|w| NEGATIONS.contains(&w.as_str())) {
        say("cue:negated".to_owned());
    }
    for hit in hits.iter().take(3) {
        say(format!("cue={}", hit.word));
    }
    if content.contains('?') {
        say("mark:?".to_owned());
    }
    if content.trim_end_matches([' ', '”', '"', '’', '\'']).ends_with('?') {
        say("ends:?".to_owned());
    }
    if content.contains('!') {
        say("mark:!".to_owned());
    }
    const OPENING: &[&str] = &["if", "whether", "how", "why", "what", "who", "to", "that", "for", "by"];
    if let Some(first) = content_words.first().filter(|w| OPENING.contains(&w.as_str())) {
        say(format!("first:{first}"));
    }
    say(format!("kind:{}", quote.kind()));
    if quote.source().is_empty() {
        say("nosource".to_owned());
    }
    if let Some(speaker) = quote.voice.speakers.first() {
        say(format!("type:{}", speaker.kind));
    }
    let any = |list: &[&str]| content_words.iter().any(|w| list.contains(&w.as_str()));
    for (name, list) in [
        ("you", &["you", "your"][..]),
        ("first-person", &["i", "we", "my", "our"]),
        ("third-person", &["he", "she", "his", "her", "they", "their"]),
        ("if", &["if"]),
    ] {
        if any(list) {
            say(name.to_owned());
        }
    }
    if content_words.len() <= 4 {
        say("short".to_owned());
    }
    if content_words.len() > 30 {
        say("long".to_owned());
    }
    let mut tones: BTreeMap<&str, u32> = BTreeMap::new();
    let mut told: Vec<&String> = Vec::new();
    for (at, word) in content_words.iter().enumerate() {
        // "The answer lies in …" blames nobody.
        let next = content_words.get(at + 1).map(String::as_str);
        if matches!(word.as_str(), "lies" | "lie" | "lying")
            && matches!(next, Some("in" | "on" | "with" | "within" | "at" | "ahead"))
        {
            continue;
        }
        // "On the wrong side of the river", "not right to say": no blame, no refusal.
        let idiom = matches!((word.as_str(), next), ("wrong", Some("side" | "way" | "bank" | "end")));
        if idiom {
            continue;
        }
        for tone in TONES.get(word.as_str()).into_iter().flatten() {
            *tones.entry(tone).or_default() += 1;
        }
        if TONES.contains_key(word.as_str()) && !told.contains(&word) {
            told.push(word);
            out.push((format!("t:{word}"), 1.0));
        }
    }
    for (tone, count) in tones {
        out.push((format!("tone:{tone}"), count.min(3) as f32));
        out.push((format!("has:{tone}"), 1.0));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Body, Kind, Place, Span};

    fn read(cue: &str, content: &str) -> (Mode, Option<Act>) {
        let text = format!("Ana Lind {cue} {content}.");
        let article = Article::new("a", Body::new(text.clone(), Vec::new(), Vec::new()).unwrap());
        let span = |part: &str| {
            let at = text.find(part).unwrap();
            vec![Span::new(&text, at, at + part.len()).unwrap()]
        };
        let quote =
            Quote::new(&article, Place::Text, Kind::Indirect, span("Ana Lind"), span(cue), span(content))
                .unwrap();
        mode_and_act(&article, &quote)
    }

    #[test]
    fn tables_are_whole() {
        assert_eq!(rows(include_str!("../../lexicon/acts.tsv")).count(), ACTS.len());
        for row in rows(include_str!("../../lexicon/acts.tsv")) {
            assert!(
                Mode::parse(row[1]).is_some() && (row[2] == "-" || Act::parse(row[2]).is_some()),
                "{row:?}"
            );
            assert_eq!((row.len(), row[1] == "speech"), (4, row[2] != "-"), "{row:?}");
        }
        for row in rows(include_str!("../../lexicon/tones.tsv")) {
            assert_eq!(row.len(), 3, "{row:?}");
        }
        for (table, act) in [
            (include_str!("../../lexicon/act-weights.tsv"), true),
            (include_str!("../../lexicon/mode-weights.tsv"), false),
        ] {
            for row in rows(table) {
                let label = if act { Act::parse(row[1]).is_some() } else { Mode::parse(row[1]).is_some() };
                assert!(
                    label && row[2].parse::<f32>().is_ok_and(f32::is_finite) && row.len() == 4,
                    "{row:?}"
                );
            }
        }
    }

    #[test]
    fn cues_tell_the_act() {
        let check =
            |cue, content, act| assert_eq!(read(cue, content), (Mode::Speech, Some(act)), "{cue} {content}");
        check("welcomed", "the ferry plan", Act::Support);
        check("rejected", "the ferry plan", Act::Reject);
        check("called for", "an end to the strike", Act::Request);
        check("denied", "any part in the theft", Act::Deny);
        check("vowed", "to rebuild the pier", Act::Promise);
        check("warned", "that the pier may fall", Act::Warn);
        check("noted", "that the pier has two ends", Act::State);
    }

    #[test]
    fn a_negated_act_is_not_that_act() {
        assert_eq!(read("did not oppose", "the ferry plan").1, Some(Act::State));
        assert_eq!(read("refused to rule out", "a second ferry").1, Some(Act::State));
        assert_eq!(read("never called for", "a ferry strike").1, None);
        assert_eq!(read("declined to endorse", "the ferry plan").1, Some(Act::Reject));
    }

    #[test]
    fn what_the_speaker_performs_counts_under_a_plain_cue() {
        assert_eq!(read("said", "“We reject the ferry plan”").1, Some(Act::Reject));
        assert_eq!(read("voiced", "support for the ferry plan").1, Some(Act::Support));
        assert_eq!(read("has voiced support for", "the ferry plan").1, Some(Act::Support));
        assert_eq!(read("said", "“We call on the guild to wait”").1, Some(Act::Request));
        assert_eq!(
            read("said", "“We accept the ferry plan. Wardens must stand at the pier”").1,
            Some(Act::Support)
        );
    }

    #[test]
    fn offers_refusals_and_demands_are_told_by_their_form() {
        assert_eq!(read("repeated", "its call for a truce").1, Some(Act::Request));
        assert_eq!(read("voiced", "its backing for the ferry plan").1, Some(Act::Support));
        assert_eq!(read("said", "she stands ready to help").1, Some(Act::Promise));
        assert_eq!(read("said", "she will not sign the treaty").1, Some(Act::Reject));
        assert_eq!(read("said", "“We will not trade the pier”").1, Some(Act::Reject));
        assert_eq!(read("accepts", "the amended ferry plan").1, Some(Act::Support));
        assert_eq!(read("asks", "the guild to amend its charter").1, Some(Act::Request));
        assert_eq!(read("asked", "whether the ferry sails").1, Some(Act::Ask));
        assert_eq!(read("told", "“Change the charter”").1, Some(Act::State), "indirect: no order");
    }

    #[test]
    fn weak_signs_make_no_grave_act() {
        assert_eq!(read("expressed regret", "that the ferry sank").1, Some(Act::State));
        assert_eq!(read("expressed", "regret at the decision").1, Some(Act::State));
        assert_eq!(read("sought to portray", "the guild as a friend").1, Some(Act::State));
        assert_eq!(read("said", "the pier is on the wrong side of the river").1, Some(Act::State));
    }

    #[test]
    fn thoughts_and_wishes_are_no_speech() {
        assert_eq!(read("believes", "the pier will stand").0, Mode::Thought);
        assert_eq!(read("wants", "a second ferry").0, Mode::Want);
    }
}
