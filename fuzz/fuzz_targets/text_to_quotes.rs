//! Any text as an article: quotes whose spans fit and do not overlap, and no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_terms::{Article, Body};

fuzz_target!(|input: (&str, &str)| {
    let (title, text) = input;
    let Ok(body) = Body::new(text.to_owned(), Vec::new(), Vec::new()) else { return };
    let mut article = Article::new("a", body);
    article.title = (!title.is_empty()).then(|| title.to_owned());
    let (quotes, _) = onrecord_quote::quotes(&article);
    for quote in quotes {
        let text = quote.place().text(&article);
        let mut spans: Vec<_> = quote.source().iter().chain(quote.cue()).chain(quote.content()).collect();
        spans.sort();
        assert!(spans.iter().all(|span| span.fits(text) && quote.sentence().contains(**span)));
        assert!(spans.windows(2).all(|pair| !pair[0].overlaps(*pair[1])), "parts overlap");
    }
});
