//! Under what condition? A clause that limits the content: in it, or right after it in the same sentence.

use onrecord_terms::{Article, Quote, Span};

/// Words that open a condition; the longest first where one begins another.
const OPENERS: &[&str] = &[
    "on the condition that ",
    "on condition that ",
    "provided that ",
    "providing that ",
    "provided ",
    "as long as ",
    "so long as ",
    "only if ",
    "only when ",
    "even if ",
    "unless ",
    "if ",
    "once ",
    "assuming ",
    "in case ",
    "in the event that ",
    "should ",
    "short of ",
];

/// The span of the condition with its opening word, if there is one.
pub(crate) fn condition(article: &Article, quote: &Quote) -> Option<Span> {
    let text = quote.place().text(article);
    let sentence_end = quote.sentence().end();
    for span in quote.content() {
        if let Some(found) = within(text, *span, true) {
            return Some(found);
        }
    }
    // Right after the last part: "…, provided that …".
    let last = quote.content().last()?;
    let near = (last.end()..=sentence_end.min(last.end() + 240).max(last.end())).rev();
    let end = near.into_iter().find(|at| text.is_char_boundary(*at))?;
    let rest = text.get(last.end()..end)?;
    let open = rest.len() - rest.trim_start_matches([' ', ',', '—', '–', '-', '”', '"', '’']).len();
    let tail = Span::new(text, last.end() + open, last.end() + rest.len()).ok()?;
    let first = tail.slice(text).to_lowercase();
    let opens = OPENERS.iter().any(|o| first.starts_with(o) && *o != "should " && *o != "once ");
    opens.then(|| within(text, tail, false)).flatten()
}

/// The first condition in a span: from its opening word to the end of its clause.
fn within(text: &str, span: Span, inverted: bool) -> Option<Span> {
    let words = span.slice(text);
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < words.len() {
        let starts = at == 0
            || !words[..at].ends_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’' || c == '-');
        if !starts || !words.is_char_boundary(at) || !bytes[at].is_ascii_alphabetic() {
            at += next_char(words, at);
            continue;
        }
        let rest = &words[at..];
        let head = rest.as_bytes();
        let opener = OPENERS
            .iter()
            .find(|o| head.len() >= o.len() && head[..o.len()].eq_ignore_ascii_case(o.as_bytes()));
        let Some(opener) = opener.filter(|o| is_condition(words, at, o, inverted)) else {
            at += rest.bytes().take_while(u8::is_ascii_alphabetic).count().max(1);
            continue;
        };
        let end = clause_end(rest, opener.len());
        let start = span.start() + at;
        let clause = Span::new(text, start, start + end).ok()?.trimmed(text);
        return (clause.len() > opener.len() + 2).then_some(clause);
    }
    None
}

fn next_char(words: &str, at: usize) -> usize {
    (1..=4).find(|n| words.is_char_boundary(at + n)).unwrap_or(1)
}

/// Whether an opening word opens a condition here and not something else.
fn is_condition(words: &str, at: usize, opener: &str, inverted: bool) -> bool {
    let from = (at.saturating_sub(40)..=at).find(|from| words.is_char_boundary(*from)).unwrap_or(at);
    let before = words[from..at].trim_end().to_lowercase();
    let next = words[at + opener.len()..].split_whitespace().next().unwrap_or_default().to_lowercase();
    let last = before.rsplit([' ', '\n']).next().unwrap_or_default();
    match opener {
        // "asked if", "as if", "even if": no condition, and no question in disguise.
        "if " => !matches!(
            last,
            "as" | "ask"
                | "asked"
                | "asking"
                | "wonder"
                | "wondered"
                | "know"
                | "knows"
                | "see"
                | "what"
                | "sure"
                | "unclear"
        ),
        "even if " => false,
        // Only the inverted form at the head of a clause: "should talks fail, …".
        "should " => {
            inverted
                && (before.is_empty() || before.ends_with([',', '.', '“', '"']))
                && !matches!(next.as_str(), "be" | "we" | "i" | "not" | "have" | "never" | "has" | "had")
        }
        "once " => {
            (before.is_empty() || before.ends_with([',', '“', '"', '—']))
                && !matches!(next.as_str(), "again" | "more" | "and" | "a" | "upon")
        }
        "provided " => {
            !matches!(next.as_str(), "by" | "with" | "a" | "an" | "to" | "for" | "no" | "some" | "in")
                && !matches!(
                    last,
                    "was"
                        | "were"
                        | "is"
                        | "be"
                        | "been"
                        | "has"
                        | "have"
                        | "had"
                        | "are"
                        | "he"
                        | "she"
                        | "they"
                        | "it"
                        | "who"
                        | "that"
                        | "which"
                )
        }
        "assuming " => before.is_empty() || before.ends_with(','),
        _ => true,
    }
}

/// Where the clause ends: before a comma that is followed by its main clause, or at a full stop.
fn clause_end(rest: &str, opener: usize) -> usize {
    let mut quoted = 0_i32;
    for (at, c) in rest.char_indices().skip_while(|(at, _)| *at < opener) {
        match c {
            '“' | '‘' => quoted += 1,
            '”' => {
                quoted -= 1;
                if quoted < 0 {
                    return at;
                }
            }
            '.' | '?' | '!' | ';' | '\n' => {
                let next = rest[at + c.len_utf8()..].chars().next();
                let abbreviation = c == '.' && rest[..at].ends_with(|c: char| c.is_uppercase());
                if next.is_none_or(|n| n.is_whitespace() || matches!(n, '”' | '"' | '’')) && !abbreviation
                {
                    return at;
                }
            }
            ',' | '—' | '–' if at > opener + 6 => return at,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Body, Kind, Place};

    fn check(text: &str, content: &str, expected: Option<&str>) {
        let article = Article::new("a", Body::new(text.to_owned(), Vec::new(), Vec::new()).unwrap());
        let at = text.find(content).unwrap();
        let span = Span::new(text, at, at + content.len()).unwrap();
        let whole = Span::new(text, 0, text.len()).unwrap();
        let quote = Quote::new(&article, Place::Text, Kind::Indirect, vec![], vec![], vec![span]).unwrap();
        let quote = quote.in_sentence(&article, whole);
        assert_eq!(condition(&article, &quote).map(|s| s.slice(text)), expected, "{text}");
    }

    #[test]
    fn a_condition_stands_in_the_content_or_right_after_it() {
        check(
            "Lind said they would sign if the ferry sails.",
            "they would sign if the ferry sails",
            Some("if the ferry sails"),
        );
        check(
            "She backed the “plan” — provided the guild accepts it.",
            "the “plan”",
            Some("provided the guild accepts it"),
        );
        check("“If it rains, we stay,” Lind said.", "“If it rains, we stay,”", Some("If it rains"));
        check(
            "He said he would not pay unless asked twice, and left.",
            "he would not pay unless asked twice",
            Some("unless asked twice"),
        );
    }

    #[test]
    fn other_uses_are_no_conditions() {
        check("It looked as if nobody came.", "It looked as if nobody came", None);
        check("He said it was provided by the guild.", "it was provided by the guild", None);
        check("He said they should be glad.", "they should be glad", None);
        check("She said it happened once more.", "it happened once more", None);
    }
}
