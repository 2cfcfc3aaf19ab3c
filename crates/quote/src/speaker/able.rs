//! Can it speak? A description's head noun, or whom it counts, tells; soup and paper lanterns cannot.

use super::lexicon;
use super::source::{Description, is_people, plural};
use super::tokens::{Shape, Token};
use onrecord_terms::SpeakerKind;

/// Whether what a description means can speak: by its head noun, or by whom it counts.
pub(crate) fn can_speak(tokens: &[Token], description: &Description) -> bool {
    let head = &tokens[description.head];
    let word = head.lower.as_str();
    let before = &tokens[description.start..description.head];
    let whole = before.iter().any(|t| matches!(t.lower.as_str(), "whole" | "entire"));
    if let Some(noun) = lexicon::noun(word) {
        // "paper lanterns": the head is the word behind.
        let next = tokens.get(description.head + 1).filter(|_| description.head + 1 < description.end);
        let other = next.is_some_and(|t| {
            t.joined && t.shape == Shape::Lower && plural(&t.lower) && lexicon::noun(&t.lower).is_none()
        });
        return !(whole && noun.kind == SpeakerKind::Government
            || other && noun.kind == SpeakerKind::Document);
    }
    let peoples = head.is_capital() && plural(word);
    if lexicon::title(word).is_some() || is_people(word) || peoples || head.shape == Shape::Upper {
        return true;
    }
    if head.shape == Shape::Number || word.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if acts(word) {
        return true;
    }
    let speaks = |t: &Token| {
        let noun = lexicon::noun(&t.lower).is_some_and(|n| n.kind != SpeakerKind::Document);
        noun || lexicon::title(&t.lower).is_some() || is_people(&t.lower) || acts(&t.lower)
    };
    if word == "those" && description.end > description.head + 1 {
        return true;
    }
    if counts(word) {
        let behind = &tokens[description.head + 1..description.end.max(description.head + 1)];
        let of = behind.first().is_some_and(|t| matches!(t.lower.as_str(), "of" | "in" | "from" | "who"));
        let bare = behind.is_empty() && !matches!(word, "less" | "ones" | "time" | "lot");
        return bare
            || of
                && behind.iter().any(|t| {
                    t.shape == Shape::Number
                        || speaks(t)
                        || t.is_capital() && !lexicon::is_time(&t.lower)
                        || matches!(t.lower.as_str(), "them" | "us" | "those")
                });
    }
    // "those surveyed", "people interviewed": the noun stands before.
    before.iter().any(|t| matches!(t.lower.as_str(), "those" | "voters" | "people")) && word.ends_with("ed")
}

/// Words that count people.
fn counts(word: &str) -> bool {
    const COUNTS: &[&str] = &[
        "number",
        "majority",
        "majorities",
        "minority",
        "handful",
        "couple",
        "plurality",
        "share",
        "quarter",
        "half",
        "third",
        "thirds",
        "two-thirds",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "millions",
        "scores",
        "tens",
        "chorus",
        "slew",
        "array",
        "all",
        "some",
        "many",
        "most",
        "none",
        "others",
        "other",
        "few",
        "several",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "neither",
        "each",
        "any",
        "both",
        "lot",
        "those",
        "these",
        "proportion",
        "percentage",
        "three-quarters",
        "more",
        "generation",
        "rest",
        "group",
        "another",
        "fewer",
    ];
    COUNTS.contains(&word)
}

/// Whether a noun's ending tells that it acts: "baker", "novelist", "fishermen".
fn acts(word: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "father",
        "mother",
        "wife",
        "husband",
        "brother",
        "sister",
        "son",
        "daughter",
        "uncle",
        "aunt",
        "cousin",
        "widow",
        "widower",
        "parents",
        "twin",
        "boy",
        "girl",
        "lad",
        "employee",
        "neurosurgeon",
        "democrat",
        "conservative",
        "guy",
        "attendee",
        "confidant",
        "operative",
        "politico",
        "clerk",
        "revolutionary",
        "ex-wife",
        "ex-husband",
        "neighbour",
        "nurse",
        "cadet",
        "refugee",
        "detainee",
        "captive",
        "patient",
        "landlord",
        "tenant",
        "pupil",
        "parent",
        "relative",
        "cook",
        "waitress",
    ];
    if PEOPLE.contains(&word) {
        return true;
    }
    const THINGS: &[&str] = &[
        "water",
        "paper",
        "number",
        "weather",
        "winter",
        "summer",
        "river",
        "power",
        "matter",
        "corner",
        "tower",
        "border",
        "butter",
        "dinner",
        "supper",
        "pepper",
        "paper",
        "silver",
        "timber",
        "lumber",
        "fever",
        "flower",
        "shower",
        "tower",
        "sugar",
        "color",
        "colour",
        "harbor",
        "harbour",
        "labor",
        "labour",
        "humor",
        "humour",
        "floor",
        "door",
        "motor",
        "mirror",
        "error",
        "terror",
        "horror",
        "factor",
        "sector",
        "corridor",
        "tractor",
        "reactor",
        "computer",
        "counter",
        "container",
        "trailer",
        "poster",
        "theater",
        "center",
        "centre",
        "order",
        "disaster",
        "layer",
        "ladder",
        "shelter",
        "shoulder",
        "finger",
        "liver",
        "chapter",
        "quarter",
        "monster",
        "rubber",
        "leather",
        "laughter",
        "slaughter",
        "october",
        "november",
        "december",
        "september",
        "encounter",
        "barrier",
        "career",
        "beer",
        "fear",
        "year",
        "tear",
        "air",
        "chair",
        "stair",
        "war",
        "car",
        "bar",
        "star",
        "calendar",
        "dollar",
        "cellar",
        "pillar",
        "collar",
        "offer",
        "tender",
        "gender",
        "letter",
        "banner",
        "cover",
        "answer",
        "remainder",
        "reminder",
        "bulldozer",
        "waiver",
        "list",
        "mist",
        "fist",
        "twist",
        "wrist",
        "freezer",
        "cooker",
        "oyster",
        "cucumber",
        "lobster",
        "murder",
        "thunder",
        "filter",
        "meter",
        "metre",
        "litre",
        "liter",
        "after",
        "other",
        "ever",
        "never",
        "over",
        "under",
        "former",
        "latter",
        "better",
        "later",
        "higher",
        "lower",
        "bigger",
        "smaller",
        "helicopter",
        "printer",
        "burner",
        "heater",
        "scanner",
        "compiler",
        "server",
        "browser",
        "router",
        "parser",
        "processor",
        "sensor",
        "timer",
        "folder",
        "header",
        "newsletter",
        "semester",
        "trigger",
        "vapor",
        "vapour",
        "favor",
        "favour",
        "odor",
        "flavor",
        "flavour",
        "rumor",
        "rumour",
        "anchor",
        "tumor",
        "interior",
        "exterior",
        "behavior",
        "behaviour",
    ];
    let one = word.strip_suffix('s').filter(|_| !word.ends_with("ss")).unwrap_or(word);
    let agent = ["er", "or", "ist", "ian", "eer"].iter().any(|end| one.ends_with(end)) && one.len() > 4;
    agent && !THINGS.contains(&one)
        || word.ends_with("woman")
        || word.ends_with("women")
        || word.ends_with("men") && word.len() > 5
        || word.ends_with("man") && word.len() > 4
        || word.ends_with("person")
        || word.ends_with("people")
}
