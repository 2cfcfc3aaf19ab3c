//! What part of speech is each word? A linear tagger over looks and neighbours, greedy from left to right.
//!
//! Trained by `cargo run -p onrecord-quote --features train --example train-tagger` on UD English EWT and GUM.

use crate::find::form::Form;
use onrecord_infer::tagger::{Linear, best, feature};

/// Parts of speech: the Penn Treebank's, those that the finder need not tell apart made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Tag {
    Noun,
    Name,
    Pronoun,
    Possessive,
    Determiner,
    Adjective,
    Adverb,
    /// The base form of a verb.
    Verb,
    /// Past tense.
    Past,
    /// Present tense.
    Present,
    /// Past participle.
    Done,
    /// The form in -ing.
    Doing,
    Modal,
    /// Prepositions and subordinating conjunctions.
    Preposition,
    To,
    And,
    /// Who, which, what, when, how.
    Wh,
    Number,
    /// The ’s of possession.
    Genitive,
    Particle,
    There,
    Sign,
    Other,
    /// Words in quotation marks, taken as one.
    Marked,
}

/// How many parts of speech the tagger tells apart (all but [`Tag::Marked`]).
pub(crate) const N_TAGS: usize = Tag::Other as usize + 1;

const TAGS: [Tag; N_TAGS] = [
    Tag::Noun,
    Tag::Name,
    Tag::Pronoun,
    Tag::Possessive,
    Tag::Determiner,
    Tag::Adjective,
    Tag::Adverb,
    Tag::Verb,
    Tag::Past,
    Tag::Present,
    Tag::Done,
    Tag::Doing,
    Tag::Modal,
    Tag::Preposition,
    Tag::To,
    Tag::And,
    Tag::Wh,
    Tag::Number,
    Tag::Genitive,
    Tag::Particle,
    Tag::There,
    Tag::Sign,
    Tag::Other,
];

impl Tag {
    /// The tag with this number.
    pub(crate) fn of(number: usize) -> Tag {
        TAGS.get(number).copied().unwrap_or(Tag::Other)
    }

    /// Whether it is a form of a verb.
    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Tag::Verb | Tag::Past | Tag::Present | Tag::Done | Tag::Doing | Tag::Modal)
    }

    /// Whether it may stand in the name of somebody, or in a phrase for somebody.
    pub(crate) fn is_of_name(self) -> bool {
        matches!(
            self,
            Tag::Name | Tag::Noun | Tag::Pronoun | Tag::Determiner | Tag::Adjective | Tag::Genitive
        )
    }

    /// Whether it is a verb that can have a subject.
    pub(crate) fn is_finite(self) -> bool {
        matches!(self, Tag::Past | Tag::Present | Tag::Modal)
    }
}

/// The tags of one sentence.
pub(crate) fn tags(model: &Linear, forms: &[Form], out: &mut Vec<Tag>) {
    let mut scores = [0.0; N_TAGS];
    let mut features = Vec::with_capacity(32);
    let from = out.len();
    for idx in 0..forms.len() {
        looks(forms, idx, &out[from..], &mut features);
        model.scores(&features, &mut scores);
        out.push(Tag::of(best(&scores)));
    }
}

/// The features of word `idx`, given the tags of the words before it.
pub(crate) fn looks(forms: &[Form], idx: usize, before: &[Tag], out: &mut Vec<u32>) {
    const NONE: Form = Form { low: 1, base: 1, ends: [1, 1], shape: 64, classes: 0 };
    let at = |offset: isize| idx.checked_add_signed(offset).and_then(|i| forms.get(i)).unwrap_or(&NONE);
    let tag =
        |back: usize| before.len().checked_sub(back).and_then(|i| before.get(i)).map_or(99, |t| *t as u32);
    let (this, last, next) = (at(0), at(-1), at(1));
    let first = u32::from(idx == 0);
    out.clear();
    out.extend([
        feature(100, 0, 0),
        feature(101, this.low, 0),
        feature(102, this.ends[1], 0),
        feature(103, this.ends[0], 0),
        feature(104, u32::from(this.shape), first),
        feature(105, tag(1), 0),
        feature(106, tag(1), tag(2)),
        feature(107, tag(1), this.low),
        feature(108, last.low, 0),
        feature(109, last.low, this.low),
        feature(110, next.low, 0),
        feature(111, next.low, this.low),
        feature(112, next.ends[1], u32::from(next.shape)),
        feature(113, at(-2).low, 0),
        feature(114, at(2).low, 0),
        feature(115, tag(1), this.ends[1]),
        feature(116, u32::from(this.shape), tag(1)),
        feature(117, this.base, tag(1)),
        feature(118, this.ends[1], next.ends[0]),
        feature(119, u32::from(next.shape), u32::from(this.shape)),
    ]);
}
