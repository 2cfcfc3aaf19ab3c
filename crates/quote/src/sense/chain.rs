//! Through whose hands did the words come, when and to whom? What stands beside a quote:
//! the hops between the speaker and the report, the words that tell the day, how exactly they tell it, the addressee,
//! the medium; and of a speaker without a name how many, of what rank, of what body.
//!
//! Read off the words of the quote's sentence outside its content. What is not told is `None`; nothing is guessed.

use super::venue;
use super::when::{self, outside};
use onrecord_terms::{Article, Circumstances, Hop, How, Quote, Speaker, SpeakerKind};

/// Of a speaker without a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nameless {
    /// How many, where told in numbers.
    pub number: Option<u32>,
    /// "senior", "top", "former".
    pub rank: Option<String>,
    /// Of what body or country.
    pub organisation: Option<String>,
}

/// What stands beside a quote in its sentence.
pub(crate) fn circumstances(article: &Article, quote: &Quote) -> Circumstances {
    let words = outside(article, quote);
    let told = venue::told(&words);
    let mut hops = Vec::new();
    let own = |name: &str| {
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        article.outlet.as_deref().is_some_and(same) || article.agencies.iter().any(|agency| same(agency))
    };
    if let Some(outlet) = told.as_deref().filter(|name| is_outlet(name) && !own(name)) {
        hops.push(Hop { through: Some(outlet.to_owned()), how: How::Told });
    }
    for (cue, how) in [
        ("as quoted by ", How::Reported),
        ("was quoted by ", How::Reported),
        ("were quoted by ", How::Reported),
        ("as reported by ", How::Reported),
        ("first reported by ", How::Reported),
        ("reports in ", How::Reported),
        ("interview with ", How::Told),
        ("interview to ", How::Told),
        ("comments to ", How::Told),
        ("citing ", How::Citing),
    ] {
        let Some(at) = words.find(cue) else { continue };
        let through = venue::phrase(&words[at + cue.len()..]);
        let relay = how == How::Citing || is_outlet(&through);
        let known = hops.iter().any(|hop| hop.through.as_deref() == Some(through.as_str()));
        if relay && !through.is_empty() && !own(&through) && !known {
            hops.push(Hop { through: Some(through), how });
        }
    }
    let hearsay = words.split(|c: char| !c.is_alphabetic()).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "reportedly" | "allegedly" | "supposedly" | "reputedly" | "rumored" | "rumoured" | "purportedly"
        )
    });
    if hearsay && hops.is_empty() {
        hops.push(Hop { through: None, how: How::Hearsay });
    }
    let said = article.published.and_then(|moment| when::said(&words, moment.day));
    let medium = venue::medium(&words);
    Circumstances { hops, said, addressee: told.filter(|to| !to.is_empty()), medium }
}

/// How many, of what rank and body, if the speaker has no name.
pub(crate) fn nameless(speaker: &Speaker) -> Option<Nameless> {
    if speaker.named || !matches!(speaker.kind, SpeakerKind::Unnamed | SpeakerKind::Group) {
        return None;
    }
    const RANKS: &[&str] = &[
        "senior",
        "top",
        "high-ranking",
        "high-level",
        "junior",
        "former",
        "retired",
        "current",
        "leading",
        "veteran",
        "middle-ranking",
        "outgoing",
        "deputy",
    ];
    const NUMBERS: &[&str] = &[
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let words: Vec<String> = speaker.name.split_whitespace().map(str::to_lowercase).collect();
    let before = words.iter().take_while(|w| !matches!(w.as_str(), "of" | "at" | "in" | "from" | "with"));
    let number = before.clone().find_map(|w| {
        let named = NUMBERS.iter().position(|n| n == w).map(|n| n as u32);
        named.or_else(|| w.replace(',', "").parse().ok().filter(|n| *n < 100_000))
    });
    let single = matches!(words.first().map(String::as_str), Some("a" | "an"));
    let number = number.or(single.then_some(1)).filter(|_| !words.iter().any(|w| w.contains("percent")));
    let rank = before.clone().find(|w| RANKS.contains(&w.as_str())).cloned();
    Some(Nameless { number, rank, organisation: speaker.of.clone() })
}

/// Whether a name is an outlet's, by its words.
fn is_outlet(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "news",
        "times",
        "post",
        "tv",
        "television",
        "radio",
        "press",
        "agency",
        "reuters",
        "ap",
        "afp",
        "cnn",
        "bbc",
        "nbc",
        "abc",
        "cbs",
        "fox",
        "tribune",
        "herald",
        "journal",
        "guardian",
        "telegraph",
        "gazette",
        "chronicle",
        "daily",
        "weekly",
        "magazine",
        "newspaper",
        "broadcaster",
        "tass",
        "xinhua",
        "interfax",
        "dpa",
        "ansa",
        "efe",
        "jazeera",
        "bloomberg",
        "politico",
        "axios",
        "msnbc",
        "npr",
        "pbs",
        "channel",
        "review",
        "observer",
        "mirror",
        "sun",
        "star",
        "globe",
        "courier",
        "economist",
        "spiegel",
        "monde",
        "figaro",
        "network",
        "podcast",
    ];
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(6);
    words.any(|w| {
        let lower = w.to_lowercase();
        let common = matches!(
            lower.as_str(),
            "agency"
                | "newspaper"
                | "broadcaster"
                | "magazine"
                | "news"
                | "television"
                | "radio"
                | "network"
                | "podcast"
        );
        WORDS.contains(&lower.as_str()) && (common || w.starts_with(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_terms::{Body, Day, Kind, Moment, Place, Precision, Span};

    fn read(text: &str, content: &str) -> Circumstances {
        let mut article = Article::new("a", Body::new(text.to_owned(), Vec::new(), Vec::new()).unwrap());
        // A Thursday.
        article.published = Moment::parse("2031-03-06");
        article.outlet = Some("Harbour Post".to_owned());
        let at = text.find(content).unwrap();
        let span = vec![Span::new(text, at, at + content.len()).unwrap()];
        let all = Span::new(text, 0, text.len()).unwrap();
        let quote = Quote::new(&article, Place::Text, Kind::Indirect, Vec::new(), Vec::new(), span).unwrap();
        circumstances(&article, &quote.in_sentence(&article, all))
    }

    #[test]
    fn hops_are_told_and_first_hand_has_none() {
        let hop = |how, through: Option<&str>| Hop { through: through.map(str::to_owned), how };
        assert_eq!(read("Ana Lind said the pier stands.", "the pier stands").hops, []);
        assert_eq!(
            read("Ana Lind told Coast Radio the pier stands.", "the pier stands").hops,
            [hop(How::Told, Some("Coast Radio"))]
        );
        assert_eq!(
            read("Ana Lind told Coast Radio in an interview that it stands.", "it stands").hops,
            [hop(How::Told, Some("Coast Radio"))]
        );
        assert_eq!(read("Ana Lind told the Harbour Post the pier stands.", "the pier stands").hops, []);
        assert_eq!(read("Ana Lind told reporters that it stands.", "it stands").hops, []);
        assert_eq!(
            read("The guild said, citing two divers, that it stands.", "it stands").hops,
            [hop(How::Citing, Some("two divers"))]
        );
        assert_eq!(
            read("Ana Lind has reportedly said it stands.", "it stands").hops,
            [hop(How::Hearsay, None)]
        );
    }

    #[test]
    fn days_come_with_their_words_and_precision() {
        let said = |text: &str| read(text, "it stands").said;
        let day = |day: &str| Day::parse(day);
        let one = said("Ana Lind said on Tuesday that it stands.").unwrap();
        assert_eq!(
            (one.on, one.precision, one.words.as_str()),
            (day("2031-03-04"), Precision::Day, "on Tuesday")
        );
        let week = said("Ana Lind said last week that it stands.").unwrap();
        assert_eq!((week.on, week.precision, week.words.as_str()), (None, Precision::Week, "last week"));
        let month = said("Ana Lind said in January that it stands.").unwrap();
        assert_eq!((month.on, month.precision), (None, Precision::Month));
        assert_eq!(said("Ana Lind said it stands."), None);
    }

    #[test]
    fn the_nameless_have_number_rank_and_body() {
        let speaker = Speaker {
            name: "two senior ministry officials".to_owned(),
            kind: SpeakerKind::Unnamed,
            named: false,
            role: None,
            of: Some("Ardenia".to_owned()),
        };
        let told = nameless(&speaker).unwrap();
        assert_eq!((told.number, told.rank.as_deref()), (Some(2), Some("senior")));
        assert_eq!(told.organisation.as_deref(), Some("Ardenia"));
    }
}
