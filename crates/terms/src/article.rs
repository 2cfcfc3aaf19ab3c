//! What does the page report? One article: its headline, byline, dates, and its one text.

use crate::{BadSpan, Moment, Span};

/// What was published, taken out of a [`Page`](crate::Page).
///
/// A fact that the page does not give is `None` or empty; nothing is guessed in silence.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The page's id.
    pub id: String,
    /// The address, canonical where the page names one.
    pub url: Option<String>,
    /// The outlet's name as it calls itself.
    pub outlet: Option<String>,
    /// The headline, without the outlet's name.
    pub title: Option<String>,
    /// Names of the authors, one each, without "By" and without roles.
    pub byline: Vec<String>,
    /// First publication.
    pub published: Option<Moment>,
    /// Last change that the page itself names.
    pub modified: Option<Moment>,
    /// The language of the text.
    pub language: Option<Lang>,
    /// Agencies that the page credits, in the order named, by the name it gives them.
    pub agencies: Vec<String>,
    /// False if the page shows that text is missing (a paywall, "read more").
    pub complete: bool,
    /// The text, its paragraphs and its separate reports.
    pub body: Body,
}

impl Article {
    /// An article that has a body and nothing else.
    pub fn new(id: impl Into<String>, body: Body) -> Article {
        Article {
            id: id.into(),
            url: None,
            outlet: None,
            title: None,
            byline: Vec::new(),
            published: None,
            modified: None,
            language: None,
            agencies: Vec::new(),
            complete: true,
            body,
        }
    }

    /// The text that every [`Span`] with [`Place::Text`](crate::Place::Text) points into.
    pub fn text(&self) -> &str {
        self.body.text()
    }

    /// The headline, empty if there is none: what spans with [`Place::Title`](crate::Place::Title) point into.
    pub fn headline(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }
}

/// The text of an article with its structure: paragraphs in order, each in exactly one report.
///
/// Invariants: paragraphs are ordered, not empty, do not overlap and fit the text; items are ordered,
/// do not overlap, fit the text, and there is at least one unless the text is empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Body {
    text: String,
    paragraphs: Vec<Paragraph>,
    items: Vec<Span>,
}

/// One paragraph of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words, without line breaks around them.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphKind {
    /// Running text.
    Text,
    /// A heading within the article, or the title of a later report on the same page.
    Heading,
    /// An item of a list.
    ListItem,
    /// A block set apart as a quotation.
    BlockQuote,
    /// A post embedded from elsewhere.
    Embed,
}

impl Body {
    /// A body from a text that stands, with checked paragraphs and items.
    ///
    /// No paragraphs given: each run of text between blank lines is one. No items given: the whole is one.
    pub fn new(text: String, paragraphs: Vec<Paragraph>, items: Vec<Span>) -> Result<Body, BadSpan> {
        let bad = |span: Span| BadSpan { start: span.start(), end: span.end(), text_len: text.len() };
        let in_order = |spans: &[Span]| {
            let mut end = 0;
            for span in spans {
                if !span.fits(&text) || span.start() < end {
                    return Err(bad(*span));
                }
                end = span.end();
            }
            Ok(())
        };
        in_order(&paragraphs.iter().map(|p| p.span).collect::<Vec<_>>())?;
        in_order(&items)?;
        if let Some(empty) = paragraphs.iter().find(|p| p.span.is_empty()) {
            return Err(bad(empty.span));
        }
        let paragraphs = if paragraphs.is_empty() { by_blank_lines(&text) } else { paragraphs };
        let items = match items.is_empty() && !text.is_empty() {
            true => vec![Span::new(&text, 0, text.len())?],
            false => items,
        };
        Ok(Body { text, paragraphs, items })
    }

    /// A body from its parts: reports, each a list of paragraphs. Paragraphs are trimmed, empty ones dropped,
    /// and parted by one blank line.
    ///
    /// ```
    /// use onrecord_terms::{Body, ParagraphKind};
    /// let body = Body::from_reports(&[vec![(ParagraphKind::Text, "One."), (ParagraphKind::Text, "Two.")]]);
    /// assert_eq!(body.text(), "One.\n\nTwo.");
    /// assert_eq!(body.paragraphs().len(), 2);
    /// ```
    pub fn from_reports<T: AsRef<str>>(reports: &[Vec<(ParagraphKind, T)>]) -> Body {
        let mut text = String::new();
        let (mut paragraphs, mut items) = (Vec::new(), Vec::new());
        for report in reports {
            let mut item: Option<Span> = None;
            for (kind, words) in report {
                let words = words.as_ref().trim();
                if words.is_empty() {
                    continue;
                }
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                let start = text.len();
                text.push_str(words);
                let Ok(span) = Span::new(&text, start, text.len()) else { continue };
                paragraphs.push(Paragraph { span, kind: *kind });
                item = Some(item.map_or(span, |item| item.cover(span)));
            }
            items.extend(item);
        }
        Body { text, paragraphs, items }
    }

    /// The one text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Paragraphs in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The separate reports on the page: one, unless it is a live page or a digest.
    pub fn items(&self) -> &[Span] {
        &self.items
    }

    /// Index of the report that holds the byte at `offset`.
    pub fn item_at(&self, offset: usize) -> usize {
        self.items.partition_point(|item| item.end() <= offset).min(self.items.len().saturating_sub(1))
    }

    /// Index of the paragraph that holds the byte at `offset`, or the next one after it.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        let idx = self.paragraphs.partition_point(|p| p.span.end() <= offset);
        (idx < self.paragraphs.len()).then_some(idx)
    }
}

/// Paragraphs of a text whose structure was not given: runs between blank lines, or lines where there are none.
fn by_blank_lines(text: &str) -> Vec<Paragraph> {
    let separator = if text.contains("\n\n") { "\n\n" } else { "\n" };
    text.split(separator)
        .filter_map(|part| Span::of(text, part.trim()))
        .filter(|span| !span.is_empty())
        .map(|span| Paragraph { span, kind: ParagraphKind::Text })
        .collect()
}

/// A language by its ISO 639-1 code, two lower-case letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Lang([u8; 2]);

impl Lang {
    /// English, the language that the quote finder knows.
    pub const ENGLISH: Lang = Lang(*b"en");

    /// Reads the head of a language tag: `en`, `en-GB`, `EN_us`.
    pub fn parse(tag: &str) -> Option<Lang> {
        let head = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        match head.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Lang([*a, *b])),
            _ => None,
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}
