//! What holds for every text: no panic, spans that fit, parts in order and apart.

use onrecord_quote::quotes;
use onrecord_terms::{Article, Body, Lang, Place};
use proptest::prelude::*;

/// Texts of words and signs that matter to the finder, with some of any kind between.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "Ruiz", "Ana Ruiz", "the mayor", "she", "they", "said", "told", "says", "added that", "that", "according to",
            "the port", "will open", "called for", "a plan", "to", "and", "of", "RUIZ:", "Q:", "A:", "isn’t", "Ruiz’s",
        ]),
        6 => prop::sample::select(vec![
            "“", "”", "\"", "'", "’", "‘", "„", "«", "»", "''", "``", "「", "」", ",", ".", "?", ":", "—", "-- ", "(", ")", "…",
            "\n", "\n\n", "\u{a0}", "\u{301}", "🦀",
        ]),
        1 => any::<char>().prop_map(|_| "x").boxed(),
    ];
    let words = prop::collection::vec((piece, prop::bool::weighted(0.8)), 0..80).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, blank)| if blank { format!("{piece} ") } else { piece.to_owned() })
            .collect()
    });
    prop_oneof![4 => words, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn quotes_of_any_text_hold_together(text in text(), title in text(), english in any::<bool>()) {
        let Ok(body) = Body::new(text, Vec::new(), Vec::new()) else { return Ok(()) };
        let mut article = Article::new("any", body);
        article.title = Some(title);
        article.language = english.then_some(Lang::ENGLISH);
        let (quotes, _) = quotes(&article);
        let mut last = (Place::Title, 0);
        for quote in &quotes {
            let text = quote.place().text(&article);
            let parts = || quote.source().iter().chain(quote.cue()).chain(quote.content());
            prop_assert!(parts().all(|span| span.fits(text) && !span.is_empty()));
            prop_assert!(quote.sentence().fits(text) && parts().all(|span| quote.sentence().contains(*span)));
            let mut all: Vec<_> = parts().collect();
            all.sort();
            prop_assert!(all.windows(2).all(|pair| !pair[0].overlaps(*pair[1])), "{quote:?}");
            prop_assert!((0.0..=1.0).contains(&quote.confidence));
            let place = match quote.place() { Place::Title => 0, Place::Text => 1 };
            let first = all.first().map_or(0, |span| span.start());
            let last_place = match last.0 { Place::Title => 0, Place::Text => 1 };
            prop_assert!(last_place < place || (last_place == place && last.1 <= first));
            last = (quote.place(), first);
        }
    }
}
