//! WARC files, whole and broken.

use crate::make::{check, events, folder, gzip, html, lines, page, record, response};
use onrecord_fetch::Event;

/// A file with something of everything.
fn mixed() -> Vec<Vec<u8>> {
    let png = response(4, "https://ledger.example/a.png", "Content-Type: image/png\r\n", b"\x89PNG");
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No".to_vec();
    let http = "WARC-Target-URI: https://ledger.example/x\r\nContent-Type: application/http\r\n";
    let resource = "WARC-Target-URI: file:///b.html\r\nContent-Type: text/html\r\n";
    vec![
        record("warcinfo", 1, "Content-Type: application/warc-fields\r\n", b"software: none\r\n"),
        record("request", 2, http, b"GET / HTTP/1.1\r\n\r\n"),
        html(3),
        png,
        response(5, "https://ledger.example/robots.txt", "Content-Type: text/plain\r\n", b"User-agent: *"),
        record("response", 6, "WARC-Target-URI: dns:ledger.example\r\nContent-Type: text/dns\r\n", b"1"),
        record("response", 7, http, &gone),
        record("resource", 8, resource, page("eight").as_bytes()),
        record("conversion", 9, "Content-Type: text/plain\r\n", b"The dam at Olm holds."),
        record("metadata", 10, "Content-Type: application/warc-fields\r\n", b"a: b"),
        response(
            11,
            "https://ledger.example/j",
            "Content-Type: application/json\r\n",
            br#"{"id":"j","text":"J"}"#,
        ),
        record(
            "resource",
            13,
            "WARC-Target-URI: metadata://x/log.txt\r\nContent-Type: text/plain\r\n",
            b"A log",
        ),
        response(12, "https://ledger.example/k", "Content-Type: application/json\r\n", b"{\"k\":1}"),
    ]
}

const MIXED: &[&str] = &[
    "urn:x:3 | no. 3",
    "urn:x:8 | eight",
    "urn:x:9 | The dam at Olm holds.",
    "j | J",
    "- 1 HTTP status 404",
    "- 1 JSON without an article",
    "- 1 dns record",
    "- 1 image/png",
    "- 1 metadata",
    "- 1 metadata record",
    "- 1 request",
    "- 1 robots.txt",
    "- 1 warcinfo",
];

#[test]
fn pages_come_and_the_rest_is_passed_over_however_it_is_packed() {
    let records = mixed();
    let plain = records.concat();
    check("a.warc", &plain, MIXED);
    check("a.warc.gz", &records.iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>(), MIXED);
    check("one-member.warc.gz", &gzip(&plain), MIXED);
    check("a.warc.zst", &zstd::encode_all(&plain[..], 1).unwrap(), MIXED);
    check("gzip-without-the-ending.warc", &gzip(&plain), MIXED);
    check("plain.warc.gz", &plain, MIXED);
    // A file that was named itself is known by its first bytes whatever it is called.
    check("archive", &plain, MIXED);
    // Line ends without a carriage return, and none behind the last record.
    let block = format!("HTTP/1.1 200 OK\nContent-Type: text/html\n\n{}", page("three"));
    let head = "WARC/1.0\nWARC-Type: response\nContent-Type: application/http\nContent-Length: ";
    let bare = format!("{head}{}\n\n{block}", block.len());
    check(
        "lf.warc",
        format!("{bare}\n{bare}").as_bytes(),
        &["lf:0 | three", &format!("lf:{} | three", bare.len() + 1)],
    );
}

#[test]
fn a_page_keeps_where_it_came_from() {
    let body = gzip(page("seven").as_bytes());
    let chunked = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    let headers =
        "Content-Type: text/html; charset=KOI8-R\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
    let folder = folder("a.warc", &response(7, "<https://ledger.example/7?a=b>", headers, &chunked));
    let Some(Event::Page(page)) = events(&folder.path().join("a.warc"), &[]).into_iter().next() else {
        panic!()
    };
    assert!(page.origin.ends_with("a.warc: record urn:x:7"), "{}", page.origin);
    assert_eq!(page.bytes, crate::make::page("seven").into_bytes());
    let given = page.given;
    assert_eq!(given.url.as_deref(), Some("https://ledger.example/7?a=b"));
    assert_eq!(given.charset.as_deref(), Some("koi8-r"));
    assert_eq!(given.fetched.unwrap().to_string(), "2031-03-04T10:00:07Z");
    assert!(!given.cut);
}

#[test]
fn a_file_that_is_cut_is_read_up_to_the_break() {
    let whole = [html(1), html(2)].concat();
    let plain = &whole[..whole.len() - 30];
    check(
        "cut.warc",
        plain,
        &[
            "urn:x:1 | no. 1",
            &format!(
                "! cut.warc: at byte {}: record urn:x:2 breaks off: the file ends 26 bytes too early; read up to there",
                html(1).len()
            ),
            "urn:x:2 | no. 2 cut",
        ],
    );
    let packed = [gzip(&html(1)), gzip(&html(2))].concat();
    let lines = lines("cut.warc.gz", &packed[..packed.len() - 20]);
    assert_eq!(lines[0], "urn:x:1 | no. 1");
    let begin = gzip(&html(1)).len();
    let why = "record urn:x:2 breaks off: its end is missing; read up to there";
    assert_eq!(lines[1], format!("! cut.warc.gz: at byte {begin}: {why}"));
    assert_eq!(lines[2], "urn:x:2 | no. 2 cut");
    assert_eq!(lines.len(), 3, "{lines:?}");
    check(
        "head.warc",
        &whole[..100],
        &["! head.warc: at byte 0: a record does not tell its length; passed over to byte 100"],
    );
    check("nothing.warc", b"", &["! nothing.warc: empty"]);
    check("false.warc", b"The dam holds.", &["false | The dam holds."]);
}

#[test]
fn after_a_broken_member_reading_goes_on_at_the_next() {
    let mut second = gzip(&html(2));
    let middle = second.len() / 2;
    second[middle..middle + 8].copy_from_slice(b"\xff\xff\xff\xff\xff\xff\xff\xff");
    let first = gzip(&html(1));
    let packed = [first.clone(), second.clone(), gzip(&html(3))].concat();
    let lines = lines("a.warc.gz", &packed);
    let third = first.len() + second.len();
    assert_eq!(lines.first().unwrap(), "urn:x:1 | no. 1");
    assert_eq!(lines.last().unwrap(), "urn:x:3 | no. 3");
    let told: Vec<&String> = lines.iter().filter(|line| line.starts_with('!')).collect();
    assert_eq!(told.len(), 1, "{lines:?}");
    assert!(told[0].starts_with(&format!("! a.warc.gz: at byte {}: ", first.len())), "{told:?}");
    assert!(told[0].ends_with(&format!("passed over to byte {third}")), "{told:?}");
}

#[test]
fn wrong_lengths_and_bad_headers_cost_one_record() {
    let text = String::from_utf8(html(2)).unwrap();
    let at = text.find("Content-Length: ").unwrap();
    let end = at + text[at..].find("\r\n").unwrap();
    let with = |length: &str| [&text[..at], length, &text[end..]].concat().into_bytes();
    let (short, long, none) = (with("Content-Length: 40"), with("Content-Length: 9999"), with("X: y"));
    let file = |second: &[u8]| [html(1), second.to_vec(), html(3)].concat();
    let packed = |second: &[u8]| [gzip(&html(1)), gzip(second), gzip(&html(3))].concat();
    let begin = html(1).len();

    let lines_of = |bytes: &[u8]| lines("a.warc", bytes);
    let shortened = lines_of(&file(&short));
    assert_eq!(
        (shortened[0].as_str(), shortened.last().unwrap().as_str()),
        ("urn:x:1 | no. 1", "- 1 empty body")
    );
    assert!(shortened.contains(&"urn:x:3 | no. 3".to_owned()), "{shortened:?}");
    assert!(shortened.iter().any(|line| line.contains("no record begins there")), "{shortened:?}");

    let nothing = lines_of(&file(&none));
    assert!(
        nothing[1].starts_with(&format!("! a.warc: at byte {begin}: a record does not tell its length")),
        "{nothing:?}"
    );
    assert_eq!(nothing[2], "urn:x:3 | no. 3");

    // A member to each record: a length that leads beyond it is noticed.
    let lengthened = lines("a.warc.gz", &packed(&long));
    assert!(lengthened[1].contains("record urn:x:2 breaks off: its length is wrong by "), "{lengthened:?}");
    assert_eq!(lengthened[2..], ["urn:x:2 | no. 2 cut", "urn:x:3 | no. 3"]);

    let junk = lines_of(&[html(1), b"junk\r\nmore junk\r\n".to_vec(), html(3)].concat());
    assert_eq!(
        junk[1],
        format!("! a.warc: at byte {begin}: no record begins there; passed over to byte {}", begin + 17)
    );
    assert_eq!(junk[2], "urn:x:3 | no. 3");
}

#[test]
fn broken_chunks_are_told_with_their_page() {
    let body = b"20\r\n<p>The dam at Olm holds.";
    let headers = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
    check(
        "a.warc",
        &[response(1, "https://ledger.example/1", headers, body), html(2)].concat(),
        &[
            "! a.warc: record urn:x:1: bytes are missing: a chunk of 32 bytes ends after 24",
            "urn:x:1 | <p>The dam at Olm holds. cut",
            "urn:x:2 | no. 2",
        ],
    );
}

#[test]
fn a_revisit_is_resolved_or_told() {
    let digest = |n: u32, url: &str, digest: &str| {
        let headers = format!(
            "WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha1:{digest}\r\nContent-Type: application/http\r\n"
        );
        let block =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(&format!("no. {n}")));
        record("response", n, &headers, block.as_bytes())
    };
    let revisit = |n: u32, url: &str, digest: &str| {
        let headers = format!("WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha1:{digest}\r\n");
        record("revisit", n, &headers, b"HTTP/1.1 200 OK\r\n\r\n")
    };
    let records = [
        digest(1, "https://ledger.example/1", "AAA"),
        revisit(2, "https://ledger.example/1", "AAA"),
        revisit(3, "https://mirror.example/1", "AAA"),
        revisit(4, "https://ledger.example/4", "BBB"),
    ];
    let expected = [
        "urn:x:1 | no. 1",
        "urn:x:3 | no. 1",
        "- 1 revisit of a page that did not change",
        "- 1 revisit of a record that is not here",
    ];
    check("a.warc", &records.concat(), &expected);
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    check("a.warc.gz", &packed, &expected);
    let folder = folder("a.warc.gz", &packed);
    let third = events(&folder.path().join("a.warc.gz"), &[]).into_iter().filter_map(|event| match event {
        Event::Page(page) if page.id == "urn:x:3" => page.given.url,
        _ => None,
    });
    assert_eq!(third.collect::<Vec<_>>(), ["https://mirror.example/1"]);
}

#[test]
fn a_zstd_file_may_bring_its_dictionary() {
    let dictionary = html(0);
    let mut file = [&b"\x5d\x2a\x4d\x18"[..], &(dictionary.len() as u32).to_le_bytes(), &dictionary].concat();
    for n in 1..=3 {
        let mut packer = zstd::bulk::Compressor::with_dictionary(1, &dictionary).unwrap();
        file.extend(packer.compress(&html(n)).unwrap());
    }
    check("a.warc.zst", &file, &["urn:x:1 | no. 1", "urn:x:2 | no. 2", "urn:x:3 | no. 3"]);
}
