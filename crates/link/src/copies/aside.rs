//! What do two reports share without one having copied the other? Words in marks, embedded posts, and passages that one
//! of them introduces: "the letter reads:", then the letter.

use super::placed;
use crate::Quoted;
use std::collections::BTreeSet;

/// The longest stretch between two marks that is taken for a quotation, in bytes.
const QUOTATION_MAX: usize = 1_500;
/// The same between single marks, which are apostrophes as well.
const SINGLE_MAX: usize = 600;

/// Stretches between quotation marks, and embedded posts, in order.
///
/// In a quotation of several paragraphs each begins with a mark and only the last ends with one. A mark that is never
/// closed holds to the end of its paragraph.
pub(crate) fn marked(text: &str) -> Vec<(usize, usize)> {
    let mut found = posts(text);
    let mut open: Option<Open> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if before == '\n' && matches!(c, '“' | '"' | '«' | '„') && !after.is_whitespace() {
            found.extend(open.and_then(|open| open.left(at)));
            open = Some(Open { start: at, mark: c, line: None });
            before = c;
            continue;
        }
        match (&mut open, c) {
            (Some(Open { start, mark, .. }), c) if closes(*mark, c, before, after) => {
                found.push((*start, at + c.len_utf8()));
                open = None;
            }
            (Some(held), _) if at - held.start > longest(held.mark) => {
                found.extend(held.left(at));
                open = None;
            }
            (Some(held), '\n') => held.line = held.line.or(Some(at)),
            (_, '“' | '"' | '«' | '„') => open = Some(Open { start: at, mark: c, line: None }),
            (None, '\'' | '‘') if opens_single(before, after) => {
                open = Some(Open { start: at, mark: '\'', line: None });
            }
            _ => {}
        }
        before = c;
    }
    found.extend(open.and_then(|open| open.left(text.len())));
    found.sort_unstable();
    found
}

/// A mark that was not closed yet.
#[derive(Clone, Copy)]
struct Open {
    start: usize,
    mark: char,
    /// The first end of a line since.
    line: Option<usize>,
}

impl Open {
    /// What it holds if it is never closed: its paragraph, which ends at `end` at the latest. A single mark may be an
    /// apostrophe, and holds nothing.
    fn left(&self, end: usize) -> Option<(usize, usize)> {
        let paragraph = (self.start, self.line.unwrap_or(end));
        (self.mark != '\'' && paragraph.1 - paragraph.0 <= QUOTATION_MAX).then_some(paragraph)
    }
}

fn longest(mark: char) -> usize {
    if mark == '\'' { SINGLE_MAX } else { QUOTATION_MAX }
}

/// A single mark after a space and before a capital opens a quotation; an apostrophe stands within or after a word.
fn opens_single(before: char, after: char) -> bool {
    (before.is_whitespace() || before == '(') && after.is_uppercase()
}

fn closes(open: char, c: char, before: char, after: char) -> bool {
    match open {
        '“' => c == '”' || c == '"',
        '"' => c == '"' || c == '”',
        '«' => c == '»',
        // After a stop: 'the dogs' bowls' may stand inside.
        '\'' => matches!(c, '\'' | '’') && ".,!?…".contains(before) && !after.is_alphanumeric(),
        _ => matches!(c, '“' | '”' | '"'),
    }
}

/// Lines that are embedded posts: those that name their author with a handle in brackets after a dash.
fn posts(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let handle = line.find("(@").filter(|at| line[*at..].contains(')'));
        if let Some(at) = handle
            && line[..at].rfind('—').is_some_and(|dash| at - dash < POST_NAME_MAX)
        {
            found.push((start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    found
}

/// Bytes between the dash and the handle of a post's author.
const POST_NAME_MAX: usize = 80;

/// A shared passage goes on over gaps of at most so many bytes: a cut, another word.
const GAP: usize = 80;

/// The runs of the article that was last held against others: pairs come in order.
#[derive(Default)]
pub(super) struct Passages(Option<(usize, Placed)>);

/// The runs of an article in order with their places, and by themselves ascending.
struct Placed {
    runs: Vec<(u64, usize)>,
    sorted: Vec<u64>,
}

impl Placed {
    fn of((article, quotes): &Quoted) -> Placed {
        let runs = placed(article, quotes);
        let mut sorted: Vec<u64> = runs.iter().map(|run| run.0).collect();
        sorted.sort_unstable();
        Placed { runs, sorted }
    }
}

impl Passages {
    /// How many runs two articles share within passages that one of them introduces as somebody's words, by a line or
    /// clause that ends in a colon right before.
    pub(super) fn introduced(&mut self, articles: &[Quoted], a: usize, b: usize) -> usize {
        if ![a, b].iter().any(|idx| introduces(articles[*idx].0.text())) {
            return 0; // as most
        }
        let held = self.0.take().filter(|(held, _)| *held == a).map(|(_, placed)| placed);
        let (_, x) = self.0.insert((a, held.unwrap_or_else(|| Placed::of(&articles[a]))));
        introduced([articles[a].0.text(), articles[b].0.text()], x, &Placed::of(&articles[b]))
    }
}

fn introduced([a, b]: [&str; 2], x: &Placed, y: &Placed) -> usize {
    let mut aside: BTreeSet<u64> = BTreeSet::new();
    for (text, runs, other) in [(a, &x.runs, &y.sorted), (b, &y.runs, &x.sorted)] {
        let mut within: Option<usize> = None; // the end of the introduced passage so far
        let mut last: Option<usize> = None; // the start of the last shared run
        for (hash, at) in runs.iter().filter(|(hash, _)| other.binary_search(hash).is_ok()) {
            let goes_on = last.is_some_and(|last| at - last <= GAP);
            let inside = (goes_on && within.is_some()) || is_introduced(text, *at);
            within = inside.then_some(*at);
            last = Some(*at);
            if inside {
                aside.insert(*hash);
            }
        }
    }
    aside.len()
}

/// Whether a colon may introduce something anywhere: one within a time or an address does not.
fn introduces(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| text[at + 1..].starts_with(char::is_whitespace))
}

/// A short heading may stand between the introduction and the passage.
const HEADING_MAX: usize = 40;
/// The first words of a passage may be another's: at most so many bytes.
const SLIP: usize = 60;

/// Whether what stands right before a place ends in a colon: in the same line, or at the end of the one before.
fn is_introduced(text: &str, at: usize) -> bool {
    let head = &text[..at];
    let line = head.rfind('\n').map_or(0, |end| end + 1);
    let here = &head[line..];
    if let Some(colon) = here.rfind(':') {
        // Not a time of day nor a place before the report, and nothing but a few words since.
        let digit = here[colon + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit())
            && here[..colon].ends_with(|c: char| c.is_ascii_digit());
        let place = !here[..colon].contains(char::is_lowercase);
        return !digit && !place && here.len() - colon <= SLIP;
    }
    if here.len() > SLIP {
        return false;
    }
    let mut lines = head[..line].lines().rev().map(str::trim).filter(|line| !line.is_empty());
    let Some(before) = lines.next() else { return false };
    before.ends_with(':')
        || (before.len() <= HEADING_MAX && lines.next().is_some_and(|before| before.ends_with(':')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Article, Body};

    #[test]
    fn marks_and_posts_are_set_aside_and_apostrophes_are_not() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = marked(text).into_iter().map(|(start, end)| &text[start..end]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("She said “we go” and 'They stay.' Then left.", &["“we go”", "'They stay.'"]);
        check("He said: “We go.\n“They stay.” Then left.", &["“We go.", "“They stay.”"]);
        check("He said: \"We go.\nThen they left.", &["\"We go."]);
        check("The sailors' boats aren't Ruiz's.", &[]);
        check(
            "The pier is shut.\nWe go — Ana Ruiz (@anaruiz) May 4\nEnd.",
            &["We go — Ana Ruiz (@anaruiz) May 4"],
        );
    }

    #[test]
    fn a_passage_that_one_introduces_is_set_aside() {
        let quoted = |id: &str, text: &str| -> Quoted {
            (Article::new(id, Body::new(text.to_owned(), vec![], vec![]).unwrap()), vec![])
        };
        let letter = "Whoever finds this letter shall know that the lamp in the old northern lighthouse went out twice.";
        let a = quoted(
            "a",
            &format!("The keeper left a letter, which reads:\n\nTHE LETTER\n\n{letter}\n\nHe is missed."),
        );
        let b = quoted("b", &format!("{letter} So wrote a keeper whom nobody has seen since."));
        let c = quoted("c", &format!("In the harbour town. {letter} Nobody knows."));
        let introduced =
            |a: &Quoted, b: &Quoted| introduced([a.0.text(), b.0.text()], &Placed::of(a), &Placed::of(b));
        assert!(introduced(&a, &b) > 10);
        assert_eq!(introduced(&c, &b), 0);
        // A colon after a place or within a time introduces nothing.
        let d = quoted("d", &format!("OSTHOLM: {letter} Nobody knows."));
        let e = quoted("e", &format!("At 4: 30 that day. {letter} Nobody knows."));
        assert_eq!(introduced(&d, &b) + introduced(&e, &b), 0);
    }
}
