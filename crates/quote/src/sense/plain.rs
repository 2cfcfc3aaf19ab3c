//! Which acts do plain forms tell? "asks X to …", "accepts the plan", "we will not sign": rules without weights.
//!
//! Only forms that leave little doubt: a grave act on weak evidence is worse than "stated".

use super::words::lemmas;
use onrecord_terms::Act;

/// Words for what may be agreed to.
const AGREED: &[&str] = &[
    "plan",
    "proposal",
    "deal",
    "offer",
    "terms",
    "agreement",
    "text",
    "treaty",
    "draft",
    "amendment",
    "ceasefire",
    "truce",
    "invitation",
    "accord",
    "compromise",
    "settlement",
    "roadmap",
    "document",
    "resolution",
    "verdict",
];

/// What somebody who "will not" do it refuses.
const REFUSED: &[&str] = &[
    "sign",
    "trade",
    "accept",
    "agree",
    "surrender",
    "cede",
    "yield",
    "sell",
    "return",
    "withdraw",
    "negotiate",
    "recognise",
    "recognize",
    "support",
    "back",
    "vote",
    "tolerate",
    "allow",
    "bow",
    "retreat",
];

/// Verbs that make a demand at the head of what is said: "Change Article 4".
const ORDERS: &[&str] = &[
    "change",
    "amend",
    "stop",
    "open",
    "release",
    "end",
    "withdraw",
    "free",
    "remove",
    "reopen",
    "halt",
    "cancel",
    "resign",
    "reconsider",
    "restore",
    "repeal",
    "respect",
    "lift",
];

/// The act that the cue's own form tells.
pub(crate) fn of_cue(cue: &[String], content: &[String]) -> Option<Act> {
    let base = |word: &str, wanted: &str| lemmas(word).iter().any(|l| l == wanted);
    let at = |wanted: &str| cue.iter().position(|w| base(w, wanted));
    let mut rest = content.iter().map(String::as_str);
    let first = rest.next().unwrap_or_default();
    if cue.iter().any(|w| matches!(w.as_str(), "not" | "never" | "didn't" | "doesn't" | "don't")) {
        return None;
    }
    if cue.first().is_some_and(|w| w == "according") {
        return Some(Act::State);
    }
    if at("regret").is_some() {
        let own =
            content.iter().any(|w| matches!(w.as_str(), "my" | "our" | "mistake" | "mistakes" | "fault"));
        return (!own).then_some(Act::State);
    }
    // "sought to portray", "tried to explain": what was tried is no demand.
    if let Some(at) = at("seek")
        && cue.get(at + 1).is_some_and(|w| w == "to")
    {
        return Some(Act::State);
    }
    if let Some(at) = at("ask") {
        let question = |w: &str| {
            matches!(
                w,
                "if" | "whether" | "how" | "why" | "what" | "who" | "when" | "where" | "which" | "about"
            )
        };
        if question(first) || cue[at..].iter().any(|w| question(w)) {
            return Some(Act::Ask);
        }
        let to = cue[at + 1..].iter().map(String::as_str).chain(content.iter().take(8).map(String::as_str));
        let before = to.take_while(|w| !question(w));
        return before.into_iter().any(|w| matches!(w, "to" | "for")).then_some(Act::Request);
    }
    if at("accept").is_some() {
        return agrees(content.iter()).then_some(Act::Support);
    }
    None
}

/// Whether what follows "accept" is something to agree to: "the amended plan", not "the prize".
pub(crate) fn agrees<'w>(content: impl Iterator<Item = &'w String>) -> bool {
    content
        .take(7)
        .take_while(|w| !matches!(w.as_str(), "that" | "for" | "of" | "from" | "if" | "on"))
        .any(|w| AGREED.contains(&w.as_str()))
}

/// Whether the content asks for something in so many words: "must", "let us", "it is time to".
pub(crate) fn pleads(words: &[String]) -> bool {
    const FIRST: &[&str] =
        &["stop", "let", "don't", "do", "give", "tell", "leave", "please", "never", "resign"];
    let next = |at: usize| words.get(at + 1).map_or("", String::as_str);
    words.first().is_some_and(|w| FIRST.contains(&w.as_str()) || ORDERS.contains(&w.as_str()))
        || words.iter().enumerate().any(|(at, w)| match w.as_str() {
            "should" | "must" | "ought" | "please" | "urge" | "demand" | "let's" | "require"
            | "immediately" | "needed" => true,
            "need" | "needs" | "has" | "have" | "time" => {
                // "neither side has to win", "nobody needs to go"
                let nobody = |w: &String| {
                    matches!(w.as_str(), "neither" | "nobody" | "no" | "not" | "don't" | "doesn't")
                };
                next(at) == "to" && !words[at.saturating_sub(4)..at].iter().any(nobody)
            }
            "let" => next(at) == "us",
            "don't" => next(at) == "let",
            _ => false,
        })
}

/// The act that the content performs for its speaker, under a cue that only says.
pub(crate) fn of_content(content: &str, words: &[String], own_names: &[String], direct: bool) -> Option<Act> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    if direct {
        let order = ORDERS.contains(&word(0))
            && !matches!(word(1), "" | "is" | "was" | "will" | "has" | "and" | "of" | "in");
        let threat = words.iter().take(12).any(|w| w == "and" || w == "or");
        if order && !threat && !content.contains('?') {
            return Some(Act::Request);
        }
    }
    let opens = words.iter().take_while(|w| matches!(w.as_str(), "that" | "and" | "but" | "so")).count();
    let own =
        |w: &str| matches!(w, "we" | "i" | "he" | "she" | "it" | "they") || own_names.iter().any(|n| n == w);
    if !own(word(opens)) {
        return None;
    }
    let mut at = opens + 1;
    if matches!(word(at), "stand" | "stands" | "stood" | "is" | "are" | "am" | "remain" | "remains")
        && word(at + 1) == "ready"
        && word(at + 2) == "to"
        && matches!(
            word(at + 3),
            "help" | "assist" | "support" | "mediate" | "send" | "provide" | "pay" | "host"
        )
    {
        return Some(Act::Promise);
    }
    if lemmas(word(at)).iter().any(|l| l == "accept")
        && words.iter().skip(at).take(7).any(|w| AGREED.contains(&w.as_str()))
    {
        return Some(Act::Support);
    }
    let negated = match (word(at), word(at + 1)) {
        ("won't", _) => 1,
        ("will" | "would" | "shall", "not" | "never") => 2,
        ("cannot", _) => 0,
        _ => 0,
    };
    at += negated;
    (negated > 0 && REFUSED.contains(&word(at))).then_some(Act::Reject)
}
