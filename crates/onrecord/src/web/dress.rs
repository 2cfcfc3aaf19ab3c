//! How is a fact worded for readers? Small translations from a view's words to a page's, used by the templates.

use onrecord_answer::views::{ArticleRef, Beside, Caveat, Doubt, Passage, Piece, SpeakerRef, StatementRow};
use onrecord_terms::Day;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "14 March 2031", with the time of day where the moment has one; as it is where it is no date.
pub(crate) fn date(iso: &str) -> String {
    let Some(day) = Day::parse(iso) else { return iso.to_owned() };
    let month = MONTHS.get(day.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// The time of day and its zone, where the moment has one: "10:00 UTC+02:00".
pub(crate) fn time_of_day(iso: &str) -> Option<String> {
    let rest = iso.get(11..)?;
    let clock = rest.get(..5)?;
    let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
    Some(match zone {
        "" => clock.to_owned(),
        "Z" => format!("{clock} UTC"),
        zone => format!("{clock} UTC{zone}"),
    })
}

/// "14 March 2031", or a run of days; `None` where neither end is known.
pub(crate) fn days(first: Option<&str>, last: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) if first != last => Some(format!("{} to {}", date(first), date(last))),
        (Some(day), _) | (None, Some(day)) => Some(date(day)),
        (None, None) => None,
    }
}

/// How the words are told.
pub(crate) fn telling(kind: &str) -> &str {
    match kind {
        "direct" => "quoted",
        "mixed" => "partly quoted",
        "indirect" => "paraphrased",
        other => other,
    }
}

/// The words that ascribe, where the words themselves are not wholly quoted: they may say "not".
pub(crate) fn cue_of(row: &StatementRow) -> Option<&str> {
    row.cue.as_deref().filter(|_| row.kind != "direct")
}

/// What to know about words: "by marks alone (language: de)".
pub(crate) fn caveat(caveat: &Caveat, language: Option<&str>) -> String {
    match (*caveat == Caveat::MARKS, language) {
        (true, Some(language)) => format!("by marks alone (language: {language})"),
        _ => caveat.text.to_owned(),
    }
}

/// Who it may be, where nobody is named.
pub(crate) fn perhaps(speakers: &[SpeakerRef], doubt: &Doubt) -> Option<String> {
    let second = doubt.runner_up.as_ref().zip(doubt.runner_up_confidence);
    let second = second.map(|(name, p)| format!("{name} {p:.2}"));
    match (speakers.is_empty(), &doubt.likeliest, second) {
        (false, _, _) | (true, None, None) => None,
        (true, Some(name), Some(second)) => {
            Some(format!("perhaps {name} {:.2}, else {second}", doubt.confidence))
        }
        (true, Some(name), None) => Some(format!("perhaps {name} {:.2}", doubt.confidence)),
        (true, None, Some(second)) => Some(format!("perhaps {second}")),
    }
}

/// The act as a verb of the page's sentences.
pub(crate) fn act(word: &str) -> String {
    let verb = match word {
        "STATE" => "states",
        "SUPPORT" => "supports",
        "REJECT" => "rejects",
        "REQUEST" => "requests",
        "ACCUSE" => "accuses",
        "WARN" => "warns",
        "PROMISE" => "promises",
        "CONCEDE" => "concedes",
        "DENY" => "denies",
        "ASK" => "asks",
        other => return other.to_lowercase(),
    };
    verb.to_owned()
}

/// The act with what it is about, in a line of small print; the plain telling of something is not worth a word.
pub(crate) fn act_line(word: Option<&str>, target: Option<&str>) -> Option<String> {
    match (word.filter(|word| *word != "STATE"), target) {
        (Some(word), Some(target)) => Some(format!("{}: {target}", act(word))),
        (Some(word), None) => Some(act(word)),
        (None, Some(target)) => Some(format!("about: {target}")),
        (None, None) => None,
    }
}

/// When in words, to whom, by what and through whose hands, in a line; nothing where nothing is told beyond the venue.
pub(crate) fn beside(beside: &Beside, venue: Option<&str>) -> Option<String> {
    let parts = beside.parts(venue);
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The rows of a timeline, from top to bottom: every act, then what is no speech.
pub(crate) const LANES: [&str; 16] = [
    "supports",
    "rejects",
    "requests",
    "accuses",
    "warns",
    "promises",
    "concedes",
    "denies",
    "asks",
    "states",
    "thinks",
    "wants",
    "prescribes",
    "learns",
    "does otherwise",
    "act not told",
];

/// The row of a statement: its act, else how it came from its speaker.
pub(crate) fn lane(row: &StatementRow) -> &'static str {
    let word = match (row.act.as_deref(), row.mode.as_deref()) {
        (Some(word), _) => act(word),
        (None, Some("thought")) => "thinks".to_owned(),
        (None, Some("want")) => "wants".to_owned(),
        (None, Some("decree")) => "prescribes".to_owned(),
        (None, Some("perception")) => "learns".to_owned(),
        (None, Some("other")) => "does otherwise".to_owned(),
        (None, _) => String::new(),
    };
    LANES.iter().find(|lane| **lane == word).copied().unwrap_or("act not told")
}

/// What a kind of difference means, in one line.
pub(crate) fn differs_in(word: &str) -> &'static str {
    match word {
        "verb" => "another verb of saying",
        "condition" => "a condition is dropped or added",
        "modality" => "will, may, would",
        "number" => "another figure",
        "scope" => "a part is left out",
        "wording" => "the quoted words differ",
        "speaker" => "credited to another",
        _ => "",
    }
}

/// A kind of speaker as readers say it.
pub(crate) fn speaker_kind(kind: &str) -> &str {
    match kind {
        "unnamed" => "not named",
        other => other,
    }
}

/// A probability with two decimals.
pub(crate) fn probability(p: &f64) -> String {
    format!("{p:.2}")
}

/// A number of things, by whatever the template hands over.
pub(crate) trait Count {
    /// How many.
    fn count(&self) -> i64;
}

impl Count for i64 {
    fn count(&self) -> i64 {
        *self
    }
}

impl Count for usize {
    fn count(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl<C: Count> Count for &C {
    fn count(&self) -> i64 {
        C::count(self)
    }
}

/// "1 report", "2 reports".
pub(crate) fn counted(n: impl Count, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n.count()), if n.count() == 1 { one } else { many })
}

/// "4 reports", "4 reports, 2 of them independent" where some are copies of one another.
pub(crate) fn reports(n: impl Count, independent: impl Count) -> String {
    let all = counted(n.count(), "report", "reports");
    match independent.count() < n.count() {
        true => format!("{all}, {} of them independent", thousands(independent)),
        false => all,
    }
}

/// "12,345".
pub(crate) fn thousands(n: impl Count) -> String {
    let n = n.count();
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The first words of a text, at most `max` characters, cut at a space; "…" tells that there are more.
pub(crate) fn clip(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(max) else { return text };
    let head = &text[..end];
    let cut = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([',', ';', ':', ' ']))
}

/// Names in a row: "Ana Ruiz and Bo Lind"; "speaker not known" for nobody.
pub(crate) fn names(speakers: &[SpeakerRef]) -> String {
    let names: Vec<&str> = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    match names.split_last() {
        None => "Speaker not known".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Whom a speaker speaks for, unless that is the speaker's own name.
pub(crate) fn speaks_for(speaker: &SpeakerRef) -> Option<&str> {
    speaker.of.as_deref().filter(|of| *of != speaker.name)
}

/// Whether a statement has this one speaker and no other, so that the name need not be said again.
pub(crate) fn is_only(row: &StatementRow, slug: &str) -> bool {
    matches!(row.speakers.as_slice(), [one] if one.id.as_deref() == Some(slug))
}

/// The outlet of the article with this id, as far as it is among the articles at hand; else the id.
pub(crate) fn outlet_of<'a>(mut articles: impl Iterator<Item = &'a ArticleRef>, id: &str) -> String {
    let article = articles.find(|article| article.id == id);
    article.and_then(|article| article.outlet.clone()).unwrap_or_else(|| id.to_owned())
}

/// Whether a list holds a word.
pub(crate) fn has(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// A run of words of a passage, with the tags that it needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run<'p> {
    /// The words.
    pub(crate) text: &'p str,
    /// Classes for its part in the quote; empty for the words around it.
    pub(crate) class: String,
    /// Whether it stands out: words that differ or that were searched for.
    pub(crate) mark: bool,
    /// How its words differ, after the last run of a difference.
    pub(crate) label: Option<&'static str>,
    /// The quotes whose first words these are in the passage: targets of links.
    pub(crate) anchors: Vec<&'p str>,
}

/// The runs of a passage. A difference that crosses parts is told once, at its end.
pub(crate) fn runs(passage: &Passage) -> Vec<Run<'_>> {
    let mut seen: Vec<&str> = Vec::new();
    let pieces = &passage.pieces;
    pieces
        .iter()
        .enumerate()
        .map(|(idx, piece)| {
            let goes_on = pieces.get(idx + 1).is_some_and(|next| next.differs == piece.differs);
            let mut anchors = Vec::new();
            if let Some(quote) = piece.quote.as_deref().filter(|quote| !seen.contains(quote)) {
                seen.push(quote);
                anchors.push(quote);
            }
            Run {
                text: &piece.text,
                class: class(piece),
                mark: piece.differs.is_some() || piece.hit,
                label: piece.differs.filter(|_| !goes_on),
                anchors,
            }
        })
        .collect()
}

fn class(piece: &Piece) -> String {
    let mut classes: Vec<&str> = Vec::new();
    classes.extend(piece.part.map(|part| match part {
        "source" => "r-source",
        "cue" => "r-cue",
        _ => "r-content",
    }));
    if piece.condition {
        classes.push("r-condition");
    }
    classes.join(" ")
}

/// Whether an address leads to the web: nothing else is made a link.
pub(crate) fn is_web(url: &str) -> bool {
    let head = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://")
}

/// Text as it stands in the query of an address: everything but letters, digits and `-._~` as `%XX`.
pub(crate) fn in_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        assert_eq!(date("2031-03-04"), "4 March 2031");
        assert_eq!(date("2031-03-04T10:20:30+02:00"), "4 March 2031");
        assert_eq!(date("soon"), "soon");
        assert_eq!(time_of_day("2031-03-04T10:20:30+02:00").as_deref(), Some("10:20 UTC+02:00"));
        assert_eq!(time_of_day("2031-03-04T10:20:30Z").as_deref(), Some("10:20 UTC"));
        assert_eq!(time_of_day("2031-03-04T10:20:30").as_deref(), Some("10:20"));
        assert_eq!(time_of_day("2031-03-04"), None);
        assert_eq!(
            days(Some("2031-03-04"), Some("2031-03-05")).as_deref(),
            Some("4 March 2031 to 5 March 2031")
        );
        assert_eq!(days(None, None), None);
    }

    #[test]
    fn long_words_are_clipped_at_a_space() {
        assert_eq!(clip("one two three", 20), "one two three");
        assert_eq!(clip("one two, three", 10), "one two…");
        assert_eq!(clip("Überlängeohneleerzeichen", 5), "Überl…");
    }

    #[test]
    fn every_act_has_its_row() {
        for word in onrecord_terms::Act::ALL {
            assert!(LANES.contains(&act(word.as_str()).as_str()), "{word}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(thousands(0i64), "0");
        assert_eq!(thousands(1234567i64), "1,234,567");
        assert_eq!(counted(1usize, "report", "reports"), "1 report");
        assert_eq!(reports(1usize, 1usize), "1 report");
        assert_eq!(reports(4usize, 2usize), "4 reports, 2 of them independent");
        assert_eq!(counted(1000i64, "report", "reports"), "1,000 reports");
    }

    #[test]
    fn a_query_is_escaped() {
        assert_eq!(in_query("a b&c=é"), "a%20b%26c%3D%C3%A9");
    }

    fn piece(text: &str, part: Option<&'static str>, differs: Option<&'static str>) -> Piece {
        Piece { text: text.to_owned(), part, differs, ..Piece::default() }
    }

    #[test]
    fn a_difference_is_told_once_at_its_end() {
        let passage = Passage {
            place: "text".to_owned(),
            start: 0,
            end: 12,
            pieces: vec![
                piece("Ruiz ", Some("source"), None),
                piece("claimed", Some("cue"), Some("verb")),
                piece(" that", None, Some("verb")),
                piece(" ten", Some("content"), Some("number")),
                piece(".", None, None),
            ],
        };
        let runs = runs(&passage);
        let labels: Vec<_> = runs.iter().map(|run| (run.mark, run.label)).collect();
        assert_eq!(
            labels,
            [(false, None), (true, None), (true, Some("verb")), (true, Some("number")), (false, None)]
        );
        assert_eq!(runs[1].class, "r-cue");
        assert_eq!(runs[4].class, "");
    }
}
