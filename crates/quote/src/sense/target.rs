//! Whom or what is the act about? The short noun phrase that the content opens with, or the one that is accused.

use onrecord_terms::{Act, Article, Quote};

/// The longest target, in words.
const LONGEST: usize = 9;

/// The target of a quote whose act is aimed at something; `None` where no short phrase tells it.
pub(crate) fn target(article: &Article, quote: &Quote) -> Option<String> {
    let found = phrase(article, quote)?;
    // "him", "their plan": nobody who reads the target alone knows whose.
    let first = found.split([' ', '’', '\'']).next().unwrap_or_default().to_lowercase();
    let loose = matches!(
        first.as_str(),
        "he" | "him"
            | "his"
            | "she"
            | "her"
            | "hers"
            | "it"
            | "its"
            | "they"
            | "them"
            | "their"
            | "i"
            | "me"
            | "my"
            | "we"
            | "us"
            | "our"
            | "you"
            | "your"
            | "this"
            | "that"
            | "these"
            | "those"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "what"
            | "one"
            | "another"
            | "himself"
            | "herself"
            | "themselves"
    );
    (!loose).then_some(found)
}

/// The phrase that tells it.
fn phrase(article: &Article, quote: &Quote) -> Option<String> {
    let text = quote.place().text(article);
    let words = quote.content().first()?.slice(text);
    let act = quote.sense.act?;
    let opening = behind_opener(words.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let first = opening.split_whitespace().next()?.to_lowercase();
    let first = first.trim_end_matches(|c: char| !c.is_alphanumeric());
    // A whole clause tells its target only where its verb does: "we support the plan", "Ardenia backs the plan".
    let clause = matches!(
        first,
        "that"
            | "if"
            | "when"
            | "because"
            | "we"
            | "i"
            | "he"
            | "she"
            | "it"
            | "they"
            | "there"
            | "you"
            | "so"
            | "but"
            | "and"
            | "this"
            | "what"
            | "how"
            | "why"
            | "according"
            | "as"
            | "for"
            | "in"
    );
    if !clause && !has_verb_early(opening) {
        let opening = opening
            .strip_prefix("support for ")
            .or(opening.strip_prefix("opposition to "))
            .unwrap_or(opening);
        return noun_phrase(opening);
    }
    let verbs: &[&str] = match act {
        Act::Support => &[
            "accepts ",
            "accept ",
            "supports ",
            "support ",
            "backs ",
            "back ",
            "welcomes ",
            "welcome ",
            "endorses ",
            "endorse ",
            "praises ",
            "praise ",
        ],
        Act::Reject => {
            &["rejects ", "reject ", "opposes ", "oppose ", "refuses ", "disagrees with ", "against "]
        }
        Act::Request => &[
            "calls for ",
            "call for ",
            "calls on ",
            "call on ",
            "demands ",
            "demand ",
            "urges ",
            "urge ",
            "need ",
            "needs ",
        ],
        Act::Accuse => &["accuses ", "accuse ", "blames ", "blame ", "condemns ", "condemn ", "attacks "],
        _ => &[],
    };
    let found = verbs.iter().filter_map(|verb| {
        let at = words.find(verb)?;
        let starts = at == 0 || words[..at].ends_with([' ', '“', '"']);
        starts.then_some((at, at + verb.len()))
    });
    let (_, mut after) = found.min()?;
    // "supports and welcomes any effort"
    if let Some(rest) = words[after..].strip_prefix("and ") {
        after += 4 + rest.find(' ').map_or(rest.len(), |at| at + 1);
    }
    noun_phrase(words.get(after..)?)
}

/// The words behind "Of course," and its like, where a clause of its own follows: "Well, we ask the guild".
fn behind_opener(words: &str) -> &str {
    const LONGEST: usize = 3;
    let Some((opener, rest)) = words.split_once(", ") else { return words };
    let pronoun = rest.split_whitespace().next().is_some_and(|word| {
        matches!(word.to_lowercase().as_str(), "i" | "we" | "you" | "he" | "she" | "it" | "they" | "there")
    });
    if pronoun && opener.split_whitespace().count() <= LONGEST { rest } else { words }
}

/// Whether a finite verb stands among the first words: then they are a clause and no phrase.
fn has_verb_early(words: &str) -> bool {
    words.split_whitespace().take(LONGEST).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').to_lowercase();
        matches!(
            word.as_str(),
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "can"
                | "could"
                | "should"
                | "must"
                | "may"
                | "might"
                | "does"
                | "did"
                | "do"
                | "isn't"
                | "isn’t"
                | "wasn’t"
                | "won’t"
                | "needs"
                | "supports"
                | "said"
                | "says"
                | "backs"
                | "rejects"
                | "wants"
                | "remains"
                | "cannot"
        )
    })
}

/// The phrase at the head of `words`: up to a mark, a clause or the length that is short.
fn noun_phrase(words: &str) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let stops = matches!(
            lower.as_str(),
            "that"
                | "who"
                | "which"
                | "because"
                | "if"
                | "when"
                | "while"
                | "as"
                | "after"
                | "before"
                | "since"
                | "unless"
                | "provided"
                | "but"
                | "so"
                | "by"
                | "during"
                | "where"
                | "aimed"
                | "proposed"
                | "including"
                | "saying"
                | "to"
        );
        if stops && !out.is_empty() || out.len() >= LONGEST {
            break;
        }
        // "the guild to wait" is the guild; "an end to the strike" is whole.
        if lower == "to" && out.last().is_some_and(|w| w.starts_with(char::is_uppercase)) {
            break;
        }
        if matches!(word, "—" | "–" | "--" | "-") {
            break;
        }
        out.push(word);
        let abbreviation = word.ends_with('.')
            && (word[..word.len() - 1].contains('.') || word.len() <= 4)
            && word.starts_with(char::is_uppercase);
        if word.ends_with([',', ';', ':', '.', '!', '?', '”', '"']) && !abbreviation {
            break;
        }
    }
    while out.last().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "and" | "of" | "in" | "on" | "for" | "with" | "the" | "a" | "an" | "at" | "from" | "not" | "or"
        )
    }) {
        out.pop();
    }
    let phrase = out.join(" ");
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '"'));
    let phrase = phrase
        .trim_end_matches([',', '.', ';', ':'])
        .trim_matches(['“', '”', '"'])
        .trim_end_matches([',', '.']);
    let phrase: String = phrase.chars().filter(|c| !matches!(c, '“' | '”' | '"' | '«' | '»')).collect();
    phrase.chars().any(char::is_alphanumeric).then_some(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openers_are_no_phrases() {
        assert_eq!(behind_opener("Of course, we call on the guild"), "we call on the guild");
        assert_eq!(
            behind_opener("the ferry plan, the harbour and the guild"),
            "the ferry plan, the harbour and the guild"
        );
    }

    #[test]
    fn phrases_end_at_clauses_and_marks() {
        assert_eq!(noun_phrase("the ferry plan proposed by Ana Lind").as_deref(), Some("the ferry plan"));
        assert_eq!(noun_phrase("the guild, which left").as_deref(), Some("the guild"));
        assert_eq!(noun_phrase("— no"), None);
    }
}
