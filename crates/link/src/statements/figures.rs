//! Which figures does a text give, and of what? Numbers in digits or words with the nouns that they count; spans of
//! time in one unit, so that a week is seven days.

use super::telling::figure;

/// A word of a text for reading figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a> {
    pub(crate) folded: &'a str,
    /// Its term; stop words have none.
    pub(crate) term: Option<&'a str>,
}

/// A figure that counts something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// First word and the one past the last.
    pub(crate) words: (usize, usize),
    /// In hours for a span of time.
    pub(crate) value: f64,
    /// Terms of what is counted, at most two; the one word "time" for a span of time.
    pub(crate) of: Vec<String>,
}

impl Figure {
    /// Whether both count the same and the figures are not equal.
    pub(crate) fn contradicts(&self, other: &Figure) -> bool {
        self.counts_as(other) && !self.equals(other)
    }

    /// Whether both count the same.
    pub(crate) fn counts_as(&self, other: &Figure) -> bool {
        self.of.iter().any(|noun| other.of.contains(noun))
    }

    pub(crate) fn equals(&self, other: &Figure) -> bool {
        (self.value - other.value).abs() <= 1e-6 * self.value.abs().max(1.0)
    }
}

/// Words after a figure among which its noun is looked for.
const REACH: usize = 4;
/// The noun of a span of time.
const TIME: &str = "time";

/// The figures among some words, in order; those that count nothing are left out.
pub(crate) fn figures(words: &[Read]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut waiting: Vec<Figure> = Vec::new(); // "from 90 to 180 days": the noun of the next
    let mut at = 0;
    while at < words.len() {
        let Some((value, n)) = number(&words[at..]) else {
            at += 1;
            continue;
        };
        let after = &words[(at + n).min(words.len())..];
        let mut figure = Figure { words: (at, at + n), value, of: Vec::new() };
        for word in after.iter().take(REACH) {
            if let Some(hours) = hours(word.folded) {
                if figure.of.is_empty() {
                    figure.value *= hours;
                    figure.of = vec![TIME.to_owned()];
                }
                break;
            }
            if number(&[*word]).is_some() || figure.of.len() == 2 {
                break;
            }
            figure.of.extend(word.term.map(str::to_owned));
        }
        at += n;
        let joined = matches!(after.first().map(|w| w.folded), Some("to" | "or" | "and"));
        if joined && after.len() > 1 && number(&after[1..]).is_some() {
            figure.of.clear();
            waiting.push(figure);
            continue;
        }
        for mut other in waiting.drain(..) {
            other.of.clone_from(&figure.of);
            if figure.of.first().is_some_and(|noun| noun == TIME) {
                other.value *= after.first().and_then(|w| hours(w.folded)).unwrap_or(1.0);
            }
            found.push(other);
        }
        found.push(figure);
    }
    found.extend(waiting);
    found.retain(|figure| !figure.of.is_empty());
    found
}

/// Hours of a unit of time.
fn hours(folded: &str) -> Option<f64> {
    Some(match folded.strip_suffix('s').unwrap_or(folded) {
        "hour" => 1.0,
        "day" => 24.0,
        "week" => 7.0 * 24.0,
        "fortnight" => 14.0 * 24.0,
        "month" => 30.0 * 24.0,
        "year" => 365.0 * 24.0,
        _ => return None,
    })
}

/// The number at the head of some words with how many words it takes. "a week" is one week; a bare year is no count.
fn number(words: &[Read]) -> Option<(f64, usize)> {
    let first = words.first()?.folded;
    if matches!(first, "a" | "an" | "one") {
        let unit = words.get(1).and_then(|w| hours(w.folded));
        return unit.map(|_| (1.0, 1));
    }
    let mut at = 1;
    let mut value = if first.starts_with(|c: char| c.is_ascii_digit()) {
        figure(first)?.parse().ok()?
    } else {
        let tens = tens(first);
        let ones = words.get(1).and_then(|w| small(w.folded)).filter(|ones| *ones < 10.0);
        match (tens, ones) {
            (Some(tens), Some(ones)) => {
                at = 2;
                tens + ones
            }
            (Some(tens), None) => tens,
            (None, _) => small(first)?,
        }
    };
    while let Some(times) = words.get(at).and_then(|w| magnitude(w.folded)) {
        value *= times;
        at += 1;
    }
    Some((value, at))
}

fn small(folded: &str) -> Option<f64> {
    if folded == "one" {
        return Some(1.0);
    }
    let is_word = !folded.starts_with(|c: char| c.is_ascii_digit());
    figure(folded).filter(|_| is_word)?.parse().ok().filter(|value| *value < 20.0)
}

fn tens(folded: &str) -> Option<f64> {
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|word| *word == folded).map(|at| 10.0 * (at + 2) as f64)
}

fn magnitude(folded: &str) -> Option<f64> {
    match folded {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_infer::{fold, term, tokens};

    fn of(text: &str) -> Vec<(f64, String)> {
        let words: Vec<(String, Option<String>)> =
            tokens(text).map(|t| (fold(t.word), term(t.word))).collect();
        let read: Vec<Read> =
            words.iter().map(|(folded, term)| Read { folded, term: term.as_deref() }).collect();
        figures(&read).into_iter().map(|f| (f.value, f.of.join(" "))).collect()
    }

    #[test]
    fn figures_bear_their_nouns_and_one_unit() {
        assert_eq!(of("a week"), [(168.0, "time".to_owned())]);
        assert_eq!(of("ten days of leave"), [(240.0, "time".to_owned())]);
        assert_eq!(of("from 90 to 180 days"), [(2160.0, "time".to_owned()), (4320.0, "time".to_owned())]);
        assert_eq!(of("forty-one boats"), [(41.0, "boat".to_owned())]);
        assert_eq!(of("two thousand boats"), of("2,000 boats"));
        assert_eq!(of("a boat"), []);
        assert_eq!(of(""), []);
    }
}
