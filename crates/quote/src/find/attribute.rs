//! Which attributions does a text hold? What the reader tells, put right by the rules that are certain.
//!
//! Readings (ranges of words) become drafts (ranges of items): words in marks are whole, and no cue stands in them.
//! Nouns taken for verbs go ([`sift`]), asides are read by rule ([`aside`]), and words in marks that look like speech
//! and belong to nobody's attribution are given to the verb beside them, or stand alone (`mod.rs`).

use crate::find::aside;
use crate::find::direct;
use crate::find::draft::{Around, Draft};
use crate::find::read::{Reader, Reading, readings};
use crate::find::seen::{Item, Seen, Unit};
use crate::find::sift;
use crate::find::sure::sure;
use crate::find::tag::Tag;
use onrecord_terms::ParagraphKind;
use std::ops::Range;

/// Share of a stretch's words from which a content that holds them holds it all. A choice.
const WHOLE: f32 = 0.4;

/// Probability from which a heading's words without marks are an attribution: headings are fragments.
const HEADING: f32 = 0.7;

/// The same for a heading's words in marks.
const HEADING_MARKED: f32 = 0.5;

/// The same for what a noun ascribes without marks ([`by_noun`]): chosen on PolNeAR dev, where it adds .1 to the F1 of
/// cues, on the seed reports and on our own.
const NOUN: f32 = 0.8;

/// Probability from which a draft is an attribution; chosen on PolNeAR dev (`MODELS.md`).
pub(crate) const ENOUGH: f32 = 0.33;

/// The attributions of a text, in order, no word in two of them but for sources.
pub(crate) fn attributions(reader: &Reader, seen: &Seen<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let answers = told(reader, seen, ENOUGH, |_, draft| drafts.push(draft));
    drafts.sort_by_key(|draft| draft.ranges().map(|range| range.start).min());
    let drafts = by_rule(seen, drafts);
    direct::left(seen, &everything(seen), drafts, &answers)
}

fn everything(seen: &Seen<'_>) -> Unit {
    Unit { items: 0..seen.items.len(), kind: ParagraphKind::Text }
}

/// Hands over the attributions that the reader tells, from a probability on, the likeliest first; gives what it
/// answers of the verbs beside words in marks.
pub(crate) fn told(
    reader: &Reader,
    seen: &Seen<'_>,
    enough: f32,
    mut take: impl FnMut(&Reading, Draft),
) -> Vec<Reading> {
    let asked = direct::asked(seen, &everything(seen));
    let first_word = |item: usize| seen.item_of.partition_point(|of| *of < item);
    let mut words: Vec<usize> = asked.iter().map(|item| first_word(*item)).collect();
    words.sort_unstable();
    words.dedup();
    let (mut found, answers) = readings(reader, seen.text, &seen.words, &words);
    found.sort_by(|a, b| {
        (b.cue_p * b.parts_p).total_cmp(&(a.cue_p * a.parts_p)).then(a.cue.start.cmp(&b.cue.start))
    });
    let mut held = vec![false; seen.items.len()];
    for reading in &found {
        let Some(draft) = draft(seen, reading, &held) else { continue };
        let around = around(seen, &draft);
        let Some(mut draft) = sift::clean(&around, draft) else { continue };
        sift::take_condition(&around, &held, &mut draft);
        draft.probability = sure(reader, seen, reading, &draft);
        if draft.probability < enough.max(least(seen, &draft)) {
            continue;
        }
        draft.cue.clone().chain(draft.content.iter().cloned().flatten()).for_each(|at| held[at] = true);
        take(reading, draft);
    }
    answers
}

/// What a draft must reach where it stands: headings are fragments, and a noun tells of words rather than telling them.
fn least(seen: &Seen<'_>, draft: &Draft) -> f32 {
    let marks = draft.content.iter().cloned().flatten().any(|at| seen.items[at].marked.is_some());
    match unit(seen, draft).kind {
        ParagraphKind::Heading if marks => HEADING_MARKED,
        ParagraphKind::Heading => HEADING,
        _ if !marks && by_noun(&seen.items[draft.cue.clone()]) => NOUN,
        _ => 0.0,
    }
}

/// "Its support for", "calls for": several words without a verb, the last of which links what follows.
fn by_noun(cue: &[Item]) -> bool {
    let links = |item: &Item| matches!(item.tag, Tag::Preposition | Tag::To);
    cue.len() > 1 && cue.last().is_some_and(links) && !cue.iter().any(|item| item.tag.is_verb())
}

/// The unit that a draft's cue stands in.
fn unit<'s>(seen: &'s Seen<'_>, draft: &Draft) -> &'s Unit {
    let at = seen.units.partition_point(|unit| unit.items.end <= draft.cue.start);
    &seen.units[at.min(seen.units.len() - 1)]
}

/// A reading as items that nothing holds yet; `None` if no content is left of it.
fn draft(seen: &Seen<'_>, reading: &Reading, held: &[bool]) -> Option<Draft> {
    let free = |at: usize| !held[at];
    let cue = plain(seen, &reading.cue)?;
    if !cue.clone().all(free) {
        return None;
    }
    let mut content: Vec<Range<usize>> = Vec::new();
    for piece in &reading.content {
        let piece = whole(seen, piece);
        // What is held by others, or by the cue, parts a piece.
        let mut from = piece.start;
        for at in piece.start..=piece.end {
            if at < piece.end && free(at) && !cue.contains(&at) {
                continue;
            }
            if from < at {
                content.push(from..at);
            }
            from = at + 1;
        }
    }
    content.retain(|piece| piece.clone().any(|at| seen.items[at].tag != Tag::Sign));
    content.sort_by_key(|piece| piece.start);
    let source = reading.source.as_ref().and_then(|source| plain(seen, source)).filter(|source| {
        source
            .clone()
            .all(|at| free(at) && !cue.contains(&at) && !content.iter().any(|piece| piece.contains(&at)))
    });
    (!content.is_empty()).then_some(Draft { cue, source, content, probability: 0.0 })
}

/// The items of a cue or source; `None` where it stands in marks.
fn plain(seen: &Seen<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (*seen.item_of.get(words.start)?, *seen.item_of.get(words.end.checked_sub(1)?)?);
    let items = first..last + 1;
    items.clone().all(|at| seen.items[at].marked.is_none()).then_some(items)
}

/// The items of a piece of content: a stretch in marks as a whole where enough of it is meant, else not at all.
fn whole(seen: &Seen<'_>, words: &Range<usize>) -> Range<usize> {
    let Some(of) = seen.item_of.get(words.clone()) else { return 0..0 };
    let (Some(&first), Some(&last)) = (of.first(), of.last()) else { return 0..0 };
    let mut items = first..last + 1;
    let meant = |item: usize| {
        if seen.items[item].marked.is_none() {
            return true;
        }
        let all =
            seen.item_of.partition_point(|of| *of < item)..seen.item_of.partition_point(|of| *of <= item);
        let inside = all.start.max(words.start)..all.end.min(words.end);
        inside.len() as f32 >= WHOLE * all.len() as f32
    };
    if items.len() > 1 && !meant(items.end - 1) {
        items.end -= 1;
    }
    if items.len() > 1 && !meant(items.start) {
        items.start += 1;
    }
    items
}

/// What stands around a draft's cue, and the word of it that means most.
fn around<'s>(seen: &'s Seen<'_>, draft: &Draft) -> Around<'s> {
    let unit = unit(seen, draft);
    let items = &seen.items;
    let cue = draft.cue.clone();
    let head = cue.clone().rfind(|at| items[*at].tag.is_verb() && items[*at].form.classes != 0);
    let head = head.or_else(|| cue.clone().rfind(|at| items[*at].tag.is_verb())).unwrap_or(cue.start);
    Around { items, unit: unit.items.clone(), head }
}

/// The drafts with what the asides of each unit ascribe. Drafts are in order, by where they begin.
fn by_rule(seen: &Seen<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut rest = drafts.into_iter().peekable();
    let mut out = Vec::new();
    for unit in &seen.units {
        let mut own = Vec::new();
        while let Some(draft) = rest.next_if(|draft| draft.ranges().any(|range| range.start < unit.items.end))
        {
            own.push(draft);
        }
        aside::asides(seen, unit, &mut own);
        out.append(&mut own);
    }
    out.extend(rest);
    out
}
