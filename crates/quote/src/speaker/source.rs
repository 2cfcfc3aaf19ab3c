//! What does the source span say? Its words as one or several parts: a name, a pronoun, an office, a description.

use super::lexicon::{self, Form, Title};
use super::mention::Mention;
use super::roles::head_of;
use super::tokens::{Shape, Token};
use onrecord_terms::{Span, SpeakerKind};

/// One of those whom a source span names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// Named by the mention at this index.
    Named(usize),
    /// A name that is no mention: in a headline, or a word that looked like none.
    Looks(String),
    /// "he", "they", "who"
    Pronoun(Pronoun),
    /// A description without a name.
    Described(Description),
}

/// Pronouns by what they can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// he, him, his
    He,
    /// she, her
    She,
    /// it, its
    It,
    /// they, them, their
    They,
    /// I, my
    I,
    /// we, our
    We,
    /// who, which, whose: stands for what is right before it
    Relative,
    /// you: whoever reads
    You,
    /// there, what, …: nobody in the article
    Nobody,
}

/// A phrase without a name: "the spokesman", "two senior officials", "a new poll".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Description {
    /// First token, determiner included.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// The head noun's token.
    pub(crate) head: usize,
    /// What the head makes of it.
    pub(crate) kind: SpeakerKind,
    /// Whether several are meant.
    pub(crate) many: bool,
    /// "the", "this", "these"
    pub(crate) definite: bool,
    /// "his", "her", "their" before the head.
    pub(crate) owner: Option<Pronoun>,
}

/// Tokens that lie in a span, as a half-open range of indexes.
pub(crate) fn tokens_in(tokens: &[Token], span: Span) -> (usize, usize) {
    let start = tokens.partition_point(|t| t.end <= span.start());
    let end = tokens.partition_point(|t| t.start < span.end());
    (start, end.max(start))
}

/// The pronoun that a word (lower case) is.
pub(crate) fn pronoun(word: &str) -> Option<Pronoun> {
    // "they've", "he’ll", "who'd"
    let bare = match word.split_once(['\'', '’']) {
        Some((bare, "ve" | "ll" | "d" | "re" | "m")) => bare,
        _ => word,
    };
    Some(match bare {
        "he" | "him" | "his" | "himself" | "he's" | "he’s" => Pronoun::He,
        "she" | "her" | "hers" | "herself" | "she's" | "she’s" => Pronoun::She,
        "it" | "its" | "itself" | "it's" | "it’s" => Pronoun::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "both" => Pronoun::They,
        "these" | "those" => Pronoun::Nobody,
        "i" | "me" | "my" | "i'm" | "i’m" | "i've" | "i’ve" | "mine" => Pronoun::I,
        "we" | "us" | "our" | "we're" | "we’re" | "ours" => Pronoun::We,
        "who" | "which" | "whose" | "that" | "whom" => Pronoun::Relative,
        "you" | "your" => Pronoun::You,
        "there" | "what" | "whoever" | "this" => Pronoun::Nobody,
        _ => return None,
    })
}

/// The parts of a source's spans.
pub(crate) fn parts(tokens: &[Token], mentions: &[Mention], spans: &[Span]) -> Vec<Part> {
    let mut out = Vec::new();
    for span in spans {
        let (start, end) = tokens_in(tokens, *span);
        out = phrase(tokens, mentions, start, end);
        if !out.is_empty() {
            break;
        }
    }
    out
}

fn phrase(tokens: &[Token], mentions: &[Mention], start: usize, end: usize) -> Vec<Part> {
    let mut start = start;
    // "OSTRABEL - The minister": where the report was written is no part of who speaks.
    let dash = (start + 1..end.min(start + 6))
        .find(|at| matches!(tokens[*at].lower.as_str(), "—" | "–" | "-") && tokens[*at].shape == Shape::Mark);
    if let Some(dash) = dash.filter(|dash| {
        dash + 1 < end
            && tokens[start..*dash].iter().all(|t| matches!(t.shape, Shape::Upper | Shape::Mark))
            && tokens[start].lower.len() > 3
    }) {
        start = dash + 1;
    }
    while start < end
        && (tokens[start].shape == Shape::Mark
            || matches!(
                tokens[start].lower.as_str(),
                "by" | "from"
                    | "to"
                    | "of"
                    | "according"
                    | "for"
                    | "as"
                    | "and"
                    | "but"
                    | "with"
                    | "even"
                    | "such"
                    | "including"
            ))
    {
        start += 1;
    }
    // "Later her office": a word of time before the phrase.
    let time = |t: &Token| {
        t.opens
            && matches!(
                t.lower.as_str(),
                "later"
                    | "then"
                    | "now"
                    | "today"
                    | "yesterday"
                    | "earlier"
                    | "meanwhile"
                    | "afterwards"
                    | "still"
            )
    };
    if start + 1 < end && time(&tokens[start]) && is_determiner(&tokens[start + 1].lower) {
        start += 1;
    }
    let mut end = end;
    while end > start && tokens[end - 1].shape == Shape::Mark {
        end -= 1;
    }
    if start >= end {
        return Vec::new();
    }
    // "critics, including A and B" are the critics, A and B.
    let named_after = (start + 1..end).find(|at| {
        tokens[at - 1].is_mark(",")
            && matches!(tokens[*at].lower.as_str(), "including" | "like" | "such" | "among")
    });
    if let Some(at) = named_after {
        let of_list = |m: &Mention| {
            let bound = m
                .lead
                .checked_sub(1)
                .is_some_and(|b| matches!(tokens[b].lower.as_str(), "of" | "in" | "from"));
            // A country named among others is told with them: "nations, including …".
            !bound && !m.owner && !m.weak && m.kind != Some(SpeakerKind::Government)
        };
        let clause =
            (at..end).find(|a| matches!(tokens[*a].lower.as_str(), "who" | "which" | "whose")).unwrap_or(end);
        let from = mentions.partition_point(|m| m.first < at);
        let listed = mentions.iter().enumerate().skip(from).take_while(|(_, m)| m.last < clause);
        let named: Vec<Part> = listed.filter(|(_, m)| of_list(m)).map(|(idx, _)| Part::Named(idx)).collect();
        let mut out = phrase(tokens, mentions, start, at - 1);
        if matches!(out.as_slice(), [Part::Described(d)] if d.many) {
            out.extend(named);
        }
        return out;
    }
    let inside =
        |at: usize| mention_at(mentions, at).is_some_and(|m| mentions[m].first < at && at < mentions[m].last);
    // Segments between commas and "and", with the mark before each.
    let mut segments = Vec::new();
    let (mut from, mut comma, mut and) = (start, false, false);
    let mut at = start;
    while at <= end {
        let is_comma = at < end
            && matches!(tokens[at].lower.as_str(), "," | "—" | "–" | "-" | "―")
            && tokens[at].shape == Shape::Mark;
        let is_and =
            at < end && matches!(tokens[at].lower.as_str(), "and" | "&") && !inside(at) && at > start;
        if at == end || is_comma || is_and || (at < end && tokens[at].is_mark("(")) {
            if at > from {
                segments.push((from, at, comma, and));
                (comma, and) = (false, false);
            }
            comma |= is_comma;
            and |= is_and;
            if at < end && tokens[at].is_mark("(") {
                while at + 1 < end && !tokens[at].is_mark(")") {
                    at += 1;
                }
                comma = true;
            }
            from = at + 1;
        }
        at += 1;
    }
    // "Three days after the vote, its leader": the first phrase tells when.
    if let [(from, to, ..), (_, _, true, false), ..] = segments.as_slice()
        && tells_when(tokens, *from, *to)
    {
        segments.remove(0);
    }
    let Some(&(from, to, ..)) = segments.first() else { return Vec::new() };
    let Some(first) = part(tokens, mentions, from, to) else { return Vec::new() };
    if let Part::Described(description) = &first
        && let Some(countries) = leaders_of(tokens, mentions, description, end)
    {
        return countries;
    }
    // "The ministry's spokeswoman, Ana Lind": the name behind the office speaks.
    if let (Part::Described(office), Some(&(from, to, true, false))) = (&first, segments.get(1)) {
        let one = office.kind == SpeakerKind::Unnamed && !office.many;
        if let Some(Part::Named(m)) = part(tokens, mentions, from, to).filter(|_| one)
            && mentions[m].lead <= from + 3
            && mentions[m].last + 1 >= to
            && (mentions[m].kind == Some(SpeakerKind::Person)
                || lexicon::given_name(&tokens[mentions[m].first].lower).is_some())
        {
            return vec![Part::Named(m)];
        }
    }
    // "His wife and former nominee Ana Lind": one person.
    if let (Part::Described(office), Some(&(from, to, false, true))) = (&first, segments.get(1)) {
        let one = office.kind == SpeakerKind::Unnamed && !office.many && office.owner.is_some();
        let same = matches!(tokens[from].lower.as_str(), "current" | "former" | "then" | "longtime");
        if let Some(Part::Named(m)) = part(tokens, mentions, from, to).filter(|_| one && same)
            && mentions[m].lead <= from + 2
            && mentions[m].last + 1 >= to
        {
            return vec![Part::Named(m)];
        }
    }
    // "Federal and state officials", "Key Arab and Muslim nations": one phrase.
    if let Some(&(from, to, false, true)) = segments.get(1) {
        let half = match &first {
            Part::Looks(_) => true,
            Part::Named(m) => {
                !mentions[*m].sure
                    && mentions[*m].last + 1 == segments[0].1
                    && lexicon::given_name(&tokens[mentions[*m].last].lower).is_none()
            }
            Part::Described(d) if d.end == d.start + 1 => !d.many,
            Part::Described(d) => {
                d.kind == SpeakerKind::Unnamed
                    && lexicon::noun(&tokens[d.head].lower).is_none()
                    && lexicon::title(&tokens[d.head].lower).is_none()
            }
            Part::Pronoun(_) => false,
        };
        if let Some(Part::Described(second)) = part(tokens, mentions, from, to).filter(|_| half) {
            let opens = matches!(
                tokens[from].lower.as_str(),
                "the" | "a" | "an" | "other" | "his" | "her" | "its" | "their" | "many" | "some"
            );
            if second.many && !opens && second.owner.is_none() {
                return vec![Part::Described(Description { start: segments[0].0, ..second })];
            }
        }
    }
    let has_and = segments.iter().skip(1).any(|s| s.3);
    let mut out = vec![first];
    let mut appositive = (segments[0].0..segments[0].1)
        .any(|at| matches!(tokens[at].lower.as_str(), "who" | "which" | "whose"));
    for &(from, to, comma, and) in &segments[1..] {
        // "Ruiz and Lind's first thought": what cannot speak is theirs.
        if let Some(owner) = joint_owner(tokens, mentions, from, to)
            .filter(|_| and && !comma && matches!(out[0], Part::Named(_)))
        {
            out.push(Part::Named(owner));
            continue;
        }
        let Some(next) = part(tokens, mentions, from, to) else {
            appositive |= comma;
            continue;
        };
        if appositive && !(comma && and) {
            continue;
        }
        // A preposition in the first segment takes what is joined to it: "the heads of A and B".
        let bound = matches!(&out[0], Part::Described(d) if segments[0].1 > d.head + 1);
        let listed = match &next {
            Part::Named(m) => mentions[*m].lead <= from + 1 && mentions[*m].last + 1 >= to || and,
            Part::Looks(_) => and,
            Part::Pronoun(p) => and && *p != Pronoun::Relative,
            Part::Described(d) => {
                and && (d.many || matches!(tokens[from].lower.as_str(), "the" | "a" | "an" | "his" | "her"))
                    && lexicon::title(&tokens[d.head].lower).is_none_or(|_| {
                        d.many || comma || matches!(tokens[from].lower.as_str(), "the" | "his" | "her")
                    })
            }
        };
        if listed
            && !bound
            && (and
                || (comma && has_and && matches!(next, Part::Named(_)) && matches!(out[0], Part::Named(_))))
        {
            out.push(next);
        } else {
            appositive |= comma || tokens[from].lower == "who";
        }
    }
    // A lone description goes to the end of the phrase: "advisers to the mayor and the guild".
    if let [Part::Described(d)] = out.as_mut_slice() {
        let cut = (d.end..end).find(|at| tokens[*at].shape == Shape::Mark).unwrap_or(end);
        let clause =
            (d.head..d.end).any(|at| matches!(tokens[at].lower.as_str(), "who" | "which" | "whose" | "that"));
        if segments[0].1 > d.head + 1 && !clause && d.end < cut {
            d.end = cut;
        }
    }
    out
}

/// The name with "'s" that opens a segment whose head is nothing that speaks.
fn joint_owner(tokens: &[Token], mentions: &[Mention], start: usize, end: usize) -> Option<usize> {
    let owner = mention_at(mentions, start).filter(|m| mentions[*m].owner)?;
    let head = head_of(tokens, start, end).filter(|head| *head > mentions[owner].last + 1)?;
    let word = tokens[head].lower.as_str();
    let speaks = lexicon::noun(word).is_some() || lexicon::title(word).is_some() || tokens[head].is_capital();
    (!speaks && !plural(word)).then_some(owner)
}

/// One segment as a part.
fn part(tokens: &[Token], mentions: &[Mention], start: usize, end: usize) -> Option<Part> {
    // "about 300 demonstrators"
    let round =
        matches!(tokens[start].lower.as_str(), "about" | "around" | "over" | "nearly" | "almost" | "roughly");
    if round && start + 2 < end && tokens[start + 1].shape == Shape::Number {
        return part(tokens, mentions, start + 1, end);
    }
    // "she on Tuesday in the evening"
    let time = |t: &Token| {
        matches!(t.lower.as_str(), "on" | "in" | "at" | "later" | "also") && t.shape == Shape::Lower
    };
    let subject = matches!(tokens[start].lower.as_str(), "he" | "she" | "they" | "it");
    let end = if subject && start + 1 < end && time(&tokens[start + 1]) { start + 1 } else { end };
    let word = tokens[start].lower.as_str();
    let relative =
        (start + 1..end).find(|at| matches!(tokens[*at].lower.as_str(), "who" | "which" | "whose" | "that"));
    let end = relative.unwrap_or(end);
    let words = (start..end).filter(|at| tokens[*at].is_word()).count();
    let own = pronoun(word);
    if words <= 2 && says_nothing(tokens, start, end) {
        return None;
    }
    // "It forces everyone": a source that goes too far.
    let further = subject && end > start + 1 && tokens[start + 1].shape == Shape::Lower;
    if let Some(own) = own.filter(|_| words == 1 || further) {
        return Some(Part::Pronoun(own));
    }
    if words >= 2 && matches!(tokens[end - 1].lower.as_str(), "himself" | "herself" | "itself" | "themselves")
    {
        return part(tokens, mentions, start, end - 1);
    }
    // "one user, @harbourwatch": the handle is who.
    let handle =
        (start..end).find(|at| tokens[*at].lower.starts_with('@')).and_then(|at| mention_at(mentions, at));
    if let Some(handle) = handle {
        return Some(Part::Named(handle));
    }
    let head = head_of(tokens, start, end).or_else(|| (start..end).find(|at| tokens[*at].is_word()))?;
    // A noun at the head of a sentence or in a headline is no name; nor is "Two-thirds".
    let common = |m: usize| {
        let (m, lower) = (&mentions[m], &tokens[head].lower);
        let known = lexicon::noun(lower).is_some() || lexicon::title(lower).is_some();
        let count = lower.split_once('-').is_some_and(|(first, _)| lexicon::opens_sentence(first));
        let of = tokens.get(m.last + 1).is_some_and(|t| t.lower == "of");
        m.first == m.last && ((m.doubtful || m.weak || of) && known || count)
    };
    if let Some(found) = mention_at(mentions, head).filter(|m| !common(*m)) {
        let mention = &mentions[found];
        // "Lind's" alone is Lind; "Lind's lawyer" has another head.
        return Some(Part::Named(if mention.last >= start { found } else { return None }));
    }
    // The head may be a lone office, with the name in front of it left out: "the President".
    let lower = &tokens[head].lower;
    let noun = lexicon::noun(lower);
    let title = lexicon::title(lower).filter(|t| *t != Title::Honorific);
    let determiner = |w: &str| matches!(w, "the" | "this" | "that" | "these" | "those");
    let owner = own.filter(|_| matches!(word, "his" | "her" | "its" | "their" | "my" | "our" | "your"));
    let many = match (noun, title) {
        (Some(noun), _) => noun.many,
        (None, Some(_)) => false,
        (None, None) => plural(lower),
    };
    let demonym = tokens[head].is_capital() && demonym_plural(lower);
    let quantity = lexicon::opens_sentence(lower.split('-').next().unwrap_or_default());
    if tokens[head].is_capital() && is_district(lower) {
        return None;
    }
    let kind = match (noun, title) {
        (None, None) if quantity && words <= 2 => SpeakerKind::Group,
        (Some(noun), _) if noun.kind == SpeakerKind::Unnamed && title.is_some() => SpeakerKind::Unnamed,
        (Some(noun), _) => noun.kind,
        (None, Some(_)) => SpeakerKind::Unnamed,
        (None, None) if many || demonym => SpeakerKind::Group,
        (None, None) if tokens[head].is_capital() && words <= 4 && head + 1 == end => {
            return Some(Part::Looks(tokens[head].lower.clone()));
        }
        (None, None) if tokens[head].shape == Shape::Number => SpeakerKind::Group,
        (None, None) if lower.ends_with("ing") => return None,
        (None, None) => SpeakerKind::Unnamed,
    };
    Some(Part::Described(Description {
        start,
        end,
        head,
        kind,
        many: many || demonym,
        definite: determiner(word),
        owner,
    }))
}

/// "the leaders of A, B and C" are A, B and C.
fn leaders_of(
    tokens: &[Token],
    mentions: &[Mention],
    description: &Description,
    end: usize,
) -> Option<Vec<Part>> {
    let head = tokens[description.head].lower.as_str();
    if matches!(head, "series" | "string" | "remarks" | "comments" | "statements" | "words") {
        return speakers_of_words(tokens, mentions, description, end);
    }
    if !matches!(head, "leaders" | "governments" | "presidents" | "ministers" | "heads" | "envoys") {
        return None;
    }
    let of = (description.head + 1..end).find(|at| tokens[*at].lower == "of")?;
    let named: Vec<Part> = mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.first > of && m.last < end && m.kind == Some(SpeakerKind::Government))
        .map(|(idx, _)| Part::Named(idx))
        .collect();
    (named.len() > 1).then_some(named)
}

/// "a series of remarks from A and B" are A and B.
fn speakers_of_words(
    tokens: &[Token],
    mentions: &[Mention],
    description: &Description,
    end: usize,
) -> Option<Vec<Part>> {
    let words = |t: &Token| {
        matches!(t.lower.as_str(), "remarks" | "comments" | "statements" | "words" | "messages" | "posts")
    };
    let noun = (description.head..end).find(|at| words(&tokens[*at]))?;
    let by = (noun + 1..end).find(|at| matches!(tokens[*at].lower.as_str(), "from" | "by"))?;
    let named: Vec<Part> = mentions
        .iter()
        .enumerate()
        .skip(mentions.partition_point(|m| m.first <= by))
        .take_while(|(_, m)| m.last < end)
        .filter(|(_, m)| !m.owner && !m.weak)
        .map(|(idx, _)| Part::Named(idx))
        .collect();
    (!named.is_empty()).then_some(named)
}

/// Whether a phrase tells a time: "three days after the vote".
fn tells_when(tokens: &[Token], start: usize, end: usize) -> bool {
    let mut words = tokens[start..end].iter().filter(|t| t.is_word()).take(4);
    words.any(|t| {
        matches!(
            t.lower.as_str(),
            "day"
                | "days"
                | "week"
                | "weeks"
                | "month"
                | "months"
                | "year"
                | "years"
                | "hour"
                | "hours"
                | "minutes"
        )
    }) && tokens[start..end]
        .iter()
        .any(|t| matches!(t.lower.as_str(), "after" | "before" | "ago" | "later" | "earlier" | "since"))
}

/// Whether a short phrase is no name and no description at all: a weekday, "so", "thereupon", "less".
fn says_nothing(tokens: &[Token], start: usize, end: usize) -> bool {
    let nothing = |word: &str| {
        lexicon::is_time(word) && word != "may"
            || matches!(
                word,
                "so" | "thereupon"
                    | "then"
                    | "thus"
                    | "less"
                    | "ones"
                    | "new"
                    | "on"
                    | "in"
                    | "last"
                    | "this"
                    | "yet"
                    | "hence"
                    | "therefore"
                    | "meanwhile"
                    | "later"
                    | "earlier"
                    | "afterwards"
                    | "nothing"
            )
    };
    let mut words = (start..end).filter(|at| tokens[*at].is_word()).peekable();
    words.peek().is_some()
        && words.clone().any(|at| !matches!(tokens[at].lower.as_str(), "this" | "last"))
        && words.all(|at| nothing(&tokens[at].lower))
}

/// "r-texas", "d-ohio": a party and a state beside a name, no name.
pub(super) fn is_district(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(chars.next(), Some('r' | 'd' | 'i'))
        && chars.next() == Some('-')
        && chars.next().is_some_and(char::is_alphabetic)
}

/// The mention whose name holds the token at `at`.
pub(crate) fn mention_at(mentions: &[Mention], at: usize) -> Option<usize> {
    let idx = mentions.partition_point(|m| m.last < at);
    mentions.get(idx).filter(|m| m.first <= at).map(|_| idx)
}

/// Whether a word opens a description.
pub(crate) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "some"
            | "many"
            | "several"
            | "two"
            | "three"
    )
}

/// Whether an unknown noun looks like a plural.
pub(crate) fn plural(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
}

/// Whether a plural is a people's, a party's or a faith's own name, and so keeps its capital.
pub(crate) fn is_people(word: &str) -> bool {
    demonym_plural(word)
        || matches!(word, "latinos" | "hispanics" | "jews" | "catholics" | "evangelicals" | "liberals")
}

/// "russians", "republicans"
fn demonym_plural(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|one| {
        lexicon::country(one, &[Form::Demonym]).is_some()
            || matches!(one, "republican" | "democrat" | "conservative" | "muslim" | "christian")
    })
}

/// Whether the words are a lone verb of saying, and so no source.
pub(crate) fn is_verb(words: &str) -> bool {
    matches!(
        words.trim().to_lowercase().as_str(),
        "said"
            | "says"
            | "say"
            | "told"
            | "according to"
            | "asked"
            | "added"
            | "wrote"
            | "tweeted"
            | "replied"
            | "explained"
            | "noted"
            | "argued"
            | "insisted"
            | "writes"
            | "adds"
            | "notes"
            | "continued"
            | "declared"
            | "warned"
            | "claimed"
    )
}

/// Whether two nouns can mean one document: "a survey" and "the study".
pub(crate) fn same_document(one: &str, other: &str) -> bool {
    const SAME: &[&[&str]] = &[
        &["report", "study", "survey", "analysis", "research", "review", "assessment", "paper", "audit"],
        &["poll", "survey"],
        &["plan", "proposal", "deal", "agreement", "initiative", "accord", "pact", "framework", "roadmap"],
        &["bill", "law", "act", "legislation", "measure", "statute"],
        &["ad", "advertisement", "video", "clip", "spot"],
        &["ruling", "decision", "order", "verdict", "opinion"],
        &["letter", "statement", "note", "memo", "email", "message"],
        &["article", "story", "piece", "editorial", "column", "essay", "op-ed"],
        &["film", "movie", "documentary"],
    ];
    SAME.iter().any(|group| group.contains(&one) && group.contains(&other))
}
