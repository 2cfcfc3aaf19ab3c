//! Which stem? English words without their endings, after Porter, "An algorithm for suffix stripping", 1980.

/// The stem of a folded English word; words with other than ASCII letters come back as they are.
///
/// ```
/// use onrecord_infer::stem;
/// assert_eq!(stem("negotiating"), stem("negotiations"));
/// assert_eq!(stem("caresses"), "caress");
/// ```
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut w = word.to_owned();
    plural(&mut w);
    past(&mut w);
    if w.ends_with('y') && has_vowel(&w[..w.len() - 1]) {
        swap(&mut w, 1, "i");
    }
    replace_longest(&mut w, STEP2, 0);
    replace_longest(&mut w, STEP3, 0);
    strip_long(&mut w);
    if w.ends_with('e') {
        let m = measure(&w[..w.len() - 1]);
        if m > 1 || (m == 1 && !ends_cvc(&w[..w.len() - 1])) {
            w.pop();
        }
    }
    if w.ends_with("ll") && measure(&w) > 1 {
        w.pop();
    }
    w
}

const STEP2: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("ization", "ize"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("alli", "al"),
    ("ator", "ate"),
    ("logi", "log"),
    ("bli", "ble"),
    ("eli", "e"),
];

const STEP3: &[(&str, &str)] = &[
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

const STEP4: &[&str] = &[
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive",
    "ize", "al", "er", "ic", "ou",
];

fn plural(w: &mut String) {
    if w.ends_with("sses") || w.ends_with("ies") {
        swap(w, 2, "");
    } else if w.ends_with('s') && !w.ends_with("ss") {
        w.pop();
    }
}

fn past(w: &mut String) {
    if w.ends_with("eed") {
        if measure(&w[..w.len() - 3]) > 0 {
            w.pop();
        }
        return;
    }
    let cut = ["ed", "ing"].iter().find(|s| w.ends_with(**s) && has_vowel(&w[..w.len() - s.len()]));
    let Some(cut) = cut else { return };
    swap(w, cut.len(), "");
    let bytes = w.as_bytes();
    let double = bytes.len() > 1 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    if ["at", "bl", "iz"].iter().any(|s| w.ends_with(s)) {
        w.push('e');
    } else if double && is_consonant(bytes, bytes.len() - 1) && !w.ends_with(['l', 's', 'z']) {
        w.pop();
    } else if measure(w) == 1 && ends_cvc(w) {
        w.push('e');
    }
}

fn replace_longest(w: &mut String, table: &[(&str, &str)], more_than: usize) {
    if let Some((old, new)) = table.iter().find(|(old, _)| w.ends_with(old))
        && measure(&w[..w.len() - old.len()]) > more_than
    {
        swap(w, old.len(), new);
    }
}

fn strip_long(w: &mut String) {
    let Some(suffix) = STEP4.iter().find(|s| w.ends_with(**s)) else { return };
    let rest = &w[..w.len() - suffix.len()];
    if measure(rest) > 1 && (*suffix != "ion" || rest.ends_with(['s', 't'])) {
        swap(w, suffix.len(), "");
    }
}

/// Puts `new` in place of the last `n` bytes.
fn swap(w: &mut String, n: usize, new: &str) {
    w.truncate(w.len() - n);
    w.push_str(new);
}

fn is_consonant(w: &[u8], at: usize) -> bool {
    match w[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => false,
        b'y' => at == 0 || !is_consonant(w, at - 1),
        _ => true,
    }
}

fn has_vowel(w: &str) -> bool {
    (0..w.len()).any(|at| !is_consonant(w.as_bytes(), at))
}

/// How many times a consonant follows a vowel.
fn measure(w: &str) -> usize {
    let mut before = true;
    let mut m = 0;
    for at in 0..w.len() {
        let consonant = is_consonant(w.as_bytes(), at);
        m += usize::from(consonant && !before);
        before = consonant;
    }
    m
}

/// Consonant, vowel, consonant other than w, x, y at the end.
fn ends_cvc(w: &str) -> bool {
    let (b, n) = (w.as_bytes(), w.len());
    n >= 3
        && is_consonant(b, n - 1)
        && !is_consonant(b, n - 2)
        && is_consonant(b, n - 3)
        && !w.ends_with(['w', 'x', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_paper() {
        let cases = [
            ("ponies", "poni"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("digitizer", "digit"),
            ("triplicate", "triplic"),
            ("hopefulness", "hope"),
            ("revival", "reviv"),
            ("adjustment", "adjust"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("rate", "rate"),
            ("controlling", "control"),
            ("sky", "sky"),
        ];
        for (word, expected) in cases {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn odd_words_come_back() {
        for word in ["", "a", "ss", "sss", "2024", "привет", "yyy", "eed", "ing"] {
            let _ = stem(word);
        }
        assert_eq!(stem("1.5"), "1.5");
    }
}
