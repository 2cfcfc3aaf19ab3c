//! Are the pages of an outlet with a file of its own read by the layout of their day?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_extract::article;
use onrecord_terms::{Article, Given, Media, Moment, Page};

const OLD: &str = r#"<html><body><table><tr>
<td class="side"><p>The weather in Norvik stays mild, with some rain in the evening, as the office for the weather told us.</p></td>
<td class="story"><b class="head">Norvik opens its bridge</b> <font class="when">14 March 2030</font> <font class="who">By Jane Roe</font>
<p>The bridge at Norvik was opened on Sunday, and the first to cross it was a herd of sheep from a farm nearby.</p>
<p class="plea">The harbor is dear to us all, and so is this paper; a small sum from each reader would carry it for a year.</p>
<p>“It will hold,” Mayor Ana Ruiz said. “I have jumped on it.”</p></td></tr></table></body></html>"#;

const NEW: &str = r#"<html><body><h1>Norvik sells its ferry</h1><span class="who">John Doe, harbor</span> <time datetime="2032-03-14">14 March 2032</time>
<div class="text"><p>The old ferry of Norvik is to be sold, the harbor office said on Monday, and it expects few offers for it.</p></div>
<div class="plea"><p>The harbor is dear to us all, and so is this paper; a small sum from each reader would carry it for a year.</p></div>
<div class="more"><p>“We shall miss the ferry,” baker Ivo Lund said. “It brought people who were hungry.”</p></div></body></html>"#;

fn read(html: &str, url: &str, fetched: Option<&str>) -> Article {
    let page = Page {
        id: "p".to_owned(),
        origin: "p.html".to_owned(),
        media: Media::Html,
        bytes: html.as_bytes().to_vec(),
        given: Given {
            url: Some(url.to_owned()),
            fetched: fetched.and_then(Moment::parse),
            ..Given::default()
        },
    };
    article(&page).0
}

fn paragraphs(article: &Article) -> Vec<&str> {
    article.text().split("\n\n").map(|line| line.split_whitespace().next().unwrap_or_default()).collect()
}

#[test]
fn the_layout_is_that_of_the_day() {
    let old = read(OLD, "https://www.harborledger.example/bridge", Some("2030-03-15"));
    assert!(!old.text().contains("weather") && !old.text().contains("small sum"), "{}", old.text());
    assert!(old.text().contains("a herd of sheep") && old.text().contains("I have jumped on it"));
    assert_eq!(old.title.as_deref(), Some("Norvik opens its bridge"));
    assert_eq!(old.byline, ["Jane Roe"]);
    assert_eq!(old.published.unwrap().day.to_string(), "2030-03-14");
    // Without the day that it was fetched on, the day of the report tells.
    assert_eq!(read(OLD, "https://harborledger.example/bridge", None).text(), old.text());

    let new = read(NEW, "https://harborledger.example/ferry", Some("2032-03-14"));
    assert_eq!(paragraphs(&new), ["The", "“We"]);
    assert_eq!(new.byline, ["John Doe"]);
}

#[test]
fn other_outlets_are_read_as_ever() {
    for url in ["https://notharborledger.example/ferry", "https://ledger.example/?harborledger.example"] {
        let other = read(NEW, url, None);
        assert!(other.text().contains("to be sold"), "{}", other.text());
        assert_eq!(other.published.unwrap().day.to_string(), "2032-03-14");
    }
}
