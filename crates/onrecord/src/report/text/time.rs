//! How do statements over time read? A speaker's timeline, and how a position moved.

use super::{FAINT, act, doubt, faint, in_doubt, passage, plain, statement_row, strong, when};
use crate::report::screen::{Ink, Screen};
use onrecord_answer::views::StatementRow;
use onrecord_answer::{PointView, PositionView, WhoView};

/// One speaker.
pub(crate) fn who(screen: &mut Screen, view: &WhoView) {
    let actor = &view.actor;
    screen.title(&format!("{} · {} · {}", actor.name, actor.kind, actor.id));
    let names: Vec<&str> = actor.names.iter().skip(1).map(String::as_str).collect();
    if !names.is_empty() {
        screen.field("ALSO", &[plain(names.join(", "))]);
    }
    for role in &actor.roles {
        let days = match (&role.first, &role.last) {
            (Some(first), Some(last)) if first == last => format!("as of {first}"),
            (Some(first), Some(last)) => format!("in reports from {first} to {last}"),
            _ => "date not known".to_owned(),
        };
        screen.field("ROLE", &[plain(role.title.clone()), faint(format!("  {days}"))]);
    }
    if let Some(of) = &actor.of {
        screen.field("FOR", &[plain(of.name.clone())]);
    }
    let people: Vec<&str> = view.people.iter().map(|person| person.name.as_str()).collect();
    if !people.is_empty() {
        screen.field("PEOPLE", &[plain(people.join(", "))]);
    }
    timeline(screen, &view.timeline);
    section(screen, "Date not known", &view.undated);
    section(screen, "Its people without a name", &view.unnamed);
    let doubtful: Vec<_> = view.doubtful.iter().filter(|quote| quote.runner_up_confidence >= FAINT).collect();
    if !doubtful.is_empty() {
        screen.title("In doubt: another speaker was chosen");
        for quote in doubtful {
            screen.hang(
                2,
                4,
                &[
                    plain(format!("{} {:.2}, ", super::names(&quote.speakers), quote.confidence)),
                    plain(format!("else {} {:.2} ", quote.runner_up, quote.runner_up_confidence)),
                    (Ink::Words, quote.words.clone()),
                    faint(format!("  {} {}", quote.article.outlet_or_name(), quote.quote)),
                ],
            );
        }
    }
    if !view.others.is_empty() {
        let others = view.others.iter().map(|other| other.id.clone().unwrap_or_else(|| other.name.clone()));
        screen.gap();
        screen.field("OTHERS", &[plain(others.collect::<Vec<_>>().join(", "))]);
    }
}

fn section(screen: &mut Screen, title: &str, rows: &[StatementRow]) {
    if !rows.is_empty() {
        screen.title(title);
        rows.iter().for_each(|row| statement_row(screen, row));
    }
}

/// Statements in time: one line a statement, a new day begins a new date.
fn timeline(screen: &mut Screen, rows: &[StatementRow]) {
    if rows.is_empty() {
        return;
    }
    screen.gap();
    let mut before = None;
    for row in rows {
        let date = row.date.clone().unwrap_or_default();
        let (shown, dot) = match before.as_ref() == Some(&date) {
            true => (" ".repeat(10), "│"),
            false => (date.clone(), "●"),
        };
        screen.text_line(&format!("  {shown} {dot} "));
        let act =
            act(row.act.as_deref(), row.target.as_deref()).map(|act| format!("{act}  ")).unwrap_or_default();
        screen.after(15, &[strong(act), (Ink::Words, row.words.clone()), faint(format!("  {}", row.id))]);
        before = Some(date);
    }
}

/// How a position moved.
pub(crate) fn position(screen: &mut Screen, view: &PositionView) {
    screen.title(&format!("{} on \"{}\"", view.actor.name, view.on));
    let people: Vec<&str> = view.speaks_for_it.iter().map(|one| one.name.as_str()).collect();
    if !people.is_empty() {
        screen.flow(0, &[faint(format!("with those who speak for it: {}", people.join(", ")))]);
    }
    if view.points.is_empty() && view.undated.is_empty() && view.unnamed.is_empty() {
        return screen.line(0, "no statement found on this");
    }
    view.points.iter().for_each(|point| self::point(screen, point));
    for (title, points) in
        [("Date not known: no place in the order", &view.undated), ("Without a name", &view.unnamed)]
    {
        if !points.is_empty() {
            screen.title(title);
            points.iter().for_each(|point| self::point(screen, point));
        }
    }
    if !view.others.is_empty() {
        let others = view.others.iter().map(|other| other.id.clone().unwrap_or_else(|| other.name.clone()));
        screen.gap();
        screen.field("OTHERS", &[plain(others.collect::<Vec<_>>().join(", "))]);
    }
}

fn point(screen: &mut Screen, point: &PointView) {
    let row = &point.statement;
    screen.gap();
    let role = row.speakers.first().and_then(|speaker| speaker.role.as_ref());
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    let mut head = vec![
        plain(format!("{}  ", when(row))),
        strong(act(row.act.as_deref(), row.target.as_deref()).unwrap_or_else(|| "act not known".to_owned())),
        plain(format!("  {}{role}", super::names(&row.speakers))),
        faint(format!("  {}", row.id)),
    ];
    if in_doubt(&row.doubt) {
        head.push(faint(format!("  {}", doubt(&row.doubt))));
    }
    screen.hang(0, 4, &head);
    screen.hang(4, 4, &passage(&point.evidence.passage));
    let article = &point.evidence.article;
    let mut foot = vec![format!("{} {}", article.outlet_or_name(), article.id)];
    if row.reports > 1 {
        foot.push(format!("{} reports, {} independent", row.reports, row.independent));
    }
    if let Some(condition) = &row.condition {
        foot.push(format!("condition: {condition}"));
    }
    screen.hang(4, 4, &[faint(foot.join(" · "))]);
    if let Some(earlier) = &point.differs_from {
        let act = earlier.act.clone().unwrap_or_default();
        let date = earlier.date.clone().unwrap_or_else(|| "date not known".to_owned());
        let condition =
            earlier.condition.as_ref().map(|words| format!(", condition: {words}")).unwrap_or_default();
        let what = earlier.in_what.join(" and ");
        screen.hang(
            4,
            4,
            &[(
                Ink::Differs,
                format!("differs from {} ({date}, {act}{condition}) in {what}", earlier.statement),
            )],
        );
    }
}
