//! Sites that are asked over TLS, and through proxies: is a wrong certificate refused, and are its words clear?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "web/server.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod server;

#[path = "web/safe.rs"]
mod safe;

use onrecord_fetch::live::{Proxies, Settings, Trust};
use safe::{Proxy, pem, safe};
use server::*;
use std::io::{Read as _, Write as _};

fn site(asked: &Asked) -> Option<Vec<Act>> {
    match asked.path.as_str() {
        "/x" => page(PAGE),
        "/to-plain" => full(302, "location: http://127.0.0.1:9/\r\n", ""),
        _ => None,
    }
}

/// The server's address under its name, by TLS.
fn url(server: &Server, path: &str) -> String {
    server.url(path).replace("http:", "https:")
}

/// Settings under which the authority of the tests is trusted.
fn trusting() -> Settings {
    Settings { trust: Trust { beside: vec![pem("authority")], ..Trust::default() }, ..settings() }
}

#[test]
fn a_certificate_is_good_where_its_authority_is_trusted() {
    let server = safe("good", site);
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(pem("authority"), copy.path().join("own.pem")).unwrap();
    let file = Trust { file: Some(pem("authority")), ..Trust::default() };
    let folder = Trust { folders: Some(copy.path().into()), ..Trust::default() };
    for trust in [trusting().trust, file, folder] {
        let found = live(Settings { trust, ..settings() }, &TestClock::new()).get(&url(&server, "/x"));
        assert_eq!(told(&found), "read 200");
        assert_eq!(page_of(&found).origin, url(&server, "/x"));
        assert_eq!(found.visit.permission.robots.as_deref(), Some("allowed (no robots.txt: 404)"));
    }
}

#[test]
fn a_certificate_that_is_not_good_is_refused_and_its_fault_is_told() {
    for (certificate, settings, why) in [
        ("good", settings(), "is signed by no authority that is known here (--ca FILE names one)"),
        ("ended", trusting(), "ended on 2025-01-01"),
        ("unborn", trusting(), "begins on 2100-01-01"),
        ("elsewhere", trusting(), "is for another name"),
    ] {
        let server = safe(certificate, site);
        let clock = TestClock::new();
        let found = live(Settings { attempts: 3, ..settings }, &clock).get(&url(&server, "/x"));
        assert_eq!(told(&found), format!("failed: no safe connection: the site's certificate {why}"));
        assert_eq!((server.n_asked("/robots.txt"), server.asked().len()), (0, 0), "nothing was asked");
        assert!(clock.waits().is_empty(), "asking again changes nothing");
    }
}

#[test]
fn files_without_authorities_are_told() {
    let server = safe("good", site);
    let trust = Trust { file: Some("/nowhere/at/all.pem".into()), ..Trust::default() };
    let found = live(Settings { trust, ..settings() }, &TestClock::new()).get(&url(&server, "/x"));
    assert_eq!(
        told(&found),
        "failed: no safe connection: SSL_CERT_FILE: /nowhere/at/all.pem: no such file or directory (os error 2)"
    );
}

#[test]
fn what_speaks_no_tls_is_told() {
    let plain = |mut stream: std::net::TcpStream| {
        stream.read_exact(&mut [0; 100])?;
        stream.write_all(b"HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(stream)
    };
    let server = Server::over(plain, |_| None);
    let found = live(trusting(), &TestClock::new()).get(&url(&server, "/x"));
    assert_eq!(told(&found), "failed: no safe connection: what answers there does not speak TLS");
    let server = safe("good", site);
    let found = live(trusting(), &TestClock::new()).get(&server.url("/x"));
    assert!(told(&found).starts_with("failed: "), "{}", told(&found));
}

#[test]
fn redirects_out_of_safety_are_judged_as_all() {
    let server = safe("good", site);
    let guarded = Settings { allow_private: false, allowed: vec![server.addr], ..trusting() };
    let found = live(guarded, &TestClock::new()).get(&url(&server, "/to-plain"));
    assert!(told(&found).contains("127.0.0.1, which is not of the public net"), "{}", told(&found));
}

const OPENED: &str = "HTTP/1.1 200 Opened\r\n\r\n";

fn through(http: &str, https: &str) -> Settings {
    let one = |told: &str| Some(told.to_owned()).filter(|told| !told.is_empty());
    let proxies = Proxies { http: one(http), https: one(https), except: vec!["direct.test".to_owned()] };
    Settings { allow_private: false, proxies, ..trusting() }
}

#[test]
fn a_tunnel_leads_to_a_safe_site() {
    let server = safe("good", site);
    let proxy = Proxy::http(server.addr, OPENED);
    let settings = through("", &format!("http://desk:open%20word@{}", proxy.addr));
    let found = live(settings, &TestClock::new()).get("https://ledger.test/x");
    assert_eq!(told(&found), "read 200");
    let heads = proxy.asked.lock().unwrap().clone();
    assert!(heads[0].starts_with("connect ledger.test:443 http/1.1\r\n"), "{heads:?}");
    assert!(heads[0].contains("proxy-authorization: basic zgvzazpvcgvuihdvcmq="), "{heads:?}");
    assert!(heads[0].contains("user-agent: onrecord/"), "{heads:?}");
}

#[test]
fn a_tunnel_does_not_make_a_certificate_good() {
    let server = safe("elsewhere", site);
    let proxy = Proxy::http(server.addr, OPENED);
    let settings = through("", &format!("http://{}", proxy.addr));
    let found = live(settings, &TestClock::new()).get("https://ledger.test/x");
    assert!(told(&found).ends_with("the site's certificate is for another name"), "{}", told(&found));
}

#[test]
fn a_proxy_that_opens_no_tunnel_is_told() {
    let server = safe("good", site);
    let proxy = Proxy::http(server.addr, "HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n");
    let settings = through("", &format!("http://{}", proxy.addr));
    let found = live(settings, &TestClock::new()).get("https://ledger.test/x");
    assert!(told(&found).starts_with("failed: the proxy does not let it through"), "{}", told(&found));
}

#[test]
fn plain_sites_are_asked_for_by_their_whole_address() {
    let proxy = Server::new(|asked| match asked.path.as_str() {
        "http://ledger.test/robots.txt" => full(200, "", "user-agent: *\ndisallow: /no"),
        "http://ledger.test/x?a=1" => {
            assert!(asked.head.contains("proxy-authorization: basic ztpm\r\n"), "{}", asked.head);
            assert!(asked.head.contains("host: ledger.test\r\n"), "{}", asked.head);
            page(PAGE)
        }
        _ => None,
    });
    let live = live(through(&format!("http://e:f@{}", proxy.addr), ""), &TestClock::new());
    let found = live.get("http://ledger.test/x?a=1");
    assert_eq!(
        (told(&found).as_str(), page_of(&found).origin.as_str()),
        ("read 200", "http://ledger.test/x?a=1")
    );
    assert_eq!(told(&live.get("http://ledger.test/no")), "refused: robots.txt: disallowed (by /no)");
    // A number that is not of the public net is refused here, and this machine is never asked through a proxy.
    for (url, ip) in [("http://10.1.2.3/", "10.1.2.3"), ("http://127.0.0.1:9/", "127.0.0.1")] {
        let expected =
            format!("refused: leads to {ip}, which is not of the public net (--allow-private permits it)");
        assert_eq!(told(&live.get(url)), expected);
    }
    assert!(proxy.asked().iter().all(|path| path.starts_with("http://ledger.test/")), "{:?}", proxy.asked());
}

#[test]
fn socks_proxies_look_names_up_themselves() {
    let server = safe("good", site);
    let proxy = Proxy::socks(server.addr);
    let settings = through("", &format!("socks5h://{}", proxy.addr));
    let found = live(settings, &TestClock::new()).get("https://ledger.test/x");
    assert_eq!(told(&found), "read 200");
    assert_eq!(proxy.asked.lock().unwrap()[0], "ledger.test");
}

#[test]
fn exceptions_are_asked_directly_and_odd_proxies_are_told() {
    let server = safe("good", site);
    let proxies =
        Proxies { except: vec!["ledger.test".to_owned()], ..through("", "http://127.0.0.1:9").proxies };
    let found = live(Settings { proxies, ..trusting() }, &TestClock::new()).get(&url(&server, "/x"));
    assert_eq!(told(&found), "read 200");
    let found = live(through("", "odd://127.0.0.1:9"), &TestClock::new()).get("https://ledger.test/x");
    assert_eq!(told(&found), "failed: https_proxy names no proxy");
}
