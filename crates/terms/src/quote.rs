//! Who said what in an article? One attribution, as spans into the article.

use crate::{Article, BadSpan, Circumstances, Day, Span};

/// One attribution: something ascribed to a source, with the words that do it.
///
/// The field's three parts are `source` (who), `cue` (the words that ascribe), `content` (what).
/// Each is a list of spans in order, because each can be broken; `source` and `cue` may be empty.
/// A token belongs to one part at most. A direct quotation's content holds its quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    place: Place,
    kind: Kind,
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    sentence: Span,
    /// Probability that this is an attribution with these parts, 0.0 to 1.0.
    pub confidence: f32,
    /// Who speaks.
    pub voice: Voice,
    /// What kind of act it is, and its circumstances.
    pub sense: Sense,
}

/// Which of an article's two texts the spans point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// [`Article::text`].
    Text,
    /// [`Article::headline`].
    Title,
}

/// How the content is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Wholly inside quotation marks.
    Direct,
    /// Partly inside quotation marks.
    Mixed,
    /// In the outlet's words.
    Indirect,
}

impl Quote {
    /// An attribution in `article`, with every span checked against the text it points into.
    ///
    /// The spans of each part are put in order. The sentence covers all parts until [`Quote::in_sentence`] widens it.
    /// Confidence starts at 1.0, the voice unknown, the sense empty.
    ///
    /// # Errors
    /// A span that does not fit, or content without any character.
    pub fn new(
        article: &Article,
        place: Place,
        kind: Kind,
        mut source: Vec<Span>,
        mut cue: Vec<Span>,
        mut content: Vec<Span>,
    ) -> Result<Quote, BadSpan> {
        let text = place.text(article);
        for part in [&mut source, &mut cue, &mut content] {
            part.retain(|span| !span.is_empty());
            part.sort_unstable();
        }
        let mut all = source.iter().chain(&cue).chain(&content).copied();
        let bad = |span: Span| BadSpan { start: span.start(), end: span.end(), text_len: text.len() };
        if let Some(span) = all.clone().find(|span| !span.fits(text)) {
            return Err(bad(span));
        }
        if content.is_empty() {
            return Err(BadSpan { start: 0, end: 0, text_len: text.len() });
        }
        let first = all.next().unwrap_or(content[0]);
        let sentence = all.fold(first, Span::cover);
        Ok(Quote {
            place,
            kind,
            source,
            cue,
            content,
            sentence,
            confidence: 1.0,
            voice: Voice::default(),
            sense: Sense::default(),
        })
    }

    /// The same quote with the sentence or sentences that it stands in; never narrower than its parts.
    #[must_use]
    pub fn in_sentence(mut self, article: &Article, sentence: Span) -> Quote {
        if sentence.fits(self.place.text(article)) {
            self.sentence = self.sentence.cover(sentence);
        }
        self
    }

    /// Which text the spans point into.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Direct, mixed or indirect.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The words that name who speaks: "Ana Ruiz, the mayor", "she", or nothing.
    pub fn source(&self) -> &[Span] {
        &self.source
    }

    /// The words that ascribe: "said", "according to", or nothing.
    pub fn cue(&self) -> &[Span] {
        &self.cue
    }

    /// The words ascribed. Never empty.
    pub fn content(&self) -> &[Span] {
        &self.content
    }

    /// The sentence or sentences that the quote stands in: its evidence.
    pub fn sentence(&self) -> Span {
        self.sentence
    }

    /// Whether this goes on with the quotation before it: the record holds long ones in parts, which the same words ascribe.
    pub fn goes_on_from(&self, before: &Quote) -> bool {
        !self.cue.is_empty()
            && (self.place, &self.source, &self.cue) == (before.place, &before.source, &before.cue)
    }

    /// The content as one string, broken parts joined by " … ".
    pub fn words(&self, article: &Article) -> String {
        join(self.place.text(article), &self.content)
    }
}

impl Place {
    /// The text that spans of this place point into.
    pub fn text(self, article: &Article) -> &str {
        match self {
            Place::Text => article.text(),
            Place::Title => article.headline(),
        }
    }
}

/// The words of several spans as one string: " … " between parts, single spaces for breaks.
pub fn join(text: &str, spans: &[Span]) -> String {
    let parts: Vec<String> =
        spans.iter().map(|span| span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    parts.join(" … ")
}

/// Who speaks, resolved within the article; no speaker rather than a wrong one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voice {
    /// Usually one; several for "Ruiz and Lind said"; empty if nobody can be told.
    pub speakers: Vec<Speaker>,
    /// Probability that the speakers are right, 0.0 to 1.0; 0.0 if there are none.
    pub confidence: f32,
    /// The second choice, where there was one.
    pub runner_up: Option<RunnerUp>,
}

/// One speaker as the article names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speaker {
    /// The fullest name that the article gives, without titles; for somebody without a name the fullest description.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// Whether `name` is a proper name.
    pub named: bool,
    /// The office or role as the article gives it: "foreign minister", "Ministry spokeswoman".
    pub role: Option<String>,
    /// Whom the speaker speaks for, as a proper name where the article tells it: "Ardenia", "the Port Authority".
    pub of: Option<String>,
}

/// A speaker that was weighed and not chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct RunnerUp {
    /// Their name.
    pub name: String,
    /// Its probability, 0.0 to 1.0.
    pub confidence: f32,
}

/// Kinds of speaker (`data/speakers/GUIDE.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// A company, party, campaign, outlet, agency or court.
    Organisation,
    /// A country, its government, a ministry, or what stands for it ("the Kremlin").
    Government,
    /// Several people without a proper name: "voters", "critics".
    Group,
    /// A report, poll, plan, law or letter.
    Document,
    /// An individual or officials not named: "a senior official".
    Unnamed,
}

/// What kind of act a quote is, and its circumstances. What is not known is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sense {
    /// Speech, thought, want, …
    pub mode: Option<Mode>,
    /// The speech act; only when the mode is speech.
    pub act: Option<Act>,
    /// Whom or what the act is about: "the travel ban".
    pub target: Option<String>,
    /// The words of the condition that limits the content, in the same text as the quote.
    pub condition: Option<Span>,
    /// The day of the utterance, where the article's date and its words tell it.
    pub said_on: Option<Day>,
    /// Where or to whom: "reporters", "a rally in Ohio", "AGENCY".
    pub venue: Option<String>,
    /// Through whose hands, when in words, to whom and by what.
    pub beside: Circumstances,
}

/// How the content came from its source (`data/speakers/GUIDE.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Said, wrote, posted, asked, told.
    Speech,
    /// Believes, thinks, knows, expects, hopes.
    Thought,
    /// Intends, wants, plans, fears, likes.
    Want,
    /// A law, rule, plan, order or contract prescribes.
    Decree,
    /// Saw, heard, found out, learned.
    Perception,
    /// A vote, a protest, a gesture.
    Other,
}

/// Speech acts (`data/speakers/GUIDE.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Describes, explains, predicts: the default.
    State,
    /// Endorses, praises, welcomes, agrees with, thanks.
    Support,
    /// Opposes, refuses, disagrees with, rules out.
    Reject,
    /// Demands, urges, calls for, appeals.
    Request,
    /// Criticises, blames, condemns.
    Accuse,
    /// Warns of or threatens harm.
    Warn,
    /// Pledges, vows, offers, announces what the speaker will do.
    Promise,
    /// Admits, acknowledges against own interest, apologises.
    Concede,
    /// Denies a claim or an accusation.
    Deny,
    /// Puts a question.
    Ask,
}

/// Gives an enum of fixed words `ALL`, `as_str` and `parse`.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &[$type] = &[$($type::$variant),*];

            /// The word for it in every outside format.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $word),* }
            }

            /// Reads the word; upper or lower case does not matter.
            pub fn parse(word: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|value| value.as_str().eq_ignore_ascii_case(word))
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words!(Place { Text = "text", Title = "title" });
words!(Kind { Direct = "direct", Mixed = "mixed", Indirect = "indirect" });
words!(SpeakerKind {
    Person = "person",
    Organisation = "organisation",
    Government = "government",
    Group = "group",
    Document = "document",
    Unnamed = "unnamed",
});
words!(Mode {
    Speech = "speech",
    Thought = "thought",
    Want = "want",
    Decree = "decree",
    Perception = "perception",
    Other = "other",
});
words!(Act {
    State = "STATE",
    Support = "SUPPORT",
    Reject = "REJECT",
    Request = "REQUEST",
    Accuse = "ACCUSE",
    Warn = "WARN",
    Promise = "PROMISE",
    Concede = "CONCEDE",
    Deny = "DENY",
    Ask = "ASK",
});
