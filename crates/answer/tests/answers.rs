//! Questions to a small record made by hand: names, outlets and words are made up.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use onrecord_answer::{
    CellState, Days, PositionQuestion, Record, SaidQuestion, ShowView, position, said, search, show, stories,
    story, who,
};
use onrecord_store::{Derived, Entry, Links, Stages, fingerprint};
use onrecord_terms::{
    Act, Actor, Article, Body, Differs, Given, Kind, Mark, Media, Mention, Moment, Note, Page, Place,
    Placement, Quote, Rendering, Role, RunnerUp, Span, Speaker, SpeakerKind, Statement,
};

const STAGES: Stages = Stages { extract: 1, quote: 1, link: 1 };

/// A report: (name, outlet, date, text), and its quotes: (speaker, cue, words, act).
struct Report {
    name: &'static str,
    outlet: Option<&'static str>,
    date: Option<&'static str>,
    complete: bool,
    text: &'static str,
    quotes: &'static [(&'static str, &'static str, &'static str, Act)],
}

const REPORTS: [Report; 5] = [
    Report {
        name: "ledger",
        outlet: Some("Vale Ledger"),
        date: Some("2031-03-04T08:00:00Z"),
        complete: true,
        text: "Minister Ana Ruiz said: “We accept the Delta pact if the dam stays open.”\n\nThe river ran high.",
        quotes: &[("Ana Ruiz", "said", "“We accept the Delta pact if the dam stays open.”", Act::Support)],
    },
    Report {
        name: "courier",
        outlet: Some("Coast Courier"),
        date: Some("2031-03-04T12:00:00Z"),
        complete: true,
        text: "Ruiz announced her country accepts the Delta pact.\n\nAn official called it “good”.",
        quotes: &[
            ("Ana Ruiz", "announced", "her country accepts the Delta pact", Act::Support),
            ("An official", "called", "it “good”", Act::State),
        ],
    },
    Report {
        name: "post",
        outlet: Some("Hill Post"),
        date: Some("2031-03-05"),
        complete: true,
        text: "The talks on the Delta pact went on. Boats waited.",
        quotes: &[],
    },
    Report {
        name: "wire",
        outlet: Some("Bay Wire"),
        date: Some("2031-03-03"),
        complete: false,
        text: "Ministers met before the Delta pact. Read more …",
        quotes: &[],
    },
    Report {
        name: "old",
        outlet: None,
        date: None,
        complete: true,
        text: "“The Delta pact is dead,” Ruiz told reporters.",
        quotes: &[("Ana Ruiz", "told", "“The Delta pact is dead,”", Act::Reject)],
    },
];

fn entry(report: &Report) -> Entry {
    let page = Page {
        id: report.name.to_owned(),
        origin: format!("{}.txt", report.name),
        media: Media::Text,
        bytes: report.text.as_bytes().to_vec(),
        given: Given::default(),
    };
    let mut article = Article::new(report.name, Body::new(report.text.to_owned(), vec![], vec![]).unwrap());
    article.outlet = report.outlet.map(str::to_owned);
    article.published = report.date.and_then(Moment::parse);
    article.complete = report.complete;
    article.title = report.outlet.map(|outlet| format!("Pact talks in the {outlet}"));
    let quotes = report.quotes.iter().map(|quote| self::quote(&article, *quote)).collect();
    Entry {
        key: format!("/reports/{}.txt", report.name),
        place: format!("/reports/{}.txt", report.name),
        sha256: fingerprint(&page.bytes),
        page,
        derived: Derived {
            article,
            article_notes: vec![Note::new("made-by-hand", "Made by hand.")],
            quotes,
            quote_notes: vec![],
        },
    }
}

fn quote(article: &Article, (speaker, cue, words, act): (&str, &str, &str, Act)) -> Quote {
    let text = article.text();
    let of = |words: &str| Span::of(text, &text[text.find(words).unwrap()..][..words.len()]).unwrap();
    let kind = match (words.starts_with('“'), words.contains('“')) {
        (true, _) => Kind::Direct,
        (_, true) => Kind::Mixed,
        _ => Kind::Indirect,
    };
    let mut quote = Quote::new(article, Place::Text, kind, vec![], vec![of(cue)], vec![of(words)]).unwrap();
    let named = speaker.starts_with("Ana");
    quote.voice.speakers = vec![Speaker {
        name: speaker.to_owned(),
        kind: if named { SpeakerKind::Person } else { SpeakerKind::Unnamed },
        named,
        role: named.then(|| "minister".to_owned()),
        of: Some("Ardenia".to_owned()),
    }];
    quote.voice.confidence = if named { 0.9 } else { 0.5 };
    quote.voice.runner_up = (!named).then(|| RunnerUp { name: "Ana Ruiz".to_owned(), confidence: 0.3 });
    quote.sense.act = Some(act);
    quote.sense.condition = words.contains("if the dam stays open").then(|| of("if the dam stays open"));
    quote
}

/// A record with links as the link room would make them.
fn record() -> (tempfile::TempDir, Record) {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::open_or_create(&folder.path().join("test.db")).unwrap();
    let entries: Vec<Entry> = REPORTS.iter().map(entry).collect();
    record.add(&entries, STAGES, "2031-04-01T00:00:00Z").unwrap();
    let ordered = record.ordered().unwrap();
    let names: Vec<&str> = ordered.articles.iter().map(|(article, _)| article.id.as_str()).collect();
    assert_eq!(names, ["wire", "ledger", "courier", "post", "old"], "in time, undated last");
    let place =
        |story| Placement { story, thread: story, family: story, copy_of: None, why: vec![], late: None };
    let mut placements: Vec<Placement> = [0, 0, 0, 0, 4].map(place).to_vec();
    for (idx, placement) in placements.iter_mut().enumerate() {
        placement.family = idx;
        placement.thread = 0;
    }
    let ledger = &ordered.articles[1];
    let dam = ledger.1[0].sense.condition.unwrap();
    let rendering = |article, complete, marks| Rendering { article, quote: 0, complete, marks };
    let mention = |article, quote| Mention { article, quote, speaker: 0 };
    let person = |name: &str, kind, of, mentions| Actor {
        name: name.to_owned(),
        kind,
        named: kind != SpeakerKind::Unnamed,
        names: vec![name.to_owned()],
        roles: vec![Role { title: "minister".to_owned(), from: None, to: None }],
        of,
        mentions,
    };
    let links = Links {
        placements,
        actors: vec![
            person("Ardenia", SpeakerKind::Government, None, vec![]),
            person(
                "Ana Ruiz",
                SpeakerKind::Person,
                Some(0),
                vec![mention(1, 0), mention(2, 0), mention(4, 0)],
            ),
        ],
        statements: vec![Statement {
            renderings: vec![
                rendering(1, true, vec![Mark { span: dam, differs: Differs::Condition }]),
                rendering(2, false, vec![]),
            ],
            differs: vec![Differs::Verb, Differs::Condition],
            confidence: 0.8,
        }],
    };
    record.relink(&ordered, &links, 1).unwrap();
    (folder, record)
}

#[test]
fn stories_are_listed_with_the_undated_one_last() {
    let (_folder, record) = record();
    let view = stories(&record, 0, 10).unwrap();
    let rows: Vec<_> = view.stories.iter().map(|row| (row.first.as_deref(), row.reports)).collect();
    assert_eq!(rows, [(Some("2031-03-03"), 4), (None, 1)]);
    assert_eq!(view.stories[0].outlets, ["Bay Wire", "Vale Ledger", "Coast Courier", "Hill Post"]);
}

#[test]
fn the_coverage_table_says_absent_only_of_a_complete_text() {
    let (_folder, record) = record();
    let view = story(&record, 2).unwrap().expect("courier's story");
    assert_eq!(view, story(&record, 1).unwrap().unwrap(), "any article names its story");
    let row = &view.coverage.rows[0];
    assert_eq!(row.statement.outlets, ["Vale Ledger", "Coast Courier"]);
    let states: Vec<CellState> = row.cells.iter().map(|cell| cell.state).collect();
    use CellState::*;
    assert_eq!(states, [TextIncomplete, Quoted, Paraphrased, Absent]);
    // Told by the courier alone, some hours after the ledger came out: that day is the same.
    assert_eq!(view.coverage.rows[1].cells[1].state, Absent);
}

#[test]
fn a_statement_shows_its_renderings_and_what_differs() {
    let (_folder, record) = record();
    let Some(ShowView::Statement(view)) = show(&record, "st1").unwrap() else { panic!("a statement") };
    assert_eq!(view.row.differs, ["verb", "condition"]);
    assert_eq!((view.row.reports, view.row.independent), (2, 2));
    assert_eq!(view.row.condition.as_deref(), Some("if the dam stays open"));
    let marked: Vec<_> = view.renderings[0]
        .passage
        .pieces
        .iter()
        .filter(|p| p.differs.is_some())
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(marked, ["if the dam stays open"]);
    assert!(!view.renderings[1].complete);
    let others: Vec<_> = view.others.iter().map(|other| (other.outlet.as_str(), other.state)).collect();
    assert_eq!(others, [("Bay Wire", "text incomplete"), ("Hill Post", "absent")]);
    // The other quote of it names the same statement.
    let Some(ShowView::Statement(same)) = show(&record, "st2").unwrap() else { panic!("a statement") };
    assert_eq!(same, view);
}

#[test]
fn said_filters() {
    let (_folder, record) = record();
    let ask = |question: SaidQuestion| -> Vec<String> {
        let question = SaidQuestion { limit: 10, ..question };
        said(&record, &question).unwrap().statements.into_iter().map(|row| row.id).collect()
    };
    let word = |word: &str| Some(word.to_owned());
    assert_eq!(ask(SaidQuestion::default()), ["st1", "st3", "st4"], "newest first, undated last");
    assert_eq!(ask(SaidQuestion { who: word("Ruiz"), ..Default::default() }), ["st1", "st4"]);
    assert_eq!(ask(SaidQuestion { who: word("Nobody"), ..Default::default() }), [""; 0]);
    assert_eq!(ask(SaidQuestion { about: word("Delta pacts"), ..Default::default() }), ["st1", "st4"]);
    assert_eq!(ask(SaidQuestion { outlet: word("courier"), ..Default::default() }), ["st1", "st3"]);
    assert_eq!(ask(SaidQuestion { kind: Some(Kind::Mixed), ..Default::default() }), ["st3"]);
    assert_eq!(ask(SaidQuestion { act: Some(Act::Reject), ..Default::default() }), ["st4"]);
    assert_eq!(ask(SaidQuestion { on: Days::parse("2031-03"), ..Default::default() }), ["st1", "st3"]);
    assert_eq!(ask(SaidQuestion { since: Days::parse("2032"), ..Default::default() }), [""; 0]);
    assert_eq!(ask(SaidQuestion { story: word("s5"), ..Default::default() }), ["st4"]);
    assert_eq!(ask(SaidQuestion { retold: true, ..Default::default() }), ["st1"]);
}

#[test]
fn a_speaker_has_a_timeline_and_doubt_is_shown_apart() {
    let (_folder, record) = record();
    let view = who(&record, "ana-ruiz", 10).unwrap().unwrap();
    assert_eq!(view.timeline.len(), 1);
    assert_eq!(view.undated.len(), 1, "nothing pretends to an order in time");
    assert_eq!(view.actor.of.unwrap().name, "Ardenia");
    assert_eq!(view.doubtful[0].runner_up, "Ana Ruiz");
    assert_eq!(view.doubtful[0].speakers[0].name, "An official");
    assert_eq!(who(&record, "Somebody Else", 10).unwrap(), None);
}

#[test]
fn a_position_is_told_by_the_people_too() {
    let (_folder, record) = record();
    let ask = |on: &str| {
        let question = PositionQuestion {
            actor: "Ardenia".to_owned(),
            on: on.to_owned(),
            limit: 10,
            ..PositionQuestion::default()
        };
        position(&record, &question).unwrap().unwrap()
    };
    let view = ask("Delta pact");
    assert_eq!(view.points.len(), 1);
    assert_eq!(view.points[0].statement.act.as_deref(), Some("SUPPORT"));
    assert_eq!(view.points[0].statement.condition.as_deref(), Some("if the dam stays open"));
    assert_eq!(view.undated.len(), 1);
    assert!(ask("mountain").points.is_empty());
}

#[test]
fn search_marks_words_and_takes_any_typing() {
    let (_folder, record) = record();
    let view = search(&record, "dams", 0, 5).unwrap();
    let hits: Vec<_> =
        view.statements[0].passage.pieces.iter().filter(|p| p.hit).map(|p| p.text.as_str()).collect();
    assert_eq!(hits, ["dam"]);
    assert_eq!(view.articles.len(), 1);
    for typed in
        ["", "\"", "AND", "* NEAR(", "dam)", "\"dam\" -river OR", "col:umn", "^x {a b}: c", "-", "é“ ”"]
    {
        search(&record, typed, 0, 5).unwrap();
    }
}

#[test]
fn an_article_shows_its_quotes_in_place_and_where_it_comes_from() {
    let (_folder, record) = record();
    let Some(ShowView::Article(view)) = show(&record, "a1").unwrap() else { panic!("an article") };
    let words: String = view.paragraphs[0].passage.words();
    assert_eq!(words, REPORTS[0].text.split("\n\n").next().unwrap());
    assert_eq!(view.provenance.page_sha256, fingerprint(REPORTS[0].text.as_bytes()));
    assert_eq!(view.notes[0].code, "made-by-hand");
    assert!(record.verify().unwrap().failures.is_empty());
}

#[test]
fn a_changed_page_is_a_version_and_says_which_quote_changed() {
    let (_folder, mut record) = record();
    let changed = Report {
        text: "Minister Ana Ruiz said: “We accept the Delta pact if the dam stays shut.”",
        quotes: &[("Ana Ruiz", "said", "“We accept the Delta pact if the dam stays shut.”", Act::Support)],
        ..REPORTS[0]
    };
    record.add(&[entry(&changed)], STAGES, "2031-04-02T00:00:00Z").unwrap();
    assert!(!record.is_linked().unwrap());
    let Some(ShowView::Article(view)) = show(&record, "a1").unwrap() else { panic!("an article") };
    assert_eq!(view.versions.len(), 2);
    assert_eq!(view.changes[0].change, "reworded");
    let Some(ShowView::Article(old)) = show(&record, "a1v1").unwrap() else { panic!("the old one") };
    assert!(old.paragraphs[0].passage.words().contains("open"));
    assert_eq!(search(&record, "shut", 0, 5).unwrap().articles.len(), 1);
    assert_eq!(
        search(&record, "\"stays open\"", 0, 5).unwrap().articles.len(),
        0,
        "the latest version answers"
    );
    assert!(record.verify().unwrap().failures.is_empty());
}
