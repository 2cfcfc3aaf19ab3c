//! Which article was made from which? From base reports and the edits that made copies of them to whole texts.
//!
//! A file of `gold/copies` holds one story. `## id · outlet · date · title` opens a report; each line is a
//! paragraph. What was taken from the first report of the file is told, not repeated: `= 1 2` takes its
//! paragraphs 1 and 2, and a `- old` with its `+ new` below changes words in what was taken last. `& name`
//! appends a section of `boilerplate.md`. So a copy can be read as an editor's work, and cannot be off by a letter.

use crate::Error;
use crate::suite::with_extension;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One report, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its name in the list of pairs.
    pub id: String,
    /// Who ran it.
    pub outlet: String,
    /// The day, as `2026-03-02`.
    pub date: String,
    /// Its headline.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The report in the form that the program reads: one JSON object.
pub fn line(report: &Report) -> Value {
    json!({
        "id": report.id,
        "date": report.date,
        "outlet": report.outlet,
        "title": report.title,
        "text": report.paragraphs.join("\n"),
    })
}

/// A folder's reports and the pairs among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Gold {
    /// Story by story.
    pub reports: Vec<Report>,
    /// As [`pairs`] gives them.
    pub pairs: Vec<Value>,
}

/// Reads `gold/copies`: every story, `boilerplate.md`, and `pairs.tsv`.
///
/// # Errors
/// If a file cannot be read, or as [`read`] and [`pairs`] do.
pub fn folder(folder: &Path) -> Result<Gold, Error> {
    let text = |path: &Path| fs::read_to_string(path).map_err(|e| Error::new(path.display(), e));
    let boilerplate = boilerplate(&text(&folder.join("boilerplate.md"))?);
    let mut reports = Vec::new();
    for file in with_extension(folder, "md")? {
        if !file.ends_with("boilerplate.md") {
            reports.extend(read(&text(&file)?, &boilerplate)?);
        }
    }
    Ok(Gold { reports, pairs: pairs(&text(&folder.join("pairs.tsv"))?)? })
}

/// Sections of boilerplate by name.
pub fn boilerplate(markdown: &str) -> BTreeMap<String, Vec<String>> {
    sections(markdown)
        .into_iter()
        .map(|(name, lines)| (name.to_owned(), lines.into_iter().map(str::to_owned).collect()))
        .collect()
}

/// The reports of one story, copies written out.
///
/// # Errors
/// If a heading is not whole, or an edit does not fit what it edits; the error names the report.
pub fn read(markdown: &str, boilerplate: &BTreeMap<String, Vec<String>>) -> Result<Vec<Report>, Error> {
    let mut reports: Vec<Report> = Vec::new();
    for (heading, lines) in sections(markdown) {
        let report = report(heading, &lines, reports.first(), boilerplate)
            .map_err(|why| Error::new(format!("report {heading:.20?}"), why))?;
        reports.push(report);
    }
    Ok(reports)
}

/// The pairs in the form that the scorer reads: `a`, `b`, `label`.
///
/// # Errors
/// If a line has no four cells or a label of another kind.
pub fn pairs(table: &str) -> Result<Vec<Value>, Error> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| match row.split('\t').collect::<Vec<_>>()[..] {
        [a, b, label @ ("C" | "D" | "Q" | "B" | "N"), _] => Ok(json!({"a": a, "b": b, "label": label})),
        _ => Err(Error::new("pairs.tsv", format!("not a pair: {row:?}"))),
    })
    .collect()
}

/// Headings of the second rank, each with the lines below it that are not empty.
fn sections(markdown: &str) -> Vec<(&str, Vec<&str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in markdown.lines() {
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading, Vec::new())),
            (None, Some((_, lines))) if !line.is_empty() => lines.push(line),
            _ => {}
        }
    }
    sections
}

fn report(
    heading: &str,
    lines: &[&str],
    base: Option<&Report>,
    boilerplate: &BTreeMap<String, Vec<String>>,
) -> Result<Report, String> {
    let [id, outlet, date, title] = heading.split(" · ").collect::<Vec<_>>()[..] else {
        return Err("a heading is `id · outlet · date · title`".to_owned());
    };
    let mut paragraphs: Vec<String> = Vec::new();
    let mut taken = 0..0;
    let mut old = None;
    for line in lines {
        if let Some(numbers) = line.strip_prefix("= ") {
            let start = paragraphs.len();
            for number in numbers.split(' ') {
                let place = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                let paragraph = place.and_then(|place| base?.paragraphs.get(place));
                paragraphs.push(paragraph.ok_or(format!("no paragraph {number} to take"))?.clone());
            }
            taken = start..paragraphs.len();
        } else if let Some(words) = line.strip_prefix("- ") {
            old = Some(words);
        } else if let Some(new) = line.strip_prefix("+ ") {
            let old = old.take().ok_or(format!("nothing is to become {new:?}"))?;
            let places: usize = paragraphs[taken.clone()].iter().map(|p| p.matches(old).count()).sum();
            if places != 1 {
                return Err(format!("{old:?} stands in {places} places"));
            }
            for paragraph in &mut paragraphs[taken.clone()] {
                *paragraph = paragraph.replacen(old, new, 1);
            }
        } else if let Some(name) = line.strip_prefix("& ") {
            paragraphs
                .extend(boilerplate.get(name).ok_or(format!("no boilerplate {name:?}"))?.iter().cloned());
        } else {
            paragraphs.push((*line).to_owned());
        }
    }
    match old {
        Some(old) => Err(format!("{old:?} becomes nothing")),
        None => Ok(Report {
            id: id.to_owned(),
            outlet: outlet.to_owned(),
            date: date.to_owned(),
            title: title.to_owned(),
            paragraphs,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const STORY: &str = "# A\n\n## a · Wire · 2026-01-01 · One\n\nThe cat sat.\nThe dog lay.\n\n";

    fn second(body: &str) -> Result<Report, Error> {
        let box_ = BTreeMap::from([("box".to_owned(), vec!["Subscribe.".to_owned()])]);
        Ok(read(&format!("{STORY}## b · Echo · 2026-01-02 · Two\n{body}\n"), &box_)?.remove(1))
    }

    #[test]
    fn a_copy_is_its_edits_written_out() {
        let copy = second("Own lead.\n= 2 1\n- cat sat\n+ cat, aged 3, sat\n& box").unwrap();
        assert_eq!(copy.paragraphs, ["Own lead.", "The dog lay.", "The cat, aged 3, sat.", "Subscribe."]);
        assert_eq!((copy.outlet.as_str(), copy.date.as_str()), ("Echo", "2026-01-02"));
    }

    #[test]
    fn edits_that_do_not_fit_are_refused() {
        for (body, why) in [
            ("= 3", "no paragraph 3"),
            ("= 1\n- cow\n+ ox", "in 0 places"),
            ("= 1 2\n- The\n+ A", "in 2 places"),
            ("+ new", "nothing is to become"),
            ("= 1\n- cat", "becomes nothing"),
            ("& bag", "no boilerplate"),
        ] {
            let error = second(body).unwrap_err().to_string();
            assert!(error.contains(why), "{body}: {error}");
        }
    }

    #[test]
    fn the_gold_is_sixty_pairs_of_whole_reports() {
        let gold = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("gold/copies")).unwrap();
        let (reports, pairs) = (&gold.reports, &gold.pairs);
        for report in reports {
            let n_words = report.paragraphs.iter().flat_map(|p| p.split_whitespace()).count();
            assert!((125..=450).contains(&n_words), "{}: {n_words} words", report.id);
        }
        let ids: BTreeSet<&str> = reports.iter().map(|report| report.id.as_str()).collect();
        assert_eq!((reports.len(), ids.len()), (60, 60));
        assert_eq!(pairs.len(), 60);
        for pair in pairs {
            assert!(["a", "b"].iter().all(|side| ids.contains(pair[*side].as_str().unwrap())), "{pair}");
        }
        let n_misleading = pairs.iter().filter(|pair| pair["label"] == "Q" || pair["label"] == "B").count();
        assert!(n_misleading >= 15);
    }
}
