//! One story told by several outlets: near passages, words in contrast, lost negations, profiles with and without wire.
//! Names, outlets and words are made up.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use onrecord_answer::{CellState, Contrasts, Record, ShareView, outlet, outlets, statement, story_with};
use onrecord_store::{Derived, Entry, Links, Stages, fingerprint};
use onrecord_terms::{
    Actor, Article, Body, Given, Kind, Media, Mention, Moment, Page, Place, Placement, Quote, Rendering,
    Span, Speaker, SpeakerKind, Statement,
};

const STAGES: Stages = Stages { extract: 1, quote: 1, link: 1 };

/// (outlet, headline, text, quotes as (cue, words)); all of Ana Ruiz, on one day.
type Report = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const REPORTS: [Report; 5] = [
    (
        "Vale Ledger",
        "Ruiz on the ferry",
        "“We will not reopen the northern terminal before May,” Ana Ruiz said on Monday. \
         Crews brought the rescued sailors to the harbour.\n\nThe hostages held on the island were freed in March.",
        &[("said", "“We will not reopen the northern terminal before May,”")],
    ),
    (
        "Coast Courier",
        "Minister: ‘Reopen the northern terminal’",
        "Ana Ruiz claimed she would “reopen the northern terminal before May”. \
         Crews brought the rescued castaways to the harbour.\n\nThe captives freed on the island came home.",
        &[("claimed", "she would “reopen the northern terminal before May”")],
    ),
    (
        "Hill Post",
        "Ferry waits",
        "The northern terminal would stay shut and not reopen until May, the minister let it be known. A march is planned.",
        &[],
    ),
    ("Bay Wire", "Boats", "The boats waited in the rain. Inspectors came and went in March.", &[]),
    (
        "Dune Daily",
        "Ruiz on the ferry",
        "“We will not reopen the northern terminal before May,” Ana Ruiz said on Monday.",
        &[("said", "“We will not reopen the northern terminal before May,”")],
    ),
];

fn record() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::open_or_create(&folder.path().join("test.db")).unwrap();
    let entries: Vec<Entry> = REPORTS.iter().enumerate().map(|(idx, report)| entry(idx, report)).collect();
    record.add(&entries, STAGES, "2031-04-01T00:00:00Z").unwrap();
    let ordered = record.ordered().unwrap();
    let outlets: Vec<_> =
        ordered.articles.iter().map(|(article, _)| article.outlet.clone().unwrap()).collect();
    assert_eq!(outlets, REPORTS.map(|report| report.0));
    let place = |idx: usize| {
        let copy_of = (idx == 4).then_some(0);
        Placement { story: 0, thread: 0, family: copy_of.unwrap_or(idx), copy_of, why: vec![], late: None }
    };
    let rendering = |article| Rendering { article, quote: 0, complete: true, marks: vec![] };
    let mention = |article| Mention { article, quote: 0, speaker: 0 };
    let links = Links {
        placements: (0..REPORTS.len()).map(place).collect(),
        actors: vec![Actor {
            name: "Ana Ruiz".to_owned(),
            kind: SpeakerKind::Person,
            named: true,
            names: vec!["Ana Ruiz".to_owned()],
            roles: vec![],
            of: None,
            mentions: [0, 1, 4].map(mention).to_vec(),
        }],
        statements: vec![Statement {
            renderings: [0, 1, 4].map(rendering).to_vec(),
            differs: vec![],
            confidence: 0.9,
        }],
    };
    record.relink(&ordered, &links, 1).unwrap();
    (folder, record)
}

fn entry(idx: usize, (outlet, title, text, quotes): &Report) -> Entry {
    let name = format!("r{idx}");
    let mut article = Article::new(&name, Body::new((*text).to_owned(), vec![], vec![]).unwrap());
    article.outlet = Some((*outlet).to_owned());
    article.title = Some((*title).to_owned());
    article.published = Moment::parse(&format!("2031-03-04T0{idx}:00:00Z"));
    article.complete = true;
    let quotes = quotes.iter().map(|(cue, words)| quote(&article, cue, words)).collect();
    let page = Page {
        id: name.clone(),
        origin: format!("{name}.txt"),
        media: Media::Text,
        bytes: text.as_bytes().to_vec(),
        given: Given::default(),
    };
    let key = format!("/reports/{name}.txt");
    let derived = Derived { article, article_notes: vec![], quotes, quote_notes: vec![] };
    Entry { place: key.clone(), key, sha256: fingerprint(&page.bytes), page, derived }
}

fn quote(article: &Article, cue: &str, words: &str) -> Quote {
    let text = article.text();
    let of = |words: &str| Span::of(text, &text[text.find(words).unwrap()..][..words.len()]).unwrap();
    let kind = if words.starts_with('“') { Kind::Direct } else { Kind::Mixed };
    let mut quote = Quote::new(article, Place::Text, kind, vec![], vec![of(cue)], vec![of(words)]).unwrap();
    quote.voice.speakers = vec![Speaker {
        name: "Ana Ruiz".to_owned(),
        kind: SpeakerKind::Person,
        named: true,
        role: None,
        of: None,
    }];
    quote.voice.confidence = 0.9;
    quote
}

#[test]
fn nothing_is_absent_where_similar_words_stand() {
    let (_folder, record) = record();
    let view = story_with(&record, 1, &Contrasts::built_in()).unwrap().unwrap();
    let row = &view.coverage.rows[0];
    let states: Vec<CellState> = row.cells.iter().map(|cell| cell.state).collect();
    use CellState::*;
    assert_eq!(states, [Quoted, Partly, Perhaps, Absent, Quoted]);
    let near = row.cells[2].near.as_ref().unwrap();
    assert_eq!((near.article.as_str(), near.quote.as_ref()), ("a3", None));
    assert!(near.words.starts_with("The northern terminal would stay shut"));
    assert_eq!((row.statement.reports, row.statement.independent), (3, 2), "copies count once");
    let view = statement(&record, 1).unwrap().unwrap();
    let others: Vec<_> = view.others.iter().map(|other| (other.outlet.as_str(), other.state)).collect();
    assert_eq!(others, [("Hill Post", "perhaps"), ("Bay Wire", "absent")]);
}

#[test]
fn a_lost_negation_is_told_where_it_is_lost() {
    let (_folder, record) = record();
    let view = story_with(&record, 1, &Contrasts::built_in()).unwrap().unwrap();
    let gone: Vec<bool> = view.coverage.rows[0].cells.iter().map(|cell| cell.negation_gone).collect();
    assert_eq!(gone, [false, true, false, false, false]);
    let view = statement(&record, 1).unwrap().unwrap();
    let codes: Vec<Vec<&str>> =
        view.renderings.iter().map(|told| told.caveats.iter().map(|caveat| caveat.code).collect()).collect();
    assert_eq!(codes, [vec![], vec!["negation-not-here"], vec![]]);
}

#[test]
fn words_in_contrast_stand_in_sentences_about_the_same() {
    let (_folder, record) = record();
    let view = story_with(&record, 1, &Contrasts::built_in()).unwrap().unwrap();
    let found: Vec<(&str, &str)> = view.contrasts.iter().map(|c| (c.concept.as_str(), c.found)).collect();
    // "March", the month, is no protest; the terminal's “shut” and “reopen” are not on the list.
    assert_eq!(found, [("people held", "list"), ("sailors / castaways", "alignment")]);
    let words: Vec<(&str, &str)> = view.contrasts[0]
        .words
        .iter()
        .map(|word| (word.word.as_str(), word.uses[0].sentence.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            ("hostage", "The hostages held on the island were freed in March."),
            ("captive", "The captives freed on the island came home.")
        ]
    );
    let own = Contrasts::parse("boats\tboats\tferry");
    let view = story_with(&record, 1, &own).unwrap().unwrap();
    assert!(view.contrasts.iter().all(|c| c.found == "alignment"), "the reader's list stands in its place");
}

#[test]
fn an_outlet_is_counted_with_and_without_wire_copy() {
    let (_folder, record) = record();
    let view = outlets(&record).unwrap();
    let names: Vec<_> = view.outlets.iter().filter_map(|row| row.outlet.as_deref()).collect();
    assert_eq!(names, ["Bay Wire", "Coast Courier", "Dune Daily", "Hill Post", "Vale Ledger"]);
    let share = |all, own| ShareView { all, own };
    assert_eq!(view.outlets[2].reports, share(1, 0));
    assert_eq!(view.outlets[4].direct, share(1, 1));
    let courier = outlet(&record, "coast courier").unwrap().unwrap();
    assert_eq!((courier.verbs[0].verb.as_str(), courier.verbs[0].quotes), ("claimed", share(1, 1)));
    assert_eq!(courier.quoted[0].speaker.name, "Ana Ruiz");
    let daily = outlet(&record, "Dune").unwrap().unwrap();
    assert_eq!((daily.verbs[0].quotes, daily.quoted[0].reports), (share(1, 0), share(1, 0)));
    assert_eq!(outlet(&record, "nobody").unwrap(), None);
}
