//! The Markdown files beside this one are tests: each heading with an `article` block says what is found in it.
//!
//! ` ```headline `, ` ```article ` (with a language code behind it, where the page gives one) and then
//! ` ```quotes `: one line a quote, `source | cue | content | kind`, broken parts joined by ` … `, an empty cell
//! for what is not there, `headline:` before a quote in the headline. ` ```notes ` holds the notes.
//! `UPDATE=1 cargo test -p onrecord-quote` writes what is found; a person reads it.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use onrecord_quote::quotes;
use onrecord_terms::{Article, Body, Lang, Place, quote::join};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn markdown_says_what_is_found() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    let mut wrong = String::new();
    let mut n_scenarios = 0;
    for path in files {
        let before = fs::read_to_string(&path).unwrap();
        let after = run(&before, &mut n_scenarios);
        if before != after && env::var_os("UPDATE").is_some() {
            fs::write(&path, &after).unwrap();
        } else if before != after {
            let differs = before.lines().zip(after.lines()).find(|(a, b)| a != b);
            writeln!(wrong, "{}: {differs:?}", path.display()).unwrap();
        }
    }
    assert!(n_scenarios >= 25, "{n_scenarios} scenarios");
    assert!(wrong.is_empty(), "expected, found:\n{wrong}");
}

/// The file with its `quotes` and `notes` blocks as they are found.
fn run(file: &str, n_scenarios: &mut usize) -> String {
    let mut out = String::new();
    let (mut headline, mut article, mut language) = (None, String::new(), None);
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            if line.starts_with('#') {
                headline = None;
            }
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut words = info.split(' ');
        match words.next().unwrap() {
            "headline" => headline = Some(block.join("\n")),
            "article" => {
                article = block.join("\n");
                language = words.next().map(|code| Lang::parse(code).expect("a language code"));
                *n_scenarios += 1;
            }
            kind @ ("quotes" | "notes") => {
                let body = Body::new(article.clone(), Vec::new(), Vec::new()).unwrap();
                let mut article = Article::new("test", body);
                article.title = headline.clone();
                article.language = language;
                out.push_str(&if kind == "quotes" { quote_lines(&article) } else { note_lines(&article) });
                out.push_str("```\n");
                continue;
            }
            other => panic!("no such block: {other}"),
        }
        for line in block {
            writeln!(out, "{line}").unwrap();
        }
        out.push_str("```\n");
    }
    out
}

fn quote_lines(article: &Article) -> String {
    let mut out = String::new();
    for quote in quotes(article).0 {
        let text = quote.place().text(article);
        let cells = [quote.source(), quote.cue(), quote.content()].map(|spans| join(text, spans));
        let place = if quote.place() == Place::Title { "headline: " } else { "" };
        writeln!(out, "{place}{} | {}", cells.join(" | "), quote.kind()).unwrap();
    }
    out
}

fn note_lines(article: &Article) -> String {
    quotes(article).1.iter().map(|note| format!("{}: {}\n", note.code, note.text)).collect()
}
