//! Where do sentences end? A full stop ends one unless it belongs to an abbreviation, an initial or a number.
//!
//! One paragraph comes in, sentence spans come out: in order, covering all but white space. A closing quotation
//! mark belongs to the sentence that it closes. Linear in the text.

use onrecord_terms::Span;

/// Abbreviations that a name or a number follows: the stop after them ends no sentence.
const BEFORE_NAMES: &[&str] = &[
    "adm", "atty", "brig", "capt", "cmdr", "co", "col", "cpl", "det", "dr", "ft", "gen", "gov", "hon",
    "insp", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "pres", "prof", "pvt", "rep",
    "reps", "rev", "sec", "sen", "sens", "sgt", "sr", "st", "supt", "v", "vs",
];

/// Abbreviations that may end a sentence: the stop after them ends one only before a word that starts a sentence.
const ELSEWHERE: &[&str] = &[
    "apr", "aug", "ave", "blvd", "corp", "dec", "etc", "feb", "inc", "jan", "jr", "ltd", "nov", "oct", "rd",
    "sept", "dept", "est", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind",
    "kan", "ky", "la", "mass", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa",
    "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "fig", "bros", "univ",
];

/// Words that start a sentence far more often than a name: after a doubtful stop they begin a new one.
const STARTERS: &[&str] = &[
    "a", "after", "all", "also", "an", "and", "as", "at", "but", "by", "for", "from", "he", "her", "his",
    "how", "i", "if", "in", "it", "its", "last", "many", "most", "my", "no", "not", "on", "one", "our",
    "she", "since", "so", "some", "that", "the", "their", "there", "these", "they", "this", "those", "to",
    "we", "what", "when", "where", "while", "who", "why", "with", "you",
];

/// Whether `word` (without its stop) is an abbreviation that keeps its stop.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    // "D-Md.", a party and its state.
    let word = word.rsplit('-').next().unwrap_or(word);
    if word.len() > 6 || !word.is_ascii() || !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    // "No.", "Ill.", "Miss." are words as well: written small they are no abbreviations.
    if !word.starts_with(char::is_uppercase) {
        return matches!(lower.as_str(), "v" | "vs" | "etc" | "inc" | "dept" | "jr" | "est" | "ave");
    }
    BEFORE_NAMES.contains(&lower.as_str()) || ELSEWHERE.contains(&lower.as_str())
}

/// The sentences of `paragraph` in `text`.
pub(crate) fn sentences(text: &str, paragraph: Span) -> Vec<Span> {
    let words = paragraph.slice(text);
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = words.as_bytes();
    while at < bytes.len() {
        let stop = match bytes[at] {
            b'.' | b'!' | b'?' => 1,
            0xE2 if words[at..].starts_with('…') => 3,
            0xE3 if words[at..].starts_with('。') => 3,
            b'\n' if line_ends(&words[start..at], &words[at..]) => {
                push(text, paragraph, start, at, &mut found);
                start = at;
                at += 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let mut end = at + stop;
        let tail = &words[end..];
        end += tail.len()
            - tail
                .trim_start_matches(['.', '!', '?', '…', '”', '"', '’', '\'', '»', ')', ']', '“', '」', '。'])
                .len();
        let ends = match words[end..].chars().next() {
            None => true,
            Some(c) if c.is_whitespace() || bytes[at] == 0xE3 => breaks(words, start, at, end),
            // "“Yes.” “No.”" without the blank, or a stop inside a word.
            Some(_) => false,
        };
        if ends {
            push(text, paragraph, start, end, &mut found);
            start = end;
        }
        at = end;
    }
    push(text, paragraph, start, words.len(), &mut found);
    found
}

/// Whether a line break ends a sentence that has no stop: what follows begins anew.
fn line_ends(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '\u{a0}', '\t']);
    let opens =
        |c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '«' | '„' | '—' | '―' | '–' | '•' | '*');
    !before.ends_with([',', '-', '–']) && after.trim_start().starts_with(opens)
}

fn push(text: &str, paragraph: Span, start: usize, end: usize, found: &mut Vec<Span>) {
    if let Ok(span) = Span::new(text, paragraph.start() + start, paragraph.start() + end) {
        let span = span.trimmed(text);
        if !span.is_empty() {
            found.push(span);
        }
    }
}

/// Whether the stop at `at`, with its closing marks up to `end`, ends a sentence of `words`.
fn breaks(words: &str, start: usize, at: usize, end: usize) -> bool {
    let next = words[end..].trim_start();
    let opening = |c: char| matches!(c, '“' | '"' | '‘' | '\'' | '(' | '[' | '«' | '„');
    let Some(first) = next.trim_start_matches(opening).chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if !words[at..].starts_with('.') || end > at + 1 {
        return true;
    }
    let before = words.get(start..at).unwrap_or_default();
    let word = before.rsplit(|c: char| c.is_whitespace() || opening(c)).next().unwrap_or_default();
    let next_word: String =
        next.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let starter = STARTERS.contains(&next_word.as_str());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    let initials = word.contains('.') && word.split('.').all(|letters| letters.chars().count() <= 1);
    if initial {
        return false;
    }
    if is_abbreviation(word) {
        return !BEFORE_NAMES.contains(&word.to_ascii_lowercase().as_str()) && starter;
    }
    !initials || starter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let span = Span::new(text, 0, text.len()).expect("a span");
        let found: Vec<&str> = sentences(text, span).iter().map(|s| s.slice(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops_end_sentences() {
        check("One is here. Two is there.", &["One is here.", "Two is there."]);
        check("“Is it?” she asked. “Yes.” He left.", &["“Is it?” she asked.", "“Yes.”", "He left."]);
        check("It ended… Then it began!", &["It ended…", "Then it began!"]);
        check("", &[]);
    }

    #[test]
    fn abbreviations_and_numbers_do_not() {
        check(
            "Mr. Lind met Sen. Ruiz on Jan. 5 in St. Ann.",
            &["Mr. Lind met Sen. Ruiz on Jan. 5 in St. Ann."],
        );
        check("The U.S. Navy paid 3.5 million.", &["The U.S. Navy paid 3.5 million."]);
        check("He left the U.S. The ship stayed.", &["He left the U.S.", "The ship stayed."]);
        check("J. R. Lind said no. It stayed.", &["J. R. Lind said no.", "It stayed."]);
    }
}
