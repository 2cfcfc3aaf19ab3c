//! Does the reader in the program make of a text what it made of it in training?
//!
//! `same.tsv` is what `training/attribution/same.py` printed of `same.txt`. Bytes instead of floats may move a
//! probability a little, and decide on one word of an attribution at most: whether the comma behind it is part of it.

use super::*;
use crate::find::{models, seen, stretches};
use onrecord_terms::{Article, Body};

/// Difference of probabilities by products of bytes: the most seen is .02.
const NEAR: f32 = 0.06;

#[test]
fn pieces_cues_and_parts_are_those_of_training() {
    let body = Body::new(include_str!("same.txt").trim_end().to_owned(), Vec::new(), Vec::new()).unwrap();
    let article = Article::new("same", body);
    let text = article.text();
    let marked = stretches(text, article.body.paragraphs());
    let words = seen::seen(text, article.body.paragraphs(), marked, models::tagger()).words;
    let reader = models::reader();
    let (mut pieces, mut begins) = (Vec::new(), Vec::new());
    for word in &words {
        begins.push(pieces.len());
        reader.pieces.of(&text[word.start..word.end], &mut pieces);
    }
    begins.push(pieces.len());
    let view = View::new(reader, &words, &pieces, &begins, 0..words.len(), &mut Room::default());
    let mut at = 0;
    for line in include_str!("same.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let numbers =
            |cell: usize| cells[cell].split(' ').map(|n| n.parse::<f32>().unwrap()).collect::<Vec<_>>();
        if cells[0] == "cue" {
            let cue = numbers(1)[0] as usize..numbers(1)[1] as usize + 1;
            let labels: Vec<f32> =
                view.draft(reader, cue, 1.0).labels.iter().map(|l| f32::from(*l)).collect();
            let theirs = numbers(2);
            assert_eq!(labels.len(), theirs.len());
            let apart = labels.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).count();
            assert!(apart <= 1, "{line}: {labels:?}");
            continue;
        }
        assert_eq!(&text[words[at].start..words[at].end], cells[0]);
        let ids: Vec<f32> = pieces[begins[at]..begins[at + 1]].iter().map(|id| *id as f32).collect();
        assert_eq!(ids, numbers(1), "{line}");
        for (ours, theirs) in view.cue[at].iter().zip(numbers(2)) {
            assert!((ours - theirs).abs() < NEAR, "{line}: {:?}", view.cue[at]);
        }
        at += 1;
    }
    assert_eq!(at, words.len());
}
