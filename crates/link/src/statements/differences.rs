//! How do the renderings of one statement differ? Each is held against the fullest one, and the words that differ
//! are marked (`data/statements/GUIDE.md` names the kinds).

use super::figures::{Figure, Read, figures};
use super::speakers;
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

/// Renderings in the order given, with completeness and marks, and the kinds of difference. `logits`: of each measured
/// pair of tellings that it is one statement.
pub(crate) fn compared(
    articles: &[Quoted],
    tellings: &Tellings,
    members: &[usize],
    logits: &BTreeMap<(usize, usize), f32>,
) -> (Vec<Rendering>, Vec<Differs>) {
    let each: Vec<&Telling> = members.iter().map(|idx| &tellings.each[*idx]).collect();
    let mut renderings: Vec<Rendering> = each
        .iter()
        .map(|t| Rendering { article: t.article, quote: t.quote, complete: true, marks: Vec::new() })
        .collect();
    if members.len() < 2 {
        return (renderings, Vec::new());
    }
    let fullest = (0..members.len())
        .max_by(|a, b| fullness(tellings, each[*a]).cmp(&fullness(tellings, each[*b])).then(b.cmp(a)))
        .unwrap_or(0);
    let sure = |a: usize, b: usize| {
        let (a, b) = (members[a].min(members[b]), members[a].max(members[b]));
        a == b || logits.get(&(a, b)).is_some_and(|logit| *logit >= 0.0)
    };
    let very_sure = |a: usize, b: usize| {
        let pair = (members[a].min(members[b]), members[a].max(members[b]));
        logits.get(&pair).is_some_and(|logit| *logit >= 1.0) || same_words(each[a], each[b])
    };
    // Two speakers count against a pair; their words may still be the same.
    let surely_one = |a: usize, b: usize| sure(a, b) || same_words(each[a], each[b]);
    let views: Vec<View> = each.iter().map(|telling| View::new(articles, telling)).collect();
    let mut differs: BTreeSet<Differs> = BTreeSet::new();
    for idx in (0..members.len()).filter(|idx| *idx != fullest) {
        let (this, full) = (&views[idx], &views[fullest]);
        if sure(idx, fullest) && left_out(tellings, each[idx], each[fullest]) > LEFT_OUT {
            let runs = missing_runs(full, this);
            if !runs.is_empty() {
                renderings[idx].complete = false;
                differs.insert(Differs::Scope);
                renderings[fullest].marks.extend(runs);
            }
        }
        let (mine, theirs) = marks(this, full);
        renderings[idx].marks.extend(mine);
        renderings[fullest].marks.extend(theirs);
    }
    for (a, this) in views.iter().enumerate() {
        for (b, other) in views.iter().enumerate().filter(|(b, _)| *b != a && very_sure(a, *b)) {
            if each[a].article != each[b].article {
                renderings[a].marks.extend(other_figures(this, other));
            }
        }
    }
    for (idx, other) in speakers::others(&each, &surely_one).into_iter().enumerate() {
        if other {
            differs.insert(Differs::Speaker);
            let source = views[idx].quote.source().iter();
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

/// Whether half of the words of two renderings taken together, or more, are in both.
fn same_words(a: &Telling, b: &Telling) -> bool {
    let shared = a.terms.iter().filter(|term| b.terms.binary_search(term).is_ok()).count();
    shared >= 3 && 2 * shared >= a.terms.len() + b.terms.len() - shared
}

/// Order of fullness: weight of its terms, words in marks before words of the outlet, the text before the headline.
fn fullness(tellings: &Tellings, telling: &Telling) -> (u32, bool, bool) {
    let weight: f32 = telling.terms.iter().map(|term| tellings.idf[*term as usize]).sum();
    let own_words = if telling.kind == Kind::Direct { 1.25 } else { 1.0 };
    ((weight * own_words * 10.0) as u32, telling.kind == Kind::Direct, !telling.in_title)
}

/// The part of the fullest rendering's weight that another lacks, 0.0 to 1.0.
fn left_out(tellings: &Tellings, this: &Telling, full: &Telling) -> f32 {
    let weight = |term: &u32| tellings.idf[*term as usize];
    let all: f32 = full.terms.iter().map(weight).sum();
    let lacking: f32 =
        full.terms.iter().filter(|term| this.terms.binary_search(term).is_err()).map(weight).sum();
    if all > 0.0 { lacking / all } else { 0.0 }
}

/// One rendering, read for comparing.
struct View<'a> {
    quote: &'a Quote,
    text: &'a str,
    words: Vec<Word>,
    /// Terms of all words.
    terms: BTreeSet<String>,
    figures: Vec<Figure>,
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
            figures: {
                let read = |w: &'_ Word| (w.folded.clone(), w.term.clone());
                let read: Vec<(String, Option<String>)> = words.iter().map(read).collect();
                let read: Vec<Read> =
                    read.iter().map(|(folded, term)| Read { folded, term: term.as_deref() }).collect();
                figures(&read)
            },
            condition: quote.sense.condition.or_else(|| condition(&words, quote.content())),
            cue: cue_class(text, quote.cue()),
            words,
        }
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
    let dropped = |here: &View, there: &View| {
        here.condition.filter(|span| there.condition.is_none() && lacks(here, *span, there))
    };
    mine.extend(dropped(this, full).map(|span| Mark { span, differs: Differs::Condition }));
    theirs.extend(dropped(full, this).map(|span| Mark { span, differs: Differs::Condition }));
    mine.extend(other_modals(this, full));
    theirs.extend(other_modals(full, this).into_iter().filter(|_| modals(this).is_empty()));
    mine.extend(other_words(this, full));
    (mine, theirs)
}

/// Whether most of what a stretch of the one says is not in the other.
fn lacks(here: &View, stretch: Span, there: &View) -> bool {
    let terms: Vec<&String> =
        here.words.iter().filter(|w| stretch.holds(w.span.start())).filter_map(|w| w.term.as_ref()).collect();
    let lacking = terms.iter().filter(|term| !there.terms.contains(**term)).count();
    2 * lacking >= terms.len().max(1)
}

/// Modal words that say what no modal of the other says. Where the other has none, only possibility and duty count,
/// and only before a word that both have.
fn other_modals(this: &View, other: &View) -> Vec<Mark> {
    let theirs = modals(other);
    let mut marks = Vec::new();
    for (at, word) in this.words.iter().enumerate() {
        let Some(modal) = modal_of(&word.folded).filter(|modal| !theirs.contains(modal)) else { continue };
        let weighs = matches!(modal, Modal::Possible | Modal::Ought);
        let next = this.words[at + 1..].iter().find_map(|w| w.term.as_ref());
        if (weighs || !theirs.is_empty()) && next.is_some_and(|term| other.terms.contains(term)) {
            marks.push(Mark { span: word.span, differs: Differs::Modality });
        }
    }
    marks
}

/// Figures of this that count what the other counts otherwise, where neither has the other's figure.
fn other_figures(this: &View, other: &View) -> Vec<Mark> {
    let lacks = |view: &View, figure: &Figure| !view.figures.iter().any(|f| f.equals(figure));
    this.figures
        .iter()
        .filter(|f| lacks(other, f) && other.figures.iter().any(|g| f.contradicts(g) && lacks(this, g)))
        .filter_map(|f| Some(this.words.get(f.words.0)?.span.cover(this.words.get(f.words.1 - 1)?.span)))
        .map(|span| Mark { span, differs: Differs::Number })
        .collect()
}

/// Words in marks that the other has not, among words in marks that both have: at most a few between two shared ones.
fn other_words(this: &View, other: &View) -> Vec<Mark> {
    if !alike_in_marks(this, other) {
        return Vec::new();
    }
    let quoted: Vec<&Word> = this.words.iter().filter(|w| w.quoted).collect();
    let theirs: BTreeSet<&str> = other.words.iter().filter(|w| w.quoted).map(|w| w.folded.as_str()).collect();
    let shared = |w: Option<&&Word>| w.is_some_and(|w| theirs.contains(w.folded.as_str()));
    let mut marks = Vec::new();
    let mut at = 0;
    while at < quoted.len() {
        if !differs_in(quoted[at], other) {
            at += 1;
            continue;
        }
        // From a strange word to the next that both have.
        let n = quoted[at..].iter().take_while(|w| !shared(Some(w)) || differs_in(w, other)).count();
        let strange: Vec<&&Word> = quoted[at..at + n].iter().filter(|w| differs_in(w, other)).collect();
        let next_to_shared = (at > 0 && shared(quoted.get(at - 1))) || shared(quoted.get(at + n));
        if next_to_shared && strange.len() <= OTHER_WORDS {
            marks.extend(strange.iter().map(|w| Mark { span: w.span, differs: Differs::Wording }));
        }
        at += n.max(1);
    }
    marks
}

/// More strange words on end than this are another passage, not other words. Set by hand.
const OTHER_WORDS: usize = 3;

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

/// Clauses of the fullest that another rendering has nothing of. Where both quote, only words in marks can be left
/// out; where one of them tells in the outlet's words, a clause must be longer to be more than shorter wording.
fn missing_runs(full: &View, this: &View) -> Vec<Mark> {
    let quotes = |view: &View| view.quote.kind() != Kind::Indirect;
    let both = quotes(full) && quotes(this);
    let least = if both { LEFT_OUT_TERMS } else { LEFT_OUT_TERMS_TOLD };
    let words: Vec<&Word> = full.words.iter().filter(|w| w.quoted || !both).collect();
    let has = |w: &Word| w.term.as_ref().is_some_and(|term| this.terms.contains(term));
    let mut marks = Vec::new();
    let part = |w: &Word| full.quote.content().iter().position(|s| s.holds(w.span.start()));
    for run in words.chunk_by(|a, b| has(a) == has(b) && part(a) == part(b)) {
        let weighty: Vec<&&Word> = run.iter().filter(|w| w.term.is_some() && !has(w)).collect();
        let terms: BTreeSet<&String> = weighty.iter().filter_map(|w| w.term.as_ref()).collect();
        if let (Some(first), Some(last)) = (weighty.first(), weighty.last())
            && terms.len() >= least
        {
            let span = first.span.cover(last.span);
            if tokens(span.slice(full.text)).count() >= LEFT_OUT_WORDS {
                marks.push(Mark { span, differs: Differs::Scope });
            }
        }
    }
    marks
}

/// Content words of a clause that is left out, where both quote and where one does not. Set by hand.
const LEFT_OUT_TERMS: usize = 2;
const LEFT_OUT_TERMS_TOLD: usize = 3;

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

/// The words of a condition within the content: from "if", "as soon as", … to the end of its part of the sentence.
fn condition(words: &[Word], parts: &[Span]) -> Option<Span> {
    let at = (0..words.len()).find(|at| opens_condition(&words[*at..]))?;
    let part = parts.iter().find(|part| part.holds(words[at].span.start()))?;
    let inside = words[at..].iter().take(CONDITION_WORDS).take_while(|w| part.holds(w.span.start()));
    Some(words[at].span.cover(inside.last()?.span))
}

/// source: Quirk, Greenbaum, Leech, Svartvik, A Comprehensive Grammar of the English Language, 1985, 15.33–15.36.
fn opens_condition(words: &[Word]) -> bool {
    let word = |at: usize| words.get(at).map_or("", |w| w.folded.as_str());
    match word(0) {
        "if" | "unless" => true,
        "provided" | "providing" => matches!(word(1), "that" | "the" | "they" | "he" | "she" | "it"),
        "as" | "so" => matches!(word(1), "soon" | "long") && word(2) == "as",
        "on" | "under" => (1..4).any(|at| matches!(word(at), "condition" | "precondition" | "conditions")),
        // Not the end of a span of time: "until the first of May", "until Monday".
        "until" => {
            let clause = words.iter().skip(1).take(CONDITION_WORDS).any(|w| {
                matches!(
                    w.folded.as_str(),
                    "is" | "are" | "was" | "were" | "has" | "have" | "had" | "can" | "does" | "do" | "did"
                )
            });
            clause && !word(1).starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
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
