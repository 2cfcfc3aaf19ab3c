//! Who is this? Speakers by number, by slug, and by the names they go by.

use crate::error::Result;
use crate::rows::{day_if, slug, word_of};
use crate::{ActorId, QuoteId, Record};
use onrecord_terms::{Role, SpeakerKind};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// A speaker over the whole record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredActor {
    /// Number in the links as they stand.
    pub id: ActorId,
    /// Its lasting name in addresses.
    pub slug: String,
    /// The fullest name.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// Whether `name` is a proper name.
    pub named: bool,
    /// Every name it goes by, the fullest first.
    pub names: Vec<String>,
    /// Its roles with the days at which reports give them.
    pub roles: Vec<Role>,
    /// The actor it speaks for.
    pub of: Option<ActorId>,
    /// How many statements it is a speaker of.
    pub n_statements: i64,
}

impl Record {
    /// The speaker with this number.
    pub fn actor(&self, id: ActorId) -> Result<Option<StoredActor>> {
        let mut row =
            self.conn.prepare_cached("SELECT slug, name, kind, named, speaks_for FROM actor WHERE id = ?")?;
        let row = row
            .query_row([id], |row| {
                let words: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((words, row.get(3)?, row.get(4)?))
            })
            .optional()?;
        let Some(((slug, name, kind), named, of)) = row else { return Ok(None) };
        let mut names =
            self.conn.prepare_cached("SELECT name FROM actor_name WHERE actor = ? ORDER BY idx")?;
        let names = names.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut roles = self
            .conn
            .prepare_cached("SELECT title, first_day, last_day FROM role WHERE actor = ? ORDER BY idx")?;
        let roles: Vec<(String, Option<String>, Option<String>)> = roles
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let roles = roles
            .into_iter()
            .map(|(title, from, to)| Ok(Role { title, from: day_if(from)?, to: day_if(to)? }))
            .collect::<Result<_>>()?;
        let mut count = self.conn.prepare_cached(
            "SELECT count(DISTINCT r.statement) FROM mention m JOIN rendering r ON r.quote = m.quote WHERE m.actor = ?",
        )?;
        let n_statements = count.query_row([id], |row| row.get(0))?;
        let kind = word_of("kind of speaker", &kind, SpeakerKind::parse)?;
        Ok(Some(StoredActor { id, slug, name, kind, named, names, roles, of, n_statements }))
    }

    /// The speaker whose slug this is, or who has a name with this slug.
    pub fn actor_with_slug(&self, slug: &str) -> Result<Option<ActorId>> {
        let mut row = self.conn.prepare_cached(
            "SELECT id FROM (SELECT id, 0 AS rank FROM actor WHERE slug = ?1
                             UNION ALL SELECT actor, 1 FROM actor_name WHERE slug = ?1)
             ORDER BY rank, id LIMIT 1",
        )?;
        Ok(row.query_row([slug], |row| row.get(0)).optional()?)
    }

    /// Speakers that go by `name`, those with most statements first: by slug or whole name if there are any,
    /// else by having all its words in one of their names.
    pub fn actors_named(&self, name: &str) -> Result<Vec<ActorId>> {
        let asked = slug(name);
        let mut exact = self.conn.prepare_cached(
            "SELECT id FROM actor WHERE slug = ?1 UNION SELECT actor FROM actor_name WHERE slug = ?1",
        )?;
        let exact: BTreeSet<ActorId> =
            exact.query_map([&asked], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if !exact.is_empty() {
            return self.by_statements(exact);
        }
        let words: Vec<&str> = asked.split('-').collect();
        let longest = words.iter().max_by_key(|word| word.len()).copied().unwrap_or_default();
        let mut rows =
            self.conn.prepare_cached("SELECT actor, slug FROM actor_name WHERE instr(slug, ?) > 0")?;
        let mut rows = rows.query([longest])?;
        let mut found = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let slug: String = row.get(1)?;
            if words.iter().all(|word| slug.split('-').any(|part| part == *word)) {
                found.insert(row.get(0)?);
            }
        }
        self.by_statements(found)
    }

    /// Everybody who speaks for this actor, directly or through others; not the actor itself.
    pub fn actors_of(&self, actor: ActorId) -> Result<Vec<ActorId>> {
        let mut rows = self.conn.prepare_cached(
            "WITH RECURSIVE part (id) AS (
               SELECT id FROM actor WHERE speaks_for = ?1
               UNION SELECT a.id FROM actor a JOIN part ON a.speaks_for = part.id)
             SELECT id FROM part WHERE id <> ?1 ORDER BY id",
        )?;
        let rows = rows.query_map([actor], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Speakers by the number of their statements, at most `limit`, and how many there are. Who is only spoken for is
    /// none of them.
    pub fn actors(&self, limit: usize) -> Result<(Vec<ActorId>, i64)> {
        let mut rows = self.conn.prepare_cached(
            "SELECT m.actor, count(DISTINCT r.statement) AS n FROM mention m JOIN rendering r ON r.quote = m.quote
             GROUP BY m.actor ORDER BY n DESC, m.actor LIMIT ?",
        )?;
        let rows = rows.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok((rows, self.conn.query_row("SELECT count(DISTINCT actor) FROM mention", [], |row| row.get(0))?))
    }

    /// Quotes of the latest versions whose speaker may also be one of these names: they came second, and not as next to nothing.
    pub fn quotes_with_runner_up(&self, names: &[String]) -> Result<Vec<QuoteId>> {
        let mut rows = self.conn.prepare_cached(
            "SELECT q.id FROM quote q JOIN page p ON p.latest = q.article WHERE q.runner_up = ? AND q.runner_up_confidence >= 0.05 ORDER BY q.id",
        )?;
        let mut quotes = BTreeSet::new();
        for name in names {
            for id in rows.query_map(params![name], |row| row.get(0))? {
                quotes.insert(id?);
            }
        }
        Ok(quotes.into_iter().collect())
    }

    fn by_statements(&self, actors: BTreeSet<ActorId>) -> Result<Vec<ActorId>> {
        let mut count = self.conn.prepare_cached("SELECT count(*) FROM mention WHERE actor = ?")?;
        let mut ranked = Vec::new();
        for actor in actors {
            ranked.push((count.query_row([actor], |row| row.get::<_, i64>(0))?, actor));
        }
        ranked.sort_by_key(|(n, actor)| (-n, *actor));
        Ok(ranked.into_iter().map(|(_, actor)| actor).collect())
    }
}
