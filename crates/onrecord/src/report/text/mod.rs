//! How does each kind of answer read? Lines for people, in neutral words.

mod outlets;
mod show;
mod time;

pub(crate) use outlets::{outlet, outlets};
pub(crate) use show::{article, quote};
pub(crate) use time::{nothing, position, who};

use super::coverage;
use super::screen::{Ink, Screen};
use onrecord_answer::views::{
    ArticleRef, Caveat, Doubt, Passage, RenderingView, SpeakerRef, StatementRow, StatementView,
};
use onrecord_answer::{SaidView, SearchView, StoriesView, StoryRow, StoryView};

/// Below this, the doubt about who speaks is shown in a list too.
const SURE: f64 = 0.8;

pub(super) fn in_doubt(doubt: &Doubt) -> bool {
    doubt.confidence < SURE || doubt.runner_up.is_some()
}

/// "1 report", "2 reports".
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A headline as the words of its outlet.
fn headline(row: &StoryRow) -> Vec<(Ink, String)> {
    vec![strong(format!("“{}”", row.title)), faint(format!(" — {}", row.title_by))]
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
            format!("“{}” — {}", row.title, row.title_by),
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
    screen.gap();
    let mut title = vec![strong(format!("{} · ", row.id))];
    title.extend(headline(row));
    screen.flow(0, &title);
    screen.flow(
        0,
        &[faint(format!(
            "{}, {} independent · {} · {}",
            counted(row.reports, "report", "reports"),
            row.independent,
            counted(row.outlets.len(), "outlet", "outlets"),
            counted(row.statements, "statement", "statements")
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
    for late in &view.late {
        let what = match &late.from {
            None => "opened a story of its own, merged later".to_owned(),
            Some(from) => format!("stood in the story of {from} at first, split off later"),
        };
        screen.hang(2, 4, &[faint(format!("{} {what}", late.article))]);
    }
    for decision in &view.decisions {
        let what = match decision.decision {
            "merge" => "is one story with",
            _ => "is not one story with",
        };
        let line = format!("by hand, {}: {} {what} {}", decision.made, decision.other, decision.one);
        screen.hang(2, 4, &[faint(line)]);
    }
    coverage::table(screen, &view.coverage, all);
    if !view.contrasts.is_empty() {
        screen.title("Words for the same thing");
    }
    for contrast in &view.contrasts {
        screen.gap();
        let aligned = contrast.found == "alignment";
        let how = if aligned { "  one in the place of the other" } else { "" };
        screen.flow(2, &[strong(contrast.concept.clone()), faint(how)]);
        for word in &contrast.words {
            for used in &word.uses {
                let times = if used.times > 1 { format!(" ×{}", used.times) } else { String::new() };
                let marks = if used.in_marks { ", in a quotation" } else { "" };
                let who = format!("{}{times}: {} ({}{marks}): ", word.word, used.outlet, used.article);
                screen.hang(4, 6, &[plain(who), faint(used.sentence.clone())]);
            }
        }
    }
    if !view.thread_stories.is_empty() {
        screen.title("Same thread");
        for row in &view.thread_stories {
            let date = row.first.clone().unwrap_or_else(|| "date not known".to_owned());
            let mut line = vec![plain(format!("{} {date} ", row.id))];
            line.extend(headline(row));
            screen.hang(2, 4, &line);
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
    head.extend(doubt_of(&row.speakers, &row.doubt).map(|doubt| faint(format!("  {doubt}"))));
    head.push(faint(format!("  {}", row.id)));
    screen.hang(0, 4, &head);
    screen.hang(4, 4, &said_words(row));
    let mut foot = Vec::new();
    if let Some(act) = act(row) {
        foot.push(act);
    }
    if let Some(condition) = condition(row) {
        foot.push(condition);
    }
    foot.extend(row.venue.clone());
    foot.extend(row.beside.parts(row.venue.as_deref()));
    foot.push(match row.reports {
        1 => row.outlets.join(", "),
        n => format!("{n} reports, {} independent: {}", row.independent, row.outlets.join(", ")),
    });
    if !row.differs.is_empty() {
        foot.push(format!("differs: {}", row.differs.join(", ")));
    }
    foot.extend(remarks(row));
    screen.hang(4, 4, &[faint(foot.join(" · "))]);
}

/// The words of a statement; those in the outlet's words with the words that ascribe them, which may say "not".
pub(super) fn said_words(row: &StatementRow) -> Vec<(Ink, String)> {
    let cue = row.cue.as_ref().filter(|_| row.kind != "direct");
    let cue = cue.map(|cue| faint(format!("{cue}: ")));
    cue.into_iter().chain([(Ink::Words, row.words.clone())]).collect()
}

/// The condition, with the outlets that tell it where others do not.
pub(super) fn condition(row: &StatementRow) -> Option<String> {
    let words = row.condition.as_ref()?;
    Some(match row.condition_in.is_empty() {
        true => format!("condition: {words}"),
        false => format!("condition in {}: {words}", row.condition_in.join(", ")),
    })
}

/// What a reader must know about a row: who else is credited, what may not belong together, what its words are.
pub(super) fn remarks(row: &StatementRow) -> Vec<String> {
    let mut remarks: Vec<String> =
        row.caveats.iter().map(|caveat| self::caveat(*caveat, row.language.as_deref())).collect();
    for credit in &row.credits {
        remarks.push(format!("credited to {} by {}", names(&credit.speakers), credit.outlets.join(", ")));
    }
    if row.may_be_several() {
        remarks.push(format!("may be several statements (the same: {:.2})", row.confidence));
    }
    remarks
}

/// A caveat in words.
pub(super) fn caveat(caveat: Caveat, language: Option<&str>) -> String {
    match (caveat == Caveat::MARKS, language) {
        (true, Some(language)) => format!("by marks alone (language: {language})"),
        _ => caveat.text.to_owned(),
    }
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

/// How sure the speakers are, where that is worth a word: always for those who are named, for nobody only where
/// somebody may be meant.
pub(super) fn doubt(speakers: &[SpeakerRef], doubt: &Doubt) -> Option<String> {
    let second = match (&doubt.runner_up, doubt.runner_up_confidence) {
        (Some(name), Some(confidence)) => Some(format!("{name} {confidence:.2}")),
        _ => None,
    };
    match (speakers.is_empty(), &doubt.likeliest, second) {
        (false, _, Some(second)) => Some(format!("{:.2}, else {second}", doubt.confidence)),
        (false, _, None) => Some(format!("{:.2}", doubt.confidence)),
        (true, Some(name), Some(second)) => {
            Some(format!("(perhaps {name} {:.2}, else {second})", doubt.confidence))
        }
        (true, Some(name), None) => Some(format!("(perhaps {name} {:.2})", doubt.confidence)),
        (true, None, Some(second)) => Some(format!("(perhaps {second})")),
        (true, None, None) => None,
    }
}

/// The same in a list: only where there is a doubt.
pub(super) fn doubt_of(speakers: &[SpeakerRef], doubt: &Doubt) -> Option<String> {
    self::doubt(speakers, doubt).filter(|_| speakers.is_empty() || in_doubt(doubt))
}

/// The act with its target, unless that says the words again.
pub(super) fn act(row: &StatementRow) -> Option<String> {
    act_on(row.act.as_deref(), row.target.as_deref(), &row.words)
}

pub(super) fn act_on(act: Option<&str>, target: Option<&str>, words: &str) -> Option<String> {
    let act = act?;
    Some(match target.filter(|target| !repeats(target, words)) {
        Some(target) => format!("{act} → {target}"),
        None => act.to_owned(),
    })
}

/// Whether a target is the content once more.
fn repeats(target: &str, words: &str) -> bool {
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (target, words) = (letters(target), letters(words));
    words.starts_with(&target) && 2 * target.len() > words.len()
}

/// One statement with its renderings.
pub(crate) fn statement(screen: &mut Screen, view: &StatementView) {
    let row = &view.row;
    let outlets = row.outlets.len();
    screen.title(&format!(
        "{} · {} · {} · {} independent",
        row.id,
        counted(row.reports, "report", "reports"),
        counted(outlets, "outlet", "outlets"),
        row.independent
    ));
    let who = row.speakers.iter().map(speaker).collect::<Vec<_>>().join("; ");
    let who = if who.is_empty() { "speaker not known".to_owned() } else { who };
    let sure = doubt(&row.speakers, &row.doubt).map(|doubt| format!("  {doubt}")).unwrap_or_default();
    screen.field("WHO", &[strong(who), faint(sure)]);
    for credit in &row.credits {
        let others = format!(
            "credited to {} by {}; others: {}",
            names(&credit.speakers),
            credit.outlets.join(", "),
            names(&row.speakers)
        );
        screen.field("", &[plain(others)]);
    }
    let venue = row.venue.as_ref().map(|venue| format!(" · {venue}")).unwrap_or_default();
    screen.field("SAID", &[plain(when(row)), plain(venue)]);
    let beside = row.beside.parts(row.venue.as_deref());
    if !beside.is_empty() {
        screen.field("BESIDE", &[plain(beside.join(" · "))]);
    }
    if let Some(act) = act(row) {
        screen.field("ACT", &[plain(act)]);
    }
    if let Some(condition) = condition(row) {
        screen.field("LIMIT", &[plain(condition)]);
    }
    for caveat in &row.caveats {
        screen.field("NOTE", &[plain(self::caveat(*caveat, row.language.as_deref()))]);
    }
    if row.may_be_several() {
        let words = format!("these may be several statements (probability of one: {:.2})", row.confidence);
        screen.field("DOUBT", &[plain(words)]);
    }
    for (idx, told) in view.renderings.iter().enumerate() {
        screen.gap();
        let mut head = vec![
            faint(format!("{} ", idx + 1)),
            strong(format!("{} ", told.article.outlet_or_name())),
            plain(format!("{} · {}", told.article.day().unwrap_or("date not known"), how(told))),
        ];
        if let Some(cue) = &told.cue {
            head.push(plain(format!(" · {cue}")));
        }
        if names(&told.speakers) != names(&row.speakers) {
            let doubt = doubt_of(&told.speakers, &told.doubt).map(|doubt| format!(" {doubt}"));
            head.push(plain(format!(" · from {}{}", names(&told.speakers), doubt.unwrap_or_default())));
        }
        for caveat in told.caveats.iter().filter(|caveat| **caveat != Caveat::HEADLINE) {
            head.push(faint(format!(" · {}", self::caveat(*caveat, told.article.language.as_deref()))));
        }
        for beside in told.beside.parts(row.venue.as_deref()) {
            head.push(faint(format!(" · {beside}")));
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
        let differs = if row.differs.is_empty() {
            "no difference of these kinds found".to_owned()
        } else {
            row.differs.join(", ")
        };
        let same = format!("  (probability of one statement: {:.2})", row.confidence);
        screen.field("DIFFERS", &[plain(differs), faint(same)]);
    }
    if !view.others.is_empty() {
        let others = view.others.iter().map(|other| format!("{}: {}", other.outlet, other.state));
        screen.field("ELSEWHERE", &[plain(others.collect::<Vec<_>>().join(" · "))]);
        for (other, near) in view.others.iter().filter_map(|other| Some((other, other.near.as_ref()?))) {
            let place = near.quote.as_ref().unwrap_or(&near.article);
            let head = faint(format!("perhaps {} ({place}): ", other.outlet));
            screen.field("", &[head, (Ink::Words, near.words.clone())]);
        }
    }
    if view.renderings.len() > 1 {
        screen.flow(2, &[faint("No judgement is made on which rendering is right.")]);
    }
}

/// How a telling tells it: direct, mixed, indirect, or in a headline alone.
pub(super) fn how(told: &RenderingView) -> String {
    match told.caveats.contains(&Caveat::HEADLINE) {
        true => Caveat::HEADLINE.text.to_owned(),
        false => told.kind.clone(),
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
                    faint(
                        doubt_of(&hit.statement.speakers, &hit.statement.doubt)
                            .map(|doubt| format!("  {doubt}"))
                            .unwrap_or_default(),
                    ),
                    faint(format!("  {}  {}", hit.article.outlet_or_name(), hit.statement.id)),
                ],
            );
            screen.hang(4, 4, &passage(&hit.passage));
            let remarks = remarks(&hit.statement);
            if !remarks.is_empty() {
                screen.hang(4, 4, &[faint(remarks.join(" · "))]);
            }
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
