//! Where do words, marks and sentences begin and end? A text as tokens with what their letters look like.
//!
//! One pass, made for finding names: "U.S.", "J.", "Sen." keep their dots, "'s" stands alone, "al-Rashid" is one word.

use onrecord_terms::Body;

/// What the letters of a token look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// "minister"
    Lower,
    /// "Minister", "McNeil", "el-Amin"
    Capital,
    /// "NATO", "U.N."
    Upper,
    /// "20", "20-point", "5,000"
    Number,
    /// "'s"
    Possessive,
    /// Anything that is not a word.
    Mark,
}

/// One word or mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// In lower case, without the dots of an abbreviation.
    pub(crate) lower: String,
    /// What its letters look like.
    pub(crate) shape: Shape,
    /// Index of its sentence, counted over the text.
    pub(crate) sentence: u32,
    /// Index of its paragraph.
    pub(crate) paragraph: u32,
    /// First word of a sentence, or first after an opening mark: its capital tells nothing.
    pub(crate) opens: bool,
    /// At most white space, and no line break, stands between it and the token before.
    pub(crate) joined: bool,
}

impl Token {
    /// Whether it is a word that starts with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// Whether it is a word of any kind.
    pub(crate) fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark | Shape::Possessive)
    }

    /// Whether it is this mark.
    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.shape == Shape::Mark && self.lower == mark
    }
}

/// Abbreviations that keep their dot and do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "col", "lt", "capt",
    "maj", "sgt", "adm", "rev", "hon", "st", "jr", "sr", "jan", "feb", "aug", "sept", "oct", "nov", "dec",
    "no", "vs", "inc", "ltd", "co", "corp", "mt", "ft", "cmdr", "cpl", "det", "supt", "brig", "pres",
    "messrs", "ala", "ariz", "calif", "colo", "conn", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md",
    "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va",
    "vt", "wash", "wis", "wyo",
];

/// Tails that make an adjective of a name.
const ADJECTIVES: &[&str] = &[
    "backed",
    "based",
    "led",
    "style",
    "era",
    "born",
    "owned",
    "run",
    "linked",
    "controlled",
    "supported",
    "funded",
    "friendly",
    "related",
    "wide",
    "dominated",
    "inspired",
    "leaning",
    "occupied",
    "allied",
    "appointed",
    "made",
    "trained",
    "brokered",
    "sponsored",
    "held",
    "affiliated",
];

/// The tokens of a text; paragraphs are the body's where one is given, else there is one.
pub(crate) fn tokens(text: &str, body: Option<&Body>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let (mut sentence, mut opens, mut ended) = (0u32, true, false);
    let mut paragraph = 0usize;
    let mut at = 0;
    let mut last_end = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if let Some(body) = body {
            let paragraphs = body.paragraphs();
            let before = paragraph;
            while paragraphs.get(paragraph).is_some_and(|p| p.span.end() <= at)
                && paragraph + 1 < paragraphs.len()
            {
                paragraph += 1;
            }
            if paragraph != before && !out.is_empty() {
                sentence += 1;
                (opens, ended) = (true, false);
            }
        }
        let (end, shape) = token_end(text, at, c);
        let raw = &text[at..end];
        let mut lower = raw.to_lowercase();
        if shape != Shape::Mark && lower.ends_with('.') {
            lower.pop();
        }
        if shape == Shape::Possessive {
            lower = "'s".to_owned();
        }
        if ended && shape != Shape::Mark && shape != Shape::Possessive {
            ended = false;
            if shape != Shape::Lower {
                sentence += 1;
                opens = true;
            }
        }
        let joined = last_end > 0 && text[last_end..at].chars().all(|c| c.is_whitespace() && c != '\n');
        let mark = shape == Shape::Mark;
        out.push(Token {
            start: at,
            end,
            lower,
            shape,
            sentence,
            paragraph: paragraph as u32,
            opens: opens && !mark,
            joined,
        });
        if mark {
            match c {
                '.' | '!' | '?' | '…' => ended = true,
                '“' | '‘' | '"' | '«' | '„' | '(' | '[' | ':' | '—' | '–' | '•' | '|' => {
                    opens = true
                }
                _ => {}
            }
            if c == '"' && !text[..at].ends_with(|c: char| c.is_whitespace() || c == '(') && at > 0 {
                opens = ended;
            }
        } else {
            opens = false;
        }
        last_end = end;
        at = end;
    }
    out
}

/// Where the token that starts at `at` with `first` ends, and what it looks like.
fn token_end(text: &str, at: usize, first: char) -> (usize, Shape) {
    let rest = &text[at..];
    if matches!(first, '\'' | '’') && !text[..at].ends_with(char::is_whitespace) {
        let after = &rest[first.len_utf8()..];
        if after.starts_with(['s', 'S']) && !after[1..].starts_with(char::is_alphanumeric) {
            return (at + first.len_utf8() + 1, Shape::Possessive);
        }
    }
    let handle =
        matches!(first, '@' | '#') && rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if !first.is_alphanumeric() && !handle {
        return (at + first.len_utf8(), Shape::Mark);
    }
    let mut end = at + first.len_utf8();
    let mut previous = first;
    while let Some(c) = text[end..].chars().next() {
        let next = text[end + c.len_utf8()..].chars().next();
        let letter_next = next.is_some_and(char::is_alphanumeric);
        let inside = match c {
            '\'' | '’' => {
                letter_next && (!matches!(next, Some('s' | 'S')) || is_long(&text[end + c.len_utf8()..]))
            }
            '-' | '‑' | '&' => letter_next,
            '.' => {
                let word = &text[at..end];
                // "U.S.", and the "N.Y." of "D-N.Y.".
                let last = word.rsplit('-').next().unwrap_or(word);
                let initials = previous.is_uppercase() && (last.chars().count() == 1 || dotted(last));
                (letter_next
                    && (previous.is_numeric() && next.is_some_and(char::is_numeric)
                        || initials
                        || word.contains('.')
                        || word.starts_with(['@', '#'])))
                    || (initials && next.is_none_or(|c| !c.is_alphanumeric()))
                    || (dotted(last) && !letter_next)
                    || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
                        && word.starts_with(char::is_uppercase)
                        && !letter_next
            }
            ',' => previous.is_numeric() && next.is_some_and(char::is_numeric),
            '_' => true,
            '%' => previous.is_numeric(),
            c => c.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        end += c.len_utf8();
        previous = c;
        if c == '.' && !letter_next {
            break;
        }
    }
    (end, shape(&text[at..end]))
}

/// Whether two letters or more follow: "O'Sullivan", but not "Lind's".
fn is_long(rest: &str) -> bool {
    rest.chars().nth(1).is_some_and(char::is_alphanumeric)
}

/// "U.S", "a.m": single letters parted by dots.
fn dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

fn shape(word: &str) -> Shape {
    let word = word.trim_start_matches(['@', '#']);
    let Some(first) = word.chars().next() else { return Shape::Mark };
    if first.is_numeric() {
        return Shape::Number;
    }
    // "Lind-backed" is an adjective.
    if word.rsplit_once('-').is_some_and(|(_, tail)| ADJECTIVES.contains(&tail)) {
        return Shape::Lower;
    }
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    if first.is_uppercase() {
        return if capitals == letters().count() && capitals > 1 { Shape::Upper } else { Shape::Capital };
    }
    // "el-Amin", "al-Rashid", "d'Arcy": a particle and a capital after it.
    let after = word.split(['-', '\'', '’']).nth(1).and_then(|part| part.chars().next());
    match after.is_some_and(char::is_uppercase) {
        true => Shape::Capital,
        false => Shape::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        tokens(text, None).iter().map(|t| t.lower.clone()).collect()
    }

    #[test]
    fn names_keep_what_belongs_to_them() {
        assert_eq!(
            shown("Sen. J. Lind's U.N. aide, el-Amin."),
            ["sen", "j", "lind", "'s", "u.n", "aide", ",", "el-amin", "."]
        );
        assert_eq!(shown("O’Hara’s 5,000-point plan"), ["o’hara", "'s", "5,000-point", "plan"]);
    }

    #[test]
    fn sentences_end_at_full_stops_and_not_at_abbreviations() {
        let tokens = tokens("Gov. Lind came. He said “no.” Then he left", None);
        assert_eq!(tokens.iter().map(|t| t.sentence).max(), Some(2));
        assert!(tokens.iter().find(|t| t.lower == "then").is_some_and(|t| t.opens));
    }
}
