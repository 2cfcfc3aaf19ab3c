//! Who vouches in an aside? "The bridge, as noted by the mayor, has stood for years."
//!
//! The aside is cue and source. "As", a reporting verb, "by" and a name vouch for the sentence around them, or for words
//! in marks right behind them; "as", a name and "put it" for such words alone.
//! The reader was taught too few of these to point them rightly.

use crate::find::direct::give_up;
use crate::find::draft::Draft;
use crate::find::form;
use crate::find::seen::{Item, Seen, Unit};
use crate::find::tag::Tag;
use crate::lexicon;
use std::ops::Range;

/// Confidence of what an aside ascribes. A choice: the form leaves no doubt that it ascribes, the extent does.
const ASIDE: f32 = 0.8;

/// Words between "by" or "put it" and the comma that closes the aside, at most: longer ones are clauses of their own.
const LONGEST: usize = 14;

/// Words between "as" and "put it", at most.
const LONGEST_NAME: usize = 8;

/// The attributions by asides that share no word with what was found before.
pub(crate) fn asides(seen: &Seen<'_>, unit: &Unit, drafts: &mut Vec<Draft>) {
    let items = &seen.items;
    let found: Vec<Draft> = unit.items.clone().filter_map(|at| aside(seen, unit, at)).collect();
    for draft in found {
        let near = draft
            .source
            .as_ref()
            .map_or(0..0, |source| draft.cue.start.min(source.start)..draft.cue.end.max(source.end));
        if drafts.iter().any(|other| overlaps(&other.cue, &near) && other.content == draft.content) {
            continue;
        }
        // What the models made of the aside itself gives way; what they found elsewhere in the sentence stays.
        let mut rest = drafts.clone();
        rest.retain(|other| !overlaps(&other.cue, &near));
        if let [marks] = draft.content.as_slice() {
            // With the comma and the "as" before it.
            let comma = near.start.saturating_sub(2);
            let from = if is_sign(seen, comma, ",") { comma } else { near.start - 1 };
            for other in &mut rest {
                (from..near.end).chain([marks.start]).for_each(|idx| give_up(other, idx));
                other.content.retain(|piece| piece.clone().any(|idx| items[idx].tag != Tag::Sign));
            }
            rest.retain(|other| !other.content.is_empty());
        }
        let free =
            |range: &Range<usize>| !rest.iter().flat_map(Draft::ranges).any(|taken| overlaps(&taken, range));
        if draft.ranges().all(|range| free(&range)) {
            rest.push(draft);
            *drafts = rest;
        }
    }
    drafts.sort_by_key(|draft| draft.ranges().map(|range| items.get(range.start).map(|i| i.start)).min());
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The aside that begins with the "as" at `at`.
fn aside(seen: &Seen<'_>, unit: &Unit, at: usize) -> Option<Draft> {
    let items = &seen.items;
    if !items[at].is(&["as"]) {
        return None;
    }
    let noted = noted_by(seen, unit, at);
    let around = noted.is_some();
    let (cue, source) = noted.or_else(|| put_by(seen, unit, at))?;
    let sentence = items[at].sentence;
    let first = unit.items.clone().find(|idx| items[*idx].sentence == sentence)?;
    if at > first && !is_sign(seen, at - 1, ",") {
        return None;
    }
    let from = cue.end.max(source.end);
    let mut reach = from..unit.items.end.min(from + 1 + LONGEST);
    let closes = reach.find(|idx| is_sign(seen, *idx, ",") || items[*idx].marked.is_some())?;
    let behind = if items[closes].marked.is_some() { closes } else { closes + 1 };
    let own = unit.items.contains(&behind) && items[behind].sentence == sentence;
    // “The Courier” reported: marks with a verb behind them act, and are nobody's words.
    let acts = items.get(behind + 1).is_some_and(|next| next.tag.is_verb() && next.sentence == sentence);
    if own && items[behind].marked.is_some() && !acts {
        return Some(Draft {
            cue,
            source: Some(source),
            content: std::iter::once(behind..behind + 1).collect(),
            probability: ASIDE,
        });
    }
    if !around {
        return None;
    }
    let same = |item: &Item| item.sentence == sentence && item.until == sentence;
    let mut end = unit.items.clone().rfind(|idx| same(&items[*idx]))? + 1;
    if items[end - 1].form.shape & form::SIGN != 0 {
        end -= 1;
    }
    let (before, after) = (first..at.max(first + 1) - 1, closes + 1..end);
    if before.is_empty() || after.len() < 2 {
        return None;
    }
    Some(Draft { cue, source: Some(source), content: vec![before, after], probability: ASIDE })
}

/// "As noted by the mayor": cue and source. The source goes to the comma.
fn noted_by(seen: &Seen<'_>, unit: &Unit, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let items = &seen.items;
    let verb = items.get(at + 1)?;
    if !items.get(at + 2)?.is(&["by"]) || !unit.items.contains(&(at + 3)) {
        return None;
    }
    let low = seen.text.get(verb.start..verb.end)?.to_lowercase();
    if !low.ends_with("ed") && !matches!(low.as_str(), "told" | "put" | "said" | "written") {
        return None;
    }
    lexicon::cue(&low)?;
    let closes = (at + 4..unit.items.end.min(at + 4 + LONGEST)).find(|idx| is_sign(seen, *idx, ","))?;
    Some((at + 1..at + 2, at + 3..closes))
}

/// "As the mayor put it", "as she put it in a letter": cue and source.
fn put_by(seen: &Seen<'_>, unit: &Unit, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let items = &seen.items;
    let put = (at + 2..unit.items.end.min(at + 2 + LONGEST_NAME)).find(|idx| items[*idx].tag.is_verb())?;
    let puts = items[put].is(&["put", "puts"]) && items.get(put + 1)?.is(&["it"]);
    // "Put it on the table" puts nothing in words.
    let next = items.get(put + 2)?;
    let said = next.marked.is_some() || next.form.shape & form::SIGN != 0 || next.is(&["in", "to", "during"]);
    let source = at + 1..put;
    let named = |idx: usize| items[idx].marked.is_none() && items[idx].form.shape & form::SIGN == 0;
    let opens = !matches!(items[at + 1].tag, Tag::Adverb | Tag::Preposition);
    let somebody = |idx: usize| matches!(items[idx].tag, Tag::Name | Tag::Noun | Tag::Pronoun);
    (puts && said && opens && source.clone().all(named) && source.clone().any(somebody))
        .then_some((put..put + 2, source))
}

fn is_sign(seen: &Seen<'_>, idx: usize, sign: &str) -> bool {
    seen.items.get(idx).is_some_and(|item| {
        item.form.shape & form::SIGN != 0 && seen.text.get(item.start..item.end) == Some(sign)
    })
}
