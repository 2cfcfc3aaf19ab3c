//! HTML pages with the dirt of real ones: which text, which facts, which reports?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_extract::article;
use onrecord_terms::{Article, Given, Media, Page, ParagraphKind};

fn read(html: &str) -> (Article, Vec<String>) {
    let (id, origin) = ("p".to_owned(), "p.html".to_owned());
    let page =
        Page { id, origin, media: Media::Html, bytes: html.as_bytes().to_vec(), given: Given::default() };
    let (article, notes) = article(&page);
    (article, notes.into_iter().map(|note| note.code).collect())
}

const ONE: &str = "The bridge at Norvik was opened on Sunday, and the first to cross it was a herd of sheep.";
const TWO: &str = "“It will hold,” Mayor Ana Ruiz said. “I have jumped on it, and so has the council.”";
const THREE: &str =
    "The old ferry is to be sold, according to the harbor office, which did not name a price.";

fn paragraphs(article: &Article) -> Vec<&str> {
    article.body.paragraphs().iter().map(|p| p.span.slice(article.text())).collect()
}

#[test]
fn the_report_is_found_among_the_dirt() {
    let (article, notes) = read(&format!(
        r#"<!doctype html><html lang="en-GB"><head><title>Norvik opens its bridge | The Harbor Ledger</title>
<link rel="canonical" href="https://ledger.example/world/bridge">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{{"@type":"NewsArticle",
"headline":"Norvik opens its bridge","datePublished":"2032-03-14T10:20:00+01:00","dateModified":"2032-03-15T08:00:00+01:00",
"author":[{{"@type":"Person","name":"Jane Roe"}},{{"@type":"Organization","name":"The Harbor Ledger"}}],
"publisher":{{"@type":"Organization","name":"The Harbor Ledger"}}}}]}}</script></head><body>
<div class="cookie-banner"><p>We use cookies to make the harbor a better place. Read our privacy policy and agree.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><h1>Norvik opens its bridge</h1><p class="standfirst">Sheep cross first, the mayor second</p>
<div class="byline">By Jane Roe, <time datetime="2032-03-14">14 March 2032</time></div><div class="share-bar"><a href="/s">Share</a></div>
<div class="article-body"><p>{ONE}</p><figure><img src="a.jpg"><figcaption>Sheep on the bridge. Photo: Ledger</figcaption></figure>
<p>{TWO}</p><p><strong>READ MORE:</strong> <a href="/ferry">Night ferry returns after two winters</a></p>
<div class="newsletter"><h3>Morning tide</h3><p>Five stories before breakfast, in your inbox every weekday.</p><input type="email"></div>
<h2>The ferry</h2><p>{THREE}</p>
<blockquote class="twitter-tweet"><p>I counted the sheep myself.</p>— Ana Ruiz (@ruiz) <a href="x">14 March</a></blockquote>
<p>(Norvik Wire)</p></div>
<div class="comments"><h3>Comments</h3><p>This reader has a long opinion on sheep, on bridges and on the council of Norvik too.</p></div></main>
<aside><h4>Most read</h4><p>A very long teaser about another report that has nothing to do with the bridge of Norvik.</p></aside>
<footer><p>© 2032 The Harbor Ledger. All rights reserved.</p></footer></body></html>"#
    ));
    assert_eq!(
        paragraphs(&article),
        [
            "Sheep cross first, the mayor second",
            ONE,
            TWO,
            "The ferry",
            THREE,
            "I counted the sheep myself.",
            "— Ana Ruiz (@ruiz) 14 March"
        ]
    );
    let kinds: Vec<_> = article.body.paragraphs().iter().map(|p| p.kind).collect();
    assert_eq!(kinds[3], ParagraphKind::Heading);
    assert_eq!(kinds[5..], [ParagraphKind::Embed, ParagraphKind::Embed]);
    assert_eq!(article.title.as_deref(), Some("Norvik opens its bridge"));
    assert_eq!(article.outlet.as_deref(), Some("The Harbor Ledger"));
    assert_eq!(article.url.as_deref(), Some("https://ledger.example/world/bridge"));
    assert_eq!(article.byline, ["Jane Roe"]);
    assert_eq!(article.agencies, ["Norvik Wire"]);
    assert_eq!(article.published.unwrap().to_string(), "2032-03-14T10:20:00+01:00");
    assert_eq!(article.modified.unwrap().to_string(), "2032-03-15T08:00:00+01:00");
    assert_eq!(article.language.unwrap().as_str(), "en");
    assert!(article.complete && notes.is_empty(), "{notes:?}");
}

#[test]
fn a_live_page_gives_one_report_an_entry() {
    let entry = |time: &str, title: &str, text: &str| {
        format!("<div class=entry><span>{time}</span><h2>{title}</h2><p>{text}</p></div>")
    };
    let entries = [
        entry("9.40 pm", "Sheep cross the bridge", ONE),
        entry("4.15 pm", "Mayor jumps", TWO),
        entry("8:10", "Ferry on sale", THREE),
    ];
    let (article, notes) =
        read(&format!("<h1>Norvik bridge: live</h1><div id=live>{}</div>", entries.concat()));
    assert_eq!(article.body.items().len(), 3);
    assert_eq!(
        paragraphs(&article),
        ["Sheep cross the bridge", ONE, "Mayor jumps", TWO, "Ferry on sale", THREE]
    );
    assert!(notes.contains(&"several-reports".to_owned()));
}

#[test]
fn a_page_without_structure_is_read_by_its_breaks() {
    let (article, notes) = read(&format!(
        "<html><head><title>Norvik Gazette</title></head><body><table><tr><td><font size=5><b>Bridge opens in Norvik</b></font><br>\
<span>Last update: 14 March 2032</span><br><br><span>{ONE}</span><br><br>{TWO}<br><br>{THREE}<br><br>Source: Norvik Wire<br><br>\
<a href=x>See also: Cattle market put off</a></td><td><a href=y>Small ads</a></td></tr></table></body></html>"
    ));
    assert_eq!(paragraphs(&article), [ONE, TWO, THREE]);
    assert_eq!(article.title.as_deref(), Some("Bridge opens in Norvik"));
    assert_eq!(article.outlet.as_deref(), Some("Norvik Gazette"));
    assert_eq!(article.published.unwrap().to_string(), "2032-03-14");
    assert_eq!(article.agencies, ["Norvik Wire"]);
    assert_eq!(notes, ["date-of-change"]);
}

#[test]
fn a_paywall_is_told() {
    let (article, notes) = read(&format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Norvik opens its bridge","isAccessibleForFree":"False"}}</script>
<h1>Norvik opens its bridge</h1><article><p>{ONE}</p><p>{TWO}</p><p>Subscribe to read the full story</p></article>"#
    ));
    assert_eq!(paragraphs(&article), [ONE, TWO]);
    assert!(!article.complete);
    assert_eq!(notes, ["no-date", "not-free", "text-cut"]);
}

#[test]
fn data_that_disagree_with_the_page_are_noted() {
    let (article, notes) = read(&format!(
        r#"<meta property="og:title" content="Sheep chaos on new crossing"><meta property="article:published_time" content="2032-03-10">
<h1>Norvik opens its bridge on Sunday</h1><p>Published <time datetime="2032-03-14">14 March</time></p><article><p>{ONE}</p><p>{TWO}</p></article>"#
    ));
    assert_eq!(article.title.as_deref(), Some("Norvik opens its bridge on Sunday"));
    assert_eq!(article.published.unwrap().to_string(), "2032-03-10");
    assert_eq!(notes, ["date-disagrees", "title-disagrees"]);
}

#[test]
fn the_outlet_is_found_where_no_data_name_it() {
    let body =
        format!("<h1>Norvik opens its bridge on Sunday</h1><article><p>{ONE}</p><p>{TWO}</p></article>");
    let html = "<html><head><title>";
    for (page, outlet) in [
        // The publisher in microdata.
        (
            format!(
                "{body}<span itemprop=publisher itemscope><meta itemprop=url content=/><b itemprop=name>Radio Norvik</b></span>"
            ),
            Some("Radio Norvik"),
        ),
        // A part of the tab's title that the head of the page repeats.
        (
            format!(
                "{html}Norvik opens its bridge on Sunday - Harbor Ledger</title></head><div class=logo><a href=/>HARBOR LEDGER</a></div>{body}"
            ),
            Some("Harbor Ledger"),
        ),
        // A part of the tab's title that is the address's host; and one that may be a section.
        (
            format!(
                "{html}Norvik opens its bridge on Sunday | The Harbor Ledger</title><link rel=canonical href=https://www.harborledger.example/a></head>{body}"
            ),
            Some("The Harbor Ledger"),
        ),
        (format!("{html}Norvik opens its bridge on Sunday | World</title></head>{body}"), None),
        // Who holds the copyright; a firm is no outlet.
        (
            format!("{body}<footer>© 2029–2031 Norvik Gazette. All rights reserved.</footer>"),
            Some("Norvik Gazette"),
        ),
        (format!("{body}<footer>© 2031 Ledger Publishing Company</footer>"), None),
    ] {
        let (article, _) = read(&page);
        assert_eq!(article.outlet.as_deref(), outlet, "{page}");
        assert_eq!(article.title.as_deref(), Some("Norvik opens its bridge on Sunday"), "{page}");
        assert_eq!(paragraphs(&article), [ONE, TWO], "{page}");
    }
}

#[test]
fn the_name_of_the_outlet_is_no_title() {
    let (article, _) = read(&format!(
        "<html><head><title>Norvik Gazette</title></head><body><h1><a href=index.html>NORVIK GAZETTE</a></h1><hr><div>\
<b>Bridge opens in Norvik</b><br>14 March 2032<br><br><span>{ONE}</span><br><br>{TWO}<br><br>{THREE}</div></body></html>"
    ));
    assert_eq!(article.title.as_deref(), Some("Bridge opens in Norvik"));
    assert_eq!(article.outlet.as_deref(), Some("Norvik Gazette"));
    assert_eq!(article.published.unwrap().to_string(), "2032-03-14");
    assert_eq!(paragraphs(&article), [ONE, TWO, THREE]);
}

#[test]
fn credits_in_each_of_their_forms() {
    for (first, last, agencies) in [
        (format!("NORVIK (NORVIKPRESS) — {ONE}"), THREE.to_owned(), vec!["Norvikpress"]),
        (ONE.to_owned(), "(Additional reporting by Norvikpress)".to_owned(), vec!["Norvikpress"]),
        (format!("NORVIK (REUTERS) - {ONE}"), "(Reuters)".to_owned(), vec!["Reuters"]),
        (ONE.to_owned(), "(NWA)".to_owned(), vec!["NWA"]),
    ] {
        let (article, _) = read(&format!(
            "<h1>Norvik opens its bridge</h1><div class=meta><span class=by>by Jane Roe</span></div><article><p>{first}</p><p>{TWO}</p><p>{last}</p></article>"
        ));
        assert_eq!(article.agencies, agencies);
        assert_eq!(article.byline, ["Jane Roe"]);
    }
}

#[test]
fn a_page_of_a_script_has_no_text() {
    let (article, notes) = read("<script>alert(1)</script>");
    assert_eq!((article.text(), article.title.as_deref()), ("", None));
    assert!(notes.contains(&"no-text".to_owned()));
}
