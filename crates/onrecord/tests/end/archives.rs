//! Archives: read as a stream, what holds no report passed over, killed and read on without loss or doubles.

use crate::run::Desk;
use std::process::Stdio;
use std::time::Duration;

/// A WARC file of so many pages, each with a request before it and a picture behind it; over 1 MB, so that the place
/// reached is kept.
fn warc(n_pages: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut record = |kind: &str, id: &str, url: &str, http: String| {
        file.extend(
            format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{id}>\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n\
                 WARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
                http.len()
            )
            .into_bytes(),
        );
    };
    for n in 0..n_pages {
        let url = format!("https://ledger{}.example/quay-{n}", n % 5);
        record("request", &format!("q{n}"), &url, "GET / HTTP/1.1\r\n\r\n".to_owned());
        let filler =
            "<p>The council of the district met in the old hall and went through the papers of the year.</p>";
        let body = format!(
            "<!doctype html><html lang=en><head><title>Quay {n} opens</title>\
             <meta property=article:published_time content=2031-03-{:02}T10:00:00Z></head><body><article>\
             <h1>Quay {n} opens</h1><p>Mayor Ana Ruiz said quay number {n} would open. “Quay {n} is ready,” said Bo Lind, \
             an engineer.</p>{}</article></body></html>",
            n % 27 + 1,
            filler.repeat(40)
        );
        record(
            "response",
            &format!("r{n}"),
            &url,
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"),
        );
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx".to_owned();
        record("response", &format!("p{n}"), &format!("{url}.png"), picture);
    }
    file
}

#[test]
fn a_warc_is_read_and_what_holds_no_report_is_counted() {
    let desk = Desk::new();
    desk.write("news.warc", warc(30));
    let summary = &desk.lines(&["read", "news.warc"])[0];
    assert_eq!((summary["read"].as_i64(), summary["skipped"].as_i64()), (Some(30), Some(0)), "{summary}");
    assert_eq!(summary["passed_over_what"]["image/png"], 30);
    assert_eq!(summary["passed_over_what"]["request"], 30);
    let articles = desk.lines(&["export", "articles"]);
    assert_eq!(articles[0]["url"], "https://ledger0.example/quay-0");
    let again = &desk.lines(&["read", "news.warc"])[0];
    assert_eq!((again["read"].as_i64(), again["unchanged"].as_i64()), (Some(0), Some(30)), "{again}");
    desk.ok(&["verify"]);
}

#[test]
fn a_break_is_told_in_one_line_and_counted() {
    let desk = Desk::new();
    let mut file = warc(3);
    file.truncate(file.len() - 2000);
    desk.write("news.warc", file);
    let ran = desk.run(&["read", "news.warc"]);
    assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("record urn:x:r2 breaks off: the file ends"), "{}", ran.err);
    assert!(ran.out.contains("\"read\":3") && ran.out.contains("\"skipped\":1"), "{}", ran.out);
    let article = desk.lines(&["export", "articles"]).pop().unwrap();
    assert_eq!(article["complete"], false, "{article}");
}

#[test]
fn a_killed_read_of_an_archive_goes_on_where_it_was() {
    let desk = Desk::new();
    desk.write("news.warc", warc(600));
    desk.ok(&["read", "news.warc", "--record", "whole.db"]);
    let whole = desk.export("whole.db");
    // How many pages lie before the place that the record keeps, and whether that is the end.
    let mark = || -> (i64, bool) {
        let conn = rusqlite::Connection::open_with_flags(
            desk.path("killed.db"),
            rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
        );
        let row = |conn: rusqlite::Connection| {
            conn.query_row("SELECT n_pages, done FROM mark", [], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        conn.and_then(row).unwrap_or((0, false))
    };
    let mut places = Vec::new();
    for delay in [0, 1, 2, 4, 8, 16, 32] {
        let before = mark();
        let mut read = desk
            .command()
            .args(["read", "news.warc", "--record", "killed.db"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // As soon as a commit was made, and a moment later each time.
        while mark() == before && read.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(delay));
        read.kill().unwrap();
        read.wait().unwrap();
        places.push(mark());
    }
    assert!(places.iter().any(|(n_pages, done)| (1..600).contains(n_pages) && !done), "{places:?}");
    let ended = mark().1;
    let ran = desk.run(&["read", "news.warc", "--record", "killed.db"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ended || ran.err.contains("goes on after the "), "{}", ran.err);
    assert_eq!(desk.export("killed.db"), whole);
    desk.ok(&["verify", "--record", "killed.db"]);
    // What was read to its end is not opened again: the picture of a page is not even counted.
    let again = &desk.lines(&["read", "news.warc", "--record", "killed.db"])[0];
    assert_eq!((again["unchanged"].as_i64(), again["passed_over"].as_i64()), (Some(600), Some(0)), "{again}");
}
