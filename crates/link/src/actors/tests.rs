//! Made-up people in made-up articles, through one check.

use super::*;
use onrecord_terms::{Body, Kind, Moment, Place, Quote, Span};

/// Name, kind, role, of.
type Speaking<'a> = (&'a str, SpeakerKind, &'a str, &'a str);

/// One article per list of (name, kind, role, of); stories as given.
fn record(articles: &[(usize, &[Speaking])]) -> (Vec<Quoted>, Vec<Placement>) {
    let quoted = articles.iter().enumerate().map(|(idx, (_, speakers))| {
        let body = Body::new("They will meet.".to_owned(), vec![], vec![]).unwrap();
        let mut article = Article::new(format!("a{idx}"), body);
        article.published = Moment::parse(&format!("2031-03-0{}", idx + 1));
        let quote = |(name, kind, role, of): &Speaking| {
            let span = Span::new(article.text(), 0, 4).unwrap();
            let mut quote =
                Quote::new(&article, Place::Text, Kind::Indirect, vec![], vec![], vec![span]).unwrap();
            let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
            let named = !matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Group);
            quote.voice.speakers = vec![Speaker {
                name: (*name).to_owned(),
                kind: *kind,
                named,
                role: some(role),
                of: some(of),
            }];
            quote
        };
        let quotes = speakers.iter().map(quote).collect();
        (article, quotes)
    });
    let quoted = quoted.collect();
    let placements = articles
        .iter()
        .enumerate()
        .map(|(idx, (story, _))| Placement {
            story: *story,
            thread: *story,
            family: idx,
            copy_of: None,
            why: vec![],
            late: None,
        })
        .collect();
    (quoted, placements)
}

fn found(articles: &[(usize, &[Speaking])]) -> Vec<String> {
    let (quoted, placements) = record(articles);
    let actors = actors(&quoted, &placements, &[]);
    actors
        .iter()
        .map(|a| {
            let of = a.of.map(|of| format!(" of {}", actors[of].name)).unwrap_or_default();
            format!("{} ×{}{of}", a.names.join("|"), a.mentions.len())
        })
        .collect()
}

use SpeakerKind::{Government as Gov, Group, Person, Unnamed};

#[test]
fn spellings_of_a_full_name_are_one_actor() {
    let articles: &[(usize, &[_])] =
        &[(0, &[("Ivo Barenskyy", Person, "", "")]), (1, &[("Ivo R. Barensky", Person, "", "")])];
    assert_eq!(found(articles), ["Ivo R. Barensky|Ivo Barenskyy ×2"]);
}

#[test]
fn a_surname_joins_the_only_full_name_of_its_story() {
    let articles: &[(usize, &[_])] =
        &[(0, &[("Ana Ruiz", Person, "", "")]), (0, &[("Ruiz", Person, "", "")])];
    assert_eq!(found(articles), ["Ana Ruiz|Ruiz ×2"]);
}

#[test]
fn a_surname_joins_nobody_where_there_are_two_or_in_another_story() {
    let two: &[(usize, &[_])] = &[
        (0, &[("Ana Ruiz", Person, "", ""), ("Eva Ruiz", Person, "", "")]),
        (0, &[("Ruiz", Person, "", "")]),
    ];
    assert_eq!(found(two), ["Ana Ruiz ×1", "Eva Ruiz ×1", "Ruiz ×1"]);
    let elsewhere: &[(usize, &[_])] =
        &[(0, &[("Ana Ruiz", Person, "", "")]), (1, &[("Ruiz", Person, "", "")])];
    assert_eq!(found(elsewhere), ["Ana Ruiz ×1", "Ruiz ×1"]);
}

#[test]
fn those_who_speak_for_a_government_lead_to_it() {
    let articles: &[(usize, &[_])] = &[
        (0, &[("Kremlin", Gov, "", ""), ("Ivo Tolm", Person, "foreign minister", "Russia")]),
        (1, &[("the Kremlin", Gov, "", ""), ("Moscow", Gov, "", ""), ("Ivo Tolm", Person, "", "")]),
        (2, &[("Ada Lund", Person, "envoy", "Russian Federation")]),
    ];
    assert_eq!(
        found(articles),
        [
            "the Kremlin|Kremlin ×2 of Russia",
            "Ivo Tolm ×2 of Russia",
            "Russia|Moscow ×1",
            "Ada Lund ×1 of Russia"
        ]
    );
}

#[test]
fn a_country_that_no_table_knows_is_an_actor_too() {
    let articles: &[(usize, &[_])] =
        &[(0, &[("Ada Lund", Person, "foreign minister", "Ardenia")]), (1, &[("Ardenia", Gov, "", "")])];
    assert_eq!(found(articles), ["Ada Lund ×1 of Ardenia", "Ardenia ×1"]);
    let alone: &[(usize, &[_])] = &[(0, &[("Ada Lund", Person, "foreign minister", "Ardenia")])];
    assert_eq!(found(alone), ["Ada Lund ×1 of Ardenia", "Ardenia ×0"]);
}

#[test]
fn the_unnamed_and_groups_stay_within_their_article() {
    let articles: &[(usize, &[_])] = &[
        (
            0,
            &[
                ("a senior official", Unnamed, "", ""),
                ("a senior official", Unnamed, "", ""),
                ("critics", Group, "", ""),
            ],
        ),
        (0, &[("a senior official", Unnamed, "", ""), ("critics", Group, "", "")]),
    ];
    assert_eq!(found(articles), ["a senior official ×2", "critics ×1", "a senior official ×1", "critics ×1"]);
}

#[test]
fn roles_bear_their_first_and_last_day() {
    let (quoted, placements) = record(&[
        (0, &[("Ana Ruiz", Person, "mayor", "")]),
        (0, &[("Ana Ruiz", Person, "senator", "")]),
        (0, &[("Ana Ruiz", Person, "Mayor", "")]),
    ]);
    let actors = actors(&quoted, &placements, &[]);
    let days: Vec<String> = actors[0]
        .roles
        .iter()
        .map(|r| format!("{} {:?} {:?}", r.title, r.from.unwrap(), r.to.unwrap()))
        .collect();
    assert_eq!(days, ["mayor 2031-03-01 2031-03-03", "senator 2031-03-02 2031-03-02"]);
}

#[test]
fn bearers_of_one_name_with_other_initials_or_numerals_are_several() {
    let articles: &[(usize, &[_])] = &[
        (0, &[("Gil Varen II", Person, "", ""), ("Gil Varen", Person, "", "")]),
        (1, &[("Gil Varen III", Person, "", ""), ("Gil Varen", Person, "", "")]),
        (2, &[("Gil B. Varen", Person, "", "")]),
    ];
    assert_eq!(found(articles), ["Gil Varen II ×1", "Gil Varen ×2", "Gil Varen III ×1", "Gil B. Varen ×1"]);
}

#[test]
fn a_body_named_by_the_surname_of_the_only_person_is_that_person() {
    let articles: &[(usize, &[_])] =
        &[(0, &[("Ana Ruiz", Person, "", ""), ("Ruiz", SpeakerKind::Organisation, "", "")])];
    assert_eq!(found(articles), ["Ana Ruiz|Ruiz ×2"]);
}

#[test]
fn countries_that_no_table_knows_are_told_by_their_adjectives() {
    let articles: &[(usize, &[_])] = &[
        (0, &[("Ardenia", Gov, "", ""), ("the Ardenian government", Gov, "", "")]),
        (
            1,
            &[
                ("Ada Lund", Person, "Ardenian Foreign Minister", "Ardenia"),
                ("Foreign Ministry", Gov, "", ""),
            ],
        ),
        (
            1,
            &[
                ("Ivo Tolm", Person, "spokesman for Ada Lund", "Ada Lund"),
                ("Ardenia's Foreign Ministry", Gov, "", ""),
            ],
        ),
    ];
    assert_eq!(
        found(articles),
        [
            "Ardenia|the Ardenian government ×2",
            "Ada Lund ×1 of Ardenia",
            "Foreign Ministry ×1",
            "Ivo Tolm ×1 of Ardenia",
            "Ardenia's Foreign Ministry ×1 of Ardenia",
        ]
    );
}

#[test]
fn wordings_of_one_role_are_one() {
    let (quoted, placements) = record(&[
        (0, &[("Ana Ruiz", Person, "Defence Minister", "")]),
        (0, &[("Ana Ruiz", Person, "defense minister", "")]),
        (0, &[("Ana Ruiz", Person, "Defence Minister", "")]),
        (0, &[("Eva Lund", Person, "spokeswoman of the Harbour Board", "")]),
        (0, &[("Eva Lund", Person, "Harbour Board spokesperson", "")]),
    ]);
    let titles: Vec<usize> = actors(&quoted, &placements, &[]).iter().map(|a| a.roles.len()).collect();
    assert_eq!(titles, [1, 1]);
}

#[test]
fn a_surname_with_the_highest_office_finds_its_full_name_in_other_stories() {
    let all: &[(usize, &[Speaking])] = &[
        (0, &[("Ana Ruiz", Person, "President", "")]),
        (1, &[("Ruiz", Person, "President", "")]),
        (2, &[("Ruiz", Person, "mayor", "")]),
    ];
    assert_eq!(found(all), ["Ana Ruiz|Ruiz ×2", "Ruiz ×1"]);
    // Two full names of one surname in the office: nobody can tell which.
    let two: &[(usize, &[Speaking])] = &[
        (0, &[("Ana Ruiz", Person, "President", "")]),
        (1, &[("Ivo Ruiz", Person, "President", "")]),
        (2, &[("Ruiz", Person, "President", "")]),
    ];
    assert_eq!(found(two), ["Ana Ruiz ×1", "Ivo Ruiz ×1", "Ruiz ×1"]);
}

#[test]
fn decisions_of_people_outweigh_names() {
    let all: &[(usize, &[Speaking])] = &[
        (0, &[("Ana Ruiz", Person, "", "")]),
        (1, &[("Ana Lind", Person, "", ""), ("Ana Ruiz", Person, "", "")]),
        (1, &[("Ruiz", Person, "", "")]),
    ];
    let (quoted, placements) = record(all);
    let decided = |same, one: &str, other: &str| {
        let made = "2031-03-06T09:00:00Z".to_owned();
        let decision = Decision { same, one: one.to_owned(), other: other.to_owned(), made };
        let actors = actors(&quoted, &placements, &[decision]);
        actors.iter().map(|a| format!("{} ×{}", a.names.join("|"), a.mentions.len())).collect::<Vec<_>>()
    };
    assert_eq!(decided(true, "Ana Ruiz", "Nobody At All"), ["Ana Ruiz|Ruiz ×3", "Ana Lind ×1"]);
    assert_eq!(decided(true, "Ana Ruiz", "Ana Lind"), ["Ana Ruiz|Ana Lind|Ruiz ×4"]);
    assert_eq!(decided(false, "Ana Ruiz", "Ruiz"), ["Ana Ruiz ×2", "Ana Lind ×1", "Ruiz ×1"]);
}

#[test]
fn a_campaign_and_a_bodys_shorter_name_are_one_with_the_longer() {
    use SpeakerKind::{Organisation as Org, Person};
    let articles: &[(usize, &[Speaking])] = &[(
        0,
        &[
            ("Ana Ruiz", Person, "", ""),
            ("Ana Ruiz’s campaign", Org, "", ""),
            ("Ruiz campaign", Org, "", ""),
            ("Harbour Council", Org, "", ""),
            ("Ardenian Harbour Council", Org, "", ""),
        ],
    )];
    let all = found(articles);
    assert_eq!(all.len(), 3, "{all:?}");
    // In another story it may be another council.
    let apart: &[(usize, &[Speaking])] =
        &[(0, &[("Harbour Council", Org, "", "")]), (1, &[("Ardenian Harbour Council", Org, "", "")])];
    assert_eq!(found(apart).len(), 2);
}

#[test]
fn an_organ_of_a_union_of_states_is_one_across_stories() {
    use SpeakerKind::Organisation as Org;
    let all: &[(usize, &[Speaking])] = &[
        (0, &[("U.N. Security Council", Org, "", "")]),
        (1, &[("United Nations Security Council", Org, "", "")]),
        (2, &[("Harbour Security Council", Org, "", "")]),
    ];
    assert_eq!(
        found(all),
        ["United Nations Security Council|U.N. Security Council ×2", "Harbour Security Council ×1"]
    );
}
