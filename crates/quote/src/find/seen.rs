//! What does the finder look at? Items (words, or whole stretches in marks) in units (one sentence or several).
//!
//! Words in marks are one item: no cue is looked for inside them, and no part of an attribution ends inside
//! them. A unit is a sentence, with what a quotation mark or a colon ties to it.

use crate::find::form::{self, Form};
use crate::find::tag::{self, Tag};
use crate::find::token::{self, Token};
use crate::find::words::{self, Word};
use crate::marks::Marked;
use crate::sentence::sentences;
use onrecord_infer::tagger::{Linear, word};
use onrecord_terms::{Paragraph, ParagraphKind, Span};
use std::ops::Range;

/// One word, sign, or stretch in marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Looks; of a stretch in marks, its outline.
    pub(crate) form: Form,
    /// Part of speech.
    pub(crate) tag: Tag,
    /// Index of the stretch in marks.
    pub(crate) marked: Option<usize>,
    /// Index of the sentence it begins in.
    pub(crate) sentence: usize,
    /// Index of the sentence it ends in: words in marks may hold several.
    pub(crate) until: usize,
}

impl Item {
    /// Whether it is one of these words, in lower case, and not in marks.
    pub(crate) fn is(&self, words: &[&str]) -> bool {
        self.marked.is_none() && words.iter().any(|one| word(one) == self.form.low)
    }
}

/// A text as items.
#[derive(Debug)]
pub(crate) struct Seen<'t> {
    pub(crate) text: &'t str,
    pub(crate) items: Vec<Item>,
    /// The words as the encoder reads them.
    pub(crate) words: Vec<Word>,
    /// The item that each word is, or is part of.
    pub(crate) item_of: Vec<usize>,
    /// Ranges of items, in order, together all of them.
    pub(crate) units: Vec<Unit>,
    pub(crate) sentences: Vec<Span>,
    pub(crate) marked: Vec<Marked>,
}

/// Items that are looked at together.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) items: Range<usize>,
    /// The kind of paragraph it begins in.
    pub(crate) kind: ParagraphKind,
}

/// Items of a unit beyond which nothing more is tied to it.
const UNIT_ITEMS: usize = 160;

/// What words in marks look like from outside: bits of their [`Form::shape`].
pub(crate) const FEW: u8 = 1;
/// They end with a comma.
pub(crate) const COMMA: u8 = 2;
/// They end with a full stop or the like.
pub(crate) const STOP: u8 = 4;
/// They begin with a capital letter.
pub(crate) const UPPER: u8 = 8;
/// More than one sentence.
pub(crate) const MANY: u8 = 16;

/// Looks at a text.
pub(crate) fn seen<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    marked: Vec<Marked>,
    tagger: &Linear,
) -> Seen<'t> {
    let mut seen = Seen {
        text,
        items: Vec::new(),
        words: Vec::with_capacity(text.len() / 5),
        item_of: Vec::with_capacity(text.len() / 5),
        units: Vec::new(),
        sentences: Vec::new(),
        marked,
    };
    let (mut tokens, mut forms, mut tags, mut low) = (Vec::new(), Vec::new(), Vec::new(), String::new());
    let (mut next_marked, mut next_of_word) = (0, 0);
    let telling: Vec<u32> = TELLING.iter().map(|name| word(name)).collect();
    for (nth, paragraph) in paragraphs.iter().enumerate() {
        let first_item = seen.items.len();
        let first_sentence = seen.sentences.len();
        seen.sentences.extend(sentences(text, paragraph.span));
        tokens.clear();
        forms.clear();
        tags.clear();
        for idx in first_sentence..seen.sentences.len() {
            let span = seen.sentences[idx];
            let from = tokens.len();
            token::tokens(text, span.start(), span.end(), &mut tokens);
            forms.extend(tokens[from..].iter().map(|token| form::form(text, token, &mut low)));
            tag::tags(tagger, &forms[from..], &mut tags);
            for at in from..tokens.len() {
                let token = &tokens[at];
                while seen.marked.get(next_of_word).is_some_and(|m| m.span.end() <= token.start) {
                    next_of_word += 1;
                }
                let in_marks = seen.marked.get(next_of_word).is_some_and(|m| m.span.start() < token.end);
                let heading = paragraph.kind == ParagraphKind::Heading;
                seen.words.push(words::word(token, &forms[at], tags[at], nth, in_marks, at == from, heading));
            }
            for (form, _) in forms.iter_mut().zip(&tags).skip(from).filter(|(_, tag)| **tag == Tag::Name) {
                *form = nameless(*form, &telling);
            }
        }
        gather(&mut seen, &tokens, &forms, &tags, first_sentence, &mut next_marked);
        tie(&mut seen, first_item, paragraph.kind);
    }
    seen
}

/// Names whose letters tell something of the sentence: days, months, titles before names.
const TELLING: &[&str] = &[
    "april",
    "august",
    "chairman",
    "chief",
    "congress",
    "dec.",
    "december",
    "director",
    "dr",
    "dr.",
    "feb.",
    "february",
    "friday",
    "general",
    "gov",
    "gov.",
    "governor",
    "house",
    "jan.",
    "january",
    "july",
    "june",
    "justice",
    "king",
    "lord",
    "march",
    "mayor",
    "minister",
    "monday",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "nov.",
    "november",
    "oct.",
    "october",
    "president",
    "prime",
    "prince",
    "professor",
    "queen",
    "rep.",
    "republican",
    "democrat",
    "saturday",
    "secretary",
    "sen.",
    "senator",
    "sept.",
    "september",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "state",
    "sunday",
    "thursday",
    "tuesday",
    "twitter",
    "wednesday",
];

/// The looks of a name: its letters say nothing of the sentence, and the models are to know no name.
fn nameless(form: Form, telling: &[u32]) -> Form {
    match telling.contains(&form.low) {
        true => form,
        false => Form { low: word("<name>"), base: word("<name>"), classes: 0, ..form },
    }
}

/// Turns the tokens of a paragraph into items.
fn gather(
    seen: &mut Seen<'_>,
    tokens: &[Token],
    forms: &[Form],
    tags: &[Tag],
    mut sentence: usize,
    next: &mut usize,
) {
    for ((token, form), tag) in tokens.iter().zip(forms).zip(tags) {
        while seen.sentences.get(sentence).is_some_and(|s| s.end() <= token.start) {
            sentence += 1;
        }
        while seen.marked.get(*next).is_some_and(|m| m.span.end() <= token.start) {
            *next += 1;
        }
        let within = seen.marked.get(*next).filter(|m| m.span.start() < token.end);
        let Some(marked) = within else {
            seen.item_of.push(seen.items.len());
            seen.items.push(Item {
                start: token.start,
                end: token.end,
                form: *form,
                tag: *tag,
                marked: None,
                sentence,
                until: sentence,
            });
            continue;
        };
        if let Some(last) = seen.items.last_mut().filter(|last| last.marked == Some(*next)) {
            last.until = sentence;
            seen.item_of.push(seen.items.len() - 1);
            continue;
        }
        seen.item_of.push(seen.items.len());
        seen.items.push(Item {
            start: marked.span.start(),
            end: marked.span.end(),
            form: outline(seen.text, marked),
            tag: Tag::Marked,
            marked: Some(*next),
            sentence,
            until: sentence,
        });
    }
}

/// The looks of words in marks from outside.
fn outline(text: &str, marked: &Marked) -> Form {
    let inner = marked.inner.slice(text).trim();
    let mut shape = 0;
    if inner.split_whitespace().nth(4).is_none() {
        shape |= FEW;
    }
    if inner.ends_with(',') || text.get(marked.span.end()..).is_some_and(|rest| rest.starts_with(',')) {
        shape |= COMMA;
    }
    if inner.ends_with(['.', '!', '?', '…']) {
        shape |= STOP;
    }
    if inner.starts_with(char::is_uppercase) {
        shape |= UPPER;
    }
    if inner.trim_end_matches(['.', '!', '?']).contains(['.', '!', '?']) {
        shape |= MANY;
    }
    let name = word("“”") ^ u32::from(shape);
    let ends = [word("“”"), inner.split_whitespace().take(20).count() as u32];
    Form { low: name, base: word("“”") ^ u32::from(shape & FEW), ends, shape, classes: 0 }
}

/// Cuts the items of a paragraph into units, and ties the first to the paragraph before where it belongs there.
fn tie(seen: &mut Seen<'_>, first: usize, kind: ParagraphKind) {
    let mut from = first;
    for idx in first..seen.items.len() {
        let (item, next) = (seen.items[idx], seen.items.get(idx + 1));
        let ends = next.is_none_or(|next| next.sentence > item.until && !hangs_on(seen, idx, next));
        let full = idx + 1 - from >= UNIT_ITEMS && next.is_some_and(|next| next.sentence > item.until);
        // Text without any stop is cut all the same: what is done in a unit may grow with its square.
        if !ends && !full && idx + 1 - from < 4 * UNIT_ITEMS {
            continue;
        }
        let goes_back = from == first && goes_back(seen, first);
        match seen.units.last_mut().filter(|unit| goes_back && unit.items.len() < UNIT_ITEMS) {
            Some(unit) => unit.items.end = idx + 1,
            None => seen.units.push(Unit { items: from..idx + 1, kind }),
        }
        from = idx + 1;
    }
}

/// Whether the sentence that begins with `next` belongs to the one that ends at item `idx`.
fn hangs_on(seen: &Seen<'_>, idx: usize, next: &Item) -> bool {
    let item = &seen.items[idx];
    // Words in marks begin it: they may go on what was quoted before.
    if next.marked.is_some() && next.form.shape & FEW == 0 {
        return true;
    }
    // “Is it so?” Ruiz asked.
    item.marked.is_some()
        && seen.items[idx + 1..]
            .iter()
            .take(5)
            .take_while(|after| after.sentence == next.sentence)
            .any(|after| after.tag.is_verb() && after.form.classes & 0b111 != 0)
}

/// Whether a paragraph that begins with item `first` belongs to the paragraph before.
fn goes_back(seen: &Seen<'_>, first: usize) -> bool {
    let (Some(item), Some(last)) =
        (seen.items.get(first), first.checked_sub(1).and_then(|i| seen.items.get(i)))
    else {
        return false;
    };
    let Some(marked) = item.marked.and_then(|idx| seen.marked.get(idx)) else { return false };
    marked.goes_on || seen.text.get(last.start..last.end) == Some(":")
}
