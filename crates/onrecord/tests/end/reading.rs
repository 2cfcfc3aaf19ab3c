//! Reading: twice changes nothing, a changed page is a version, bad inputs are named, threads do not matter.

use crate::run::{Desk, sample};

#[test]
fn reading_twice_changes_nothing() {
    let desk = Desk::with_reports();
    let first = &desk.lines(&["read", "in"])[0];
    assert_eq!((first["read"].as_i64(), first["articles"].as_i64()), (Some(3), Some(3)));
    let before = (desk.export("onrecord.db"), std::fs::read(desk.path("onrecord.db")).unwrap());
    let again = &desk.lines(&["read", "in"])[0];
    assert_eq!((again["read"].as_i64(), again["unchanged"].as_i64()), (Some(0), Some(3)));
    assert_eq!((desk.export("onrecord.db"), std::fs::read(desk.path("onrecord.db")).unwrap()), before);
}

#[test]
fn a_changed_page_is_a_version_and_the_old_one_is_kept() {
    let desk = Desk::with_reports();
    desk.ok(&["read", "in"]);
    let id = desk.lines(&["export", "articles"]).iter().find(|a| a["name"] == "post").unwrap()["id"].clone();
    let id = id.as_str().unwrap();
    desk.write(
        "in/post.txt",
        "“The harbour bridge is a blessing,” Bo Lind said.\n\nBoats waited in the rain.\n",
    );
    let summary = &desk.lines(&["read", "in"])[0];
    assert_eq!((summary["new_versions"].as_i64(), summary["articles"].as_i64()), (Some(1), Some(3)));
    let shown = &desk.lines(&["show", id])[0];
    assert!(shown.to_string().contains("a blessing"));
    assert_eq!(shown["versions"].as_array().unwrap().len(), 2);
    assert_eq!(shown["changes"][0]["change"], "reworded");
    assert!(desk.ok(&["show", &format!("{id}v1")]).contains("a folly"));
    assert!(!desk.export("onrecord.db").contains("folly"), "the latest version answers");
    desk.ok(&["verify"]);
}

#[test]
fn facts_given_later_are_a_new_version() {
    let desk = Desk::with_reports();
    desk.ok(&["read", "in"]);
    desk.write("in/post.json", r#"{"outlet": "Hill Post", "date": "2031-03-06"}"#);
    assert_eq!(desk.lines(&["read", "in"])[0]["new_versions"], 1);
    assert!(desk.export("onrecord.db").contains("Hill Post"));
}

#[test]
fn bad_inputs_are_named_and_skipped() {
    let desk = Desk::with_reports();
    desk.write("in/empty.txt", "");
    desk.write("in/binary.txt", [0, 159, 146, 150, 0, 1, 2, 3, 0, 0, 7]);
    desk.write("in/latin.txt", b"caf\xe9 and cr\xe8me, he said, \xab oui \xbb");
    desk.write("in/broken.jsonl", "{\"id\": \"x\", \"text\": ");
    desk.write("in/huge.txt", vec![b'a'; 64_000_001]);
    let ran = desk.run(&["read", "in", "nowhere.txt"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    for name in ["empty.txt", "binary.txt", "latin.txt", "broken.jsonl", "huge.txt", "nowhere.txt"] {
        let line = ran.err.lines().find(|line| line.contains(name));
        assert!(line.is_some_and(|line| line.starts_with("onrecord: ")), "{name}: {}", ran.err);
    }
    assert_eq!(ran.err.lines().count(), 6, "{}", ran.err);
    assert!(ran.out.contains("\"read\":3"), "{}", ran.out);
    desk.ok(&["verify"]);
}

#[test]
fn the_record_may_lie_among_the_reports() {
    let desk = Desk::with_reports();
    for _ in 0..2 {
        desk.ok(&["read", "in", "--record", "in/talks.db"]);
    }
}

#[test]
fn any_number_of_threads_and_any_order_gives_the_same_record() {
    let desk = Desk::new();
    let sample = sample();
    let sample = sample.to_str().unwrap();
    for threads in ["1", "8"] {
        desk.run(&["read", sample, "--threads", threads, "--record", &format!("{threads}.db")]);
    }
    let one = desk.export("1.db");
    assert!(one.len() > 10_000);
    assert_eq!(one, desk.export("8.db"));
    // Rebuilt, with threads, it is the same again, ids and all.
    desk.ok(&["rebuild", "--record", "8.db", "--threads", "3"]);
    assert_eq!(one, desk.export("8.db"));
    desk.ok(&["verify", "--record", "8.db"]);
    assert_eq!(groups(&desk, "1.db"), {
        // The other way round: ids differ, what belongs together does not.
        let mut paths: Vec<String> = std::fs::read_dir(sample)
            .unwrap()
            .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
            .filter(|path| path.ends_with(".html"))
            .collect();
        paths.sort();
        paths.reverse();
        let mut args = vec!["read", "--record", "back.db"];
        args.extend(paths.iter().map(String::as_str));
        desk.run(&args);
        groups(&desk, "back.db")
    });
}

/// Which articles are in one story, by the pages' addresses.
fn groups(desk: &Desk, record: &str) -> Vec<Vec<String>> {
    let mut groups = std::collections::BTreeMap::new();
    for article in desk.lines(&["export", "articles", "--record", record]) {
        let story = article["story"].as_str().unwrap().to_owned();
        let key = article["url"].as_str().or(article["name"].as_str()).unwrap().to_owned();
        groups.entry(story).or_insert_with(Vec::new).push(key);
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}
