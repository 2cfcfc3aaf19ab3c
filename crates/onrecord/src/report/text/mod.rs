//! How does each kind of answer read? Lines for people, in neutral words.

mod show;
mod time;

pub(crate) use show::{article, quote};
pub(crate) use time::{position, who};

use super::coverage;
use super::screen::{Ink, Screen};
use onrecord_answer::views::{ArticleRef, Doubt, Passage, SpeakerRef, StatementRow, StatementView};
use onrecord_answer::{SaidView, SearchView, StoriesView, StoryView};

/// Below this, the doubt about who speaks is shown in a list too.
const SURE: f64 = 0.8;

/// A second choice below this is shown only where everything is (`show`, and every form for programs).
pub(super) const FAINT: f64 = 0.05;

pub(super) fn in_doubt(doubt: &Doubt) -> bool {
    doubt.confidence < SURE || doubt.runner_up_confidence.is_some_and(|confidence| confidence >= FAINT)
}

pub(super) fn plain(words: impl Into<String>) -> (Ink, String) {
    (Ink::Plain, words.into())
}

pub(super) fn faint(words: impl Into<String>) -> (Ink, String) {
    (Ink::Faint, words.into())
}

pub(super) fn strong(words: impl Into<String>) -> (Ink, String) {
    (Ink::Strong, words.into())
}

/// The list of stories.
pub(crate) fn stories(screen: &mut Screen, view: &StoriesView) {
    if view.stories.is_empty() {
        return screen.line(0, "no stories in the record");
    }
    let days = |first: &Option<String>, last: &Option<String>| match (first, last) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (Some(first), Some(last)) => format!("{first} – {last}"),
        _ => "date not known".to_owned(),
    };
    let rows = view.stories.iter().map(|row| {
        vec![
            row.id.clone(),
            days(&row.first, &row.last),
            row.title.clone(),
            format!("{} ({} ind.)", row.reports, row.independent),
            row.statements.to_string(),
            row.outlets.join(", "),
        ]
    });
    let heads = ["story", "published", "title", "reports", "statements", "outlets"].map(str::to_owned);
    screen.table(&heads, rows.collect());
    more(screen, view.skip, view.stories.len(), view.total as i64);
}

fn more(screen: &mut Screen, skip: usize, shown: usize, total: i64) {
    if (shown as i64) < total {
        screen.flow(
            0,
            &[faint(format!("{} to {} of {total}; --skip and --limit show others", skip + 1, skip + shown))],
        );
    }
}

/// One story.
pub(crate) fn story(screen: &mut Screen, view: &StoryView, all: bool) {
    let row = &view.row;
    screen.title(&format!("{} · {}", row.id, row.title));
    screen.flow(
        0,
        &[faint(format!(
            "{} reports, {} independent · {} outlets · {} statements",
            row.reports,
            row.independent,
            row.outlets.len(),
            row.statements
        ))],
    );
    screen.gap();
    for article in &view.articles {
        screen.hang(2, 4, &article_line(article));
    }
    for copies in &view.copies {
        screen.gap();
        let names = copies.copies.iter().map(|copy| format!("{} ({})", copy.outlet_or_name(), copy.id));
        let credit = match copies.agencies.is_empty() {
            true => String::new(),
            false => format!("; credited: {}", copies.agencies.join(", ")),
        };
        let first = &copies.first;
        screen.hang(
            2,
            4,
            &[
                faint("same copy: "),
                plain(format!("{} ({}) → ", first.outlet_or_name(), first.id)),
                plain(names.collect::<Vec<_>>().join(", ")),
                faint(credit),
            ],
        );
    }
    coverage::table(screen, &view.coverage, all);
    if !view.thread_stories.is_empty() {
        screen.title("Same thread");
        for row in &view.thread_stories {
            let date = row.first.clone().unwrap_or_else(|| "date not known".to_owned());
            screen.hang(2, 4, &[plain(format!("{} {date} ", row.id)), plain(row.title.clone())]);
        }
    }
}

pub(super) fn article_line(article: &ArticleRef) -> Vec<(Ink, String)> {
    let mut line = vec![
        faint(format!("{} ", article.id)),
        plain(format!("{} ", article.day().unwrap_or("date not known"))),
        strong(format!("{} ", article.outlet_or_name())),
        plain(article.title.clone().unwrap_or_else(|| article.name.clone())),
    ];
    if !article.complete {
        line.push(faint(" · text incomplete"));
    }
    if let Some(of) = &article.copy_of {
        line.push(faint(format!(" · copy of {of}")));
    }
    if let Some(language) = article.language.as_ref().filter(|language| *language != "en") {
        line.push(faint(format!(" · language: {language}")));
    }
    line
}

/// Statements in a list.
pub(crate) fn said(screen: &mut Screen, view: &SaidView) {
    for remark in &view.remarks {
        screen.line(0, remark);
    }
    if view.statements.is_empty() {
        return screen.line(0, "nothing found");
    }
    for row in &view.statements {
        statement_row(screen, row);
    }
    screen.gap();
    more(screen, view.skip, view.statements.len(), view.total);
}

/// A statement in two or three lines.
pub(crate) fn statement_row(screen: &mut Screen, row: &StatementRow) {
    screen.gap();
    let mut head = vec![plain(format!("{}  ", when(row))), strong(names(&row.speakers))];
    if let Some(role) = row.speakers.first().and_then(|speaker| speaker.role.as_ref()) {
        head.push(faint(format!(", {role}")));
    }
    if in_doubt(&row.doubt) {
        head.push(faint(format!("  {}", doubt(&row.doubt))));
    }
    head.push(faint(format!("  {}", row.id)));
    screen.hang(0, 4, &head);
    screen.hang(4, 4, &[(Ink::Words, row.words.clone())]);
    let mut foot = Vec::new();
    if let Some(act) = act(row.act.as_deref(), row.target.as_deref()) {
        foot.push(act);
    }
    if let Some(condition) = &row.condition {
        foot.push(format!("condition: {condition}"));
    }
    foot.push(match row.reports {
        1 => row.outlets.join(", "),
        n => format!("{n} reports, {} independent: {}", row.independent, row.outlets.join(", ")),
    });
    if !row.differs.is_empty() {
        foot.push(format!("differs: {}", row.differs.join(", ")));
    }
    screen.hang(4, 4, &[faint(foot.join(" · "))]);
}

pub(super) fn when(row: &StatementRow) -> String {
    match (&row.date, row.date_is) {
        (Some(date), "said") => date.clone(),
        (Some(date), _) => format!("{date} (published)"),
        (None, _) => "date not known".to_owned(),
    }
}

pub(super) fn names(speakers: &[SpeakerRef]) -> String {
    match speakers.is_empty() {
        true => "speaker not known".to_owned(),
        false => speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" and "),
    }
}

pub(super) fn doubt(doubt: &Doubt) -> String {
    match (&doubt.runner_up, doubt.runner_up_confidence) {
        (Some(name), Some(confidence)) => {
            format!("{:.2}, else {name} {confidence:.2}", doubt.confidence)
        }
        _ => format!("{:.2}", doubt.confidence),
    }
}

pub(super) fn act(act: Option<&str>, target: Option<&str>) -> Option<String> {
    Some(match (act?, target) {
        (act, Some(target)) => format!("{act} → {target}"),
        (act, None) => act.to_owned(),
    })
}

/// One statement with its renderings.
pub(crate) fn statement(screen: &mut Screen, view: &StatementView) {
    let row = &view.row;
    let outlets = row.outlets.len();
    screen.title(&format!(
        "{} · {} reports · {outlets} outlets · {} independent",
        row.id, row.reports, row.independent
    ));
    let who = row.speakers.iter().map(speaker).collect::<Vec<_>>().join("; ");
    let who = if who.is_empty() { "speaker not known".to_owned() } else { who };
    screen.field("WHO", &[strong(who), faint(format!("  {}", doubt(&row.doubt)))]);
    let venue = row.venue.as_ref().map(|venue| format!(" · {venue}")).unwrap_or_default();
    screen.field("SAID", &[plain(when(row)), plain(venue)]);
    if let Some(act) = act(row.act.as_deref(), row.target.as_deref()) {
        let condition =
            row.condition.as_ref().map(|words| format!(" · condition: {words}")).unwrap_or_default();
        screen.field("ACT", &[plain(act), plain(condition)]);
    }
    for (idx, told) in view.renderings.iter().enumerate() {
        screen.gap();
        let mut head = vec![
            faint(format!("{} ", idx + 1)),
            strong(format!("{} ", told.article.outlet_or_name())),
            plain(format!("{} · {}", told.article.day().unwrap_or("date not known"), told.kind)),
        ];
        if let Some(cue) = &told.cue {
            head.push(plain(format!(" · {cue}")));
        }
        if names(&told.speakers) != names(&row.speakers) {
            head.push(plain(format!(" · from {}", names(&told.speakers))));
        }
        if !told.complete {
            head.push(faint(" · a part is left out"));
        }
        if let Some(of) = &told.article.copy_of {
            head.push(faint(format!(" · copy of {of}")));
        }
        head.push(faint(format!("  {}", told.quote)));
        screen.hang(1, 3, &head);
        screen.hang(3, 3, &passage(&told.passage));
    }
    screen.gap();
    if view.renderings.len() > 1 {
        let differs =
            if row.differs.is_empty() { "nothing found".to_owned() } else { row.differs.join(", ") };
        screen
            .field("DIFFERS", &[plain(differs), faint(format!("  (same statement: {:.2})", row.confidence))]);
    }
    if !view.others.is_empty() {
        let others = view.others.iter().map(|other| format!("{}: {}", other.outlet, other.state));
        screen.field("ELSEWHERE", &[plain(others.collect::<Vec<_>>().join(" · "))]);
    }
    if view.renderings.len() > 1 {
        screen.flow(2, &[faint("No judgement is made on which rendering is right.")]);
    }
}

pub(super) fn speaker(speaker: &SpeakerRef) -> String {
    let mut words = speaker.name.clone();
    if let Some(role) = &speaker.role {
        words.push_str(&format!(", {role}"));
    }
    if let Some(of) = speaker.of.as_ref().filter(|of| **of != speaker.name) {
        words.push_str(&format!(" ({of})"));
    }
    if !speaker.named {
        words.push_str(&format!(" [{}]", speaker.kind));
    }
    words
}

/// A passage with its content, its differences and its hits marked.
pub(crate) fn passage(passage: &Passage) -> Vec<(Ink, String)> {
    let mut pieces: Vec<(Ink, String)> = Vec::new();
    let mut open = false;
    for piece in &passage.pieces {
        // A difference is marked once, though other marks may cut it in pieces.
        if piece.differs.is_some() != open {
            open = !open;
            pieces.push((Ink::Differs, if open { "⟨" } else { "⟩" }.to_owned()));
        }
        let ink = match piece {
            piece if piece.hit => Ink::Hit,
            piece if piece.differs.is_some() => Ink::Differs,
            piece if piece.part == Some("content") => Ink::Words,
            piece if piece.part.is_some() => Ink::Strong,
            _ => Ink::Plain,
        };
        match ink {
            Ink::Hit => pieces.push((ink, format!("[{}]", piece.text))),
            ink => pieces.push((ink, piece.text.clone())),
        }
    }
    if open {
        pieces.push((Ink::Differs, "⟩".to_owned()));
    }
    pieces
}

/// What a search found.
pub(crate) fn search(screen: &mut Screen, view: &SearchView) {
    if view.statements.is_empty() && view.articles.is_empty() {
        return screen.line(0, "nothing found");
    }
    if !view.statements.is_empty() {
        screen.title(&format!("Statements ({} quotes)", view.quotes_total));
        for hit in &view.statements {
            screen.gap();
            screen.hang(
                0,
                4,
                &[
                    plain(format!("{}  ", when(&hit.statement))),
                    strong(names(&hit.statement.speakers)),
                    faint(format!("  {}  {}", hit.article.outlet_or_name(), hit.statement.id)),
                ],
            );
            screen.hang(4, 4, &passage(&hit.passage));
        }
    }
    if !view.articles.is_empty() {
        screen.title(&format!("Articles ({})", view.articles_total));
        for hit in &view.articles {
            screen.gap();
            screen.hang(0, 4, &article_line(&hit.article));
            screen.hang(4, 4, &passage(&hit.passage));
        }
    }
}
