//! Where or to whom was it said? "reporters", "a rally in Ohio", an agency, a platform.

use super::when::outside;
use onrecord_terms::{Article, Quote};

/// The venue, if the words beside the content tell one.
pub(crate) fn venue(article: &Article, quote: &Quote) -> Option<String> {
    let words = outside(article, quote);
    told(&words).or_else(|| prepositional(&words)).or_else(|| platform(&words))
}

/// "told reporters", "told the Lind Post", "in comments to the agency".
pub(super) fn told(words: &str) -> Option<String> {
    for cue in [" told ", " tells ", " telling "] {
        let Some(at) = words.find(cue) else { continue };
        let rest = &words[at + cue.len()..];
        let mut phrase = phrase(rest);
        // "Told Coast Radio in an interview": by what it was said is no part of to whom.
        if let Some(cut) = BY.iter().filter_map(|by| phrase.find(by)).min() {
            phrase.truncate(cut);
        }
        let lower = phrase.to_lowercase();
        let pronoun = matches!(
            lower.split(' ').next().unwrap_or_default(),
            "him" | "her" | "them" | "me" | "us" | "it" | "that" | "how" | "what" | "you"
        );
        return (!pronoun && !phrase.is_empty()).then_some(phrase);
    }
    None
}

/// What parts the addressee from the occasion.
const BY: &[&str] = &[
    " in an ",
    " in a ",
    " during ",
    " at a ",
    " at an ",
    " by phone",
    " by email",
    " over the phone",
    " via ",
];

const EVENTS: &[&str] = &[
    "interview",
    "rally",
    "conference",
    "briefing",
    "statement",
    "speech",
    "hearing",
    "debate",
    "meeting",
    "letter",
    "column",
    "editorial",
    "op-ed",
    "summit",
    "forum",
    "town hall",
    "panel",
    "post",
    "tweet",
    "email",
    "report",
    "address",
    "event",
    "call",
    "ceremony",
    "dinner",
    "article",
    "memo",
    "appearance",
    "podcast",
    "broadcast",
    "ruling",
    "press release",
    "news release",
    "convention",
    "session",
    "gathering",
    "stop",
    "book",
];

/// "in an interview with …", "at a rally in …", "during a hearing".
fn prepositional(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for preposition in [
        " in a ",
        " in an ",
        " in the ",
        " at a ",
        " at an ",
        " at the ",
        " during a ",
        " during an ",
        " during the ",
        " on a ",
        " in his ",
        " in her ",
    ] {
        for (at, _) in lower.match_indices(preposition) {
            let start = at + 1 + preposition.trim().find(' ').map_or(0, |space| space + 1);
            let phrase = phrase(words.get(start..)?);
            let head: Vec<String> =
                phrase.to_lowercase().split([' ', '-']).map(str::to_owned).take(6).collect();
            let head = head.join(" ");
            if EVENTS.iter().any(|event| {
                head.split(' ').any(|w| w == *event) || (event.contains(' ') && head.contains(event))
            }) && best.as_ref().is_none_or(|(b, _)| at < *b)
            {
                best = Some((at, phrase));
            }
        }
    }
    best.map(|(_, phrase)| phrase)
}

/// By what it was said: the event or the platform by its plain word, "interview", "Telegram".
pub(super) fn medium(words: &str) -> Option<String> {
    if let Some(platform) = platform(words) {
        return Some(platform);
    }
    let phrase = prepositional(words)?.to_lowercase();
    let head: Vec<&str> = phrase.split([' ', '-']).take(6).collect();
    let head = head.join(" ");
    let known = EVENTS.iter().filter_map(|event| {
        let at = head.split(' ').position(|w| w == *event);
        at.or_else(|| head.find(*event).filter(|_| event.contains(' '))).map(|at| (at, *event))
    });
    known.min().map(|(_, event)| event.to_owned())
}

const PLATFORMS: &[&str] = &[
    "Twitter",
    "Facebook",
    "Instagram",
    "Telegram",
    "Truth Social",
    "YouTube",
    "LinkedIn",
    "TikTok",
    "Threads",
    "Bluesky",
    "Mastodon",
    "Weibo",
    "VK",
];

fn platform(words: &str) -> Option<String> {
    let found =
        PLATFORMS.iter().find(|p| words.contains(&format!("on {p}")) || words.contains(&format!("via {p}")));
    found.map(|p| (*p).to_owned()).or_else(|| {
        let lower = words.to_lowercase();
        (lower.contains(" tweeted") || lower.contains(" tweets")).then(|| "Twitter".to_owned())
    })
}

/// The noun phrase at the head of `rest`: up to a mark, a verb's "that", or a day.
pub(super) fn phrase(rest: &str) -> String {
    const STOPS: &[&str] = &[
        "that",
        "on",
        "after",
        "before",
        "when",
        "while",
        "as",
        "who",
        "which",
        "where",
        "how",
        "why",
        "what",
        "if",
        "and",
        "but",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "last",
        "he",
        "she",
        "it",
        "they",
        "there",
        "during",
        "by",
        "said",
        "saying",
        "…",
        "earlier",
        "this",
        "to",
        "about",
        "is",
        "was",
        "published",
        "aired",
        "she’s",
        "he’s",
    ];
    let mut out: Vec<&str> = Vec::new();
    for word in rest.split_whitespace().take(10) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '…').to_lowercase();
        let marks = word.starts_with(['“', '"', '‘', '—', '–', '(']);
        if STOPS.contains(&bare.as_str()) || marks {
            break;
        }
        out.push(word.trim_end_matches([',', '.', ':', ';', '!', '?', '”', '"']));
        let abbreviation = word.ends_with('.') && word.len() <= 4 && word.starts_with(char::is_uppercase);
        if word.ends_with([',', ':', ';', '!', '?', '”', '"']) || (word.ends_with('.') && !abbreviation) {
            break;
        }
    }
    while out.last().is_some_and(|w| matches!(*w, "in" | "at" | "of" | "the" | "with" | "a" | "for")) {
        out.pop();
    }
    let words = out.join(" ");
    words.strip_prefix("the ").map_or(words.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audiences_and_events_are_told() {
        assert_eq!(told("Lind told reporters on Monday that …").as_deref(), Some("reporters"));
        assert_eq!(told("Lind told him that …"), None);
        assert_eq!(
            prepositional("Lind said in an interview with the Harbour Post on Monday …").as_deref(),
            Some("an interview with the Harbour Post")
        );
        assert_eq!(prepositional("Lind said at a rally in Arden …").as_deref(), Some("a rally in Arden"));
        assert_eq!(prepositional("Lind said in the morning …"), None);
        assert_eq!(platform("Lind wrote on Telegram").as_deref(), Some("Telegram"));
    }
}
