//! Where in a text? Half-open byte ranges on character boundaries, and their code-point twins.
//!
//! Inside the program every offset is a UTF-8 byte offset ([`Span`]); outside (the stage formats, the
//! exports) it is a Unicode code point. [`CodePoints`] is the only bridge between the two.

use std::fmt;
use std::ops::Range;

/// A half-open range of UTF-8 bytes `[start, end)` in one text (an article's text or its title).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

/// A span that does not fit the text it is meant for: out of bounds, inside a character, or reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSpan {
    /// The start that was asked for, in bytes.
    pub start: usize,
    /// The end that was asked for, in bytes.
    pub end: usize,
    /// The length of the text, in bytes.
    pub text_len: usize,
}

impl fmt::Display for BadSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BadSpan { start, end, text_len } = self;
        write!(f, "span {start}..{end} is not on character boundaries within a text of {text_len} bytes")
    }
}

impl std::error::Error for BadSpan {}

impl Span {
    /// A span in `text`, checked: ordered, in bounds, on character boundaries. Empty spans are allowed.
    ///
    /// ```
    /// use onrecord_terms::Span;
    /// let span = Span::new("“Yes,” she said", 3, 7).unwrap();
    /// assert_eq!(span.slice("“Yes,” she said"), "Yes,");
    /// assert!(Span::new("“Yes,”", 1, 4).is_err()); // inside the opening mark
    /// ```
    pub fn new(text: &str, start: usize, end: usize) -> Result<Span, BadSpan> {
        let fits = start <= end
            && end <= u32::MAX as usize
            && text.is_char_boundary(start)
            && text.is_char_boundary(end);
        match fits {
            true => Ok(Span { start: start as u32, end: end as u32 }),
            false => Err(BadSpan { start, end, text_len: text.len() }),
        }
    }

    /// The span of `part` within `text`, where `part` is a slice borrowed from `text`.
    ///
    /// Returns `None` if `part` does not lie inside `text`.
    pub fn of(text: &str, part: &str) -> Option<Span> {
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        Span::new(text, start, start.checked_add(part.len())?).ok()
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words of the span in the text that it was made for; empty in a text that it does not fit.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `self` lies on character boundaries within `text`.
    pub fn fits(self, text: &str) -> bool {
        text.get(self.range()).is_some()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside `self`.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` belongs to the span.
    pub fn holds(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without white space at its ends.
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.slice(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        Span { start: start as u32, end: end as u32 }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Translates between bytes and Unicode code points of one text, in logarithmic time.
///
/// ```
/// use onrecord_terms::{CodePoints, Span};
/// let text = "“Yes”";
/// let map = CodePoints::new(text);
/// assert_eq!(map.from_bytes(Span::new(text, 3, 6).unwrap()), [1, 4]);
/// assert_eq!(map.to_bytes(1, 4).unwrap().range(), 3..6);
/// assert!(map.to_bytes(1, 99).is_err());
/// ```
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Byte offset of every code point that is not one byte long, with its index.
    wide: Vec<(usize, usize, usize)>,
}

impl<'t> CodePoints<'t> {
    /// Prepares the map for `text`; memory grows with the number of non-ASCII characters only.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        // Each entry: (first byte after a wide character, its code-point index, width so far beyond ASCII).
        let mut wide = Vec::new();
        let mut surplus = 0;
        for (offset, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            surplus += c.len_utf8() - 1;
            let after = offset + c.len_utf8();
            wide.push((after, after - surplus, surplus));
        }
        CodePoints { text, wide }
    }

    /// A byte span as `[start, end)` in code points.
    pub fn from_bytes(&self, span: Span) -> [usize; 2] {
        [span.start(), span.end()].map(|byte| {
            let idx = self.wide.partition_point(|&(after, _, _)| after <= byte);
            byte - idx.checked_sub(1).map_or(0, |i| self.wide[i].2)
        })
    }

    /// A code-point range as a byte span; an error if it does not lie in the text.
    pub fn to_bytes(&self, start: usize, end: usize) -> Result<Span, BadSpan> {
        let byte = |point: usize| {
            let idx = self.wide.partition_point(|&(_, after, _)| after <= point);
            point.saturating_add(idx.checked_sub(1).map_or(0, |i| self.wide[i].2))
        };
        Span::new(self.text, byte(start), byte(end))
    }
}
