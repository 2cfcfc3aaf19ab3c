//! Whatever a page holds, an article comes out: no panic, its spans fit its text, and the time stays linear.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_extract::article;
use onrecord_terms::{Article, Given, Media, Page};
use proptest::prelude::*;
use std::time::Instant;

fn read(media: Media, bytes: impl Into<Vec<u8>>) -> Article {
    let page = Page {
        id: "p".to_owned(),
        origin: "p".to_owned(),
        media,
        bytes: bytes.into(),
        given: Given::default(),
    };
    let (article, _) = article(&page);
    check(&article);
    article
}

/// The invariants of a body, asked of its public face.
fn check(article: &Article) {
    let (text, mut end) = (article.text(), 0);
    for paragraph in article.body.paragraphs() {
        assert!(paragraph.span.fits(text) && !paragraph.span.is_empty() && paragraph.span.start() >= end);
        end = paragraph.span.end();
        let one = article.body.items().iter().filter(|item| item.contains(paragraph.span)).count();
        assert_eq!(one, 1, "a paragraph lies in exactly one report");
    }
    assert!(article.body.items().iter().all(|item| item.fits(text)));
    assert_eq!(text.is_empty(), article.body.items().is_empty());
}

/// Pieces of pages that meet in odd ways.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<div class=\"article-body\">".to_owned()),
        Just(
            "<p>The mayor of Norvik said on Tuesday that the bridge would be open by winter.</p>".to_owned()
        ),
        Just("</div></p></article>".to_owned()),
        Just("<article><h1>The bridge at Norvik</h1><time datetime=\"2031-02-30\">".to_owned()),
        Just(
            "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":[1,null]}"
                .to_owned()
        ),
        Just("<!--".to_owned()),
        Just("&lt;script&gt; &#0; &#xfffff; &amp".to_owned()),
        Just("\n\n\nBy Staff, Agencies\nSource: Norvik News Agency\n".to_owned()),
        Just("\n10:20\nThe bridge opens again after the flood\n".to_owned()),
        Just("Dear readers,\nRelated News\nComments\n".to_owned()),
        "\\PC{0,40}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_bytes_give_an_article(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for media in [Media::Html, Media::Text, Media::Body] {
            read(media, bytes.clone());
        }
    }

    #[test]
    fn any_pieces_give_an_article(pieces in proptest::collection::vec(piece(), 0..30)) {
        for media in [Media::Html, Media::Text, Media::Body] {
            read(media, pieces.concat());
        }
    }

    #[test]
    fn a_body_is_kept_as_given(text in any::<String>()) {
        let article = read(Media::Body, text.clone());
        prop_assert_eq!(article.text(), text.as_str());
    }
}

const PARAGRAPH: &str = "<p>The mayor of Norvik said on Tuesday that the bridge would be open by winter.</p>";

#[test]
fn deep_nesting_neither_overflows_nor_takes_long() {
    for tag in [
        "div",
        "span",
        "b",
        "table",
        "blockquote",
        "ul><li",
        "section",
        "font",
        "a",
        "p",
        "em",
        "dl><dd",
        "button",
        "svg",
    ] {
        let start = Instant::now();
        let name = tag.split('>').next().unwrap();
        let page = format!(
            "{}{PARAGRAPH}{}",
            format!("<{tag}>").repeat(20_000),
            format!("</{name}>").repeat(20_000)
        );
        read(Media::Html, page);
        let unclosed = format!("{}{PARAGRAPH}", format!("<{tag} class=x>").repeat(20_000));
        read(Media::Html, unclosed);
        assert!(start.elapsed().as_secs() < 8, "{tag}: {:?}", start.elapsed());
    }
}

#[test]
fn large_pages_take_seconds_at_most() {
    let start = Instant::now();
    let distinct: String = (0..5_000).map(|n| PARAGRAPH.replace("winter", &format!("winter {n}"))).collect();
    let article =
        read(Media::Html, format!("<article><h1>The bridge at Norvik opens</h1>{distinct}</article>"));
    assert_eq!(article.body.paragraphs().len(), 5_000);
    assert!(start.elapsed().as_secs() < 8, "{:?}", start.elapsed());
    let mixed = format!(
        "<div class=\"post\"><h2>Norvik</h2><time>10:20</time>{PARAGRAPH}<a href=x>Also read: more</a><br><br>text &amp; more</div>"
    );
    for unit in [
        PARAGRAPH.to_owned(),
        mixed,
        "<p>a<br>b".to_owned(),
        "<h1 class=t>Norvik bridge</h1>".to_owned(),
        "word ".to_owned(),
        "<".to_owned(),
    ] {
        let start = Instant::now();
        read(Media::Html, unit.repeat(200_000 / unit.len()));
        assert!(start.elapsed().as_secs() < 8, "{unit}: {:?}", start.elapsed());
    }
    for unit in [
        "The mayor of Norvik said on Tuesday that the bridge would be open by winter.\n\n",
        "Norvik\n\n\n",
        "Related News\n",
        "Dear readers,\n",
        "Comments\n",
        "“word ",
        "10:20\nThe bridge opens again today\n",
    ] {
        let start = Instant::now();
        read(Media::Text, unit.repeat(200_000 / unit.len()));
        assert!(start.elapsed().as_secs() < 8, "{unit}: {:?}", start.elapsed());
    }
}

#[test]
fn escaped_markup_is_text() {
    let page = format!(
        "<article><h1>Norvik: a test of marks</h1>{PARAGRAPH}<p>The page said &lt;script&gt;alert(1)&lt;/script&gt; in full, the clerk told the court on Friday.</p>{PARAGRAPH}</article>"
    );
    let article = read(Media::Html, page);
    assert!(article.text().contains("<script>alert(1)</script> in full"), "{}", article.text());
}
