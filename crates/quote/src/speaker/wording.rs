//! How is a speaker written? The words of a description, the fuller words for it, a name without loose marks.

use super::source::Description;
use super::tokens::Shape;
use super::{Reader, lexicon, source};
use onrecord_terms::Span;

impl Reader<'_, '_> {
    /// The words of a description: without "the", small at the head unless a name opens it.
    pub(super) fn text_of(&self, description: &Description) -> String {
        let tokens = self.scene.tokens;
        let mut start = description.start;
        if tokens[start].lower == "the" && start + 1 < description.end {
            start += 1;
        }
        let words =
            self.article.text().get(tokens[start].start..tokens[description.end - 1].end).unwrap_or_default();
        let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.contains('”') && !words.contains('“') {
            words.insert(0, '“');
        }
        let small = tokens[start].opens
            && tokens[start].shape == Shape::Capital
            && source::mention_at(self.scene.mentions, start).is_none();
        match (small, words.chars().next()) {
            (true, Some(first))
                if lexicon::opens_sentence(&tokens[start].lower)
                    || (lexicon::noun(&tokens[start].lower).is_some()
                        && !source::is_people(&tokens[start].lower)) =>
            {
                format!("{}{}", first.to_lowercase(), &words[first.len_utf8()..])
            }
            _ => words,
        }
    }

    /// The fuller words for "the plan": the first phrase before it with the same head and more to say.
    pub(super) fn fuller(&self, description: &Description) -> Option<String> {
        if description.end - description.start > 2 {
            return None;
        }
        let tokens = self.scene.tokens;
        let head = &tokens[description.head].lower;
        let found = (description.start.saturating_sub(4000)..description.start).find(|at| {
            let alone = at.checked_sub(1).is_none_or(|b| {
                matches!(
                    tokens[b].lower.as_str(),
                    "the" | "a" | "an" | "this" | "that" | "its" | "his" | "her"
                )
            });
            tokens[*at].lower == *head && !alone && tokens[at - 1].joined && !self.in_title_case(*at)
        })?;
        let mut start = found;
        while start > 0
            && found - start < 6
            && (tokens[start].joined || tokens[start].shape == Shape::Possessive)
        {
            let word = &tokens[start - 1];
            let stop = (lexicon::opens_sentence(&word.lower) && word.shape == Shape::Lower)
                || (word.opens && lexicon::opens_sentence(&word.lower))
                || word.shape == Shape::Mark;
            if stop || word.sentence != tokens[found].sentence {
                break;
            }
            start -= 1;
        }
        let words = self.article.text().get(tokens[start].start..tokens[found].end)?;
        (start < found).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn in_title_case(&self, at: usize) -> bool {
        source::mention_at(self.scene.mentions, at).is_some_and(|m| self.scene.mentions[m].weak)
    }

    /// How a lower-case word is written in the source.
    pub(super) fn as_written(&self, spans: &[Span], word: &str) -> String {
        let text = self.article.text();
        spans
            .iter()
            .flat_map(|s| s.slice(text).split_whitespace())
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '@'))
            .find(|w| w.to_lowercase().trim_end_matches("'s").trim_end_matches("’s") == word)
            .unwrap_or(word)
            .to_owned()
    }
}

/// A name without a mark that hangs loose: what follows the mark is no part of it.
pub(super) fn whole(name: &str) -> String {
    let straight = name.matches('"').count() % 2 == 1;
    let curly = name.contains('“') && !name.contains('”');
    let cut = match (straight, curly) {
        (true, _) => name.find('"'),
        (_, true) => name.find('“'),
        _ => None,
    };
    let kept = cut.and_then(|at| name.get(..at)).map(|n| n.trim_end_matches([' ', ',', '-', '–']));
    match (cut, kept.filter(|n| !n.is_empty())) {
        (None, _) => name.to_owned(),
        (_, Some(kept)) => kept.to_owned(),
        (_, None) => name.replace(['"', '“'], ""),
    }
}
