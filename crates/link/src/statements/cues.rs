//! Which reporting verb is it, and of which class? Read from `data/cues.tsv`.

use super::telling::tokens_in;
use onrecord_infer::{fold, stem};
use onrecord_terms::Span;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The class of a reporting verb by its stem.
static CUES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut cues = HashMap::new();
    for line in include_str!("../../data/cues.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((class, verbs)) = line.split_once('\t') else { continue };
        cues.extend(verbs.split_whitespace().map(|verb| (stem(verb), class)));
    }
    // Forms that no stem reaches.
    for (form, class) in
        [("said", "say"), ("told", "say"), ("wrote", "say"), ("spoke", "say"), ("thought", "believe")]
    {
        cues.insert(form.to_owned(), class);
    }
    cues
});

/// Class and stem of a cue: of its first verb that is more than "say", else of "say", else unknown.
pub(crate) fn cue_of(text: &str, cue: &[Span]) -> Option<(&'static str, String)> {
    let words: Vec<String> =
        cue.iter().flat_map(|span| tokens_in(text, *span)).map(|t| fold(t.word)).collect();
    let joined = |pair: &[String]| {
        let both = format!("{}-{}", stem(&pair[0]), pair[1]);
        CUES.get(&both).map(|class| (*class, both.clone()))
    };
    if let Some(found) = words.windows(2).find_map(joined) {
        return Some(found);
    }
    let class = |word: &String| {
        let known = CUES.get(word).map(|class| (*class, plain(word)));
        known.or_else(|| CUES.get(&stem(word)).map(|class| (*class, stem(word))))
    };
    let found: BTreeMap<usize, (&'static str, String)> =
        words.iter().enumerate().filter_map(|(idx, word)| Some((idx, class(word)?))).collect();
    found.values().find(|(class, _)| *class != "say").or_else(|| found.values().next()).cloned()
}

/// The stem of a form that no stem reaches.
fn plain(form: &str) -> String {
    match form {
        "said" => stem("say"),
        "told" => stem("tell"),
        "wrote" => stem("write"),
        "spoke" => stem("speak"),
        "thought" => stem("think"),
        form => stem(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_cue_stands_once_and_classes_are_told_apart() {
        let mut seen = BTreeSet::new();
        for line in include_str!("../../data/cues.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (_, verbs) = line.split_once('\t').unwrap();
            for verb in verbs.split_whitespace() {
                assert!(seen.insert(stem(verb)), "{verb}");
            }
        }
        let class = |cue: &str| {
            let found = cue_of(cue, &[Span::new(cue, 0, cue.len()).unwrap()]);
            found.map(|(class, _)| class)
        };
        assert_eq!(class("said"), Some("say"));
        assert_eq!(class("admitted"), Some("admit"));
        assert_eq!(class("has called for"), Some("demand"));
        assert_eq!(class("said he hoped"), Some("believe"));
        assert_eq!(class("of"), None);
    }
}
