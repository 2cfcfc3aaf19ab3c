//! What did the scorer say? From the lines that a scorer prints to named numbers.
//!
//! The scorers print for people: labels and numbers in fixed places. Each function here knows one scorer's form.

use std::collections::BTreeMap;

/// Named numbers of one run: percent unless the name says otherwise.
pub type Scores = BTreeMap<String, f64>;

/// All numbers in a line, in order; a number glued to a word (`F1`) or to a slash of words is not one.
fn numbers(line: &str) -> Vec<f64> {
    line.split(|c: char| c.is_whitespace() || "()%{},:;/".contains(c))
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// The number that follows `label` in `line`.
fn after(line: &str, label: &str) -> Option<f64> {
    let at = line.find(label)? + label.len();
    numbers(&line[at..]).first().copied()
}

/// `quotes.py`: exact and character scores of the three parts, and recall by kind.
pub fn quotes(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some(part @ ("source" | "cue" | "content")), Some(how @ ("exact" | "char"))) => {
                if let [p, r, f1] = numbers(line)[..] {
                    scores.insert(format!("{part}_{how}_p"), p);
                    scores.insert(format!("{part}_{how}_r"), r);
                    scores.insert(format!("{part}_{how}_f1"), f1);
                }
            }
            (Some("ATTR"), Some(how)) => {
                scores.extend(after(line, "F1").map(|v| (format!("{how}_f1"), v)));
                for kind in ["direct", "mixed", "indirect"] {
                    let recall = after(line, &format!("'{kind}':"));
                    scores.extend(recall.map(|v| (format!("{how}_recall_{kind}"), v)));
                }
            }
            _ => {}
        }
    }
    scores
}

/// Lines of `stage quotes` over pages on which nobody is quoted: how many quotes, on how many pages.
pub fn plain(lines: &str) -> Scores {
    let found = lines.lines().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(line["quotes"].as_array().map_or(0, Vec::len))
    });
    let (mut n_pages, mut n_false) = (0, 0);
    for n_quotes in found {
        n_pages += 1;
        n_false += n_quotes;
    }
    [("pages_n", n_pages), ("false_n", n_false)].map(|(name, n)| (name.to_owned(), n as f64)).into()
}

/// `learn-acts`: what is told eightfold.
pub fn acts(printed: &str) -> Scores {
    let of = |name: &str| {
        let label = format!("eightfold {name}");
        printed.lines().find_map(|line| after(line, &label)).map(|value| (format!("{name}_eightfold"), value))
    };
    ["mode", "act"].iter().filter_map(|name| of(name)).collect()
}

/// `speakers.py`.
pub fn speakers(printed: &str) -> Scores {
    let labels = [
        ("found (content overlap)", "found"),
        ("of found: speaker strict", "strict"),
        ("of found: speaker lenient", "lenient"),
        ("of found: speaker type", "type"),
        ("lenient, source is name", "lenient_name"),
        ("lenient, source is pronoun", "lenient_pronoun"),
        ("lenient, source is none", "lenient_none"),
        ("of found: mode", "mode"),
        ("of found: act (speech only)", "act"),
    ];
    let mut scores = Scores::new();
    for line in printed.lines() {
        for (label, name) in labels {
            if line.trim_start().starts_with(label) {
                scores.extend(after(line, label).map(|v| (name.to_owned(), v)));
            }
        }
        if line.starts_with("end to end") {
            scores.extend(after(line, "F1").map(|v| ("end_to_end_f1".to_owned(), v)));
        }
    }
    scores
}

/// `statements.py`.
pub fn statements(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines().filter(|line| line.starts_with("precision")) {
        let parts = [
            ("precision", "link_precision"),
            ("recall", "link_recall"),
            ("F1", "link_f1"),
            ("strict F1", "strict_f1"),
        ];
        for (label, name) in parts {
            scores.extend(after(line, label).map(|v| (name.to_owned(), v)));
        }
    }
    scores
}

/// `clusters.py`.
pub fn clusters(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines() {
        if line.starts_with("BCubed") {
            scores.extend(after(line, "F1").map(|v| ("bcubed_f1".to_owned(), v)));
        } else if line.starts_with("pairwise") {
            scores.extend(after(line, "F1").map(|v| ("pairwise_f1".to_owned(), v)));
        }
    }
    scores
}

/// `copies.py`: the score, and how many pairs that are none were called copies (`called_q_n`: shared quotes only,
/// `called_b_n`: shared boilerplate only, `called_n_n`: independent).
pub fn copies(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines() {
        scores.extend(after(line, " F1").map(|v| ("f1".to_owned(), v)));
        let called = line.split_once("by label:").map_or("", |(_, called)| called);
        for (label, name) in [(" Q ", "called_q_n"), (" B ", "called_b_n"), (" N ", "called_n_n")] {
            scores.extend(after(called, label).map(|v| (name.to_owned(), v)));
        }
    }
    scores
}

/// `articles.py`.
pub fn articles(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines() {
        let (label, name, mark) = match line.split_whitespace().next() {
            Some("body") => ("body", "body_f1", " F1"),
            Some("parts") => ("parts", "parts_f1", " F1"),
            Some("paragraphs") => ("paragraphs", "paragraphs_f1", " F1"),
            Some("title") => ("title", "title", "title"),
            Some("date") => ("date", "date", "date"),
            Some("author") => ("author", "author_f1", " F1"),
            _ => continue,
        };
        debug_assert!(line.starts_with(label));
        scores.extend(after(line, mark).map(|v| (name.to_owned(), v)));
    }
    scores
}

/// `seeds.py`: counts, with how many there are in all left to the gold.
pub fn reports(printed: &str) -> Scores {
    let mut scores = Scores::new();
    for line in printed.lines() {
        match line.split_whitespace().next() {
            Some(kind @ ("direct" | "mixed" | "indirect")) => {
                let parts = [
                    ("found", "found"),
                    ("exact content", "exact"),
                    ("right speaker", "speaker"),
                    ("both", "both"),
                ];
                for (label, name) in parts {
                    scores.extend(after(line, label).map(|v| (format!("{kind}_{name}_n"), v)));
                }
            }
            Some("quotes") => {
                let label = "answer to nothing in the gold:";
                scores.extend(after(line, label).map(|v| ("answer_to_nothing_n".to_owned(), v)));
                scores.insert("one_word_direct_n".to_owned(), tuples(line));
            }
            Some("body") => drop(scores.insert("body_lines_lost_n".to_owned(), tuples(line))),
            Some("boilerplate") => drop(scores.insert("boilerplate_left_n".to_owned(), tuples(line))),
            _ => {}
        }
    }
    scores
}

/// How many tuples a printed list holds: `none` is 0.
fn tuples(line: &str) -> f64 {
    line.matches("('").count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &Scores, expected: &[(&str, f64)]) {
        for (name, value) in expected {
            assert_eq!(scores.get(*name), Some(value), "{name} in {scores:?}");
        }
    }

    #[test]
    fn quotes_gives_every_part() {
        let printed = "source  exact  P  60.0  R  50.0  F1  54.5\n\
                       ATTR relaxed    P  70.0  R  65.0  F1  67.4  recall by type: {'direct': 96.5, 'indirect': 50.1, 'mixed': 80.0}";
        check(
            &quotes(printed),
            &[("source_exact_f1", 54.5), ("relaxed_f1", 67.4), ("relaxed_recall_indirect", 50.1)],
        );
    }

    #[test]
    fn plain_counts_every_quote() {
        let lines = "{\"id\": \"a\", \"quotes\": [{}, {}]}\n{\"id\": \"b\", \"quotes\": []}\n";
        check(&plain(lines), &[("pages_n", 2.0), ("false_n", 2.0)]);
    }

    #[test]
    fn speakers_gives_percentages_not_counts() {
        let printed =
            "of found: speaker lenient       82.5 (701/850)\n   lenient, source is pronoun    71.0 (10/14)";
        check(&speakers(printed), &[("lenient", 82.5), ("lenient_pronoun", 71.0)]);
    }

    #[test]
    fn acts_are_told_eightfold() {
        let printed = "eightfold mode 91.6 (1127/1230)\neightfold act 63.2 (624/987)";
        check(&acts(printed), &[("mode_eightfold", 91.6), ("act_eightfold", 63.2)]);
    }

    #[test]
    fn statements_tells_f1_from_strict_f1() {
        let printed = "precision  90.0  recall  40.0  F1  55.4   strict precision  60.0  strict F1  48.0";
        check(&statements(printed), &[("link_precision", 90.0), ("link_f1", 55.4), ("strict_f1", 48.0)]);
    }

    #[test]
    fn reports_counts_what_is_listed() {
        let printed = "direct    gold  18  found  18 (100%)  exact content  17 (94%)  right speaker  18 (100%)  both  17 (94%)\n\
                       quotes that answer to nothing in the gold: 7; one-word \"direct quotes\": [('000', 'x')]\n\
                       body lines lost: none\nboilerplate left in the text: [('000', 'a'), ('001', 'b')]";
        let expected = [("direct_found_n", 18.0), ("direct_speaker_n", 18.0), ("answer_to_nothing_n", 7.0)];
        check(&reports(printed), &expected);
        check(
            &reports(printed),
            &[("one_word_direct_n", 1.0), ("body_lines_lost_n", 0.0), ("boilerplate_left_n", 2.0)],
        );
    }

    #[test]
    fn articles_and_clusters_find_their_f1() {
        check(
            &articles("body       P  91.0  R  92.0  F1  91.5   bad 12.0%  (144 pages)"),
            &[("body_f1", 91.5)],
        );
        check(
            &articles("date        97.2% right of all,  98.0% of those given  (144 pages)"),
            &[("date", 97.2)],
        );
        check(&clusters("BCubed   P  95.0  R  91.0  F1  93.0"), &[("bcubed_f1", 93.0)]);
        check(
            &copies("copies P  90.0  R  80.0  F1  84.7   called a copy, by label: B 0/5, C 27/31, Q 2/28"),
            &[("f1", 84.7), ("called_b_n", 0.0), ("called_q_n", 2.0)],
        );
    }
}
