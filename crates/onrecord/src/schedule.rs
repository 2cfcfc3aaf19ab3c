//! When is a feed looked at next, and when is an article read again? Pure arithmetic over seconds since 1970.

/// Seconds of an hour and of a day.
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// How long after its first reading an article is read again: a day and a week. Of the articles whose body changes
/// within a week four in five change on the first day (GDELT's Global Difference Graph).
const READ_AGAIN: [i64; 2] = [DAY, 7 * DAY];

/// The pause before a feed's second look where nothing else is known.
const FIRST_PAUSE: i64 = HOUR / 2;

/// The longest pause that a quiet feed comes to by itself, and the longest that one may ask for.
const LONGEST_PAUSE: i64 = 6 * HOUR;
const LONGEST_ASKED: i64 = DAY;

/// How often in a row an address may fail before it is given up (an article) or left alone for a day (a feed).
const MAX_FAILURES: i64 = 5;

/// What came of a look at a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// It had so many articles that were not known.
    New(usize),
    /// It could not be had, for so many times in a row.
    Failed(i64),
}

/// Seconds until the next look at a feed: sooner after one that had something, later after one that had nothing, not
/// before `shortest` nor before what the feed asks for.
pub(crate) fn pause(before: Option<i64>, look: Look, asked: Option<u64>, shortest: i64) -> i64 {
    let before = before.unwrap_or(FIRST_PAUSE);
    let by_itself = match look {
        Look::New(0) => before.saturating_mul(3) / 2,
        Look::New(_) => before * 2 / 3,
        Look::Failed(n) => before.saturating_mul(1 << n.clamp(0, MAX_FAILURES)).max(HOUR / 4),
    };
    // What a feed asked for once holds until it has news, though it may be longer.
    let longest =
        if matches!(look, Look::Failed(_)) { DAY } else { LONGEST_PAUSE.max(before.min(LONGEST_ASKED)) };
    let asked = asked.map_or(0, |seconds| i64::try_from(seconds).unwrap_or(i64::MAX).min(LONGEST_ASKED));
    by_itself.min(longest).max(asked).max(shortest)
}

/// When an article that was first read at `first` is read again after `now`; nothing if no more.
pub(crate) fn read_again(first: i64, now: i64) -> Option<i64> {
    READ_AGAIN.iter().map(|after| first + after).find(|due| *due > now)
}

/// When an article that could not be had is tried again; nothing after too many failures.
pub(crate) fn try_again(n_failures: i64, now: i64) -> Option<i64> {
    (n_failures < MAX_FAILURES).then(|| now + (HOUR << n_failures.clamp(0, MAX_FAILURES)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_looked_at_as_often_as_they_have_news() {
        let shortest = 300;
        for (before, look, asked, expected) in [
            (None, Look::New(3), None, 1_200),
            (None, Look::New(0), None, 2_700),
            (Some(400), Look::New(1), None, 300),
            (Some(20_000), Look::New(0), None, 21_600),
            (Some(86_400), Look::New(0), None, 86_400),
            (Some(1_800), Look::New(9), Some(3_600), 3_600),
            (Some(1_800), Look::New(9), Some(u64::MAX), 86_400),
            (Some(1_800), Look::Failed(1), None, 3_600),
            (Some(21_600), Look::Failed(9), None, 86_400),
            (Some(i64::MAX), Look::Failed(9), None, 86_400),
        ] {
            assert_eq!(pause(before, look, asked, shortest), expected, "{before:?} {look:?} {asked:?}");
        }
    }

    #[test]
    fn articles_are_read_again_after_a_day_and_a_week() {
        let first = 1_000_000;
        assert_eq!(read_again(first, first), Some(first + DAY));
        assert_eq!(read_again(first, first + DAY), Some(first + 7 * DAY));
        assert_eq!(read_again(first, first + 2 * DAY), Some(first + 7 * DAY));
        assert_eq!(read_again(first, first + 7 * DAY), None);
        assert_eq!((try_again(1, 0), try_again(5, 0)), (Some(2 * HOUR), None));
    }
}
