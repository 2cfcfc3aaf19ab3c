//! How do statements over time read? A speaker's timeline, and how a position moved.

use super::{
    act, act_on, condition, doubt_of, faint, passage, plain, remarks, said_words, statement_row, strong, when,
};
use crate::report::screen::{Ink, Screen};
use onrecord_answer::views::{SpeakerRef, StatementRow};
use onrecord_answer::{PointView, PositionView, TopicIn, WhoView};

/// One speaker.
pub(crate) fn who(screen: &mut Screen, view: &WhoView) {
    let actor = &view.actor;
    screen.title(&format!("{} · {} · {}", actor.name, actor.kind, actor.id));
    for one in &view.joined {
        screen.field("ALSO", &[plain(one.name.clone()), faint(format!("  {}", one.why))]);
    }
    for one in &view.decisions {
        let line = format!("{} {} / {}", one.decision, one.name, one.other);
        screen.field("DECIDED", &[plain(line), faint(format!("  {}", one.made))]);
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
    if !view.credited.is_empty() {
        screen.title("Credited to it by some outlets, to others by others");
        view.credited.iter().for_each(|row| credited(screen, row, &actor.id));
    }
    section(screen, "Perhaps its own: the speaker is in doubt", &view.unsure);
    if !view.doubtful.is_empty() {
        screen.title("In doubt: another speaker was chosen");
        for quote in &view.doubtful {
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
    others(screen, &view.others);
}

/// Others of the name, each with what to type for it.
fn others(screen: &mut Screen, others: &[SpeakerRef]) {
    if others.is_empty() {
        return;
    }
    let name = |other: &SpeakerRef| match other.id.as_ref().filter(|id| **id != other.name) {
        Some(id) => format!("{} (ask for {id})", other.name),
        None => other.name.clone(),
    };
    screen.gap();
    screen.flow(
        2,
        &[faint("Others of that name: "), plain(others.iter().map(name).collect::<Vec<_>>().join(", "))],
    );
}

/// A statement that only some outlets credit to the speaker.
fn credited(screen: &mut Screen, row: &StatementRow, slug: &str) {
    statement_row(screen, row);
    let of = |one: &SpeakerRef| one.id.as_deref() == Some(slug);
    for credit in row.credits.iter().filter(|credit| credit.speakers.iter().any(of)) {
        let line = format!(
            "credited to {} by {}; others: {}",
            super::names(&credit.speakers),
            credit.outlets.join(", "),
            super::names(&row.speakers)
        );
        screen.hang(4, 4, &[(Ink::Differs, line)]);
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
        let mut line = vec![strong(act(row).map(|act| format!("{act}  ")).unwrap_or_default())];
        line.extend(said_words(row));
        let mut foot = remarks(row);
        foot.extend(condition(row));
        foot.push(row.id.clone());
        line.push(faint(format!("  {}", foot.join(" · "))));
        screen.after(15, &line);
        before = Some(date);
    }
}

/// How a position moved.
pub(crate) fn position(screen: &mut Screen, view: &PositionView) {
    screen.title(&format!("{} on \"{}\"", view.actor.name, view.on));
    // Offices without a name ("the president") are the same people once more.
    let named = view.speaks_for_it.iter().filter(|one| one.named);
    let people: Vec<&str> = named.map(|one| one.name.as_str()).collect();
    if !people.is_empty() {
        screen.flow(0, &[faint(format!("with those who speak for it: {}", people.join(", ")))]);
    }
    if view.total == 0 {
        screen.line(0, &nothing(view));
    }
    view.points.iter().for_each(|point| self::point(screen, point));
    let (some, head): (Vec<_>, Vec<_>) =
        view.near.iter().cloned().partition(|point| point.topic_in == TopicIn::Some);
    for (title, points) in [
        ("Date not known: no place in the order", &view.undated),
        ("Without a name", &view.unnamed),
        ("Credited to it by some outlets only, or in doubt", &view.credited),
        ("With some of the words", &some),
        (
            "In reports on it, without its words: the topic stands in the headline or the first paragraph",
            &head,
        ),
    ] {
        if !points.is_empty() {
            screen.title(title);
            points.iter().for_each(|point| self::point(screen, point));
        }
    }
    others(screen, &view.others);
}

/// What can be said where no statement is about it.
pub(crate) fn nothing(view: &PositionView) -> String {
    match view.some {
        0 => "no statement with these words".to_owned(),
        n => format!("no statement with all these words; {n} with some"),
    }
}

fn point(screen: &mut Screen, point: &PointView) {
    let row = &point.statement;
    screen.gap();
    let role = row.speakers.first().and_then(|speaker| speaker.role.as_ref());
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    let mut head = vec![
        plain(format!("{}  ", when(row))),
        strong(
            act_on(row.act.as_deref(), row.target.as_deref(), &row.words)
                .unwrap_or_else(|| "act not known".to_owned()),
        ),
        plain(format!("  {}{role}", super::names(&row.speakers))),
        faint(format!("  {}", row.id)),
    ];
    head.extend(doubt_of(&row.speakers, &row.doubt).map(|doubt| faint(format!("  {doubt}"))));
    screen.hang(0, 4, &head);
    screen.hang(4, 4, &passage(&point.evidence.passage));
    let article = &point.evidence.article;
    let mut foot = vec![format!("{} {}", article.outlet_or_name(), article.id)];
    if row.reports > 1 {
        foot.push(format!("{} reports, {} independent", row.reports, row.independent));
    }
    foot.extend(condition(row));
    if point.topic_in == TopicIn::Partly {
        foot.push("the topic stands in part in the headline or the first paragraph".to_owned());
    }
    foot.extend(remarks(row));
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
