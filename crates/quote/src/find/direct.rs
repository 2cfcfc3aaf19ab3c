//! Which words in marks are a quote, where no model said so? By the marks, the words and the verbs beside them.

use crate::find::draft::Draft;
use crate::find::read::Reading;
use crate::find::seen::{COMMA, FEW, MANY, STOP, Seen, UPPER, Unit};
use crate::find::tag::Tag;
use crate::marks::Marked;
use std::ops::Range;

/// Words in marks from which they are speech rather than a term or a title.
const SPEECH_WORDS: usize = 5;

/// Classes of verbs that may ascribe words in marks beside them: say, tell, ask, think, urge.
pub(crate) const SAYING: u16 = 0b10_1111;

/// The verbs beside words in marks that look like speech, by item, in order: what the reader is asked about.
pub(crate) fn asked(seen: &Seen<'_>, unit: &Unit) -> Vec<usize> {
    let speech =
        unit.items.clone().filter(|idx| seen.items[*idx].marked.is_some() && is_speech(seen, unit, *idx));
    let mut asked: Vec<usize> = speech.filter_map(|idx| beside(seen, unit, idx, |_| true)).collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// The drafts with the words in marks that none of them holds: those that go on a quote are given to it; those that
/// look like speech get the verb beside them, and the source that the reader `answers` for it, or stand alone.
pub(crate) fn left(seen: &Seen<'_>, unit: &Unit, mut drafts: Vec<Draft>, answers: &[Reading]) -> Vec<Draft> {
    join(seen, &mut drafts);
    let mut holder: Vec<Option<usize>> = vec![None; unit.items.len()];
    for (nth, draft) in drafts.iter().enumerate() {
        draft.ranges().flatten().for_each(|idx| holder[idx] = Some(nth));
    }
    let beside_cue = drafts.iter().any(|draft| !draft.cue.is_empty());
    let mut last_marked: Option<usize> = None;
    for idx in unit.items.clone() {
        let item = &seen.items[idx];
        let Some(marked) = item.marked.and_then(|m| seen.marked.get(m)) else { continue };
        let before = last_marked.replace(idx);
        if holder[idx].is_some() {
            continue;
        }
        if marked.goes_on
            && let Some(nth) = before.and_then(|before| holder[before])
            && drafts[nth].content.iter().any(|piece| before.is_some_and(|before| piece.contains(&before)))
        {
            drafts[nth].content.push(idx..idx + 1);
            drafts[nth].content.sort_by_key(|piece| piece.start);
            holder[idx] = Some(nth);
            continue;
        }
        if !is_speech(seen, unit, idx) {
            continue;
        }
        let free = |at: usize| holder[at].is_none();
        let cue = beside(seen, unit, idx, free);
        let draft = from_whom(seen, unit, idx).filter(|draft| draft.ranges().flatten().all(free));
        let draft = draft.or_else(|| {
            cue.map(|cue| {
                let word = seen.item_of.partition_point(|of| *of < cue);
                let at = answers.partition_point(|answer| answer.cue.start < word);
                let answer = answers.get(at).filter(|answer| answer.cue.start == word);
                let source = answer.and_then(|answer| answer.source.clone()).and_then(|source| {
                    let items = *seen.item_of.get(source.start)?..*seen.item_of.get(source.end - 1)? + 1;
                    let free = |at: usize| {
                        at != idx && at != cue && holder[at].is_none() && seen.items[at].marked.is_none()
                    };
                    items.clone().all(free).then_some(items)
                });
                let asks = seen.items[cue].tag == Tag::Doing || seen.items[cue].is(GIVEN);
                let source = asks.then(|| right_before(seen, unit, cue, free)).flatten().or(source);
                Draft {
                    cue: cue..cue + 1,
                    source,
                    content: std::iter::once(idx..idx + 1).collect(),
                    probability: BESIDE,
                }
            })
        });
        let draft = draft.unwrap_or_else(|| alone(idx, beside_cue));
        let nth = drafts.len();
        draft.ranges().flatten().for_each(|at| holder[at] = Some(nth));
        drafts.push(draft);
    }
    drafts
}

/// Gives a quote over several paragraphs to one attribution: the one that holds its last part, where the speaker
/// stands as a rule, or else the last part that is held.
fn join(seen: &Seen<'_>, drafts: &mut Vec<Draft>) {
    let mut holder: Vec<Option<usize>> = vec![None; seen.items.len()];
    for (nth, draft) in drafts.iter().enumerate() {
        draft.content.iter().cloned().flatten().for_each(|idx| holder[idx] = Some(nth));
    }
    let marked = (0..seen.items.len())
        .filter_map(|idx| Some((idx, seen.marked.get(seen.items[idx].marked?)?.goes_on)))
        .collect::<Vec<_>>();
    for chain in marked.chunk_by(|_, (_, goes_on)| *goes_on).filter(|chain| chain.len() > 1) {
        let Some(owner) = chain.iter().rev().find_map(|(idx, _)| holder[*idx]) else { continue };
        for &(idx, _) in chain {
            if holder[idx] == Some(owner) {
                continue;
            }
            if let Some(other) = holder[idx].replace(owner) {
                give_up(&mut drafts[other], idx);
            }
            drafts[owner].content.push(idx..idx + 1);
        }
        drafts[owner].content.sort_by_key(|piece| piece.start);
    }
    drafts.retain(|draft| !draft.content.is_empty());
}

/// Takes an item out of what a draft tells.
pub(crate) fn give_up(draft: &mut Draft, idx: usize) {
    let Some(at) = draft.content.iter().position(|piece| piece.contains(&idx)) else { return };
    let piece = draft.content.remove(at);
    let parts = [piece.start..idx, idx + 1..piece.end];
    draft.content.splice(at..at, parts.into_iter().filter(|part| !part.is_empty()));
}

/// Confidence of words in marks with a verb of saying beside them that the reader did not take for their cue.
const BESIDE: f32 = 0.6;

/// Words in marks by themselves: likelier beside a quote that has a cue.
fn alone(idx: usize, beside: bool) -> Draft {
    Draft {
        cue: idx..idx,
        source: None,
        content: std::iter::once(idx..idx + 1).collect(),
        probability: if beside { 0.7 } else { 0.5 },
    }
}

/// The verb of saying beside words in marks, in the same sentence or right before them, among items that are free.
fn beside(seen: &Seen<'_>, unit: &Unit, idx: usize, free: impl Fn(usize) -> bool) -> Option<usize> {
    let fits = |at: &usize| {
        let item = &seen.items[*at];
        item.tag.is_finite() && item.form.classes & SAYING != 0 && free(*at)
    };
    let within = |range: Range<usize>| range.start.max(unit.items.start)..range.end.min(unit.items.end);
    let (sentence, until) = (seen.items[idx].sentence, seen.items[idx].until);
    let behind = || {
        within(idx + 1..idx + 7)
            .take_while(|at| seen.items[*at].sentence == until && seen.items[*at].marked.is_none())
    };
    // "Ruiz wrote on her page:" and the words in the next paragraph.
    let before_sentence = match after_colon(seen, unit, idx) {
        true => seen.items[idx - 1].until,
        false => sentence,
    };
    let before = || {
        within(idx.saturating_sub(12)..idx).rev().take_while(|at| seen.items[*at].sentence == before_sentence)
    };
    // "Ruiz made the following comment:"
    let announces = |at: &usize| seen.items[*at].is(GIVEN) && free(*at) && announced(seen, unit, idx);
    // "Before asking her, “…”": right in front.
    let asks = |at: &usize| {
        let item = &seen.items[*at];
        item.tag == Tag::Doing && item.form.classes & SAYING != 0 && free(*at) && idx - at <= 3
    };
    let found = behind().find(fits).or_else(|| before().find(|at| fits(at) || asks(at)));
    found.or_else(|| before().find(announces))
}

/// Verbs that give words out without saying them.
const GIVEN: &[&str] =
    &["gave", "gives", "issued", "issues", "left", "made", "makes", "posted", "read", "released", "sent"];

/// What is given out so.
const SPOKEN: &[&str] = &[
    "answer",
    "comment",
    "comments",
    "message",
    "note",
    "post",
    "question",
    "reply",
    "response",
    "statement",
    "tweet",
    "warning",
];

/// Whether a colon stands before words in marks, and before it what tells that words come.
fn announced(seen: &Seen<'_>, unit: &Unit, idx: usize) -> bool {
    after_colon(seen, unit, idx) && idx >= unit.items.start + 2 && seen.items[idx - 2].is(SPOKEN)
}

/// Whoever stands right before a verb: "footage of Ana Ruiz asking".
fn right_before(
    seen: &Seen<'_>,
    unit: &Unit,
    cue: usize,
    free: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let who = |at: &usize| {
        let item = &seen.items[*at];
        item.tag.is_of_name() && item.marked.is_none() && free(*at)
    };
    let first = (unit.items.start..cue).rev().take_while(who).last()?;
    Some(first..cue)
}

/// "And from Ole Lind, who leads the fishermen: “…”": words in marks with where they come from, before a colon.
fn from_whom(seen: &Seen<'_>, unit: &Unit, idx: usize) -> Option<Draft> {
    const OPENINGS: &[&str] = &["and", "but", "then", "also", "this", "now"];
    let colon = idx.checked_sub(1).filter(|_| after_colon(seen, unit, idx))?;
    let sentence = seen.items[colon].until;
    let of_sentence = |at: &usize| seen.items[*at].sentence == sentence;
    let first = (unit.items.start..idx).rev().take_while(of_sentence).last()?;
    let is = |at: usize, word: &str| {
        let item = &seen.items[at];
        seen.text.get(item.start..item.end).is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    let from = (first..colon.min(first + 3)).find(|at| is(*at, "from"))?;
    let opens = (first..from).all(|at| OPENINGS.iter().any(|word| is(at, word)));
    let source = from + 1..colon;
    let plain = source.clone().all(|at| seen.items[at].marked.is_none());
    (opens && plain && !source.is_empty()).then(|| Draft {
        cue: first..from + 1,
        source: Some(source),
        content: std::iter::once(idx..idx + 1).collect(),
        probability: BESIDE,
    })
}

/// Whether a colon stands before an item.
fn after_colon(seen: &Seen<'_>, unit: &Unit, idx: usize) -> bool {
    idx > unit.items.start
        && seen.text.get(seen.items[idx - 1].start..seen.items[idx - 1].end).is_some_and(|sign| sign == ":")
}

/// Whether words in marks look like something said rather than a term, a title or a nickname.
fn is_speech(seen: &Seen<'_>, unit: &Unit, idx: usize) -> bool {
    let item = &seen.items[idx];
    let shape = item.form.shape;
    let words = item.form.ends[1] as usize;
    let begins = idx == unit.items.start || seen.items[idx - 1].until != item.sentence;
    if item.marked.and_then(|m| seen.marked.get(m)).is_some_and(|m| is_title(m.inner.slice(seen.text))) {
        return false;
    }
    if shape & MANY != 0 && words >= SPEECH_WORDS {
        return true;
    }
    if begins || after_colon(seen, unit, idx) {
        // A title in marks begins a sentence too, but goes on with a verb and has no stop of its own.
        let stops = shape & (STOP | COMMA) != 0;
        return match shape & FEW != 0 {
            true => words >= 2 && stops && shape & UPPER != 0,
            false => stops || words >= 10,
        };
    }
    words >= 8 && shape & UPPER != 0 && shape & (STOP | COMMA) != 0
}

/// Whether words are set as the title of a work is: "The Lamp and the Harbour".
fn is_title(words: &str) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to",
        "with",
    ];
    let words = || words.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    words().count() >= 3
        && words().filter(capital).count() >= 2
        && words().all(|word| capital(&word) || SMALL.contains(&word))
}

/// The quotes of a text in a language that the models do not know: by marks alone, several paragraphs as one.
pub(crate) fn by_marks(text: &str, stretches: &[Marked]) -> Vec<Vec<onrecord_terms::Span>> {
    let mut quotes = Vec::new();
    for (idx, marked) in stretches.iter().enumerate().filter(|(_, marked)| !marked.goes_on) {
        let mut content = vec![marked.span];
        content.extend(stretches[idx + 1..].iter().take_while(|next| next.goes_on).map(|next| next.span));
        let inner = marked.inner.slice(text).trim();
        let words = inner.split_whitespace().count();
        // Scripts without blanks between words: ten characters of them count as five words.
        let long =
            !inner.is_ascii() && words < 3 && inner.chars().filter(|c| *c as u32 >= 0x2E80).count() >= 8;
        if content.len() > 1
            || words >= SPEECH_WORDS
            || long
            || (words >= 2 && inner.ends_with([',', '.', '!', '?']))
        {
            quotes.push(content);
        }
    }
    quotes
}
