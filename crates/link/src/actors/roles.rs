//! Which roles, and when? Titles as the reports word them; wordings of one title are one.

use super::lands::Lands;
use super::{Spoken, names};
use onrecord_terms::{Day, Role};
use std::collections::BTreeMap;

/// Titles in order of first day, then words, each in its most frequent wording.
pub(crate) fn roles(mentions: &[Spoken], lands: &Lands) -> Vec<Role> {
    /// Wordings with their counts, first and last day.
    type Seen<'a> = (BTreeMap<&'a str, usize>, Option<Day>, Option<Day>);
    let mut roles: BTreeMap<String, Seen> = BTreeMap::new();
    for m in mentions {
        let Some(title) = &m.speaker.role else { continue };
        let day: Option<Day> = m.article.published.map(|moment| moment.day);
        let (wordings, from, to) = roles.entry(key(title, lands)).or_default();
        *wordings.entry(title).or_default() += 1;
        *from = [*from, day].into_iter().flatten().min();
        *to = [*to, day].into_iter().flatten().max();
    }
    let mut roles: Vec<Role> = roles
        .into_values()
        .filter_map(|(wordings, from, to)| {
            let (title, _) = wordings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)))?;
            Some(Role { title: title.to_owned(), from, to })
        })
        .collect();
    roles.sort_by(|a, b| (a.from.is_none(), a.from, &a.title).cmp(&(b.from.is_none(), b.from, &b.title)));
    roles
}

/// One key for the wordings of a title: case, a leading country, -man and -woman, spelling on either side of the
/// Atlantic, "X of the Y" for "Y X".
fn key(title: &str, lands: &Lands) -> String {
    let folded = names::other(title);
    let swapped = [" of the ", " of ", " for the ", " for "].iter().find_map(|joint| {
        let (what, whose) = folded.split_once(joint)?;
        Some(format!("{whose} {what}"))
    });
    let words = swapped.unwrap_or(folded);
    let is_land = |word: &str| lands.spoken_for(word).is_some();
    let mut words: Vec<String> = words.split(' ').map(spelling).collect();
    if words.len() > 1 && is_land(&words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// source: Oxford English Dictionary, British and American spellings of words for offices.
fn spelling(word: &str) -> String {
    for ending in ["woman", "man", "person"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 3
        {
            return format!("{stem}person");
        }
    }
    match word {
        "defence" => "defense",
        "labour" => "labor",
        "centre" => "center",
        "chairperson" => "chair",
        "organiser" => "organizer",
        "counsellor" => "counselor",
        "premier" => "prime minister",
        other => other,
    }
    .to_owned()
}
