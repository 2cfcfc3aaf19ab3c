//! Made-up reports of made-up people, through one check.

use super::*;
use onrecord_terms::{Article, Body, Differs, Kind, Moment, Place, Quote, Span, Speaker, SpeakerKind};

/// An article of one story with quotes given as (kind, speaker, cue, content).
fn report(id: &str, text: &str, quotes: &[(Kind, &str, &str, &str)]) -> Quoted {
    let mut article = Article::new(id, Body::new(text.to_owned(), vec![], vec![]).unwrap());
    article.published = Moment::parse("2031-05-04");
    let span = |words: &str| {
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {id}"));
        Span::new(text, at, at + words.len()).unwrap()
    };
    let quotes = quotes
        .iter()
        .map(|(kind, name, cue, content)| {
            let mut quote =
                Quote::new(&article, Place::Text, *kind, vec![], vec![span(cue)], vec![span(content)])
                    .unwrap();
            quote.voice.speakers = vec![Speaker {
                name: (*name).to_owned(),
                kind: SpeakerKind::Person,
                named: true,
                role: None,
                of: None,
            }];
            quote
        })
        .collect();
    (article, quotes)
}

fn made(articles: &[Quoted]) -> Vec<Statement> {
    let placements: Vec<Placement> = (0..articles.len())
        .map(|idx| Placement { story: 0, thread: 0, family: idx, copy_of: None, why: vec![], late: None })
        .collect();
    let actors = crate::actors::actors(articles, &placements, &[]);
    statements(articles, &placements, &actors)
}

/// Which quotes stand together: "0.1 1.0" for the second quote of the first article with the first of the second.
fn together(articles: &[Quoted]) -> Vec<String> {
    let name = |r: &onrecord_terms::Rendering| format!("{}.{}", r.article, r.quote);
    made(articles).iter().map(|s| s.renderings.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
}

fn harbour() -> Vec<Quoted> {
    vec![
        report(
            "a",
            "“We will reopen the northern ferry terminal if the inspectors clear both piers,” Ana Ruiz said. \
             The mayor, Ana Ruiz, also said that the fish market stays where it is.",
            &[
                (
                    Kind::Direct,
                    "Ana Ruiz",
                    "said",
                    "“We will reopen the northern ferry terminal if the inspectors clear both piers,”",
                ),
                (Kind::Indirect, "Ana Ruiz", "also said", "that the fish market stays where it is"),
            ],
        ),
        report(
            "b",
            "Ana Ruiz promised that the northern ferry terminal will reopen. \
             Ivo Lund said the library roof leaks in eleven places.",
            &[
                (Kind::Indirect, "Ana Ruiz", "promised", "that the northern ferry terminal will reopen"),
                (Kind::Indirect, "Ivo Lund", "said", "the library roof leaks in eleven places"),
            ],
        ),
    ]
}

#[test]
fn one_statement_told_twice_is_one_and_others_stay_apart() {
    assert_eq!(together(&harbour()), ["0.0 1.0", "0.1", "1.1"]);
}

#[test]
fn what_differs_is_named_and_marked() {
    let articles = harbour();
    let statement = &made(&articles)[0];
    assert!(statement.differs.contains(&Differs::Condition) && statement.differs.contains(&Differs::Verb));
    assert!(!statement.differs.contains(&Differs::Modality), "{:?}", statement.differs);
    assert!(statement.renderings[0].complete);
    for rendering in &statement.renderings {
        let (article, quotes) = &articles[rendering.article];
        let text = quotes[rendering.quote].place().text(article);
        assert!(rendering.marks.iter().all(|mark| mark.span.fits(text)));
    }
    let marks = &statement.renderings[0].marks;
    let condition = marks.iter().find(|m| m.differs == Differs::Condition).unwrap();
    assert!(condition.span.slice(articles[0].0.text()).starts_with("if the inspectors"));
}

/// One sentence of two speakers in two reports, each as sure as given.
fn credited(names: [&str; 2], sure: f32) -> Vec<Differs> {
    let words = "“We will reopen the northern ferry terminal by the ninth of May,”";
    let mut articles: Vec<Quoted> = ["a", "b"]
        .iter()
        .zip(names)
        .map(|(id, name)| {
            report(id, &format!("{words} {name} said."), &[(Kind::Direct, name, "said", words)])
        })
        .collect();
    for (_, quotes) in &mut articles {
        quotes[0].voice.confidence = sure;
    }
    let made = made(&articles);
    made.iter().flat_map(|statement| statement.differs.clone()).collect()
}

#[test]
fn only_two_who_are_surely_known_are_two_speakers() {
    assert_eq!(credited(["Ana Ruiz", "Ivo Lund"], 0.95), [Differs::Speaker]);
    assert_eq!(credited(["Ana Ruiz", "Ivo Lund"], 0.6), []);
    assert_eq!(credited(["Ana Ruiz", "Lund"], 0.95), []);
    assert_eq!(credited(["Ana Ruiz", "Ruiz"], 0.95), []);
}

/// A measure of the one pair of two quotes, the first of article 0 and of article 1.
fn measured(articles: &[Quoted], name: &str) -> f32 {
    let placements: Vec<Placement> = (0..articles.len())
        .map(|idx| Placement { story: 0, thread: 0, family: idx, copy_of: None, why: vec![], late: None })
        .collect();
    let actors = crate::actors::actors(articles, &placements, &[]);
    let (places, pairs) = measure(articles, &placements, &actors);
    let at = TELLING_FEATURES.iter().position(|feature| *feature == name).unwrap();
    let pair = pairs.iter().find(|pair| (places[pair.a], places[pair.b]) == ((0, 0), (1, 0)));
    pair.unwrap().values[at]
}

#[test]
fn two_reports_that_retell_one_speech_are_company() {
    let texts = [
        "Ruiz said the ferry terminal opens in May. Ruiz said the fish market stays where it is.",
        "Ruiz said the terminal for the ferry is to open in spring. Ruiz said the fish market stays.",
    ];
    let quotes: [&[(Kind, &str, &str, &str)]; 2] = [
        &[
            (Kind::Indirect, "Ana Ruiz", "said", "the ferry terminal opens in May"),
            (Kind::Indirect, "Ana Ruiz", "said", "the fish market stays where it is"),
        ],
        &[
            (Kind::Indirect, "Ana Ruiz", "said", "the terminal for the ferry is to open in spring"),
            (Kind::Indirect, "Ana Ruiz", "said", "the fish market stays"),
        ],
    ];
    let both = [report("a", texts[0], quotes[0]), report("b", texts[1], quotes[1])];
    assert_eq!(measured(&both, "company"), 2.0f32.ln());
    let alone = [report("a", texts[0], quotes[0]), report("b", texts[1], &quotes[1][..1])];
    assert_eq!(measured(&alone, "company"), 0.0);
}

#[test]
fn another_figure_of_the_same_is_named() {
    let tell = |id: &str, days: &str| {
        let words = format!("that the northern ferry terminal would reopen within {days} days");
        report(id, &format!("Ana Ruiz said {words}."), &[(Kind::Indirect, "Ana Ruiz", "said", &words)])
    };
    let differs = |days: [&str; 2]| -> Vec<Differs> {
        made(&[tell("a", days[0]), tell("b", days[1])]).iter().flat_map(|s| s.differs.clone()).collect()
    };
    assert_eq!(differs(["180", "120"]), [Differs::Number]);
    assert_eq!(differs(["twenty", "20"]), []);
}

#[test]
fn every_quote_is_in_exactly_one_statement() {
    let articles = harbour();
    let mut all: Vec<(usize, usize)> =
        made(&articles).iter().flat_map(|s| s.renderings.iter().map(|r| (r.article, r.quote))).collect();
    all.sort_unstable();
    assert_eq!(all, [(0, 0), (0, 1), (1, 0), (1, 1)]);
    assert_eq!(made(&[]), []);
}

#[test]
fn order_of_articles_does_not_matter() {
    let mut articles = harbour();
    articles.reverse();
    assert_eq!(together(&articles), ["0.0 1.0", "0.1", "1.1"]);
}

#[test]
fn the_model_file_fits_what_is_measured() {
    assert!(MODEL.is_ok(), "{:?}", *MODEL);
}
