//! What do trainers need of this room? The words as the encoder reads them, what a reader tells, and the tagger.
//!
//! Compiled with the feature `train` alone; `examples` read the data and write.

use crate::find::models::tagger as words_tagger;
use crate::find::seen::seen;
use crate::find::tag::{self, N_TAGS, Tag};
pub use crate::find::words::Word;
use crate::find::{Reader, attribute, form, layout, stretches, sure, token};
use onrecord_infer::tagger::{Linear, Trainer, feature};
use onrecord_terms::{Article, Span};
use std::ops::Range;

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
    seen(text, article.body.paragraphs(), marked, words_tagger()).words
}

/// What a reader tells of an article's text: each attribution with the numbers that tell how sure it is.
pub fn told(reader: &Reader, article: &Article) -> Vec<(Gold, Vec<f32>)> {
    let text = article.text();
    let marked = stretches(text, article.body.paragraphs());
    let laid = layout::laid(text, article.body.paragraphs(), &marked);
    let covers: Vec<Span> = laid.iter().map(layout::Laid::cover).collect();
    let rest = layout::without(text, article.body.paragraphs(), &covers);
    let seen = seen(text, &rest, marked, words_tagger());
    let mut out = Vec::new();
    attribute::told(reader, &seen, 0.0, |reading, draft| {
        let span = |range: &Range<usize>| {
            Span::new(text, seen.items[range.start].start, seen.items[range.end - 1].end).ok()
        };
        let gold = Gold {
            source: draft.source.iter().filter_map(span).collect(),
            cue: span(&draft.cue).into_iter().collect(),
            content: draft.content.iter().filter_map(span).collect(),
        };
        out.push((gold, sure::features(&seen, reading, &draft).to_vec()));
    });
    out
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
