//! Who is this, and what did they say over time? One speaker, and the list of all.

use super::lists::{Part, next};
use super::{Form, Frame, Reply, query_of};
use crate::web::timeline::{self, Event, Timeline};
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::views::{ActorView, StatementRow};
use onrecord_answer::{Record, SpeakersView, WhoView};
use onrecord_terms::Day;

/// Speakers on one page.
const SPEAKERS: usize = 100;
/// Statements on a speaker's page, the newest; the rest is a link away.
const STATEMENTS: usize = 300;

/// `/who/ana-ruiz`.
pub(crate) fn who(record: &Record, slug: &str, form: Form) -> Result<Reply, Failure> {
    let view = onrecord_answer::who(record, slug, STATEMENTS)?;
    let view = view.ok_or_else(|| Failure::NotFound(format!("speaker “{slug}”")))?;
    form.reply(&view, || WhoPage {
        frame: Frame::new(view.actor.name.clone(), "who", &format!("/who/{}", view.actor.id), ""),
        picture: picture(view.timeline.iter()),
        days: by_day(&view.timeline, |row| row.date.as_deref()),
        shown: view.timeline.len() + view.undated.len(),
        view: &view,
    })
}

#[derive(Template)]
#[template(path = "who.html")]
struct WhoPage<'v> {
    frame: Frame,
    view: &'v WhoView,
    picture: Option<Timeline>,
    days: Vec<OfDay<'v, StatementRow>>,
    shown: usize,
}

/// What was said on one day.
pub(super) struct OfDay<'v, T> {
    /// The day, `YYYY-MM-DD`.
    pub(super) day: &'v str,
    /// What was said, in order.
    pub(super) said: Vec<&'v T>,
}

/// Things in order of time, each day's together.
pub(super) fn by_day<'v, T>(things: &'v [T], day: impl Fn(&'v T) -> Option<&'v str>) -> Vec<OfDay<'v, T>> {
    let mut days: Vec<OfDay<'v, T>> = Vec::new();
    for thing in things {
        let Some(day) = day(thing) else { continue };
        match days.last_mut() {
            Some(last) if last.day == day => last.said.push(thing),
            _ => days.push(OfDay { day, said: vec![thing] }),
        }
    }
    days
}

/// Statements as a timeline, a lane an act; nothing where all are of one day.
pub(super) fn picture<'v>(rows: impl Iterator<Item = &'v StatementRow>) -> Option<Timeline> {
    let events: Vec<Event> = rows
        .filter_map(|row| {
            let day = Day::parse(row.date.as_deref()?)?;
            Some(Event { day, lane: dress::lane(row).to_owned() })
        })
        .collect();
    let lanes: Vec<String> = dress::LANES.iter().map(|lane| (*lane).to_owned()).collect();
    timeline::lay_out(&events, &lanes).filter(|timeline| timeline.from < timeline.to)
}

/// `/who`.
pub(crate) fn speakers(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let paged: query::Paged = query::read(uri)?;
    let skip = query::skip(&paged.next)?;
    let mut view = onrecord_answer::speakers(record, skip.saturating_add(SPEAKERS))?;
    view.speakers.drain(..skip.min(view.speakers.len()));
    let next = next(skip, view.speakers.len(), usize::try_from(view.total).unwrap_or(0));
    form.reply(&Part { view: &view, next: &next }, || {
        let (named, unnamed) = view.speakers.iter().partition(|speaker| speaker.named);
        SpeakersPage {
            frame: Frame::new("Speakers", "who", "/who", &query_of(&[("next", &paged.next)])),
            view: &view,
            named,
            unnamed,
            next: next.clone(),
        }
    })
}

#[derive(Template)]
#[template(path = "speakers.html")]
struct SpeakersPage<'v> {
    frame: Frame,
    view: &'v SpeakersView,
    named: Vec<&'v ActorView>,
    /// Apart: a description is no name.
    unnamed: Vec<&'v ActorView>,
    next: Option<String>,
}
