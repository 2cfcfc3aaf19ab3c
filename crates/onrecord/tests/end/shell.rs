//! In a shell: one-line errors, exit codes, pipes, help.

use crate::run::{Desk, Ran};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

#[test]
fn a_failure_is_one_line() {
    let desk = Desk::with_reports();
    desk.write(
        "other.db",
        "this is no record at all, only some text that is long enough to be a header of one",
    );
    desk.ok(&["read", "in"]);
    let newer = desk.sql("onrecord.db");
    newer.execute("VACUUM INTO ?", [desk.path("newer.db").to_str().unwrap()]).unwrap();
    desk.sql("newer.db").execute_batch("PRAGMA user_version = 99").unwrap();
    let cases: [(&[&str], &str); 8] = [
        (&["stories", "--record", "nowhere.db"], "no record here"),
        (&["stories", "--record", "other.db"], "not an onrecord record"),
        (&["read", "in", "--record", "other.db"], "not an onrecord record"),
        (&["stories", "--record", "newer.db"], "format 99 is newer than format 1"),
        (&["show", "a99"], "nothing in onrecord.db has this id"),
        (&["story", "x"], "not the id of a story"),
        (&["who", "Somebody Else"], "goes by this name"),
        (&["read", "in", "--record", "no/such/folder/x.db"], "no/such/folder/x.db"),
    ];
    for (args, expected) in cases {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(1), "{args:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with("onrecord: ") && ran.err.contains(expected), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
    assert!(std::fs::read_to_string(desk.path("other.db")).unwrap().starts_with("this is no record"));
}

#[test]
fn a_wrong_command_line_is_2() {
    let desk = Desk::new();
    for args in [&["nonsense"][..], &["read"], &["said", "--on", "soon"], &["said", "--kind", "loud"]] {
        assert_eq!(desk.run(args).code, Some(2), "{args:?}");
    }
}

#[test]
fn each_help_has_an_example() {
    let desk = Desk::new();
    let help = desk.ok(&["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 12, "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = desk.ok(&[command, "--help"]);
        assert!(help.contains("Example"), "{command}: {help}");
    }
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let desk = Desk::new();
    let mut lines = String::new();
    for n in 0..300 {
        lines.push_str(&format!(
            "{{\"id\": \"r{n}\", \"text\": \"{}\"}}\n",
            "“The quay is open,” Ana Ruiz said. ".repeat(20).replace('"', "")
        ));
    }
    desk.write("r.jsonl", lines);
    desk.ok(&["read", "r.jsonl"]);
    let mut export = desk
        .command()
        .args(["export", "quotes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(export.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ran = Ran::of(export.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    for text in ["“The quay is open,” Ana Ruiz said.", "“The quay is shut,” Bo Lind said."] {
        let mut read =
            desk.command().args(["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        read.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(read.wait().unwrap().success());
    }
    assert_eq!(desk.lines(&["export", "articles"]).len(), 2, "two texts are two pages");
}

#[test]
fn control_characters_do_not_reach_the_screen() {
    let desk = Desk::new();
    let text = "“The quay \u{1b}[31mis\u{7} open\u{202e},” Ana Ruiz said.\u{9b}2J";
    desk.write(
        "r.jsonl",
        serde_json::json!({"id": "x\u{1b}c", "title": "Quay\u{1b}]0;x\u{7}", "text": text}).to_string(),
    );
    desk.ok(&["read", "r.jsonl"]);
    for command in [&["said"][..], &["stories"], &["show", "a1"], &["search", "quay"]] {
        let out = desk.ok(&[command, &["--format", "text"]].concat());
        assert!(!out.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{command:?}: {out:?}");
    }
}
