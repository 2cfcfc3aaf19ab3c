//! Pages in which nobody says anything: a recipe, a score table, a price list, code, a timetable, a horoscope.
//!
//! Verbs of such pages ask, promise and call, but nobody speaks. All pages together may give two false quotes at most: "the
//! caller decides what to do" is told as if somebody decided.

use onrecord_quote::quotes;
use onrecord_terms::{Article, Body};

const PAGES: &[(&str, &str)] = &[
    (
        "Slow onion soup",
        "The recipe asks for two onions and a litre of stock. Bring the water to the boil and add a pinch of salt. \
         The soup promises warmth on cold days. Stir until the onions turn brown; a wide pan helps. \
         Let it rest for ten minutes. A slice of bread on top calls for a little cheese. Note that the pan gets hot.",
    ),
    (
        "Second league, round nine",
        "Portaferro 2, Arden 1. Quilhaven 0, Lower Sael 0. Ternhold 3, Ostrabel 4 (after extra time). Goals: Brandt \
         12, Okoye 40, Lind 71 (penalty). Sent off: Ruiz 88. Attendance 4,120. Next round: Saturday, half past two. \
         Table: Ostrabel 21 points, Portaferro 19, Arden 15, Ternhold 11.",
    ),
    (
        "Prices from 1 March",
        "Single ticket 2.40. Day ticket 6.10. Week ticket 21.00, photo needed. Dogs travel free of charge. Bicycles \
         1.50. Children under six pay nothing. The night surcharge of 2.00 applies from eleven. Lost cards cost 8.00. \
         Prices include tax and are subject to change without notice.",
    ),
    (
        "Reading a file line by line",
        "fn main() {\n    let name = \"input.txt\";\n    match read(name) {\n        Ok(text) => println!(\"{text}\"),\n        \
         Err(error) => eprintln!(\"cannot read {name}: {error}\"),\n    }\n}\n\nThe function returns an error if the file \
         is missing. The caller decides what to do. The call expects a path. The compiler warns about unused values.",
    ),
    (
        "Harbour ferry, winter timetable",
        "Dep. Arden 06:10, 07:40, 09:10. Arr. Lower Sael 06:55, 08:25, 09:55. Not on Sundays. Runs on request after \
         ten in the evening. Passengers are asked to be at the pier five minutes before departure. No ferry in fog. \
         The 07:40 calls at Ternhold on weekdays.",
    ),
    (
        "Your week in the stars",
        "A quiet week lies ahead of you. The moon promises calm evenings and the sun asks for patience at work. An old \
         letter may turn up. On Thursday a door opens; go through it with care. Love wants time. Money warns of haste. \
         Your lucky number is four, and green suits you well.",
    ),
];

#[test]
fn where_nobody_speaks_hardly_any_quote_is_found() {
    let mut found = Vec::new();
    for (headline, text) in PAGES {
        let body = Body::new((*text).to_owned(), Vec::new(), Vec::new()).unwrap();
        let mut article = Article::new("test", body);
        article.title = Some((*headline).to_owned());
        for quote in quotes(&article).0 {
            let text = quote.place().text(&article);
            let words = |spans: &[onrecord_terms::Span]| {
                spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" … ")
            };
            found.push(format!(
                "{headline}: {} | {} | {}",
                words(quote.source()),
                words(quote.cue()),
                words(quote.content())
            ));
        }
    }
    assert!(found.len() <= 2, "{found:#?}");
}
