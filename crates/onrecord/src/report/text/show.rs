//! How do one article and one quote read? The passage, and where it comes from.

use super::{
    act_on, article_line, caveat, doubt, doubt_of, faint, how, names, passage, plain, speaker, strong,
};
use crate::report::screen::{Ink, Screen};
use onrecord_answer::views::{Caveat, RenderingView};
use onrecord_answer::{ArticleView, ProvenanceView, QuoteView};

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
            let line = if version.latest { format!("{line} · latest") } else { line };
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
        plain(format!(" · {}", how(told))),
    ];
    if told.passage.place == "title" && !told.caveats.contains(&Caveat::HEADLINE) {
        line.push(faint(" · in the headline"));
    }
    line.extend(doubt_of(&told.speakers, &told.doubt).map(|doubt| faint(format!(" · {doubt}"))));
    for one in told.caveats.iter().filter(|one| **one != Caveat::HEADLINE) {
        line.push(faint(format!(" · {}", caveat(*one, told.article.language.as_deref()))));
    }
    line.push(plain(" · "));
    if let Some(cue) = told.cue.as_ref().filter(|_| told.kind != "direct") {
        line.push(faint(format!("{cue}: ")));
    }
    line.push((Ink::Words, told.words.clone()));
    screen.hang(2, 4, &line);
}

/// One quote.
pub(crate) fn quote(screen: &mut Screen, view: &QuoteView) {
    let told = &view.rendering;
    screen.title(&format!("{} · {}", told.quote, how(told)));
    let who = told.speakers.iter().map(speaker).collect::<Vec<_>>().join("; ");
    let who = if who.is_empty() { "speaker not known".to_owned() } else { who };
    let sure = doubt(&told.speakers, &told.doubt).map(|doubt| format!("  {doubt}")).unwrap_or_default();
    screen.field("WHO", &[strong(who), faint(sure)]);
    for one in &told.caveats {
        screen.field("NOTE", &[plain(caveat(*one, told.article.language.as_deref()))]);
    }
    screen.field("IN", &article_line(&told.article));
    if let Some(url) = &told.article.url {
        screen.field("URL", &[plain(url.clone())]);
    }
    screen.gap();
    screen.flow(2, &passage(&told.passage));
    screen.gap();
    if let Some(act) = act_on(told.act.as_deref(), told.target.as_deref(), &told.words) {
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
    if let Some(permission) = &view.permission {
        let told = [("ROBOTS", &permission.robots), ("TDM", &permission.tdm)];
        for (label, told) in told.into_iter().filter_map(|(label, told)| Some((label, told.as_ref()?))) {
            screen.field(label, &[plain(told.clone())]);
        }
        if !permission.directives.is_empty() {
            screen.field("TOLD", &[plain(permission.directives.join(", "))]);
        }
    }
    for (idx, visit) in view.visits.iter().enumerate() {
        let status = visit.status.map(|status| format!(" ({status})")).unwrap_or_default();
        let why = visit.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let line = format!("{} {}{status}{why}", visit.at, visit.outcome);
        screen.field(if idx == 0 { "VISITS" } else { "" }, &[plain(line)]);
    }
    let stages = format!("article stage {}, quote stage {}", view.extract_stage, view.quote_stage);
    screen.field("MADE BY", &[plain(stages)]);
}
