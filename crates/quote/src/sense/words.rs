//! What are the words of a passage, and what could their base forms be?

/// The words of a text in lower case: letters and digits, with apostrophes and hyphens inside.
pub(crate) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut out = Vec::new();
    let mut word = String::new();
    let mut chars = lower.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = matches!(c, '\'' | '’' | '-')
            && !word.is_empty()
            && chars.peek().is_some_and(|n| n.is_alphanumeric());
        if c.is_alphanumeric() || inside {
            word.push(if c == '’' { '\'' } else { c });
        } else if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Base forms of irregular verbs that ascribe.
const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("says", "say"),
    ("saying", "say"),
    ("told", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("thought", "think"),
    ("knew", "know"),
    ("known", "know"),
    ("felt", "feel"),
    ("found", "find"),
    ("heard", "hear"),
    ("saw", "see"),
    ("seen", "see"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("meant", "mean"),
    ("sought", "seek"),
    ("forbade", "forbid"),
    ("understood", "understand"),
    ("learnt", "learn"),
    ("sang", "sing"),
    ("begged", "beg"),
    ("tore", "tear"),
    ("struck", "strike"),
    ("stood", "stand"),
    ("made", "make"),
    ("took", "take"),
    ("taken", "take"),
    ("gave", "give"),
    ("gone", "go"),
    ("went", "go"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("laid", "lay"),
    ("sent", "send"),
    ("fought", "fight"),
    ("held", "hold"),
    ("came", "come"),
    ("got", "get"),
    ("broke", "break"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("led", "lead"),
    ("cried", "cry"),
    ("vied", "vie"),
];

/// The word and what its base forms could be, best first: "denied" → denied, deny, …
pub(crate) fn lemmas(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    out.extend(IRREGULAR.iter().find(|(form, _)| *form == word).map(|(_, base)| (*base).to_owned()));
    if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        out.push(format!("{stem}y"));
    }
    for suffix in ["ing", "ed", "es", "s", "d"] {
        let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.chars().count() > 1) else { continue };
        out.push(stem.to_owned());
        if matches!(suffix, "ing" | "ed") {
            out.push(format!("{stem}e"));
            let mut ends = stem.chars().rev();
            if let (Some(a), Some(b), Some(_)) = (ends.next(), ends.next(), ends.next())
                && a == b
            {
                out.push(stem[..stem.len() - a.len_utf8()].to_owned());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms_are_found() {
        for (form, base) in
            [("denied", "deny"), ("urging", "urge"), ("begged", "beg"), ("calls", "call"), ("said", "say")]
        {
            assert!(lemmas(form).iter().any(|l| l == base), "{form}");
        }
    }

    #[test]
    fn words_keep_hyphens_and_apostrophes() {
        assert_eq!(words("“We won’t re-open it,”"), ["we", "won't", "re-open", "it"]);
    }
}
