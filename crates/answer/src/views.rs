//! What are answers made of? Articles, speakers, passages and statements as readers see them.

use onrecord_terms::{Circumstances, Hop};
use serde::Serialize;

/// An article, named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRef {
    /// `a12`.
    pub id: String,
    /// The page's name among its inputs.
    pub name: String,
    /// The outlet, where it is known.
    pub outlet: Option<String>,
    /// The headline, where there is one.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// When it was published, ISO 8601; null where that is not known.
    pub published: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// False if text is missing on the page.
    pub complete: bool,
    /// Agencies that the page credits.
    pub agencies: Vec<String>,
    /// The article that it was copied from.
    pub copy_of: Option<String>,
}

impl ArticleRef {
    /// What to call its outlet where that is not known.
    pub fn outlet_or_name(&self) -> String {
        self.outlet.clone().unwrap_or_else(|| format!("outlet not known ({})", self.id))
    }

    /// The day of publication, `YYYY-MM-DD`.
    pub fn day(&self) -> Option<&str> {
        self.published.as_deref().and_then(|published| published.get(..10))
    }
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SpeakerRef {
    /// The slug that names the speaker over the whole record.
    pub id: Option<String>,
    /// The fullest name.
    pub name: String,
    /// person, organisation, government, group, document or unnamed.
    pub kind: String,
    /// Whether `name` is a proper name.
    pub named: bool,
    /// The role as the article gives it.
    pub role: Option<String>,
    /// Whom they speak for, as the article gives it.
    pub of: Option<String>,
}

/// How sure it is who speaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// Probability that the speakers are right, 0.00 to 1.00; of the likeliest ones where none is named.
    pub confidence: f64,
    /// Who it most likely is, where that is too doubtful to name a speaker.
    pub likeliest: Option<String>,
    /// The second choice, unless it is next to nothing.
    pub runner_up: Option<String>,
    /// Its probability.
    pub runner_up_confidence: Option<f64>,
}

/// A part of a text that stands together, cut into pieces that are marked alike.
///
/// The pieces one after another are exactly the slice `[start, end)` of the article's text or headline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// `text` or `title`.
    #[serde(rename = "in")]
    pub place: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The pieces.
    pub pieces: Vec<Piece>,
}

impl Passage {
    /// The words as one string.
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// Words that are marked alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words, exactly.
    pub text: String,
    /// `source`, `cue` or `content` of the quote that the passage shows; null for the words around it.
    pub part: Option<&'static str>,
    /// How these words differ from the fullest telling: `verb`, `condition`, `modality`, `number`, `scope`, `wording`, `speaker`.
    pub differs: Option<&'static str>,
    /// Whether they are the condition that limits the content.
    pub condition: bool,
    /// Whether they are what was searched for.
    pub hit: bool,
    /// The innermost quote that they belong to (`q345`), where a passage shows several.
    pub quote: Option<String>,
}

/// What a reader should know about one telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Caveat {
    /// For programs: `headline-words-not-in-body`, `negation-not-here`, `by-marks-alone`.
    pub code: &'static str,
    /// For people.
    pub text: &'static str,
}

impl Caveat {
    /// Words in marks that stand in the headline and nowhere in the report.
    pub const HEADLINE: Caveat = Caveat {
        code: "headline-words-not-in-body",
        text: "in quotation marks in the headline only: the report's text does not hold these words",
    };

    /// The same words with a "not" before them elsewhere.
    pub const NEGATION: Caveat = Caveat {
        code: "negation-not-here",
        text: "another telling has a negation before these very words that is not here",
    };

    /// A report in a language whose grammar is not known here.
    pub const MARKS: Caveat =
        Caveat { code: "by-marks-alone", text: "found by quotation marks alone: not an English report" };

    /// Whether it is about words that only a headline sets in marks.
    pub fn is_headline(self) -> bool {
        self.code == Caveat::HEADLINE.code
    }
}

/// What stands beside words in their report: how they came there, when by its own words, to whom, by what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The words that tell when: "on Tuesday".
    pub said_words: Option<String>,
    /// How exactly they tell it: day, week, month or year.
    pub said_precision: Option<&'static str>,
    /// To whom.
    pub addressee: Option<String>,
    /// By what: "interview", "statement".
    pub medium: Option<String>,
    /// Whether the report names no hand between the speaker and itself.
    pub first_hand: bool,
    /// The hands between, from the report back to the speaker.
    pub hops: Vec<HopView>,
}

/// One hand through which words came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HopView {
    /// Whose; null where nobody says.
    pub through: Option<String>,
    /// told, reported, citing or hearsay.
    pub how: &'static str,
}

impl Beside {
    pub(crate) fn of(told: &Circumstances) -> Beside {
        let hop = |hop: &Hop| HopView { through: hop.through.clone(), how: hop.how.as_str() };
        Beside {
            said_words: told.said.as_ref().map(|said| said.words.clone()),
            said_precision: told.said.as_ref().map(|said| said.precision.as_str()),
            addressee: told.addressee.clone(),
            medium: told.medium.clone(),
            first_hand: told.hops.is_empty(),
            hops: told.hops.iter().map(hop).collect(),
        }
    }

    /// In words, what the `venue` says already left out: "“on Tuesday”", "to reporters", "told to Coast Radio".
    pub fn parts(&self, venue: Option<&str>) -> Vec<String> {
        let mut parts = Vec::new();
        parts.extend(self.said_words.as_ref().map(|words| format!("“{words}”")));
        let same = |words: &str| venue.is_some_and(|venue| venue.eq_ignore_ascii_case(words));
        let hops: Vec<&str> = self.hops.iter().filter_map(|hop| hop.through.as_deref()).collect();
        let addressee = self.addressee.as_deref().filter(|to| !same(to) && !hops.contains(to));
        parts.extend(addressee.map(|to| format!("to {to}")));
        parts.extend(self.medium.as_deref().filter(|by| !same(by)).map(|by| format!("medium: {by}")));
        for hop in &self.hops {
            parts.push(match (&hop.through, hop.how) {
                (Some(through), "told") => format!("told to {through}"),
                (Some(through), "reported") => format!("as {through} reported"),
                (Some(through), how) => format!("{how} {through}"),
                (None, _) => "second hand, nobody says whose".to_owned(),
            });
        }
        parts
    }
}

/// One telling of a statement, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RenderingView {
    /// `q345`.
    pub quote: String,
    /// The statement that it renders, `st9`; null in an old version of a page.
    pub statement: Option<String>,
    /// Where it is told.
    pub article: ArticleRef,
    /// direct, mixed or indirect; indirect too where only a headline sets the words in marks.
    pub kind: String,
    /// What to know about it.
    pub caveats: Vec<Caveat>,
    /// The words that ascribe, as one string; null if there are none.
    pub cue: Option<String>,
    /// The words ascribed, as one string, broken parts joined by " … ".
    pub words: String,
    /// The exact passage: the sentence with the words around it.
    pub passage: Passage,
    /// Who speaks, as this article has it.
    pub speakers: Vec<SpeakerRef>,
    /// How sure that is.
    pub doubt: Doubt,
    /// speech, thought, want, decree, perception or other.
    pub mode: Option<String>,
    /// The act as this article tells it: STATE, SUPPORT, REJECT, …
    pub act: Option<String>,
    /// Whom or what the act is about.
    pub target: Option<String>,
    /// The condition's words.
    pub condition: Option<String>,
    /// The day of the utterance, as this article tells it.
    pub said_on: Option<String>,
    /// Where or to whom.
    pub venue: Option<String>,
    /// When in words, to whom, by what, through whose hands.
    #[serde(flatten)]
    pub beside: Beside,
    /// False if another rendering holds a part that this one leaves out.
    pub complete: bool,
    /// How words of this one differ from the fullest telling.
    pub differs: Vec<&'static str>,
    /// Probability that these words are ascribed at all.
    pub confidence: f64,
    /// The content as code points.
    pub content: Vec<[usize; 2]>,
}

/// A statement in one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRow {
    /// `st9`.
    pub id: String,
    /// Who speaks.
    pub speakers: Vec<SpeakerRef>,
    /// How sure that is, in the rendering whose words these are.
    pub doubt: Doubt,
    /// Others whom some renderings credit with it.
    pub credits: Vec<Credit>,
    /// The day it was said, else the day of the earliest report; null where neither is known.
    pub date: Option<String>,
    /// What `date` is: `said`, `published`, or `not known`.
    pub date_is: &'static str,
    /// The words of its lead: quoted before told, as most independent reports have them, in the text before the
    /// headline, with the surest speaker, with nothing left out.
    pub words: String,
    /// How the lead tells it: direct, mixed or indirect.
    pub kind: String,
    /// The words of the lead that ascribe.
    pub cue: Option<String>,
    /// What to know about the lead.
    pub caveats: Vec<Caveat>,
    /// The language of the lead's report.
    pub language: Option<String>,
    /// speech, thought, want, decree, perception or other.
    pub mode: Option<String>,
    /// The act.
    pub act: Option<String>,
    /// Whom or what the act is about.
    pub target: Option<String>,
    /// The condition, if any rendering tells one.
    pub condition: Option<String>,
    /// The outlets that tell a condition, where others tell none.
    pub condition_in: Vec<String>,
    /// Where or to whom.
    pub venue: Option<String>,
    /// When in words, to whom, by what, through whose hands, as the lead's report has it.
    #[serde(flatten)]
    pub beside: Beside,
    /// How many reports tell it.
    pub reports: usize,
    /// How many of them are not copies of one another.
    pub independent: usize,
    /// Outlets that tell it, in order of publication.
    pub outlets: Vec<String>,
    /// How the renderings differ.
    pub differs: Vec<&'static str>,
    /// Probability that all renderings tell the same statement.
    pub confidence: f64,
    /// The story of its first report, `s7`.
    pub story: Option<String>,
    /// Its quotes, the lead first.
    pub quotes: Vec<String>,
}

impl StatementRow {
    /// Whether its renderings may well be of several statements.
    pub fn may_be_several(&self) -> bool {
        self.quotes.len() > 1 && self.confidence < SAME
    }

    /// Whether this speaker, by slug, is the one it is told under.
    pub fn is_by(&self, slug: &str) -> bool {
        self.speakers.iter().any(|speaker| speaker.id.as_deref() == Some(slug))
    }
}

/// Somebody else whom some outlets credit with a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credit {
    /// Who.
    pub speakers: Vec<SpeakerRef>,
    /// By which outlets.
    pub outlets: Vec<String>,
}

/// Below this probability of being one statement, the doubt is told with every row.
const SAME: f64 = 0.6;

/// A statement with every rendering.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementView {
    /// The row.
    #[serde(flatten)]
    pub row: StatementRow,
    /// Its renderings in order of publication; articles without a date last.
    pub renderings: Vec<RenderingView>,
    /// Outlets that report the story and do not tell this statement, with what is known about that.
    pub others: Vec<NotTold>,
}

/// An outlet that reports the story without telling the statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotTold {
    /// The outlet.
    pub outlet: String,
    /// `perhaps`, `absent`, `text incomplete` or `not yet published`.
    pub state: &'static str,
    /// Its articles.
    pub articles: Vec<String>,
    /// The passage that may tell it, where the state is `perhaps`.
    pub near: Option<NearView>,
}

/// A passage that may tell a statement that its outlet is not known to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearView {
    /// The article, `a12`.
    pub article: String,
    /// The quote, if it is one: `q345`.
    pub quote: Option<String>,
    /// The statement that this quote renders: `st9`.
    pub statement: Option<String>,
    /// The sentence, or the quote's words.
    pub words: String,
}

/// A speaker over the whole record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorView {
    /// Its slug.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// person, organisation, government, group, document or unnamed.
    pub kind: String,
    /// Whether `name` is a proper name.
    pub named: bool,
    /// Every name it goes by, the fullest first.
    pub names: Vec<String>,
    /// Its roles with the days at which reports give them.
    pub roles: Vec<RoleView>,
    /// The actor it speaks for.
    pub of: Option<SpeakerRef>,
    /// How many statements it is a speaker of.
    pub statements: i64,
}

/// A role as reports give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleView {
    /// As reports word it.
    pub title: String,
    /// First day that a dated report gives it; null where no dated report does.
    pub first: Option<String>,
    /// Last day that a dated report gives it.
    pub last: Option<String>,
}

/// Two decimals are what a probability bears.
pub(crate) fn round(probability: f32) -> f64 {
    (f64::from(probability) * 100.0).round() / 100.0
}
