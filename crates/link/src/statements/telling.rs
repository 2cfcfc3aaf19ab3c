//! What does one quote say, in numbers? Its terms, quoted words, figures and speakers, made once for all comparisons.

use super::cues::cue_of;
use super::meaning::meaning;
use crate::Quoted;
use crate::profile::BACKGROUND;
use onrecord_infer::{Token, Vocabulary, fold, term, tokens};
use onrecord_terms::{Actor, Kind, Placement, Quote, Span, SpeakerKind};
use std::collections::{BTreeMap, BTreeSet};

/// What is compared of one quote.
#[derive(Debug)]
pub(crate) struct Telling {
    pub(crate) article: usize,
    pub(crate) quote: usize,
    pub(crate) kind: Kind,
    pub(crate) in_title: bool,
    /// Group within which statements are looked for.
    pub(crate) thread: usize,
    pub(crate) story: usize,
    /// Terms of the content, ascending, each once.
    pub(crate) terms: Vec<u32>,
    /// Terms of each sentence of the content; of the whole if it is one.
    pub(crate) sentences: Vec<Vec<u32>>,
    /// Terms of the sentence that follows in the same quotation, where that was parted.
    pub(crate) goes_on: Vec<u32>,
    /// Terms of the sentences around the content, ascending, each once.
    pub(crate) around: Vec<u32>,
    /// Terms inside quotation marks, ascending, each once.
    pub(crate) quoted: Vec<u32>,
    /// Every folded word of the content in order, as numbers.
    pub(crate) words: Vec<u32>,
    /// Terms that stand in small letters somewhere in the content, ascending, each once: no names.
    pub(crate) plain: Vec<u32>,
    /// Terms that follow one another, ascending, each once.
    pub(crate) bigrams: Vec<(u32, u32)>,
    /// Figures in the content.
    pub(crate) numbers: BTreeSet<String>,
    pub(crate) negated: bool,
    /// Actors that speak.
    pub(crate) speakers: BTreeSet<usize>,
    /// Actors that speak or for whom they speak, up to the top.
    pub(crate) behind: BTreeSet<usize>,
    /// From the first to the last byte of the content.
    pub(crate) extent: (usize, usize),
    /// Whether all speakers are people with names.
    pub(crate) people: bool,
    /// Whether a speaker has a name.
    pub(crate) named: bool,
    /// Whether every speaker has a proper name and the article leaves hardly any doubt who it is.
    pub(crate) sure: bool,
    /// Whether every speaker is named by more than a surname.
    pub(crate) full_names: bool,
    /// Whether it is a question that is asked.
    pub(crate) asks: bool,
    /// Probability that the speakers are right.
    pub(crate) voice: f32,
    /// Terms of the speakers' names, ascending, each once.
    pub(crate) name_terms: Vec<u32>,
    /// Terms of the speakers' names, roles, and of those for whom they speak, ascending, each once.
    pub(crate) speaker_terms: Vec<u32>,
    /// Words of the content.
    pub(crate) n_words: usize,
    /// Day of the utterance, and of the report.
    pub(crate) said_on: Option<i32>,
    pub(crate) day: Option<i32>,
    pub(crate) act: Option<onrecord_terms::Act>,
    /// Class of the reporting verb.
    pub(crate) cue: Option<&'static str>,
}

/// All quotes as tellings with the weights of their terms.
#[derive(Debug)]
pub(crate) struct Tellings {
    pub(crate) each: Vec<Telling>,
    /// Inverse document frequency of a term in news.
    pub(crate) idf: Vec<f32>,
    /// Rarity of a term among the quotes of a thread: thread, term → weight.
    pub(crate) local: BTreeMap<(usize, u32), f32>,
}

/// Background texts count as this many (`data/background.tsv`).
const BACKGROUND_COUNTS_AS: f32 = 2000.0;

/// The actors who speak in each quote, by (article, quote).
pub(crate) type Speaking = BTreeMap<(usize, usize), BTreeSet<usize>>;

/// Who speaks where.
pub(crate) fn speaking(actors: &[Actor]) -> Speaking {
    let mut speaking = Speaking::new();
    for (idx, actor) in actors.iter().enumerate() {
        for mention in &actor.mentions {
            speaking.entry((mention.article, mention.quote)).or_default().insert(idx);
        }
    }
    speaking
}

/// Those of some articles, given by ascending positions; in order of article and quote.
pub(crate) fn tellings(
    articles: &[Quoted],
    of: impl IntoIterator<Item = usize>,
    placements: &[Placement],
    actors: &[Actor],
    speaking: &Speaking,
) -> Tellings {
    let mut vocabulary = Vocabulary::default();
    let mut each = Vec::new();
    for article_idx in of {
        let (article, quotes) = &articles[article_idx];
        for (quote_idx, quote) in quotes.iter().enumerate() {
            let speakers = speaking.get(&(article_idx, quote_idx)).cloned().unwrap_or_default();
            let placement = placements.get(article_idx);
            let text = quote.place().text(article);
            let content = Content::read(text, quote, &mut vocabulary);
            each.push(Telling {
                article: article_idx,
                quote: quote_idx,
                kind: quote.kind(),
                in_title: quote.place() == onrecord_terms::Place::Title,
                thread: placement.map_or(article_idx, |p| p.thread),
                story: placement.map_or(article_idx, |p| p.story),
                people: quote.voice.speakers.iter().all(|s| s.named && s.kind == SpeakerKind::Person),
                extent: quote.content().iter().fold((usize::MAX, 0), |(start, end), span| {
                    (start.min(span.start()), end.max(span.end()))
                }),
                sure: quote.voice.confidence >= SURE && named_all(quote),
                full_names: quote.voice.speakers.iter().all(|s| tokens(&s.name).count() > 1),
                asks: asks(text, quote),
                voice: quote.voice.confidence,
                named: quote.voice.speakers.iter().any(|s| s.named && s.kind != SpeakerKind::Document),
                name_terms: terms_of(quote.voice.speakers.iter().map(|s| s.name.as_str()), &mut vocabulary),
                speaker_terms: terms_of(
                    quote
                        .voice
                        .speakers
                        .iter()
                        .flat_map(|s| [Some(s.name.as_str()), s.role.as_deref(), s.of.as_deref()])
                        .flatten(),
                    &mut vocabulary,
                ),
                behind: behind(&speakers, actors),
                speakers,
                n_words: content.words.len(),
                around: around(text, quote, &mut vocabulary),
                sentences: content.sentences,
                goes_on: Vec::new(),
                terms: content.terms,
                quoted: content.quoted,
                plain: content.plain,
                bigrams: content.bigrams,
                words: content.words,
                numbers: content.numbers,
                negated: content.negated,
                said_on: quote.sense.said_on.map(|day| day.ordinal()),
                day: article.published.map(|moment| moment.day.ordinal()),
                act: quote.sense.act,
                cue: cue_of(text, quote.cue()).map(|(class, _)| class),
            });
        }
        let from = each.len() - quotes.len();
        for idx in (0..quotes.len().saturating_sub(1)).filter(|i| quotes[i + 1].goes_on_from(&quotes[*i])) {
            each[from + idx].goes_on = each[from + idx + 1].sentences.first().cloned().unwrap_or_default();
        }
    }
    let idf = BACKGROUND.idf(&vocabulary, &[], 0, BACKGROUND_COUNTS_AS, 1.0);
    let local = local(&each);
    Tellings { each, idf, local }
}

/// Least probability at which a speaker is held to be known.
const SURE: f32 = 0.8;

/// Whether the content is a question that is put or left open, and not an order.
fn asks(text: &str, quote: &Quote) -> bool {
    let Some(first) = quote.content().first() else { return false };
    let word = tokens_in(text, *first).next().map(|token| fold(token.word)).unwrap_or_default();
    let opens = ["whether", "what", "who", "whom", "why", "how", "when", "where", "which"];
    let asked = quote.sense.act == Some(onrecord_terms::Act::Ask);
    let is_open = opens.contains(&word.as_str());
    (quote.kind() == Kind::Indirect && is_open)
        || (asked && (is_open || word == "if" || first.slice(text).contains('?')))
}

/// Whether there are speakers, each a person, body or government with a proper name.
fn named_all(quote: &Quote) -> bool {
    use SpeakerKind::{Government, Organisation, Person};
    let speakers = &quote.voice.speakers;
    !speakers.is_empty()
        && speakers.iter().all(|s| s.named && matches!(s.kind, Person | Organisation | Government))
}

/// ln(1 + quotes of the thread / those with the term).
fn local(each: &[Telling]) -> BTreeMap<(usize, u32), f32> {
    let mut counts: BTreeMap<(usize, u32), f32> = BTreeMap::new();
    let mut n: BTreeMap<usize, f32> = BTreeMap::new();
    for telling in each {
        *n.entry(telling.thread).or_default() += 1.0;
        for term in &telling.terms {
            *counts.entry((telling.thread, *term)).or_default() += 1.0;
        }
    }
    counts.into_iter().map(|(key, count)| (key, (1.0 + n[&key.0] / count).ln())).collect()
}

/// The terms of some words, ascending, each once.
fn terms_of<'w>(words: impl Iterator<Item = &'w str>, vocabulary: &mut Vocabulary) -> Vec<u32> {
    let mut terms: Vec<u32> = words.flat_map(|words| vocabulary.terms(words)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

impl Telling {
    /// Whether one stands inside the other or reaches into it: what somebody says that somebody said.
    pub(crate) fn entangled(&self, other: &Telling) -> bool {
        self.article == other.article
            && self.in_title == other.in_title
            && self.extent.0 < other.extent.1
            && other.extent.0 < self.extent.1
    }
}

/// Speakers and all for whom they speak.
fn behind(speakers: &BTreeSet<usize>, actors: &[Actor]) -> BTreeSet<usize> {
    let mut all = speakers.clone();
    let mut next: Vec<usize> = speakers.iter().copied().collect();
    while let Some(idx) = next.pop() {
        if let Some(of) = actors.get(idx).and_then(|actor| actor.of)
            && all.insert(of)
        {
            next.push(of);
        }
    }
    all
}

/// Bytes on either side of the content that are its surroundings.
const AROUND: usize = 250;

/// Terms of the quote's sentence and of what stands around it, without the content, ascending.
fn around(text: &str, quote: &Quote, vocabulary: &mut Vocabulary) -> Vec<u32> {
    let content = quote.content();
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return Vec::new() };
    let mut from = first.start().saturating_sub(AROUND).min(quote.sentence().start());
    let mut to = (last.end() + AROUND).max(quote.sentence().end()).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let mut terms: Vec<u32> = tokens(&text[from..to])
        .filter(|token| !content.iter().any(|span| span.holds(from + token.start)))
        .filter_map(|token| vocabulary.word(token.word))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

struct Content {
    sentences: Vec<Vec<u32>>,
    terms: Vec<u32>,
    quoted: Vec<u32>,
    plain: Vec<u32>,
    bigrams: Vec<(u32, u32)>,
    words: Vec<u32>,
    numbers: BTreeSet<String>,
    negated: bool,
}

impl Content {
    fn read(text: &str, quote: &Quote, vocabulary: &mut Vocabulary) -> Content {
        let mut content = Content {
            sentences: vec![Vec::new()],
            terms: Vec::new(),
            quoted: Vec::new(),
            plain: Vec::new(),
            bigrams: Vec::new(),
            words: Vec::new(),
            numbers: BTreeSet::new(),
            negated: false,
        };
        for span in quote.content() {
            let inside = quoted_parts(text, *span);
            let mut end = span.start();
            let mut before: Option<u32> = None;
            for token in tokens_in(text, *span) {
                let folded = fold(token.word);
                if text[end..token.start].contains(['.', '!', '?', ';']) {
                    content.sentences.push(Vec::new());
                }
                end = token.end();
                content.negated |= is_negation(&folded);
                let number = figure(&folded);
                let term = match &number {
                    Some(number) => Some(vocabulary.number(number, token.word)),
                    None => term(token.word).map(|term| vocabulary.number(meaning(&term), token.word)),
                };
                content.words.push(vocabulary.number(&format!("={folded}"), token.word));
                if let Some(term) = term {
                    content.bigrams.extend(before.map(|before| (before, term)));
                    before = Some(term);
                    if !token.is_capital() {
                        content.plain.push(term);
                    }
                    content.terms.push(term);
                    content.sentences.last_mut().into_iter().for_each(|s| s.push(term));
                    if inside.iter().any(|part| part.holds(token.start)) {
                        content.quoted.push(term);
                    }
                }
                content.numbers.extend(number);
            }
        }
        content.bigrams.sort_unstable();
        content.bigrams.dedup();
        let whole = [&mut content.terms, &mut content.quoted, &mut content.plain];
        for list in content.sentences.iter_mut().chain(whole) {
            list.sort_unstable();
            list.dedup();
        }
        content.sentences.retain(|sentence| !sentence.is_empty());
        content
    }
}

/// The tokens of a span, with places in the whole text.
pub(crate) fn tokens_in(text: &str, span: Span) -> impl Iterator<Item = Token<'_>> {
    tokens(span.slice(text)).map(move |token| Token { word: token.word, start: token.start + span.start() })
}

/// The stretches inside quotation marks within a span.
pub(crate) fn quoted_parts(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices() {
        let single = |c: char| matches!(c, '‘' | '’' | '\'');
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (words[..at].chars().next_back(), words[at + c.len_utf8()..].chars().next());
        if single(c) && letter(before) && letter(after) {
            continue; // an apostrophe
        }
        let opens = matches!(c, '“' | '«' | '„')
            || (matches!(c, '"' | '\'' | '‘') && open.is_none() && letter(after));
        let closes = matches!(c, '”' | '»' | '"' | '’' | '\'');
        match open {
            Some(start) if closes => {
                parts.extend(Span::new(text, span.start() + start, span.start() + at).ok());
                open = None;
            }
            None if opens => open = Some(at + c.len_utf8()),
            _ => {}
        }
    }
    if let Some(start) = open {
        parts.extend(Span::new(text, span.start() + start, span.end()).ok());
    }
    parts
}

/// The value of a folded figure or number word, in one form.
pub(crate) fn figure(folded: &str) -> Option<String> {
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = folded.chars().filter(|c| *c != ',').collect();
        let digits = plain.trim_end_matches(char::is_alphabetic); // "13th"
        return Some(digits.trim_end_matches('.').to_owned());
    }
    const WORDS: &[&str] = &[
        "zero",
        "",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().position(|word| *word == folded && !word.is_empty()).map(|value| value.to_string())
}

/// Whether a folded word denies.
pub(crate) fn is_negation(folded: &str) -> bool {
    matches!(
        folded,
        "not" | "no" | "never" | "nothing" | "nobody" | "none" | "neither" | "nor" | "without" | "cannot"
    ) || folded.ends_with("n't")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_in_marks() {
        let check = |text: &str, expected: &[&str]| {
            let span = Span::new(text, 0, text.len()).unwrap();
            let parts: Vec<&str> = quoted_parts(text, span).iter().map(|p| p.slice(text)).collect();
            assert_eq!(parts, expected, "{text}");
        };
        check("“We don’t,” he", &["We don’t,"]);
        check("a \"firm\" and 'clear' no", &["firm", "clear"]);
        check("the sailors' boats", &[]);
        check("“open to the end", &["open to the end"]);
    }

    #[test]
    fn figures_in_one_form() {
        assert_eq!(figure("1,500").as_deref(), Some("1500"));
        assert_eq!(figure("13th").as_deref(), Some("13"));
        assert_eq!(figure("two").as_deref(), Some("2"));
        assert_eq!(figure("one"), None);
        assert_eq!(figure(""), None);
    }
}
