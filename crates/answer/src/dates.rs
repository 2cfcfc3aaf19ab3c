//! When, as users write it: a day, a month, a year.

use onrecord_terms::Day;

/// A run of days, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first one.
    pub first: Day,
    /// The last one.
    pub last: Day,
}

impl Days {
    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    ///
    /// ```
    /// use onrecord_answer::Days;
    /// assert_eq!(Days::parse("2032-02").unwrap().last.to_string(), "2032-02-29");
    /// assert_eq!(Days::parse("soon"), None);
    /// ```
    pub fn parse(typed: &str) -> Option<Days> {
        let typed = typed.trim();
        if typed.len() == 10 {
            let day = Day::parse(typed)?;
            return Some(Days { first: day, last: day });
        }
        let number = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let (year, month) = match typed.split_once('-') {
            Some((year, month)) => (number(year, 4)?, Some(number(month, 2)?)),
            None => (number(typed, 4)?, None),
        };
        let (from, to) = month.map_or((1, 12), |month| (month, month));
        let last = (28..=31).rev().find_map(|day| Day::new(year as i32, to, day))?;
        Some(Days { first: Day::new(year as i32, from, 1)?, last })
    }
}
