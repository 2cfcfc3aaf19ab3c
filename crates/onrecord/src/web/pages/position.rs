//! How did an actor's position on a topic move? Acts in time with their sentences and conditions.

use super::who::{OfDay, by_day, picture};
use super::{Form, Frame, Reply, query_of};
use crate::web::timeline::Timeline;
use crate::web::{dress, fail::Failure, query};
use askama::Template;
use axum::http::Uri;
use onrecord_answer::{PointView, PositionQuestion, PositionView, Record};

/// Points on the page, the newest.
const POINTS: usize = 300;

/// `/position`: an empty form, or the points.
pub(crate) fn position(record: &Record, uri: &Uri, form: Form) -> Result<Reply, Failure> {
    let asked: query::Position = query::read(uri)?;
    let (actor, on) = (query::given(&asked.actor), query::given(&asked.on));
    let (Some(actor), Some(on)) = (actor, on) else {
        return match form {
            Form::Json => Err(Failure::BadQuery("A position takes both “actor” and “on”".to_owned())),
            Form::Page => form.reply(&(), || PositionPage::new(&asked, None, None)),
        };
    };
    let question =
        PositionQuestion { actor: actor.clone(), on, limit: POINTS, ..PositionQuestion::default() };
    match (onrecord_answer::position(record, &question)?, form) {
        (Some(view), _) => form.reply(&view, || PositionPage::new(&asked, Some(&view), None)),
        (None, Form::Json) => Err(Failure::NotFound(format!("speaker “{actor}”"))),
        (None, Form::Page) => {
            let remark = format!("Nobody in the record goes by “{actor}”.");
            form.reply(&(), || PositionPage::new(&asked, None, Some(remark)))
        }
    }
}

#[derive(Template)]
#[template(path = "position.html")]
struct PositionPage<'v> {
    frame: Frame,
    asked: &'v query::Position,
    /// What the form shows as the actor: its name where its slug was asked for.
    who: &'v str,
    view: Option<&'v PositionView>,
    remark: Option<String>,
    picture: Option<Timeline>,
    days: Vec<OfDay<'v, PointView>>,
}

impl<'v> PositionPage<'v> {
    fn new(asked: &'v query::Position, view: Option<&'v PositionView>, remark: Option<String>) -> Self {
        let title = match view {
            Some(view) => format!("{} on {}", view.actor.name, dress::clip(&view.on, 60)),
            None => "Positions".to_owned(),
        };
        let query = query_of(&[("actor", &asked.actor), ("on", &asked.on)]);
        PositionPage {
            frame: Frame::new(title, "position", "/position", &query),
            asked,
            who: match view {
                Some(view) if view.actor.id == asked.actor => &view.actor.name,
                _ => &asked.actor,
            },
            view,
            remark,
            picture: view.and_then(|view| picture(view.points.iter().map(|point| &point.statement))),
            days: view
                .map(|view| by_day(&view.points, |point| point.statement.date.as_deref()))
                .unwrap_or_default(),
        }
    }
}
