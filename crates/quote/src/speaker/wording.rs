//! How is a speaker written? The words of a description, the fuller words for it, a name without loose marks.

use super::cast::Entity;
use super::source::Description;
use super::tokens::Shape;
use super::{Reader, lexicon, source};
use onrecord_terms::{Span, Speaker, SpeakerKind};

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
        let mut words = trimmed(&words.split_whitespace().collect::<Vec<_>>().join(" "), description.kind);
        if words.contains('”') && !words.contains('“') {
            words.insert(0, '“');
        }
        // "House Democrats" keep their capitals.
        let named =
            tokens.get(start + 1).is_some_and(|t| t.joined && t.is_capital() && start + 1 < description.end);
        let small = tokens[start].opens
            && tokens[start].shape == Shape::Capital
            && source::mention_at(self.scene.mentions, start).is_none();
        match (small, words.chars().next()) {
            (true, Some(first))
                if lexicon::opens_sentence(&tokens[start].lower)
                    || (lexicon::noun(&tokens[start].lower).is_some()
                        && !named
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
        });
        // A headline's "poll" is the one that the lead names.
        let lead = tokens[description.start].paragraph == 0 && !description.definite;
        let ahead = || {
            let end = tokens.len().min(description.end + 120);
            (description.end..end).find(|at| {
                tokens[*at].lower == *head
                    && tokens[*at].joined
                    && tokens[*at - 1].is_word()
                    && tokens[*at].paragraph <= 3
                    && !lexicon::opens_sentence(&tokens[*at - 1].lower)
            })
        };
        let found = if lead { ahead()? } else { found? };
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
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (start < found).then(|| trimmed(&words, description.kind))
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

/// An entity as it is told.
pub(super) fn speaker(entity: &Entity) -> Speaker {
    Speaker {
        name: calm(whole(&entity.name), entity.kind),
        kind: entity.kind,
        named: entity.named,
        role: entity.roles.first().cloned(),
        of: entity.of.clone(),
    }
}

/// A description without what only places it: "only 52 percent" is 52 percent, "a new poll" a poll, "a report released last
/// year" a report.
fn trimmed(words: &str, kind: SpeakerKind) -> String {
    let mut out = words;
    for lead in ["only ", "Only ", "just ", "Just ", "there is ", "There is ", "there are ", "There are "] {
        out = out.strip_prefix(lead).unwrap_or(out);
    }
    for lead in ["no ", "any "] {
        out = out.strip_prefix(lead).filter(|_| out.len() < words.len()).unwrap_or(out);
    }
    let times = [
        "week",
        "month",
        "year",
        "night",
        "weekend",
        "fall",
        "spring",
        "summer",
        "winter",
        "today",
        "yesterday",
    ];
    let mut tail: Vec<&str> = out.split(' ').collect();
    if let [.., last, time] = tail.as_slice()
        && matches!(*last, "last" | "this" | "earlier")
        && times.contains(time)
        && tail.len() > 3
    {
        tail.truncate(tail.len() - 2);
        if tail
            .last()
            .is_some_and(|w| matches!(*w, "released" | "published" | "earlier" | "issued" | "conducted"))
        {
            tail.pop();
        }
    }
    let out = tail.join(" ");
    if kind == SpeakerKind::Document {
        for lead in
            ["a new ", "A new ", "the new ", "new ", "New ", "a recent ", "A recent ", "recent ", "latest "]
        {
            if let Some(rest) = out.strip_prefix(lead) {
                return rest.to_owned();
            }
        }
    }
    out
}

/// The author's name of a byline: "By ANA RUIZ" is Ana Ruiz. Of several the first; none where there are no letters.
pub(super) fn author(byline: &str) -> Option<String> {
    let words = byline.trim();
    let words = words.strip_prefix("By ").or_else(|| words.strip_prefix("BY ")).unwrap_or(words);
    let first = words.split([',', ';']).next()?.split(" and ").next()?.trim();
    if !first.contains(char::is_alphabetic) || first == "None" {
        return None;
    }
    if first.contains(char::is_lowercase) {
        return Some(first.to_owned());
    }
    let calm = |word: &str| {
        let mut chars = word.chars();
        let head: String = chars.next().into_iter().collect();
        head + &chars.as_str().to_lowercase()
    };
    Some(first.split_whitespace().map(calm).collect::<Vec<_>>().join(" "))
}

/// A person's name that stands in capitals, as transcripts have it, as it is written elsewhere: "RUIZ" is Ruiz.
pub(super) fn calm(name: String, kind: SpeakerKind) -> String {
    let loud = name.len() > 4
        && name.contains(char::is_uppercase)
        && !name.contains(|c: char| c.is_lowercase() || c == '.');
    if kind != SpeakerKind::Person || !loud {
        return name;
    }
    let word = |word: &str| {
        let mut chars = word.chars();
        let head: String = chars.next().into_iter().collect();
        head + &chars.as_str().to_lowercase()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
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
