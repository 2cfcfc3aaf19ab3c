//! Which pieces is a word made of? BERT's WordPiece over words that are given.
//!
//! As BERT's uncased tokenizer does it: without control characters and accents, in lower case, signs apart, then
//! the longest piece of the vocabulary that fits, again and again.

use super::file::{BadFile, Tensors};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Pieces of a word that are read; what goes on longer is no word.
const MOST: usize = 16;

/// Characters of a part beyond which it is not known (BERT's).
const LONGEST: usize = 100;

/// A vocabulary of pieces.
#[derive(Clone, Debug)]
pub struct Pieces {
    opening: HashMap<Box<str>, u32>,
    /// Those that go on a word, without their "##".
    inner: HashMap<Box<str>, u32>,
    /// Bytes of the longest.
    longest: usize,
    unknown: u32,
    /// What stands before a window.
    pub start: u32,
    /// What stands behind a paragraph.
    pub end: u32,
}

impl Pieces {
    /// The vocabulary of a file: the table `vocabulary`, one piece a line in the order of their rows.
    pub fn new(tensors: &Tensors) -> Result<Pieces, BadFile> {
        Pieces::parse(tensors.get("vocabulary")?.letters()?)
    }

    /// One piece a line.
    pub fn parse(lines: &str) -> Result<Pieces, BadFile> {
        let (mut opening, mut inner, mut longest) = (HashMap::new(), HashMap::new(), 0);
        for (row, piece) in lines.split('\n').enumerate() {
            longest = longest.max(piece.len());
            match piece.strip_prefix("##").filter(|rest| !rest.is_empty()) {
                Some(rest) => inner.insert(Box::from(rest), row as u32),
                None => opening.insert(Box::from(piece), row as u32),
            };
        }
        let named = |name: &str| opening.get(name).copied().ok_or(BadFile("a vocabulary without its signs"));
        let (unknown, start, end) = (named("[UNK]")?, named("[CLS]")?, named("[SEP]")?);
        Ok(Pieces { opening, inner, longest, unknown, start, end })
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.opening.len() + self.inner.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the pieces of a word: one at least, [`MOST`] at most.
    pub fn of(&self, word: &str, out: &mut Vec<u32>) {
        let from = out.len();
        let mut part = String::with_capacity(word.len());
        if word.is_ascii() {
            for byte in word.bytes() {
                if byte.is_ascii_alphanumeric() {
                    part.push(char::from(byte.to_ascii_lowercase()));
                } else if byte.is_ascii_punctuation() {
                    self.part(&mut part, out);
                    part.push(char::from(byte));
                    self.part(&mut part, out);
                } else if byte.is_ascii_whitespace() {
                    self.part(&mut part, out);
                }
            }
        } else {
            let letters = &*LETTERS;
            let mut plain = String::with_capacity(word.len());
            for c in word.chars().filter(|c| c.is_whitespace() || !letters.is_control(*c)) {
                letters.bare(c, &mut plain);
            }
            for c in plain.chars().flat_map(char::to_lowercase) {
                if c.is_whitespace() {
                    self.part(&mut part, out);
                } else if letters.is_sign(c) || is_ideograph(c) {
                    self.part(&mut part, out);
                    part.push(c);
                    self.part(&mut part, out);
                } else {
                    part.push(c);
                }
            }
        }
        self.part(&mut part, out);
        out.truncate(from + MOST);
        if out.len() == from {
            out.push(self.unknown);
        }
    }

    /// Adds the pieces of a part without signs, and empties it.
    fn part(&self, part: &mut String, out: &mut Vec<u32>) {
        if part.is_empty() {
            return;
        }
        let before = out.len();
        let mut rest = part.as_str();
        let mut pieces = &self.opening;
        if part.len() > LONGEST && part.chars().count() > LONGEST {
            out.push(self.unknown);
            rest = "";
        }
        while !rest.is_empty() {
            let mut end = rest.floor_char_boundary(self.longest);
            let found = loop {
                match pieces.get(&rest[..end]) {
                    _ if end == 0 => break None,
                    Some(piece) => break Some(*piece),
                    None => end = rest.floor_char_boundary(end - 1),
                }
            };
            let Some(piece) = found else {
                out.truncate(before);
                out.push(self.unknown);
                break;
            };
            out.push(piece);
            rest = &rest[end..];
            pieces = &self.inner;
        }
        part.clear();
    }
}

/// Whether BERT sets a character apart as a word of its own (its list of blocks).
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// What Unicode says of letters.
struct Letters {
    marks: Vec<(u32, u32)>,
    signs: Vec<(u32, u32)>,
    controls: Vec<(u32, u32)>,
    bases: HashMap<char, String>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut letters =
        Letters { marks: Vec::new(), signs: Vec::new(), controls: Vec::new(), bases: HashMap::new() };
    let code = |hex: &str| u32::from_str_radix(hex, 16).ok();
    for line in include_str!("../../data/letters.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (kind, first, second) =
            (cells.next(), cells.next().and_then(code), cells.next().unwrap_or_default());
        let Some(first) = first else { continue };
        match kind {
            Some("base") => {
                let letters_of = second.split(' ').filter_map(|hex| char::from_u32(code(hex)?)).collect();
                char::from_u32(first).map(|c| letters.bases.insert(c, letters_of));
            }
            Some("mark") => letters.marks.extend(code(second).map(|last| (first, last))),
            Some("sign") => letters.signs.extend(code(second).map(|last| (first, last))),
            _ => letters.controls.extend(code(second).map(|last| (first, last))),
        }
    }
    letters
});

impl Letters {
    fn is_sign(&self, c: char) -> bool {
        if c.is_ascii() { c.is_ascii_punctuation() } else { within(&self.signs, c) }
    }

    fn is_control(&self, c: char) -> bool {
        c == '\u{fffd}' || within(&self.controls, c)
    }

    /// Adds a letter without its marks.
    fn bare(&self, c: char, out: &mut String) {
        let nth = u32::from(c).wrapping_sub(0xAC00);
        if c.is_ascii() {
            out.push(c);
        } else if nth < 11_172 {
            // A syllable of Hangul is its letters (Unicode, chapter 3.12).
            let letters = [0x1100 + nth / 588, 0x1161 + nth % 588 / 28, 0x11A7 + nth % 28];
            let n_letters = if nth.is_multiple_of(28) { 2 } else { 3 };
            out.extend(letters.into_iter().take(n_letters).filter_map(char::from_u32));
        } else if let Some(base) = self.bases.get(&c) {
            out.push_str(base);
        } else if !within(&self.marks, c) {
            out.push(c);
        }
    }
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let at = ranges.partition_point(|(_, last)| *last < u32::from(c));
    ranges.get(at).is_some_and(|(first, _)| *first <= u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nbri\n##dge\n##s\n.\n’\n-\nco\nelan\n漢\n##a\nu\ns";

    fn pieces(word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        Pieces::parse(SOME).unwrap().of(word, &mut out);
        out
    }

    #[test]
    fn the_longest_piece_comes_first() {
        assert_eq!(pieces("Bridges"), [5, 6, 7]);
        assert_eq!(pieces("the"), [4]);
    }

    #[test]
    fn signs_stand_apart_and_accents_fall() {
        assert_eq!(pieces("U.S."), [15, 8, 16, 8]);
        assert_eq!(pieces("co-the"), [11, 10, 4]);
        assert_eq!(pieces("Élan’s"), [12, 9, 16]);
        assert_eq!(pieces("E\u{301}lan"), [12]);
        assert_eq!(pieces("漢the"), [13, 4]);
        assert_eq!(pieces("the\u{ad}"), [4]);
    }

    #[test]
    fn what_no_piece_fits_is_unknown() {
        assert_eq!(pieces("brix"), [1]);
        assert_eq!(pieces("\u{200d}"), [1]);
        assert_eq!(pieces(&"a".repeat(101)), [1]);
        assert_eq!(pieces(&".".repeat(40)).len(), MOST);
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = include_str!("../../data/letters.tsv").lines().filter(|line| !line.starts_with('#'));
        let n = LETTERS.marks.len() + LETTERS.signs.len() + LETTERS.controls.len() + LETTERS.bases.len();
        assert_eq!(lines.count(), n);
        for ranges in [&LETTERS.marks, &LETTERS.signs, &LETTERS.controls] {
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        assert_eq!(LETTERS.bases[&'ệ'], "e");
    }
}
