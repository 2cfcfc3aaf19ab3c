//! How are the finder's weights learned? From articles with their attributions, by the features that are used.
//!
//! Compiled with the feature `train` alone; `examples/train-finder.rs` reads the data and writes the weights.

use crate::find::cue::{self, BEGIN, INSIDE, OUTSIDE, View};
use crate::find::draft::Desk;
use crate::find::models::{Models, models};
use crate::find::part::{Around, Between, Choice, Pointers};
use crate::find::seen::{Seen, seen};
use crate::find::tag::{self, N_TAGS, Tag};
pub use crate::find::words::Word;
use crate::find::{form, layout, stretches, token};
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
    round > 0 && feature(900, offset as u32, round).is_multiple_of(10)
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

/// The words of an article's text as the encoder reads them.
pub fn read_words(article: &Article) -> Vec<Word> {
    let text = article.text();
    let marked = stretches(text, article.body.paragraphs());
    seen(text, article.body.paragraphs(), marked, &models().tagger).words
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
///
/// What a later model sees of an earlier one comes from models that have not seen the article: the articles are
/// parted in folds, and each fold is worked on by models of the others.
pub fn finder(
    articles: &[(Article, Vec<Gold>)],
    tagger: &[u8],
    rounds: u32,
    most: usize,
) -> Vec<(&'static str, Vec<u8>)> {
    let tagger = Linear::from_bytes(tagger).unwrap_or_else(|_| Linear::empty(N_TAGS));
    let examples: Vec<Example<'_>> =
        articles.iter().map(|(article, gold)| align(article, gold, &tagger)).collect();
    let everything: Vec<usize> = (0..examples.len()).collect();
    let fold = |n: usize, of: usize| -> (Vec<usize>, Vec<usize>) {
        everything.iter().partition(|idx| **idx % of == n)
    };
    // Cues of each article by models of the other folds.
    let mut cued: Vec<Vec<bool>> = examples.iter().map(|e| vec![false; e.labels.len()]).collect();
    for n in 0..FOLDS {
        let (held, rest) = fold(n, FOLDS);
        let model = learn_cues(&examples, &rest, rounds, most);
        for &idx in &held {
            let seen = &examples[idx].seen;
            for unit in &seen.units {
                let cues = cue::cues(&model, &seen.items, unit.items.clone());
                let taken = cues.into_iter().filter(|cue| cue.taken).flat_map(|cue| cue.items);
                taken.for_each(|item| cued[idx][item] = true);
            }
        }
    }
    let cues = learn_cues(&examples, &everything, rounds, most);
    let learn = |which: &[usize]| learn_pointers(&examples, &cued, which, rounds, most);
    // The judge sees drafts by models that have not seen the article.
    let mut judged = Vec::new();
    for n in 0..2 {
        let (held, rest) = fold(n, 2);
        let models = Models {
            tagger: tagger.clone(),
            cues: learn_cues(&examples, &rest, rounds, most),
            pointers: learn(&rest),
        };
        held.iter().for_each(|idx| drafts(&models, &examples[*idx], &mut judged));
    }
    let judge = learn_judge(&judged, most);
    let Pointers { source_end, source_start, content_start, content_end, more, .. } = learn(&everything);
    [
        ("cues", cues),
        ("source-end", source_end),
        ("source-start", source_start),
        ("content-start", content_start),
        ("content-end", content_end),
        ("more", more),
        ("judge", judge),
    ]
    .into_iter()
    .map(|(name, model)| (name, model.to_bytes()))
    .collect()
}

/// Parts of the training articles for the models that feed other models.
const FOLDS: usize = 4;

/// The drafts of an article, each with whether it is an attribution: its cue and its content touch the annotated ones.
fn drafts(models: &Models, example: &Example<'_>, out: &mut Vec<(Vec<u32>, usize)>) {
    for unit in &example.seen.units {
        let desk = Desk::new(models, &example.seen, unit);
        for (draft, cue) in desk.drafts() {
            let features = desk.look(&draft, cue);
            let touches = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
            let right = example.aligned.iter().any(|gold| {
                touches(&gold.cue, &draft.cue)
                    && gold.content.iter().any(|piece| draft.content.iter().any(|own| touches(piece, own)))
            });
            out.push((features, usize::from(right)));
        }
    }
}

fn learn_judge(drafts: &[(Vec<u32>, usize)], most: usize) -> Linear {
    let mut trainer = Trainer::new(2, 0.05);
    drafts.iter().for_each(|(features, _)| trainer.count(features));
    trainer.keep(5);
    let (mut right, mut all) = (0, 0);
    for round in 0..5 {
        (right, all) = (0, 0);
        for idx in order(drafts.len(), round) {
            let (features, gold) = &drafts[idx];
            all += 1;
            right += u32::from(trainer.learn_label(features, *gold) == *gold);
        }
    }
    report("the judge", right, all);
    trainer.export(most)
}

fn learn_pointers(
    examples: &[Example<'_>],
    cued: &[Vec<bool>],
    which: &[usize],
    rounds: u32,
    most: usize,
) -> Pointers {
    let learn = |visit: Visit<'_>| learn_choices(examples, cued, which, rounds, most, visit);
    Pointers {
        source_end: learn(&|around, gold, each| {
            let end = gold.source.as_ref().map(|s| s.end - 1);
            offer(&around.source_ends(), end, |choice, out| around.source_end(choice, out), each);
        }),
        source_start: learn(&|around, gold, each| {
            let Some(source) = &gold.source else { return };
            let end = source.end - 1;
            let look =
                |choice: Choice, out: &mut Vec<u32>| around.source_start(end, choice.unwrap_or(end), out);
            offer(&around.source_starts(end), Some(source.start), look, each);
        }),
        content_start: learn(&|around, gold, each| {
            let source = gold.source.as_ref();
            let look =
                |choice: Choice, out: &mut Vec<u32>| around.content_start(source, choice.unwrap_or(0), out);
            offer(&around.content_starts(source), Some(gold.content[0].start), look, each);
        }),
        content_end: learn(&|around, gold, each| {
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
        more: learn(&|around, gold, each| {
            let first = &gold.content[0];
            let taken = first.end.max(around.cue.end).max(gold.source.as_ref().map_or(0, |s| s.end));
            if taken < around.unit.end {
                let second = gold.content.get(1).map(|piece| piece.start);
                let look = |choice: Choice, out: &mut Vec<u32>| around.more(first, taken, choice, out);
                offer(&around.mores(taken), second, look, each);
            }
        }),
        judge: Linear::empty(2),
    }
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

fn learn_choices(
    examples: &[Example<'_>],
    cued: &[Vec<bool>],
    which: &[usize],
    rounds: u32,
    most: usize,
    visit: Visit<'_>,
) -> Linear {
    let mut trainer = Trainer::new(1, 0.15);
    let go = |each: &mut dyn FnMut(Vec<Vec<u32>>, usize), round: u32| {
        for at in order(which.len(), round) {
            let example = &examples[which[at]];
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
                    cued: &cued[which[at]][unit.items.clone()],
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
    trainer.export(most)
}

fn learn_cues(examples: &[Example<'_>], which: &[usize], rounds: u32, most: usize) -> Linear {
    let mut trainer = Trainer::new(cue::N_LABELS, 0.2);
    let mut features = Vec::new();
    for example in which.iter().map(|idx| &examples[*idx]) {
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
        for at in order(which.len(), round) {
            let example = &examples[which[at]];
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
    trainer.export(most * 2)
}

#[allow(clippy::print_stderr, reason = "training is a program of its own")]
fn report(what: &str, right: u32, all: u32) {
    eprintln!("{what}: {right} of {all} right in the last round");
}

/// An article's attributions in items.
fn align<'a>(article: &'a Article, gold: &[Gold], tagger: &Linear) -> Example<'a> {
    let paragraphs = article.body.paragraphs();
    let marked = stretches(article.text(), paragraphs);
    let laid = layout::laid(article.text(), paragraphs, &marked);
    let covers: Vec<Span> = laid.iter().map(layout::Laid::cover).collect();
    let seen = seen(article.text(), &layout::without(article.text(), paragraphs, &covers), marked, tagger);
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
