//! What did a person mark? From paragraphs with their attributions marked in the text to spans.
//!
//! The gold is written as Markdown that people read: `## id · manner` opens a paragraph, one sentence a line,
//! a blank line where the report has a new paragraph. In the text, `[S1: the mayor]` is the source of
//! attribution 1, `[C1: said]` its cue, and `[D1: …]`, `[M1: …]` or `[I1: …]` its content, direct, mixed or
//! indirect; `[S1,2: she]` serves two. Marks do not nest, so no two spans can overlap. A bracket that opens
//! nothing of this form is the report's own.

use crate::Error;
use crate::scores::Scores;
use crate::suite::with_extension;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How the ids of each kind of English begin: British, Indian, Middle Eastern, translated.
pub const ENGLISHES: [&str; 4] = ["uk", "in", "me", "tr"];

/// A paragraph of gold, with what is marked in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The first word of its heading.
    pub id: String,
    /// The rest of its heading: what kind of report it imitates.
    pub manner: String,
    /// The report's own text, without the marks.
    pub text: String,
    /// In the order of their numbers.
    pub attributions: Vec<Attribution>,
}

/// One attribution; spans are half-open, in Unicode code points into [`Marked::text`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// At most two; none where the source is missing.
    pub source: Vec<[usize; 2]>,
    /// At most one.
    pub cue: Vec<[usize; 2]>,
    /// At least one.
    pub content: Vec<[usize; 2]>,
    /// `direct`, `mixed` or `indirect`.
    pub quote: &'static str,
}

/// Reads every file of marked paragraphs in a folder, by name.
///
/// # Errors
/// If a file cannot be read, or as [`read`] does.
pub fn folder(folder: &Path) -> Result<Vec<Marked>, Error> {
    let mut all = Vec::new();
    for file in with_extension(folder, "md")? {
        all.extend(read(&fs::read_to_string(&file).map_err(|e| Error::new(file.display(), e))?)?);
    }
    Ok(all)
}

/// Reads a file of marked paragraphs.
///
/// # Errors
/// If a mark is open, empty or nested, or an attribution is not whole; the error names the paragraph.
pub fn read(markdown: &str) -> Result<Vec<Marked>, Error> {
    sections(markdown).into_iter().map(|(heading, body)| paragraph(heading, &body)).collect()
}

/// The paragraph in the form that the scorer and the program read: one JSON object.
pub fn line(marked: &Marked) -> Value {
    let attributions: Vec<Value> = marked
        .attributions
        .iter()
        .zip(1..)
        .map(|(a, id): (_, usize)| {
            json!({"id": id, "source": a.source, "cue": a.cue, "content": a.content, "quote": a.quote})
        })
        .collect();
    json!({
        "doc_id": marked.id,
        "publisher": "own",
        "date": "2026-11-20",
        "title": "",
        "author": "",
        "text": marked.text,
        "attributions": attributions,
    })
}

/// Of each kind, the percentage of attributions with whose content some quote in the lines of `stage quotes` overlaps.
pub fn found(paragraphs: &[Marked], lines: &str) -> Scores {
    let lines: Vec<Value> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for marked in paragraphs {
        let quotes =
            lines.iter().find(|line| line["id"] == marked.id).and_then(|line| line["quotes"].as_array());
        let spans: Vec<[usize; 2]> = quotes
            .into_iter()
            .flatten()
            .filter(|quote| quote["in"] != "title")
            .filter_map(|quote| serde_json::from_value::<Vec<[usize; 2]>>(quote["content"].clone()).ok())
            .flatten()
            .collect();
        for attribution in &marked.attributions {
            let overlaps = |own: &[usize; 2]| spans.iter().any(|s| s[0] < own[1] && own[0] < s[1]);
            let [n_found, n] = counts.entry(attribution.quote).or_default();
            *n += 1;
            *n_found += usize::from(attribution.content.iter().any(overlaps));
        }
    }
    let percent = |[n_found, n]: [usize; 2]| 100.0 * n_found as f64 / n as f64;
    counts.into_iter().map(|(kind, count)| (format!("found_{kind}"), percent(count))).collect()
}

/// Headings of the second rank, each with its text: lines joined by a blank, paragraphs by an empty line.
fn sections(markdown: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    let mut broken = false;
    for line in markdown.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push((heading, String::new()));
        } else if let Some((_, body)) = sections.last_mut() {
            match (line.is_empty(), body.is_empty()) {
                (true, _) => broken = true,
                (false, true) => body.push_str(line),
                (false, false) => {
                    body.push_str(if broken { "\n\n" } else { " " });
                    body.push_str(line);
                }
            }
            broken &= line.is_empty();
        }
    }
    sections
}

/// A mark that is still open: its letter, its numbers, and where it began.
struct Open {
    letter: char,
    numbers: Vec<usize>,
    start: usize,
}

fn paragraph(heading: &str, body: &str) -> Result<Marked, Error> {
    let (id, manner) = heading.split_once(" · ").unwrap_or((heading, ""));
    let wrong = |why: String| Error::new(format!("paragraph {id}"), why);
    let mut text = String::new();
    let mut points = 0;
    let mut own_brackets = 0;
    let mut open: Option<Open> = None;
    let mut found: BTreeMap<usize, Attribution> = BTreeMap::new();
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        if let Some((letter, numbers, after)) = opening(rest) {
            if open.is_some() {
                return Err(wrong(format!("a mark within a mark at {rest:.40?}")));
            }
            open = Some(Open { letter, numbers, start: points });
            rest = after;
            continue;
        }
        rest = &rest[character.len_utf8()..];
        if character == ']' && own_brackets == 0 {
            let Some(mark) = open.take() else { return Err(wrong("a ] that closes nothing".to_owned())) };
            let span = [mark.start, points];
            let words: String = text.chars().skip(span[0]).collect();
            if words.is_empty() || words.trim() != words {
                return Err(wrong(format!("{}{:?} marks {words:?}", mark.letter, mark.numbers)));
            }
            for number in mark.numbers {
                put(found.entry(number).or_default(), mark.letter, span, &words)
                    .map_err(|why| wrong(format!("attribution {number}: {why}")))?;
            }
            continue;
        }
        match character {
            '[' => own_brackets += 1,
            ']' => own_brackets -= 1,
            _ => {}
        }
        text.push(character);
        points += 1;
    }
    if open.is_some() {
        return Err(wrong("a mark stays open".to_owned()));
    }
    for (place, (number, attribution)) in (1..).zip(&found) {
        if place != *number {
            return Err(wrong(format!("attribution {place} is missing")));
        }
        if attribution.content.is_empty() {
            return Err(wrong(format!("attribution {number} has no content")));
        }
    }
    let attributions = found.into_values().collect();
    Ok(Marked { id: id.to_owned(), manner: manner.to_owned(), text, attributions })
}

/// The letter and numbers of a mark that opens at the head of `text`, and what comes after it.
fn opening(text: &str) -> Option<(char, Vec<usize>, &str)> {
    let (head, after) = text.strip_prefix('[')?.split_once(": ")?;
    let letter = head.chars().next().filter(|c| "SCDMI".contains(*c))?;
    let numbers = head[1..].split(',').map(|n| n.parse().ok()).collect::<Option<Vec<usize>>>()?;
    Some((letter, numbers, after))
}

/// Adds one marked span to an attribution.
fn put(attribution: &mut Attribution, letter: char, span: [usize; 2], words: &str) -> Result<(), String> {
    let (spans, most) = match letter {
        'S' => (&mut attribution.source, 2),
        'C' => (&mut attribution.cue, 1),
        _ => (&mut attribution.content, usize::MAX),
    };
    spans.push(span);
    if spans.len() > most {
        return Err(format!("too many of {letter}"));
    }
    let kind = match letter {
        'D' => "direct",
        'M' => "mixed",
        'I' => "indirect",
        _ => return Ok(()),
    };
    if !attribution.quote.is_empty() && attribution.quote != kind {
        return Err(format!("both {} and {kind}", attribution.quote));
    }
    attribution.quote = kind;
    match kind == "direct" && !words.starts_with(['“', '‘', '"', '\'', '«', '„', '—']) {
        true => Err(format!("direct, but no mark before {words:?}")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str) -> Marked {
        read(markdown).unwrap().remove(0)
    }

    fn words(marked: &Marked, span: [usize; 2]) -> String {
        marked.text.chars().skip(span[0]).take(span[1] - span[0]).collect()
    }

    #[test]
    fn marks_become_spans_in_code_points() {
        let marked =
            check("# A\n\n## a1 · court\n\n[D1: “Né,”] [S1,2: Ó] [C1: said],\n[C2: adding] [I2: more].\n");
        assert_eq!(marked.text, "“Né,” Ó said, adding more.");
        assert_eq!((marked.id.as_str(), marked.manner.as_str()), ("a1", "court"));
        let [one, two] = &marked.attributions[..] else { panic!("{marked:?}") };
        assert_eq!((one.quote, two.quote), ("direct", "indirect"));
        assert_eq!(one.source, two.source);
        assert_eq!([words(&marked, one.content[0]), words(&marked, two.cue[0])], ["“Né,”", "adding"]);
    }

    #[test]
    fn paragraphs_are_kept_apart_and_brackets_of_the_report_stay() {
        let marked = check("## a1\n\n[D1: ‘We [the board] knew.]\n\n[D1: ‘Yes.’]\n\n");
        assert_eq!(marked.text, "‘We [the board] knew.\n\n‘Yes.’");
        assert_eq!(marked.attributions[0].content, [[0, 21], [23, 29]]);
    }

    #[test]
    fn found_is_any_overlap_with_the_content() {
        let marked =
            check("## a1\n\n[D1: “Yes,”] [S1: he] [C1: said]. [I2: So it was], [S2: she] [C2: felt].");
        let lines = r#"{"id": "a1", "quotes": [{"in": "text", "content": [[1, 3]]}, {"content": [[6, 8]]}]}"#;
        let expected = [("found_direct", 100.0), ("found_indirect", 0.0)];
        assert_eq!(found(&[marked], lines), expected.map(|(n, v)| (n.to_owned(), v)).into());
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        for (body, why) in [
            ("[I1: so", "open"),
            ("so]", "closes nothing"),
            ("[I1: a [S1: b] c]", "within"),
            ("[I1: a ]", "marks"),
            ("[S1: he] [C1: said]", "no content"),
            ("[I2: so]", "missing"),
            ("[I1: so] [D1: “a”]", "both"),
            ("[D1: so]", "no mark"),
            ("[I1: so] [C1: a] [C1: b]", "too many"),
        ] {
            let error = read(&format!("## a1\n{body}\n")).unwrap_err().to_string();
            assert!(error.contains(why), "{body}: {error}");
        }
    }

    #[test]
    fn the_gold_is_sixty_paragraphs_and_a_fifth_hold_nothing() {
        let all = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("gold/paragraphs")).unwrap();
        assert_eq!(all.len(), 60);
        for english in ENGLISHES {
            assert_eq!(all.iter().filter(|p| p.id.starts_with(english)).count(), 15, "{english}");
        }
        let ids: std::collections::BTreeSet<&str> = all.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids.len(), 60);
        assert_eq!(all.iter().filter(|p| p.attributions.is_empty()).count(), 12);
        for marked in &all {
            let n_words = marked.text.split_whitespace().count();
            assert!((55..=130).contains(&n_words), "{}: {n_words} words", marked.id);
            let silent = marked.manner.ends_with("nobody quoted");
            assert_eq!(silent, marked.attributions.is_empty(), "{}", marked.id);
        }
    }
}
