//! Learns the part-of-speech tagger: `cargo run --release -p onrecord-quote --features train --example train-tagger --
//! tagger.bin CONLLU…`. Files with "dev" in their name are held back.

#![allow(clippy::print_stdout, reason = "a program for those who train, that tells what it made")]

use onrecord_quote::train;
use std::error::Error;
use std::fs;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A sentence: words with their Penn Treebank tags.
type Sentence = Vec<(String, String)>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, conllu @ ..] = arguments.as_slice() else { return Err("OUT CONLLU…".into()) };
    let (held_back, train): (Vec<_>, Vec<_>) = conllu.iter().partition(|path| path.contains("dev"));
    let tagger = train::tagger(&sentences(&train)?, 6, 100_000);
    println!("tagger: {:.4} of the words right", train::tagger_score(&tagger, &sentences(&held_back)?));
    fs::write(out, tagger)?;
    Ok(())
}

/// Sentences of CoNLL-U files as words with Penn tags; words parted at hyphens are put together again.
fn sentences(paths: &[&String]) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path)?;
        let (mut sentence, mut glue) = (Sentence::new(), false);
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
                glue = false;
            }
            if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let no_space = cells[9].contains("SpaceAfter=No");
            match sentence.last_mut() {
                Some(last) if glue => {
                    last.0.push_str(cells[1]);
                    if cells[4] != "HYPH" {
                        last.1 = cells[4].to_owned();
                    }
                }
                _ => sentence.push((cells[1].to_owned(), cells[4].to_owned())),
            }
            // A hyphen without blanks ties what stands before and after it.
            let hyphen_next = no_space && cells[4] == "HYPH";
            let before_hyphen = no_space && text_after(&text, line).is_some_and(|next| next == "HYPH");
            glue = hyphen_next || before_hyphen;
        }
        sentences.push(sentence);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(sentences)
}

/// The tag of the word on the line after `line`.
fn text_after<'t>(text: &'t str, line: &str) -> Option<&'t str> {
    let at = line.as_ptr() as usize - text.as_ptr() as usize + line.len();
    text.get(at..)?.trim_start_matches('\n').lines().next()?.split('\t').nth(4)
}
