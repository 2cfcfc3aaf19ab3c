//! What is known of the mentions before any quote is read: who is quoted inside, who is a subject, which capital is which country.

use super::cast::{Cast, Entity};
use super::lexicon;
use super::mention::Mention;
use super::tokens::Token;
use onrecord_terms::{Article, Kind, Place, Quote, Span, SpeakerKind};
use std::collections::BTreeMap;

/// Whether each mention lies in the content of a quote.
pub(crate) fn inside(tokens: &[Token], mentions: &[Mention], quotes: &[Quote]) -> Vec<bool> {
    let mut spans: Vec<Span> = quotes
        .iter()
        .filter(|q| q.place() == Place::Text)
        .flat_map(|q| {
            // "Ruiz was asked how it ends": who is asked stands in the content, and is the subject all the same.
            let before = |s: &Span| q.cue().first().is_some_and(|cue| s.end() <= cue.start());
            let passive = q.kind() == Kind::Indirect && q.content().len() > 1;
            q.content().iter().copied().filter(move |s| !(passive && before(s)))
        })
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

/// The first token of each report on the page: as the body tells, and after lines of marks alone ("___").
pub(crate) fn item_starts(tokens: &[Token], article: &Article) -> Vec<usize> {
    let at = |byte: usize| tokens.partition_point(|t| t.end <= byte);
    let mut starts: Vec<usize> = article.body.items().iter().map(|item| at(item.start())).collect();
    let text = article.text();
    for (line, next) in article.body.paragraphs().iter().zip(article.body.paragraphs().iter().skip(1)) {
        let words = line.span.slice(text);
        if words.contains(['_', '*', '—', '-']) && !words.contains(char::is_alphanumeric) || is_hour(words)
        {
            starts.push(at(next.span.start()));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Whether a line is an hour alone, as live pages head their entries: "5:45 p.m."
fn is_hour(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.').to_lowercase().replace('.', "");
    let hour = line.strip_suffix("am").or_else(|| line.strip_suffix("pm")).map(str::trim_end);
    hour.is_some_and(|hour| {
        !hour.is_empty() && hour.len() < 6 && hour.chars().all(|c| c.is_ascii_digit() || c == ':')
    })
}

/// Whether each mention stands in the source of a quote.
pub(crate) fn sources(tokens: &[Token], mentions: &[Mention], quotes: &[Quote]) -> Vec<bool> {
    let mut out = vec![false; mentions.len()];
    for source in quotes.iter().filter(|q| q.place() == Place::Text).flat_map(|q| q.source()) {
        let (start, end) = super::source::tokens_in(tokens, *source);
        let from = mentions.partition_point(|m| m.last < start);
        for (idx, _) in mentions.iter().enumerate().skip(from).take_while(|(_, m)| m.first < end) {
            out[idx] = true;
        }
    }
    out
}

/// Whether each mention is the first of its sentence outside contents, with no preposition before it.
pub(crate) fn subjects(tokens: &[Token], mentions: &[Mention], inside: &[bool]) -> Vec<bool> {
    let mut last = None;
    let mut out = Vec::with_capacity(mentions.len());
    for (idx, (mention, inside)) in mentions.iter().zip(inside).enumerate() {
        // "Lind campaign spokesman Ivo Rau": Lind is part of the office.
        if mentions.get(idx + 1).is_some_and(|next| next.lead <= mention.first) {
            out.push(false);
            continue;
        }
        let sentence = tokens[mention.first].sentence;
        let word = |at: usize| at.checked_sub(1).map(|at| tokens[at].lower.as_str());
        let before = match word(mention.lead) {
            Some("the") => word(mention.lead - 1),
            before => before,
        };
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
