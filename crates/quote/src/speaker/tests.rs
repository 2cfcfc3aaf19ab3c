//! Cases for speakers: a text with its parts marked, and who speaks.
//!
//! `{s1 Ana Lind}` is the source of the first quote, `{k1 said}` its cue, `{c1 …}` its content.

use onrecord_terms::{Article, Body, Kind, Note, Place, Quote, Span};

/// The article without the marks, and its quotes in order of their numbers.
fn read(marked: &str) -> (Article, Vec<Quote>) {
    let mut text = String::new();
    let mut parts: Vec<(usize, char, usize, usize)> = Vec::new();
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    let mut chars = marked.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => {
                let part = chars.next().unwrap();
                let number: String = std::iter::from_fn(|| chars.next_if(char::is_ascii_digit)).collect();
                chars.next();
                open.push((number.parse().unwrap(), part, text.len()));
            }
            '}' => {
                let (number, part, start) = open.pop().unwrap();
                parts.push((number, part, start, text.len()));
            }
            c => text.push(c),
        }
    }
    let article = Article::new("a", Body::new(text.clone(), Vec::new(), Vec::new()).unwrap());
    let last = parts.iter().map(|p| p.0).max().unwrap_or(0);
    let quotes = (1..=last).map(|number| {
        let of = |kind: char| -> Vec<Span> {
            let own = parts.iter().filter(|p| p.0 == number && p.1 == kind);
            own.map(|p| Span::new(&text, p.2, p.3).unwrap()).collect()
        };
        let content = of('c');
        let direct = content[0].slice(&text).starts_with('“');
        let kind = if direct { Kind::Direct } else { Kind::Indirect };
        Quote::new(&article, Place::Text, kind, of('s'), of('k'), content).unwrap()
    });
    let quotes = quotes.collect();
    (article, quotes)
}

fn resolved(marked: &str) -> (Vec<Quote>, Vec<Note>) {
    let (article, mut quotes) = read(marked);
    let mut notes = Vec::new();
    super::resolve(&article, &mut quotes, &mut notes);
    (quotes, notes)
}

/// Checks the speakers of every quote: "name" or "name, name"; empty for nobody.
fn check(marked: &str, expected: &[&str]) {
    let (quotes, _) = resolved(marked);
    let names = |q: &Quote| q.voice.speakers.iter().map(|s| s.name.clone()).collect::<Vec<_>>().join(", ");
    assert_eq!(quotes.iter().map(names).collect::<Vec<_>>(), expected, "{marked}");
}

/// Checks kind, role and whom the first speaker of the last quote speaks for.
fn check_told(marked: &str, kind: &str, role: Option<&str>, of: Option<&str>) {
    let (quotes, _) = resolved(marked);
    let speaker = &quotes.last().unwrap().voice.speakers[0];
    let told = (speaker.kind.as_str(), speaker.role.as_deref(), speaker.of.as_deref());
    assert_eq!(told, (kind, role, of), "{marked}");
}

#[test]
fn a_surname_means_the_full_name_wherever_it_stands() {
    check(
        "{s1 Lind} {k1 said} {c1 the pier was old}. Carl Lind has run the port for years. {s2 Mr. Lind} {k2 said} {c2 it would be rebuilt}.",
        &["Carl Lind", "Carl Lind"],
    );
}

#[test]
fn a_pronoun_right_after_a_quote_is_its_speaker() {
    check(
        "{c1 “The pier is safe,”} {s1 Anna Berg} {k1 told} Peter Holm. {c2 “We checked it,”} {s2 she} {k2 said}.",
        &["Anna Berg", "Anna Berg"],
    );
}

#[test]
fn a_pronoun_passes_over_a_man_who_is_only_spoken_of() {
    check(
        "Peter Holm, the harbour master, met the press on Monday. {s1 Holm} {k1 said} {c1 the engineer Carl Voss had never seen the pier}. {c2 “It stands,”} {s2 he} {k2 said}.",
        &["Peter Holm", "Peter Holm"],
    );
}

#[test]
fn gender_decides_between_the_two_nearest() {
    check(
        "Anna Berg and Peter Holm came on Monday. {s1 He} {k1 said} {c1 the pier was safe}. {s2 She} {k2 said} {c2 it was not}.",
        &["Peter Holm", "Anna Berg"],
    );
}

#[test]
fn two_people_of_one_surname_stay_two() {
    let marked = "Anna Holm met Peter Holm. {s1 Mr. Holm} {k1 said} {c1 the pier was safe}. {s2 Ms. Holm} {k2 said} {c2 it was not}. {s3 Anna Holm} {k3 said} {c3 so again}.";
    check(marked, &["Peter Holm", "Anna Holm", "Anna Holm"]);
    let (quotes, _) = resolved(
        "Anna Holm met Peter Holm in Ashby. Both left. Later {s1 Holm} {k1 said} {c1 the pier was safe}.",
    );
    assert!(quotes[0].voice.confidence < 0.7 && quotes[0].voice.runner_up.is_some(), "{:?}", quotes[0].voice);
}

#[test]
fn an_office_means_the_person_who_holds_it() {
    check(
        "{s1 Anna Berg, a spokeswoman for the port,} {k1 said} {c1 the pier was safe}. Peter Holm nodded. {s2 The spokeswoman} {k2 added} {c2 that it was old}.",
        &["Anna Berg", "Anna Berg"],
    );
    check(
        "{s1 Senator Peter Holm} {k1 said} {c1 yes}. Carl Voss waited outside. {s2 The senator} {k2 said} {c2 no}.",
        &["Peter Holm", "Peter Holm"],
    );
}

#[test]
fn a_pronoun_may_mean_the_office_that_opens_its_paragraph() {
    check(
        "Mayor Karl Holm came with Carl Voss. {c1 “The pier is safe,”} {s1 Voss} {k1 said}.\n\nThe mayor was less sure. {c2 “I wait,”} {s2 he} {k2 said}.",
        &["Carl Voss", "Karl Holm"],
    );
}

#[test]
fn the_name_behind_an_office_speaks() {
    check("{s1 The union’s president, Carl Voss,} {k1 said} {c1 no}.", &["Carl Voss"]);
    check("{s1 Port director Anna Berg} {k1 said} {c1 no}.", &["Anna Berg"]);
}

#[test]
fn a_missing_source_is_the_speaker_before() {
    check(
        "{s1 Harbour spokesman Peter Holm} {k1 made a statement} {c1 about the pier}. {k2 Noting} {c2 that the pier was old}.",
        &["Peter Holm", "Peter Holm"],
    );
}

#[test]
fn a_passive_cue_without_a_source_has_no_speaker() {
    check("{s1 Peter Holm} {k1 said} {c1 no}. {c2 The pier} {k2 is expected} to fall.", &["Peter Holm", ""]);
}

#[test]
fn those_joined_by_and_speak_together_and_so_do_they() {
    check(
        "{s1 Anna Berg and Peter Holm} {k1 said} {c1 the pier was safe}. {s2 They} {k2 said} {c2 it was old}.",
        &["Anna Berg, Peter Holm", "Anna Berg, Peter Holm"],
    );
    check(
        "{s1 The leaders of France, Italy and Spain} {k1 backed} {c1 the pier}.",
        &["France, Italy, Spain"],
    );
}

#[test]
fn those_without_a_name_keep_their_description() {
    check("{s1 Two senior officials} {k1 said} {c1 the pier was closed}.", &["two senior officials"]);
    check_told("{s1 Many observers} {k1 said} {c1 no}.", "group", None, None);
    check_told("{s1 A senior official} {k1 said} {c1 no}.", "unnamed", Some("official"), None);
    check_told("{s1 The report} {k1 said} {c1 the pier was old}.", "document", None, None);
    check(
        "{s1 A new survey} {k1 found} {c1 the pier was old}. {s2 The survey} {k2 said} {c2 it leaks}.",
        &["survey", "survey"],
    );
}

#[test]
fn governments_speak_for_their_country() {
    check_told("{s1 The Kremlin} {k1 said} {c1 no}.", "government", None, Some("Russia"));
    check_told("{s1 France} {k1 rejected} {c1 it}.", "government", None, Some("France"));
    check_told(
        "{s1 French Foreign Minister Anna Berg} {k1 said} {c1 no}.",
        "person",
        Some("French Foreign Minister"),
        Some("France"),
    );
    check_told(
        "{s1 Foreign Ministry spokesperson Anna Berg} {k1 said} {c1 no}.",
        "person",
        Some("Foreign Ministry spokesperson"),
        None,
    );
}

#[test]
fn a_made_up_country_is_known_by_its_people() {
    check_told(
        "Talks in Ardenia failed. {s1 Ardenian Trade Minister Carl Voss} {k1 said} {c1 so}.",
        "person",
        Some("Ardenian Trade Minister"),
        Some("Ardenia"),
    );
    check_told(
        "Ardenian ships left Port Ashby. {s1 Ardenia} {k1 rejected} {c1 the plan}.",
        "government",
        None,
        Some("Ardenia"),
    );
}

#[test]
fn an_official_of_nobody_told_speaks_for_nobody() {
    check_told(
        "Russian troops moved. {s1 The enclave’s Prime Minister Carl Voss} {k1 said} {c1 no}.",
        "person",
        Some("Prime Minister"),
        None,
    );
}

#[test]
fn the_spokeswoman_of_a_body_speaks_for_it() {
    check_told(
        "The Harbour Workers Union struck. {s1 Its spokeswoman, Anna Berg,} {k1 said} {c1 so}.",
        "person",
        Some("spokeswoman"),
        None,
    );
    check_told(
        "{s1 Anna Berg, president of the Harbour Workers Union,} {k1 said} {c1 so}.",
        "person",
        Some("president of the Harbour Workers Union"),
        Some("Harbour Workers Union"),
    );
}

#[test]
fn a_close_call_is_noted_with_both_names() {
    let (quotes, notes) = resolved(
        "The train left with Carl Voss, with Peter Holm and with Adam Krag. {c1 “No,”} {s1 he} {k1 said}.",
    );
    let voice = &quotes[0].voice;
    assert!(voice.confidence < 0.6, "{voice:?}");
    assert!(
        voice.speakers.is_empty() || notes.iter().any(|n| n.code == "speaker-unsure"),
        "{voice:?} {notes:?}"
    );
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_spans_panic(
        text in "(?s)[A-Za-z .,’'“”\"\n0-9Éßü@—\\-]{0,200}",
        cuts in proptest::collection::vec((0usize..200, 0usize..40, 0u8..3), 0..12),
    ) {
        let article = Article::new("a", Body::new(text.clone(), Vec::new(), Vec::new()).unwrap());
        let spans: Vec<(Span, u8)> = cuts
            .iter()
            .filter_map(|(start, len, part)| Some((Span::new(&text, *start, start + len).ok()?, *part)))
            .collect();
        let of = |part: u8| spans.iter().filter(|s| s.1 == part).map(|s| s.0).collect::<Vec<_>>();
        let quote = Quote::new(&article, Place::Text, Kind::Mixed, of(0), of(1), of(2));
        let lone = spans.first().and_then(|s| Quote::new(&article, Place::Text, Kind::Direct, vec![], vec![], vec![s.0]).ok());
        let mut quotes: Vec<Quote> = quote.into_iter().chain(lone).collect();
        let mut notes = Vec::new();
        crate::resolve(&article, &mut quotes, &mut notes);
        for quote in &quotes {
            proptest::prop_assert!((0.0..=1.0).contains(&quote.voice.confidence));
            if let Some(condition) = quote.sense.condition {
                proptest::prop_assert!(condition.fits(&text));
            }
        }
    }
}

#[test]
fn a_country_is_told_by_its_people_alone() {
    check_told(
        "{s1 Ardenian Foreign Minister Carl Voss} {k1 said} {c1 so}.",
        "person",
        Some("Ardenian Foreign Minister"),
        Some("Ardenia"),
    );
    check_told(
        "{s1 An Ardenian diplomat} {k1 said} {c1 no} in Ardenia.",
        "unnamed",
        Some("diplomat"),
        Some("Ardenia"),
    );
}

#[test]
fn who_speaks_for_an_official_speaks_for_the_country() {
    check_told(
        "French President Anna Berg came. {s1 Carl Voss, a spokesman for President Anna Berg,} {k1 said} {c1 so}.",
        "person",
        Some("spokesman for President Anna Berg"),
        Some("France"),
    );
    check_told(
        "{s1 Lantern House spokesman Carl Voss} {k1 said} {c1 so}.",
        "person",
        Some("Lantern House spokesman"),
        Some("Lantern House"),
    );
}

#[test]
fn what_cannot_speak_is_no_speaker() {
    check("{s1 The soup} {k1 promises} {c1 warmth}.", &[""]);
    check("{s1 Less petrol} {k1 means} {c1 that fewer people drive}.", &[""]);
    check("{s1 Tuesday} {k1 says} {c1 it all}.", &[""]);
    check("{s1 New ones} {k1 say} {c1 that the line is shorter}.", &[""]);
    check("{s1 The whole country} {k1 said} {c1 it with him}.", &[""]);
    check("{s1 Paper lanterns} {k1 said} {c1 they were hopeful}.", &[""]);
    check("{s1 About 300 demonstrators} {k1 shouted} {c1 “Ours.”}", &["300 demonstrators"]);
}

#[test]
fn nobody_is_told_with_no_confidence() {
    let (quotes, _) = resolved("{s1 The soup} {k1 promises} {c1 warmth}.");
    assert_eq!(quotes[0].voice.confidence, 0.0);
    assert!(quotes[0].confidence < 0.45);
}

#[test]
fn remarks_from_people_are_theirs() {
    check(
        "{s1 A series of positive remarks from Ana Lind and Bo Kim} {k1 suggested} {c1 that the plan is good}.",
        &["Ana Lind, Bo Kim"],
    );
}

#[test]
fn another_office_is_somebody_else() {
    check(
        "{s1 Foreign Minister Ana Lind} {k1 said} {c1 she would wait}. {s2 The interior minister} {k2 said} {c2 he \
         would not}.",
        &["Ana Lind", "interior minister"],
    );
    check(
        "{s1 Ardenia's defence minister} {k1 said} {c1 no}. {s2 The foreign minister} {k2 said} {c2 yes to it}.",
        &["Ardenia's defence minister", "foreign minister"],
    );
}

#[test]
fn a_dateline_is_no_speaker() {
    check("{s1 PORTAFERRO - The minister} {k1 said} {c1 he would wait}.", &["minister"]);
}

#[test]
fn a_president_in_office_may_be_she() {
    check(
        "President Edda Voslin met General Tom Draym. President Voslin took no offence. {c1 “We will wait,”} {s1 she} \
         {k1 said}.",
        &["Edda Voslin"],
    );
}

#[test]
fn a_partys_nominee_is_the_one_who_campaigns_for_it() {
    check(
        "The Lind campaign met the Holm campaign. Anna Lind and Peter Holm came by ferry.\n\n{s1 The Republican nominee} {k1 said} {c1 her rival was late}.",
        &["Anna Lind"],
    );
    check(
        "Republican presidential nominee Anna Lind met Democratic vice presidential nominee Peter Holm, and Democratic rival Mia Berg stayed home. {s1 The Democratic presidential nominee} {k1 said} {c1 the pier was old}.",
        &["Mia Berg"],
    );
}

#[test]
fn who_writes_a_letter_signs_it() {
    check(
        "{s1 I} {k1 hope} {c1 the pier is rebuilt}. It is old.\n\nAnna Berg.\n\nAshby.\n\n{s2 I} {k2 doubt} {c2 it}.\n\nPeter Holm.",
        &["Anna Berg", "Peter Holm"],
    );
    check(
        "“{s1 I} {k1 want} {c1 a pier}.” — Anna Berg\n\n“{s2 I} {k2 want} {c2 a ferry}.” — Peter Holm",
        &["Anna Berg", "Peter Holm"],
    );
}

#[test]
fn words_are_theirs_in_whose_words_they_stand() {
    check(
        "{s1 Peter Holm} {k1 said} {c1 the pier was safe}. In the words of Anna Berg, it was {c2 “a heap of wood”}. It had become, as Mia Lind put it, {c3 “a heap of holes”}.",
        &["Peter Holm", "Anna Berg", "Mia Lind"],
    );
}

#[test]
fn a_pronoun_before_its_name_means_the_name_behind() {
    check("When {s1 she} {k1 saw} {c1 the pier}, Anna Berg laughed.", &["Anna Berg"]);
}

#[test]
fn who_tells_words_in_marks_is_not_she_in_them() {
    check(
        "Anna Berg, a reporter, wrote: “The first time {s1 she} {k1 saw} {c1 the pier}, it burned.”",
        &[""],
    );
}

#[test]
fn the_subject_goes_on_past_those_named_behind_it() {
    check(
        "Peter Holm was angry at the engineer Carl Voss, who {k1 said} {c1 no}, {k2 calling} {c2 him slow}. {s3 A group of doctors} {k3 urged} {c3 calm}. A group of nurses sent a letter to Peter Holm, {k4 calling} {c4 for rest}.",
        &["Carl Voss", "Peter Holm", "a group of doctors", "a group of nurses"],
    );
}

#[test]
fn a_verb_at_the_head_of_a_sentence_is_no_name() {
    check("{s1 Preys} on our fears and {k1 calls} {c1 people names}.", &[""]);
}

#[test]
fn who_stands_behind_a_preposition_or_before_a_noun_is_seldom_meant() {
    check(
        "The Harbour Gazette praised the U.S. senator. {s1 It} {k1 said} {c1 the pier was safe}.",
        &["Harbour Gazette"],
    );
    check(
        "“{s1 I’ve} {k1 said} {c1 no},” Peter Holm noted. {c2 “Never,”} {s2 he} {k2 added}.",
        &["", "Peter Holm"],
    );
}

#[test]
fn the_name_behind_words_in_marks_speaks_where_a_verb_of_saying_follows() {
    check(
        "{s1 Peter Holm} {k1 said} {c1 no}. {c2 “We stay!”} Holm's niece, the warden Anna Berg of Ashby, shouted to the crowd.",
        &["Peter Holm", "Anna Berg"],
    );
}

#[test]
fn a_source_that_was_not_found_stands_at_the_cue() {
    // Its subject opens the sentence, with an aside between.
    check(
        "The 12-page plan, drawn up by the Harbour Guild in May, {k1 calls for} {c1 a new pier and the removal of the old one}.",
        &["12-page plan"],
    );
    check("On Monday Anna Berg also {k1 argued} {c1 that the pier was safe}.", &["Anna Berg"]);
    check(
        "{s1 Peter Holm} {k1 said} {c1 the pier was old}. There came Anna Berg, who {k2 joked} {c2 that she was older}.",
        &["Peter Holm", "Anna Berg"],
    );
    // A name bound to the words before is no subject.
    check("The vote in Ardenia {k1 showed} {c1 that people wanted a pier}.", &[""]);
}

#[test]
fn a_clause_is_told_by_who_has_said_it_behind_the_comma() {
    check(
        "{s1 Ardenia} {k1 backs} {c1 the plan for a pier}, Foreign Ministry spokeswoman Anna Berg has said.",
        &["Anna Berg"],
    );
    // Who comes later in another clause tells nothing of it.
    check("{s1 Ardenia} {k1 backs} {c1 the plan for a pier}, and Anna Berg has a boat.", &["Ardenia"]);
}

#[test]
fn half_a_pair_is_the_pair() {
    check(
        "Despite kind words from the Harbour Guild and {s1 Mayor Carl Lind} {k1 describing} {c1 the talks as calm}, nothing came of it.",
        &["Harbour Guild, Carl Lind"],
    );
    check(
        "When boats sink, Ardenia and {s1 Brinland} {k1 call} {c1 it fate}. {s2 They} {k2 think} {c2 so}.",
        &["Ardenia, Brinland", "Ardenia, Brinland"],
    );
    // A clause ends before this "and".
    check("Peter Holm praised Anna Berg and {s1 Carl Lind} {k1 said} {c1 he was wrong}.", &["Carl Lind"]);
}

#[test]
fn his_beside_a_name_is_the_one_who_is_named() {
    check(
        "{s1 Peter Holm} {k1 said} {c1 it was late}. {s2 Carl Lind and his advisers} {k2 said} {c2 it was early}.",
        &["Peter Holm", "Carl Lind, Carl Lind's advisers"],
    );
}

#[test]
fn a_report_in_straight_marks_with_others_inside_votes_for_nobody() {
    check(
        "\"She wrote a “list,” and said that Varga should go. Her paper named a doctor.\n\n\"Anna slept. She was calm.\n\n{c1 “It is over,”} {s1 she} {k1 said}.",
        &["Anna"],
    );
}

#[test]
fn aides_speak_for_the_one_whom_their_words_mean() {
    let text =
        "Carl Lind, the mayor, and Peter Lind, his son, sailed on Monday. Carl Lind has ruled for years. ";
    check_told(
        &format!("{text}{{s1 Lind aides}} {{k1 said}} {{c1 it rained}}."),
        "group",
        None,
        Some("Carl Lind"),
    );
    check_told("{s1 Younger dock workers} {k1 said} {c1 it rained}.", "group", None, None);
}

#[test]
fn a_verb_before_a_name_at_the_head_of_a_sentence_is_no_part_of_it() {
    check(
        "Meet Anna Holm in Ashby.\n\nWe asked about Anna Holm’s boats. {s1 Holm} {k1 said} {c1 they were old}.",
        &["Anna Holm"],
    );
}

#[test]
fn a_body_of_two_halves_is_one() {
    check_told(
        "{s1 Ardenian Customs and Border Protection} {k1 said} {c1 the gate was shut}.",
        "organisation",
        None,
        None,
    );
    check(
        "{s1 Customs and Border Protection} {k1 said} {c1 the gate was shut}.",
        &["Customs and Border Protection"],
    );
}

#[test]
fn it_may_stand_for_nobody() {
    check("The Harbour Guild met. {s1 It} {k1 must be admitted} {c1 that the pier is old}.", &[""]);
    check("The Harbour Guild met. {s1 It} {k1 said} {c1 that the pier is old}.", &["Harbour Guild"]);
    check(
        "The Harbour Guild met. {s1 It forces everyone} {k1 to say} {c1 why they stay}.",
        &["Harbour Guild"],
    );
}

#[test]
fn a_word_of_time_is_no_part_of_who_speaks() {
    check(
        "Anna Berg came on Monday. {s1 Later her office} {k1 said} {c1 she had left}.",
        &["Anna Berg's office"],
    );
}

#[test]
fn they_after_a_list_are_those_with_names() {
    check(
        "{s1 Critics of the pier, including Anna Berg and Carl Lind,} {k1 said} {c1 it was old}. {s2 They} {k2 said} {c2 it was cracked}.",
        &["critics of the pier, Anna Berg, Carl Lind", "Anna Berg, Carl Lind"],
    );
}

#[test]
fn a_signature_stands_behind_marks_within_marks() {
    check("{c1 “I live in what they call “the pit” and like it.”} ― Anna Berg", &["Anna Berg"]);
}

#[test]
fn who_is_the_nearest_or_the_office_right_before_it() {
    check(
        "It was sent by Carl Lind and by Anna Berg, a clerk at the Harbour Guild, {s1 who} {k1 told} {c1 us so}.",
        &["Anna Berg"],
    );
    check(
        "Mayor Carl Lind came. Anna Berg spoke to the mayor, {s1 who} {k1 said} {c1 it was late}.",
        &["Carl Lind"],
    );
    check("Ruiz fell out with Lind, now the mayor, who in 2031 {k1 said} {c1 the pier was old}.", &["Lind"]);
}

#[test]
fn what_cannot_speak_is_thought_by_both_its_owners() {
    check("{s1 Ardenia and Corvia's gut reaction} {k1 is to say} {c1 it is late}.", &["Ardenia, Corvia"]);
}

#[test]
fn a_panel_is_no_other_body() {
    let (quotes, _) = resolved(
        "{s1 The Harbour Bank} {k1 said} {c1 it was late}. On Friday {s2 the panel} {k2 said} {c2 it was early}.",
    );
    assert_eq!(quotes[1].voice.speakers[0].name, "panel");
}

#[test]
fn who_presses_is_not_whoever_is_pressed() {
    check(
        "{s1 Anna Berg} {k1 said} {c1 it was late}, and when {k2 pressed on} {c2 why it was late}, she left.",
        &["Anna Berg", ""],
    );
    check(
        "{s1 Carl Lind} {k1 said} {c1 it was late}. When the Harbour Guild looked at the claim, it {k2 was labelled} {c2 “half true”}.",
        &["Carl Lind", "Harbour Guild"],
    );
}

#[test]
fn what_was_not_found_is_not_guessed() {
    // An object of a verb before, a phrase that is no subject, what anybody calls it.
    check(
        "{s1 Peter Holm} {k1 said} {c1 no}. The town embracing Lind {k2 announced} {c2 “a new day”}.",
        &["Peter Holm", "Peter Holm"],
    );
    check("The owner is Holm & Lind, a fund once {k1 known for} {c1 its calm}.", &[""]);
    check("Anna Berg sat down, and she {k1 might have been expected} {c1 to stay}.", &[""]);
}

#[test]
fn house_names_keep_their_capitals() {
    check("{s1 Harbour Democrats} {k1 said} {c1 it rained}.", &["Harbour Democrats"]);
    check("{s1 Senate Republicans} {k1 said} {c1 it rained}.", &["Senate Republicans"]);
}
