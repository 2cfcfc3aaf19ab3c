//! Here is a date as a feed writes it: which moment is meant?
//!
//! ISO 8601, or a day, a month's name, a year and perhaps a time and a zone in the order of RFC 2822. Names of months
//! are in `data/months.tsv`.

use onrecord_terms::{Day, Moment};

/// Languages, months and their names as CLDR abbreviates them.
const MONTHS: &str = include_str!("../../data/months.tsv");

/// Zones that RFC 2822 names, and a few that feeds use, in minutes east of UTC. Names with more than one meaning
/// (IST, BST, CST in China) are left out: a time without a zone is better than one in a wrong one.
const ZONES: &[(&str, i16)] = &[
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("EST", -300),
    ("EDT", -240),
    ("PST", -480),
    ("PDT", -420),
    ("CET", 60),
    ("CEST", 120),
    ("MSK", 180),
    ("JST", 540),
];

/// The moment, or nothing where the words do not tell one.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    Moment::parse(text).or_else(|| in_words(text))
}

fn in_words(text: &str) -> Option<Moment> {
    let words: Vec<&str> = text.split([' ', ',', '\t', '\n']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words[at])?;
    let number = |idx: usize| words.get(idx).and_then(|w| w.trim_end_matches(['.', 'º']).parse::<u32>().ok());
    // "7 Jan 2017", or "Jan 7 2017".
    let (day, year, next) = match (at.checked_sub(1).and_then(number), number(at + 1), number(at + 2)) {
        (Some(day), Some(year), _) => (day, year, at + 2),
        (None, Some(day), Some(year)) => (day, year, at + 3),
        _ => return None,
    };
    // Two digits: RFC 2822, 4.3.
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        year => year,
    };
    let day = Day::new(year as i32, month, day)?;
    let mut moment = Moment::on(day);
    let clock: Vec<u32> = words
        .get(next)
        .map(|word| word.split(':').filter_map(|part| part.parse().ok()).collect())
        .unwrap_or_default();
    if let [hour @ 0..=23, minute @ 0..=59, rest @ ..] = clock.as_slice() {
        let second = rest.first().copied().unwrap_or(0).min(59);
        moment.second = Some(hour * 3600 + minute * 60 + second);
        moment.offset_min = words.get(next + 1).and_then(|zone| offset(zone));
    }
    Some(moment)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.chars().count() < 3 || word.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    MONTHS.lines().skip(1).find_map(|line| {
        let mut columns = line.split('\t');
        let (month, names) = (columns.next()?, columns.nth(1)?);
        names.split(' ').any(|name| name == word).then(|| month.parse().ok()).flatten()
    })
}

/// `+0100`, `-05:00` or a zone's name, in minutes east of UTC.
fn offset(zone: &str) -> Option<i16> {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return ZONES.iter().find(|(name, _)| *name == zone).map(|(_, min)| *min),
    };
    let (hours, minutes) = (digits.get(..2)?.parse::<i16>().ok()?, digits.get(2..4)?.parse::<i16>().ok()?);
    (digits.len() == 4 && hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_feeds() {
        for (text, expected) in [
            ("Sat, 07 Jan 2031 15:56:15 +0100", Some("2031-01-07T15:56:15+01:00")),
            ("7 Jan 31 09:05 GMT", Some("2031-01-07T09:05:00Z")),
            ("Wed, 5 Nov 2031 13:48:21  EST", Some("2031-11-05T13:48:21-05:00")),
            ("Seg, 24 Set 2031 19:35:07 -0300", Some("2031-09-24T19:35:07-03:00")),
            ("Sept. 4, 2031", Some("2031-09-04")),
            ("Tue, 04 Mär 2031 10:00:00 XYZ", Some("2031-03-04T10:00:00")),
            ("2031-03-04T10:00:00Z", Some("2031-03-04T10:00:00Z")),
            ("31 Feb 2031", None),
            ("soon", None),
            ("", None),
            ("Jan", None),
        ] {
            assert_eq!(moment(text).map(|m| m.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn each_language_has_twelve_months_and_no_name_means_two() {
        let mut meaning = std::collections::BTreeMap::new();
        let mut n_months = std::collections::BTreeMap::<&str, usize>::new();
        for line in MONTHS.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 4, "{line}");
            *n_months.entry(columns[1]).or_default() += 1;
            for name in columns[2].split(' ') {
                let month = columns[0].parse::<u32>().unwrap();
                assert_eq!(*meaning.entry(name).or_insert(month), month, "{name}");
            }
        }
        assert!(n_months.values().all(|n| *n == 12), "{n_months:?}");
    }
}
