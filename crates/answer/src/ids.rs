//! What does this id name? `a12`, `q345`, `s7`, `st9`, or a speaker's slug.

use onrecord_store::{PageId, QuoteId};
use std::fmt;

/// An id as users see it. Ids last: any article of a story names the story, any quote of a statement the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// `a12`: a page's article, in its latest version.
    Article(PageId),
    /// `a12v1`: one version of it.
    Version(PageId, i64),
    /// `q345`.
    Quote(QuoteId),
    /// `st9`: the statement that quote 9 renders.
    Statement(QuoteId),
    /// `s7`: the story that article 7 is in.
    Story(PageId),
    /// Anything else: a speaker's slug or name.
    Speaker(String),
}

impl Id {
    /// Reads an id; what is none is taken for a speaker.
    ///
    /// ```
    /// use onrecord_answer::Id;
    /// assert_eq!(Id::parse("st9"), Id::Statement(9));
    /// assert_eq!(Id::parse("a12v1"), Id::Version(12, 1));
    /// assert_eq!(Id::parse("Ana Ruiz"), Id::Speaker("Ana Ruiz".to_owned()));
    /// ```
    pub fn parse(typed: &str) -> Id {
        let typed = typed.trim();
        let number = |prefix: &str| -> Option<i64> {
            let digits = typed.strip_prefix(prefix)?;
            (digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
        };
        let version = || {
            let (page, version) = typed.strip_prefix('a')?.split_once('v')?;
            let digits =
                |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
            Some(Id::Version(digits(page)?, digits(version)?))
        };
        number("a")
            .map(Id::Article)
            .or_else(version)
            .or_else(|| number("q").map(Id::Quote))
            .or_else(|| number("st").map(Id::Statement))
            .or_else(|| number("s").map(Id::Story))
            .unwrap_or_else(|| Id::Speaker(typed.to_owned()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Article(page) => write!(f, "a{page}"),
            Id::Version(page, version) => write!(f, "a{page}v{version}"),
            Id::Quote(quote) => write!(f, "q{quote}"),
            Id::Statement(quote) => write!(f, "st{quote}"),
            Id::Story(page) => write!(f, "s{page}"),
            Id::Speaker(slug) => write!(f, "{slug}"),
        }
    }
}
