//! What is known of the mentions before any quote is read: who is quoted inside, who is a subject, which capital is which country.

use super::cast::{Cast, Entity};
use super::lexicon;
use super::mention::Mention;
use super::tokens::Token;
use onrecord_terms::{Place, Quote, Span, SpeakerKind};
use std::collections::BTreeMap;

/// Whether each mention lies in the content of a quote.
pub(crate) fn inside(tokens: &[Token], mentions: &[Mention], quotes: &[Quote]) -> Vec<bool> {
    let mut spans: Vec<Span> = quotes
        .iter()
        .filter(|q| q.place() == Place::Text)
        .flat_map(|q| q.content().iter().copied())
        .collect();
    spans.sort_unstable();
    let mut reach = 0;
    let mut next = 0;
    mentions
        .iter()
        .map(|m| {
            let at = tokens[m.first].start;
            while next < spans.len() && spans[next].start() <= at {
                reach = reach.max(spans[next].end());
                next += 1;
            }
            at < reach
        })
        .collect()
}

/// Whether each mention is the first of its sentence outside contents, with no preposition before it.
pub(crate) fn subjects(tokens: &[Token], mentions: &[Mention], inside: &[bool]) -> Vec<bool> {
    let mut last = None;
    let mut out = Vec::with_capacity(mentions.len());
    for (mention, inside) in mentions.iter().zip(inside) {
        let sentence = tokens[mention.first].sentence;
        let before = mention.lead.checked_sub(1).map(|at| tokens[at].lower.as_str());
        let bound = before.is_some_and(|w| {
            matches!(
                w,
                "of" | "for" | "in" | "at" | "from" | "with" | "to" | "on" | "about" | "against" | "by"
            )
        });
        let subject = !inside && !mention.weak && !mention.owner && !bound && last != Some(sentence);
        if subject {
            last = Some(sentence);
        }
        out.push(subject);
    }
    out
}

/// A capital that stands for its country is the country, where the article names both.
pub(crate) fn capitals(cast: &Cast) -> BTreeMap<usize, usize> {
    let governments = || cast.entities.iter().enumerate().filter(|(_, e)| e.kind == SpeakerKind::Government);
    let is = |e: &Entity, form| lexicon::country(&e.name, &[form]).is_some();
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for (idx, entity) in governments().filter(|(_, e)| is(e, lexicon::Form::Name)) {
        if let Some(of) = &entity.of {
            countries.entry(of).or_insert(idx);
        }
    }
    let capital = |(idx, e): (usize, &Entity)| Some((idx, *countries.get(e.of.as_deref()?)?));
    governments()
        .filter(|(_, e)| is(e, lexicon::Form::Capital) && !is(e, lexicon::Form::Name))
        .filter_map(capital)
        .collect()
}
