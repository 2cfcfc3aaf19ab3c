//! How do the renderings of one statement differ? Each is held against the fullest one, and the words that differ
//! are marked (`data/statements/GUIDE.md` names the kinds).

use super::telling::{Telling, Tellings, figure, is_negation, quoted_parts, tokens_in};
use crate::Quoted;
use onrecord_infer::{fold, stem, term, tokens};
use onrecord_terms::{Differs, Kind, Mark, Quote, Rendering, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// A rendering that lacks more than this part of the fullest one's weight leaves something out. Set by hand; it agrees
/// with the annotators on 192 of 241 renderings of statements dev.
const LEFT_OUT: f32 = 0.5;
/// A run of at least this many words that a rendering lacks is shown as left out.
const LEFT_OUT_WORDS: usize = 4;

/// Renderings in the order given, with completeness and marks, and the kinds of difference.
pub(crate) fn compared(
    articles: &[Quoted],
    tellings: &Tellings,
    members: &[usize],
) -> (Vec<Rendering>, Vec<Differs>) {
    let of = |idx: &usize| &tellings.each[*idx];
    let mut renderings: Vec<Rendering> = members
        .iter()
        .map(of)
        .map(|t| Rendering { article: t.article, quote: t.quote, complete: true, marks: Vec::new() })
        .collect();
    if members.len() < 2 {
        return (renderings, Vec::new());
    }
    let fullest = (0..members.len()).max_by(|a, b| {
        fullness(tellings, of(&members[*a])).cmp(&fullness(tellings, of(&members[*b]))).then(b.cmp(a))
    });
    let fullest = fullest.unwrap_or(0);
    let views: Vec<View> = members.iter().map(|idx| View::new(articles, &tellings.each[*idx])).collect();
    let mut differs: BTreeSet<Differs> = BTreeSet::new();
    for idx in (0..members.len()).filter(|idx| *idx != fullest) {
        let (this, full) = (&views[idx], &views[fullest]);
        let left_out = left_out(tellings, of(&members[idx]), of(&members[fullest]));
        renderings[idx].complete = left_out <= LEFT_OUT;
        if left_out > LEFT_OUT {
            differs.insert(Differs::Scope);
            renderings[fullest].marks.extend(missing_runs(full, this));
        }
        let (mine, theirs) = marks(this, full);
        renderings[idx].marks.extend(mine);
        renderings[fullest].marks.extend(theirs);
        if other_speaker(of(&members[idx]), of(&members[fullest])) {
            differs.insert(Differs::Speaker);
            let source = this.quote.source().iter();
            renderings[idx].marks.extend(source.map(|span| Mark { span: *span, differs: Differs::Speaker }));
        }
    }
    for rendering in &mut renderings {
        rendering.marks.sort_unstable();
        rendering.marks.dedup();
        differs.extend(rendering.marks.iter().map(|mark| mark.differs));
    }
    (renderings, differs.into_iter().collect())
}

/// Order of fullness: weight of its terms, words in marks before words of the outlet, the text before the headline.
fn fullness(tellings: &Tellings, telling: &Telling) -> (u32, bool, bool) {
    let weight: f32 = telling.terms.iter().map(|term| tellings.idf[*term as usize]).sum();
    ((weight * 10.0) as u32, telling.kind == Kind::Direct, !telling.in_title)
}

/// The part of the fullest rendering's weight that another lacks, 0.0 to 1.0.
fn left_out(tellings: &Tellings, this: &Telling, full: &Telling) -> f32 {
    let weight = |term: &u32| tellings.idf[*term as usize];
    let all: f32 = full.terms.iter().map(weight).sum();
    let lacking: f32 =
        full.terms.iter().filter(|term| this.terms.binary_search(term).is_err()).map(weight).sum();
    if all > 0.0 { lacking / all } else { 0.0 }
}

fn other_speaker(a: &Telling, b: &Telling) -> bool {
    !a.speakers.is_empty() && !b.speakers.is_empty() && a.speakers.is_disjoint(&b.speakers)
}

/// One rendering, read for comparing.
struct View<'a> {
    quote: &'a Quote,
    text: &'a str,
    words: Vec<Word>,
    /// Terms of all words.
    terms: BTreeSet<String>,
    figures: BTreeSet<String>,
    condition: Option<Span>,
    cue: Option<&'static str>,
}

/// A word of the content.
struct Word {
    span: Span,
    folded: String,
    /// Its term or figure; stop words have none.
    term: Option<String>,
    quoted: bool,
}

impl<'a> View<'a> {
    fn new(articles: &'a [Quoted], telling: &Telling) -> View<'a> {
        let (article, quotes) = &articles[telling.article];
        let quote = &quotes[telling.quote];
        let text = quote.place().text(article);
        let mut words = Vec::new();
        for span in quote.content() {
            let parts = quoted_parts(text, *span);
            for token in tokens_in(text, *span) {
                let Ok(span) = Span::new(text, token.start, token.end()) else { continue };
                let folded = fold(token.word);
                let term = figure(&folded).or_else(|| term(token.word));
                let quoted = parts.iter().any(|part| part.holds(token.start));
                words.push(Word { span, folded, term, quoted });
            }
        }
        View {
            quote,
            text,
            terms: words.iter().filter_map(|w| w.term.clone()).collect(),
            figures: words.iter().filter_map(|w| figure(&w.folded)).collect(),
            condition: quote.sense.condition.or_else(|| condition(&words)),
            cue: cue_class(text, quote.cue()),
            words,
        }
    }

    fn mark(&self, differs: Differs, wanted: impl Fn(&Word) -> bool) -> Vec<Mark> {
        self.words.iter().filter(|w| wanted(w)).map(|w| Mark { span: w.span, differs }).collect()
    }
}

/// Marks in a rendering and in the fullest one.
fn marks(this: &View, full: &View) -> (Vec<Mark>, Vec<Mark>) {
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    if let (Some(a), Some(b)) = (this.cue, full.cue)
        && a != b
    {
        mine.extend(this.quote.cue().iter().map(|span| Mark { span: *span, differs: Differs::Verb }));
    }
    match (this.condition, full.condition) {
        (Some(span), None) => mine.push(Mark { span, differs: Differs::Condition }),
        (None, Some(span)) => theirs.push(Mark { span, differs: Differs::Condition }),
        _ => {}
    }
    let (modal, full_modal) = (modals(this), modals(full));
    let softer = |a: &BTreeSet<Modal>, b: &BTreeSet<Modal>| a.iter().any(|m| !b.contains(m)) && !b.is_empty();
    if softer(&modal, &full_modal) {
        mine.extend(
            this.mark(Differs::Modality, |w| modal_of(&w.folded).is_some_and(|m| !full_modal.contains(&m))),
        );
    }
    if !this.figures.is_empty() && !full.figures.is_empty() {
        let is_other = |w: &Word| figure(&w.folded).is_some_and(|n| !full.figures.contains(&n));
        mine.extend(this.mark(Differs::Number, is_other));
    }
    if alike_in_marks(this, full) {
        mine.extend(this.mark(Differs::Wording, |w| w.quoted && differs_in(w, full)));
    }
    (mine, theirs)
}

/// Whether both have words in marks and share some of them, so that they quote the same passage.
fn alike_in_marks(a: &View, b: &View) -> bool {
    let quoted = |view: &View| -> BTreeSet<String> {
        view.words.iter().filter(|w| w.quoted).filter_map(|w| w.term.clone()).collect()
    };
    let (x, y) = (quoted(a), quoted(b));
    let shared = x.intersection(&y).count();
    shared > 0 && 3 * shared >= x.len().min(y.len())
}

/// A word, or a denial, that the other does not have in any form of the word as written.
fn differs_in(word: &Word, other: &View) -> bool {
    match &word.term {
        Some(_) => !other.words.iter().any(|w| w.folded == word.folded),
        None => is_negation(&word.folded) && !other.words.iter().any(|w| is_negation(&w.folded)),
    }
}

/// Runs of words of the fullest that another rendering has nothing of.
fn missing_runs(full: &View, this: &View) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut run: Vec<&Word> = Vec::new();
    let flush = |run: &mut Vec<&Word>, marks: &mut Vec<Mark>| {
        // A run starts and ends with a word that is lacking, not with grammar.
        let weighty = |w: &&&Word| w.term.is_some();
        let (first, last) = (run.iter().find(weighty), run.iter().rev().find(weighty));
        if let (Some(first), Some(last)) = (first, last) {
            let span = first.span.cover(last.span);
            if tokens(span.slice(full.text)).count() >= LEFT_OUT_WORDS {
                marks.push(Mark { span, differs: Differs::Scope });
            }
        }
        run.clear();
    };
    let mut end = None;
    for word in &full.words {
        let broken = end.is_some_and(|end| {
            !full.quote.content().iter().any(|s| s.holds(end) && s.holds(word.span.start()))
        });
        if broken || word.term.as_ref().is_some_and(|term| this.terms.contains(term)) {
            flush(&mut run, &mut marks);
        }
        if word.term.as_ref().is_none_or(|term| !this.terms.contains(term)) {
            run.push(word);
        }
        end = Some(word.span.start());
    }
    flush(&mut run, &mut marks);
    marks
}

/// What a modal verb says; the shift of tense in reported speech (will, would) makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Modal {
    Future,
    Possible,
    Able,
    Ought,
}

/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 4.49–4.66.
fn modal_of(folded: &str) -> Option<Modal> {
    match folded {
        "will" | "would" | "shall" | "won't" | "wouldn't" | "i'll" | "we'll" | "they'll" | "he'll"
        | "she'll" | "it'll" | "i'd" | "we'd" | "they'd" => Some(Modal::Future),
        "may" | "might" | "perhaps" | "possibly" | "possible" => Some(Modal::Possible),
        "can" | "could" | "cannot" | "can't" | "couldn't" | "able" => Some(Modal::Able),
        "must" | "should" | "ought" | "shouldn't" | "mustn't" => Some(Modal::Ought),
        _ => None,
    }
}

fn modals(view: &View) -> BTreeSet<Modal> {
    view.words.iter().filter_map(|w| modal_of(&w.folded)).collect()
}

/// The words of a condition within the content: from "if", "unless", … to the end of its part of the sentence.
fn condition(words: &[Word]) -> Option<Span> {
    let at =
        words.iter().position(|w| matches!(w.folded.as_str(), "if" | "unless" | "provided" | "until"))?;
    let last = words[at..words.len().min(at + CONDITION_WORDS)].last()?;
    Some(words[at].span.cover(last.span))
}

/// Words of a condition that are shown.
const CONDITION_WORDS: usize = 8;

/// The class of a reporting verb by its stem.
static CUES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut cues = HashMap::new();
    for line in include_str!("../../data/cues.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((class, verbs)) = line.split_once('\t') else { continue };
        cues.extend(verbs.split_whitespace().map(|verb| (stem(verb), class)));
    }
    // Forms that no stem reaches.
    for (form, class) in
        [("said", "say"), ("told", "say"), ("wrote", "say"), ("spoke", "say"), ("thought", "believe")]
    {
        cues.insert(form.to_owned(), class);
    }
    cues
});

/// The class of a cue: that of its first verb that is more than "say", else "say", else unknown.
fn cue_class(text: &str, cue: &[Span]) -> Option<&'static str> {
    let words: Vec<String> =
        cue.iter().flat_map(|span| tokens_in(text, *span)).map(|t| fold(t.word)).collect();
    let joined = |pair: &[String]| CUES.get(&format!("{}-{}", stem(&pair[0]), pair[1])).copied();
    if let Some(class) = words.windows(2).find_map(joined) {
        return Some(class);
    }
    let classes: BTreeMap<usize, &'static str> = words
        .iter()
        .enumerate()
        .filter_map(|(idx, word)| Some((idx, *CUES.get(word).or_else(|| CUES.get(&stem(word)))?)))
        .collect();
    classes.values().find(|class| **class != "say").or_else(|| classes.values().next()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_stands_once_and_classes_are_told_apart() {
        let mut seen = BTreeSet::new();
        for line in include_str!("../../data/cues.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (_, verbs) = line.split_once('\t').unwrap();
            for verb in verbs.split_whitespace() {
                assert!(seen.insert(stem(verb)), "{verb}");
            }
        }
        let class = |cue: &str| cue_class(cue, &[Span::new(cue, 0, cue.len()).unwrap()]);
        assert_eq!(class("said"), Some("say"));
        assert_eq!(class("admitted"), Some("admit"));
        assert_eq!(class("has called for"), Some("demand"));
        assert_eq!(class("said he hoped"), Some("believe"));
        assert_eq!(class("of"), None);
    }
}
