//! When? Days and moments, as news pages give them.
//!
//! A page often gives a day without a time, and a time without a zone. Both are kept as they were given.

use std::fmt;

/// A day of the (proleptic) Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i16,
    month: u8,
    day: u8,
}

/// Days in each month of a common year.
const DAYS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Day {
    /// A day that exists, or `None`.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = u32::from(*DAYS.get(month.checked_sub(1)? as usize)?) + u32::from(month == 2 && leap);
        ((1..=9999).contains(&year) && (1..=last).contains(&day)).then_some(Day {
            year: year as i16,
            month: month as u8,
            day: day as u8,
        })
    }

    /// Reads `YYYY-MM-DD` at the head of `text`.
    ///
    /// ```
    /// use onrecord_terms::Day;
    /// assert_eq!(Day::parse("2031-03-04T10:00").unwrap().to_string(), "2031-03-04");
    /// assert_eq!(Day::parse("2031-02-30"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Day> {
        let head = text.get(..10)?;
        let mut parts = head
            .split('-')
            .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let alone = !text[10..].starts_with(|c: char| c.is_ascii_digit());
        (parts.next().is_none() && alone).then(|| Day::new(year as i32, month, day)).flatten()
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// Days since 1970-01-01 (negative before). Hinnant, "chrono-compatible low-level date algorithms".
    pub fn ordinal(self) -> i32 {
        let (m, d) = (i32::from(self.month), i32::from(self.day));
        let y = i32::from(self.year) - i32::from(m <= 2);
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
        era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }

    /// The day that many days after 1970-01-01, if its year is in 1..=9999.
    pub fn from_ordinal(ordinal: i32) -> Option<Day> {
        let z = ordinal.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i32::from(month <= 2);
        Day::new(year, month as u32, (doy - (153 * mp + 2) / 5 + 1) as u32)
    }

    /// Day of the week, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u32 {
        (self.ordinal() + 3).rem_euclid(7) as u32
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A day, with the time of day and the zone where the page gave them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day as written, in the page's own zone.
    pub day: Day,
    /// Seconds since midnight as written, 0 to 86,399.
    pub second: Option<u32>,
    /// Minutes east of UTC, -1,439 to 1,439, where the page gave an offset.
    pub offset_min: Option<i16>,
}

impl Moment {
    /// A day without a time.
    pub fn on(day: Day) -> Moment {
        Moment { day, second: None, offset_min: None }
    }

    /// Reads ISO 8601: a day, then optionally `T` or a space, `HH:MM[:SS[.fff]]`, and `Z` or `±HH[:]MM`.
    ///
    /// What follows the day and cannot be read is dropped, not guessed.
    ///
    /// ```
    /// use onrecord_terms::Moment;
    /// let moment = Moment::parse("2031-03-04T23:30:00-05:00").unwrap();
    /// assert_eq!(moment.to_string(), "2031-03-04T23:30:00-05:00");
    /// assert_eq!(Moment::parse("2031-03-04").unwrap().to_string(), "2031-03-04");
    /// assert_eq!(Moment::parse("last week"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        let day = Day::parse(text)?;
        let Some(rest) = text[10..].strip_prefix(['T', 't', ' ']) else { return Some(Moment::on(day)) };
        let two = |at: usize, max: u32| {
            let part = rest.get(at..at + 2)?;
            let n = part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()?;
            (n <= max).then_some(n)
        };
        let colon = |at: usize| rest.as_bytes().get(at) == Some(&b':');
        let (Some(hour), true, Some(minute)) = (two(0, 23), colon(2), two(3, 59)) else {
            return Some(Moment::on(day));
        };
        let (second, mut at) = match (colon(5), two(6, 59)) {
            (true, Some(second)) => (second, 8),
            _ => (0, 5),
        };
        if rest[at..].starts_with(['.', ',']) {
            at += 1 + rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        }
        let zone = rest[at..].trim_start();
        let offset_min = match zone.as_bytes().first() {
            Some(b'Z' | b'z') => Some(0),
            Some(sign @ (b'+' | b'-')) => {
                let digits: String = zone[1..].chars().filter(char::is_ascii_digit).take(4).collect();
                let minutes = match digits.len() {
                    2 => digits.parse::<i16>().ok().map(|h| h * 60),
                    4 => digits.parse::<i16>().ok().map(|n| n / 100 * 60 + n % 100),
                    _ => None,
                };
                minutes.filter(|m| *m < 1440).map(|m| if *sign == b'-' { -m } else { m })
            }
            _ => None,
        };
        Some(Moment { day, second: Some(hour * 3600 + minute * 60 + second), offset_min })
    }

    /// Seconds since 1970-01-01T00:00Z for ordering: midnight where no time, UTC where no zone is given.
    pub fn unix(self) -> i64 {
        i64::from(self.day.ordinal()) * 86_400 + i64::from(self.second.unwrap_or(0))
            - i64::from(self.offset_min.unwrap_or(0)) * 60
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Moment) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Moment) -> std::cmp::Ordering {
        let key = |m: &Moment| (m.unix(), m.day, m.second, m.offset_min);
        key(self).cmp(&key(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        let Some(s) = self.second else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)?;
        match self.offset_min {
            None => Ok(()),
            Some(0) => write!(f, "Z"),
            Some(m) => {
                let sign = if m < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", m.abs() / 60, m.abs() % 60)
            }
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_go_there_and_back() {
        for ordinal in (-700_000..2_900_000).step_by(997) {
            if let Some(day) = Day::from_ordinal(ordinal) {
                assert_eq!(day.ordinal(), ordinal);
            }
        }
        assert_eq!(Day::new(1970, 1, 1).unwrap().ordinal(), 0);
        assert_eq!(Day::parse("2024-02-29").unwrap().weekday(), 3);
    }

    #[test]
    fn odd_moments_keep_their_day() {
        for text in ["2031-03-04T", "2031-03-04T9", "2031-03-04Tnoon", "2031-03-04 99:99"] {
            assert_eq!(Moment::parse(text), Some(Moment::on(Day::new(2031, 3, 4).unwrap())), "{text}");
        }
        assert_eq!(
            Moment::parse("2031-03-04T10:00:00.123+0530").unwrap().to_string(),
            "2031-03-04T10:00:00+05:30"
        );
        assert_eq!(Moment::parse("2031-3-4"), None);
        assert_eq!(Moment::parse("2031-03-045"), None);
    }
}
