//! How are the finder's weights learned? From articles with their attributions, by the features that are used.
//!
//! Compiled with the feature `train` alone; `examples/train-finder.rs` reads the data and writes the weights.

use crate::find::cue::{self, BEGIN, INSIDE, OUTSIDE, View};
use crate::find::part::{Around, Between, Choice};
use crate::find::seen::{Seen, seen};
use crate::find::tag::{self, N_TAGS, Tag};
use crate::find::{form, token};
use crate::marks;
use onrecord_infer::tagger::{Linear, Trainer, feature};
use onrecord_terms::{Article, Span};
use std::cell::Cell;
use std::ops::Range;

thread_local! {
    /// The round of training, 0 outside of it: decides which words are dropped.
    static ROUND: Cell<u32> = const { Cell::new(0) };
}

/// Whether the word at this offset is dropped in this round.
pub(crate) fn drops(offset: usize) -> bool {
    let round = ROUND.get();
    round > 0 && feature(900, offset as u32, round) % 10 == 0
}

/// One attribution as annotated.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Its source.
    pub source: Vec<Span>,
    /// Its cue.
    pub cue: Vec<Span>,
    /// Its content.
    pub content: Vec<Span>,
}

/// Learns the part-of-speech tagger from sentences of words with Penn Treebank tags; returns its bytes.
pub fn tagger(sentences: &[Vec<(String, String)>], rounds: u32, most: usize) -> Vec<u8> {
    let mut trainer = Trainer::new(N_TAGS, 0.3);
    let prepared: Vec<_> = sentences
        .iter()
        .map(|sentence| {
            let mut low = String::new();
            let forms: Vec<_> = sentence
                .iter()
                .map(|(word, _)| {
                    let mut tokens = Vec::new();
                    token::tokens(word, 0, word.len(), &mut tokens);
                    let class = match tokens.as_slice() {
                        [] => token::Class::Sign,
                        _ if is_clitic(word) => token::Class::Clitic,
                        [.., last] => last.class,
                    };
                    let token = token::Token { start: 0, end: word.len(), class, spaced: true };
                    form::form(word, &token, &mut low)
                })
                .collect();
            let gold: Vec<Tag> = sentence.iter().map(|(_, tag)| from_penn(tag)).collect();
            (forms, gold)
        })
        .collect();
    let mut features = Vec::new();
    for (forms, gold) in &prepared {
        for idx in 0..forms.len() {
            tag::looks(forms, idx, &gold[..idx], &mut features);
            trainer.count(&features);
        }
    }
    trainer.keep(2);
    for round in 0..rounds {
        trainer.prune(most << (rounds - 1 - round).saturating_sub(2).min(8));
        for at in order(prepared.len(), round) {
            let (forms, gold) = &prepared[at];
            let mut tags: Vec<Tag> = Vec::new();
            for idx in 0..forms.len() {
                let before = if round == 0 { &gold[..idx] } else { &tags[..] };
                tag::looks(forms, idx, before, &mut features);
                let chosen = trainer.learn_label(&features, gold[idx] as usize);
                tags.push(Tag::of(chosen));
            }
        }
    }
    trainer.export(most).to_bytes()
}

/// Share of the words that a tagger tags as annotated.
pub fn tagger_score(bytes: &[u8], sentences: &[Vec<(String, String)>]) -> f64 {
    let Ok(model) = Linear::from_bytes(bytes) else { return 0.0 };
    let (mut right, mut all) = (0, 0);
    for sentence in sentences {
        let mut low = String::new();
        let forms: Vec<_> = sentence
            .iter()
            .map(|(word, _)| {
                let mut tokens = Vec::new();
                token::tokens(word, 0, word.len(), &mut tokens);
                let class = match tokens.as_slice() {
                    [] => token::Class::Sign,
                    _ if is_clitic(word) => token::Class::Clitic,
                    [.., last] => last.class,
                };
                form::form(word, &token::Token { start: 0, end: word.len(), class, spaced: true }, &mut low)
            })
            .collect();
        let mut tags = Vec::new();
        tag::tags(&model, &forms, &mut tags);
        all += tags.len();
        right += tags.iter().zip(sentence).filter(|(tag, (_, gold))| **tag == from_penn(gold)).count();
    }
    f64::from(right as u32) / f64::from(all.max(1) as u32)
}

fn is_clitic(word: &str) -> bool {
    word == "n't"
        || word == "n’t"
        || (word.starts_with(['\'', '’']) && word.chars().count() > 1 && word.len() < 6)
}

fn from_penn(tag: &str) -> Tag {
    match tag {
        "NN" | "NNS" => Tag::Noun,
        "NNP" | "NNPS" => Tag::Name,
        "PRP" => Tag::Pronoun,
        "PRP$" => Tag::Possessive,
        "DT" | "PDT" => Tag::Determiner,
        "JJ" | "JJR" | "JJS" => Tag::Adjective,
        "RB" | "RBR" | "RBS" => Tag::Adverb,
        "VB" => Tag::Verb,
        "VBD" => Tag::Past,
        "VBZ" | "VBP" => Tag::Present,
        "VBN" => Tag::Done,
        "VBG" => Tag::Doing,
        "MD" => Tag::Modal,
        "IN" => Tag::Preposition,
        "TO" => Tag::To,
        "CC" => Tag::And,
        "WDT" | "WP" | "WRB" | "WP$" => Tag::Wh,
        "CD" => Tag::Number,
        "POS" => Tag::Genitive,
        "RP" => Tag::Particle,
        "EX" => Tag::There,
        "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" | "$" | "SYM" => Tag::Sign,
        _ => Tag::Other,
    }
}

/// A fixed shuffle of `0..n` for a round.
fn order(n: usize, round: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|idx| feature(901, *idx as u32, round));
    order
}

/// One attribution in items.
struct Aligned {
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
}

struct Example<'a> {
    seen: Seen<'a>,
    /// Label of each item.
    labels: Vec<usize>,
    aligned: Vec<Aligned>,
}

/// Learns all models of the finder; returns their names and bytes.
pub fn finder(
    articles: &[(Article, Vec<Gold>)],
    tagger: &[u8],
    rounds: u32,
    most: usize,
) -> Vec<(&'static str, Vec<u8>)> {
    let tagger = Linear::from_bytes(tagger).unwrap_or_else(|_| Linear::empty(N_TAGS));
    let examples: Vec<Example<'_>> =
        articles.iter().map(|(article, gold)| align(article, gold, &tagger)).collect();
    vec![
        ("cues", learn_cues(&examples, rounds, most)),
        (
            "source-end",
            learn_choices(&examples, rounds, most, &|around, gold, each| {
                let end = gold.source.as_ref().map(|s| s.end - 1);
                offer(&around.source_ends(), end, |choice, out| around.source_end(choice, out), each);
            }),
        ),
        (
            "source-start",
            learn_choices(&examples, rounds, most, &|around, gold, each| {
                let Some(source) = &gold.source else { return };
                let end = source.end - 1;
                let look =
                    |choice: Choice, out: &mut Vec<u32>| around.source_start(end, choice.unwrap_or(end), out);
                offer(&around.source_starts(end), Some(source.start), look, each);
            }),
        ),
        (
            "content-start",
            learn_choices(&examples, rounds, most, &|around, gold, each| {
                let source = gold.source.as_ref();
                let look = |choice: Choice, out: &mut Vec<u32>| {
                    around.content_start(source, choice.unwrap_or(0), out)
                };
                offer(&around.content_starts(source), Some(gold.content[0].start), look, each);
            }),
        ),
        (
            "content-end",
            learn_choices(&examples, rounds, most, &|around, gold, each| {
                let source = gold.source.as_ref();
                for piece in &gold.content {
                    let look = |choice: Choice, out: &mut Vec<u32>| {
                        let idx = choice.unwrap_or(piece.start);
                        let mut running = Between::default();
                        (piece.start..=idx).for_each(|i| running.add(around, i));
                        around.content_end(source, piece.start, idx, running, out);
                    };
                    offer(&around.content_ends(source, piece.start), Some(piece.end - 1), look, each);
                }
            }),
        ),
        (
            "more",
            learn_choices(&examples, rounds, most, &|around, gold, each| {
                let first = &gold.content[0];
                let taken = first.end.max(around.cue.end).max(gold.source.as_ref().map_or(0, |s| s.end));
                if taken < around.unit.end {
                    let second = gold.content.get(1).map(|piece| piece.start);
                    let look = |choice: Choice, out: &mut Vec<u32>| around.more(first, taken, choice, out);
                    offer(&around.mores(taken), second, look, each);
                }
            }),
        ),
    ]
}

/// Hands the choices' features with the right one on, where it is among them.
fn offer(
    choices: &[Choice],
    gold: Choice,
    mut look: impl FnMut(Choice, &mut Vec<u32>),
    each: &mut dyn FnMut(Vec<Vec<u32>>, usize),
) {
    let Some(right) = choices.iter().position(|choice| *choice == gold) else { return };
    let features = choices
        .iter()
        .map(|choice| {
            let mut out = Vec::new();
            look(*choice, &mut out);
            out
        })
        .collect();
    each(features, right);
}

type Visit<'v> = &'v dyn Fn(&Around<'_>, &Aligned, &mut dyn FnMut(Vec<Vec<u32>>, usize));

fn learn_choices(examples: &[Example<'_>], rounds: u32, most: usize, visit: Visit<'_>) -> Vec<u8> {
    let mut trainer = Trainer::new(1, 0.15);
    let go = |each: &mut dyn FnMut(Vec<Vec<u32>>, usize), round: u32| {
        for at in order(examples.len(), round) {
            let example = &examples[at];
            let cued: Vec<bool> = example.labels.iter().map(|label| *label != OUTSIDE).collect();
            for gold in &example.aligned {
                let Some(unit) = example.seen.units.iter().find(|u| u.items.contains(&gold.cue.start)) else {
                    continue;
                };
                if gold.cue.end > unit.items.end {
                    continue;
                }
                let around = Around {
                    items: &example.seen.items,
                    unit: unit.items.clone(),
                    kind: unit.kind,
                    cue: gold.cue.clone(),
                    head: cue::head(&example.seen.items, gold.cue.clone()),
                    cued: &cued[unit.items.clone()],
                };
                visit(&around, gold, each);
            }
        }
    };
    go(&mut |choices, _| choices.iter().for_each(|features| trainer.count(features)), 0);
    trainer.keep(3);
    let (mut right, mut all) = (0u32, 0u32);
    for round in 0..rounds {
        (right, all) = (0, 0);
        trainer.prune(most << (rounds - 1 - round).saturating_sub(2).min(8));
        go(
            &mut |choices, gold| {
                all += 1;
                right += u32::from(trainer.learn_choice(&choices, gold) == gold);
            },
            round,
        );
    }
    report("a pointer", right, all);
    trainer.export(most).to_bytes()
}

fn learn_cues(examples: &[Example<'_>], rounds: u32, most: usize) -> Vec<u8> {
    let mut trainer = Trainer::new(cue::N_LABELS, 0.2);
    let mut features = Vec::new();
    for example in examples {
        for unit in &example.seen.units {
            let view = View::new(&example.seen.items, unit.items.clone());
            let label = |idx: usize| if unit.items.contains(&idx) { example.labels[idx] } else { OUTSIDE };
            for idx in unit.items.clone() {
                view.features(idx, label(idx.wrapping_sub(1)), label(idx.wrapping_sub(2)), &mut features);
                trainer.count(&features);
            }
        }
    }
    trainer.keep(2);
    let (mut right, mut all) = (0u32, 0u32);
    for round in 0..rounds {
        ROUND.set(round + 1);
        trainer.prune(most << (rounds - 1 - round).saturating_sub(2).min(8));
        (right, all) = (0, 0);
        for at in order(examples.len(), round) {
            let example = &examples[at];
            for unit in &example.seen.units {
                let view = View::new(&example.seen.items, unit.items.clone());
                let (mut last, mut before) = (OUTSIDE, OUTSIDE);
                for idx in unit.items.clone() {
                    view.features(idx, last, before, &mut features);
                    let gold = example.labels[idx];
                    let chosen = trainer.learn_label(&features, gold);
                    all += u32::from(gold != OUTSIDE);
                    right += u32::from(gold != OUTSIDE && chosen == gold);
                    before = last;
                    last = if round == 0 { gold } else { chosen };
                }
            }
        }
    }
    ROUND.set(0);
    report("the cues", right, all);
    trainer.export(most).to_bytes()
}

#[allow(clippy::print_stderr, reason = "training is a program of its own")]
fn report(what: &str, right: u32, all: u32) {
    eprintln!("{what}: {right} of {all} right in the last round");
}

/// An article's attributions in items.
fn align<'a>(article: &'a Article, gold: &[Gold], tagger: &Linear) -> Example<'a> {
    let paragraphs: Vec<Span> = article.body.paragraphs().iter().map(|p| p.span).collect();
    let marked = marks::marked(article.text(), &paragraphs);
    let seen = seen(article.text(), article.body.paragraphs(), marked, tagger);
    let mut labels = vec![OUTSIDE; seen.items.len()];
    let mut aligned = Vec::new();
    for gold in gold {
        let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
            let mut ranges: Vec<Range<usize>> =
                spans.iter().filter_map(|span| items_of(&seen, *span)).collect();
            ranges.sort_by_key(|range| range.start);
            ranges.dedup();
            ranges
        };
        let (source, cue, content) = (ranges(&gold.source), ranges(&gold.cue), ranges(&gold.content));
        let Some(cue) = cue.first().cloned() else { continue };
        for (nth, idx) in cue.clone().enumerate() {
            labels[idx] = if nth == 0 { BEGIN } else { INSIDE };
        }
        if content.is_empty() || content.iter().any(|piece| piece.start < cue.end && cue.start < piece.end) {
            continue;
        }
        aligned.push(Aligned { source: source.first().cloned(), cue, content });
    }
    Example { seen, labels, aligned }
}

/// The items that a span covers, without the signs at its ends.
fn items_of(seen: &Seen<'_>, span: Span) -> Option<Range<usize>> {
    let words = span.slice(seen.text);
    let core = words.trim_matches(|c: char| !c.is_alphanumeric());
    let span = if core.is_empty() { span } else { Span::of(seen.text, core)? };
    let from = seen.items.partition_point(|item| item.end <= span.start());
    let to = seen.items.partition_point(|item| item.start < span.end());
    (from < to).then_some(from..to)
}
