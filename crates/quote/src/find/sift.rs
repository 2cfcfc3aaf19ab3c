//! What is no attribution, whatever the models say? Rules on a draft: nouns taken for verbs, contents that say nothing.
//!
//! A draft comes in; it is cleaned ([`clean`]) or told to be none, or hollow ([`is_hollow`]). Words in marks are never thrown away here.

use crate::find::direct::SAYING;
use crate::find::draft::{Around, Draft};
use crate::find::seen::{COMMA, FEW, Item, STOP, UPPER};
use crate::find::tag::Tag;
use onrecord_infer::tagger::word;
use std::sync::OnceLock;

/// Plurals that are nouns as often as verbs: "despite reports of …" ascribes nothing to what follows "of".
const NOUN_CUES: &[&str] = &[
    "reports",
    "claims",
    "comments",
    "calls",
    "plans",
    "statements",
    "remarks",
    "notes",
    "demands",
    "promises",
    "warnings",
    "offers",
    "fears",
    "hopes",
    "doubts",
    "requests",
    "threats",
    "charges",
    "estimates",
];

/// Words before a noun that make no noun phrase of a tag's own: "such claims".
const NOUN_SIGNS: &[&str] = &["such", "recent", "despite", "of", "amid", "after", "following", "new"];

/// Contents of one word that tell nothing by themselves.
const BARE: &[&str] = &[
    "he",
    "him",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "itself",
    "they",
    "them",
    "themselves",
    "me",
    "myself",
    "us",
    "ourselves",
    "you",
    "yourself",
    "this",
    "that",
    "these",
    "those",
    "which",
    "who",
    "whom",
    "whose",
    "what",
    "so",
    "there",
    "here",
    "today",
    "yesterday",
    "tonight",
    "tomorrow",
];

/// Days and months: with numbers and articles they make a date.
const DATES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "morning",
    "evening",
    "afternoon",
    "night",
    "week",
    "month",
    "year",
    "last",
    "this",
    "next",
    "on",
    "in",
    "late",
    "early",
    "today",
    "yesterday",
];

/// Classes of verbs that need words to say: say, tell, ask, think.
const PLAIN: u16 = 0b1111;

/// The class of verbs with somebody told between them and the words: "told reporters that …".
const TELL: u16 = 0b10;

/// Forms of be, have and do.
const HELPERS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "does", "do",
    "did", "'s", "'re", "'ve", "'d", "'ll", "'m",
];

const RELATIVES: &[&str] = &["which", "who", "whom", "that", "whose"];

const NEGATIONS: &[&str] = &["not", "never", "n't"];

/// [`Item::is`] for the longer lists, which are hashed once.
fn is_known(item: &Item, hashes: &'static OnceLock<Vec<u32>>, list: &'static [&'static str]) -> bool {
    let hashes = hashes.get_or_init(|| {
        let mut hashes: Vec<u32> = list.iter().map(|w| word(w)).collect();
        hashes.sort_unstable();
        hashes
    });
    item.marked.is_none() && hashes.binary_search(&item.form.low).is_ok()
}

/// Whether an item is a form of be, have or do, or a modal.
fn is_helper(item: &Item) -> bool {
    static WORDS: OnceLock<Vec<u32>> = OnceLock::new();
    item.tag == Tag::Modal || (item.tag.is_verb() && is_known(item, &WORDS, HELPERS))
}

/// Cleans a draft; `None` if it ascribes nothing.
pub(crate) fn clean(around: &Around<'_>, mut draft: Draft) -> Option<Draft> {
    if is_noun(around, &draft) || is_order(around, &draft) || is_condition(around, draft.cue.start) {
        return None;
    }
    end_before_second_verb(around, &mut draft);
    take_negation(around, &mut draft);
    cut_relative(around, &mut draft);
    leave_which(around, &mut draft);
    leave_manner(around, &mut draft);
    leave_the_asked(around, &mut draft);
    take_inner(around, &mut draft);
    leave_the_film(around, &mut draft);
    turn_label(around, &mut draft);
    leave_lead_in(around, &mut draft);
    Some(draft)
}

/// Cuts a thing condemned, wanted or described before "and" with a second verb like the cue's: it has the same
/// subject and is no part of the thing ("condemns all violence and calls for talks").
fn end_before_second_verb(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let verb = items[around.head].tag;
    let Some(piece) = draft.content.last_mut().filter(|piece| piece.start >= draft.cue.end) else { return };
    if !matches!(verb, Tag::Past | Tag::Present | Tag::Doing) {
        return;
    }
    for idx in piece.clone().skip(1) {
        let tag = items[idx].tag;
        if tag.is_finite() || tag == verb {
            return;
        }
        let next = (idx + 1..piece.end).find(|next| items[*next].tag != Tag::Adverb);
        let second = next.is_some_and(|next| {
            items[next].tag == verb && (verb != Tag::Doing || items[next].form.classes != 0)
        });
        if tag == Tag::And && second {
            let end = if items[idx - 1].tag == Tag::Sign { idx - 1 } else { idx };
            if end > piece.start {
                piece.end = end;
            }
            return;
        }
    }
}

/// "Despite reports of delays, …": a noun, and what follows "of" did not say it.
fn is_noun(around: &Around<'_>, draft: &Draft) -> bool {
    static NOUNS: OnceLock<Vec<u32>> = OnceLock::new();
    let items = around.items;
    if draft.cue.len() != 1 || !is_known(&items[draft.cue.start], &NOUNS, NOUN_CUES) {
        return false;
    }
    let before = draft.cue.start.checked_sub(1).filter(|at| around.unit.contains(at)).map(|at| &items[at]);
    let noun = before.is_some_and(|item| {
        matches!(
            item.tag,
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Preposition | Tag::Genitive
        ) || item.is(NOUN_SIGNS)
    });
    let next = items.get(draft.cue.end).filter(|_| around.unit.contains(&draft.cue.end));
    let of = next.is_some_and(|item| item.is(&["of"]));
    let links = next.is_some_and(|item| item.is(&["that", "for", "to", "by", "from"]));
    (noun && !links) || (of && draft.source.as_ref().is_none_or(|s| s.start >= draft.cue.end))
}

/// "Note that the pan gets hot", "passengers are asked to wait": told to the reader, and nobody is quoted.
fn is_order(around: &Around<'_>, draft: &Draft) -> bool {
    let items = around.items;
    let marks = draft.content.iter().cloned().flatten().any(|at| items[at].marked.is_some());
    if draft.source.is_some() || marks {
        return false;
    }
    let start = draft.cue.start;
    let opens = start == around.unit.start || items[start - 1].until != items[start].sentence;
    let bare = opens && matches!(items[around.head].tag, Tag::Verb | Tag::Name) && start == around.head;
    let asked = items[around.head].is(&["asked", "advised", "reminded", "requested", "urged"])
        && items[start].is(&["are", "is"]);
    bare && draft.content[0].start >= draft.cue.end || asked
}

/// ", provided that": what must hold, and no cue.
fn is_condition(around: &Around<'_>, at: usize) -> bool {
    let (items, unit) = (around.items, &around.unit);
    let known = unit.contains(&(at + 1)) && at > unit.start;
    known
        && items[at - 1].tag == Tag::Sign
        && items[at].is(&["provided", "providing"])
        && items[at + 1].is(&["that"])
}

/// What is said goes on over the condition behind it, ", provided that …", to the next comma.
pub(crate) fn take_condition(around: &Around<'_>, held: &[bool], draft: &mut Draft) {
    let items = around.items;
    let Some(piece) = draft.content.last_mut() else { return };
    // The comma stands behind the piece, or is its last.
    let Some(at) = [piece.end, piece.end + 1].into_iter().find(|at| is_condition(around, *at)) else {
        return;
    };
    let sentence = items[at].sentence;
    let (cue, source) = (&draft.cue, &draft.source);
    let own = |idx: &usize| cue.contains(idx) || source.as_ref().is_some_and(|source| source.contains(idx));
    let within = |idx: &usize| {
        let inside = around.unit.contains(idx) && items[*idx].sentence == sentence;
        inside && items[*idx].tag != Tag::Sign && !held[*idx] && !own(idx)
    };
    let end = (at..).take_while(within).last().map_or(piece.end, |last| last + 1);
    if end > at + 2 {
        piece.end = end;
    }
}

/// The cue takes the negation before it: "did not call for" is not "call for".
fn take_negation(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let free = |at: usize| {
        around.unit.contains(&at)
            && !draft.source.as_ref().is_some_and(|s| s.contains(&at))
            && !draft.content.iter().any(|piece| piece.contains(&at))
    };
    let mut start = draft.cue.start;
    if !items[start].tag.is_verb() && !is_helper(&items[start]) {
        return;
    }
    while start > 0
        && items[start - 1].tag == Tag::Adverb
        && free(start - 1)
        && !items[start - 1].is(NEGATIONS)
    {
        start -= 1;
    }
    let Some(at) = start.checked_sub(1).filter(|at| free(*at) && items[*at].is(NEGATIONS)) else { return };
    let mut start = at;
    while start > 0 && draft.cue.start - start < 4 && is_helper(&items[start - 1]) && free(start - 1) {
        start -= 1;
    }
    draft.cue.start = start;
}

/// A lone "which" or "that" is no part of what is said; a relative clause ends at the comma that closes it.
fn cut_relative(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let lone = |piece: &std::ops::Range<usize>| piece.len() == 1 && items[piece.start].is(RELATIVES);
    if draft.content.len() < 2 || !lone(&draft.content[0]) || draft.content[0].start > draft.cue.start {
        return;
    }
    // Without a comma before it the clause may go on over commas.
    let comma = draft.content[0].start.checked_sub(1).is_some_and(|at| items[at].tag == Tag::Sign);
    draft.content.remove(0);
    let piece = &mut draft.content[0];
    let sign = piece.clone().skip(1).find(|at| items[*at].tag == Tag::Sign && items[*at].marked.is_none());
    if let Some(sign) = sign.filter(|_| comma && piece.start >= draft.cue.end) {
        piece.end = sign;
        draft.content.truncate(1);
    }
}

/// “…”, said Lind drily: how it was said is no part of the words in marks.
fn leave_manner(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    if draft.content.iter().cloned().flatten().any(|at| items[at].marked.is_some()) {
        draft.content.retain(|piece| piece.clone().any(|at| items[at].tag != Tag::Adverb));
    }
}

/// "Which Ardenia does not consider …": the relative is no part of who considers.
fn leave_which(around: &Around<'_>, draft: &mut Draft) {
    let Some(source) = draft.source.as_mut().filter(|source| source.len() > 1) else { return };
    if around.items[source.start].is(&["which", "whom", "that"]) && around.items[source.start].tag == Tag::Wh
    {
        source.start += 1;
    }
}

/// "The film shows Ana Ruiz asking her crew, “Why?”": the words are hers who asks, not the film's.
fn take_inner(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let ([first, ..], Some(last)) = (draft.content.as_slice(), draft.content.last()) else { return };
    let piece = first.start..last.end;
    let Some(marks) = piece.clone().find(|at| items[*at].marked.is_some()) else { return };
    let Some(verb) = (first.start + 1..first.end.min(marks)).find(|at| items[*at].tag.is_verb()) else {
        return;
    };
    let asks = items[verb].tag == Tag::Doing && items[verb].form.classes & SAYING != 0;
    let who = |at: usize| items[at].tag.is_of_name();
    // "Said the sign saying “…” was stolen": marks without a comma before them are part of the thing.
    let of = items[draft.cue.end - 1].tag == Tag::Preposition;
    let shown = of || items[around.head].form.classes & SAYING == 0;
    let opens = items[marks - 1].tag == Tag::Sign && shown;
    let told = (verb + 1..marks).all(|at| !items[at].tag.is_verb());
    if draft.cue.end <= piece.start && asks && opens && told && (piece.start..verb).all(who) {
        draft.source = Some(piece.start..verb);
        draft.cue = verb..verb + 1;
        let end = (marks..piece.end).rfind(|at| items[*at].marked.is_some()).map_or(marks + 1, |at| at + 1);
        let own = |piece: &std::ops::Range<usize>| piece.start.max(marks)..piece.end.min(end);
        draft.content = draft.content.iter().map(own).filter(|piece| !piece.is_empty()).collect();
    }
}

/// "Opens with footage of Ana Ruiz asking, “Why?”": she asks, not the film.
fn leave_the_film(around: &Around<'_>, draft: &mut Draft) {
    const SHOWN: &[&str] = &[
        "audio",
        "clip",
        "clips",
        "footage",
        "image",
        "images",
        "picture",
        "pictures",
        "recording",
        "tape",
        "video",
    ];
    let items = around.items;
    let cue = draft.cue.start;
    if draft.cue.len() != 1 || items[cue].tag != Tag::Doing {
        return;
    }
    let of = (around.unit.start..cue).rev().take(8).find(|at| items[*at].tag == Tag::Preposition);
    let Some(of) = of.filter(|of| *of > around.unit.start && *of + 1 < cue && items[*of].is(&["of"])) else {
        return;
    };
    let named = (of + 1..cue).all(|at| items[at].tag != Tag::Sign && !items[at].tag.is_verb());
    let free = |at: usize| !draft.content.iter().any(|piece| piece.contains(&at));
    if named && (of + 1..cue).all(free) && items[of - 1].is(SHOWN) {
        draft.source = Some(of + 1..cue);
    }
}

/// "Said Lind: “…”": the verb is no part of the name before the colon.
fn turn_label(around: &Around<'_>, draft: &mut Draft) {
    const SAID: &[&str] = &[
        "added",
        "adds",
        "asked",
        "asks",
        "continued",
        "explained",
        "explains",
        "noted",
        "recalled",
        "recalls",
        "replied",
        "said",
        "says",
        "wrote",
        "writes",
    ];
    let items = around.items;
    let colon = draft.cue.len() == 1 && items[draft.cue.start].tag == Tag::Sign;
    let Some(source) = draft.source.as_mut().filter(|source| colon && source.len() > 1) else { return };
    if items[source.start].is(SAID) {
        draft.cue = source.start..source.start + 1;
        source.start += 1;
    }
}

/// Leaves a whole sentence in marks by itself: what stands before it without any link leads in to it.
fn leave_lead_in(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let [piece] = draft.content.as_mut_slice() else { return };
    let (Some(last), true) = (piece.end.checked_sub(1), piece.len() > 1) else { return };
    let shape = items[last].form.shape;
    let whole =
        items[last].marked.is_some() && shape & FEW == 0 && shape & UPPER != 0 && shape & (STOP | COMMA) != 0;
    if whole && matches!(items[last - 1].tag, Tag::Noun | Tag::Name) {
        *piece = last..last + 1;
    }
}

/// "Lind was asked whether …": the one who is asked or told is no part of the question.
fn leave_the_asked(around: &Around<'_>, draft: &mut Draft) {
    let items = around.items;
    let [first, _, ..] = draft.content.as_slice() else { return };
    let who = |at: usize| matches!(items[at].tag, Tag::Name | Tag::Pronoun | Tag::Determiner | Tag::Noun);
    if first.end == draft.cue.start && items[around.head].tag == Tag::Done && first.clone().all(who) {
        draft.content.remove(0);
    }
}

/// Whether nothing is said: a pronoun, a date, a name alone, or the clause that tells which thing is meant.
///
/// Such a draft is still a sign that its source spoke, and so it is dropped only after speakers are told.
pub(crate) fn is_hollow(items: &[Item], draft: &Draft) -> bool {
    static PRONOUNS: OnceLock<Vec<u32>> = OnceLock::new();
    static DAYS: OnceLock<Vec<u32>> = OnceLock::new();
    let all = || draft.content.iter().cloned().flatten().map(|idx| &items[idx]);
    if all().any(|item| item.marked.is_some()) {
        return false;
    }
    let words = || all().filter(|item| item.tag != Tag::Sign);
    if words().all(|item| is_known(item, &PRONOUNS, BARE)) {
        return true;
    }
    let date = |item: &Item| {
        is_known(item, &DAYS, DATES)
            || item.tag == Tag::Number
            || item.form.shape & crate::find::form::DIGIT != 0
            || item.tag == Tag::Determiner
    };
    if words().all(date) {
        return true;
    }
    let names = |item: &Item| matches!(item.tag, Tag::Name | Tag::Determiner);
    // "praised Ana Ruiz" and "condemned Ardenia" tell something; "said Ana Ruiz" does not.
    let says = draft.cue.clone().any(|at| items[at].form.classes & PLAIN != 0);
    if says && words().all(names) && words().count() <= 4 {
        return true;
    }
    let first = &draft.content[0];
    let (begin, last) = (&items[first.start], &items[first.end - 1]);
    let before = first.start.checked_sub(1).map(|at| &items[at]);
    // "by the White House last month"
    let agent = before.is_some_and(|item| item.is(&["by"])) && !draft.cue.contains(&(first.start - 1));
    if agent && words().all(|item| names(item) || date(item)) {
        return true;
    }
    // "weather that Tessovians are not used to"
    begin.is(RELATIVES)
        && before.is_some_and(|item| matches!(item.tag, Tag::Noun | Tag::Name))
        && (draft.cue.contains(&(first.start - 1))
            || !draft.cue.clone().any(|at| items[at].form.classes & TELL != 0))
        && matches!(last.tag, Tag::To | Tag::Preposition)
}
