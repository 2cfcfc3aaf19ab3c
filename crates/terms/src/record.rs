//! What belongs together? Stories, copies, actors, and one statement told several times.
//!
//! `link` makes these over a list of articles and their quotes. Members are named by index into those lists:
//! an article by its position, a quote by its article's position and its own within the article.

use crate::quote::words;
use crate::{Day, Span, SpeakerKind};

/// Where one article belongs. Each group is named by the position of its first member in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The event: all articles with the same number report one story.
    pub story: usize,
    /// Stories that continue one another.
    pub thread: usize,
    /// Articles that share wire copy or were copied; an article alone is a family of its own.
    pub family: usize,
    /// The earliest of the family, if it is not this article.
    pub copy_of: Option<usize>,
    /// Why the article was put into its story: the shared words and names that weighed most, for people.
    pub why: Vec<String>,
    /// What later articles changed about where it stood when it came.
    pub late: Option<Late>,
}

/// What became known about an article's story only after it had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// It opened a story, which turned out to be one with an earlier one.
    Merged,
    /// It was put into the story of the article at this position, and turned out to be of another.
    Split(usize),
}

/// A person's word on two reports, by their positions: of one story, or not. It outweighs what their words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// True if the stories of both are one; false if the other is not of the one's story.
    pub same: bool,
    /// An article.
    pub one: usize,
    /// Another.
    pub other: usize,
}

/// Somebody or something that speaks, over the whole record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The fullest name.
    pub name: String,
    /// What kind of speaker, as most mentions have it.
    pub kind: SpeakerKind,
    /// Whether `name` is a proper name.
    pub named: bool,
    /// Every name it goes by, the fullest first.
    pub names: Vec<String>,
    /// Roles with the days at which reports give them.
    pub roles: Vec<Role>,
    /// The actor it speaks for (a minister's government), by position in the list of actors.
    pub of: Option<usize>,
    /// Where it speaks, in order.
    pub mentions: Vec<Mention>,
}

/// A role that reports give an actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// As the reports word it: "foreign minister".
    pub title: String,
    /// First day that a dated report gives it.
    pub from: Option<Day>,
    /// Last day that a dated report gives it.
    pub to: Option<Day>,
}

/// A person's word on who is who. It outweighs what names tell, and outlasts every rebuild.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// True if whoever goes by `other` is the actor who goes by `one`; false if the name `other` is not this actor's.
    pub same: bool,
    /// A name of the actor.
    pub one: String,
    /// The other name.
    pub other: String,
    /// When it was made, in UTC: "2031-03-06T09:12:00Z".
    pub made: String,
}

/// One speaker of one quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Position of the article.
    pub article: usize,
    /// Position of the quote among the article's quotes.
    pub quote: usize,
    /// Position of the speaker among the quote's speakers.
    pub speaker: usize,
}

/// What one speaker said on one occasion about one thing, told once or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its renderings in order of article and quote; at least one.
    pub renderings: Vec<Rendering>,
    /// How the renderings differ, each kind once, in the order of [`Differs::ALL`].
    pub differs: Vec<Differs>,
    /// Probability that all renderings tell the same statement, 0.0 to 1.0; 1.0 if there is one.
    pub confidence: f32,
}

/// One telling of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendering {
    /// Position of the article.
    pub article: usize,
    /// Position of the quote among the article's quotes.
    pub quote: usize,
    /// False if another rendering holds a part that this one leaves out.
    pub complete: bool,
    /// Words of this rendering that differ from the fullest one, with how.
    pub marks: Vec<Mark>,
}

/// Words that differ, in the text that the rendering's quote stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// In what respect.
    pub differs: Differs,
}

/// How renderings of one statement differ (`data/statements/GUIDE.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Differs {
    /// Said, claimed, admitted.
    Verb,
    /// A condition is dropped or added.
    Condition,
    /// Will, may, would.
    Modality,
    /// Another figure.
    Number,
    /// A part is left out.
    Scope,
    /// The quoted words themselves differ.
    Wording,
    /// Credited to another.
    Speaker,
}

words!(Differs {
    Verb = "verb",
    Condition = "condition",
    Modality = "modality",
    Number = "number",
    Scope = "scope",
    Wording = "wording",
    Speaker = "speaker",
});
