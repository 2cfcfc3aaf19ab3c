//! Which words stand between quotation marks? Marks of all common forms, paired; apostrophes told apart.
//!
//! A text and its paragraphs come in; stretches in marks come out, outermost only, in order, each within one
//! paragraph. A stretch whose other mark was lost runs to the edge of the paragraph (or to the neighbouring
//! stretch) and says so. Linear in the text.

use onrecord_terms::Span;

/// Words between quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The whole, marks included.
    pub(crate) span: Span,
    /// What stands between the marks.
    pub(crate) inner: Span,
    /// Index of the paragraph.
    pub(crate) paragraph: usize,
    /// The opening mark was lost.
    pub(crate) open_lost: bool,
    /// The closing mark is not in this paragraph, and the quote does not go on in the next.
    pub(crate) close_lost: bool,
    /// The quote began in an earlier paragraph.
    pub(crate) goes_on: bool,
}

/// The families of marks; a stretch is closed by its own family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
    Corner,
}

/// One character that may be a quotation mark.
#[derive(Clone, Copy, Debug)]
struct Sign {
    at: usize,
    len: usize,
    family: Family,
    /// Reads as an opening mark where it stands.
    opens: bool,
    /// Reads as a closing mark where it stands.
    closes: bool,
    /// Could be an apostrophe: closes only what is open, opens only what is closed later.
    doubtful: bool,
}

/// Every stretch in marks, in order.
pub(crate) fn marked(text: &str, paragraphs: &[Span]) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    for (idx, &span) in paragraphs.iter().enumerate() {
        let signs = signs(text, span);
        let carried =
            found.last().is_some_and(|last| {
                last.close_lost && last.paragraph + 1 == idx && last.span.end() == paragraphs[idx - 1].end()
            }) && signs.first().is_some_and(|sign| sign.at == span.start() && sign.opens && !sign.doubtful);
        let from = found.len();
        pair(text, span, idx, &signs, &mut found);
        if carried && found.len() > from {
            found[from].goes_on = true;
            found[from - 1].close_lost = false;
        }
    }
    found
}

/// The marks of one paragraph with how each reads where it stands.
fn signs(text: &str, span: Span) -> Vec<Sign> {
    let words = span.slice(text);
    let mut signs = Vec::new();
    let mut before = None;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        // Two single marks for a double one: ''so'' or ``so''.
        if matches!(c, '\'' | '`') && after == Some(c) {
            chars.next();
            let after = chars.peek().map(|&(_, c)| c);
            if let Some(sign) = sign('"', before, after) {
                signs.push(Sign { at: span.start() + at, len: 2, ..sign });
            }
            before = Some('"');
            continue;
        }
        if let Some(sign) = sign(c, before, after) {
            signs.push(Sign { at: span.start() + at, len: c.len_utf8(), ..sign });
        }
        before = Some(c);
    }
    signs
}

/// How `c` reads between two characters, if it is a mark at all.
fn sign(c: char, before: Option<char>, after: Option<char>) -> Option<Sign> {
    let open_side = before.is_none_or(|b| {
        b.is_whitespace()
            || matches!(b, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '…')
            || is_mark(b) && b != c
    });
    let close_side = after.is_none_or(|a| {
        a.is_whitespace()
            || is_mark(a)
            || (!a.is_alphanumeric() && !matches!(a, '(' | '[' | '$' | '£' | '€' | '#' | '@'))
    });
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let make =
        |family, opens, closes, doubtful| Some(Sign { at: 0, len: 0, family, opens, closes, doubtful });
    match c {
        '“' | '‟' => make(Family::Double, true, !open_side && close_side, false),
        '„' => make(Family::Double, true, false, false),
        '”' => make(Family::Double, open_side && !close_side, !open_side || close_side, false),
        '"' | '＂' => match (open_side, close_side) {
            (true, false) => make(Family::Double, true, false, false),
            (false, true) => make(Family::Double, false, true, false),
            // Nothing tells: it closes what is open and opens otherwise.
            _ => make(Family::Double, true, true, false),
        },
        '«' | '‹' | '»' | '›' => {
            let usual = matches!(c, '«' | '‹');
            match (open_side, close_side) {
                (true, false) => make(Family::Angle, true, false, false),
                (false, true) => make(Family::Angle, false, true, false),
                // French sets a space inside: « mot ».
                _ => make(Family::Angle, usual, !usual, false),
            }
        }
        '「' | '『' => make(Family::Corner, true, false, false),
        '」' | '』' => make(Family::Corner, false, true, false),
        '‚' => make(Family::Single, true, false, false),
        '‘' | '`' => match letter(before) && letter(after) {
            true => None,
            false => make(Family::Single, open_side, !open_side && close_side, true),
        },
        '’' | '\'' | '＇' => match letter(before) && letter(after) {
            true => None,
            false => {
                let opens = open_side && !close_side && c != '’' && !after.is_some_and(|a| a.is_numeric());
                make(Family::Single, opens, !open_side && close_side, true)
            }
        },
        _ => None,
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '"'
            | '„'
            | '‘'
            | '’'
            | '\''
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '‚'
    )
}

/// Pairs the marks of one paragraph.
fn pair(text: &str, span: Span, paragraph: usize, signs: &[Sign], found: &mut Vec<Marked>) {
    // For each sign, whether a closing mark of its family stands after it: a doubtful opener without one is none.
    let mut closes_later = vec![false; signs.len()];
    let mut later = false;
    for (idx, sign) in signs.iter().enumerate().rev() {
        closes_later[idx] = later;
        later |= sign.family == Family::Single && sign.closes;
    }
    let mut open: Option<Sign> = None;
    let mut edge = span.start();
    let mut push = |start: usize, end: usize, inner: (usize, usize), open_lost: bool, close_lost: bool| {
        let spans = (Span::new(text, start, end), Span::new(text, inner.0, inner.1.max(inner.0)));
        if let (Ok(span), Ok(inner)) = spans
            && !inner.is_empty()
        {
            found.push(Marked { span, inner, paragraph, open_lost, close_lost, goes_on: false });
        }
    };
    for (idx, sign) in signs.iter().enumerate() {
        match open {
            Some(opened) if sign.family == opened.family && sign.closes => {
                // “ in an English text opens anew; after „ it closes.
                push(opened.at, sign.at + sign.len, (opened.at + opened.len, sign.at), false, false);
                edge = sign.at + sign.len;
                open = None;
            }
            Some(opened) if sign.family == opened.family && sign.opens && !sign.doubtful => {
                // A second opening mark: the first one's closing mark was lost, at the end of its sentence at best.
                let cut = lost_end(text, opened.at + opened.len, sign.at);
                push(opened.at, cut, (opened.at + opened.len, cut), false, true);
                edge = cut;
                open = Some(*sign);
            }
            Some(_) => {}
            None if sign.opens && (!sign.doubtful || closes_later[idx]) => open = Some(*sign),
            // Inches: 24".
            None if sign.closes
                && text[..sign.at].ends_with(|c: char| c.is_ascii_digit())
                && text[sign.at..].starts_with('"') => {}
            None if sign.closes && !sign.doubtful => {
                // A closing mark alone: the opening one was lost, where the sentence or the paragraph begins.
                let start = lost_start(text, edge, sign.at);
                push(start, sign.at + sign.len, (start, sign.at), true, false);
                edge = sign.at + sign.len;
            }
            None => {}
        }
    }
    if let Some(opened) = open.filter(|opened| !opened.doubtful) {
        push(opened.at, span.end(), (opened.at + opened.len, span.end()), false, true);
    }
}

/// Where words whose opening mark was lost begin, between `edge` and the closing mark: after the blank.
fn lost_start(text: &str, edge: usize, close: usize) -> usize {
    let between = text.get(edge..close).unwrap_or_default();
    // After an earlier quote in the same paragraph, the lost one begins with a sentence.
    let skip = match text.get(..edge).is_some_and(|before| before.ends_with(is_mark)) {
        true => between.find(['.', '!', '?']).map_or(0, |at| at + 1),
        false => 0,
    };
    let rest = between.get(skip..).unwrap_or_default();
    edge + skip + (rest.len() - rest.trim_start().len())
}

/// Where words whose closing mark was lost end, before the next opening mark: at the last full stop.
fn lost_end(text: &str, start: usize, next: usize) -> usize {
    let between = text.get(start..next).unwrap_or_default();
    between.rfind(['.', '!', '?']).map_or(start + between.trim_end().len(), |at| start + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let body = onrecord_terms::Body::new(text.to_owned(), Vec::new(), Vec::new()).expect("a body");
        let paragraphs: Vec<Span> = body.paragraphs().iter().map(|p| p.span).collect();
        let found: Vec<&str> = marked(text, &paragraphs).iter().map(|m| m.span.slice(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_common_forms_are_paired() {
        check("“Yes,” she said, “no.”", &["“Yes,”", "“no.”"]);
        check("\"Yes,\" she said, \"no.\"", &["\"Yes,\"", "\"no.\""]);
        check("‘Yes,’ she said.", &["‘Yes,’"]);
        check("'It's ready,' said Lind's aide.", &["'It's ready,'"]);
        check("„Ja“, sagte sie.", &["„Ja“"]);
        check("»Ja«, sagte sie.", &["»Ja«"]);
        check("« Oui », dit-elle.", &["« Oui »"]);
        check("彼は「はい」と言った。", &["「はい」"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The workers' rights and the '90s and Ruiz’s aides’ letter.", &[]);
        check("“The workers' rights,” he said.", &["“The workers' rights,”"]);
    }

    #[test]
    fn a_mark_behind_a_figure_closes_what_is_open_or_tells_inches() {
        check("A bench of beech, 24\" wide.", &[]);
        check("Lind said: \"We have 24\" and left.", &["\"We have 24\""]);
    }

    #[test]
    fn inner_marks_stay_inside() {
        check("“He said ‘no’ to me,” she said.", &["“He said ‘no’ to me,”"]);
        check("‘He said “no” to me,’ she said.", &["‘He said “no” to me,’"]);
    }

    #[test]
    fn a_lost_mark_runs_to_the_edge() {
        check("We wait,\" Lind said.", &["We wait,\""]);
        check("Lind said: “We wait.", &["“We wait."]);
        check("“One.\n\n“Two,” she said.", &["“One.", "“Two,”"]);
        check("“One. “Two,” she said.", &["“One.", "“Two,”"]);
    }

    #[test]
    fn a_quote_may_go_on_in_the_next_paragraph() {
        let text = "“One.\n\n“Two,” she said.";
        let spans = [Span::new(text, 0, 7).expect("span"), Span::new(text, 9, text.len()).expect("span")];
        let found = marked(text, &spans);
        assert!(!found[0].close_lost && found[1].goes_on);
    }
}
