//! Who reports, with which verbs, and whom do they quote? All outlets, and one.

use super::{Form, Frame, Reply};
use crate::web::{dress, fail::Failure};
use askama::Template;
use onrecord_answer::{OutletView, OutletsView, QuotedView, Record, ShareView, VerbView};

/// Verbs and speakers on an outlet's page; the JSON has them all.
const SHOWN: usize = 100;

/// `/outlets`.
pub(crate) fn outlets(record: &Record, form: Form) -> Result<Reply, Failure> {
    let view = onrecord_answer::outlets(record)?;
    form.reply(&view, || OutletsPage { frame: Frame::new("Outlets", "outlets", "/outlets", ""), view: &view })
}

/// `/outlet/Vale Ledger`.
pub(crate) fn outlet(record: &Record, name: &str, form: Form) -> Result<Reply, Failure> {
    let view = onrecord_answer::outlet(record, name)?;
    let view = view.ok_or_else(|| Failure::NotFound(format!("outlet “{name}”")))?;
    let name = view.row.outlet.clone().unwrap_or_default();
    form.reply(&view, || OutletPage {
        frame: Frame::new(name.clone(), "outlets", &format!("/outlet/{}", dress::in_query(&name)), ""),
        name,
        kinds: kinds(&view),
        verbs: &view.verbs[..view.verbs.len().min(SHOWN)],
        quoted: &view.quoted[..view.quoted.len().min(SHOWN)],
        view: &view,
    })
}

#[derive(Template)]
#[template(path = "outlets.html")]
struct OutletsPage<'v> {
    frame: Frame,
    view: &'v OutletsView,
}

#[derive(Template)]
#[template(path = "outlet.html")]
struct OutletPage<'v> {
    frame: Frame,
    name: String,
    view: &'v OutletView,
    kinds: [(&'static str, ShareView); 6],
    verbs: &'v [VerbView],
    quoted: &'v [QuotedView],
}

/// Kinds of quotes with their numbers.
fn kinds(view: &OutletView) -> [(&'static str, ShareView); 6] {
    [
        ("in quotation marks", view.row.direct),
        ("partly in quotation marks", view.row.mixed),
        ("in the outlet’s words", view.row.indirect),
        ("of somebody with a name", view.named),
        ("of somebody without a name", view.unnamed),
        ("whose speaker is not known", view.not_known),
    ]
}

/// Parts of a hundred, for people.
fn share(part: &ShareView, of: &ShareView, own: bool) -> String {
    let (part, of) = if own { (part.own, of.own) } else { (part.all, of.all) };
    match of {
        0 => "–".to_owned(),
        of => format!("{:.1} %", 100.0 * part as f64 / of as f64),
    }
}
