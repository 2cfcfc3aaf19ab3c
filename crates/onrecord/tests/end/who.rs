//! Who is who, by whose hand, and how words came: what is kept, shown, undone, and still there after a rebuild.

use crate::run::Desk;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

fn desk() -> Desk {
    let desk = Desk::with_reports();
    desk.write(
        "in/gazette.txt",
        "The council met again on Wednesday.\n\n\
         “The harbour bridge will open in June,” Mia Berg, the harbour master, told Coast Radio in an interview on Tuesday.\n",
    );
    desk.write(
        "in/gazette.json",
        r#"{"outlet": "Vale Gazette", "date": "2031-03-06", "title": "Bridge to open in June"}"#,
    );
    desk.ok(&["read", "in"]);
    desk
}

fn told_to_radio(desk: &Desk) -> Value {
    let said = desk.lines(&["said", "--who", "Mia Berg"]);
    said.into_iter().find(|row| row["medium"] == "interview").unwrap()
}

#[test]
fn how_words_came_is_kept_and_shown() {
    let desk = desk();
    let row = told_to_radio(&desk);
    assert_eq!(row["said_words"], "on Tuesday", "{row}");
    assert_eq!((&row["first_hand"], &row["hops"][0]["how"]), (&Value::from(false), &Value::from("told")));
    assert_eq!(row["hops"][0]["through"], "Coast Radio");
    for question in [&["said", "--who", "Mia Berg"][..], &["said", "--compare"]] {
        let text = desk.ok(&[question, &["--format", "text"]].concat());
        assert!(text.contains("told to Coast Radio"), "{question:?}: {text}");
    }
    let page = Served::of(&desk).page(&format!("/statement/{}", row["id"].as_str().unwrap()));
    assert!(page.contains("told to Coast Radio") && page.contains("medium: interview"), "{page}");
    desk.ok(&["rebuild"]);
    assert_eq!(told_to_radio(&desk), row, "after a rebuild");
    assert_eq!(desk.run(&["verify"]).code, Some(0));
}

#[test]
fn an_older_record_tells_nothing_of_it_until_it_is_rebuilt() {
    let desk = desk();
    let row = told_to_radio(&desk);
    desk.sql("onrecord.db").execute_batch("DROP TABLE circumstance").unwrap();
    let old = desk.lines(&["said", "--who", "Mia Berg"]);
    assert!(old.iter().all(|row| row["medium"].is_null() && row["first_hand"] == true), "{old:?}");
    desk.ok(&["rebuild"]);
    assert_eq!(told_to_radio(&desk), row);
}

#[test]
fn decisions_show_on_the_speakers_page_and_outlast_a_rebuild() {
    let desk = desk();
    desk.ok(&["who", "Ana Ruiz", "--merge", "Bo Lind"]);
    desk.ok(&["rebuild"]);
    let text = desk.ok(&["who", "Ana Ruiz", "--format", "text"]);
    assert!(text.contains("merged by hand") && text.contains("DECIDED"), "{text}");
    let page = Served::of(&desk).page("/who/ana-ruiz");
    assert!(page.contains("Decided by hand") && page.contains("merged by hand"), "{page}");
    desk.ok(&["who", "Ana Ruiz", "--split", "Bo Lind"]);
    let who: Value = serde_json::from_str(&desk.ok(&["who", "Ana Ruiz", "--format", "json"])).unwrap();
    assert!(!who["names"].as_array().unwrap().iter().any(|name| name == "Bo Lind"), "{who}");
    assert!(desk.ok(&["export", "decisions"]).contains("Bo Lind"));
}

/// The record as pages, until dropped.
struct Served {
    child: Child,
    addr: String,
}

impl Served {
    fn of(desk: &Desk) -> Served {
        let mut command = desk.command();
        let mut child =
            command.args(["serve", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addr = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Served { child, addr }
    }

    fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.addr).unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {page}");
        page
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
