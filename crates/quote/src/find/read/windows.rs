//! Where is a text cut for the encoder? Between paragraphs where they fit, else before a sentence, else between words.

use crate::find::words::{OPENS, Word};
use std::ops::Range;

/// Ranges of words, each of at most `most` pieces with what stands before a window and behind each paragraph.
/// `begins` tells where each word's pieces begin, and where the last one's end.
pub(super) fn windows(words: &[Word], begins: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut size, mut at) = (0, 1, 0);
    // The last ends of a paragraph and of a sentence in the window.
    let (mut cut, mut soft) = (None, None);
    while at < words.len() {
        let ends = at + 1 == words.len() || words[at + 1].paragraph != words[at].paragraph;
        let cost = begins[at + 1] - begins[at] + usize::from(ends);
        if size + cost + 1 > most && at > start {
            let end = match cut {
                Some(cut) if (at - cut) * 2 < at - start => cut,
                _ => soft.or(cut).unwrap_or(at),
            };
            ranges.push(start..end);
            (start, size, cut, soft, at) = (end, 1, None, None, end);
            continue;
        }
        size += cost;
        at += 1;
        if ends {
            cut = Some(at);
        } else if words[at].looks & OPENS != 0 {
            soft = Some(at);
        }
    }
    if start < words.len() {
        ranges.push(start..words.len());
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of two pieces each: `|` begins a paragraph, `.` a sentence.
    fn cut(marks: &str, most: usize) -> Vec<Range<usize>> {
        let mut paragraph = 0;
        let words: Vec<Word> = marks
            .chars()
            .map(|c| {
                paragraph += usize::from(c == '|');
                let looks = if c == 'w' { 0 } else { OPENS };
                Word { start: 0, end: 0, paragraph, tag: 0, looks }
            })
            .collect();
        let begins: Vec<usize> = (0..=words.len()).map(|n| n * 2).collect();
        windows(&words, &begins, most)
    }

    #[test]
    fn paragraphs_stay_whole_where_they_fit() {
        assert_eq!(cut("|www|www", 64), std::slice::from_ref(&(0..8)));
        assert_eq!(cut("|www|www", 14), [0..4, 4..8]);
    }

    #[test]
    fn long_paragraphs_are_cut_before_sentences_or_else_words() {
        assert_eq!(cut("|ww.www", 12), [0..3, 3..7]);
        assert_eq!(cut("|wwwwwww", 8), [0..3, 3..6, 6..8]);
        assert_eq!(cut("", 8), []);
    }

    #[test]
    fn a_word_that_fits_nowhere_stands_alone() {
        assert_eq!(cut("|ww", 3), [0..1, 1..2, 2..3]);
    }
}
