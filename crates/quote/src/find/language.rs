//! Is the text English? The finder's cues are English words: on any other language it goes by the marks alone.

use onrecord_terms::{Article, Lang};

/// The commonest words of English that few other languages share.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "that", "is", "was", "for", "with", "he", "it", "on", "said", "his", "have",
    "has", "be", "by", "from", "not", "they", "this", "are", "she", "her", "who", "will", "would", "their",
    "which", "been", "at", "as", "but", "its", "were", "had", "or", "we", "you", "an", "if", "after",
    "about",
];

/// Words looked at: enough to tell, few enough for a book.
const WORDS: usize = 400;

/// Share of common words from which a text is English. English news has 25 to 45 per cent of them (PolNeAR train:
/// never under 20 in texts of 20 words and more), German, French, Spanish and Turkish under 5.
const SHARE: f32 = 0.12;

/// What is known of an article's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    English,
    /// Another, by its code where the page gives one.
    Other(Option<Lang>),
}

/// The language of the article's text: as the page says, unless the words say otherwise.
pub(crate) fn language(article: &Article) -> Language {
    let (common, all) = count(article.text());
    let (common, all) = if all < 12 {
        let (c, a) = count(article.headline());
        (common + c, all + a)
    } else {
        (common, all)
    };
    let share = common as f32 / all.max(1) as f32;
    match article.language {
        Some(Lang::ENGLISH) if all >= 40 && share < SHARE / 3.0 => Language::Other(None),
        Some(Lang::ENGLISH) => Language::English,
        Some(lang) => Language::Other(Some(lang)),
        None if share >= SHARE || (all < 12 && is_plain(article)) => Language::English,
        None => Language::Other(None),
    }
}

/// Common words and all words at the head of a text.
fn count(text: &str) -> (usize, usize) {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(WORDS);
    words.fold((0, 0), |(common, all), word| {
        let lower = word.to_ascii_lowercase();
        (common + usize::from(COMMON.contains(&lower.as_str())), all + 1)
    })
}

/// Whether the little text there is has Latin letters without accents only.
fn is_plain(article: &Article) -> bool {
    article.text().chars().chain(article.headline().chars()).all(|c| c.is_ascii() || !c.is_alphabetic())
}

/// Languages by their codes: those whose outlets are read most beside English.
const NAMES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

/// What a reader is told of a text that is not English.
pub(crate) fn describe(lang: Option<Lang>) -> String {
    let name = match lang {
        Some(lang) => match NAMES.binary_search_by_key(&lang.as_str(), |name| name.0) {
            Ok(at) => NAMES[at].1.to_owned(),
            Err(_) => format!("\u{201c}{}\u{201d}", lang.as_str()),
        },
        None => return "The text is not in English; its quotes are told by their marks alone.".to_owned(),
    };
    format!("The text is in {name}, not English; its quotes are told by their marks alone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMES.iter().all(|(code, _)| Lang::parse(code).is_some()));
    }
}
