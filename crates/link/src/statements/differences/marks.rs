//! Which words of two renderings differ, and in what? Marks by type, on either side.

use super::shades::Shade;
use super::view::{View, Word};
use crate::statements::figures::Figure;
use crate::statements::telling::is_negation;
use onrecord_infer::tokens;
use onrecord_terms::{Differs, Kind, Mark, Span};
use std::collections::BTreeSet;

/// The marks of each rendering, in the order given.
pub(super) type Marks = Vec<Vec<Mark>>;

/// Marks for a type that the renderings differ in by all that is measured, though no rule found the very words: its
/// verbs, its modal words, its conditions, its figures, the words that the other has not.
pub(super) fn wider(kind: Differs, views: &[View], full: usize) -> Marks {
    let shaded = |view: &View, shades: &[Shade]| -> Vec<Span> {
        let words = view.words.iter().filter(|w| shades.iter().any(|shade| w.shades.contains(shade)));
        words.map(|w| w.span).collect()
    };
    let marked = |at: usize| -> Vec<Span> {
        let view = &views[at];
        match kind {
            Differs::Verb => view.quote.cue().to_vec(),
            Differs::Speaker if view.quote.source().is_empty() => view.quote.cue().to_vec(),
            Differs::Speaker => view.quote.source().to_vec(),
            Differs::Modality => shaded(view, &Shade::MODAL),
            Differs::Condition => {
                view.condition.map_or_else(|| shaded(view, &[Shade::Condition]), |span| vec![span])
            }
            Differs::Number => {
                let digits = view.words.iter().filter(|w| w.folded.starts_with(|c: char| c.is_ascii_digit()));
                digits.map(|w| w.span).chain(shaded(view, &[Shade::Vague])).collect()
            }
            Differs::Scope if at != full => Vec::new(),
            Differs::Scope => {
                let others: Vec<&View> =
                    views.iter().enumerate().filter(|(b, _)| *b != at).map(|(_, v)| v).collect();
                unshared(view, &|term| others.iter().any(|other| !other.terms.contains(term)))
            }
            Differs::Wording if at == full => Vec::new(),
            Differs::Wording => unshared(view, &|term| !views[full].terms.contains(term)),
        }
    };
    (0..views.len())
        .map(|at| marked(at).into_iter().map(|span| Mark { span, differs: kind }).collect())
        .collect()
}

/// The words whose terms are lacking elsewhere.
fn unshared(view: &View, lacking: &dyn Fn(&String) -> bool) -> Vec<Span> {
    view.words.iter().filter(|w| w.term.as_ref().is_some_and(lacking)).map(|w| w.span).collect()
}

/// Marks in a rendering and in the fullest one.
pub(super) fn marks(this: &View, full: &View) -> (Vec<Mark>, Vec<Mark>) {
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    if let (Some(a), Some(b)) = (&this.cue, &full.cue)
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
    theirs.extend(other_modals(full, this).into_iter().filter(|_| this.modals().is_empty()));
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
    let theirs = other.modals();
    let mut marks = Vec::new();
    for (at, word) in this.words.iter().enumerate() {
        let modal = Shade::MODAL.iter().find(|s| word.shades.contains(s) && !theirs.contains(s));
        let Some(modal) = modal else { continue };
        let weighs = matches!(modal, Shade::Possible | Shade::Ought);
        let next = this.words[at + 1..].iter().find_map(|w| w.term.as_ref());
        if (weighs || !theirs.is_empty()) && next.is_some_and(|term| other.terms.contains(term)) {
            marks.push(Mark { span: word.span, differs: Differs::Modality });
        }
    }
    marks
}

/// Figures of this that count what the other counts otherwise, where neither has the other's figure.
pub(super) fn other_figures(this: &View, other: &View) -> Vec<Mark> {
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
pub(super) fn missing_runs(full: &View, this: &View) -> Vec<Mark> {
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

/// A run of at least this many words that a rendering lacks is shown as left out.
const LEFT_OUT_WORDS: usize = 4;

/// Content words of a clause that is left out, where both quote and where one does not. Set by hand.
const LEFT_OUT_TERMS: usize = 2;
const LEFT_OUT_TERMS_TOLD: usize = 3;
