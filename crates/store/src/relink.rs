//! What belongs together, as it lies on disk: the link tables, replaced as a whole in one transaction.

use crate::decisions::{decisions, has_table, story_decisions};
use crate::error::Result;
use crate::rows::{differs_to_json, marks_to_json, slug, strings_to_json};
use crate::{PageId, QuoteId, Record, load};
use onrecord_terms::{
    Actor, Article, Day, Decision, Joint, Late, Placement, Quote, Rendering, Speaker, Statement,
};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// The latest version of every page with its quotes, in the order in which links are made: by moment of
/// publication (pages without a date last), then by key. The order does not depend on when pages were read.
pub struct Ordered {
    /// Articles with their quotes.
    pub articles: Vec<(Article, Vec<Quote>)>,
    /// What people have decided about who is who.
    pub decisions: Vec<Decision>,
    /// What people have decided about which articles are one story, by their positions.
    pub joints: Vec<Joint>,
    pages: Vec<PageId>,
    quotes: Vec<Vec<QuoteId>>,
    changes: i64,
}

/// What belongs together, by positions in [`Ordered::articles`].
pub struct Links {
    /// One an article.
    pub placements: Vec<Placement>,
    /// Who speaks.
    pub actors: Vec<Actor>,
    /// What was said; a quote that is in none becomes a statement of its own.
    pub statements: Vec<Statement>,
}

impl Record {
    /// Everything that links are made from.
    pub fn ordered(&self) -> Result<Ordered> {
        ordered(&self.conn)
    }

    /// Replaces all links. Readers see the old ones until the new ones are complete.
    pub fn relink(&mut self, ordered: &Ordered, links: &Links, link_stage: u32) -> Result<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        write(&tx, ordered, links, link_stage)?;
        tx.commit()?;
        Ok(())
    }

    /// The version of the link stage that made the links.
    pub fn link_stage(&self) -> Result<i64> {
        self.meta("link_stage")
    }
}

pub(crate) fn ordered(conn: &Connection) -> Result<Ordered> {
    let changes = conn.query_row("SELECT value FROM meta WHERE key = 'changes'", [], |row| row.get(0))?;
    let mut rows = conn.prepare(
        "SELECT p.id, p.latest FROM page p JOIN article a ON a.id = p.latest
         ORDER BY a.published_unix IS NULL, a.published_unix, p.key",
    )?;
    let versions: Vec<(PageId, i64)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let decisions = decisions(conn)?;
    let mut ordered =
        Ordered { articles: Vec::new(), decisions, joints: vec![], pages: vec![], quotes: vec![], changes };
    for (page, version) in versions {
        let Some(article) = load::article(conn, version)? else { continue };
        let (ids, quotes) = load::quotes(conn, version, &article)?.into_iter().unzip();
        ordered.articles.push((article, quotes));
        ordered.pages.push(page);
        ordered.quotes.push(ids);
    }
    let position: BTreeMap<PageId, usize> =
        ordered.pages.iter().enumerate().map(|(idx, page)| (*page, idx)).collect();
    for decision in story_decisions(conn)? {
        // A page that was decided on may hold no report any more.
        if let (Some(one), Some(other)) = (position.get(&decision.one), position.get(&decision.other)) {
            ordered.joints.push(Joint { same: decision.same, one: *one, other: *other });
        }
    }
    Ok(ordered)
}

pub(crate) fn write(conn: &Connection, ordered: &Ordered, links: &Links, link_stage: u32) -> Result<()> {
    clear(conn)?;
    let stories = write_placements(conn, ordered, &links.placements)?;
    write_actors(conn, ordered, &links.actors)?;
    write_statements(conn, ordered, &stories, &links.statements)?;
    conn.execute("UPDATE meta SET value = ? WHERE key = 'linked'", [ordered.changes])?;
    conn.execute("UPDATE meta SET value = ? WHERE key = 'link_stage'", [link_stage])?;
    Ok(())
}

/// Empties the link tables, those that point before those pointed at.
pub(crate) fn clear(conn: &Connection) -> Result<()> {
    if has_table(conn, "late")? {
        conn.execute("DELETE FROM late", [])?;
    }
    for table in ["rendering", "statement", "mention", "role", "actor_name", "actor", "placement"] {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Gives the story of each article: every group is named by the lowest number of its pages.
fn write_placements(conn: &Connection, ordered: &Ordered, placements: &[Placement]) -> Result<Vec<PageId>> {
    let name = |group: &dyn Fn(&Placement) -> usize| -> Vec<PageId> {
        let mut names: BTreeMap<usize, PageId> = BTreeMap::new();
        for (placement, page) in placements.iter().zip(&ordered.pages) {
            let name = names.entry(group(placement)).or_insert(*page);
            *name = (*name).min(*page);
        }
        let of = |(idx, page): (usize, &PageId)| placements.get(idx).map_or(*page, |p| names[&group(p)]);
        ordered.pages.iter().enumerate().map(of).collect()
    };
    let (stories, threads, families) = (name(&|p| p.story), name(&|p| p.thread), name(&|p| p.family));
    let mut insert = conn.prepare("INSERT INTO placement VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for (idx, page) in ordered.pages.iter().enumerate() {
        let placement = placements.get(idx);
        let copy_of = placement.and_then(|p| p.copy_of).and_then(|of| ordered.pages.get(of));
        let why = strings_to_json(placement.map_or(&[], |p| p.why.as_slice()));
        let (story, thread, family) = (stories[idx], threads[idx], families[idx]);
        insert.execute(params![page, idx as i64, story, thread, family, copy_of, why])?;
    }
    write_late(conn, ordered, placements)?;
    Ok(stories)
}

/// Writes what became known about stories only after their articles had come. Most records need no such table.
fn write_late(conn: &Connection, ordered: &Ordered, placements: &[Placement]) -> Result<()> {
    let late = placements.iter().zip(&ordered.pages).filter_map(|(p, page)| Some((*page, p.late?)));
    for (n, (page, late)) in late.enumerate() {
        if n == 0 {
            conn.execute_batch(
                "CREATE TABLE IF NOT EXISTS late (page INTEGER PRIMARY KEY, split_from INTEGER)",
            )?;
        }
        let from = match late {
            Late::Merged => None,
            Late::Split(from) => ordered.pages.get(from),
        };
        conn.prepare_cached("INSERT INTO late VALUES (?, ?)")?.execute(params![page, from])?;
    }
    Ok(())
}

/// Writes actors, and one more for every speaker that no actor claims, by name and kind.
fn write_actors(conn: &Connection, ordered: &Ordered, actors: &[Actor]) -> Result<()> {
    let mut slugs = BTreeSet::new();
    let mut claimed = BTreeSet::new();
    for (idx, actor) in actors.iter().enumerate() {
        let of = actor.of.filter(|of| *of < actors.len() && *of != idx);
        insert_actor(conn, idx, &mut slugs, actor, of)?;
        for mention in &actor.mentions {
            let Some(quote) = ordered.quotes.get(mention.article).and_then(|q| q.get(mention.quote)) else {
                continue;
            };
            let speakers = &ordered.articles[mention.article].1[mention.quote].voice.speakers;
            if mention.speaker < speakers.len() && claimed.insert((*quote, mention.speaker)) {
                insert_mention(conn, *quote, mention.speaker, idx)?;
            }
        }
    }
    let mut more: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (article_idx, (_, quotes)) in ordered.articles.iter().enumerate() {
        for (quote_idx, quote) in quotes.iter().enumerate() {
            let id = ordered.quotes[article_idx][quote_idx];
            for (speaker_idx, speaker) in quote.voice.speakers.iter().enumerate() {
                if claimed.contains(&(id, speaker_idx)) {
                    continue;
                }
                let next = actors.len() + more.len();
                let idx = *more.entry((&speaker.name, speaker.kind.as_str())).or_insert(next);
                if idx == next {
                    insert_actor(conn, idx, &mut slugs, &alone(speaker), None)?;
                }
                insert_mention(conn, id, speaker_idx, idx)?;
            }
        }
    }
    Ok(())
}

/// An actor that is known by one name only.
fn alone(speaker: &Speaker) -> Actor {
    Actor {
        name: speaker.name.clone(),
        kind: speaker.kind,
        named: speaker.named,
        names: vec![speaker.name.clone()],
        roles: Vec::new(),
        of: None,
        mentions: Vec::new(),
    }
}

fn insert_actor(
    conn: &Connection,
    idx: usize,
    slugs: &mut BTreeSet<String>,
    actor: &Actor,
    of: Option<usize>,
) -> Result<()> {
    let plain = slug(&actor.name);
    let mut mine = plain.clone();
    let mut n = 2;
    while !slugs.insert(mine.clone()) {
        mine = format!("{plain}-{n}");
        n += 1;
    }
    let of = of.map(|of| of as i64 + 1);
    conn.prepare_cached("INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?)")?.execute(params![
        idx as i64 + 1,
        mine,
        actor.name,
        actor.kind.as_str(),
        actor.named,
        of,
    ])?;
    let others = actor.names.iter().filter(|name| **name != actor.name);
    for (name_idx, name) in std::iter::once(&actor.name).chain(others).enumerate() {
        conn.prepare_cached("INSERT INTO actor_name VALUES (?, ?, ?, ?)")?.execute(params![
            idx as i64 + 1,
            name_idx as i64,
            name,
            slug(name)
        ])?;
    }
    for (role_idx, role) in actor.roles.iter().enumerate() {
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        conn.prepare_cached("INSERT INTO role VALUES (?, ?, ?, ?, ?)")?.execute(params![
            idx as i64 + 1,
            role_idx as i64,
            role.title,
            day(role.from),
            day(role.to),
        ])?;
    }
    Ok(())
}

fn insert_mention(conn: &Connection, quote: QuoteId, speaker: usize, actor: usize) -> Result<()> {
    conn.prepare_cached("INSERT INTO mention VALUES (?, ?, ?)")?.execute(params![
        quote,
        speaker as i64,
        actor as i64 + 1
    ])?;
    Ok(())
}

/// Writes statements, and one more for every quote that no statement holds.
fn write_statements(
    conn: &Connection,
    ordered: &Ordered,
    stories: &[PageId],
    statements: &[Statement],
) -> Result<()> {
    let mut told = BTreeSet::new();
    for statement in statements {
        let fits = |r: &&Rendering| ordered.quotes.get(r.article).is_some_and(|q| r.quote < q.len());
        let renderings: Vec<&Rendering> =
            statement.renderings.iter().filter(fits).filter(|r| told.insert((r.article, r.quote))).collect();
        write_statement(conn, ordered, stories, statement, &renderings)?;
    }
    for (article, ids) in ordered.quotes.iter().enumerate() {
        for quote in 0..ids.len() {
            if told.insert((article, quote)) {
                let rendering = Rendering { article, quote, complete: true, marks: Vec::new() };
                let alone = Statement { renderings: Vec::new(), differs: Vec::new(), confidence: 1.0 };
                write_statement(conn, ordered, stories, &alone, &[&rendering])?;
            }
        }
    }
    Ok(())
}

fn write_statement(
    conn: &Connection,
    ordered: &Ordered,
    stories: &[PageId],
    statement: &Statement,
    renderings: &[&Rendering],
) -> Result<()> {
    let id_of = |r: &&Rendering| ordered.quotes[r.article][r.quote];
    let (Some(first), Some(id)) = (renderings.first(), renderings.iter().map(id_of).min()) else {
        return Ok(());
    };
    let said_on =
        renderings.iter().filter_map(|r| ordered.articles[r.article].1[r.quote].sense.said_on).min();
    let published = renderings.iter().filter_map(|r| ordered.articles[r.article].0.published).min();
    let day = said_on.or(published.map(|moment| moment.day));
    conn.prepare_cached("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        id,
        said_on.map(|day| day.to_string()),
        day.map(|day| day.to_string()),
        stories[first.article],
        statement.confidence,
        differs_to_json(&statement.differs),
        renderings.len() as i64,
    ])?;
    for (idx, rendering) in renderings.iter().enumerate() {
        conn.prepare_cached("INSERT INTO rendering VALUES (?, ?, ?, ?, ?)")?.execute(params![
            id,
            idx as i64,
            id_of(rendering),
            rendering.complete,
            marks_to_json(&rendering.marks),
        ])?;
    }
    Ok(())
}
