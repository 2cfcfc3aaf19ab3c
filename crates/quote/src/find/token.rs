//! What are the words of a text? Tokens with byte offsets, clitics apart ("Ruiz’s" is "Ruiz" and "’s").
//!
//! A text and its paragraphs come in, a flat list of tokens comes out. Nothing is normalised: a token is a slice.

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Letters, with inner hyphens, dots and apostrophes: "Ruiz", "U.S.", "so-called".
    Word,
    /// A word that leans on the one before: "’s", "n’t", "’ll".
    Clitic,
    /// Digits with what belongs to them: "3.5", "20-point", "$40".
    Number,
    /// Any other single character.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Its class.
    pub(crate) class: Class,
    /// Whether white space (or nothing) stands before it.
    pub(crate) spaced: bool,
}

impl Token {
    /// Its letters in `text`.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Whether `c` is one of the characters written for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// The tokens of `text[start..end]`, in order.
pub(crate) fn tokens(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let Some(part) = text.get(start..end) else { return };
    let mut chars = part.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if !c.is_alphanumeric() {
            out.push(Token { start: start + at, end: start + at + c.len_utf8(), class: Class::Sign, spaced });
            spaced = false;
            continue;
        }
        let mut stop = at + c.len_utf8();
        let mut digits = c.is_numeric();
        while let Some(&(next_at, next)) = chars.peek() {
            let joins = next.is_alphanumeric()
                || is_mark_on_letter(next)
                || joins_letters(
                    next,
                    part.get(next_at + next.len_utf8()..).unwrap_or_default(),
                    part,
                    at,
                    next_at,
                );
            if !joins {
                break;
            }
            digits |= next.is_numeric();
            stop = next_at + next.len_utf8();
            chars.next();
        }
        let class = if digits { Class::Number } else { Class::Word };
        split_clitic(text, start + at, start + stop, class, spaced, out);
        spaced = false;
    }
}

/// Whether `c` is a sign set upon the letter before it (a combining accent).
fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{ad}')
}

/// Bytes up to which a word may go on over a sign.
const LONGEST: usize = 80;

/// Whether a sign inside a word belongs to it, given what follows and the word so far (`part[from..at]`).
fn joins_letters(c: char, rest: &str, part: &str, from: usize, at: usize) -> bool {
    // Longer runs are no words; looking back over them again and again would take quadratic time.
    if at - from > LONGEST {
        return false;
    }
    let next = rest.chars().next();
    let letter_follows = next.is_some_and(char::is_alphanumeric);
    match c {
        '-' | '‐' | '‑' | '_' | '@' | '&' | '/' => letter_follows,
        c if is_apostrophe(c) => letter_follows,
        ',' | ':' => {
            letter_follows
                && next.is_some_and(char::is_numeric)
                && part[..at].ends_with(|c: char| c.is_ascii_digit())
        }
        '.' => {
            let word = &part[from..at];
            // "U.S." keeps its dots, "3.5" its point, "example.com" its own; "end.Next" does not hang together.
            let initials = word.split('.').all(|letters| letters.chars().count() == 1)
                && word.chars().next().is_some_and(char::is_alphabetic);
            (letter_follows && (initials || !next.is_some_and(char::is_uppercase)))
                || (initials && word.contains('.'))
                || (!letter_follows && crate::sentence::is_abbreviation(word))
        }
        _ => false,
    }
}

/// Pushes a word, its clitic apart.
fn split_clitic(text: &str, start: usize, end: usize, class: Class, spaced: bool, out: &mut Vec<Token>) {
    let word = &text[start..end];
    if let Some((at, _)) = word.char_indices().rev().find(|&(at, c)| at > 0 && is_apostrophe(c)) {
        let tail = word[at..].trim_start_matches(is_apostrophe).to_ascii_lowercase();
        let cut = match tail.as_str() {
            "s" | "ll" | "re" | "ve" | "d" | "m" => Some(at),
            "t" if word[..at].ends_with(['n', 'N']) && at > 1 => Some(at - 1),
            _ => None,
        };
        if let Some(cut) = cut.map(|cut| start + cut).filter(|&cut| cut > start) {
            out.push(Token { start, end: cut, class, spaced });
            out.push(Token { start: cut, end, class: Class::Clitic, spaced: false });
            return;
        }
    }
    out.push(Token { start, end, class, spaced });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut out = Vec::new();
        tokens(text, 0, text.len(), &mut out);
        out.iter().map(|token| token.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_numbers_and_signs_come_apart() {
        assert_eq!(words("“Yes,” said Ruiz."), "“|Yes|,|”|said|Ruiz|.");
        assert_eq!(
            words("a 20-point plan, 3.5 per cent, 1,000 people"),
            "a|20-point|plan|,|3.5|per|cent|,|1,000|people"
        );
        assert_eq!(words("Ruiz’s U.S. visit"), "Ruiz|’s|U.S.|visit");
        assert_eq!(words("they don't; it'll do, Mr. Lind"), "they|do|n't|;|it|'ll|do|,|Mr.|Lind");
        assert_eq!(words("the end.Next"), "the|end|.|Next");
        assert_eq!(words(""), "");
    }
}
