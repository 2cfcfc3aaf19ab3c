//! When was it said? Days and lanes as a picture: an SVG made here, without a script.
//!
//! One lane a word (an act, an outlet), one dot a day and lane, as large as the number of statements on it. What
//! the picture shows is also in the list below it on the page; its dots are links to that list.

use crate::web::dress;
use onrecord_terms::Day;

/// One thing on a timeline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    /// When.
    pub(crate) day: Day,
    /// Which lane.
    pub(crate) lane: String,
}

/// A timeline laid out in the units of its own picture.
#[derive(Debug)]
pub(crate) struct Timeline {
    /// Width of the picture.
    pub(crate) width: i32,
    /// Height of the picture.
    pub(crate) height: i32,
    /// Where the lanes begin, to the right of their names.
    pub(crate) left: i32,
    /// Where the lanes end.
    pub(crate) right: i32,
    /// Where the axis of time lies.
    pub(crate) axis: i32,
    /// The lanes from top to bottom.
    pub(crate) lanes: Vec<Lane>,
    /// Marks on the axis.
    pub(crate) ticks: Vec<Tick>,
    /// The dots, lane by lane, each in order of time.
    pub(crate) dots: Vec<Dot>,
    /// First and last day.
    pub(crate) from: Day,
    /// Last day.
    pub(crate) to: Day,
    /// How many things there are.
    pub(crate) total: usize,
}

/// One lane.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Its name.
    pub(crate) name: String,
    /// Its middle.
    pub(crate) y: i32,
}

/// A mark on the axis.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Where.
    pub(crate) x: i32,
    /// The year, or the month: empty for a mark without words.
    pub(crate) label: String,
}

/// Some things of one lane that lie on one day, or on days too close to be drawn apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dot {
    /// Middle of the dot.
    pub(crate) x: i32,
    /// Middle of the dot.
    pub(crate) y: i32,
    /// Its radius.
    pub(crate) r: i32,
    /// How many.
    pub(crate) n: usize,
    /// The lane's name.
    pub(crate) lane: String,
    /// First of the days.
    pub(crate) from: Day,
    /// Last of the days.
    pub(crate) to: Day,
}

impl Dot {
    /// The dot in words: "warns: 4 March 2031", "warns: 3 times from 1 March 2031 to 4 March 2031".
    pub(crate) fn words(&self) -> String {
        let (from, to) = (dress::date(&self.from.to_string()), dress::date(&self.to.to_string()));
        match (self.n, from == to) {
            (1, _) => format!("{}: {from}", self.lane),
            (n, true) => format!("{}: {n} times on {from}", self.lane),
            (n, false) => format!("{}: {n} times from {from} to {to}", self.lane),
        }
    }
}

const WIDTH: i32 = 760;
const RIGHT: i32 = 736;
const TOP: i32 = 20;
const LANE: i32 = 30;
/// Dots nearer than this are drawn as one.
const APART: i32 = 16;
/// Labels nearer than this would touch.
const LABELS_APART: i32 = 56;
/// Marks nearer than this would run into one.
const TICKS_APART: i32 = 6;
/// Pixels that a letter of a lane's name needs.
const LETTER: i32 = 8;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Lays out `events`, with `lanes` from top to bottom in the order given; lanes without events are left out, and
/// events of no lane named too. `None` if nothing is left.
pub(crate) fn lay_out(events: &[Event], lanes: &[String]) -> Option<Timeline> {
    let mut events: Vec<&Event> = events.iter().filter(|event| lanes.contains(&event.lane)).collect();
    events.sort();
    events.sort_by_key(|event| event.day);
    let (from, to) = (events.first()?.day, events.last()?.day);
    let used: Vec<&String> = lanes.iter().filter(|lane| events.iter().any(|e| e.lane == **lane)).collect();
    let longest = used.iter().map(|lane| lane.chars().count()).max().unwrap_or(0) as i32;
    let left = (longest * LETTER + 28).clamp(60, 260);
    let span = (to.ordinal() - from.ordinal()).max(1);
    let x_of = |day: Day| match from == to {
        true => (left + RIGHT) / 2,
        false => {
            let along =
                i64::from(day.ordinal() - from.ordinal()) * i64::from(RIGHT - left - 24) / i64::from(span);
            left + 12 + along as i32
        }
    };

    let mut dots: Vec<Dot> = Vec::new();
    for (idx, lane) in used.iter().enumerate() {
        let y = TOP + LANE * idx as i32;
        let first = dots.len();
        for event in events.iter().filter(|event| event.lane == **lane) {
            let x = x_of(event.day);
            match dots[first..].last_mut() {
                Some(dot) if x - dot.x < APART => {
                    dot.n += 1;
                    dot.to = event.day;
                }
                _ => {
                    dots.push(Dot { x, y, r: 0, n: 1, lane: (*lane).clone(), from: event.day, to: event.day })
                }
            }
        }
    }
    for dot in &mut dots {
        dot.r = radius(dot.n);
    }
    let lanes: Vec<Lane> = used
        .iter()
        .enumerate()
        .map(|(idx, name)| Lane { name: (*name).clone(), y: TOP + LANE * idx as i32 })
        .collect();
    let axis = TOP + LANE * lanes.len() as i32 - 6;
    let total = events.len();
    Some(Timeline {
        width: WIDTH,
        height: axis + 28,
        left,
        right: RIGHT,
        axis,
        lanes,
        ticks: ticks(from, to, x_of),
        dots,
        from,
        to,
        total,
    })
}

/// A dot grows with the number of things, up to what a lane can hold; from two on it has room for the number.
fn radius(n: usize) -> i32 {
    match n {
        0 | 1 => 5,
        2..=4 => 8,
        5..=9 => 9,
        _ => 11,
    }
}

/// Marks at the beginnings of years, or of months where the time is short; the two ends where it is shorter.
fn ticks(from: Day, to: Day, x_of: impl Fn(Day) -> i32) -> Vec<Tick> {
    let months = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    let step = match months {
        0..=1 => return ends(from, to, x_of),
        2..=14 => 1,
        15..=30 => 3,
        _ => 12,
    };
    let mut ticks: Vec<Tick> = Vec::new();
    let first = from.year() * 12 + from.month() as i32 - 1;
    let mut last_label = i32::MIN;
    for month in (first..=first + months).filter(|month| month % step == 0) {
        let Some(day) = Day::new(month / 12, (month % 12 + 1) as u32, 1).filter(|day| *day >= from) else {
            continue;
        };
        let x = x_of(day);
        let room = x - last_label.max(-1000) >= LABELS_APART;
        let label = match room {
            true if month % 12 == 0 || step == 12 => day.year().to_string(),
            true if ticks.is_empty() => format!("{} {}", MONTHS[(month % 12) as usize], day.year()),
            true => MONTHS[(month % 12) as usize].to_owned(),
            false => String::new(),
        };
        if room {
            last_label = x;
        }
        if ticks.last().is_none_or(|tick| x - tick.x >= TICKS_APART) || room {
            ticks.push(Tick { x, label });
        }
    }
    match ticks.is_empty() {
        true => ends(from, to, x_of),
        false => ticks,
    }
}

fn ends(from: Day, to: Day, x_of: impl Fn(Day) -> i32) -> Vec<Tick> {
    let label = |day: Day| format!("{} {} {}", day.day(), MONTHS[day.month() as usize - 1], day.year());
    let tick = |day: Day| Tick { x: x_of(day), label: label(day) };
    match x_of(to) - x_of(from) >= 3 * LABELS_APART {
        true => vec![tick(from), tick(to)],
        false => vec![tick(from)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(day: &str, lane: &str) -> Event {
        Event { day: Day::parse(day).unwrap(), lane: lane.to_owned() }
    }

    fn lanes() -> Vec<String> {
        ["support", "reject", "warn"].map(str::to_owned).to_vec()
    }

    #[test]
    fn nothing_dated_gives_no_picture() {
        assert!(lay_out(&[], &lanes()).is_none());
        assert!(lay_out(&[event("2031-01-01", "sing")], &lanes()).is_none());
    }

    #[test]
    fn time_runs_from_left_to_right_within_the_picture() {
        let events =
            [event("2033-06-01", "warn"), event("2031-01-01", "reject"), event("2032-01-01", "reject")];
        let timeline = lay_out(&events, &lanes()).unwrap();
        assert_eq!(timeline.lanes.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["reject", "warn"]);
        let xs: Vec<i32> = timeline.dots.iter().map(|dot| dot.x).collect();
        assert!(xs[0] < xs[1] && xs[1] < xs[2], "{xs:?}");
        assert!(timeline.dots.iter().all(|d| d.x - d.r >= timeline.left && d.x + d.r <= timeline.width));
        assert!(timeline.dots.iter().all(|d| d.y + d.r < timeline.axis + 10));
        let labels: Vec<&str> = timeline.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["2031", "Apr", "Jul", "Oct", "2032", "Apr", "Jul", "Oct", "2033", "Apr"]);
    }

    #[test]
    fn close_days_share_a_dot_and_none_is_lost() {
        let mut events: Vec<Event> = (1..=28).map(|d| event(&format!("2031-02-{d:02}"), "warn")).collect();
        events.push(event("2035-01-01", "warn"));
        let timeline = lay_out(&events, &lanes()).unwrap();
        assert_eq!(timeline.dots.iter().map(|dot| dot.n).sum::<usize>(), 29);
        assert_eq!(timeline.total, 29);
        assert!(timeline.dots.windows(2).all(|pair| pair[1].x - pair[0].x >= APART));
    }

    #[test]
    fn one_day_stands_in_the_middle() {
        let timeline =
            lay_out(&[event("2031-02-03", "warn"), event("2031-02-03", "warn")], &lanes()).unwrap();
        assert_eq!((timeline.dots.len(), timeline.dots[0].n), (1, 2));
        assert_eq!(timeline.ticks, [Tick { x: timeline.dots[0].x, label: "3 Feb 2031".to_owned() }]);
    }

    #[test]
    fn the_longest_time_has_marks_that_do_not_touch() {
        let timeline =
            lay_out(&[event("0001-01-01", "warn"), event("9999-12-31", "warn")], &lanes()).unwrap();
        let labelled: Vec<&Tick> = timeline.ticks.iter().filter(|tick| !tick.label.is_empty()).collect();
        assert!(labelled.windows(2).all(|pair| pair[1].x - pair[0].x >= LABELS_APART));
        assert!(timeline.ticks.len() < 200);
    }
}
