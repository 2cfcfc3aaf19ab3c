//! Feeds and sitemaps on a server: which of their articles are read, and what is told of the others?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "web/server.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod server;

use onrecord_terms::{Media, Outcome};
use server::*;

const LONG: &str = "<p>The council met on the quay again and again, and nobody was late for it that day.</p>";

fn paths(pages: &[onrecord_terms::Page]) -> Vec<String> {
    let path = |page: &onrecord_terms::Page| page.origin.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    pages.iter().map(path).collect()
}

#[test]
fn a_feed_leads_to_its_articles() {
    let server = Server::new(|asked| {
        match asked.path.as_str() {
        "/robots.txt" => full(200, "", "user-agent: *\ndisallow: /closed"),
        "/rss" => full(
            200,
            "content-type: application/rss+xml\r\n",
            format!(
                "<rss><channel><title>Vale Ledger</title>
                 <item><title>One</title><link>/one</link></item>
                 <item><title>Two</title><link>/two#part</link><description>{}</description></item>
                 <item><title>Again</title><link>/one</link></item>
                 <item><title>Closed</title><link>/closed/three</link><description><![CDATA[{}]]></description></item>
                 <item><title>Gone</title><link>/four</link></item>
                 <item><title>No link</title></item></channel></rss>",
                "short",
                LONG.repeat(12)
            ),
        ),
        "/one" | "/two" => page(PAGE),
        _ => None,
    }
    });
    let (pages, skips, log) = walk(live(settings(), &TestClock::new()), &[server.url("/rss")], 100);
    assert_eq!(paths(&pages), ["one", "two", "rss: entry 4"]);
    assert_eq!(pages[2].media, Media::Fragment);
    assert_eq!(pages[2].given.title.as_deref(), Some("Closed"));
    let at = |path: &str| server.url(path);
    assert_eq!(
        skips,
        [
            format!(
                "{}: entry 4: {}: robots.txt: disallowed (by /closed); the feed's text was read",
                at("/rss"),
                at("/closed/three")
            ),
            format!("{}: not there (the site answers 404)", at("/four")),
        ]
    );
    let outcomes: Vec<Outcome> = log.take().iter().map(|visit| visit.outcome).collect();
    use Outcome::{Gone, Listed, Read, Refused};
    assert_eq!(outcomes, [Listed, Read, Read, Refused, Gone]);
}

#[test]
fn broken_xml_is_read_up_to_the_break() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/rss" => full(
            200,
            "content-type: text/xml\r\n",
            "<rss><channel><item><link>/one</link></item><item><link>/two</li",
        ),
        "/one" => page(PAGE),
        _ => None,
    });
    let (pages, skips, _) = walk(live(settings(), &TestClock::new()), &[server.url("/rss")], 100);
    assert_eq!(paths(&pages), ["one"]);
    assert!(skips[0].contains("broken XML at byte"), "{skips:?}");
}

#[test]
fn indexes_that_name_one_another_end() {
    let index = |paths: &[&str]| {
        let maps: String = paths.iter().map(|path| format!("<sitemap><loc>{path}</loc></sitemap>")).collect();
        full(200, "content-type: application/xml\r\n", format!("<sitemapindex>{maps}</sitemapindex>"))
    };
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/a.xml" => index(&["/b.xml", "/a.xml", "/map.xml.gz"]),
        "/b.xml" => index(&["/a.xml", "/c.xml"]),
        "/c.xml" => index(&["/d.xml"]),
        "/d.xml" => index(&["/e.xml"]),
        "/e.xml" => page(PAGE),
        "/map.xml.gz" => {
            use std::io::Write as _;
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            let urls: String = (0..5)
                .map(|n| format!("<url><loc>/{n}.html</loc><lastmod>2031-03-0{}</lastmod></url>", n + 1))
                .collect();
            gzip.write_all(format!("<urlset>{urls}</urlset>").as_bytes()).unwrap();
            full(200, "content-type: application/octet-stream\r\n", gzip.finish().unwrap())
        }
        "/3.html" | "/4.html" => page(PAGE),
        _ => None,
    });
    let (pages, skips, _) = walk(live(settings(), &TestClock::new()), &[server.url("/a.xml")], 2);
    assert_eq!(paths(&pages), ["3.html", "4.html"]);
    let at = |path: &str| server.url(path);
    assert_eq!(
        skips,
        [
            format!(
                "{}: 3 articles beyond the newest 2 were not fetched (--max-articles)",
                at("/map.xml.gz")
            ),
            format!("{}: lists nested deeper than 3", at("/d.xml")),
        ]
    );
    assert_eq!(server.n_asked("/a.xml"), 1);
}

#[test]
fn an_opml_file_leads_to_feeds_of_many_hosts() {
    let feed = |asked: &Asked| match asked.path.as_str() {
        "/rss" => full(
            200,
            "content-type: text/xml\r\n",
            "<rss><channel><item><link>/one</link></item></channel></rss>",
        ),
        "/one" => page(PAGE),
        _ => None,
    };
    let (first, second) = (Server::new(feed), Server::new(feed));
    let urls = [first.url("/rss"), second.url("/rss")];
    let outlines: String = urls.iter().map(|url| format!("<outline text='x' xmlUrl='{url}'/>")).collect();
    let desk = Server::new(move |asked| match asked.path.as_str() {
        "/mine.opml" => {
            full(200, "content-type: text/x-opml\r\n", format!("<opml><body>{outlines}</body></opml>"))
        }
        _ => None,
    });
    let (pages, skips, log) = walk(live(settings(), &TestClock::new()), &[desk.url("/mine.opml")], 10);
    assert_eq!((pages.len(), skips.len(), log.take().len()), (2, 0, 5));
}

#[test]
fn a_list_of_addresses_is_a_sitemap() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/map.txt" => full(
            200,
            "content-type: text/plain\r\n",
            format!("http://{}/one\n\n", asked.head.split("host: ").nth(1).unwrap().lines().next().unwrap()),
        ),
        "/one" => page(PAGE),
        _ => None,
    });
    let (pages, skips, _) = walk(live(settings(), &TestClock::new()), &[server.url("/map.txt")], 10);
    assert_eq!((paths(&pages), skips), (vec!["one".to_owned()], Vec::new()));
}
