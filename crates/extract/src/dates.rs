//! Which day, and at what time, does a piece of page text name?
//!
//! Only dates with a year count: a day without one is not guessed at. `14 March 2032`, `March 14, 2032`,
//! `2032-03-14 10:20`, `14.03.2032`, `2032年3月14日`, with the months' names of some thirty languages; `03/04/2032` is read by neither custom, `13/04/2032` is.

use onrecord_terms::{Day, Moment};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static MONTHS: LazyLock<BTreeMap<&str, u32>> = LazyLock::new(|| {
    crate::table::rows(include_str!("../data/months.tsv"))
        .filter_map(|row| Some((*row.first()?, row.get(1)?.parse().ok()?)))
        .collect()
});

/// The first words of months that are named by two.
static IN_TWO: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| MONTHS.keys().filter_map(|name| Some(name.split_once(' ')?.0)).collect());

/// Minutes east of UTC of zones that news pages name by letters. Letters with several meanings (IST, CST) are left out.
const ZONES: &[(&str, i16)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("trt", 180),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
];

/// What a word beside a date says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Published,
    Modified,
    /// Nothing: it may stand around a date on a line that gives nothing else.
    Around,
}

static LABELS: LazyLock<BTreeMap<&str, Label>> = LazyLock::new(|| {
    crate::table::rows(include_str!("../data/dateline.tsv"))
        .filter_map(|row| Some((*row.first()?, label_named(row.get(1)?)?)))
        .collect()
});

fn label_named(role: &str) -> Option<Label> {
    Some(match role {
        "published" => Label::Published,
        "modified" => Label::Modified,
        "around" => Label::Around,
        _ => return None,
    })
}

/// What a word says of the date beside it; scripts without spaces run several words together.
fn label(word: &str) -> Option<Label> {
    if let Some(label) = LABELS.get(word) {
        return Some(*label);
    }
    if !word.starts_with(|c: char| ('\u{2e80}'..='\u{d7af}').contains(&c)) {
        return None;
    }
    let (mut rest, mut found) = (word, Label::Around);
    while !rest.is_empty() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(4);
        let known = ends.filter_map(|end| LABELS.get(&rest[..end]).map(|label| (end, *label))).last();
        let (end, label) = known?;
        if label != Label::Around {
            found = label;
        }
        rest = &rest[end..];
    }
    Some(found)
}

/// With the figures of Arabic, Persian and full-width text in ASCII.
fn ascii_figures(text: &str) -> Cow<'_, str> {
    let figure = |c: char| {
        let from = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
        from.iter().find_map(|zero| {
            let n = u32::from(c).checked_sub(u32::from(*zero)).filter(|n| *n < 10)?;
            char::from_digit(n, 10)
        })
    };
    if text.is_ascii() || !text.contains(|c| figure(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| figure(c).unwrap_or(c)).collect())
}

/// What a line that gives a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// First publication, or the only date without a label.
    pub(crate) published: Option<Moment>,
    /// A date labelled as that of a change.
    pub(crate) modified: Option<Moment>,
}

/// The first date with a year that `text` names.
pub(crate) fn first_date(text: &str) -> Option<Moment> {
    let text = &*ascii_figures(text);
    if !has_digit(text) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(text, &tokens, at)).map(|(moment, _)| moment)
}

/// Whether there is a digit: no date is read without one.
fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// The date in the dateline that a report begins with: "NORVIK, March 14, 2032 (NPA) —", "本报诺维克2032年3月14日电".
pub(crate) fn dateline(text: &str) -> Option<Moment> {
    let head: String = text.chars().take(70).collect();
    let end = ["—", "–", " - ", "--", "/", "(", "（", ".-", ": ", "电", "讯", "訊"]
        .iter()
        .filter_map(|mark| head.find(mark))
        .filter(|at| *at > 0)
        .min()?;
    let head = &*ascii_figures(&head[..end]);
    if !has_digit(head) {
        return None;
    }
    let tokens = tokens(head);
    let first = (0..tokens.len()).find(|at| date_at(head, &tokens, *at).is_some())?;
    // A place of at most four words stands before it, and nothing behind it.
    let (moment, next) = date_at(head, &tokens, first)?;
    let place = tokens[..first].iter().filter(|t| t.kind == Kind::Word);
    let named = tokens[..first].iter().all(|t| match t.kind {
        Kind::Word => !t.text.starts_with(char::is_lowercase),
        Kind::Mark => [",", "،", ".", "'", "’", "-"].contains(&t.text),
        Kind::Number => false,
    });
    let rest = tokens[next..]
        .iter()
        .all(|t| t.kind == Kind::Mark || t.kind == Kind::Word && label(&t.text.to_lowercase()).is_some());
    (first > 0 && place.count() <= 4 && named && rest).then_some(Moment::on(moment.day))
}

/// A date that `text` names with the month or the year told in two figures: `02/10/2032`, `14.03.32`.
///
/// With slashes the page's own custom says which is the day; with dots the day comes first.
pub(crate) fn short_date(text: &str, day_first: bool) -> Option<Moment> {
    if !text.contains(['/', '.', '-']) || text.len() > 160 {
        return None;
    }
    let tokens = tokens(text);
    let number = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.kind == Kind::Number)
            .and_then(|t| t.text.parse::<u32>().ok().map(|n| (n, t.text.len())))
    };
    (0..tokens.len()).find_map(|at| {
        let mark = tokens.get(at + 1).map(|t| t.text).filter(|mark| ["/", ".", "-"].contains(mark))?;
        let ((first, 1..=2), (second, 1..=2), (year, len)) = (number(at)?, number(at + 2)?, number(at + 4)?)
        else {
            return None;
        };
        let before = at.checked_sub(1).map(|at| tokens[at].text);
        if tokens.get(at + 3).map(|t| t.text) != Some(mark) || before == Some(mark) {
            return None;
        }
        let year = match len {
            4 => year,
            2 if mark == "." || mark == "/" => 2000 + year,
            _ => return None,
        };
        // Two figures for the year are not read beyond the first half of a century.
        let (day, month) = if mark == "." || day_first { (first, second) } else { (second, first) };
        let found = Day::new(year as i32, month, day).or_else(|| Day::new(year as i32, day, month))?;
        (len == 4 || year < 2050).then(|| Moment::on(found))
    })
}

/// What `line` says if it is a date line: a date, with or without a year, and nothing beside it but labels.
pub(crate) fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 160 {
        return None;
    }
    let line = &*ascii_figures(line);
    if !has_digit(line) {
        return None;
    }
    let tokens = tokens(line);
    let mut found = DateLine { published: None, modified: None };
    let (mut at, mut is_date, mut changed) = (0, false, false);
    while at < tokens.len() {
        if let Some((moment, next)) = date_at(line, &tokens, at) {
            let slot = if changed { &mut found.modified } else { &mut found.published };
            slot.get_or_insert(moment);
            (at, is_date) = (next, true);
            continue;
        }
        let token = tokens[at];
        let lower = token.text.to_lowercase();
        match token.kind {
            // A month beside a number is a date without a year.
            Kind::Word if MONTHS.contains_key(lower.as_str()) => {
                let number = |idx: Option<usize>| {
                    idx.and_then(|idx| tokens.get(idx))
                        .is_some_and(|t| t.kind == Kind::Number && t.text.len() <= 2)
                };
                let near = number(Some(at + 1))
                    || number(Some(at + 2))
                    || number(at.checked_sub(1))
                    || number(at.checked_sub(2));
                if !near {
                    return None;
                }
                is_date = true;
            }
            Kind::Word => match label(&lower) {
                Some(Label::Modified) => changed = true,
                Some(Label::Published) => changed = false,
                Some(Label::Around) => {}
                None if zone(&lower).is_some() => {}
                None => return None,
            },
            Kind::Number if token.text.len() > 2 => return None,
            Kind::Number => is_date |= is_time(&tokens, at),
            Kind::Mark if "\"“”‘?!".contains(token.text) => return None,
            Kind::Mark => {}
        }
        at += 1;
    }
    is_date.then_some(found)
}

/// Whether a time of day begins at the token: `10:20`, `9.40 pm`, `4 pm`.
fn is_time(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |idx: usize, words: &[&str]| {
        tokens.get(idx).is_some_and(|t| words.contains(&t.text.to_lowercase().as_str()))
    };
    const HALVES: &[&str] = &["am", "pm", "a", "p", "uhr", "h", "hrs"];
    is(at + 1, &[":"]) || is(at + 1, HALVES) || (is(at + 1, &["."]) && is(at + 3, HALVES))
}

/// Whether a line is a time of day and nothing else, as above the entries of a live page.
pub(crate) fn is_time_line(line: &str) -> bool {
    line.len() <= 40
        && line.starts_with(|c: char| c.is_ascii_digit())
        && date_line(line).is_some_and(|date| date.published.is_none() && date.modified.is_none())
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Number,
    Word,
    Mark,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
}

/// Runs of digits, runs of letters, and single other characters; white space parts them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut joined = false;
    for (start, c) in text.char_indices() {
        let kind = match c {
            c if c.is_whitespace() => {
                joined = false;
                continue;
            }
            c if c.is_ascii_digit() => Kind::Number,
            c if c.is_alphabetic() => Kind::Word,
            _ => Kind::Mark,
        };
        match tokens.last_mut() {
            Some(last) if joined && last.kind == kind && kind != Kind::Mark => {
                last.text = &text[last.start..start + c.len_utf8()];
            }
            _ => tokens.push(Token { kind, text: &text[start..start + c.len_utf8()], start }),
        }
        joined = true;
    }
    tokens
}

/// The date that begins at the token, and the token after it.
fn date_at(text: &str, tokens: &[Token<'_>], at: usize) -> Option<(Moment, usize)> {
    let number = |idx: usize, lens: std::ops::RangeInclusive<usize>| {
        let token = tokens.get(idx).filter(|t| t.kind == Kind::Number && lens.contains(&t.text.len()))?;
        token.text.parse::<u32>().ok()
    };
    // A month's name and the token after it; some calendars name months by two words.
    let month = |idx: usize| {
        let word =
            |idx: usize| tokens.get(idx).filter(|t| t.kind == Kind::Word).map(|t| t.text.to_lowercase());
        let first = word(idx)?;
        if first == "tháng" {
            return Some((number(idx + 1, 1..=2).filter(|m| (1..=12).contains(m))?, idx + 2));
        }
        if let Some(m) = MONTHS.get(first.as_str()) {
            return Some((*m, idx + 1));
        }
        if !IN_TWO.contains(first.as_str()) {
            return None;
        }
        let both = format!("{first} {}", word(idx + 1)?);
        MONTHS.get(both.as_str()).map(|m| (*m, idx + 2))
    };
    let begins = |idx: usize, marks: &[char]| tokens.get(idx).is_some_and(|t| t.text.starts_with(marks));
    let is = |idx: usize, marks: &[&str]| tokens.get(idx).is_some_and(|t| marks.contains(&t.text));
    let year = |idx: usize| number(idx, 4..=4).filter(|year| (1900..2200).contains(year));
    let skip = |idx: usize, marks: &[&str]| if is(idx, marks) { idx + 1 } else { idx };
    let day = |y: u32, m: u32, d: u32| Day::new(y as i32, m, d);

    // 2032-03-14, 2032/3/14, with ISO's time where it follows.
    if let Some(y) = year(at) {
        let marks: &[&str] = &["-", "/", "."];
        if is(at + 1, marks) && is(at + 3, marks) {
            let day = day(y, number(at + 2, 1..=2)?, number(at + 4, 1..=2)?)?;
            let iso = text.get(tokens[at].start..).and_then(Moment::parse).filter(|m| m.second.is_some());
            let (moment, next) = time_after(tokens, at + 5, day);
            return Some((iso.unwrap_or(moment), next));
        }
        // 2032年3月14日, 2032년 3월 14일.
        if begins(at + 1, &['年', '년']) && begins(at + 3, &['月', '월']) {
            let day = day(y, number(at + 2, 1..=2)?, number(at + 4, 1..=2)?)?;
            let next = if is(at + 5, &["日", "일"]) { at + 6 } else { at + 5 };
            return Some(time_after(tokens, next, day));
        }
        // 2032. március 14.
        let (m, next) = month(skip(at + 1, &[".", ","]))?;
        let day = day(y, m, number(next, 1..=2)?)?;
        return Some(time_after(tokens, skip(next + 1, &["."]), day));
    }
    if let Some(first) = number(at, 1..=2) {
        // 14 March 2032, 14th of March, 2032, 14. März 2032, 14-Mar-2032.
        let mut next = skip(at + 1, &["st", "nd", "rd", "th", ".", "º", "-", "er", "/"]);
        next = skip(next, &["of", "de", "."]);
        if let Some((m, next)) = month(next) {
            let next = skip(skip(next, &[".", ",", "-", "/", "،"]), &["de", "del", ",", "năm"]);
            let day = day(year(next)?, m, first)?;
            return Some(time_after(tokens, next + 1, day));
        }
        // 14.03.2032, 14/03/2032, 03/14/2032; where both may be the month, neither is said.
        let mark = tokens.get(at + 1).filter(|t| [".", "/", "-"].contains(&t.text))?.text;
        if !is(at + 3, &[mark]) {
            return None;
        }
        let (second, y) = (number(at + 2, 1..=2)?, year(at + 4)?);
        let day = match mark {
            "." => day(y, second, first)?,
            _ if first > 12 || first == second => day(y, second, first)?,
            _ if second > 12 => day(y, first, second)?,
            _ => return None,
        };
        return Some(time_after(tokens, at + 5, day));
    }
    // March 14, 2032, Mar. 14th 2032.
    let (m, next) = month(at)?;
    let next = skip(next, &["."]);
    let d = number(next, 1..=2)?;
    let next = skip(skip(next + 1, &["st", "nd", "rd", "th"]), &[",", "."]);
    let day = day(year(next)?, m, d)?;
    Some(time_after(tokens, next + 1, day))
}

/// The time of day that follows a day, if one does, within a few marks and words.
fn time_after(tokens: &[Token<'_>], from: usize, day: Day) -> (Moment, usize) {
    let none = (Moment::on(day), from);
    let filler = |t: &Token<'_>| {
        [
            ",",
            "|",
            "-",
            "–",
            "—",
            "at",
            "T",
            "(",
            "/",
            "·",
            "•",
            "um",
            "à",
            "le",
            "ore",
            "alle",
            "a",
            "las",
            "kl",
            "klo",
            "kl.",
            "г",
            "в",
            "saat",
            "الساعة",
            "،",
            "om",
            "godz",
            ".",
        ]
        .contains(&t.text)
    };
    let mut at = from;
    while at < from + 3 && tokens.get(at).is_some_and(filler) {
        at += 1;
    }
    let number = |idx: usize| {
        let token = tokens.get(idx).filter(|t| t.kind == Kind::Number && t.text.len() <= 2)?;
        token.text.parse::<u32>().ok()
    };
    let colon = |idx: usize| tokens.get(idx).is_some_and(|t| t.text == ":");
    let (Some(mut hour), true, Some(minute)) =
        (number(at), colon(at + 1) || tokens.get(at + 1).is_some_and(|t| t.text == "."), number(at + 2))
    else {
        return none;
    };
    at += 3;
    let mut second = 0;
    if let (true, Some(s)) = (colon(at), number(at + 1)) {
        (second, at) = (s, at + 2);
    }
    let letter = |idx: usize| tokens.get(idx).map(|t| t.text.to_lowercase()).unwrap_or_default();
    let (half, n) = match letter(at).as_str() {
        half @ ("am" | "pm") => (Some(half == "pm"), 1),
        half @ ("a" | "p") if letter(at + 1) == "." && letter(at + 2) == "m" => (Some(half == "p"), 4),
        half @ ("a" | "p") if letter(at + 1) == "m" => (Some(half == "p"), 2),
        _ => (None, 0),
    };
    if let Some(afternoon) = half {
        if hour == 0 || hour > 12 {
            return none;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        at += n;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return none;
    }
    let mut offset_min = None;
    if tokens.get(at).is_some_and(|t| t.text == "(") {
        at += 1;
    }
    if let Some(minutes) = tokens.get(at).and_then(|t| zone(&t.text.to_lowercase())) {
        (offset_min, at) = (Some(minutes), at + 1);
    }
    if let Some(sign) = tokens.get(at).map(|t| t.text).filter(|t| ["+", "-"].contains(t))
        && let Some(token) = tokens.get(at + 1).filter(|t| t.kind == Kind::Number)
        && tokens[at].start + 1 == token.start
    {
        let minutes = match (token.text.len(), token.text.parse::<i16>()) {
            (1 | 2, Ok(h)) => Some((
                h * 60 + if colon(at + 2) { number(at + 3).unwrap_or(0) as i16 } else { 0 },
                if colon(at + 2) { 4 } else { 2 },
            )),
            (4, Ok(n)) => Some((n / 100 * 60 + n % 100, 2)),
            _ => None,
        };
        if let Some((minutes, n)) = minutes.filter(|(m, _)| *m < 1440) {
            offset_min = Some(if sign == "-" { -minutes } else { minutes });
            at += n;
        }
    }
    (Moment { day, second: Some(hour * 3600 + minute * 60 + second), offset_min }, at)
}

fn zone(letters: &str) -> Option<i16> {
    ZONES.iter().find(|(name, _)| *name == letters).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words_and_figures() {
        for (text, date) in [
            ("14 March 2032", "2032-03-14"),
            ("March 14, 2032", "2032-03-14"),
            ("Published: Sunday, 14th of March, 2032 at 9:05 pm", "2032-03-14T21:05:00"),
            ("2032-03-14 10:20", "2032-03-14T10:20:00"),
            ("2032-03-14T10:20:30+02:00", "2032-03-14T10:20:30+02:00"),
            ("14.03.2032, 10:20 Uhr", "2032-03-14T10:20:00"),
            ("14/03/2032 | 10:20 GMT", "2032-03-14T10:20:00Z"),
            ("Mar. 14, 2032 10:20 a.m. EST", "2032-03-14T10:20:00-05:00"),
            ("14 mars 2032 à 18:00", "2032-03-14T18:00:00"),
            ("10:20, 14 Mar 2032 (UTC+3)", "2032-03-14"),
            ("14 de marzo de 2032 a las 10:20", "2032-03-14T10:20:00"),
            ("1er mars 2032", "2032-03-01"),
            ("14 марта 2032 г. в 10:20", "2032-03-14T10:20:00"),
            ("14 Mart 2032 Pazar", "2032-03-14"),
            ("الأحد، 14 مارس 2032 - 10:20", "2032-03-14T10:20:00"),
            ("١٤ آذار ٢٠٣٢", "2032-03-14"),
            ("14 كانون الثاني 2032", "2032-01-14"),
            ("2032年3月14日 10:20", "2032-03-14T10:20:00"),
            ("2032년 3월 14일", "2032-03-14"),
            ("2032. március 14.", "2032-03-14"),
            ("ngày 14 tháng 3 năm 2032", "2032-03-14"),
            ("14 marca 2032, godz. 10:20", "2032-03-14T10:20:00"),
            ("duminică, 14 septembrie 2032 16:20", "2032-09-14T16:20:00"),
        ] {
            assert_eq!(first_date(text).map(|m| m.to_string()).as_deref(), Some(date), "{text}");
        }
        for text in
            ["14 March", "03/04/2032", "the 20-point plan of 2032", "31 February 2032", "October 7", ""]
        {
            assert_eq!(first_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_gives_its_day() {
        for (text, date) in [
            ("NORVIK, March 14, 2032 (NPA) — The bridge is open.", Some("2032-03-14")),
            ("Norvik, 14. März 2032 (npa) – Die Brücke ist offen.", Some("2032-03-14")),
            ("НОРВИК, 14 марта 2032 — Мост открыт.", Some("2032-03-14")),
            ("本报诺维克2032年3月14日电 大桥开放了。", Some("2032-03-14")),
            ("The bridge at Norvik opened on March 14, 2032 — after two winters.", None),
            ("March 14, 2032 – a day to remember, the mayor said.", None),
            ("NORVIK (NPA) — The bridge is open.", None),
        ] {
            assert_eq!(dateline(text).map(|m| m.to_string()).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn a_date_line_holds_nothing_but_dates_and_labels() {
        for line in [
            "14 March 2032",
            "Updated: March 14, 2032 10:20 GMT",
            "Tuesday, 14 March",
            "9.40 pm",
            "| Last update : 14.03.2032",
            "10:32 GMT",
            "Veröffentlicht am Sonntag, 14. März 2032 um 10:20 Uhr",
            "Publié le 14 mars 2032 à 10:20",
            "Publicado el 14 de marzo de 2032",
            "Опубликовано 14 марта 2032 года, 10:20",
            "نشر في: الأحد، 14 مارس 2032 - 10:20",
            "Yayınlanma Tarihi: 14 Mart 2032 Pazar, 10:20",
            "发布时间：2032年3月14日星期日 10:20",
            "Pubblicato il 14 marzo 2032 alle 10:20",
            "Opublikowano: 14 marca 2032, godz. 10:20",
            "2032년 3월 14일 입력",
        ] {
            assert!(date_line(line).is_some(), "{line}");
        }
        for line in [
            "The talks began on 14 March 2032",
            "Tuesday",
            "May we go on",
            "72 hours",
            "“14 March 2032”",
            "2032",
            "Mit Stand vom 14. März 2032 zählt das Amt neun Fälle",
            "2032年3月14日，大桥开放",
        ] {
            assert!(date_line(line).is_none(), "{line}");
        }
        let both = date_line("Published 14 March 2032 10:00 | Updated 15 March 2032").unwrap();
        assert_eq!(both.published.unwrap().to_string(), "2032-03-14T10:00:00");
        assert_eq!(both.modified.unwrap().to_string(), "2032-03-15");
        for (line, modified) in [
            ("Publié le 14 mars 2032, mis à jour le 15 mars 2032", "2032-03-15"),
            ("Veröffentlicht: 14.03.2032 · Aktualisiert: 15.03.2032", "2032-03-15"),
            ("Опубликовано 14.03.2032, обновлено 15.03.2032", "2032-03-15"),
            ("发布：2032年3月14日 更新：2032年3月15日", "2032-03-15"),
            ("آخر تحديث 15 مارس 2032", "2032-03-15"),
        ] {
            let found = date_line(line).unwrap();
            assert_eq!(found.modified.unwrap().to_string(), modified, "{line}");
        }
    }

    #[test]
    fn every_word_of_the_table_has_a_meaning() {
        let rows: Vec<_> = crate::table::rows(include_str!("../data/dateline.tsv")).collect();
        for row in &rows {
            assert!(row.len() == 3 && label_named(row[1]).is_some() && !row[2].is_empty(), "{row:?}");
            assert_eq!(row[0], row[0].to_lowercase());
        }
        assert_eq!(rows.len(), LABELS.len());
    }

    #[test]
    fn every_month_of_the_table_is_one_of_twelve() {
        let rows: Vec<_> = crate::table::rows(include_str!("../data/months.tsv")).collect();
        for row in &rows {
            assert!(row.len() == 3 && !row[2].is_empty(), "{row:?}");
            assert!((1..=12).contains(&row[1].parse::<u32>().unwrap()), "{row:?}");
            assert_eq!(row[0], row[0].to_lowercase());
        }
        assert_eq!(rows.len(), MONTHS.len());
    }
}
