//! Pages, feeds and a watch over a server on this machine: what is read, what is refused, what is kept?

#[path = "../../../fetch/tests/web/server.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod server;

#[path = "../../../fetch/tests/web/safe.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod safe;

use crate::run::Desk;
use safe::{pem, safe};
use server::{PAGE, Server, full, page};

/// A site with a feed of two articles, one of them reserved.
fn site() -> Server {
    Server::new(|asked| {
        match asked.path.as_str() {
        "/robots.txt" => full(200, "", "user-agent: *\ndisallow: /closed"),
        "/rss" => full(
            200,
            "content-type: application/rss+xml\r\netag: \"f1\"\r\n",
            "<rss><channel><title>Vale Ledger</title><item><link>/quay</link></item><item><link>/paid</link></item>
             </channel></rss>",
        ),
        "/quay" if asked.head.contains("if-none-match") => full(304, "", ""),
        "/quay" => full(200, "content-type: text/html\r\netag: \"q1\"\r\nx-robots-tag: noarchive\r\n", PAGE),
        "/paid" => full(200, "content-type: text/html\r\ntdm-reservation: 1\r\n", PAGE),
        _ => None,
    }
    })
}

/// An address by number: the program looks names up as the system does.
fn at(server: &Server, path: &str) -> String {
    format!("http://{}{path}", server.addr)
}

const NET: [&str; 4] = ["--allow-private", "--pause", "0", "--contact=desk@vale.example"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &NET].concat()
}

#[test]
fn a_page_is_read_from_the_web_with_what_its_site_allows() {
    let (desk, server) = (Desk::new(), site());
    let quay = at(&server, "/quay");
    let summary = &desk.lines(&with(&["read", &quay]))[0];
    assert_eq!((summary["read"].as_i64(), summary["skipped"].as_i64()), (Some(1), Some(0)));
    let article = &desk.lines(&["show", "a1"])[0];
    assert_eq!(
        article["article"]["url"],
        quay.as_str(),
        "a page that names no address has the one it came from"
    );
    assert_eq!(article["provenance"]["permission"]["robots"], "allowed");
    assert_eq!(article["provenance"]["permission"]["tdm"], "not told");
    assert_eq!(article["provenance"]["permission"]["directives"][0], "noarchive");
    assert_eq!(article["provenance"]["visits"][0]["outcome"], "read");
    assert!(desk.ok(&["show", "a1", "--format", "text"]).contains("ROBOTS"));

    let again = &desk.lines(&with(&["read", &quay]))[0];
    assert_eq!((again["read"].as_i64(), again["unchanged"].as_i64()), (Some(0), Some(1)));
    let article = &desk.lines(&["show", "a1"])[0];
    assert_eq!(article["provenance"]["visits"][0]["outcome"], "unchanged");
    desk.ok(&["verify"]);
}

#[test]
fn what_is_refused_is_told_and_kept() {
    let (desk, server) = (Desk::new(), site());
    let rss = at(&server, "/rss");
    let ran = desk.run(&with(&["read", &rss, &at(&server, "/closed/x")]));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(
        ran.err.contains("/paid: text and data mining is reserved (tdm-reservation in the header)"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("/closed/x: robots.txt: disallowed (by /closed)"), "{}", ran.err);
    assert!(ran.out.contains("\"read\":1"), "{}", ran.out);
    let count = |sql: &str| -> i64 { desk.sql("onrecord.db").query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM visit WHERE outcome = 'refused'"), 2);
    assert_eq!(count("SELECT count(*) FROM visit WHERE reserved"), 1);
    assert_eq!(count("SELECT count(*) FROM page"), 1);

    let ran = desk.run(&["read", &at(&server, "/quay"), "--record", "private.db"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("127.0.0.1, which is not of the public net"), "{}", ran.err);
}

#[test]
fn other_bytes_around_the_same_article_are_no_version() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/quay" => {
            let said = if asked.nth < 3 { "We are ready," } else { "We are not ready," };
            page(
                PAGE.replace("We are ready,", said)
                    .replace("</body>", &format!("<!-- {} --></body>", asked.nth)),
            )
        }
        _ => None,
    });
    let (desk, quay) = (Desk::new(), at(&server, "/quay"));
    for expected in [(1, 0, 0), (0, 1, 0), (0, 0, 1)] {
        let summary = &desk.lines(&with(&["read", &quay]))[0];
        let told = |key: &str| summary[key].as_i64().unwrap();
        assert_eq!((told("read"), told("unchanged"), told("new_versions")), expected);
    }
    let article = &desk.lines(&["show", "a1"])[0];
    assert_eq!(article["versions"].as_array().unwrap().len(), 2);
    assert_eq!(article["changes"][0]["change"], "reworded");
    let shown = |which: &str| desk.ok(&["show", which, "--format", "text"]);
    assert!(shown("a1v1").contains("We are ready,") && shown("a1v1").contains("not the latest"));
    assert!(shown("a1").contains("We are not ready,") && shown("a1").contains("a1v2 first read"));
}

#[test]
fn feeds_are_watched_and_kept_as_opml() {
    let (desk, server) = (Desk::new(), site());
    let rss = at(&server, "/rss");
    let ran = desk.run(&["watch", "--once"]);
    assert!(ran.err.contains("no feeds to watch"), "{}", ran.err);
    desk.write("mine.opml", format!("<opml><body><outline text='x' xmlUrl='{rss}'/></body></opml>"));
    desk.ok(&["feeds", "import", "mine.opml"]);
    let ran = desk.run(&with(&["watch", "--once"]));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.out.contains("\"found\":2,\"read\":1"), "{}", ran.out);
    let feeds = desk.lines(&["feeds", "list"]);
    assert_eq!(
        (feeds[0]["url"].as_str(), feeds[0]["title"].as_str()),
        (Some(rss.as_str()), Some("Vale Ledger"))
    );
    assert!(desk.ok(&["feeds", "export"]).contains(&format!("xmlUrl=\"{rss}\"")));
    assert_eq!(desk.ok(&with(&["watch", "--once"])), "", "nothing is due");
    assert_eq!(server.n_asked("/rss"), 1);
    desk.ok(&["feeds", "remove", &rss]);
    assert_eq!(desk.ok(&["feeds", "list"]), "");
}

#[test]
fn fetch_tells_what_came_and_keeps_it_where_told() {
    let (desk, server) = (Desk::new(), site());
    let ran = desk.run(&with(&[
        "fetch",
        &at(&server, "/quay"),
        &at(&server, "/rss"),
        &at(&server, "/paid"),
        "--into",
        "kept",
    ]));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let outcomes: Vec<String> = ran
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["outcome"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(outcomes, ["read", "listed", "refused"]);
    assert_eq!(std::fs::read_to_string(desk.path("kept/quay.html")).unwrap(), PAGE);
    assert_eq!(desk.lines(&["read", "kept"])[0]["read"], 1);
}

#[test]
fn local_feeds_give_what_they_bring_and_follow_fetches_the_rest() {
    let (desk, server) = (Desk::new(), site());
    let long =
        "“It is late,” said Bo Lind, an engineer, on the quay where the council met again. ".repeat(10);
    let rss = format!(
        "<rss><channel><title>Vale Ledger</title><item><title>One</title><link>https://vale.example/one</link>
         <description>&lt;p&gt;{long}&lt;/p&gt;</description></item><item><link>{}</link></item></channel></rss>",
        at(&server, "/quay")
    );
    desk.write("feed.xml", rss);
    let ran = desk.run(&["read", "feed.xml"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.err.contains("links to one article not fetched (--follow fetches what is linked)"),
        "{}",
        ran.err
    );
    let article = &desk.lines(&["show", "a1"])[0];
    assert_eq!(
        (article["article"]["outlet"].as_str(), article["article"]["complete"].as_bool()),
        (Some("Vale Ledger"), Some(false))
    );
    assert!(article["notes"].to_string().contains("feed-text"));
    assert!(!article["quotes"].as_array().unwrap().is_empty());
    let summary = &desk.lines(&with(&["read", "feed.xml", "--follow"]))[0];
    assert_eq!((summary["read"].as_i64(), summary["unchanged"].as_i64()), (Some(1), Some(1)));
}

#[test]
fn a_certificate_that_nobody_known_signed_is_a_visit_in_vain() {
    let (desk, server) =
        (Desk::new(), safe("good", |asked| if asked.path == "/quay" { page(PAGE) } else { None }));
    let quay = format!("https://{}/quay", server.addr);
    let ran = desk.run(&with(&["read", &quay]));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert_eq!(
        ran.err.trim(),
        format!(
            "onrecord: {quay}: no safe connection: the site's certificate is signed by no authority that is known here \
             (--ca FILE names one)"
        )
    );
    let vain = desk.lines(&["visits", "--in-vain"]);
    assert_eq!((vain.len(), vain[0]["outcome"].as_str()), (1, Some("failed")));
    assert!(vain[0]["why"].as_str().unwrap().starts_with("no safe connection: "), "{}", vain[0]);

    let authority = pem("authority");
    let summary = &desk.lines(&with(&["read", &quay, "--ca", &authority.to_string_lossy()]))[0];
    assert_eq!(summary["read"], 1, "{summary}");
    let mut told = desk.command();
    told.args(with(&["fetch", &quay])).env("SSL_CERT_FILE", &authority).env_remove("SSL_CERT_DIR");
    assert!(String::from_utf8(told.output().unwrap().stdout).unwrap().contains("\"outcome\":\"read\""));

    let ran = desk.run(&with(&["read", &quay, "--ca", "nowhere.pem"]));
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("onrecord: nowhere.pem: no such file"), "{}", ran.err);
}

#[test]
fn a_proxy_of_the_environment_is_asked() {
    let (desk, proxy) = (
        Desk::new(),
        Server::new(|asked| if asked.path == "http://ledger.test/quay" { page(PAGE) } else { None }),
    );
    let mut read = desk.command();
    read.args(["read", "http://ledger.test/quay", "--pause", "0"])
        .env("http_proxy", format!("http://{}", proxy.addr));
    let ran = read.output().unwrap();
    assert!(
        String::from_utf8_lossy(&ran.stdout).contains("\"read\":1"),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert_eq!(
        proxy.asked(),
        ["robots.txt", ".well-known/tdmrep.json", "quay"].map(|path| format!("http://ledger.test/{path}"))
    );
}

#[test]
fn visits_tell_what_was_refused() {
    let (desk, server) = (Desk::new(), site());
    desk.run(&with(&["read", &at(&server, "/rss")]));
    let all = desk.lines(&["visits"]);
    assert_eq!(all.len(), 3);
    let vain = desk.lines(&["visits", "--in-vain"]);
    assert_eq!((vain.len(), vain[0]["tdm"].as_str()), (1, Some("reserved (tdm-reservation in the header)")));
    assert_eq!(desk.lines(&["visits", &at(&server, "/quay")])[0]["outcome"], "read");
    assert!(desk.ok(&["visits", "--format", "text"]).contains("text and data mining reserved"));
    let articles = desk.lines(&["export", "articles"]);
    assert_eq!(
        (articles[0]["robots"].as_str(), articles[0]["tdm"].as_str()),
        (Some("allowed"), Some("not told"))
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_watch_in_good_order() {
    use std::io::{BufRead as _, BufReader, Read as _};
    let (desk, server) = (Desk::new(), site());
    let rss = at(&server, "/rss");
    let mut watch = desk
        .command()
        .args(with(&["watch", &rss]))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(watch.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("\"read\":1"), "{line}");
    let interrupted =
        std::process::Command::new("kill").args(["-INT", &watch.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(watch.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    watch.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("stopped; `onrecord watch` goes on from here"), "{told}");
    desk.ok(&["verify"]);
    assert_eq!(desk.ok(&with(&["watch", "--once"])), "", "nothing is due");
}
