//! How does each kind of answer read? Lines for people, in neutral words.

use super::coverage;
use super::screen::{Ink, Screen};
use onrecord_answer::views::{
    ArticleRef, Doubt, Passage, RenderingView, SpeakerRef, StatementRow, StatementView,
};
use onrecord_answer::{
    ArticleView, PointView, PositionView, ProvenanceView, QuoteView, SaidView, SearchView, StoriesView,
    StoryView, WhoView,
};

/// Below this, the doubt about who speaks is shown in a list too.
const SURE: f64 = 0.8;

/// A second choice below this is shown only where everything is (`show`, and every form for programs).
const FAINT: f64 = 0.05;

fn in_doubt(doubt: &Doubt) -> bool {
    doubt.confidence < SURE || doubt.runner_up_confidence.is_some_and(|confidence| confidence >= FAINT)
}

fn plain(words: impl Into<String>) -> (Ink, String) {
    (Ink::Plain, words.into())
}

fn faint(words: impl Into<String>) -> (Ink, String) {
    (Ink::Faint, words.into())
}

fn strong(words: impl Into<String>) -> (Ink, String) {
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

fn article_line(article: &ArticleRef) -> Vec<(Ink, String)> {
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

fn when(row: &StatementRow) -> String {
    match (&row.date, row.date_is) {
        (Some(date), "said") => date.clone(),
        (Some(date), _) => format!("{date} (published)"),
        (None, _) => "date not known".to_owned(),
    }
}

fn names(speakers: &[SpeakerRef]) -> String {
    match speakers.is_empty() {
        true => "speaker not known".to_owned(),
        false => speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" and "),
    }
}

fn doubt(doubt: &Doubt) -> String {
    match (&doubt.runner_up, doubt.runner_up_confidence) {
        (Some(name), Some(confidence)) => {
            format!("{:.2}, else {name} {confidence:.2}", doubt.confidence)
        }
        _ => format!("{:.2}", doubt.confidence),
    }
}

fn act(act: Option<&str>, target: Option<&str>) -> Option<String> {
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

fn speaker(speaker: &SpeakerRef) -> String {
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
                    plain(format!("{} {:.2}, ", self::names(&quote.speakers), quote.confidence)),
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
pub(crate) fn timeline(screen: &mut Screen, rows: &[StatementRow]) {
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
        plain(format!("  {}{role}", names(&row.speakers))),
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

/// One article.
pub(crate) fn article(screen: &mut Screen, view: &ArticleView) {
    screen.title(view.article.title.as_deref().unwrap_or(&view.article.name));
    screen.hang(0, 2, &article_line(&view.article));
    if !view.byline.is_empty() {
        screen.field("BY", &[plain(view.byline.join(", "))]);
    }
    if !view.article.agencies.is_empty() {
        screen.field("CREDITS", &[plain(view.article.agencies.join(", "))]);
    }
    if let Some(story) = &view.story {
        screen.field("STORY", &[plain(story.clone()), faint(format!("  {}", view.why.join(", ")))]);
    }
    for paragraph in &view.paragraphs {
        screen.gap();
        let pieces = passage(&paragraph.passage);
        match paragraph.kind {
            "heading" => screen.title(&paragraph.passage.words()),
            _ => screen.flow(2, &pieces),
        }
    }
    if !view.quotes.is_empty() {
        screen.title("Quotes");
        view.quotes.iter().for_each(|told| quote_line(screen, told));
    }
    if !view.notes.is_empty() {
        screen.title("Notes");
        view.notes.iter().for_each(|note| {
            screen.hang(2, 4, &[faint(format!("{}: ", note.code)), plain(note.text.clone())])
        });
    }
    provenance(screen, &view.provenance);
    if view.versions.len() > 1 {
        screen.title("Versions");
        for version in &view.versions {
            let line =
                format!("{} first read {} sha256 {}", version.id, version.first_read, version.page_sha256);
            screen.hang(2, 4, &[plain(line)]);
        }
        for change in &view.changes {
            let words = |words: &Option<String>| words.clone().unwrap_or_default();
            let line = match change.change {
                "reworded" => format!("{} → {}", words(&change.before), words(&change.after)),
                "added" => words(&change.after),
                _ => words(&change.before),
            };
            screen.hang(2, 4, &[faint(format!("quote {}: ", change.change)), plain(line)]);
        }
    }
}

fn quote_line(screen: &mut Screen, told: &RenderingView) {
    let mut line = vec![
        faint(format!("{} ", told.quote)),
        strong(names(&told.speakers)),
        plain(format!(" · {}", told.kind)),
    ];
    if told.passage.place == "title" {
        line.push(faint(" · in the headline"));
    }
    if in_doubt(&told.doubt) {
        line.push(faint(format!(" · {}", doubt(&told.doubt))));
    }
    line.push(plain(" · "));
    line.push((Ink::Words, told.words.clone()));
    screen.hang(2, 4, &line);
}

/// One quote.
pub(crate) fn quote(screen: &mut Screen, view: &QuoteView) {
    let told = &view.rendering;
    screen.title(&format!("{} · {}", told.quote, told.kind));
    let who = told.speakers.iter().map(speaker).collect::<Vec<_>>().join("; ");
    let who = if who.is_empty() { "speaker not known".to_owned() } else { who };
    screen.field("WHO", &[strong(who), faint(format!("  {}", doubt(&told.doubt)))]);
    screen.field("IN", &article_line(&told.article));
    if let Some(url) = &told.article.url {
        screen.field("URL", &[plain(url.clone())]);
    }
    screen.gap();
    screen.flow(2, &passage(&told.passage));
    screen.gap();
    if let Some(act) = act(told.act.as_deref(), told.target.as_deref()) {
        screen.field("ACT", &[plain(act)]);
    }
    if let Some(condition) = &told.condition {
        screen.field("CONDITION", &[plain(condition.clone())]);
    }
    let spans =
        told.content.iter().map(|[start, end]| format!("{start}–{end}")).collect::<Vec<_>>().join(", ");
    screen.field("AT", &[plain(format!("characters {spans} of its {}", told.passage.place))]);
    if let Some(statement) = &told.statement {
        screen.field("STATEMENT", &[plain(statement.clone())]);
    }
    provenance(screen, &view.provenance);
}

fn provenance(screen: &mut Screen, view: &ProvenanceView) {
    screen.title("Where it comes from");
    screen.field("PAGE", &[plain(view.origin.clone())]);
    if view.key != view.origin {
        screen.field("KEY", &[plain(view.key.clone())]);
    }
    let latest = if view.latest { "" } else { ", not the latest" };
    screen.field("READ", &[plain(format!("{}, version {}{latest}", view.first_read, view.version))]);
    screen.field("SHA-256", &[plain(format!("{} (page, {} bytes)", view.page_sha256, view.n_bytes))]);
    screen.field("", &[plain(format!("{} (text)", view.text_sha256))]);
    if !view.given.is_empty() {
        screen.field("GIVEN", &[plain(format!("beside the page: {}", view.given.join(", ")))]);
    }
    let stages = format!("article stage {}, quote stage {}", view.extract_stage, view.quote_stage);
    screen.field("MADE BY", &[plain(stages)]);
}
