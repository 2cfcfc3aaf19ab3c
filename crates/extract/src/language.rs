//! In which language is a text?
//!
//! whichlang answers for any text, even where it cannot know; its answer counts only where the text has the
//! function words (or the letters) of that language.

use onrecord_terms::Lang;
use std::borrow::Cow;
use whichlang::Lang as Which;

/// The least letters on which an answer rests: about two lines.
const MIN_LETTERS: usize = 60;

/// The most bytes that are looked at, half of them at the begin and half in the middle: more text does not change the
/// answer, but the begin alone may be a notice in another language.
const MAX_BYTES: usize = 2_000;

/// The least share of function words among the words of a text. Low, so that lists and tables pass.
const MIN_SHARE: f32 = 0.08;

/// English is what whichlang falls back to, and short words of other languages look like its own: ask for more.
const MIN_SHARE_ENGLISH: f32 = 0.15;

/// The language of `text`, if the text is long enough and the answer holds.
pub(crate) fn language(text: &str) -> Option<Lang> {
    let text = &*sample(text);
    if text.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count() < MIN_LETTERS {
        // Scripts without letters' spaces say more in fewer signs, but two lines are asked of all.
        return None;
    }
    let (tag, words) = known(whichlang::detect_language(text));
    if let Some(words) = words {
        let (mut n_words, mut n_hits) = (0_usize, 0_usize);
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            n_words += 1;
            n_hits += usize::from(words.contains(&word.to_lowercase().as_str()));
        }
        let min_share = if tag == "en" { MIN_SHARE_ENGLISH } else { MIN_SHARE };
        if (n_hits as f32) < min_share * n_words as f32 {
            return None;
        }
    }
    Lang::parse(tag)
}

/// The begin and the middle of a long text, all of another.
fn sample(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_BYTES {
        return text.into();
    }
    let piece = |from: usize| {
        let from = text.ceil_char_boundary(from);
        &text[from..text.floor_char_boundary(from + MAX_BYTES / 2)]
    };
    format!("{} {}", piece(0), piece(text.len() / 2)).into()
}

/// Each language's code and, for those in scripts that others share, its commonest function words
/// (the heads of the frequency lists of Universal Dependencies treebanks).
fn known(lang: Which) -> (&'static str, Option<&'static [&'static str]>) {
    match lang {
        Which::Eng => (
            "en",
            Some(&[
                "the", "of", "and", "to", "in", "a", "that", "is", "for", "on", "was", "with", "by", "it",
                "as", "at", "from", "he", "has", "be",
            ]),
        ),
        Which::Deu => (
            "de",
            Some(&[
                "der", "die", "und", "in", "den", "das", "von", "zu", "mit", "im", "ist", "für", "auf",
                "des", "ein", "eine", "sich", "nicht", "dem", "es",
            ]),
        ),
        Which::Fra => (
            "fr",
            Some(&[
                "de", "la", "le", "les", "et", "des", "en", "du", "un", "une", "l", "d", "à", "est", "que",
                "dans", "pour", "par", "a", "qui",
            ]),
        ),
        Which::Spa => (
            "es",
            Some(&[
                "de", "la", "el", "en", "y", "que", "los", "del", "las", "un", "una", "por", "con", "se",
                "para", "su", "al", "es", "no", "lo",
            ]),
        ),
        Which::Ita => (
            "it",
            Some(&[
                "di", "e", "il", "la", "che", "in", "a", "per", "del", "un", "della", "è", "con", "i", "le",
                "una", "da", "non", "si", "al",
            ]),
        ),
        Which::Por => (
            "pt",
            Some(&[
                "de", "a", "o", "e", "que", "do", "da", "em", "os", "no", "um", "uma", "para", "com", "na",
                "por", "não", "as", "se", "dos",
            ]),
        ),
        Which::Nld => (
            "nl",
            Some(&[
                "de", "het", "van", "een", "en", "in", "is", "dat", "op", "te", "zijn", "voor", "met", "die",
                "niet", "aan", "er", "om", "ook", "als",
            ]),
        ),
        Which::Swe => (
            "sv",
            Some(&[
                "och", "i", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den", "till", "inte",
                "har", "ett", "de", "om", "var", "från",
            ]),
        ),
        Which::Tur => (
            "tr",
            Some(&[
                "ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "olan", "çok", "daha", "en", "gibi",
                "sonra", "kadar", "ise", "o", "her", "ne", "ya",
            ]),
        ),
        Which::Vie => (
            "vi",
            Some(&[
                "và", "của", "là", "các", "có", "được", "trong", "cho", "một", "đã", "với", "không", "những",
                "người", "này", "để", "về", "khi", "từ", "đến",
            ]),
        ),
        Which::Rus => (
            "ru",
            Some(&[
                "и", "в", "на", "с", "что", "не", "по", "о", "к", "из", "за", "для", "от", "он", "как",
                "это", "его", "а", "до", "был",
            ]),
        ),
        Which::Ara => ("ar", None),
        Which::Cmn => ("zh", None),
        Which::Hin => ("hi", None),
        Which::Jpn => ("ja", None),
        Which::Kor => ("ko", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_and_doubt_is_none() {
        for (text, lang) in [
            (
                "The bridge over the harbor was opened on Tuesday, and the mayor said that it would hold for a hundred years.",
                Some("en"),
            ),
            (
                "Die Brücke über den Hafen wurde am Dienstag eröffnet, und die Bürgermeisterin sagte, sie werde hundert Jahre halten.",
                Some("de"),
            ),
            (
                "Мост через гавань открыли во вторник, и мэр сказал, что он простоит сто лет, а может быть и больше.",
                Some("ru"),
            ),
            (
                "Most nad portem otwarto we wtorek, a burmistrz powiedziała, że wytrzyma on sto lat albo jeszcze dłużej niż stary.",
                None,
            ),
            ("Bridge", None),
            ("", None),
        ] {
            assert_eq!(language(text).map(|l| l.as_str().to_owned()).as_deref(), lang, "{text}");
        }
    }
}
