//! Who vouches in an aside? "The bridge, as noted by the mayor, has stood for years."
//!
//! The aside ("as", a reporting verb, "by", a name) is cue and source; the sentence around it is the content.
//! The reader was taught too few of these to point them rightly.

use crate::find::draft::Draft;
use crate::find::form;
use crate::find::seen::{Item, Seen, Unit};
use crate::lexicon;
use onrecord_infer::tagger::word;
use std::ops::Range;

/// Confidence of what an aside ascribes. A choice: the form leaves no doubt that it ascribes, the extent does.
const ASIDE: f32 = 0.8;

/// Words between "by" and the comma that closes the aside, at most: longer ones are clauses of their own.
const LONGEST: usize = 14;

/// The attributions by asides that share no word with what was found before.
pub(crate) fn asides(seen: &Seen<'_>, unit: &Unit, drafts: &mut Vec<Draft>) {
    let items = &seen.items;
    let found: Vec<Draft> = unit.items.clone().filter_map(|at| aside(seen, unit, at)).collect();
    for draft in found {
        let near = draft.source.as_ref().map_or(0..0, |source| draft.cue.start..source.end);
        // What the models made of the aside itself gives way; what they found elsewhere in the sentence stays.
        drafts.retain(|other| !overlaps(&other.cue, &near));
        let free = |range: &Range<usize>| {
            !drafts.iter().flat_map(Draft::ranges).any(|taken| overlaps(&taken, range))
        };
        if draft.ranges().all(|range| free(&range)) {
            drafts.push(draft);
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
    let is = |idx: usize, low: &str| items.get(idx).is_some_and(|item| item.form.low == word(low));
    let sign = |idx: usize, low: &str| is(idx, low) && items[idx].form.shape & form::SIGN != 0;
    let opens = at.checked_sub(1).filter(|before| sign(*before, ","))?;
    if !is(at, "as") || !is(at + 2, "by") || !unit.items.contains(&opens) || !unit.items.contains(&(at + 3)) {
        return None;
    }
    let verb = items.get(at + 1)?;
    let low = seen.text.get(verb.start..verb.end)?.to_lowercase();
    if !low.ends_with("ed") && !matches!(low.as_str(), "told" | "put" | "said" | "written") {
        return None;
    }
    lexicon::cue(&low)?;
    let reach = (at + 3..unit.items.end.min(at + 4 + LONGEST)).find(|idx| sign(*idx, ","));
    let closes = reach.filter(|closes| *closes > at + 3)?;
    let sentence = verb.sentence;
    let same = |item: &Item| item.sentence == sentence && item.until == sentence;
    let first = unit.items.clone().find(|idx| items[*idx].sentence == sentence)?;
    let mut end = unit.items.clone().rfind(|idx| same(&items[*idx]))? + 1;
    if items[end - 1].form.shape & form::SIGN != 0 {
        end -= 1;
    }
    let (before, after) = (first..opens, closes + 1..end);
    if before.is_empty() || after.len() < 2 {
        return None;
    }
    Some(Draft {
        cue: at + 1..at + 2,
        source: Some(at + 3..closes),
        content: vec![before, after],
        probability: ASIDE,
    })
}
