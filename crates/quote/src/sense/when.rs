//! On what day was it said? Words beside the content, counted from the day of publication.
//!
//! Only words outside the content count: a day inside it is what the speaker speaks of. What is vague
//! ("last week", "earlier this month") gives nothing, and so does an article without a date.

use onrecord_terms::{Article, Day, Place, Precision, Quote, Said};

/// The day of the utterance, if the article's date and the words beside the content tell it.
pub(crate) fn said_on(article: &Article, quote: &Quote) -> Option<Day> {
    let published = article.published?.day;
    let outside = outside(article, quote);
    day_in(&outside, published)
}

/// How far beside the content a word counts, in bytes.
const NEAR: usize = 400;

/// The words of the quote's sentence without its content, at most a few hundred bytes on each side.
pub(crate) fn outside(article: &Article, quote: &Quote) -> String {
    let text = match quote.place() {
        Place::Text => article.text(),
        Place::Title => article.headline(),
    };
    // A page without full stops is one sentence: only what stands near counts.
    let content = quote.content();
    let clip = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let first = content.first().map_or(0, |s| s.start());
    let last = content.last().map_or(0, |s| s.end());
    let start = quote.sentence().start().max(clip(first.saturating_sub(NEAR)));
    let end = quote.sentence().end().min(clip((last + NEAR).min(text.len())));
    let mut out = String::new();
    let mut at = start;
    for span in quote.content() {
        if span.start() >= at {
            out.push_str(text.get(at..span.start()).unwrap_or_default());
            out.push_str(" … ");
        }
        at = at.max(span.end());
    }
    out.push_str(text.get(at..end).unwrap_or_default());
    if out.len() > 600 {
        let cut = (0..=600).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        out.truncate(cut);
    }
    out
}

const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: &[(&str, u32)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// When it was said, with the words that tell it: a day, or less exactly a week, a month, a year.
pub(super) fn said(outside: &str, published: Day) -> Option<Said> {
    let words: Vec<&str> = outside.split_whitespace().collect();
    let bare = |at: usize| {
        words.get(at).map_or(String::new(), |w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    };
    let shown = |from: usize, to: usize| {
        let words = words[from..to.min(words.len())].join(" ");
        words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    if let Some(on) = day_in(outside, published) {
        let told = |at: usize| {
            let word = bare(at);
            let word = word.trim_end_matches("’s").trim_end_matches("'s");
            DAYS.contains(&word)
                || MONTHS.iter().any(|(name, _)| *name == word)
                || matches!(word, "today" | "yesterday" | "tonight")
        };
        // The fewest words around it that tell the same day.
        let at = (0..words.len())
            .find(|at| told(*at) && day_in(&shown(at.saturating_sub(1), at + 3), published) == Some(on))?;
        let from = if matches!(bare(at.saturating_sub(1)).as_str(), "on" | "late" | "early")
            || bare(at.saturating_sub(1)).parse::<u32>().is_ok()
        {
            at.saturating_sub(1)
        } else {
            at
        };
        let mut to = at + 1;
        while bare(to).parse::<u32>().is_ok() && to < at + 3 {
            to += 1;
        }
        return Some(Said { on: Some(on), precision: Precision::Day, words: shown(from, to) });
    }
    for at in 0..words.len() {
        let next = bare(at + 1);
        let vague = |precision, to: usize| Some(Said { on: None, precision, words: shown(at, to) });
        match (bare(at).as_str(), next.as_str()) {
            ("last" | "this", "week" | "weekend") => return vague(Precision::Week, at + 2),
            ("last" | "this", "month") => return vague(Precision::Month, at + 2),
            ("last" | "this", "year") => return vague(Precision::Year, at + 2),
            ("in", month) if MONTHS.iter().any(|(name, _)| *name == month && name.len() > 3) => {
                let year = usize::from(bare(at + 2).parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y)));
                return vague(Precision::Month, at + 2 + year);
            }
            ("in", year)
                if year.len() == 4 && year.parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y)) =>
            {
                return vague(Precision::Year, at + 2);
            }
            _ => {}
        }
    }
    None
}

/// The first day that the words tell, on or before `published`.
fn day_in(outside: &str, published: Day) -> Option<Day> {
    let words: Vec<String> = outside
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let back = |days: i32| Day::from_ordinal(published.ordinal() - days);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |b| words[b].as_str());
        let next = words.get(at + 1).map_or("", String::as_str);
        if matches!(
            before,
            "next" | "until" | "by" | "since" | "every" | "before" | "after" | "coming" | "from"
        ) {
            continue;
        }
        // "in an interview published on Wednesday": the day it came out, not the day of the words.
        let printed = words[at.saturating_sub(9)..at]
            .iter()
            .any(|w| matches!(w.as_str(), "published" | "aired" | "printed" | "broadcast" | "released"));
        if printed {
            continue;
        }
        match word.as_str() {
            "yesterday" => return back(1),
            "today" if before != "usa" => return back(0),
            "tonight" => return back(0),
            _ => {}
        }
        if let Some(weekday) = DAYS.iter().position(|day| day == word) {
            // "Monday's debate" is no day of saying, nor is "last Monday" sure.
            if next == "s" || before == "last" {
                continue;
            }
            let days = (published.weekday() as i32 - weekday as i32).rem_euclid(7);
            return back(days);
        }
        if let Some((_, month)) = MONTHS.iter().find(|(name, _)| name == word) {
            let number = |w: &str| {
                w.trim_end_matches(
                    ["st", "nd", "rd", "th"]
                        .as_slice()
                        .iter()
                        .find(|e| w.ends_with(**e))
                        .copied()
                        .unwrap_or("\0"),
                )
                .parse::<u32>()
                .ok()
                .filter(|n| (1..=31).contains(n))
            };
            let (day, year_at) = match (number(before), number(next)) {
                (Some(day), _) => (day, at + 1),
                (None, Some(day)) => (day, at + 2),
                _ => continue,
            };
            let year =
                words.get(year_at).and_then(|w| w.parse::<i32>().ok()).filter(|y| (1900..=2100).contains(y));
            let given = match year {
                Some(year) => Day::new(year, *month, day),
                None => Day::new(published.year(), *month, day)
                    .filter(|d| *d <= published)
                    .or_else(|| Day::new(published.year() - 1, *month, day)),
            };
            return given.filter(|d| *d <= published);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<&str>) {
        // 2031-03-06 is a Thursday.
        let published = Day::parse("2031-03-06").unwrap();
        assert_eq!(day_in(words, published).map(|d| d.to_string()).as_deref(), expected, "{words}");
    }

    #[test]
    fn weekdays_are_the_last_on_or_before_publication() {
        check("Lind said on Thursday", Some("2031-03-06"));
        check("Lind said Tuesday", Some("2031-03-04"));
        check("Lind said on Friday", Some("2031-02-28"));
        check("Lind said yesterday", Some("2031-03-05"));
    }

    #[test]
    fn dates_take_the_year_of_publication_or_the_one_before() {
        check("Lind said on 3 March", Some("2031-03-03"));
        check("Lind said on March 3, 2030", Some("2030-03-03"));
        check("Lind said on Nov. 9", Some("2030-11-09"));
        check("Lind said on the 2nd of the month", None);
    }

    #[test]
    fn vague_and_future_days_tell_nothing() {
        check("Lind said in an interview published by the Harbour Post on Wednesday", None);
        check("Lind said last week", None);
        check("Lind said before Monday's vote", None);
        check("Lind, who leaves next Monday, said", None);
    }
}
