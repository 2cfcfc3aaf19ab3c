//! A server that misbehaves in every way we know: is it asked politely, is nothing believed, and is each refusal told?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "web/server.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod server;

use onrecord_fetch::live::{Settings, Validators};
use onrecord_terms::{Media, Outcome};
use server::*;
use std::net::SocketAddr;

/// Asks for `/x` of a server that answers so, and compares what is told.
fn check(
    acts: impl Fn(&Asked) -> Option<Vec<Act>> + Send + Sync + 'static,
    settings: Settings,
    expected: &str,
) {
    let server = Server::new(move |asked| if asked.path == "/x" { acts(asked) } else { None });
    let found = live(settings, &TestClock::new()).get(&server.url("/x"));
    assert_eq!(told(&found), expected);
}

#[test]
fn a_page_is_asked_for_under_an_honest_name_and_its_permission_is_kept() {
    let server = Server::new(|asked| {
        assert!(asked.head.contains("user-agent: onrecord/"), "{}", asked.head);
        assert!(asked.head.contains("(+mailto:desk@vale.example)"), "{}", asked.head);
        match asked.path.as_str() {
            "/robots.txt" => full(200, "", "user-agent: *\nallow: /quay\ncontent-signal: ai-train=no"),
            "/quay.html" => full(
                200,
                "content-type: text/html; charset=\"KOI8-R\"\r\netag: \"q1\"\r\nx-robots-tag: noarchive\r\n",
                PAGE,
            ),
            _ => None,
        }
    });
    let found = live(settings(), &TestClock::new()).get(&format!("{}#end", server.url("/quay.html")));
    let (page, visit) = (page_of(&found), &found.visit);
    assert_eq!((page.id.as_str(), page.media), ("quay", Media::Html));
    assert_eq!(page.origin, server.url("/quay.html"));
    assert_eq!(page.given.charset.as_deref(), Some("koi8-r"));
    assert_eq!(page.given.fetched.unwrap().to_string(), visit.at);
    assert_eq!(
        (visit.outcome, visit.status, visit.etag.as_deref()),
        (Outcome::Read, Some(200), Some("\"q1\""))
    );
    assert_eq!(visit.permission.robots.as_deref(), Some("allowed (by /quay)"));
    assert_eq!(visit.permission.tdm.as_deref(), Some("not told"));
    assert_eq!(visit.permission.directives, ["noarchive", "content-signal: ai-train=no"]);
}

#[test]
fn robots_txt_is_read_once_a_day() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => full(200, "", "user-agent: *\ndisallow: /no"),
        _ => page(PAGE),
    });
    let clock = TestClock::new();
    let live = live(settings(), &clock);
    for path in ["/a", "/b", "/no/c"] {
        live.get(&server.url(path));
    }
    assert_eq!(server.asked(), ["/a", "/b"]);
    assert_eq!((server.n_asked("/robots.txt"), server.n_asked("/.well-known/tdmrep.json")), (1, 1));
    clock.advance(25 * 3600 * 1000);
    let found = live.get(&server.url("/no"));
    assert_eq!(told(&found), "refused: robots.txt: disallowed (by /no)");
    assert_eq!(server.n_asked("/robots.txt"), 2);
}

#[test]
fn what_becomes_of_robots_txt_decides() {
    let huge = format!("user-agent: *\n{}\ndisallow: /x", "# filler\n".repeat(60_000));
    let cases: Vec<(Option<Vec<u8>>, u16, &str)> = vec![
        (Some(b"user-agent: onrecord\ndisallow: /".to_vec()), 200, "refused: robots.txt: disallowed (by /)"),
        (Some(b"\x00\x01<html>garbage: \xff\xfe".to_vec()), 200, "read 200"),
        (Some(huge.into_bytes()), 200, "read 200"),
        (Some(Vec::new()), 404, "read 200"),
        (Some(Vec::new()), 403, "read 200"),
        (Some(Vec::new()), 500, "failed: robots.txt cannot be had: the site answers 500"),
        (Some(Vec::new()), 429, "failed: robots.txt cannot be had: the site answers 429"),
        (None, 0, "failed: robots.txt cannot be had: no answer in time (global)"),
    ];
    for (robots, status, expected) in cases {
        let server = Server::new(move |asked| match (asked.path.as_str(), &robots) {
            ("/robots.txt", Some(bytes)) => full(status, "", bytes),
            ("/robots.txt", None) => Some(vec![Act::Hang]),
            ("/x", _) => page(PAGE),
            _ => None,
        });
        // One that hangs is waited for; the others answer at once.
        let timeout = std::time::Duration::from_millis(if status == 0 { 400 } else { 20_000 });
        let found = live(Settings { timeout, ..settings() }, &TestClock::new()).get(&server.url("/x"));
        assert_eq!(told(&found), expected);
    }
}

#[test]
fn robots_txt_may_stand_behind_redirects() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => full(301, "location: /r\r\n", ""),
        "/r" => full(200, "", "user-agent: *\ndisallow: /x"),
        _ => page(PAGE),
    });
    let found = live(settings(), &TestClock::new()).get(&server.url("/x"));
    assert_eq!(told(&found), "refused: robots.txt: disallowed (by /x)");
}

#[test]
fn robots_txt_that_goes_round_in_circles_or_breaks_off() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nuser-agent: *\nallow: /";
    for (n, expected) in [
        // RFC 9309, 2.3.1.2: behind more than five redirects it may be taken for one that is not there.
        (0, "read 200"),
        (1, "failed: robots.txt cannot be had: the connection broke off"),
        (2, "failed: robots.txt cannot be had: "),
        (3, "failed: robots.txt cannot be had: file: not an address of the web"),
    ] {
        let server = Server::new(move |asked| match (asked.path.as_str(), n) {
            ("/x", _) => page(PAGE),
            ("/robots.txt", 0) => full(302, "location: /round\r\n", ""),
            ("/round", 0) => full(302, "location: /robots.txt\r\n", ""),
            ("/robots.txt", 1) => Some(vec![Act::Write(cut.to_vec())]),
            ("/robots.txt", 2) => Some(Vec::new()),
            ("/robots.txt", _) => full(302, "location: file:///etc/passwd\r\n", ""),
            _ => None,
        });
        let found = live(settings(), &TestClock::new()).get(&server.url("/x"));
        assert!(told(&found).starts_with(expected), "{n}: {}", told(&found));
        assert!(server.n_asked("/robots.txt") <= 3);
    }
}

#[test]
fn one_host_is_asked_for_one_thing_at_a_time_and_others_meanwhile() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let slow = |here: Arc<AtomicUsize>, most: Option<Arc<AtomicUsize>>, own: Arc<AtomicUsize>| {
        move |asked: &Asked| {
            assert_eq!(own.fetch_add(1, Ordering::SeqCst), 0, "two requests at once");
            let n = here.fetch_add(1, Ordering::SeqCst) + 1;
            if let Some(most) = &most {
                most.fetch_max(n, Ordering::SeqCst);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            here.fetch_sub(1, Ordering::SeqCst);
            own.fetch_sub(1, Ordering::SeqCst);
            if asked.path.starts_with("/p") { page(PAGE) } else { None }
        }
    };
    let servers: Vec<Server> =
        (0..3).map(|_| Server::new(slow(now.clone(), Some(most.clone()), Arc::default()))).collect();
    let urls: Vec<String> =
        (0..4).flat_map(|n| servers.iter().map(move |server| server.url(&format!("/p{n}")))).collect();
    let hasty = Settings { pause: std::time::Duration::ZERO, ..settings() };
    let found: Vec<String> =
        live(hasty, &TestClock::new()).get_all(urls.clone()).map(|found| found.visit.url).collect();
    assert_eq!(found, urls, "by turns of the hosts");
    assert!(most.load(Ordering::SeqCst) > 1, "hosts are asked side by side");
}

#[test]
fn redirects_are_followed_ten_times_and_each_is_judged() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => full(200, "", "user-agent: *\ndisallow: /no"),
        "/old" => full(301, "location: ../new#part\r\n", ""),
        "/new" => page(PAGE),
        "/to-no" => full(302, "location: /no/page\r\n", ""),
        "/to-file" => full(302, "location: file:///etc/passwd\r\n", ""),
        "/to-nowhere" => full(302, "", ""),
        "/there" => full(302, "location: /back\r\n", ""),
        "/back" => full(302, "location: /there\r\n", ""),
        "/to-password" => full(302, "location: http://a:b@ledger.test/\r\n", ""),
        path => full(307, &format!("location: {path}1\r\n"), ""),
    });
    let live = live(settings(), &TestClock::new());
    let found = live.get(&server.url("/old"));
    assert_eq!(
        (told(&found).as_str(), page_of(&found).origin.as_str()),
        ("read 200", server.url("/new").as_str())
    );
    assert_eq!((found.visit.url, found.visit.place), (server.url("/old"), server.url("/new")));
    for (path, expected) in [
        ("/to-no", "refused: robots.txt: disallowed (by /no)"),
        ("/to-file", "refused 302: redirect: file: not an address of the web"),
        ("/to-nowhere", "failed 302: redirects to nowhere"),
        ("/to-password", "refused 302: redirect: an address with a password in it is not fetched"),
        ("/there", "failed: more than 10 redirects"),
        ("/on", "failed: more than 10 redirects"),
    ] {
        assert_eq!(told(&live.get(&server.url(path))), expected, "{path}");
    }
    assert_eq!(server.asked().iter().filter(|path| path.starts_with("/on")).count(), 11);
}

#[test]
fn addresses_that_are_not_of_the_public_net_are_not_connected_to() {
    let back_room = Server::new(|_| page("<p>secret"));
    let secret = format!("http://127.0.0.1:{}/secret", back_room.addr.port());
    let named = format!("http://inside.test:{}/secret", back_room.addr.port());
    let (by_number, by_name) = (secret.clone(), named.clone());
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/to-number" => full(302, &format!("location: {by_number}\r\n"), ""),
        "/to-name" => full(302, &format!("location: {by_name}\r\n"), ""),
        "/to-cloud" => full(302, "location: http://169.254.169.254/latest/meta-data\r\n", ""),
        "/to-six" => full(302, "location: http://[::ffff:127.0.0.1]:9/\r\n", ""),
        _ => None,
    });
    let settings = Settings {
        allow_private: false,
        allowed: vec![server.addr],
        names: vec![
            ("ledger.test".to_owned(), server.addr.ip()),
            ("inside.test".to_owned(), "127.0.0.1".parse().unwrap()),
        ],
        ..settings()
    };
    let live = live(settings, &TestClock::new());
    let refused = |ip: &str| {
        format!("refused: leads to {ip}, which is not of the public net (--allow-private permits it)")
    };
    for (url, ip) in [
        (secret.as_str(), "127.0.0.1"),
        (named.as_str(), "127.0.0.1"),
        (&server.url("/to-number"), "127.0.0.1"),
        (&server.url("/to-name"), "127.0.0.1"),
        (&server.url("/to-cloud"), "169.254.169.254"),
        (&server.url("/to-six"), "::ffff:127.0.0.1"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
    ] {
        assert_eq!(told(&live.get(url)), refused(ip), "{url}");
    }
    assert_eq!(back_room.n_asked("/robots.txt") + back_room.asked().len(), 0, "nothing reached it");
}

/// A chunk of a chunked body, of 16 bytes.
const CHUNK: &[u8] = b"10\r\nmore and more an\r\n";

#[test]
fn too_much_is_refused_wherever_it_is() {
    let endless = |head: &'static str, bytes: &'static [u8]| {
        move |_: &Asked| Some(vec![Act::Write(head.as_bytes().to_vec()), Act::Endless(bytes.to_vec())])
    };
    check(
        |_| full(200, "content-type: text/html\r\n", vec![b'a'; 100_001]),
        settings(),
        "refused 200: over 100 kB",
    );
    check(
        endless("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", &[b'a'; 4096]),
        settings(),
        "refused 200: over 100 kB",
    );
    check(
        endless("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n", CHUNK),
        settings(),
        "refused 200: over 100 kB",
    );
    check(
        endless("HTTP/1.1 200 OK\r\nx-more: ", &[b'a'; 4096]),
        settings(),
        "failed: the answer's head is over 64 KB",
    );
    let bomb = gzip(&vec![b'a'; 3_000_000]);
    assert!(bomb.len() < 100_000);
    check(
        move |_| full(200, "content-type: text/html\r\ncontent-encoding: gzip\r\n", &bomb),
        settings(),
        "refused 200: over 100 kB",
    );
    let inner = gzip(&gzip(&vec![b'a'; 3_000_000]));
    check(
        move |_| full(200, "content-type: application/gzip\r\ncontent-encoding: gzip\r\n", &inner),
        settings(),
        "refused 200: over 100 kB",
    );
}

#[test]
fn broken_answers_are_failures() {
    let raw = |bytes: &'static [u8]| move |_: &Asked| Some(vec![Act::Write(bytes.to_vec())]);
    for (bytes, expected) in [
        (&b""[..], "failed: "),
        (b"garbage\r\n\r\n", "failed: "),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 900\r\n\r\n<p>cut", "failed 200: "),
        (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n<p>",
            "failed 200: ",
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n9\r\n<p>",
            "failed 200: ",
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n",
            "failed 200: an empty answer",
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: many\r\n\r\n<p>x", "failed: "),
        // What is behind the length that was told is not of this answer.
        (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<p>xHTTP/1.1 500 No",
            "read 200",
        ),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "unchanged 304"),
        (b"HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n", "failed 999: the site answers 999"),
    ] {
        let answer = raw(bytes);
        let server = Server::new(move |asked| if asked.path == "/x" { answer(asked) } else { None });
        let told = told(&live(settings(), &TestClock::new()).get(&server.url("/x")));
        assert!(told.starts_with(expected), "{}: {told}", String::from_utf8_lossy(bytes));
    }
    check(
        |_| full(200, "content-type: text/html\r\ncontent-encoding: gzip\r\n", "no gzip"),
        settings(),
        "failed 200: broken gzip: unexpected end of file",
    );
    check(
        |_| full(200, "content-type: text/html\r\ncontent-encoding: br\r\n", "x"),
        settings(),
        "refused 200: compressed as br, which was not asked for",
    );
}

#[test]
fn slow_answers_end_in_time() {
    let began = std::time::Instant::now();
    for acts in [
        || vec![Act::Hang],
        || vec![Act::Drip(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n".to_vec())],
        || {
            vec![
                Act::Write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n".to_vec()),
                Act::Drip(vec![b'a'; 1000]),
            ]
        },
    ] {
        let server = Server::new(move |asked| if asked.path == "/x" { Some(acts()) } else { None });
        let hasty = Settings { timeout: std::time::Duration::from_millis(400), ..settings() };
        let found = live(hasty, &TestClock::new()).get(&server.url("/x"));
        assert!(told(&found).contains("no answer in time"), "{}", told(&found));
    }
    assert!(began.elapsed().as_secs() < 60);
}

#[test]
fn what_is_no_page_is_refused_with_its_type() {
    for (headers, body, expected) in [
        (
            "content-type: application/pdf\r\n",
            &b"%PDF-1.7"[..],
            "refused 200: application/pdf: neither a web page nor a feed",
        ),
        ("content-type: image/png\r\n", b"\x89PNG", "refused 200: image/png: neither a web page nor a feed"),
        (
            "content-type: text/html\r\n",
            b"\x89PNG\r\n\x1a\n",
            "refused 200: binary, neither text nor a web page",
        ),
        (
            "content-type: application/json\r\n",
            b"{\"a\": 1}",
            "refused 200: application/json: neither a web page nor a feed",
        ),
        ("", b"%PDF-1.7", "refused 200: binary, neither text nor a web page"),
        ("", b"<!doctype html><p>A page", "read 200"),
        ("content-type: text/plain\r\n", b"A plain report.", "read 200"),
        ("content-type: text/plain\r\n", b"caf\xe9", "refused 200: not UTF-8 text"),
        ("content-type: application/octet-stream\r\n", b"<html><p>A page", "read 200"),
    ] {
        check(move |_| full(200, headers, body), settings(), expected);
    }
    for (status, expected) in [
        (404, "gone 404: not there (the site answers 404)"),
        (410, "gone 410: not there (the site answers 410)"),
        (403, "refused 403: the site does not give it out (it answers 403)"),
        (451, "refused 451: the site does not give it out (it answers 451)"),
        (500, "failed 500: the site answers 500"),
    ] {
        check(move |_| full(status, "", "no"), settings(), expected);
    }
}

#[test]
fn a_charset_that_lies_is_handed_on_as_told() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/x" => full(
            200,
            "content-type: text/html; charset=utf-16\r\n",
            "<meta charset=windows-1252><p>caf\u{e9}",
        ),
        _ => None,
    });
    let found = live(settings(), &TestClock::new()).get(&server.url("/x"));
    assert_eq!(page_of(&found).given.charset.as_deref(), Some("utf-16"));
    assert!(page_of(&found).bytes.ends_with("caf\u{e9}".as_bytes()), "the bytes are as they came");
}

#[test]
fn what_may_come_right_is_asked_for_again_later_and_later() {
    let patient = || Settings { attempts: 3, ..settings() };
    let server = Server::new(|asked| match (asked.path.as_str(), asked.nth) {
        ("/busy", 1) => full(429, "retry-after: 7\r\n", ""),
        ("/date", 1) => full(503, "retry-after: Tue, 04 Mar 2031 11:00:00 GMT\r\n", ""),
        ("/ill", 1 | 2) => full(503, "", ""),
        ("/cut", 1) => Some(vec![Act::Write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\n<p>".to_vec(),
        )]),
        ("/dead", _) => full(502, "", ""),
        ("/gone", _) => full(404, "", ""),
        ("/robots.txt" | "/.well-known/tdmrep.json", _) => None,
        _ => page(PAGE),
    });
    let clock = TestClock::new();
    let live = live(patient(), &clock);
    live.get(&server.url("/first"));
    clock.advance(60_000);
    clock.waits();
    for (path, expected, n, waits) in [
        ("/busy", "read 200", 2, &[7000][..]),
        ("/ill", "read 200", 3, &[1000, 2000]),
        ("/cut", "read 200", 2, &[1000]),
        ("/dead", "failed 502: the site answers 502", 3, &[1000, 2000]),
        ("/gone", "gone 404: not there (the site answers 404)", 1, &[]),
    ] {
        assert_eq!(told(&live.get(&server.url(path))), expected, "{path}");
        assert_eq!((server.n_asked(path), clock.waits().as_slice()), (n, waits), "{path}");
        clock.advance(60_000);
    }
    // More than five minutes: not now, and nothing else of this host either.
    assert!(told(&live.get(&server.url("/date"))).starts_with("failed 503"));
    assert!(
        told(&live.get(&server.url("/other"))).starts_with("failed: the site asks to be left alone for ")
    );
    assert_eq!((server.n_asked("/date"), server.n_asked("/other")), (1, 0));
}

#[test]
fn a_host_is_asked_once_a_second_or_as_slowly_as_it_wants() {
    for (robots, waits) in [("", [1000, 1000, 1000]), ("user-agent: *\ncrawl-delay: 2.5", [1000, 2500, 2500])]
    {
        let server = Server::new(move |asked| match asked.path.as_str() {
            "/robots.txt" => full(200, "", robots),
            "/.well-known/tdmrep.json" => None,
            _ => page(PAGE),
        });
        let clock = TestClock::new();
        let live = live(settings(), &clock);
        live.get(&server.url("/a"));
        live.get(&server.url("/b"));
        assert_eq!(clock.waits(), waits);
    }
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/x" if asked.head.contains("if-none-match: \"v1\"") => {
            assert!(
                asked.head.contains("if-modified-since: tue, 04 mar 2031 10:00:00 gmt"),
                "{}",
                asked.head
            );
            Some(vec![Act::Write(b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_vec())])
        }
        "/x" => page(PAGE),
        _ => None,
    });
    let url = server.url("/x");
    let known = Validators {
        etag: Some("\"v1\"".to_owned()),
        last_modified: Some("Tue, 04 Mar 2031 10:00:00 GMT".to_owned()),
    };
    let live =
        live_that_knows(settings(), &TestClock::new(), move |asked| (asked == url).then(|| known.clone()));
    assert_eq!(told(&live.get(&server.url("/x"))), "unchanged 304");
}

#[test]
fn a_reservation_is_honoured_wherever_it_is_told() {
    let meta = PAGE.replace(
        "<head>",
        "<head><meta name=tdm-reservation content=1><meta name=tdm-policy content=https://vale.example/tdm>",
    );
    let noai = PAGE.replace("<head>", "<head><meta name=robots content='noai, noindex'>");
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/.well-known/tdmrep.json" => full(200, "", r#"[{"location": "/paid/", "tdm-reservation": 1}]"#),
        "/header" => full(200, "content-type: text/html\r\ntdm-reservation: 1\r\n", PAGE),
        "/meta" => page(&meta),
        "/noai" => page(&noai),
        "/paid/x" | "/free" => page(PAGE),
        _ => None,
    });
    let live_now = live(settings(), &TestClock::new());
    for (path, expected) in [
        ("/header", "refused 200: text and data mining is reserved (tdm-reservation in the header)"),
        (
            "/meta",
            "refused 200: text and data mining is reserved (tdm-reservation in the page; policy https://vale.example/tdm)",
        ),
        ("/noai", "refused 200: text and data mining is reserved (noai)"),
        ("/paid/x", "refused 200: text and data mining is reserved (tdm-reservation in tdmrep.json)"),
        ("/free", "read 200"),
    ] {
        assert_eq!(told(&live_now.get(&server.url(path))), expected, "{path}");
    }
    let permitted = live(Settings { take_reserved: true, ..settings() }, &TestClock::new());
    let found = permitted.get(&server.url("/header"));
    assert_eq!(told(&found), "read 200");
    assert!(found.visit.permission.reserved, "it is read, and it is told");
}

#[test]
fn what_is_no_address_of_the_web_is_not_asked_for() {
    let live = live(settings(), &TestClock::new());
    for (url, expected) in [
        ("file:///etc/passwd", "refused: file: not an address of the web"),
        ("http://user:word@ledger.test/", "refused: an address with a password in it is not fetched"),
        ("http://", "refused: no address of the web: empty host"),
        ("quay", "refused: no address of the web: relative URL without a base"),
    ] {
        assert_eq!(told(&live.get(url)), expected, "{url}");
    }
    let nobody: SocketAddr = "127.0.0.1:1".parse().unwrap();
    let found = live.get(&format!("http://{nobody}/"));
    assert!(told(&found).contains("the connection was refused"), "{}", told(&found));
}

/// Gzip in one member, stored or squeezed by the simplest means: enough for a test.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
