//! Reading that was stopped after any page and goes on: nothing is lost, nothing comes twice.

use crate::make::{events, folder, gzip, html, line, page, record, tar, zip};
use onrecord_fetch::{Event, Mark};

/// Numbers that no compression makes small: files that are large enough for a mark to be kept.
fn noise(n: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ n as u64;
    let mut words = String::from("<!--");
    for _ in 0..6_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words.push_str(&format!("{:016x}", state >> 3));
    }
    words + "-->"
}

fn pages(events: &[Event]) -> Vec<String> {
    let page = |event: &&Event| matches!(event, Event::Page(_));
    events.iter().filter(page).filter_map(line).collect()
}

/// Stops after each page in turn, and goes on from the mark that was told there.
fn check(name: &str, bytes: &[u8]) {
    let folder = folder(name, bytes);
    let path = folder.path().join(name);
    let whole = events(&path, &[]);
    let all = pages(&whole);
    assert!(all.len() >= 6, "{name}: {all:?}");
    let (mut before, mut last): (Vec<String>, Option<Mark>) = (Vec::new(), None);
    for event in &whole {
        match event {
            Event::Page(_) => before.extend(line(event)),
            Event::Mark(mark) => {
                assert_eq!(mark.n_pages, before.len(), "{name}");
                // Each place, of the first and of every third page: what is read grows with its square.
                if mark.n_pages > 2 && mark.n_pages % 3 != 0 && !mark.done {
                    continue;
                }
                let rest = events(&path, std::slice::from_ref(mark));
                assert_eq!([before.clone(), pages(&rest)].concat(), all, "{name} from {}", mark.at);
                let known = line(&rest[0]).unwrap();
                assert_eq!(known, format!("= {} {}", before.len(), mark.done), "{name}");
                last = Some(mark.clone());
            }
            _ => {}
        }
    }
    let mark = last.unwrap();
    assert!(mark.done, "{name}");
    // Another file of the same name is read from its start.
    let changed = Mark { stamp: "0:0:0".to_owned(), ..mark };
    assert_eq!(pages(&events(&path, &[changed])), all, "{name}");
}

/// Records with a page each, and one revisit that leads back to the first.
fn records() -> Vec<Vec<u8>> {
    let record_of = |n: usize| {
        let headers = format!(
            "WARC-Target-URI: https://ledger.example/{n}\r\nWARC-Payload-Digest: sha1:D{n}\r\nContent-Type: text/html\r\n"
        );
        record("resource", n as u32, &headers, (page(&format!("no. {n}")) + &noise(n)).as_bytes())
    };
    let revisit = "WARC-Target-URI: https://mirror.example/1\r\nWARC-Payload-Digest: sha1:D1\r\n";
    let mut records: Vec<Vec<u8>> = (1..24).map(record_of).collect();
    records.push(record("revisit", 24, revisit, b""));
    records.push(html(25));
    records
}

#[test]
fn a_warc_goes_on_where_it_was_left() {
    let records = records();
    check("a.warc", &records.concat());
    check("a.warc.gz", &records.iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>());
    check("one.warc.gz", &gzip(&records.concat()));
    let frames = records.iter().flat_map(|record| zstd::encode_all(&record[..], 1).unwrap());
    check("a.warc.zst", &frames.collect::<Vec<u8>>());
}

#[test]
fn other_archives_go_on_where_they_were_left() {
    let texts: Vec<(String, String)> =
        (1..13).map(|n| (format!("{n}.html"), page(&format!("no. {n}")) + &noise(n))).collect();
    let warc: Vec<u8> = records().iter().skip(15).flat_map(|record| gzip(record)).collect();
    let mut members: Vec<(&str, &[u8])> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    members.insert(3, ("news.warc.gz", &warc));
    members.insert(1, ("style.css", b"p {}"));
    check("a.tar", &tar(&members));
    check("a.tar.gz", &gzip(&tar(&members)));
    let stored: Vec<(&str, &[u8], bool)> =
        members.iter().map(|(name, bytes)| (*name, *bytes, false)).collect();
    check("a.zip", &zip(&stored));
    let deflated: Vec<(&str, &[u8], bool)> =
        members.iter().map(|(name, bytes)| (*name, *bytes, true)).collect();
    check("b.zip", &zip(&deflated));
    let lines: String =
        (0..24).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n\n", noise(n))).collect();
    check("a.jsonl", lines.as_bytes());
    check("a.jsonl.gz", &gzip(lines.as_bytes()));
    let (first, second) = lines.split_at(500_000);
    check("two.jsonl.gz", &[gzip(first.as_bytes()), gzip(second.as_bytes())].concat());
}

#[test]
fn what_was_skipped_is_told_again_by_the_next_read() {
    let mut file = records().concat();
    file.truncate(file.len() - 40);
    let folder = folder("cut.warc", &file);
    let path = folder.path().join("cut.warc");
    let first = events(&path, &[]);
    let Some(Event::Mark(last)) = first.iter().rev().find(|event| matches!(event, Event::Mark(_))) else {
        panic!()
    };
    assert!(!last.done);
    let again = events(&path, std::slice::from_ref(last));
    assert_eq!(again, first);
}
