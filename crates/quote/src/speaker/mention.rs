//! Where does the text name somebody? Runs of capitalised words, with the office before them.
//!
//! Start at [`mentions`]. Who the mentions stand for is decided in `cast`.

use super::headline;
use super::lexicon::{self, Form, Gender, Title};
use super::tokens::{Shape, Token};
use onrecord_terms::SpeakerKind;
use std::collections::{BTreeMap, HashSet};

/// One place where somebody is named.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// First token of the office before the name, or of the name.
    pub(crate) lead: usize,
    /// First token of the name.
    pub(crate) first: usize,
    /// Last token of the name.
    pub(crate) last: usize,
    /// The name as written, without titles.
    pub(crate) name: String,
    /// What the name looks like; `None` where a lone word does not tell.
    pub(crate) kind: Option<SpeakerKind>,
    /// Whether a title, a given name or a table tells the kind, and not only the look.
    pub(crate) sure: bool,
    /// What the title or the given name tells.
    pub(crate) gender: Option<Gender>,
    /// The office before the name, as written.
    pub(crate) role: Option<String>,
    /// Stands in a sentence where every word is a capital: tells nothing but a match with a name elsewhere.
    pub(crate) weak: bool,
    /// A lone word whose capital only the head of a sentence explains: no name unless it is one elsewhere.
    pub(crate) doubtful: bool,
    /// "Lind's"
    pub(crate) owner: bool,
}

/// Words that may stand between an office's words: "acting deputy foreign minister".
const MODIFIERS: &[&str] = &[
    "acting",
    "deputy",
    "senior",
    "chief",
    "campaign",
    "foreign",
    "prime",
    "vice",
    "press",
    "national",
    "security",
    "defense",
    "defence",
    "executive",
    "managing",
    "general",
    "assistant",
    "associate",
    "interim",
    "outgoing",
    "incoming",
    "presidential",
    "vice-presidential",
    "republican",
    "democratic",
    "state",
    "federal",
    "police",
    "medical",
    "political",
    "military",
    "party",
    "research",
    "policy",
    "communications",
    "top",
    "lead",
    "finance",
    "interior",
    "health",
    "education",
    "justice",
    "energy",
    "trade",
    "labor",
    "labour",
    "district",
    "city",
    "county",
    "regional",
    "local",
    "opposition",
    "majority",
    "minority",
    "house",
    "senate",
    "union",
    "board",
    "department",
    "ministry",
    "government",
    "committee",
    "council",
    "agency",
    "company",
    "human",
    "rights",
    "special",
    "public",
    "relations",
    "media",
    "junior",
    "principal",
    "head",
    "former",
    "co-founding",
    "founding",
    "running",
    "first",
    "environment",
    "agriculture",
    "climate",
    "transport",
    "harbour",
    "harbor",
    "port",
    "water",
    "culture",
    "economy",
    "economic",
    "chairman",
    "law",
    "history",
    "science",
    "conservative",
    "liberal",
    "independent",
    "longtime",
    "labour",
];

/// What a secretary or minister can be "of".
const FIELDS: &[&str] = &[
    "state",
    "defense",
    "defence",
    "treasury",
    "education",
    "labor",
    "labour",
    "health",
    "agriculture",
    "energy",
    "commerce",
    "interior",
    "foreign",
    "affairs",
    "homeland",
    "security",
    "veterans",
    "war",
    "justice",
    "finance",
    "transport",
    "transportation",
    "the",
    "and",
    "human",
    "services",
    "trade",
    "culture",
    "economy",
    "environment",
];

/// Words that join the parts of a name.
pub(super) const PARTICLES: &[&str] = &[
    "de", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "du", "di", "da", "dos", "del", "ter",
    "ten", "af", "y",
];

/// States as they are cut short after a town: "Lind, of Ashby, Md."
const STATES: &[&str] = &[
    "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md",
    "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "n.h", "n.j", "n.m", "n.y", "n.c", "n.d",
    "okla", "ore", "pa", "r.i", "s.c", "s.d", "tenn", "tex", "vt", "va", "wash", "w.va", "wis", "wyo", "d.c",
];

/// Lower-case heads that belong to the name before them: "the Lind administration".
const HEADS: &[&str] = &[
    "administration",
    "government",
    "campaign",
    "ministry",
    "committee",
    "department",
    "party",
    "team",
    "camp",
    "organization",
    "foundation",
    "council",
    "commission",
    "parliament",
    "regime",
    "university",
    "embassy",
    "cabinet",
    "coalition",
    "newspaper",
    "magazine",
];

/// Every mention in order.
pub(crate) fn mentions(text: &str, tokens: &[Token]) -> Vec<Mention> {
    let lower: HashSet<&str> =
        tokens.iter().filter(|t| t.shape == Shape::Lower).map(|t| t.lower.as_str()).collect();
    let shouted = title_case(tokens);
    let calm = |t: &&Token| !t.opens && t.is_capital() && !shouted.get(&t.sentence).copied().unwrap_or(false);
    let seen: HashSet<&str> = tokens.iter().filter(calm).map(|t| t.lower.as_str()).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let weak = shouted.get(&token.sentence).copied().unwrap_or(false);
        if !starts_name(token, tokens.get(at + 1), &lower, weak) {
            at += 1;
            continue;
        }
        let last = run_end(tokens, at, weak, &lower);
        if let Some(mut mention) = read_run(text, tokens, at, last, weak) {
            let lone =
                mention.first == mention.last && mention.lead == mention.first && mention.kind.is_none();
            let known = |word: &str| seen.contains(word) || lexicon::given_name(word).is_some();
            mention.doubtful = lone && tokens[mention.first].opens && !known(&tokens[mention.first].lower);
            out.push(mention);
        }
        at = last + 1;
    }
    headline::settle(tokens, &mut out);
    out
}

/// Words that stay small in a headline of capitals.
const SMALL: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "nor", "for", "of", "in", "on", "at", "to", "by", "up", "as", "is",
    "it", "vs", "with", "from", "into", "over", "than", "that", "via", "per", "off", "if", "be", "so",
    "amid", "after", "about",
];

/// Sentences in which every word is capitalised, those aside that stay small in headlines.
fn title_case(tokens: &[Token]) -> BTreeMap<u32, bool> {
    let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for token in tokens.iter().filter(|t| t.is_word() && t.shape != Shape::Number) {
        let (capitals, small) = counts.entry(token.sentence).or_default();
        *capitals += u32::from(token.is_capital());
        *small += u32::from(token.shape == Shape::Lower && !SMALL.contains(&token.lower.as_str()));
    }
    counts.into_iter().map(|(s, (capitals, small))| (s, capitals >= 3 && small * 8 <= capitals)).collect()
}

fn starts_name(token: &Token, next: Option<&Token>, lower: &HashSet<&str>, weak: bool) -> bool {
    let says_i =
        matches!(token.lower.as_str(), "i'm" | "i’m" | "i've" | "i’ve" | "i'll" | "i’ll" | "i'd" | "i’d");
    if token.lower.starts_with('#') || says_i {
        return false;
    }
    if token.lower.starts_with('@') && token.lower.len() > 1 {
        return true;
    }
    if !token.is_capital() {
        let numbered = token.shape == Shape::Number
            && next.is_some_and(|n| n.joined && lexicon::noun(&n.lower).is_some() && n.is_capital());
        return numbered && !weak;
    }
    let word = token.lower.split(['\'', '’']).next().unwrap_or_default();
    let word = if word.len() > 1 { word } else { token.lower.as_str() };
    let new = matches!(word, "new" | "united") && next.is_some_and(|n| n.joined && n.is_capital());
    if token.shape == Shape::Upper && token.lower.len() > 1 && !weak && word != "i" {
        return !(lexicon::opens_sentence(word) && token.end - token.start < 3 && word != "us");
    }
    if !new && lexicon::opens_sentence(word) && (token.opens || weak || token.end - token.start < 4) {
        return false;
    }
    if (lexicon::is_time(word) && lexicon::given_name(word).is_none())
        || (lexicon::is_time(word) && !next.is_some_and(Token::is_capital))
    {
        return false;
    }
    let plain = lower.contains(word)
        && lexicon::given_name(word).is_none()
        && lexicon::title(word).is_none()
        && lexicon::country(word, &[Form::Name, Form::Demonym]).is_none();
    !(token.opens && plain && !next.is_some_and(|n| n.joined && n.is_capital() && !weak))
}

/// The longest run that is read as one name, in tokens: what is longer is a page in capitals.
const LONGEST: usize = 24;

/// The last token of the run of capitals that starts at `first`.
fn run_end(tokens: &[Token], first: usize, weak: bool, lower: &HashSet<&str>) -> usize {
    let mut last = first;
    let mut organisation = false;
    loop {
        let word = tokens[last].lower.as_str();
        let noun = lexicon::noun(word);
        organisation |=
            noun.is_some_and(|n| matches!(n.kind, SpeakerKind::Organisation | SpeakerKind::Government));
        let titled = lexicon::title(word) == Some(Title::Office);
        let get = |offset: usize| tokens.get(last + offset).filter(|t| t.sentence == tokens[first].sentence);
        let capital = |t: &Token| {
            t.joined
                && t.is_capital()
                && !(lexicon::is_time(&t.lower) && lexicon::given_name(&t.lower).is_none())
        };
        let Some(next) = get(1) else { return last };
        if last - first >= LONGEST {
            return last;
        }
        // A weak sentence gives names word by word, unless a given name opens one.
        if weak
            && (lower.contains(next.lower.as_str()) || lexicon::given_name(word).is_none() || last > first)
        {
            return last;
        }
        if capital(next) {
            last += 1;
            continue;
        }
        let joins = |t: &Token, after: Option<&Token>| {
            let of = matches!(t.lower.as_str(), "of" | "for" | "on" | "to")
                && (organisation || (titled && t.lower == "of"));
            let and = matches!(t.lower.as_str(), "and" | "&")
                && organisation
                && tokens[first..=last].iter().any(|t| matches!(t.lower.as_str(), "of" | "for"))
                && after.is_some_and(|a| {
                    lexicon::given_name(&a.lower).is_none() && lexicon::title(&a.lower).is_none()
                });
            let plain_head = first == last || !tokens[first..=last].iter().any(|t| t.shape == Shape::Upper);
            let known = t.lower == "and" && known_joint(tokens, first, last);
            let joint = t.lower == "and"
                && plain_head
                && !weak
                && after.is_some_and(|a| a.is_capital() && a.joined)
                && joint_body(tokens, first, last);
            let and = and || joint || known && !weak;
            let particle = PARTICLES.contains(&t.lower.as_str()) && t.shape == Shape::Lower;
            t.joined && (of || and || particle || (t.lower == "&" && t.shape == Shape::Mark))
        };
        match (get(1), get(2), get(3)) {
            (Some(a), Some(b), _) if joins(a, Some(b)) && capital(b) => last += 2,
            (Some(a), Some(b), Some(c))
                if joins(a, Some(c)) && b.lower == "the" && capital(c) && a.lower != "and" =>
            {
                last += 3;
            }
            // Robert “Bob” Lind
            (Some(a), Some(b), Some(c))
                if matches!(a.lower.as_str(), "\"" | "“" | "(")
                    && b.is_capital()
                    && matches!(c.lower.as_str(), "\"" | "”" | ")")
                    && a.lower != "("
                    && get(4).is_some_and(capital) =>
            {
                last += 4;
            }
            _ => return last,
        }
    }
}

/// Whether a well-known body's name ends behind the "and" after `last`: "Customs and Border Protection", a country before
/// it or not.
fn known_joint(tokens: &[Token], first: usize, last: usize) -> bool {
    let behind = tokens.len().min(last + 5);
    (first..=last).any(|from| (last + 3..=behind).any(|end| body_of(&tokens[from..end]).is_some()))
}

/// The kind of the well-known body that the words of these tokens name.
fn body_of(tokens: &[Token]) -> Option<SpeakerKind> {
    let words: Vec<&str> = tokens.iter().map(|t| t.lower.as_str()).collect();
    lexicon::body(&words.join(" "))
}

/// Whether "and" after `last` joins two halves of one body's name: "Securities and Exchange Commission".
fn joint_body(tokens: &[Token], first: usize, last: usize) -> bool {
    let names_one = |at: usize| {
        lexicon::given_name(&tokens[at].lower).is_some()
            || lexicon::title(&tokens[at].lower).is_some()
            || lexicon::country(&tokens[at].lower, &[Form::Name, Form::Demonym, Form::Metonym, Form::Capital])
                .is_some()
    };
    let body = |t: &Token| {
        lexicon::noun(&t.lower).is_some_and(|n| {
            matches!(n.kind, SpeakerKind::Organisation | SpeakerKind::Government)
                && n.many == t.lower.ends_with('s')
        }) || t.lower == "services"
    };
    let second: Vec<usize> = (last + 2..tokens.len().min(last + 5))
        .take_while(|at| tokens[*at].is_capital() && tokens[*at].joined)
        .collect();
    let closes = second.last().is_some_and(|at| body(&tokens[*at]));
    closes
        && second.len() >= 2
        && last - first < 3
        && !(first..=last).any(|at| names_one(at) && last == first)
        && !names_one(second[0])
        && !body(&tokens[last])
}

/// Reads a run as offices and a name.
fn read_run(text: &str, tokens: &[Token], first: usize, last: usize, weak: bool) -> Option<Mention> {
    let is_given = |at: usize| lexicon::given_name(&tokens[at].lower).is_some();
    // The last office in the run ends the titles; what follows is the name.
    let mut name = first;
    let mut gender = None;
    let mut titled = false;
    for at in first..=last {
        let word = tokens[at].lower.as_str();
        let Some(title) = lexicon::title(word).or_else(|| plural_title(word).filter(|_| at < last)) else {
            continue;
        };
        // "Mr. King": what stands behind Mr is a name, whatever it means elsewhere.
        if at == last
            && at > first
            && is_surname(word)
            && lexicon::title(&tokens[at - 1].lower) == Some(Title::Honorific)
        {
            continue;
        }
        // A given name before it: "Anna King" is a name, "Anna Lind Chief" is not met.
        if at == last && at > first && is_given(at - 1) && title != Title::Honorific {
            continue;
        }
        if at > first && matches!(tokens[at - 1].lower.as_str(), "of" | "for") {
            continue;
        }
        gender = lexicon::title_gender(word).or(gender);
        titled = true;
        name = at + 1;
        if tokens.get(name).is_some_and(|t| t.lower == "of") {
            name += 1;
            while name <= last && FIELDS.contains(&tokens[name].lower.as_str()) {
                name += 1;
            }
            if name <= last
                && !is_given(name)
                && (tokens[name - 1].lower == "of" || tokens[name - 1].lower == "the")
            {
                // "President of the Lind Foundation": an office, nobody named.
                return None;
            }
        }
    }
    if name > last {
        return None;
    }
    let mut lead = first;
    if !titled {
        let body = (first..=last).any(|at| {
            let kind = lexicon::noun(&tokens[at].lower).filter(|n| !n.many).map(|n| n.kind);
            matches!(kind, Some(SpeakerKind::Organisation | SpeakerKind::Government)) && !is_given(first)
        });
        lead = if body { first } else { lead_of(tokens, first) };
        titled = lead < first;
        if titled {
            gender = (lead..first).rev().find_map(|at| lexicon::title_gender(&tokens[at].lower));
        } else if last > first
            && is_given(first + 1)
            && (lexicon::country(&tokens[first].lower, &[Form::Demonym]).is_some()
                || matches!(tokens[first].lower.as_str(), "democrat" | "republican" | "democratic"))
        {
            name = first + 1;
        }
    } else if name == first {
        titled = false;
    } else {
        lead = lead_of(tokens, first);
    }
    // "R-Ashby": a party and a state.
    if name == last && super::source::is_district(&tokens[name].lower) {
        return None;
    }
    let letters = |at: usize| tokens[at].lower.chars().filter(|c| c.is_alphabetic()).count();
    let state = STATES.contains(&tokens[name].lower.as_str()) && name > 0 && tokens[name - 1].is_mark(",");
    if name == last && (state || (letters(name) < 2 && !titled)) {
        return None;
    }
    // Words set in capitals for loudness.
    let loud = |t: &&Token| t.shape == Shape::Upper && t.end - t.start > 2 && !t.lower.contains('.');
    if last > name && !weak && tokens[name..=last].iter().filter(loud).count() > 1 {
        return None;
    }
    let mut end = last;
    let (kind, sure, own_gender) = look(text, tokens, name, &mut end, titled, weak);
    // "Fellow doctors", "Fellow Democrats": no title before a name.
    let fellows = titled && name > first && tokens[name - 1].lower == "fellow";
    if name == end && (kind.is_none() || (!sure && kind == Some(SpeakerKind::Organisation)) || fellows) {
        let word = &tokens[name].lower;
        let adjective = lexicon::country(word, &[Form::Demonym]).is_some()
            || matches!(
                word.as_str(),
                "republican"
                    | "democratic"
                    | "democrat"
                    | "muslim"
                    | "christian"
                    | "jewish"
                    | "african-american"
                    | "islamic"
                    | "hispanic"
                    | "latino"
                    | "latina"
                    | "african"
                    | "asian"
                    | "european"
                    | "libertarian"
            );
        let callings = word.strip_suffix('s').is_some_and(|one| lexicon::title(one).is_some());
        if adjective
            || callings
            || lexicon::noun(word).is_some_and(|n| n.many)
            || fellows && super::source::is_people(word)
        {
            return None;
        }
    }
    // "African American", "an Asian American": a people.
    let people = |at: usize| matches!(tokens[at].lower.as_str(), "american" | "americans");
    let whose = matches!(
        tokens[name].lower.as_str(),
        "african" | "asian" | "native" | "mexican" | "hispanic" | "latin"
    );
    if end == name + 1 && whose && people(end) {
        return None;
    }
    // "Virginia Democrats", "Harbour Committee Republicans": people of a party, unless that is a body's name.
    if end > name && !sure_body(tokens, name, end) && super::source::is_people(&tokens[end].lower) {
        return None;
    }
    let words = text.get(tokens[name].start..tokens[end].end)?;
    let role = (titled && kind == Some(SpeakerKind::Person) && lead < name)
        .then(|| role_text(text, tokens, lead, name))
        .flatten();
    Some(Mention {
        lead,
        first: name,
        last: end,
        name: words.split_whitespace().collect::<Vec<_>>().join(" "),
        kind,
        sure,
        // A lone word may be a surname that is also a given name: it tells nothing.
        gender: gender.or(own_gender.filter(|_| end > name)),
        role,
        weak,
        doubtful: false,
        owner: tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Possessive),
    })
}

/// Whether the words of these tokens are a well-known body's name.
fn sure_body(tokens: &[Token], first: usize, last: usize) -> bool {
    body_of(&tokens[first..=last]).is_some()
}

/// The office that "senators" tells before two names, "Senators Ruiz and Lind".
fn plural_title(word: &str) -> Option<Title> {
    let one = word.strip_suffix('s').filter(|one| one.len() > 3)?;
    lexicon::title(one).filter(|title| *title == Title::Office)
}

/// Words for an office that are surnames as often.
fn is_surname(word: &str) -> bool {
    matches!(
        word,
        "king"
            | "bishop"
            | "pope"
            | "dean"
            | "major"
            | "marshal"
            | "prince"
            | "duke"
            | "abbot"
            | "knight"
            | "earl"
            | "baron"
            | "page"
            | "cook"
            | "baker"
    )
}

/// The words of an office, without honorifics.
pub(crate) fn role_text(text: &str, tokens: &[Token], lead: usize, name: usize) -> Option<String> {
    let skip = |t: &Token| {
        lexicon::title(&t.lower) == Some(Title::Honorific)
            || matches!(
                t.lower.as_str(),
                "the" | "a" | "an" | "longtime" | "his" | "her" | "their" | "its" | "our"
            )
    };
    let lead = (lead..name).find(|at| !skip(&tokens[*at]))?;
    let words = text.get(tokens[lead].start..tokens[name - 1].end)?;
    let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if tokens[name - 1].is_capital() && plural_title(&tokens[name - 1].lower).is_some() {
        words.pop();
    }
    (!words.is_empty()).then_some(words)
}

/// Where the office before the token at `first` starts; `first` if there is none.
fn lead_of(tokens: &[Token], first: usize) -> usize {
    let before = |at: usize| at.checked_sub(1).map(|b| (&tokens[b], &tokens[at]));
    let Some((title, name)) = before(first) else { return first };
    let own = lexicon::title(&tokens[first].lower).is_some();
    let is_title =
        title.shape == Shape::Lower && lexicon::title(&title.lower).is_some_and(|t| t != Title::Honorific);
    if !name.joined || (!is_title && !own) {
        return first;
    }
    let mut lead = first;
    while first - lead < 8 {
        let Some((word, after)) = before(lead) else { break };
        let fits = lexicon::title(&word.lower).is_some()
            || MODIFIERS.contains(&word.lower.as_str())
            || (word.is_capital()
                && !(word.opens && lexicon::opens_sentence(&word.lower))
                && word.sentence == tokens[first].sentence)
            || (word.shape == Shape::Possessive && lead >= 2 && tokens[lead - 2].is_capital())
            || HEADS.contains(&word.lower.as_str());
        if !after.joined && word.shape != Shape::Possessive && after.shape != Shape::Possessive || !fits {
            break;
        }
        lead -= 1;
    }
    lead
}

/// What a name looks like: its kind, whether that is sure, and the gender a given name tells.
/// Widens `last` over a lower-case head that belongs to the name.
fn look(
    text: &str,
    tokens: &[Token],
    first: usize,
    last: &mut usize,
    titled: bool,
    weak: bool,
) -> (Option<SpeakerKind>, bool, Option<Gender>) {
    use SpeakerKind::{Document, Government, Organisation, Person};
    let given = lexicon::given_name(&tokens[first].lower);
    let gender = given.flatten();
    let the_before = first > 0 && tokens[first - 1].lower == "the";
    if tokens[first].lower.starts_with('@') {
        return (Some(Person), true, None);
    }
    if titled {
        return (Some(Person), true, gender);
    }
    if let Some(head) = tokens.get(*last + 1) {
        let follows = tokens
            .get(*last + 2)
            .is_some_and(|t| t.joined && (t.is_capital() || lexicon::title(&t.lower).is_some()));
        if head.joined
            && head.shape == Shape::Lower
            && HEADS.contains(&head.lower.as_str())
            && !follows
            && !weak
        {
            *last += 1;
            let kind = lexicon::noun(&head.lower).map_or(Organisation, |n| n.kind);
            return (Some(kind), true, None);
        }
    }
    let form: Vec<&str> = tokens[first..=*last].iter().map(|t| t.lower.as_str()).collect();
    if let Some(kind) = lexicon::body(&form.join(" ")).filter(|_| tokens[first].is_capital()) {
        return (Some(kind), true, None);
    }
    // "The Ardenian Customs and Border Protection"
    let joint = |at: usize| tokens[at..=*last].iter().any(|t| t.lower == "and");
    if let Some(kind) = (first + 1..*last).filter(|at| joint(*at)).find_map(|at| body_of(&tokens[at..=*last]))
    {
        return (Some(kind), true, None);
    }
    if lexicon::country(&form.join(" "), &[Form::Name, Form::Metonym, Form::Capital]).is_some()
        && !(form.join("") == "us" && tokens[first].shape != Shape::Upper)
    {
        return (Some(Government), true, None);
    }
    let head = (first..=*last)
        .find(|at| matches!(tokens[*at].lower.as_str(), "of" | "for" | "on" | "to"))
        .map_or(*last, |at| at.saturating_sub(1).max(first));
    let noun = lexicon::noun(&tokens[head].lower).filter(|_| tokens[head].is_capital() || head > first);
    if let Some(noun) = noun.filter(|n| !n.many)
        && matches!(noun.kind, Organisation | Government | Document)
        && (*last > first || the_before)
    {
        return (Some(noun.kind), true, None);
    }
    // "Harbour Coal": what companies trade in, as the last word of a name that no given name opens.
    const TRADES: &[&str] = &[
        "coal",
        "oil",
        "gas",
        "steel",
        "motors",
        "airlines",
        "airways",
        "energy",
        "foods",
        "pharmaceuticals",
        "holdings",
        "partners",
        "capital",
        "industries",
        "systems",
        "technologies",
        "brands",
        "stores",
        "mining",
        "petroleum",
        "electric",
        "financial",
        "insurance",
        "securities",
        "investments",
        "entertainment",
        "pictures",
        "studios",
        "records",
        "hedge",
        "labs",
        "software",
        "networks",
        "communications",
        "railways",
        "shipping",
        "logistics",
    ];
    if *last > first && given.is_none() && !weak && TRADES.contains(&tokens[head].lower.as_str()) {
        return (Some(Organisation), true, None);
    }
    if *last > first {
        let many = noun.is_some_and(|n| n.many && matches!(n.kind, Document | Organisation));
        if many
            || matches!(tokens[head].lower.as_str(), "services" | "affairs" | "operations" | "investigations")
        {
            return (Some(Organisation), many, None);
        }
        if given.is_some() && !the_before {
            return (Some(Person), true, gender);
        }
        let shouted = tokens[first..=*last].iter().all(|t| t.shape == Shape::Upper);
        let _ = text;
        return match the_before || shouted {
            true => (Some(Organisation), false, None),
            false => (Some(Person), false, gender),
        };
    }
    // "HarbourWatch": a capital inside, and no Mc or Mac before it.
    let raw = text.get(tokens[first].start..tokens[first].end).unwrap_or_default();
    let inner = raw.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map_or(0, |(at, _)| at);
    let news = form[0].len() > 5 && (form[0].ends_with("news") || form[0].ends_with("press"));
    if news && given.is_none() {
        return (Some(Organisation), true, None);
    }
    if inner > 3 && raw.contains(char::is_lowercase) && raw.chars().all(char::is_alphanumeric) {
        return (Some(Organisation), true, None);
    }
    match tokens[first].shape {
        Shape::Upper if tokens[first].end - tokens[first].start <= 6 => (Some(Organisation), false, None),
        _ if the_before => (Some(Organisation), false, None),
        _ => (None, false, gender),
    }
}
