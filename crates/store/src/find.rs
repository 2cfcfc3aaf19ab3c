//! Which statements, which articles? Filters and full text.

use crate::error::Result;
use crate::{ActorId, PageId, QuoteId, Record};
use onrecord_terms::{Act, Day, Kind, Span};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Which statements. Conditions on one rendering (speaker, words, outlet, act, kind) must hold for the same one.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A speaker is one of these.
    pub actors: Option<Vec<ActorId>>,
    /// The words, the target or the sentence are about this.
    pub about: Option<Topic>,
    /// Where the topic's words must stand.
    pub reach: Reach,
    /// On this day or later: the day of the utterance, else of the earliest report.
    pub since: Option<Day>,
    /// On this day or earlier.
    pub until: Option<Day>,
    /// The outlet's name holds this, in upper or lower case.
    pub outlet: Option<String>,
    /// The act.
    pub act: Option<Act>,
    /// Direct, mixed or indirect.
    pub kind: Option<Kind>,
    /// Told in this story.
    pub story: Option<PageId>,
    /// Told more than once.
    pub retold: bool,
}

/// Where a topic's words must stand for a quote to be about it. Words that name the speaker or ascribe the words
/// ("stated") tell no topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// All of them in the words ascribed or in their target.
    Words,
    /// All of them there, in their sentence or in the head of their report; at least one in the words, the target or
    /// the sentence.
    #[default]
    Near,
    /// At least one in the words, the target or the sentence.
    Some,
    /// All of them in the head of the report: its headline or heading and its first paragraph.
    Head,
}

/// Words to look for, taken apart so that nothing that a user types can be a mistake.
///
/// All words must be found, in any inflected form; "words in marks" together and in order; `-word` not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    phrases: Vec<String>,
    without: Vec<String>,
}

/// What a full-text search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The best ones.
    pub best: Vec<T>,
    /// How many there are in all.
    pub total: i64,
}

impl Topic {
    /// Takes typed words apart; nothing if there is no letter and no digit among them.
    ///
    /// ```
    /// use onrecord_store::Topic;
    /// assert!(Topic::parse("river \"joint patrols\" -storm").is_some());
    /// assert!(Topic::parse("\" - * (").is_none());
    /// ```
    pub fn parse(typed: &str) -> Option<Topic> {
        let mut topic = Topic { phrases: Vec::new(), without: Vec::new() };
        let typed = typed.replace(['“', '”', '„'], "\"");
        for (idx, part) in typed.split('"').enumerate() {
            let words: Vec<&str> = match idx % 2 {
                1 => vec![part],
                _ => part.split_whitespace().collect(),
            };
            for word in words.into_iter().filter(|word| word.chars().any(char::is_alphanumeric)) {
                let list = match word.starts_with('-') && idx % 2 == 0 {
                    true => &mut topic.without,
                    false => &mut topic.phrases,
                };
                list.push(word.trim_start_matches('-').to_owned());
            }
        }
        (!topic.phrases.is_empty()).then_some(topic)
    }

    /// All of it.
    fn all(&self) -> String {
        let all = quoted(&self.phrases, " AND ");
        match self.without.is_empty() {
            true => all,
            false => format!("({all}) NOT ({})", quoted(&self.without, " OR ")),
        }
    }

    /// Any of its words, to mark them.
    fn any(&self) -> String {
        quoted(&self.phrases, " OR ")
    }

    /// What a quote is about.
    fn about(&self, reach: Reach) -> String {
        let (all, any) = (quoted(&self.phrases, " AND "), self.any());
        let about = match reach {
            Reach::Words => format!("{{words target}} : ({all})"),
            Reach::Near => {
                format!("{{words target sentence}} : ({any}) AND {{words target sentence context}} : ({all})")
            }
            Reach::Some => format!("{{words target sentence}} : ({any})"),
            Reach::Head => format!("{{context}} : ({all})"),
        };
        match self.without.is_empty() {
            true => about,
            false => format!("({about}) NOT ({})", quoted(&self.without, " OR ")),
        }
    }

    /// Whether it has several words, so that something can hold a part of them.
    pub fn has_several_words(&self) -> bool {
        self.phrases.len() > 1
    }
}

/// Phrases as FTS5 strings, in which only the quotation mark has a meaning; there is none in them.
fn quoted(phrases: &[String], operator: &str) -> String {
    phrases
        .iter()
        .map(|phrase| format!("\"{}\"", phrase.replace(['"', '\0'], " ")))
        .collect::<Vec<_>>()
        .join(operator)
}

impl Record {
    /// Statements that pass the filter, newest first, undated ones last; `limit` of them after `skip`.
    pub fn said(&self, filter: &Filter, skip: usize, limit: usize) -> Result<Found<QuoteId>> {
        let (condition, values) = condition(filter);
        let total = self.conn.query_row(
            &format!("SELECT count(*) FROM statement s WHERE {condition}"),
            params_from_iter(&values),
            |row| row.get(0),
        )?;
        let mut rows = self.conn.prepare(&format!(
            "SELECT s.id FROM statement s WHERE {condition}
             ORDER BY s.day IS NULL, s.day DESC, s.id LIMIT {limit} OFFSET {skip}"
        ))?;
        let rows = rows.query_map(params_from_iter(&values), |row| row.get(0))?;
        Ok(Found { best: rows.collect::<rusqlite::Result<_>>()?, total })
    }

    /// Articles that hold the words, the best first.
    pub fn articles_with(&self, topic: &Topic, skip: usize, limit: usize) -> Result<Found<PageId>> {
        let total = self.conn.query_row(
            "SELECT count(*) FROM article_words WHERE article_words MATCH ?",
            [topic.all()],
            |row| row.get(0),
        )?;
        // The bare subquery keeps SQLite from sorting what it joins.
        let mut rows = self.conn.prepare_cached(
            "SELECT a.page FROM (SELECT rowid, rank FROM article_words WHERE article_words MATCH ?1
                                 ORDER BY rank LIMIT ?2 OFFSET ?3) f
             JOIN article a ON a.id = f.rowid ORDER BY f.rank, a.page",
        )?;
        let rows = rows.query_map(params![topic.all(), limit as i64, skip as i64], |row| row.get(0))?;
        Ok(Found { best: rows.collect::<rusqlite::Result<_>>()?, total })
    }

    /// Quotes whose sentence or target holds the words, the best first.
    pub fn quotes_with(&self, topic: &Topic, skip: usize, limit: usize) -> Result<Found<QuoteId>> {
        let query = format!("{{words target sentence frame}} : ({})", topic.all());
        let total = self.conn.query_row(
            "SELECT count(*) FROM quote_words WHERE quote_words MATCH ?",
            [&query],
            |row| row.get(0),
        )?;
        let mut rows = self.conn.prepare_cached(
            "SELECT rowid FROM quote_words WHERE quote_words MATCH ?1 ORDER BY rank LIMIT ?2 OFFSET ?3",
        )?;
        let rows = rows.query_map(params![query, limit as i64, skip as i64], |row| row.get(0))?;
        Ok(Found { best: rows.collect::<rusqlite::Result<_>>()?, total })
    }

    /// Where the topic's words stand in `text`, in any inflected form, in order.
    pub fn hits(&self, topic: &Topic, text: &str) -> Result<Vec<Span>> {
        // The full-text engine itself marks them, in a table of its own in memory: the same stems, the same words.
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(
            "CREATE VIRTUAL TABLE mark USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2')",
        )?;
        let clean = text.replace(['\u{1}', '\u{2}', '\0'], " ");
        conn.execute("INSERT INTO mark (text) VALUES (?)", [&clean])?;
        let mut rows =
            conn.prepare("SELECT highlight(mark, 0, char(1), char(2)) FROM mark WHERE mark MATCH ?")?;
        let mut rows = rows.query([topic.any()])?;
        let Some(row) = rows.next()? else { return Ok(Vec::new()) };
        let marked: String = row.get(0)?;
        let (mut spans, mut start, mut n_marks) = (Vec::new(), 0, 0);
        for (at, mark) in marked.match_indices(['\u{1}', '\u{2}']) {
            let at = at - n_marks;
            n_marks += 1;
            match mark {
                "\u{1}" => start = at,
                _ => spans.extend(Span::new(text, start, at).ok()),
            }
        }
        Ok(spans)
    }
}

/// The filter as an SQL condition on `statement s`, with its values.
fn condition(filter: &Filter) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mut of_statement = vec!["1".to_owned()];
    let mut of_rendering = Vec::new();
    let mut put = |list: &mut Vec<String>, sql: &str, value: Value| {
        values.push(value);
        list.push(sql.replace('?', &format!("?{}", values.len())));
    };
    if let Some(day) = filter.since {
        put(&mut of_statement, "s.day >= ?", day.to_string().into());
    }
    if let Some(day) = filter.until {
        put(&mut of_statement, "s.day <= ?", day.to_string().into());
    }
    if filter.retold {
        of_statement.push("s.n_renderings > 1".to_owned());
    }
    if let Some(actors) = &filter.actors {
        // Numbers of our own making: no text of a user's reaches the statement.
        let list = actors.iter().map(ActorId::to_string).collect::<Vec<_>>().join(",");
        of_rendering.push(format!("r.quote IN (SELECT quote FROM mention WHERE actor IN ({list}))"));
    }
    if let Some(topic) = &filter.about {
        let sql = "r.quote IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?)";
        put(&mut of_rendering, sql, topic.about(filter.reach).into());
    }
    if let Some(outlet) = &filter.outlet {
        put(&mut of_rendering, "instr(lower(a.outlet), lower(?)) > 0", outlet.clone().into());
    }
    if let Some(act) = filter.act {
        put(&mut of_rendering, "q.act = ?", act.as_str().to_owned().into());
    }
    if let Some(kind) = filter.kind {
        put(&mut of_rendering, "q.kind = ?", kind.as_str().to_owned().into());
    }
    if let Some(story) = filter.story {
        let sql = "a.page IN (SELECT page FROM placement WHERE story = ?)";
        put(&mut of_rendering, sql, story.into());
    }
    if !of_rendering.is_empty() {
        of_statement.push(format!(
            "s.id IN (SELECT r.statement FROM rendering r JOIN quote q ON q.id = r.quote
                      JOIN article a ON a.id = q.article WHERE {})",
            of_rendering.join(" AND ")
        ));
    }
    (of_statement.join(" AND "), values)
}
