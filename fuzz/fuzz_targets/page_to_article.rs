//! Any bytes as a page: an article whose spans fit, and no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_terms::{Given, Media, Page};

fuzz_target!(|input: (u8, &[u8])| {
    let (media, bytes) = input;
    let media = [Media::Html, Media::Text, Media::Body][usize::from(media) % 3];
    let page = Page {
        id: "p".to_owned(),
        origin: "fuzz".to_owned(),
        media,
        bytes: bytes.to_vec(),
        given: Given::default(),
    };
    let (article, _) = onrecord_extract::article(&page);
    for paragraph in article.body.paragraphs() {
        assert!(paragraph.span.fits(article.text()));
    }
    for item in article.body.items() {
        assert!(item.fits(article.text()));
    }
});
