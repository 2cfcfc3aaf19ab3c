//! Asking: every question on a small record, and the demo.

use crate::run::Desk;
use serde_json::Value;

fn read() -> Desk {
    let desk = Desk::with_reports();
    desk.ok(&["read", "in"]);
    desk
}

#[test]
fn statements_come_newest_first_and_undated_last() {
    let desk = read();
    let rows = desk.lines(&["said"]);
    assert!(rows.len() >= 4, "{rows:?}");
    let dates: Vec<Option<&str>> = rows.iter().map(|row| row["date"].as_str()).collect();
    let dated: Vec<&str> = dates.iter().flatten().copied().collect();
    assert!(dated.windows(2).all(|pair| pair[0] >= pair[1]), "{dates:?}");
    assert!(dates[dated.len()..].iter().all(Option::is_none), "{dates:?}");
    assert!(dates.last().unwrap().is_none());
}

#[test]
fn a_question_narrows() {
    let desk = read();
    let all = desk.lines(&["said"]).len();
    let ruiz = desk.lines(&["said", "--who", "Ruiz"]);
    assert!(!ruiz.is_empty() && ruiz.len() < all);
    assert!(ruiz.iter().all(|row| row["speakers"].to_string().contains("Ruiz")), "{ruiz:?}");
    assert_eq!(desk.lines(&["said", "--outlet", "nobody"]).len(), 0);
    assert!(!desk.lines(&["said", "--about", "bridges"]).is_empty());
    assert!(!desk.lines(&["said", "--kind", "direct", "--since", "2031-03", "--until", "2031"]).is_empty());
    let ran = desk.run(&["said", "--who", "Somebody Else"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "nobody goes by the name");
    assert!(ran.err.contains("Somebody Else"));
    let ran = desk.run(&["said", "--outlet", "nobody"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "nothing found is an answer");
    assert!(ran.err.contains("nothing found"));
    let ran = desk.run(&["said", "--since", "2032", "--until", "2031"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1));
}

#[test]
fn every_answer_points_at_exact_words() {
    let desk = read();
    let texts: std::collections::BTreeMap<String, String> = desk
        .lines(&["export", "articles"])
        .iter()
        .map(|a| (a["id"].as_str().unwrap().to_owned(), a["text"].as_str().unwrap().to_owned()))
        .collect();
    for quote in desk.lines(&["export", "quotes"]).iter().filter(|quote| quote["in"] == "text") {
        let text: Vec<char> = texts[quote["article"].as_str().unwrap()].chars().collect();
        let slices: Vec<String> = quote["content"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| {
                text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].iter().collect()
            })
            .collect();
        assert_eq!(slices.join(" … "), quote["words"].as_str().unwrap());
        let shown = &desk.lines(&["show", quote["id"].as_str().unwrap()])[0];
        let passage: String = shown["passage"]["pieces"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["text"].as_str().unwrap())
            .collect();
        assert!(text.iter().collect::<String>().contains(&passage));
    }
}

#[test]
fn excerpts_can_be_left_out() {
    let desk = read();
    for what in ["articles", "quotes", "statements"] {
        for format in ["jsonl", "csv"] {
            let rows = desk.ok(&["export", what, "--excerpt", "none", "--format", format]);
            assert!(rows.len() > 100 && !rows.contains("harbour"), "{what} {format}: {rows}");
        }
    }
}

#[test]
fn every_question_has_every_form() {
    let desk = read();
    let questions: [&[&str]; 10] = [
        &["said"],
        &["said", "--compare"],
        &["stories"],
        &["story", "s1"],
        &["who", "Ruiz"],
        &["search", "bridge"],
        &["show", "a1"],
        &["position", "--actor", "Ruiz", "--on", "bridge"],
        &["outlets"],
        &["outlets", "Vale", "Ledger"],
    ];
    for question in questions {
        for format in ["text", "table", "json", "jsonl", "csv"] {
            let out = desk.ok(&[question, &["--format", format]].concat());
            assert!(out.lines().count() > 0, "{question:?} {format}");
            if format == "json" {
                serde_json::from_str::<Value>(&out).unwrap();
            }
            assert!(!out.contains('\u{1b}'), "no colour in a pipe: {question:?} {format}");
        }
    }
}

#[test]
fn an_outlet_is_named_or_listed() {
    let desk = read();
    let rows = desk.lines(&["outlets"]);
    let names: Vec<&str> = rows.iter().filter_map(|row| row["outlet"].as_str()).collect();
    assert_eq!(names, ["Coast Courier", "Vale Ledger"]);
    let view = &desk.lines(&["outlets", "ledger"])[0];
    assert!(view["verbs"].to_string().contains("said"), "{view}");
    assert!(view["quoted"].to_string().contains("Ruiz"), "{view}");
    let ran = desk.run(&["outlets", "Nobody's"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{}", ran.err);
}

#[test]
fn a_list_of_words_is_read_or_refused() {
    let desk = read();
    desk.write("own.tsv", "a crossing\tbridge/bridges\tsteel\n");
    let view = &desk.lines(&["story", "a1", "--words", "own.tsv"])[0];
    assert!(view["contrasts"].is_array(), "{view}");
    desk.write("bad.tsv", "no tabs here\n");
    let ran = desk.run(&["story", "a1", "--words", "bad.tsv"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("bad.tsv"), "{}", ran.err);
}

#[test]
fn search_takes_any_typing() {
    let desk = read();
    for typed in
        ["", "\"", "AND OR NOT", "bridge*", "(", "a:b", "NEAR(x y)", "^", "{", "'; DROP TABLE page; --"]
    {
        assert_eq!(desk.run(&["search", "--", typed]).code, Some(0), "{typed:?}");
    }
    let hits = desk.lines(&["search", "bridges"]);
    assert!(hits.iter().any(|hit| hit["what"] == "statement" && hit["hits"][0] == "bridge"), "{hits:?}");
}

#[test]
fn a_doubtful_speaker_is_shown_with_the_runner_up() {
    let desk = read();
    let conn = desk.sql("onrecord.db");
    conn.execute(
        "UPDATE quote SET voice_confidence = 0.41, runner_up = 'Bo Lind', runner_up_confidence = 0.35
         WHERE id = (SELECT min(quote) FROM speaker WHERE name LIKE '%Ruiz')",
        [],
    )
    .unwrap();
    let id: i64 =
        conn.query_row("SELECT id FROM quote WHERE runner_up = 'Bo Lind'", [], |row| row.get(0)).unwrap();
    drop(conn);
    let row = &desk.lines(&["show", &format!("q{id}")])[0];
    assert_eq!(row["doubt"]["runner_up"], "Bo Lind");
    let text = desk.ok(&["show", &format!("q{id}"), "--format", "text"]);
    assert!(text.contains("0.41, else Bo Lind 0.35"), "{text}");
    let who = desk.ok(&["who", "Bo Lind", "--format", "text"]);
    assert!(who.contains("In doubt"), "{who}");
}

#[test]
fn verify_names_a_row_that_was_tampered_with() {
    let tampered: [(&str, &str); 6] = [
        ("UPDATE quote SET content = '[[0,4]]' WHERE id = 1", "q1"),
        ("UPDATE quote SET content = '[[0,999999]]' WHERE id = 1", "q1"),
        ("UPDATE article SET text = replace(text, 'harbour', 'airport') WHERE id = 1", "a1"),
        ("UPDATE page_version SET bytes = CAST('other' AS BLOB) WHERE id = 2", "a2"),
        ("DELETE FROM speaker WHERE quote = (SELECT min(quote) FROM speaker)", "q"),
        ("DELETE FROM rendering WHERE quote = (SELECT max(quote) FROM rendering)", "q"),
    ];
    for (sql, row) in tampered {
        let desk = read();
        desk.ok(&["verify"]);
        assert_eq!(desk.sql("onrecord.db").execute(sql, []).unwrap(), 1, "{sql}");
        let ran = desk.run(&["verify"]);
        assert_eq!(ran.code, Some(1), "{sql}");
        assert!(ran.err.contains(row) && ran.err.starts_with("onrecord: "), "{sql}: {}", ran.err);
    }
}

#[test]
fn the_demo_shows_the_tour() {
    let desk = Desk::new();
    let out = desk.ok(&["demo"]);
    for part in ["Stories", "who tells what", "how it is told", "One speaker"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(std::fs::read_dir(desk.path("")).unwrap().next().is_none(), "it leaves nothing behind");
}

#[test]
fn stories_are_merged_and_split_by_hand_and_a_rebuild_keeps_it() {
    let desk = read();
    let story_of = |name: &str| {
        let rows = desk.lines(&["export", "articles"]);
        let row = rows.iter().find(|row| row["name"].as_str().unwrap().contains(name)).unwrap();
        (row["id"].as_str().unwrap().to_owned(), row["story"].as_str().unwrap().to_owned())
    };
    let together = || story_of("post").1 == story_of("ledger").1;
    let (ledger, story) = story_of("ledger");
    let (post, _) = story_of("post");
    assert!(together());
    desk.ok(&["story", &story, "--split", &post]);
    assert!(!together());
    desk.ok(&["rebuild"]);
    assert!(!together());
    let shown: Value = serde_json::from_str(&desk.ok(&["story", &post, "--format", "json"])).unwrap();
    assert_eq!(shown["decisions"][0]["decision"], "split");
    assert!(desk.ok(&["story", &post, "--format", "text"]).contains("by hand"));
    let ran = desk.run(&["story", &post, "--split", &post]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "no article would stay: {}", ran.err);

    desk.ok(&["story", &ledger, "--merge", &post]);
    assert!(together());
    desk.ok(&["rebuild"]);
    assert!(together());
    let decisions = desk.lines(&["export", "decisions"]);
    let told: Vec<_> = decisions.iter().map(|d| (d["decision"].as_str(), d["about"].as_str())).collect();
    assert_eq!(told, [(Some("split"), Some("story")), (Some("merge"), Some("story"))]);
    let ran = desk.run(&["story", &ledger, "--merge", &post]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "one story already: {}", ran.err);
}
