//! The record as a file: what goes in comes out, and nothing that goes wrong harms it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use onrecord_store::{Added, Derived, Entry, Links, Mark, Record, Stages, fingerprint};
use onrecord_terms::{
    Act, Article, Body, Circumstances, Given, Hop, How, Kind, Lang, Media, Mode, Moment, Note, Page,
    ParagraphKind, Place, Precision, Quote, RunnerUp, Said, Sense, Span, Speaker, SpeakerKind, Voice,
};
use std::path::PathBuf;

const STAGES: Stages = Stages { extract: 3, quote: 5, link: 7 };

/// An article in which every fact is given, with one quote in the text and one in the headline.
fn full(name: &str, words: &str) -> Entry {
    let text = format!("Ana Ruiz, the mayor, said: “{words} if the rain ends.”");
    let body = Body::from_reports(&[
        vec![(ParagraphKind::Heading, "First"), (ParagraphKind::Text, text.as_str())],
        vec![(ParagraphKind::BlockQuote, "Zweiter Bericht – ü.")],
    ]);
    let mut article = Article::new(name, body);
    article.url = Some(format!("https://ledger.example/{name}"));
    article.outlet = Some("Vale Ledger".to_owned());
    article.title = Some("Ruiz: “We go”".to_owned());
    article.byline = vec!["Bo Lind".to_owned(), "Cy Marsh".to_owned()];
    article.published = Moment::parse("2031-03-04T10:00:00+02:00");
    article.modified = Moment::parse("2031-03-05");
    article.language = Some(Lang::ENGLISH);
    article.agencies = vec!["Agency A".to_owned()];
    article.complete = false;
    let of = |text: &str, part: &str| {
        let at = text.find(part).unwrap();
        Span::new(text, at, at + part.len()).unwrap()
    };
    let text = article.text().to_owned();
    let content = format!("“{words} if the rain ends.”");
    let mut quote = Quote::new(
        &article,
        Place::Text,
        Kind::Direct,
        vec![of(&text, "Ana Ruiz")],
        vec![of(&text, "said")],
        vec![of(&text, &content)],
    )
    .unwrap()
    .in_sentence(&article, of(&text, &format!("Ana Ruiz, the mayor, said: {content}")));
    quote.confidence = 0.123_456;
    quote.voice = Voice {
        speakers: vec![Speaker {
            name: "Ana Ruiz".to_owned(),
            kind: SpeakerKind::Person,
            named: true,
            role: Some("mayor".to_owned()),
            of: Some("Vale".to_owned()),
        }],
        confidence: 0.9,
        runner_up: Some(RunnerUp { name: "Bo Lind".to_owned(), confidence: 0.05 }),
    };
    quote.sense = Sense {
        mode: Some(Mode::Speech),
        act: Some(Act::Promise),
        target: Some("the crossing".to_owned()),
        condition: Some(of(&text, "if the rain ends")),
        said_on: onrecord_terms::Day::parse("2031-03-03"),
        venue: Some("reporters".to_owned()),
        beside: Circumstances {
            hops: vec![
                Hop { through: Some("Vale Radio".to_owned()), how: How::Told },
                Hop { through: None, how: How::Hearsay },
            ],
            said: Some(Said {
                on: onrecord_terms::Day::parse("2031-03-03"),
                precision: Precision::Day,
                words: "on Monday".to_owned(),
            }),
            addressee: Some("reporters".to_owned()),
            medium: Some("interview".to_owned()),
        },
    };
    let title = article.headline().to_owned();
    let headline = Quote::new(
        &article,
        Place::Title,
        Kind::Direct,
        vec![of(&title, "Ruiz")],
        vec![],
        vec![of(&title, "“We go”")],
    )
    .unwrap();
    let page = Page {
        id: name.to_owned(),
        origin: format!("{name}.html"),
        media: Media::Html,
        bytes: format!("<p>{words}</p>").into_bytes(),
        given: Given { outlet: Some("Vale Ledger".to_owned()), ..Given::default() },
    };
    Entry {
        key: format!("https://ledger.example/{name}"),
        place: format!("/in/{name}.html"),
        sha256: fingerprint(&page.bytes),
        page,
        derived: Derived {
            article,
            article_notes: vec![Note::new("odd", "Something was odd.")],
            quotes: vec![headline, quote],
            quote_notes: vec![],
        },
    }
}

fn path() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    (folder, path)
}

fn nothing_linked() -> Links {
    Links { placements: vec![], actors: vec![], statements: vec![] }
}

#[test]
fn what_goes_in_comes_out() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    let entry = full("one", "We go");
    assert_eq!(record.add(&[full("one", "We go")], STAGES, "2031-04-01T00:00:00Z").unwrap(), [Added::New(1)]);
    let stored = Record::open(&path).unwrap().article(1).unwrap().unwrap();
    assert_eq!(stored.article, entry.derived.article);
    assert_eq!(stored.notes, entry.derived.article_notes);
    assert_eq!((stored.extract_stage, stored.quote_stage), (3, 5));
    assert_eq!(stored.version.given, entry.page.given);
    let quotes: Vec<Quote> = record.quotes(&stored).unwrap().into_iter().map(|stored| stored.quote).collect();
    assert_eq!(quotes, entry.derived.quotes);
    assert!(record.known("/in/one.html", &entry.page, &entry.sha256).unwrap().unwrap().latest);
    assert!(record.verify().unwrap().failures.is_empty());
}

#[test]
fn the_same_bytes_fetched_at_another_moment_are_known() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    let fetched = |moment: &str| {
        let mut entry = full("one", "We go");
        entry.page.given.fetched = onrecord_terms::Moment::parse(moment);
        entry.page.given.charset = Some("koi8-r".to_owned());
        entry.page.given.cut = true;
        entry
    };
    let (first, second) = (fetched("2031-03-04T10:00:00Z"), fetched("2031-03-05T11:00:00Z"));
    assert_eq!(record.add(&[first], STAGES, "2031-04-01T00:00:00Z").unwrap(), [Added::New(1)]);
    assert!(record.known("/in/one.html", &second.page, &second.sha256).unwrap().is_some());
    assert_eq!(record.add(&[second], STAGES, "2031-04-01T00:00:00Z").unwrap(), [Added::Unchanged(1)]);
    let given = record.article(1).unwrap().unwrap().version.given;
    assert_eq!(given, fetched("2031-03-04T10:00:00Z").page.given);
}

#[test]
fn marks_are_kept_replaced_and_forgotten() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    assert_eq!(record.marks().unwrap(), []);
    let mark = |at: &str, done| Mark {
        place: "/in/a.warc".to_owned(),
        stamp: "s".to_owned(),
        at: at.to_owned(),
        n_pages: 3,
        done,
    };
    record.mark(&[mark("1", false), mark("2", true)]).unwrap();
    assert_eq!(Record::open(&path).unwrap().marks().unwrap(), [mark("2", true)]);
    record.unmark("/in/a.warc").unwrap();
    assert_eq!(record.marks().unwrap(), []);
}

#[test]
fn a_page_is_known_by_its_key_and_its_bytes() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    let mut add = |entry: Entry| record.add(&[entry], STAGES, "2031-04-01T00:00:00Z").unwrap()[0];
    assert_eq!(add(full("one", "We go")), Added::New(1));
    assert_eq!(
        add(Entry { place: "/other/copy.html".to_owned(), ..full("one", "We go") }),
        Added::Unchanged(1)
    );
    assert_eq!(add(full("one", "We stay")), Added::Version(1));
    assert_eq!(add(full("one", "We go")), Added::Unchanged(1), "an old version again changes nothing");
    assert_eq!(add(full("two", "We go")), Added::New(2));
    // Known by its place first, by its address once that is known.
    assert_eq!(add(Entry { key: "/in/three.html".to_owned(), ..full("three", "We go") }), Added::New(3));
    assert_eq!(add(full("three", "We stay")), Added::Version(3));
}

#[test]
fn a_version_of_an_earlier_moment_is_not_the_latest() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    let mut older = full("one", "We stay");
    older.derived.article.modified = Moment::parse("2031-03-04T12:00:00Z");
    record.add(&[full("one", "We go"), older], STAGES, "2031-04-01T00:00:00Z").unwrap();
    assert!(record.article(1).unwrap().unwrap().article.text().contains("We go"));
    let versions = record.versions(1).unwrap();
    let numbers: Vec<_> =
        versions.iter().map(|version| (version.number, version.id, version.latest)).collect();
    assert_eq!(numbers, [(1, 2, false), (2, 1, true)], "numbered by the moments that the pages tell");
}

#[test]
fn every_quote_is_in_a_statement_and_every_speaker_an_actor() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    record.add(&[full("one", "We go"), full("two", "We stay")], STAGES, "2031-04-01T00:00:00Z").unwrap();
    assert!(!record.is_linked().unwrap());
    let ordered = record.ordered().unwrap();
    record.relink(&ordered, &nothing_linked(), 7).unwrap();
    assert!(record.is_linked().unwrap());
    let counts = record.counts().unwrap();
    assert_eq!((counts.statements, counts.actors, counts.stories), (4, 1, 2));
    assert_eq!(record.actors_named("ruiz").unwrap(), record.actors_named("Ana Ruiz").unwrap());
    assert!(record.verify().unwrap().failures.is_empty());
}

#[test]
fn a_rebuild_keeps_the_numbers_of_quotes_or_changes_nothing() {
    let (_folder, path) = path();
    let mut record = Record::open_or_create(&path).unwrap();
    record.add(&[full("one", "We go"), full("two", "We stay")], STAGES, "2031-04-01T00:00:00Z").unwrap();
    let before = std::fs::read(&path).unwrap();
    let mut rebuild = record.rebuild(STAGES).unwrap();
    assert_eq!(rebuild.next_pages(10).unwrap().len(), 2);
    rebuild.put(1, &full("one", "We go").derived).unwrap();
    drop(rebuild);
    assert_eq!(std::fs::read(&path).unwrap(), before, "dropped, it changed nothing");
    let mut rebuild = record.rebuild(STAGES).unwrap();
    for (version, page) in rebuild.next_pages(10).unwrap() {
        let words = if page.id == "one" { "We go" } else { "We stay" };
        let mut derived = full(&page.id, words).derived;
        if page.id == "one" {
            derived.quotes.remove(0);
        }
        rebuild.put(version, &derived).unwrap();
    }
    let ordered = rebuild.ordered().unwrap();
    rebuild.finish(&ordered, &nothing_linked()).unwrap();
    let ids = |page| -> Vec<i64> {
        let article = record.article(page).unwrap().unwrap();
        record.quotes(&article).unwrap().iter().map(|quote| quote.id).collect()
    };
    assert_eq!((ids(1), ids(2)), (vec![2], vec![3, 4]));
    assert!(record.verify().unwrap().failures.is_empty());
}

#[test]
fn a_reader_sees_the_last_commit_while_another_writes() {
    let (_folder, path) = path();
    let mut writer = Record::open_or_create(&path).unwrap();
    writer.add(&[full("one", "We go")], STAGES, "2031-04-01T00:00:00Z").unwrap();
    let reader = Record::open(&path).unwrap();
    let rebuild = writer.rebuild(STAGES).unwrap();
    assert_eq!(reader.counts().unwrap().pages, 1, "not locked out, and nothing half done");
    assert!(reader.article(1).unwrap().is_some());
    drop(rebuild);
}

#[test]
fn what_goes_wrong_is_told_and_harms_nothing() {
    let (folder, path) = path();
    assert!(Record::open(&path).err().unwrap().is_missing());
    let other = folder.path().join("other.db");
    std::fs::write(
        &other,
        "some text that is no record at all and a little longer than a header of one, so there",
    )
    .unwrap();
    for error in [Record::open(&other).err().unwrap(), Record::open_or_create(&other).err().unwrap()] {
        assert!(error.is_not_a_record(), "{error}");
        assert_eq!(error.to_string(), format!("{}: not an onrecord record", other.display()));
    }
    // Another program's SQLite file is not a record either, and stays as it is.
    let foreign = folder.path().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let before = std::fs::read(&foreign).unwrap();
    assert!(Record::open_or_create(&foreign).err().unwrap().is_not_a_record());
    assert_eq!(std::fs::read(&foreign).unwrap(), before);

    let mut record = Record::open_or_create(&path).unwrap();
    record.add(&[full("one", "We go")], STAGES, "2031-04-01T00:00:00Z").unwrap();
    drop(record);
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(Record::open(&path).err().unwrap().is_newer_format());
    conn.execute_batch("PRAGMA user_version = 1").unwrap();
    conn.execute_batch("UPDATE quote SET kind = 'loud'").unwrap();
    let record = Record::open(&path).unwrap();
    let article = record.article(1).unwrap().unwrap();
    let error = record.quotes(&article).err().unwrap();
    assert!(error.is_damaged() && error.to_string().contains("q1"), "{error}");
    assert!(!record.verify().unwrap().failures.is_empty());
}

/// A record as the first version of the format wrote it. It is never made anew: whatever comes later must read it.
#[test]
fn a_record_of_format_1_opens() {
    let (_folder, path) = path();
    std::fs::write(&path, include_bytes!("format-1.db")).unwrap();
    let record = Record::open(&path).unwrap();
    let article = record.article(1).unwrap().unwrap();
    let words: Vec<String> =
        record.quotes(&article).unwrap().iter().map(|stored| stored.quote.words(&article.article)).collect();
    assert!(words.iter().any(|words| words.contains("We open the bridge if the rain ends")), "{words:?}");
}
