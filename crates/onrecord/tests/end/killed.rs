//! `read` killed at any moment: the record opens, nothing committed is lost, reading again completes it.

use crate::run::Desk;
use std::process::Stdio;

/// Enough reports for several commits.
fn many_reports(desk: &Desk) {
    let mut lines = String::new();
    for n in 0..400 {
        let day = n % 27 + 1;
        let text = format!(
            "Mayor Ana Ruiz said the quay number {n} would open. “Quay {n} is ready,” said Bo Lind, an engineer.\\n\\n\
             The council of district {} met {n} times.",
            n % 7
        );
        lines.push_str(&format!(
            "{{\"id\": \"r{n}\", \"outlet\": \"Outlet {}\", \"date\": \"2031-03-{day:02}\", \"title\": \"Quay {n}\", \"text\": \"{text}\"}}\n",
            n % 5
        ));
    }
    desk.write("reports.jsonl", lines);
}

#[test]
fn a_killed_read_loses_nothing_that_was_committed() {
    let desk = Desk::new();
    many_reports(&desk);
    let began = std::time::Instant::now();
    desk.ok(&["read", "reports.jsonl", "--record", "whole.db"]);
    let took = began.elapsed();
    let whole = desk.export("whole.db");
    let count = |record: &str| -> i64 {
        desk.sql(record).query_row("SELECT count(*) FROM article", [], |row| row.get(0)).unwrap()
    };
    let mut before = 0;
    let (mut round, mut n_midway) = (0, 0);
    for kill in 0..50u32 {
        let record = format!("killed-{round}.db");
        // Delays in a fixed scramble over what a whole run took: before the record is made, between commits, while
        // linking. A slow or busy machine takes longer for both.
        let delay = took * (kill * 37 % 50) / 50;
        let mut read = desk
            .command()
            .args(["read", "reports.jsonl", "--record", &record])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay);
        read.kill().unwrap();
        read.wait().unwrap();
        let path = desk.path(&record);
        if !path.exists()
            || desk.sql(&record).query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap()
                == 0
        {
            continue;
        }
        let verified = desk.run(&["verify", "--record", &record]);
        assert_eq!(verified.code, Some(0), "after {delay:?}: {}", verified.err);
        let after = count(&record);
        assert!(after >= before, "kill {kill}: {before} articles were committed, {after} are left");
        before = after;
        n_midway += usize::from(0 < after && after < 400);
        if after == 400 {
            // Complete, or stopped while linking: read again, compare, and begin a new one.
            desk.ok(&["read", "reports.jsonl", "--record", &record]);
            assert_eq!(desk.export(&record), whole, "kill {kill}");
            (round, before) = (round + 1, 0);
        }
    }
    assert!(n_midway > 0, "no kill came between two commits");
    let last = format!("killed-{round}.db");
    desk.ok(&["read", "reports.jsonl", "--record", &last]);
    assert_eq!(desk.export(&last), whole);
}

#[test]
fn a_record_that_was_not_linked_says_so_and_is_completed() {
    let desk = Desk::with_reports();
    desk.ok(&["read", "in"]);
    let whole = desk.export("onrecord.db");
    // As a kill between the last pages and the links leaves it.
    let conn = desk.sql("onrecord.db");
    conn.execute_batch("UPDATE meta SET value = value + 1 WHERE key = 'changes'; DELETE FROM rendering; DELETE FROM statement;")
        .unwrap();
    drop(conn);
    let ran = desk.run(&["stories"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("not linked yet"), "{}", ran.err);
    desk.ok(&["verify"]);
    desk.ok(&["read", "in"]);
    assert_eq!(desk.export("onrecord.db"), whole);
}
