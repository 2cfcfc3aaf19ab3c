//! How does an outlet tell what is said, and whom does it quote? Each figure twice: of all its reports, and of those that
//! are no wire copy.
//!
//! The words that ascribe are counted as they stand, their forms together; nothing is weighed or labelled.

use crate::ids::Id;
use crate::shelf::Shelf;
use crate::views::SpeakerRef;
use onrecord_store::{Record, Result, StoredOutlet};
use onrecord_terms::quote::join;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A figure of all reports, and of those that are no wire copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareView {
    /// Of all reports.
    pub all: i64,
    /// Of those that are no wire copy.
    pub own: i64,
}

impl ShareView {
    fn of([all, own]: [i64; 2]) -> ShareView {
        ShareView { all, own }
    }

    fn add(&mut self, wire: bool) {
        self.all += 1;
        self.own += i64::from(!wire);
    }
}

/// One outlet in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletRow {
    /// Its name; null for the reports whose outlet is not known.
    pub outlet: Option<String>,
    /// Reports in the record.
    pub reports: ShareView,
    /// Quotes in them.
    pub quotes: ShareView,
    /// Wholly in quotation marks.
    pub direct: ShareView,
    /// Partly in quotation marks.
    pub mixed: ShareView,
    /// In the outlet's words.
    pub indirect: ShareView,
    /// First day of publication in the record.
    pub first: Option<String>,
    /// Last one.
    pub last: Option<String>,
}

/// Every outlet of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletsView {
    /// Those with most reports first; the reports whose outlet is not known last.
    pub outlets: Vec<OutletRow>,
}

/// One outlet: the words with which it ascribes, and whom it quotes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutletView {
    /// The row.
    #[serde(flatten)]
    pub row: OutletRow,
    /// Quotes with a named speaker.
    pub named: ShareView,
    /// Quotes of somebody without a name.
    pub unnamed: ShareView,
    /// Quotes whose speaker is not known.
    pub not_known: ShareView,
    /// How many quotes have no words that ascribe.
    pub without_verb: ShareView,
    /// Words that ascribe, the most frequent first.
    pub verbs: Vec<VerbView>,
    /// Whom it quotes, the most frequent first.
    pub quoted: Vec<QuotedView>,
}

/// Words that ascribe, their forms together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerbView {
    /// The most frequent form, in small letters.
    pub verb: String,
    /// Every form, the most frequent first.
    pub forms: Vec<String>,
    /// Quotes that it ascribes.
    pub quotes: ShareView,
    /// The first of them, `q345`.
    pub example: String,
}

/// Somebody whom it quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotedView {
    /// Who.
    pub speaker: SpeakerRef,
    /// In how many quotes.
    pub quotes: ShareView,
    /// In how many reports.
    pub reports: ShareView,
}

/// Every outlet, those with most reports first.
pub fn outlets(record: &Record) -> Result<OutletsView> {
    Ok(OutletsView { outlets: record.outlets()?.iter().map(row).collect() })
}

fn row(stored: &StoredOutlet) -> OutletRow {
    let indirect = [0, 1].map(|at| stored.quotes[at] - stored.direct[at] - stored.mixed[at]);
    OutletRow {
        outlet: stored.outlet.clone(),
        reports: ShareView::of(stored.reports),
        quotes: ShareView::of(stored.quotes),
        direct: ShareView::of(stored.direct),
        mixed: ShareView::of(stored.mixed),
        indirect: ShareView::of(indirect),
        first: stored.first.clone(),
        last: stored.last.clone(),
    }
}

/// The outlet of this name, in any case of its letters; else the only one whose name holds it.
pub fn outlet(record: &Record, name: &str) -> Result<Option<OutletView>> {
    let all = record.outlets()?;
    let asked = name.to_lowercase();
    let named = |stored: &&StoredOutlet| stored.outlet.as_ref().is_some_and(|n| n.to_lowercase() == asked);
    let holds =
        |stored: &&StoredOutlet| stored.outlet.as_ref().is_some_and(|n| n.to_lowercase().contains(&asked));
    let part: Vec<&StoredOutlet> = all.iter().filter(holds).collect();
    let exact = all.iter().find(|stored| stored.outlet.as_deref() == Some(name));
    let only = if part.len() == 1 { part.first().copied() } else { None };
    match exact.or(all.iter().find(named)).or(only) {
        Some(stored) => profile(record, stored).map(Some),
        None => Ok(None),
    }
}

/// One form's quotes, and the first of them.
#[derive(Default)]
struct Verb {
    forms: BTreeMap<String, i64>,
    quotes: ShareView,
    example: Option<i64>,
}

fn profile(record: &Record, stored: &StoredOutlet) -> Result<OutletView> {
    let shelf = Shelf::new(record);
    let mut view = OutletView {
        row: row(stored),
        named: ShareView::default(),
        unnamed: ShareView::default(),
        not_known: ShareView::default(),
        without_verb: ShareView::default(),
        verbs: Vec::new(),
        quoted: Vec::new(),
    };
    let mut verbs: BTreeMap<String, Verb> = BTreeMap::new();
    let mut quoted: BTreeMap<String, QuotedView> = BTreeMap::new();
    for at in record.pages_of_outlet(stored.outlet.as_deref().unwrap_or_default())? {
        let Some(shelved) = shelf.article(at.page)? else { continue };
        let mut here: Vec<String> = Vec::new();
        for (idx, told) in shelved.quotes.iter().enumerate() {
            let quote = &told.quote;
            // A long quotation in parts counts once.
            if idx > 0 && quote.goes_on_from(&shelved.quotes[idx - 1].quote) {
                continue;
            }
            let text = quote.place().text(shelved.article());
            match verb_of(&join(text, quote.cue())) {
                None => view.without_verb.add(at.wire),
                Some((key, form)) => {
                    let verb = verbs.entry(key).or_default();
                    *verb.forms.entry(form).or_default() += 1;
                    verb.quotes.add(at.wire);
                    verb.example.get_or_insert(told.id);
                }
            }
            let speakers = shelf.speakers(told)?;
            match speakers.iter().any(|speaker| speaker.named) {
                _ if speakers.is_empty() => view.not_known.add(at.wire),
                true => view.named.add(at.wire),
                false => view.unnamed.add(at.wire),
            }
            for speaker in speakers.into_iter().filter(|speaker| speaker.named) {
                let key = speaker.id.clone().unwrap_or_else(|| speaker.name.clone());
                let fresh =
                    || QuotedView { speaker, quotes: ShareView::default(), reports: ShareView::default() };
                let one = quoted.entry(key.clone()).or_insert_with(fresh);
                one.quotes.add(at.wire);
                if !here.contains(&key) {
                    one.reports.add(at.wire);
                    here.push(key);
                }
            }
        }
    }
    view.verbs = verbs.into_values().map(Verb::view).collect();
    view.verbs.sort_by(|a, b| b.quotes.all.cmp(&a.quotes.all).then(a.verb.cmp(&b.verb)));
    view.quoted = quoted.into_values().collect();
    let order = |one: &QuotedView| (Reverse(one.quotes.all), one.speaker.name.clone());
    view.quoted.sort_by_cached_key(order);
    // The fullest name over the record.
    for one in &mut view.quoted {
        let Some(slug) = &one.speaker.id else { continue };
        if let Some(actor) = record.actor_with_slug(slug)? {
            one.speaker = shelf.actor_ref(actor)?.unwrap_or_else(|| one.speaker.clone());
        }
    }
    Ok(view)
}

impl Verb {
    fn view(self) -> VerbView {
        let mut forms: Vec<(i64, String)> = self.forms.into_iter().map(|(form, n)| (n, form)).collect();
        forms.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let forms: Vec<String> = forms.into_iter().map(|(_, form)| form).collect();
        VerbView {
            verb: forms.first().cloned().unwrap_or_default(),
            forms,
            quotes: self.quotes,
            example: self.example.map(|id| Id::Quote(id).to_string()).unwrap_or_default(),
        }
    }
}

/// What the forms of the verb in a cue share, and the form that stands there: of its first word that is no auxiliary,
/// adverb or conjunction. Nothing for a cue without letters.
fn verb_of(cue: &str) -> Option<(String, String)> {
    let words: Vec<String> = cue
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    let helps = |word: &&String| !HELPS.contains(&word.as_str()) && !word.ends_with("ly");
    let form = words.iter().find(helps).or(words.last())?.clone();
    let form = if form == "according" { "according to".to_owned() } else { form };
    let known = FORMS.iter().find(|(_, forms)| forms.contains(&form.as_str()));
    Some((known.map_or_else(|| bare(&form), |(key, _)| (*key).to_owned()), form))
}

/// A form without its regular ending.
fn bare(form: &str) -> String {
    let cut = ["ing", "ied", "ies", "ed", "es", "s"].iter().find_map(|ending| {
        let head = form.strip_suffix(ending).filter(|head| head.len() > 2)?;
        Some(if ending.starts_with('i') && *ending != "ing" { format!("{head}y") } else { head.to_owned() })
    });
    let head = cut.unwrap_or_else(|| form.to_owned());
    let head = head.strip_suffix('e').map(str::to_owned).unwrap_or(head);
    let letters: Vec<char> = head.chars().collect();
    match letters.as_slice() {
        [.., a, b] if a == b && !matches!(b, 's' | 'l') => letters[..letters.len() - 1].iter().collect(),
        _ => head,
    }
}

/// Words of a cue that are not its verb.
/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 3.21–3.52, 8.88.
const HELPS: &[&str] = &[
    "has", "have", "had", "having", "is", "are", "was", "were", "be", "been", "being", "will", "would",
    "can", "could", "may", "might", "should", "must", "does", "do", "did", "not", "also", "then", "later",
    "earlier", "even", "just", "again", "now", "still", "first", "once", "never", "and", "but", "as", "who",
    "which", "that", "he", "she", "it", "they", "to", "the", "a", "an", "in", "on", "at", "s", "his", "her",
    "its", "their", "ever",
];

/// Forms that no ending tells.
/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 3.11–3.20.
const FORMS: &[(&str, &[&str])] = &[
    ("say", &["said", "say", "says", "saying"]),
    ("tell", &["told", "tell", "tells", "telling"]),
    ("write", &["wrote", "write", "writes", "written", "writing"]),
    ("think", &["thought", "think", "thinks", "thinking"]),
    ("speak", &["spoke", "speak", "speaks", "spoken", "speaking"]),
    ("know", &["knew", "know", "knows", "known"]),
    ("find", &["found", "find", "finds"]),
    ("hold", &["held", "hold", "holds"]),
    ("make", &["made", "make", "makes", "making"]),
    ("give", &["gave", "give", "gives", "given", "giving"]),
    ("show", &["showed", "show", "shows", "shown", "showing"]),
    ("see", &["saw", "see", "sees", "seen"]),
    ("hear", &["heard", "hear", "hears"]),
    ("feel", &["felt", "feel", "feels"]),
    ("put", &["put", "puts", "putting"]),
    ("mean", &["meant", "mean", "means"]),
    ("swear", &["swore", "swear", "swears", "sworn"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn forms_of_a_verb_are_counted_together() {
        let key = |cue: &str| verb_of(cue).map(|(key, _)| key);
        for same in [
            ["said", "has also said in a statement"],
            ["warned", "warning"],
            ["denies", "denied"],
            ["admitted", "admits"],
            ["claimed", "repeatedly claims"],
            ["insisted", "insisting"],
            ["accused", "accuses"],
        ] {
            assert_eq!(key(same[0]), key(same[1]), "{same:?}");
        }
        assert_ne!(key("claimed"), key("said"));
        assert_eq!(verb_of("according to").map(|(_, form)| form).as_deref(), Some("according to"));
        assert_eq!((key(":"), key("")), (None, None));
    }

    #[test]
    fn the_tables_have_each_form_once() {
        let forms: Vec<&str> = FORMS.iter().flat_map(|(_, forms)| forms.iter().copied()).collect();
        assert_eq!(forms.iter().collect::<BTreeSet<_>>().len(), forms.len());
        assert_eq!(HELPS.iter().collect::<BTreeSet<_>>().len(), HELPS.len());
        assert!(forms.iter().all(|form| !HELPS.contains(form)));
    }
}
